/* Rows of a made-up FINESS base: filled as the national stock is (shares measured on that of 08/01/2021). */
#include "generer_base.h"

const struct departement departements[] = {
#include "generer_departements.inc"
    {NULL, NULL, NULL, 0, 0, {NULL}},
};
const struct categorie categories[] = {
#include "generer_categories.inc"
    {NULL, NULL, NULL, NULL, 0, false, NULL, NULL},
};

static const char *const noms[] = {
    "LES TILLEULS", "LES LILAS", "LA ROSERAIE", "SAINT JOSEPH", "BEAU SITE", "DU PARC", "LES CEDRES", "DE LA VALLEE",
    "SAINTE ANNE", "LE CLOS FLEURI", "JEAN MOULIN", "LES GENETS", "DU CENTRE", "LA PRAIRIE", "LES MIMOSAS", "DU LAC",
    "BELLEVUE", "NOTRE DAME", "LES ACACIAS", "VICTOR HUGO", "LA FONTAINE", "LES JARDINS", "SAINT VINCENT DE PAUL",
    "DES COLLINES", "LE MOULIN", "LES PEUPLIERS", "LOUIS PASTEUR", "LA CHENAIE", "DE LA GARE", "LES ERABLES",
};
static const char *const noms_accentues[] = {
    "Résidence de l'Étang", "Les Chênes", "La Clairière", "L’Oiseau Bleu", "Le Pré Fleuri", "Hélène Boucher",
    "L’Entraide", "Les Mésanges",
};
static const char *const voies[] = {
    "DE LA REPUBLIQUE", "JEAN JAURES", "DU GENERAL DE GAULLE", "VICTOR HUGO", "PASTEUR", "DE LA GARE", "DES ECOLES",
    "DU 8 MAI 1945", "DE VERDUN", "DE L'HOPITAL", "DU STADE", "GAMBETTA", "DES TILLEULS", "DE LA PAIX",
};
static const char *const types_voie[] = {"R", "R", "R", "R", "R", "AV", "RTE", "BD", "PL", "CHE", "ALL", "IMP"};
static const char *const porteurs[] = {
    "ASSOCIATION", "ADAPEI", "CCAS", "FONDATION", "MUTUALITE", "CENTRE HOSPITALIER", "SARL", "SAS", "EHPAD PUBLIC",
};

#define PARMI(a, t) ((t)[alea_sous(a, (uint32_t)(sizeof(t) / sizeof *(t)))])

/* A field and its separator, quoted when it holds a quote (as the stock does). */
static void champ(struct buffer *out, const char *texte)
{
    bool guillemets = strchr(texte, '"') != NULL;
    if (guillemets) buffer_putc(out, '"');
    for (const char *p = texte; *p != '\0'; p++) {
        if (*p == '"') buffer_putc(out, '"');
        buffer_putc(out, *p);
    }
    if (guillemets) buffer_putc(out, '"');
    buffer_putc(out, ';');
}

static void champ_si(struct buffer *out, struct alea *a, uint32_t pourmille, const char *texte)
{
    champ(out, alea_chance(a, pourmille) ? texte : "");
}

static void nombre(struct buffer *out, struct alea *a, uint32_t pourmille, uint32_t max)
{
    if (alea_chance(a, pourmille)) buffer_put_i64(out, 1 + alea_sous(a, max));
    buffer_putc(out, ';');
}

static void date(struct buffer *out, struct alea *a, uint32_t min, uint32_t max)
{
    uint32_t annee = alea_entre(a, min, max), mois = alea_entre(a, 1, 12), jour = alea_entre(a, 1, 28);
    buffer_printf(out, "%04u-%02u-%02u", annee, mois, jour);
}

static void telephone(struct buffer *out, struct alea *a, uint32_t pourmille)
{
    if (alea_chance(a, pourmille)) {
        uint32_t zone = alea_entre(a, 1, 5), reste = alea_sous(a, 100000000); /* arguments have no order of their own */
        buffer_printf(out, "0%u%08u", zone, reste);
    }
    buffer_putc(out, ';');
}

static void adresse(struct buffer *out, struct alea *a)
{
    nombre(out, a, 798, 120);
    champ_si(out, a, 915, PARMI(a, types_voie));
    champ_si(out, a, 965, PARMI(a, voies));
    champ_si(out, a, 35, alea_chance(a, 850) ? "B" : "T");
}

