/* Calendar days, proleptic Gregorian, as a number of days since 1970-01-01. */
#ifndef SONS_NOYAU_JOUR_H
#define SONS_NOYAU_JOUR_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/texte.h"

struct jour {
    int32_t n;
};
#define JOUR_ABSENT ((struct jour){INT32_MIN})
#define JOUR_TEXTE_MAX 16

/* Inline, as jour_cmp: the rules and the loader ask some hundred times an order. */
static inline bool jour_present(struct jour j)
{
    return j.n != INT32_MIN;
}
/* True and `*out` when year 1..9999, month and day exist. */
bool jour_from_ymd(int year, int month, int day, struct jour *out);
void jour_to_ymd(struct jour j, int *year, int *month, int *day);
int jour_annee(struct jour j);
/* b − a in days: the count of the 120 days (regles.md § 5: submission − order). Both present. */
int32_t jour_ecart(struct jour a, struct jour b);
/* JOUR_ABSENT when `j` is absent or the result leaves years 1..9999. */
struct jour jour_plus(struct jour j, int32_t days);
/* −1, 0, 1. */
static inline int jour_cmp(struct jour a, struct jour b)
{
    return (a.n > b.n) - (a.n < b.n);
}
/* `2022-07-12`, exactly. */
bool jour_parse_iso(struct slice s, struct jour *out);
/* `2022-07-12` or `12/07/2022` (two-digit day and month, one digit accepted; the year has four). What people type; blanks around
 * are dropped. */
bool jour_parse(struct slice s, struct jour *out);
/* Both write an empty text for an absent day. */
char *jour_iso(struct jour j, char out[JOUR_TEXTE_MAX]);
char *jour_fr(struct jour j, char out[JOUR_TEXTE_MAX]); /* 12/07/2022 */

#endif
