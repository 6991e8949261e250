/* FAC : la facture à 100 % émise à l'OG (regles.md § 6). Sans facture enregistrée, sans objet : SOL-05 la demande. */
#include "regles/regles_prive.h"

static void facture_manques(const struct dossier *d, struct arene *a, struct constat *c)
{
    const struct dossier_facture *f = &d->facture;
    if (f->client == FINESS_ABSENT)
        attendre(a, c, "client");
    if (d->ej == FINESS_ABSENT)
        attendre(a, c, "finess_ej");
    if (!montant_present(f->ht))
        attendre(a, c, "facture_ht");
    if (!taux_present(f->taux_tva))
        attendre(a, c, "facture_taux");
    if (!montant_present(f->tva))
        attendre(a, c, "facture_tva");
    if (!montant_present(f->ttc))
        attendre(a, c, "facture_ttc");
    if (taux_present(f->taux_tva) && f->taux_tva.dix_milliemes == 0 && f->motif_tva == MOTIF_ABSENT)
        attendre(a, c, "facture_motif_tva");
    if (f->mention_segur == TROIS_ABSENT)
        attendre(a, c, "facture_mention");
    if (!montant_present(d->ht))
        attendre(a, c, "montant_ht");
    if (!montant_present(d->ttc))
        attendre(a, c, "montant_ttc");
}

static bool depasse(struct montant m, struct montant limite)
{
    return montant_present(m) && montant_present(limite) && m.centimes > limite.centimes;
}

/* Ni TVA = HT × taux, à un centime près par ESSMS, ni HT + TVA = TTC. */
static bool tva_fausse(const struct dossier *d)
{
    const struct dossier_facture *f = &d->facture;
    struct montant attendue;
    if (!montant_present(f->ht) || !montant_present(f->tva) || !tva_calculer(f->ht, f->taux_tva, &attendue))
        return false;
    const int64_t ecart = f->tva.centimes - attendue.centimes;
    return ecart > d->n_essms || -ecart > d->n_essms;
}

static bool somme_fausse(const struct dossier_facture *f)
{
    struct montant somme;
    return montant_present(f->ht) && montant_present(f->tva) && montant_present(f->ttc) &&
           (!montant_add(f->ht, f->tva, &somme) || somme.centimes != f->ttc.centimes);
}

/* Un ESSMS retiré, ou que la VA refuse d'attester : la facture est moindre que la commande à bon droit. */
static bool perimetre_reduit(const struct dossier *d)
{
    for (uint32_t i = 0; i < d->n_essms; i++)
        if (d->essms[i].retire || d->essms[i].va.atteste == TROIS_NON)
            return true;
    return false;
}

/* La facture d'un seul des deux versements n'est pas celle de 100 % : le même montant que l'avance, ou que ce qui reste d'elle. Celle
 * de tout le montant de la commande ne l'est jamais : à un centime, un versement est le tout. */
static bool partielle(const struct dossier *d, const struct parametres *p)
{
    struct montant avance, solde;
    if (perimetre_reduit(d) || !montant_present(d->facture.ttc) || d->facture.ttc.centimes <= 0 || d->facture.ttc.centimes == d->ttc.centimes ||
        !avance_calculer(p, d->ttc, d->date_signature, &avance, &solde))
        return false;
    return d->facture.ttc.centimes == avance.centimes || d->facture.ttc.centimes == solde.centimes;
}

static void faute(struct arene *a, struct constat *c, bool vraie, const char *cas)
{
    if (!vraie)
        return;
    non_conforme(c);
    constat_mot(c, a, "cas", cas);
}

/* FAC-01. Facture à l'OG de la commande, de 100 % (une, ou deux avec leur total), d'un montant positif qui ne dépasse pas celui
 * de la commande ; le taux est l'un de ceux de la signature (inférence : ceux de la
 * commande), HT, TVA et TTC concordent ; elle porte la phrase de l'État (FAQ). */
void regle_fac_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct dossier_facture *f = &d->facture;
    if (!f->existe)
        return;
    const bool autre = f->client != FINESS_ABSENT && d->ej != FINESS_ABSENT && f->client != d->ej;
    faute(a, c, autre, "autre_client");
    faute(a, c, (montant_present(f->ht) && f->ht.centimes <= 0) || (montant_present(f->ttc) && f->ttc.centimes <= 0), "nul");
    faute(a, c, depasse(f->ht, d->ht) || depasse(f->ttc, d->ttc), "facture_depasse");
    bool nul = false;
    const bool inconnu = taux_present(f->taux_tva) && jour_present(d->date_signature) && tva_en_vigueur(d, p) && !tva_connue(d, p, f->taux_tva, &nul);
    faute(a, c, inconnu, "taux");
    faute(a, c, somme_fausse(f), "somme");
    faute(a, c, !inconnu && tva_fausse(d), "tva");
    faute(a, c, partielle(d, p), "partielle");
    faute(a, c, f->mention_segur == TROIS_NON, "sans_mention");
    if (c->verdict == VERDICT_NON_CONFORME) {
        constat_finess(c, a, "client", f->client);
        if (autre)
            constat_finess(c, a, "ej", d->ej);
        constat_montant(c, a, "facture_ht", f->ht);
        if (inconnu)
            constat_taux(c, a, "facture_taux", f->taux_tva);
        constat_montant(c, a, "facture_tva", f->tva);
        constat_montant(c, a, "facture_ttc", f->ttc);
        constat_montant(c, a, "ht", d->ht);
        constat_montant(c, a, "ttc", d->ttc);
        if (inconnu)
            tva_parametres(a, c);
        return;
    }
    facture_manques(d, a, c);
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_cloture(d, p, a, c);
        return;
    }
    conforme(c);
    constat_montant(c, a, "facture_ttc", f->ttc);
}

/* FAC-02. Le nom porté sur la facture s'accorde avec le signataire de la VA (FAQ). Il est comparé quand le second des deux est
 * enregistré, sans tenir compte de l'ordre, de la civilité ni du nom d'usage ; seul le résultat est gardé. */
void regle_fac_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (!d->facture.existe || !d->va.existe)
        return;
    const enum trois accorde = d->va.fait > d->facture.fait ? d->va.nom_accorde : d->facture.nom_accorde;
    if (accorde == TROIS_ABSENT) {
        attendre(a, c, d->va.signataire_present ? "facture_nom" : "signataire_va");
        attendre_cloture(d, p, a, c);
        return;
    }
    constat_texte(c, a, "facture", d->facture.numero);
    if (accorde == TROIS_OUI)
        conforme(c);
    else
        non_conforme(c);
}
