/* Fundings: the whole table of § 4 against tests/regles/cumul.tab, and what makes two states one funding. */
#include <stdio.h>

#include "../noyau/essai.h"
#include "fabrique.h"
#include "regles/financement.h"

static struct parametres *parametres;
static char lignes[64][512];
static size_t n_lignes;

static void lire_table(void)
{
    const char *s = getenv("SONS_SRCDIR");
    char chemin[512];
    snprintf(chemin, sizeof chemin, "%s/tests/regles/cumul.tab", s == NULL ? "." : s);
    FILE *f = fopen(chemin, "r");
    if (f == NULL)
        abort();
    while (n_lignes < 64 && fgets(lignes[n_lignes], sizeof *lignes, f) != NULL)
        n_lignes += *lignes[n_lignes] != '#' && *lignes[n_lignes] != '\n';
    fclose(f);
}

/* `motif` is `*` or words joined by commas; an absent value is `-`. */
static bool convient(const char *motif, const char *mot)
{
    const size_t len = strlen(*mot == '\0' ? "-" : mot);
    if (strcmp(motif, "*") == 0)
        return true;
    for (const char *s = motif; s != NULL; s = strchr(s, ',') == NULL ? NULL : strchr(s, ',') + 1)
        if (strncmp(s, *mot == '\0' ? "-" : mot, len) == 0 && (s[len] == '\0' || s[len] == ','))
            return true;
    return false;
}

static const char *reference(enum trois t)
{
    return t == TROIS_OUI ? "oui" : t == TROIS_NON ? "non" : "";
}

/* The six letters of the only line that fits. */
static void attendus(const struct financement *f, char out[7])
{
    size_t trouvees = 0;
    for (size_t i = 0; i < n_lignes; i++) {
        char m[6][64], v[6][4];
        if (sscanf(lignes[i], "%63s %63s %63s %63s %63s %63s => %3s %3s %3s %3s %3s %3s", m[0], m[1], m[2], m[3], m[4], m[5], v[0], v[1],
                   v[2], v[3], v[4], v[5]) != 12)
            continue;
        if (!convient(m[0], fonds_nom(f->fonds)) || !convient(m[1], phase_nom(f->phase)) || !convient(m[2], volet_nom(f->volet)) ||
            !convient(m[3], nature_nom(f->nature)) || !convient(m[4], reference(f->dui_reference)) ||
            !convient(m[5], etat_financement_nom(f->etat)))
            continue;
        trouvees++;
        for (size_t k = 0; k < 6; k++)
            out[k] = v[k][0];
    }
    if (trouvees != 1)
        fail_msg("%zu lignes pour %s %s %s %s %s %s", trouvees, fonds_nom(f->fonds), phase_nom(f->phase), volet_nom(f->volet),
                 nature_nom(f->nature), reference(f->dui_reference), etat_financement_nom(f->etat));
}

static char lettre(const struct fabrique *f, const char *regle, struct arene *a)
{
    uint16_t rang = (uint16_t)regle_rang(regle, strlen(regle));
    struct constat *c;
    assert_int_equal(regles_appliquer(&f->d, parametres, 0, &rang, 1, a, &c), 1);
    return "scan"[c->verdict];
}

/* The order of the fabrique, then the ESSMS itself with an order for another software and an older funding of another. */
static void juger(struct fabrique *f, const struct financement *x, char trouve[7])
{
    static const char *const regles[] = {"CUM-01", "CUM-02", "CUM-03", "CUM-04", "CUM-05", "CUM-06"};
    fabrique_defaut(f);
    f->financements[0][0] = *x;
    f->essms[0].n_financements = 1;
    for (size_t i = 0; i < 4; i++)
        trouve[i] = lettre(f, regles[i], &f->a);
    f->financements[0][1] = (struct financement){
        .fait = 3, .fonds = FONDS_ESMS_NUMERIQUE, .phase = PHASE_AMORCAGE, .volet = VOLET_EQUIPEMENT, .nature = NATURE_ACQUISITION,
        .etat = FINANCEMENT_CONVENTION, .dui_reference = TROIS_NON, .dui = "Ancien", .logiciel = "Ancien", .date_etat = {18700}};
    f->essms[0].n_financements = 2;
    f->autres[0][0] = (struct autre_commande){.fait = 50, .numero = "BC-9", .date_signature = {19200}, .etat = ETAT_ENREGISTREE,
                                              .logiciel = "Autre"};
    f->essms[0].n_autres = 1;
    f->d.n_essms = 1;
    f->d.financement = 1;
    for (size_t i = 4; i < 6; i++)
        trouve[i] = lettre(f, regles[i], &f->a);
    fabrique_free(f);
}

