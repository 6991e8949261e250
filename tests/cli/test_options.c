/* The grammar of the command line, on a small vocabulary of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cli/options.h"
#include "noyau/suggestion.h"

static int rien(struct cli *c)
{
    (void)c;
    return 0;
}

static const struct feuille_champ *champs_essai(size_t *n)
{
    static const struct feuille_champ champs[] = {{"numero_ans", true}, {"version", false}, {"role", false}};
    *n = 3;
    return champs;
}

#define B(o) OPTION_BIT(OPT_##o)
static const struct commande commandes[] = {
    {.nom = "commande", .verbe = "importer", .fonction = rien, .acces = CMD_ECRITURE, .min = 1, .max = 1,
     .arguments = "FICHIER", .options = B(LE)},
    {.nom = "commande", .verbe = "lister", .fonction = rien, .acces = CMD_LECTURE, .arguments = ""},
    {.nom = "controler", .verbe = "", .fonction = rien, .acces = CMD_LECTURE, .max = ARGUMENTS_SANS_LIMITE,
     .arguments = "[COMMANDE…]", .options = B(JUSTIFIER) | B(COULOIR)},
    {.nom = "parametres", .verbe = "", .fonction = rien, .acces = CMD_SI_PRESENT, .arguments = ""},
    {.nom = "parametres", .verbe = "calendrier", .fonction = rien, .acces = CMD_ECRITURE, .min = 1, .max = 1,
     .arguments = "initial|proroge"},
    {.nom = "solution", .verbe = "declarer", .fonction = rien, .acces = CMD_ECRITURE, .champs = champs_essai,
     .arguments = ""},
    {.nom = "lot", .verbe = "emettre", .fonction = rien, .acces = CMD_ECRITURE, .arguments = "",
     .options = B(COULOIR) | B(SORTIE), .requises = B(COULOIR)},
};
static const struct vocabulaire v = {commandes, sizeof commandes / sizeof *commandes};

#define MOTS_MAX 10
struct essai {
    const char *mots[MOTS_MAX];  /* after "sons" */
    int commande;                /* rank in `commandes`, −1 none */
    size_t arguments;
    const char *premier;         /* first argument, NULL not compared */
    uint64_t donnees;
    size_t fautes;
    const char *message;         /* of the first fault */
    const char *a_faire;         /* of the first fault; NULL not compared */
};

