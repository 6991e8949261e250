/* What holds for all the rules: the table, the balance, justifications, the journal line, the tree, the manual, the states. */
#include <stdio.h>
#include <time.h>

#include "../noyau/essai.h"
#include "fabrique.h"
#include "regles/manuel.h"
#include "regles/prose_prive.h"

#define ETAPES (1u << ETAPE_COMMANDE | 1u << ETAPE_AVANCE)
static struct parametres *p;
static struct fabrique f;

/* The table of regles.md § 11, for what is built: identifier, stage, severity. */
static void test_table(void **state)
{
    static const char attendue[] =
        "FIN-01 C A,FIN-02 C A,FIN-03 C D,FIN-04 C A,FIN-05 C D,FIN-06 C A,FIN-07 C D,FIN-08 C I,COM-01 C A,COM-02 C A,COM-03 C A,COM-04 C A,COM-05 C D,COM-06 C A,COM-07 C I,COM-08 C A,"
        "COM-09 C A,COM-10 C D,COM-11 C I,COM-12 C A,COM-13 C I,COM-14 C I,BAR-01 C A,BAR-02 C D,BAR-03 C I,BAR-04 C A,BAR-05 C D,UNI-01 C A,"
        "UNI-02 C I,CUM-01 C A,CUM-02 C D,CUM-03 C D,CUM-04 C I,CUM-05 F A,CUM-06 F A,REF-01 V A,REF-02 C A,REF-03 C A,REF-04 V A,REF-06 V D,AVA-01 V A,"
        "AVA-02 V A,AVA-03 V A,VA-01 T A,VA-02 T D,VA-03 T A,VA-04 T I,VA-05 T A,VA-06 T D,FAC-01 S A,FAC-02 S D,REF-05 S D,SOL-01 S A,"
        "SOL-02 S A,SOL-03 S A,SOL-04 S A,SOL-05 S A,SOL-06 S A,REV-01 S A,REV-02 S D,REV-03 S A,";
    struct buffer b = {0};
    (void)state;
    assert_int_equal(regles_nombre(), 61);
    for (size_t i = 0; i < regles_nombre(); i++) {
        const struct regle *r = regle_de(i);
        buffer_printf(&b, "%s %c %c,", r->ident, "CVTSF"[r->etape], "?ADEI"[r->gravite]);
        assert_true(*r->titre && *r->attendu && *r->remede && *r->source && r->fonction != NULL && r->version >= 1);
        assert_int_equal(regle_rang(r->ident, strlen(r->ident)), i);
    }
    assert_string_equal(b.bytes, attendue);
    assert_int_equal(regle_rang("bar-01", 6), regle_rang("BAR-01", 6));
    assert_int_equal(regle_rang("BAR-0", 5), regles_nombre());
    assert_int_equal(regle_rang("BAR-011", 7), regles_nombre());
    assert_int_equal(regle_rang("", 0), regles_nombre());
    assert_null(regle_de(regles_nombre()));
    buffer_free(&b);
}

static size_t appliquer(struct constat **c)
{
    return regles_appliquer(&f.d, p, ETAPES, NULL, 0, &f.a, c);
}

/* The default dossier is conforming everywhere; its lines are short, its constats hold few values. */
static void test_conforme(void **state)
{
    struct constat *c;
    struct buffer b = {0};
    (void)state;
    fabrique_defaut(&f);
    size_t n = appliquer(&c);
    assert_int_equal(n, 41);
    struct bilan bilan = regles_bilan(&f.d, c, n);
    assert_int_equal(bilan.conformes, 34); /* COM-02, COM-03, COM-14, FIN-05, REF-02, REF-03, AVA-02 have no object */
    assert_int_equal(bilan.anomalies + bilan.discordances + bilan.discordances_justifiees + bilan.attentes + bilan.informations, 0);
    assert_true(bilan_emettable(&bilan));
    size_t lignes = 0;
    for (size_t i = 0; i < n; i++) {
        size_t avant = b.len;
        if (c[i].verdict == VERDICT_SANS_OBJET)
            continue;
        constat_ecrire(&c[i], &b);
        assert_true(c[i].n <= 4);
        assert_true(b.len - avant <= 80);
        assert_null(strchr(b.bytes + avant, '\n'));
        lignes++;
    }
    assert_true(b.len / lignes <= 50);
    buffer_clear(&b);
    constat_ecrire(&c[regle_rang("BAR-01", 6)], &b);
    assert_string_equal(b.bytes, "BAR-01 1 conforme ht=700000 plafond=730000 @bareme.B.taux_ttc");
    buffer_free(&b);
    fabrique_free(&f);
}

