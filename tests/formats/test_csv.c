#include "essai_formats.h"

#include "../outils/alea.h"
#include "formats/csv.h"
#include "formats/feuille.h"

/* The fields of a line, their values between brackets. */
static void verifier(const char *ligne, size_t len, char sep, enum csv_verdict attendu, const char *valeurs)
{
    struct slice champs[8];
    size_t n = 0;
    struct buffer tampon = {0}, lu = {0};
    struct csv_examen e = csv_examiner(ligne, len);
    assert_int_equal(csv_decouper(ligne, len, sep, e.guillemet, champs, 8, &n), attendu);
    if (attendu != CSV_BIEN) return;
    for (size_t i = 0; i < n && i < 8; i++) {
        struct slice v = csv_valeur(champs[i], &tampon);
        buffer_putc(&lu, '[');
        buffer_append(&lu, v.bytes, v.len);
        buffer_putc(&lu, ']');
    }
    if (n > 8) buffer_printf(&lu, "+%zu", n - 8);
    assert_string_equal(lu.bytes, valeurs);
    buffer_free(&tampon);
    buffer_free(&lu);
}

static void test_decouper(void **state)
{
    (void)state;
    static const struct { struct slice ligne; char sep; enum csv_verdict verdict; const char *valeurs; } cas[] = {
        {SLICE(""), ';', CSV_BIEN, "[]"},
        {SLICE(";"), ';', CSV_BIEN, "[][]"},
        {SLICE("a;b;c"), ';', CSV_BIEN, "[a][b][c]"},
        {SLICE("a,b;c"), ',', CSV_BIEN, "[a][b;c]"},
        {SLICE("a\tb"), '\t', CSV_BIEN, "[a][b]"},
        {SLICE("\"a;b\";c"), ';', CSV_BIEN, "[a;b][c]"},
        {SLICE("\"a\"\"b\";\"\""), ';', CSV_BIEN, "[a\"b][]"},
        {SLICE("\"\"\"\""), ';', CSV_BIEN, "[\"]"},
        {SLICE("12\" x;b"), ';', CSV_BIEN, "[12\" x][b]"},
        {SLICE("a;\"b"), ';', CSV_OUVERT, NULL},
        {SLICE("\""), ';', CSV_OUVERT, NULL},
        {SLICE("\"a\"\""), ';', CSV_OUVERT, NULL},
        {SLICE("\"a\"b;c"), ';', CSV_MAL, NULL},
        {SLICE("1;2;3;4;5;6;7;8;9;10"), ';', CSV_BIEN, "[1][2][3][4][5][6][7][8]+2"},
        {SLICE("\"1\";2;3;4;5;6;7;8;9"), ';', CSV_BIEN, "[1][2][3][4][5][6][7][8]+1"},
        {SLICE("\xc3\xa9;\xbb;:;\xba"), ';', CSV_BIEN, "[\xc3\xa9][\xbb][:][\xba]"}, /* bytes that are `;` plus a bit */
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) verifier(cas[i].ligne.bytes, cas[i].ligne.len, cas[i].sep, cas[i].verdict, cas[i].valeurs);
}

/* The fast ways agree with the plain ones, on every length. */
static void test_contre_epreuve(void **state)
{
    (void)state;
    static const char alphabet[] = ";;;ab:\"\t\x01\x7f\x80\xc3\xbb" "0 ";
    struct alea a = alea_de(1, 1);
    size_t separes = 0;
    for (int essai = 0; essai < 20000; essai++) {
        char t[200];
        size_t len = alea_sous(&a, sizeof t);
        bool guillemet = false, controle = false, haut = false;
        for (size_t i = 0; i < len; i++) {
            unsigned char c = (unsigned char)alphabet[alea_sous(&a, essai % 2 ? 5 : sizeof alphabet - 1)];
            t[i] = (char)c;
            guillemet |= c == '"';
            controle |= (c < 0x20 && c != '\t') || c == 0x7f;
            haut |= c >= 0x80;
        }
        struct csv_examen e = csv_examiner(t, len);
        if (e.guillemet != guillemet || e.controle != controle || e.non_ascii != haut) fail_msg("examen, essai %d", essai);
        struct slice vite[256], plan[256];
        size_t n = 0, m = 0;
        if (guillemet) continue;
        assert_int_equal(csv_decouper(t, len, ';', false, vite, 256, &n), CSV_BIEN);
        assert_int_equal(csv_decouper(t, len, ';', true, plan, 256, &m), CSV_BIEN);
        assert_int_equal(n, m);
        separes += n;
        for (size_t i = 0; i < n; i++) {
            if (vite[i].bytes != plan[i].bytes || vite[i].len != plan[i].len) fail_msg("champ %zu, essai %d", i, essai);
        }
    }
    assert_true(separes > 100000);
}

