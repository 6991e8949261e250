#include "essai.h"
#include "noyau/constat.h"

static void test_ecriture(void **state)
{
    (void)state;
    struct arene a = {0};
    struct constat c = {0};
    struct buffer out = {0};
    struct jour j = {19035};
    struct instant i = {1711922399};
    finess f;
    assert_int_equal(finess_parse(slice_of("2A0000022"), &f), NUMERO_VALIDE);
    char texte[] = "Les \\ Pins\nà Aléria";
    constat_entier(&c, &a, "n", -12);
    constat_montant(&c, &a, "ht", montant_of(243334));
    constat_taux(&c, &a, "taux", (struct taux){850});
    constat_jour(&c, &a, "signature", j);
    constat_instant(&c, &a, "depot", i);
    constat_finess(&c, &a, "essms", f);
    constat_siren(&c, &a, "fournisseur", 5520135);
    constat_texte(&c, &a, "nom", texte);
    constat_mot(&c, &a, "manque", "date_signature");
    constat_parametre(&c, &a, "bareme.B.taux_ttc");
    memset(texte, 'x', sizeof texte - 1); /* copied */
    buffer_puts(&out, "BAR-01");
    constat_ecrire_valeurs(&c, &out);
    assert_string_equal(out.bytes,
                        "BAR-01 n=-12 ht=243334 taux=850 signature=2022-02-12 depot=2024-03-31T21:59:59Z essms=2A0000022 "
                        "fournisseur=005520135 nom=Les\\s\\\\\\sPins\\nà\\sAléria manque=date_signature @bareme.B.taux_ttc");
    assert_int_equal(c.n, 10);
    buffer_free(&out);
    arene_free(&a);
}

static void test_absents(void **state)
{
    (void)state;
    struct arene a = {0};
    struct constat c = {0};
    struct buffer out = {0};
    constat_ecrire_valeurs(&c, &out);
    assert_int_equal(out.len, 0);
    constat_montant(&c, &a, "a", MONTANT_ABSENT);
    constat_taux(&c, &a, "b", TAUX_ABSENT);
    constat_jour(&c, &a, "c", JOUR_ABSENT);
    constat_instant(&c, &a, "d", INSTANT_ABSENT);
    constat_finess(&c, &a, "e", FINESS_ABSENT);
    constat_siren(&c, &a, "f", 0);
    constat_texte(&c, &a, "g", NULL);
    constat_texte(&c, &a, "h", "");
    constat_ecrire_valeurs(&c, &out);
    assert_string_equal(out.bytes, " a= b= c= d= e= f= g= h=");
    buffer_free(&out);
    arene_free(&a);
}

static void test_beaucoup(void **state)
{
    (void)state;
    struct arene a = {0};
    struct constat c = {0};
    for (int i = 0; i < 70000; i++)
        constat_entier(&c, &a, "n", i);
    assert_int_equal(c.n, UINT16_MAX);
    for (int i = 0; i < UINT16_MAX; i++)
        assert_int_equal(c.valeurs[i].n, i);
    arene_free(&a);
}

static void test_verdicts(void **state)
{
    (void)state;
    static const struct { enum verdict v; const char *nom, *ident; } cas[] = {
        {VERDICT_SANS_OBJET, "sans objet", "sans_objet"}, {VERDICT_CONFORME, "conforme", "conforme"},
        {VERDICT_EN_ATTENTE, "en attente", "en_attente"}, {VERDICT_NON_CONFORME, "non conforme", "non_conforme"},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        assert_string_equal(verdict_nom(cas[i].v), cas[i].nom);
        assert_string_equal(verdict_ident(cas[i].v), cas[i].ident);
    }
}

/* What is only told is not written; what stands for it is. */
static void test_portee(void **state)
{
    (void)state;
    struct arene a = {0};
    struct constat c = {0};
    struct buffer out = {0};
    constat_dire_seulement(&c); /* nothing yet: nothing happens */
    constat_entier(&c, &a, "entree", 12);
    constat_ecrire_seulement(&c);
    constat_texte(&c, &a, "commande", "BC-7");
    constat_dire_seulement(&c);
    constat_entier(&c, &a, "n", 3);
    constat_ecrire_valeurs(&c, &out);
    assert_string_equal(out.bytes, " entree=12 n=3");
    assert_int_equal(c.n, 3);
    assert_int_equal(c.valeurs[1].portee, PORTEE_DITE);
    assert_int_equal(c.valeurs[2].portee, PORTEE_ENTIERE);
    buffer_free(&out);
    arene_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ecriture), cmocka_unit_test(test_absents), cmocka_unit_test(test_beaucoup),
        cmocka_unit_test(test_verdicts), cmocka_unit_test(test_portee),
    };
    return cmocka_run_group_tests_name("constat", tests, NULL, NULL);
}
