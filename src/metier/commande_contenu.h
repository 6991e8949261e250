/* What is recorded of an order, as acts and views read it: its present content, its former ones, its state, its story. */
#ifndef SONS_METIER_COMMANDE_CONTENU_H
#define SONS_METIER_COMMANDE_CONTENU_H

#include "metier/contexte.h"
#include "noyau/memoire.h"
#include "noyau/montant.h"
#include "registre/fait.h"
#include "registre/journal.h"
#include "regles/cycle.h"

/* One fact of an order, in the order of the journal: its registration, then those that name it, as the other order of a dispute too. The order content of
 * a correction is read by contenu_lire. False stops the walk, with a diagnostic of the caller's. */
typedef bool histoire_visite(void *ctx, const struct entree *e, struct arene *a);
bool histoire_parcourir(struct contexte *ctx, int64_t commande, histoire_visite *f, void *visite_ctx);

/* The content of the fact `fait` (a registration or a correction). Memory in the arena. */
bool contenu_du_fait(struct contexte *ctx, int64_t fait, struct arene *a, struct fait *out);

/* What acts look at, whatever --au: the state reached by everything recorded, and the request that waits. */
struct commande_etat {
    int64_t commande, contenu;    /* first fact; fact of the present content */
    int64_t signataire;           /* fact under which the name is kept, 0 = none */
    enum etat_commande etat;
    int64_t demande;              /* number of its request, 0 = none */
    struct montant avance;        /* asked */
    int64_t remplacante;          /* the order that replaces it, 0 = none */
    bool remplace;                /* it replaces another one */
    struct jour date_signature;
    const char *numero;           /* in the arena */
    uint32_t fournisseur;
};
bool commande_etat_lire(struct contexte *ctx, int64_t commande, struct arene *a, struct commande_etat *out);
/* A dispute is open on it today; it hides the state that acts look at. */
bool commande_en_litige(struct contexte *ctx, int64_t commande);
/* True when the act is possible; else says the state, the facts that led to it and what is possible. */
bool commande_permet(struct contexte *ctx, const struct commande_etat *e, enum acte_commande acte);

/* The facts that changed its state, each with its date and its entry, on one line; what that state allows, « sons lot deposer, … »,
 * less what an open dispute (`litige`) holds back. Append. */
bool commande_etapes(struct contexte *ctx, int64_t commande, struct buffer *b);
void actes_possibles(enum etat_commande etat, bool litige, struct buffer *b);

/* The own date of a fact about an order, as people read it; "" when it has none. `remplacante` dates a replacement. */
const char *fait_date(const struct fait *f, struct arene *a);
/* Every fact of the order (`tout`), a line each, with its own date, that of its entry, what it changed and why; else only what
 * changed its content or its force, and nothing when nothing did. Appends. */
bool histoire_dire(struct contexte *ctx, int64_t commande, bool tout, struct buffer *b);
/* « avance demandée (demande 3, 657,00 €) »: what a fact did to the order, without its date. Appends. */
void fait_raconter(const struct fait *f, struct buffer *b);
/* The same, told of `commande`: a dispute of another order names it first. False on a fault. */
bool fait_raconter_de(struct contexte *ctx, const struct fait *f, int64_t commande, struct buffer *b);
/* The order whose dispute the fact is of; 0 when it is of none. */
int64_t fait_litige(const struct fait *f);

#endif
