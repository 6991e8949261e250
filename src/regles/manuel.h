/* The manual made from the tables: man/sons-regles.7 and the states of an order. */
#ifndef SONS_REGLES_MANUEL_H
#define SONS_REGLES_MANUEL_H

#include "noyau/texte.h"

/* The whole page sons-regles(7), mdoc, UTF-8, French: one entry per row of regles.def, the states, the limits. */
void regles_manuel(struct buffer *out);
/* Its section on states and acts, from cycle.def. */
void cycle_manuel(struct buffer *out);
/* What « conforme » does not cover; plain UTF-8, several sentences on one line, static. */
const char *regles_limites(void);

#endif
