/* FINESS+ « Structures »: the JSON document, good, hostile, and cut anywhere. */
#include "essai_formats.h"

#include "formats/finess.h"
#include "formats/json_flux.h"
#include "formats/nomenclature.h"

#define TETE "{\"schemaVersion\":\"v1.0.0\",\"generatedAt\":\"2022-01-03T15:49:37.615611300Z\","
#define EGE(numero, categorie, etat, reste) \
    "{\"informationsGeneralesEGE\":{\"numFinessEge\":\"" numero "\",\"nomEgeCourt\":\" IME \",\"siret\":\"78299184800048\",\"dateOuverture\":\"1967-12-20\"}," \
    "\"categorieentiteGeographiqueExercice\":\"" categorie "\",\"etatObjet\":\"" etat "\"" reste "}"
#define PM(numero, etat, ege, reste) \
    "{\"informationsGeneralesPMEJ\":{\"numFinessPm\":\"" numero "\",\"denominationPm\":\"ADAPEI\",\"denominationLonguePmSmsse\":\"  \",\"siren\":\"782991848\",\"statutJuridique\":\"66\"}," \
    "\"ege\":[" ege "],\"etatObjet\":\"" etat "\"" reste "}"
#define ADRESSE ",\"adresse\":[{\"ligneAcheminement\":\"SANS CODE\"},{\"codePostal\":\"97419\",\"ligneAcheminement\":\"LA POSSESSION \",\"cogCommune\":\"97408\"}]"
#define BON TETE "\"gcc\":[],\"gco\":[{\"a\":[1,{\"b\":\"]}\\\"\"}]}],\"pmej\":[" PM("2A0000220", "A", EGE("2A0000196", "183", "A", ADRESSE) "," EGE("2A0000238", "189", "I", ""), ADRESSE) "]}"

static bool lire(const char *octets, size_t len, const char *base, struct finess_fichier *f, struct diag_liste *d)
{
    struct jour declare = JOUR_ABSENT;
    if (base != NULL) assert_true(jour_parse_iso(slice_of(base), &declare));
    const char *chemin = provisoire(".json");
    ecrire_octets(chemin, octets, len);
    bool bon = finess_lire(chemin, declare, NULL, f, d);
    unlink(chemin);
    return bon;
}

static void egal(struct slice v, const char *attendu)
{
    if (!slice_equals(v, attendu)) fail_msg("« %.*s », attendu « %s »", (int)v.len, v.bytes, attendu);
}

static void verifier_bon(const struct finess_fichier *f, const struct diag_liste *d)
{
    char t[16];
    assert_int_equal(d->total, 0);
    assert_int_equal(f->forme, FINESS_STRUCTURES);
    assert_string_equal(jour_iso(f->date, t), "2022-01-03");
    assert_int_equal(f->n_et, 1);
    assert_int_equal(f->n_ej, 1);
    assert_int_equal(f->et_fermes, 1);
    assert_int_equal(f->ej_fermees, 0);
    assert_int_equal(f->siret_ecartes + f->dates_ecartees + f->sans_agregat + f->zeros_remis, 0);
    assert_string_equal(finess_texte(f->et[0].et, t), "2A0000196");
    assert_string_equal(finess_texte(f->et[0].ej, t), "2A0000220");
    assert_int_equal(f->et[0].categorie, 183);
    assert_int_equal(f->et[0].agregat, 4101);
    assert_true(f->et[0].siret == UINT64_C(78299184800048));
    assert_string_equal(jour_iso(f->et[0].ouverture, t), "1967-12-20");
    egal(f->et[0].raison_sociale, "IME");
    egal(f->et[0].acheminement, "97419 LA POSSESSION");
    egal(f->et[0].departement, "9D");
    assert_int_equal(f->ej[0].siren, 782991848);
    assert_int_equal(f->ej[0].statut, 66);
    egal(f->ej[0].raison_sociale, "ADAPEI");
    egal(f->ej[0].acheminement, "97419 LA POSSESSION");
    assert_int_equal(f->n_categories, 1);
    egal(f->categories[0].libelle, "Institut Médico-Educatif (I.M.E.)");
}

/* Plain, gzip, with a BOM, spread over lines; the date may be declared when it is the same. */
static void test_bon(void **state)
{
    (void)state;
    struct finess_fichier f;
    struct diag_liste d = {0};
    struct buffer b = {0};
    for (int i = 0; i < 4; i++) {
        buffer_clear(&b);
        if (i == 1) buffer_puts(&b, "\xef\xbb\xbf");
        for (const char *p = BON; *p != '\0'; p++) {
            buffer_putc(&b, *p);
            if (i == 2 && strchr("{[,", *p) != NULL && p[1] != '"') buffer_puts(&b, "\r\n\t ");
        }
        if (i == 3) {
            struct buffer z = gzipper(b.bytes, b.len);
            assert_true(lire(z.bytes, z.len, NULL, &f, &d));
            buffer_free(&z);
        } else {
            assert_true(lire(b.bytes, b.len, i == 0 ? "2022-01-03" : NULL, &f, &d));
        }
        verifier_bon(&f, &d);
        finess_fichier_free(&f);
    }
    buffer_free(&b);
}

