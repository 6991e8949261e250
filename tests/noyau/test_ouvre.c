/* Working days against a table of Easter Sundays written apart (Knuth's tables: golden number, epact), 1990 to 2100, and
 * against counts by the year. */
#include "../noyau/essai.h"
#include "noyau/ouvre.h"

/* Easter Sunday of 1990, 1991 …: month × 100 + day. */
static const int paques[] = {
    415, 331, 419, 411, 403, 416, 407, 330, 412, 404, 423, 415, 331, 420, 411, 327, 416, 408, 323, 412,
    404, 424, 408, 331, 420, 405, 327, 416, 401, 421, 412, 404, 417, 409, 331, 420, 405, 328, 416, 401,
    421, 413, 328, 417, 409, 325, 413, 405, 425, 410, 401, 421, 406, 329, 417, 409, 325, 414, 405, 418,
    410, 402, 421, 406, 329, 418, 402, 422, 414, 330, 418, 410, 326, 415, 406, 329, 411, 403, 422, 414,
    330, 419, 410, 326, 415, 407, 419, 411, 403, 423, 407, 330, 419, 404, 326, 415, 331, 420, 411, 403,
    416, 408, 330, 412, 404, 424, 415, 331, 420, 412, 328,
};

static struct jour jour(int a, int m, int j)
{
    struct jour r;
    assert_true(jour_from_ymd(a, m, j, &r));
    return r;
}

static void test_paques(void **state)
{
    (void)state;
    assert_int_equal(sizeof paques / sizeof *paques, 111);
    for (int a = 1990; a <= 2100; a++) {
        const int p = paques[a - 1990];
        assert_int_equal(jour_paques(a).n, jour(a, p / 100, p % 100).n);
    }
}

/* Every day of 1990–2100: a holiday if and only if the table says so, on its fixed date or around its Easter. */
static void test_feries(void **state)
{
    size_t feries = 0, jours = 0;
    (void)state;
    for (struct jour j = jour(1990, 1, 1); j.n <= jour(2100, 12, 31).n; j.n++, jours++) {
        int a, m, d;
        jour_to_ymd(j, &a, &m, &d);
        const int p = paques[a - 1990], md = m * 100 + d;
        const int32_t ecart = j.n - jour(a, p / 100, p % 100).n;
        const bool attendu = md == 101 || md == 501 || md == 508 || md == 714 || md == 815 || md == 1101 || md == 1111 || md == 1225 ||
                             ecart == 1 || ecart == 39 || ecart == 50;
        feries += attendu;
        assert_int_equal(jour_ferie(j), attendu);
        assert_int_equal(jour_ouvre(j), !attendu && ((j.n + 3) % 7 + 7) % 7 < 5);
    }
    assert_int_equal(jours, 40542);
    assert_true(feries > 111 * 10 && feries <= 111 * 11);
    assert_false(jour_ferie(JOUR_ABSENT) || jour_ouvre(JOUR_ABSENT));
}

/* Named days, and those of Alsace-Moselle, worked elsewhere. */
static void test_nommes(void **state)
{
    static const struct {
        int a, m, j;
        bool ouvre;
    } t[] = {
        {2022, 4, 15, true},  /* Good Friday */
        {2022, 4, 16, false}, {2022, 4, 18, false}, {2022, 4, 19, true}, {2022, 5, 26, false}, {2022, 6, 6, false},
        {2022, 7, 14, false}, {2022, 8, 15, false}, {2022, 11, 1, false}, {2022, 11, 11, false}, {2022, 12, 25, false},
        {2022, 12, 26, true}, /* the 26th */
        {2023, 1, 1, false},  {2023, 1, 2, true},   {2023, 5, 1, false},  {2023, 5, 8, false},  {2023, 5, 18, false}, {2023, 5, 29, false},
        {2008, 5, 1, false},  /* Ascension and Labour Day */
        {2024, 2, 29, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        assert_int_equal(jour_ouvre(jour(t[i].a, t[i].m, t[i].j)), t[i].ouvre);
}

/* Working days of a year, counted apart: its weekdays less the holidays that fall on one (2022: 260 − 7). */
static void test_annees(void **state)
{
    static const int t[][2] = {{2020, 253}, {2021, 254}, {2022, 253}, {2023, 251}, {2024, 252}};
    (void)state;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int n = 0;
        for (struct jour j = jour(t[i][0], 1, 1); j.n <= jour(t[i][0], 12, 31).n; j.n++)
            n += jour_ouvre(j);
        assert_int_equal(n, t[i][1]);
    }
}

static void test_plus(void **state)
{
    static const struct {
        int a, m, j, n, ra, rm, rj;
    } t[] = {
        {2023, 3, 6, 10, 2023, 3, 20},   /* no holiday: two weeks */
        {2023, 3, 10, 10, 2023, 3, 24},  /* on a Friday */
        {2023, 3, 11, 10, 2023, 3, 24},  /* Saturday, Sunday: counted from Monday */
        {2023, 3, 12, 10, 2023, 3, 24},  {2023, 3, 13, 10, 2023, 3, 27},
        {2023, 4, 28, 10, 2023, 5, 16},  /* 1 and 8 May */
        {2023, 5, 15, 10, 2023, 5, 31},  /* Ascension, Whit Monday */
        {2022, 12, 23, 10, 2023, 1, 6},  /* Christmas and New Year fall on Sundays */
        {2023, 12, 22, 10, 2024, 1, 9},  /* … on Mondays */
        {2022, 4, 14, 1, 2022, 4, 15},   {2022, 4, 15, 1, 2022, 4, 19},
    };
    (void)state;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        assert_int_equal(jour_ouvre_plus(jour(t[i].a, t[i].m, t[i].j), t[i].n).n, jour(t[i].ra, t[i].rm, t[i].rj).n);
    assert_false(jour_present(jour_ouvre_plus(JOUR_ABSENT, 10)));
    assert_false(jour_present(jour_ouvre_plus(jour(2023, 1, 2), 0)));
    assert_false(jour_present(jour_ouvre_plus(jour(9999, 12, 30), 10)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_paques), cmocka_unit_test(test_feries), cmocka_unit_test(test_nommes),
                                       cmocka_unit_test(test_annees), cmocka_unit_test(test_plus)};
    return cmocka_run_group_tests_name("jours ouvrés", tests, NULL, NULL);
}
