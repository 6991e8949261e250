/* Requests for a payment, the advance or the balance: what both acts do once each has said what it asks. Two passes: what will be
 * written, every fault at once; then all of it is projected, judged and written. Shared by the acts only. */
#ifndef SONS_METIER_DEMANDER_H
#define SONS_METIER_DEMANDER_H

#include "metier/actes.h"
#include "metier/juger.h"
#include "metier/transaction.h"
#include "registre/dossier_charger.h"

struct fait_prevu;
struct demander {
    struct contexte *ctx;
    const int64_t *commandes;
    size_t n;
    bool toutes;                /* every order, rather than those named */
    const struct justification_demandee *j;
    size_t n_j;
    struct demande_rapport *out;
    /* What is asked for one order: adds facts (demander_fait), or says why it does not; `refuse` undoes everything. False = fault. */
    bool (*prevoir)(struct demander *d, const struct dossier *dossier);
    void (*juger)(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out);
    const void *prevoir_ctx;
    enum paiement paiement;
    bool refuse;
    int64_t prochaine_demande;  /* number of the next new request */
    /* the engine's own */
    bool *j_servie;
    struct acte acte;
    struct arene arene;         /* of the dossier in progress */
    struct buffer textes;
    struct fait_prevu *faits;
    size_t n_faits, cap_faits;
    int64_t premier;
    size_t ecrits;
    struct buffer constats;
    struct compte_verdicts compte;
    struct buffer rendues, a_redemander; /* `toutes`: requests that ASP gave back, the first ones, told; their orders */
    size_t n_rendues, n_corrigees;
};
/* The whole act; `d` zeroed but for its first fields. False = nothing was recorded. */
bool demander(struct demander *d);
/* One more fact of that order; a request (FAIT_AVANCE_DEMANDEE, FAIT_SOLDE_DEMANDE) is judged when it is written. */
void demander_fait(struct demander *d, int64_t commande, const struct fait *f);
/* The number of a request: a new one, or that of `avant`, which ASP sent back or which was never sent: its next version is judged on its
 * first deposit (regles.md § 6). After a rejection it is another request. */
int64_t demander_numero(struct demander *d, const struct dossier_demande *avant);
/* The discordances named on the command line, justified on this order. */
bool demander_justifier(struct demander *d, const struct dossier *dossier);
/* A request of this order that ASP gave back or rejected, and that `toutes` does not ask again: told at the end, with what to type. */
bool demander_rendue(struct demander *d, const struct dossier *dossier, const struct dossier_demande *q);
/* In a dispute, or set aside by one: nothing is asked. `quoi`: « l'avance n'est pas demandée ». */
bool demander_litige(struct demander *d, const struct dossier *dossier, const char *quoi);

#endif
