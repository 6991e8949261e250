/* The set of parameters: what it refuses, what it answers. */
#include <stdio.h>

#include "../noyau/essai.h"
#include "fabrique.h"

static struct parametres *p;

static struct jour jour(int a, int m, int j)
{
    struct jour out;
    assert_true(jour_from_ymd(a, m, j, &out));
    return out;
}

/* Adds to a new set every value of the program's, but those of `sauf`. */
static struct parametres *copie(const char *sauf)
{
    struct parametres *q = parametres_creer();
    struct diag_liste diags = {0};
    struct parametre_vue v;
    for (size_t i = 0; parametres_rang(p, i, &v); i++) {
        char depuis[JOUR_TEXTE_MAX];
        struct parametre_lu lu = {v.cle, v.type, v.titre, v.date, v.source, v.inference, jour_iso(v.depuis, depuis), v.mot};
        if (strcmp(v.cle, sauf) != 0)
            assert_true(parametres_ajouter(q, &lu, &diags));
    }
    assert_int_equal(diags.total, 0);
    return q;
}

static void test_absent(void **state)
{
    struct parametre_vue v;
    struct empreinte e = {{1}};
    size_t cles = 0;
    (void)state;
    for (size_t k = 0; k < PARAMETRE_NOMBRE; k++, cles++) {
        struct diag_liste diags = {0};
        const char *cle = parametre_cle((enum parametre_cle)k);
        struct parametres *q = copie(cle);
        assert_false(parametres_clore(q, &e, &diags));
        assert_int_equal(diags.total, 1);
        assert_non_null(strstr(diags.items[0].message, cle));
        assert_false(parametres_trouver(q, cle, jour(2022, 7, 12), &v));
        diag_vider(&diags);
        parametres_free(q);
    }
    assert_int_equal(cles, 59);
    struct diag_liste diags = {0};
    struct parametres *vide = parametres_creer();
    assert_false(parametres_clore(vide, &e, &diags));
    assert_int_equal(diags.total, PARAMETRE_NOMBRE); /* every missing key is said */
    diag_vider(&diags);
    parametres_free(vide);
    struct parametres *entier = copie("");
    assert_true(parametres_clore(entier, &e, &diags));
    assert_true(empreinte_egale(parametres_empreinte(entier), &e));
    parametres_free(entier);
}

