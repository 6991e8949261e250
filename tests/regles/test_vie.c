/* The payment life: the fold (vie.c) and the table of states (cycle.def) say the same; money, versions, answers out of order. */
#include <string.h>

#include "essai_vie.h"

/* --- lives told one by one -------------------------------------------------------------------------------------------- */

static void jouer(struct vie *v, const struct evenement *t, size_t n)
{
    vie_init(v);
    for (size_t i = 0; i < n; i++)
        vie_ajouter(v, &t[i]);
}
#define JOUER(v, ...) jouer(&(v), (const struct evenement[]){__VA_ARGS__}, sizeof((const struct evenement[]){__VA_ARGS__}) / sizeof(struct evenement))

static void versions(void **ctx)
{
    struct vie v;
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_A_MODIFIER, 1), ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 5, 290), ev(EV_EMISSION, PAIEMENT_AVANCE, 6),
          ev(EV_DEPOT, PAIEMENT_AVANCE, 7), reponse(PAIEMENT_AVANCE, 8, STATUT_REJETEE, 1));
    assert_int_equal(v.avance.version, 2);
    assert_int_equal(v.avance.premier_depot.s, 3); /* judged on the first */
    assert_int_equal(v.avance.deposee_le.s, 7);
    assert_int_equal(v.avance.statut, STATUT_AUCUN); /* an answer to version 1 does not bear on version 2 */
    assert_int_equal(vie_etat(&v), ETAT_AVANCE_DEPOSEE);
    const struct evenement payee = reponse(PAIEMENT_AVANCE, 9, STATUT_PAYEE, 2), apres = reponse(PAIEMENT_AVANCE, 10, STATUT_A_MODIFIER, 2);
    vie_ajouter(&v, &payee);
    assert_int_equal(v.avance.paye.centimes, 290);
    vie_ajouter(&v, &apres); /* paid for good */
    assert_int_equal(vie_etat(&v), ETAT_AVANCE_PAYEE);
}

static void rejetee_puis_refaite(void **ctx)
{
    struct vie v;
    struct evenement autre = ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 5, 300);
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_REJETEE, 1));
    assert_int_equal(vie_etat(&v), ETAT_AVANCE_REJETEE);
    autre.numero = 9;
    vie_ajouter(&v, &autre);
    assert_int_equal(v.avance.version, 1);
    assert_false(instant_present(v.avance.premier_depot)); /* another request: its own deposit */
}

static void lot_annule(void **ctx)
{
    struct vie v;
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_LOT_ANNULE, PAIEMENT_AVANCE, 3));
    assert_int_equal(vie_etat(&v), ETAT_AVANCE_DEMANDEE);
    assert_int_equal(v.avance.version, 1);
    const struct evenement encore = ev(EV_EMISSION, PAIEMENT_AVANCE, 4);
    vie_ajouter(&v, &encore);
    assert_int_equal(v.avance.version, 1); /* ASP never saw the first */
    assert_int_equal(v.avance.emise_le.s, 4);
}

static void argent(void **ctx)
{
    struct vie v;
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1), ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 5, 299));
    assert_int_equal(vie_reste(&v, PAIEMENT_AVANCE).centimes, 1); /* a cent short: shown */
    assert_false(montant_present(vie_reste(&v, PAIEMENT_SOLDE)));
    const struct evenement deux = ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 6, 300), repris = ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 7, -299);
    vie_ajouter(&v, &deux);
    assert_int_equal(vie_reste(&v, PAIEMENT_AVANCE).centimes, -299); /* twice: never absorbed */
    vie_ajouter(&v, &repris);
    assert_int_equal(vie_reste(&v, PAIEMENT_AVANCE).centimes, 0);
    const struct evenement enorme = ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 8, MONTANT_MAX);
    vie_ajouter(&v, &enorme);
    assert_int_equal(v.argent.encaisse[PAIEMENT_AVANCE].centimes, MONTANT_MAX);
}

static void annulee_payee(void **ctx)
{
    struct vie v;
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1), ev(EV_ANNULATION, PAIEMENT_AUCUN, 5));
    assert_int_equal(vie_etat(&v), ETAT_ANNULEE_AVANCE_PAYEE);
    assert_true(etat_en_vigueur(vie_etat(&v))); /* until the ordre de recouvrer is issued */
    const struct evenement ordre = ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 6, 300), verse = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 7, 300);
    vie_ajouter(&v, &ordre);
    assert_int_equal(vie_etat(&v), ETAT_ANNULEE_A_REVERSER);
    assert_false(etat_en_vigueur(vie_etat(&v)));
    vie_ajouter(&v, &verse);
    assert_int_equal(vie_etat(&v), ETAT_ANNULEE_REVERSEE);
}

