/* What an order owes of the advance paid to it (regles.md § 6): by which rule, how much, since when. Shared by `reversements`,
 * `controler` and `expliquer`. */
#ifndef SONS_METIER_REVERSEMENTS_H
#define SONS_METIER_REVERSEMENTS_H

#include "metier/contexte.h"
#include "regles/regles.h"

struct reversement {
    const struct constat *constat; /* of REV-01, 02 or 03; NULL: no rule says it, `pourquoi` does */
    const char *pourquoi, *source; /* static; "" when a rule says it */
    struct instant depuis;         /* the cancellation, the term, the decision; INSTANT_ABSENT when nothing dates it */
    struct montant du;             /* MONTANT_ABSENT when nothing of it is due yet */
    struct montant a_apprecier;    /* what ASP has yet to decide upon; MONTANT_ABSENT when it is all due */
    struct montant rendu;          /* what was repaid of this one: those of an order add up to what was repaid */
    struct montant reste;          /* du − rendu; negative: repaid beyond what is due, `du` is absent; MONTANT_ABSENT when nothing is due */
};
#define REVERSEMENTS_MAX 7
/* All that is due, and what remains of it. */
void reversements_sommer(const struct reversement *t, size_t n, struct montant *du, struct montant *reste);
/* What was repaid beyond what is due, 0 when nothing was. */
struct montant reversements_au_dela(const struct reversement *t, size_t n);
/* What is due, repaid in full or not, at d->au: what the rules say, what was received beyond ASP's decisions (what is repaid covers it
 * first), what ASP orders beyond both, what was received of a payment that nobody asked for (à apprécier); last, what was repaid beyond all of it.
 * 0 rows when nothing was ever due. Constats in the arena. False on a fault of the registre. */
bool reversements_de(struct contexte *ctx, const struct dossier *d, struct arene *a, struct reversement out[REVERSEMENTS_MAX], size_t *n);

#endif
