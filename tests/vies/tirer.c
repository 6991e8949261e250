/* Acts, drawn. Most go where the order stands; the others are drawn blind, and the model knows which are refused. */
#define _GNU_SOURCE
#include "tirer.h"

const char *const genre_noms[GENRES] = {
    "commande importer", "commande rectifier", "commande annuler", "avance demander", "lot emettre (avance)", "lot emettre (solde)", "lot deposer",
    "lot annuler", "retour saisir", "retour importer", "facture enregistrer", "va enregistrer", "solde demander", "encaissement enregistrer",
    "encaissement retirer", "virement enregistrer", "virement ventiler", "reversement ordonner", "reversement enregistrer", "litige ouvrir",
    "litige conclure", "litige repondre", "virement ventiler --proposition", "retour importer (XML)", "parametres calendrier", "commande remplacer",
    "reversement retirer", "retour retirer", "virement retirer", "lot deposer --rectifier"};

/* The order that went the farthest of those whose life goes on: lives go to their end. */
static int plus_loin(const struct modele *m)
{
    int loin = 0, pas = -1;
    for (int c = 0; c < m->n; c++) {
        const struct regard r = regarder(&m->commandes[c], TOUJOURS);
        const int ici = !en_vigueur(&r) || est(&r, "close reversee") ? 0 : 1 + m->commandes[c].n_choses + 100 * (r.d[AVANCE].statut == PAYEE) + 100 * r.d[SOLDE].existe;
        if (ici > pas && m->commandes[c].n_choses < CHOSES_MAX / 2) {
            pas = ici;
            loin = c;
        }
    }
    return loin;
}

/* What an order in that state waits for. */
static enum genre suite(const struct modele *m, struct alea *h)
{
    static const struct {
        const char *etats;
        enum genre genres[4];
    } suites[] = {
        {"enregistree", {G_AVANCE, G_AVANCE, G_AVANCE, G_AVANCE}},
        {"avance_incomplete avance_a_modifier avance_rejetee", {G_AVANCE, G_RECTIFIER, G_AVANCE, G_SAISIR}},
        {"avance_demandee", {G_LOT_AVANCE, G_LOT_AVANCE, G_LOT_AVANCE, G_RECTIFIER}},
        {"avance_emise solde_emis", {G_DEPOSER, G_DEPOSER, G_DEPOSER, G_ANNULER_LOT}},
        {"avance_deposee avance_recue avance_validee solde_depose solde_recu solde_valide", {G_SAISIR, G_SAISIR, G_XML, G_IMPORTER}},
        {"avance_payee", {G_FACTURER, G_ATTESTER, G_ATTESTER, G_VIRER}},
        {"facturee", {G_ATTESTER, G_ATTESTER, G_ENCAISSER, G_VENTILER}},
        {"attestee", {G_FACTURER, G_FACTURER, G_FACTURER, G_ENCAISSER}},
        {"a_solder", {G_SOLDE, G_SOLDE, G_SOLDE, G_ENCAISSER}},
        {"solde_incomplet solde_a_modifier solde_rejete", {G_SOLDE, G_FACTURER, G_ATTESTER, G_SOLDE}},
        {"solde_demande", {G_LOT_SOLDE, G_LOT_SOLDE, G_FACTURER, G_SOLDE}},
        {"solde_paye", {G_ENCAISSER, G_VIRER, G_VENTILER, G_PROPOSITION}},
        {"close", {G_COMMANDER, G_RETIRER, G_ORDONNER, G_RETIRER}},
        {"annulee_avance_payee", {G_ORDONNER, G_ORDONNER, G_ORDONNER, G_REVERSER}},
        {"a_reverser annulee_a_reverser", {G_REVERSER, G_REVERSER, G_REVERSER, G_REVERSER}},
    };
    int c = alea_chance(h, 550) ? plus_loin(m) : sous(h, m->n);
    struct regard r = regarder(&m->commandes[c], TOUJOURS);
    if (est(&r, "annulee annulee_reversee reversee remplacee") && alea_chance(h, 800)) { /* nothing more happens to it */
        c = plus_loin(m);
        r = regarder(&m->commandes[c], TOUJOURS);
        if (!en_vigueur(&r) && m->n < COMMANDES_MAX)
            return G_COMMANDER;
    }
    const bool bloquee = prise(m, c, m->maintenant) || (est(&r, "avance_demandee") && !r.d[AVANCE].premier_depot && m->maintenant > fermeture) ||
                         (est(&r, "solde_demande") && !r.d[SOLDE].premier_depot && m->maintenant > cloture);
    cible = c;
    if (strcmp(r.etat, r.vie) == 0 && en_vigueur(&r) && !m->commandes[c].litige.du && alea_chance(h, calme ? 4 : 40))
        return G_LITIGE;
    if (strcmp(r.etat, "en_litige") == 0 && alea_chance(h, 700))
        return alea_chance(h, 500) ? G_CONCLURE : G_REPLIQUER;
    if (bloquee && alea_chance(h, 250)) /* it goes nowhere */
        return alea_chance(h, 600) ? G_ANNULER : G_REMPLACER;
    if (est(&r, "enregistree avance_demandee avance_incomplete avance_a_modifier avance_rejetee") && m->n < COMMANDES_MAX && alea_chance(h, calme ? 5 : 25))
        return G_REMPLACER;
    if (r.ordre && alea_chance(h, 130))
        return G_RETIRER_SOMME;
    if (r.d[AVANCE].statut && alea_chance(h, calme ? 25 : 50))
        return G_RETIRER_REPONSE;
    if (est(&r, "avance_deposee solde_depose avance_recue avance_a_modifier solde_a_modifier") && alea_chance(h, 80))
        return G_RECTIFIER_DEPOT;
    if (m->n_virements && alea_chance(h, calme ? 20 : 40))
        return G_RETIRER_VIREMENT;
    /* Money taken back is asked again, and counted. */
    if (r.d[AVANCE].statut == PAYEE && r.encaisse[AVANCE] + r.encaisse[SOLDE] > 0 && alea_chance(h, 120))
        return G_RETIRER;
    if (r.d[AVANCE].statut == PAYEE && r.encaisse[AVANCE] != r.d[AVANCE].paye && alea_chance(h, 150))
        return m->n_virements && alea_chance(h, 500) ? (alea_chance(h, 500) ? G_PROPOSITION : G_VENTILER) : alea_chance(h, 500) ? G_VIRER : G_ENCAISSER;
    if (r.solde >= 0 && tirer_retire(m, h) >= 0 && alea_chance(h, 150))
        return G_COMMANDER;
    if (r.d[AVANCE].statut == PAYEE && alea_chance(h, calme ? 15 : 60))
        return alea_chance(h, 400) ? G_ANNULER : G_ORDONNER;
    if (est(&r, "solde_demande") && m->maintenant > DEBUT_MSS && alea_chance(h, 400)) /* its case, or that of its VA, may be missing */
        return alea_chance(h, 500) ? G_SOLDE : G_ATTESTER;
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++)
        if (est(&r, suites[i].etats))
            return suites[i].genres[sous(h, 4)];
    cible = -1;
    return (enum genre)sous(h, GENRES);
}

