#include "essai.h"
#include "noyau/montant.h"

#define LOIN MONTANT_MAX

static void test_sommes(void **state)
{
    (void)state;
    static const struct { char op; int64_t a, b, resultat; bool ok; } cas[] = {
        {'+', 1, 2, 3, true}, {'+', LOIN, 0, LOIN, true}, {'+', LOIN, 1, 0, false}, {'+', -LOIN, -1, 0, false},
        {'+', INT64_MAX, INT64_MAX, 0, false}, {'+', INT64_MIN, 1, 0, false}, {'+', INT64_MIN, INT64_MIN, 0, false},
        {'-', 1, 3, -2, true}, {'-', -LOIN, 1, 0, false}, {'-', 0, INT64_MIN, 0, false}, {'-', LOIN, LOIN, 0, true},
        {'*', 400000, 6, 2400000, true}, {'*', -5, 3, -15, true}, {'*', LOIN, 2, 0, false},
        {'*', INT64_MAX, INT64_MAX, 0, false}, {'*', 1, LOIN + 1, 0, false}, {'*', INT64_MIN, -1, 0, false},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct montant a = {cas[i].a}, b = {cas[i].b}, out = {-77};
        bool ok = cas[i].op == '+'   ? montant_add(a, b, &out)
                  : cas[i].op == '-' ? montant_sub(a, b, &out)
                                     : montant_mul(a, cas[i].b, &out);
        assert_int_equal(ok, cas[i].ok);
        assert_int_equal(out.centimes, cas[i].ok ? cas[i].resultat : -77);
    }
    assert_false(montant_present(MONTANT_ABSENT));
    assert_true(montant_present(montant_of(0)));
    assert_false(taux_present(TAUX_ABSENT));
    assert_true(taux_present((struct taux){0}));
}

static void test_taux(void **state)
{
    (void)state;
    static const struct { int64_t a; int32_t taux; int64_t resultat; bool ok; } cas[] = {
        {14505, 3000, 4352, true},    /* 43,515 → 43,52, not 43,51 */
        {1, 3000, 0, true},           {2, 3000, 1, true},        {5, 3000, 2, true}, /* 1,5 → 2 */
        {333333, 2000, 66667, true},  {333333, 850, 28333, true}, {0, 2000, 0, true}, {100, 0, 0, true},
        {100, 10000, 100, true},      {LOIN, 10000, LOIN, true}, {-1, 2000, 0, false}, {1, -1, 0, false},
        {INT64_MAX, 10000, 0, false},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct montant out = {-77};
        assert_int_equal(montant_fois_taux_arrondi(montant_of(cas[i].a), (struct taux){cas[i].taux}, &out), cas[i].ok);
        assert_int_equal(out.centimes, cas[i].ok ? cas[i].resultat : -77);
    }
}

static void test_fractions(void **state)
{
    (void)state;
    static const struct { int64_t a, num, den, arrondi, plancher; bool ok; } cas[] = {
        {100, 1, 3, 33, 33, true}, {200, 1, 3, 67, 66, true}, {1, 1, 2, 1, 0, true}, {292000, 100, 120, 243333, 243333, true},
        {584000, 100, 120, 486667, 486666, true}, {LOIN, LOIN, LOIN, LOIN, LOIN, true},
        {LOIN, INT64_MAX, INT64_MAX, LOIN, LOIN, true}, {7, 0, 3, 0, 0, true}, {1, 1, INT64_MAX, 0, 0, true},
        {LOIN, 2, 1, 0, 0, false}, {1, 1, 0, 0, 0, false}, {1, 1, -3, 0, 0, false}, {1, -1, 3, 0, 0, false},
        {-1, 1, 3, 0, 0, false}, {INT64_MAX, INT64_MAX, 1, 0, 0, false},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct montant haut = {-77}, bas = {-77};
        assert_int_equal(montant_fraction_arrondie(montant_of(cas[i].a), cas[i].num, cas[i].den, &haut), cas[i].ok);
        assert_int_equal(montant_fraction_plancher(montant_of(cas[i].a), cas[i].num, cas[i].den, &bas), cas[i].ok);
        assert_int_equal(haut.centimes, cas[i].ok ? cas[i].arrondi : -77);
        assert_int_equal(bas.centimes, cas[i].ok ? cas[i].plancher : -77);
    }
}

