/* Ce que les paramètres disent d'un couloir (ses clés, sa base de référence, ses catégories) et d'un statut juridique. */
#include "regles/parametres.h"

#include "regles/parametres_prive.h"

#define SANS PARAMETRE_NOMBRE
#define CLES(c)                                                                                                       \
    {                                                                                                                 \
        true, true, P_##c##_OUVERT, P_##c##_CATEGORIES, P_##c##_BASE, P_##c##_JO, P_##c##_OUVERTURE,                  \
            {P_##c##_INITIAL_FERMETURE, P_##c##_PROROGE_FERMETURE},                                                   \
        {                                                                                                             \
            P_##c##_INITIAL_CLOTURE, P_##c##_PROROGE_CLOTURE                                                          \
        }                                                                                                             \
    }

static const struct parametres_couloir cles[COULOIR_NOMBRE] = {
    [COULOIR_INCONNU] = {false, false, SANS, SANS, SANS, SANS, SANS, {SANS, SANS}, {SANS, SANS}},
    [COULOIR_MS1] = CLES(MS1),
    [COULOIR_MS2_PDS] = CLES(MS2_PDS),
    [COULOIR_MS2_PDE] = CLES(MS2_PDE),
    [COULOIR_MS3] = {true, false, P_MS3_OUVERT, P_MS3_CATEGORIES, P_MS3_BASE, SANS, SANS, {SANS, SANS}, {SANS, SANS}},
};

const struct parametres_couloir *parametres_couloir(enum couloir c)
{
    return &cles[(size_t)c < COULOIR_NOMBRE ? c : COULOIR_INCONNU];
}

bool parametres_base(const struct parametres *p, enum couloir c, int annee, struct base_attendue *out)
{
    /* La base suit l'année : la valeur de l'année est celle en vigueur à son dernier jour. */
    struct jour fin;
    if (!jour_from_ymd(annee, 12, 31, &fin))
        return false;
    const struct parametre_valeur *v = parametre_en_vigueur(p, parametres_couloir(c)->base, fin);
    if (v == NULL)
        return false;
    *out = v->base;
    return true;
}

/* Précision avec laquelle une liste nomme l'établissement : 0 = pas du tout, 1 niveau 1, 2 niveau 2, 3 niveau 3,
 * 4 catégorie. */
static int precision(const struct parametre_valeur *v, uint16_t agregat, uint16_t categorie)
{
    const uint16_t cent = agregat / 100, mille = agregat / 1000; /* les divisions par une variable coûtent : une fois, par des constantes */
    int meilleure = 0;
    for (uint16_t i = 0; v != NULL && i < v->n_motifs; i++) {
        const struct categorie_motif *m = &v->motifs[i];
        const int p = m->diviseur == 0 ? 4 : m->diviseur == 1 ? 3 : m->diviseur == 100 ? 2 : 1;
        if (p > meilleure && m->code == (p == 4 ? categorie : p == 3 ? agregat : p == 2 ? cent : mille))
            meilleure = p;
    }
    return meilleure;
}

unsigned couloirs_de_categorie(const struct parametres *p, uint16_t agregat, uint16_t categorie, struct jour au)
{
    unsigned masque = 0;
    if (precision(parametre_en_vigueur(p, P_BAREME_TOUTES, au), agregat, categorie) > 0)
        masque |= 1u << COULOIR_INCONNU;
    for (unsigned c = COULOIR_MS1; c < COULOIR_NOMBRE; c++)
        if (precision(parametre_en_vigueur(p, cles[c].categories, au), agregat, categorie) > 0)
            masque |= 1u << c;
    return masque;
}

bool categorie_du_couloir(const struct parametres *p, enum couloir c, uint16_t agregat, uint16_t categorie,
                          struct jour au)
{
    return precision(parametre_en_vigueur(p, parametres_couloir(c)->categories, au), agregat, categorie) > 0;
}

enum couloir couloir_de_categorie(const struct parametres *p, uint16_t agregat, uint16_t categorie, struct jour au)
{
    enum couloir trouve = COULOIR_INCONNU;
    int meilleure = 0;
    for (unsigned c = COULOIR_MS1; c < COULOIR_NOMBRE; c++) {
        int prec = precision(parametre_en_vigueur(p, cles[c].categories, au), agregat, categorie);
        if (prec > meilleure) {
            meilleure = prec;
            trouve = (enum couloir)c;
        }
    }
    return trouve;
}

bool cartographie_ms1(const struct parametres *p, uint16_t agregat, uint16_t categorie, struct jour au)
{
    return precision(parametre_en_vigueur(p, P_CARTOGRAPHIE_MS1, au), agregat, categorie) > 0;
}

bool nature_dans(const struct parametres *p, enum parametre_cle cle, enum ligne_nature n, struct jour au)
{
    int64_t masque;
    return parametre_n(p, cle, au, &masque) && (masque >> n & 1) != 0;
}

enum trois og_gcsms(const struct dossier *d, const struct parametres *p)
{
    const struct parametre_valeur *v = parametre_en_vigueur(p, P_GCSMS_STATUTS, d->date_signature);
    if (v == NULL || d->base.statut_og == 0)
        return TROIS_ABSENT;
    for (uint16_t i = 0; i < v->n_statuts; i++)
        if (v->statuts[i] == d->base.statut_og)
            return TROIS_OUI;
    return TROIS_NON;
}
