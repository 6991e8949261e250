#include "registre/lignes.h"

#include <string.h>

/* Eight digits at once, since four hashes an entry are read so: the high bit of each byte of `x + k` tells whether that byte is 0x80 - k
 * or more, as long as none has its own high bit set. */
#define OCTETS(k) (UINT64_C(0x0101010101010101) * (k))
static bool huit_chiffres(const char *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    const uint64_t chiffre = (x + OCTETS(0x80 - '0')) & ~(x + OCTETS(0x80 - '9' - 1)), lettre = (x + OCTETS(0x80 - 'a')) & ~(x + OCTETS(0x80 - 'f' - 1));
    return (x & OCTETS(0x80)) == 0 && ((chiffre | lettre) & OCTETS(0x80)) == OCTETS(0x80);
}

bool ligne_hex(struct slice s, size_t len)
{
    if (s.len != len)
        return false;
    size_t i = 0;
    while (i + 8 <= len && huit_chiffres(s.bytes + i))
        i += 8;
    while (i < len && ((s.bytes[i] >= '0' && s.bytes[i] <= '9') || (s.bytes[i] >= 'a' && s.bytes[i] <= 'f')))
        i++;
    return i == len;
}

bool ligne_numero(struct slice s, int64_t *out)
{
    return s.len > 0 && s.bytes[0] != '0' && slice_entier(s, 18, out);
}
