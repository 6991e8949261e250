/* Workbooks: as Excel, LibreOffice, Google and libraries write them; hostile ones. */
#include "essai_formats.h"

#include "classeur_exemple.h"
#include "formats/classeur.h"
#include "formats/classeur_ecrivain.h"
#include "formats/feuille.h"

enum { NUMERO, FINESS_ET, MONTANT, DATE, TAUX, LIBELLE, N_CHAMPS };
static const struct feuille_champ champs[N_CHAMPS] = {{"numero", true},          {"finess_et", true}, {"montant_ht", false},
                                                      {"date_signature", false}, {"taux_tva", false}, {"libelle_essms", false}};

static struct feuille *lire(const struct buffer *b, struct diag_liste *d)
{
    const char *chemin = provisoire(".xlsx");
    ecrire_octets(chemin, b->bytes, b->len);
    struct feuille *f = feuille_lire(chemin, champs, N_CHAMPS, NULL, d);
    unlink(chemin);
    return f;
}

/* Rows as `numero|finess|montant|date|taux|libelle`, each after the number that the spreadsheet shows. */
static void rendre(struct feuille *f, struct buffer *out)
{
    for (size_t i = 0; i < feuille_nombre(f); i++) {
        buffer_printf(out, "%llu:", (unsigned long long)feuille_lieu(f, i, NUMERO).ligne);
        for (size_t c = 0; c < N_CHAMPS; c++) {
            const struct slice v = feuille_valeur(f, i, c);
            buffer_append(out, v.bytes, v.len);
            buffer_putc(out, c + 1 < N_CHAMPS ? '|' : '\n');
        }
    }
    buffer_append(out, "", 0);
}

static void verifier(const char *cas, struct buffer b, const char *attendu, const char *dit)
{
    struct diag_liste d = {0}, dits = {0};
    struct buffer lu = {0}, paroles = {0};
    struct feuille *f = lire(&b, &d);
    if (f == NULL || d.total > 0) fail_msg("%s : %s %s (ligne %llu)", cas, d.items[0].message, d.items[0].trouve ? d.items[0].trouve : "", (unsigned long long)d.items[0].ligne);
    rendre(f, &lu);
    if (strcmp(lu.bytes, attendu) != 0) fail_msg("%s :\n%s\nattendu :\n%s", cas, lu.bytes, attendu);
    struct empreinte e = empreinte_de(b.bytes, b.len);
    assert_true(empreinte_egale(&e, feuille_empreinte(f)));
    assert_true(feuille_est_classeur(f));
    feuille_dire(f, &dits);
    buffer_append(&paroles, "", 0);
    for (size_t i = 0; i < dits.n; i++) {
        assert_int_equal(dits.items[i].gravite, GRAVITE_INFORMATION);
        buffer_printf(&paroles, "%s\n", dits.items[i].message);
    }
    if (strcmp(paroles.bytes, dit) != 0) fail_msg("%s dit :\n%s\nattendu :\n%s", cas, paroles.bytes, dit);
    diag_vider(&dits);
    buffer_free(&paroles);
    buffer_free(&lu);
    buffer_free(&b);
    feuille_free(f);
}

#define S(n) "<c r=\"" n "\" t=\"s\"><v>"
#define FIN "</v></c>"
#define IS(r, t) "<c r=\"" r "\" t=\"inlineStr\"><is><t>" t "</t></is></c>"
#define ENTETE "<row r=\"1\">" IS("A1", "numero") IS("B1", "finess_et") IS("C1", "montant_ht") IS("D1", "date_signature") IS("E1", "taux_tva") IS("F1", "libelle_essms") "</row>"

