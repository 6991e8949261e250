/* CUM : non-cumul avec ESMS numérique, par ESSMS (regles.md § 4). Bénéficiaire à compter de la lettre d'engagement, sinon
 * de la convention (COR) ; une candidature n'est qu'une information ; refusé, renoncé ou remboursé : sans objet. */
#include <string.h>

#include "regles/financement.h"
#include "regles/regles_prive.h"

enum cumul { CUMUL_AUCUN, CUMUL_REFERENCE, CUMUL_AUTRE_EQUIPEMENT, CUMUL_EUROPEEN, CUMUL_USAGE, CUMUL_CANDIDATURE, CUMUL_INDETERMINE };

/* Un autre fonds européen : la commande SONS est une montée de version ; l'acquisition est une autre opération. */
static enum cumul classer_europeen(const struct financement *f, const char **manque)
{
    if (f->nature == NATURE_MISE_EN_CONFORMITE)
        return CUMUL_EUROPEEN;
    if (f->nature != NATURE_ABSENTE)
        return CUMUL_AUCUN;
    *manque = "nature";
    return CUMUL_INDETERMINE;
}

/* La généralisation. L'usage n'est complémentaire que pour une mise en conformité (5 k€) ; l'usage d'une acquisition est celui
 * d'un « porteur en acquisition » (NOR) : inférence, une discordance, car le volet équipement n'est pas sous les yeux. */
static enum cumul classer_generalisation(const struct financement *f, const char **manque)
{
    if (f->volet == VOLET_ABSENT)
        *manque = "volet";
    else if (f->nature == NATURE_ABSENTE)
        *manque = "nature";
    else if (f->volet == VOLET_USAGE)
        return f->nature == NATURE_MISE_EN_CONFORMITE ? CUMUL_USAGE : CUMUL_AUTRE_EQUIPEMENT;
    else if (f->nature == NATURE_MISE_EN_CONFORMITE)
        return CUMUL_AUTRE_EQUIPEMENT;
    else if (f->dui_reference == TROIS_ABSENT)
        *manque = "dui_reference";
    else
        return f->dui_reference == TROIS_OUI ? CUMUL_REFERENCE : CUMUL_AUTRE_EQUIPEMENT;
    return CUMUL_INDETERMINE;
}

/* La table du § 4. `*manque` : la donnée sans laquelle on ne peut pas choisir sa ligne. */
static enum cumul classer(const struct financement *f, const char **manque)
{
    if (f->etat == FINANCEMENT_CANDIDATURE)
        return CUMUL_CANDIDATURE;
    if (!financement_beneficiaire(f))
        return CUMUL_AUCUN;
    if (f->fonds != FONDS_ESMS_NUMERIQUE)
        return classer_europeen(f, manque);
    if (f->phase == PHASE_AMORCAGE)
        return CUMUL_AUTRE_EQUIPEMENT; /* acquisition, ou mise en conformité qui payait déjà la montée de version (AMO) */
    if (f->phase == PHASE_GENERALISATION)
        return classer_generalisation(f, manque);
    *manque = "phase";
    return CUMUL_INDETERMINE;
}

static void financement_dire(struct arene *a, struct constat *c, finess et, const struct financement *f)
{
    constat_finess(c, a, "essms", et);
    if (f->fonds != FONDS_ESMS_NUMERIQUE)
        constat_mot(c, a, "fonds", fonds_nom(f->fonds));
    if (f->phase != PHASE_ABSENTE)
        constat_mot(c, a, "phase", phase_nom(f->phase));
    if (f->volet != VOLET_ABSENT)
        constat_mot(c, a, "volet", volet_nom(f->volet));
    if (f->nature != NATURE_ABSENTE)
        constat_mot(c, a, "nature", nature_nom(f->nature));
    constat_mot(c, a, "etat", etat_financement_nom(f->etat));
    if (jour_present(f->date_etat))
        constat_jour(c, a, "du", f->date_etat);
    if (*f->dui != '\0')
        constat_texte(c, a, "dui", f->dui);
}

/* Le DUI financé est-il celui de la commande ? Rien quand on ne le sait pas. */
static void logiciel_dire(const struct dossier *d, struct arene *a, struct constat *c, const struct financement *f)
{
    const enum trois meme = meme_logiciel(f->logiciel, *d->solution.nom != '\0' ? d->solution.nom : d->solution_lue);
    if (meme != TROIS_ABSENT)
        constat_mot(c, a, "logiciel", meme == TROIS_OUI ? "meme_logiciel" : "autre_logiciel");
}

