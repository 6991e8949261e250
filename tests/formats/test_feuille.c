#include "essai_formats.h"

#include "formats/feuille.h"

enum { NUMERO, FINESS_ET, MONTANT, LIBELLE, N_CHAMPS };
static const struct feuille_champ champs[N_CHAMPS] = {{"numero", true}, {"finess_et", true}, {"montant_ht", false}, {"libelle_essms", false}};

static struct feuille *lire(const char *octets, size_t len, struct diag_liste *d)
{
    const char *chemin = provisoire(".feuille.csv");
    ecrire_octets(chemin, octets, len);
    struct feuille *f = feuille_lire(chemin, champs, N_CHAMPS, NULL, d);
    unlink(chemin);
    return f;
}

/* All the rows: `numero|finess_et|montant_ht|libelle` then LF. */
static void verifier(const char *cas, struct slice contenu, size_t n, const char *attendu)
{
    struct diag_liste d = {0};
    struct buffer lu = {0};
    struct feuille *f = lire(contenu.bytes, contenu.len, &d);
    if (f == NULL) fail_msg("%s : %s (ligne %llu)", cas, d.items[0].message, (unsigned long long)d.items[0].ligne);
    for (size_t i = 0; i < feuille_nombre(f); i++) {
        for (size_t c = 0; c < N_CHAMPS; c++) {
            struct slice v = feuille_valeur(f, i, c);
            buffer_append(&lu, v.bytes, v.len);
            buffer_putc(&lu, c + 1 < N_CHAMPS ? '|' : '\n');
        }
    }
    assert_int_equal(feuille_nombre(f), n);
    if (strcmp(lu.bytes != NULL ? lu.bytes : "", attendu) != 0) fail_msg("%s :\n%s\nattendu :\n%s", cas, lu.bytes, attendu);
    struct empreinte e = empreinte_de(contenu.bytes, contenu.len);
    assert_true(empreinte_egale(&e, feuille_empreinte(f)));
    assert_int_equal(d.total, 0);
    buffer_free(&lu);
    feuille_free(f);
}

