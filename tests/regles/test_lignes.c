/* The lines of an order: one text in the sheet, one in the fact, and nothing that is not one of them. */
#include "../noyau/essai.h"

#include "regles/dossier.h"

static void test_feuille(void **state)
{
    (void)state;
    static const struct {
        const char *lu, *ecrit; /* NULL = refused */
    } t[] = {
        {"licence", "licence"},
        {"licence 3000,00", "licence 3000,00"},
        {"licence 3 000", "licence 3000,00"},
        {"  Licence   3\xe2\x80\xaf" "000,5 \xe2\x82\xac  ", "licence 3000,50"},
        {"licence 3000.00 etat", "licence 3000,00"},
        {"licence 3000,00 État", "licence 3000,00"},
        {"LICENCE 0,01 OG", "licence 0,01 og"},
        {"messagerie og", "messagerie og"},
        {"formation 2,00|licence 1,00", "licence 1,00 | formation 2,00"},
        {"licence 1,00 og | licence 1,00", "licence 1,00 | licence 1,00 og"},
        {"licence 1,00 | licence 2,05", "licence 3,05"},
        {"licence 1,00 | licence", "licence"},
        {"licence | licence 1,00", "licence"},
        {"licence 999999999999,99 | licence 999999999999,99", "licence"},
        {"autre 1,00 | infrastructure 1,00 | rattrapage 1,00 | changement 1,00 | messagerie 1,00 | certificat 1,00 | suivi 1,00 | "
         "formation 1,00 | maintenance 1,00 | installation 1,00 | licence 1,00",
         "licence 1,00 | installation 1,00 | maintenance 1,00 | formation 1,00 | suivi 1,00 | certificat 1,00 | messagerie 1,00 | "
         "changement 1,00 | rattrapage 1,00 | infrastructure 1,00 | autre 1,00"},
        {"", NULL}, {"|", NULL}, {"licence |", NULL}, {"| licence", NULL}, {"licence || suivi", NULL}, {"licences 1,00", NULL},
        {"licence=1,00", NULL}, {"licence -1,00", NULL}, {"licence 1,00 oge", NULL}, {"licence og 1,00", NULL}, {"licence 6.570", NULL},
        {"1,00 licence", NULL}, {"og", NULL}, {"licence 1,00 og og", NULL}, {"licence;suivi", NULL}};
    size_t lues = 0, refusees = 0;
    for (size_t i = 0; i < NOMBRE(t); i++) {
        struct ligne_bon l[LIGNES_MAX];
        uint32_t n = 0;
        struct slice faute;
        struct buffer b = {0};
        if (lignes_lire(slice_of(t[i].lu), l, &n, &faute) != (t[i].ecrit != NULL))
            fail_msg("« %s »", t[i].lu);
        refusees += t[i].ecrit == NULL;
        if (t[i].ecrit == NULL)
            continue;
        lignes_ecrire(l, n, &b);
        assert_string_equal(b.bytes, t[i].ecrit);
        assert_true(lignes_lire(slice_of(t[i].ecrit), l, &n, &faute)); /* what is written reads as the same */
        buffer_clear(&b);
        lignes_ecrire(l, n, &b);
        assert_string_equal(b.bytes, t[i].ecrit);
        lues++;
        buffer_free(&b);
    }
    assert_int_equal(lues, 15);
    assert_int_equal(refusees, 15);
}

static void test_faute_nommee(void **state)
{
    (void)state;
    struct ligne_bon l[LIGNES_MAX];
    uint32_t n;
    struct slice faute;
    assert_false(lignes_lire(slice_of("licence 1,00 |  voyage 3,00 | suivi"), l, &n, &faute));
    assert_true(slice_equals(faute, "voyage 3,00"));
}

static void test_fait(void **state)
{
    (void)state;
    static const char *const bons[] = {"licence 0 etat", "messagerie - og", "autre 99999999999999 etat"},
                             *const faux[] = {"", "licence", "licence 1", "licence 1 OG", "Licence 1 etat", "licence 01 etat", "licence  1 etat",
                                              "licence 1 etat ", "licence -1 og", "licence 1,00 etat", "voyage 1 etat", "licence 100000000000000 og"};
    for (size_t i = 0; i < NOMBRE(bons); i++) {
        struct ligne_bon l;
        struct buffer b = {0};
        assert_true(ligne_fait_lire(slice_of(bons[i]), &l));
        ligne_fait_ecrire(&l, &b);
        assert_string_equal(b.bytes, bons[i]);
        buffer_free(&b);
    }
    for (size_t i = 0; i < NOMBRE(faux); i++) {
        struct ligne_bon l;
        if (ligne_fait_lire(slice_of(faux[i]), &l))
            fail_msg("accepté à tort : %s", faux[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_feuille), cmocka_unit_test(test_faute_nommee), cmocka_unit_test(test_fait)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
