/* AVA : la demande d'avance (regles.md § 6). */
#include "regles/regles_prive.h"

/* La fermeture d'un calendrier : un instant, à la seconde, en heure légale. */
static bool fermeture_lue(const struct dossier *d, const struct parametres *p, enum calendrier cal, struct instant *out)
{
    return parametre_n(p, parametres_couloir(d->couloir)->fermeture[cal], jour_au(d), &out->s);
}

/* AVA-01. Demande déposée au plus tard à la fermeture ; le jour même convient (IDF « postérieurement »). Le dépôt à l'ASP
 * est un fait : jusqu'à lui, c'est l'instant d'émission qui est jugé, et avant l'émission celui de l'évaluation. */
void regle_ava_01(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    const struct dossier_demande *r = &d->vie.avance;
    const bool rejetee = r->statut == STATUT_REJETEE;
    struct instant fermeture, autre_fermeture, instant;
    const char *quoi = instant_juge(d, r, &instant);
    if (!couloir_ouvert(d, p, a, c))
        return;
    if (!fermeture_lue(d, p, d->calendrier, &fermeture)) {
        attendre(a, c, "calendrier");
        return;
    }
    bool tenue = instant_cmp(instant, fermeture) <= 0;
    constat_instant(c, a, quoi, instant);
    if (tenue)
        conforme(c);
    else
        non_conforme(c);
    if (!tenue || rejetee)
        constat_mot(c, a, "cas", rejetee ? "avance_rejetee" : quoi);
    if (rejetee)
        constat_instant(c, a, "rejetee_le", r->statut_le);
    if (!tenue)
        constat_mot(c, a, "calendrier", calendrier_nom(d->calendrier));
    if (!tenue || rejetee)
        constat_instant(c, a, "fermeture", fermeture);
    enum calendrier autre = autre_calendrier(d->calendrier);
    if (fermeture_lue(d, p, autre, &autre_fermeture) && tenue == (instant_cmp(instant, autre_fermeture) > 0)) {
        constat_mot(c, a, "autre", calendrier_nom(autre));
        constat_instant(c, a, "autre_fermeture", autre_fermeture);
    }
    constat_parametre(c, a, parametre_cle(parametres_couloir(d->couloir)->fermeture[d->calendrier]));
}

/* AVA-02. Avance = 30 % du TTC (paramètre), arrondie au centime supérieur à partir du demi-centime, une seule fois. Sans
 * demande, rien à comparer. */
void regle_ava_02(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    struct montant avance, solde;
    bool ttc = montant_present(d->ttc), date = jour_present(d->date_signature);
    if (!ttc)
        attendre(a, c, "montant_ttc");
    if (!date)
        attendre(a, c, "date_signature");
    if (ttc && date && !avance_calculer(p, d->ttc, d->date_signature, &avance, &solde))
        attendre(a, c, "taux_avance");
    if (c->verdict == VERDICT_EN_ATTENTE) {
        attendre_limite(d, p, a, c);
        return;
    }
    if (!d->vie.avance.existe)
        return;
    constat_montant(c, a, "avance", d->vie.avance.montant);
    if (montant_present(d->vie.avance.montant) && d->vie.avance.montant.centimes == avance.centimes) {
        conforme(c);
    } else {
        non_conforme(c);
        constat_montant(c, a, "avance_attendue", avance);
        constat_montant(c, a, "ttc", d->ttc);
    }
    constat_parametre(c, a, parametre_cle(P_AVANCE_TAUX));
}

/* AVA-03. Le bon de commande signé est joint à la demande (IDF). */
void regle_ava_03(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c)
{
    if (d->pieces[PIECE_BON_DE_COMMANDE]) {
        conforme(c);
        return;
    }
    attendre(a, c, "bon_de_commande");
    attendre_limite(d, p, a, c);
}
