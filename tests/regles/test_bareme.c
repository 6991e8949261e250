/* The barème against the known answers of tests/cas and the thresholds of the law. */
#include <stdio.h>

#include "../noyau/essai.h"
#include "fabrique.h"

static struct parametres *p;
static const struct jour SIGNATURE = {19185}; /* 2022-07-12 */

/* Rows of a known-answer file, header skipped; each field an integer but those left to `texte`. Returns their number. */
static size_t lire_cas(const char *nom, size_t champs, void (*ligne)(char **champs))
{
    const char *src = getenv("SONS_SRCDIR");
    char chemin[512], brut[1024], *f[12];
    snprintf(chemin, sizeof chemin, "%s/tests/cas/%s", src == NULL ? "." : src, nom);
    FILE *fichier = fopen(chemin, "r");
    assert_non_null(fichier);
    size_t n = 0;
    assert_non_null(fgets(brut, sizeof brut, fichier));
    while (fgets(brut, sizeof brut, fichier) != NULL) {
        size_t k = 0;
        brut[strcspn(brut, "\r\n")] = '\0';
        for (char *s = brut; k < NOMBRE(f); s++) {
            f[k++] = s;
            s += strcspn(s, ";");
            if (*s == '\0')
                break;
            *s = '\0';
        }
        assert_int_equal(k, champs);
        ligne(f);
        n++;
    }
    fclose(fichier);
    return n;
}

static int64_t nombre(const char *s)
{
    return strtoll(s, NULL, 10);
}

static void ligne_bareme(char **f)
{
    struct plafond x;
    assert_true(bareme_plafond(p, (uint32_t)nombre(f[0]), (uint32_t)nombre(f[1]), SIGNATURE, &x));
    assert_int_equal(x.tranche.lettre, f[2][0]);
    assert_int_equal(x.tranche.taux_ttc.centimes, nombre(f[3]));
    assert_int_equal(x.ttc.centimes, nombre(f[4]));
    assert_int_equal(x.ht_bas.centimes, nombre(f[5]));
    assert_int_equal(x.ht_haut.centimes, nombre(f[6]));
    assert_int_equal(x.progressif_ttc.centimes, nombre(f[7]));
}

static void test_bareme(void **state)
{
    (void)state;
    assert_int_equal(lire_cas("bareme.csv", 8, ligne_bareme), 87);
}

static void ligne_avance(char **f)
{
    struct montant avance, solde;
    assert_true(avance_calculer(p, montant_of(nombre(f[0])), SIGNATURE, &avance, &solde));
    assert_int_equal(avance.centimes, nombre(f[1]));
    assert_int_equal(solde.centimes, nombre(f[2]));
}

static void test_avance(void **state)
{
    struct montant avance, solde;
    (void)state;
    assert_int_equal(lire_cas("avance.csv", 3, ligne_avance), 23);
    assert_true(avance_calculer(p, montant_of(0), SIGNATURE, &avance, &solde));
    assert_int_equal(avance.centimes + solde.centimes, 0);
    assert_false(avance_calculer(p, MONTANT_ABSENT, SIGNATURE, &avance, &solde));
    assert_false(avance_calculer(p, montant_of(-1), SIGNATURE, &avance, &solde));
    assert_false(avance_calculer(p, montant_of(100), JOUR_ABSENT, &avance, &solde));
}

static void ligne_tva(char **f)
{
    struct montant tva;
    assert_true(tva_calculer(montant_of(nombre(f[0])), (struct taux){(int32_t)nombre(f[1])}, &tva));
    assert_int_equal(tva.centimes, nombre(f[2]));
    assert_int_equal(nombre(f[0]) + tva.centimes, nombre(f[3]));
}

static void test_tva(void **state)
{
    struct montant tva;
    (void)state;
    assert_int_equal(lire_cas("tva.csv", 4, ligne_tva), 60);
    assert_true(tva_calculer(montant_of(0), (struct taux){2000}, &tva));
    assert_int_equal(tva.centimes, 0);
    assert_false(tva_calculer(MONTANT_ABSENT, (struct taux){2000}, &tva));
    assert_false(tva_calculer(montant_of(100), TAUX_ABSENT, &tva));
    assert_false(tva_calculer(montant_of(-100), (struct taux){2000}, &tva));
}