/* Each byte after which the document stops: one fault, nothing kept. */
static void test_coupe(void **state)
{
    (void)state;
    size_t vus = 0;
    for (size_t n = 1; n < sizeof BON - 1; n++, vus++) {
        struct finess_fichier f;
        struct diag_liste d = {0};
        if (lire(BON, n, NULL, &f, &d)) fail_msg("coupé à %zu octets : accepté", n);
        if (d.erreurs != 1) fail_msg("coupé à %zu octets : %d fautes", n, (int)d.erreurs);
        assert_null(f.et);
        diag_vider(&d);
    }
    assert_true(vus > 700);
}

static void test_refuses(void **state)
{
    (void)state;
    static const struct { const char *cas; struct slice contenu; const char *base, *code; uint64_t ligne; const char *message; } cas[] = {
        {"autre JSON", SLICE("[1,2]"), NULL, "E-026", 1, NULL},
        {"objet sans rien de FINESS", SLICE("{\"a\":1}"), NULL, "E-026", 1, NULL},
        {"sans pmej", SLICE(TETE "\"gcc\":[]}"), NULL, "E-057", 1, "pmej"},
        {"pmej n'est pas une liste", SLICE(TETE "\"pmej\":{}}"), NULL, "E-057", 1, "pmej"},
        {"pmej deux fois", SLICE(TETE "\"pmej\":[],\"pmej\":[]}"), NULL, "E-057", 1, "double"},
        {"aucun objet", SLICE(TETE "\"pmej\":[]}"), NULL, "E-010", 0, "aucun"},
        {"tout est fermé", SLICE(TETE "\"pmej\":[" PM("2A0000220", "I", EGE("2A0000196", "183", "I", ""), "") "]}"), NULL, "E-010", 0, "fermés"},
        {"sans date", SLICE("{\"schemaVersion\":\"v1.2\",\"pmej\":[" PM("2A0000220", "A", "", "") "]}"), NULL, "E-030", 1, NULL},
        {"date impossible", SLICE("{\"generatedAt\":\"2022-02-30T00:00:00Z\",\"pmej\":[" PM("2A0000220", "A", "", "") "]}"), NULL, "E-057", 1, "instant"},
        {"autre date déclarée", SLICE(BON), "2022-01-04", "E-030", 1, NULL},
        {"autre schéma", SLICE("{\"schemaVersion\":\"v2.0.0\",\"generatedAt\":\"2022-01-03T00:00:00Z\",\"pmej\":[" PM("2A0000220", "A", "", "") "]}"), NULL, "E-057", 1, "version"},
        {"clé fausse", SLICE(TETE "\n\"pmej\":[" PM("2A0000221", "A", "", "") "]}"), NULL, "E-027", 2, "clé"},
        {"clé d'ET fausse", SLICE(TETE "\"pmej\":[\n\n" PM("2A0000220", "A", EGE("2A0000197", "183", "A", ""), "") "]}"), NULL, "E-027", 3, "numFinessEge"},
        {"numéro en nombre", SLICE(TETE "\"pmej\":[{\"etatObjet\":\"I\",\"ege\":[],\"informationsGeneralesPMEJ\":{\"numFinessPm\":2}}," PM("2A0000220", "A", "", "") "]}"), NULL, "E-057", 1, NULL},
        {"état inconnu", SLICE(TETE "\"pmej\":[" PM("2A0000220", "X", "", "") "]}"), NULL, "E-057", 1, "etatObjet"},
        {"état absent", SLICE(TETE "\"pmej\":[" PM("2A0000220", "A", "{\"a\":1}", "") "]}"), NULL, "E-057", 1, "etatObjet"},
        {"catégorie", SLICE(TETE "\"pmej\":[" PM("2A0000220", "A", EGE("2A0000196", "18x", "A", ""), "") "]}"), NULL, "E-031", 1, NULL},
        {"catégorie de cinq chiffres", SLICE(TETE "\"pmej\":[" PM("2A0000220", "A", EGE("2A0000196", "18300", "A", ""), "") "]}"), NULL, "E-031", 1, NULL},
        {"ET en double", SLICE(TETE "\"pmej\":[" PM("2A0000220", "A", EGE("2A0000196", "183", "A", "") "," EGE("2A0000196", "183", "A", ""), "") "]}"), NULL, "E-028", 1, NULL},
        {"EJ en double", SLICE(TETE "\"pmej\":[" PM("2A0000220", "A", "", "") ",\n" PM("2A0000220", "A", "", "") "]}"), NULL, "E-028", 2, NULL},
        {"ET et EJ à la fois", SLICE(TETE "\"pmej\":[" PM("2A0000220", "A", EGE("2A0000220", "183", "A", ""), "") "]}"), NULL, "E-029", 1, NULL},
        {"clé d'objet en double", SLICE(TETE "\"pmej\":[{\"a\":1,\"a\":2}]}"), NULL, "E-055", 1, NULL},
        {"deux documents", SLICE(BON BON), NULL, "E-055", 1, "suit"},
        {"virgule de trop", SLICE(TETE "\"pmej\":[],}"), NULL, "E-055", 1, NULL},
        {"virgule de trop, liste", SLICE(TETE "\"pmej\":[" PM("2A0000220", "A", "", "") ",]}"), NULL, "E-055", 1, NULL},
        {"virgule absente", SLICE(TETE "\"pmej\":[" PM("2A0000220", "A", "", "") " " PM("2A0000238", "A", "", "") "]}"), NULL, "E-055", 1, NULL},
        {"crochets croisés", SLICE(TETE "\"pmej\":[{\"a\":[}]}]}"), NULL, "E-055", 1, NULL},
        {"UTF-8 faux", SLICE(TETE "\"pmej\":[{\"a\":\"\xe9\"}]}"), NULL, "E-055", 1, NULL},
        {"caractère nul échappé", SLICE(TETE "\"pmej\":[\n{\"a\":\"\\u0000\"}]}"), NULL, "E-055", 2, NULL},
        {"octet nul", SLICE(TETE "\"pmej\":[{\"a\":\"\0\"}]}"), NULL, "E-013", 0, NULL},
        {"nom échappé", SLICE(TETE "\"p\\u006dej\":[],\"pmej\":[]}"), NULL, "E-055", 1, "simple"},
        {"valeur absente", SLICE(TETE "\"pmej\":}"), NULL, "E-057", 1, NULL},
        {"élément qui n'est pas un objet", SLICE(TETE "\"pmej\":[3]}"), NULL, "E-057", 1, NULL},
        {"mot inconnu", SLICE(TETE "\"pmej\":[nul]}"), NULL, "E-055", 1, NULL},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct finess_fichier f;
        struct diag_liste d = {0};
        if (lire(cas[i].contenu.bytes, cas[i].contenu.len, cas[i].base, &f, &d)) fail_msg("%s : accepté", cas[i].cas);
        if (strcmp(d.items[0].code, cas[i].code) != 0 || d.items[0].ligne != cas[i].ligne)
            fail_msg("%s : %s ligne %d : %s", cas[i].cas, d.items[0].code, (int)d.items[0].ligne, d.items[0].message);
        if (cas[i].message != NULL && strstr(d.items[0].message, cas[i].message) == NULL) fail_msg("%s : « %s »", cas[i].cas, d.items[0].message);
        assert_null(f.et);
        assert_null(f.ej);
        assert_null(f.prive);
        diag_vider(&d);
    }
}

