#include "essai.h"
#include "noyau/numero.h"

static void test_finess(void **state)
{
    (void)state;
    static const struct { struct slice s; enum numero_verdict v; } cas[] = {
        {SLICE("010780054"), NUMERO_VALIDE}, {SLICE("2A0000022"), NUMERO_VALIDE}, {SLICE("2B0000012"), NUMERO_VALIDE},
        {SLICE("750719239"), NUMERO_VALIDE}, {SLICE("010780055"), NUMERO_CLE}, {SLICE("2A0000012"), NUMERO_CLE},
        {SLICE("2B0000022"), NUMERO_CLE}, /* the letters count 1 and 2, not 10 and 11 */
        {SLICE(""), NUMERO_FORME}, {SLICE("01078005"), NUMERO_FORME}, {SLICE("0107800544"), NUMERO_FORME},
        {SLICE("20A000022"), NUMERO_FORME}, {SLICE("2C0000012"), NUMERO_FORME}, {SLICE("A10000022"), NUMERO_FORME},
        {SLICE("2a0000022"), NUMERO_FORME}, {SLICE("01078005 "), NUMERO_FORME}, {SLICE("01078005\0"), NUMERO_FORME},
        {SLICE("000000000"), NUMERO_FORME}, {SLICE("-10780054"), NUMERO_FORME}, {SLICE("0107\xef\xbc\x90" "54"), NUMERO_FORME},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        finess f = 77;
        char out[FINESS_TEXTE_MAX];
        assert_int_equal(finess_parse(cas[i].s, &f), cas[i].v);
        if (cas[i].v == NUMERO_VALIDE)
            assert_memory_equal(finess_texte(f, out), cas[i].s.bytes, 10);
        else
            assert_int_equal(f, 77);
    }
    char out[FINESS_TEXTE_MAX];
    assert_string_equal(finess_texte(FINESS_ABSENT, out), "");
    assert_string_equal(numero_verdict_nom(NUMERO_VALIDE), "valide");
    assert_string_equal(numero_verdict_nom(NUMERO_FORME), "forme");
    assert_string_equal(numero_verdict_nom(NUMERO_CLE), "cle");
}

/* Integers sort as the texts do, and each prefix has exactly one key in ten. */
static void test_finess_ordre(void **state)
{
    (void)state;
    static const char deuxieme[] = "0123456789AB";
    char avant[10] = "";
    finess precedent = 0;
    unsigned valides = 0, essais = 0;
    for (char a = '0'; a <= '9'; a++)
        for (size_t b = 0; b < 12; b++)
            for (int suite = 0; suite < 10000000; suite += 99991) {
                char s[10];
                int trouves = 0;
                memcpy(s, "         ", 10);
                s[0] = a;
                s[1] = deuxieme[b];
                for (int k = 7, v = suite / 10; k >= 2; k--, v /= 10)
                    s[k] = (char)('0' + v % 10);
                for (char cle = '0'; cle <= '9'; cle++) {
                    finess f;
                    char back[FINESS_TEXTE_MAX];
                    s[8] = cle;
                    if (finess_parse(slice_of(s), &f) != NUMERO_VALIDE)
                        continue;
                    trouves++;
                    assert_true(f > precedent && strcmp(s, avant) > 0 && f <= INT32_MAX);
                    assert_string_equal(finess_texte(f, back), s);
                    precedent = f;
                    strcpy(avant, s);
                }
                assert_int_equal(trouves, essais == 0 ? 0 : 1); /* 00000000x is 000000000 only */
                valides += (unsigned)trouves;
                essais++;
            }
    assert_int_equal(essais, 12120);
    assert_int_equal(valides, 12119);
}

