/* Constats as rows: what controler and expliquer give, of an order or of a funding. */
#ifndef SONS_METIER_VUE_CONSTATS_H
#define SONS_METIER_VUE_CONSTATS_H

#include "metier/juger.h"
#include "metier/vues.h"

bool constats_debut(struct tableau_sortie *s);
/* One row for each constat of the judgement; `fautes`: only those that are not conforme (informations included). */
bool constats_lignes(const struct dossier *d, const struct jugement *j, bool fautes, struct tableau_sortie *s);
/* Stage F over every funding: rows of what is wrong, counts in `out`. */
bool financements_controler(struct contexte *ctx, struct tableau_sortie *s, struct controle_rapport *out);

/* What is told of an open dispute, whoever tells it. */
#define LITIGE_SOURCE "FAQ : l'ASP écrit aux deux éditeurs"

#endif