static const struct essai essais[] = {
    {{NULL}, -1, 0, NULL, 0, 0, NULL, NULL},
    {{"commande", "lister"}, 1, 0, NULL, 0, 0, NULL, NULL},
    {{"Commande", "LISTER"}, 1, 0, NULL, 0, 0, NULL, NULL},
    {{"contrôler"}, 2, 0, NULL, 0, 0, NULL, NULL},
    {{"contrôler", "BC-1", "importer"}, 2, 2, "BC-1", 0, 0, NULL, NULL},
    {{"commande", "importer", "f.csv"}, 0, 1, "f.csv", 0, 0, NULL, NULL},
    {{"--registre", "r.db", "commande", "importer", "f.csv"}, 0, 1, "f.csv", B(REGISTRE), 0, NULL, NULL},
    {{"commande", "--registre=r.db", "importer", "--essai", "f.csv", "--strict"}, 0, 1, "f.csv",
     B(REGISTRE) | B(ESSAI) | B(STRICT), 0, NULL, NULL},
    {{"commande", "importer", "--", "--strict"}, 0, 1, "--strict", 0, 0, NULL, NULL},
    {{"commande", "importer", "-"}, 0, 1, "-", 0, 0, NULL, NULL},
    {{"contrôler", "-5"}, 2, 1, "-5", 0, 0, NULL, NULL},
    {{"controler", "--connu_lé", "2023-01-01"}, 2, 0, NULL, B(CONNU_LE), 0, NULL, NULL},
    {{"controler", "--justifier", "A=b", "--justifier=C=d"}, 2, 0, NULL, B(JUSTIFIER), 0, NULL, NULL},
    {{"parametres"}, 3, 0, NULL, 0, 0, NULL, NULL},
    {{"paramètres", "calendrier", "proroge"}, 4, 1, "proroge", 0, 0, NULL, NULL},
    {{"solution", "declarer", "--version", "2.1"}, 5, 0, NULL, 0, 0, NULL, NULL},
    {{"solution", "declarer", "--numero-ans", "X", "--role=y"}, 5, 0, NULL, 0, 0, NULL, NULL},
    {{"--numero-ans", "X", "solution", "declarer"}, 5, 0, NULL, 0, 0, NULL, NULL},
    {{"--role", "X", "solution", "declarer"}, 5, 0, NULL, 0, 0, NULL, NULL},
    {{"lot", "emettre", "--couloir", "MS1"}, 6, 0, NULL, B(COULOIR), 0, NULL, NULL},
    {{"commande", "importer", "--aide"}, 0, 0, NULL, B(AIDE), 0, NULL, NULL},
    {{"commande", "importer", "-h"}, 0, 0, NULL, B(AIDE), 0, NULL, NULL},
    {{"commande", "importer", "--help"}, 0, 0, NULL, B(AIDE), 0, NULL, NULL},
    {{"--version"}, -1, 0, NULL, B(VERSION), 0, NULL, NULL},
    /* faults */
    {{"comande", "lister"}, -1, 0, NULL, 0, 1, "commande inconnue : « comande »", "écrire « sons commande » ?"},
    {{"xyzzy"}, -1, 0, NULL, 0, 1, "commande inconnue : « xyzzy »", "voir les commandes par « sons --aide »"},
    {{"commande", "improter"}, -1, 0, NULL, 0, 1, "verbe inconnu : « commande improter »",
     "écrire « sons commande importer » ?"},
    {{"commande", "xyzzy"}, -1, 0, NULL, 0, 1, "verbe inconnu : « commande xyzzy »",
     "voir les verbes par « sons commande »"},
    {{"commande", "lister", "--formta", "csv"}, 1, 1, NULL, 0, 1, "option inconnue : --formta", "écrire --format ?"},
    {{"commande", "lister", "-x"}, 1, 0, NULL, 0, 1, "option inconnue : -x", "voir les options par --aide"},
    {{"solution", "declarer", "--numero-an=1"}, 5, 0, NULL, 0, 1, "option inconnue : --numero-an",
     "écrire --numero-ans ?"},
    {{"commande", "lister", "--couloir", "MS1"}, 1, 0, NULL, 0, 1,
     "l'option --couloir ne va pas avec « commande lister »", NULL},
    {{"controler", "--le", "2023-01-01"}, 2, 0, NULL, 0, 1, "l'option --le ne va pas avec « controler »", NULL},
    {{"commande", "lister", "--au"}, 1, 0, NULL, 0, 1, "l'option --au attend une valeur", NULL},
    {{"commande", "lister", "--au", "--strict"}, 1, 0, NULL, B(STRICT), 1, "l'option --au attend une valeur", NULL},
    {{"commande", "lister", "--au="}, 1, 0, NULL, 0, 1, "l'option --au attend une valeur", NULL},
    {{"commande", "lister", "--essai=oui"}, 1, 0, NULL, 0, 1, "l'option --essai ne prend pas de valeur", NULL},
    {{"commande", "lister", "--essai", "--essai"}, 1, 0, NULL, B(ESSAI), 1, "l'option --essai est donnée deux fois", NULL},
    {{"solution", "declarer", "--role=a", "--role=b"}, 5, 0, NULL, 0, 1, "l'option --role est donnée deux fois", NULL},
    {{"commande", "lister", "--au", "2023-02-30"}, 1, 0, NULL, B(AU), 1, "date impossible pour --au", NULL},
    {{"commande", "lister", "--format", "xml"}, 1, 0, NULL, B(FORMAT), 1, "forme de sortie inconnue", NULL},
    {{"commande", "importer"}, 0, 0, NULL, 0, 1, "il manque un argument : FICHIER", NULL},
    {{"commande", "importer", "a", "b", "c"}, 0, 3, "a", 0, 2, "argument en trop : « b »", NULL},
    {{"lot", "emettre"}, 6, 0, NULL, 0, 1, "il manque l'option --couloir COULOIR", NULL},
    {{"commande", "importer", "f", "--connu-le", "2023-01-01"}, 0, 1, "f", B(CONNU_LE), 1,
     "l'option --connu-le ne va qu'avec une lecture", NULL},
    /* all at once */
    {{"commande", "lister", "--au", "hier", "--le", "x", "--formta=csv", "--essai=1"}, 1, 0, NULL, B(AU), 4,
     "l'option --le ne va pas avec « commande lister »", NULL},
};

