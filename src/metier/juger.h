/* Judging: rules over a dossier, what the journal keeps of it, what a person is told. */
#ifndef SONS_METIER_JUGER_H
#define SONS_METIER_JUGER_H

#include <stddef.h>
#include "metier/contexte.h"
#include "regles/dossier.h"
#include "regles/regles.h"

#define ETAPES_COMMANDE (1u << ETAPE_COMMANDE)
#define ETAPES_CONTROLE (1u << ETAPE_COMMANDE | 1u << ETAPE_AVANCE)

struct jugement {
    struct constat *constats;
    size_t n;
    struct bilan bilan;
};
/* Stage C and AVA-03: what an import counts (regles.md § 11). */
void juger_import(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out);
/* Stages C and V: controler, requests, emissions. */
void juger(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct jugement *out);
/* Lines `constat …` of all that have an object. Appends. */
void jugement_ecrire(const struct jugement *j, struct buffer *out);

/* Counts of orders by their worst verdict. */
struct compte_verdicts {
    size_t conformes, informations, attentes, discordances, justifiees, anomalies;
};
void compter_verdict(struct compte_verdicts *c, const struct bilan *b);

/* One constat that is not conforme, as a diagnostic. `lieu` may be NULL; `sortie` is what it makes of the exit code. */
void constat_dire(const struct contexte *ctx, const struct dossier *d, const struct constat *c, const struct lieu *lieu,
                  enum sortie_code sortie);
/* True for those that people must see on an import or an emission: not conforme, not sans objet, not an information. */
bool constat_bloque(const struct dossier *d, const struct constat *c);

#endif
