/* banc: every act of the table under every blow. TAP on the standard output. */
#define _GNU_SOURCE
#include "banc.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "noyau/memoire.h"

#define AIDE                                                                                                    \
    "banc TABLE DOSSIER [--entier] [--graine G] [--acte NOM] [--groupe NOM] [--coeurs N]\n"                      \
    "     banc TABLE DOSSIER --acte NOM --coup CLASSE GESTE RANG [suite]   rejoue un seul coup\n"

#define ACTES_BREF 16 /* beyond, the samples of each act are fewer: the bounded run stays bounded */

static const char *const groupes[] = {"memoire", "appels", "vfs", "morts", "coupure"};

static _Noreturn void usage(void)
{
    fputs("Usage : " AIDE, stderr);
    exit(2);
}

struct demande {
    struct table table;
    const char *racine, *acte, *groupe;
    struct mesure mesure;
    struct coup coup;
    long coeurs;
    struct comptes total;
    unsigned cas, rates;
};

static int parmi(const char *mot, const char *(*nom)(int), int n)
{
    for (int i = 0; mot && i < n; i++)
        if (strcmp(mot, nom(i)) == 0)
            return i;
    usage();
}
static const char *classe_i(int i) { return classe_nom((enum coups_classe)i); }
static const char *geste_i(int i) { return geste_nom((enum coups_geste)i); }

