#include "noyau/suggestion.h"

#include <stdint.h>
#include <string.h>
#include "noyau/texte.h"

#define MOT_MAX 63

static size_t min(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t suggestion_distance(const char *a, const char *b)
{
    size_t la = strnlen(a, MOT_MAX + 1), lb = strnlen(b, MOT_MAX + 1);
    if (la > MOT_MAX || lb > MOT_MAX)
        return SIZE_MAX;
    unsigned char d[MOT_MAX + 1][MOT_MAX + 1];
    for (size_t i = 0; i <= la; i++)
        d[i][0] = (unsigned char)i;
    for (size_t j = 0; j <= lb; j++)
        d[0][j] = (unsigned char)j;
    for (size_t i = 1; i <= la; i++)
        for (size_t j = 1; j <= lb; j++) {
            size_t best = min(d[i - 1][j] + 1u, d[i][j - 1] + 1u);
            best = min(best, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = min(best, d[i - 2][j - 2] + 1u);
            d[i][j] = (unsigned char)best;
        }
    return d[la][lb];
}

void suggestion_offrir(struct suggestion *s, const char *mot)
{
    struct buffer plie = {0};
    texte_fold_name(&plie, mot, strlen(mot));
    size_t longueur = strlen(s->voulu);
    size_t d = suggestion_distance(s->voulu, plie.bytes);
    /* A word cut short is as good as a slip of the finger. */
    if (longueur >= 2 && plie.len > longueur && memcmp(plie.bytes, s->voulu, longueur) == 0)
        d = 1;
    size_t seuil = longueur < 4 ? 1 : longueur < 8 ? 2 : 3;
    if (d <= seuil && (!s->meilleur || d < s->distance)) {
        s->meilleur = mot;
        s->distance = d;
    }
    buffer_free(&plie);
}
