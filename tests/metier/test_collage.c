/* A pasted table: separators, headers, what is passed over; every way to be wrong. */
#include "../noyau/essai.h"

#include "../outils/alea.h"
#include "metier/collage.h"
#include "noyau/diag.h"

static const struct feuille_champ champs[] = {{.nom = "commande"}, {.nom = "statut"}, {.nom = "date"}, {.nom = "motif"}};
static const struct feuille_renommage noms[] = {{"numero", 0}, {"etat", 1}};
#define N_CHAMPS NOMBRE(champs)

static struct feuille *lire(struct slice octets, struct arene *a, struct diag_liste *diags)
{
    return collage_lire(octets, champs, N_CHAMPS, noms, NOMBRE(noms), a, diags);
}

/* Every value, between brackets, a row after the other. */
static void dire(const struct feuille *f, struct buffer *b)
{
    for (size_t i = 0; i < feuille_nombre(f); i++) {
        buffer_puts(b, i > 0 ? "/" : "");
        for (size_t k = 0; k < N_CHAMPS; k++) {
            const struct slice v = feuille_valeur(f, i, k);
            buffer_printf(b, "[%.*s]", (int)v.len, v.bytes);
        }
    }
}

static const struct {
    const char *nom, *texte, *lu;
    size_t ignorees; /* columns, each said */
} bons[] = {
    {"des tabulations", "commande\tstatut\nA\trecue\n", "[A][recue][][]", 0},
    {"des points-virgules", "commande;statut\nA;recue\n", "[A][recue][][]", 0},
    {"des virgules", "commande,statut\nA,recue\n", "[A][recue][][]", 0},
    {"le séparateur qui montre le plus de colonnes", "commande;statut,date\nA;b,c\n", "[A][][][]", 1},
    {"les mots d'un portail, accents et casse", " NUMÉRO \tÉtat\nA\trecue\n", "[A][recue][][]", 0},
    {"des colonnes inconnues", "x;commande;y;statut\n1;A;2;recue\n", "[A][recue][][]", 2},
    {"l'ordre des colonnes", "statut;commande\nrecue;A\n", "[A][recue][][]", 0},
    {"des lignes vides, des blancs, CRLF", "\r\n \ncommande;statut\r\n\r\n A ; recue \r\n\n", "[A][recue][][]", 0},
    {"une ligne courte", "commande;statut;date\nA\n", "[A][][][]", 0},
    {"des guillemets", "commande;motif\nA;\"un ; deux \"\"trois\"\"\"\n", "[A][][][un ; deux \"trois\"]", 0},
    {"une marque d'ordre", "\xEF\xBB\xBF" "commande;statut\nA;recue", "[A][recue][][]", 0},
    {"du Windows-1252", "commande;motif\nA;\xE9t\xE9\n", "[A][][][été]", 0},
    {"deux lignes", "commande;statut\nA;recue\nB;rejetee\n", "[A][recue][][]/[B][rejetee][][]", 0},
};
static const struct {
    const char *nom;
    struct slice texte;
    const char *code;
} fautes[] = {
    {"rien", SLICE(""), "E-"},
    {"des blancs", SLICE(" \n\t\n"), "E-"},
    {"un en-tête seul", SLICE("commande;statut\n"), "E-"},
    {"aucune colonne connue", SLICE("a;b\n1;2\n"), "E-"},
    {"une colonne deux fois", SLICE("commande;statut;statut\nA;recue;rejetee\n"), "E-"},
    {"… sous deux noms", SLICE("commande;numero;statut\nA;B;recue\n"), "E-"},
    {"trop de colonnes", SLICE("commande;statut\nA;recue;z\n"), "E-"},
    {"des guillemets ouverts", SLICE("commande;motif\nA;\"un\n"), "E-"},
    {"un octet nul", SLICE("commande;statut\nA\0;recue\n"), "E-"},
    {"de l'UTF-16", SLICE("\xFF\xFE" "c\0o\0"), "E-"},
    {"une séquence d'échappement", SLICE("commande;motif\nA;\x1B[31m\n"), "E-018"},
    {"une direction renversée", SLICE("commande;motif\nA;\xE2\x80\xAE" "x\n"), "E-018"},
    {"une ligne brisée", SLICE("commande;motif\nA;a\xE2\x80\xA8" "b\n"), "E-018"},
    {"du retour chariot seul", SLICE("commande;statut\rA;recue\r"), "E-"},
};

