/* The three forms of an answer, and how diagnostics read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "cli/affichage.h"
#include "cli/barre.h"
#include "cli/sortie.h"
#include "noyau/memoire.h"

static const struct colonne colonnes[] = {
    {"numero", "Commande", CELLULE_TEXTE}, {"rang", "Rang", CELLULE_ENTIER},
    {"montant_ttc", "TTC", CELLULE_MONTANT}, {"taux_tva", "TVA", CELLULE_TAUX},
    {"date_signature", "Signée le", CELLULE_JOUR}, {"saisie", "Saisie", CELLULE_INSTANT},
    {"finess_et", "ESSMS", CELLULE_FINESS}, {"siren", "SIREN", CELLULE_SIREN}, {"siret", "SIRET", CELLULE_SIRET},
    {"mention_segur", "Mention", CELLULE_OUI_NON}};
#define N (sizeof colonnes / sizeof *colonnes)

static void ligne_pleine(struct cellule c[N], const char *texte, size_t len)
{
    finess f;
    struct jour j;
    struct instant i;
    assert_int_equal(finess_parse(slice_of("2A0000022"), &f), NUMERO_VALIDE);
    assert_true(jour_from_ymd(2022, 7, 12, &j));
    assert_true(instant_parse_utc(slice_of("2024-12-19T13:00:00Z"), &i));
    c[0] = cellule_slice((struct slice){texte, len});
    c[1] = cellule_entier(4401);
    c[2] = cellule_montant(montant_of(657000));
    c[3] = cellule_taux((struct taux){850});
    c[4] = cellule_jour(j);
    c[5] = cellule_instant(i);
    c[6] = cellule_finess(f);
    c[7] = cellule_siren(5420120);
    c[8] = cellule_siret(542012000018);
    c[9] = cellule_oui_non(true);
}

static const char *const *colonnes_visibles;

/* Writes the rows, gives what was written; `rendu` is the caller's to free. */
static char *ecrire(enum format_sortie format, const struct cellule *cellules, size_t lignes, const char *entete)
{
    char *rendu = NULL;
    size_t len = 0;
    FILE *f = open_memstream(&rendu, &len);
    struct sortie s;
    struct diag_liste diags = {0};
    struct buffer tete = {0};
    sortie_ouvrir(&s, f, format);
    s.commande = "commande lister";
    s.visibles = colonnes_visibles;
    if (entete) {
        buffer_puts(&tete, entete);
        s.entete = &tete;
    }
    struct tableau_sortie t = sortie_tableau(&s);
    assert_true(t.debut(t.ctx, colonnes, N));
    for (size_t i = 0; i < lignes; i++)
        assert_true(t.ligne(t.ctx, cellules + i * N, N));
    assert_true(t.fin(t.ctx));
    assert_true(sortie_fermer(&s, &diags));
    assert_int_equal(diags.n, 0);
    fclose(f);
    buffer_free(&tete);
    return rendu;
}

static void attendre(enum format_sortie format, const struct cellule *c, size_t lignes, const char *entete, const char *attendu)
{
    char *rendu = ecrire(format, c, lignes, entete);
    assert_string_equal(rendu, attendu);
    free(rendu);
}

#define FINE "\xe2\x80\xaf" /* narrow no-break space */
#define INSEC "\xc2\xa0"

static void test_table(void **state)
{
    (void)state;
    struct cellule c[3 * N] = {0};
    ligne_pleine(c, "BC-1", 4);
    ligne_pleine(c + N, "É\x1b[31m", 7);
    c[N + 1] = cellule_entier(1234567);
    c[N + 2] = cellule_montant(montant_of(-5));
    attendre(FORMAT_TABLE, c, 3, "Tête\n",
             "Tête\n"
             "Commande       Rang         TTC    TVA  Signée le   Saisie               ESSMS      SIREN      SIRET           Mention\n"
             "────────  ─────────  ──────────  ─────  ──────────  ───────────────────  ─────────  ─────────  ──────────────  ───────\n"
             "BC-1           4401  6" FINE "570,00" INSEC "€  8,5" INSEC "%  12/07/2022  19/12/2024 14:00:00  2A0000022  005420120  00542012000018  oui\n"
             "É [31m    1" FINE "234" FINE "567     -0,05" INSEC "€  8,5" INSEC "%  12/07/2022  19/12/2024 14:00:00  2A0000022  005420120  00542012000018  oui\n"
             "\n");
    static const char *const visibles[] = {"montant_ttc", "numero", "autre", NULL};
    colonnes_visibles = visibles;
    attendre(FORMAT_TABLE, c, 1, NULL, "Commande         TTC\n────────  ──────────\nBC-1      6" FINE "570,00" INSEC "€\n");
    colonnes_visibles = NULL;
    attendre(FORMAT_TABLE, c, 0, NULL, "Aucune ligne.\n");
    attendre(FORMAT_TABLE, c, 0, "Tête\n", "Tête\nAucune ligne.\n");
}