static void test_refus(void **state)
{
    static const struct parametre_lu refuses[] = {
        {"inconnu", PARAMETRE_ENTIER, "t", "signature", "IDF", false, "2022-01-01", "1"},
        {"bareme.A.min", PARAMETRE_MONTANT, "t", "signature", "IDF", false, "2022-01-01", "1.00"},
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "signature", "IDF", false, "2022-01-01", "-1"},
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "signature", "IDF", false, "2022-01-01", "01"},
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "signature", "IDF", false, "2022-01-01", "1234567"},
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "signature", "IDF", false, "2022-01-01", ""},
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "signature", "IDF", false, "2022-02-30", "1"},
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "signature", "IDF", false, "01/01/2022", "1"},
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "signature", "IDF", false, NULL, "1"},
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "aujourd'hui", "IDF", false, "2022-01-01", "1"},
        {"bareme.A.min", PARAMETRE_ENTIER, "", "signature", "IDF", false, "2022-01-01", "1"},
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "signature", "", false, "2022-01-01", "1"},
        {"bareme.A.taux_ttc", PARAMETRE_MONTANT, "t", "signature", "IDF", false, "2022-01-01", "4000"},
        {"bareme.A.taux_ttc", PARAMETRE_MONTANT, "t", "signature", "IDF", false, "2022-01-01", "4 000.00"},
        {"bareme.A.taux_ttc", PARAMETRE_MONTANT, "t", "signature", "IDF", false, "2022-01-01", "4000,00"},
        {"tva.normale", PARAMETRE_TAUX, "t", "signature", "FAQ", false, "2022-01-01", "120.00"},
        {"MS1.jo", PARAMETRE_JOUR, "t", "au", "JO", false, "2022-01-01", "2022-02-29"},
        {"MS1.initial.fermeture", PARAMETRE_INSTANT, "t", "au", "IDF", false, "2022-01-01", "2023-12-31T25:00"},
        {"bareme.lecture", PARAMETRE_MOT, "t", "signature", "IDF", true, "2022-01-01", "forfait"},
        {"bareme.lecture", PARAMETRE_MOT, "t", "signature", "IDF", true, "2022-01-01", "forfaitaire|progressif"},
        {"MS1.categories", PARAMETRE_MOT, "t", "signature", "IDF", false, "2022-01-01", "41xx 4x"},
        {"MS1.categories", PARAMETRE_MOT, "t", "signature", "IDF", false, "2022-01-01", "41xx "},
        {"MS1.categories", PARAMETRE_MOT, "t", "signature", "IDF", false, "2022-01-01", "410x"},
        {"MS1.categories", PARAMETRE_MOT, "t", "signature", "IDF", false, "2022-01-01", "41yy"},
        {"MS1.categories", PARAMETRE_MOT, "t", "signature", "IDF", false, "2022-01-01", "abcd"},
        {"MS1.categories", PARAMETRE_MOT, "t", "signature", "IDF", false, "2022-01-01", ""},
        {"MS1.base", PARAMETRE_MOT, "t", "signature", "IDF", true, "2022-01-01", "2023-01-01-2023-01-31"},
        {"MS1.base", PARAMETRE_MOT, "t", "signature", "IDF", true, "2022-01-01", "janvier"},
        {"MS1.base", PARAMETRE_MOT, "t", "signature", "IDF", true, "2022-01-01", "2023-01-31/2023-01-01"},
    };
    (void)state;
    for (size_t i = 0; i < NOMBRE(refuses); i++) {
        struct diag_liste diags = {0};
        struct parametres *q = parametres_creer();
        if (parametres_ajouter(q, &refuses[i], &diags))
            fail_msg("accepté : %s = %s (%zu)", refuses[i].cle, refuses[i].valeur, i);
        assert_true(diags.total >= 1);
        diag_vider(&diags);
        parametres_free(q);
    }
}

/* The last values that are still accepted, and what a refused word is told. */
static void test_admis(void **state)
{
    static const struct parametre_lu admis[] = {
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "signature", "IDF", false, "2022-01-01", "0"},
        {"bareme.A.min", PARAMETRE_ENTIER, "t", "va", "IDF", false, "2022-01-01", "999999"},
        {"tva.normale", PARAMETRE_TAUX, "t", "depot", "FAQ", false, "2022-01-01", "100.00"},
        {"MS1.categories", PARAMETRE_MOT, "t", "signature", "IDF", false, "2022-01-01", "9xxx 49xx 4901 999"},
        {"MS1.base", PARAMETRE_MOT, "t", "signature", "IDF", true, "2022-01-01", "2023-01-31/2023-01-31"},
    };
    struct parametre_lu mot = {"bareme.lecture", PARAMETRE_MOT, "t", "signature", "IDF", true, "2022-01-01", "forfait"};
    struct diag_liste diags = {0};
    (void)state;
    for (size_t i = 0; i < NOMBRE(admis); i++) {
        struct parametres *q = parametres_creer();
        if (!parametres_ajouter(q, &admis[i], &diags))
            fail_msg("refusé : %s = %s", admis[i].cle, admis[i].valeur);
        parametres_free(q);
    }
    assert_int_equal(diags.total, 0);
    struct parametres *q = parametres_creer();
    assert_false(parametres_ajouter(q, &mot, &diags));
    assert_string_equal(diags.items[0].trouve, "forfait");
    assert_string_equal(diags.items[0].attendu, "forfaitaire|progressif");
    diag_vider(&diags);
    parametres_free(q);
    parametres_free(NULL);
}