static void test_programmes(void **state)
{
    (void)state;
    const char *chaines = CHAINES("<si><t>Numéro</t></si><si><t>FINESS ET</t></si><si><t>Montant HT</t></si><si><t xml:space=\"preserve\"> Date signature </t></si>"
                                  "<si><t>BC-1</t></si><si><r><rPr><b/></rPr><t>2A0000</t></r><r><t>196</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si>");
    verifier("Excel", classeur_de(CLASSEUR("<workbookPr defaultThemeVersion=\"1\"/>" UNE), chaines,
        FEUILLE_XML("<dimension ref=\"A1:D2\"/><sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><sheetData><row r=\"1\" spans=\"1:4\" x14ac:dyDescent=\"0.25\">"
            S("A1") "0" FIN S("B1") "1" FIN S("C1") "2" FIN S("D1") "3" FIN "</row><row r=\"2\" spans=\"1:4\" x14ac:dyDescent=\"0.25\">"
            S("A2") "4" FIN S("B2") "5" FIN "<c r=\"C2\" s=\"4\"><v>1216.6699999999998</v></c><c r=\"D2\" s=\"1\"><v>44754</v></c></row></sheetData>"
            "<pageMargins left=\"0.7\"/>"), 8, 0),
        "2:BC-1|2A0000196|1216.67|2022-07-12||\n", "");
    verifier("LibreOffice", classeur_de(CLASSEUR("<workbookPr date1904=\"false\"/>" UNE), NULL,
        LIGNES(ENTETE "<row r=\"2\" customFormat=\"false\" ht=\"12.8\" hidden=\"false\" outlineLevel=\"0\" collapsed=\"false\">" IS("A2", "BC-1")
            "<c r=\"B2\" s=\"0\" t=\"n\"><v>10780054</v></c><c r=\"C2\" s=\"4\" t=\"n\"><v>6570</v></c><c r=\"D2\" s=\"2\" t=\"n\"><v>44754</v></c><c r=\"E2\" s=\"3\" t=\"n\"><v>0.2</v></c><c r=\"F2\" s=\"0\"/></row>"), 8, 8),
        "2:BC-1|10780054|6570|2022-07-12|20 %|\n", "");
    verifier("sans références, deux lignes sautées", classeur_de(CLASSEUR(UNE), NULL,
        LIGNES(ENTETE "<row><c t=\"inlineStr\"><is><t>1</t></is></c><c t=\"str\"><f>A1</f><v>2A0000196</v></c><c><v>1E3</v></c></row><row r=\"5\"><c r=\"B5\"><v>7</v></c><c r=\"A5\"><v>3</v></c></row>"), 0, 0),
        "2:1|2A0000196|1000|||\n5:3|7||||\n", "lignes vides sautées : 3 à 4\n");
    verifier("dates de 1904, heure, booléen, texte échappé", classeur_de(CLASSEUR("<workbookPr date1904=\"1\"/>" UNE), NULL,
        LIGNES(ENTETE "<row r=\"2\"><c r=\"A2\" t=\"b\"><v>1</v></c><c r=\"B2\" t=\"b\"><v>0</v></c><c r=\"D2\" s=\"5\"><v>43292.604166666664</v></c>" IS("F2", "L&amp;M _x005F_x0041_ _x0042_ &lt;") "</row>"
            "<row r=\"3\"><c r=\"A3\"><v>2</v></c><c r=\"D3\" s=\"1\"><v>43292.99</v></c></row>"), 8, 0),
        "2:oui|non||2022-07-12 14:30||L&M _x0041_ B <\n3:2|||2022-07-12||\n", "");
    verifier("strict : dates en toutes lettres", classeur_de(CLASSEUR(UNE), NULL,
        LIGNES(ENTETE "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"D2\" t=\"d\"><v>2022-07-12T00:00:00</v></c></row><row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"D3\" t=\"d\"><v>2022-07-12</v></c></row>"), 8, 0),
        "2:1|||2022-07-12||\n3:1|||2022-07-12||\n", "");
    verifier("textes qui ont l'air de formules", classeur_de(CLASSEUR(UNE), NULL,
        LIGNES(ENTETE "<row r=\"2\">" IS("A2", "=A1") IS("B2", "'=x") IS("F2", "a;\"b\"") "</row>"), 8, 0), "2:=A1|'=x||||a;\"b\"\n", "");
    verifier("titre au-dessus, cellules à droite", classeur_de(CLASSEUR(UNE), NULL,
        LIGNES("<row r=\"1\">" IS("A1", "Commandes 2022") "</row><row r=\"3\">" IS("A3", "finess_et") IS("B3", "numero") "</row><row r=\"4\">" IS("A4", "1") IS("B4", "2") IS("D4", "x") "</row>"), 8, 0),
        "4:2|1||||\n", "l'en-tête est à la ligne 3 : ce qui est au-dessus est ignoré\ncellules à droite de l'en-tête : ignorées\n");
}