static void test_repartir(void **state)
{
    (void)state;
    struct montant out[7];
    static const struct { int64_t total; uint32_t n; int64_t poids[4]; int64_t parts[4]; } cas[] = {
        {584000, 3, {0}, {194667, 194667, 194666}}, {10, 4, {0}, {3, 3, 2, 2}}, {0, 2, {0}, {0, 0}}, {5, 1, {0}, {5}},
        {100, 3, {1, 1, 1}, {34, 33, 33}}, {1000, 2, {1, 3}, {250, 750}}, {1001, 2, {1, 3}, {251, 750}},
        {10, 3, {0, 0, 7}, {0, 0, 10}}, {100, 3, {1, 2, 4}, {15, 28, 57}},
        {LOIN, 2, {LOIN - 1, 1}, {LOIN - 1, 1}},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct montant poids[4];
        bool egal = true;
        for (size_t k = 0; k < 4; k++) {
            poids[k] = montant_of(cas[i].poids[k]);
            egal = egal && cas[i].poids[k] == 0;
        }
        assert_true(montant_repartir(montant_of(cas[i].total), egal ? NULL : poids, cas[i].n, out));
        int64_t somme = 0;
        for (uint32_t k = 0; k < cas[i].n; k++) {
            assert_int_equal(out[k].centimes, cas[i].parts[k]);
            somme += out[k].centimes;
        }
        assert_int_equal(somme, cas[i].total);
    }
    const struct montant nuls[2] = {{0}, {0}}, negatif[2] = {{-1}, {5}}, absent[2] = {{INT64_MIN}, {5}},
                         trop[2] = {{LOIN}, {LOIN}};
    assert_false(montant_repartir(montant_of(5), NULL, 0, out));
    assert_false(montant_repartir(montant_of(-5), NULL, 2, out));
    assert_false(montant_repartir(MONTANT_ABSENT, NULL, 2, out));
    assert_false(montant_repartir(montant_of(5), nuls, 2, out));
    assert_false(montant_repartir(montant_of(5), negatif, 2, out));
    assert_false(montant_repartir(montant_of(5), absent, 2, out));
    assert_false(montant_repartir(montant_of(5), trop, 2, out));
}

/* Whatever the weights, the parts add up and none is off by more than one centime. */
static void test_repartir_somme(void **state)
{
    (void)state;
    uint32_t seed = 20220117;
    for (int essai = 0; essai < 2000; essai++) {
        struct montant poids[40], out[40];
        uint32_t n = 1 + (uint32_t)essai % 40;
        int64_t base = 0, somme = 0;
        for (uint32_t k = 0; k < n; k++) {
            seed = seed * 1664525u + 1013904223u;
            poids[k] = montant_of(1 + seed % 500000);
            base += poids[k].centimes;
        }
        int64_t total = seed % 10000000;
        assert_true(montant_repartir(montant_of(total), poids, n, out));
        for (uint32_t k = 0; k < n; k++) {
            int64_t plancher = total * poids[k].centimes / base;
            assert_in_range(out[k].centimes, plancher, plancher + 1);
            if (k > 0 && out[k].centimes > plancher) /* the first ones get the remainder */
                assert_int_equal(out[k - 1].centimes, total * poids[k - 1].centimes / base + 1);
            somme += out[k].centimes;
        }
        assert_int_equal(somme, total);
    }
}

static void test_lecture(void **state)
{
    (void)state;
    static const struct { struct slice s; int64_t centimes; bool ok; } cas[] = {
#define OUI(s, c) {SLICE(s), c, true}
#define NON(s) {SLICE(s), 0, false}
        OUI("6570", 657000), OUI("6570,00", 657000), OUI("6570.00", 657000), OUI("6 570,00", 657000),
        OUI("6\u00a0570,00", 657000), OUI("6\u202f570,00\u00a0€", 657000), OUI("6 570,00 €", 657000),
        OUI("  6570,5€ ", 657050), OUI("0", 0), OUI("0,05", 5), OUI("-12,30", -1230), OUI("+12", 1200),
        OUI("\u221212", -1200), OUI("1 234 567,89", 123456789), OUI("999 999 999 999,99", MONTANT_MAX),
        OUI("-999999999999.99", -MONTANT_MAX), OUI("007", 700),
        NON(""), NON(" "), NON("€"), NON("-"), NON("6.570"), NON("6,570"), NON("6 57"), NON("65 70"), NON("6 5700"),
        NON("6  570"), NON("6570,"), NON(",50"), NON("6,5,0"), NON("6570,001"), NON("1.234,56"), NON("1,234.56"),
        NON("12a"), NON("12 000 00"), NON("1e3"), NON("0x10"), NON("1000000000000"), NON("999 999 999 999 999,00"),
        NON("99999999999999999999999999"), NON("--1"), NON("1-"), NON("12 €€"), NON("12\0"), NON("1234 567"),
        NON("=1+1"), NON("12,3 4"), NON("nan"),
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct montant m = {-77};
        bool ok = montant_parse(cas[i].s, &m);
        if (ok != cas[i].ok)
            print_message("# montant « %s »\n", cas[i].s.bytes);
        assert_int_equal(ok, cas[i].ok);
        assert_int_equal(m.centimes, cas[i].ok ? cas[i].centimes : -77);
    }
}

