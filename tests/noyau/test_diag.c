#include "essai.h"
#include <stdio.h>
#include "noyau/diag.h"
#include "noyau/memoire.h"
#include "noyau/texte.h"

/* Codes are E-001, E-002 … in the order of the file, each with a title and a remedy. */
static void test_codes(void **state)
{
    (void)state;
    assert_true(ERREUR_NOMBRE >= 8);
    for (int i = 0; i < ERREUR_NOMBRE; i++) {
        enum erreur_code c = (enum erreur_code)i;
        assert_int_equal(strlen(erreur_texte(c)), 5);
        assert_memory_equal(erreur_texte(c), "E-", 2);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(erreur_texte(c), erreur_texte((enum erreur_code)k));
        assert_true(strlen(erreur_titre(c)) > 4);
        if (erreur_sortie(c) != SORTIE_FAIT) /* a warning may have nothing to be done */
            assert_true(strlen(erreur_remede(c)) > 4);
        assert_true(texte_is_utf8(erreur_titre(c), strlen(erreur_titre(c))));
        assert_true(texte_is_utf8(erreur_remede(c), strlen(erreur_remede(c))));
        assert_in_range(erreur_sortie(c), SORTIE_FAIT, SORTIE_JOURNAL);
    }
    static const char *const gravites[] = {"erreur", "anomalie", "discordance", "en attente", "information"};
    for (size_t i = 0; i < NOMBRE(gravites); i++)
        assert_string_equal(gravite_nom((enum gravite)i), gravites[i]);
}

static void test_liste(void **state)
{
    (void)state;
    struct diag_liste l = {0};
    assert_true(diag_sans_erreur(&l));
    assert_int_equal(l.pire, SORTIE_FAIT);
    struct diag *d = diag_regle(&l, GRAVITE_ANOMALIE, SORTIE_FAIT, "UNI-01", "l'ESSMS %s est déjà commandé", "2A0000196");
    assert_string_equal(d->code, "UNI-01");
    assert_string_equal(d->message, "l'ESSMS 2A0000196 est déjà commandé");
    assert_null(d->a_faire);
    diag_trouve(d, "commande %s", "BC-2022-0031");
    diag_attendu(d, "une seule commande");
    diag_a_faire(d, "retirer");
    diag_a_faire(d, "retirer cet ESSMS"); /* replaces */
    diag_source(d, "IDF");
    assert_string_equal(d->trouve, "commande BC-2022-0031");
    assert_string_equal(d->attendu, "une seule commande");
    assert_string_equal(d->a_faire, "retirer cet ESSMS");
    assert_string_equal(d->source, "IDF");
    assert_true(diag_sans_erreur(&l));
    d = diag_erreur(&l, E_EXISTE, "existe");
    assert_string_equal(d->code, "E-007");
    assert_string_equal(d->a_faire, erreur_remede(E_EXISTE));
    assert_int_equal(d->gravite, GRAVITE_ERREUR);
    assert_false(diag_sans_erreur(&l));
    assert_int_equal(l.pire, SORTIE_REFUS);
    diag_erreur(&l, E_OUVRIR, "absent");
    assert_int_equal(l.pire, SORTIE_ENVIRONNEMENT);
    diag_erreur(&l, E_EXISTE, "existe");
    assert_int_equal(l.pire, SORTIE_ENVIRONNEMENT); /* the worst stays */
    assert_int_equal(l.n, 4);
    assert_int_equal(l.total, 4);
    assert_int_equal(l.erreurs, 3);
    diag_vider(&l);
    assert_int_equal(l.n + l.total + l.erreurs + l.cap, 0);
    assert_true(diag_sans_erreur(&l));
}