static void test_choix(void **state)
{
    struct constat *c;
    const uint16_t aussi[] = {(uint16_t)regle_rang("AVA-03", 6), UINT16_MAX};
    (void)state;
    fabrique_defaut(&f);
    assert_int_equal(regles_appliquer(&f.d, p, 1u << ETAPE_AVANCE, NULL, 0, &f.a, &c), 6);
    size_t n = regles_appliquer(&f.d, p, 1u << ETAPE_COMMANDE, aussi, 2, &f.a, &c);
    assert_int_equal(n, 36);
    assert_int_equal(c[n - 1].regle, aussi[0]);
    for (size_t i = 1; i < n; i++)
        assert_true(c[i].regle > c[i - 1].regle);
    assert_int_equal(regles_appliquer(&f.d, p, 0, NULL, 0, &f.a, &c), 0);
    assert_int_equal(regles_appliquer(&f.d, p, 1u << ETAPE_VA, NULL, 0, &f.a, &c), 6);
    assert_int_equal(regles_appliquer(&f.d, p, 1u << ETAPE_SOLDE, NULL, 0, &f.a, &c), 12);
    for (size_t i = 0; i < 12; i++)
        assert_int_equal(c[i].verdict, VERDICT_SANS_OBJET); /* nothing asked nor paid */
    fabrique_free(&f);
}

static void test_bilan(void **state)
{
    static const struct {
        const char *cle, *valeur;
        uint32_t anomalies, discordances, attentes, informations;
        bool emettable;
    } cas[] = {
        {"deja_equipe", "non", 1, 0, 0, 0, false},
        {"version", "2022-Z", 0, 1, 0, 0, false},
        {"piece", "non", 0, 0, 1, 0, false},
        {"date_commande", "2022-07-11", 0, 0, 0, 1, true},
        {"base_etat", "manquante", 0, 0, 10, 0, false}, /* FIN-01, 02, 03, 04, 07, 08, COM-11, BAR-01, 02, 03 */
        {"couloir", "MS3", 1, 0, 6, 0, false},         /* FIN-04; FIN-06, COM-04, 05, 06, 07, AVA-01 … and BAR */
        {"etat", "annulee", 0, 0, 0, 0, true},
    };
    (void)state;
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct constat *c;
        fabrique_defaut(&f);
        assert_true(fabrique_champ(&f, cas[i].cle, cas[i].valeur));
        size_t n = appliquer(&c);
        struct bilan b = regles_bilan(&f.d, c, n);
        if (strcmp(cas[i].valeur, "MS3") != 0) {
            assert_int_equal(b.attentes, cas[i].attentes);
        } else {
            assert_true(b.attentes >= cas[i].attentes);
        }
        assert_int_equal(b.anomalies, cas[i].anomalies);
        assert_int_equal(b.discordances, cas[i].discordances);
        assert_int_equal(b.informations, cas[i].informations);
        assert_int_equal(bilan_emettable(&b), cas[i].emettable);
        fabrique_free(&f);
    }
}

