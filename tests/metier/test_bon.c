/* The document to sign: nothing from outside gets out of its place; file names; sheets of several rows. */
#include "../noyau/essai.h"

#include "formats/feuille.h"
#include "formats/html.h"
#include "metier/preparer.h"

static void test_html_texte(void **state)
{
    (void)state;
    static const struct {
        struct slice texte;
        const char *html;
    } cas[] = {
        {SLICE("L'Élan & Cie"), "L&#39;Élan &amp; Cie"},
        {SLICE("<script>\"x\"</script>"), "&lt;script&gt;&quot;x&quot;&lt;/script&gt;"},
        {SLICE("a\0b"), "a\xef\xbf\xbd" "b"},
        {SLICE("a\x1b[31m"), "a\xef\xbf\xbd[31m"},
        {SLICE("\xff\xc3"), "\xef\xbf\xbd\xef\xbf\xbd"},
        {SLICE("\xe2\x80\xae" "abc"), "\xef\xbf\xbd" "abc"}, /* turns the direction round */
        {SLICE(""), ""},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct buffer b = {0};
        html_texte(&b, cas[i].texte);
        assert_string_equal(b.bytes != NULL ? b.bytes : "", cas[i].html);
        buffer_free(&b);
    }
}

static void test_bon(void **state)
{
    (void)state;
    struct prepare_essms e = {.nom = SLICE("</td><script>"), .commune = SLICE("\"&"), .ht = montant_of(100), .ttc = montant_of(120)};
    struct prepare o = {.numero = SLICE("<b>"), .solution = SLICE("<i>"), .version = SLICE("<u>"), .og_nom = SLICE("<og>"),
                        .og_commune = SLICE("<ville>"), .fournisseur_nom = SLICE("<f>"), .numero_ans = "<ans>", .ht = montant_of(100),
                        .tva = montant_of(20), .ttc = montant_of(120), .taux = {2000}, .base = JOUR_ABSENT, .sous_condition = true,
                        .dernier_jour = {19264}, .essms = &e, .n_essms = 1, .attend = "", .verdict = "conforme"};
    const struct preparation p = {.signature = {19144}};
    struct buffer reel = {0}, fictif = {0};
    bon_html(&p, &o, false, &reel);
    bon_html(&p, &o, true, &fictif);
    static const char *const jamais[] = {"<script", "<b>", "<i>", "<u>", "<og>", "<ville>", "<f>", "<ans>", "http:", "https:", "src=", "href="};
    for (size_t i = 0; i < NOMBRE(jamais); i++)
        assert_null(strstr(reel.bytes, jamais[i]));
    assert_non_null(strstr(reel.bytes, "Montant pris en charge par l&#39;État au titre du Ségur de la santé"));
    assert_non_null(strstr(reel.bytes, "sous condition de référencement"));
    assert_non_null(strstr(reel.bytes, "dans les 120 jours"));
    assert_null(strstr(reel.bytes, "FICTIF"));
    assert_non_null(strstr(fictif.bytes, "FICTIF"));
    o.sous_condition = false;
    buffer_clear(&reel);
    bon_html(&p, &o, false, &reel);
    assert_null(strstr(reel.bytes, "sous condition"));
    buffer_free(&reel);
    buffer_free(&fictif);
}

static void test_noms(void **state)
{
    (void)state;
    static const struct {
        struct slice numero;
        const char *nom;
    } cas[] = {{SLICE("BC-2022_1"), "bon-123456782-BC-2022_1.html"}, {SLICE("../../x"), "bon-123456782-______x-"}, {SLICE("X/9"), "bon-123456782-X_9-"}};
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        const struct prepare o = {.numero = cas[i].numero, .fournisseur = 123456782};
        struct buffer b = {0};
        bon_nom(&o, &b);
        assert_memory_equal(b.bytes, cas[i].nom, strlen(cas[i].nom));
        assert_null(strchr(b.bytes, '/'));
        buffer_free(&b);
    }
    struct buffer a = {0}, b = {0};
    bon_nom(&(struct prepare){.numero = SLICE("X/9")}, &a);
    bon_nom(&(struct prepare){.numero = SLICE("X\\9")}, &b);
    assert_string_not_equal(a.bytes, b.bytes);
    buffer_free(&a);
    buffer_free(&b);
}

static void test_lignes(void **state)
{
    (void)state;
    static const struct feuille_champ champs[] = {{"a", true}, {"b", false}};
    const struct slice bonnes[] = {SLICE(" 1 "), SLICE("x"), SLICE("2"), SLICE(""), SLICE("3"), SLICE("yz")}, mauvaises[] = {SLICE("1"), SLICE("x"), SLICE("2"), SLICE("=A1()")};
    struct diag_liste d = {0};
    struct feuille *f = feuille_de_lignes("essai", champs, 2, bonnes, 3, &d);
    assert_true(feuille_saine(f));
    assert_int_equal(feuille_nombre(f), 3);
    assert_true(slice_equals(feuille_valeur(f, 0, 0), "1"));
    assert_true(slice_equals(feuille_valeur(f, 1, 0), "2"));
    assert_int_equal(feuille_valeur(f, 1, 1).len, 0);
    assert_true(slice_equals(feuille_valeur(f, 2, 1), "yz"));
    feuille_free(f);
    f = feuille_de_lignes("essai", champs, 2, mauvaises, 2, &d);
    assert_false(feuille_saine(f));
    assert_int_equal(d.erreurs, 1);
    feuille_free(f);
    diag_vider(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_html_texte), cmocka_unit_test(test_bon), cmocka_unit_test(test_noms),
                                       cmocka_unit_test(test_lignes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
