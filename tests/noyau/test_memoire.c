#include "essai.h"
#include "noyau/memoire.h"

/* Under AddressSanitizer a huge malloc must answer NULL, as it does elsewhere. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1:detect_leaks=1";
}

static volatile size_t enorme = PTRDIFF_MAX;
static void *volatile puits;

static void alloc_refusee(void) { puits = memoire_alloc(enorme); }
static void alloc_debordee(void) { puits = memoire_alloc(enorme + 10); }
static void calloc_debordee(void) { puits = memoire_calloc(enorme, 16); }
static void realloc_refusee(void) { puits = memoire_realloc(NULL, enorme); }
static void arene_refusee(void)
{
    struct arene a = {0};
    puits = arene_alloc(&a, enorme - 64);
}
static void grow_deborde(void)
{
    size_t cap = 0;
    puits = memoire_grow(NULL, &cap, enorme, 16);
}

static void test_epuisee(void **state)
{
    (void)state;
    void (*const cas[])(void) = {alloc_refusee, alloc_debordee, calloc_debordee, realloc_refusee, arene_refusee,
                                 grow_deborde, memoire_epuisee};
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        char erreur[2048];
        assert_int_equal(dans_un_enfant(cas[i], erreur, sizeof erreur), 3);
        assert_non_null(strstr(erreur, "sons : mémoire épuisée"));
        assert_int_equal(erreur[strlen(erreur) - 1], '\n');
    }
}

static void test_zero_octet(void **state)
{
    (void)state;
    void *a = memoire_alloc(0), *b = memoire_calloc(0, 4), *c = memoire_realloc(NULL, 0);
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(c);
    memoire_free(a);
    memoire_free(b);
    memoire_free(c);
    memoire_free(NULL);
}

static void test_copies(void **state)
{
    (void)state;
    char *a = memoire_strdup("Aléria"), *b = memoire_strndup("Bastia", 3), *c = memoire_strndup("Corte", 99);
    assert_string_equal(a, "Aléria");
    assert_string_equal(b, "Bas");
    assert_string_equal(c, "Corte");
    memoire_free(a);
    memoire_free(b);
    memoire_free(c);
    int *zeros = memoire_calloc(3, sizeof *zeros);
    assert_int_equal(zeros[0] | zeros[1] | zeros[2], 0);
    memoire_free(zeros);
}

static void test_grow(void **state)
{
    (void)state;
    size_t cap = 0, moves = 0, last = 0;
    uint32_t *t = NULL;
    for (uint32_t i = 0; i < 10000; i++) {
        t = memoire_grow(t, &cap, i + 1, sizeof *t);
        if (cap != last)
            moves++;
        last = cap;
        t[i] = i;
    }
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(t[i], i);
    assert_true(cap >= 10000 && cap < 20000);
    assert_true(moves < 15); /* doubled, not grown one by one */
    memoire_free(t);
}

static void test_arene(void **state)
{
    (void)state;
    struct arene a = {0};
    unsigned char *parts[2000];
    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < NOMBRE(parts); i++) {
            parts[i] = arene_alloc(&a, i);
            assert_int_equal((uintptr_t)parts[i] % 16, 0);
            memset(parts[i], (int)(i & 0xff), i);
        }
        for (size_t i = 0; i < NOMBRE(parts); i++) /* no overlap */
            for (size_t k = 0; k < i; k += 97)
                assert_int_equal(parts[i][k], i & 0xff);
        arene_reset(&a);
        assert_non_null(a.bloc);
        assert_int_equal(a.used, 0);
    }
    unsigned char *big = arene_alloc(&a, 5000000);
    memset(big, 1, 5000000);
    arene_reset(&a);
    assert_ptr_equal(arene_alloc(&a, 4000000), big); /* the largest block was kept */
    memset(arene_alloc(&a, 4500000), 1, 4500000);
    memset(arene_alloc(&a, 900000), 2, 900000); /* a smaller block, after it */
    arene_reset(&a);
    assert_ptr_equal(arene_alloc(&a, 4900000), big);
    arene_free(&a);
    assert_null(a.bloc);
    arene_reset(&a);
    arene_free(&a);
}

static void test_arene_textes(void **state)
{
    (void)state;
    struct arene a = {0};
    assert_string_equal(arene_strndup(&a, "2A0000022;suite", 9), "2A0000022");
    assert_string_equal(arene_strndup(&a, "", 0), "");
    assert_string_equal(arene_printf(&a, "%d ESSMS de « %s »", 6, "Les Pins"), "6 ESSMS de « Les Pins »");
    char long_[30001];
    memset(long_, 'x', sizeof long_ - 1);
    long_[sizeof long_ - 1] = '\0';
    assert_string_equal(arene_printf(&a, "%s", long_), long_);
    arene_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_epuisee), cmocka_unit_test(test_zero_octet), cmocka_unit_test(test_copies),
        cmocka_unit_test(test_grow),    cmocka_unit_test(test_arene),      cmocka_unit_test(test_arene_textes),
    };
    return cmocka_run_group_tests_name("memoire", tests, NULL, NULL);
}
