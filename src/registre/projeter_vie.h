/* What the projectors of the payment life share. */
#ifndef SONS_REGISTRE_PROJETER_VIE_H
#define SONS_REGISTRE_PROJETER_VIE_H

#include "registre/etat_interne.h"
#include "regles/dossier.h"

/* Writes an event of an order, then folds its life again: states, requests. */
bool vivre(struct projecteur *p, int64_t commande, const struct evenement *e, struct diag_liste *diags);
/* Takes the event of the fact `fait` out of the life of an order, as if it had never been entered, and folds it again. */
bool vivre_sans(struct projecteur *p, int64_t commande, int64_t fait, struct diag_liste *diags);
/* A day is seen from its beginning, as a signature is: what is dated today is there now. */
struct instant debut_du_jour(const struct fait *f, enum fait_champ c);
enum paiement paiement_lu(const struct fait *f, enum fait_champ c);
/* The piece of a fact, when it has one, joined to the order. */
bool piece_du_fait(struct projecteur *p, int64_t commande, int64_t numero, const struct fait *f, enum fait_champ c,
                   struct diag_liste *diags);

#endif