static void test_borne(void **state)
{
    (void)state;
    struct diag_liste l = {0}, m = {0};
    for (int i = 0; i < DIAG_MAX + 500; i++) {
        assert_int_equal(diag_pleine(&l), i >= DIAG_MAX);
        struct diag *d = diag_erreur(&l, i == DIAG_MAX + 400 ? E_OUVRIR : E_CHEMIN, "faute %d", i);
        diag_trouve(d, "trouvé %d", i);
        diag_lieu(d, &(struct lieu){.fichier = "f.csv", .ligne = (uint64_t)i, .extrait = "x"});
    }
    assert_int_equal(l.n, DIAG_MAX);
    assert_int_equal(l.total, DIAG_MAX + 500);
    assert_int_equal(l.non_retenus, 500);
    assert_int_equal(l.erreurs, DIAG_MAX + 500);
    assert_int_equal(l.pire, SORTIE_ENVIRONNEMENT); /* counted even when not kept */
    assert_string_equal(l.items[DIAG_MAX - 1].message, "faute 1999");
    assert_string_equal(l.items[0].trouve, "trouvé 0");
    diag_compter(&l, GRAVITE_ERREUR, SORTIE_JOURNAL);
    diag_compter(&l, GRAVITE_ANOMALIE, SORTIE_REFUS);
    assert_int_equal(l.n, DIAG_MAX);
    assert_int_equal(l.total, DIAG_MAX + 502);
    assert_int_equal(l.non_retenus, 502);
    assert_int_equal(l.erreurs, DIAG_MAX + 501);
    assert_int_equal(l.pire, SORTIE_JOURNAL);
    diag_vider(&l);
    for (int i = 0; i < DIAG_MAX; i++)
        diag_erreur(&m, E_CHEMIN, "faute %d", i);
    diag_compter(&m, GRAVITE_DISCORDANCE, SORTIE_FAIT); /* the first that is not kept */
    assert_int_equal(m.non_retenus, 1);
    diag_vider(&m);
}

/* What comes from outside is shown: it may not act on the terminal. */
static void test_propre(void **state)
{
    (void)state;
    struct diag_liste l = {0};
    static const struct { const char *brut, *propre; } cas[] = {
        {"a\x1b[31mb", "a [31mb"}, {"a\nb\rc\td", "a b c d"}, {"\xe9t\xe9", "été"}, {"été", "été"}, {"\xc2\x9b" "31m", " 31m"},
        {"a\u202eb", "a b"}, {"\x92", "’"}, {"\x7f", " "}, {"", ""},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct diag *d = diag_erreur(&l, E_CHEMIN, "« %s »", cas[i].brut);
        char attendu[64];
        snprintf(attendu, sizeof attendu, "« %s »", cas[i].propre);
        assert_string_equal(d->message, attendu);
        diag_trouve(d, "%s", cas[i].brut);
        assert_string_equal(d->trouve, cas[i].propre);
        diag_lieu(d, &(struct lieu){.fichier = cas[i].brut});
        assert_string_equal(d->fichier, cas[i].propre);
    }
    struct buffer b = {0};
    for (int i = 0; i < 5000; i++)
        buffer_puts(&b, "é");
    struct diag *d = diag_erreur(&l, E_CHEMIN, "x%s", b.bytes);
    assert_in_range(strlen(d->message), 4000, 4099);
    assert_true(texte_is_utf8(d->message, strlen(d->message)));
    assert_string_equal(d->message + strlen(d->message) - 3, "…");
    buffer_free(&b);
    diag_vider(&l);
}

static void check_excerpt(const char *line, size_t start, size_t len, const char *under, size_t max)
{
    struct diag_liste l = {0};
    struct diag *d = diag_erreur(&l, E_CHEMIN, "x");
    diag_lieu(d, &(struct lieu){.fichier = "f.csv", .ligne = 14, .colonne = 2, .extrait = line, .souligne_debut = start,
                                .souligne_len = len});
    size_t n = strlen(d->extrait);
    assert_true(n <= max);
    assert_true(texte_is_utf8(d->extrait, n));
    assert_false(texte_has_control(d->extrait, n));
    assert_true(d->souligne_debut + d->souligne_len <= n);
    assert_int_equal(d->souligne_len, strlen(under));
    assert_memory_equal(d->extrait + d->souligne_debut, under, strlen(under));
    assert_int_equal(d->ligne, 14);
    assert_int_equal(d->colonne, 2);
    diag_vider(&l);
}

