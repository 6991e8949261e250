/* The XML reader against hostile documents; the writer against the reader. */
#include "../noyau/essai.h"

#include <stdio.h>
#include "formats/xml.h"

#define XS "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' targetNamespace='urn:t' elementFormDefault='qualified'>"
#define DOC(x) "<r xmlns=\"urn:t\">" x "</r>"

static const char schema_texte[] = XS
    "<xs:element name='r'><xs:complexType><xs:sequence>"
    "<xs:element name='v' minOccurs='0' maxOccurs='unbounded'><xs:complexType><xs:simpleContent>"
    "<xs:extension base='xs:string'><xs:attribute name='a' type='xs:string'/></xs:extension>"
    "</xs:simpleContent></xs:complexType></xs:element>"
    "<xs:element name='n' minOccurs='0' maxOccurs='unbounded'><xs:simpleType><xs:restriction base='xs:string'>"
    "<xs:pattern value='[0-9]+'/></xs:restriction></xs:simpleType></xs:element>"
    "</xs:sequence></xs:complexType>"
    "<xs:unique name='u'><xs:selector xpath='t:n'/><xs:field xpath='.'/></xs:unique></xs:element></xs:schema>";

static const struct xml_bornes bornes = {.total = 100000, .profondeur = 4, .attributs = 3, .balise = 200, .texte = 50};

static struct xml_schema *schema(void)
{
    struct diag_liste d = {0};
    struct xml_schema *s = xml_schema_compiler("essai.xsd", slice_of(schema_texte), &d);
    assert_non_null(s);
    assert_int_equal(d.total, 0);
    return s;
}

/* Code of the first fault, or "". `morceau` bytes at a time. `*ligne` may be NULL. */
static const char *verdict(const struct xml_schema *s, struct slice doc, size_t morceau, uint64_t *ligne, uint64_t *total)
{
    struct diag_liste d = {0};
    struct xml_flux *f = xml_flux_creer("essai.xml", s, &bornes, NULL, &d);
    for (size_t i = 0; i < doc.len; i += morceau)
        if (!xml_flux_ajouter(f, doc.bytes + i, doc.len - i < morceau ? doc.len - i : morceau))
            break;
    bool ok = xml_flux_finir(f);
    const char *code = d.n ? d.items[0].code : "";
    assert_int_equal(ok, d.total == 0);
    if (ligne)
        *ligne = d.n ? d.items[0].ligne : 0;
    if (total)
        *total = d.total;
    diag_vider(&d);
    return code;
}

