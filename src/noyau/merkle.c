#include "noyau/merkle.h"

#include <string.h>

struct empreinte merkle_feuille(const void *bytes, size_t len)
{
    static const unsigned char zero = 0;
    return empreinte_de_deux(&zero, 1, bytes, len);
}

struct empreinte merkle_noeud(const struct empreinte *gauche, const struct empreinte *droite)
{
    unsigned char t[1 + 2 * sizeof gauche->octets] = {1};
    memcpy(t + 1, gauche->octets, sizeof gauche->octets);
    memcpy(t + 1 + sizeof gauche->octets, droite->octets, sizeof droite->octets);
    return empreinte_de(t, sizeof t);
}

/* --- roots -------------------------------------------------------------------------------------------------------- */

void merkle_ajouter_bloc(struct merkle_pile *p, unsigned niveau, const struct empreinte *racine)
{
    struct empreinte h = *racine;
    unsigned k = niveau;
    for (; k < MERKLE_NIVEAUX - 1 && (p->n >> k & 1) != 0; k++)
        h = merkle_noeud(&p->h[k], &h);
    p->h[k] = h;
    p->n += UINT64_C(1) << niveau;
}

void merkle_ajouter(struct merkle_pile *p, const struct empreinte *feuille)
{
    merkle_ajouter_bloc(p, 0, feuille);
}

struct empreinte merkle_racine(const struct merkle_pile *p)
{
    struct empreinte h;
    bool vide = true;
    for (unsigned k = 0; k < MERKLE_NIVEAUX; k++) {
        if ((p->n >> k & 1) == 0)
            continue;
        h = vide ? p->h[k] : merkle_noeud(&p->h[k], &h);
        vide = false;
    }
    return vide ? empreinte_de("", 0) : h;
}

/* --- proofs ------------------------------------------------------------------------------------------------------- */

/* The largest power of two below n; n > 1. */
static uint64_t coupe(uint64_t n)
{
    uint64_t k = 1;
    while (k < n - k)
        k *= 2;
    return k;
}

static bool prouver(struct merkle_preuve *out, merkle_plage *f, void *ctx, uint64_t de, uint64_t n)
{
    return out->n < MERKLE_PREUVE_MAX && f(ctx, de, n, &out->h[out->n++]);
}

static void retourner(struct merkle_preuve *p)
{
    for (size_t i = 0, j = p->n; i + 1 < j; i++) {
        const struct empreinte h = p->h[i];
        p->h[i] = p->h[--j];
        p->h[j] = h;
    }
}

/* From the root down, then turned round: the RFC puts the leaves first. */
bool merkle_inclusion(uint64_t feuille, uint64_t taille, merkle_plage *f, void *ctx, struct merkle_preuve *out)
{
    uint64_t de = 0, n = taille;
    out->n = 0;
    while (n > 1) {
        const uint64_t k = coupe(n);
        const bool gauche = feuille - de < k;
        if (!prouver(out, f, ctx, gauche ? de + k : de, gauche ? n - k : k))
            return false;
        de += gauche ? 0 : k;
        n = gauche ? k : n - k;
    }
    retourner(out);
    return true;
}

bool merkle_continuite(uint64_t m, uint64_t n, merkle_plage *f, void *ctx, struct merkle_preuve *out)
{
    uint64_t de = 0;
    bool entier = true; /* the subtree is one of the old tree as well, whose root the verifier has */
    out->n = 0;
    while (m != n) {
        const uint64_t k = coupe(n);
        if (!prouver(out, f, ctx, m <= k ? de + k : de, m <= k ? n - k : k))
            return false;
        if (m <= k) {
            n = k;
        } else {
            de += k;
            m -= k;
            n -= k;
            entier = false;
        }
    }
    if (!entier && !prouver(out, f, ctx, de, m))
        return false;
    retourner(out);
    return true;
}

bool merkle_inclusion_tient(const struct empreinte *hash, uint64_t feuille, uint64_t taille, const struct merkle_preuve *p,
                            const struct empreinte *racine)
{
    if (feuille >= taille)
        return false;
    uint64_t fn = feuille, sn = taille - 1;
    struct empreinte r = *hash;
    for (size_t i = 0; i < p->n; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) != 0 || fn == sn) {
            r = merkle_noeud(&p->h[i], &r);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            r = merkle_noeud(&r, &p->h[i]);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && empreinte_egale(&r, racine);
}

bool merkle_continuite_tient(uint64_t m, const struct empreinte *racine_m, uint64_t n, const struct empreinte *racine_n,
                             const struct merkle_preuve *p)
{
    if (m == 0 || m > n)
        return false;
    if (m == n)
        return p->n == 0 && empreinte_egale(racine_m, racine_n);
    if (p->n == 0)
        return false;
    const bool puissance = (m & (m - 1)) == 0;
    uint64_t fn = m - 1, sn = n - 1;
    for (; (fn & 1) != 0; fn >>= 1)
        sn >>= 1;
    struct empreinte fr = puissance ? *racine_m : p->h[0], sr = fr;
    for (size_t i = puissance ? 0 : 1; i < p->n; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) != 0 || fn == sn) {
            fr = merkle_noeud(&p->h[i], &fr);
            sr = merkle_noeud(&p->h[i], &sr);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            sr = merkle_noeud(&sr, &p->h[i]);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && empreinte_egale(&fr, racine_m) && empreinte_egale(&sr, racine_n);
}
