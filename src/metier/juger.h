/* Judging: rules over a dossier, what the journal keeps of it, what a person is told. */
#ifndef SONS_METIER_JUGER_H
#define SONS_METIER_JUGER_H

#include <stddef.h>
#include <stdint.h>
#include "metier/contexte.h"
#include "regles/dossier.h"
#include "regles/regles.h"

#define ETAPES_COMMANDE (1u << ETAPE_COMMANDE)
#define ETAPES_AVANCE (1u << ETAPE_COMMANDE | 1u << ETAPE_AVANCE)
#define ETAPES_CONTROLE (ETAPES_AVANCE | 1u << ETAPE_VA | 1u << ETAPE_SOLDE)

struct jugement {
    struct constat *constats;
    size_t n;
    struct bilan bilan;
};
/* Stage C and AVA-03: what an import counts (regles.md § 11). */
void juger_import(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out);
/* Stages C and V: what lets an advance leave, whatever is already known of the rest. */
void juger(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out);
/* Stages C, V, T and S: controler, expliquer, what comes after the advance. T and S have no object until their facts come. */
void juger_tout(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out);
/* What is left to hold of an order as it is: everything while it is in force, then what it must still repay. False, and no constat, when
 * it is out of force and owes nothing. */
bool juger_etat(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out);
/* What must hold for a request to leave: stages C and V; for a balance T and S too, but not what is to be repaid, which blocks nothing. */
void juger_emission(const struct contexte *ctx, const struct dossier *d, enum paiement t, struct arene *a, struct jugement *out);
/* The same judgement without REV: what is to be repaid is asked for by ASP, whatever is sent to it. */
void jugement_sans_reversement(const struct dossier *d, struct jugement *j);
/* Stage F: the funding that `d->financement` names. */
void juger_financement(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out);
/* Lines `constat …` of all that have an object. Appends. */
void jugement_ecrire(const struct jugement *j, struct buffer *out);

/* Counts of orders by their worst verdict. */
struct compte_verdicts {
    size_t conformes, informations, attentes, discordances, justifiees, anomalies;
};
void compter_verdict(struct compte_verdicts *c, const struct bilan *b);
/* What --strict does not admit: those that wait, discord or are wrong. */
size_t verdicts_bloquants(const struct compte_verdicts *c);
/* The verdicts of a report, where a justified discordance or an information is conforme. */
struct import_rapport;
void verdicts_rapporter(const struct compte_verdicts *c, struct import_rapport *out);
/* The worst of one order, as people read it. Static. */
const char *verdict_pire(const struct compte_verdicts *c);

/* How many different orders are named: naming one twice asks for it once. */
size_t commandes_distinctes(const int64_t *commandes, size_t n);

/* Where a constat shows in a sheet; NULL function = the order is named instead. */
typedef struct lieu lieu_de_constat(void *ctx, const struct constat *c);
/* Tells the constats that block (`tous`: informations and justified discordances too), as diagnostics. Those that wait
 * for the same thing are told once, with the other rules that wait for it. `sortie` is what they make of the exit code. */
void jugement_dire(const struct contexte *ctx, const struct dossier *d, const struct jugement *j, bool tous,
                   enum sortie_code sortie, lieu_de_constat *lieu, void *lieu_ctx);
/* True for those that people must see on an import or an emission: not conforme, not sans objet, not an information (one
 * that waits always does beside a rule that blocks for the same datum). */
bool constat_bloque(const struct dossier *d, const struct constat *c);

#endif
