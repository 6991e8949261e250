/* controler --fichier: a sheet of orders judged as if it were imported; nothing is kept. */
#ifndef SONS_METIER_CONTROLE_FEUILLE_H
#define SONS_METIER_CONTROLE_FEUILLE_H

#include "metier/commande_lue.h"
#include "metier/vues.h"

struct controle_feuille {
    struct commandes_lues lues;
    bool *fautives;              /* by order: a form fault, or recorded otherwise: not judged */
    bool *jugees;
    bool *ecartees;              /* cancelled or replaced elsewhere, says the sheet: an import leaves them */
    size_t n_ecartees;
    int64_t *connues;            /* by order: its fact when it is recorded already, the same */
    size_t non_jugees;
    struct controle_rapport rapport;
};
/* Every form fault of the sheet and every rule of stages C and V, over the orders that have no form fault, each at its place in the
 * sheet (ctx->diags). Takes the lock for writing, then undoes everything. False when the registre itself is at fault. `out` zeroed;
 * controle_feuille_free in every case. */
bool commandes_controler(struct contexte *ctx, struct feuille *f, struct controle_feuille *out);
void controle_feuille_free(struct controle_feuille *c);

/* Writes the sheet back with verdict, raison, a_faire (feuille_annoter), from the diagnostics of ctx and what was judged. */
bool controle_annoter(struct contexte *ctx, struct feuille *f, const struct controle_feuille *c, const char *chemin);

#endif
