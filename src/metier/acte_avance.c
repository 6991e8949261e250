/* Requests for the advance: one fact an order, judged; discordances justified on the way. */
#include "metier/commande_contenu.h"
#include "metier/demander.h"
#include "regles/bareme.h"
#include "regles/cycle.h"

/* --- first pass: what will be written ------------------------------------------------------------------------------ */

static void sans_montant(struct demander *d, const struct dossier *dossier)
{
    struct diag *g = diag_regle(d->ctx->diags, GRAVITE_ATTENTE, d->toutes ? SORTIE_FAIT : SORTIE_REFUS, "AVA-02",
                                "commande %s : le montant TTC n'est pas connu, l'avance ne se calcule pas", dossier->numero);
    diag_a_faire(g, "donner montant_ht, taux_tva, montant_tva et montant_ttc de la commande");
    d->refuse = d->refuse || !d->toutes;
}

/* Says why not: the facts that led there, what is possible. */
static void etat_refuse(struct demander *d, const struct dossier *dossier)
{
    struct diag_liste *diags = d->ctx->diags;
    struct commande_etat e;
    d->refuse = true;
    if (!commande_etat_lire(d->ctx, dossier->fait, &d->arene, &e))
        return;
    const size_t rang = diags->n;
    if (!commande_permet(d->ctx, &e, ACTE_DEMANDER_AVANCE)) {
        if (dossier->vie.avance.existe && diags->n > rang)
            diag_source(&diags->items[rang], "une seule avance par commande : AVA-02");
        return;
    }
    struct diag *g = diag_erreur(diags, E_ETAT, "commande %s : l'avance ne peut pas être demandée à cette date", dossier->numero); /* possible since, not yet at --le */
    diag_trouve(g, "elle était %s", etat_label((enum etat_commande)dossier->etat));
    diag_a_faire(g, "donner une date (--le) qui suive la réponse de l'ASP : sons commande voir %s", dossier->numero);
}

/* Not asked yet, or sent back by ASP, or rejected: asked (again) from the date of that answer on. At a date before everything that
 * happened since, the order had no request; it has one now. */
static bool demandable(const struct dossier *dossier)
{
    return dossier->etat == dossier->etat_acquis && cycle_permet(ACTE_DEMANDER_AVANCE, (enum etat_commande)dossier->etat, NULL);
}

static bool prevoir_demande(struct demander *d, const struct dossier *dossier)
{
    struct montant avance, solde;
    struct fait f;
    if (dossier->etat == ETAT_EN_LITIGE || dossier->etat == ETAT_RENONCEE)
        return demander_litige(d, dossier, "l'avance n'est pas demandée");
    if (!etat_en_vigueur((enum etat_commande)dossier->etat_acquis)) {
        if (!d->toutes)
            etat_refuse(d, dossier);
        return true;
    }
    if (!dossier->vie.avance.emise && !demander_justifier(d, dossier))
        return false;
    if (!demandable(dossier) || (d->toutes && dossier->vie.avance.existe)) {
        d->out->deja++;
        if (d->toutes && demandable(dossier) && dossier->vie.avance.statut != STATUT_AUCUN)
            return demander_rendue(d, dossier, &dossier->vie.avance);
        if (!d->toutes && (d->n_j == 0 || dossier->vie.avance.emise))
            etat_refuse(d, dossier);
        return true;
    }
    if (!montant_present(dossier->ttc) ||
        !avance_calculer(d->ctx->parametres, dossier->ttc, dossier->date_signature, &avance, &solde)) {
        sans_montant(d, dossier);
        return true;
    }
    fait_init(&f, FAIT_AVANCE_DEMANDEE);
    fait_put_n(&f, AD_COMMANDE, dossier->fait);
    fait_put_n(&f, AD_DEMANDE, demander_numero(d, &dossier->vie.avance));
    fait_put_montant(&f, AD_MONTANT, avance);
    fait_put_instant(&f, AD_LE, d->ctx->le);
    d->out->demandees++;
    demander_fait(d, dossier->fait, &f);
    return montant_add(d->out->somme, avance, &d->out->somme);
}

bool acte_avance_demander(struct contexte *ctx, const int64_t *commandes, size_t n, bool toutes,
                          const struct justification_demandee *j, size_t n_j, struct demande_rapport *out)
{
    struct demander d = {.ctx = ctx, .commandes = commandes, .n = n, .toutes = toutes, .j = j, .n_j = n_j, .out = out, .prevoir = prevoir_demande,
                         .juger = juger, .paiement = PAIEMENT_AVANCE};
    return demander(&d);
}
