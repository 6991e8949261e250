/* Names and towns: what is the same, what is not, and which sibling is nearer. */
#include "../noyau/essai.h"

#include "regles/rapprochement.h"

static const struct tolerance T = {5000, 5};

static void test_communes(void **state)
{
    static const struct {
        const char *a, *b;
        bool meme;
    } t[] = {
        {"Ajaccio", "AJACCIO", true}, {"Ajaccio", "AJACCIO CEDEX 1", true}, {"20000 Ajaccio", "AJACCIO", true},
        {"Saint-Étienne", "ST ETIENNE", true}, {"Ste Lucie de Tallano", "SAINTE LUCIE DE TALLANO", true}, {"Paris 12e arrondissement", "PARIS 03", true},
        {"L'Île-Rousse", "L ILE ROUSSE", true}, {"Ile Rousse", "L ILE ROUSSE", true}, {"Bourg en Bresse", "BOURG EN BRES", true},
        {"Sarrola", "SARROLA CARCOPINO", true}, {"Chalons sur Saone", "CHALON S SAONE", true}, {"Vecchio Porto", "PORTO VECCHIO", true},
        {"Marsielle", "MARSEILLE 08", true}, {"Bastia", "AJACCIO", false}, {"Saint-Denis", "ST MALO", false}, {"Saint", "ST MALO", false},
        {"Pau", "PAS", false}, {"Lyon", "LAON", false}, {"Nice", "VENCE", false}, {"", "AJACCIO", false}, {"Ajaccio", "", false},
        {"Carcopino", "SARROLA CARCOPINO", false}};
    for (size_t i = 0; i < NOMBRE(t); i++) {
        struct arene a = {0};
        struct mots x, y;
        (void)state;
        mots_de_la_commune(t[i].a, &a, &x);
        mots_de_la_commune(t[i].b, &a, &y);
        if (communes_semblables(&x, &y, &T) != t[i].meme || communes_semblables(&y, &x, &T) != t[i].meme)
            fail_msg("« %s » et « %s »", t[i].a, t[i].b);
        arene_free(&a);
    }
}

static enum ecart ecart(const char *donne, const char *finess, const char *commune, bool sure)
{
    struct arene a = {0};
    struct mots x, y, z;
    mots_du_nom(donne, &a, &x);
    mots_du_nom(finess, &a, &y);
    mots_de_la_commune(commune, &a, &z);
    const enum ecart e = noms_ecart(&x, &y, &z, sure, &T);
    arene_free(&a);
    return e;
}

static void test_noms(void **state)
{
    static const struct {
        const char *donne, *finess;
        enum ecart ecart;
    } t[] = {
        {"IME Les Moulins Blancs", "IME LES MOULINS BLANCS", ECART_AUCUN},
        {"Foyer Casa Toia", "FOYER D'HEBERGEMENT PER HAND CASA TOIA", ECART_AUCUN},
        {"SAJ I Fiori", "S.A.J. I FIORI", ECART_AUCUN},
        {"S.A.J. I FIORI", "SAJ I FIORI", ECART_AUCUN},
        {"Institut médico-éducatif Les Salines", "IME LES SALINES", ECART_AUCUN},
        {"Les Salines", "IME LES SALINES", ECART_AUCUN},
        {"EHPAD de Bastia", "EHPAD NOTRE DAME", ECART_AUCUN}, /* the type and the town say nothing against it */
        {"EHPAD N.D. de Bastia", "EHPAD NOTRE-DAME", ECART_AUCUN},
        {"EHPAD", "EHPAD LES LILAS", ECART_AUCUN},
        {"Mas Albizzia 2", "MAS ALBIZZIA (2)", ECART_AUCUN},
        {"Mas Albizzia 1", "MAS ALBIZZIA (2)", ECART_NUMERO},
        {"Foyer II", "FOYER III", ECART_NUMERO},
        {"EHPAD Saint Joseph", "EHPAD SAINTE MARIE", ECART_NOM},
        {"SSIAD Bavella", "SAVS BAVELLA", ECART_GENRE},
        {"SESSAD", "IME LES LILAS", ECART_GENRE},
        {"SAVS", "ACCUEIL FAMILIAL L'ESCALE", ECART_NOM},
        {"EHPAD Les Lilas", "CLINIQUE DU PARC", ECART_NOM},
        {"", "EHPAD LES LILAS", ECART_NOM},
        {"IME Grandes Fougères Rouges", "IME GRANDES COLLINES BLEUES", ECART_NOM}, /* one of three */
        {"IME Fougères Rouges", "IME FOUGERES BLEUES", ECART_AUCUN},               /* one of two: half */
    };
    (void)state;
    for (size_t i = 0; i < NOMBRE(t); i++)
        if (ecart(t[i].donne, t[i].finess, "BASTIA", false) != t[i].ecart)
            fail_msg("« %s » et « %s » : %d", t[i].donne, t[i].finess, ecart(t[i].donne, t[i].finess, "BASTIA", false));
    assert_int_equal(ecart("EHPAD Les Lilas", "EHPAD", "BASTIA", true), ECART_AUCUN);
    assert_int_equal(ecart("EHPAD Les Lilas", "EHPAD", "BASTIA", false), ECART_NOM);
    assert_int_equal(ecart("", "EHPAD", "BASTIA", true), ECART_AUCUN);
}