static void test_double(void **state)
{
    struct parametre_lu lu = {"MS1.jo", PARAMETRE_JOUR, "t", "au", "JO", false, "2022-01-01", "2022-02-12"};
    struct diag_liste diags = {0};
    struct parametres *q = parametres_creer();
    struct parametre_vue v;
    (void)state;
    assert_true(parametres_ajouter(q, &lu, &diags));
    assert_false(parametres_ajouter(q, &lu, &diags));
    assert_int_equal(diags.total, 1);
    lu.depuis = "2021-06-01", lu.valeur = "2021-07-01"; /* given after, starts before: sorted */
    assert_true(parametres_ajouter(q, &lu, &diags));
    lu.depuis = "2023-01-01", lu.titre = "autre titre";
    assert_false(parametres_ajouter(q, &lu, &diags));
    assert_true(parametres_trouver(q, "MS1.jo", jour(2021, 12, 31), &v));
    assert_string_equal(v.mot, "2021-07-01");
    assert_true(parametres_trouver(q, "MS1.jo", jour(2022, 1, 1), &v)); /* the first day of the second value */
    assert_string_equal(v.mot, "2022-02-12");
    assert_false(parametres_trouver(q, "MS1.jo", jour(2021, 5, 31), &v));
    assert_false(parametres_trouver(q, "MS1.jo", JOUR_ABSENT, &v));
    diag_vider(&diags);
    parametres_free(q);
}

/* The bounds of the barème must grow, whatever their dates. */
static void test_bornes(void **state)
{
    struct parametre_lu lu = {"bareme.B.min", PARAMETRE_ENTIER, "", "signature", "IDF", false, "2023-01-01", "5"};
    struct parametre_vue v;
    struct empreinte e = {{1}};
    struct diag_liste diags = {0};
    struct parametres *q = copie("");
    (void)state;
    assert_true(parametres_trouver(q, "bareme.B.min", jour(2022, 7, 12), &v));
    lu.titre = v.titre;
    assert_true(parametres_ajouter(q, &lu, &diags));
    assert_false(parametres_clore(q, &e, &diags));
    assert_int_equal(diags.total, 1);
    diag_vider(&diags);
    parametres_free(q);
    q = copie(""); /* the last bound too, at the date when it alone changes */
    assert_true(parametres_trouver(q, "bareme.F.min", jour(2022, 7, 12), &v));
    lu.cle = "bareme.F.min", lu.titre = v.titre, lu.valeur = "20";
    assert_true(parametres_ajouter(q, &lu, &diags));
    assert_false(parametres_clore(q, &e, &diags));
    diag_vider(&diags);
    parametres_free(q);
}

/* The statuts juridiques that make a GCSMS of an OG; unknown statut or date: absent, never « no ». */
static void test_gcsms(void **state)
{
    static const struct { uint16_t statut; enum trois attendu; } cas[] = {
        {30, TROIS_OUI}, {66, TROIS_OUI}, {29, TROIS_NON}, {60, TROIS_NON}, {89, TROIS_NON}, {3, TROIS_NON}, {0, TROIS_ABSENT}};
    struct parametres *q = copie("");
    (void)state;
    for (size_t i = 0; i < sizeof cas / sizeof *cas; i++) {
        struct dossier d = {.date_signature = jour(2022, 7, 12), .base = {.statut_og = cas[i].statut}};
        assert_int_equal(og_gcsms(&d, q), cas[i].attendu);
        d.date_signature = JOUR_ABSENT;
        assert_int_equal(og_gcsms(&d, q), TROIS_ABSENT);
    }
    parametres_free(q);
}

/* A set older than the program: the keys it lacks are the program's, the others stay its own. */
static void test_completer(void **state)
{
    struct parametre_vue v;
    struct empreinte e = {{1}};
    struct diag_liste diags = {0};
    struct parametres *programme = copie(""), *q = copie("gcsms.statuts"), *vide = parametres_creer();
    (void)state;
    assert_true(parametres_completer(q, programme, &diags));
    assert_true(parametres_clore(q, &e, &diags));
    assert_true(parametres_trouver(q, "gcsms.statuts", jour(2022, 7, 12), &v));
    assert_string_equal(v.mot, "30 66");
    size_t rangs = 0, autant = 0;
    while (parametres_rang(programme, rangs, &v)) rangs++;
    while (parametres_rang(q, autant, &v)) autant++;
    assert_int_equal(rangs, autant);
    assert_true(parametres_completer(vide, programme, &diags));
    assert_true(parametres_clore(vide, &e, &diags));
    assert_true(parametres_completer(vide, programme, &diags)); /* nothing to add: no duplicate */
    assert_int_equal(diags.total, 0);
    parametres_free(programme);
    parametres_free(q);
    parametres_free(vide);
}