static void test_formules(void **state)
{
    (void)state;
    static const struct { const char *v; bool formule, protege; const char *ecrit; } cas[] = {
        {"", false, false, ""}, {"abc", false, false, "abc"}, {"=1", true, false, "'=1"}, {"@x", true, false, "'@x"},
        {"+A1", true, false, "'+A1"}, {"-(2)", true, false, "'-(2)"}, {"-12,50", false, false, "-12,50"},
        {"+33 6 12", false, false, "'+33 6 12"}, {"+41225550100", false, false, "'+41225550100"},
        {"'+41", false, true, "''+41"}, {"+", false, false, "'+"}, {"-", false, false, "'-"}, {"-é", true, false, "'-é"},
        {"- tiret", false, false, "'- tiret"}, {"'=1", false, true, "''=1"}, {"'l'IME", false, false, "'l'IME"},
        {"''+1", false, true, "'''+1"}, {"a;b", false, false, "\"a;b\""}, {"a\"b", false, false, "\"a\"\"b\""},
        {"=a;b", true, false, "\"'=a;b\""}, {" a", false, false, "\" a\""}, {"+1+cmd|x", false, false, "'+1+cmd|x"},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct buffer b = {0};
        struct slice v = slice_of(cas[i].v);
        assert_int_equal(csv_formule(v), cas[i].formule);
        assert_int_equal(csv_protege(v), cas[i].protege);
        csv_ecrire(&b, v.bytes, v.len);
        assert_string_equal(b.bytes != NULL ? b.bytes : "", cas[i].ecrit);
        buffer_free(&b);
    }
}

/* What is written is read back the same, and no spreadsheet sees a formula. */
static void test_aller_retour(void **state)
{
    (void)state;
    static const char alphabet[] = "=+-@'\"; ,a1é(\n";
    struct alea a = alea_de(2, 1);
    for (int essai = 0; essai < 50000; essai++) {
        char t[12];
        size_t len = alea_sous(&a, sizeof t), n = 0;
        for (size_t i = 0; i < len; i++) t[i] = alphabet[alea_sous(&a, sizeof alphabet - 1)];
        struct buffer b = {0}, tampon = {0};
        buffer_puts(&b, "x;");
        csv_ecrire(&b, t, len);
        buffer_puts(&b, ";y");
        struct slice champs[4];
        assert_int_equal(csv_decouper(b.bytes, b.len, ';', true, champs, 4, &n), CSV_BIEN);
        assert_int_equal(n, 3);
        struct slice v = csv_valeur(champs[1], &tampon);
        if (v.len > 0 && (v.bytes[0] == '=' || v.bytes[0] == '@' || v.bytes[0] == '+')) fail_msg("formule écrite : %.*s", (int)v.len, v.bytes);
        if (csv_protege(v)) v = (struct slice){v.bytes + 1, v.len - 1};
        if (v.len != len || memcmp(v.bytes, t, len) != 0) fail_msg("« %.*s » revient « %.*s »", (int)len, t, (int)v.len, v.bytes);
        buffer_free(&b);
        buffer_free(&tampon);
    }
}

static void test_codage(void **state)
{
    (void)state;
    static const char utf8[] = "\xc3\xa9", latin[] = "\xe9";
    struct csv_codage c = {0};
    struct csv_examen ascii = {0}, haut = {.non_ascii = true};
    assert_int_equal(csv_codage_ligne(&c, "a", 1, ascii), CSV_CONTINUER);
    assert_int_equal(csv_codage_ligne(&c, latin, 1, haut), CSV_CONTINUER); /* nothing was read as UTF-8 before */
    assert_true(c.windows_1252);
    c = (struct csv_codage){0};
    assert_int_equal(csv_codage_ligne(&c, utf8, 2, haut), CSV_CONTINUER);
    assert_int_equal(csv_codage_ligne(&c, latin, 1, haut), CSV_REPRENDRE);
    assert_int_equal(csv_codage_ligne(&c, utf8, 2, haut), CSV_CONTINUER);
    assert_true(c.windows_1252);
    c = (struct csv_codage){0};
    const char *ligne = "\xef\xbb\xbf" "a";
    size_t len = 4;
    csv_bom(&c, &ligne, &len);
    assert_int_equal(len, 1);
    assert_true(c.bom);
    assert_int_equal(csv_codage_ligne(&c, latin, 1, haut), CSV_CODAGE_FAUX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decouper),     cmocka_unit_test(test_contre_epreuve), cmocka_unit_test(test_formules),
        cmocka_unit_test(test_aller_retour), cmocka_unit_test(test_codage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
