/* A piece read from a file, before any lock. Shared by the acts only. */
#ifndef SONS_METIER_PIECE_LUE_H
#define SONS_METIER_PIECE_LUE_H

#include <stdbool.h>
#include "metier/cellules.h"
#include "metier/transaction.h"
#include "noyau/fichier.h"
#include "noyau/texte.h"
#include "registre/piece.h"

struct piece_lue {
    struct buffer octets;
    struct piece_ref ref;
};
/* Reads the whole file (PIECE_MAX at most, not empty). False with a diagnostic; the caller frees `octets` in every case. */
bool piece_lire(const char *chemin, enum fichier_ouverture mode, enum piece_role role, struct piece_lue *out,
                struct diag_liste *diags);
/* Joins it to an order, judged again; `*deja`: it was already, under that role, and nothing is written. `date` is that of an
 * attestation; `datee`: it was given, not taken from the clock. */
bool piece_joindre(struct acte *a, int64_t commande, const struct piece_lue *p, struct jour date, bool datee, bool *deja);
/* Says each file joined to several orders, one of them by an entry from number `premier` on, attestations apart: an OG may give one
 * for all its orders. */
bool pieces_partagees(struct contexte *ctx, int64_t premier);
/* The path that a cell names: beside a sheet, anywhere on the command line. NULL when empty, or with a fault. Owned by the
 * caller. */
char *piece_chemin(struct cellules *c, size_t ligne, size_t champ);

#endif
