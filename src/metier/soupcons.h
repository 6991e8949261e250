/* What looks like a slip of entry though it reads: told aloud (E_SUSPECT), never a fault by itself. With --strict it refuses. */
#ifndef SONS_METIER_SOUPCONS_H
#define SONS_METIER_SOUPCONS_H

#include "metier/commande_interne.h"
#include "metier/juger.h"

/* A suspicion at a cell of the sheet; completed by the caller. Counts it in ctx. */
struct diag *soupcon(struct contexte *ctx, struct feuille *f, size_t ligne, size_t champ, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* A new order under a number that ASP gave to a request of another one. False on a fault of the registre. */
bool soupcon_homonyme(struct contexte *ctx, struct feuille *f, const struct commande_lue *o);
/* Row where a value of the order was read, else its first one. */
static inline size_t soupcon_ligne(const struct commande_lue *o, size_t champ)
{
    return o->source[champ] != 0 ? o->source[champ] - 1 : o->ligne;
}
/* Over the whole sheet once its values are read: swapped columns, rows copied, series, dates, merged cells, rows after a blank. */
void soupcons_feuille(struct lecture_commandes *l);
/* … and in its texts (soupcons_textes.c); called by soupcons_feuille. */
void soupcons_textes(struct lecture_commandes *l);
/* Orders of the sheet that name the same file, under one name or several; an import says it of the whole registre (pieces_partagees). */
void soupcons_bons(struct contexte *ctx, struct feuille *f, const struct commandes_lues *lues);
/* soupcons_montants.c: rate, reason, `ht`, `tva`, `ttc` of an order that cannot all be in their columns. */
void soupcons_montants(struct contexte *ctx, struct feuille *f, const struct commande_lue *o);

/* What only the registre tells: names of solutions, numbers of OG, ceilings. */
struct soupcons_juges;
struct soupcons_juges *soupcons_juges_creer(struct contexte *ctx, struct feuille *f);
void soupcons_juges_free(struct soupcons_juges *s);
/* Once an order of the sheet is judged. */
void soupcons_juger(struct soupcons_juges *s, const struct commande_lue *o, const struct dossier *d, const struct jugement *j);

/* A row of totals at the bottom, or between groups: its first text says so and it names no ESSMS. */
bool ligne_de_total(const struct feuille *f, size_t ligne);
/* `v` follows `avant` by one: number, text ending with a number, or day. */
bool valeurs_en_serie(struct slice avant, struct slice v);

#endif
