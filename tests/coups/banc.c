/* banc: every act of the table under every blow. TAP on the standard output. */
#define _GNU_SOURCE
#include "banc.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "noyau/memoire.h"

#define AIDE                                                                                                    \
    "banc TABLE DOSSIER [--entier] [--graine G] [--acte NOM] [--groupe NOM] [--coeurs N]\n"                      \
    "     banc TABLE DOSSIER --acte NOM --coup CLASSE GESTE RANG [suite]   rejoue un seul coup\n"

static const char *const groupes[] = {"memoire", "appels", "vfs", "morts", "coupure"};

_Noreturn void mourir(const char *fmt, ...)
{
    va_list ap;
    printf("Bail out! ");
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
    fflush(stdout);
    _exit(99);
}

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
                                    i + 4 < argc && strcmp(argv[i + 4], "suite") == 0, strtoull(argv[i + 3], NULL, 10)};
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
    uint64_t courses;
};

static void rendre(const char *chemin, const struct bilan *b, uint64_t courses)
{
    FILE *f = fopen(chemin, "wb");
    const uint64_t n[] = {b->essais, b->appels, b->etats, b->fautes, courses, b->dit.len};
    if (!f || fwrite(n, sizeof n, 1, f) != 1 || fwrite(b->dit.bytes ? b->dit.bytes : "", 1, b->dit.len, f) != b->dit.len || fclose(f) != 0)
        mourir("%s ne s'écrit pas", chemin);
}

static void reprendre(const char *chemin, struct tache *t)
{
    FILE *f = fopen(chemin, "rb");
    uint64_t n[6];
    if (!f || fread(n, sizeof n, 1, f) != 1)
        mourir("%s : le travail n'a rien rendu", chemin);
    t->bilan = (struct bilan){.essais = n[0], .appels = n[1], .etats = n[2], .fautes = n[3]};
    t->courses = n[4];
    buffer_reserve(&t->bilan.dit, n[5] + 1);
    t->bilan.dit.len = fread(t->bilan.dit.bytes, 1, n[5], f);
    t->bilan.dit.bytes[t->bilan.dit.len] = '\0';
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
    rendre(nom, &t->bilan, a.courses);
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

static void acte_eprouver(struct demande *d, const struct acte *acte, const struct scene *s)
{
    struct tache t[GROUPE_NOMBRE];
    size_t n = 0, actifs = 0;
    uint64_t essais = 0;
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
        reprendre(nom, &t[i]);
        cas(d, t[i].bilan.fautes == 0 && t[i].bilan.essais > 0, "%s, %s : %llu coups, %llu états, %llu exécutions", acte->nom,
            groupes[t[i].groupe], (unsigned long long)t[i].bilan.essais, (unsigned long long)t[i].bilan.etats,
            (unsigned long long)t[i].courses);
        if (t[i].bilan.fautes)
            printf("# %llu fautes\n", (unsigned long long)t[i].bilan.fautes);
        fputs(t[i].bilan.dit.bytes, stdout);
        essais += t[i].bilan.essais;
        buffer_free(&t[i].bilan.dit);
    }
    const unsigned plancher = d->mesure.entier ? acte->entier : acte->bref;
    if (!d->groupe && !BANC_ASAN)
        cas(d, essais >= plancher, "%s : %llu coups portés, %u au moins", acte->nom, (unsigned long long)essais, plancher);
    fflush(stdout);
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
    cas(&d, vus > 0, "actes éprouvés : %u, graine %llu", vus, (unsigned long long)d.mesure.graine);
    printf("1..%u\n", d.cas);
    effacer_arbre(d.racine);
    return d.rates ? 1 : 0;
}
