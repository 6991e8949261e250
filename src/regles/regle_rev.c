/* REV : ce qui est à reverser d'une avance payée (regles.md § 6). Chaque constat dit combien, et ce qui l'a déjà été. */
#include "regles/regles_prive.h"

static bool va_atteste(const struct dossier *d)
{
    return d->va.existe && !va_vide(d);
}

static bool va_a_temps(const struct dossier *d, struct instant cloture)
{
    return va_atteste(d) && instant_cmp(d->va.signee_le, cloture) <= 0;
}

/* REV-03 le dit de celles qui ne sont plus en vie. */
static bool finie(const struct dossier *d, const struct parametres *p)
{
    return instant_present(d->vie.annulee_le) || d->etat == ETAT_RENONCEE || commande_caduque(d, p);
}

/* Le dû ; conforme quand il a été reversé, ce qui fut reçu en trop l'étant d'abord. */
static void reverser(const struct dossier *d, struct arene *a, struct constat *c, const char *cas, struct montant du)
{
    const struct montant rendu = vie_rendu(&d->vie);
    const bool fait = rendu.centimes >= du.centimes;
    if (fait)
        conforme(c);
    else
        non_conforme(c);
    constat_mot(c, a, "cas", fait ? "reversee" : cas);
    constat_montant(c, a, "a_reverser", du);
    if (rendu.centimes != 0)
        constat_montant(c, a, "reverse", rendu);
}

/* REV-01. À la clôture, sans VA signée à temps, la prestation n'est pas réalisée : l'avance est à reverser (IDF). */
void regle_rev_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct instant cloture, autre_cloture;
    if (!avance_payee(d) || finie(d, p) || d->vie.solde.statut == STATUT_PAYEE || !cloture_lue(d, p, d->calendrier, &cloture))
        return;
    if (va_a_temps(d, cloture)) {
        conforme(c);
        constat_instant(c, a, "signee_le", d->va.signee_le);
        return;
    }
    if (instant_cmp(d->au, cloture) <= 0)
        return;
    if (va_atteste(d) && va_sans_heure(d, cloture)) {
        attendre(a, c, "heure_va");
        constat_instant(c, a, "cloture", cloture);
        constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->cloture[d->calendrier]));
        return;
    }
    reverser(d, a, c, !d->va.existe ? "sans_va" : va_atteste(d) ? "va_tard" : "va_vide", vie_decide_paye(&d->vie, PAIEMENT_AVANCE));
    if (d->va.existe && va_atteste(d))
        constat_instant(c, a, "signee_le", d->va.signee_le);
    constat_mot(c, a, "calendrier", calendrier_nom(d->calendrier));
    constat_instant(c, a, "cloture", cloture);
    const enum calendrier autre = autre_calendrier(d->calendrier);
    if (cloture_lue(d, p, autre, &autre_cloture) && (va_a_temps(d, autre_cloture) || instant_cmp(d->au, autre_cloture) <= 0)) {
        constat_mot(c, a, "autre", calendrier_nom(autre));
        constat_instant(c, a, "autre_cloture", autre_cloture);
    }
    constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->cloture[d->calendrier]));
}

/* Le dépôt d'un solde que l'ASP a rejeté : la demande est finie, celle qui la suit a le sien (regles.md § 6). */
static struct instant depot_rejete(const struct dossier_demande *s)
{
    return s->statut == STATUT_REJETEE ? s->premier_depot : s->depot_rejete;
}

/* Jusqu'où la demande en cours est allée : son dépôt, à défaut son émission ; "" quand elle n'est pas partie. */
static const char *depart(const struct dossier_demande *s, struct instant *quand)
{
    *quand = s->statut == STATUT_REJETEE ? INSTANT_ABSENT : instant_present(s->premier_depot) ? s->premier_depot : s->emise_le;
    return !instant_present(*quand) ? "" : instant_present(s->premier_depot) ? "depose_le" : "emise_le";
}

