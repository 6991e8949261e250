/* Working days (jours ouvrés): Monday to Friday, but the legal holidays of article L. 3133-1 of the code du travail. Those
 * of Alsace-Moselle alone (Good Friday, 26 December) are worked elsewhere: they count as working days here. */
#ifndef SONS_NOYAU_OUVRE_H
#define SONS_NOYAU_OUVRE_H

#include "noyau/jour.h"

/* Easter Sunday of a year 1583..9999 (Gregorian). */
struct jour jour_paques(int year);
/* One of the eleven legal holidays. */
bool jour_ferie(struct jour j);
bool jour_ouvre(struct jour j);
/* The n-th working day after `j`, which is not counted; JOUR_ABSENT when `j` is absent, n < 1, or the result leaves
 * years 1..9999. */
struct jour jour_ouvre_plus(struct jour j, int n);

#endif