/* What is mended or set aside is counted; what is missing stays empty. */
static void test_ecarts(void **state)
{
    (void)state;
    static const char doc[] = TETE "\"autre\":3.5e400,\"pmej\":["
        PM("2A0000220", "I", EGE("2A0000196", "183", "A", ""), "") ","
        "{\"informationsGeneralesPMEJ\":{\"numFinessPm\":\"2A0022893\",\"denominationPm\":\"a\\tb\\u0085c\",\"siren\":\"123456789\"},\"etatObjet\":\"A\",\"ege\":["
        "{\"informationsGeneralesEGE\":{\"numFinessEge\":\"970302287\",\"nomEgeLong\":null,\"siret\":\"1\",\"dateOuverture\":\"0000-00-00\"},\"categorieentiteGeographiqueExercice\":\"9999\",\"etatObjet\":\"A\"}]}]}";
    struct finess_fichier f;
    struct diag_liste d = {0};
    if (!lire(doc, sizeof doc - 1, NULL, &f, &d)) fail_msg("%s", d.items[0].message);
    assert_int_equal(f.n_et, 2); /* open, though its entity is closed */
    assert_int_equal(f.n_ej, 1);
    assert_int_equal(f.ej_fermees, 1);
    assert_int_equal(f.siret_ecartes, 2);
    assert_int_equal(f.dates_ecartees, 1);
    assert_int_equal(f.sans_agregat, 1);
    assert_int_equal(f.textes_nettoyes, 1);
    egal(f.ej[0].raison_sociale, "a b  c");
    assert_int_equal(f.ej[0].siren + f.ej[0].statut, 0);
    for (size_t i = 0; i < f.n_et; i++) {
        bool guyane = f.et[i].categorie == 9999;
        assert_int_equal(f.et[i].agregat, guyane ? 0 : 4101);
        egal(f.et[i].departement, guyane ? "9C" : "2A");
        egal(f.et[i].acheminement, "");
        if (guyane) assert_true(f.et[i].siret == 0 && !jour_present(f.et[i].ouverture));
    }
    finess_fichier_free(&f);
}

