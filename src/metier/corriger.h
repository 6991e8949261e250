/* Corrections of orders, one or many, inside an act under way: merged, projected whole, judged, written. Shared by the acts. */
#ifndef SONS_METIER_CORRIGER_H
#define SONS_METIER_CORRIGER_H

#include "metier/commande_fusion.h"
#include "metier/juger.h"
#include "metier/transaction.h"

struct correction_a_faire {
    int64_t commande;
    const struct commande_lue *o;
};
struct corriger {
    struct contexte *ctx;
    struct feuille *f;
    struct acte *acte;
    struct commandes_lues *lues;  /* the reserve of the pieces */
    enum fusion_mode mode;
    const bool *vider;
    const char *motif;            /* NULL: only what was absent may be added */
    bool motif_garde;             /* recorded whatever the correction does: one order, rectified for that reason */
    bool import;                  /* judged as an import is: stage C and AVA-03 */
    /* what was done */
    size_t completees, rectifiees, demandes_refaites;
    struct compte_verdicts compte;
    struct chantier *chantier;    /* under way; corriger_free in every case */
};
/* May these differences become a correction? Else tells why: the state, what is recorded, a motif that is missing. */
bool correction_admise(struct corriger *k, const struct fusion *x);
/* Projects one fact for each order that differs, the first under the number `premier`, then the requests whose amount changes,
 * made again. Sorts `t`. */
bool corriger_projeter(struct corriger *k, int64_t premier, struct correction_a_faire *t, size_t n);
/* Judges these orders and appends the facts: the next entry is `premier`. */
bool corriger_ecrire(struct corriger *k);
void corriger_free(struct corriger *k);

/* From the reserve of a sheet to the registre, unless its bytes are kept already. */
bool piece_garder(struct contexte *ctx, const struct commandes_lues *lues, const struct commande_lue *o);
/* The only order of that number and supplier, but `sauf`; 0 when there is none. */
bool commande_homonyme(struct contexte *ctx, struct slice numero, uint32_t fournisseur, int64_t sauf, int64_t *fait);

#endif
