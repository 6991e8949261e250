/* Trees and proofs: known answers of the Certificate Transparency test tree, the example of RFC 9162 § 2.1.5, and trees drawn
 * at random against the recursive definition of the RFC, written as it stands there. */
#include "essai.h"
#include "../outils/alea.h"
#include "noyau/merkle.h"
#include "noyau/memoire.h"

struct foret {
    struct empreinte *f;
    size_t n;
};

/* MTH, section 2.1.1, word for word. */
static struct empreinte mth(const struct empreinte *f, uint64_t n)
{
    if (n == 0)
        return empreinte_de("", 0);
    if (n == 1)
        return f[0];
    uint64_t k = 1;
    while (2 * k < n)
        k *= 2;
    const struct empreinte g = mth(f, k), d = mth(f + k, n - k);
    return merkle_noeud(&g, &d);
}

static bool plage(void *ctx, uint64_t de, uint64_t n, struct empreinte *out)
{
    const struct foret *a = ctx;
    if (de + n > a->n)
        return false;
    *out = mth(a->f + de, n);
    return true;
}

static struct empreinte hex(const char *t)
{
    struct empreinte e;
    assert_true(empreinte_parse(slice_of(t), &e));
    return e;
}

static void egales(const struct empreinte *a, const struct empreinte *b)
{
    char x[EMPREINTE_HEX], y[EMPREINTE_HEX];
    assert_string_equal(empreinte_hex(a, x), empreinte_hex(b, y));
}

/* --- the eight leaves of Certificate Transparency ------------------------------------------------------------------ */

static const struct slice feuilles[] = {SLICE(""), SLICE("\x00"), SLICE("\x10"), SLICE("\x20\x21"), SLICE("\x30\x31"), SLICE("\x40\x41\x42\x43"),
                                        SLICE("\x50\x51\x52\x53\x54\x55\x56\x57"),
                                        SLICE("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f")};