static void lire_arguments(int argc, char **argv, struct demande *d)
{
    if (argc < 3)
        usage();
    table_lire(argv[1], &d->table);
    d->racine = argv[2];
    for (int i = 3; i < argc; i++) {
        const char *suivant = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--entier") == 0) {
            d->mesure.entier = true;
        } else if (strcmp(argv[i], "--graine") == 0 && suivant) {
            d->mesure.graine = strtoull(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--acte") == 0 && suivant) {
            d->acte = argv[++i];
        } else if (strcmp(argv[i], "--groupe") == 0 && suivant) {
            d->groupe = argv[++i];
        } else if (strcmp(argv[i], "--coeurs") == 0 && suivant) {
            d->coeurs = strtol(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--coup") == 0 && i + 3 < argc) {
            d->coup = (struct coup){true, (enum coups_classe)parmi(argv[i + 1], classe_i, COUPS_CLASSES),
                                    (enum coups_geste)parmi(argv[i + 2], geste_i, COUPS_GESTES),
                                    i + 4 < argc && strcmp(argv[i + 4], "suite") == 0, strtoull(argv[i + 3], NULL, 10), 0};
            break;
        } else {
            usage();
        }
    }
}

/* --- one worker: one act, one group ----------------------------------------------------------------------------- */

struct tache {
    pid_t pid;
    enum groupe groupe;
    struct bilan bilan;
};

static void rendre(const char *chemin, const struct bilan *b)
{
    FILE *f = fopen(chemin, "wb");
    if (!f || fwrite(&b->c, sizeof b->c, 1, f) != 1 || fwrite(b->dit.bytes ? b->dit.bytes : "", 1, b->dit.len, f) != b->dit.len ||
        fclose(f) != 0)
        mourir("%s ne s'écrit pas", chemin);
}

static void reprendre(const char *chemin, struct bilan *b)
{
    FILE *f = fopen(chemin, "rb");
    char bloc[4096];
    size_t n;
    if (!f || fread(&b->c, sizeof b->c, 1, f) != 1)
        mourir("%s : le travail n'a rien rendu", chemin);
    while ((n = fread(bloc, 1, sizeof bloc, f)) > 0)
        buffer_append(&b->dit, bloc, n);
    buffer_append(&b->dit, "", 0);
    fclose(f);
    unlink(chemin);
}

static void nom_rendu(const struct demande *d, enum groupe g, char out[1024])
{
    snprintf(out, 1024, "%s/rendu.%d", d->racine, (int)g);
}

static void demarrer(const struct demande *d, const struct scene *s, struct tache *t)
{
    fflush(stdout);
    t->pid = fork();
    if (t->pid < 0)
        mourir("fork : %s", strerror(errno));
    if (t->pid > 0)
        return;
    struct atelier a;
    char nom[1024];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    snprintf(nom, sizeof nom, "%s/%s", d->racine, groupes[t->groupe]);
    atelier_ouvrir(&a, nom);
    for (size_t i = 0; i < s->apres.n + s->avant.n; i++) { /* the folders of the scene */
        const char *f = i < s->apres.n ? s->apres.f[i].nom : s->avant.f[i - s->apres.n].nom, *slash = strrchr(f, '/');
        if (slash) {
            snprintf(nom, sizeof nom, "%s/%.*s", a.dossier, (int)(slash - f), f);
            mkdir(nom, 0700);
        }
    }
    groupe_lancer(t->groupe, s, &a, &d->mesure, &t->bilan);
    nom_rendu(d, t->groupe, nom);
    rendre(nom, &t->bilan);
    effacer_arbre(a.racine);
    _exit(0);
}

static void attendre_un(struct tache *t, size_t n, size_t *actifs)
{
    int statut;
    const pid_t pid = waitpid(-1, &statut, 0);
    for (size_t i = 0; i < n; i++)
        if (t[i].pid == pid) {
            if (statut != 0)
                mourir("le groupe %s n'est pas allé au bout", groupes[t[i].groupe]);
            t[i].pid = 0;
            (*actifs)--;
        }
}

/* --- an act ---------------------------------------------------------------------------------------------------------- */

static void cas(struct demande *d, bool bon, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void cas(struct demande *d, bool bon, const char *fmt, ...)
{
    va_list ap;
    d->cas++;
    d->rates += !bon;
    printf("%sok %u - ", bon ? "" : "not ", d->cas);
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
}

/* Blows of each group that every act stands at least, sampled: what the shim no longer strikes shows here. */
static const struct {
    unsigned essais, refus;          /* ordinary */
    unsigned asan_essais, asan_refus; /* under AddressSanitizer: fewer, and no allocator */
} planchers[GROUPE_NOMBRE] = {
    [GROUPE_MEMOIRE] = {290, 270, 0, 0}, [GROUPE_APPELS] = {52, 25, 28, 12}, [GROUPE_VFS] = {15, 9, 6, 2},
    [GROUPE_MORTS] = {23, 23, 13, 13}, [GROUPE_COUPURE] = {15, 0, 12, 0},
};

static void ajouter(struct comptes *t, const struct comptes *c)
{
    t->essais += c->essais;
    t->refus += c->refus;
    t->appels += c->appels;
    t->etats += c->etats;
    t->fautes += c->fautes;
    t->courses += c->courses;
    for (int i = 0; i < COUPS_CLASSES; i++) {
        t->portes[i] += c->portes[i];
        t->refuses[i] += c->refuses[i];
    }
}

static void groupe_dire(struct demande *d, const struct acte *acte, struct tache *t)
{
    const struct comptes *c = &t->bilan.c;
    const unsigned part = t->groupe == GROUPE_COUPURE && strcmp(acte->avant, acte->apres) == 0 ? 500 /* only files are written */
                          : t->groupe == GROUPE_MEMOIRE || t->groupe == GROUPE_COUPURE ? 1000 : d->mesure.part;
    const unsigned essais = (BANC_ASAN ? planchers[t->groupe].asan_essais : planchers[t->groupe].essais) * part / 1000;
    const unsigned refus = (BANC_ASAN ? planchers[t->groupe].asan_refus : planchers[t->groupe].refus) * part / 1000;
    cas(d, c->fautes == 0 && c->essais >= essais && c->refus >= refus, "%s, %s : %llu coups (%u au moins), %llu refus (%u), %llu états, %llu exécutions",
        acte->nom, groupes[t->groupe], (unsigned long long)c->essais, essais, (unsigned long long)c->refus, refus,
        (unsigned long long)c->etats, (unsigned long long)c->courses);
    if (c->fautes)
        printf("# %llu fautes\n", (unsigned long long)c->fautes);
    fputs(t->bilan.dit.bytes, stdout);
    buffer_free(&t->bilan.dit);
}

static void acte_eprouver(struct demande *d, const struct acte *acte, const struct scene *s)
{
    struct tache t[GROUPE_NOMBRE];
    size_t n = 0, actifs = 0;
    const uint64_t avant = d->total.essais;
    for (int g = 0; g < GROUPE_NOMBRE; g++) {
        if ((d->groupe && strcmp(d->groupe, groupes[g]) != 0) || (BANC_ASAN && g == GROUPE_MEMOIRE))
            continue;
        t[n] = (struct tache){.groupe = (enum groupe)g};
        demarrer(d, s, &t[n++]);
        if (++actifs >= (size_t)d->coeurs)
            attendre_un(t, n, &actifs);
    }
    while (actifs > 0)
        attendre_un(t, n, &actifs);
    for (size_t i = 0; i < n; i++) {
        char nom[1024];
        nom_rendu(d, t[i].groupe, nom);
        reprendre(nom, &t[i].bilan);
        ajouter(&d->total, &t[i].bilan.c);
        groupe_dire(d, acte, &t[i]);
    }
    const unsigned plancher = d->mesure.entier ? acte->entier : acte->bref;
    if (!d->groupe && !BANC_ASAN)
        cas(d, d->total.essais - avant >= plancher, "%s : %llu coups portés, %u au moins", acte->nom,
            (unsigned long long)(d->total.essais - avant), plancher);
    fflush(stdout);
}

/* Every class was struck over the whole table, and the program felt it: a floor for ten acts. */
static void classes_dire(struct demande *d, unsigned actes)
{
    static const struct {
        unsigned portes, refuses;
    } dix[COUPS_CLASSES] = {
        [COUPS_MEMOIRE] = {2900, 2700}, [COUPS_OPEN] = {65, 25}, [COUPS_READ] = {70, 50}, [COUPS_WRITE] = {90, 70},
        [COUPS_FSYNC] = {50, 40}, [COUPS_RENAME] = {2, 2}, [COUPS_FTRUNCATE] = {1, 1}, [COUPS_CLOSE] = {60, 1},
        [COUPS_UNLINK] = {14, 12}, [COUPS_VFS] = {150, 100}, [COUPS_DISQUE] = {45, 35},
    };
    const unsigned part = BANC_ASAN ? 4 : 1;
    for (int k = 0; k < COUPS_CLASSES; k++) {
        const unsigned portes = dix[k].portes * d->mesure.part / 1000 * actes / 10 / part, refuses = dix[k].refuses * d->mesure.part / 1000 * actes / 10 / part;
        if (!BANC_ASAN || k != COUPS_MEMOIRE)
            cas(d, d->total.portes[k] >= portes && d->total.refuses[k] >= refuses, "%s : %llu fautes (%u au moins), %llu refus (%u)",
                classe_nom((enum coups_classe)k), (unsigned long long)d->total.portes[k], portes, (unsigned long long)d->total.refuses[k], refuses);
    }
}

int main(int argc, char **argv)
{
    struct demande d = {.coeurs = sysconf(_SC_NPROCESSORS_ONLN)};
    struct atelier a;
    char nom[1024];
    unsigned vus = 0;
    lire_arguments(argc, argv, &d);
    if (!getenv("SONS") || !getenv("SONS_SRCDIR") || !getenv("SONS_BUILDDIR"))
        mourir("SONS, SONS_SRCDIR et SONS_BUILDDIR manquent");
    d.mesure.part = d.table.n > ACTES_BREF ? 1000 * ACTES_BREF / (unsigned)d.table.n : 1000;
    setenv("SONS_REGISTRE", REGISTRE, 1);
    setenv("SONS_HORLOGE", "2022-12-05T09:00:00Z", 1);
    effacer_arbre(d.racine);
    mkdir(d.racine, 0700);
    snprintf(nom, sizeof nom, "%s/scene", d.racine);
    for (size_t i = 0; i < d.table.n; i++) {
        struct scene s;
        if (d.acte && strcmp(d.acte, d.table.t[i].nom) != 0)
            continue;
        vus++;
        atelier_ouvrir(&a, nom);
        scene_preparer(&s, &a, &d.table.t[i]);
        if (d.coup.frapper && setenv("COUPS_DIRE", "1", 1) == 0)
            return coup_unique(&s, &a, &d.coup, stdout) ? 0 : 1;
        acte_eprouver(&d, &d.table.t[i], &s);
        dossier_free(&s.avant);
        dossier_free(&s.apres);
        buffer_free(&s.sans_faute.err);
    }
    if (!d.acte && !d.groupe)
        classes_dire(&d, vus);
    cas(&d, vus > 0, "%u actes, %llu coups, %llu fautes du programme, %llu exécutions, graine %llu", vus, (unsigned long long)d.total.essais,
        (unsigned long long)d.total.fautes, (unsigned long long)d.total.courses, (unsigned long long)d.mesure.graine);
    printf("1..%u\n", d.cas);
    effacer_arbre(d.racine);
    return d.rates ? 1 : 0;
}
