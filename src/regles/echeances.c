#include "regles/echeances.h"

#include "regles/cycle.h"
#include "regles/regles_prive.h"

static const struct {
    const char *label, *sinon, *source;
} textes[ECHEANCE_NOMBRE] = {
    [ECHEANCE_DOSSIER_COMPLET] = {"déposer à l'ANS le dossier complet de la solution", "la commande est caduque", "IDF, OCC : 120 jours calendaires"},
    [ECHEANCE_DOSSIER_PASSE] = {"enregistrer le dépôt du dossier complet s'il a été fait à temps, sinon en informer le client", "la commande est caduque", "IDF, OCC : 120 jours calendaires"},
    [ECHEANCE_AVANCE] = {"demander et déposer l'avance", "l'avance n'est plus recevable", "IDF ; ANS pour le calendrier prorogé"},
    [ECHEANCE_AVANCE_LITIGE] = {"conclure le litige, puis demander et déposer l'avance", "l'avance n'est plus recevable", "IDF ; ANS pour le calendrier prorogé ; FAQ : litiges"},
    [ECHEANCE_DEPOT] = {"déposer à l'ASP le lot émis, et l'enregistrer", "la demande n'est plus recevable", "IDF ; ANS pour le calendrier prorogé"},
    [ECHEANCE_REPONSE] = {"attendre la réponse de l'ASP, ou la relancer", "", "ASP : statuts d'une demande"},
    [ECHEANCE_REPRISE] = {"corriger et demander de nouveau : l'ASP a rendu la demande", "", "ASP : statuts ; jugée sur son premier dépôt"},
    [ECHEANCE_AVANCE_REJETEE] = {"corriger et demander de nouveau, sous un autre numéro : l'ASP a rejeté l'avance", "l'avance n'est plus recevable", "IDF ; ANS pour le calendrier prorogé ; ASP : statuts"},
    [ECHEANCE_AVANCE_PERDUE] = {"enregistrer la nouvelle demande si elle fut déposée à temps, sinon en informer le client : l'ASP a rejeté l'avance", "l'avance n'est plus recevable", "IDF ; ANS pour le calendrier prorogé ; ASP : statuts"},
    [ECHEANCE_SOLDE_REJETE] = {"corriger et demander de nouveau, sous un autre numéro : l'ASP a rejeté le solde", "le solde est perdu", "IDF ; ANS pour le calendrier prorogé ; ASP : statuts"},
    [ECHEANCE_SOLDE_PERDU] = {"enregistrer la nouvelle demande si elle fut déposée à temps, sinon voir ce que devient l'avance (sons reversements) : l'ASP a rejeté le solde", "le solde est perdu", "IDF ; ANS pour le calendrier prorogé ; ASP : statuts"},
    [ECHEANCE_VA] = {"faire signer la VA", "l'avance est à reverser", "IDF ; ANS pour le calendrier prorogé"},
    [ECHEANCE_VA_VIDE] = {"faire compléter la VA, qui n'atteste aucun ESSMS, et en enregistrer la version suivante", "l'avance est à reverser", "IDF ; ANS pour le calendrier prorogé"},
    [ECHEANCE_FACTURE] = {"facturer la prestation et enregistrer la facture", "le solde est perdu", "IDF : copie de la facture au solde"},
    [ECHEANCE_SOLDE] = {"demander et déposer le solde", "le solde est perdu", "IDF ; ANS pour le calendrier prorogé"},
    [ECHEANCE_SOLDE_LITIGE] = {"conclure le litige, puis demander et déposer le solde", "le solde est perdu", "IDF ; ANS pour le calendrier prorogé ; FAQ : litiges"},
    [ECHEANCE_PAIEMENT] = {"recevoir ce que l'ASP a décidé, ou le réclamer", "", "ASP : « décidée et payée »"},
    [ECHEANCE_REVERSEMENT] = {"reverser à l'ASP ce qui lui est dû", "", "FAQ : ordre de recouvrer"},
};

const char *echeance_label(enum echeance_quoi q)
{
    return (size_t)q < ECHEANCE_NOMBRE ? textes[q].label : "";
}

const char *echeance_sinon(enum echeance_quoi q)
{
    return (size_t)q < ECHEANCE_NOMBRE ? textes[q].sinon : "";
}