/* A justification answers one constat, of a discordance, and lapses when it changes. */
static void test_justification(void **state)
{
    struct constat *c;
    const uint16_t r = (uint16_t)regle_rang("REF-06", 6), com = (uint16_t)regle_rang("COM-01", 6);
    (void)state;
    fabrique_defaut(&f);
    f.d.version_solution = "2022-Z";
    assert_int_equal(regles_appliquer(&f.d, p, 0, &r, 1, &f.a, &c), 1);
    assert_int_equal(constat_gravite(c), GRAVITE_DISCORDANCE);
    f.justification = (struct justification){"REF-06", constat_empreinte(c), "vu sur la commande"};
    f.d.n_justifications = 1;
    assert_ptr_equal(constat_justifie(&f.d, c), &f.justification);
    assert_null(constat_caduque(&f.d, c));
    struct bilan b = regles_bilan(&f.d, c, 1);
    assert_int_equal(b.discordances, 0);
    assert_int_equal(b.discordances_justifiees, 1);
    assert_true(bilan_emettable(&b));
    f.justification.regle = "BAR-02";
    assert_null(constat_justifie(&f.d, c));
    f.justification.regle = "REF-06";
    f.d.version_solution = "2022-Y";
    assert_int_equal(regles_appliquer(&f.d, p, 0, &r, 1, &f.a, &c), 1);
    assert_null(constat_justifie(&f.d, c));
    assert_ptr_equal(constat_caduque(&f.d, c), &f.justification);
    f.d.version_solution = "4.2"; /* conforming: nothing is left to justify, and it is said */
    assert_int_equal(regles_appliquer(&f.d, p, 0, &r, 1, &f.a, &c), 1);
    assert_int_equal(c->verdict, VERDICT_CONFORME);
    assert_ptr_equal(constat_caduque(&f.d, c), &f.justification);
    f.d.deja_equipe = TROIS_NON; /* an anomalie is never justified */
    assert_int_equal(regles_appliquer(&f.d, p, 0, &com, 1, &f.a, &c), 1);
    f.justification = (struct justification){"COM-01", constat_empreinte(c), "motif"};
    assert_null(constat_justifie(&f.d, c));
    f.d.deja_equipe = TROIS_ABSENT; /* nor an en attente */
    assert_int_equal(regles_appliquer(&f.d, p, 0, &com, 1, &f.a, &c), 1);
    assert_int_equal(constat_gravite(c), GRAVITE_ATTENTE);
    f.justification.constat = constat_empreinte(c);
    assert_null(constat_justifie(&f.d, c));
    fabrique_free(&f);
}

static void test_sujet(void **state)
{
    struct constat *c;
    const uint16_t r = (uint16_t)regle_rang("FIN-02", 6);
    (void)state;
    fabrique_defaut(&f);
    assert_true(fabrique_champ(&f, "essms3.dans_base", "non"));
    assert_true(fabrique_champ(&f, "essms2.ej_base", "010780054"));
    assert_int_equal(regles_appliquer(&f.d, p, 0, &r, 1, &f.a, &c), 1);
    assert_int_equal(c->sujet, 2); /* the first of the order, whatever the cause */
    fabrique_free(&f);
}

static void test_arbre(void **state)
{
    struct constat *c;
    struct buffer b = {0};
    const uint16_t r = (uint16_t)regle_rang("BAR-01", 6);
    (void)state;
    fabrique_defaut(&f);
    assert_true(fabrique_champ(&f, "ht", "730001"));
    assert_int_equal(regles_appliquer(&f.d, p, 0, &r, 1, &f.a, &c), 1);
    prose_arbre(&f.d, p, c, &b);
    static const char *const parts[] = {
        "BAR-01 non conforme (anomalie) : ", "├─ tranche : B\n",
        "├─ paramètre bareme.B.taux_ttc = 2\u202f920,00\u00a0€, depuis le 12/02/2022, choisi par la date de signature (12/07/2022)\n",
        "source : IDF, barème A à F", "[inférence : aucun texte ne le dit ainsi]", "├─ à faire : ",
        "└─ source : FAQ", "├─ paramètre bareme.lecture = forfaitaire"};
    for (size_t i = 0; i < NOMBRE(parts); i++)
        if (strstr(b.bytes, parts[i]) == NULL)
            fail_msg("absent de l'arbre : %s\n%s", parts[i], b.bytes);
    buffer_clear(&b);
    f.d.date_signature = JOUR_ABSENT; /* the same constat read without the date that chooses its parameters */
    prose_arbre(&f.d, p, c, &b);
    assert_non_null(strstr(b.bytes, "bareme.B.taux_ttc : aucune valeur en vigueur\n"));
    buffer_free(&b);
    fabrique_free(&f);
}

