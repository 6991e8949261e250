/* Projections: one projector per fact writes the tables of etat.sql. Rebuilding replays the journal through them. */
#ifndef SONS_REGISTRE_ETAT_H
#define SONS_REGISTRE_ETAT_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "registre/base.h"
#include "registre/fait.h"

/* Prepared statements of the projectors, for one transaction. */
struct projecteur;
struct projecteur *projecteur_creer(struct registre *r);
void projecteur_free(struct projecteur *p);
/* From here to projecteur_vider, rows may wait from one fact to the next (rafale.h): for a batch that reads nothing of what it
 * projects. projecteur_vider inserts them. */
void projecteur_par_rafales(struct projecteur *p);
bool projecteur_vider(struct projecteur *p, struct diag_liste *diags);
/* When the facts to come were recorded: a day that is not over when it is told counts from then. */
void projecteur_dater(struct projecteur *p, struct instant saisie);
/* Writes what the fact number `fait` (recorded at `instant`) changes. */
bool projeter(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags);

/* Replays entries 1 … `jusque` (0 = all) recorded at or before `instant` (INSTANT_ABSENT = all) into empty tables. */
bool etat_rejouer(struct registre *r, int64_t jusque, struct instant instant, struct diag_liste *diags);
/* Drops the projections and makes them again from the journal, in one transaction of its own. */
bool etat_reconstruire(struct registre *r, struct diag_liste *diags);
/* Brings a registre of an earlier version to this one: what livre.sql has gained, then the projections. */
bool etat_migrer(struct registre *r, struct diag_liste *diags);
/* Compares the projections of `r` with those of a fresh replay. Each table that differs is a fault (exit 4). */
bool etat_verifier(struct registre *r, size_t *tables, struct diag_liste *diags);

#endif