static void test_bons(void **state)
{
    (void)state;
    for (size_t i = 0; i < NOMBRE(bons); i++) {
        struct diag_liste diags = {0};
        struct buffer b = {0};
        struct arene a = {0};
        struct feuille *f = lire(slice_of(bons[i].texte), &a, &diags);
        if (f != NULL)
            dire(f, &b);
        if (f == NULL || diags.erreurs > 0 || diags.total != bons[i].ignorees || strcmp(b.bytes, bons[i].lu) != 0)
            fail_msg("%s : attendu %s, trouvé %s (%s)", bons[i].nom, bons[i].lu, f == NULL ? "rien" : b.bytes, diags.total > 0 ? diags.items[0].message : "");
        feuille_free(f);
        arene_free(&a);
        buffer_free(&b);
        diag_vider(&diags);
    }
    assert_int_equal(NOMBRE(bons), 13);
}

static void test_fautes(void **state)
{
    (void)state;
    for (size_t i = 0; i < NOMBRE(fautes); i++) {
        struct diag_liste diags = {0};
        struct arene a = {0};
        struct feuille *f = lire(fautes[i].texte, &a, &diags);
        if (f != NULL || diags.total == 0 || strncmp(diags.items[0].code, fautes[i].code, strlen(fautes[i].code)) != 0)
            fail_msg("%s : %s, %s", fautes[i].nom, f != NULL ? "lu" : "refusé", diags.total == 0 ? "sans un mot" : diags.items[0].code);
        feuille_free(f);
        arene_free(&a);
        diag_vider(&diags);
    }
    assert_int_equal(NOMBRE(fautes), 14);
}

/* Every fault at once, each on its line; more columns than can be. */
static void test_bornes(void **state)
{
    struct diag_liste diags = {0};
    struct buffer b = {0};
    struct arene a = {0};
    (void)state;
    assert_null(lire(SLICE("commande;motif\nA;\x01\nB;bien\nC;\"\n"), &a, &diags));
    assert_int_equal(diags.total, 2);
    assert_int_equal(diags.items[0].ligne, 2);
    assert_int_equal(diags.items[1].ligne, 4);
    diag_vider(&diags);
    for (int n = 64; n <= 65; n++) {
        buffer_clear(&b);
        buffer_puts(&b, "commande");
        for (int i = 1; i < n; i++)
            buffer_printf(&b, ";c%d", i);
        buffer_puts(&b, "\nA\n");
        struct feuille *f = lire((struct slice){b.bytes, b.len}, &a, &diags);
        assert_true((f != NULL) == (n == 64));
        feuille_free(f);
        diag_vider(&diags);
    }
    buffer_free(&b);
    arene_free(&a);
}

/* Bytes at random out of those that mean something: read or refused, with a word. */
static void test_hasard(void **state)
{
    static const char alphabet[] = "commande;statut\t,\"\n\r A\xC3\xA9\xE2\x80\xAE\x01";
    size_t lus = 0;
    (void)state;
    for (uint64_t i = 0; i < 3000; i++) {
        struct alea x = alea_de(7, i);
        struct diag_liste diags = {0};
        struct arene a = {0};
        char t[160] = "commande;statut;motif\n";
        size_t len = strlen(t);
        for (size_t n = (size_t)(alea_64(&x) % 100); n > 0; n--)
            t[len++] = alphabet[alea_64(&x) % (sizeof alphabet - 1)];
        struct feuille *f = lire((struct slice){t, len}, &a, &diags);
        assert_true(f != NULL ? feuille_nombre(f) > 0 : diags.total > 0);
        lus += f != NULL;
        feuille_free(f);
        arene_free(&a);
        diag_vider(&diags);
    }
    print_message("# %zu lus sur 3000\n", lus);
    assert_true(lus > 50 && lus < 2950);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bons), cmocka_unit_test(test_fautes), cmocka_unit_test(test_bornes), cmocka_unit_test(test_hasard)};
    return cmocka_run_group_tests_name("tableaux collés", tests, NULL, NULL);
}