static void lire(const struct essai *e, struct ligne_commande *l, struct diag_liste *diags)
{
    char *argv[MOTS_MAX + 2] = {(char *)(uintptr_t)"sons"};
    int argc = 1;
    for (size_t i = 0; i < MOTS_MAX && e->mots[i]; i++)
        argv[argc++] = (char *)(uintptr_t)e->mots[i];
    bool bon = ligne_commande_lire(argc, argv, &v, l, diags);
    for (size_t i = 0; i < diags->n && i >= e->fautes; i++)
        print_message("# %s\n", diags->items[i].message);
    assert_int_equal(bon, e->fautes == 0);
}

static void test_grammaire(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof essais / sizeof *essais; i++) {
        const struct essai *e = &essais[i];
        struct ligne_commande l;
        struct diag_liste diags = {0};
        print_message("# case %zu: %s %s\n", i, e->mots[0] ? e->mots[0] : "", e->mots[1] ? e->mots[1] : "");
        lire(e, &l, &diags);
        assert_int_equal(diags.n, e->fautes);
        assert_int_equal(diags.pire, e->fautes ? SORTIE_USAGE : SORTIE_FAIT);
        if (e->message)
            assert_string_equal(diags.items[0].message, e->message);
        if (e->a_faire)
            assert_string_equal(diags.items[0].a_faire, e->a_faire);
        assert_true(l.commande == (e->commande < 0 ? NULL : &commandes[e->commande]));
        assert_int_equal(l.n_arguments, e->arguments);
        if (e->premier)
            assert_string_equal(l.arguments[0], e->premier);
        assert_true(l.donnees == e->donnees);
        ligne_commande_free(&l);
        diag_vider(&diags);
    }
}

static void test_valeurs(void **state)
{
    (void)state;
    struct ligne_commande l;
    struct diag_liste diags = {0};
    char texte[INSTANT_TEXTE_MAX];
    lire(&(struct essai){.mots = {"controler", "--au", "31/12/2023", "--connu-le=2024-03-31T14:00", "--format", "JSON",
                                  "--justifier", "BAR-02=x=y", "--justifier=COM-10=z"}}, &l, &diags);
    assert_int_equal(l.format, FORMAT_JSON);
    assert_string_equal(instant_utc(l.au, texte), "2023-12-31T22:59:59Z");
    assert_string_equal(instant_utc(l.connu_le, texte), "2024-03-31T12:00:00Z");
    assert_false(instant_present(l.le));
    assert_int_equal(l.n_justifier, 2);
    assert_string_equal(l.justifier[0], "BAR-02=x=y");
    assert_string_equal(l.justifier[1], "COM-10=z");
    ligne_commande_free(&l);
    lire(&(struct essai){.mots = {"--role", "R", "solution", "declarer", "--version", "2.1"}}, &l, &diags);
    assert_int_equal(l.n_colonnes, 3);
    assert_true(slice_equals(l.colonnes[0], ""));
    assert_true(slice_equals(l.colonnes[1], "2.1"));
    assert_true(slice_equals(l.colonnes[2], "R"));
    assert_false(colonnes_vides(&l));
    ligne_commande_free(&l);
    lire(&(struct essai){.mots = {"solution", "declarer"}}, &l, &diags);
    assert_true(colonnes_vides(&l));
    ligne_commande_free(&l);
    lire(&(struct essai){.mots = {"commande"}}, &l, &diags);
    assert_string_equal(l.nom, "commande");
    assert_null(l.commande);
    ligne_commande_free(&l);
    assert_int_equal(diags.n, 0);
}

static void test_distance(void **state)
{
    (void)state;
    static const struct { const char *a, *b; size_t d; } cas[] = {
        {"", "", 0}, {"lot", "lot", 0}, {"lot", "", 3}, {"importer", "improter", 1}, {"voir", "voire", 1},
        {"voir", "boir", 1}, {"emettre", "emetre", 1}, {"abc", "xyz", 3}, {"ab", "ba", 1}};
    for (size_t i = 0; i < sizeof cas / sizeof *cas; i++) {
        assert_int_equal(suggestion_distance(cas[i].a, cas[i].b), cas[i].d);
        assert_int_equal(suggestion_distance(cas[i].b, cas[i].a), cas[i].d);
    }
    char long_mot[65];
    memset(long_mot, 'a', 64);
    long_mot[64] = '\0';
    assert_true(suggestion_distance(long_mot, "a") == SIZE_MAX);
    struct suggestion s = {.voulu = "verif"};
    suggestion_offrir(&s, "lister");
    assert_null(s.meilleur);
    suggestion_offrir(&s, "vérifier");
    assert_string_equal(s.meilleur, "vérifier");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grammaire),
        cmocka_unit_test(test_valeurs),
        cmocka_unit_test(test_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
