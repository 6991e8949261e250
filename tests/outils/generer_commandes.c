/* generer_commandes: a seeded order sheet (« Order CSV ») on a FINESS base: every ESSMS ordered once, amounts exactly at the
 * safe ceiling of the tranche of its OG (regles.md § 2), VAT 20 %. With --fautes, a share of the orders is wrong. */
#include "generer_commandes.h"

#include "formats/finess.h"
#include "noyau/memoire.h"

#define AIDE                                                                                                            \
    "generer_commandes --base F --commandes N --graine G [--jour-debut D] [--jour-fin D] [--fautes POURCENT]\n"         \
    "        [--solution NOM] [--version V] [--fournisseur SIREN] [--piece CHEMIN] [--encodage cp1252|utf8]\n"          \
    "        une feuille de commandes fictive, la même pour une même graine sur toute machine"
/* Beyond this, an OG makes several orders. */
#define ESSMS_PAR_COMMANDE 12

struct og {
    finess ej;
    size_t debut, n; /* in the ESSMS */
};
struct feuille_gen {
    struct options o;
    struct finess_fichier base;
    const struct etablissement **essms; /* MS1, by OG then by number */
    size_t n_essms;
    struct og *og;
    size_t n_og;
    uint32_t fautes[FAUTE_NOMBRE];
};

/* Aggregates 4100, 4300, 4400, 4600 (regles.md § 1, source IDF). */
static bool ms1(uint16_t agregat)
{
    return agregat / 100 == 41 || agregat / 100 == 43 || agregat / 100 == 44 || agregat / 100 == 46;
}

static int par_og(const void *x, const void *y)
{
    const struct etablissement *a = *(const struct etablissement *const *)x, *b = *(const struct etablissement *const *)y;
    if (a->ej != b->ej) return a->ej < b->ej ? -1 : 1;
    return (a->et > b->et) - (a->et < b->et);
}

static void grouper(struct feuille_gen *g)
{
    g->essms = memoire_calloc(g->base.n_et, sizeof *g->essms);
    g->og = memoire_calloc(g->base.n_et, sizeof *g->og);
    for (size_t i = 0; i < g->base.n_et; i++) {
        if (ms1(g->base.et[i].agregat)) g->essms[g->n_essms++] = &g->base.et[i];
    }
    qsort(g->essms, g->n_essms, sizeof *g->essms, par_og);
    for (size_t i = 0; i < g->n_essms; i++) {
        if (i == 0 || g->essms[i]->ej != g->essms[i - 1]->ej) g->og[g->n_og++] = (struct og){g->essms[i]->ej, i, 0};
        g->og[g->n_og - 1].n++;
    }
}

static void melanger(struct feuille_gen *g, struct alea *a)
{
    for (size_t i = g->n_og; i > 1; i--) {
        size_t k = alea_sous(a, (uint32_t)i);
        struct og t = g->og[i - 1];
        g->og[i - 1] = g->og[k];
        g->og[k] = t;
    }
}

/* Rate of the tranche of N, in centimes TTC (regles.md § 2). */
static int64_t taux_ttc(size_t n)
{
    return n >= 100 ? 113300 : n >= 20 ? 123200 : n >= 11 ? 164300 : n >= 5 ? 219000 : n >= 2 ? 292000 : 400000;
}

/* The safe HT: the smaller of the two roundings (half up) of the ceiling. */
static int64_t ht_sur(int64_t taux, int64_t n)
{
    int64_t u = n * ((taux * 10 + 6) / 12), t = (n * taux * 10 + 6) / 12;
    return u < t ? u : t;
}

static struct jour tirer_jour(struct feuille_gen *g, struct alea *a)
{
    return jour_plus(g->o.debut, (int32_t)alea_sous(a, (uint32_t)jour_ecart(g->o.debut, g->o.fin) + 1));
}

/* One order: all the ESSMS [debut, debut + n) of an OG whose base holds `n_og`. */
static void commander(struct feuille_gen *g, uint32_t rang, const struct og *og, size_t debut, size_t n)
{
    struct alea a = alea_de(g->o.graine ^ 0x434d, rang);
    struct commande_gen c = {.rang = rang, .essms = g->essms + debut, .n = n, .ej = og->ej};
    c.ht = ht_sur(taux_ttc(og->n), (int64_t)n);
    c.signature = tirer_jour(g, &a);
    c.document = alea_chance(&a, 900) || jour_cmp(c.signature, g->o.debut) == 0 ? c.signature : jour_plus(c.signature, -1);
    c.taux = 20;
    c.mention = true;
    c.signataire = true;
    c.repete = alea_chance(&a, 500);
    if (alea_sous(&a, 100) < g->o.fautes) {
        c.faute = (enum faute)(1 + alea_sous(&a, FAUTE_NOMBRE - 1));
        g->fautes[c.faute]++;
    }
    /* An ESSMS of somebody else: the first of the order two OG further, ordered there too. */
    c.autre = g->essms[(debut + n) % g->n_essms];
    commande_ecrire(&g->o, &c, &a);
}

