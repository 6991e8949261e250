#include "noyau/numero.h"

#include <string.h>

const char *numero_verdict_nom(enum numero_verdict v)
{
    static const char *const noms[] = {"valide", "forme", "cle"};
    return noms[v];
}

/* Luhn over `n` values 0..9, the last one being the key. */
static bool luhn(const unsigned char *values, size_t n)
{
    unsigned sum = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned v = values[i];
        if ((n - 1 - i) % 2 == 1)
            v = v > 4 ? 2 * v - 9 : 2 * v;
        sum += v;
    }
    return sum % 10 == 0;
}

/* Copies the non-blank bytes; false when there are not between `min` and `max` of them. */
static bool compact(struct slice s, char *out, size_t min, size_t max, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.bytes[i];
        size_t blank = c > ' ' && c < 0x80 ? 0 : texte_blanc(s.bytes + i, s.len - i);
        if (blank) {
            i += blank;
            continue;
        }
        if (*n == max)
            return false;
        out[(*n)++] = s.bytes[i++];
    }
    return *n >= min;
}

enum numero_verdict finess_parse(struct slice s, finess *out)
{
    unsigned char values[9];
    uint32_t n = 0;
    if (s.len != 9)
        return NUMERO_FORME;
    for (size_t i = 0; i < 9; i++) {
        char c = s.bytes[i];
        bool letter = i == 1 && (c == 'A' || c == 'B');
        if (!letter && (c < '0' || c > '9'))
            return NUMERO_FORME;
        values[i] = (unsigned char)(letter ? c - 'A' + 1 : c - '0');
        n = n * (i == 1 ? 12 : 10) + (letter ? (uint32_t)(c - 'A') + 10 : values[i]);
    }
    if (n == FINESS_ABSENT)
        return NUMERO_FORME;
    if (!luhn(values, 9))
        return NUMERO_CLE;
    *out = n;
    return NUMERO_VALIDE;
}

enum numero_verdict finess_parse_saisie(struct slice s, finess *out, bool *repare)
{
    char text[10] = "0"; /* room for the zero put back */
    size_t n;
    if (repare)
        *repare = false;
    if (!compact(s, text + 1, 8, 9, &n))
        return NUMERO_FORME;
    if (text[2] == 'a' || text[2] == 'b')
        text[2] = (char)(text[2] - 'a' + 'A');
    if (n == 9)
        return finess_parse((struct slice){text + 1, 9}, out);
    /* A spreadsheet lost the zero: only 01 to 09, and only when the key proves it. */
    if (text[1] < '1' || text[1] > '9' || finess_parse((struct slice){text, 9}, out) != NUMERO_VALIDE)
        return NUMERO_FORME;
    if (repare)
        *repare = true;
    return NUMERO_VALIDE;
}

char *finess_texte(finess f, char out[FINESS_TEXTE_MAX])
{
    out[0] = '\0';
    if (f == FINESS_ABSENT)
        return out;
    out[9] = '\0';
    for (int i = 8; i >= 2; i--, f /= 10)
        out[i] = (char)('0' + f % 10);
    out[1] = "0123456789AB"[f % 12];
    out[0] = (char)('0' + f / 12 % 10);
    return out;
}

/* Digits only, blanks removed, in `values` and as an integer. */
static bool digits(struct slice s, size_t n, unsigned char *values, uint64_t *number)
{
    char text[14];
    size_t len;
    *number = 0;
    if (!compact(s, text, n, n, &len))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        values[i] = (unsigned char)(text[i] - '0');
        *number = *number * 10 + values[i];
    }
    return *number != 0;
}

enum numero_verdict siren_parse(struct slice s, uint32_t *out)
{
    unsigned char values[9];
    uint64_t n;
    if (!digits(s, 9, values, &n))
        return NUMERO_FORME;
    if (!luhn(values, 9))
        return NUMERO_CLE;
    *out = (uint32_t)n;
    return NUMERO_VALIDE;
}

#define SIREN_LA_POSTE 356000000u

enum numero_verdict siret_parse(struct slice s, uint64_t *out)
{
    unsigned char values[14];
    uint64_t n;
    if (!digits(s, 14, values, &n))
        return NUMERO_FORME;
    bool key = luhn(values, 14);
    if (!key && n / 100000 == SIREN_LA_POSTE) {
        unsigned sum = 0;
        for (size_t i = 0; i < 14; i++)
            sum += values[i];
        key = sum % 5 == 0;
    }
    if (!key || !luhn(values, 9))
        return NUMERO_CLE;
    *out = n;
    return NUMERO_VALIDE;
}

static char *put(uint64_t n, int width, char *out)
{
    if (n == 0)
        width = 0;
    out[width] = '\0';
    for (int i = width - 1; i >= 0; i--, n /= 10)
        out[i] = (char)('0' + n % 10);
    return out;
}

char *siren_texte(uint32_t siren, char out[10])
{
    return put(siren, 9, out);
}

char *siret_texte(uint64_t siret, char out[15])
{
    return put(siret, 14, out);
}
