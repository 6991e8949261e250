/* What an answer of ASP may be, given the life of its order; then its fact. Shared by the acts on answers. */
#ifndef SONS_METIER_REPONSES_H
#define SONS_METIER_REPONSES_H

#include "metier/retours.h"
#include "metier/transaction.h"

/* A batch of answers, whole or nothing: each is checked against what is recorded and those before it, then projected; their facts
 * are appended at the end, so that every fault is told. */
struct reponses {
    struct contexte *ctx;
    struct acte *acte;
    struct retour_rapport *out;
    int64_t retour;            /* number of their RetourImporte, 0 = entered by hand */
    int64_t premier, prochain; /* numbers of the first fact, of the next one */
    struct buffer textes;      /* facts, one after the other */
    size_t *fins, n, cap;      /* where each ends */
    uint64_t *lignes;          /* where each stood in the file */
    size_t cap_lignes;
    sqlite3_stmt *vie, *reponses, *memes, *asp;
    bool refuse;
};
/* `premier`: number of the first fact. */
bool reponses_ouvrir(struct reponses *r, struct acte *acte, struct retour_rapport *out, int64_t retour, int64_t premier);
void reponses_fermer(struct reponses *r);
/* Says it when ASP's number is also that of another order, which it will be taken for. False on a fault. */
bool reponse_homonyme(struct contexte *ctx, const struct reponse_lue *x);
/* Checks and projects one. False only when the registre fails: a refusal is told, counted in `refuse`. */
bool reponses_ajouter(struct reponses *r, const struct reponse_lue *x);
/* The reasons of a cell, `|` between them: trimmed, sorted, once each. In the arena; `*out` borrows from `texte`. */
size_t motifs_lire(struct slice texte, struct arene *a, const struct slice **out);
/* Appends the facts to the journal. */
bool reponses_ecrire(struct reponses *r);

#endif