static void lieu(struct buffer *out, struct alea *a)
{
    if (alea_chance(a, 130)) buffer_printf(out, "BP %u", alea_entre(a, 1, 400));
    buffer_putc(out, ';');
}

/* `EHPAD LES TILLEULS`, quotes in 2 % of them, accents in some. */
static void nommer(char *court, char *longue, size_t max, struct alea *a, const char *mot, const char *ville)
{
    const char *nom = alea_chance(a, 30) ? PARMI(a, noms_accentues) : PARMI(a, noms);
    uint32_t forme = alea_sous(a, 1000);
    if (forme < 20) {
        snprintf(court, max, "%s \"%s\"", mot, nom);
    } else if (forme < 520) {
        snprintf(court, max, "%s %s", mot, nom);
    } else if (forme < 850) {
        snprintf(court, max, "%s DE %s", mot, ville);
    } else {
        snprintf(court, max, "%s", mot);
    }
    snprintf(longue, max, "%s %s DE %s", mot, nom, ville);
}

void ligne_et(struct buffer *out, uint64_t graine, const struct et *e, const struct ej *ej)
{
    struct alea a = alea_de(graine ^ 0x4554, e->rang);
    const struct departement *d = &departements[e->departement];
    const struct categorie *c = &categories[e->categorie];
    const char *acheminement = d->villes[alea_sous(&a, d->n_villes)];
    char court[200], longue[200], siret[15];
    nommer(court, longue, sizeof court, &a, c->mot, acheminement + 6);
    buffer_printf(out, "structureet;%s;%s;", e->numero, ej->numero);
    champ(out, court);
    champ_si(out, &a, 350, longue);
    champ_si(out, &a, 100, c->mot);
    champ_si(out, &a, 40, "BATIMENT B");
    adresse(out, &a);
    lieu(out, &a);
    buffer_printf(out, "%03u;%s;%s;%s;", alea_entre(&a, 1, 500), d->code, d->nom, acheminement);
    telephone(out, &a, 934);
    telephone(out, &a, 250);
    buffer_printf(out, "%s;%s;%s;%s;", c->code, c->libelle, c->agregat, c->libelle_agregat);
    snprintf(siret, sizeof siret, "%s%04u", ej->siren, e->nic % 10000);
    siret[13] = luhn_cle(siret, 13);
    siret[14] = '\0';
    champ_si(out, &a, 874, siret);
    champ_si(out, &a, 626, c->ape);
    bool tarif = alea_chance(&a, 350);
    champ(out, tarif ? (c->social ? "08" : "01") : "");
    champ(out, !tarif ? "" : c->social ? "Département, ARS et autres financeurs" : "Etablissement Tarif Libre");
    bool public = !c->social && alea_chance(&a, 80);
    champ(out, public ? "1" : "");
    champ(out, public ? "Etablissement public de santé" : "");
    date(out, &a, 1950, 2020);
    buffer_putc(out, ';');
    date(out, &a, 1950, 2020);
    buffer_putc(out, ';');
    date(out, &a, 2004, 2021);
    buffer_puts(out, ";\n");
}

void ligne_ej(struct buffer *out, uint64_t graine, const struct ej *e)
{
    struct alea a = alea_de(graine ^ 0x454a, e->rang);
    const struct departement *d = &departements[e->departement];
    const char *acheminement = d->villes[alea_sous(&a, d->n_villes)];
    char court[200], longue[200];
    nommer(court, longue, sizeof court, &a, e->social ? PARMI(&a, porteurs) : "PHARMACIE", acheminement + 6);
    buffer_printf(out, "structureej;%s;", e->numero);
    champ(out, court);
    champ_si(out, &a, 700, longue);
    champ(out, "");
    adresse(out, &a);
    champ(out, "");
    lieu(out, &a);
    buffer_printf(out, "%03u;%s;%s;%s;", alea_entre(&a, 1, 500), acheminement, d->code, d->nom);
    telephone(out, &a, 950);
    buffer_puts(out, e->social ? "60;Association Loi 1901 non Reconnue d'Utilité Publique;;;" : "72;Société A Responsabilité Limitée (S.A.R.L.);;;");
    champ_si(out, &a, 970, e->siren);
    champ(out, e->social ? "8710A" : "4773Z");
    date(out, &a, 1960, 2020);
    buffer_putc(out, '\n');
}
