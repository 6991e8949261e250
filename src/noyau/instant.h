/* Instants: seconds since 1970 in UTC, shown in legal time (Europe/Paris) by the European rule, so that no zone file
 * is needed: summer time from the last Sunday of March 01:00 UTC to the last Sunday of October 01:00 UTC. */
#ifndef SONS_NOYAU_INSTANT_H
#define SONS_NOYAU_INSTANT_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/jour.h"
#include "noyau/texte.h"

struct instant {
    int64_t s;
};
#define INSTANT_ABSENT ((struct instant){INT64_MIN})
#define INSTANT_TEXTE_MAX 40

static inline bool instant_present(struct instant i)
{
    return i.s != INSTANT_ABSENT.s;
}
static inline int instant_cmp(struct instant a, struct instant b)
{
    return (a.s > b.s) - (a.s < b.s);
}
/* Offset of legal time at that instant: 3600 or 7200 seconds. */
int32_t instant_decalage(struct instant i);
/* The legal day in which the instant falls. */
struct jour instant_jour(struct instant i);
/* First and last second of a legal day; INSTANT_ABSENT when the day is absent. */
struct instant instant_debut_du_jour(struct jour j);
struct instant instant_fin_du_jour(struct jour j);
/* Legal date and time to an instant; an hour that exists twice is the first; one that does not exist: false. */
bool instant_from_legal(struct jour j, int hour, int minute, int second, struct instant *out);
/* Strict `2024-03-31T21:59:59Z`. */
bool instant_parse_utc(struct slice s, struct instant *out);
/* What people type: `…Z`, `…+02:00`, `2024-12-19T14:00[:00]` or `2024-12-19 14:00[:00]` (legal time; the day may be
 * French too), or a bare date (ISO or French), which is the end of that day. `*date_seule` (may be NULL) tells the last case. */
bool instant_parse(struct slice s, struct instant *out, bool *date_seule);
/* All write an empty text for an absent instant (or one outside years 1..9999). */
char *instant_utc(struct instant i, char out[INSTANT_TEXTE_MAX]);    /* 2024-12-19T13:00:00Z */
char *instant_paris(struct instant i, char out[INSTANT_TEXTE_MAX]);  /* 2024-12-19T14:00:00+01:00 */
char *instant_fr(struct instant i, char out[INSTANT_TEXTE_MAX]);     /* 19/12/2024 14:00:00 */

/* The clock, read once: the first call reads it, the next ones give the same instant. */
struct instant horloge(void);
/* The clock now, for an entry that had to wait for another program; the same instant as horloge() once it was put. */
struct instant horloge_relire(void);
/* Puts the clock (registre fictif and tests); before the first call of horloge() or after. */
void horloge_fixer(struct instant i);

#endif
