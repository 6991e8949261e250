/* Every life that the table of states allows, as far as its states tell them apart; and every answer of theirs taken back. */
#include "essai_vie.h"
#include "noyau/memoire.h"
#include "regles/retrait.h"

/* --- every state reached, every act tried --------------------------------------------------------------------------- */

enum { FILE_MAX = 50000 };
static struct vie vies[FILE_MAX]; /* one of each kind (see genre), breadth first */
static bool genres[ETAT_NOMBRE * ETAT_NOMBRE << 19];
static size_t n_vies;
static bool atteint[ETAT_NOMBRE];

/* The events that an act may bring, from a life that is in some state. */
static size_t apports(enum acte_commande a, const struct vie *v, int64_t le, struct evenement *t)
{
    const bool solde = v->solde.existe;
    const enum paiement p = solde ? PAIEMENT_SOLDE : PAIEMENT_AVANCE;
    const uint32_t version = vie_demande(v, p)->version;
    size_t n = 0;
    switch (a) {
    case ACTE_DEMANDER_AVANCE: t[n++] = ev_montant(EV_DEMANDE, PAIEMENT_AVANCE, le, 300); break;
    case ACTE_DEMANDER_SOLDE:
        t[n++] = ev_solde(le, 700, 1000);
        t[n++] = ev_solde(le, 0, 200); /* the total is below the advance */
        break;
    case ACTE_EMETTRE_AVANCE: t[n++] = ev(EV_EMISSION, PAIEMENT_AVANCE, le); break;
    case ACTE_EMETTRE_SOLDE: t[n++] = ev(EV_EMISSION, PAIEMENT_SOLDE, le); break;
    case ACTE_DEPOSER: t[n++] = ev(EV_DEPOT, p, le); break;
    case ACTE_ANNULER_LOT: t[n++] = ev(EV_LOT_ANNULE, p, le); break;
    case ACTE_REPONDRE:
        if (!instant_present(vie_demande(v, p)->deposee_le))
            break; /* nothing to answer to */
        for (int s = STATUT_RECUE; s < STATUT_NOMBRE; s++)
            t[n++] = reponse(p, le, (enum statut_asp)s, version);
        t[n] = reponse(p, le, STATUT_PAYEE, version); /* more than was asked */
        t[n++].montant = montant_of(900);
        break;
    case ACTE_FACTURER: t[n++] = ev(EV_FACTURE, PAIEMENT_AUCUN, le); break;
    case ACTE_ATTESTER: t[n++] = ev(EV_VA, PAIEMENT_AUCUN, le); break;
    case ACTE_ENCAISSER:
        t[n++] = ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, le, 300);
        t[n++] = ev_montant(EV_ENCAISSEMENT, PAIEMENT_SOLDE, le, 700);
        t[n++] = ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, le, 1);
        t[n++] = ev_montant(EV_ENCAISSEMENT, PAIEMENT_AVANCE, le, 200);
        break;
    case ACTE_RECOUVRER:
        if (vie_tout_paye(v).centimes == 0)
            break; /* nothing was paid */
        t[n++] = ev_montant(EV_ORDRE, PAIEMENT_AUCUN, le, 300);
        t[n++] = ev_montant(EV_ORDRE, PAIEMENT_AUCUN, le, 100); /* of a part */
        break;
    case ACTE_REVERSER:
        if (vie_tout_paye(v).centimes == 0)
            break;
        t[n++] = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, le, 100);
        t[n++] = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, le, 300);
        t[n++] = ev_montant(EV_REVERSEMENT, PAIEMENT_AUCUN, le, 900);
        break;
    case ACTE_ANNULER: t[n++] = ev(EV_ANNULATION, PAIEMENT_AUCUN, le); break;
    case ACTE_COMPLETER:
    case ACTE_RECTIFIER:
    case ACTE_REMPLACER:
    case ACTE_NOTER:
    case ACTE_RETIRER_REPONSE: /* takes an event away: see couples */
    case ACTE_NOMBRE: break;
    }
    return n;
}

static bool passage(enum acte_commande a, enum etat_commande de, enum etat_commande vers)
{
#define PASSAGE(acte, d, v)                \
    if (a == acte && de == d && vers == v) \
        return true;
#include "regles/cycle.def"
#undef PASSAGE
    return false;
}

static unsigned vus[ACTE_NOMBRE][ETAT_NOMBRE][ETAT_NOMBRE];

