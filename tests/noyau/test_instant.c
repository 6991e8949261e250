#include "essai.h"
#include "noyau/instant.h"

static struct instant utc(const char *s)
{
    struct instant i = INSTANT_ABSENT;
    assert_true(instant_parse_utc(slice_of(s), &i));
    return i;
}

static struct jour jour(const char *s)
{
    struct jour j = JOUR_ABSENT;
    assert_true(jour_parse_iso(slice_of(s), &j));
    return j;
}

/* Days of change known from elsewhere: the last Sundays of March and of October. */
static void test_changements(void **state)
{
    (void)state;
    static const struct { const char *ete, *hiver; } annees[] = {
        {"1996-03-31", "1996-10-27"}, {"2000-03-26", "2000-10-29"}, {"2021-03-28", "2021-10-31"},
        {"2022-03-27", "2022-10-30"}, {"2023-03-26", "2023-10-29"}, {"2024-03-31", "2024-10-27"},
        {"2025-03-30", "2025-10-26"}, {"2026-03-29", "2026-10-25"}, {"2037-03-29", "2037-10-25"},
    };
    for (size_t i = 0; i < NOMBRE(annees); i++) {
        int64_t ete = jour(annees[i].ete).n * INT64_C(86400) + 3600, hiver = jour(annees[i].hiver).n * INT64_C(86400) + 3600;
        assert_int_equal(instant_decalage((struct instant){ete - 1}), 3600);
        assert_int_equal(instant_decalage((struct instant){ete}), 7200);
        assert_int_equal(instant_decalage((struct instant){hiver - 1}), 7200);
        assert_int_equal(instant_decalage((struct instant){hiver}), 3600);
    }
}

static void test_legal(void **state)
{
    (void)state;
    static const struct { const char *jour; int h, m, s; const char *utc; } cas[] = {
        {"2024-12-19", 14, 0, 0, "2024-12-19T13:00:00Z"}, {"2024-03-31", 23, 59, 59, "2024-03-31T21:59:59Z"},
        {"2022-03-27", 1, 59, 59, "2022-03-27T00:59:59Z"}, {"2022-03-27", 2, 0, 0, NULL}, {"2022-03-27", 2, 59, 59, NULL},
        {"2022-03-27", 3, 0, 0, "2022-03-27T01:00:00Z"},
        {"2022-10-30", 2, 30, 0, "2022-10-30T00:30:00Z"}, /* exists twice: the first */
        {"2022-10-30", 1, 59, 59, "2022-10-29T23:59:59Z"}, {"2022-10-30", 3, 0, 0, "2022-10-30T02:00:00Z"},
        {"2022-07-12", 0, 0, 0, "2022-07-11T22:00:00Z"}, {"2022-07-12", 24, 0, 0, NULL}, {"2022-07-12", 0, 60, 0, NULL},
        {"2022-07-12", 0, 0, 60, NULL}, {"2022-07-12", -1, 0, 0, NULL}, {"0001-01-01", 0, 30, 0, NULL},
        {"0001-01-01", 1, 0, 0, "0001-01-01T00:00:00Z"}, {"9999-12-31", 23, 59, 59, "9999-12-31T22:59:59Z"},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct instant out = {77};
        char text[INSTANT_TEXTE_MAX];
        bool ok = instant_from_legal(jour(cas[i].jour), cas[i].h, cas[i].m, cas[i].s, &out);
        assert_int_equal(ok, cas[i].utc != NULL);
        if (ok)
            assert_string_equal(instant_utc(out, text), cas[i].utc);
        else
            assert_int_equal(out.s, 77);
    }
    struct instant out;
    assert_false(instant_from_legal(JOUR_ABSENT, 0, 0, 0, &out));
}

