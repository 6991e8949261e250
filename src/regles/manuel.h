/* The manual made from the tables: man/sons-regles.7 and man/sons-vie.7. */
#ifndef SONS_REGLES_MANUEL_H
#define SONS_REGLES_MANUEL_H

#include <stdbool.h>
#include "noyau/texte.h"

/* The whole page sons-regles(7), mdoc, UTF-8, French: one entry per row of regles.def, the limits. */
void regles_manuel(struct buffer *out);
/* The whole page sons-vie(7): the drawing of the states of an order, from cycle.def. False when its path (CHEMIN) goes where no passage does. */
bool cycle_manuel(struct buffer *out);
/* What « conforme » does not cover; plain UTF-8, several sentences on one line, static. */
const char *regles_limites(void);

#endif
