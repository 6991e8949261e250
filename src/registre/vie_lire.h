/* The payment life of one order, outside the loader: what acts and lists ask when they need no rule. */
#ifndef SONS_REGISTRE_VIE_LIRE_H
#define SONS_REGISTRE_VIE_LIRE_H

#include <stdbool.h>
#include "noyau/diag.h"
#include "registre/base.h"
#include "regles/dossier.h"

/* An event as these columns of the table `vie` give it; `i` = the index of the first of them. */
#define VIE_COLONNES "le, fait, evenement, paiement, version, statut, numero, montant, total"
enum { VIE_N_COLONNES = 9 };
void evenement_colonnes(sqlite3_stmt *s, int i, struct evenement *e);
/* The events of an order up to `au` folded; an order that has none, or that is not there, is one to which nothing has happened. False
 * on a fault. */
bool vie_lire(struct registre *r, int64_t commande, struct instant au, struct vie *out, struct diag_liste *diags);
/* The same, up to the event of the entry `fait`, included: as it was when that was said, whatever has come since. */
bool vie_lire_jusqu_a(struct registre *r, int64_t commande, int64_t fait, struct vie *out, struct diag_liste *diags);
/* The events themselves, in the order of the fold: to see what the life would be without one of them. `*t` is the caller's (memoire_free),
 * NULL when there is none. */
bool vie_evenements(struct registre *r, int64_t commande, struct evenement **t, size_t *n, struct diag_liste *diags);

#endif