static void test_jour_entier(void **state)
{
    (void)state;
    static const struct { const char *jour, *debut, *fin; } cas[] = {
        {"2023-12-31", "2023-12-30T23:00:00Z", "2023-12-31T22:59:59Z"},
        {"2024-03-31", "2024-03-30T23:00:00Z", "2024-03-31T21:59:59Z"}, /* 23 hours */
        {"2022-10-30", "2022-10-29T22:00:00Z", "2022-10-30T22:59:59Z"}, /* 25 hours */
        {"0001-01-01", "0001-01-01T00:00:00Z", "0001-01-01T22:59:59Z"},
        {"9999-12-31", "9999-12-30T23:00:00Z", "9999-12-31T22:59:59Z"},
    };
    char text[INSTANT_TEXTE_MAX];
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct instant debut = instant_debut_du_jour(jour(cas[i].jour)), fin = instant_fin_du_jour(jour(cas[i].jour));
        assert_string_equal(instant_utc(debut, text), cas[i].debut);
        assert_string_equal(instant_utc(fin, text), cas[i].fin);
        assert_int_equal(instant_jour(debut).n, jour(cas[i].jour).n);
        assert_int_equal(instant_jour(fin).n, jour(cas[i].jour).n);
    }
    /* days follow one another without a hole, for ten years */
    for (int32_t n = jour("2020-01-01").n; n < jour("2030-01-01").n; n++)
        assert_int_equal(instant_fin_du_jour((struct jour){n}).s + 1, instant_debut_du_jour((struct jour){n + 1}).s);
    assert_false(instant_present(instant_debut_du_jour(JOUR_ABSENT)));
    assert_false(instant_present(instant_fin_du_jour(JOUR_ABSENT)));
    assert_false(jour_present(instant_jour(INSTANT_ABSENT)));
    assert_false(jour_present(instant_jour((struct instant){INT64_MAX})));
    assert_int_equal(instant_decalage((struct instant){INT64_MAX}), 3600);
}

static void test_utc_strict(void **state)
{
    (void)state;
    static const char *const refuses[] = {
        "", "2024-03-31", "2024-03-31T21:59:59", "2024-03-31 21:59:59Z", "2024-03-31T21:59:59z", "2024-03-31T21:59Z",
        "2024-03-31T24:00:00Z", "2024-03-31T21:60:00Z", "2024-03-31T21:59:60Z", "2024-02-30T00:00:00Z",
        " 2024-03-31T21:59:59Z", "2024-03-31T21:59:59Z ", "2024-03-31T21:59:59+00:00", "9999-12-31T23:00:00Z",
        "0000-12-31T23:00:00Z", "31/03/2024T21:59:59Z",
    };
    struct instant i = {77};
    for (size_t k = 0; k < NOMBRE(refuses); k++)
        assert_false(instant_parse_utc(slice_of(refuses[k]), &i));
    assert_int_equal(i.s, 77);
    assert_int_equal(utc("1970-01-01T00:00:00Z").s, 0);
    assert_int_equal(utc("2024-03-31T21:59:59Z").s, 1711922399);
    assert_int_equal(utc("1969-12-31T23:59:59Z").s, -1);
}

