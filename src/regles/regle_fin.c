/* FIN : l'organisme gestionnaire et ses ESSMS dans la base FINESS de référence (regles.md § 1, 2 et 8). */
#include <string.h>

#include "regles/regles_prive.h"

/* FIN-01. « … déterminé en fonction du nombre d'ESSMS de l'organisme gestionnaire » (IDF) : l'OG, par son FINESS
 * juridique, est dans la base de référence de son couloir et de l'année de sa commande. Une autre base n'en tient jamais
 * lieu : sans elle, en attente. */
void regle_fin_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (d->ej == FINESS_ABSENT) {
        attendre(a, c, "finess_ej");
        attendre_limite(d, p, a, c);
    }
    if (!base_lue(d, p, a, c) || d->ej == FINESS_ABSENT)
        return;
    if (d->base.og_present) {
        conforme(c);
        constat_jour(c, a, "base", d->base.date);
        constat_entier(c, a, "n_og", nombre_og(d, p, NULL));
        return;
    }
    non_conforme(c);
    constat_finess(c, a, "ej", d->ej);
    constat_jour(c, a, "base", d->base.date);
    constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->base));
}

/* Un ESSMS fautif : le premier de la commande est le sujet du constat. */
static void fautif(struct constat *c, uint32_t rang)
{
    non_conforme(c);
    if (c->sujet == 0 || c->sujet > rang + 1)
        c->sujet = rang + 1;
}

/* FIN-02. Le client est l'OG, il commande pour des ESSMS désignés par leur FINESS géographique (IDF) : chacun est dans la
 * base de référence, et sous cet OG. */
void regle_fin_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!base_lue(d, p, a, c))
        return;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        if (e->dans_base)
            continue;
        if (c->verdict != VERDICT_NON_CONFORME)
            constat_mot(c, a, "cas", "inconnu");
        fautif(c, i);
        constat_finess(c, a, "absent", e->et);
    }
    bool dit = false;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        if (!e->dans_base || d->ej == FINESS_ABSENT || e->ej_base == d->ej)
            continue;
        if (!dit)
            constat_mot(c, a, "cas", "autre_og");
        dit = true;
        fautif(c, i);
        constat_finess(c, a, "essms", e->et);
        constat_finess(c, a, "ej_base", e->ej_base);
    }
    if (c->verdict == VERDICT_NON_CONFORME) {
        if (d->ej != FINESS_ABSENT)
            constat_finess(c, a, "ej", d->ej);
        constat_jour(c, a, "base", d->base.date);
    } else if (d->ej == FINESS_ABSENT) {
        attendre(a, c, "finess_ej");
        attendre_limite(d, p, a, c);
    } else {
        conforme(c);
        constat_entier(c, a, "n", d->n_essms);
    }
}

/* FIN-04. Chaque couloir a ses catégories (IDF : 4100, 4300, 4400, 4600 pour MS1). Les agrégats des fichiers sont de
 * niveau 3 : on compare leurs deux premiers chiffres. Un ESSMS absent de la base n'a pas de catégorie connue. */
void regle_fin_04(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!base_lue(d, p, a, c))
        return;
    uint32_t inconnus = 0;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        if (!e->dans_base) {
            inconnus++;
            continue;
        }
        if (categorie_du_couloir(p, d->couloir, e->agregat, e->categorie, d->date_signature))
            continue;
        fautif(c, i);
        constat_finess(c, a, "essms", e->et);
        constat_entier(c, a, "agregat", e->agregat);
        constat_entier(c, a, "categorie", e->categorie);
    }
    if (c->verdict == VERDICT_NON_CONFORME) {
        constat_mot(c, a, "couloir", couloir_nom(d->couloir));
        constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->categories));
    } else if (inconnus > 0) {
        attendre(a, c, "categorie");
        for (uint32_t i = 0; i < d->n_essms; i++)
            if (!d->essms[i].dans_base)
                constat_finess(c, a, "essms", d->essms[i].et);
        attendre_limite(d, p, a, c);
    } else {
        conforme(c);
        constat_entier(c, a, "n", d->n_essms);
        constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->categories));
    }
}

/* FIN-06. Le couloir est ouvert. Jamais ouvert (MS3) : en attente. Pas encore ouvert à l'instant d'évaluation : en attente,
 * avec le jour. Une signature antérieure à l'ouverture est l'affaire de COM-04 et COM-05. */
void regle_fin_06(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct parametres_couloir *cles = parametres_couloir(d->couloir);
    struct jour ouverture;
    if (!couloir_ouvert(d, p, a, c))
        return;
    bool connue = jour_du_calendrier(d, p, cles->ouverture, &ouverture);
    if (connue && venu(d, ouverture)) {
        conforme(c);
    } else {
        attendre(a, c, "ouverture");
        if (connue)
            constat_jour(c, a, "a_partir_du", ouverture);
    }
    constat_mot(c, a, "couloir", couloir_nom(d->couloir));
    constat_parametre(c, a, parametre_cle(cles->ouverture));
}