static void toute_la_table(void **state)
{
    static struct fabrique f;
    size_t n = 0, vus[128] = {0};
    (void)state;
    struct financement x = {.fait = 11, .dui = "Funde", .logiciel = "Funde", .date_etat = {19150}};
    for (int fonds = 0; fonds < FONDS_NOMBRE; fonds++)
        for (int phase = 0; phase < PHASE_NOMBRE; phase++)
            for (int volet = 0; volet < VOLET_NOMBRE; volet++)
                for (int nature = 0; nature < NATURE_NOMBRE; nature++)
                    for (int reference = TROIS_ABSENT; reference <= TROIS_OUI; reference++)
                        for (int etat = 0; etat < FINANCEMENT_ETAT_NOMBRE; etat++) {
                            char voulu[7] = "??????", trouve[7] = "??????";
                            x.fonds = (enum fonds)fonds;
                            x.phase = (enum phase)phase;
                            x.volet = (enum volet)volet;
                            x.nature = (enum nature)nature;
                            x.dui_reference = (enum trois)reference;
                            x.etat = (enum etat_financement)etat;
                            attendus(&x, voulu);
                            juger(&f, &x, trouve);
                            if (strcmp(voulu, trouve) != 0)
                                fail_msg("attendu %s, trouvé %s : %s %s %s %s %d %s", voulu, trouve, fonds_nom(x.fonds), phase_nom(x.phase),
                                         volet_nom(x.volet), nature_nom(x.nature), reference, etat_financement_nom(x.etat));
                            for (size_t i = 0; i < 6; i++)
                                vus[(unsigned char)voulu[i] & 127]++;
                            n++;
                        }
    assert_int_equal(n, 3 * 3 * 3 * 4 * 3 * 6);
    assert_true(vus['n'] > 100 && vus['c'] > 100 && vus['a'] > 100 && vus['s'] > 100);
}

static void impossibles(void **state)
{
    size_t n = 0, exclus = 0;
    (void)state;
    for (int fonds = 0; fonds < FONDS_NOMBRE; fonds++)
        for (int phase = 0; phase < PHASE_NOMBRE; phase++)
            for (int volet = 0; volet < VOLET_NOMBRE; volet++)
                for (int nature = 0; nature < NATURE_NOMBRE; nature++, n++) {
                    bool voulu = false;
                    for (size_t i = 0; i < n_lignes; i++) {
                        char m[4][64];
                        voulu = voulu || (sscanf(lignes[i], "impossible %63s %63s %63s %63s", m[0], m[1], m[2], m[3]) == 4 &&
                                          convient(m[0], fonds_nom((enum fonds)fonds)) && convient(m[1], phase_nom((enum phase)phase)) &&
                                          convient(m[2], volet_nom((enum volet)volet)) && convient(m[3], nature_nom((enum nature)nature)));
                    }
                    exclus += voulu;
                    assert_int_equal(voulu, financement_impossible((enum fonds)fonds, (enum phase)phase, (enum volet)volet,
                                                                   (enum nature)nature) != NULL);
                }
    assert_int_equal(n, 108);
    assert_int_equal(exclus, 67);
}

/* --- one funding or two ------------------------------------------------------------------------------------------- */