static void test_saisie(void **state)
{
    (void)state;
    static const struct { const char *s, *utc; bool date_seule; } cas[] = {
        {"2024-12-19T13:00:00Z", "2024-12-19T13:00:00Z", false}, {"2024-12-19T13:00Z", "2024-12-19T13:00:00Z", false},
        {"2024-12-19T14:00:00+01:00", "2024-12-19T13:00:00Z", false},
        {"2024-12-19T08:00:00-05:00", "2024-12-19T13:00:00Z", false},
        {"2024-12-19T14:00", "2024-12-19T13:00:00Z", false}, {"2024-12-19 14:00:01", "2024-12-19T13:00:01Z", false},
        {" 2024-07-19 14:00 ", "2024-07-19T12:00:00Z", false}, {"19/12/2024 14:00:00", "2024-12-19T13:00:00Z", false},
        {"2024-03-31", "2024-03-31T21:59:59Z", true}, {"31/12/2023", "2023-12-31T22:59:59Z", true},
        {"", NULL, false}, {"T14:00", NULL, false}, {"2024-12-19T", NULL, false}, {"2024-12-19T14", NULL, false},
        {"2024-12-19T14:00:", NULL, false}, {"2024-12-19T14:00:00 ", "2024-12-19T13:00:00Z", false},
        {"2024-12-19T14:00:00+1:00", NULL, false}, {"2024-12-19T14:00:00+15:00", NULL, false},
        {"2024-12-19T14:00:00+01:60", NULL, false}, {"2024-12-19T14:00:00+01:00x", NULL, false},
        {"2024-12-19T25:00", NULL, false}, {"2024-12-19T25:00Z", NULL, false}, {"2022-03-27 02:30", NULL, false},
        {"2024-12-19  14:00", NULL, false}, {"hier", NULL, false}, {"2024-12-19T14:00:00Z+01:00", NULL, false},
        {"0001-01-01T00:00+14:00", NULL, false}, {"9999-12-31T23:59-05:00", NULL, false},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct instant out = {77};
        char text[INSTANT_TEXTE_MAX];
        bool date_seule = !cas[i].date_seule;
        bool ok = instant_parse(slice_of(cas[i].s), &out, &date_seule);
        if (ok != (cas[i].utc != NULL))
            print_message("# instant « %s »\n", cas[i].s);
        assert_int_equal(ok, cas[i].utc != NULL);
        if (ok)
            assert_string_equal(instant_utc(out, text), cas[i].utc);
        else
            assert_int_equal(out.s, 77);
        assert_int_equal(date_seule, cas[i].date_seule);
        assert_int_equal(instant_parse(slice_of(cas[i].s), &out, NULL), ok);
    }
}

static void test_ecriture(void **state)
{
    (void)state;
    char text[INSTANT_TEXTE_MAX];
    struct instant i = utc("2024-12-19T13:00:00Z");
    assert_string_equal(instant_paris(i, text), "2024-12-19T14:00:00+01:00");
    assert_string_equal(instant_fr(i, text), "19/12/2024 14:00:00");
    i = utc("2023-12-31T23:00:00Z");
    assert_string_equal(instant_fr(i, text), "01/01/2024 00:00:00");
    assert_string_equal(instant_utc(utc("1969-12-31T23:59:59Z"), text), "1969-12-31T23:59:59Z");
    struct instant hors[] = {INSTANT_ABSENT, {INT64_MAX}, {INT64_MIN + 1}};
    for (size_t k = 0; k < NOMBRE(hors); k++) {
        assert_string_equal(instant_utc(hors[k], text), "");
        assert_string_equal(instant_paris(hors[k], text), "");
        assert_string_equal(instant_fr(hors[k], text), "");
    }
    /* what is written is read back, at every hour of a year */
    for (int64_t s = utc("2024-01-01T00:00:00Z").s; s < utc("2025-01-01T00:00:00Z").s; s += 1799) {
        struct instant back = {0};
        instant_paris((struct instant){s}, text);
        assert_true(instant_parse(slice_of(text), &back, NULL));
        assert_int_equal(back.s, s);
        instant_utc((struct instant){s}, text);
        assert_true(instant_parse_utc(slice_of(text), &back));
        assert_int_equal(back.s, s);
    }
    assert_int_equal(instant_cmp((struct instant){1}, (struct instant){2}), -1);
    assert_int_equal(instant_cmp((struct instant){2}, (struct instant){1}), 1);
    assert_int_equal(instant_cmp((struct instant){2}, (struct instant){2}), 0);
}

static void test_horloge(void **state)
{
    (void)state;
    struct instant un = horloge();
    assert_true(un.s > utc("2024-01-01T00:00:00Z").s);
    assert_int_equal(horloge().s, un.s);
    horloge_fixer(utc("2022-07-12T10:00:00Z"));
    assert_int_equal(horloge().s, utc("2022-07-12T10:00:00Z").s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changements), cmocka_unit_test(test_legal),    cmocka_unit_test(test_jour_entier),
        cmocka_unit_test(test_utc_strict),  cmocka_unit_test(test_saisie),   cmocka_unit_test(test_ecriture),
        cmocka_unit_test(test_horloge),
    };
    return cmocka_run_group_tests_name("instant", tests, NULL, NULL);
}
