#include "metier/og_compter.h"

#include <stdlib.h>
#include <string.h>

#include "noyau/memoire.h"
#include "noyau/tri.h"

/* Masks already asked, by category: a base has a few hundred of them. */
enum { CATEGORIES_MAX = 1000 };
struct memo {
    bool connu;
    uint16_t agregat;
    unsigned masque;
};

static unsigned masque_de(const struct parametres *p, struct memo memo[CATEGORIES_MAX], const struct etablissement *e, struct jour date)
{
    struct memo *m = e->categorie < CATEGORIES_MAX ? &memo[e->categorie] : NULL;
    if (m == NULL)
        return couloirs_de_categorie(p, e->agregat, e->categorie, date);
    if (!m->connu || m->agregat != e->agregat)
        *m = (struct memo){true, e->agregat, couloirs_de_categorie(p, e->agregat, e->categorie, date)};
    return m->masque;
}

static int cmp_cle(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* EJ in the high half, rank of the ET in the low one: sorted by EJ, then by ET. */
static uint64_t *cles_triees(const struct etablissement *et, size_t n)
{
    uint64_t *cles = memoire_calloc(n + 1, sizeof *cles);
    for (size_t i = 0; i < n; i++)
        cles[i] = (uint64_t)et[i].ej << 32 | i;
    trier_liste(cles, n, sizeof *cles, cmp_cle);
    return cles;
}

struct og_compte *og_compter(const struct parametres *p, const struct etablissement *et, size_t n_et, struct jour date,
                             size_t *n, size_t par_couloir[COULOIR_NOMBRE])
{
    struct memo *memo = memoire_calloc(CATEGORIES_MAX, sizeof *memo);
    uint64_t *cles = cles_triees(et, n_et);
    size_t n_og = 0;
    for (size_t i = 0; i < n_et; i++)
        n_og += i == 0 || cles[i] >> 32 != cles[i - 1] >> 32;
    struct og_compte *og = memoire_calloc(1, n_og * sizeof *og + n_et * sizeof(struct et_de_l_og) + 1);
    struct et_de_l_og *liste = (struct et_de_l_og *)(void *)(og + n_og);
    struct og_compte *courant = og - 1;
    memset(par_couloir, 0, COULOIR_NOMBRE * sizeof *par_couloir);
    for (size_t i = 0; i < n_et; i++) {
        const struct etablissement *e = &et[cles[i] & UINT32_MAX];
        const unsigned masque = masque_de(p, memo, e, date);
        if (i == 0 || cles[i] >> 32 != cles[i - 1] >> 32) {
            courant++;
            *courant = (struct og_compte){.ej = e->ej, .et = &liste[i]};
        }
        liste[i] = (struct et_de_l_og){e->et, e->categorie, e->agregat};
        courant->n_et++;
        for (unsigned c = 0; c < COULOIR_NOMBRE; c++) {
            const bool compte = (masque >> c & 1u) != 0;
            courant->n[c] += compte;
            par_couloir[c] += compte;
        }
    }
    memoire_free(memo);
    memoire_free(cles);
    *n = n_og;
    return og;
}