static void test_lecture_taux(void **state)
{
    (void)state;
    static const struct { struct slice s; int32_t n; bool ok; } cas[] = {
        OUI("20", 2000), OUI("20 %", 2000), OUI("20%", 2000), OUI("20,00\u00a0%", 2000), OUI("8,5", 850), OUI("8.5", 850),
        OUI("0", 0), OUI("100", 10000), OUI("2,1", 210), OUI("0,01", 1), OUI(" 5,50 ", 550),
        NON(""), NON("%"), NON("100,01"), NON("101"), NON("-1"), NON("8,555"), NON("8,"), NON("vingt"), NON("20 % %"),
        NON("1000"), NON("99999999999999999999"), NON("2 0"),
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct taux t = {-77};
        assert_int_equal(taux_parse(cas[i].s, &t), cas[i].ok);
        assert_int_equal(t.dix_milliemes, cas[i].ok ? cas[i].n : -77);
    }
}

static void test_ecriture(void **state)
{
    (void)state;
    char out[MONTANT_TEXTE_MAX];
    static const struct { int64_t c; const char *fr, *xml, *csv; } cas[] = {
        {0, "0,00\u00a0€", "0.00", "0,00"}, {5, "0,05\u00a0€", "0.05", "0,05"},
        {657000, "6\u202f570,00\u00a0€", "6570.00", "6570,00"}, {99999, "999,99\u00a0€", "999.99", "999,99"},
        {-123456789, "-1\u202f234\u202f567,89\u00a0€", "-1234567.89", "-1234567,89"},
        {MONTANT_MAX, "999\u202f999\u202f999\u202f999,99\u00a0€", "999999999999.99", "999999999999,99"},
        {INT64_MIN, "", "", ""},
        {INT64_MIN + 1, "-92\u202f233\u202f720\u202f368\u202f547\u202f758,07\u00a0€", "-92233720368547758.07",
         "-92233720368547758,07"},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        assert_string_equal(montant_fr(montant_of(cas[i].c), out), cas[i].fr);
        struct montant back = {0};
        if (cas[i].c >= -MONTANT_MAX) {
            assert_true(montant_parse(slice_of(out), &back));
            assert_int_equal(back.centimes, cas[i].c);
        }
        assert_string_equal(montant_xml(montant_of(cas[i].c), out), cas[i].xml);
        assert_string_equal(montant_csv(montant_of(cas[i].c), out), cas[i].csv);
    }
    static const struct { int32_t t; const char *fr, *xml, *csv; } taux[] = {
        {2000, "20\u00a0%", "20.00", "20"}, {850, "8,5\u00a0%", "8.50", "8,5"}, {0, "0\u00a0%", "0.00", "0"},
        {10000, "100\u00a0%", "100.00", "100"}, {1, "0,01\u00a0%", "0.01", "0,01"}, {1050, "10,5\u00a0%", "10.50", "10,5"},
        {-1, "", "", ""},
    };
    for (size_t i = 0; i < NOMBRE(taux); i++) {
        assert_string_equal(taux_fr((struct taux){taux[i].t}, out), taux[i].fr);
        assert_string_equal(taux_xml((struct taux){taux[i].t}, out), taux[i].xml);
        assert_string_equal(taux_csv((struct taux){taux[i].t}, out), taux[i].csv);
        struct taux back;
        if (taux[i].t >= 0) {
            assert_true(taux_parse(slice_of(out), &back));
            assert_int_equal(back.dix_milliemes, taux[i].t);
        }
    }
    assert_string_equal(entier_fr(1234567, out), "1\u202f234\u202f567");
    assert_string_equal(entier_fr(-100, out), "-100");
    assert_string_equal(entier_fr(INT64_MIN, out),
                        "-9\u202f223\u202f372\u202f036\u202f854\u202f775\u202f808");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sommes),   cmocka_unit_test(test_taux),           cmocka_unit_test(test_fractions),
        cmocka_unit_test(test_repartir), cmocka_unit_test(test_repartir_somme), cmocka_unit_test(test_lecture),
        cmocka_unit_test(test_lecture_taux), cmocka_unit_test(test_ecriture),
    };
    return cmocka_run_group_tests_name("montant", tests, NULL, NULL);
}
