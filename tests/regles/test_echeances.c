/* What remains to be done, and by when: a life told by its events, at an instant, and the terms it must have. */
#include <stdio.h>

#include "../noyau/essai.h"
#include "fabrique.h"
#include "regles/echeances.h"

static struct parametres *p;

/* EVENT[:VALUE]@DATE …: d e p r the request of the advance, its emission, its deposit, ASP's answer (its word); D E P R those of the balance;
 * f invoice, v VA, $ money of the advance, o ordre, a cancellation. An amount is in centimes; the advance is of 2 520,00. */
static struct evenement evenement_de(char *mot, int64_t fait)
{
    static const struct {
        char lettre;
        enum evenement_type type;
        enum paiement paiement;
    } lettres[] = {{'d', EV_DEMANDE, PAIEMENT_AVANCE}, {'e', EV_EMISSION, PAIEMENT_AVANCE}, {'p', EV_DEPOT, PAIEMENT_AVANCE}, {'r', EV_REPONSE, PAIEMENT_AVANCE},
                   {'D', EV_DEMANDE, PAIEMENT_SOLDE},  {'E', EV_EMISSION, PAIEMENT_SOLDE},  {'P', EV_DEPOT, PAIEMENT_SOLDE},  {'R', EV_REPONSE, PAIEMENT_SOLDE},
                   {'f', EV_FACTURE, PAIEMENT_AUCUN},  {'v', EV_VA, PAIEMENT_AUCUN},        {'$', EV_ENCAISSEMENT, PAIEMENT_AVANCE},
                   {'o', EV_ORDRE, PAIEMENT_AUCUN},    {'a', EV_ANNULATION, PAIEMENT_AUCUN}};
    struct evenement e = {.version = 1, .montant = MONTANT_ABSENT, .total = MONTANT_ABSENT, .fait = fait};
    char *date = strchr(mot, '@'), *valeur = strchr(mot, ':');
    size_t i = 0;
    if (date == NULL)
        abort();
    *date++ = '\0';
    while (lettres[i].lettre != *mot)
        if (++i == NOMBRE(lettres))
            abort();
    e.type = lettres[i].type;
    e.paiement = lettres[i].paiement;
    e.numero = e.paiement == PAIEMENT_SOLDE ? 2 : 1;
    if (e.type == EV_REPONSE)
        e.statut = statut_asp_parse(valeur + 1, strlen(valeur + 1));
    else if (valeur != NULL && valeur < date)
        e.montant = montant_of(strtoll(valeur + 1, NULL, 10));
    else if (e.type == EV_DEMANDE)
        e.montant = montant_of(e.paiement == PAIEMENT_SOLDE ? 588000 : 252000);
    if (e.type == EV_DEMANDE && e.paiement == PAIEMENT_SOLDE)
        e.total = montant_of(840000);
    bool date_seule;
    if (!instant_parse(slice_of(date), &e.le, &date_seule))
        abort();
    return e;
}

static void vivre(struct dossier *d, const char *vie)
{
    char copie[400], *suite = NULL;
    int64_t fait = 100;
    snprintf(copie, sizeof copie, "%s", vie);
    vie_init(&d->vie);
    for (char *mot = strtok_r(copie, " ", &suite); mot != NULL; mot = strtok_r(NULL, " ", &suite)) {
        const struct evenement e = evenement_de(mot, fait++);
        vie_ajouter(&d->vie, &e);
    }
    d->etat = (int)vie_etat(&d->vie);
}

/* QUOI/PAIEMENT/LIMITE/DEPUIS/CENTIMES; `-` = none. */
static void ecrire(const struct echeance *e, char *out, size_t max)
{
    char limite[INSTANT_TEXTE_MAX] = "-", depuis[INSTANT_TEXTE_MAX] = "-", montant[24] = "-";
    if (instant_present(e->limite))
        (void)instant_fr(e->limite, limite);
    if (instant_present(e->depuis))
        (void)instant_fr(e->depuis, depuis);
    if (montant_present(e->montant))
        snprintf(montant, sizeof montant, "%lld", (long long)e->montant.centimes);
    snprintf(out, max, "%d/%s/%s/%s/%s", (int)e->quoi, paiement_nom(e->paiement), limite, depuis, montant);
}