/* The orders in turn; false when the base has not enough OG. */
static bool commander_tout(struct feuille_gen *g)
{
    uint32_t faites = 0;
    for (size_t i = 0; i < g->n_og && faites < g->o.commandes; i++) {
        for (size_t k = 0; k < g->og[i].n && faites < g->o.commandes; k += ESSMS_PAR_COMMANDE) {
            size_t n = g->og[i].n - k < ESSMS_PAR_COMMANDE ? g->og[i].n - k : ESSMS_PAR_COMMANDE;
            commander(g, ++faites, &g->og[i], g->og[i].debut + k, n);
        }
    }
    if (faites == g->o.commandes) return true;
    fprintf(stderr, "generer_commandes : la base ne porte que %u commandes d'environ 2,6 ESSMS ; il faut environ %zu établissements\n",
            faites, faites == 0 ? (size_t)0 : g->base.n_et * g->o.commandes / faites + g->base.n_et / 50);
    return false;
}

static void lire_options(struct options *o, const char **base, int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *nom = argv[i], *valeur = argv[i + 1];
        if (strcmp(nom, "--base") == 0) {
            *base = valeur;
        } else if (strcmp(nom, "--commandes") == 0) {
            o->commandes = (uint32_t)nombre_option(valeur, 1000000, AIDE);
        } else if (strcmp(nom, "--graine") == 0) {
            o->graine = nombre_option(valeur, UINT64_MAX, AIDE);
        } else if (strcmp(nom, "--fautes") == 0) {
            o->fautes = (uint32_t)nombre_option(valeur, 100, AIDE);
        } else if (strcmp(nom, "--jour-debut") == 0) {
            if (!jour_parse_iso(slice_of(valeur), &o->debut)) usage(AIDE);
        } else if (strcmp(nom, "--jour-fin") == 0) {
            if (!jour_parse_iso(slice_of(valeur), &o->fin)) usage(AIDE);
        } else if (strcmp(nom, "--solution") == 0) {
            o->solution = valeur;
        } else if (strcmp(nom, "--version") == 0) {
            o->version = valeur;
        } else if (strcmp(nom, "--fournisseur") == 0) {
            o->fournisseur = valeur;
        } else if (strcmp(nom, "--piece") == 0) {
            o->piece = valeur;
        } else if (strcmp(nom, "--encodage") == 0 && (strcmp(valeur, "utf8") == 0 || strcmp(valeur, "cp1252") == 0)) {
            o->cp1252 = strcmp(valeur, "cp1252") == 0;
        } else {
            usage(AIDE);
        }
    }
    if (argc % 2 == 0 || *base == NULL || o->commandes == 0 || jour_cmp(o->debut, o->fin) > 0) usage(AIDE);
}

int main(int argc, char **argv)
{
    struct feuille_gen g = {.o = {.graine = 1, .solution = "DUI-0001", .version = "1.0", .fournisseur = "", .piece = ""}};
    const char *base = NULL;
    jour_from_ymd(2022, 5, 17, &g.o.debut); /* opening of MS1, end of the year of the base */
    jour_from_ymd(2022, 12, 31, &g.o.fin);
    lire_options(&g.o, &base, argc, argv);
    struct diag_liste diags = {0};
    if (!finess_lire(base, JOUR_ABSENT, NULL, &g.base, &diags)) {
        fprintf(stderr, "generer_commandes : %s : %s\n", base, diags.n > 0 ? diags.items[0].message : "illisible");
        diag_vider(&diags);
        return 1;
    }
    struct alea a = alea_de(g.o.graine, 0);
    grouper(&g);
    melanger(&g, &a);
    commande_entete();
    bool complet = commander_tout(&g);
    for (int i = 1; i < FAUTE_NOMBRE; i++) {
        if (g.o.fautes > 0) fprintf(stderr, "%s %u\n", faute_nom((enum faute)i), g.fautes[i]);
    }
    memoire_free(g.essms);
    memoire_free(g.og);
    finess_fichier_free(&g.base);
    diag_vider(&diags);
    return fclose(stdout) != 0 ? 3 : complet ? 0 : 1;
}