struct releve {
    unsigned classes;         /* masque 1 << enum cumul de ce que la règle relève */
    bool esms, europeen;      /* les financements incomplets qu'elle attend */
};

static void relever_un(const struct dossier *d, struct arene *a, struct constat *c, const struct releve *r, uint32_t essms,
                       uint32_t rang)
{
    const struct dossier_essms *e = &d->essms[essms];
    const char *manque = NULL;
    if (!financement_compte(d, e, rang))
        return;
    const struct financement f = financement_lu(d, e, rang);
    const enum cumul classe = classer(&f, &manque);
    if (classe == CUMUL_INDETERMINE && (f.fonds == FONDS_ESMS_NUMERIQUE ? r->esms : r->europeen)) {
        attendre(a, c, manque);
    } else if (classe != CUMUL_INDETERMINE && (r->classes >> classe & 1u) != 0) {
        non_conforme(c);
        if (c->sujet == 0)
            c->sujet = essms + 1;
    } else {
        return;
    }
    financement_dire(a, c, e->et, &f);
    logiciel_dire(d, a, c, &f);
}

static void relever(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c,
                    const struct releve *r)
{
    for (uint32_t i = 0; i < d->n_essms; i++)
        for (uint32_t k = 0; k < d->essms[i].n_financements; k++)
            relever_un(d, a, c, r, i, k);
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
    constat_mot(c, a, "preuve", !d->liste_financements ? "attestation" : r->europeen ? "liste_financements" : "liste");
}

/* CUM-01. Généralisation, équipement, acquisition ou renouvellement d'un DUI référencé (IDF ; NOR « porteurs en
 * acquisition »). */
void regle_cum_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    relever(d, p, a, c, &(struct releve){1u << CUMUL_REFERENCE, true, false});
}

/* CUM-02. Le même, DUI non référencé (l'IDF ne barre que le référencé, NOR les barre tous) ; amorçage, acquisition (les
 * textes ne nomment que la généralisation) ou mise en conformité (AMO) ; usage d'une acquisition (inférence). */
void regle_cum_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    relever(d, p, a, c, &(struct releve){1u << CUMUL_AUTRE_EQUIPEMENT, true, false});
}

/* CUM-03. Un autre fonds européen, FEDER ou FSE, pour la même opération : la montée de version (NOR l'interdit à ESMS
 * numérique ; l'argent de SONS est européen, IDF). Une acquisition, puis sa montée de version, sont deux opérations. */
void regle_cum_03(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    relever(d, p, a, c, &(struct releve){1u << CUMUL_EUROPEEN, false, true});
}

/* CUM-04. Généralisation, usage d'une mise en conformité : complémentaire (NOR, IDF). Simple candidature. Information. */
void regle_cum_04(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    relever(d, p, a, c, &(struct releve){1u << CUMUL_USAGE | 1u << CUMUL_CANDIDATURE, false, false});
}

/* --- étape F : un financement, face à ce que l'ESSMS a déjà --------------------------------------------------------- */

/* Le financement jugé, s'il en est un d'ESMS numérique, en cours, et que c'est son état qui compte. */
static bool financement_juge(const struct dossier *d, struct financement *f)
{
    if (d->financement == 0 || !financement_compte(d, &d->essms[0], d->financement - 1))
        return false;
    *f = financement_lu(d, &d->essms[0], d->financement - 1);
    return f->fonds == FONDS_ESMS_NUMERIQUE && financement_beneficiaire(f);
}

static void commande_dire(struct arene *a, struct constat *c, const struct autre_commande *o)
{
    constat_texte(c, a, "commande", o->numero);
    constat_jour(c, a, "signature", o->date_signature);
    if (o->fournisseur != 0)
        constat_siren(c, a, "fournisseur", o->fournisseur);
    if (*o->logiciel != '\0')
        constat_texte(c, a, "solution", o->logiciel);
}

/* CUM-05. Aucun financement d'acquisition (ou de renouvellement) pour un autre DUI, sur un ESSMS qu'une commande en vigueur
 * retient (NOR). Le même DUI : CUM-01 sur la commande, CUM-06 ici. L'ordre des deux est sans effet. */
