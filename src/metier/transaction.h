/* One act = one transaction that writes facts. Shared by the acts only. */
#ifndef SONS_METIER_TRANSACTION_H
#define SONS_METIER_TRANSACTION_H

#include <stdbool.h>
#include "metier/contexte.h"
#include "registre/etat.h"
#include "registre/fait.h"
#include "registre/journal.h"

struct acte {
    struct contexte *ctx;
    struct projecteur *p;
    struct buffer texte; /* scratch: text of a fact */
    bool panne_avant;    /* a fault of the disk was told before the act */
};
/* The own date of an act is not to come. A bare date, hence its end, means now when it is today's; an instant is kept or refused. */
bool acte_date(struct contexte *ctx);
/* Takes the lock and opens the journal. */
bool acte_debut(struct acte *a, struct contexte *ctx);
/* Projects and appends one fact, with its constats (`constat …` lines; may be empty). */
bool acte_fait(struct acte *a, const struct fait *f, struct slice constats);
/* Projects one fact, judges the order with it, appends the entry with the constats. */
bool acte_fait_juge(struct acte *a, const struct fait *f, int64_t commande);
/* Commits, or rolls back when `ok` is false, with --essai, or when the registre could not be read in between: what was judged
 * without it may be wrong. True when the act is done (or tried, with --essai). */
bool acte_fin(struct acte *a, bool ok);

#endif
