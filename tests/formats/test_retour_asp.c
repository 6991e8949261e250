/* Answers of ASP: what is read of a good document, and every way to be wrong. */
#include "essai_formats.h"

#include "../outils/alea.h"
#include "formats/retour_asp.h"

#define TETE "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<retour xmlns=\"urn:sons:retour-asp:1\" version=\"1\">\n"
#define EMPREINTE_ "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define ENTETE(siren, lot, nombre)                                                                                       \
    "<entete><numero>R-1</numero><instant>2023-01-10T09:00:00Z</instant><lot><fournisseur>" siren "</fournisseur><numero>" lot \
    "</numero><empreinte>" EMPREINTE_ "</empreinte></lot><nombreReponses>" nombre "</nombreReponses></entete>\n"
#define REPONSE(demande, reste) \
    "<reponse><demande>" demande "</demande><version>1</version>" reste "</reponse>\n"
#define PAYEE "<statut>decidee_et_payee</statut><instant>2023-01-09T10:00:00Z</instant>"
#define FIN "</retour>\n"
#define BON TETE ENTETE("123456782", "7", "1") REPONSE("12", PAYEE) FIN

static bool lire(struct slice octets, struct retour_lu *r, struct diag_liste *diags)
{
    return retour_lire("retour.xml", octets, r, diags);
}

static void test_lu(void **state)
{
    static const char texte[] = TETE ENTETE("123456782", "7", "2")
        REPONSE("12", "<numeroAsp>\n  SEG 1 </numeroAsp>" PAYEE "<montant>1314.00</montant>")
        REPONSE("13", "<statut>a_modifier</statut><instant>2023-01-09T10:00:00Z</instant><motif> plafond\n\t HT </motif><motif>é&amp;è</motif>") FIN;
    struct diag_liste diags = {0};
    struct retour_lu r;
    (void)state;
    assert_true(lire(SLICE(texte), &r, &diags));
    assert_int_equal(diags.total, 0);
    assert_string_equal(r.entete.numero, "R-1");
    assert_int_equal(r.entete.fournisseur, 123456782);
    assert_int_equal(r.entete.lot, 7);
    assert_string_equal(r.entete.empreinte, EMPREINTE_);
    assert_false(r.entete.fictif);
    assert_int_equal(r.n, 2);
    assert_int_equal(r.reponses[0].demande, 12);
    assert_int_equal(r.reponses[0].version, 1);
    assert_true(slice_equals(r.reponses[0].numero_asp, "SEG 1"));
    assert_true(slice_equals(r.reponses[0].statut, "decidee_et_payee"));
    assert_int_equal(r.reponses[0].montant.centimes, 131400);
    assert_int_equal(r.reponses[0].motifs.len, 0);
    assert_false(montant_present(r.reponses[1].montant));
    assert_int_equal(r.reponses[1].numero_asp.len, 0);
    assert_true(slice_equals(r.reponses[1].motifs, "plafond HT|é&è"));
    assert_true(r.reponses[1].ligne > r.reponses[0].ligne);
    retour_free(&r);
    diag_vider(&diags);
}

