/* CUM : non-cumul avec ESMS numérique, par ESSMS (regles.md § 4). Bénéficiaire à compter de la lettre d'engagement, sinon
 * de la convention (COR) ; une candidature n'est qu'une information ; refusé, renoncé ou remboursé : sans objet. */
#include <string.h>

#include "regles/regles_prive.h"

enum cumul { CUMUL_AUCUN, CUMUL_REFERENCE, CUMUL_AUTRE_EQUIPEMENT, CUMUL_USAGE, CUMUL_CANDIDATURE, CUMUL_INDETERMINE };

static bool meme_financement(const struct financement *x, const struct financement *y)
{
    return x->fonds == y->fonds && x->phase == y->phase && x->volet == y->volet && x->nature == y->nature &&
           strcmp(x->dui, y->dui) == 0;
}

/* Un état à venir n'existe pas encore ; sans date, il vaut de tout temps. */
static bool connu(const struct dossier *d, const struct financement *f)
{
    return !jour_present(f->date_etat) || venu(d, f->date_etat);
}

/* Le même financement figure avec plusieurs états (candidature, engagement, renoncé …) : seul le dernier compte. */
static bool dernier_etat(const struct dossier *d, const struct dossier_essms *e, uint32_t rang)
{
    const struct financement *f = &e->financements[rang];
    for (uint32_t i = 0; i < e->n_financements; i++) {
        const struct financement *g = &e->financements[i];
        if (i == rang || !connu(d, g) || !meme_financement(f, g))
            continue;
        int ordre = jour_cmp(g->date_etat, f->date_etat);
        if (ordre > 0 || (ordre == 0 && (g->fait > f->fait || (g->fait == f->fait && i > rang))))
            return false;
    }
    return true;
}

/* La table du § 4. `*manque` : la donnée sans laquelle on ne peut pas choisir sa ligne. */
static enum cumul classer(const struct financement *f, const char **manque)
{
    bool acquisition = f->nature == NATURE_ACQUISITION || f->nature == NATURE_RENOUVELLEMENT;
    if (f->fonds != FONDS_ESMS_NUMERIQUE)
        return CUMUL_AUCUN; /* autre fonds européen : CUM-03 */
    if (f->etat == FINANCEMENT_CANDIDATURE)
        return CUMUL_CANDIDATURE;
    if (f->etat != FINANCEMENT_ENGAGEMENT && f->etat != FINANCEMENT_CONVENTION)
        return CUMUL_AUCUN;
    if (f->phase == PHASE_AMORCAGE)
        return CUMUL_AUTRE_EQUIPEMENT; /* acquisition, ou mise en conformité qui payait déjà la montée de version (AMO) */
    if (f->volet == VOLET_USAGE && f->phase == PHASE_GENERALISATION)
        return CUMUL_USAGE;
    if (f->phase == PHASE_ABSENTE)
        *manque = "phase";
    else if (f->volet == VOLET_ABSENT)
        *manque = "volet";
    else if (f->nature == NATURE_ABSENTE)
        *manque = "nature";
    else if (!acquisition)
        return CUMUL_AUTRE_EQUIPEMENT;
    else if (f->dui_reference == TROIS_ABSENT)
        *manque = "dui_reference";
    else
        return f->dui_reference == TROIS_OUI ? CUMUL_REFERENCE : CUMUL_AUTRE_EQUIPEMENT;
    return CUMUL_INDETERMINE;
}

static void financement_dire(struct arene *a, struct constat *c, const struct dossier_essms *e,
                             const struct financement *f)
{
    constat_finess(c, a, "essms", e->et);
    if (f->phase != PHASE_ABSENTE)
        constat_mot(c, a, "phase", phase_nom(f->phase));
    if (f->volet != VOLET_ABSENT)
        constat_mot(c, a, "volet", volet_nom(f->volet));
    if (f->nature != NATURE_ABSENTE)
        constat_mot(c, a, "nature", nature_nom(f->nature));
    constat_mot(c, a, "etat", etat_financement_nom(f->etat));
    if (jour_present(f->date_etat))
        constat_jour(c, a, "du", f->date_etat);
}

/* Un masque 1 << enum cumul de ce que la règle relève ; `indetermine` : elle attend aussi les financements incomplets. */
static void relever(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c,
                    unsigned releves, bool indetermine)
{
    const char *manque = NULL;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        for (uint32_t k = 0; k < e->n_financements; k++) {
            const struct financement *f = &e->financements[k];
            if (!connu(d, f) || !dernier_etat(d, e, k))
                continue;
            enum cumul classe = classer(f, &manque);
            if (classe == CUMUL_INDETERMINE && indetermine) {
                attendre(a, c, manque);
            } else if (classe != CUMUL_INDETERMINE && (releves >> classe & 1u) != 0) {
                non_conforme(c);
                if (c->sujet == 0)
                    c->sujet = i + 1;
            } else {
                continue;
            }
            financement_dire(a, c, e, f);
        }
    }
    if (c->verdict == VERDICT_NON_CONFORME)
        return;
    if (!d->liste_financements && !d->attestation_non_cumul)
        attendre(a, c, "liste_esms_numerique");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_limite(d, p, a, c);
        return;
    }
    conforme(c);
    constat_entier(c, a, "n", d->n_essms);
    constat_mot(c, a, "preuve", d->liste_financements ? "liste" : "attestation");
}

/* CUM-01. Généralisation, équipement, acquisition ou renouvellement d'un DUI référencé (IDF ; NOR « porteurs en
 * acquisition »). */
void regle_cum_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    relever(d, p, a, c, 1u << CUMUL_REFERENCE, true);
}

/* CUM-02. Le même, DUI non référencé (l'IDF ne barre que le référencé, NOR les barre tous) ; amorçage, acquisition (les
 * textes ne nomment que la généralisation) ou mise en conformité (AMO). */
void regle_cum_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    relever(d, p, a, c, 1u << CUMUL_AUTRE_EQUIPEMENT, true);
}

/* CUM-04. Généralisation, usage seul : complémentaire (NOR, IDF). Simple candidature. Information. */
void regle_cum_04(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    relever(d, p, a, c, 1u << CUMUL_USAGE | 1u << CUMUL_CANDIDATURE, false);
}