#define FERMETURE "31/12/2023 23:59:59"
#define CLOTURE "31/03/2024 23:59:59"
#define PAYEE "d@2023-01-05 e@2023-01-06 p@2023-01-07 r:decidee_et_payee@2023-01-15T10:00 $:252000@2023-01-20 "
#define SOLDEE PAYEE "f@2023-02-10 v@2023-03-01 D@2024-03-08 E@2024-03-09 P@2024-03-10 "
#define VIDE "va=oui essms1.atteste=non essms2.atteste=non essms3.atteste=non"
#define VERS_LE_REJET "d@2023-12-18 e@2023-12-19 p@2023-12-20 r:rejetee@2023-12-22 "

struct cas {
    const char *nom, *au, *champs, *vie;
    struct {
        enum echeance_quoi quoi;
        enum paiement paiement;
        const char *reste; /* /LIMITE/DEPUIS/CENTIMES */
    } attendues[ECHEANCES_MAX];
    size_t n;
};
static const struct cas les_cas[] = {
    {"rien de demandé", "2023-06-01", "", "", {{ECHEANCE_AVANCE, PAIEMENT_AVANCE, FERMETURE "/-/-"}}, 1},
    {"la fermeture passée, rien de demandé", "2024-01-02", "", "", {{ECHEANCE_AVANCE, PAIEMENT_AVANCE, FERMETURE "/-/-"}}, 1},
    {"un litige", "2023-06-01", "etat=en_litige", "", {{ECHEANCE_AVANCE_LITIGE, PAIEMENT_AVANCE, FERMETURE "/-/-"}}, 1},
    {"sous condition", "2022-08-01", "reference_le=absent complet_le=absent sous_condition=oui", "",
     {{ECHEANCE_DOSSIER_COMPLET, PAIEMENT_AUCUN, "09/11/2022 23:59:59/-/-"}, {ECHEANCE_AVANCE, PAIEMENT_AVANCE, FERMETURE "/-/-"}}, 2},
    {"émise", "2023-06-01", "", "d@2023-05-01 e@2023-05-02T10:00", {{ECHEANCE_DEPOT, PAIEMENT_AVANCE, FERMETURE "/02/05/2023 10:00:00/252000"}}, 1},
    {"déposée", "2023-06-01", "", "d@2023-05-01 e@2023-05-02 p@2023-05-03T10:00", {{ECHEANCE_REPONSE, PAIEMENT_AVANCE, "-/03/05/2023 10:00:00/252000"}}, 1},
    {"validée", "2023-06-01", "", "d@2023-05-01 e@2023-05-02 p@2023-05-03 r:validee@2023-05-04T10:00", {{ECHEANCE_REPONSE, PAIEMENT_AVANCE, "-/04/05/2023 10:00:00/252000"}}, 1},
    {"à modifier : jugée sur son premier dépôt", "2024-01-02", "", "d@2023-12-18 e@2023-12-19 p@2023-12-20 r:a_modifier@2023-12-22",
     {{ECHEANCE_REPRISE, PAIEMENT_AVANCE, "-/22/12/2023 23:59:59/252000"}}, 1},
    {"incomplète, redemandée", "2024-01-02", "", "d@2023-12-18 e@2023-12-19 p@2023-12-20 r:incomplete@2023-12-22 d@2024-01-02", {{ECHEANCE_AVANCE, PAIEMENT_AVANCE, "-/-/252000"}}, 1},
    {"avance rejetée : la fermeture", "2023-12-29", "", VERS_LE_REJET, {{ECHEANCE_AVANCE_REJETEE, PAIEMENT_AVANCE, FERMETURE "/22/12/2023 23:59:59/252000"}}, 1},
    {"… le jour même", "2023-12-31T23:59:59", "", VERS_LE_REJET, {{ECHEANCE_AVANCE_REJETEE, PAIEMENT_AVANCE, FERMETURE "/22/12/2023 23:59:59/252000"}}, 1},
    {"… passée", "2024-01-01T00:00:00", "", VERS_LE_REJET, {{ECHEANCE_AVANCE_PERDUE, PAIEMENT_AVANCE, FERMETURE "/22/12/2023 23:59:59/252000"}}, 1},
    {"… au calendrier prorogé", "2024-01-02", "calendrier=proroge", VERS_LE_REJET,
     {{ECHEANCE_AVANCE_REJETEE, PAIEMENT_AVANCE, "28/02/2024 23:59:59/22/12/2023 23:59:59/252000"}}, 1},
    {"… un litige", "2023-12-29", "etat=en_litige", VERS_LE_REJET, {{ECHEANCE_AVANCE_LITIGE, PAIEMENT_AVANCE, FERMETURE "/-/252000"}}, 1},
    {"rejetée, redemandée : son propre dépôt", "2023-12-29", "", VERS_LE_REJET "d@2023-12-28", {{ECHEANCE_AVANCE, PAIEMENT_AVANCE, FERMETURE "/-/252000"}}, 1},
    {"rejetée, annulée", "2024-01-02", "", VERS_LE_REJET "a@2023-12-28", {{0}}, 0},
    {"payée", "2023-06-01", "", PAYEE, {{ECHEANCE_VA, PAIEMENT_AUCUN, CLOTURE "/15/01/2023 10:00:00/252000"}, {ECHEANCE_FACTURE, PAIEMENT_AUCUN, CLOTURE "/15/01/2023 10:00:00/-"}}, 2},
    {"payée un centime trop court", "2023-06-01", "", "d@2023-01-05 e@2023-01-06 p@2023-01-07 r:decidee_et_payee@2023-01-15T10:00 $:251999@2023-01-20 f@2023-02-10",
     {{ECHEANCE_VA, PAIEMENT_AUCUN, CLOTURE "/15/01/2023 10:00:00/252000"}, {ECHEANCE_PAIEMENT, PAIEMENT_AVANCE, "-/15/01/2023 10:00:00/1"}}, 2},
    {"à solder", "2023-06-01", "", PAYEE "f@2023-02-10 v@2023-03-01", {{ECHEANCE_SOLDE, PAIEMENT_SOLDE, CLOTURE "/-/-"}}, 1},
    {"à solder, un litige", "2023-06-01", "etat=en_litige", PAYEE "f@2023-02-10 v@2023-03-01", {{ECHEANCE_SOLDE_LITIGE, PAIEMENT_SOLDE, CLOTURE "/-/-"}}, 1},
    {"VA qui n'atteste qu'un ESSMS", "2023-06-01", "va=oui essms1.atteste=non", PAYEE "f@2023-02-10 v@2023-03-01", {{ECHEANCE_SOLDE, PAIEMENT_SOLDE, CLOTURE "/-/-"}}, 1},
    {"… aucun : elle est à compléter", "2023-06-01", VIDE, PAYEE "f@2023-02-10 v@2023-03-01", {{ECHEANCE_VA_VIDE, PAIEMENT_AUCUN, CLOTURE "/15/01/2023 10:00:00/252000"}}, 1},
    {"… sans facture", "2023-06-01", VIDE, PAYEE "v@2023-03-01",
     {{ECHEANCE_VA_VIDE, PAIEMENT_AUCUN, CLOTURE "/15/01/2023 10:00:00/252000"}, {ECHEANCE_FACTURE, PAIEMENT_AUCUN, CLOTURE "/15/01/2023 10:00:00/-"}}, 2},
    {"… le solde étant demandé", "2023-06-01", VIDE, PAYEE "f@2023-02-10 v@2023-03-01 D@2023-03-08", {{ECHEANCE_VA_VIDE, PAIEMENT_AUCUN, CLOTURE "/15/01/2023 10:00:00/252000"}}, 1},
    {"… émis : son dépôt d'abord", "2023-06-01", VIDE, PAYEE "f@2023-02-10 v@2023-03-01 D@2023-03-08 E@2023-03-09",
     {{ECHEANCE_DEPOT, PAIEMENT_SOLDE, CLOTURE "/09/03/2023 23:59:59/588000"}}, 1},
    {"… la clôture passée", "2024-04-05", VIDE, PAYEE "f@2023-02-10 v@2023-03-01", {{ECHEANCE_VA_VIDE, PAIEMENT_AUCUN, CLOTURE "/15/01/2023 10:00:00/252000"}}, 1},
    {"solde à modifier", "2024-04-02", "", SOLDEE "R:a_modifier@2024-03-20", {{ECHEANCE_REPRISE, PAIEMENT_SOLDE, "-/20/03/2024 23:59:59/588000"}}, 1},
    {"solde rejeté : la clôture", "2024-03-29", "", SOLDEE "R:rejetee@2024-03-20", {{ECHEANCE_SOLDE_REJETE, PAIEMENT_SOLDE, CLOTURE "/20/03/2024 23:59:59/588000"}}, 1},
    {"… la dernière seconde", "2024-03-31T21:59:59Z", "", SOLDEE "R:rejetee@2024-03-20", {{ECHEANCE_SOLDE_REJETE, PAIEMENT_SOLDE, CLOTURE "/20/03/2024 23:59:59/588000"}}, 1},
    {"… passée", "2024-03-31T22:00:00Z", "", SOLDEE "R:rejetee@2024-03-20", {{ECHEANCE_SOLDE_PERDU, PAIEMENT_SOLDE, CLOTURE "/20/03/2024 23:59:59/588000"}}, 1},
    {"… prorogée, avec son heure", "2024-12-19T14:00:00", "calendrier=proroge", SOLDEE "R:rejetee@2024-03-20",
     {{ECHEANCE_SOLDE_REJETE, PAIEMENT_SOLDE, "19/12/2024 14:00:00/20/03/2024 23:59:59/588000"}}, 1},
    {"… une seconde après", "2024-12-19T14:00:01", "calendrier=proroge", SOLDEE "R:rejetee@2024-03-20",
     {{ECHEANCE_SOLDE_PERDU, PAIEMENT_SOLDE, "19/12/2024 14:00:00/20/03/2024 23:59:59/588000"}}, 1},
    {"ordre de recouvrer", "2023-06-01", "", PAYEE "o:100@2023-05-01", {{ECHEANCE_REVERSEMENT, PAIEMENT_AUCUN, "-/01/05/2023 23:59:59/100"}}, 1},
};

