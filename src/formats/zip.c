/* Deterministic ZIP through libzip. libzip asks each content when its turn comes, at the end: one in memory at a time. */
#include "config.h" /* large files */

#include "formats/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>
#include "noyau/fichier.h"
#include "noyau/memoire.h"
#include "noyau/texte.h"

/* 1 January 1980, 00:00:00: the first instant that the format can say, the same in every time zone. */
#define DOS_HEURE 0
#define DOS_JOUR ((0 << 9) | (1 << 5) | 1)
#define ATTRIBUTS (UINT32_C(0100644) << 16) /* a regular file that its owner may write */

struct zip_ecrivain {
    zip_t *zip;
    char *chemin;
};

/* An entry whose bytes are asked when libzip opens it. */
struct bloc {
    uint64_t taille;
    zip_contenu *contenu;
    void *ctx;
    uint64_t cle;
    struct buffer octets;
    size_t lu;
    zip_error_t erreur;
};

static bool fault(const char *chemin, zip_error_t *e, struct diag_liste *diags)
{
    if (zip_error_code_zip(e) == ZIP_ER_MEMORY)
        memoire_epuisee();
    int err = zip_error_system_type(e) == ZIP_ET_SYS ? zip_error_code_system(e) : 0;
    struct diag *d = diag_erreur(diags, E_ECRITURE, "l'archive ne peut pas être écrite%s%s", err ? " : " : "",
                                 err ? fichier_cause(err) : "");
    if (!err)
        diag_trouve(d, "%s", zip_error_strerror(e));
    diag_lieu(d, &(struct lieu){.fichier = chemin});
    return false;
}

struct zip_ecrivain *zip_ecrivain_creer(const char *chemin_provisoire, struct diag_liste *diags)
{
    int code;
    /* The path may be the empty file that reserved the name: libzip writes beside it and renames over it. */
    zip_t *zip = zip_open(chemin_provisoire, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (!zip) {
        zip_error_t e;
        zip_error_init_with_code(&e, code);
        fault(chemin_provisoire, &e, diags);
        zip_error_fini(&e);
        return NULL;
    }
    struct zip_ecrivain *z = memoire_alloc(sizeof *z);
    *z = (struct zip_ecrivain){zip, memoire_strdup(chemin_provisoire)};
    return z;
}

/* Adds a source under a name with constant attributes. Frees the source on failure. */
static bool add(struct zip_ecrivain *z, const char *nom, zip_source_t *source, struct diag_liste *diags)
{
    if (!source)
        return fault(z->chemin, zip_get_error(z->zip), diags);
    zip_int64_t index = zip_file_add(z->zip, nom, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return fault(z->chemin, zip_get_error(z->zip), diags);
    }
    zip_uint64_t i = (zip_uint64_t)index;
    if (zip_set_file_compression(z->zip, i, ZIP_CM_STORE, 0) < 0 || zip_file_set_dostime(z->zip, i, DOS_HEURE, DOS_JOUR, 0) < 0
        || zip_file_set_external_attributes(z->zip, i, 0, ZIP_OPSYS_UNIX, ATTRIBUTS) < 0)
        return fault(z->chemin, zip_get_error(z->zip), diags);
    return true;
}

bool zip_ecrivain_fichier(struct zip_ecrivain *z, const char *nom, const char *chemin, struct diag_liste *diags)
{
    int fd = fichier_ouvrir(chemin, FICHIER_SANS_LIEN, NULL, diags);
    if (fd < 0)
        return false;
    FILE *f = fdopen(fd, "rb");
    if (!f)
        memoire_epuisee();
    zip_source_t *s = zip_source_filep(z->zip, f, 0, -1);
    if (!s)
        fclose(f);
    return add(z, nom, s, diags);
}

static zip_int64_t bloc_stat(struct bloc *b, void *data)
{
    zip_stat_t *st = data;
    zip_stat_init(st);
    st->size = b->taille;
    st->valid = ZIP_STAT_SIZE;
    return sizeof *st;
}

static zip_int64_t bloc_open(struct bloc *b)
{
    b->lu = 0;
    buffer_clear(&b->octets);
    if (b->contenu(b->ctx, b->cle, &b->octets) && b->octets.len == b->taille)
        return 0;
    zip_error_set(&b->erreur, ZIP_ER_READ, 0);
    return -1;
}

static zip_int64_t bloc_callback(void *ctx, void *data, zip_uint64_t len, zip_source_cmd_t cmd)
{
    struct bloc *b = ctx;
    switch (cmd) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    case ZIP_SOURCE_STAT: return bloc_stat(b, data);
    case ZIP_SOURCE_OPEN: return bloc_open(b);
    case ZIP_SOURCE_READ: {
        size_t n = b->octets.len - b->lu;
        if (n > len)
            n = (size_t)len;
        if (n)
            memcpy(data, b->octets.bytes + b->lu, n);
        b->lu += n;
        return (zip_int64_t)n;
    }
    case ZIP_SOURCE_CLOSE: buffer_free(&b->octets); return 0;
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&b->erreur, data, len);
    case ZIP_SOURCE_FREE:
        buffer_free(&b->octets);
        memoire_free(b);
        return 0;
    default: zip_error_set(&b->erreur, ZIP_ER_OPNOTSUPP, 0); return -1;
    }
}

bool zip_ecrivain_bloc(struct zip_ecrivain *z, const char *nom, uint64_t taille, zip_contenu *contenu, void *ctx,
                       uint64_t cle, struct diag_liste *diags)
{
    struct bloc *b = memoire_calloc(1, sizeof *b);
    *b = (struct bloc){.taille = taille, .contenu = contenu, .ctx = ctx, .cle = cle};
    zip_error_init(&b->erreur);
    zip_source_t *s = zip_source_function(z->zip, bloc_callback, b);
    if (!s)
        memoire_free(b);
    return add(z, nom, s, diags);
}

static bool sync_file(const char *chemin, struct diag_liste *diags)
{
    int fd = open(chemin, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP);
    if (!ok)
        diag_lieu(diag_erreur(diags, E_ECRITURE, "l'archive ne peut pas être écrite : %s", fichier_cause(errno)),
                  &(struct lieu){.fichier = chemin});
    if (fd >= 0)
        close(fd);
    return ok;
}

bool zip_ecrivain_finir(struct zip_ecrivain *z, struct diag_liste *diags)
{
    bool ok = true;
    if (zip_get_num_entries(z->zip, 0) == 0) { /* libzip would write no file at all */
        diag_lieu(diag_erreur(diags, E_ECRITURE, "l'archive serait vide"), &(struct lieu){.fichier = z->chemin});
        ok = false;
    } else if (zip_close(z->zip) < 0) {
        ok = fault(z->chemin, zip_get_error(z->zip), diags);
    } else {
        z->zip = NULL;
        ok = sync_file(z->chemin, diags);
    }
    if (!ok) {
        zip_ecrivain_abandonner(z);
        return false;
    }
    memoire_free(z->chemin);
    memoire_free(z);
    return true;
}

void zip_ecrivain_abandonner(struct zip_ecrivain *z)
{
    if (z->zip)
        zip_discard(z->zip);
    unlink(z->chemin);
    memoire_free(z->chemin);
    memoire_free(z);
}
