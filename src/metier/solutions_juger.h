/* What a change of solutions makes of the orders: verdicts before and after. Shared by the acts only. */
#ifndef SONS_METIER_SOLUTIONS_JUGER_H
#define SONS_METIER_SOLUTIONS_JUGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "metier/actes.h"

/* One verdict a rule for each order, in the order of their facts. Zeroed by the caller. */
struct verdicts {
    struct {
        int64_t fait;
        char *numero;
        bool emettable;
    } *commandes;
    uint8_t *regles;  /* n × regles_nombre(): 1 + verdict, 0 = not applied */
    size_t n, cap, cap_regles;
};
/* Judges every order at the act's instant, stages C and V, unless `tous` is false: nothing changes then. `nommees[n_noms]` (may be NULL) counts those that bear on each of
 * `noms`. */
bool verdicts_lire(struct contexte *ctx, struct verdicts *out, bool tous, const char *const *noms, size_t n_noms, size_t *nommees);
void verdicts_free(struct verdicts *v);
/* One difference for each rule of each order whose verdict changed. Both were read in the same transaction. */
void verdicts_comparer(const struct verdicts *avant, const struct verdicts *apres, struct differences *out);

/* Appends; texts are copied but for those of cells, which must live in out->arene. */
struct difference *difference_ajouter(struct differences *d, enum difference_quoi quoi, struct slice numero, enum couloir couloir, struct slice version,
                                      const char *champ);

#endif
