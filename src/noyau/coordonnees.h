/* E-mail addresses and telephone numbers: bounded form, not existence. */
#ifndef SONS_NOYAU_COORDONNEES_H
#define SONS_NOYAU_COORDONNEES_H

#include <stdbool.h>
#include "noyau/texte.h"

#define COURRIEL_MAX 254
#define TELEPHONE_TEXTE_MAX 17

/* `local@domain`: ASCII, 1 to 64 characters before the only `@`, among letters, digits and !#$%&'*+/=?^_`{|}~.- without a point
 * at either end nor two in a row; a domain of labels of 1 to 63 letters, digits and inner hyphens, at least two, the last one
 * of letters or an `xn--` one. */
bool courriel_valide(struct slice s);
/* Digits, with blanks, points, hyphens, slashes and one pair of parentheses between them, and at most one leading `+`. In `out`, the
 * number without them: `+33` (and `0033`) before nine digits becomes `0`, nine digits that begin 1 to 9 get the `0` that a
 * spreadsheet lost; a French number then has ten digits, any other one `+` and 8 to 15. False when it is neither. */
bool telephone_lire(struct slice s, char out[TELEPHONE_TEXTE_MAX]);

#endif
