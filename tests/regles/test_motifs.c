/* The grounds that ASP writes, and the rules that they lead to. */
#include "../noyau/essai.h"
#include "regles/motifs.h"
#include "regles/regles.h"

static const struct {
    const char *mots, *regles;
} lignes[] = {
#define MOTIF(mots, regles) {mots, regles},
#include "regles/motifs.def"
#undef MOTIF
};

/* « BAR-01 BAR-02 » of a ground. */
static void donner(const char *motif, struct buffer *out)
{
    uint16_t rangs[MOTIF_REGLES_MAX];
    const size_t n = motif_regles(slice_of(motif), rangs);
    buffer_clear(out);
    buffer_puts(out, "");
    for (size_t i = 0; i < n; i++)
        buffer_printf(out, "%s%s", i > 0 ? " " : "", regle_de(rangs[i])->ident);
}

/* Every rule of the table exists, and no row is hidden by one before it. */
static void test_table(void **state)
{
    struct buffer b = {0};
    (void)state;
    for (size_t i = 0; i < NOMBRE(lignes); i++) {
        donner(lignes[i].mots, &b);
        if (strcmp(b.bytes, lignes[i].regles) != 0)
            fail_msg("« %s » : attendu %s, trouvé %s", lignes[i].mots, lignes[i].regles, b.bytes);
    }
    assert_true(NOMBRE(lignes) >= 45);
    buffer_free(&b);
}

/* The reasons seen (regles.md § 9), as people write them. */
static void test_vus(void **state)
{
    static const struct {
        const char *motif, *regles;
    } cas[] = {
        {"plafond HT", "BAR-01 BAR-02 SOL-03"}, {"Montant HT supérieur au plafond du barème", "BAR-01 BAR-02 SOL-03"},
        {"Arrondi du plafond", "BAR-01 BAR-02 SOL-03"}, {"montant nul", "BAR-01 FAC-01"}, {"phrase de l'État absente", "COM-09 FAC-01"},
        {"mention obligatoire manquante", "COM-09 FAC-01"}, {"ESSMS déjà financé", "UNI-01 CUM-01 CUM-02 CUM-03"},
        {"Bénéficiaire déjà financé", "UNI-01 CUM-01 CUM-02 CUM-03"}, {"VA non signée", "VA-01 VA-02 VA-03"},
        {"nom sur la facture", "FAC-02"}, {"montant supérieur à l'avance", "SOL-03 SOL-04"}, {"dépôt tardif", "COM-06 AVA-01 SOL-02 VA-03"},
        {"cas MSS absent", "SOL-06"}, {"bar-01", "BAR-01"}, {" VA-05 ", "VA-05"}, {"Taux de TVA", "BAR-04 BAR-05 FAC-01"},
        {"", ""}, {"   ", ""}, {"autre chose", ""}, {"valable", ""}, {"annuler", ""}, {"\xff\xfe", ""}, {"…", ""},
    };
    struct buffer b = {0};
    (void)state;
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        donner(cas[i].motif, &b);
        if (strcmp(b.bytes, cas[i].regles) != 0)
            fail_msg("« %s » : attendu « %s », trouvé « %s »", cas[i].motif, cas[i].regles, b.bytes);
    }
    assert_int_equal(NOMBRE(cas), 23);
    buffer_free(&b);
}

/* Bounds: a long text, a slice that does not end with a NUL. */
static void test_bornes(void **state)
{
    uint16_t rangs[MOTIF_REGLES_MAX];
    struct buffer b = {0};
    (void)state;
    for (int i = 0; i < 5000; i++)
        buffer_puts(&b, "é — ");
    assert_int_equal(motif_regles((struct slice){b.bytes, b.len}, rangs), 0);
    buffer_puts(&b, "plafond");
    assert_int_equal(motif_regles((struct slice){b.bytes, b.len}, rangs), 3);
    assert_int_equal(motif_regles((struct slice){b.bytes, b.len - 1}, rangs), 0);
    assert_int_equal(motif_regles((struct slice){NULL, 0}, rangs), 0);
    buffer_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table), cmocka_unit_test(test_vus), cmocka_unit_test(test_bornes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
