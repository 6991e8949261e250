/* A correction carries the whole of the order as it should have been entered: the lines of a CommandeEnregistree, whatever its
 * version, as a list. `fait CommandeEnregistree-V1` is one of them, so that an old correction reads like an old order. */
#ifndef SONS_REGISTRE_CONTENU_H
#define SONS_REGISTRE_CONTENU_H

#include <stdbool.h>
#include "noyau/memoire.h"
#include "registre/fait.h"

/* Puts the lines of `commande` in the list `champ` of `correction`. Memory in the arena. */
void contenu_mettre(struct fait *correction, enum fait_champ champ, const struct fait *commande, struct arene *a);
/* The order that a fact carries: itself, or the content of a correction. False when it carries none, or one that is broken. */
bool contenu_lire(const struct fait *f, struct arene *a, struct fait *out);
/* The order that a fact names by its first fact: its own number for a registration, 0 when it names none. */
int64_t fait_commande(const struct fait *f, int64_t numero);

#endif