static void test_csv(void **state)
{
    (void)state;
    struct cellule c[2 * N] = {0};
    ligne_pleine(c, "=A1;\"x\"", 7);
    static const char *const visibles[] = {"numero", NULL};
    colonnes_visibles = visibles;
    attendre(FORMAT_CSV, c, 2, "Tête\n",
             "\xef\xbb\xbfnumero;rang;montant_ttc;taux_tva;date_signature;saisie;finess_et;siren;siret;mention_segur\n"
             "\"'=A1;\"\"x\"\"\";4401;6570,00;8,5;2022-07-12;2024-12-19T14:00:00+01:00;2A0000022;005420120;00542012000018;oui\n"
             ";;;;;;;;;\n");
    colonnes_visibles = NULL;
}

static void test_json(void **state)
{
    (void)state;
    struct cellule c[2 * N] = {0};
    ligne_pleine(c, "a\"\\\n\x01\xff\xc2\x9bé", 10);
    attendre(FORMAT_JSON, c, 2, "Tête\n",
             "{\"version\":1,\"commande\":\"commande lister\",\"lignes\":[\n"
             "{\"numero\":\"a\\\"\\\\\\n\\u0001\xef\xbf\xbd\\u009bé\",\"rang\":4401,\"montant_ttc_centimes\":657000,"
             "\"montant_ttc\":\"6570,00\",\"taux_tva\":\"8,5\",\"date_signature\":\"2022-07-12\","
             "\"saisie\":\"2024-12-19T13:00:00Z\",\"finess_et\":\"2A0000022\",\"siren\":\"005420120\","
             "\"siret\":\"00542012000018\",\"mention_segur\":true},\n"
             "{\"numero\":null,\"rang\":null,\"montant_ttc_centimes\":null,\"montant_ttc\":null,\"taux_tva\":null,"
             "\"date_signature\":null,\"saisie\":null,\"finess_et\":null,\"siren\":null,\"siret\":null,"
             "\"mention_segur\":null}\n]}\n");
    attendre(FORMAT_JSON, c, 0, NULL, "{\"version\":1,\"commande\":\"commande lister\",\"lignes\":[]}\n");
}

/* Widths are those of the first rows; a longer cell later pushes its own row only. */
static void test_largeurs(void **state)
{
    (void)state;
    enum { LIGNES = SORTIE_LIGNES_MESUREES + 2 };
    struct cellule *c = memoire_calloc(LIGNES * N, sizeof *c);
    for (size_t i = 0; i < LIGNES; i++)
        ligne_pleine(c + i * N, "BC", 2);
    c[(LIGNES - 1) * N] = cellule_texte("BC-TRES-LONG");
    char *rendu = ecrire(FORMAT_TABLE, c, LIGNES, NULL);
    size_t lignes = 0;
    for (const char *p = rendu; *p; p++)
        lignes += *p == '\n';
    assert_int_equal(lignes, LIGNES + 2);
    assert_non_null(strstr(rendu, "\nBC        4401  "));
    assert_non_null(strstr(rendu, "\nBC-TRES-LONG  4401  "));
    free(rendu);
    memoire_free(c);
}

static void test_disque_plein(void **state)
{
    (void)state;
    FILE *f = fopen("/dev/full", "w");
    if (!f)
        skip();
    struct cellule c[N];
    struct sortie s;
    struct diag_liste diags = {0};
    ligne_pleine(c, "BC", 2);
    sortie_tamponner(f);
    sortie_ouvrir(&s, f, FORMAT_CSV);
    struct tableau_sortie t = sortie_tableau(&s);
    assert_true(t.debut(t.ctx, colonnes, N));
    size_t ecrites = 0;
    while (ecrites < 100000 && t.ligne(t.ctx, c, N))
        ecrites++;
    /* The view is told to stop as soon as the buffer could not be flushed. */
    assert_in_range(ecrites, 100, 10000);
    assert_false(sortie_fermer(&s, &diags));
    assert_int_equal(diags.n, 1);
    assert_int_equal(diags.pire, SORTIE_ENVIRONNEMENT);
    assert_non_null(strstr(diags.items[0].message, "plus de place sur le disque"));
    diag_vider(&diags);
    fclose(f);
}

/* --- diagnostics --- */