static void test_fusions(void **state)
{
    (void)state;
    const char *lignes = ENTETE "<row r=\"2\">" IS("A2", "X") "<c r=\"B2\"><v>1</v></c><c r=\"D2\" s=\"1\"><v>44754</v></c></row>"
        "<row r=\"3\"><c r=\"A3\"/><c r=\"B3\"><v>2</v></c></row><row r=\"4\" hidden=\"1\">" IS("A4", "Y") "<c r=\"B4\"><v>3</v></c></row>";
    struct buffer t = {0};
    buffer_printf(&t, "%s<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>%s</sheetData><mergeCells count=\"3\"><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"D2:D4\"/><mergeCell ref=\"H1:J9\"/></mergeCells></worksheet>",
                  "<worksheet " NS ">", lignes);
    verifier("fusion verticale : la valeur vaut pour chaque ligne", classeur_de(CLASSEUR(UNE), NULL, t.bytes, 8, 0),
             "2:X|1||2022-07-12||\n3:X|2||2022-07-12||\n4:Y|3||2022-07-12||\n",
             "numero : cellules fusionnées (A2:A3), la valeur est lue sur chaque ligne\ndate_signature : cellules fusionnées (D2:D4), la valeur est lue sur chaque ligne\n"
             "1 ligne masquée, lue comme les autres : 4\ncolonne masquée, lue comme les autres : B (finess_et)\n");
    struct diag_liste d = {0};
    struct buffer b = classeur_de(CLASSEUR(UNE), NULL, t.bytes, 8, 0);
    struct feuille *f = lire(&b, &d);
    struct feuille_fusion x;
    assert_true(feuille_fusion(f, 1, &x));
    assert_int_equal(x.premiere, 0);
    assert_int_equal(x.derniere, 2);
    assert_int_equal(x.champ, DATE);
    assert_false(feuille_fusion(f, 2, &x));
    feuille_free(f);
    buffer_free(&b);
    buffer_free(&t);
}

static void test_onglets(void **state)
{
    (void)state;
    static const char *const sheets[] = {
        "<sheets><sheet name=\"Notes\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Commandes\" sheetId=\"2\" r:id=\"rId4\"/></sheets>",
        "<sheets><sheet name=\"Cachée\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/><sheet name=\"Vue\" sheetId=\"2\" r:id=\"rId4\"/></sheets>"};
    static const char *const dits[] = {"feuille lue : « Commandes » ; l'autre ne l'est pas : « Notes »\n", "feuille lue : « Vue » ; l'autre ne l'est pas : « Cachée » (masquée)\n"};
    for (size_t i = 0; i < NOMBRE(sheets); i++) {
        struct buffer w = {0};
        buffer_printf(&w, "<workbook " NS ">%s</workbook>", sheets[i]);
        const char *une = i == 0 ? LIGNES("<row r=\"1\">" IS("A1", "rien") "</row>") : LIGNES(ENTETE);
        const struct partie p[] = {
            {"[Content_Types].xml", slice_of(TYPES), 0, 0, 0}, {"_rels/.rels", slice_of(RACINE), 0, 0, 0}, {"xl/workbook.xml", {w.bytes, w.len}, 0, 8, 0},
            {"xl\\_rels\\Workbook.xml.rels", slice_of(LIENS), 0, 8, 0}, {"xl/styles.xml", slice_of(STYLES), 0, 8, 0}, {"XL/SharedStrings.xml", slice_of(CHAINES("")), 0, 8, 0},
            {"xl/worksheets/sheet1.xml", slice_of(une), 0, 8, 0},
            {"xl/worksheets/sheet2.xml", slice_of(LIGNES(ENTETE "<row r=\"2\"><c r=\"A2\"><v>9</v></c></row>")), 0, 8, 0}};
        verifier(sheets[i], empaqueter(p, NOMBRE(p)), "2:9|||||\n", dits[i]);
        buffer_free(&w);
    }
}

