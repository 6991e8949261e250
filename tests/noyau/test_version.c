/* Versions: number by number, bounded, both ways. */
#include "essai.h"

#include "noyau/version.h"

static void test_ordre(void **state)
{
    static const struct {
        const char *a, *b;
        enum version_ordre attendu;
    } cas[] = {
        {"4.2", "4.2", VERSION_EGALE}, {"4.2", "4.2.0", VERSION_EGALE}, {"v4.2", "V4.2.0.0.0.0", VERSION_EGALE},
        {"04.02", "4.2", VERSION_EGALE}, {"4.9", "4.10", VERSION_AVANT}, {"4.10", "4.9", VERSION_APRES}, {"3", "4.2", VERSION_AVANT},
        {"4.2.0.0.0.1", "4.2", VERSION_APRES}, {"999999999", "1", VERSION_APRES}, {"0", "0.0.0", VERSION_EGALE},
        {"2022-Z", "2022-Z", VERSION_EGALE}, {"2022-Z", "2022-Y", VERSION_INCOMPARABLE}, {"4.2 beta", "4.2", VERSION_INCOMPARABLE},
        {"", "4.2", VERSION_INCOMPARABLE}, {"4.2", "", VERSION_INCOMPARABLE}, {"", "", VERSION_INCOMPARABLE}, {NULL, "1", VERSION_INCOMPARABLE},
        {"4.", "4", VERSION_INCOMPARABLE}, {".4", "4", VERSION_INCOMPARABLE}, {"4..2", "4", VERSION_INCOMPARABLE}, {"v", "4", VERSION_INCOMPARABLE},
        {"vv4", "4", VERSION_INCOMPARABLE}, {"4.2.0.0.0.0.1", "4.2", VERSION_INCOMPARABLE}, {"1234567890", "1", VERSION_INCOMPARABLE},
        {"-1", "1", VERSION_INCOMPARABLE}, {"+1", "1", VERSION_INCOMPARABLE}, {"1,2", "1.2", VERSION_INCOMPARABLE},
        {"4.2 ", "4.2", VERSION_INCOMPARABLE}, {"\xd9\xa4.2", "4.2", VERSION_INCOMPARABLE},
    };
    size_t comparables = 0;
    (void)state;
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        const enum version_ordre o = version_comparer(cas[i].a, cas[i].b), inverse = version_comparer(cas[i].b, cas[i].a);
        if (o != cas[i].attendu)
            fail_msg("%s, %s : %d", cas[i].a, cas[i].b, o);
        assert_int_equal(inverse, o == VERSION_AVANT ? VERSION_APRES : o == VERSION_APRES ? VERSION_AVANT : o);
        comparables += o != VERSION_INCOMPARABLE;
    }
    assert_int_equal(comparables, 11);
}

/* A hostile text of any length neither overflows nor compares. */
static void test_long(void **state)
{
    static char t[100001];
    (void)state;
    memset(t, '9', sizeof t - 1);
    assert_int_equal(version_comparer(t, "1"), VERSION_INCOMPARABLE);
    for (size_t i = 1; i < sizeof t - 1; i += 2)
        t[i] = '.';
    assert_int_equal(version_comparer(t, "1"), VERSION_INCOMPARABLE);
    assert_int_equal(version_comparer(t, t), VERSION_EGALE);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_ordre), cmocka_unit_test(test_long)};
    return cmocka_run_group_tests_name("version", tests, NULL, NULL);
}