/* An ordre of a part, repaid, leaves the order where its life had brought it; the balance completes what is kept of the advance. */
static void ordre_partiel(void **ctx)
{
    struct vie v;
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1), ev(EV_FACTURE, PAIEMENT_AUCUN, 5), ev(EV_VA, PAIEMENT_AUCUN, 6),
          ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 7, 100), ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 8, 99));
    assert_int_equal(vie_etat(&v), ETAT_A_REVERSER);
    const struct evenement centime = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 9, 1);
    vie_ajouter(&v, &centime);
    assert_int_equal(vie_etat(&v), ETAT_A_SOLDER);
    assert_true(cycle_permet(ACTE_DEMANDER_SOLDE, vie_etat(&v), NULL));
    assert_int_equal(vie_avance_gardee(&v).centimes, 200);
    const struct evenement autre = ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 10, 200), fin = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 11, 200);
    struct vie w = v;
    vie_ajouter(&w, &autre);
    assert_int_equal(vie_etat(&w), ETAT_A_REVERSER);
    vie_ajouter(&w, &fin);
    assert_int_equal(vie_etat(&w), ETAT_REVERSEE); /* nothing is left */
    assert_int_equal(vie_avance_gardee(&w).centimes, 0);
    /* Cancelled days later: the ordre of a part is not that of the cancellation, which asks for the rest. */
    const struct evenement annulee = ev(EV_ANNULATION, PAIEMENT_AUCUN, 10 * 86400), ordre = ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 11 * 86400, 200),
                           reste = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 12 * 86400, 200);
    vie_ajouter(&v, &annulee);
    assert_int_equal(vie_etat(&v), ETAT_ANNULEE_AVANCE_PAYEE);
    vie_ajouter(&v, &ordre);
    assert_int_equal(vie_etat(&v), ETAT_ANNULEE_A_REVERSER);
    vie_ajouter(&v, &reste);
    assert_int_equal(vie_etat(&v), ETAT_ANNULEE_REVERSEE);
}

/* Paid twice: what goes back is what came in excess; the advance is kept whole, and all closes. */
static void recue_deux_fois(void **ctx)
{
    struct vie v;
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1), ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 5, 300),
          ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 6, 300), ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 7, 300),
          ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 8, 300));
    assert_int_equal(vie_etat(&v), ETAT_AVANCE_PAYEE); /* as much is left as was decided */
    assert_int_equal(vie_avance_gardee(&v).centimes, 300);
    const struct evenement suite[] = {ev_solde(9, 700, 1000), ev(EV_EMISSION, PAIEMENT_SOLDE, 10), ev(EV_DEPOT, PAIEMENT_SOLDE, 11),
                                      reponse(PAIEMENT_SOLDE, 12, STATUT_PAYEE, 1), ev_montant(EV_ENCAISSEMENT, PAIEMENT_SOLDE, 13, 700)};
    for (size_t i = 0; i < sizeof suite / sizeof *suite; i++)
        vie_ajouter(&v, &suite[i]);
    assert_int_equal(vie_etat(&v), ETAT_CLOSE);
}

/* What goes back once the balance has left does not change what it asked; asked again, it completes what is kept then. */
static void rendu_apres_le_solde(void **ctx)
{
    struct vie v;
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1), ev_solde(5, 700, 1000), ev(EV_EMISSION, PAIEMENT_SOLDE, 6),
          ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 7, 10), ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 8, 10));
    assert_int_equal(vie_etat(&v), ETAT_SOLDE_EMIS);
    assert_int_equal(vie_avance_gardee(&v).centimes, 300);
    const struct evenement repris = ev(EV_LOT_ANNULE, PAIEMENT_SOLDE, 9);
    vie_ajouter(&v, &repris);
    assert_int_equal(vie_avance_gardee(&v).centimes, 290);
}

/* What no ordre asks lowers nothing; an ordre of a part, and more repaid: its part alone. */
static void rendu_sans_ordre(void **ctx)
{
    struct vie v;
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1), ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 5, 300));
    assert_int_equal(vie_etat(&v), ETAT_AVANCE_PAYEE);
    assert_int_equal(vie_avance_gardee(&v).centimes, 300);
    assert_int_equal(vie_reste(&v, PAIEMENT_AVANCE).centimes, 300); /* still to be received */
    const struct evenement partie = ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 6, 100), tout = ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 7, 200);
    vie_ajouter(&v, &partie);
    assert_int_equal(vie_etat(&v), ETAT_AVANCE_PAYEE);
    assert_int_equal(vie_avance_gardee(&v).centimes, 200);
    vie_ajouter(&v, &tout);
    assert_int_equal(vie_etat(&v), ETAT_REVERSEE);
    assert_int_equal(vie_avance_gardee(&v).centimes, 0);
}

