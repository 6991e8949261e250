/* Insertion by bursts. A row bound, stepped and reset alone pays more for the statement than for the row; here rows wait in
 * memory and one statement inserts them all, reading them as a table (measured: 3 times faster). What waits is not in the
 * file: whoever reads the table in the same transaction empties the burst first. */
#ifndef SONS_REGISTRE_RAFALE_H
#define SONS_REGISTRE_RAFALE_H

#include "registre/base.h"

enum valeur_type { VALEUR_NULL, VALEUR_N, VALEUR_TEXTE, VALEUR_OCTETS };
/* A value of a row; starts zeroed, NULL. */
struct valeur {
    enum valeur_type type;
    uint32_t len; /* bytes of `octets` */
    union {
        int64_t n;
        const void *octets;
    };
};
static inline void valeur_n(struct valeur *v, int64_t n)
{
    v->type = VALEUR_N;
    v->n = n;
}
static inline void valeur_n_ou_null(struct valeur *v, int64_t n, bool present)
{
    v->type = present ? VALEUR_N : VALEUR_NULL;
    v->n = n;
}
/* Empty = ''. */
static inline void valeur_slice(struct valeur *v, struct slice s)
{
    v->type = VALEUR_TEXTE;
    v->len = (uint32_t)s.len;
    v->octets = s.len == 0 ? "" : s.bytes;
}
static inline void valeur_slice_ou_null(struct valeur *v, struct slice s)
{
    valeur_slice(v, s);
    v->type = s.len == 0 ? VALEUR_NULL : VALEUR_TEXTE;
}
static inline void valeur_octets(struct valeur *v, const void *p, size_t n)
{
    v->type = VALEUR_OCTETS;
    v->len = (uint32_t)n;
    v->octets = p;
}
static inline bool valeur_est_n(const struct valeur *v)
{
    return v->type == VALEUR_N;
}
static inline int64_t valeur_entier(const struct valeur *v) /* 0 when it is not one */
{
    return v->type == VALEUR_N ? v->n : 0;
}
static inline struct slice valeur_texte(const struct valeur *v)
{
    return (struct slice){v->octets, v->type == VALEUR_TEXTE ? v->len : 0};
}
/* Binds `n` values to ?1 … ?n of a statement; they must live until it is stepped. */
void valeurs_lier(sqlite3_stmt *s, const struct valeur *v, int n);
/* The first `n` columns of the row that a statement is on, valid until its next step. */
void valeurs_lues(sqlite3_stmt *s, struct valeur *v, int n);

struct rafale;
/* `nom` stands for the waiting rows in `sql`, their values being v1 … vN: `insert or fail into t (a, b) select v1, v2 from nom`
 * (or fail: no copy of the pages is kept to undo half a burst; the transaction is undone). NULL with a diagnostic. */
struct rafale *rafale_creer(struct registre *r, const char *nom, int colonnes, const char *sql, struct diag_liste *diags);
/* What waits is forgotten. NULL is allowed. */
void rafale_free(struct rafale *f);
/* The next row, all NULL, to be filled: v1 is [0]. */
struct valeur *rafale_ligne(struct rafale *f);
/* The row is whole: its texts are copied. Empties the burst when it is long. */
bool rafale_poser(struct rafale *f, struct diag_liste *diags);
/* Inserts what waits. */
bool rafale_vider(struct rafale *f, struct diag_liste *diags);

#endif
