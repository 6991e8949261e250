/* An extract: the entries of one order, each with its proof of inscription, and the bordereau that seals them, in one text that
 * needs no registre. Described by sons-journal(5). */
#ifndef SONS_REGISTRE_EXTRAIT_H
#define SONS_REGISTRE_EXTRAIT_H

#include <stdbool.h>
#include <stdint.h>
#include "registre/journal.h"
#include "registre/sceau.h"

#define EXTRAIT_OCTETS_MAX ((size_t)64 << 20)

/* Writing: the head, each entry in increasing order, the end. */
void extrait_debut(struct buffer *b, int64_t commande, struct slice bordereau);
void extrait_entree(struct buffer *b, int64_t numero, struct slice octets, const struct merkle_preuve *preuve);
void extrait_fin(struct buffer *b);

/* What the entries already taken say of the order: its contacts, and the lots that carried its requests. Zero, but the order, at first. */
struct extrait_suivi {
    int64_t commande;
    struct extrait_lot {
        int64_t fournisseur, lot;
    } *lots;
    int64_t *contacts; /* entries that declared one */
    size_t n_lots, cap_lots, n_contacts, cap_contacts;
};
/* True when an extract of that order holds this entry: the one that opens the registre, the registration of the order, the facts that
 * concern it, and those of its lots (emitted, deposited, corrected, cancelled), whatever else they carried. It is then followed. */
bool extrait_concerne(struct extrait_suivi *x, const struct entree *e);
void extrait_suivi_free(struct extrait_suivi *x);

/* Reads and verifies: form, bordereau the same as `bordereau` (the bytes of the seal that is trusted), each proof, each entry of
 * that order and of no other. `f` is shown each entry that holds, once, in order. Every fault is told. */
typedef bool extrait_visite(void *ctx, const struct entree *e);
struct extrait_rapport {
    int64_t commande; /* number of its first fact */
    size_t entrees;
};
bool extrait_verifier(struct slice octets, const char *fichier, struct slice bordereau, const struct sceau *s, extrait_visite *f, void *ctx,
                      struct extrait_rapport *out, struct diag_liste *diags);

#endif
