/* Orders by what a file name may say of them. Pure: no registre here. */
#ifndef SONS_METIER_JOINDRE_INDEX_H
#define SONS_METIER_JOINDRE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "metier/dico.h"
#include "noyau/memoire.h"

struct index_commande {
    int64_t commande;
    const char *numero;          /* as recorded */
    uint32_t fournisseur;
    const char *plies[2];        /* folded number, folded reference_externe ("" when absent) */
    size_t suivantes[2];         /* rank + 1 of another that reads the same once compact; 0 = none */
};
/* Zeroed by the caller. */
struct index_commandes {
    struct index_commande *items;
    size_t n, cap;
    struct dico compacts[2];     /* without blanks → first rank: by number, by reference */
    size_t plus_long;            /* of the compact keys */
    struct arene arene;
};
void index_ajouter(struct index_commandes *x, int64_t commande, struct slice numero, struct slice reference, uint32_t fournisseur);
void index_free(struct index_commandes *x);

/* Orders that `nom`, name of a file, tells: whole words of the name that read like the number (case, accents, separators and the
 * blanks inside do not matter; fewer than 3 signs: the name must be only that, with or without the supplier's SIREN), else like the
 * reference (`*par_reference`). A name that is only that, then one written with the same separators, then the supplier's SIREN in the name, choose among several.
 * Ranks in `out` (at most `max`), in the order of the orders; how many there are. */
size_t index_chercher(const struct index_commandes *x, const char *nom, size_t *out, size_t max, bool *par_reference);

/* Length of the name without its suffix; `*suffixe` = what follows the dot, "" when there is none. */
size_t nom_sans_suffixe(const char *nom, const char **suffixe);

#endif
