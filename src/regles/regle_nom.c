/* FIN-05 : le nom et la commune donnés, comparés à ceux de FINESS (rapprochement.h). */
#include <string.h>

#include "regles/rapprochement.h"
#include "regles/regles_prive.h"

/* Les noms de la commande et du voisinage, coupés une fois. */
struct noms {
    struct tolerance t;
    struct mots *voisins, *communes; /* dans l'ordre de d->voisins */
    struct arene *a;
};

static bool donne(const char *s)
{
    return s != NULL && *s != '\0';
}

static bool compare(const struct dossier_essms *e)
{
    return e->dans_base && (donne(e->libelle_lu) || donne(e->commune_lue));
}

static void voisins_couper(const struct dossier *d, struct noms *n)
{
    n->voisins = arene_alloc(n->a, (d->n_voisins + 1) * sizeof *n->voisins);
    n->communes = arene_alloc(n->a, (d->n_voisins + 1) * sizeof *n->communes);
    for (uint32_t i = 0; i < d->n_voisins; i++) {
        mots_du_nom(d->voisins[i].nom, n->a, &n->voisins[i]);
        mots_de_la_commune(d->voisins[i].commune, n->a, &n->communes[i]);
    }
}

/* L'autre ESSMS de l'OG dont le nom donné est plus proche que de celui-ci (`propre`), et dont la commune convient ; n_voisins quand
 * il n'y en a pas. */
static uint32_t voisin_plus_proche(const struct dossier *d, const struct dossier_essms *e, const struct noms *n, const struct mots *nom,
                                   const struct mots *commune, int propre)
{
    uint32_t trouve = d->n_voisins;
    for (uint32_t i = 0; i < d->n_voisins; i++) {
        if (d->voisins[i].et == e->et || (commune->n > 0 && !communes_semblables(commune, &n->communes[i], &n->t)))
            continue;
        const int p = noms_proximite(nom, &n->voisins[i], &n->communes[i], &n->t);
        if (p <= propre || noms_ecart(nom, &n->voisins[i], &n->communes[i], commune->n > 0, &n->t) != ECART_AUCUN)
            continue;
        trouve = i;
        propre = p;
    }
    return trouve;
}

static const char *ecart_mot(enum ecart e)
{
    return e == ECART_NOM ? "ecart_nom" : e == ECART_NUMERO ? "ecart_numero" : "ecart_genre";
}

/* Ce qui sépare un ESSMS de FINESS : au plus un mot d'écart, et le voisin qui convient mieux. */
struct ecart_essms {
    const char *mot; /* NULL = aucun */
    uint32_t voisin;
};

static struct ecart_essms essms_ecart(const struct dossier *d, const struct dossier_essms *e, const struct noms *n)
{
    struct ecart_essms r = {NULL, d->n_voisins};
    struct mots nom, nom_base, commune = {.n = 0}, commune_base;
    mots_de_la_commune(donne(e->commune_base) ? e->commune_base : "", n->a, &commune_base);
    if (donne(e->commune_lue))
        mots_de_la_commune(e->commune_lue, n->a, &commune);
    const bool sure = communes_semblables(&commune, &commune_base, &n->t);
    if (commune.n > 0 && !sure)
        r.mot = "ecart_commune";
    if (!donne(e->libelle_lu))
        return r;
    mots_du_nom(e->libelle_lu, n->a, &nom);
    mots_du_nom(donne(e->nom_base) ? e->nom_base : "", n->a, &nom_base);
    const enum ecart ecart = noms_ecart(&nom, &nom_base, &commune_base, sure, &n->t);
    if (r.mot == NULL && ecart != ECART_AUCUN)
        r.mot = ecart_mot(ecart);
    r.voisin = voisin_plus_proche(d, e, n, &nom, &commune, noms_proximite(&nom, &nom_base, &commune_base, &n->t));
    if (r.mot == NULL && r.voisin < d->n_voisins)
        r.mot = "ecart_voisin";
    return r;
}