static const char *const racines[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
#define N96 "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
#define N5F "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
#define N6B "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
#define NBC "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
#define NCA "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
#define ND3 "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
#define N6E "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
#define NFA "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
#define N0E "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
static const struct { uint64_t a, n; const char *h[4]; } inclusions[] = {
    {0, 1, {NULL}}, {0, 8, {N96, N5F, N6B}}, {5, 8, {NBC, NCA, ND3}}, {2, 3, {NFA}}, {1, 5, {N6E, N5F, NBC}}},
    continuites[] = {{1, 1, {NULL}}, {1, 8, {N96, N5F, N6B}}, {6, 8, {N0E, NCA, ND3}}, {2, 5, {N5F, NBC}}};

static void meme_preuve(const struct merkle_preuve *p, const char *const *h)
{
    size_t n = 0;
    for (; n < 4 && h[n] != NULL; n++) {
        const struct empreinte e = hex(h[n]);
        assert_true(n < p->n);
        egales(&p->h[n], &e);
    }
    assert_int_equal(p->n, n);
}

static void test_connus(void **state)
{
    (void)state;
    struct empreinte f[8];
    struct foret a = {f, 8};
    struct merkle_pile pile = {0};
    struct merkle_preuve p;
    for (size_t i = 0; i <= 8; i++) {
        const struct empreinte r = merkle_racine(&pile), attendue = hex(racines[i]);
        egales(&r, &attendue);
        assert_int_equal(pile.n, i);
        if (i == 8)
            break;
        f[i] = merkle_feuille(feuilles[i].bytes, feuilles[i].len);
        merkle_ajouter(&pile, &f[i]);
    }
    for (size_t i = 0; i < NOMBRE(inclusions); i++) {
        assert_true(merkle_inclusion(inclusions[i].a, inclusions[i].n, plage, &a, &p));
        meme_preuve(&p, inclusions[i].h);
    }
    for (size_t i = 0; i < NOMBRE(continuites); i++) {
        assert_true(merkle_continuite(continuites[i].a, continuites[i].n, plage, &a, &p));
        meme_preuve(&p, continuites[i].h);
    }
}

/* RFC 9162 § 2.1.5: seven leaves; a … f, j = leaves, g, h, i = pairs, k = i over j, l = g over h. */
static void test_exemple_rfc(void **state)
{
    (void)state;
    struct empreinte f[7];
    struct foret t = {f, 7};
    struct merkle_preuve p;
    for (size_t i = 0; i < 7; i++) {
        const char c = (char)('0' + i);
        f[i] = merkle_feuille(&c, 1);
    }
    const struct empreinte a = f[0], b = f[1], c = f[2], d = f[3], e = f[4], f5 = f[5], j = f[6];
    const struct empreinte g = merkle_noeud(&a, &b), h = merkle_noeud(&c, &d), i = merkle_noeud(&e, &f5), l = merkle_noeud(&g, &h),
                           k = merkle_noeud(&i, &j), racine = merkle_noeud(&l, &k);
    const struct { bool continuite; uint64_t x; struct empreinte h[4]; size_t n; } cas[] = {
        {false, 0, {b, h, k}, 3}, {false, 3, {c, g, k}, 3}, {false, 4, {f5, j, l}, 3}, {false, 6, {i, l}, 2},
        {true, 3, {c, d, g, k}, 4}, {true, 4, {k}, 1}, {true, 6, {i, j, l}, 3}};
    for (size_t n = 0; n < NOMBRE(cas); n++) {
        assert_true((cas[n].continuite ? merkle_continuite : merkle_inclusion)(cas[n].x, 7, plage, &t, &p));
        assert_int_equal(p.n, cas[n].n);
        for (size_t q = 0; q < p.n; q++)
            egales(&p.h[q], &cas[n].h[q]);
        const struct empreinte m = mth(f, cas[n].x);
        assert_true(cas[n].continuite ? merkle_continuite_tient(cas[n].x, &m, 7, &racine, &p)
                                      : merkle_inclusion_tient(&f[cas[n].x], cas[n].x, 7, &p, &racine));
    }
}

/* --- at random ----------------------------------------------------------------------------------------------------- */

static struct foret planter(struct alea *a, size_t n)
{
    struct foret f = {memoire_calloc(n + 1, sizeof(struct empreinte)), n};
    for (size_t i = 0; i < n; i++) {
        const uint64_t x = alea_64(a);
        f.f[i] = merkle_feuille(&x, sizeof x);
    }
    return f;
}

/* Every way of spoiling it slightly: a bit of a hash, one more, one less, two exchanged. */
static size_t refusee(struct alea *a, struct merkle_preuve p, bool (*tient)(const void *ctx, const struct merkle_preuve *p), const void *ctx)
{
    size_t essais = 0;
    struct merkle_preuve q = p;
    if (p.n > 0) {
        q.h[alea_sous(a, (uint32_t)p.n)].octets[alea_sous(a, 32)] ^= (unsigned char)(1u << alea_sous(a, 8));
        assert_false(tient(ctx, &q));
        q = p;
        q.n--;
        assert_false(tient(ctx, &q));
        essais += 2;
    }
    q = p;
    q.h[q.n++] = empreinte_de("x", 1);
    assert_false(tient(ctx, &q));
    if (p.n > 1) {
        q = p;
        const struct empreinte h = q.h[0];
        q.h[0] = q.h[1];
        q.h[1] = h;
        assert_false(tient(ctx, &q));
        essais++;
    }
    return essais + 1;
}

struct dite {
    uint64_t m, n;
    struct empreinte a, racine;
};
static bool inclusion_dite(const void *ctx, const struct merkle_preuve *p)
{
    const struct dite *d = ctx;
    return merkle_inclusion_tient(&d->a, d->m, d->n, p, &d->racine);
}
static bool continuite_dite(const void *ctx, const struct merkle_preuve *p)
{
    const struct dite *d = ctx;
    return merkle_continuite_tient(d->m, &d->a, d->n, &d->racine, p);
}

static void une_inclusion(struct alea *a, struct foret *f, uint64_t m, uint64_t n, const struct empreinte *racine, size_t *refus)
{
    struct merkle_preuve p;
    struct dite d = {m, n, f->f[m], *racine};
    assert_true(merkle_inclusion(m, n, plage, f, &p));
    assert_true(inclusion_dite(&d, &p));
    *refus += refusee(a, p, inclusion_dite, &d);
    d.m = n; /* no such leaf */
    assert_false(inclusion_dite(&d, &p));
    if (n > 1) { /* another leaf in its place */
        d.m = m;
        d.a = f->f[(m + 1) % n];
        assert_false(inclusion_dite(&d, &p));
    }
}

static void une_continuite(struct alea *a, struct foret *f, uint64_t m, uint64_t n, const struct empreinte *racine, size_t *refus)
{
    struct merkle_preuve p;
    struct dite d = {m, n, mth(f->f, m), *racine};
    assert_true(merkle_continuite(m, n, plage, f, &p));
    assert_true(continuite_dite(&d, &p));
    *refus += refusee(a, p, continuite_dite, &d);
    d.a.octets[0] ^= 1;
    assert_false(continuite_dite(&d, &p));
    d.a.octets[0] ^= 1;
    d.racine.octets[31] ^= 1;
    assert_false(continuite_dite(&d, &p));
    d.racine.octets[31] ^= 1;
    d.m = 0;
    assert_false(continuite_dite(&d, &p));
    d.m = n + 1;
    assert_false(continuite_dite(&d, &p));
}

/* Every leaf and every prefix of every tree up to 40 leaves. */
static void test_petits(void **state)
{
    (void)state;
    struct alea a = alea_de(5, 0);
    size_t refus = 0, preuves = 0;
    for (uint64_t n = 1; n <= 40; n++) {
        struct foret f = planter(&a, n);
        const struct empreinte racine = mth(f.f, n);
        for (uint64_t m = 1; m <= n; m++, preuves += 2) {
            une_inclusion(&a, &f, m - 1, n, &racine, &refus);
            une_continuite(&a, &f, m, n, &racine, &refus);
        }
        memoire_free(f.f);
    }
    assert_int_equal(preuves, 40 * 41);
    assert_true(refus > 5000);
}

static void test_hasard(void **state)
{
    (void)state;
    const char *env = getenv("SONS_GRAINE");
    const uint64_t graine = env != NULL ? strtoull(env, NULL, 10) : 20221205;
    print_message("# graine %llu (SONS_GRAINE)\n", (unsigned long long)graine);
    size_t refus = 0;
    for (uint64_t tour = 0; tour < 40; tour++) {
        struct alea a = alea_de(graine, tour);
        const uint64_t n = alea_entre(&a, 1, 4000);
        struct foret f = planter(&a, n);
        struct merkle_pile pile = {0}, blocs = {0};
        for (uint64_t i = 0; i < n; i++)
            merkle_ajouter(&pile, &f.f[i]);
        for (uint64_t i = 0; i < n;) { /* the same by blocks of 16, then leaf by leaf */
            if (i + 16 <= n) {
                const struct empreinte b = mth(f.f + i, 16);
                merkle_ajouter_bloc(&blocs, 4, &b);
                i += 16;
            } else {
                merkle_ajouter(&blocs, &f.f[i++]);
            }
        }
        const struct empreinte racine = mth(f.f, n), r = merkle_racine(&pile), s = merkle_racine(&blocs);
        egales(&r, &racine);
        egales(&s, &racine);
        for (int k = 0; k < 12; k++) {
            une_inclusion(&a, &f, alea_sous(&a, (uint32_t)n), n, &racine, &refus);
            une_continuite(&a, &f, alea_entre(&a, 1, (uint32_t)n), n, &racine, &refus);
        }
        memoire_free(f.f);
    }
    assert_true(refus > 3000);
}

/* A source that fails stops the proof; numbers that are none make no proof hold. */
static bool muette(void *ctx, uint64_t de, uint64_t n, struct empreinte *out)
{
    (void)ctx, (void)de, (void)n, (void)out;
    return false;
}

static void test_bords(void **state)
{
    (void)state;
    struct merkle_preuve p = {0};
    const struct empreinte vide = empreinte_de("", 0);
    assert_false(merkle_inclusion(3, 9, muette, NULL, &p));
    assert_false(merkle_continuite(3, 9, muette, NULL, &p));
    assert_true(merkle_inclusion(0, 1, muette, NULL, &p));
    assert_true(merkle_continuite(9, 9, muette, NULL, &p));
    p.n = 0;
    assert_false(merkle_inclusion_tient(&vide, 0, 0, &p, &vide));
    assert_false(merkle_inclusion_tient(&vide, UINT64_MAX, UINT64_MAX, &p, &vide));
    assert_false(merkle_continuite_tient(0, &vide, 0, &vide, &p));
    assert_false(merkle_continuite_tient(1, &vide, 2, &vide, &p));
    assert_false(merkle_continuite_tient(1, &vide, UINT64_MAX, &vide, &p));
    p.n = MERKLE_PREUVE_MAX;
    assert_false(merkle_continuite_tient(UINT64_MAX - 1, &vide, UINT64_MAX, &vide, &p));
    assert_false(merkle_inclusion_tient(&vide, 1, UINT64_MAX, &p, &vide));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_connus), cmocka_unit_test(test_exemple_rfc), cmocka_unit_test(test_petits),
                                       cmocka_unit_test(test_hasard), cmocka_unit_test(test_bords)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