static int proximite(const char *donne, const char *finess, const char *commune)
{
    struct arene a = {0};
    struct mots x, y, z;
    mots_du_nom(donne, &a, &x);
    mots_du_nom(finess, &a, &y);
    mots_de_la_commune(commune, &a, &z);
    const int p = noms_proximite(&x, &y, &z, &T);
    arene_free(&a);
    return p;
}

static void test_proximite(void **state)
{
    static const struct {
        const char *donne, *proche, *loin;
    } t[] = {
        {"EHPAD Les Lilas", "EHPAD LES LILAS", "EHPAD LES LILAS BLANCS"},
        {"EHPAD Les Lilas Blancs", "EHPAD LES LILAS BLANCS", "EHPAD LES LILAS"},
        {"SESSAD U Fiatu", "SESSAD DI U FIATU", "IME U FIATU"},
        {"Foyer Isatis 2", "FOYER ISATIS 2", "FOYER ISATIS 1"},
        {"FOYER LE BOCAGE", "FOYER LE BOCAGE", "FOYER HEBERGEMENT LE BOCAGE"}, /* the very text */
        {"EHPAD ADMR Bastia", "EHPAD ADMR", "EHPAD ADMR AJACCIO"},
    };
    (void)state;
    for (size_t i = 0; i < NOMBRE(t); i++)
        if (proximite(t[i].donne, t[i].proche, "BASTIA") <= proximite(t[i].donne, t[i].loin, "BASTIA"))
            fail_msg("« %s »", t[i].donne);
    assert_int_equal(proximite("Les Lilas", "EHPAD LES LILAS", "BASTIA"), proximite("Les Lilas", "SSIAD LES LILAS", "BASTIA"));
    assert_int_equal(proximite("EHPAD les lilas", "EHPAD LES LILAS", ""), PROXIMITE_EXACTE);
    assert_int_equal(proximite("Lilas", "Moulins", ""), 0);
}

/* Whatever the text, no word is read past the end. */
static void test_bornes(void **state)
{
    static const char *const textes[] = {"", " ", "a", "A B", "L D A", "\xff\xfe", "É", "1", "A.B.C.D.E.F.G.H.I.J.K.L.M.N.O.P.Q.R.S.T.U.V.W.X.Y.Z",
                                         "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix sept dix huit dix neuf vingt",
                                         "anticonstitutionnellementanticonstitutionnellementanticonstitutionnellement",
                                         "anticonstitutionnellementanticonstitutionnellementanticonstitutionnellemont"};
    (void)state;
    for (size_t i = 0; i < NOMBRE(textes); i++)
        for (size_t k = 0; k < NOMBRE(textes); k++) {
            (void)ecart(textes[i], textes[k], textes[k], false);
            assert_in_range(proximite(textes[i], textes[k], textes[i]), 0, PROXIMITE_EXACTE);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_communes), cmocka_unit_test(test_noms), cmocka_unit_test(test_proximite),
                                       cmocka_unit_test(test_bornes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
