/* Known answers: one function per file of tests/cas. */
#ifndef SONS_TESTS_CAS_H
#define SONS_TESTS_CAS_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/memoire.h"
#include "noyau/texte.h"
#include "regles/parametres.h"

struct cas_contexte {
    struct parametres *parametres; /* NULL for the files that need none */
    struct arene arene;            /* emptied after each row */
};
/* Reads the input columns of a row and appends what the program finds for the others, separated by `;`. False when an
 * input cannot be read or the program gives no answer. */
typedef bool cas_fonction(struct cas_contexte *c, const struct slice *champs, struct buffer *trouve);

cas_fonction cas_finess, cas_heure_legale, cas_repartition, cas_tva;  /* cas_noyau.c */
cas_fonction cas_avance, cas_bareme, cas_plafond, cas_delai120;       /* cas_regles.c */

/* An integer that fills the whole field. */
bool cas_entier(struct slice s, int64_t min, int64_t max, int64_t *out);

#endif
