/* Folders in memory. */
#define _GNU_SOURCE
#include "banc.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "noyau/memoire.h"

static int par_nom(const void *a, const void *b)
{
    return strcmp(((const struct fichier *)a)->nom, ((const struct fichier *)b)->nom);
}

void dossier_trier(struct dossier *d)
{
    if (d->n > 1)
        qsort(d->f, d->n, sizeof *d->f, par_nom);
}

/* To tell contents apart, again and again: four 64-bit lanes, not against an adversary. */
static struct empreinte empreinte_rapide(const char *octets, size_t len)
{
    uint64_t v[4] = {len, ~(uint64_t)len, UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0xd1b54a32d192ed03)};
    struct empreinte e;
    for (size_t i = 0; i < len; i += 32) {
        uint64_t m[4] = {0};
        memcpy(m, octets + i, len - i < sizeof m ? len - i : sizeof m);
        for (int k = 0; k < 4; k++) {
            v[k] = (v[k] ^ m[k]) * UINT64_C(0x9fb21c651e98df25);
            v[k] ^= v[k] >> 32;
        }
    }
    memcpy(e.octets, v, sizeof v);
    return e;
}

static void placer(struct dossier *d, const char *nom, char *octets, size_t len, struct empreinte e)
{
    d->f = memoire_grow(d->f, &d->cap, d->n + 1, sizeof *d->f);
    struct fichier *f = &d->f[d->n++];
    *f = (struct fichier){.len = len, .octets = octets, .e = e};
    if (snprintf(f->nom, sizeof f->nom, "%s", nom) >= (int)sizeof f->nom)
        mourir("nom trop long : %s", nom);
}

void dossier_mettre(struct dossier *d, const char *nom, const void *octets, size_t len)
{
    char *b = memoire_alloc(len + 1);
    if (len)
        memcpy(b, octets, len);
    placer(d, nom, b, len, empreinte_rapide(b, len));
}

void dossier_resumer(const struct dossier *d, struct dossier *out)
{
    *out = (struct dossier){0};
    for (size_t i = 0; i < d->n; i++)
        placer(out, d->f[i].nom, NULL, d->f[i].len, d->f[i].e);
}

static void lire_fichier(int dossier, const char *nom, const char *relatif, struct dossier *out)
{
    struct stat st;
    const int fd = openat(dossier, nom, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0)
        mourir("%s ne s'ouvre pas : %s", relatif, strerror(errno));
    char *b = memoire_alloc((size_t)st.st_size + 1);
    size_t lu = 0;
    ssize_t n;
    while (lu < (size_t)st.st_size && (n = read(fd, b + lu, (size_t)st.st_size - lu)) > 0)
        lu += (size_t)n;
    close(fd);
    placer(out, relatif, b, lu, empreinte_rapide(b, lu));
}

