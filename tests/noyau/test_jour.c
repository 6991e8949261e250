#include "essai.h"
#include "noyau/jour.h"

/* Every day from 01/01/0001 to 31/12/9999, counted by hand, there and back. */
static void test_calendrier(void **state)
{
    (void)state;
    static const int longueurs[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct jour j;
    assert_true(jour_from_ymd(1, 1, 1, &j));
    int32_t attendu = j.n, total = 0;
    for (int y = 1; y <= 9999; y++)
        for (int m = 1; m <= 12; m++) {
            int jours = longueurs[m - 1] + (m == 2 && ((y % 4 == 0 && y % 100 != 0) || y % 400 == 0));
            for (int d = 1; d <= jours; d++, attendu++, total++) {
                int y2, m2, d2;
                if (!jour_from_ymd(y, m, d, &j) || j.n != attendu)
                    fail_msg("%d-%d-%d", y, m, d);
                jour_to_ymd(j, &y2, &m2, &d2);
                if (y2 != y || m2 != m || d2 != d)
                    fail_msg("%d-%d-%d revient %d-%d-%d", y, m, d, y2, m2, d2);
            }
            assert_false(jour_from_ymd(y, m, jours + 1, &j));
        }
    assert_int_equal(total, 3652059);
    assert_true(jour_from_ymd(1970, 1, 1, &j));
    assert_int_equal(j.n, 0);
    assert_true(jour_from_ymd(2022, 2, 12, &j));
    assert_int_equal(j.n, 19035);
}

static void test_refus(void **state)
{
    (void)state;
    struct jour j = {77};
    static const int cas[][3] = {{0, 1, 1}, {10000, 1, 1}, {-5, 1, 1}, {2022, 0, 1}, {2022, 13, 1}, {2022, 1, 0},
                                 {2022, 1, 32}, {2023, 2, 29}, {1900, 2, 29}, {2022, 4, 31}, {2022, 1, -1}};
    for (size_t i = 0; i < NOMBRE(cas); i++)
        assert_false(jour_from_ymd(cas[i][0], cas[i][1], cas[i][2], &j));
    assert_int_equal(j.n, 77);
    assert_false(jour_present(JOUR_ABSENT));
    assert_true(jour_present((struct jour){0}));
}

static void test_lecture(void **state)
{
    (void)state;
    static const struct { struct slice s; const char *iso; bool strict; } cas[] = {
        {SLICE("2022-07-12"), "2022-07-12", true}, {SLICE("0001-01-01"), "0001-01-01", true},
        {SLICE("9999-12-31"), "9999-12-31", true}, {SLICE("2024-02-29"), "2024-02-29", true},
        {SLICE("12/07/2022"), "2022-07-12", false}, {SLICE("1/7/2022"), "2022-07-01", false},
        {SLICE(" 2022-07-12 "), "2022-07-12", false}, {SLICE("01/7/2022"), "2022-07-01", false},
        {SLICE(""), NULL, false}, {SLICE("2022-7-12"), NULL, false}, {SLICE("2022-07-1"), NULL, false},
        {SLICE("22-07-12"), NULL, false}, {SLICE("12/07/22"), NULL, false}, {SLICE("12-07-2022"), NULL, false},
        {SLICE("2022/07/12"), NULL, false}, {SLICE("31/02/2022"), NULL, false}, {SLICE("2023-02-29"), NULL, false},
        {SLICE("0000-01-01"), NULL, false}, {SLICE("2022-07-12T"), NULL, false}, {SLICE("2022-07-12\0"), NULL, false},
        {SLICE("112/07/2022"), NULL, false}, {SLICE("12/07/20222"), NULL, false}, {SLICE("-2022-07-12"), NULL, false},
        {SLICE("+022-07-12"), NULL, false}, {SLICE("44754"), NULL, false}, {SLICE("12/ 7/2022"), NULL, false},
        {SLICE("\xd9\xa2" "022-07-12"), NULL, false},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct jour j = {77}, strict = {77};
        char out[JOUR_TEXTE_MAX];
        assert_int_equal(jour_parse(cas[i].s, &j), cas[i].iso != NULL);
        assert_int_equal(jour_parse_iso(cas[i].s, &strict), cas[i].strict);
        if (cas[i].iso)
            assert_string_equal(jour_iso(j, out), cas[i].iso);
        else
            assert_int_equal(j.n, 77);
    }
}

static void test_ecriture(void **state)
{
    (void)state;
    char out[JOUR_TEXTE_MAX];
    struct jour j;
    assert_true(jour_from_ymd(201, 12, 1, &j));
    assert_string_equal(jour_iso(j, out), "0201-12-01");
    assert_string_equal(jour_fr(j, out), "01/12/0201");
    assert_string_equal(jour_iso(JOUR_ABSENT, out), "");
    assert_string_equal(jour_fr(JOUR_ABSENT, out), "");
    assert_string_equal(jour_iso((struct jour){INT32_MAX}, out), "");
    assert_string_equal(jour_fr((struct jour){2932897}, out), "");
}

static void test_calculs(void **state)
{
    (void)state;
    struct jour commande, depot;
    assert_true(jour_from_ymd(2022, 6, 1, &commande));
    assert_true(jour_from_ymd(2022, 9, 29, &depot));
    assert_int_equal(jour_ecart(commande, depot), 120);
    assert_int_equal(jour_ecart(depot, commande), -120);
    assert_int_equal(jour_plus(commande, 120).n, depot.n);
    assert_int_equal(jour_cmp(commande, depot), -1);
    assert_int_equal(jour_cmp(depot, commande), 1);
    assert_int_equal(jour_cmp(depot, depot), 0);
    assert_int_equal(jour_annee(depot), 2022);
    struct jour dernier;
    assert_true(jour_from_ymd(9999, 12, 31, &dernier));
    assert_false(jour_present(jour_plus(dernier, 1)));
    assert_false(jour_present(jour_plus(commande, INT32_MAX)));
    assert_false(jour_present(jour_plus(commande, INT32_MIN)));
    assert_false(jour_present(jour_plus(JOUR_ABSENT, 5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendrier), cmocka_unit_test(test_refus),   cmocka_unit_test(test_lecture),
        cmocka_unit_test(test_ecriture),   cmocka_unit_test(test_calculs),
    };
    return cmocka_run_group_tests_name("jour", tests, NULL, NULL);
}
