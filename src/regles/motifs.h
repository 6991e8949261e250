/* Les motifs de l'ASP, ramenés aux règles qui les contrôlent (motifs.def). */
#ifndef SONS_REGLES_MOTIFS_H
#define SONS_REGLES_MOTIFS_H

#include <stddef.h>
#include <stdint.h>
#include "noyau/texte.h"

#define MOTIF_REGLES_MAX 8
/* Les rangs des règles qui contrôlent ce que dit ce motif (au plus MOTIF_REGLES_MAX) ; 0 quand aucune ne le fait, ou que le motif n'est pas
 * reconnu. Un motif qui est l'identifiant d'une règle la donne. */
size_t motif_regles(struct slice motif, uint16_t rangs[MOTIF_REGLES_MAX]);

#endif