static void test_finess_saisie(void **state)
{
    (void)state;
    static const struct { struct slice s; enum numero_verdict v; const char *texte; bool repare; } cas[] = {
        {SLICE("010780054"), NUMERO_VALIDE, "010780054", false}, {SLICE("01 078 005 4"), NUMERO_VALIDE, "010780054", false},
        {SLICE(" 01\u00a0078\u202f0054 "), NUMERO_VALIDE, "010780054", false},
        {SLICE("10780054"), NUMERO_VALIDE, "010780054", true}, {SLICE("10 780 054"), NUMERO_VALIDE, "010780054", true},
        {SLICE("2a0000022"), NUMERO_VALIDE, "2A0000022", false}, {SLICE("2b 0000012"), NUMERO_VALIDE, "2B0000012", false},
        {SLICE("10780055"), NUMERO_FORME, NULL, false},  /* the key does not hold: nothing is put back */
        {SLICE("00780056"), NUMERO_FORME, NULL, false},  /* would begin 00 */
        {SLICE("0780054"), NUMERO_FORME, NULL, false}, {SLICE("A0000022"), NUMERO_FORME, NULL, false},
        {SLICE("010780055"), NUMERO_CLE, NULL, false}, {SLICE("0107800540"), NUMERO_FORME, NULL, false},
        {SLICE(""), NUMERO_FORME, NULL, false}, {SLICE("     "), NUMERO_FORME, NULL, false},
        {SLICE("1,0780E+07"), NUMERO_FORME, NULL, false}, {SLICE("0a0780054"), NUMERO_VALIDE, "0A0780054", false},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        finess f = 77;
        bool repare = !cas[i].repare;
        char out[FINESS_TEXTE_MAX];
        assert_int_equal(finess_parse_saisie(cas[i].s, &f, &repare), cas[i].v);
        assert_int_equal(repare, cas[i].repare);
        if (cas[i].texte)
            assert_string_equal(finess_texte(f, out), cas[i].texte);
        else
            assert_int_equal(f, 77);
        assert_int_equal(finess_parse_saisie(cas[i].s, &f, NULL), cas[i].v);
    }
}

static void test_siren(void **state)
{
    (void)state;
    static const struct { struct slice s; enum numero_verdict v; uint32_t n; } cas[] = {
        {SLICE("732829320"), NUMERO_VALIDE, 732829320}, {SLICE("732 829 320"), NUMERO_VALIDE, 732829320},
        {SLICE("005520135"), NUMERO_VALIDE, 5520135}, {SLICE("356000000"), NUMERO_VALIDE, 356000000},
        {SLICE("732829321"), NUMERO_CLE, 0}, {SLICE("73282932"), NUMERO_FORME, 0}, {SLICE("7328293200"), NUMERO_FORME, 0},
        {SLICE("73282932A"), NUMERO_FORME, 0}, {SLICE("000000000"), NUMERO_FORME, 0}, {SLICE(""), NUMERO_FORME, 0},
    };
    char out[10];
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        uint32_t n = 77;
        assert_int_equal(siren_parse(cas[i].s, &n), cas[i].v);
        assert_int_equal(n, cas[i].v == NUMERO_VALIDE ? cas[i].n : 77);
    }
    assert_string_equal(siren_texte(5520135, out), "005520135");
    assert_string_equal(siren_texte(0, out), "");
}

static void test_siret(void **state)
{
    (void)state;
    static const struct { struct slice s; enum numero_verdict v; uint64_t n; } cas[] = {
        {SLICE("73282932000074"), NUMERO_VALIDE, 73282932000074}, {SLICE("732 829 320 00074"), NUMERO_VALIDE, 73282932000074},
        {SLICE("35600000000048"), NUMERO_VALIDE, 35600000000048}, /* La Poste, Luhn */
        {SLICE("35600000049837"), NUMERO_VALIDE, 35600000049837}, /* La Poste, digit sum 45 */
        {SLICE("35600000049838"), NUMERO_CLE, 0}, {SLICE("73282932000075"), NUMERO_CLE, 0},
        {SLICE("12345678900007"), NUMERO_CLE, 0},                 /* Luhn holds, its SIREN's does not */
        {SLICE("7328293200007"), NUMERO_FORME, 0}, {SLICE("2,601E+13"), NUMERO_FORME, 0},
        {SLICE("00000000000000"), NUMERO_FORME, 0}, {SLICE("732829320000745"), NUMERO_FORME, 0},
    };
    char out[15];
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        uint64_t n = 77;
        assert_int_equal(siret_parse(cas[i].s, &n), cas[i].v);
        assert_int_equal(n, cas[i].v == NUMERO_VALIDE ? cas[i].n : 77);
    }
    assert_string_equal(siret_texte(552013500015, out), "00552013500015");
    assert_string_equal(siret_texte(0, out), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finess), cmocka_unit_test(test_finess_ordre), cmocka_unit_test(test_finess_saisie),
        cmocka_unit_test(test_siren),  cmocka_unit_test(test_siret),
    };
    return cmocka_run_group_tests_name("numero", tests, NULL, NULL);
}