/* No gap: every key has a value at every quarter of the scheme, by its title, source and date. */
static void test_trimestres(void **state)
{
    struct parametre_vue v;
    size_t vus = 0;
    (void)state;
    for (int t = 0; t < 12; t++)
        for (size_t k = 0; k < PARAMETRE_NOMBRE; k++, vus++) {
            struct jour j = t == 0 ? jour(2022, 2, 12) : jour(2022 + t / 4, 3 * (t % 4) + 2, 15);
            const char *cle = parametre_cle((enum parametre_cle)k);
            if (!parametres_trouver(p, cle, j, &v))
                fail_msg("%s n'a pas de valeur au trimestre %d", cle, t);
            assert_true(*v.titre != '\0' && *v.source != '\0' && *v.date != '\0' && *v.mot != '\0');
        }
    assert_int_equal(vus, 12 * 59);
    assert_true(parametres_trouver(p, "bareme.A.min", jour(2024, 12, 31), &v));
}

static void instant_egal(enum parametre_cle cle, const char *attendu)
{
    struct instant i;
    char texte[INSTANT_TEXTE_MAX];
    assert_true(parametre_n(p, cle, jour(2023, 6, 1), &i.s));
    assert_string_equal(instant_utc(i, texte), attendu);
}

static void test_calendriers(void **state)
{
    static const enum couloir couloirs[] = {COULOIR_MS1, COULOIR_MS2_PDS, COULOIR_MS2_PDE};
    static const char *const jo[] = {"2022-02-12", "2022-09-14", "2022-09-30"}, *const ouverture[] = {"2022-05-17", "2022-09-14", "2022-09-30"};
    struct jour j;
    char texte[JOUR_TEXTE_MAX];
    (void)state;
    for (size_t i = 0; i < NOMBRE(couloirs); i++) {
        const struct parametres_couloir *c = parametres_couloir(couloirs[i]);
        instant_egal(c->fermeture[CALENDRIER_INITIAL], "2023-12-31T22:59:59Z");
        instant_egal(c->cloture[CALENDRIER_INITIAL], "2024-03-31T21:59:59Z"); /* summer time already */
        instant_egal(c->fermeture[CALENDRIER_PROROGE], "2024-02-28T22:59:59Z");
        instant_egal(c->cloture[CALENDRIER_PROROGE], "2024-12-19T13:00:00Z");
        assert_true(parametre_jour(p, c->jo, jour(2022, 1, 1), &j));
        assert_string_equal(jour_iso(j, texte), jo[i]);
        assert_true(parametre_jour(p, c->ouverture, jour(2022, 1, 1), &j));
        assert_string_equal(jour_iso(j, texte), ouverture[i]);
        assert_string_equal(parametre_mot(p, c->ouvert, jour(2023, 1, 1)), "oui");
    }
    const struct parametres_couloir *ms3 = parametres_couloir(COULOIR_MS3);
    assert_false(ms3->calendrier);
    assert_string_equal(parametre_mot(p, ms3->ouvert, jour(2023, 1, 1)), "non");
    assert_false(parametre_jour(p, ms3->jo, jour(2023, 1, 1), &j));
    assert_false(parametres_couloir(COULOIR_INCONNU)->connu);
    instant_egal(P_SOLDE_MSS, "2024-09-12T12:00:00Z"); /* 14:00 in summer time */
}