static void test_documents(void **state)
{
    (void)state;
    static char long_tag[400], long_text[200], long_comment[400], deep[200];
    snprintf(long_tag, sizeof long_tag, DOC("<v a=\"%0250d\"/>"), 1);
    snprintf(long_text, sizeof long_text, DOC("<v>%051d</v>"), 1);
    snprintf(long_comment, sizeof long_comment, DOC("<!-- %0250d -->"), 1);
    snprintf(deep, sizeof deep, DOC("<v><v><v><v/></v></v></v>"));
    const struct {
        struct slice doc;
        int code; /* −1: accepted */
        uint64_t ligne;
    } t[] = {
        {SLICE(DOC("<v>x</v>")), -1, 0},
        {SLICE("\xef\xbb\xbf" DOC("")), -1, 0},
        {SLICE("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- l'apostrophe > \" < --><?pi '?>" DOC("<!-- -- >x -->")), E_XML_FORME, 2},
        {SLICE("<?xml version=\"1.0\"?>\n<!-- l'apostrophe > \" < !DOCTYPE --><?pi ' ?>" DOC("<v><![CDATA[<!DOCTYPE ]> ]]></v>")), -1, 0},
        {SLICE(DOC("<v a='>'>x</v><v a=\"'\"/>")), -1, 0},
        {SLICE(DOC("<v>&amp;&lt;&#233;</v>")), -1, 0},
        {SLICE(DOC("<!-- -> <!DOCTYPE x> -->")), -1, 0},
        {SLICE("<?xml version='1.0' encoding='ISO-8859-1'?>" DOC("<v>\xc3\xa9</v>")), -1, 0},
        {SLICE("<?xml version='1.0' encoding='ISO-8859-1'?>" DOC("<v>\xe9</v>")), E_XML_FORME, 1},
        {SLICE("<\0r\0 \0x\0m\0l\0n\0s\0=\0'\0u\0r\0n\0:\0t\0'\0/\0>\0"), E_XML_FORME, 0},
        {SLICE(""), E_XML_FORME, 0},
        {SLICE(" "), E_XML_FORME, 0},
        {SLICE("bonjour"), E_XML_FORME, 1},
        {SLICE("<r xmlns=\"urn:t\">"), E_XML_FORME, 0},
        {SLICE(DOC("<v>")), E_XML_FORME, 1},
        {SLICE("<r xmlns=\"urn:t\"><v></r>"), E_XML_FORME, 1},
        {SLICE(DOC("") "<r/>"), E_XML_FORME, 1},
        {SLICE(DOC("") "x"), E_XML_FORME, 1},
        {SLICE(DOC("\n<v>\x01</v>")), E_XML_FORME, 2},
        {SLICE(DOC("<v>\xe9</v>")), E_XML_FORME, 1},
        {SLICE(DOC("<v>a\0b</v>")), E_XML_FORME, 0},
        {SLICE(DOC("<v>&inconnue;</v>")), E_XML_FORME, 1},
        {SLICE(DOC("<p:v/>")), E_XML_STRUCTURE, 1},
        {SLICE(DOC("<v a='1' a='2'/>")), E_XML_FORME, 1},
        {SLICE("\xff\xfe<\0r\0"), E_XML_FORME, 0},
        {SLICE("<\0r\0/\0>\0"), E_XML_FORME, 0},
        {SLICE("<!DOCTYPE r>" DOC("")), E_XML_DTD, 0},
        {SLICE("<?xml version='1.0'?>\n<!DOCTYPE r SYSTEM 'file:///etc/passwd'>" DOC("")), E_XML_DTD, 0},
        {SLICE("<!DOCTYPE r [<!ENTITY a 'b'><!ENTITY b '&a;&a;'>]>" DOC("<v>&b;</v>")), E_XML_DTD, 0},
        {SLICE(DOC("<!ENTITY a 'b'>")), E_XML_DTD, 0},
        {SLICE(DOC("<!-")), E_XML_DTD, 0},
        {SLICE("<r xmlns='urn:t'><!-"), E_XML_FORME, 0},
        {slice_of(long_tag), E_XML_LIMITE, 0},
        {slice_of(long_comment), E_XML_LIMITE, 0},
        {slice_of(long_text), E_XML_LIMITE, 1},
        {slice_of(deep), E_XML_STRUCTURE, 1},
        {SLICE(DOC("<v a='' b='' c='' d=''/>")), E_XML_LIMITE, 1},
        {SLICE(DOC("<v xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='t'/>")), E_XML_STRUCTURE, 1},
        {SLICE("<r xmlns='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='urn:t http://h/'/>"), E_XML_STRUCTURE, 1},
        {SLICE(DOC("\n\n<x/>")), E_XML_STRUCTURE, 3},
        {SLICE(DOC("texte")), E_XML_STRUCTURE, 1},
        {SLICE(DOC("<v b='1'/>")), E_XML_STRUCTURE, 1},
        {SLICE("<r/>"), E_XML_STRUCTURE, 1},
        {SLICE(DOC("\n<n>12</n>\n<n>x</n>")), E_XML_VALEUR, 3},
        {SLICE(DOC("<n>12</n>\n<n>12</n>")), E_XML_DOUBLON, 2},
    };
    struct xml_schema *s = schema();
    static const size_t morceaux[] = {100000, 1, 3};
    unsigned refused = 0;
    for (size_t i = 0; i < NOMBRE(t); i++) {
        for (size_t m = 0; m < NOMBRE(morceaux); m++) {
            uint64_t ligne;
            const char *code = verdict(s, t[i].doc, morceaux[m], &ligne, NULL);
            if (strcmp(code, t[i].code < 0 ? "" : erreur_texte((enum erreur_code)t[i].code)) != 0
                || (t[i].ligne && ligne != t[i].ligne))
                fail_msg("document %zu par %zu : %s ligne %d", i, morceaux[m], code, (int)ligne);
            refused += *code != '\0';
        }
    }
    assert_int_equal(refused, 3 * (NOMBRE(t) - 7));
    xml_schema_free(s);
}

