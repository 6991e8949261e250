/* Running `sons`, and what a run leaves. */
#define _GNU_SOURCE
#include "deux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "noyau/empreinte.h"
#include "noyau/instant.h"
#include "noyau/memoire.h"

#define LE_DEBUT INT64_C(1670230800) /* 2022-12-05T09:00:00Z */
#define LE_CHACUN 2000000            /* seconds of each person */
#define COURSE_MAX_S 120

int64_t horloge_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void marque_de(unsigned qui, unsigned n, char out[MARQUE_MAX])
{
    snprintf(out, MARQUE_MAX, "F%u-%u", qui, n);
}

void le_de(unsigned qui, unsigned n, char out[MARQUE_MAX])
{
    const time_t t = (time_t)(LE_DEBUT + (int64_t)qui * LE_CHACUN + n);
    struct tm m;
    gmtime_r(&t, &m);
    strftime(out, MARQUE_MAX, "%Y-%m-%dT%H:%M:%SZ", &m);
}

/* The whole of a file that a run has left, with a zero; NULL when there is none. */
static char *lire(const char *chemin, size_t *len)
{
    FILE *f = fopen(chemin, "rb");
    size_t cap = 0;
    char *b = NULL;
    *len = 0;
    if (!f)
        return NULL;
    for (size_t n = 1; n;) {
        b = memoire_grow(b, &cap, *len + 65536, 1);
        *len += n = fread(b + *len, 1, 65535, f);
    }
    b[*len] = '\0';
    fclose(f);
    return b;
}

void sha_de(const char *chemin, char out[72])
{
    char hex[EMPREINTE_HEX];
    size_t len;
    char *b = lire(chemin, &len);
    out[0] = '\0';
    if (b) {
        const struct empreinte e = empreinte_de(b, len);
        snprintf(out, 72, "%s", empreinte_hex(&e, hex));
    }
    memoire_free(b);
}

bool fichier_dit(const char *dossier, const char *nom, const char *texte)
{
    char chemin[1200];
    size_t len;
    snprintf(chemin, sizeof chemin, "%s/%s", dossier, nom);
    char *b = lire(chemin, &len);
    const bool ok = b && strstr(b, texte);
    memoire_free(b);
    return ok;
}

static pthread_mutex_t parole = PTHREAD_MUTEX_INITIALIZER;

void faute(uint64_t *fautes, const char *fmt, ...)
{
    va_list ap;
    if ((*fautes)++ >= 10)
        return;
    pthread_mutex_lock(&parole);
    printf("# ");
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
    fflush(stdout);
    pthread_mutex_unlock(&parole);
}

struct apprets { /* made before the fork: the child only calls what it may */
    char out[1200], err[1200], compte[1200], presse[32], *env[256];
};

static void appreter(struct apprets *a, const char *dossier, const char *nom, int presse)
{
    extern char **environ;
    static char preload[1200];
    size_t n = 0;
    snprintf(a->out, sizeof a->out, "%s/%s.out", dossier, nom);
    snprintf(a->err, sizeof a->err, "%s/%s.err", dossier, nom);
    snprintf(a->compte, sizeof a->compte, "ATTENTE_COMPTE=%s/%s.attente", dossier, nom);
    snprintf(a->presse, sizeof a->presse, "ATTENTE_PRESSE=%d", presse);
    if (!preload[0])
        snprintf(preload, sizeof preload, "LD_PRELOAD=%s/tests/coups/attente.so", getenv("SONS_BUILDDIR"));
    for (char **e = environ; *e && n < 250; e++)
        a->env[n++] = *e;
    a->env[n++] = a->compte;
    a->env[n++] = a->presse;
    a->env[n++] = preload;
    a->env[n] = NULL;
    unlink(strchr(a->compte, '/'));
}

static void enfant(const struct apprets *a, const char *dossier, char *const mots[])
{
    const int nul = open("/dev/null", O_RDONLY), out = open(a->out, O_WRONLY | O_CREAT | O_TRUNC, 0600),
              err = open(a->err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (dup2(nul, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0 || chdir(dossier) != 0)
        _exit(126);
    alarm(COURSE_MAX_S);
    execve(mots[0], mots, a->env);
    _exit(126);
}

void course_lancer(const char *dossier, const char *nom, int presse, char *const mots[], struct course *out)
{
    struct apprets a;
    char err[1200];
    size_t len;
    int statut = 0;
    *out = (struct course){0};
    appreter(&a, dossier, nom, presse);
    const int64_t debut = horloge_us();
    const pid_t pid = fork();
    if (pid == 0)
        enfant(&a, dossier, mots);
    if (pid < 0 || waitpid(pid, &statut, 0) != pid)
        mourir("fork : %s", strerror(errno));
    out->duree_us = horloge_us() - debut;
    out->code = WIFEXITED(statut) ? WEXITSTATUS(statut) : -WTERMSIG(statut);
    char *c = lire(strchr(a.compte, '/'), &len);
    if (c && len == sizeof out->attente_us + sizeof out->sommeil_us) {
        memcpy(&out->attente_us, c, sizeof out->attente_us);
        memcpy(&out->sommeil_us, c + sizeof out->attente_us, sizeof out->sommeil_us);
    }
    memoire_free(c);
    snprintf(err, sizeof err, "%s.err", nom);
    out->dit = fichier_dit(dossier, err, OCCUPE);
}