static void test_extrait(void **state)
{
    (void)state;
    check_excerpt("BC-2023-0117;2A0000196;6570,00", 13, 9, "2A0000196", 40);
    check_excerpt("a\tb;\x1b;c", 4, 1, " ", 40);
    check_excerpt("\xe9;\xe9;x", 2, 1, "é", 40); /* the place of the underlining follows the conversion */
    check_excerpt("", 0, 0, "", 40);
    check_excerpt("abc", 50, 10, "", 40); /* outside: nothing underlined, nothing read outside */
    check_excerpt("abc", 1, SIZE_MAX, "bc", 40);
    struct buffer b = {0};
    for (int i = 0; i < 20000; i++)
        buffer_puts(&b, "éà;");
    static const size_t places[] = {0, 5, 50, 95, 100, 105, 205, 5000, 50000, 99990};
    for (size_t k = 0; k < NOMBRE(places); k++) {
        size_t start = places[k];
        check_excerpt(b.bytes, start, 5, "éà;", 210);
        for (size_t shift = 0; shift < 5; shift++) /* any place, even inside a character */
            for (size_t len = 0; len < 5; len++) {
                struct diag_liste l = {0};
                struct diag *d = diag_erreur(&l, E_CHEMIN, "x");
                diag_lieu(d, &(struct lieu){.extrait = b.bytes, .souligne_debut = start + shift, .souligne_len = len});
                assert_true(texte_is_utf8(d->extrait, strlen(d->extrait)));
                assert_in_range(strlen(d->extrait), 100, 240);
                if (shift == 0 && (len == 0 || len == 2)) /* no character was cut in two */
                    for (const char *p = d->extrait; *p; p += strlen(p) > 1 && *p != ';' ? (*p == '\xe2' ? 3 : 2) : 1)
                        assert_true(*p == ';' || strncmp(p, "é", 2) == 0 || strncmp(p, "à", 2) == 0 ||
                                    strncmp(p, "…", 3) == 0);
                diag_vider(&l);
            }
    }
    struct diag_liste l = {0};
    struct diag *d = diag_erreur(&l, E_CHEMIN, "x");
    diag_lieu(d, &(struct lieu){.extrait = b.bytes, .souligne_debut = 0, .souligne_len = 50000});
    assert_in_range(d->souligne_len, 190, 200);
    diag_lieu(d, &(struct lieu){.extrait = b.bytes, .souligne_debut = 99995, .souligne_len = 5});
    assert_in_range(strlen(d->extrait), 190, 206);
    assert_memory_equal(d->extrait, "…", 3);
    assert_string_equal(d->extrait + d->souligne_debut, "éà;"); /* the end of the line: no … after */
    diag_lieu(d, &(struct lieu){.fichier = "autre"});
    assert_null(d->extrait);
    assert_string_equal(d->fichier, "autre");
    diag_vider(&l);
    buffer_free(&b);
}

static void test_cellule(void **state)
{
    (void)state;
    static const struct { uint32_t c; uint64_t l; const char *nom; } cas[] = {
        {2, 14, "B14"}, {1, 1, "A1"}, {26, 3, "Z3"}, {27, 3, "AA3"}, {52, 1, "AZ1"}, {53, 1, "BA1"}, {702, 1, "ZZ1"},
        {703, 1, "AAA1"}, {16384, 1048576, "XFD1048576"}, {0, 5, "5"}, {3, 0, "C"},
        {UINT32_MAX, UINT64_MAX, "MWLQKWU18446744073709551615"},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        char out[32];
        assert_string_equal(cellule_nom(cas[i].c, cas[i].l, out), cas[i].nom);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),  cmocka_unit_test(test_liste),   cmocka_unit_test(test_borne),
        cmocka_unit_test(test_propre), cmocka_unit_test(test_extrait), cmocka_unit_test(test_cellule),
    };
    return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
