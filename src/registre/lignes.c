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

bool ligne_hex(struct slice s, size_t len)
{
    if (s.len != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (!((s.bytes[i] >= '0' && s.bytes[i] <= '9') || (s.bytes[i] >= 'a' && s.bytes[i] <= 'f')))
            return false;
    return true;
}

bool ligne_numero(struct slice s, int64_t *out)
{
    return s.len > 0 && s.bytes[0] != '0' && slice_entier(s, 18, out);
}