#define SORTE "esms_numerique/generalisation/equipement/acquisition/oui/"
static const struct {
    const char *nom, *etats[4];
    int compte[4]; /* 1: the state counts */
} suites[] = {
    {"candidature puis engagement", {SORTE "candidature/2022-06-01/D", SORTE "engagement/2022-07-01/D"}, {0, 1}},
    {"recorded the other way round", {SORTE "engagement/2022-07-01/D", SORTE "candidature/2022-06-01/D"}, {1, 0}},
    {"l'engagement n'est pas encore venu", {SORTE "candidature/2022-06-01/D", SORTE "engagement/2023-01-01/D"}, {1, 0}},
    {"deux DUI", {SORTE "engagement/2022-06-01/D", SORTE "renonce/2022-07-01/E"}, {1, 1}},
    {"le même DUI, écrit autrement", {SORTE "engagement/2022-06-01/Été", SORTE "renonce/2022-07-01/ETE"}, {0, 1}},
    {"la candidature tait le DUI", {SORTE "candidature/2022-06-01/", SORTE "engagement/2022-07-01/D"}, {0, 1}},
    {"la renonciation tait le DUI", {SORTE "engagement/2022-06-01/D", SORTE "renonce/2022-07-01/"}, {0, 1}},
    {"… mais deux DUI sont là", {SORTE "engagement/2022-06-01/D", SORTE "engagement/2022-06-01/E", SORTE "renonce/2022-07-01/"}, {1, 1, 1}},
    {"un engagement sans date suit la candidature", {SORTE "candidature/2022-06-01/D", SORTE "engagement/-/D"}, {0, 1}},
    {"… même saisi avant", {SORTE "engagement/-/D", SORTE "candidature/2022-06-01/D"}, {1, 0}},
    {"sans date : le fait le plus grand", {SORTE "engagement/2022-06-01/D", SORTE "renonce/-/D"}, {0, 1}},
    {"renoncé puis engagé de nouveau", {SORTE "renonce/2022-06-01/D", SORTE "engagement/2022-07-01/D"}, {0, 1}},
    {"un autre volet", {SORTE "engagement/2022-06-01/D", "esms_numerique/generalisation/usage/acquisition/oui/renonce/2022-07-01/D"}, {1, 1}},
    {"une autre nature", {SORTE "engagement/2022-06-01/D", "esms_numerique/generalisation/equipement/renouvellement/oui/renonce/2022-07-01/D"}, {1, 1}},
    {"une autre phase", {SORTE "engagement/2022-06-01/D", "esms_numerique/amorcage/equipement/acquisition/oui/renonce/2022-07-01/D"}, {1, 1}},
    {"un autre fonds", {SORTE "engagement/2022-06-01/D", "feder/-/-/acquisition/oui/renonce/2022-07-01/D"}, {1, 1}},
    {"un cycle de dates absentes a une fin", {SORTE "renonce/2022-06-01/D", SORTE "engagement/-/D", SORTE "candidature/2022-07-01/D"}, {0, 1, 0}},
};

static void un_ou_deux(void **state)
{
    static struct fabrique f;
    (void)state;
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
        fabrique_defaut(&f);
        for (size_t k = 0; k < 4 && suites[i].etats[k] != NULL; k++) {
            char copie[160], date[160];
            snprintf(copie, sizeof copie, "%s", suites[i].etats[k]);
            char *tiret = strstr(copie, "/-/D");
            snprintf(date, sizeof date, "%.*s%s", tiret == NULL ? (int)strlen(copie) : (int)(tiret - copie), copie, tiret == NULL ? "" : "/absent/D");
            assert_true(fabrique_champ(&f, "essms1.financement", date));
        }
        for (uint32_t k = 0; k < f.essms[0].n_financements; k++)
            if (financement_compte(&f.d, &f.essms[0], k) != (suites[i].compte[k] == 1))
                fail_msg("%s : l'état %u", suites[i].nom, k + 1);
        fabrique_free(&f);
    }
}

/* What a later state does not repeat is that of the earlier one. */
static void ce_qui_est_repris(void **state)
{
    static struct fabrique f;
    (void)state;
    fabrique_defaut(&f);
    assert_true(fabrique_champ(&f, "essms1.financement", SORTE "candidature/2022-06-01/D"));
    assert_true(fabrique_champ(&f, "essms1.financement", "esms_numerique/generalisation/equipement/acquisition/-/engagement/2022-07-01/"));
    const struct financement lu = financement_lu(&f.d, &f.essms[0], 1);
    assert_string_equal(lu.dui, "D");
    assert_int_equal(lu.dui_reference, TROIS_OUI);
    assert_int_equal(lettre(&f, "CUM-01", &f.a), 'n');
    fabrique_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(toute_la_table), cmocka_unit_test(impossibles), cmocka_unit_test(un_ou_deux),
                                       cmocka_unit_test(ce_qui_est_repris)};
    parametres = fabrique_parametres();
    lire_table();
    const int rc = cmocka_run_group_tests(tests, NULL, NULL);
    parametres_free(parametres);
    return rc;
}