static void test_nombres(void **state)
{
    (void)state;
    static const struct { const char *lu, *attendu; enum cellule_nature nature; } cas[] = {
        {"1216.67", "1216.67", NATURE_NOMBRE}, {"1216.6699999999998", "1216.67", NATURE_NOMBRE}, {"0.30000000000000004", "0.3", NATURE_NOMBRE},
        {"6570", "6570", NATURE_NOMBRE}, {"6570.00", "6570", NATURE_NOMBRE}, {"1.2166E3", "1216.6", NATURE_NOMBRE}, {"4.4306184100012E13", "44306184100012", NATURE_NOMBRE},
        {"999999999999999.9", "1000000000000000", NATURE_NOMBRE}, {"-12.5", "-12.5", NATURE_NOMBRE}, {"-0", "0", NATURE_NOMBRE}, {"0", "0", NATURE_NOMBRE}, {"000", "0", NATURE_NOMBRE},
        {"1E-3", "0.001", NATURE_NOMBRE}, {"0.0012", "0.0012", NATURE_NOMBRE}, {".5", "0.5", NATURE_NOMBRE}, {"1216.666666666667", "1216.66666666667", NATURE_NOMBRE},
        {"123456789012345", "123456789012345", NATURE_NOMBRE}, {"1234567890123456", "1234567890123456", NATURE_IMPRECIS}, {"1.5E16", "15000000000000000", NATURE_IMPRECIS},
        {"1E300", "1E300", NATURE_TEXTE}, {"1e", "1e", NATURE_TEXTE}, {"", "", NATURE_TEXTE}, {"1,5", "1,5", NATURE_TEXTE}, {"0x10", "0x10", NATURE_TEXTE}, {"NaN", "NaN", NATURE_TEXTE}, {"1.2.3", "1.2.3", NATURE_TEXTE},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct buffer b = {0};
        const enum cellule_nature n = classeur_nombre(slice_of(cas[i].lu), &b);
        buffer_append(&b, "", 0);
        if (n != cas[i].nature || strcmp(b.bytes, cas[i].attendu) != 0) fail_msg("%s : %s (%d)", cas[i].lu, b.bytes, (int)n);
        buffer_free(&b);
    }
}