static void test_bases(void **state)
{
    static const struct {
        enum couloir c;
        int annee;
        enum base_regle regle;
        const char *du, *au;
    } bases[] = {
        {COULOIR_MS1, 2022, BASE_DU_JOUR, "2022-01-03", ""},
        {COULOIR_MS1, 2023, BASE_PREMIERE_DE, "2023-01-01", "2023-01-31"},
        {COULOIR_MS1, 2024, BASE_SANS_TEXTE, "", ""},
        {COULOIR_MS2_PDS, 2022, BASE_DU_JOUR, "2022-01-03", ""},
        {COULOIR_MS2_PDS, 2023, BASE_A_DESIGNER, "", ""},
        {COULOIR_MS2_PDE, 2023, BASE_A_DESIGNER, "", ""},
        {COULOIR_MS3, 2022, BASE_SANS_TEXTE, "", ""},
    };
    struct base_attendue b;
    char texte[JOUR_TEXTE_MAX];
    (void)state;
    for (size_t i = 0; i < NOMBRE(bases); i++) {
        assert_true(parametres_base(p, bases[i].c, bases[i].annee, &b));
        assert_int_equal(b.regle, bases[i].regle);
        assert_int_equal(jour_present(b.du), *bases[i].du != '\0');
        assert_int_equal(jour_present(b.au), *bases[i].au != '\0');
        if (jour_present(b.du))
            assert_string_equal(jour_iso(b.du, texte), bases[i].du);
        if (jour_present(b.au))
            assert_string_equal(jour_iso(b.au, texte), bases[i].au);
    }
    assert_false(parametres_base(p, COULOIR_MS1, 2021, &b));
    assert_false(parametres_base(p, COULOIR_INCONNU, 2022, &b));
    assert_false(parametres_base(p, COULOIR_MS1, 10000, &b));
}

/* Aggregate, category → couloirs that count it; the one of the finer mapping. */
static void test_categories(void **state)
{
    enum { TOUS = 1, MS1 = 1 << COULOIR_MS1, PDS = 1 << COULOIR_MS2_PDS, PDE = 1 << COULOIR_MS2_PDE, MS3 = 1 << COULOIR_MS3 };
    static const struct {
        uint16_t agregat, categorie;
        unsigned masque;
        enum couloir fin;
    } cas[] = {
        {4401, 500, TOUS | MS1, COULOIR_MS1},           {4106, 190, TOUS | MS1, COULOIR_MS1},
        {4301, 255, TOUS | MS1, COULOIR_MS1},           {4605, 354, TOUS | MS1, COULOIR_MS1},
        {4604, 165, TOUS | MS1 | PDS, COULOIR_MS2_PDS}, {4501, 177, TOUS | PDE, COULOIR_MS2_PDE},
        {4605, 462, TOUS | MS1 | PDE, COULOIR_MS2_PDE}, {4601, 214, TOUS | MS1 | MS3, COULOIR_MS3},
        {4607, 219, TOUS | MS1 | MS3, COULOIR_MS3},     {4608, 340, TOUS | MS1 | MS3, COULOIR_MS3},
        {4602, 256, TOUS | MS1 | MS3, COULOIR_MS3},     {4603, 380, TOUS | MS1 | MS3, COULOIR_MS3},
        {4504, 344, TOUS | PDE | MS3, COULOIR_MS3},     {4609, 999, TOUS | MS1, COULOIR_MS1},
        {4201, 999, TOUS, COULOIR_INCONNU},             {1101, 101, 0, COULOIR_INCONNU},
        {440, 500, 0, COULOIR_INCONNU},                 {0, 0, 0, COULOIR_INCONNU},
    };
    (void)state;
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct jour j = jour(2021, 1, 8); /* an old base counts too */
        assert_int_equal(couloirs_de_categorie(p, cas[i].agregat, cas[i].categorie, j), cas[i].masque);
        assert_int_equal(couloir_de_categorie(p, cas[i].agregat, cas[i].categorie, j), cas[i].fin);
        for (unsigned c = COULOIR_MS1; c < COULOIR_NOMBRE; c++)
            assert_int_equal(categorie_du_couloir(p, (enum couloir)c, cas[i].agregat, cas[i].categorie, j), cas[i].masque >> c & 1u);
    }
    assert_false(categorie_du_couloir(p, COULOIR_INCONNU, 4401, 500, jour(2022, 1, 3)));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_absent), cmocka_unit_test(test_gcsms), cmocka_unit_test(test_completer),      cmocka_unit_test(test_refus),       cmocka_unit_test(test_double),
        cmocka_unit_test(test_bornes), cmocka_unit_test(test_admis),      cmocka_unit_test(test_trimestres),  cmocka_unit_test(test_calendriers),
        cmocka_unit_test(test_bases),       cmocka_unit_test(test_categories),
    };
    p = fabrique_parametres();
    int rc = cmocka_run_group_tests_name("paramètres", tests, NULL, NULL);
    parametres_free(p);
    return rc;
}
