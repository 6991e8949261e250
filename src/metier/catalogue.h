/* The names by which solutions are known: ANS numbers, names, other names. A name resolves to one number, but that a plain name
 * may be shared (it is then ambiguous in its couloir). Shared by the acts only. */
#ifndef SONS_METIER_CATALOGUE_H
#define SONS_METIER_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include "metier/contexte.h"
#include "metier/dico.h"
#include "noyau/memoire.h"
#include "noyau/texte.h"

enum nom_genre { NOM_NUMERO, NOM_SOLUTION, NOM_SURNOM };
struct nom_connu {
    enum nom_genre genre;
    const char *plie, *nom, *numero; /* folded, as written, the number it leads to */
    size_t suivant;                  /* rank of another one that reads the same, 0 = none */
};
/* Zeroed by the caller. */
struct catalogue {
    struct nom_connu *noms;
    size_t n, cap;
    struct dico plies; /* folded → rank of one that reads so */
    struct arene arene;
};
bool catalogue_lire(struct contexte *ctx, struct catalogue *c);
void catalogue_free(struct catalogue *c);
void catalogue_ajouter(struct catalogue *c, enum nom_genre genre, struct slice nom, struct slice numero);
/* The number recorded that reads like `numero`, NULL when none does. */
const char *catalogue_numero(const struct catalogue *c, struct slice numero);
/* What already leads `nom` (as a NOM_SOLUTION or NOM_SURNOM of `numero`) to another number; NULL when nothing does. Two
 * solutions may have the same plain name. */
const struct nom_connu *catalogue_conflit(const struct catalogue *c, enum nom_genre genre, struct slice nom, struct slice numero);
/* What already leads `nom` to `numero`; NULL when nothing does. */
const struct nom_connu *catalogue_connait(const struct catalogue *c, struct slice nom, struct slice numero);

#endif
