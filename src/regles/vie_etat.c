/* Where an order is in its life (cycle.def): what its requests say, and its money. */
#include "regles/vie.h"

/* Ce que les ordres demandent est reversé. */
static bool ordres_tenus(const struct vie *v)
{
    return v->argent.reverse.centimes >= v->argent.a_reverser.centimes;
}

static int64_t venu(const struct vie *v)
{
    return vie_tout_paye(v).centimes;
}

static bool tout_rendu(const struct vie *v)
{
    return v->argent.reverse.centimes >= venu(v);
}

static bool payee(const struct dossier_demande *d)
{
    return d->existe && d->statut == STATUT_PAYEE;
}

/* Les ordres demandent tout ce qui fut payé ; ce qui vint en trop se rend sans eux. */
static bool tout_demande(const struct vie *v)
{
    return v->argent.ordre && v->argent.a_reverser.centimes + vie_recu_en_trop(v).centimes >= venu(v);
}

/* L'ordre d'une annulation : de son jour au plus tôt, ou qui demande tout ce qui fut payé. Celui d'une partie, d'avant, ne l'est pas. */
static bool ordre_de_l_annulation(const struct vie *v)
{
    return v->argent.ordre && (jour_cmp(instant_jour(v->argent.ordre_dernier), instant_jour(v->annulee_le)) >= 0 || tout_demande(v));
}

static enum etat_commande etat_annule(const struct vie *v)
{
    if (ordre_de_l_annulation(v)) /* tout est dû (REV-03), quoi que l'ordre demande */
        return ordres_tenus(v) && tout_rendu(v) ? ETAT_ANNULEE_REVERSEE : ETAT_ANNULEE_A_REVERSER;
    return venu(v) > 0 ? ETAT_ANNULEE_AVANCE_PAYEE : ETAT_ANNULEE; /* reçue sans décision, elle est payée quand même */
}

/* La demande en cours : ce que l'ASP en a dit, sinon jusqu'où elle est allée. */
static enum etat_commande etat_demande(const struct dossier_demande *d, const enum etat_commande dits[STATUT_NOMBRE],
                                       const enum etat_commande allers[3])
{
    if (d->statut != STATUT_AUCUN)
        return dits[d->statut];
    return instant_present(d->deposee_le) ? allers[2] : d->emise ? allers[1] : allers[0];
}

static enum etat_commande etat_solde(const struct vie *v)
{
    static const enum etat_commande dits[STATUT_NOMBRE] = {
        [STATUT_RECUE] = ETAT_SOLDE_RECU, [STATUT_INCOMPLETE] = ETAT_SOLDE_INCOMPLET, [STATUT_A_MODIFIER] = ETAT_SOLDE_A_MODIFIER,
        [STATUT_VALIDEE] = ETAT_SOLDE_VALIDE, [STATUT_PAYEE] = ETAT_SOLDE_PAYE, [STATUT_REJETEE] = ETAT_SOLDE_REJETE};
    static const enum etat_commande allers[3] = {ETAT_SOLDE_DEMANDE, ETAT_SOLDE_EMIS, ETAT_SOLDE_DEPOSE};
    const enum etat_commande e = etat_demande(&v->solde, dits, allers);
    const bool recu = vie_reste(v, PAIEMENT_AVANCE).centimes <= 0 && vie_reste(v, PAIEMENT_SOLDE).centimes <= 0 && vie_trop_rendu(v);
    return e == ETAT_SOLDE_PAYE && recu ? ETAT_CLOSE : e;
}

static enum etat_commande etat_avance(const struct vie *v)
{
    static const enum etat_commande dits[STATUT_NOMBRE] = {
        [STATUT_RECUE] = ETAT_AVANCE_RECUE, [STATUT_INCOMPLETE] = ETAT_AVANCE_INCOMPLETE,
        [STATUT_A_MODIFIER] = ETAT_AVANCE_A_MODIFIER, [STATUT_VALIDEE] = ETAT_AVANCE_VALIDEE, [STATUT_PAYEE] = ETAT_AVANCE_PAYEE,
        [STATUT_REJETEE] = ETAT_AVANCE_REJETEE};
    static const enum etat_commande allers[3] = {ETAT_AVANCE_DEMANDEE, ETAT_AVANCE_EMISE, ETAT_AVANCE_DEPOSEE};
    const enum etat_commande e = etat_demande(&v->avance, dits, allers);
    if (e != ETAT_AVANCE_PAYEE)
        return e;
    return v->facturee && v->attestee ? ETAT_A_SOLDER : v->facturee ? ETAT_FACTUREE : v->attestee ? ETAT_ATTESTEE : e;
}

enum etat_commande vie_etat(const struct vie *v)
{
    if (instant_present(v->annulee_le))
        return etat_annule(v);
    if (v->argent.ordre && !ordres_tenus(v))
        return ETAT_A_REVERSER;
    if (payee(&v->avance) && tout_rendu(v) && tout_demande(v)) /* reversé sans ordre, le reste lui est dû */
        return ETAT_REVERSEE;
    if (v->solde.existe)
        return etat_solde(v);
    return v->avance.existe ? etat_avance(v) : ETAT_ENREGISTREE;
}
