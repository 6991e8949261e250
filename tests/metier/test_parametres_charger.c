/* The embedded parameters are valid, load, and a set that is not is refused. */
#include "../noyau/essai.h"

#include "metier/parametres_charger.h"
#include "noyau/empreinte.h"

static char *edited(const char *from, const char *to, size_t *len)
{
    struct slice x = parametres_xml_embarque();
    char *text = strndup(x.bytes, x.len);
    char *at = strstr(text, from);
    assert_non_null(at);
    size_t total = x.len - strlen(from) + strlen(to);
    char *out = malloc(total + 1);
    size_t before = (size_t)(at - text);
    memcpy(out, text, before);
    memcpy(out + before, to, strlen(to));
    memcpy(out + before + strlen(to), at + strlen(from), x.len - before - strlen(from) + 1);
    free(text);
    *len = total;
    return out;
}

static void test_embarques(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct parametres *p = parametres_embarques(&d);
    assert_non_null(p);
    struct parametres *v = parametres_depuis_xml(parametres_xml_embarque(), &d);
    assert_non_null(v);
    assert_int_equal(d.total, 0);
    struct slice x = parametres_xml_embarque();
    struct empreinte e = empreinte_de(x.bytes, x.len);
    assert_true(empreinte_egale(&e, parametres_empreinte(p)));
    assert_true(empreinte_egale(&e, parametres_empreinte(v)));
    struct parametre_vue a, b;
    size_t n = 0;
    for (; parametres_rang(p, n, &a); n++) {
        assert_true(parametres_rang(v, n, &b));
        assert_string_equal(a.cle, b.cle);
        assert_int_equal(a.n, b.n);
    }
    assert_false(parametres_rang(v, n, &b));
    assert_true(n >= 40);
    struct jour j;
    assert_true(jour_from_ymd(2022, 7, 12, &j));
    assert_true(parametres_trouver(p, "bareme.B.taux_ttc", j, &a));
    assert_int_equal(a.n, 292000);
    assert_int_equal(a.type, PARAMETRE_MONTANT);
    assert_false(a.inference);
    assert_non_null(strstr(a.source, "IDF"));
    parametres_free(p);
    parametres_free(v);
}

static void test_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *de, *vers;
        enum erreur_code code;
    } t[] = {
        {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<!DOCTYPE x [<!ENTITY a \"b\">]>", E_XML_DTD},
        {">2920.00<", ">2920,00<", E_XML_VALEUR},
        {"date=\"signature\"", "date=\"hier\"", E_XML_VALEUR},
        {"inference=\"non\"", "", E_XML_STRUCTURE},
        {"cle=\"bareme.B.taux_ttc\"", "cle=\"bareme.C.taux_ttc\"", E_XML_DOUBLON},
        {"cle=\"bareme.B.taux_ttc\"", "cle=\"bareme.Z.taux_ttc\"", E_PARAMETRE_INCONNU},
        {"</parametres>", "", E_XML_FORME},
    };
    for (size_t i = 0; i < NOMBRE(t); i++) {
        struct diag_liste d = {0};
        size_t len;
        char *text = edited(t[i].de, t[i].vers, &len);
        assert_null(parametres_depuis_xml((struct slice){text, len}, &d));
        assert_true(d.n >= 1);
        assert_string_equal(d.items[0].code, erreur_texte(t[i].code));
        diag_vider(&d);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_embarques), cmocka_unit_test(test_refuses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