const char *echeance_source(enum echeance_quoi q)
{
    return (size_t)q < ECHEANCE_NOMBRE ? textes[q].source : "";
}

struct liste {
    const struct dossier *d;
    const struct parametres *p;
    struct echeance *items;
    size_t n;
};

static void ajouter(struct liste *l, enum echeance_quoi quoi, enum paiement paiement, struct instant limite, struct instant depuis, struct montant m)
{
    if (l->n < ECHEANCES_MAX)
        l->items[l->n++] = (struct echeance){quoi, paiement, limite, depuis, m};
}

/* L'instant de la fermeture ou de la clôture du calendrier retenu ; absent quand le couloir n'en a pas. */
static struct instant fermeture(const struct liste *l)
{
    struct instant i = INSTANT_ABSENT;
    const enum parametre_cle cle = parametres_couloir(l->d->couloir)->fermeture[l->d->calendrier];
    return parametre_n(l->p, cle, jour_au(l->d), &i.s) ? i : INSTANT_ABSENT;
}

static struct instant cloture(const struct liste *l)
{
    struct instant i;
    return cloture_lue(l->d, l->p, l->d->calendrier, &i) ? i : INSTANT_ABSENT;
}

/* Commande antérieure au référencement : le dernier jour du dossier complet, tant qu'il n'est pas déposé (§ 5). Vrai quand il est passé :
 * rien ne se demande plus, à moins d'un dépôt que le registre ne connaît pas encore. */
static bool dossier_complet(struct liste *l)
{
    struct delai_lu delai;
    if (!jour_present(l->d->date_signature) || !l->d->solution.connue || !delai_lire(l->d, l->p, l->d->date_signature, &delai) ||
        (delai.etat != DELAI_COURT && delai.etat != DELAI_PASSE))
        return false;
    const bool passe = delai.etat == DELAI_PASSE;
    ajouter(l, passe ? ECHEANCE_DOSSIER_PASSE : ECHEANCE_DOSSIER_COMPLET, PAIEMENT_AUCUN, instant_fin_du_jour(delai.dernier_jour), INSTANT_ABSENT,
            MONTANT_ABSENT);
    return passe;
}

/* Une demande à faire : un litige ouvert se conclut d'abord. */
static void a_demander(struct liste *l, enum paiement paiement, struct instant limite, struct montant m)
{
    const bool litige = l->d->etat == ETAT_EN_LITIGE;
    const enum echeance_quoi quoi = paiement == PAIEMENT_SOLDE ? (litige ? ECHEANCE_SOLDE_LITIGE : ECHEANCE_SOLDE)
                                                               : (litige ? ECHEANCE_AVANCE_LITIGE : ECHEANCE_AVANCE);
    ajouter(l, quoi, paiement, limite, INSTANT_ABSENT, m);
}

/* Rejetée : elle est finie, la suivante a son propre dépôt. La limite passée, elle ne se demande plus ; ce qui reste est dit. */
static void rejetee(struct liste *l, enum paiement paiement, struct instant limite)
{
    const struct dossier_demande *r = vie_demande(&l->d->vie, paiement);
    const bool solde = paiement == PAIEMENT_SOLDE;
    if (instant_present(limite) && instant_cmp(limite, l->d->au) < 0)
        ajouter(l, solde ? ECHEANCE_SOLDE_PERDU : ECHEANCE_AVANCE_PERDUE, paiement, limite, r->statut_le, r->montant);
    else if (l->d->etat == ETAT_EN_LITIGE)
        a_demander(l, paiement, limite, r->montant);
    else
        ajouter(l, solde ? ECHEANCE_SOLDE_REJETE : ECHEANCE_AVANCE_REJETEE, paiement, limite, r->statut_le, r->montant);
}

/* Ce qu'une demande attend, une fois faite : son lot déposé, la réponse, la reprise. Jugée sur son premier dépôt (§ 6) : une reprise n'a
 * plus de limite. */
