/* E-mail addresses and telephone numbers: each accepted and each refused form. */
#include "essai.h"

#include "noyau/coordonnees.h"

static void test_courriels(void **state)
{
    static const char *const bons[] = {"a@b.fr", "anne.exemple@asso-exemple.fr", "A+b_c@ex.example.org", "o'brien@ex.ie", "x@xn--bcher-kva.xn--fiqs8s",
                                       "1@1.fr", "a-b@c.museum"},
                             *const faux[] = {"", "a", "@", "a@", "@b.fr", "a@b", "a@@b.fr", "a@b@c.fr", "a b@c.fr", "a@b .fr", ".a@b.fr", "a.@b.fr",
                                              "a..b@c.fr", "a@.fr", "a@b..fr", "a@b.fr.", "a@-b.fr", "a@b-.fr", "a@b.f", "a@b.123", "a@b_c.fr",
                                              "\xc3\xa9@b.fr", "a@\xc3\xa9.fr", "a,b@c.fr", "<a@b.fr>", "a@b.fr;c@d.fr", "mailto:a@b.fr", "a@[1.2.3.4]",
                                              "\"a\"@b.fr", "a@b.fr\n", "=a@b.fr "};
    char t[600];
    (void)state;
    for (size_t i = 0; i < NOMBRE(bons); i++)
        if (!courriel_valide(slice_of(bons[i])))
            fail_msg("refusé : %s", bons[i]);
    for (size_t i = 0; i < NOMBRE(faux); i++)
        if (courriel_valide(slice_of(faux[i])))
            fail_msg("accepté : %s", faux[i]);
    assert_false(courriel_valide((struct slice){"a\0b@c.fr", 8}));
    for (size_t n = 60; n < 70; n++) { /* the local part */
        memset(t, 'a', n);
        strcpy(t + n, "@b.fr");
        assert_int_equal(courriel_valide(slice_of(t)), n <= 64);
    }
    for (size_t n = 248; n < 260; n++) { /* all of it */
        memset(t, 'a', n);
        for (size_t i = 1; i < n - 3; i += 2)
            t[i] = '.';
        t[1] = '@';
        t[n - 3] = '.';
        t[n - 4] = 'a';
        if (n % 2 == 1)
            t[n - 5] = 'a';
        t[n] = '\0';
        assert_int_equal(courriel_valide(slice_of(t)), n <= COURRIEL_MAX);
    }
}

static void test_telephones(void **state)
{
    static const struct {
        const char *lu, *attendu; /* NULL: refused */
    } cas[] = {
        {"0123456789", "0123456789"}, {"01 23 45 67 89", "0123456789"}, {"01.23.45.67.89", "0123456789"}, {"01-23-45-67-89", "0123456789"},
        {"01/23/45/67/89", "0123456789"}, {"+33 1 23 45 67 89", "0123456789"}, {"+33 (0)1 23 45 67 89", "0123456789"},
        {"0033123456789", "0123456789"}, {"123456789", "0123456789"}, {"01\xc2\xa0" "23\xe2\x80\xaf" "45 67 89", "0123456789"},
        {"+262 262 12 34 56", "+262262123456"}, {"+32 2 123 45 67", "+3221234567"}, {"(01) 23 45 67 89", "0123456789"}, {"0032 2 123 45 67", "+3221234567"},
        {"", NULL}, {"+", NULL}, {"01234567890", NULL}, {"012345678", NULL}, {"0023456789", NULL}, {"+1234567", NULL}, {"+0123456789", NULL},
        {"+1234567890123456", NULL}, {"12345678901234567890", NULL}, {"01 23 45 67 8x", NULL}, {"0123456789 ou 0623456789", NULL},
        {"((01)23456789", NULL}, {"(01)(23)456789", NULL}, {"01)23456789", NULL}, {"(0123456789", NULL}, {"++33123456789", NULL},
        {"01+23456789", NULL}, {"-0123456789", NULL}, {".0123456789", NULL}, {"a", NULL},
    };
    char t[TELEPHONE_TEXTE_MAX];
    size_t bons = 0;
    (void)state;
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        const bool lu = telephone_lire(slice_of(cas[i].lu), t);
        if (lu != (cas[i].attendu != NULL) || (lu && strcmp(t, cas[i].attendu) != 0))
            fail_msg("« %s » : %s", cas[i].lu, lu ? t : "refusé");
        if (lu) { /* what is written reads as itself */
            char u[TELEPHONE_TEXTE_MAX];
            assert_true(telephone_lire(slice_of(t), u));
            assert_string_equal(t, u);
            bons++;
        }
    }
    assert_int_equal(bons, 14);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_courriels), cmocka_unit_test(test_telephones)};
    return cmocka_run_group_tests_name("coordonnées", tests, NULL, NULL);
}