static void test_bonnes(void **state)
{
    (void)state;
    static const struct { const char *cas; struct slice contenu; size_t n; const char *attendu; } cas[] = {
        {"ordre quelconque", SLICE("Montant HT;N° interne;FINESS ET;Numéro\n6 570,00;x;2A0000196;BC-1\n"), 1, "BC-1|2A0000196|6 570,00|\n"},
        {"virgules", SLICE("numero,finess_et,montant_ht\nBC-1,2A0000196,\"6 570,00\"\n"), 1, "BC-1|2A0000196|6 570,00|\n"},
        {"tabulations", SLICE("numero\tfiness_et\nBC-1\t2A0000196\n"), 1, "BC-1|2A0000196||\n"},
        {"virgule dans un libellé à points-virgules", SLICE("numero;finess_et;libelle_essms\n1;2;a,b,c\n"), 1, "1|2||a,b,c\n"},
        {"CRLF et fin sans saut", SLICE("numero;finess_et\r\n1;2\r\n3;4"), 2, "1|2||\n3|4||\n"},
        {"BOM", SLICE("\xef\xbb\xbfnumero;finess_et;libelle_essms\n1;2;\xc3\xa9t\xc3\xa9\n"), 1, "1|2||été\n"},
        {"Windows-1252", SLICE("num\xe9ro;finess_et;libelle_essms\n1;2;l\x92\xe9t\xe9\n"), 1, "1|2||l’été\n"},
        {"Windows-1252 su tard", SLICE("numero;finess_et;libelle_essms\n1;2;\xc3\xa9\n3;4;\xe9\n"), 2, "1|2||é\n3|4||é\n"},
        {"Windows-1252, UTF-8 collé", SLICE("num\xc3\xa9ro;finess_et;libelle_essms\n1;2;\xe9t\xe9 \xc3\xa9\xe2\x80\x99\xc3\xa9\xe9\n3;4;CAF\xc9\xbb\n5;6;\x80\xa0\xc9\xa0\n"), 3, "1|2||été é’éé\n3|4||CAFÉ»\n5|6||€\xc2\xa0É\n"},
        {"guillemets", SLICE("numero;finess_et;libelle_essms\n\"1\";\"2\";\"EHPAD \"\"LES LILAS\"\"; Nord\"\n"), 1, "1|2||EHPAD \"LES LILAS\"; Nord\n"},
        {"blancs et insécables", SLICE("numero;finess_et\n \t1 ;\xc2\xa0" "2\xe2\x80\xaf\n"), 1, "1|2||\n"},
        {"lignes vides", SLICE("\n\nnumero;finess_et\n\n1;2\n;\n ; \n\"\";\n3;4\n\n"), 2, "1|2||\n3|4||\n"},
        {"rien que des colonnes ignorées", SLICE("numero;finess_et;note\n;;x\n;;\n"), 1, "|||\n"},
        {"ligne courte, ligne prolongée de vides", SLICE("numero;finess_et;montant_ht\n1\n1;2;3;;;\n"), 2, "1|||\n1|2|3|\n"},
        {"saut de ligne dans une colonne ignorée", SLICE("numero;note;finess_et\n1;\"a\nb;\"\"c\n\";2\n3;;4\n"), 2, "1|2||\n3|4||\n"},
        {"douze lignes dans une cellule ignorée", SLICE("numero;note;finess_et\n1;\"a\n\n\n\n\n\n\n\n\n\nb\n\";2\n3;;4\n"), 2, "1|2||\n3|4||\n"},
        {"formule dans une colonne ignorée", SLICE("numero;note;finess_et\n1;=1+1;2\n"), 1, "1|2||\n"},
        {"apostrophe protectrice", SLICE("numero;finess_et;libelle_essms\n'=1;2;'l'IME\n"), 1, "=1|2||'l'IME\n"},
        {"nombre négatif et téléphone", SLICE("numero;finess_et;montant_ht\n+33 6;2;-12,50\n"), 1, "+33 6|2|-12,50|\n"},
        {"sep= d'Excel", SLICE("sep=;\r\nnumero;finess_et\r\n1;2\r\n"), 1, "1|2||\n"},
        {"en-tête seul", SLICE("numero;finess_et\n"), 0, ""},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) verifier(cas[i].cas, cas[i].contenu, cas[i].n, cas[i].attendu);
}

/* Not given, or given as one from which nothing may be recorded. */
static void refuser(struct feuille *f)
{
    assert_true(f == NULL || !feuille_saine(f));
    feuille_free(f);
}

#define H "numero;finess_et;montant_ht\n"

