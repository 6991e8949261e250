/* Do two names agree, that on the invoice and that of the signatory of the VA (FAC-02, regles.md § 6)? Pure text. */
#ifndef SONS_REGLES_ACCORD_H
#define SONS_REGLES_ACCORD_H

#include <stdbool.h>
#include "noyau/texte.h"

/* Tolerant of case, accents, hyphens, the order of the words, civility (« Mme », « Dr »), particles (« de », « la »), initials
 * (« A. Martin ») and usage names: all the words of the shorter are in the longer (« Anne Martin » and « MARTIN-DURAND Anne », « Anne
 * Durand née Martin »). False when either has no word left. */
bool noms_accordes(struct slice a, struct slice b);

#endif
