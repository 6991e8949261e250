#include "essai.h"
#include "noyau/texte.h"

static void test_slice(void **state)
{
    (void)state;
    assert_int_equal(slice_of(NULL).len, 0);
    assert_true(slice_equals(slice_of("MS1"), "MS1"));
    assert_false(slice_equals(slice_of("MS1"), "MS11"));
    assert_false(slice_equals(slice_of("MS1"), "MS2"));
    assert_true(slice_equals((struct slice){NULL, 0}, ""));
    static const struct { const char *avant, *apres; } cas[] = {
        {"", ""}, {"  ", ""}, {" a ", "a"}, {"\t a b \r\n", "a b"}, {"\u00a0a\u202f", "a"}, {"\u2009\u00a0", ""},
        {"a\u00a0b", "a\u00a0b"}, {"\u00e0", "\u00e0"}, {"\u2019a", "\u2019a"}, {"\xa0", "\xa0"},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct slice s = slice_trim(slice_of(cas[i].avant));
        assert_int_equal(s.len, strlen(cas[i].apres));
        assert_memory_equal(s.bytes, cas[i].apres, s.len);
    }
    assert_int_equal(slice_trim((struct slice){NULL, 0}).len, 0);
}

static void test_buffer(void **state)
{
    (void)state;
    struct buffer b = {0};
    buffer_append(&b, NULL, 0);
    assert_string_equal(b.bytes, "");
    buffer_puts(&b, "commande ");
    buffer_putc(&b, 'n');
    buffer_printf(&b, "°%d ", 17);
    static const int64_t entiers[] = {0, -1, 1, INT64_MAX, INT64_MIN, 1234567890123456789};
    for (size_t i = 0; i < NOMBRE(entiers); i++) {
        buffer_put_i64(&b, entiers[i]);
        buffer_putc(&b, ' ');
    }
    assert_string_equal(b.bytes, "commande n°17 0 -1 1 9223372036854775807 -9223372036854775808 1234567890123456789 ");
    assert_int_equal(b.len, strlen(b.bytes));
    size_t cap = b.cap;
    buffer_clear(&b);
    assert_int_equal(b.len, 0);
    assert_string_equal(b.bytes, "");
    assert_int_equal(b.cap, cap);
    for (int i = 0; i < 100000; i++)
        buffer_append(&b, "0123456789", 10);
    assert_int_equal(b.len, 1000000);
    assert_true(b.cap < 4000000);
    assert_memory_equal(b.bytes + 999990, "0123456789", 11);
    buffer_free(&b);
    assert_null(b.bytes);
    static const struct { uint32_t cp; const char *utf8; } points[] = {
        {'a', "a"}, {0x7f, "\x7f"}, {0x80, "\xc2\x80"}, {0x7ff, "\xdf\xbf"}, {0x800, "\xe0\xa0\x80"},
        {0xffff, "\xef\xbf\xbf"}, {0x10000, "\xf0\x90\x80\x80"}, {0x10ffff, "\xf4\x8f\xbf\xbf"},
    };
    for (size_t i = 0; i < NOMBRE(points); i++) {
        uint32_t back;
        buffer_clear(&b);
        buffer_put_utf8(&b, points[i].cp);
        assert_string_equal(b.bytes, points[i].utf8);
        assert_int_equal(texte_decode(b.bytes, b.len, &back), b.len);
        assert_int_equal(back, points[i].cp);
    }
    buffer_free(&b);
}

/* Each sequence alone, then after 0 to 8 ASCII bytes and before 0 to 8: the fast path changes nothing. */
static void test_utf8(void **state)
{
    (void)state;
    static const struct { struct slice s; bool valide; } cas[] = {
        {{"", 0}, true}, {{"abc", 3}, true}, {{"\0", 1}, true}, {{"é", 2}, true}, {{"’", 3}, true},
        {{"\xf0\x9f\x98\x80", 4}, true}, {{"\xf4\x8f\xbf\xbf", 4}, true}, {{"\xed\x9f\xbf", 3}, true},
        {{"\xee\x80\x80", 3}, true}, {{"\xc2\x80", 2}, true},
        {{"\x80", 1}, false}, {{"\xc3", 1}, false}, {{"\xc3(", 2}, false}, {{"\xc0\x80", 2}, false},
        {{"\xc1\xbf", 2}, false}, {{"\xe0\x9f\xbf", 3}, false}, {{"\xed\xa0\x80", 3}, false},
        {{"\xe2\x82", 2}, false}, {{"\xe2\x82z", 3}, false}, {{"\xf0\x8f\xbf\xbf", 4}, false},
        {{"\xf4\x90\x80\x80", 4}, false}, {{"\xf5\x80\x80\x80", 4}, false}, {{"\xf0\x9f\x98", 3}, false},
        {{"\xff", 1}, false}, {{"\xe9t\xe9", 3}, false},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++)
        for (size_t before = 0; before <= 8; before++)
            for (size_t after = 0; after <= 8; after++) {
                char text[32];
                memset(text, 'x', sizeof text);
                memcpy(text + before, cas[i].s.bytes, cas[i].s.len);
                size_t len = before + cas[i].s.len + after;
                assert_int_equal(texte_is_utf8(text, len), cas[i].valide);
                bool ascii = true;
                for (size_t k = 0; k < len; k++)
                    ascii = ascii && (unsigned char)text[k] < 0x80;
                assert_int_equal(texte_is_ascii(text, len), ascii);
            }
}

