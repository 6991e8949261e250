/* Writing contacts in an act. Shared by the acts only. */
#ifndef SONS_METIER_CONTACT_INTERNE_H
#define SONS_METIER_CONTACT_INTERNE_H

#include "metier/contact.h"
#include "metier/transaction.h"

struct contact_a_verser {
    struct contact_lu contact;
    size_t ligne, champ; /* place in the sheet, for what is told */
};
/* Contacts of orders, after their facts: those of orders from `neuves` on are new; another one, unless what it says is known of a
 * contact of the order, replaces the last one, which is told. A name erased since is not recorded again. */
bool contacts_des_commandes(struct acte *a, struct feuille *f, const struct contact_a_verser *t, size_t n, int64_t neuves,
                            size_t *enregistres);

#endif
