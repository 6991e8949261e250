/* Documents recorded on an order beside its requests: the invoice, the VA. What their acts share. */
#ifndef SONS_METIER_DOCUMENT_H
#define SONS_METIER_DOCUMENT_H

#include "metier/cellules.h"
#include "metier/commande_contenu.h"
#include "metier/juger.h"
#include "metier/reserve.h"
#include "metier/transaction.h"
#include "registre/dossier_charger.h"
#include "registre/piece.h"

/* A piece put aside before the lock; `lue` false: the cell was empty. */
struct document {
    bool lue;
    struct piece_ref ref;
    uint64_t place;
};
/* Reads the piece that a cell names. A fault is told at the cell. */
void document_lire(struct cellules *c, size_t ligne, size_t champ, enum piece_role role, struct reserve *r, struct document *out);
/* Keeps its bytes and puts its reference in the fact; nothing when none was read. */
bool document_garder(struct acte *a, const struct reserve *r, const struct document *p, struct fait *f, enum fait_champ champ, struct arene *arene);
/* The order that a cell names; 0 with a fault. */
int64_t document_commande(struct contexte *ctx, struct cellules *c, size_t ligne, size_t champ);
/* The fact of an entry, in its current form. */
bool document_fait(struct contexte *ctx, int64_t entree, struct arene *a, struct fait *out);
/* Are all the fields of two facts of one type the same, but for those of `sauf` (n)? */
bool document_meme(const struct fait *a, const struct fait *b, const enum fait_champ *sauf, size_t n);
/* Is the name kept under `fait` that one? Both absent: yes. Erased: no. */
bool document_meme_nom(struct contexte *ctx, int64_t fait, const char *champ, bool present, struct slice nom);
/* Compares `nom` with the name kept under `fait` (0 = none): TROIS_ABSENT when either is missing or erased. */
enum trois document_accord(struct contexte *ctx, struct slice nom, int64_t fait, const char *champ);
/* Projects the fact, judges the order with it (every stage), tells what the rules of the VA and of the balance say, and writes. `charge`:
 * NULL at first, the same loader for every row; the caller frees it (chargeur_free) before the act ends. */
bool document_ecrire(struct acte *a, struct chargeur **charge, const struct fait *f, int64_t commande, struct compte_verdicts *compte);

#endif
