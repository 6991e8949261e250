/* banc: every act of the table under every blow. TAP on the standard output. */
#define _GNU_SOURCE
#include "banc.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "noyau/memoire.h"

#define AIDE                                                                                                    \
    "banc TABLE DOSSIER [--entier] [--graine G] [--acte NOM] [--groupe NOM] [--coeurs N]\n"                      \
    "     banc TABLE DOSSIER --acte NOM --coup CLASSE GESTE RANG [suite]   rejoue un seul coup\n"

#define LIEUR_MAX 6   /* three allocations of ld.so, once and from then on */
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
    time_t debut;
    struct etape *etapes; /* room for one an act */
    size_t n_etapes;
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

/* --- one worker: one act ----------------------------------------------------------------------------------------- */

struct tache {
    pid_t pid;
    const struct acte *acte;
    struct bilan bilans[GROUPE_NOMBRE];
    bool rendue, dite;
};

static bool voulu(const struct demande *d, int g)
{
    return (!d->groupe || strcmp(d->groupe, groupes[g]) == 0) && !(BANC_ASAN && g == GROUPE_MEMOIRE);
}

static void nom_rendu(const struct demande *d, const struct acte *acte, char out[1024])
{
    snprintf(out, 1024, "%s/rendu.%s", d->racine, acte->nom);
}

static void rendre(const char *chemin, const struct bilan b[GROUPE_NOMBRE])
{
    FILE *f = fopen(chemin, "wb");
    bool ok = f != NULL;
    for (int g = 0; g < GROUPE_NOMBRE && ok; g++)
        ok = fwrite(&b[g].c, sizeof b[g].c, 1, f) == 1 && fwrite(&b[g].dit.len, sizeof b[g].dit.len, 1, f) == 1 &&
             fwrite(b[g].dit.bytes ? b[g].dit.bytes : "", 1, b[g].dit.len, f) == b[g].dit.len;
    if (!ok || fclose(f) != 0)
        mourir("%s ne s'écrit pas", chemin);
}

static void reprendre(const char *chemin, struct bilan b[GROUPE_NOMBRE])
{
    FILE *f = fopen(chemin, "rb");
    bool ok = f != NULL;
    for (int g = 0; g < GROUPE_NOMBRE && ok; g++) {
        size_t n = 0;
        ok = fread(&b[g].c, sizeof b[g].c, 1, f) == 1 && fread(&n, sizeof n, 1, f) == 1;
        buffer_reserve(&b[g].dit, n + 1);
        ok = ok && fread(b[g].dit.bytes, 1, n, f) == n;
        b[g].dit.bytes[b[g].dit.len = n] = '\0';
    }
    if (!ok)
        mourir("%s : le travail n'a rien rendu", chemin);
    fclose(f);
    unlink(chemin);
}

