/* Lines `clé valeur`, as entries, bordereaux and extracts are made of. Strict: one space, LF, nothing else. */
#ifndef SONS_REGISTRE_LIGNES_H
#define SONS_REGISTRE_LIGNES_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/texte.h"

/* Takes the first line of `reste` when it is exactly `cle valeur`, its value not empty. False: nothing is taken. Inline: the length of
 * the key is then known, six times an entry. */
static inline bool ligne_prendre(struct slice *reste, const char *cle, struct slice *valeur)
{
    const size_t n = strlen(cle);
    if (reste->len < n + 3 || memcmp(reste->bytes, cle, n) != 0 || reste->bytes[n] != ' ')
        return false;
    const char *debut = reste->bytes + n + 1, *fin = memchr(debut, '\n', reste->len - n - 1);
    if (fin == NULL || fin == debut)
        return false;
    *valeur = (struct slice){debut, (size_t)(fin - debut)};
    *reste = (struct slice){fin + 1, (size_t)(reste->bytes + reste->len - fin - 1)};
    return true;
}
/* Exactly `len` lower-case hexadecimal digits. */
bool ligne_hex(struct slice s, size_t len);
/* A number from 1, at most 18 digits, no leading zero. */
bool ligne_numero(struct slice s, int64_t *out);

#endif