static void test_dates_et_formats(void **state)
{
    (void)state;
    static const struct { const char *n; bool b1904, heures; const char *attendu; } dates[] = {
        {"44754", false, false, "2022-07-12"}, {"43292", true, false, "2022-07-12"}, {"44754.5", false, true, "2022-07-12 12:00"}, {"44754.999999", false, true, "2022-07-13"},
        {"44754.5", false, false, "2022-07-12"}, {"1", false, false, "1900-01-01"}, {"59", false, false, "1900-02-28"}, {"61", false, false, "1900-03-01"}, {"60", false, false, NULL},
        {"0", false, false, NULL}, {"0", true, false, "1904-01-01"}, {"-3", false, false, NULL}, {"99999999", false, false, NULL}, {"x", false, false, NULL}};
    for (size_t i = 0; i < NOMBRE(dates); i++) {
        struct buffer b = {0};
        const bool ok = classeur_date(slice_of(dates[i].n), dates[i].b1904, dates[i].heures, &b);
        assert_int_equal(ok, dates[i].attendu != NULL);
        if (ok) assert_string_equal(b.bytes, dates[i].attendu);
        buffer_free(&b);
    }
    static const struct { const char *code; enum classeur_format f; } formats[] = {
        {"General", FORMAT_NOMBRE}, {"0.00", FORMAT_NOMBRE}, {"dd/mm/yyyy", FORMAT_DATE}, {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", FORMAT_DATE}, {"mmm-yy", FORMAT_DATE},
        {"#,##0.00\\ \"day\"", FORMAT_NOMBRE}, {"[Red]0.00", FORMAT_NOMBRE}, {"h:mm", FORMAT_HEURE}, {"[h]:mm:ss", FORMAT_HEURE}, {"yyyy-mm-dd hh:mm", FORMAT_DATE_HEURE}, {"0%", FORMAT_POURCENT},
        {"0.00;[Red]-0.00;\"d\"", FORMAT_NOMBRE}, {"0;d", FORMAT_NOMBRE}, {"_-* #,##0.00\\ _d_-", FORMAT_NOMBRE}, {"@", FORMAT_NOMBRE}, {"\"", FORMAT_NOMBRE}, {"[", FORMAT_NOMBRE}, {"\\", FORMAT_NOMBRE}};
    for (size_t i = 0; i < NOMBRE(formats); i++)
        if (classeur_format_code(slice_of(formats[i].code)) != formats[i].f) fail_msg("%s", formats[i].code);
    assert_int_equal(classeur_format_numero(14), FORMAT_DATE);
    assert_int_equal(classeur_format_numero(22), FORMAT_DATE_HEURE);
    assert_int_equal(classeur_format_numero(10), FORMAT_POURCENT);
    assert_int_equal(classeur_format_numero(4), FORMAT_NOMBRE);
    uint32_t l, c;
    assert_true(classeur_reference(slice_of("B14"), &l, &c) && l == 14 && c == 1);
    assert_true(classeur_reference(slice_of("$XFD$1048576"), &l, &c) && l == 1048576 && c == 16383);
    static const char *const mauvaises[] = {"", "B", "14", "B0", "XFE1", "A1048577", "B14x", "ZZZZZZZZZZZZ1", "A99999999999999999999"};
    for (size_t i = 0; i < NOMBRE(mauvaises); i++) assert_false(classeur_reference(slice_of(mauvaises[i]), &l, &c));
}

static void refuser(const char *cas, struct buffer b, const char *code, uint64_t ligne, uint32_t colonne)
{
    struct diag_liste d = {0};
    struct feuille *f = lire(&b, &d);
    assert_true(f == NULL || !feuille_saine(f));
    verifier_faute(cas, &d, code, ligne, colonne);
    feuille_free(f);
    diag_vider(&d);
    buffer_free(&b);
}

static void test_cellules_refusees(void **state)
{
    (void)state;
    static const struct { const char *cas, *lignes; const char *code; uint64_t ligne; uint32_t colonne; } cas[] = {
        {"#REF!", "<row r=\"2\"><c r=\"A2\" t=\"e\"><f>B9</f><v>#REF!</v></c></row>", "E-170", 2, 1},
        {"formule sans valeur", "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"C2\"><f>SUM(C3:C9)</f></c></row>", "E-170", 2, 3},
        {"formule sans valeur, balise vide", "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"C2\"><f>SUM(C3:C9)</f><v></v></c></row>", "E-170", 2, 3},
        {"seize chiffres", "<row r=\"2\"><c r=\"B2\"><v>1234567890123456</v></c></row>", "E-170", 2, 2},
        {"cellule donnée deux fois", "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>2</v></c></row>", "E-168", 2, 2},
        {"ligne donnée deux fois", "<row r=\"2\"><c r=\"B2\"><v>1</v></c></row><row r=\"4\"><c r=\"B4\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>", "E-168", 2, 0},
        {"cellule d'une autre ligne", "<row r=\"2\"><c r=\"B3\"><v>1</v></c></row>", "E-168", 2, 0},
        {"référence absurde", "<row r=\"2\"><c r=\"ZZZZ2\"><v>1</v></c></row>", "E-168", 2, 0},
        {"ligne absurde", "<row r=\"0\"><c r=\"A1\"><v>1</v></c></row>", "E-168", 0, 0},
        {"texte partagé absent", "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>99</v></c></row>", "E-168", 2, 1},
        {"saut de ligne", "<row r=\"2\">" IS("A2", "a\nb") "</row>", "E-018", 2, 1},
        {"retour chariot échappé", "<row r=\"2\">" IS("A2", "a_x000D_b") "</row>", "E-018", 2, 1},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct buffer t = {0};
        buffer_printf(&t, "<worksheet " NS "><sheetData>%s%s</sheetData></worksheet>", ENTETE, cas[i].lignes);
        refuser(cas[i].cas, classeur_de(CLASSEUR(UNE), NULL, t.bytes, 8, 0), cas[i].code, cas[i].ligne, cas[i].colonne);
        buffer_free(&t);
    }
    refuser("fusion horizontale", classeur_de(CLASSEUR(UNE), NULL, FEUILLE_XML("<sheetData>" ENTETE "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"C2:D2\"/></mergeCells>"), 8, 0), "E-171", 2, 3);
    refuser("en-tête fusionné", classeur_de(CLASSEUR(UNE), NULL, FEUILLE_XML("<sheetData>" ENTETE "</sheetData><mergeCells><mergeCell ref=\"F1:G1\"/></mergeCells>"), 8, 0), "E-171", 1, 6);
}

static void test_hostiles(void **state)
{
    (void)state;
    const char *bonne = LIGNES(ENTETE);
    refuser("DTD", classeur_de(CLASSEUR(UNE), NULL, "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet " NS "/>", 8, 0), "E-168", 0, 0);
    refuser("XML coupé", classeur_de(CLASSEUR(UNE), NULL, "<worksheet " NS "><sheetData>", 8, 0), "E-168", 0, 0);
    refuser("aucune feuille", classeur_de(CLASSEUR("<sheets/>"), NULL, bonne, 8, 0), "E-168", 0, 0);
    refuser("seule feuille masquée", classeur_de(CLASSEUR("<sheets><sheet name=\"a\" sheetId=\"1\" state=\"veryHidden\" r:id=\"rId1\"/></sheets>"), NULL, bonne, 8, 0), "E-168", 0, 0);
    refuser("feuille vide", classeur_de(CLASSEUR(UNE), NULL, LIGNES(""), 8, 0), "E-010", 0, 0);
    refuser("chiffré", classeur_de(CLASSEUR(UNE), NULL, bonne, 8, 1), "E-168", 0, 0);
    const struct partie ods[] = {{"mimetype", slice_of("application/vnd.oasis.opendocument.spreadsheet"), 0, 0, 0}, {"content.xml", slice_of("<x/>"), 0, 8, 0}};
    refuser("ods", empaqueter(ods, 2), "E-169", 0, 0);
    const struct partie xlsb[] = {{"[Content_Types].xml", slice_of(TYPES), 0, 0, 0}, {"_rels/.rels", slice_of(RELS("<Relationship Id=\"a\" Type=\"" TYPE "officeDocument\" Target=\"xl/workbook.bin\"/>")), 0, 8, 0}};
    refuser("xlsb", empaqueter(xlsb, 2), "E-169", 0, 0);
    const struct partie doc[] = {{"[Content_Types].xml", slice_of(TYPES), 0, 0, 0}, {"_rels/.rels", slice_of(RELS("")), 0, 8, 0}};
    refuser("rien dedans", empaqueter(doc, 2), "E-169", 0, 0);
    /* A part named twice: which one would be read? */
    const struct partie deux[] = {{"[Content_Types].xml", slice_of(TYPES), 0, 0, 0}, {"_rels/.rels", slice_of(RACINE), 0, 8, 0}, {"_RELS/.rels", slice_of(RACINE), 0, 8, 0}};
    refuser("partie double", empaqueter(deux, 3), "E-168", 0, 0);
    const struct partie methode[] = {{"[Content_Types].xml", slice_of(TYPES), 0, 0, 0}, {"_rels/.rels", slice_of(RACINE), 0, 12, 0}};
    refuser("compression inconnue", empaqueter(methode, 2), "E-168", 0, 0);
    const struct partie courte[] = {{"[Content_Types].xml", slice_of(TYPES), 0, 0, 0}, {"_rels/.rels", slice_of(RACINE), 0, 8, 10}};
    refuser("taille mentie", empaqueter(courte, 2), "E-168", 0, 0);
    /* Cut anywhere, a byte changed anywhere: never a crash, never rows that were not there. */
    struct buffer b = classeur_de(CLASSEUR(UNE), NULL, LIGNES(ENTETE "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>"), 8, 0);
    for (size_t i = 0; i < b.len; i += 7) {
        struct diag_liste d = {0};
        struct buffer coupe = {b.bytes, i, b.cap};
        struct feuille *f = lire(&coupe, &d);
        assert_null(f);
        assert_true(d.total > 0);
        diag_vider(&d);
        const char avant = b.bytes[i];
        b.bytes[i] = (char)(avant ^ 0x55);
        f = lire(&b, &d);
        if (f != NULL && feuille_saine(f)) {
            struct buffer lu = {0};
            rendre(f, &lu);
            assert_string_equal(lu.bytes, "2:1|||||\n"); /* a field that nothing reads */
            buffer_free(&lu);
        }
        feuille_free(f);
        diag_vider(&d);
        b.bytes[i] = avant;
    }
    buffer_free(&b);
}

/* A bomb (a sheet of blanks that swells), thousands of columns, a text of 32 767 characters. */
static void test_bornes(void **state)
{
    (void)state;
    struct buffer t = {0};
    buffer_puts(&t, "<worksheet " NS "><sheetData>" ENTETE "<row r=\"2\">");
    for (int i = 0; i < 5 << 20; i++) buffer_puts(&t, "<c s=\"1\"/>");
    buffer_puts(&t, "</row></sheetData></worksheet>");
    refuser("bombe", classeur_de(CLASSEUR(UNE), NULL, t.bytes, 8, 0), "E-043", 0, 0);
    buffer_clear(&t);
    buffer_puts(&t, "<worksheet " NS "><sheetData>" ENTETE "<row r=\"2\">");
    for (int i = 0; i < 9000; i++) buffer_puts(&t, "<c s=\"1\"/>");
    buffer_puts(&t, "</row><row r=\"3\"><c r=\"A3\"><v>1</v></c>");
    for (int i = 1; i < 9000; i++) buffer_puts(&t, "<c><v>1</v></c>");
    buffer_puts(&t, "</row></sheetData></worksheet>");
    struct diag_liste d = {0};
    struct buffer b = classeur_de(CLASSEUR(UNE), NULL, t.bytes, 8, 0);
    struct feuille *f = lire(&b, &d);
    assert_non_null(f);
    assert_int_equal(feuille_nombre(f), 1); /* nine thousand empty cells are nothing; those with a value are told, beyond the header */
    assert_int_equal(d.total, 0);
    feuille_dire(f, &d);
    assert_int_equal(d.total, 1);
    feuille_free(f);
    diag_vider(&d);
    buffer_free(&b);
    buffer_clear(&t);
    buffer_puts(&t, "<worksheet " NS "><sheetData>" ENTETE "<row r=\"2\"><c r=\"F2\" t=\"inlineStr\"><is><t>");
    for (int i = 0; i < 32767; i++) buffer_putc(&t, 'x');
    buffer_puts(&t, "</t></is></c></row></sheetData></worksheet>");
    b = classeur_de(CLASSEUR(UNE), NULL, t.bytes, 8, 0);
    f = lire(&b, &d);
    assert_int_equal(feuille_valeur(f, 0, LIBELLE).len, 32767);
    feuille_free(f);
    buffer_free(&b);
    buffer_free(&t);
}

static bool recevoir(void *ctx, const void *octets, size_t len)
{
    buffer_append(ctx, octets, len);
    return true;
}

/* What is written is read again, to the letter; the same rows make the same bytes. */
static void test_aller_retour(void **state)
{
    (void)state;
    static const char *const textes[] = {"=A1+B1", "'=x", "_x0041_", "__x000D__", "L&M <b> \"q\"", " bords ", "été œ ’ \xe2\x80\xaf", "a\nb\tc", "0123", "1e5", "#REF!", "-12", "_x", "oui"};
    struct buffer fichiers[2] = {{0}, {0}};
    struct jour j, vieux;
    assert_true(jour_from_ymd(2022, 7, 12, &j) && jour_from_ymd(1900, 1, 5, &vieux));
    for (int tour = 0; tour < 2; tour++) {
        struct classeur_ecrivain *e = classeur_ecrivain_creer("L&M", 1, recevoir, &fichiers[tour]);
        assert_true(classeur_rangee(e, 1));
        for (uint32_t i = 0; i < NOMBRE(textes); i++) classeur_ecrire_texte(e, i, STYLE_TEXTE, slice_of(textes[i]));
        assert_true(classeur_rangee(e, 7));
        classeur_ecrire_nombre(e, 0, STYLE_MONTANT, slice_of("1216.67"));
        classeur_ecrire_jour(e, 2, j);
        classeur_ecrire_jour(e, 3, vieux);
        classeur_ecrire_nombre(e, 4, STYLE_POURCENT, slice_of("0.085"));
        classeur_ecrire_texte(e, 5, STYLE_TEXTE, (struct slice){"a\x01\xff", 3});
        assert_true(classeur_rangee(e, CLASSEUR_LIGNES));
        assert_false(classeur_rangee(e, CLASSEUR_LIGNES + 1));
        classeur_fusionner(e, 7, 0, 9, 0);
        assert_true(classeur_ecrivain_finir(e));
    }
    assert_int_equal(fichiers[0].len, fichiers[1].len);
    assert_memory_equal(fichiers[0].bytes, fichiers[1].bytes, fichiers[0].len);
    const char *chemin = provisoire(".retour.xlsx");
    struct diag_liste d = {0};
    ecrire_octets(chemin, fichiers[0].bytes, fichiers[0].len);
    struct classeur *c = classeur_lire(chemin, NULL, NULL, &d);
    unlink(chemin);
    assert_non_null(c);
    assert_int_equal(d.total, 0);
    assert_string_equal(c->nom, "L&M");
    assert_int_equal(c->n_lignes, 2);
    assert_int_equal(c->lignes[0].n, NOMBRE(textes));
    for (size_t i = 0; i < NOMBRE(textes); i++) {
        const struct classeur_cellule *x = &c->cellules[i];
        assert_int_equal(x->nature, NATURE_TEXTE);
        if (x->len != strlen(textes[i]) || memcmp(c->texte.bytes + x->debut, textes[i], x->len) != 0) fail_msg("%s : %.*s", textes[i], (int)x->len, c->texte.bytes + x->debut);
    }
    static const struct { enum cellule_nature n; const char *t; uint16_t colonne; } deux[] = {{NATURE_NOMBRE, "1216.67", 0}, {NATURE_DATE, "2022-07-12", 2}, {NATURE_TEXTE, "1900-01-05", 3},
                                                                                             {NATURE_POURCENT, "8.5 %", 4}, {NATURE_TEXTE, "a\xef\xbf\xbd\xef\xbf\xbd", 5}};
    assert_int_equal(c->lignes[1].numero, 7);
    assert_int_equal(c->lignes[1].n, NOMBRE(deux));
    for (size_t i = 0; i < NOMBRE(deux); i++) {
        const struct classeur_cellule *x = &c->cellules[c->lignes[1].premiere + i];
        assert_int_equal(x->nature, deux[i].n);
        assert_int_equal(x->colonne, deux[i].colonne);
        assert_int_equal(x->len, strlen(deux[i].t));
        assert_memory_equal(c->texte.bytes + x->debut, deux[i].t, x->len);
    }
    assert_int_equal(c->n_fusions, 1);
    assert_int_equal(c->fusions[0].l2, 9);
    classeur_free(c);
    buffer_free(&fichiers[0]);
    buffer_free(&fichiers[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_programmes), cmocka_unit_test(test_fusions), cmocka_unit_test(test_onglets), cmocka_unit_test(test_nombres),
        cmocka_unit_test(test_dates_et_formats), cmocka_unit_test(test_cellules_refusees), cmocka_unit_test(test_hostiles), cmocka_unit_test(test_bornes), cmocka_unit_test(test_aller_retour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
