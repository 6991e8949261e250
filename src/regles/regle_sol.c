/* SOL et REF-05 : la demande de solde (regles.md § 5 et 6). Tant qu'aucun solde n'est demandé, les règles SOL sont sans objet. */
#include "regles/regles_prive.h"

bool avance_payee(const struct dossier *d)
{
    return d->vie.avance.existe && d->vie.avance.statut == STATUT_PAYEE && montant_present(d->vie.avance.paye);
}

/* REF-05. Référencement retiré ou refusé depuis que l'avance est payée : elle l'a été à bon droit, le solde est à apprécier.
 * Avant ce jour, REF-01 a parlé. */
void regle_ref_05(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct dossier_solution *s = &d->solution;
    (void)p;
    if (!avance_payee(d))
        return;
    const bool retire = levee_depuis_l_avance(d, s->retire_le), refuse = levee_depuis_l_avance(d, s->refuse_le);
    constat_instant(c, a, "payee_le", d->vie.avance.statut_le);
    if (!retire && !refuse) {
        conforme(c);
        return;
    }
    non_conforme(c);
    constat_mot(c, a, "cas", retire ? "retire" : "refuse");
    constat_jour(c, a, retire ? "retire_le" : "refuse_le", retire ? s->retire_le : s->refuse_le);
}

/* SOL-01. Le solde vient après une avance décidée et payée (IDF). */
void regle_sol_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!d->solde.existe)
        return;
    if (avance_payee(d)) {
        conforme(c);
        constat_montant(c, a, "avance_payee", d->vie.avance.paye);
    } else if (d->vie.avance.statut == STATUT_REJETEE) {
        non_conforme(c);
        constat_mot(c, a, "cas", "avance_rejetee");
    } else {
        attendre(a, c, "avance_payee");
        attendre_cloture(d, p, a, c);
    }
}

/* SOL-02. Demande de solde déposée au plus tard à la clôture ; le jour même convient. Comme AVA-01 : le dépôt, sinon l'émission,
 * sinon l'évaluation ; une demande rendue et refaite est jugée sur son premier dépôt, une rejetée sur celui de la suivante. */
void regle_sol_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct dossier_demande *s = &d->vie.solde;
    const bool rejete = s->statut == STATUT_REJETEE;
    struct instant cloture, autre_cloture, instant;
    const char *quoi = instant_juge(d, s, &instant);
    if (!d->solde.existe || !couloir_ouvert(d, p, a, c) || !cloture_exigee(d, p, a, c, &cloture))
        return;
    const bool tenue = instant_cmp(instant, cloture) <= 0;
    constat_instant(c, a, quoi, instant);
    if (tenue)
        conforme(c);
    else
        non_conforme(c);
    if (!tenue || rejete)
        constat_mot(c, a, "cas", rejete ? "rejete" : quoi);
    if (rejete)
        constat_instant(c, a, "rejetee_le", s->statut_le);
    if (!tenue)
        constat_mot(c, a, "calendrier", calendrier_nom(d->calendrier));
    if (!tenue || rejete)
        constat_instant(c, a, "cloture", cloture);
    const enum calendrier autre = autre_calendrier(d->calendrier);
    if (cloture_lue(d, p, autre, &autre_cloture) && tenue == (instant_cmp(instant, autre_cloture) > 0)) {
        constat_mot(c, a, "autre", calendrier_nom(autre));
        constat_instant(c, a, "autre_cloture", autre_cloture);
    }
    constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->cloture[d->calendrier]));
}

/* Les ESSMS gardés et la somme de leurs parts TTC, fixées à l'enregistrement ; faux quand une part manque. */
static bool gardes(const struct dossier *d, uint32_t *n, struct montant *parts)
{
    bool bon = true;
    *n = 0;
    *parts = montant_of(0);
    for (uint32_t i = 0; i < d->n_essms; i++) {
        if (d->essms[i].retire)
            continue;
        ++*n;
        bon = bon && montant_present(d->essms[i].ttc) && montant_add(*parts, d->essms[i].ttc, parts);
    }
    return bon;
}

static void depassement(struct arene *a, struct constat *c, struct montant total, struct montant limite, const char *cas, const char *cle)
{
    if (total.centimes <= limite.centimes)
        return;
    non_conforme(c);
    constat_mot(c, a, "cas", cas);
    constat_montant(c, a, cle, limite);
}

/* SOL-03. Même périmètre que l'avance, moins les ESSMS retirés, jamais plus ; le total est au plus le taux du barème × n', la somme
 * des parts gardées, et ce que l'avance a déclaré (FAQ). N et la tranche restent ceux de la commande. */