/* What two lives have in common when the same acts lead them to the same states: the state, invoice and VA, and how much of what is
 * due came (nothing, a part, all or more), and went back. */
static unsigned part(int64_t venu, int64_t du)
{
    return venu == 0 ? 0 : venu < du ? 1 : venu == du ? 2 : 3;
}

static unsigned genre(const struct vie *v)
{
    struct vie dessous = *v; /* where it would stand without an ordre */
    dessous.argent.ordre = false;
    return ((unsigned)vie_etat(v) * ETAT_NOMBRE + (unsigned)vie_etat(&dessous)) << 19 | (unsigned)(v->argent.rejete.centimes > 0) << 18 | (unsigned)(v->argent.a_reverser.centimes >= vie_tout_paye(v).centimes) << 17 |
           (unsigned)(vie_rendu(v).centimes < vie_au_dela_du_total(v).centimes) << 16 | (unsigned)v->argent.ordre << 15 | (unsigned)(v->solde.statut == STATUT_PAYEE) << 14 |
           part(vie_recu_en_trop(v).centimes, v->argent.reverse.centimes) << 12 |
           part(v->argent.reverse.centimes, v->argent.a_reverser.centimes) << 9 | (unsigned)(v->argent.reverse.centimes >= vie_tout_paye(v).centimes) << 11 | (unsigned)v->facturee << 8 | (unsigned)v->attestee << 7 |
           part(v->argent.encaisse[PAIEMENT_AVANCE].centimes, 300) << 5 | part(v->argent.encaisse[PAIEMENT_SOLDE].centimes, 700) << 3 |
           (unsigned)instant_present(v->annulee_le) << 2 | part(v->argent.reverse.centimes, v->argent.a_reverser.centimes + 300);
}

static void garder(const struct vie *v)
{
    if (genres[genre(v)])
        return;
    genres[genre(v)] = true;
    assert_true(n_vies < FILE_MAX);
    vies[n_vies++] = *v;
}

static unsigned ecarts;

/* A row that the table lacks, or has for nothing: all of them are told, then the test fails. */
static void ecart(const char *quoi, enum acte_commande a, enum etat_commande de, enum etat_commande vers)
{
    print_message("# PASSAGE(%s, %s, %s) %s\n", acte_mot(a), etat_mot(de), etat_mot(vers), quoi);
    ecarts++;
}

/* From a life, every act that its state allows; what passes for the first times is walked in its turn. */
static void explorer(const struct vie *v)
{
    const enum etat_commande de = vie_etat(v);
    atteint[de] = true;
    for (int a = 0; a < ACTE_NOMBRE; a++) {
        struct evenement t[STATUT_NOMBRE + 4];
        if (!cycle_permet((enum acte_commande)a, de, NULL))
            continue;
        const size_t n = apports((enum acte_commande)a, v, (int64_t)n_vies, t);
        for (size_t i = 0; i < n; i++) {
            struct vie w = *v;
            vie_ajouter(&w, &t[i]);
            const enum etat_commande vers = vie_etat(&w);
            if (vus[a][de][vers] == 0 && !passage((enum acte_commande)a, de, vers))
                ecart("manque à cycle.def", (enum acte_commande)a, de, vers);
            vus[a][de][vers]++;
            garder(&w);
        }
    }
}

/* Those that no event of the order's own life brings: told by other orders, by disputes; and acts that bring no event. */
static bool hors_de_la_vie(enum acte_commande a, enum etat_commande e)
{
    return e == ETAT_REMPLACEE || e == ETAT_EN_LITIGE || e == ETAT_RENONCEE || a == ACTE_COMPLETER || a == ACTE_RECTIFIER ||
           a == ACTE_REMPLACER || a == ACTE_NOTER;
}

/* --- an answer taken back: every life with it, and the same without ------------------------------------------------------ */

struct couple {
    struct vie avec, sans;
    struct evenement reponse;
};
static struct couple *couples;
static size_t n_couples, cap_couples;
static uint64_t *cles; /* of those kept: open addressing */
enum { CLES = 1 << 22 };

