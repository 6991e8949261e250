/* Lines `clé valeur`, as entries, bordereaux and extracts are made of. Strict: one space, LF, nothing else. */
#ifndef SONS_REGISTRE_LIGNES_H
#define SONS_REGISTRE_LIGNES_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/texte.h"

/* Takes the first line of `reste` when it is exactly `cle valeur`, its value not empty. False: nothing is taken. */
bool ligne_prendre(struct slice *reste, const char *cle, struct slice *valeur);
/* Exactly `len` lower-case hexadecimal digits. */
bool ligne_hex(struct slice s, size_t len);
/* A number from 1, at most 18 digits, no leading zero. */
bool ligne_numero(struct slice s, int64_t *out);

#endif