static void demande(struct liste *l, enum paiement paiement, struct instant limite)
{
    const struct dossier_demande *r = vie_demande(&l->d->vie, paiement);
    if (r->statut == STATUT_REJETEE) {
        rejetee(l, paiement, limite);
        return;
    }
    if (instant_present(r->premier_depot))
        limite = INSTANT_ABSENT;
    if (r->statut == STATUT_INCOMPLETE || r->statut == STATUT_A_MODIFIER)
        ajouter(l, ECHEANCE_REPRISE, paiement, INSTANT_ABSENT, r->statut_le, r->montant);
    else if (instant_present(r->deposee_le) && r->statut != STATUT_PAYEE)
        ajouter(l, ECHEANCE_REPONSE, paiement, INSTANT_ABSENT, r->statut == STATUT_AUCUN ? r->deposee_le : r->statut_le, r->montant);
    else if (r->emise && !instant_present(r->deposee_le))
        ajouter(l, ECHEANCE_DEPOT, paiement, limite, r->emise_le, r->montant);
    else if (!r->emise)
        a_demander(l, paiement, limite, r->montant);
}

/* Décidée par l'ASP, pas reçue en entier. */
static void recu(struct liste *l, enum paiement paiement)
{
    const struct montant reste = vie_reste(&l->d->vie, paiement);
    if (montant_present(reste) && reste.centimes > 0)
        ajouter(l, ECHEANCE_PAIEMENT, paiement, INSTANT_ABSENT, vie_demande(&l->d->vie, paiement)->statut_le, reste);
}

static void solde(struct liste *l)
{
    const struct dossier *d = l->d;
    const struct instant limite = cloture(l);
    const bool vide = va_vide(d);
    if (d->vie.solde.existe && (d->vie.solde.emise || !vide)) {
        demande(l, PAIEMENT_SOLDE, limite);
        return;
    }
    if (!d->vie.attestee || vide)
        ajouter(l, vide ? ECHEANCE_VA_VIDE : ECHEANCE_VA, PAIEMENT_AUCUN, limite, d->vie.avance.statut_le, d->vie.avance.paye);
    if (!d->vie.facturee)
        ajouter(l, ECHEANCE_FACTURE, PAIEMENT_AUCUN, limite, d->vie.avance.statut_le, MONTANT_ABSENT);
    if (d->vie.attestee && !vide && d->vie.facturee)
        a_demander(l, PAIEMENT_SOLDE, limite, MONTANT_ABSENT);
}

/* Dû depuis l'ordre, l'annulation, ou la décision qui a fait qu'il y en a trop. */
static struct instant du_depuis(const struct vie *v)
{
    const struct instant depuis[] = {v->argent.ordre_le, v->annulee_le, v->argent.rejete_le, v->solde.statut_le, v->avance.statut_le};
    for (size_t i = 0; i < sizeof depuis / sizeof *depuis; i++)
        if (instant_present(depuis[i]))
            return depuis[i];
    return INSTANT_ABSENT;
}

static void reversement(struct liste *l, bool finie)
{
    const struct montant reste = vie_a_rendre(&l->d->vie, finie);
    if (reste.centimes > 0)
        ajouter(l, ECHEANCE_REVERSEMENT, PAIEMENT_AUCUN, INSTANT_ABSENT, du_depuis(&l->d->vie), reste);
}

size_t echeances_de(const struct dossier *d, const struct parametres *p, struct echeance out[ECHEANCES_MAX])
{
    struct liste l = {d, p, out, 0};
    const bool finie = instant_present(d->vie.annulee_le) || !etat_en_vigueur((enum etat_commande)d->etat) || commande_caduque(d, p);
    const enum etat_commande vie = vie_etat(&d->vie);
    if (!finie && vie != ETAT_A_REVERSER && vie != ETAT_REVERSEE) {
        const bool passe = dossier_complet(&l), demandable = !passe || d->vie.avance.emise;
        if (demandable && !d->vie.avance.existe)
            a_demander(&l, PAIEMENT_AVANCE, fermeture(&l), MONTANT_ABSENT);
        else if (demandable && d->vie.avance.statut != STATUT_PAYEE)
            demande(&l, PAIEMENT_AVANCE, fermeture(&l));
        else if (demandable)
            solde(&l);
    }
    recu(&l, PAIEMENT_AVANCE);
    recu(&l, PAIEMENT_SOLDE);
    reversement(&l, finie);
    return l.n;
}