static void couple_garder(const struct couple *k)
{
    const bool tenue = vie_demande(&k->avec, k->reponse.paiement)->statut_fait == k->reponse.fait;
    const uint64_t cle = ((uint64_t)genre(&k->avec) << 29 ^ genre(&k->sans)) << 3 | (uint64_t)(k->reponse.paiement == PAIEMENT_SOLDE) << 2 |
                         (uint64_t)(tenue && k->reponse.statut == STATUT_PAYEE) << 1 | 1;
    size_t i = (size_t)(cle * 0x9E3779B97F4A7C15u >> 42);
    while (cles[i] != 0 && cles[i] != cle)
        i = (i + 1) % CLES;
    if (cles[i] == cle)
        return;
    cles[i] = cle;
    assert_true(n_couples < CLES / 2);
    couples = memoire_grow(couples, &cap_couples, n_couples + 1, sizeof *couples);
    couples[n_couples++] = *k;
}

/* What an act may bring to a life; ASP decides of a request once (metier/reponses.c). */
static size_t apports_saisis(enum acte_commande a, const struct vie *v, int64_t le, struct evenement *t)
{
    const enum statut_asp s = vie_demande(v, v->solde.existe ? PAIEMENT_SOLDE : PAIEMENT_AVANCE)->statut;
    if (!cycle_permet(a, vie_etat(v), NULL) || (a == ACTE_REPONDRE && (s == STATUT_PAYEE || s == STATUT_REJETEE)))
        return 0;
    return apports(a, v, le, t);
}

/* Taken back from there, then what may be done there and does not rest on it. */
static void couple_explorer(struct couple k)
{
    const enum etat_commande de = vie_etat(&k.avec), vers = vie_etat(&k.sans);
    if (vus[ACTE_RETIRER_REPONSE][de][vers] == 0 && !passage(ACTE_RETIRER_REPONSE, de, vers))
        ecart("manque à cycle.def", ACTE_RETIRER_REPONSE, de, vers);
    vus[ACTE_RETIRER_REPONSE][de][vers]++;
    for (int a = 0; a < ACTE_NOMBRE; a++) {
        struct evenement t[STATUT_NOMBRE + 4];
        const size_t n = apports_saisis((enum acte_commande)a, &k.avec, 70001, t);
        for (size_t i = 0; i < n; i++) {
            struct couple suite = k;
            if (retrait_repose(&k.reponse, &t[i], &k.avec, &k.sans))
                continue;
            vie_ajouter(&suite.avec, &t[i]);
            vie_ajouter(&suite.sans, &t[i]);
            couple_garder(&suite);
        }
    }
}

static void couples_explorer(void)
{
    cles = memoire_calloc(CLES, sizeof *cles);
    for (size_t i = 0; i < n_vies; i++) {
        struct evenement t[STATUT_NOMBRE + 4];
        const size_t n = apports_saisis(ACTE_REPONDRE, &vies[i], 70000, t);
        for (size_t j = 0; j < n; j++) {
            struct couple k = {vies[i], vies[i], t[j]};
            vie_ajouter(&k.avec, &t[j]);
            couple_garder(&k);
        }
    }
    for (size_t i = 0; i < n_couples; i++)
        couple_explorer(couples[i]);
    print_message("# %zu couples de vies, avec une réponse et sans elle\n", n_couples);
    memoire_free(couples);
    memoire_free(cles);
}

void table_et_pli(void **ctx)
{
    unsigned lignes = 0, prouvees = 0;
    (void)ctx;
    struct vie neuve;
    vie_init(&neuve);
    garder(&neuve);
    assert_int_equal(vie_etat(&vies[0]), ETAT_ENREGISTREE);
    for (size_t i = 0; i < n_vies; i++)
        explorer(&vies[i]);
    couples_explorer();
#define PASSAGE(acte, d, v)                                                                                 \
    lignes++;                                                                                               \
    if (!hors_de_la_vie(acte, d)) {                                                                         \
        if (vus[acte][d][v] == 0)                                                                           \
            ecart(": aucune vie n'y passe", acte, d, v);                                                        \
        prouvees++;                                                                                         \
    }
#include "regles/cycle.def"
#undef PASSAGE
    for (int e = 0; e < ETAT_NOMBRE; e++)
        if (!hors_de_la_vie(ACTE_ANNULER, (enum etat_commande)e))
            assert_true(atteint[e]);
    print_message("# %u passages, dont %u prouvés par %zu vies\n", lignes, prouvees, n_vies);
    assert_true(prouvees > 150);
    assert_int_equal(ecarts, 0);
}
