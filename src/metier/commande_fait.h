/* From an order read to its fact, and from its fact to what the sheet now says. */
#ifndef SONS_METIER_COMMANDE_FAIT_H
#define SONS_METIER_COMMANDE_FAIT_H

#include "metier/commande_lue.h"
#include "noyau/constat.h"
#include "registre/fait.h"

struct registre;

/* Looks an order up, among those recorded before the search was made, by number and supplier; `*fait` = 0 when there is none. `n`
 * = how many will be asked, about. */
struct recherche_commande;
struct recherche_commande *recherche_commande_creer(struct registre *r, size_t n, struct diag_liste *diags);
void recherche_commande_free(struct recherche_commande *r);
/* An order that the table does not have yet. */
void recherche_commande_ajouter(struct recherche_commande *r, struct slice numero, uint32_t fournisseur, int64_t fait);
bool recherche_commande(struct recherche_commande *r, struct slice numero, uint32_t fournisseur, int64_t *fait, struct diag_liste *diags);

/* Builds the fact number `numero`; records the signatory's name in the erasable table. Memory in the arena. */
bool commande_fait(struct contexte *ctx, const struct commande_lue *o, int64_t numero, struct arene *a, struct fait *out);

/* The same without the signatory's name, which needs a salt. */
void commande_fait_sans_nom(const struct commande_lue *o, struct arene *a, struct fait *f);
/* Parts of it: amounts; the lists kept by ESSMS, with their shares; the piece. Absent values leave what was there. */
void commande_fait_montants(const struct commande_lue *o, struct fait *f);
void commande_fait_essms(const struct commande_lue *o, struct arene *a, struct fait *f);
void commande_fait_piece(const struct commande_lue *o, struct arene *a, struct fait *f);

/* Where a constat shows in the sheet: row of the ESSMS concerned, column that the rule reads. */
struct lieu commande_lieu(struct feuille *f, const struct commande_lue *o, const struct constat *c);

#endif
