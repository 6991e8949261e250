/* Each answer against the journal: what was answered 0 is there once, what was refused is not, and nothing else is. */
#include "deux.h"

#include <sqlite3.h>
#include "noyau/memoire.h"

#define DIT_AU_PLUS_TARD_US 1000000
#define DITES_US 2500000 /* an act has a few waits, each told after half a second */
#define DIT_AU_PLUS_TOT_US 400000

struct cles {
    char **t;
    size_t n, cap;
};

static void cle_mettre(struct cles *c, const char *fait, const char *ligne)
{
    const size_t len = strlen(fait) + strlen(ligne) + 2;
    c->t = memoire_grow(c->t, &c->cap, c->n + 1, sizeof *c->t);
    c->t[c->n] = memoire_alloc(len);
    snprintf(c->t[c->n++], len, "%s|%s", fait, ligne);
}

/* What tells the fact of an act from all the others. */
static const struct {
    const char *fait, *debut;
} parlantes[] = {
    {"CommandeEnregistree", "numero F"}, {"CommandeCompletee", "contenu reference_externe F"}, {"CommandeRectifiee", "motif F"},
    {"CommandeAnnulee", "motif F"}, {"CommandeNotee", "texte F"}, {"FinancementDeclare", "dui F"}, {"PieceJointe", "piece autre "},
    {"AvanceDemandee", "le "}, {"LotEmis", "le "}, {"LotEmis", "zip "}, {"LotEmis", "nombre "}, {"SolutionSurnommee", "nom F"},
    {"PersonneEffacee", "motif F"},
};

/* The lines of an entry, its fact first: `fait X-V1` comes before its fields, the constats after. */
static void entree_lire(char *octets, struct cles *c)
{
    char *fait = NULL, *suite;
    for (char *l = octets; l && strncmp(l, "constat ", 8) != 0; l = suite) {
        suite = strchr(l, '\n');
        if (suite)
            *suite++ = '\0';
        if (!fait) {
            if (strncmp(l, "fait ", 5) == 0) {
                fait = l + 5;
                fait[strcspn(fait, "-")] = '\0';
            }
            continue;
        }
        for (size_t i = 0; i < sizeof parlantes / sizeof *parlantes; i++)
            if (strcmp(fait, parlantes[i].fait) == 0 && strncmp(l, parlantes[i].debut, strlen(parlantes[i].debut)) == 0) {
                if (strncmp(l, "piece ", 6) == 0 && strlen(l) > 76)
                    l[76] = '\0'; /* role and SHA-256 */
                cle_mettre(c, fait, l);
            }
    }
}

