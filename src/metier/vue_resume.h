/* A fact in a few words. */
#ifndef SONS_METIER_VUE_RESUME_H
#define SONS_METIER_VUE_RESUME_H

#include "noyau/texte.h"
#include "registre/fait.h"

/* First fields of a fact, enough to know it: `numero BC-1, fournisseur 123…`. Replaces the content of `b`. */
void fait_resumer(const struct fait *f, struct buffer *b);

#endif
