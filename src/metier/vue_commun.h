/* Shared by the views only. */
#ifndef SONS_METIER_VUE_COMMUN_H
#define SONS_METIER_VUE_COMMUN_H

#include "metier/contexte.h"
#include "metier/vues.h"
#include "registre/base.h"

/* The base to look into: of that day, else the one of au's year for the couloir, else the latest (said as an information).
 * False when there is none. */
bool vue_base(struct contexte *ctx, enum couloir c, struct jour voulue, int64_t *base, struct jour *date);

/* A query whose columns are cells of the declared types: the whole of a list. `colonnes[n]` in the order of the select. Parameter ?1, when
 * the query has one, is the legal day of `au`; ?2 its second. */
bool vue_requete(struct contexte *ctx, const char *sql, const struct colonne *colonnes, size_t n, struct tableau_sortie *s);
/* Same, with words for the integers of closed lists: `mots[i]` (may be NULL) gives the word of column i. */
typedef const char *mot_de(int64_t n);
bool vue_requete_mots(struct contexte *ctx, const char *sql, const struct colonne *colonnes, mot_de *const *mots, size_t n,
                      struct tableau_sortie *s);
/* One row of a result as cells; slices live until the next step. */
void vue_cellules(sqlite3_stmt *s, const struct colonne *colonnes, mot_de *const *mots, size_t n, struct cellule *out);
mot_de mot_couloir;

#endif
