/* Money in integer centimes and rates in ten-thousandths; two types that do not mix. Every rounding is named.
 * No float. Every sum is checked for overflow. */
#ifndef SONS_NOYAU_MONTANT_H
#define SONS_NOYAU_MONTANT_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/texte.h"

struct montant {
    int64_t centimes;
};

/* A rate in 1/10 000: 2000 = 20 %, 850 = 8,5 %, 3000 = 30 %. 0 to 10 000. */
struct taux {
    int32_t dix_milliemes;
};

/* Largest amount accepted from outside: 999 999 999 999,99 €. */
#define MONTANT_MAX INT64_C(99999999999999)
/* Absent amount or rate in plain data. */
#define MONTANT_ABSENT ((struct montant){INT64_MIN})
#define TAUX_ABSENT ((struct taux){-1})

static inline struct montant montant_of(int64_t centimes)
{
    return (struct montant){centimes};
}
static inline bool montant_present(struct montant m)
{
    return m.centimes != MONTANT_ABSENT.centimes;
}
static inline bool taux_present(struct taux t)
{
    return t.dix_milliemes >= 0;
}
/* Sums; false when the result leaves ±MONTANT_MAX (`*out` untouched). */
bool montant_add(struct montant a, struct montant b, struct montant *out);
bool montant_sub(struct montant a, struct montant b, struct montant *out);
bool montant_mul(struct montant a, int64_t n, struct montant *out);
/* a × t, rounded half up to the centime (a ≥ 0). False on overflow. */
bool montant_fois_taux_arrondi(struct montant a, struct taux t, struct montant *out);
/* a × num / den, rounded half up (a, num ≥ 0, den > 0). 128-bit inside. False on overflow. */
bool montant_fraction_arrondie(struct montant a, int64_t num, int64_t den, struct montant *out);
/* a × num / den, rounded down. */
bool montant_fraction_plancher(struct montant a, int64_t num, int64_t den, struct montant *out);

/* Splits `total` in `n` parts, in proportion to `poids` (NULL: equal), each part rounded down, the remainder one
 * centime each to the first parts (regles.md § 2 « Per ESSMS »; the caller orders by FINESS number).
 * n ≥ 1; total ≥ 0; the sum of poids > 0. `out[n]`. False on overflow or a bad argument. */
bool montant_repartir(struct montant total, const struct montant *poids, uint32_t n, struct montant *out);

/* Reads a French or plain amount: `6 570,00`, `6570.00`, `6 570,00 €`, `6570`; blanks may be ASCII, no-break or narrow
 * no-break; at most two decimals; optional sign. A lone group such as `6.570` or `6,570` is ambiguous: refused.
 * The whole slice must be used. */
bool montant_parse(struct slice s, struct montant *out);
/* Reads `20`, `20 %`, `8,5`, `8.5`, `0`; 0 to 100 %, at most two decimals. */
bool taux_parse(struct slice s, struct taux *out);

#define MONTANT_TEXTE_MAX 48
/* An absent amount or rate is written as an empty text by all of these. */
/* `6 570,00 €` with narrow no-break spaces (U+202F) between groups and a no-break space before €. Returns `out`. */
char *montant_fr(struct montant m, char out[MONTANT_TEXTE_MAX]);
/* `6570.00`: XML. */
char *montant_xml(struct montant m, char out[MONTANT_TEXTE_MAX]);
/* `6570,00`: CSV. */
char *montant_csv(struct montant m, char out[MONTANT_TEXTE_MAX]);
/* `20 %`, `8,5 %` (no-break space). */
char *taux_fr(struct taux t, char out[MONTANT_TEXTE_MAX]);
/* `20.00`: XML. */
char *taux_xml(struct taux t, char out[MONTANT_TEXTE_MAX]);
/* `20`, `8,5`: CSV, as taux_parse reads it. */
char *taux_csv(struct taux t, char out[MONTANT_TEXTE_MAX]);
/* `1 234 567` with narrow no-break spaces: how people read counts. */
char *entier_fr(int64_t n, char out[MONTANT_TEXTE_MAX]);

#endif