/* All sequences of two bytes, against the definition. */
static void test_utf8_deux_octets(void **state)
{
    (void)state;
    unsigned valides = 0;
    for (unsigned a = 0; a < 256; a++)
        for (unsigned b = 0; b < 256; b++) {
            char s[2] = {(char)a, (char)b};
            valides += texte_is_utf8(s, 2);
        }
    assert_int_equal(valides, 128 * 128 + 30 * 64);
}

static void test_cp1252(void **state)
{
    (void)state;
    struct buffer u = {0}, back = {0};
    static const unsigned char octets[] = "L'h\xf4pital \x92 \x9cuvre \x80 \x8a\x9f \xff\x81\x8d\x8f\x90\x9d";
    texte_from_cp1252(&u, (const char *)octets, sizeof octets - 1);
    assert_string_equal(u.bytes, "L'hôpital ’ œuvre € ŠŸ ÿ\ufffd\ufffd\ufffd\ufffd\ufffd");
    texte_to_cp1252(&back, u.bytes, u.len);
    assert_memory_equal(back.bytes, octets, sizeof octets - 1 - 5);
    assert_string_equal(back.bytes + sizeof octets - 1 - 5, "?????");
    buffer_clear(&back);
    texte_to_cp1252(&back, "Ł\xc2\x80\xff!", 6);
    assert_string_equal(back.bytes, "??" "?!");
    /* every byte there and back */
    for (unsigned c = 1; c < 256; c++) {
        char one = (char)c;
        buffer_clear(&u);
        buffer_clear(&back);
        texte_from_cp1252(&u, &one, 1);
        assert_true(texte_is_utf8(u.bytes, u.len));
        texte_to_cp1252(&back, u.bytes, u.len);
        bool undefined = c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d;
        assert_int_equal((unsigned char)back.bytes[0], undefined ? '?' : c);
    }
    buffer_free(&u);
    buffer_free(&back);
}

static void test_controle(void **state)
{
    (void)state;
    static const struct { struct slice s; bool controle; } cas[] = {
        {{"", 0}, false}, {{"a\tb", 3}, false}, {{"é à ’", 9}, false}, {{"a\nb", 3}, true}, {{"a\rb", 3}, true},
        {{"a\0b", 3}, true}, {{"\x1b[31m", 5}, true}, {{"\x7f", 1}, true}, {{"\xc2\x85", 2}, true},
        {{"\xc2\xa0", 2}, false}, {{"\xc3\x85", 2}, false}, {{"\xc2\x9f", 2}, true}, {{"\xc2", 1}, false},
        {{"a\xe2\x80\xa7z", 5}, false}, {{"a\xe2\x80\xa8z", 5}, true}, {{"\xe2\x80\xae", 3}, true}, {{"\xe2\x80\xaf", 3}, false},
        {{"\xe2\x81\xa5", 3}, false}, {{"’\xe2\x81\xa6", 6}, true}, {{"\xe2\x81\xa9", 3}, true}, {{"\xe2\x81\xaa", 3}, false},
        {{"\xe2\x80", 2}, false}, {{"\xc2\xa0\xc2", 3}, false}, {{"a\xc2\x85", 3}, true},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        assert_int_equal(texte_has_control(cas[i].s.bytes, cas[i].s.len), cas[i].controle);
        if (cas[i].s.len > 0 && (unsigned char)cas[i].s.bytes[0] >= 0x80)
            assert_int_equal(texte_has_control_utf8(cas[i].s.bytes, cas[i].s.len), cas[i].controle);
    }
}

static void test_longueur(void **state)
{
    (void)state;
    static const struct { const char *s; size_t longueur, largeur; } cas[] = {
        {"", 0, 0}, {"abc", 3, 3}, {"été", 3, 3}, {"e\u0301te\u0301", 5, 3}, {"12\u202f345", 6, 6}, {"\xff\xfe", 2, 2},
        {"a\u200bb", 3, 2}, {"\U0001F600", 1, 1},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        assert_int_equal(texte_length(cas[i].s, strlen(cas[i].s)), cas[i].longueur);
        assert_int_equal(texte_width(cas[i].s, strlen(cas[i].s)), cas[i].largeur);
    }
}

