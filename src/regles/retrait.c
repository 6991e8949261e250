#include "regles/retrait.h"

bool retrait_acte_repose(enum acte_commande acte, const struct vie *avec, const struct vie *sans)
{
    return cycle_permet(acte, vie_etat(avec), NULL) && !cycle_permet(acte, vie_etat(sans), NULL);
}

static enum acte_commande acte_de(const struct evenement *e)
{
    const bool solde = e->paiement == PAIEMENT_SOLDE;
    switch (e->type) {
    case EV_DEMANDE: return solde ? ACTE_DEMANDER_SOLDE : ACTE_DEMANDER_AVANCE;
    case EV_EMISSION: return solde ? ACTE_EMETTRE_SOLDE : ACTE_EMETTRE_AVANCE;
    case EV_LOT_ANNULE: return ACTE_ANNULER_LOT;
    case EV_DEPOT: return ACTE_DEPOSER;
    case EV_REPONSE: return ACTE_REPONDRE;
    case EV_FACTURE: return ACTE_FACTURER;
    case EV_VA: return ACTE_ATTESTER;
    case EV_ENCAISSEMENT: return ACTE_ENCAISSER;
    case EV_ANNULATION: return ACTE_ANNULER;
    case EV_ORDRE: return ACTE_RECOUVRER;
    case EV_REVERSEMENT: return ACTE_REVERSER;
    case EV_NOMBRE: break;
    }
    return ACTE_NOTER;
}

bool retrait_repose(const struct evenement *reponse, const struct evenement *e, const struct vie *avec, const struct vie *sans)
{
    if (e->type == EV_ENCAISSEMENT)
        return false;
    if ((e->type == EV_ORDRE || e->type == EV_REVERSEMENT) && reponse->statut == STATUT_PAYEE &&
        vie_demande(avec, reponse->paiement)->statut_fait == reponse->fait)
        return true;
    return retrait_acte_repose(acte_de(e), avec, sans);
}