/* Le solde est perdu ; de l'avance, l'ASP a tout réclamé, ou elle n'a pas encore dit ce qu'elle devient. */
static void apprecier(const struct dossier *d, struct arene *a, struct constat *c, const char *cas)
{
    const struct montant reste = vie_a_apprecier(&d->vie);
    if (reste.centimes > 0)
        non_conforme(c);
    else
        conforme(c);
    constat_mot(c, a, "cas", reste.centimes > 0 ? cas : "ordonnee");
    if (d->vie.argent.a_reverser.centimes > 0)
        constat_montant(c, a, "ordonne", d->vie.argent.a_reverser);
    if (reste.centimes > 0)
        constat_montant(c, a, "a_apprecier", reste);
}

/* L'autre calendrier laisse encore déposer le solde, ou l'a laissé. */
static void autre_le_laisse(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c, struct instant quand)
{
    const enum calendrier autre = autre_calendrier(d->calendrier);
    struct instant cloture;
    if (!cloture_lue(d, p, autre, &cloture) || !va_a_temps(d, cloture) || instant_cmp(instant_present(quand) ? quand : d->au, cloture) > 0)
        return;
    constat_mot(c, a, "autre", calendrier_nom(autre));
    constat_instant(c, a, "autre_cloture", cloture);
}

/* REV-02. VA signée à temps, solde déposé après la clôture ou jamais : le solde est perdu ; l'avance est « à apprécier », l'IDF ne
 * parlant que de « non-réalisation ». Une demande émise avant la clôture attend que son dépôt soit enregistré. Rejeté, un solde déposé à
 * temps n'en garde pas le droit : le suivant serait déposé hors délai. */
void regle_rev_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct dossier_demande *s = &d->vie.solde;
    const struct instant rejete = depot_rejete(s);
    struct instant cloture, quand;
    if (!avance_payee(d) || finie(d, p) || s->statut == STATUT_PAYEE || !cloture_lue(d, p, d->calendrier, &cloture) ||
        !va_a_temps(d, cloture))
        return;
    const char *quoi = depart(s, &quand);
    if (!instant_present(quand) && instant_cmp(d->au, cloture) <= 0)
        return;
    if (instant_present(quand) && instant_cmp(quand, cloture) <= 0) {
        conforme(c);
        constat_instant(c, a, quoi, quand);
        return;
    }
    apprecier(d, a, c, instant_present(quand) ? quoi : instant_present(rejete) ? "rejete" : "non_depose");
    constat_instant(c, a, "signee_le", d->va.signee_le);
    if (instant_present(quand))
        constat_instant(c, a, quoi, quand);
    if (instant_present(rejete))
        constat_instant(c, a, "depot_rejete", rejete);
    constat_montant(c, a, "avance_payee", vie_decide_paye(&d->vie, PAIEMENT_AVANCE));
    constat_mot(c, a, "calendrier", calendrier_nom(d->calendrier));
    constat_instant(c, a, "cloture", cloture);
    autre_le_laisse(d, p, a, c, quand);
    constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->cloture[d->calendrier]));
}

/* REV-03. Commande annulée, renoncée en litige (inférence) ou caduque avec une avance payée : elle est à reverser. Réduite au
 * solde en deçà de l'avance, ou payée au-delà de son total : la différence (FAQ). Jamais plus que ce qui fut reçu. */
void regle_rev_03(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!avance_payee(d))
        return;
    const struct montant paye = vie_decide_paye(&d->vie, PAIEMENT_AVANCE), trop = vie_au_dela_du_total(&d->vie);
    if (instant_present(d->vie.annulee_le)) {
        reverser(d, a, c, "annulee", paye);
        constat_instant(c, a, "annulee_le", d->vie.annulee_le);
    } else if (d->etat == ETAT_RENONCEE) {
        reverser(d, a, c, "renoncee", paye);
    } else if (commande_caduque(d, p)) {
        reverser(d, a, c, "caduque", paye);
        constat_parametre(c, a, parametre_cle(P_DELAI_DOSSIER));
    } else if (trop.centimes > 0) {
        const bool solde = d->vie.solde.statut == STATUT_PAYEE && d->vie.solde.paye.centimes > 0;
        reverser(d, a, c, solde ? "solde_trop" : "reduite", trop);
        constat_montant(c, a, "total", d->vie.total);
        constat_montant(c, a, "avance_payee", paye);
        if (solde)
            constat_montant(c, a, "solde_paye", vie_decide_paye(&d->vie, PAIEMENT_SOLDE));
    } else {
        conforme(c);
        constat_montant(c, a, "avance_payee", d->vie.avance.paye);
    }
}