void acte_tirer(struct modele *m, struct alea *h, const struct gout *g, struct acte *a)
{
    static const enum genre aveugles[] = {G_RECTIFIER, G_ANNULER, G_AVANCE, G_FACTURER, G_ATTESTER, G_SOLDE, G_ORDONNER, G_REVERSER};
    *a = (struct acte){.genre = G_COMMANDER};
    const int rang = m->rang;
    cible = -1;
    calme = g->calme;
    aveugle = m->n > 0 && alea_chance(h, calme ? 40 : 120);
    mot(a, "sons");
    if (m->n >= 1 && (m->n >= g->commandes || alea_chance(h, 700 + 100 * (uint32_t)(m->n > 1))))
        a->genre = aveugle ? aveugles[sous(h, (int)(sizeof aveugles / sizeof *aveugles))] : alea_chance(h, g->sage) ? suite(m, h) : (enum genre)sous(h, GENRES);
    if (m->n >= 1 && alea_chance(h, !m->proroge && (g->mss || m->maintenant > cloture) ? 100 : 15))
        a->genre = G_CALENDRIER;
    switch (a->genre) {
    case G_COMMANDER: tirer_commander(m, h, g, a); break;
    case G_RECTIFIER: tirer_rectifier(m, h, a); break;
    case G_ANNULER: tirer_annuler(m, h, a); break;
    case G_AVANCE: tirer_avance(m, h, a); break;
    case G_LOT_AVANCE: tirer_lot(m, h, a, AVANCE); break;
    case G_LOT_SOLDE: tirer_lot(m, h, a, SOLDE); break;
    case G_DEPOSER: tirer_du_lot(m, h, a, false); break;
    case G_ANNULER_LOT: tirer_du_lot(m, h, a, true); break;
    case G_SAISIR: tirer_saisir(m, h, a); break;
    case G_IMPORTER: tirer_importer(m, h, a); break;
    case G_FACTURER: tirer_facturer(m, h, a); break;
    case G_ATTESTER: tirer_attester(m, h, a); break;
    case G_SOLDE: tirer_solde(m, h, a); break;
    case G_ENCAISSER: tirer_encaisser(m, h, a); break;
    case G_RETIRER: tirer_retirer(m, h, a); break;
    case G_VIRER: tirer_virer(m, h, a); break;
    case G_VENTILER: tirer_ventiler(m, h, a); break;
    case G_ORDONNER: tirer_verser(m, h, a, ORDONNEE); break;
    case G_REVERSER: tirer_verser(m, h, a, REVERSEE); break;
    case G_LITIGE: tirer_litige(m, h, a); break;
    case G_CONCLURE: tirer_conclure(m, h, a); break;
    case G_REPLIQUER: tirer_repliquer(m, h, a); break;
    case G_PROPOSITION: tirer_proposition(m, h, a); break;
    case G_XML: tirer_xml(m, h, a); break;
    case G_CALENDRIER: tirer_calendrier(m, h, a); break;
    case G_REMPLACER: tirer_remplacer(m, h, a); break;
    case G_RETIRER_SOMME: tirer_retirer_somme(m, h, a); break;
    case G_RETIRER_REPONSE: tirer_retirer_reponse(m, h, a); break;
    case G_RETIRER_VIREMENT: tirer_retirer_virement(m, h, a); break;
    case G_RECTIFIER_DEPOT: tirer_rectifier_depot(m, h, a); break;
    case GENRES: break;
    }
    a->change = m->rang != rang;
}