/* What waits is given, what is not conforme is mended: two remedies of one rule. */
static void test_a_faire(void **state)
{
    static const char *const manques[] = {
#define PROSE(rang, verdict, mot, phrase)
#define TROUVE(rang, verdict, phrase)
#define A_FAIRE(manque, phrase) manque,
#include "regles/prose.def"
#undef PROSE
#undef TROUVE
#undef A_FAIRE
    };
    const size_t cum_01 = regle_rang("CUM-01", 6), com_01 = regle_rang("COM-01", 6);
    struct constat *c;
    (void)state;
    assert_string_equal(manques[0], "");
    for (size_t i = 1; i < sizeof manques / sizeof *manques; i++)
        assert_non_null(mot_label(manques[i]));
    fabrique_defaut(&f);
    f.d.liste_financements = false;
    f.d.deja_equipe = TROIS_ABSENT;
    (void)appliquer(&c);
    assert_int_equal(c[cum_01].verdict, VERDICT_EN_ATTENTE);
    assert_non_null(strstr(prose_a_faire(&c[cum_01]), "sons financement attester"));
    assert_int_equal(c[com_01].verdict, VERDICT_EN_ATTENTE);
    assert_non_null(strstr(prose_a_faire(&c[com_01]), "lue sur le bon de commande"));
    f.d.deja_equipe = TROIS_NON;
    (void)appliquer(&c);
    assert_int_equal(c[com_01].verdict, VERDICT_NON_CONFORME);
    assert_string_equal(prose_a_faire(&c[com_01]), regle_de(com_01)->remede);
    fabrique_free(&f);
}

static void test_manuel(void **state)
{
    struct buffer b = {0};
    (void)state;
    regles_manuel(&b);
    for (size_t i = 0; i < regles_nombre(); i++) {
        char entete[32];
        snprintf(entete, sizeof entete, ".It Sy %s\n", regle_de(i)->ident);
        assert_non_null(strstr(b.bytes, entete));
    }
    assert_non_null(strstr(b.bytes, "annexes des arrêtés"));
    assert_true(texte_is_utf8(b.bytes, b.len));
    buffer_clear(&b);
    assert_true(cycle_manuel(&b)); /* its path follows passages */
    for (int e = 0; e < ETAT_NOMBRE; e++) {
        char entete[96];
        snprintf(entete, sizeof entete, "\n  %s\n", etat_label((enum etat_commande)e));
        assert_non_null(strstr(b.bytes, entete)); /* drawn, once */
        assert_null(strstr(strstr(b.bytes, entete) + 1, entete));
        snprintf(entete, sizeof entete, ".It Sy %s\n", etat_mot((enum etat_commande)e));
        assert_non_null(strstr(b.bytes, entete));
    }
    assert_true(texte_is_utf8(b.bytes, b.len));
    buffer_free(&b);
}

static void test_cycle(void **state)
{
    enum etat_commande vers = ETAT_NOMBRE;
    int permis = 0;
    (void)state;
    assert_true(cycle_permet(ACTE_DEMANDER_AVANCE, ETAT_ENREGISTREE, &vers));
    assert_int_equal(vers, ETAT_AVANCE_DEMANDEE);
    assert_true(cycle_permet(ACTE_EMETTRE_AVANCE, ETAT_AVANCE_DEMANDEE, NULL));
    for (int a = -1; a <= ACTE_NOMBRE; a++)
        for (int e = -1; e <= ETAT_NOMBRE; e++)
            permis += cycle_permet((enum acte_commande)a, (enum etat_commande)e, NULL);
    assert_int_equal(permis, 242); /* nothing else is allowed; test_vie proves each */
    for (int a = ACTE_COMPLETER; a <= ACTE_ANNULER; a++) { /* neither once emitted, nor twice */
        assert_false(cycle_permet((enum acte_commande)a, ETAT_AVANCE_EMISE, NULL));
        assert_false(cycle_permet((enum acte_commande)a, ETAT_ANNULEE, NULL));
        assert_false(cycle_permet((enum acte_commande)a, ETAT_REMPLACEE, NULL));
    }
    assert_false(cycle_permet(ACTE_ANNULER, ETAT_AVANCE_DEPOSEE, NULL)); /* until ASP sends it back */
    assert_true(cycle_permet(ACTE_ANNULER, ETAT_AVANCE_A_MODIFIER, NULL));
    assert_true(cycle_permet(ACTE_ANNULER, ETAT_AVANCE_DEMANDEE, &vers));
    assert_int_equal(vers, ETAT_ANNULEE);
    assert_true(cycle_permet(ACTE_REMPLACER, ETAT_ENREGISTREE, &vers));
    assert_int_equal(vers, ETAT_REMPLACEE);
    assert_false(etat_en_vigueur(ETAT_ANNULEE));
    assert_false(etat_en_vigueur(ETAT_REMPLACEE));
    assert_string_equal(etat_mot(ETAT_AVANCE_EMISE), "avance_emise");
    assert_string_equal(etat_label(ETAT_AVANCE_EMISE), "avance émise, non déposée");
    assert_string_equal(acte_mot(ACTE_EMETTRE_AVANCE), "lot emettre");
    assert_string_equal(etat_mot(ETAT_NOMBRE), "");
    assert_true(etat_en_vigueur(ETAT_AVANCE_EMISE));
    assert_false(etat_en_vigueur(ETAT_NOMBRE));
    assert_false(etat_en_vigueur((enum etat_commande)-1));
}