/* Bounds: levels, size of a value, length of a name; what is left aside has no bound but that of the file. */
static void test_limites(void **state)
{
    (void)state;
    struct finess_fichier f;
    struct diag_liste d = {0};
    for (int i = 0; i < 5; i++) {
        struct buffer b = {0};
        buffer_puts(&b, TETE);
        if (i == 3) {
            buffer_putc(&b, '"');
            for (size_t k = 0; k <= JSON_CLE_MAX; k++) buffer_putc(&b, 'k');
            buffer_puts(&b, "\":1,");
        }
        if (i == 4) {
            buffer_puts(&b, "\"gco\":\"");
            for (size_t k = 0; k < JSON_VALEUR_MAX + 10; k++) buffer_putc(&b, 'k');
            buffer_puts(&b, "\",");
        }
        buffer_puts(&b, "\"pmej\":[" PM("2A0000220", "A", "", ""));
        if (i < 3) buffer_puts(&b, ",{\"etatObjet\":\"I\",\"informationsGeneralesPMEJ\":{\"numFinessPm\":\"2A0000238\"},\"x\":");
        int niveaux = i == 0 ? JSON_PROFONDEUR_MAX - 1 : i == 1 ? JSON_PROFONDEUR_MAX : 0;
        for (int k = 0; k < niveaux; k++) buffer_putc(&b, '[');
        if (i == 2) {
            buffer_putc(&b, '"');
            for (size_t k = 0; k < JSON_VALEUR_MAX; k++) buffer_putc(&b, 'x');
            buffer_putc(&b, '"');
        }
        for (int k = 0; k < niveaux; k++) buffer_putc(&b, ']');
        buffer_puts(&b, i < 3 ? "}]}" : "]}");
        bool bon = lire(b.bytes, b.len, NULL, &f, &d);
        assert_int_equal(bon, i == 0 || i == 4);
        if (!bon) verifier_faute("limite", &d, "E-056", 1, 0);
        diag_vider(&d);
        finess_fichier_free(&f);
        buffer_free(&b);
    }
}

static void test_nomenclature(void **state)
{
    (void)state;
    static const struct { uint16_t categorie, agregat; } cas[] = {{500, 4401}, {183, 4101}, {460, 4605}, {462, 4605}, {1, 4401}, {355, 1102}, {699, 1205}};
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        assert_non_null(nomenclature_trouver(cas[i].categorie));
        assert_int_equal(nomenclature_trouver(cas[i].categorie)->agregat, cas[i].agregat);
    }
    assert_null(nomenclature_trouver(0));
    assert_null(nomenclature_trouver(9999));
    size_t n = 0;
    for (unsigned c = 0; c < 10000; c++) n += nomenclature_trouver((uint16_t)c) != NULL;
    assert_int_equal(n, 293);
}

/* On the real stock, the aggregate that the file gives is the one of the nomenclature, on every row. */
static void test_agregats(void **state)
{
    (void)state;
    char chemin[4096];
    const char *racine = getenv("SONS_SRCDIR");
    struct finess_fichier f;
    struct diag_liste d = {0};
    snprintf(chemin, sizeof chemin, "%s/samples/etalab-cs1100502-stock-20210108-social.csv.gz", racine != NULL ? racine : ".");
    assert_true(finess_lire(chemin, JOUR_ABSENT, NULL, &f, &d));
    assert_int_equal(f.n_et, 46777);
    for (size_t i = 0; i < f.n_et; i++) {
        const struct nomenclature_categorie *n = nomenclature_trouver(f.et[i].categorie);
        assert_true(n != NULL && n->agregat == f.et[i].agregat);
    }
    finess_fichier_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bon),     cmocka_unit_test(test_coupe),        cmocka_unit_test(test_refuses), cmocka_unit_test(test_ecarts),
        cmocka_unit_test(test_limites), cmocka_unit_test(test_nomenclature), cmocka_unit_test(test_agregats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