/* Received twice, and given back: nothing remains due either way. Cancelled, all that came is to be repaid, the excess first. */
static void recue_deux_fois_et_annulee(void **ctx)
{
    struct vie v;
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1), ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 5, 600));
    assert_int_equal(vie_recu_en_trop(&v).centimes, 300);
    assert_int_equal(vie_reste(&v, PAIEMENT_AVANCE).centimes, -300);
    struct vie w = v;
    const struct evenement ordre = ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 7, 300), rend = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 8, 300),
                           annulee = ev(EV_ANNULATION, PAIEMENT_AUCUN, 6);
    vie_ajouter(&w, &ordre);
    vie_ajouter(&w, &rend);
    assert_int_equal(vie_reste(&w, PAIEMENT_AVANCE).centimes, 0);
    assert_int_equal(vie_avance_gardee(&w).centimes, 300);
    assert_int_equal(vie_rendu(&w).centimes, 0);
    vie_ajouter(&v, &annulee);
    vie_ajouter(&v, &ordre);
    vie_ajouter(&v, &rend);
    assert_int_equal(vie_etat(&v), ETAT_ANNULEE_A_REVERSER);
    vie_ajouter(&v, &rend);
    assert_int_equal(vie_etat(&v), ETAT_ANNULEE_REVERSEE);
    assert_int_equal(vie_rendu(&v).centimes, 300);
}

/* A cent short: what is to be repaid is what was received. */
static void recue_d_un_centime_de_moins(void **ctx)
{
    struct vie v;
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1));
    assert_int_equal(vie_decide_paye(&v, PAIEMENT_AVANCE).centimes, 300); /* nothing is recorded yet */
    const struct evenement suite[] = {ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 5, 299), ev(EV_ANNULATION, PAIEMENT_AUCUN, 6),
                                      ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 7, 299), ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 8, 299)};
    for (size_t i = 0; i < sizeof suite / sizeof *suite; i++)
        vie_ajouter(&v, &suite[i]);
    assert_int_equal(vie_decide_paye(&v, PAIEMENT_AVANCE).centimes, 299);
    assert_int_equal(vie_etat(&v), ETAT_ANNULEE_REVERSEE);
    const struct evenement centime = ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 9, 1);
    vie_ajouter(&v, &centime); /* it comes after all: it is to be repaid too */
    assert_int_equal(vie_etat(&v), ETAT_ANNULEE_A_REVERSER);
}

/* ASP pays more on the balance than was asked: nothing closes until it is repaid; what went back before it left is no part of that. */
static void solde_paye_de_trop(void **ctx)
{
    struct vie v;
    struct evenement paye = reponse(PAIEMENT_SOLDE, 12, STATUT_PAYEE, 1);
    (void)ctx;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1), ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 5, 300), ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 6, 50),
          ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 7, 50), ev_solde(8, 750, 1000), ev(EV_EMISSION, PAIEMENT_SOLDE, 9),
          ev(EV_DEPOT, PAIEMENT_SOLDE, 10));
    paye.montant = montant_of(760);
    const struct evenement recu = ev_montant(EV_ENCAISSEMENT, PAIEMENT_SOLDE, 13, 760), ordre = ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 14, 10),
                           rend = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 15, 10);
    vie_ajouter(&v, &paye);
    vie_ajouter(&v, &recu);
    assert_int_equal(vie_reste(&v, PAIEMENT_SOLDE).centimes, 0);
    assert_int_equal(vie_etat(&v), ETAT_SOLDE_PAYE);
    vie_ajouter(&v, &ordre);
    assert_int_equal(vie_etat(&v), ETAT_A_REVERSER);
    vie_ajouter(&v, &rend);
    assert_int_equal(vie_etat(&v), ETAT_CLOSE);
}