/* Refused, with that code first. */
static const struct {
    const char *nom, *texte, *code;
} fautes[] = {
    {"vide", "", "E-"},
    {"des blancs", " \n\t", "E-"},
    {"pas du XML", "commande;statut\n", "E-"},
    {"coupé", TETE ENTETE("123456782", "7", "1"), "E-"},
    {"une balise non fermée", TETE ENTETE("123456782", "7", "1") REPONSE("12", PAYEE), "E-"},
    {"un autre espace de noms", "<retour xmlns=\"urn:autre\" version=\"1\"/>", "E-"},
    {"un autre élément", "<lot xmlns=\"urn:sons:lot-asp:1\"/>", "E-"},
    {"une autre version", "<retour xmlns=\"urn:sons:retour-asp:1\" version=\"2\">" ENTETE("123456782", "7", "1") REPONSE("12", PAYEE) FIN, "E-"},
    {"une DTD", "<!DOCTYPE retour [<!ENTITY a \"b\">]>" BON, "E-"},
    {"une entité externe", "<?xml version=\"1.0\"?><!DOCTYPE r SYSTEM \"file:///etc/passwd\"><retour/>", "E-"},
    {"aucune réponse", TETE ENTETE("123456782", "7", "1") FIN, "E-"},
    {"la clé du SIREN", TETE ENTETE("123456783", "7", "1") REPONSE("12", PAYEE) FIN, "E-"},
    {"un SIREN court", TETE ENTETE("12345678", "7", "1") REPONSE("12", PAYEE) FIN, "E-"},
    {"un lot nul", TETE ENTETE("123456782", "0", "1") REPONSE("12", PAYEE) FIN, "E-"},
    {"un lot immense", TETE ENTETE("123456782", "9999999999999999999", "1") REPONSE("12", PAYEE) FIN, "E-"},
    {"moins de réponses qu'annoncé", TETE ENTETE("123456782", "7", "2") REPONSE("12", PAYEE) FIN, "E-"},
    {"plus de réponses qu'annoncé", TETE ENTETE("123456782", "7", "1") REPONSE("12", PAYEE) REPONSE("13", PAYEE) FIN, "E-"},
    {"la même réponse deux fois", TETE ENTETE("123456782", "7", "2") REPONSE("12", PAYEE) REPONSE("12", PAYEE) FIN, "E-"},
    {"une demande nulle", TETE ENTETE("123456782", "7", "1") REPONSE("0", PAYEE) FIN, "E-"},
    {"une demande négative", TETE ENTETE("123456782", "7", "1") REPONSE("-1", PAYEE) FIN, "E-"},
    {"un statut inconnu", TETE ENTETE("123456782", "7", "1") REPONSE("12", "<statut>perdue</statut><instant>2023-01-09T10:00:00Z</instant>") FIN, "E-"},
    {"un instant sans fuseau", TETE ENTETE("123456782", "7", "1") REPONSE("12", "<statut>recue</statut><instant>2023-01-09T10:00:00</instant>") FIN, "E-"},
    {"un jour qui n'est pas", TETE ENTETE("123456782", "7", "1") REPONSE("12", "<statut>recue</statut><instant>2023-02-30T10:00:00Z</instant>") FIN, "E-"},
    {"un montant négatif", TETE ENTETE("123456782", "7", "1") REPONSE("12", PAYEE "<montant>-1.00</montant>") FIN, "E-"},
    {"un montant à trois décimales", TETE ENTETE("123456782", "7", "1") REPONSE("12", PAYEE "<montant>1.000</montant>") FIN, "E-"},
    {"un montant sans décimale", TETE ENTETE("123456782", "7", "1") REPONSE("12", PAYEE "<montant>1</montant>") FIN, "E-"},
    {"un numéro vide", TETE ENTETE("123456782", "7", "1") REPONSE("12", "<numeroAsp> </numeroAsp>" PAYEE) FIN, "E-"},
    {"une direction renversée", TETE ENTETE("123456782", "7", "1") REPONSE("12", "<numeroAsp>SEG\xE2\x80\xAE" "1</numeroAsp>" PAYEE) FIN, "E-018"},
    {"… dans un motif", TETE ENTETE("123456782", "7", "1") REPONSE("12", PAYEE "<motif>a\xE2\x80\xA8" "b</motif>") FIN, "E-018"},
    {"de l'UTF-8 faux", TETE ENTETE("123456782", "7", "1") REPONSE("12", PAYEE "<motif>\xC3(</motif>") FIN, "E-"},
    {"un élément de trop", TETE ENTETE("123456782", "7", "1") REPONSE("12", PAYEE "<autre/>") FIN, "E-"},
    {"du texte après", BON "reste", "E-"},
};

