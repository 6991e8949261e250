/* Shared by the files that read order sheets only. */
#ifndef SONS_METIER_COMMANDE_INTERNE_H
#define SONS_METIER_COMMANDE_INTERNE_H

#include "metier/cellules.h"
#include "metier/commande_lue.h"
#include "metier/dico.h"

struct siret_vu {
    uint64_t siret;
    finess et;
};
/* A file named by the sheet, read once whatever the number of orders that name it. */
struct piece_vue {
    bool lue;
    struct piece_ref ref;
    uint64_t place;
};
struct lecture_commandes {
    struct contexte *ctx;
    struct cellules c;
    struct commandes_lues *out;
    bool valeurs;            /* values of the command line: parts of an order, whose ESSMS and sums are known elsewhere */
    bool sirets_lus;
    struct siret_vu *sirets; /* of the latest base, sorted; made on first need */
    size_t n_sirets, cap_sirets;
    struct dico noms_pieces;
    struct piece_vue *pieces;
    size_t n_pieces, cap_pieces;
};
/* The one ET of that SIRET in the latest base; unknown or shared: fault. */
finess siret_resoudre(struct lecture_commandes *l, size_t ligne, uint64_t siret);
/* The FINESS number is given too: another establishment with that SIRET, and it alone, is a suspicion. */
void siret_comparer(struct lecture_commandes *l, size_t ligne, uint64_t siret, finess et);
/* Typed values of the order, amounts derived, shares. */
void commande_valeurs(struct lecture_commandes *l, struct commande_lue *o);
/* What follows from the amounts of an order: checks of the sums, amounts computed, shares of its ESSMS. */
void commande_montants(struct lecture_commandes *l, struct commande_lue *o);
/* The same for an order put together elsewhere, placed in the sheet; memory in the arena of `lues`. False when they do not add up. */
bool commande_montants_de(struct contexte *ctx, struct feuille *f, struct commandes_lues *lues, struct commande_lue *o);
void lecture_commandes_fin(struct lecture_commandes *l);

#endif
