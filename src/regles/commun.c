/* Ce que les règles partagent : dates venues, manques, base de référence. */
#include <string.h>

#include "regles/regles_prive.h"

/* Le jour légal d'un instant ne dépend que de lui : le dernier calculé est gardé, car toutes les règles le demandent. */
struct jour jour_au(const struct dossier *d)
{
    static _Thread_local struct instant dernier = {INT64_MIN};
    static _Thread_local struct jour jour = {INT32_MIN};
    if (instant_cmp(dernier, d->au) != 0) {
        jour = instant_present(d->au) ? instant_jour(d->au) : JOUR_ABSENT;
        dernier = d->au;
    }
    return jour;
}

bool venu(const struct dossier *d, struct jour j)
{
    return jour_present(j) && j.n <= jour_au(d).n;
}

bool jour_avant(struct jour a, struct jour b)
{
    return a.n < b.n;
}

void attendre(struct arene *a, struct constat *c, const char *manque)
{
    constat_mot(c, a, "manque", manque);
    if (c->verdict != VERDICT_NON_CONFORME)
        c->verdict = VERDICT_EN_ATTENTE;
}

const char *manque_solution(const struct dossier *d)
{
    return d->solution.ambigue ? "solution_ambigue" : "solution";
}

static void attendre_jusqu_a(const struct dossier *d, const struct parametres *p, enum parametre_cle cle, struct arene *a, struct constat *c)
{
    struct jour fin;
    struct instant heure;
    for (uint16_t i = 0; i < c->n; i++)
        if (strcmp(c->valeurs[i].cle, "jusqu_au") == 0)
            return;
    if (!jour_du_calendrier(d, p, cle, &fin))
        return;
    if (parametre_n(p, cle, jour_au(d), &heure.s) && instant_cmp(heure, instant_fin_du_jour(fin)) < 0) /* avant la fin du jour : l'heure compte */
        constat_instant(c, a, "jusqu_au", heure);
    else
        constat_jour(c, a, "jusqu_au", fin);
}

void attendre_limite(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    attendre_jusqu_a(d, p, parametres_couloir(d->couloir)->fermeture[d->calendrier], a, c);
}

void attendre_cloture(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    attendre_jusqu_a(d, p, parametres_couloir(d->couloir)->cloture[d->calendrier], a, c);
}

bool jour_du_calendrier(const struct dossier *d, const struct parametres *p, enum parametre_cle cle, struct jour *out)
{
    return parametre_jour(p, cle, jour_au(d), out);
}

enum calendrier autre_calendrier(enum calendrier c)
{
    return c == CALENDRIER_INITIAL ? CALENDRIER_PROROGE : CALENDRIER_INITIAL;
}

bool cloture_lue(const struct dossier *d, const struct parametres *p, enum calendrier cal, struct instant *out)
{
    return parametre_n(p, parametres_couloir(d->couloir)->cloture[cal], jour_au(d), &out->s);
}

bool cloture_exigee(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c, struct instant *out)
{
    if (cloture_lue(d, p, d->calendrier, out))
        return true;
    attendre(a, c, "calendrier");
    return false;
}

bool signature_lue(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (jour_present(d->date_signature))
        return true;
    attendre(a, c, "date_signature");
    attendre_limite(d, p, a, c);
    return false;
}

bool couloir_ouvert(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct parametres_couloir *cles = parametres_couloir(d->couloir);
    if (!cles->connu) {
        attendre(a, c, "couloir");
        return false;
    }
    int64_t ouvert;
    if (parametre_n(p, cles->ouvert, jour_au(d), &ouvert) && ouvert == COULOIR_OUVERT && cles->calendrier)
        return true;
    attendre(a, c, "couloir_non_ouvert");
    constat_mot(c, a, "couloir", couloir_nom(d->couloir));
    constat_parametre(c, a, parametre_cle(cles->ouvert));
    return false;
}

/* Nomme la base que l'année demande. */
static void base_voulue(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct base_attendue b;
    int annee = jour_annee(d->date_signature);
    constat_entier(c, a, "annee", annee);
    if (!parametres_base(p, d->couloir, annee, &b))
        return;
    if (b.regle == BASE_DU_JOUR) {
        constat_jour(c, a, "base", b.du);
    } else if (b.regle == BASE_PREMIERE_DE) {
        constat_jour(c, a, "base_de", b.du);
        constat_jour(c, a, "base_a", b.au);
    } else {
        constat_mot(c, a, "base_regle", b.regle == BASE_A_DESIGNER ? "a_designer" : "aucun_texte");
    }
    constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->base));
}

bool base_lue(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (d->base.etat == BASE_DESIGNEE)
        return true;
    bool date = jour_present(d->date_signature), couloir = parametres_couloir(d->couloir)->connu;
    if (!date)
        attendre(a, c, "date_signature");
    if (!couloir)
        attendre(a, c, "couloir");
    if (date && couloir) {
        attendre(a, c, "base");
        base_voulue(d, p, a, c);
    }
    attendre_limite(d, p, a, c);
    return false;
}

uint32_t nombre_og(const struct dossier *d, const struct parametres *p, uint32_t *autre)
{
    int64_t perimetre;
    bool tous = parametre_n(p, P_BAREME_PERIMETRE, d->date_signature, &perimetre) && perimetre == PERIMETRE_TOUS;
    uint32_t couloir = (size_t)d->couloir < COULOIR_NOMBRE ? d->base.n[d->couloir] : 0;
    uint32_t toutes = d->base.n[COULOIR_INCONNU];
    if (autre != NULL)
        *autre = tous ? couloir : toutes;
    return tous ? toutes : couloir;
}

static const enum parametre_cle cles_tva[] = {P_TVA_NORMALE, P_TVA_OUTRE_MER, P_TVA_NULLE};

bool tva_en_vigueur(const struct dossier *d, const struct parametres *p)
{
    int64_t taux;
    for (size_t i = 0; i < sizeof cles_tva / sizeof *cles_tva; i++)
        if (parametre_n(p, cles_tva[i], d->date_signature, &taux))
            return true;
    return false;
}

bool tva_connue(const struct dossier *d, const struct parametres *p, struct taux t, bool *nul)
{
    for (size_t i = 0; i < sizeof cles_tva / sizeof *cles_tva; i++) {
        int64_t taux;
        if (parametre_n(p, cles_tva[i], d->date_signature, &taux) && taux == t.dix_milliemes) {
            *nul = cles_tva[i] == P_TVA_NULLE;
            return true;
        }
    }
    return false;
}

void tva_parametres(struct arene *a, struct constat *c)
{
    for (size_t i = 0; i < sizeof cles_tva / sizeof *cles_tva; i++)
        constat_parametre(c, a, parametre_cle(cles_tva[i]));
}

const char *instant_juge(const struct dossier *d, const struct dossier_demande *r, struct instant *out)
{
    const bool rejetee = r->statut == STATUT_REJETEE, deposee = !rejetee && instant_present(r->premier_depot);
    const bool emise = !rejetee && !deposee && instant_present(r->emise_le);
    *out = deposee ? r->premier_depot : emise ? r->emise_le : d->au;
    return deposee ? "depose_le" : emise ? "emise_le" : "au";
}
