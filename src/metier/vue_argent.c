/* Lists of the money received. */
#include "metier/argent.h"
#include "metier/vue_commun.h"

static const char *mot_paiement(int64_t n) { return paiement_nom((enum paiement)n); }

/* The columns of its sheet, then the number of the entry and what became of it. */
bool vue_encaissements(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne c[] = {
        {"commande", "commande", CELLULE_TEXTE}, {"paiement", "paiement", CELLULE_TEXTE}, {"montant", "montant", CELLULE_MONTANT},
        {"date", "reçu le", CELLULE_JOUR},       {"reference", "référence", CELLULE_TEXTE}, {"entree", "entrée", CELLULE_ENTIER},
        {"virement", "virement", CELLULE_ENTIER}};
    static mot_de *const mots[] = {NULL, mot_paiement, NULL, NULL, NULL, NULL, NULL};
    return vue_requete_mots(ctx, "select case when o.fournisseur > 0 then printf('%09d/', o.fournisseur) else '' end || o.numero, e.paiement, "
                                 "e.montant, e.le, e.reference, e.fait, e.virement from encaissement e join commande o on o.fait = e.commande "
                                 "where e.retire_par is null and e.le <= ?1 order by e.le, e.fait", c, mots, sizeof c / sizeof *c, s);
}

bool vue_virements(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne c[] = {
        {"entree", "entrée", CELLULE_ENTIER}, {"fournisseur", "fournisseur", CELLULE_SIREN}, {"date", "reçu le", CELLULE_JOUR},
        {"montant", "montant", CELLULE_MONTANT}, {"reference", "référence", CELLULE_TEXTE}, {"ventile", "attribué", CELLULE_MONTANT},
        {"reste", "à attribuer", CELLULE_MONTANT}, {"demandes", "demandes", CELLULE_ENTIER}};
    return vue_requete(ctx, "select v.fait, v.fournisseur, v.le, v.montant, v.reference, coalesce(e.somme, 0), v.montant - coalesce(e.somme, 0), "
                            "coalesce(e.n, 0) from virement v left join (select virement, sum(montant) as somme, count(*) as n from encaissement "
                            "where retire_par is null and virement is not null group by virement) e on e.virement = v.fait where v.le <= ?1 "
                            "order by v.le, v.fait", c, sizeof c / sizeof *c, s);
}
