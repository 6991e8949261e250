/* What the money of an order says: what came, what was decided, what is due back, what is repaid (vie.h). */
#include "regles/vie.h"

static int64_t decide(const struct dossier_demande *d)
{
    return montant_present(d->paye) ? d->paye.centimes : 0;
}

static int64_t moindre(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t positif(int64_t n)
{
    return n > 0 ? n : 0;
}

/* Reçu au-delà de ce que l'ASP a décidé ; tant qu'elle n'a rien dit, c'est un paiement qui attend sa réponse. */
static int64_t en_trop(const struct vie *v, enum paiement t)
{
    const struct dossier_demande *d = vie_demande(v, t);
    const bool jugee = montant_present(d->paye) || d->statut == STATUT_REJETEE || instant_present(v->annulee_le);
    return jugee ? positif(v->argent.encaisse[t].centimes - decide(d)) : 0;
}

static int64_t tout_en_trop(const struct vie *v)
{
    return v->argent.rejete.centimes + en_trop(v, PAIEMENT_AVANCE) + en_trop(v, PAIEMENT_SOLDE);
}

struct montant vie_recu_en_trop(const struct vie *v)
{
    return montant_of(tout_en_trop(v));
}

struct montant vie_paye(const struct vie *v, enum paiement t)
{
    return v->argent.encaisse[t].centimes > 0 ? v->argent.encaisse[t] : montant_of(decide(vie_demande(v, t)));
}

struct montant vie_decide_paye(const struct vie *v, enum paiement t)
{
    return montant_of(moindre(decide(vie_demande(v, t)), vie_paye(v, t).centimes));
}

struct montant vie_rendu(const struct vie *v)
{
    return montant_of(positif(v->argent.reverse.centimes - tout_en_trop(v)));
}

struct montant vie_avance_gardee(const struct vie *v)
{
    if (montant_present(v->gardee) || !montant_present(v->avance.paye))
        return v->gardee;
    const int64_t ordonne = moindre(v->argent.reverse.centimes, v->argent.a_reverser.centimes);
    return montant_of(positif(v->avance.paye.centimes - positif(ordonne - tout_en_trop(v))));
}

/* Reversé, hors de ce qui l'a été de l'avance. */
static int64_t hors_avance(const struct vie *v)
{
    const int64_t de_l_avance = montant_present(v->avance.paye) ? v->avance.paye.centimes - vie_avance_gardee(v).centimes : 0;
    return positif(v->argent.reverse.centimes - de_l_avance);
}

struct montant vie_reste(const struct vie *v, enum paiement t)
{
    const struct dossier_demande *d = vie_demande(v, t);
    if (!montant_present(d->paye) && d->statut != STATUT_REJETEE) /* rejetée : rien n'est dû, ce qui est venu est de trop */
        return MONTANT_ABSENT;
    const int64_t avant = v->argent.rejete.centimes + (t == PAIEMENT_AVANCE ? 0 : en_trop(v, PAIEMENT_AVANCE)), rendu = positif(hors_avance(v) - avant);
    return montant_of(decide(d) - v->argent.encaisse[t].centimes + moindre(rendu, en_trop(v, t)));
}

struct montant vie_recu_sans_demande(const struct vie *v)
{
    int64_t somme = 0;
    for (int t = PAIEMENT_AVANCE; t < PAIEMENT_NOMBRE; t++) {
        const struct dossier_demande *d = vie_demande(v, (enum paiement)t);
        if (d->statut == STATUT_AUCUN && !instant_present(d->premier_depot) && !instant_present(v->annulee_le))
            somme += positif(v->argent.encaisse[t].centimes);
    }
    return montant_of(somme);
}

struct montant vie_tout_paye(const struct vie *v)
{
    return montant_of(v->argent.rejete.centimes + vie_paye(v, PAIEMENT_AVANCE).centimes + vie_paye(v, PAIEMENT_SOLDE).centimes);
}

struct montant vie_au_dela_du_total(const struct vie *v)
{
    const int64_t avance = vie_decide_paye(v, PAIEMENT_AVANCE).centimes;
    int64_t solde = 0;
    if (!montant_present(v->total))
        return montant_of(0);
    if (v->solde.statut == STATUT_PAYEE) {
        solde = vie_decide_paye(v, PAIEMENT_SOLDE).centimes;
        if (vie_avance_gardee(v).centimes + solde <= v->total.centimes)
            return montant_of(0);
    }
    return montant_of(positif(avance + solde - v->total.centimes));
}

/* Ce qui est venu en trop est rendu : au-delà de ce que l'ASP a décidé d'abord, puis au-delà du total (REV-03). */
bool vie_trop_rendu(const struct vie *v)
{
    return tout_en_trop(v) <= hors_avance(v) && vie_rendu(v).centimes >= vie_au_dela_du_total(v).centimes;
}

struct montant vie_a_apprecier(const struct vie *v)
{
    const int64_t trop = vie_au_dela_du_total(v).centimes, ordonne = positif(v->argent.a_reverser.centimes - tout_en_trop(v));
    return montant_of(positif(vie_decide_paye(v, PAIEMENT_AVANCE).centimes - (trop > ordonne ? trop : ordonne)));
}

struct montant vie_a_rendre(const struct vie *v, bool finie)
{
    const int64_t trop = tout_en_trop(v) + vie_au_dela_du_total(v).centimes, du = finie ? vie_tout_paye(v).centimes : trop;
    return montant_of(positif((du > v->argent.a_reverser.centimes ? du : v->argent.a_reverser.centimes) - v->argent.reverse.centimes));
}