static void test_bornes(void **state)
{
    (void)state;
    struct buffer b = {0};
    buffer_puts(&b, "<r>");
    while (b.len < 100001)
        buffer_puts(&b, "<v/>");
    assert_string_equal(verdict(NULL, (struct slice){b.bytes, b.len}, 4096, NULL, NULL), erreur_texte(E_XML_LIMITE));
    buffer_clear(&b);
    for (int i = 0; i < 100; i++)
        buffer_puts(&b, "<r>");
    assert_string_equal(verdict(NULL, (struct slice){b.bytes, b.len}, 4096, NULL, NULL), erreur_texte(E_XML_LIMITE));
    assert_string_equal(verdict(NULL, SLICE("<a><a><a><a/></a></a></a>"), 4096, NULL, NULL), "");
    assert_string_equal(verdict(NULL, SLICE("<a><a><a><a><a/></a></a></a></a>"), 4096, NULL, NULL), erreur_texte(E_XML_LIMITE));
    assert_string_equal(verdict(NULL, SLICE("<p:a/>"), 4096, NULL, NULL), erreur_texte(E_XML_FORME));
    /* Blank text between thousands of children does not add up. */
    buffer_clear(&b);
    buffer_puts(&b, "<r>");
    for (int i = 0; i < 1000; i++)
        buffer_puts(&b, "\n  <v/>");
    buffer_puts(&b, "</r>");
    assert_string_equal(verdict(NULL, (struct slice){b.bytes, b.len}, 4096, NULL, NULL), "");
    /* Faults are all told, up to a bound. */
    buffer_clear(&b);
    buffer_puts(&b, "<r xmlns='urn:t'>");
    for (int i = 0; i < 40; i++)
        buffer_puts(&b, "<n>x</n>");
    size_t forty = b.len;
    buffer_puts(&b, "</r>");
    struct xml_schema *s = schema();
    uint64_t total;
    verdict(s, (struct slice){b.bytes, b.len}, 4096, NULL, &total);
    assert_int_equal(total, 40);
    b.len = forty;
    for (int i = 0; i < 3000; i++)
        buffer_puts(&b, "<n>x</n>");
    buffer_puts(&b, "</r>");
    verdict(s, (struct slice){b.bytes, b.len}, 4096, NULL, &total);
    assert_int_equal(total, XML_FAUTES_MAX + 1);
    xml_schema_free(s);
    buffer_free(&b);
}

static void test_schemas(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "", "x", "<a/>", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='r' type='absent'/></xs:schema>",
        XS "<xs:import namespace='urn:u' schemaLocation='/etc/u.xsd'/><xs:element name='r'/></xs:schema>",
        XS "<xs:include schemaLocation='/etc/u.xsd'/><xs:element name='r'/></xs:schema>",
        XS "<xs:redefine schemaLocation='/etc/u.xsd'/><xs:element name='r'/></xs:schema>",
        XS "<xs:include schemaLocation='inclus.tmp.xsd'/><xs:element name='r'/></xs:schema>",
        XS "<xs:import namespace='urn:u' schemaLocation='http://127.0.0.1/u.xsd'/><xs:element name='r'/></xs:schema>",
    };
    /* One that is there, and good. */
    FILE *f = fopen("inclus.tmp.xsd", "w");
    fputs("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'/>", f);
    fclose(f);
    for (size_t i = 0; i < NOMBRE(refused); i++) {
        struct diag_liste d = {0};
        assert_null(xml_schema_compiler("essai.xsd", slice_of(refused[i]), &d));
        assert_true(d.n >= 1);
        assert_string_equal(d.items[0].code, erreur_texte(E_XSD));
        assert_int_equal(d.pire, SORTIE_ENVIRONNEMENT);
        diag_vider(&d);
    }
    unlink("inclus.tmp.xsd");
}

struct recu {
    struct buffer b;
    unsigned debuts, fins;
};

static void on_start(void *ctx, const struct xml_element *e)
{
    struct recu *r = ctx;
    struct slice a = xml_attribut(e, "a");
    r->debuts++;
    buffer_printf(&r->b, "%u<%s a=[%.*s] absent=[%zu]\n", e->profondeur, e->nom, (int)a.len, a.bytes, xml_attribut(e, "b").len);
}