static void demarrer(const struct demande *d, const struct etape *etape, struct tache *t)
{
    fflush(stdout);
    t->pid = fork();
    if (t->pid < 0)
        mourir("fork : %s", strerror(errno));
    if (t->pid > 0)
        return;
    struct atelier a;
    struct scene s;
    struct memoire_juge juge = {0}; /* one for all the groups: they leave the same states again and again */
    char nom[1024];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    snprintf(nom, sizeof nom, "%s/acte-%s", d->racine, t->acte->nom);
    atelier_ouvrir(&a, nom);
    scene_preparer(&s, &a, t->acte, etape);
    for (int g = 0; g < GROUPE_NOMBRE; g++)
        if (voulu(d, g))
            groupe_lancer((enum groupe)g, &s, &a, &d->mesure, &juge, &t->bilans[g]);
    nom_rendu(d, t->acte, nom);
    rendre(nom, t->bilans);
    atelier_fermer(&a);
    _exit(0);
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

/* Every series strikes what it says (banc_coups.c). What is held here is that the program feels it: of a hundred blows, how
 * many refusals at least, in an act. Floors of each act are in actes.tab. */
static const unsigned refus_sur_cent[GROUPE_NOMBRE] = {
    [GROUPE_MEMOIRE] = 97, [GROUPE_APPELS] = 45, [GROUPE_VFS] = 30, [GROUPE_MORTS] = 100, [GROUPE_COUPURE] = 0,
};

/* Under AddressSanitizer a series strikes a quarter of its blows, some groups no more than five: half the share is asked of them there; the
 * other builds hold the whole of it. */
static uint64_t part_exigee(uint64_t essais, unsigned sur_cent)
{
    return essais * (BANC_ASAN && sur_cent < 100 ? sur_cent / 2 : sur_cent) / 100;
}

static void ajouter(struct comptes *t, const struct comptes *c)
{
    t->essais += c->essais;
    t->refus += c->refus;
    t->appels += c->appels;
    t->etats += c->etats;
    t->fautes += c->fautes;
    t->courses += c->courses;
    t->pareils += c->pareils;
    t->lieur += c->lieur;
    for (int i = 0; i < COUPS_CLASSES; i++) {
        t->venus[i] += c->venus[i];
        t->portes[i] += c->portes[i];
        t->refuses[i] += c->refuses[i];
    }
}

static void groupe_dire(struct demande *d, const struct acte *acte, int g, struct bilan *b)
{
    const struct comptes *c = &b->c;
    const uint64_t refus = part_exigee(c->essais, refus_sur_cent[g]);
    cas(d, c->fautes == 0 && c->essais > 0 && c->refus >= refus && c->lieur <= LIEUR_MAX,
        "%s, %s : %llu coups, %llu refus (%llu au moins), %llu états nouveaux, %llu exécutions", acte->nom, groupes[g],
        (unsigned long long)c->essais, (unsigned long long)c->refus, (unsigned long long)refus, (unsigned long long)c->etats,
        (unsigned long long)c->courses);
    if (c->fautes)
        printf("# %llu fautes\n", (unsigned long long)c->fautes);
    fputs(b->dit.bytes, stdout);
    buffer_free(&b->dit);
}

static void acte_dire(struct demande *d, struct tache *t)
{
    uint64_t coups = 0;
    const unsigned au_moins = d->mesure.entier ? t->acte->entier : t->acte->bref;
    char nom[1024];
    nom_rendu(d, t->acte, nom);
    reprendre(nom, t->bilans);
    for (int g = 0; g < GROUPE_NOMBRE; g++)
        if (voulu(d, g)) {
            ajouter(&d->total, &t->bilans[g].c);
            coups += g == GROUPE_MEMOIRE && d->mesure.entier ? 0 : t->bilans[g].c.essais;
            groupe_dire(d, t->acte, g, &t->bilans[g]);
        }
    if (!d->groupe && !BANC_ASAN)
        cas(d, coups >= au_moins, "%s : %llu coups portés%s, %u au moins", t->acte->nom, (unsigned long long)coups,
            d->mesure.entier ? " sans la mémoire" : "", au_moins);
    fflush(stdout);
}

/* --- the acts, so many at a time ------------------------------------------------------------------------------------ */

/* Where the long run tells how far it is: the descriptor that COUPS_PROGRES names. */
static void progres(const struct demande *d, const struct tache *t, size_t n, const struct tache *fini)
{
    const char *fd = getenv("COUPS_PROGRES");
    size_t finis = 0;
    for (size_t i = 0; i < n; i++)
        finis += t[i].rendue;
    if (fd)
        dprintf(atoi(fd), "    banc : acte %zu sur %zu, %s, %ld s\n", finis, n, fini->acte->nom, (long)(time(NULL) - d->debut));
}

/* Waits for one worker; tells, in the order of the table, the acts that are done. */
static void attendre_un(struct demande *d, struct tache *t, size_t n)
{
    int statut;
    const pid_t pid = waitpid(-1, &statut, 0);
    for (size_t i = 0; i < n; i++)
        if (t[i].pid == pid) {
            if (statut != 0)
                mourir("l'acte %s n'est pas allé au bout", t[i].acte->nom);
            t[i].pid = 0;
            t[i].rendue = true;
            progres(d, t, n, &t[i]);
        }
    for (size_t i = 0; i < n && t[i].rendue; i++)
        if (!t[i].dite) {
            acte_dire(d, &t[i]);
            t[i].dite = true;
        }
}

static const struct etape *etape_de(struct demande *d, const char *nom)
{
    for (size_t i = 0; i < d->n_etapes; i++)
        if (strcmp(d->etapes[i].nom, nom) == 0)
            return &d->etapes[i];
    etape_preparer(&d->etapes[d->n_etapes], d->racine, nom);
    return &d->etapes[d->n_etapes++];
}

static unsigned actes_eprouver(struct demande *d)
{
    struct tache *t = memoire_calloc(d->table.n, sizeof *t);
    size_t n = 0, lances = 0, actifs = 0;
    for (size_t i = 0; i < d->table.n; i++)
        if (!d->acte || strcmp(d->acte, d->table.t[i].nom) == 0)
            t[n++].acte = &d->table.t[i];
    while (lances < n || actifs > 0) {
        if (lances < n && actifs < (size_t)d->coeurs) {
            demarrer(d, etape_de(d, t[lances].acte->etape), &t[lances]);
            lances++;
            actifs++;
        } else {
            attendre_un(d, t, n);
            actifs--;
        }
    }
    memoire_free(t);
    return (unsigned)n;
}

/* Over the whole table: the shim still sees the calls of every class (of an act, on average: what it no longer sees shows
 * here), and the program feels the blows. */
static void classes_dire(struct demande *d, unsigned actes)
{
    static const struct {
        unsigned venus, refus_sur_cent; /* at least; `venus` for ten acts */
    } planchers[COUPS_CLASSES] = {
        [COUPS_MEMOIRE] = {120000, 97}, [COUPS_OPEN] = {120, 20}, [COUPS_READ] = {430, 85}, [COUPS_WRITE] = {280, 90},
        [COUPS_FSYNC] = {42, 75}, [COUPS_RENAME] = {2, 90}, [COUPS_FTRUNCATE] = {0, 90}, [COUPS_CLOSE] = {120, 20},
        [COUPS_UNLINK] = {8, 80}, [COUPS_VFS] = {1500, 55}, [COUPS_DISQUE] = {1000, 55},
    };
    for (int k = 0; k < COUPS_CLASSES; k++) {
        const uint64_t portes = d->total.portes[k], refus = part_exigee(portes, planchers[k].refus_sur_cent);
        const unsigned venus = planchers[k].venus * actes / 10;
        if (!BANC_ASAN || k != COUPS_MEMOIRE)
            cas(d, d->total.venus[k] >= venus && portes > 0 && d->total.refuses[k] >= refus,
                "%s : %llu appels (%u au moins), %llu fautes, %llu refus (%llu au moins)", classe_nom((enum coups_classe)k),
                (unsigned long long)d->total.venus[k], venus, (unsigned long long)portes, (unsigned long long)d->total.refuses[k],
                (unsigned long long)refus);
    }
}

/* --coup: one blow, told. */
static int un_seul(struct demande *d)
{
    struct atelier a;
    struct scene s;
    char nom[1024];
    bool ok = false;
    for (size_t i = 0; i < d->table.n; i++)
        if (d->acte && strcmp(d->acte, d->table.t[i].nom) == 0) {
            snprintf(nom, sizeof nom, "%s/acte-%s", d->racine, d->acte);
            atelier_ouvrir(&a, nom);
            scene_preparer(&s, &a, &d->table.t[i], etape_de(d, d->table.t[i].etape));
            setenv("COUPS_DIRE", "1", 1);
            ok = coup_unique(&s, &a, &d->coup, stdout);
        }
    return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct demande d = {.coeurs = sysconf(_SC_NPROCESSORS_ONLN), .debut = time(NULL)};
    lire_arguments(argc, argv, &d);
    if (!getenv("SONS") || !getenv("SONS_SRCDIR") || !getenv("SONS_BUILDDIR"))
        mourir("SONS, SONS_SRCDIR et SONS_BUILDDIR manquent");
    if (d.coeurs < 1)
        d.coeurs = 1;
    mallopt(M_MMAP_THRESHOLD, 1 << 26); /* folders are read by thousands: their memory is kept */
    mallopt(M_TRIM_THRESHOLD, 1 << 28);
    d.etapes = memoire_calloc(d.table.n, sizeof *d.etapes);
    d.mesure.part = d.table.n > ACTES_BREF ? 1000 * ACTES_BREF / (unsigned)d.table.n : 1000;
    setenv("SONS_REGISTRE", REGISTRE, 1);
    setenv("SONS_HORLOGE", "2022-12-05T09:00:00Z", 1);
    effacer_arbre(d.racine);
    mkdir(d.racine, 0700);
    if (d.coup.frapper)
        return un_seul(&d);
    const unsigned vus = actes_eprouver(&d);
    if (!d.acte && !d.groupe)
        classes_dire(&d, vus);
    cas(&d, vus > 0, "%u actes, %llu coups, %llu fautes du programme, %llu exécutions, graine %llu", vus, (unsigned long long)d.total.essais,
        (unsigned long long)d.total.fautes, (unsigned long long)d.total.courses, (unsigned long long)d.mesure.graine);
    printf("# %llu coups prouvés pareils à d'autres, %llu états jugés, %llu fois ld.so à court de mémoire (code 127)\n",
           (unsigned long long)d.total.pareils, (unsigned long long)d.total.etats, (unsigned long long)d.total.lieur);
    printf("1..%u\n", d.cas);
    effacer_arbre(d.racine);
    return d.rates ? 1 : 0;
}