static void test_diagnostic(void **state)
{
    (void)state;
    struct diag_liste l = {0};
    struct diag *d = diag_regle(&l, GRAVITE_ANOMALIE, SORTIE_FAIT, "UNI-01", "l'ESSMS 2A0000196 est déjà commandé");
    diag_trouve(d, "commande BC-2022-0031");
    diag_attendu(d, "une seule commande par ESSMS");
    diag_a_faire(d, "retirer cet ESSMS");
    diag_source(d, "ARS");
    diag_lieu(d, &(struct lieu){.fichier = "cmd\x1b[2J.csv", .ligne = 14, .colonne = 2,
                                .extrait = "BC-é-0117;2A0000196;x", .souligne_debut = 11, .souligne_len = 9});
    diag_erreur(&l, E_CLI_VALEUR, "sans lieu");
    d = diag_regle(&l, GRAVITE_ATTENTE, SORTIE_FAIT, "REF-03", "ligne entière");
    diag_lieu(d, &(struct lieu){.fichier = "f.csv", .ligne = 3, .extrait = "a;b"});
    d = diag_regle(&l, GRAVITE_INFORMATION, SORTIE_FAIT, "COM-13", "cellule vide");
    diag_lieu(d, &(struct lieu){.fichier = "f.csv", .ligne = 4, .colonne = 2, .extrait = "a;;b", .souligne_debut = 2});
    struct buffer b = {0};
    affichage_diagnostics(&b, &l, 0);
    assert_string_equal(b.bytes,
                        "cmd [2J.csv, ligne 14 (cellule B14) : anomalie UNI-01 : l'ESSMS 2A0000196 est déjà commandé\n"
                        "   BC-é-0117;2A0000196;x\n"
                        "             ^^^^^^^^^\n"
                        "   trouvé  : commande BC-2022-0031\n"
                        "   attendu : une seule commande par ESSMS\n"
                        "   à faire : retirer cet ESSMS\n"
                        "   source  : ARS\n"
                        "erreur E-165 : sans lieu\n"
                        "   à faire : corriger la valeur\n"
                        "f.csv, ligne 3 : en attente REF-03 : ligne entière\n"
                        "   a;b\n"
                        "f.csv, ligne 4 (cellule B4) : information COM-13 : cellule vide\n"
                        "   a;;b\n"
                        "     ^\n");
    buffer_clear(&b);
    affichage_diagnostics(&b, &l, 4);
    assert_int_equal(b.len, 0);
    buffer_free(&b);
    diag_vider(&l);
}

/* A long line is cut on both sides; the carets stay under the value. */
static void test_extrait_long(void **state)
{
    (void)state;
    char ligne[400];
    memset(ligne, 'a', sizeof ligne);
    memcpy(ligne + 180, "VALEUR", 6);
    ligne[399] = '\0';
    struct diag_liste l = {0};
    struct diag *d = diag_erreur(&l, E_CLI_VALEUR, "x");
    diag_lieu(d, &(struct lieu){.fichier = "f", .ligne = 1, .extrait = ligne, .souligne_debut = 180, .souligne_len = 6});
    struct buffer b = {0};
    affichage_diagnostics(&b, &l, 0);
    const char *extrait = strchr(b.bytes, '\n') + 1;
    const char *chapeaux = strchr(extrait, '\n') + 1;
    const char *valeur = strstr(extrait, "VALEUR");
    assert_true(valeur < chapeaux);
    size_t colonne = texte_width(extrait, (size_t)(valeur - extrait));
    assert_int_equal(strcspn(chapeaux, "^"), colonne);
    assert_int_equal(strspn(chapeaux + colonne, "^"), 6);
    assert_true(texte_width(extrait, (size_t)(chapeaux - extrait)) < 100);
    assert_memory_equal(extrait, "   \xe2\x80\xa6", 6);
    buffer_free(&b);
    diag_vider(&l);
}

static void test_trop_de_diagnostics(void **state)
{
    (void)state;
    struct diag_liste l = {0};
    for (int i = 0; i < DIAG_MAX + 1234; i++)
        diag_erreur(&l, E_CLI_VALEUR, "faute %d", i);
    struct buffer b = {0};
    affichage_diagnostics(&b, &l, 0);
    size_t lignes = 0;
    for (size_t i = 0; i < b.len; i++)
        lignes += b.bytes[i] == '\n';
    assert_int_equal(lignes, 2 * DIAG_MAX + 1);
    assert_non_null(strstr(b.bytes, "\n\xe2\x80\xa6 et 1" FINE "234 autres\n"));
    buffer_free(&b);
    diag_vider(&l);
}

static void test_barre(void **state)
{
    (void)state;
    char *rendu = NULL;
    size_t len = 0;
    struct barre b = {.f = open_memstream(&rendu, &len)};
    barre_effacer(&b);
    barre_dessiner(&b, 0, 0, 0);
    barre_dessiner(&b, 50, 100, 1000);
    barre_dessiner(&b, 60, 100, 1000 + BARRE_INTERVALLE_MS - 1);
    barre_dessiner(&b, 200, 100, 1000 + BARRE_INTERVALLE_MS);
    barre_effacer(&b);
    barre_effacer(&b);
    fclose(b.f);
    assert_string_equal(rendu, "\r[###############...............]  50 %"
                               "\r[##############################] 100 %"
                               "\r                                       \r");
    free(rendu);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table), cmocka_unit_test(test_csv), cmocka_unit_test(test_json),
        cmocka_unit_test(test_largeurs), cmocka_unit_test(test_disque_plein), cmocka_unit_test(test_diagnostic),
        cmocka_unit_test(test_extrait_long), cmocka_unit_test(test_trop_de_diagnostics), cmocka_unit_test(test_barre),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
