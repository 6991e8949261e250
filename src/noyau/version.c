#include "noyau/version.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool lire(const char *s, uint32_t nombres[VERSION_NOMBRES])
{
    memset(nombres, 0, VERSION_NOMBRES * sizeof *nombres);
    if (*s == 'v' || *s == 'V')
        s++;
    for (int n = 0; n < VERSION_NOMBRES; n++) {
        int chiffres = 0;
        for (; *s >= '0' && *s <= '9' && chiffres < 10; s++, chiffres++)
            nombres[n] = chiffres < 9 ? nombres[n] * 10 + (uint32_t)(*s - '0') : 0;
        if (chiffres == 0 || chiffres > 9)
            return false;
        if (*s == '\0')
            return true;
        if (*s++ != '.')
            return false;
    }
    return false;
}

enum version_ordre version_comparer(const char *a, const char *b)
{
    uint32_t x[VERSION_NOMBRES], y[VERSION_NOMBRES];
    if (a == NULL || b == NULL || *a == '\0' || *b == '\0')
        return VERSION_INCOMPARABLE;
    if (strcmp(a, b) == 0)
        return VERSION_EGALE;
    if (!lire(a, x) || !lire(b, y))
        return VERSION_INCOMPARABLE;
    for (int i = 0; i < VERSION_NOMBRES; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? VERSION_AVANT : VERSION_APRES;
    return VERSION_EGALE;
}
