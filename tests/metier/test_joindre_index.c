/* Which order a file name tells. */
#include "../noyau/essai.h"

#include "metier/joindre_index.h"

#define A 123456782u
#define B 443061841u

static const struct {
    const char *numero, *reference;
    uint32_t fournisseur;
} commandes[] = {
    {"BC-2022-0031", "CRM 00042", A}, /* 0 */
    {"BC-2022-00311", "", A},         /* 1 */
    {"BC-2022", "", A},               /* 2 */
    {"X/9", "", A},                   /* 3 */
    {"X/9", "", B},                   /* 4 */
    {"7", "Élan d'Œuvre", A},         /* 5 */
    {"1-71", "partagée", A},          /* 6 */
    {"17-1", "partagée", A},          /* 7 */
    {"---", "***", A},                /* 8: says nothing */
    {"œuf", "", A},                   /* 9 */
};

static void test_noms(void **state)
{
    (void)state;
    static const struct {
        const char *nom;
        size_t n, premiere;
        bool reference;
    } cas[] = {
        {"BC-2022-0031.pdf", 1, 0, false},
        {"bc 2022 0031.PDF", 1, 0, false},
        {"BC20220031.pdf", 1, 0, false},
        {"BC20220031", 1, 0, false},
        {"bon BC_2022_00311 signé.pdf", 2, 1, false},       /* BC-2022 reads there too: not chosen */
        {"bon BC-2022 signé.pdf", 1, 2, false},
        {"BC-2022-00312.pdf", 1, 2, false},
        {"bon XBC-2022-0031.pdf", 0, 0, true},
        {"BC-20220031x.pdf", 0, 0, true},
        {"X-9.pdf", 2, 3, false},
        {"X 9 443061841.pdf", 1, 4, false},
        {"123456782_X_9.pdf", 1, 3, false},
        {"444444444 X-9.pdf", 0, 0, true},                  /* two signs, and the SIREN of nobody */
        {"7.pdf", 1, 5, false},
        {"7", 1, 5, false},
        {"page 7.pdf", 0, 0, true},
        {"elan-d-oeuvre.pdf", 1, 5, true},
        {"bon ELAN D'OEUVRE 2.pdf", 1, 5, true},
        {"crm00042.pdf", 1, 0, true},
        {"BC-2022 crm 00042.pdf", 1, 2, false},             /* a number is never overruled by a reference */
        {"171.pdf", 2, 6, false},
        {"1-71.pdf", 1, 6, false},
        {"scan 17-1.pdf", 1, 7, false},
        {"partagee.pdf", 2, 6, true},
        {"OEUF.pdf", 1, 9, false},
        {"---.pdf", 0, 0, true},
        {".pdf", 0, 0, true},
        {"", 0, 0, true},
        {"1-71 et 17-1.pdf", 2, 6, false},
    };
    struct index_commandes x = {0};
    for (size_t i = 0; i < NOMBRE(commandes); i++)
        index_ajouter(&x, (int64_t)i + 1, slice_of(commandes[i].numero), slice_of(commandes[i].reference), commandes[i].fournisseur);
    assert_int_equal(x.n, NOMBRE(commandes));
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        size_t rangs[4] = {99, 99, 99, 99};
        bool reference;
        const size_t n = index_chercher(&x, cas[i].nom, rangs, 4, &reference);
        if (n != cas[i].n || (n > 0 && rangs[0] != cas[i].premiere) ||
            (n > 0 && reference != cas[i].reference))
            fail_msg("%s : %zu, rang %zu, référence %d", cas[i].nom, n, rangs[0], reference);
    }
    index_free(&x);
}

/* Many orders that read the same, names of thousands of words: bounded, and never one of them. */
static void test_bornes(void **state)
{
    (void)state;
    struct index_commandes x = {0};
    char nom[4096];
    size_t rangs[2];
    bool reference;
    for (int64_t i = 0; i < 5000; i++)
        index_ajouter(&x, i + 1, slice_of("BC-1"), slice_of(""), A);
    assert_true(index_chercher(&x, "BC-1.pdf", rangs, 2, &reference) > 2);
    assert_int_equal(rangs[0], 0);
    for (size_t i = 0; i + 1 < sizeof nom; i++)
        nom[i] = i % 2 == 0 ? 'a' : ' ';
    nom[sizeof nom - 1] = '\0';
    assert_int_equal(index_chercher(&x, nom, rangs, 2, &reference), 0);
    index_free(&x);
    assert_int_equal(index_chercher(&x, "BC-1.pdf", rangs, 2, &reference), 0);
}

static void test_suffixes(void **state)
{
    (void)state;
    static const struct {
        const char *nom;
        size_t n;
        const char *suffixe;
    } cas[] = {{"a.pdf", 1, "pdf"}, {"a.b.PDF", 3, "PDF"}, {"a", 1, ""}, {"BC.2022", 7, ""}, {"a.", 2, ""}, {".pdf", 4, ""}, {"a.toolong", 9, ""}};
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        const char *suffixe;
        assert_int_equal(nom_sans_suffixe(cas[i].nom, &suffixe), cas[i].n);
        assert_string_equal(suffixe, cas[i].suffixe);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_noms), cmocka_unit_test(test_bornes), cmocka_unit_test(test_suffixes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
