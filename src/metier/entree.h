/* An entry of the journal that the user names by its number. */
#ifndef SONS_METIER_ENTREE_H
#define SONS_METIER_ENTREE_H

#include "metier/contexte.h"
#include "noyau/memoire.h"
#include "registre/journal.h"

/* 1 read, 0 the journal has no such entry, −1 a fault. Memory in the arena. */
int entree_par_numero(struct contexte *ctx, int64_t numero, struct arene *a, struct entree *out);

#endif
