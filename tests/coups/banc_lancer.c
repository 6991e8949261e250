/* Running a command under the shim. */
#define _GNU_SOURCE
#include "banc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "noyau/memoire.h"

#define MOTS_MAX 64
#define DUREE_MAX 120 /* s */
#define DUREE_BALAYAGE 3600

const char *classe_nom(enum coups_classe c)
{
    static const char *const noms[] = {COUPS_NOMS_CLASSES};
    return noms[c];
}

const char *geste_nom(enum coups_geste g)
{
    static const char *const noms[] = {COUPS_NOMS_GESTES};
    return noms[g];
}

/* The program is the same one from the first run to the last: else what it says before and after a blow cannot be compared. */
static void programme_meme(void)
{
    static struct stat d_abord;
    struct stat st;
    if (stat(getenv("SONS"), &st) != 0)
        mourir("%s : %s", getenv("SONS"), strerror(errno));
    if (d_abord.st_ino == 0)
        d_abord = st;
    if (st.st_ino != d_abord.st_ino || st.st_size != d_abord.st_size || st.st_mtim.tv_sec != d_abord.st_mtim.tv_sec ||
        st.st_mtim.tv_nsec != d_abord.st_mtim.tv_nsec)
        mourir("%s a changé pendant l'essai", getenv("SONS"));
}

void atelier_ouvrir(struct atelier *a, const char *racine)
{
    struct buffer b = {0};
    programme_meme();
    *a = (struct atelier){.racine = memoire_strdup(racine)};
    effacer_arbre(racine);
    buffer_printf(&b, "%s/d", racine);
    if (mkdir(racine, 0700) != 0 || mkdir(b.bytes, 0700) != 0)
        mourir("%s ne se crée pas : %s", b.bytes, strerror(errno));
    a->dossier = realpath(b.bytes, NULL);
    buffer_free(&b);
}

void atelier_fermer(struct atelier *a)
{
    dossier_free(&a->la);
    effacer_arbre(a->racine);
}

static void savoir(struct atelier *a, const struct dossier *d)
{
    dossier_free(&a->la);
    dossier_resumer(d, &a->la);
    a->su = true;
}

void atelier_mettre(struct atelier *a, const struct dossier *d)
{
    if (!a->su) {
        dossier_free(&a->la);
        dossier_lire(a->dossier, &a->la);
    }
    dossier_ecrire(a->dossier, &a->la, d);
    savoir(a, d);
}

void atelier_voir(struct atelier *a, struct dossier *out)
{
    dossier_lire(a->dossier, out);
    savoir(a, out);
}

/* Words of a command: blanks, single quotes; « sons » is the program under test. */
static size_t decouper(char *texte, char *mots[MOTS_MAX])
{
    size_t n = 0;
    char *out = texte;
    while (n < MOTS_MAX - 1) {
        while (*texte == ' ')
            texte++;
        if (!*texte)
            break;
        mots[n++] = out;
        bool quote = false;
        for (; *texte && (quote || *texte != ' '); texte++) {
            if (*texte == '\'')
                quote = !quote;
            else
                *out++ = *texte;
        }
        if (*texte)
            texte++;
        *out++ = '\0';
    }
    mots[n] = NULL;
    return n;
}

/* A last word « <file »: what stands on standard input, taken off; else `nul`. */
static int entree(char *mots[MOTS_MAX], int nul)
{
    size_t n = 0;
    while (mots[n + 1] != NULL)
        n++;
    if (n == 0 || mots[n][0] != '<')
        return nul;
    const int fd = open(mots[n] + 1, O_RDONLY);
    if (fd < 0)
        _exit(126);
    mots[n] = NULL;
    return fd;
}

static void poser(const char *nom, uint64_t v)
{
    char t[32];
    snprintf(t, sizeof t, "%llu", (unsigned long long)v);
    setenv(nom, t, 1);
}

