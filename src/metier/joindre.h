/* Files of a folder joined to the orders that their names tell. */
#ifndef SONS_METIER_JOINDRE_H
#define SONS_METIER_JOINDRE_H

#include <stdbool.h>
#include <stddef.h>
#include "metier/contexte.h"
#include "noyau/fichier.h"
#include "noyau/memoire.h"
#include "regles/dossier.h"

#define JONCTION_FICHIERS_MAX 100000

enum jonction_sort { JONCTION_JOINT, JONCTION_INCHANGE, JONCTION_SANS_COMMANDE, JONCTION_AMBIGU, JONCTION_REFUSE, JONCTION_SORTS };
const char *jonction_sort_nom(enum jonction_sort s); /* "joint", "inchangé", … */

struct jonction_fichier {
    const char *nom;           /* in the folder, as it is: any bytes */
    enum jonction_sort sort;
    bool par_reference;        /* found by reference_externe, not by the number */
    const char *commande;      /* number of the order; NULL when there is not exactly one */
    uint32_t fournisseur;
    const char *raison;        /* why not: candidates, refusal; NULL otherwise */
};
struct jonction {
    struct jonction_fichier *items; /* by name */
    size_t n, caches;          /* hidden files are not looked at */
    size_t par_sort[JONCTION_SORTS];
    struct fichier_noms noms;
    struct arene arene;
};
/* Matches each file with the one order whose number stands in its name, else whose reference_externe does (never by what it
 * holds), and joins those under `role` in one transaction. The others are left aside, with the reason; with ctx->strict
 * they make it false and nothing is joined. `out` is filled as far as it could; jonction_free in every case. */
bool acte_dossier_joindre(struct contexte *ctx, const char *dossier, enum piece_role role, struct jonction *out);
void jonction_free(struct jonction *j);

#endif