static void test_pliage(void **state)
{
    (void)state;
    static const struct { const char *brut, *plie; } cas[] = {
        {"", ""}, {"  ", ""}, {"--", ""}, {"EHPAD", "EHPAD"}, {"Résidence « Les Œillets »", "RESIDENCE LES OEILLETS"},
        {"L’Haÿ-les-Roses", "L HAY LES ROSES"}, {"L'Haÿ les Roses", "L HAY LES ROSES"},
        {"Saint-Étienne (42)", "SAINT ETIENNE 42"}, {"e\u0301te\u0301", "ETE"}, {"Æther ß", "AETHER SS"},
        {"ČŘŽŁŐŞȘ", "CRZLOSS"}, {"Ňňŉ ſ", "NNN S"}, {"M² n° 3", "M2 N 3"}, {"a\u00a0b\u202fc", "A B C"},
        {"Ελλάς", "Ελλάς"}, {"\xff" "a", "A"}, {" × ÷ ", ""},
    };
    struct buffer b = {0};
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        buffer_clear(&b);
        texte_fold(&b, cas[i].brut, strlen(cas[i].brut));
        assert_string_equal(b.bytes, cas[i].plie);
    }
    buffer_clear(&b);
    buffer_puts(&b, "clé=");
    texte_fold(&b, " à", 3); /* appends, without a leading space of its own */
    assert_string_equal(b.bytes, "clé=A");
    /* every letter of Latin-1 and Latin Extended-A gives upper-case ASCII */
    for (uint32_t cp = 0xc0; cp < 0x180; cp++) {
        struct buffer in = {0};
        buffer_put_utf8(&in, cp);
        buffer_clear(&b);
        texte_fold(&b, in.bytes, in.len);
        if (cp != 0xd7 && cp != 0xf7)
            assert_in_range(b.len, 1, 2);
        for (size_t k = 0; k < b.len; k++)
            assert_in_range(b.bytes[k], 'A', 'Z');
        buffer_free(&in);
    }
    buffer_free(&b);
}

static void test_pliage_nom(void **state)
{
    (void)state;
    static const struct { const char *brut, *plie; } cas[] = {
        {"Numéro", "numero"}, {" Date de  signature ", "date_de_signature"}, {"FINESS-ET", "finess_et"},
        {"finess_et", "finess_et"}, {"Taux\u00a0TVA", "taux_tva"}, {"MS2 – PDS", "ms2_pds"}, {"vérifier", "verifier"},
        {"Montant HT (€)", "montant_ht_(€)"}, {"", ""}, {"-", "_"}, {"Cœur", "coeur"}, {"e\u0301", "e"},
    };
    struct buffer b = {0};
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        buffer_clear(&b);
        texte_fold_name(&b, cas[i].brut, strlen(cas[i].brut));
        assert_string_equal(b.bytes, cas[i].plie);
    }
    buffer_free(&b);
}

/* A count of our own formats: bounded digits, no sign, no leading zero; refused, the result is untouched. */
static void test_entier(void **state)
{
    (void)state;
    static const struct {
        const char *texte;
        size_t chiffres;
        int64_t n; /* −1 = refused */
    } t[] = {{"0", 18, 0}, {"7", 1, 7}, {"999999999999999999", 18, INT64_C(999999999999999999)}, {"1000000000000000000", 18, -1},
             {"123456", 6, 123456}, {"1234567", 6, -1}, {"", 18, -1}, {"00", 18, -1}, {"01", 18, -1}, {"-1", 18, -1}, {"+1", 18, -1},
             {"1 ", 18, -1}, {"1a", 18, -1}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int64_t n = -7;
        assert_int_equal(slice_entier(slice_of(t[i].texte), t[i].chiffres, &n), t[i].n >= 0);
        assert_int_equal(n, t[i].n >= 0 ? t[i].n : -7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entier),
        cmocka_unit_test(test_slice),    cmocka_unit_test(test_buffer),
        cmocka_unit_test(test_utf8),     cmocka_unit_test(test_utf8_deux_octets),
        cmocka_unit_test(test_cp1252),   cmocka_unit_test(test_controle),
        cmocka_unit_test(test_longueur), cmocka_unit_test(test_pliage),
        cmocka_unit_test(test_pliage_nom),
    };
    return cmocka_run_group_tests_name("texte", tests, NULL, NULL);
}