/* The worst of BAR-01 and BAR-02 for the amounts given. */
static void ligne_plafond(char **c)
{
    static struct fabrique f;
    uint16_t rangs[2] = {(uint16_t)regle_rang("BAR-01", 6), (uint16_t)regle_rang("BAR-02", 6)};
    struct constat *k;
    fabrique_defaut(&f);
    assert_true(fabrique_champ(&f, "essms", c[1]));
    assert_true(fabrique_champ(&f, "n", c[0]));
    assert_true(fabrique_champ(&f, "n_tous", c[0]));
    assert_true(fabrique_champ(&f, "ht", c[2]));
    assert_true(fabrique_champ(&f, "taux", c[3]));
    assert_true(fabrique_champ(&f, "tva", c[4]));
    assert_true(fabrique_champ(&f, "ttc", c[5]));
    assert_int_equal(regles_appliquer(&f.d, p, 0, rangs, 2, &f.a, &k), 2);
    const char *trouve = k[0].verdict == VERDICT_NON_CONFORME   ? "anomalie"
                         : k[1].verdict == VERDICT_NON_CONFORME ? "discordance"
                         : k[0].verdict == VERDICT_CONFORME && k[1].verdict == VERDICT_CONFORME ? "conforme"
                                                                                              : "autre";
    if (strcmp(trouve, c[6]) != 0)
        fail_msg("N %s, n %s, HT %s, taux %s, TTC %s : attendu %s, trouvé %s", c[0], c[1], c[2], c[3], c[5], c[6], trouve);
    fabrique_free(&f);
}

static void test_plafond(void **state)
{
    (void)state;
    assert_int_equal(lire_cas("plafond.csv", 7, ligne_plafond), 351);
}

static void ligne_delai(char **c)
{
    static struct fabrique f;
    uint16_t rang = (uint16_t)regle_rang("REF-03", 6);
    struct constat *k;
    fabrique_defaut(&f);
    assert_true(fabrique_champ(&f, "au", "2024-12-31"));
    assert_true(fabrique_champ(&f, "signature", c[0]));
    assert_true(fabrique_champ(&f, "complet_le", c[1]));
    assert_true(fabrique_champ(&f, "reference_le", "2024-11-30"));
    assert_int_equal(regles_appliquer(&f.d, p, 0, &rang, 1, &f.a, &k), 1);
    assert_string_equal(verdict_nom(k->verdict), c[3]);
    for (uint16_t i = 0; i < k->n; i++)
        if (strcmp(k->valeurs[i].cle, "jours") == 0)
            assert_int_equal(k->valeurs[i].n, nombre(c[2]));
    fabrique_free(&f);
}

static void test_delai(void **state)
{
    (void)state;
    assert_int_equal(lire_cas("delai120.csv", 4, ligne_delai), 18);
}

static void test_seuils(void **state)
{
    static const struct {
        uint32_t n;
        char lettre;
        int64_t ttc;
    } seuils[] = {{1, 'A', 400000},   {2, 'B', 584000},    {4, 'B', 1168000},    {5, 'C', 1095000},    {10, 'C', 2190000},
                  {11, 'D', 1807300}, {19, 'D', 3121700},  {20, 'E', 2464000},   {99, 'E', 12196800},  {100, 'F', 11330000},
                  {689, 'F', 78063700}};
    (void)state;
    for (size_t i = 0; i < NOMBRE(seuils); i++) {
        struct plafond x;
        assert_true(bareme_plafond(p, seuils[i].n, seuils[i].n, SIGNATURE, &x));
        assert_int_equal(x.tranche.lettre, seuils[i].lettre);
        assert_int_equal(x.ttc.centimes, seuils[i].ttc);
        assert_true(x.ht_bas.centimes <= x.ht_haut.centimes);
    }
}

