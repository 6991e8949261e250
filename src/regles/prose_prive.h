/* Le moteur des phrases, et le français des valeurs ; seuls prose*.c l'incluent. */
#ifndef SONS_REGLES_PROSE_PRIVE_H
#define SONS_REGLES_PROSE_PRIVE_H

#include "noyau/constat.h"

/* Nom français d'une clé de valeur, ou d'un mot ; NULL quand valeurs.def ne l'a pas. */
const char *valeur_label(const char *cle);
const char *mot_label(const char *mot);
/* La valeur telle qu'on la lit. `format` : "", "iso" (jour AAAA-MM-JJ) ou "brut" (mot tel quel). */
void valeur_dire(const struct valeur *v, const char *format, struct buffer *out);
/* La phrase de prose.def, remplie par les valeurs du constat. */
void phrase_remplir(const struct constat *c, const char *phrase, struct buffer *out);

#endif
