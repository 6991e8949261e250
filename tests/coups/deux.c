/* deux: several people at once on one registre, for a while. Each does random acts and reads, one after the other, never waiting
 * for the others; now and then somebody holds the registre for a second and a half. At the end each answer is compared with the
 * journal. The seed is printed: the same one draws the same acts, though not their order among people. TAP.
 *   deux DOSSIER --gens N --secondes S --graine G
 * DOSSIER holds sons.db with its bases and third parties, ets (FINESS ET that can be ordered) and bon.pdf. */
#define _GNU_SOURCE
#include "deux.h"

#include <errno.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include "noyau/memoire.h"

#define BORNE_US 60000000     /* nobody waits longer: the program gives up each of its waits after thirty seconds */
#define TENUE_US 1500000      /* how long the registre is held, */
#define TENUE_PAS_US 10000    /* in steps: a machine that stops altogether takes one of them, and those who wait still see the others */
#define TENUES_US 60000000    /* and how often, in a long run */
#define PATIENCE_US 20000000  /* to hold it at all */
#define PRESSE 100            /* how much quicker the thirty seconds of giving up are tried */

static char registre[1200];

static void monde_ouvrir(struct monde *m, const char *dossier, uint64_t secondes)
{
    char chemin[1200], ligne[64];
    *m = (struct monde){.dossier = dossier, .lent = secondes > 60};
    pthread_mutex_init(&m->verrou, NULL);
    snprintf(chemin, sizeof chemin, "%s/ets", dossier);
    FILE *f = fopen(chemin, "r");
    while (f && fgets(ligne, sizeof ligne, f)) {
        m->et = memoire_grow(m->et, &m->cap_ets, m->ets + 1, sizeof *m->et);
        if (sscanf(ligne, "%9s", m->et[m->ets]) == 1)
            m->ets++;
    }
    if (!f || fclose(f) != 0 || m->ets < 10)
        mourir("%s ne se lit pas", chemin);
    snprintf(chemin, sizeof chemin, "%s/lots", dossier);
    if (mkdir(chemin, 0700) != 0)
        mourir("%s : %s", chemin, strerror(errno));
}

static void *vivre(void *arg)
{
    struct personne *p = arg;
    while (horloge_us() < p->monde->fin_us && p->fautes < 10)
        acte_tirer(p);
    return NULL;
}