static int par_octets(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static sqlite3 *ouvrir(const char *registre)
{
    sqlite3 *db;
    if (sqlite3_open_v2(registre, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        mourir("%s ne s'ouvre pas", registre);
    sqlite3_busy_timeout(db, 20000);
    return db;
}

int64_t entrees_compter(const char *registre)
{
    sqlite3 *db = ouvrir(registre);
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(db, "select count(*) from journal", -1, &s, NULL) != SQLITE_OK || sqlite3_step(s) != SQLITE_ROW)
        mourir("%s : %s", registre, sqlite3_errmsg(db));
    const int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return n;
}

static void journal_lire(const char *registre, int64_t avant, struct cles *c)
{
    sqlite3 *db = ouvrir(registre);
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(db, "select octets from journal where numero > ?1 order by numero", -1, &s, NULL) != SQLITE_OK)
        mourir("%s : %s", registre, sqlite3_errmsg(db));
    sqlite3_bind_int64(s, 1, avant);
    while (sqlite3_step(s) == SQLITE_ROW) {
        char *octets = memoire_strndup((const char *)sqlite3_column_text(s, 0), (size_t)sqlite3_column_bytes(s, 0));
        entree_lire(octets, c);
        memoire_free(octets);
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
    if (c->n)
        qsort(c->t, c->n, sizeof *c->t, par_octets);
}

static unsigned compter(const struct cles *c, const char *cle)
{
    const char *const *p = &cle;
    unsigned n = 0;
    char **la = c->n ? bsearch(p, c->t, c->n, sizeof *c->t, par_octets) : NULL;
    if (!la)
        return 0;
    while (la > c->t && strcmp(la[-1], cle) == 0)
        la--;
    for (; la < c->t + c->n && strcmp(*la, cle) == 0; la++)
        n++;
    return n;
}

/* --- what an act must have left ------------------------------------------------------------------------------------- */

struct jugement {
    struct cles cles;
    struct cles promises; /* sheets of which an import was answered 0 */
    struct compte *c;
    uint64_t fautes;
};

static void exiger(struct jugement *j, const struct acte *a, unsigned attendu, const char *fait, const char *champ, const char *valeur)
{
    char cle[200];
    snprintf(cle, sizeof cle, "%s|%s %s", fait, champ, valeur);
    const unsigned n = compter(&j->cles, cle);
    j->c->entrees += n;
    if (n != attendu)
        faute(&j->fautes, "%s F%u-%u a rendu %d et le journal porte %u fois « %s », au lieu de %u", genre_noms[a->genre], a->qui, a->n,
              a->c.code, n, cle, attendu);
}

/* A sheet given several times is recorded once, whoever is quicker; it is judged at the act that made it. */
static void feuille_juger(struct jugement *j, const struct acte *a)
{
    char numero[100], cle[100];
    snprintf(cle, sizeof cle, "feuille|%s", a->objet);
    const unsigned attendu = compter(&j->promises, cle) > 0;
    for (int i = 0; i < FEUILLE_COMMANDES; i++) {
        snprintf(numero, sizeof numero, "%s-%d", a->objet, i);
        exiger(j, a, attendu, "CommandeEnregistree", "numero", numero);
    }
}

/* Requests refused are left out and told by the code 1: the lot is what the folder holds. */
static void lot_juger(struct jugement *j, const struct acte *a)
{
    char le[MARQUE_MAX];
    le_de(a->qui, a->n, le);
    exiger(j, a, a->objet[0] != '\0', "LotEmis", "le", le);
    if (a->objet[0]) {
        exiger(j, a, 1, "LotEmis", "zip", a->objet);
        j->c->entrees--; /* the same entry */
    }
    if (a->c.code == 0 && !a->objet[0])
        faute(&j->fautes, "emettre F%u-%u a rendu 0 sans lot", a->qui, a->n);
}

static void acte_juger(struct jugement *j, const struct acte *a)
{
    char marque[MARQUE_MAX], le[MARQUE_MAX], piece[100];
    const unsigned un = a->c.code == 0;
    marque_de(a->qui, a->n, marque);
    le_de(a->qui, a->n, le);
    snprintf(piece, sizeof piece, "autre %s", a->objet);
    switch (a->genre) {
    case IMPORTER: feuille_juger(j, a); break;
    case COMPLETER: exiger(j, a, un, "CommandeCompletee", "contenu reference_externe", marque); break;
    case RECTIFIER: exiger(j, a, un, "CommandeRectifiee", "motif", marque); break;
    case REMPLACER:
        exiger(j, a, un, "CommandeEnregistree", "numero", marque);
        j->c->entrees += un; /* and its CommandeRemplacee */
        break;
    case ANNULER: exiger(j, a, un, "CommandeAnnulee", "motif", marque); break;
    case NOTER: exiger(j, a, un, "CommandeNotee", "texte", marque); break;
    case FINANCER:
        exiger(j, a, un * FINANCEMENTS, "FinancementDeclare", "dui", marque);
        j->c->entrees += un; /* and the list */
        break;
    case JOINDRE: exiger(j, a, un, "PieceJointe", "piece", piece); break;
    case DEMANDER: exiger(j, a, un, "AvanceDemandee", "le", le); break;
    case EMETTRE: lot_juger(j, a); break;
    case SURNOMMER: exiger(j, a, un, "SolutionSurnommee", "nom", marque); break;
    case EFFACER: exiger(j, a, un, "PersonneEffacee", "motif", marque); break;
    default: break;
    }
}

/* --- and how long it waited ------------------------------------------------------------------------------------------ */

static void attente_juger(struct jugement *j, const struct acte *a, int64_t borne_us)
{
    struct compte *c = j->c;
    c->tous++;
    c->actes[a->genre]++;
    c->reussis[a->genre] += a->c.code == 0;
    c->attendu += a->c.attente_us > 0;
    c->dit += a->c.dit;
    c->longues += a->c.attente_us >= DIT_AU_PLUS_TARD_US;
    if (a->c.duree_us > c->duree_max[a->genre])
        c->duree_max[a->genre] = a->c.duree_us;
    if (a->c.attente_us > c->attente_max) {
        c->attente_max = a->c.attente_us;
        c->attente_genre = a->genre;
    }
    if (a->c.attente_us > borne_us)
        faute(&j->fautes, "%s F%u-%u a attendu %lld ms", genre_noms[a->genre], a->qui, a->n, (long long)(a->c.attente_us / 1000));
    if (a->c.attente_us - a->c.sommeil_us >= DITES_US && !a->c.dit)
        faute(&j->fautes, "%s F%u-%u a attendu %lld ms sans le dire", genre_noms[a->genre], a->qui, a->n, (long long)(a->c.attente_us / 1000));
    /* Each of an act's waits is told by itself: a sum of short ones is not. */
    if (a->c.dit && a->c.attente_us < DIT_AU_PLUS_TOT_US)
        faute(&j->fautes, "%s F%u-%u dit attendre, pour %lld ms", genre_noms[a->genre], a->qui, a->n, (long long)(a->c.attente_us / 1000));
}

uint64_t juger(const char *registre, const struct personne *gens, unsigned n, int64_t avant, int64_t borne_us, struct compte *out)
{
    struct jugement j = {.c = out};
    *out = (struct compte){0};
    journal_lire(registre, avant, &j.cles);
    for (unsigned i = 0; i < n; i++)
        for (size_t k = 0; k < gens[i].nombre; k++)
            if ((gens[i].actes[k].genre == IMPORTER || gens[i].actes[k].genre == REIMPORTER) && gens[i].actes[k].c.code == 0)
                cle_mettre(&j.promises, "feuille", gens[i].actes[k].objet);
    if (j.promises.n)
        qsort(j.promises.t, j.promises.n, sizeof *j.promises.t, par_octets);
    for (unsigned i = 0; i < n; i++)
        for (size_t k = 0; k < gens[i].nombre; k++) {
            acte_juger(&j, &gens[i].actes[k]);
            attente_juger(&j, &gens[i].actes[k], borne_us);
        }
    for (size_t i = 0; i < j.cles.n; i++) /* a lot has an entry for each of its requests too */
        if (strncmp(j.cles.t[i], "LotEmis|nombre ", 15) == 0)
            out->entrees += (uint64_t)strtoull(j.cles.t[i] + 15, NULL, 10);
    const int64_t entrees = entrees_compter(registre) - avant;
    if ((int64_t)out->entrees != entrees)
        faute(&j.fautes, "le journal a %lld entrées de plus, les actes répondus en font %lld", (long long)entrees, (long long)out->entrees);
    for (size_t i = 0; i < j.cles.n; i++)
        memoire_free(j.cles.t[i]);
    for (size_t i = 0; i < j.promises.n; i++)
        memoire_free(j.promises.t[i]);
    memoire_free(j.cles.t);
    memoire_free(j.promises.t);
    return j.fautes;
}
