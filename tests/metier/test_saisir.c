/* What is typed, and the sheet that it makes. */
#include "../noyau/essai.h"

#include "metier/actes.h"
#include "metier/saisir.h"


static finess numero(const char *t)
{
    finess f = FINESS_ABSENT;
    assert_int_equal(finess_parse(slice_of(t), &f), NUMERO_VALIDE);
    return f;
}

static void test_valeurs(void **etat)
{
    (void)etat;
    struct saisie s = {0};
    assert_int_equal(saisie_valeur(&s, C_SOLUTION).len, 0);
    saisie_mettre(&s, C_SOLUTION, slice_of("DUI Maquis"));
    assert_string_equal(s.valeurs[C_SOLUTION], "DUI Maquis");
    saisie_mettre(&s, C_SOLUTION, saisie_valeur(&s, C_SOLUTION)); /* itself */
    assert_string_equal(s.valeurs[C_SOLUTION], "DUI Maquis");
    saisie_mettre(&s, C_SOLUTION, (struct slice){NULL, 0});
    assert_null(s.valeurs[C_SOLUTION]);
    saisie_mettre(&s, C_NUMERO, slice_of("A"));
    saisie_free(&s);
    assert_null(s.valeurs[C_NUMERO]);
}

static void test_essms(void **etat)
{
    (void)etat;
    struct saisie s = {0};
    for (finess i = 1; i <= 50; i++)
        saisie_essms(&s, i, true);
    assert_int_equal(s.n, 50);
    saisie_essms(&s, 7, false); /* there already: stays */
    assert_int_equal(s.n, 50);
    saisie_essms(&s, 7, true);
    assert_int_equal(s.n, 49);
    for (size_t i = 0; i < s.n; i++)
        assert_int_not_equal(s.essms[i].et, 7);
    assert_int_equal(s.essms[5].et, 6);
    assert_int_equal(s.essms[6].et, 8);
    saisie_essms(&s, 7, false);
    assert_int_equal(s.essms[49].et, 7);
    while (s.n > 0)
        saisie_essms(&s, s.essms[0].et, true);
    assert_int_equal(s.n, 0);
    saisie_free(&s);
}

static void test_feuille(void **etat)
{
    (void)etat;
    struct saisie s = {0};
    struct diag_liste diags = {0};
    struct feuille *f = saisie_feuille(&s, &diags);
    assert_int_equal(feuille_nombre(f), 1); /* an order without ESSMS is still a row */
    assert_true(feuille_saine(f));
    feuille_free(f);
    saisie_mettre(&s, C_NUMERO, slice_of("BC-1"));
    saisie_mettre(&s, C_MONTANT_HT, slice_of("10,00"));
    saisie_essms(&s, numero("2A0000998"), true);
    saisie_essms(&s, numero("2A0000196"), true);
    s.essms[1].ht = memoire_strdup("4,00");
    f = saisie_feuille(&s, &diags);
    assert_true(feuille_saine(f));
    assert_false(feuille_est_fichier(f)); /* a piece is named as the command line names one */
    assert_int_equal(feuille_nombre(f), 2);
    static const char *const attendu[2][4] = {{"BC-1", "2A0000998", "", "10,00"}, {"BC-1", "2A0000196", "4,00", ""}};
    static const size_t champs[4] = {C_NUMERO, C_FINESS_ET, C_MONTANT_HT_ESSMS, C_MONTANT_HT};
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 4; k++)
            assert_true(slice_equals(feuille_valeur(f, i, champs[k]), attendu[i][k]));
    assert_int_equal(diags.total, 0);
    feuille_free(f);
    saisie_mettre(&s, C_SOLUTION, slice_of("a\033[31mb"));
    f = saisie_feuille(&s, &diags);
    assert_false(feuille_saine(f));
    assert_int_equal(diags.erreurs, 1);
    feuille_free(f);
    diag_vider(&diags);
    saisie_free(&s);
}

/* Every column of an order is asked, or is one that an ESSMS is told by. */
static void test_questions(void **etat)
{
    (void)etat;
    bool posee[C_NOMBRE] = {false};
    size_t n = 0;
#define QUESTION(champ, forme, sens, vide, aide) assert_false(posee[champ]); posee[champ] = true; n++;
#include "cli/questions.def"
#undef QUESTION
    posee[C_SIRET_ESSMS] = posee[C_LIBELLE_ESSMS] = posee[C_COMMUNE] = true; /* answered at finess_et; shown, not asked */
    for (size_t k = 0; k < C_NOMBRE; k++)
        assert_true(posee[k]);
    assert_int_equal(n, C_NOMBRE - 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valeurs),
        cmocka_unit_test(test_essms),
        cmocka_unit_test(test_feuille),
        cmocka_unit_test(test_questions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
