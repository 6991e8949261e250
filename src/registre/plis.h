/* The lives that a projector has folded, kept in memory: the next event of an order is then added to what is known instead of reading
 * all of them again. Some 20 MB at most: beyond, all are forgotten, and read again as they come. */
#ifndef SONS_REGISTRE_PLIS_H
#define SONS_REGISTRE_PLIS_H

#include <stddef.h>
#include "regles/dossier.h"

#define PLIS_MAX ((size_t)1 << 16)

struct plis {
    struct pli {
        int64_t commande;
        struct vie vie;
    } *items;
    size_t n, cap, max; /* max: PLIS_MAX, less in a test */
    uint32_t *cases; /* 2^bits: rank + 1 in items, 0 = free */
    unsigned bits;
};
/* NULL when it is not there. Good until the next call. */
struct vie *plis_trouver(const struct plis *p, int64_t commande);
/* One that is not there yet, to be filled. There must be room: n < max. */
struct vie *plis_ajouter(struct plis *p, int64_t commande);
/* Forgets all of them. */
void plis_free(struct plis *p);

#endif