static void parcourir(int parent, const char *nom, const char *prefixe, struct dossier *out)
{
    const int fd = openat(parent, nom, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    if (!d)
        mourir("%s%s ne se lit pas : %s", prefixe, nom, strerror(errno));
    for (struct dirent *e; (e = readdir(d));) {
        char relatif[600];
        struct stat st;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(relatif, sizeof relatif, "%s%s", prefixe, e->d_name);
        if (fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            mourir("%s : %s", relatif, strerror(errno));
        if (S_ISDIR(st.st_mode)) {
            strcat(relatif, "/");
            parcourir(fd, e->d_name, relatif, out);
        } else {
            lire_fichier(fd, e->d_name, relatif, out);
        }
    }
    closedir(d);
}

void dossier_lire(const char *chemin, struct dossier *out)
{
    *out = (struct dossier){0};
    parcourir(AT_FDCWD, chemin, "", out);
    dossier_trier(out);
}

void dossier_free(struct dossier *d)
{
    for (size_t i = 0; i < d->n; i++)
        memoire_free(d->f[i].octets);
    memoire_free(d->f);
    *d = (struct dossier){0};
}

const struct fichier *dossier_trouver(const struct dossier *d, const char *nom)
{
    for (size_t i = 0; i < d->n; i++)
        if (strcmp(d->f[i].nom, nom) == 0)
            return &d->f[i];
    return NULL;
}

static void ecrire_fichier(const char *chemin, const struct fichier *f)
{
    /* A new file each time: the inode tells the replay of a trace one content from another. */
    unlink(chemin);
    const int fd = open(chemin, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    size_t ecrit = 0;
    ssize_t n;
    while (fd >= 0 && ecrit < f->len && (n = write(fd, f->octets + ecrit, f->len - ecrit)) > 0)
        ecrit += (size_t)n;
    if (fd < 0 || ecrit < f->len)
        mourir("%s ne s'écrit pas : %s", chemin, strerror(errno));
    close(fd);
}

void dossier_ecrire(const char *chemin, const struct dossier *la, const struct dossier *d)
{
    char nom[1024];
    for (size_t i = 0; i < la->n; i++) {
        snprintf(nom, sizeof nom, "%s/%s", chemin, la->f[i].nom);
        if (!dossier_trouver(d, la->f[i].nom))
            unlink(nom);
    }
    for (size_t i = 0; i < d->n; i++) {
        const struct fichier *f = dossier_trouver(la, d->f[i].nom);
        snprintf(nom, sizeof nom, "%s/%s", chemin, d->f[i].nom);
        if (!f || !empreinte_egale(&f->e, &d->f[i].e))
            ecrire_fichier(nom, &d->f[i]);
    }
}

/* Digits of a name become one '#', and so does what mkstemp drew: neither is the same in two runs. */
static void nom_general(const char *nom, struct buffer *out)
{
    const char *tmp = strstr(nom, ".tmp");
    for (const char *p = nom; *p; p++) {
        if (tmp && isdigit((unsigned char)*p)) {
            buffer_putc(out, '#');
            while (isdigit((unsigned char)p[1]))
                p++;
        } else if (tmp && p == tmp + 4 && *p == '.') {
            buffer_puts(out, ".#");
            return;
        } else {
            buffer_putc(out, *p);
        }
    }
}

struct empreinte dossier_empreinte(const struct dossier *d)
{
    struct buffer b = {0};
    for (size_t i = 0; i < d->n; i++) {
        nom_general(d->f[i].nom, &b);
        buffer_putc(&b, '\n');
        buffer_append(&b, d->f[i].e.octets, sizeof d->f[i].e.octets);
    }
    const struct empreinte e = empreinte_de(b.bytes ? b.bytes : "", b.len);
    buffer_free(&b);
    return e;
}

void effacer_arbre(const char *chemin)
{
    struct stat st;
    DIR *d = lstat(chemin, &st) == 0 && S_ISDIR(st.st_mode) ? opendir(chemin) : NULL;
    if (!d) {
        unlink(chemin);
        return;
    }
    for (struct dirent *e; (e = readdir(d));) {
        char nom[1024];
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(nom, sizeof nom, "%s/%s", chemin, e->d_name);
        effacer_arbre(nom);
    }
    closedir(d);
    rmdir(chemin);
}

void dossiers_imiter(const char *de, const char *vers)
{
    DIR *d = opendir(de);
    if (!d)
        mourir("%s ne se lit pas : %s", de, strerror(errno));
    for (struct dirent *e; (e = readdir(d));) {
        char ici[1024], la[1024];
        struct stat st;
        snprintf(ici, sizeof ici, "%s/%s", de, e->d_name);
        snprintf(la, sizeof la, "%s/%s", vers, e->d_name);
        if (*e->d_name == '.' || lstat(ici, &st) != 0 || !S_ISDIR(st.st_mode))
            continue;
        if (mkdir(la, 0700) != 0 && errno != EEXIST)
            mourir("%s : %s", la, strerror(errno));
        dossiers_imiter(ici, la);
    }
    closedir(d);
}
