#include "registre/lignes.h"

#include <string.h>

bool ligne_prendre(struct slice *reste, const char *cle, struct slice *valeur)
{
    const size_t n = strlen(cle);
    const char *fin = reste->len > 0 ? memchr(reste->bytes, '\n', reste->len) : NULL;
    if (fin == NULL)
        return false;
    const size_t len = (size_t)(fin - reste->bytes);
    if (len < n + 2 || memcmp(reste->bytes, cle, n) != 0 || reste->bytes[n] != ' ')
        return false;
    *valeur = (struct slice){reste->bytes + n + 1, len - n - 1};
    reste->bytes += len + 1;
    reste->len -= len + 1;
    return true;
}

/* A look-up a digit: four hashes an entry are read so. */
static const bool chiffres[256] = {
    ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true, ['6'] = true, ['7'] = true,
    ['8'] = true, ['9'] = true, ['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true, ['e'] = true, ['f'] = true};

bool ligne_hex(struct slice s, size_t len)
{
    if (s.len != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (!chiffres[(unsigned char)s.bytes[i]])
            return false;
    return true;
}

bool ligne_numero(struct slice s, int64_t *out)
{
    return s.len > 0 && s.bytes[0] != '0' && slice_entier(s, 18, out);
}