void regle_cum_05(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct financement f;
    int64_t en_vigueur = 0;
    (void)p;
    if (!financement_juge(d, &f) || f.nature == NATURE_MISE_EN_CONFORMITE)
        return;
    for (uint32_t i = 0; i < d->essms[0].n_autres; i++) {
        const struct autre_commande *o = &d->essms[0].autres[i];
        if (!commande_reclame(d, p, o))
            continue;
        en_vigueur++;
        const enum trois meme = meme_logiciel(f.logiciel, o->logiciel);
        if (meme == TROIS_OUI)
            continue;
        if (meme == TROIS_NON)
            non_conforme(c);
        else
            attendre(a, c, *f.logiciel == '\0' ? "dui" : "solution");
        commande_dire(a, c, o);
    }
    if (c->verdict == VERDICT_SANS_OBJET) {
        conforme(c);
        constat_entier(c, a, "en_vigueur", en_vigueur);
    } else {
        c->sujet = 1;
        financement_dire(a, c, d->essms[0].et, &f);
    }
}

/* Le rang d'un financement : son premier état de bénéficiaire. */
static struct financement premier_etat(const struct dossier *d, uint32_t rang)
{
    const struct dossier_essms *e = &d->essms[0];
    struct financement premier = e->financements[rang];
    for (uint32_t i = 0; i < e->n_financements; i++) {
        const struct financement *g = &e->financements[i];
        if (!financement_beneficiaire(g) || !financement_connu(d, g) || financement_actuel(d, e, i) != financement_actuel(d, e, rang))
            continue;
        if (g->date_etat.n < premier.date_etat.n || (g->date_etat.n == premier.date_etat.n && g->fait < premier.fait))
            premier = *g;
    }
    return premier;
}

static bool avant(struct jour jour_a, int64_t fait_a, const struct financement *f)
{
    return jour_a.n != f->date_etat.n ? jour_a.n < f->date_etat.n : fait_a < f->fait;
}

/* Les autres financements d'un logiciel, plus anciens. Le même DUI ou deux : l'un et l'autre sont exclus, même quand on ne sait
 * lequel des deux c'est. */
static void contre_financements(const struct dossier *d, struct arene *a, struct constat *c, const struct financement *f,
                                const struct financement *rang)
{
    const struct dossier_essms *e = &d->essms[0];
    for (uint32_t i = 0; i < e->n_financements; i++) {
        if (i == d->financement - 1 || !financement_compte(d, e, i))
            continue;
        const struct financement g = financement_lu(d, e, i), premier = premier_etat(d, i);
        if (!financement_beneficiaire(&g) || !financement_paie_logiciel(&g) || !avant(premier.date_etat, premier.fait, rang))
            continue;
        const enum trois meme = meme_logiciel(f->logiciel, g.logiciel);
        non_conforme(c);
        constat_mot(c, a, "cas", meme == TROIS_OUI ? "meme_dui" : meme == TROIS_NON ? "deux_dui" : "dui_inconnu");
        financement_dire(a, c, e->et, &g);
    }
}

/* Les commandes en vigueur du même logiciel, plus anciennes. */
static void contre_commandes(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c,
                             const struct financement *f, const struct financement *rang)
{
    for (uint32_t i = 0; i < d->essms[0].n_autres; i++) {
        const struct autre_commande *o = &d->essms[0].autres[i];
        if (!commande_reclame(d, p, o) || meme_logiciel(f->logiciel, o->logiciel) != TROIS_OUI ||
            !avant(o->date_signature, o->fait, rang))
            continue;
        non_conforme(c);
        constat_mot(c, a, "cas", "commande_sons");
        commande_dire(a, c, o);
    }
}

/* CUM-06. Aucun second financement pour installer ou faire monter de version le même logiciel, aucun pour deux DUI (NOR) :
 * le plus récent reçoit l'anomalie. L'usage de la généralisation ne paie pas de logiciel. */
void regle_cum_06(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct financement f;
    if (!financement_juge(d, &f) || !financement_paie_logiciel(&f))
        return;
    const struct financement rang = premier_etat(d, d->financement - 1);
    contre_financements(d, a, c, &f, &rang);
    contre_commandes(d, p, a, c, &f, &rang);
    if (c->verdict == VERDICT_NON_CONFORME) {
        c->sujet = 1;
        return;
    }
    conforme(c);
    if (*f.dui != '\0')
        constat_texte(c, a, "dui", f.dui);
}