/* Names go both ways; what is not one of them is « absent ». */
static void test_noms(void **state)
{
    (void)state;
    for (int i = 0; i < COULOIR_NOMBRE; i++)
        assert_int_equal(couloir_parse(couloir_nom((enum couloir)i), strlen(couloir_nom((enum couloir)i))), i);
    for (int i = 0; i < MODE_NOMBRE; i++)
        assert_int_equal(mode_signature_parse(mode_signature_nom((enum mode_signature)i), strlen(mode_signature_nom((enum mode_signature)i))), i);
    for (int i = 0; i < MOTIF_NOMBRE; i++)
        assert_int_equal(motif_tva_parse(motif_tva_nom((enum motif_tva)i), strlen(motif_tva_nom((enum motif_tva)i))), i);
    assert_string_equal(couloir_nom(COULOIR_MS2_PDE), "MS2-PDE");
    assert_int_equal(couloir_parse("ms1", 3), COULOIR_INCONNU);
    assert_int_equal(couloir_parse("MS1x", 4), COULOIR_INCONNU);
    assert_string_equal(couloir_nom((enum couloir)99), "");
    assert_string_equal(calendrier_nom(CALENDRIER_PROROGE), "proroge");
    assert_string_equal(piece_role_nom(PIECE_NON_CUMUL), "attestation_non_cumul");
    assert_string_equal(nature_nom(NATURE_MISE_EN_CONFORMITE), "mise_en_conformite");
    assert_string_equal(phase_nom(PHASE_AMORCAGE), "amorcage");
    assert_string_equal(volet_nom(VOLET_EQUIPEMENT), "equipement");
    assert_string_equal(fonds_nom(FONDS_FEDER), "feder");
    assert_string_equal(etat_financement_nom(FINANCEMENT_REMBOURSE), "rembourse");
}

/* A hundred times slower than measured would still pass: this catches a search or an allocation in the loop. */
static void test_vitesse(void **state)
{
    struct timespec t0, t1;
    struct constat *c;
    enum { TOURS = 20000 };
    (void)state;
    fabrique_defaut(&f);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t0);
    for (int i = 0; i < TOURS; i++) {
        arene_reset(&f.a);
        assert_int_equal(appliquer(&c), 41);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
    int64_t ns = ((t1.tv_sec - t0.tv_sec) * 1000000000 + (t1.tv_nsec - t0.tv_nsec)) / TOURS;
    print_message("# %lld ns par dossier\n", (long long)ns);
    assert_true(ns < 100000);
    fabrique_free(&f);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),  cmocka_unit_test(test_conforme),      cmocka_unit_test(test_choix),
        cmocka_unit_test(test_bilan),  cmocka_unit_test(test_justification), cmocka_unit_test(test_sujet),
        cmocka_unit_test(test_arbre),  cmocka_unit_test(test_manuel),        cmocka_unit_test(test_cycle),
        cmocka_unit_test(test_a_faire),
        cmocka_unit_test(test_noms),   cmocka_unit_test(test_vitesse),
    };
    p = fabrique_parametres();
    int rc = cmocka_run_group_tests_name("règles", tests, NULL, NULL);
    parametres_free(p);
    return rc;
}
