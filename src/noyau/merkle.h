/* Merkle trees of RFC 9162, section 2.1, over SHA-256: a leaf is H(0x00 ‖ bytes), a node H(0x01 ‖ left ‖ right). Bounded
 * memory: a root needs one hash per level, a proof at most MERKLE_PREUVE_MAX of them. */
#ifndef SONS_NOYAU_MERKLE_H
#define SONS_NOYAU_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/empreinte.h"

struct empreinte merkle_feuille(const void *bytes, size_t len);
struct empreinte merkle_noeud(const struct empreinte *gauche, const struct empreinte *droite);

/* A tree that grows on its right. Starts zeroed. h[k] = its complete subtree of 2^k leaves, when bit k of n is set. */
#define MERKLE_NIVEAUX 64
struct merkle_pile {
    uint64_t n;
    struct empreinte h[MERKLE_NIVEAUX];
};
void merkle_ajouter(struct merkle_pile *p, const struct empreinte *feuille);
/* The root of a complete subtree of 2^niveau leaves at once; n is a multiple of 2^niveau. */
void merkle_ajouter_bloc(struct merkle_pile *p, unsigned niveau, const struct empreinte *racine);
/* The root of what was added so far; of no leaf: SHA-256 of nothing. More can be added after. */
struct empreinte merkle_racine(const struct merkle_pile *p);

/* A proof: hashes, in the order of the RFC. */
#define MERKLE_PREUVE_MAX 128
struct merkle_preuve {
    size_t n;
    struct empreinte h[MERKLE_PREUVE_MAX];
};
/* Gives the root of the subtree of leaves `de` … `de + n − 1` (from 0). Only subtrees of the whole tree are asked for. False
 * stops. */
typedef bool merkle_plage(void *ctx, uint64_t de, uint64_t n, struct empreinte *out);
/* Preuve d'inscription: PATH(feuille, D[taille]), section 2.1.3.1. feuille < taille. False when `f` failed. */
bool merkle_inclusion(uint64_t feuille, uint64_t taille, merkle_plage *f, void *ctx, struct merkle_preuve *out);
/* Preuve de continuité: PROOF(m, D[n]), section 2.1.4.1. 0 < m ≤ n; empty when m = n. False when `f` failed. */
bool merkle_continuite(uint64_t m, uint64_t n, merkle_plage *f, void *ctx, struct merkle_preuve *out);

/* Sections 2.1.3.2 and 2.1.4.2. True when the proof holds, whatever the numbers. */
bool merkle_inclusion_tient(const struct empreinte *hash, uint64_t feuille, uint64_t taille, const struct merkle_preuve *p,
                            const struct empreinte *racine);
bool merkle_continuite_tient(uint64_t m, const struct empreinte *racine_m, uint64_t n, const struct empreinte *racine_n,
                             const struct merkle_preuve *p);

#endif