/* The whole registre for itself; asks more often than those who wait, for they begin again at once. NULL when it never comes. */
static sqlite3 *tenir(int64_t patience_us)
{
    sqlite3 *db;
    if (sqlite3_open_v2(registre, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        mourir("%s ne s'ouvre pas", registre);
    int rc;
    for (const int64_t fin = horloge_us() + patience_us; (rc = sqlite3_exec(db, "begin exclusive", NULL, NULL, NULL)) == SQLITE_BUSY && horloge_us() < fin;)
        usleep(500);
    if (rc == SQLITE_OK)
        return db;
    if (rc != SQLITE_BUSY)
        mourir("%s ne se tient pas : %s", registre, sqlite3_errmsg(db));
    sqlite3_close(db);
    return NULL;
}

static void *tenir_parfois(void *arg)
{
    const struct monde *m = arg;
    uintptr_t n = 0;
    usleep(500000);
    while (n == 0 || (m->lent && horloge_us() + TENUE_US < m->fin_us)) {
        sqlite3 *db = tenir(PATIENCE_US);
        if (db) {
            for (int64_t us = 0; us < TENUE_US; us += TENUE_PAS_US)
                usleep(TENUE_PAS_US);
            sqlite3_close(db);
        }
        n += db != NULL;
        if (!db && horloge_us() > m->fin_us)
            break;
        for (const int64_t fin = horloge_us() + TENUES_US; m->lent && horloge_us() < fin && horloge_us() + TENUE_US < m->fin_us;)
            usleep(100000);
    }
    return (void *)n;
}

static void compte_dire(const struct compte *c)
{
    printf("# ");
    for (int g = 0; g < GENRES; g++)
        printf("%s%s %llu/%llu", g ? ", " : "", genre_noms[g], (unsigned long long)c->reussis[g], (unsigned long long)c->actes[g]);
    printf("\n# plus longues durées, en ms : ");
    for (int g = 0; g < GENRES; g++)
        printf("%s%s %lld", g ? ", " : "", genre_noms[g], (long long)(c->duree_max[g] / 1000));
    putchar('\n');
}

/* Everybody at once; then each answer is judged. */
static uint64_t ensemble(struct monde *m, struct personne *gens, unsigned n, uint64_t secondes, uint64_t graine)
{
    struct compte c;
    pthread_t tenant;
    void *tenues;
    uint64_t fautes = 0;
    const int64_t avant = entrees_compter(registre);
    m->fin_us = horloge_us() + (int64_t)secondes * 1000000;
    for (unsigned i = 0; i < n; i++) {
        gens[i] = (struct personne){.monde = m, .qui = i, .h = alea_de(graine, i + 1)};
        if (pthread_create(&gens[i].fil, NULL, vivre, &gens[i]) != 0)
            mourir("pthread_create");
    }
    if (pthread_create(&tenant, NULL, tenir_parfois, m) != 0)
        mourir("pthread_create");
    for (unsigned i = 0; i < n; i++)
        pthread_join(gens[i].fil, NULL);
    pthread_join(tenant, &tenues);
    for (unsigned i = 0; i < n; i++)
        fautes += gens[i].fautes;
    const uint64_t perdus = juger(registre, gens, n, avant, BORNE_US, &c);
    printf("%sok 1 - %u personnes, %llu s, graine %llu : %llu actes, %llu entrées au journal, chacune une fois\n", fautes + perdus ? "not " : "",
           n, (unsigned long long)secondes, (unsigned long long)graine, (unsigned long long)c.tous, (unsigned long long)c.entrees);
    const bool attentes = c.longues > 0 && c.dit > 0 && (uintptr_t)tenues > 0;
    printf("%sok 2 - %llu actes ont attendu, %llu plus d'une seconde, %llu l'ont dit ; la plus longue attente : %lld ms (%s), registre tenu %llu fois\n",
           attentes ? "" : "not ", (unsigned long long)c.attendu, (unsigned long long)c.longues, (unsigned long long)c.dit,
           (long long)(c.attente_max / 1000), genre_noms[c.attente_genre], (unsigned long long)(uintptr_t)tenues);
    compte_dire(&c);
    return fautes + perdus + !attentes;
}

/* Whoever waits in vain is told so, in French, with the code of the environment, and leaves nothing. */
static uint64_t en_vain(const struct monde *m)
{
    static char *const actes[][8] = {{NULL, "commande", "lister", NULL},
                                     {NULL, "solution", "alias", "EX-DUI-001", "en vain", NULL},
                                     {NULL, "commande", "importer", "bon.csv", NULL}};
    uint64_t fautes = 0;
    const int64_t avant = entrees_compter(registre);
    sqlite3 *db = tenir(PATIENCE_US);
    if (!db)
        mourir("%s ne se tient pas", registre);
    for (size_t i = 0; i < sizeof actes / sizeof *actes; i++) {
        struct course c;
        char *mots[8];
        memcpy(mots, actes[i], sizeof mots);
        mots[0] = getenv("SONS");
        course_lancer(m->dossier, "en-vain", PRESSE, mots, &c);
        if (c.code != 3 || !c.dit || !fichier_dit(m->dossier, "en-vain.err", "est occupé par un autre programme"))
            faute(&fautes, "%s %s, registre tenu : code %d, %s", mots[1], mots[2], c.code, c.dit ? "attente dite" : "attente tue");
        if (c.duree_us * PRESSE < 30000000) /* as it counted them */
            faute(&fautes, "%s %s, registre tenu : renonce après %lld ms", mots[1], mots[2], (long long)(c.duree_us * PRESSE / 1000));
    }
    sqlite3_close(db);
    if (entrees_compter(registre) != avant)
        faute(&fautes, "un acte qui a renoncé est au journal");
    printf("%sok 3 - qui attend en vain renonce, code 3, et le dit\n", fautes ? "not " : "");
    return fautes;
}

static uint64_t verifier(const struct monde *m)
{
    char *const mots[] = {getenv("SONS"), "journal", "verifier", "--tout", NULL};
    struct course c;
    course_lancer(m->dossier, "verifie", 1, mots, &c);
    printf("%sok 4 - journal verifier --tout (%lld ms)\n", c.code ? "not " : "", (long long)(c.duree_us / 1000));
    return c.code != 0;
}

int main(int argc, char **argv)
{
    static const char aide[] = "deux DOSSIER --gens N --secondes S --graine G";
    struct personne gens[GENS_MAX];
    struct monde m;
    uint64_t n = 2, secondes = 3, graine = 1;
    char sha[72];
    if (argc < 2)
        usage(aide);
    for (int i = 2; i < argc; i += 2) {
        if (i + 1 == argc)
            usage(aide);
        uint64_t *const out = strcmp(argv[i], "--gens") == 0 ? &n : strcmp(argv[i], "--secondes") == 0 ? &secondes
                            : strcmp(argv[i], "--graine") == 0 ? &graine : NULL;
        if (!out)
            usage(aide);
        *out = nombre_option(argv[i + 1], out == &n ? GENS_MAX : UINT32_MAX, aide);
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("# graine %llu\n", (unsigned long long)graine);
    snprintf(registre, sizeof registre, "%s/sons.db", argv[1]);
    sha_de(registre, sha); /* OpenSSL is ready before there are threads */
    monde_ouvrir(&m, argv[1], secondes);
    uint64_t fautes = ensemble(&m, gens, (unsigned)n, secondes, graine);
    fautes += en_vain(&m);
    fautes += verifier(&m);
    puts("1..4");
    for (unsigned i = 0; i < n; i++)
        memoire_free(gens[i].actes);
    memoire_free(m.commande);
    memoire_free(m.feuille);
    memoire_free(m.et);
    return fautes != 0;
}
