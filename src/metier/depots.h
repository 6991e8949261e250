/* What becomes of a lot once it is written: deposited at ASP, or cancelled before it (regles.md § 6 and 9). */
#ifndef SONS_METIER_DEPOTS_H
#define SONS_METIER_DEPOTS_H

#include <stdbool.h>
#include <stdint.h>
#include "metier/contexte.h"
#include "noyau/memoire.h"
#include "registre/base.h"
#include "regles/vie.h"

/* A lot of the registre. */
struct lot_lu {
    int64_t fait;
    uint32_t fournisseur;
    int64_t numero;
    enum couloir couloir;
    enum paiement paiement;
    struct instant le;          /* of its emission */
    int64_t nombre;
    struct montant somme;
    struct instant depose_le;   /* INSTANT_ABSENT until then */
    bool accuse;                /* ASP's acknowledgement is kept */
    char accuse_empreinte[65];  /* its hash, "" without */
    struct instant annule_le;   /* INSTANT_ABSENT = not cancelled */
    int64_t remplace_par;       /* number of the lot that cancels and replaces it, 0 = none */
    char xml[65], zip[65];      /* hashes */
};
/* `N`, `SIREN/N`, or the name of its file (lot-SIREN-000001.zip, with its folder or not). Several suppliers have that number:
 * candidates (exit 2); none is exit 1. */
bool lot_resoudre(struct contexte *ctx, const char *texte, struct lot_lu *out);
/* The lot of that number; 1 found, 0 none, −1 fault. */
int lot_du_numero(struct contexte *ctx, uint32_t fournisseur, int64_t numero, struct lot_lu *out);
/* « lot 3 du fournisseur 123456782 ». In the arena. */
const char *lot_nom(const struct lot_lu *l, struct arene *a);

struct depot_rapport {
    bool deja;                  /* recorded already: nothing written */
    bool accuse_ajoute;         /* deposited already; its acknowledgement is new */
    size_t demandes, hors_delai; /* those that the deadline judges late (AVA-01, SOL-02) */
    size_t sans_mss;            /* balances without the MSS case that this instant asks for (SOL-06) */
};
/* Deposited at ctx->le, the instant that the portal shows; `accuse` (may be NULL): file of its acknowledgement. What is late is
 * told, and recorded all the same. `rectifier` (may be NULL): the deposit was recorded wrong, for that reason; ctx->le (that of the deposit
 * when it is not given) and the acknowledgement (when there is one) replace what was recorded. Not later than ASP's first answer. */
bool acte_lot_deposer(struct contexte *ctx, const struct lot_lu *lot, const char *accuse, const char *rectifier, struct depot_rapport *out);
/* Cancelled at ctx->le, before its deposit: its requests wait for another lot, its number is never given again. `*deja`: it was,
 * nothing is written. */
bool acte_lot_annuler(struct contexte *ctx, const struct lot_lu *lot, const char *motif, bool *deja);

#endif