static void test_fautes(void **state)
{
    (void)state;
    static const struct { const char *cas; struct slice contenu; const char *code; uint64_t ligne; uint32_t colonne; } cas[] = {
        {"vide", SLICE(""), "E-010", 0, 0},
        {"lignes vides", SLICE("\n \n\n"), "E-010", 0, 0},
        {"octet nul au début", SLICE("numero;\0finess_et\n"), "E-013", 0, 0},
        {"UTF-16 avec marque", SLICE("\xff\xfen\0u\0m\0"), "E-014", 0, 0},
        {"UTF-16 sans marque", SLICE("n\0u\0m\0e\0r\0o\0;\0f\0"), "E-014", 0, 0},
        {"UTF-16 gros-boutien", SLICE("\xfe\xff\0n\0u"), "E-014", 0, 0},
        {"xlsx tronqué", SLICE("PK\x03\x04 et la suite"), "E-168", 0, 0},
        {"xls", SLICE("\xd0\xcf\x11\xe0\xa1\xb1"), "E-169", 0, 0},
        {"pdf", SLICE("%PDF-1.7\n"), "E-013", 0, 0},
        {"html", SLICE("<html>\n"), "E-013", 0, 0},
        {"CR seuls", SLICE("numero;finess_et\r1;2\r"), "E-015", 0, 0},
        {"ni UTF-8 ni Windows-1252", SLICE(H "1;2;\xe9\x81\n"), "E-016", 2, 0},
        {"BOM puis Windows-1252", SLICE("\xef\xbb\xbf" H "1;2;\xe9\n"), "E-016", 2, 0},
        {"guillemet jamais refermé", SLICE(H "1;2;3\n\"4;5;6\n7;8;9\n"), "E-017", 3, 0},
        {"guillemet de l'en-tête", SLICE("numero;\"finess_et\n1;2\n"), "E-017", 1, 0},
        {"texte après un guillemet", SLICE(H "\"1\"x;2;3\n"), "E-017", 2, 0},
        {"saut de ligne dans une cellule", SLICE(H "1;2;3\n4;\"5\n\";6\n7;\"a\nb\";8\n"), "E-018", 4, 2}, /* the row that the spreadsheet shows */
        {"cloche", SLICE(H "1;2\a3;4\n"), "E-018", 2, 2},
        {"contrôle C1", SLICE(H "1;2;a\xc2\x85" "b\n"), "E-018", 2, 3},
        {"contrôle dans l'en-tête", SLICE("numero;finess_et;a\x01\n1;2\n"), "E-018", 1, 3},
        {"formule", SLICE(H "1;2;=SUM(A1)\n"), "E-019", 2, 3},
        {"arobase", SLICE(H "@SUM(A1);2;3\n"), "E-019", 2, 1},
        {"moins suivi d'une lettre", SLICE(H "1;-cmd|x;3\n"), "E-019", 2, 2},
        {"plus suivi d'une parenthèse", SLICE(H "1;+(3);3\n"), "E-019", 2, 2},
        {"aucune colonne connue", SLICE("a;b\n1;2\n"), "E-020", 1, 0},
        {"colonne absente", SLICE("numero;montant_ht\n1;2\n"), "E-021", 1, 0},
        {"colonne double", SLICE("numero;finess_et;Numéro\n1;2;3\n"), "E-022", 1, 3},
        {"champs en trop", SLICE(H "1;2;3\n1;2;3;;5\n"), "E-023", 3, 0},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct diag_liste d = {0};
        refuser(lire(cas[i].contenu.bytes, cas[i].contenu.len, &d));
        verifier_faute(cas[i].cas, &d, cas[i].code, cas[i].ligne, cas[i].colonne);
        diag_vider(&d);
    }
    /* Beyond the first bytes, a NUL is found by its line. */
    struct diag_liste d = {0};
    struct buffer b = {0};
    buffer_puts(&b, "numero;finess_et;");
    while (b.len < 5000) buffer_putc(&b, 'z');
    buffer_append(&b, "\n1;2;3\n\0;2;3\n", 14);
    refuser(lire(b.bytes, b.len, &d));
    verifier_faute("octet nul plus loin", &d, "E-013", 3, 0);
    diag_vider(&d);
    buffer_free(&b);
}

/* Every fault at once, in order; also when the encoding shows only at the end: none twice. */
static void test_toutes_les_fautes(void **state)
{
    (void)state;
    static const struct { struct slice contenu; size_t n; } cas[] = {
        {SLICE(H "=a;2;3\n1;@b;-c\n1;2;3;4\n\"1\"x\n"), 5},
        {SLICE(H "\xc3\xa9;2;3\n=a;2;3\n1;@b;-c\n1;2;3;4\n\"1\"x\n\xe9;=d;3\n"), 6},
        {SLICE("numero;numero;finess_et;finess_et\n1;2;3;4\n=a;2\n"), 3},
        {SLICE("montant_ht;libelle_essms\n1;=a\n"), 3}, /* two columns are missing */
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct diag_liste d = {0};
        refuser(lire(cas[i].contenu.bytes, cas[i].contenu.len, &d));
        assert_int_equal(d.total, cas[i].n);
        for (size_t k = 1; k < d.n; k++) {
            assert_true(d.items[k].ligne > d.items[k - 1].ligne ||
                        (d.items[k].ligne == d.items[k - 1].ligne && d.items[k].colonne >= d.items[k - 1].colonne));
        }
        diag_vider(&d);
    }
}

