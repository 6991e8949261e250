/* Files that an act or a view gives beside its answer: documents to print, to complete, sheets. Never one in the place of another. */
#ifndef SONS_METIER_FICHIERS_H
#define SONS_METIER_FICHIERS_H

#include <stdbool.h>
#include <stddef.h>
#include "noyau/diag.h"
#include "noyau/texte.h"

/* A part of a file name from a number: letters, digits, `-` and `_`; when something had to be changed or cut, a hash follows, so that two
 * numbers never share a file. Appends. */
void nom_de_fichier(struct slice numero, struct buffer *b);
/* The folder, made when it is not there. */
bool dossier_creer(const char *dossier, struct diag_liste *diags);
/* A new file; one that is there is a fault. */
bool fichier_nouveau(const char *chemin, const struct buffer *octets, struct diag_liste *diags);
/* The same, but one that has these bytes already is left alone; `*ecrits` counts those written. */
bool fichier_poser(const char *chemin, const struct buffer *octets, size_t *ecrits, struct diag_liste *diags);

#endif