static void test_fautes(void **state)
{
    (void)state;
    for (size_t i = 0; i < NOMBRE(fautes); i++) {
        struct diag_liste diags = {0};
        struct retour_lu r;
        const bool lu = lire(slice_of(fautes[i].texte), &r, &diags);
        if (lu || diags.total == 0 || strncmp(diags.items[0].code, fautes[i].code, strlen(fautes[i].code)) != 0)
            fail_msg("%s : %s, %s", fautes[i].nom, lu ? "lu" : "refusé", diags.total == 0 ? "sans un mot" : diags.items[0].code);
        assert_non_null(diags.items[0].message);
        retour_free(&r);
        diag_vider(&diags);
    }
    assert_int_equal(NOMBRE(fautes), 32);
}

/* Bounds: twenty grounds, and no more; a text of its longest; one that is too long. */
static void test_bornes(void **state)
{
    struct buffer b = {0};
    (void)state;
    for (int n = 20; n <= 21; n++) {
        struct diag_liste diags = {0};
        struct retour_lu r;
        buffer_clear(&b);
        buffer_puts(&b, TETE ENTETE("123456782", "7", "1") "<reponse><demande>12</demande><version>1</version>" PAYEE);
        for (int i = 0; i < n; i++) {
            buffer_puts(&b, "<motif>");
            for (int k = 0; k < 250; k++)
                buffer_puts(&b, "é");
            buffer_puts(&b, "</motif>");
        }
        buffer_puts(&b, "</reponse>" FIN);
        assert_true(lire((struct slice){b.bytes, b.len}, &r, &diags) == (n == 20));
        if (n == 20)
            assert_int_equal(r.reponses[0].motifs.len, 20 * 500 + 19);
        retour_free(&r);
        diag_vider(&diags);
    }
    buffer_free(&b);
    assert_true(retour_est_xml(SLICE("\xEF\xBB\xBF \n<a/>")));
    assert_false(retour_est_xml(SLICE("")));
    assert_false(retour_est_xml(SLICE(" \t\r\n")));
    assert_false(retour_est_xml(SLICE("\0<")));
    assert_false(retour_est_xml(SLICE("commande;<b>")));
}

/* Bytes changed, cut, doubled at random: read or refused, never read in part without a word. */
static void test_hasard(void **state)
{
    static const char bon[] = TETE ENTETE("123456782", "7", "2") REPONSE("12", "<numeroAsp>SEG-1</numeroAsp>" PAYEE "<montant>1314.00</montant>")
        REPONSE("13", PAYEE "<motif>plafond</motif>") FIN;
    size_t lus = 0, refuses = 0;
    (void)state;
    for (uint64_t i = 0; i < 1500; i++) {
        struct alea a = alea_de(20230110, i);
        struct diag_liste diags = {0};
        struct retour_lu r;
        char t[sizeof bon * 2];
        size_t len = sizeof bon - 1;
        memcpy(t, bon, len);
        for (uint64_t k = alea_64(&a) % 3 + 1; k > 0; k--) {
            const size_t ou = (size_t)(alea_64(&a) % len);
            switch (alea_64(&a) % 3) {
            case 0: t[ou] = (char)alea_64(&a); break;
            case 1: memmove(t + ou, t + ou + 1, len - ou - 1); len--; break;
            default:
                if (len < sizeof t - 1) {
                    memmove(t + ou + 1, t + ou, len - ou);
                    len++;
                }
            }
        }
        const bool lu = lire((struct slice){t, len}, &r, &diags);
        if (lu)
            assert_int_equal(r.n, 2);
        else
            assert_true(diags.total > 0);
        lus += lu;
        refuses += !lu;
        retour_free(&r);
        diag_vider(&diags);
    }
    print_message("# %zu lus, %zu refusés\n", lus, refuses);
    assert_true(lus > 20 && refuses > 800);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lu), cmocka_unit_test(test_fautes), cmocka_unit_test(test_bornes), cmocka_unit_test(test_hasard)};
    return cmocka_run_group_tests_name("retours de l'ASP", tests, NULL, NULL);
}
