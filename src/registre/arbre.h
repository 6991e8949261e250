/* The Merkle tree of the journal: leaf k (from 0) = the bytes of entry k + 1. Memory: 32 bytes for each block of ARBRE_BLOC
 * entries. The blocks already sealed are kept by a projection, so that one proof reads a few entries only. */
#ifndef SONS_REGISTRE_ARBRE_H
#define SONS_REGISTRE_ARBRE_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/merkle.h"
#include "registre/journal.h"

#define ARBRE_NIVEAU 5
#define ARBRE_BLOC (1 << ARBRE_NIVEAU)

struct arbre {
    struct registre *r;
    struct diag_liste *diags;
    struct merkle_pile pile;    /* of the complete blocks */
    struct empreinte *blocs;    /* their roots */
    size_t n_blocs, cap_blocs;
    struct empreinte courantes[ARBRE_BLOC]; /* leaves of the block being fed */
    unsigned n_courantes;
    bool troue;                 /* an entry was missing or out of place: nothing was fed after it */
    struct empreinte lues[ARBRE_BLOC];      /* leaves of the block that arbre_plage read last */
    int64_t bloc_lu;            /* its rank; −1 = none */
    unsigned n_lues;
};
void arbre_debut(struct arbre *a, struct registre *r, struct diag_liste *diags);
void arbre_fin(struct arbre *a);
/* Feeds the next entry: a witness of journal_verifier_avec, which lets the walk go on when the tree cannot. `ctx` = the arbre. */
bool arbre_entree(void *ctx, int64_t numero, struct slice octets);
/* How many entries were fed, and their root. */
int64_t arbre_entrees(const struct arbre *a);
struct empreinte arbre_racine(const struct arbre *a);
/* Instead of feeding, for entries that are all there: takes the blocks of the first `entrees` that the projection keeps, reads
 * the others. False with a diagnostic. */
bool arbre_charger(struct arbre *a, int64_t entrees);
/* Hash of a subtree of the entries fed or loaded (merkle_plage; `ctx` = the arbre). False with a diagnostic. */
merkle_plage arbre_plage;
/* Keeps in the projection the complete blocks of the first `entrees` that it has not yet. */
bool arbre_garder(struct registre *r, int64_t entrees, struct diag_liste *diags);

#endif
