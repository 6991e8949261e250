/* A table pasted on standard input, with its header. */
#ifndef SONS_METIER_COLLAGE_H
#define SONS_METIER_COLLAGE_H

#include "formats/feuille.h"
#include "noyau/memoire.h"

#define COLLAGE_NOM "tableau collé"
/* Rows of the table, columns named by ours or by `renommages` (folded), the others passed over. Values live in the arena. NULL with
 * faults; the caller frees it (feuille_free). */
struct feuille *collage_lire(struct slice octets, const struct feuille_champ *champs, size_t n_champs, const struct feuille_renommage *renommages,
                             size_t n_renommages, struct arene *a, struct diag_liste *diags);

/* Says that a column is passed over: misspelt, it would be lost without a word. */
void colonne_ignoree(struct diag_liste *diags, const char *fichier, struct slice nom);

#endif