static void test_bords(void **state)
{
    struct tranche t;
    struct plafond x;
    struct jour veille = {19034}, premier = {19035}; /* 2022-02-11, 2022-02-12 */
    (void)state;
    assert_false(bareme_tranche(p, 0, SIGNATURE, &t));
    assert_false(bareme_tranche(p, 1, veille, &t));
    assert_true(bareme_tranche(p, 1, premier, &t));
    assert_false(bareme_tranche(p, 1, JOUR_ABSENT, &t));
    assert_false(bareme_plafond(p, 4, 0, SIGNATURE, &x));
    assert_true(bareme_plafond(p, 4, 5, SIGNATURE, &x)); /* more than N: another rule's business */
    assert_int_equal(x.ttc.centimes, 1460000);
    assert_false(bareme_plafond(p, UINT32_MAX, UINT32_MAX, SIGNATURE, &x)); /* more than any amount can hold */
    assert_true(bareme_plafond(p, 50000, 50000, SIGNATURE, &x));
    size_t rang = 0;
    uint32_t suivant = 1;
    for (; bareme_tranche_rang(p, rang, SIGNATURE, &t); rang++) {
        assert_int_equal(t.min, suivant); /* no gap, no overlap */
        suivant = t.max + 1;
    }
    assert_int_equal(rang, 6);
    assert_int_equal(t.max, UINT32_MAX);
    assert_string_equal(t.cle_taux, "bareme.F.taux_ttc");
}

/* The parameters decide: the other reading, the other perimeter, another rate. */
static void test_variantes(void **state)
{
    struct parametres *progressif = fabrique_variante(p, "bareme.lecture", "progressif");
    struct parametres *tous = fabrique_variante(p, "bareme.perimetre_n", "tous");
    struct parametres *delai = fabrique_variante(p, "delai.dossier_complet", "90");
    static struct fabrique f;
    struct plafond x, y;
    struct constat *c;
    uint16_t rang = (uint16_t)regle_rang("BAR-01", 6), ref = (uint16_t)regle_rang("REF-03", 6);
    (void)state;
    for (uint32_t n = 1; n <= 130; n += 3) {
        assert_true(bareme_plafond(p, n, n, SIGNATURE, &x));
        assert_true(bareme_plafond(progressif, n, n, SIGNATURE, &y));
        assert_int_equal(y.ttc.centimes, x.progressif_ttc.centimes);
        assert_int_equal(y.progressif_ttc.centimes, x.progressif_ttc.centimes);
        assert_true(y.ttc.centimes >= x.ttc.centimes && y.ht_bas.centimes <= y.ht_haut.centimes);
        assert_true(y.ht_haut.centimes * 12 / 10 <= y.ttc.centimes + 2 * n);
        assert_true(bareme_plafond_retenu(p, n, n, SIGNATURE, &y));
        assert_int_equal(y.ttc.centimes, x.ttc.centimes);
        assert_int_equal(y.ht_haut.centimes, x.ht_haut.centimes);
    }
    fabrique_defaut(&f);
    assert_true(fabrique_champ(&f, "n_tous", "5")); /* C: 3 × 1 825,00 */
    assert_true(fabrique_champ(&f, "ht", "547501"));
    assert_int_equal(regles_appliquer(&f.d, p, 0, &rang, 1, &f.a, &c), 1);
    assert_int_equal(c->verdict, VERDICT_CONFORME);
    assert_int_equal(regles_appliquer(&f.d, tous, 0, &rang, 1, &f.a, &c), 1);
    assert_int_equal(c->verdict, VERDICT_NON_CONFORME);
    assert_true(fabrique_champ(&f, "signature", "2022-06-01"));
    assert_true(fabrique_champ(&f, "complet_le", "2022-08-31")); /* 91 days */
    assert_true(fabrique_champ(&f, "reference_le", "2022-11-01"));
    assert_int_equal(regles_appliquer(&f.d, p, 0, &ref, 1, &f.a, &c), 1);
    assert_int_equal(c->verdict, VERDICT_CONFORME);
    assert_int_equal(regles_appliquer(&f.d, delai, 0, &ref, 1, &f.a, &c), 1);
    assert_int_equal(c->verdict, VERDICT_NON_CONFORME);
    fabrique_free(&f);
    parametres_free(progressif);
    parametres_free(tous);
    parametres_free(delai);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bareme), cmocka_unit_test(test_avance), cmocka_unit_test(test_tva),
        cmocka_unit_test(test_plafond), cmocka_unit_test(test_delai), cmocka_unit_test(test_seuils),
        cmocka_unit_test(test_bords), cmocka_unit_test(test_variantes),
    };
    p = fabrique_parametres();
    int rc = cmocka_run_group_tests_name("barème", tests, NULL, NULL);
    parametres_free(p);
    return rc;
}
