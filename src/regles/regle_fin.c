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

/* L'ESSMS est dans la base, mais sous un autre OG que celui de la commande. */
static bool sous_autre_og(const struct dossier *d, const struct dossier_essms *e)
{
    return e->dans_base && d->ej != FINESS_ABSENT && e->ej_base != d->ej;
}

/* FIN-02. Le client est l'OG, il commande pour des ESSMS désignés par leur FINESS géographique (IDF) : chacun est dans la
 * base de référence, et sous cet OG. Ceux qu'un GCSMS commande pour d'autres OG sont l'affaire de FIN-03. */
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
    const enum trois gcsms = og_gcsms(d, p);
    uint32_t membres = 0;
    bool dit = false;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        if (!sous_autre_og(d, e))
            continue;
        membres += gcsms == TROIS_OUI;
        if (gcsms == TROIS_OUI)
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
        if (membres > 0)
            constat_mot(c, a, "cas", "gcsms");
        constat_entier(c, a, "n", d->n_essms);
    }
}

/* FIN-03. L'IDF nomme les GCSMS parmi les éligibles, mais aucun texte ne dit le N d'un GCSMS qui commande pour des membres
 * rattachés à d'autres OG : discordance. Un OG qui n'est pas un GCSMS n'en commande pas : FIN-02. */
void regle_fin_03(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    uint32_t ailleurs = 0;
    if (!base_lue(d, p, a, c))
        return;
    for (uint32_t i = 0; i < d->n_essms; i++)
        ailleurs += sous_autre_og(d, &d->essms[i]);
    if (ailleurs == 0) {
        conforme(c);
        return;
    }
    const enum trois gcsms = og_gcsms(d, p);
    if (gcsms == TROIS_NON)
        return;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        if (!sous_autre_og(d, e))
            continue;
        if (gcsms == TROIS_OUI)
            fautif(c, i);
        constat_finess(c, a, "essms", e->et);
        constat_finess(c, a, "ej_base", e->ej_base);
    }
    constat_finess(c, a, "ej", d->ej);
    if (gcsms == TROIS_OUI) {
        constat_entier(c, a, "statut", d->base.statut_og);
    } else {
        attendre(a, c, "statut_og");
        constat_jour(c, a, "base", d->base.date);
        attendre_limite(d, p, a, c);
    }
    constat_parametre(c, a, parametre_cle(P_GCSMS_STATUTS));
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

/* FIN-07. La cartographie fine (inférée des libellés) donne à chaque ESSMS un couloir : celui de la liste qui le nomme le
 * plus précisément. Elle ne décide pas de l'éligibilité (FIN-04), elle met en doute le couloir de la commande : discordance.
 * Un ESSMS hors des catégories du couloir est relevé par FIN-04. */
void regle_fin_07(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    uint32_t vus = 0, inconnus = 0;
    if (!base_lue(d, p, a, c))
        return;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        inconnus += !e->dans_base;
        if (!e->dans_base || !categorie_du_couloir(p, d->couloir, e->agregat, e->categorie, d->date_signature))
            continue;
        vus++;
        const enum couloir fin = couloir_de_categorie(p, e->agregat, e->categorie, d->date_signature);
        if (fin == d->couloir)
            continue;
        fautif(c, i);
        constat_finess(c, a, "essms", e->et);
        constat_entier(c, a, "categorie", e->categorie);
        constat_entier(c, a, "agregat", e->agregat);
        constat_mot(c, a, "couloir_fin", couloir_nom(fin));
        constat_parametre(c, a, parametre_cle(parametres_couloir(fin)->categories));
    }
    if (c->verdict == VERDICT_NON_CONFORME) {
        constat_mot(c, a, "couloir", couloir_nom(d->couloir));
    } else if (inconnus > 0) {
        attendre(a, c, "categorie");
        for (uint32_t i = 0; i < d->n_essms; i++)
            if (!d->essms[i].dans_base)
                constat_finess(c, a, "essms", d->essms[i].et);
        attendre_limite(d, p, a, c);
    } else if (vus > 0) {
        conforme(c);
        constat_entier(c, a, "n", vus);
        constat_mot(c, a, "couloir", couloir_nom(d->couloir));
    }
}

/* FIN-08. Le reste de 4602, 4606 et 4609 n'est de MS1 que par son agrégat : l'IDF ne cite que lui, il suffit ; information. */
void regle_fin_08(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    uint32_t vus = 0;
    if (d->couloir != COULOIR_MS1 || !base_lue(d, p, a, c))
        return;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        if (!e->dans_base || couloir_de_categorie(p, e->agregat, e->categorie, d->date_signature) != COULOIR_MS1)
            continue;
        vus++;
        if (cartographie_ms1(p, e->agregat, e->categorie, d->date_signature))
            continue;
        fautif(c, i);
        constat_finess(c, a, "essms", e->et);
        constat_entier(c, a, "categorie", e->categorie);
        constat_entier(c, a, "agregat", e->agregat);
    }
    if (vus == 0)
        return;
    if (c->verdict != VERDICT_NON_CONFORME) {
        conforme(c);
        constat_entier(c, a, "n", vus);
    }
    constat_parametre(c, a, parametre_cle(P_CARTOGRAPHIE_MS1));
}