static _Noreturn void enfant(struct atelier *a, const char *commande, const struct coup *coup, const char *comptes, int err)
{
    char *texte = memoire_strdup(commande), *mots[MOTS_MAX];
    char sortie[1024], preload[2048];
    const char *construit = getenv("SONS_BUILDDIR");
    if (decouper(texte, mots) == 0)
        _exit(126);
    if (strcmp(mots[0], "sons") == 0)
        mots[0] = getenv("SONS");
    snprintf(sortie, sizeof sortie, "%s/sortie", a->racine);
    snprintf(preload, sizeof preload, "%s/tests/coups/panne.so%s%s%s", construit, BANC_ASAN ? "" : ":", BANC_ASAN ? "" : construit,
             BANC_ASAN ? "" : "/tests/coups/panne_memoire.so");
    const int nul = open("/dev/null", O_RDONLY), out = open(sortie, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (nul < 0 || out < 0 || chdir(a->dossier) != 0)
        _exit(126);
    dup2(entree(mots, nul), 0);
    dup2(out, 1);
    dup2(err, 2);
    for (int fd = 3; fd < 32; fd++)
        close(fd);
    setenv("COUPS_COMPTES", comptes, 1);
    setenv("TMPDIR", a->dossier, 1);
    if (a->trace)
        setenv("COUPS_TRACE", a->trace, 1);
    if (coup && coup->frapper) {
        setenv("COUPS_CLASSE", classe_nom(coup->classe), 1);
        setenv("COUPS_GESTE", geste_nom(coup->geste), 1);
        poser("COUPS_RANG", coup->rang);
        if (coup->suite)
            setenv("COUPS_SUITE", "1", 1);
        if (coup->pas) {
            snprintf(sortie, sizeof sortie, "%s/ecarts", a->racine);
            setenv("COUPS_ECARTS", sortie, 1);
            poser("COUPS_BALAYAGE", coup->pas);
            unsetenv("COUPS_CLASSE");
        }
    }
    setenv("LD_PRELOAD", preload, 1);
    alarm(coup && coup->pas ? DUREE_BALAYAGE : DUREE_MAX);
    execv(mots[0], mots);
    _exit(126);
}

static void relire(int fd, struct buffer *out)
{
    char bloc[4096];
    ssize_t n;
    lseek(fd, 0, SEEK_SET);
    while (out->len < 65536 && (n = read(fd, bloc, sizeof bloc)) > 0)
        buffer_append(out, bloc, (size_t)n);
    buffer_append(out, "", 0);
}

void lancer(struct atelier *a, const char *commande, const struct coup *coup, struct course *out)
{
    char nom[1024], comptes[1024];
    int statut;
    snprintf(nom, sizeof nom, "%s/erreur", a->racine);
    snprintf(comptes, sizeof comptes, "%s/comptes", a->racine);
    const int err = open(nom, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    const int cpt = open(comptes, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const uint64_t zero[COUPS_COMPTES_N] = {0};
    if (err < 0 || cpt < 0 || pwrite(cpt, zero, sizeof zero, 0) != (ssize_t)sizeof zero)
        mourir("%s : %s", a->racine, strerror(errno));
    a->su = false;
    programme_meme();
    const pid_t pid = fork();
    if (pid == 0)
        enfant(a, commande, coup, comptes, err);
    if (pid < 0 || waitpid(pid, &statut, 0) != pid)
        mourir("fork : %s", strerror(errno));
    out->code = WIFEXITED(statut) ? WEXITSTATUS(statut) : -WTERMSIG(statut);
    if (pread(cpt, out->comptes, sizeof out->comptes, 0) != (ssize_t)sizeof out->comptes)
        mourir("comptes illisibles");
    buffer_clear(&out->err);
    relire(err, &out->err);
    close(err);
    close(cpt);
    if (out->code == 125 || out->code == 126)
        mourir("« %s » n'a pas pu être lancée sous panne.so : %s", commande, out->err.bytes);
    a->courses++;
}
