#include "essai.h"
#include <openssl/crypto.h>
#include "noyau/empreinte.h"
#include "noyau/memoire.h"

const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

/* FIPS 180-2 and NIST examples. */
static const struct { const char *s; size_t repetitions; const char *hex; } connus[] = {
    {"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};

static void test_connus(void **state)
{
    (void)state;
    for (size_t i = 0; i < NOMBRE(connus); i++) {
        struct buffer b = {0};
        struct empreinte_ctx *c = empreinte_debut(), *autre = empreinte_debut();
        char hex[EMPREINTE_HEX];
        for (size_t k = 0; k < connus[i].repetitions; k++) {
            buffer_puts(&b, connus[i].s);
            empreinte_ajouter(c, connus[i].s, strlen(connus[i].s));
        }
        struct empreinte une = empreinte_de(b.bytes, b.len);
        empreinte_ajouter(autre, "autre", 5); /* two at once, and one-shot between them */
        struct empreinte fil = empreinte_fin(c), differente = empreinte_fin(autre);
        assert_string_equal(empreinte_hex(&une, hex), connus[i].hex);
        assert_true(empreinte_egale(&une, &fil));
        assert_false(empreinte_egale(&une, &differente));
        struct empreinte lue;
        assert_true(empreinte_parse(slice_of(hex), &lue));
        assert_true(empreinte_egale(&lue, &une));
        buffer_free(&b);
    }
}

static void test_hex(void **state)
{
    (void)state;
    char bon[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", out[9];
    struct empreinte e;
    assert_true(empreinte_parse((struct slice){bon, 64}, &e));
    assert_false(empreinte_parse((struct slice){bon, 63}, &e));
    assert_false(empreinte_parse((struct slice){bon, 65}, &e));
    assert_false(empreinte_parse((struct slice){"", 0}, &e));
    static const char mauvais[] = "GgA/:` \xe9";
    for (size_t i = 0; i < sizeof mauvais - 1; i++)
        for (size_t k = 0; k < 64; k += 63) {
            char garde = bon[k];
            bon[k] = mauvais[i];
            assert_false(empreinte_parse((struct slice){bon, 64}, &e));
            bon[k] = garde;
        }
    assert_string_equal(hex_texte((const unsigned char *)"\x00\x0f\xf0\xff", 4, out), "000ff0ff");
    assert_string_equal(hex_texte((const unsigned char *)"", 0, out), "");
}

static void test_sel(void **state)
{
    (void)state;
    enum { N = 1000 }; /* several refills of the pool */
    static struct sel sels[N];
    unsigned bits = 0;
    for (size_t i = 0; i < N; i++) {
        sels[i] = sel_tirer();
        for (size_t k = 0; k < i; k++)
            assert_memory_not_equal(sels[i].octets, sels[k].octets, 16);
        for (size_t k = 0; k < 16; k++)
            bits += (unsigned)__builtin_popcount(sels[i].octets[k]);
    }
    assert_in_range(bits, N * 64 - 3000, N * 64 + 3000);
}

static void test_engagement(void **state)
{
    (void)state;
    struct sel s = {"0123456789abcdef"};
    struct empreinte e = engagement(&s, "Mme Martin", 10), attendu = empreinte_de("0123456789abcdefMme Martin", 26);
    assert_true(empreinte_egale(&e, &attendu));
    s.octets[0] = 'x';
    struct empreinte autre = engagement(&s, "Mme Martin", 10);
    assert_false(empreinte_egale(&e, &autre));
    struct empreinte vide = engagement(&s, "", 0), sel_seul = empreinte_de("x123456789abcdef", 16);
    assert_true(empreinte_egale(&vide, &sel_seul));
}

static volatile size_t enorme = (size_t)PTRDIFF_MAX;
static void *volatile puits;
static void openssl_epuise(void) { puits = CRYPTO_malloc(enorme, "", 0); }
static void openssl_realloc_epuise(void) { puits = CRYPTO_realloc(NULL, enorme, "", 0); }

static void test_allocateur(void **state)
{
    (void)state;
    CRYPTO_malloc_fn m;
    CRYPTO_realloc_fn r;
    CRYPTO_free_fn f;
    CRYPTO_get_mem_functions(&m, &r, &f);
    assert_true(m != CRYPTO_malloc && r != CRYPTO_realloc && f != CRYPTO_free);
    char erreur[1024];
    assert_int_equal(dans_un_enfant(openssl_epuise, erreur, sizeof erreur), 3);
    assert_non_null(strstr(erreur, "mémoire épuisée"));
    assert_int_equal(dans_un_enfant(openssl_realloc_epuise, erreur, sizeof erreur), 3);
    void *p = CRYPTO_malloc(8, "", 0);
    assert_null(CRYPTO_realloc(p, 0, "", 0)); /* frees */
    CRYPTO_free(NULL, "", 0);
}

int main(void)
{
    empreinte_preparer();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_connus),     cmocka_unit_test(test_hex),        cmocka_unit_test(test_sel),
        cmocka_unit_test(test_engagement), cmocka_unit_test(test_allocateur),
    };
    return cmocka_run_group_tests_name("empreinte", tests, NULL, NULL);
}