static void ecart_dire(const struct dossier *d, struct arene *a, struct constat *c, const struct dossier_essms *e, const struct ecart_essms *r)
{
    constat_finess(c, a, "essms", e->et);
    constat_mot(c, a, "ecart", r->mot);
    if (donne(e->libelle_lu)) {
        constat_texte(c, a, "nom_donne", e->libelle_lu);
        constat_texte(c, a, "nom_base", donne(e->nom_base) ? e->nom_base : "");
    }
    if (donne(e->commune_lue))
        constat_texte(c, a, "commune_donnee", e->commune_lue);
    if (donne(e->commune_base))
        constat_texte(c, a, "commune_base", e->commune_base);
    if (r->voisin < d->n_voisins) {
        constat_finess(c, a, "voisin", d->voisins[r->voisin].et);
        constat_texte(c, a, "voisin_nom", d->voisins[r->voisin].nom);
    }
}

/* Le nom et la commune, tels quels : seule la casse et les accents en moins. */
static bool tels_quels(const struct dossier_essms *e)
{
    const char *paires[2][2] = {{e->libelle_lu, e->nom_base}, {e->commune_lue, e->commune_base}};
    bool egal = true;
    for (int i = 0; i < 2; i++) {
        struct buffer x = {0}, y = {0};
        if (!donne(paires[i][0]) || (paires[i][1] != NULL && strcmp(paires[i][0], paires[i][1]) == 0))
            continue;
        texte_fold(&x, paires[i][0], strlen(paires[i][0]));
        texte_fold(&y, donne(paires[i][1]) ? paires[i][1] : "", donne(paires[i][1]) ? strlen(paires[i][1]) : 0);
        egal = egal && x.len == y.len && memcmp(x.bytes, y.bytes, x.len) == 0;
        buffer_free(&x);
        buffer_free(&y);
    }
    return egal;
}

static bool tolerance_lue(const struct dossier *d, const struct parametres *p, struct tolerance *t)
{
    return parametre_n(p, P_RAPPROCHEMENT_PART, d->date_signature, &t->part) &&
           parametre_n(p, P_RAPPROCHEMENT_MOT, d->date_signature, &t->mot_long);
}

/* FIN-05. Qui n'a que des noms et des communes se trompe de ligne ou d'établissement voisin : le nom et la commune donnés
 * ressemblent à ceux de FINESS, et à ceux d'aucun autre ESSMS de l'OG davantage. Rien de donné : non contrôlé. Un ESSMS absent de la
 * base est l'affaire de FIN-02. */
void regle_fin_05(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct arene prive = {0};
    struct noms n = {.a = &prive};
    uint32_t compares = 0, toleres = 0, donnes = 0;
    for (uint32_t i = 0; i < d->n_essms; i++)
        donnes += donne(d->essms[i].libelle_lu) || donne(d->essms[i].commune_lue);
    if (donnes == 0) {
        constat_mot(c, a, "cas", "non_declare");
        return;
    }
    if (!base_lue(d, p, a, c) || !tolerance_lue(d, p, &n.t))
        return;
    voisins_couper(d, &n);
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        if (!compare(e))
            continue;
        compares++;
        if (tels_quels(e))
            continue;
        const struct ecart_essms r = essms_ecart(d, e, &n);
        toleres += r.mot == NULL;
        if (r.mot == NULL)
            continue;
        non_conforme(c);
        if (c->sujet == 0)
            c->sujet = i + 1;
        ecart_dire(d, a, c, e, &r);
    }
    arene_free(&prive);
    if (compares == 0)
        return;
    if (c->verdict != VERDICT_NON_CONFORME) {
        conforme(c);
        constat_entier(c, a, "compares", compares);
        if (toleres > 0)
            constat_entier(c, a, "toleres", toleres);
    }
    if (c->verdict == VERDICT_NON_CONFORME || toleres > 0) {
        constat_parametre(c, a, parametre_cle(P_RAPPROCHEMENT_PART));
        constat_parametre(c, a, parametre_cle(P_RAPPROCHEMENT_MOT));
    }
}