static void on_end(void *ctx, const struct xml_element *e)
{
    struct recu *r = ctx;
    r->fins++;
    if (e->profondeur == 2)
        buffer_printf(&r->b, "%u>%s [%.*s]\n", e->profondeur, e->nom, (int)e->texte.len, e->texte.bytes);
}

static const char rude[] = "<a&b> \"'&amp;&#38;]]> \xc3\xa9\xe2\x82\xac";

static void test_aller_retour(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct buffer out = {0};
    struct xml_schema *s = schema();
    struct xml_ecrivain *w = xml_ecrivain_creer("essai.xml", "urn:t", s, &out, &d);
    struct xml_attribut a[] = {{"a", slice_of(rude)}, {"b", {NULL, 0}}};
    xml_ouvrir(w, "r", NULL, 0);
    xml_ouvrir(w, "v", a, 2);
    xml_texte(w, slice_of(rude));
    xml_fermer(w);
    xml_element(w, "v", "");
    xml_element(w, "n", "12");
    xml_fermer(w);
    assert_true(xml_ecrivain_finir(w));
    assert_int_equal(d.total, 0);
    struct recu r = {0};
    struct xml_evenements ev = {on_start, on_end, &r};
    assert_true(xml_lire("essai.xml", (struct slice){out.bytes, out.len}, slice_of(schema_texte), &ev, &d));
    char expected[512];
    snprintf(expected, sizeof expected, "1<r a=[] absent=[0]\n2<v a=[%s] absent=[0]\n2>v [%s]\n2<v a=[] absent=[0]\n2>v []\n"
             "2<n a=[] absent=[0]\n2>n [12]\n", rude, rude);
    assert_string_equal(r.b.bytes, expected);
    assert_int_equal(r.debuts, 4);
    assert_int_equal(r.fins, 4);
    /* Nothing is told of a document that is not valid to its end. */
    struct recu rien = {0};
    ev.ctx = &rien;
    buffer_puts(&out, "<suite/>");
    assert_false(xml_lire("essai.xml", (struct slice){out.bytes, out.len}, slice_of(schema_texte), &ev, &d));
    assert_int_equal(rien.debuts, 0);
    xml_schema_free(s);
    buffer_free(&r.b);
    buffer_free(&out);
    diag_vider(&d);
}

static void test_ecrivain_refuse(void **state)
{
    (void)state;
    static const struct {
        const char *element, *texte;
        enum erreur_code code;
    } t[] = {
        {"v", "a\x01z", E_XML_VALEUR}, {"v", "a\nz", E_XML_VALEUR}, {"v", "a\xe9z", E_XML_VALEUR},
        {"v", "a\xef\xbf\xbfz", E_XML_VALEUR}, {"n", "douze", E_XML_VALEUR}, {"n", "7", E_XML_DOUBLON},
        {"x", "", E_XML_STRUCTURE},
    };
    struct xml_schema *s = schema();
    for (size_t i = 0; i < NOMBRE(t); i++) {
        struct diag_liste d = {0};
        struct buffer out = {0};
        struct xml_ecrivain *w = xml_ecrivain_creer("essai.xml", "urn:t", s, &out, &d);
        xml_ouvrir(w, "r", NULL, 0);
        if (t[i].code == E_XML_DOUBLON)
            xml_element(w, "n", t[i].texte);
        assert_int_equal(xml_ecrivain_fautes(w), 0);
        xml_ecrivain_repere(w, "demande n° 12");
        xml_element(w, t[i].element, t[i].texte);
        assert_int_equal(xml_ecrivain_fautes(w), 1);
        xml_fermer(w);
        assert_false(xml_ecrivain_finir(w));
        assert_int_equal(d.n, 1);
        assert_string_equal(d.items[0].code, erreur_texte(t[i].code));
        assert_string_equal(d.items[0].source, "demande n° 12");
        assert_non_null(strstr(d.items[0].message, t[i].element));
        diag_vider(&d);
        buffer_free(&out);
    }
    xml_schema_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documents), cmocka_unit_test(test_bornes), cmocka_unit_test(test_schemas),
        cmocka_unit_test(test_aller_retour), cmocka_unit_test(test_ecrivain_refuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