static void champs(struct fabrique *f, const char *mots)
{
    char copie[200], *suite = NULL;
    snprintf(copie, sizeof copie, "%s", mots);
    for (char *mot = strtok_r(copie, " ", &suite); mot != NULL; mot = strtok_r(NULL, " ", &suite)) {
        char *egal = strchr(mot, '=');
        *egal = '\0';
        assert_true(fabrique_champ(f, mot, egal + 1));
    }
}

static void test_echeances(void **state)
{
    static struct fabrique f;
    bool vues[ECHEANCE_NOMBRE] = {false};
    size_t jugees = 0;
    (void)state;
    for (size_t i = 0; i < NOMBRE(les_cas); i++) {
        const struct cas *c = &les_cas[i];
        struct echeance e[ECHEANCES_MAX];
        fabrique_defaut(&f);
        assert_true(fabrique_champ(&f, "au", c->au));
        vivre(&f.d, c->vie);
        champs(&f, c->champs);
        const size_t n = echeances_de(&f.d, p, e);
        if (n != c->n)
            fail_msg("%s : %zu échéances, %zu attendues", c->nom, n, c->n);
        for (size_t k = 0; k < n; k++) {
            char trouvee[120], attendue[120];
            ecrire(&e[k], trouvee, sizeof trouvee);
            snprintf(attendue, sizeof attendue, "%d/%s/%s", (int)c->attendues[k].quoi, paiement_nom(c->attendues[k].paiement), c->attendues[k].reste);
            if (strcmp(trouvee, attendue) != 0)
                fail_msg("%s : trouvé %s, attendu %s", c->nom, trouvee, attendue);
            vues[e[k].quoi] = true;
            jugees++;
        }
        fabrique_free(&f);
    }
    vues[ECHEANCE_DOSSIER_PASSE] = true; /* tests/metier/argent.sh */
    for (int q = 0; q < ECHEANCE_NOMBRE; q++)
        if (!vues[q])
            fail_msg("aucun cas n'a l'échéance « %s »", echeance_label((enum echeance_quoi)q));
    assert_int_equal(NOMBRE(les_cas), 33);
    assert_int_equal(jugees, 36);
}

/* Every term says what to do and what its text is; those with a term, what becomes of it. */
static void test_textes(void **state)
{
    static const enum echeance_quoi sans_limite[] = {ECHEANCE_REPONSE, ECHEANCE_REPRISE, ECHEANCE_PAIEMENT, ECHEANCE_REVERSEMENT};
    size_t sans = 0;
    (void)state;
    for (int q = 0; q < ECHEANCE_NOMBRE; q++) {
        bool libre = false;
        for (size_t i = 0; i < NOMBRE(sans_limite); i++)
            libre = libre || sans_limite[i] == (enum echeance_quoi)q;
        assert_true(*echeance_label((enum echeance_quoi)q) != '\0' && *echeance_source((enum echeance_quoi)q) != '\0');
        assert_int_equal(*echeance_sinon((enum echeance_quoi)q) == '\0', libre);
        sans += libre;
    }
    assert_int_equal(sans, NOMBRE(sans_limite));
    assert_string_equal(echeance_label(ECHEANCE_NOMBRE), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_echeances), cmocka_unit_test(test_textes)};
    p = fabrique_parametres();
    const int rc = cmocka_run_group_tests_name("échéances", tests, NULL, NULL);
    parametres_free(p);
    return rc;
}