void regle_sol_03(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct montant parts;
    struct plafond f;
    uint32_t n;
    if (!d->solde.existe)
        return;
    const bool lues = gardes(d, &n, &parts);
    if (n == 0) {
        non_conforme(c);
        constat_mot(c, a, "cas", "aucun_essms");
        return;
    }
    if (!base_lue(d, p, a, c))
        return;
    const uint32_t n_og = nombre_og(d, p, NULL);
    const bool bareme = n_og > 0 && bareme_plafond_retenu(p, n_og, n, d->date_signature, &f);
    if (!bareme || !lues || !montant_present(d->ttc) || !montant_present(d->vie.total)) {
        attendre(a, c, !lues || !montant_present(d->ttc) ? "montant_ttc" : n_og == 0 ? "n_og" : !bareme ? "bareme" : "solde_total");
        attendre_cloture(d, p, a, c);
        return;
    }
    constat_montant(c, a, "total", d->vie.total);
    constat_entier(c, a, "gardes", n);
    depassement(a, c, d->vie.total, f.ttc, "total_bareme", "plafond_ttc");
    depassement(a, c, d->vie.total, parts, "total_parts", "parts");
    depassement(a, c, d->vie.total, d->ttc, "total_avance", "ttc");
    if (c->verdict == VERDICT_NON_CONFORME)
        constat_entier(c, a, "n", d->n_essms);
    else
        conforme(c);
    constat_parametre(c, a, f.tranche.cle_taux);
    constat_parametre(c, a, parametre_cle(P_BAREME_LECTURE));
}

/* La facture enregistrée depuis la demande n'est plus du total qu'elle porte. */
static bool facture_changee(const struct dossier *d)
{
    return d->facture.existe && montant_present(d->facture.ttc) && montant_present(d->vie.total) && d->facture.ttc.centimes != d->vie.total.centimes;
}

/* SOL-04. Solde = total − avance payée, sans second arrondi ; l'avance payée au-delà du total est un trop-perçu, à reverser (FAQ).
 * Ce qui en fut reversé avant le départ du solde n'en est plus : payé et reversé font le total (inférence). Le total est celui de la facture
 * finale : remplacée depuis par une autre d'un autre montant, le solde est à redemander. */
void regle_sol_04(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct montant paye = vie_avance_gardee(&d->vie);
    const bool changee = facture_changee(d);
    struct montant solde, trop;
    if (!d->solde.existe)
        return;
    if (!avance_payee(d) || !montant_present(d->vie.total) || !solde_calculer(changee ? d->facture.ttc : d->vie.total, paye, &solde, &trop)) {
        attendre(a, c, avance_payee(d) ? "solde_total" : "avance_payee");
        attendre_cloture(d, p, a, c);
        return;
    }
    const bool juste = montant_present(d->vie.solde.montant) && d->vie.solde.montant.centimes == solde.centimes &&
                       montant_present(d->solde.trop_percu) && d->solde.trop_percu.centimes == trop.centimes;
    constat_montant(c, a, "solde", d->vie.solde.montant);
    constat_montant(c, a, "total", d->vie.total);
    constat_montant(c, a, "avance_payee", d->vie.avance.paye);
    if (paye.centimes != d->vie.avance.paye.centimes)
        constat_montant(c, a, "reverse", montant_of(d->vie.avance.paye.centimes - paye.centimes));
    if (d->solde.trop_percu.centimes != 0 || trop.centimes != 0)
        constat_montant(c, a, "trop_percu", d->solde.trop_percu);
    if (changee) {
        constat_mot(c, a, "cas", "facture_remplacee");
        constat_texte(c, a, "facture", d->facture.numero);
        constat_montant(c, a, "facture_ttc", d->facture.ttc);
    } else if (juste) {
        conforme(c);
        return;
    }
    non_conforme(c);
    constat_montant(c, a, "solde_attendu", solde);
    if (d->solde.trop_percu.centimes != trop.centimes)
        constat_montant(c, a, "trop_attendu", trop);
}

/* SOL-05. La copie de la facture et la VA signée sont jointes (IDF). */
void regle_sol_05(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!d->solde.existe)
        return;
    if (!d->facture.existe || !d->facture.piece)
        attendre(a, c, "piece_facture");
    if (!d->va.existe || !d->va.piece)
        attendre(a, c, "piece_va");
    if (c->verdict == VERDICT_EN_ATTENTE)
        attendre_cloture(d, p, a, c);
    else
        conforme(c);
}

/* SOL-06. À compter de l'instant du paramètre, une demande de solde porte le cas de « Déploiement MSS », égal à celui de la VA
 * (ASP). C'est le dépôt de cette version qui compte, non le premier : une demande rendue et refaite après l'instant le porte ; rendue ou
 * rejetée, la suivante ne peut être déposée que plus tard que l'évaluation. */
void regle_sol_06(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct dossier_demande *s = &d->vie.solde;
    const bool a_refaire = s->statut == STATUT_INCOMPLETE || s->statut == STATUT_A_MODIFIER || s->statut == STATUT_REJETEE;
    const struct instant parti = instant_present(s->deposee_le) ? s->deposee_le : s->emise_le;
    const struct instant depot = a_refaire || !instant_present(parti) ? d->au : parti;
    int64_t debut;
    if (!d->solde.existe || !parametre_n(p, P_SOLDE_MSS, jour_au(d), &debut) || depot.s < debut)
        return;
    if (d->va.mss_cas == 0) /* d'abord elle : la demande porte le cas qu'elle porte */
        attendre(a, c, "mss_va");
    if (d->solde.mss_cas == 0)
        attendre(a, c, "mss_solde");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        constat_instant(c, a, "mss_debut", (struct instant){debut});
        attendre_cloture(d, p, a, c);
        return;
    }
    constat_entier(c, a, "mss_cas", d->solde.mss_cas);
    constat_parametre(c, a, parametre_cle(P_SOLDE_MSS));
    if (d->solde.mss_cas == d->va.mss_cas) {
        conforme(c);
        return;
    }
    non_conforme(c);
    constat_entier(c, a, "mss_cas_va", d->va.mss_cas);
}