/* The total is below the advance: a balance of 0 closes nothing until the difference is repaid, with or without an ordre. */
static void total_sous_l_avance(void **ctx)
{
    static const struct {
        bool recu, ordre;
    } cas[] = {{false, false}, {true, false}, {false, true}, {true, true}};
    (void)ctx;
    for (size_t i = 0; i < sizeof cas / sizeof *cas; i++) {
        struct vie v;
        JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
              reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1), ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, 5, cas[i].recu ? 300 : 0),
              ev_solde(6, 0, 180));
        assert_int_equal(vie_au_dela_du_total(&v).centimes, 120); /* due as soon as it is asked */
        const struct evenement suite[] = {ev(EV_EMISSION, PAIEMENT_SOLDE, 7), ev(EV_DEPOT, PAIEMENT_SOLDE, 8), reponse(PAIEMENT_SOLDE, 9, STATUT_PAYEE, 1)};
        for (size_t k = 0; k < sizeof suite / sizeof *suite; k++)
            vie_ajouter(&v, &suite[k]);
        assert_int_equal(vie_etat(&v), ETAT_SOLDE_PAYE);
        const struct evenement ordre = ev_montant(EV_ORDRE, PAIEMENT_AUCUN, 10, cas[i].ordre ? 120 : 0),
                               part = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 11, 119), centime = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, 12, 1);
        if (cas[i].ordre)
            vie_ajouter(&v, &ordre);
        vie_ajouter(&v, &part);
        assert_int_equal(vie_etat(&v), cas[i].ordre ? ETAT_A_REVERSER : ETAT_SOLDE_PAYE);
        vie_ajouter(&v, &centime);
        assert_int_equal(vie_etat(&v), cas[i].recu ? ETAT_CLOSE : ETAT_SOLDE_PAYE); /* the advance is still awaited */
        assert_int_equal(vie_au_dela_du_total(&v).centimes, 120); /* and repaid */
        assert_int_equal(vie_rendu(&v).centimes, 120);
    }
}

/* The deposit of a balance that ASP rejected is told beside that of the one that follows. */
static void depot_du_rejete(void **ctx)
{
    struct vie v;
    struct evenement autre = ev_solde(13, 700, 1000);
    (void)ctx;
    autre.numero = 2;
    JOUER(v, ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, 1, 300), ev(EV_EMISSION, PAIEMENT_AVANCE, 2), ev(EV_DEPOT, PAIEMENT_AVANCE, 3),
          reponse(PAIEMENT_AVANCE, 4, STATUT_PAYEE, 1), ev_solde(8, 700, 1000), ev(EV_EMISSION, PAIEMENT_SOLDE, 9), ev(EV_DEPOT, PAIEMENT_SOLDE, 10),
          reponse(PAIEMENT_SOLDE, 11, STATUT_REJETEE, 1));
    assert_false(instant_present(v.solde.depot_rejete)); /* it is its own, still */
    vie_ajouter(&v, &autre);
    assert_int_equal(v.solde.depot_rejete.s, 10);
    assert_false(instant_present(v.solde.premier_depot));
    autre.le.s = 14; /* corrected before it leaves */
    vie_ajouter(&v, &autre);
    assert_int_equal(v.solde.depot_rejete.s, 10);
}

static void mots(void **ctx)
{
    (void)ctx;
    for (int s = STATUT_RECUE; s < STATUT_NOMBRE; s++) {
        const char *mot = statut_asp_nom((enum statut_asp)s), *label = statut_asp_label((enum statut_asp)s);
        assert_int_equal(statut_asp_parse(mot, strlen(mot)), s);
        assert_int_equal(statut_asp_parse(label, strlen(label)), s);
    }
    assert_int_equal(statut_asp_parse("payee", 5), STATUT_AUCUN);
    assert_int_equal(paiement_parse("solde", 5), PAIEMENT_SOLDE);
    assert_int_equal(paiement_parse("", 0), PAIEMENT_AUCUN);
    for (int t = EV_DEMANDE; t < EV_NOMBRE; t++)
        assert_true(evenement_nom((enum evenement_type)t)[0] != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_et_pli),  cmocka_unit_test(versions),      cmocka_unit_test(rejetee_puis_refaite),
        cmocka_unit_test(lot_annule),    cmocka_unit_test(argent),        cmocka_unit_test(annulee_payee),
        cmocka_unit_test(mots),          cmocka_unit_test(ordre_partiel), cmocka_unit_test(recue_deux_fois),
        cmocka_unit_test(rendu_apres_le_solde), cmocka_unit_test(rendu_sans_ordre), cmocka_unit_test(recue_deux_fois_et_annulee),
        cmocka_unit_test(recue_d_un_centime_de_moins), cmocka_unit_test(solde_paye_de_trop), cmocka_unit_test(total_sous_l_avance), cmocka_unit_test(depot_du_rejete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
