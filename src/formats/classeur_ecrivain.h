/* A workbook (.xlsx) of one sheet, written as the rows come: nothing is kept, the same rows give the same bytes. */
#ifndef SONS_FORMATS_CLASSEUR_ECRIVAIN_H
#define SONS_FORMATS_CLASSEUR_ECRIVAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/jour.h"
#include "noyau/texte.h"

enum classeur_style { STYLE_NOMBRE, STYLE_ENTETE, STYLE_TEXTE, STYLE_MONTANT, STYLE_DATE, STYLE_POURCENT };
/* Takes the bytes of the file, in order; false = they could not be written: the rest is then not given. */
typedef bool classeur_octets(void *ctx, const void *octets, size_t len);
struct classeur_ecrivain;

/* `nom` of the sheet, at most 31 characters. The first `figees` rows stay in sight. */
struct classeur_ecrivain *classeur_ecrivain_creer(const char *nom, uint32_t figees, classeur_octets *ecrire, void *ctx);
/* Begins row `numero` (from 1, growing); false beyond the 1 048 576 rows of a sheet. */
bool classeur_rangee(struct classeur_ecrivain *e, uint32_t numero);
/* Cells of the row begun, `colonne` from 0, growing. A text is kept to the letter; characters that XML has not become U+FFFD; at most
 * 32 767 characters, the rest is cut. */
void classeur_ecrire_texte(struct classeur_ecrivain *e, uint32_t colonne, enum classeur_style style, struct slice texte);
/* `nombre`: decimal digits, a dot, a sign. */
void classeur_ecrire_nombre(struct classeur_ecrivain *e, uint32_t colonne, enum classeur_style style, struct slice nombre);
/* A date before 01/03/1900 is written as text. */
void classeur_ecrire_jour(struct classeur_ecrivain *e, uint32_t colonne, struct jour j);
/* Merges cells, once all rows were given: rows from 1, columns from 0. */
void classeur_fusionner(struct classeur_ecrivain *e, uint32_t l1, uint32_t c1, uint32_t l2, uint32_t c2);
/* Ends the file and frees. False when something could not be written. */
bool classeur_ecrivain_finir(struct classeur_ecrivain *e);
/* Frees; the file is not whole. */
void classeur_ecrivain_abandonner(struct classeur_ecrivain *e);

#endif