static void test_bornes(void **state)
{
    (void)state;
    for (int plus = 0; plus < 2; plus++) {
        struct diag_liste d = {0};
        struct buffer b = {0};
        buffer_puts(&b, "numero;finess_et");
        for (int i = 2; i < 256 + plus * 44; i++) buffer_printf(&b, ";c%d", i);
        buffer_puts(&b, "\n1;2\n");
        struct feuille *f = lire(b.bytes, b.len, &d);
        assert_int_equal(f != NULL, !plus);
        assert_true(plus || feuille_saine(f));
        if (plus) verifier_faute("300 colonnes", &d, "E-020", 1, 0);
        if (!plus) assert_string_equal(feuille_inconnue(f, 253), "c255");
        if (!plus) assert_null(feuille_inconnue(f, 254));
        feuille_free(f);
        diag_vider(&d);
        buffer_clear(&b);
        buffer_puts(&b, "numero;finess_et\n1;");
        size_t debut = b.len - 2;
        while (b.len - debut < 65535 + (size_t)plus) buffer_putc(&b, 'x');
        buffer_putc(&b, '\n');
        f = lire(b.bytes, b.len, &d);
        assert_int_equal(f != NULL, !plus);
        if (plus) verifier_faute("ligne trop longue", &d, "E-012", 2, 0);
        if (!plus) assert_int_equal(feuille_valeur(f, 0, FINESS_ET).len, 65533);
        feuille_free(f);
        diag_vider(&d);
        buffer_free(&b);
    }
    /* Two bytes of UTF-8 for one of Windows-1252: too long once decoded. */
    struct diag_liste d = {0};
    struct buffer b = {0};
    buffer_puts(&b, "numero;finess_et\n");
    while (b.len < 60000) buffer_putc(&b, '\xe9');
    refuser(lire(b.bytes, b.len, &d));
    verifier_faute("trop longue une fois décodée", &d, "E-012", 2, 0);
    diag_vider(&d);
    buffer_free(&b);
}

static void test_lieu(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    static const char t[] = "note;numero;finess_et;libelle_essms\nn1;1;2;\"a\"\"b\"\n\n;;3\nn3;\xc3\xa9\xc3\xa9;4;z\n";
    struct feuille *f = lire(t, sizeof t - 1, &d);
    assert_int_equal(feuille_nombre(f), 3);
    struct lieu l = feuille_lieu(f, 0, LIBELLE);
    assert_int_equal(l.ligne, 2);
    assert_int_equal(l.colonne, 4);
    assert_string_equal(l.extrait, "n1;1;2;\"a\"\"b\"");
    assert_memory_equal(l.extrait + l.souligne_debut, "\"a\"\"b\"", l.souligne_len);
    assert_int_equal(l.souligne_len, 6);
    l = feuille_lieu(f, 1, FINESS_ET);
    assert_int_equal(l.ligne, 4);
    assert_int_equal(l.colonne, 3);
    assert_int_equal(l.souligne_debut, 2);
    assert_int_equal(l.souligne_len, 1);
    l = feuille_lieu(f, 1, LIBELLE); /* the row stops before: underlined at its end */
    assert_int_equal(l.colonne, 4);
    assert_int_equal(l.souligne_debut, 3);
    assert_int_equal(l.souligne_len, 0);
    l = feuille_lieu(f, 2, NUMERO);
    assert_memory_equal(l.extrait + l.souligne_debut, "\xc3\xa9\xc3\xa9", 4);
    l = feuille_lieu(f, 2, MONTANT); /* no such column: the row */
    assert_int_equal(l.ligne, 5);
    assert_int_equal(l.colonne, 0);
    l = feuille_lieu(f, 2, N_CHAMPS);
    assert_int_equal(l.colonne, 0);
    assert_false(feuille_colonne_presente(f, MONTANT));
    assert_true(feuille_colonne_presente(f, LIBELLE));
    assert_string_equal(feuille_inconnue(f, 0), "note");
    assert_null(feuille_inconnue(f, 1));
    assert_int_equal(feuille_valeur(f, 3, NUMERO).len, 0);
    feuille_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bonnes), cmocka_unit_test(test_fautes), cmocka_unit_test(test_toutes_les_fautes),
        cmocka_unit_test(test_bornes), cmocka_unit_test(test_lieu),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
