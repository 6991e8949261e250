/* The name on the invoice and that of the signatory of the VA. */
#include "../noyau/essai.h"
#include "regles/accord.h"

static void test_accord(void **state)
{
    static const struct {
        const char *a, *b;
        bool oui;
    } cas[] = {
        {"Anne Martin", "Anne Martin", true}, {"Anne Martin", "MARTIN Anne", true}, {"Mme Anne MARTIN", "anne martin", true},
        {"Dr Anne Martin", "Madame Martin Anne", true}, {"Zoé Élan", "ELAN zoe", true}, {"Jean-Pierre Dupont", "DUPONT Jean Pierre", true},
        {"Anne Martin", "Anne Martin-Durand", true}, {"Anne Durand née Martin", "Anne Martin", true}, {"Anne Martin épouse Durand", "Anne Durand", true},
        {"A. Martin", "Anne Martin", true}, {"Martin", "Anne Martin", true}, {"Anne de La Tour", "Anne Tour", true}, {"M. Le", "Le", true},
        {"J.-P. Dupont", "Jean-Pierre Dupont", true}, {"Dupont J.", "Jeanne Dupont", true},
        {"Anne Martin", "Anne Durand", false}, {"Anne Martin", "Paul Martin", false}, {"B. Martin", "Anne Martin", false},
        {"Anne Martin Leroy", "Anne Durand Martin", false}, {"Anne Martin", "", false}, {"", "", false}, {"Mme", "Anne Martin", false},
        {"A. M.", "Anne Martin", false}, {"Jean Jean Dupont", "Jean Dupont Paul", false}, {"Martine", "Martin", false}, {"...", "Anne", false},
    };
    (void)state;
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        if (noms_accordes(slice_of(cas[i].a), slice_of(cas[i].b)) != cas[i].oui || noms_accordes(slice_of(cas[i].b), slice_of(cas[i].a)) != cas[i].oui)
            fail_msg("« %s » et « %s » : attendu %s", cas[i].a, cas[i].b, cas[i].oui ? "oui" : "non");
    }
    assert_int_equal(NOMBRE(cas), 26);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_accord)};
    return cmocka_run_group_tests_name("accord des noms", tests, NULL, NULL);
}
