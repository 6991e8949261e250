/* Deterministic ZIP through libzip: fixed order (that of the additions), all entries stored, fixed DOS time and
 * attributes. */
#ifndef SONS_FORMATS_ZIP_H
#define SONS_FORMATS_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"

struct zip_ecrivain;
/* Gives the content of an entry when it is written: fills `out` (size `taille`), false on failure. */
typedef bool zip_contenu(void *ctx, uint64_t cle, struct buffer *out);

struct zip_ecrivain *zip_ecrivain_creer(const char *chemin_provisoire, struct diag_liste *diags);
/* An entry read from a file (kept open until the end). */
bool zip_ecrivain_fichier(struct zip_ecrivain *z, const char *nom, const char *chemin, struct diag_liste *diags);
/* An entry of `taille` bytes asked from `contenu(ctx, cle)` when its turn comes: one in memory at a time. */
bool zip_ecrivain_bloc(struct zip_ecrivain *z, const char *nom, uint64_t taille, zip_contenu *contenu, void *ctx,
                       uint64_t cle, struct diag_liste *diags);
/* Writes everything to the path, fsync. Frees the writer in every case; on failure nothing is left behind. */
bool zip_ecrivain_finir(struct zip_ecrivain *z, struct diag_liste *diags);
void zip_ecrivain_abandonner(struct zip_ecrivain *z);

#endif
