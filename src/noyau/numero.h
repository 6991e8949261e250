/* FINESS, SIREN and SIRET numbers: pattern, key, integer form. Source: domaine FINESS, measured on 142 417 numbers. */
#ifndef SONS_NOYAU_NUMERO_H
#define SONS_NOYAU_NUMERO_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/texte.h"

/* A FINESS number as an integer whose order is the byte order of the text: (c1 × 12 + c2) × 10^7 + c3…c9, where
 * A = 10 and B = 11. 0 = absent (000000000 has no meaning). Fits 31 bits. */
typedef uint32_t finess;
#define FINESS_ABSENT 0u
#define FINESS_TEXTE_MAX 10

enum numero_verdict { NUMERO_VALIDE, NUMERO_FORME, NUMERO_CLE };
/* "valide", "forme", "cle". */
const char *numero_verdict_nom(enum numero_verdict v);

/* Strict: exactly nine characters `[0-9][0-9AB][0-9]{7}`, Luhn key with A → 1, B → 2. `*out` is set on NUMERO_VALIDE. */
enum numero_verdict finess_parse(struct slice s, finess *out);
/* What a sheet holds: spaces removed, `a`/`b` upper-cased, one lost leading zero put back when the result begins 01 to
 * 09 and the key holds (`*repare` says so, may be NULL). */
enum numero_verdict finess_parse_saisie(struct slice s, finess *out, bool *repare);
/* Nine characters and a NUL (empty when absent). Returns `out`. */
char *finess_texte(finess f, char out[FINESS_TEXTE_MAX]);

/* SIREN: 9 digits, Luhn. SIRET: 14 digits, Luhn and its SIREN Luhn; La Poste (356000000): also when the digit sum is a
 * multiple of 5. Spaces inside are removed. Integers; 0 = absent. */
enum numero_verdict siren_parse(struct slice s, uint32_t *out);
enum numero_verdict siret_parse(struct slice s, uint64_t *out);
/* Empty when absent. */
char *siren_texte(uint32_t siren, char out[10]);
char *siret_texte(uint64_t siret, char out[15]);

#endif
