#include "regles/accord.h"

#define MOTS_MAX 16

/* Ce qui n'est pas du nom : civilités, titres, particules, mots du nom d'usage. */
static const char *const vides[] = {"M",  "MR", "MONSIEUR", "MME", "MADAME", "MLLE", "MADEMOISELLE", "DR", "DOCTEUR", "PR", "PROFESSEUR",
                                    "ME", "MAITRE", "NE", "NEE", "EP", "EPOUSE", "VVE", "VEUVE", "DIT", "DITE", "OU", "ET",
                                    "D",  "DE", "DES", "DU", "L", "LA", "LE", "LES"};

static bool vide(struct slice mot)
{
    for (size_t i = 0; i < sizeof vides / sizeof *vides; i++)
        if (slice_equals(mot, vides[i]))
            return true;
    return false;
}

/* Les mots pliés, séparés par une espace ; au-delà de MOTS_MAX ils ne comptent plus. */
static size_t couper(const struct buffer *b, bool tous, struct slice mots[MOTS_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < b->len && n < MOTS_MAX;) {
        size_t fin = i;
        while (fin < b->len && b->bytes[fin] != ' ')
            fin++;
        const struct slice mot = {b->bytes + i, fin - i};
        if (mot.len > 0 && (tous || !vide(mot)))
            mots[n++] = mot;
        i = fin + 1;
    }
    return n;
}

/* Un nom qui ne serait fait que de mots vides garde les siens (« Anne Le »). */
static size_t mots_de(const struct buffer *b, struct slice mots[MOTS_MAX])
{
    const size_t n = couper(b, false, mots);
    return n > 0 ? n : couper(b, true, mots);
}

static bool meme_mot(struct slice a, struct slice b)
{
    const size_t court = a.len < b.len ? a.len : b.len;
    return (a.len == b.len || court == 1) && memcmp(a.bytes, b.bytes, court) == 0; /* une initiale vaut le mot qu'elle commence */
}

/* Chaque mot du plus court est l'un du plus long ; un mot n'en sert qu'un autre. */
static bool compris(const struct slice *court, size_t n, const struct slice *longue, size_t m)
{
    bool pris[MOTS_MAX] = {false};
    for (int entiers = 1; entiers >= 0; entiers--) /* les mots entiers d'abord : une initiale prend ce qui reste */
        for (size_t i = 0; i < n; i++) {
            size_t k = 0;
            if ((court[i].len > 1) != (entiers == 1))
                continue;
            while (k < m && (pris[k] || !meme_mot(court[i], longue[k])))
                k++;
            if (k == m)
                return false;
            pris[k] = true;
        }
    return true;
}

/* Au moins un mot entier en commun : deux initiales n'identifient personne. */
static bool reconnus(const struct slice *a, size_t n, const struct slice *b, size_t m)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            if (a[i].len > 1 && b[k].len > 1 && meme_mot(a[i], b[k]))
                return true;
    return false;
}

bool noms_accordes(struct slice a, struct slice b)
{
    struct buffer pa = {0}, pb = {0};
    struct slice ma[MOTS_MAX], mb[MOTS_MAX];
    texte_fold(&pa, a.len > 0 ? a.bytes : "", a.len);
    texte_fold(&pb, b.len > 0 ? b.bytes : "", b.len);
    const size_t n = mots_de(&pa, ma), m = mots_de(&pb, mb);
    const bool oui = n > 0 && m > 0 && reconnus(ma, n, mb, m) && (n <= m ? compris(ma, n, mb, m) : compris(mb, m, ma, n));
    buffer_free(&pa);
    buffer_free(&pb);
    return oui;
}
