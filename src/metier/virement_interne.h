/* What a transfer may pay. Shared by its act and its view. */
#ifndef SONS_METIER_VIREMENT_INTERNE_H
#define SONS_METIER_VIREMENT_INTERNE_H

#include "metier/argent.h"

struct virement {
    uint32_t fournisseur;
    struct montant montant;
    struct jour le;
    const char *reference; /* in the arena */
};
/* The transfer of an entry, and what is attributed of it. False, told, when there is none. */
bool virement_trouver(struct contexte *ctx, int64_t entree, struct arene *a, struct virement *out, struct virement_rapport *r);

/* Says that the entry is none. */
void virement_inconnu(struct contexte *ctx, int64_t entree);

/* The requests of that supplier that ASP has decided and that are not received in full, the oldest decision first. */
struct dus {
    struct ventilation *items; /* owned: memoire_free */
    size_t n, cap;
    struct montant somme;
};
bool dus_lire(struct contexte *ctx, const struct virement *v, struct arene *a, struct dus *out);
/* The requests that the user names, one part each, or two for an order both payments of which are due. False, all told: nothing is due to
 * one of them and no amount is given, one is named twice, none or several may be meant, it is another supplier's. */
bool parts_nommees(struct contexte *ctx, const struct virement *v, const struct dus *dus, const struct part_nommee *parts, size_t n,
                   struct arene *a, struct proposition *out);
/* Every way found to make up `somme` exactly (argent.h); appends to `p`. */
void propositions_faire(const struct dus *d, struct montant somme, struct propositions *p);

#endif
