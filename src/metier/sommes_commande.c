/* The figures that the order fixes: its amount, the shares of its ESSMS, the advance. */
#include "metier/sommes.h"

#include "regles/bareme.h"

#define SOURCE_TTC "FAQ : l'ASP vérifie d'abord le HT ; HT, taux, TVA et TTC figurent sur la commande"
#define SOURCE_PARTS "FAQ : ESSMS retirés au solde ; inférence : le reste de la division, un centime à chacun des premiers numéros FINESS"
#define SOURCE_AVANCE "IDF : avance et solde"

/* --- the order ------------------------------------------------------------------------------------------------------------- */

/* Read on the document, or computed from what was. */
static const char *lus(const struct dossier *d)
{
    return d->ht_calcule && d->tva_calculee ? "HT et TVA calculés, non lus ; TTC lu sur le document"
           : d->tva_calculee && d->ttc_calcule ? "HT lu sur le document ; TVA et TTC calculés, non lus"
           : d->tva_calculee                   ? "HT et TTC lus sur le document ; TVA calculée, non lue"
           : d->ttc_calcule                    ? "HT et TVA lus sur le document ; TTC calculé, non lu"
           : d->ht_calcule                     ? "TVA et TTC lus sur le document ; HT calculé, non lu"
                                               : "lus sur le document";
}

static void plafond(struct sommes *s, struct somme *x)
{
    const struct dossier *d = s->d;
    const struct parametres *p = s->ctx->parametres;
    const uint32_t n = d->base.etat == BASE_DESIGNEE ? nombre_og(d, p, NULL) : 0;
    struct plafond f;
    int64_t lecture;
    if (n == 0)
        (void)somme_dire(s, x, "plafond", MONTANT_ABSENT, "en attente : %s", d->base.etat != BASE_DESIGNEE ? "la base FINESS de référence manque (règle FIN-01)"
                                                                                                         : "l'OG n'a aucun ESSMS du couloir dans la base (règle FIN-01)");
    if (n == 0 || d->n_essms == 0 || !bareme_plafond_retenu(p, n, d->n_essms, d->date_signature, &f) ||
        !parametre_n(p, P_BAREME_LECTURE, d->date_signature, &lecture))
        return;
    struct somme_ligne *l;
    if (lecture == LECTURE_FORFAITAIRE)
        l = somme_dire(s, x, "plafond", f.ttc, "%s × %u ESSMS = %s TTC, soit %s HT au plus : tranche %c, l'OG a %u ESSMS dans la base du %s",
                         dire_montant(s, f.tranche.taux_ttc), (unsigned)d->n_essms, dire_montant(s, f.ttc), dire_montant(s, f.ht_haut), f.tranche.lettre,
                         (unsigned)n, dire_jour(s, d->base.date));
    else
        l = somme_dire(s, x, "plafond", f.ttc, "%s TTC, soit %s HT au plus : %u des %u ESSMS de l'OG, tranche après tranche (base du %s)",
                         dire_montant(s, f.ttc), dire_montant(s, f.ht_haut), (unsigned)d->n_essms, (unsigned)n, dire_jour(s, d->base.date));
    l->entree = s->base;
    somme_parametre(s, x, f.tranche.cle_taux);
    somme_parametre(s, x, parametre_cle(P_BAREME_LECTURE));
    somme_parametre(s, x, parametre_cle(P_BAREME_PERIMETRE));
}

void somme_commande(struct sommes *s)
{
    const struct dossier *d = s->d;
    char t[MONTANT_TEXTE_MAX];
    struct somme *x = somme_ouvrir(s, "commande", "montant TTC de la commande", d->ttc);
    if (!montant_present(d->ttc))
        (void)somme_dire(s, x, "en attente", MONTANT_ABSENT, "le montant TTC n'est pas connu (sons commande completer)");
    else if (montant_present(d->ht) && montant_present(d->tva))
        (void)somme_dire(s, x, "calcul", d->ttc, "HT %s + TVA %s%s%s%s = TTC %s : %s", dire_montant(s, d->ht), dire_montant(s, d->tva),
                         taux_present(d->taux_tva) ? " (" : "", taux_present(d->taux_tva) ? taux_fr(d->taux_tva, t) : "",
                         taux_present(d->taux_tva) ? ")" : "", dire_montant(s, d->ttc), lus(d));
    else
        (void)somme_dire(s, x, "calcul", d->ttc, "TTC %s, lu sur le document", dire_montant(s, d->ttc));
    somme_fait(s, x, d->fait, MONTANT_ABSENT);
    if (s->contenu != d->fait)
        somme_fait(s, x, s->contenu, MONTANT_ABSENT);
    plafond(s, x);
    somme_regles(x, "BAR-01, BAR-02, BAR-04", SOURCE_TTC);
}

/* --- the shares ------------------------------------------------------------------------------------------------------------ */

static void diviser(struct sommes *s, struct somme *x)
{
    const struct dossier *d = s->d;
    struct montant part;
    if (s->proportion) {
        (void)somme_dire(s, x, "calcul", MONTANT_ABSENT,
                         "%s en %u parts, en proportion du HT que le document donne à chaque ESSMS, arrondies au centime inférieur ; les centimes qui "
                         "restent vont un à un aux premiers numéros FINESS", dire_montant(s, d->ttc), (unsigned)d->n_essms);
        return;
    }
    if (!montant_fraction_plancher(d->ttc, 1, d->n_essms, &part))
        return;
    const int64_t reste = d->ttc.centimes - part.centimes * (int64_t)d->n_essms;
    if (reste == 0)
        (void)somme_dire(s, x, "calcul", part, "%s ÷ %u ESSMS = %s chacun", dire_montant(s, d->ttc), (unsigned)d->n_essms, dire_montant(s, part));
    else
        (void)somme_dire(s, x, "calcul", part, "%s ÷ %u ESSMS = %s chacun ; il reste %s : un centime de plus %s", dire_montant(s, d->ttc),
                         (unsigned)d->n_essms, dire_montant(s, part), dire_montant(s, montant_of(reste)),
                         reste > 1 ? arene_printf(s->a, "aux %lld premiers numéros FINESS", (long long)reste) : "au premier numéro FINESS");
}

void somme_parts(struct sommes *s)
{
    const struct dossier *d = s->d;
    struct montant somme = montant_of(0);
    bool toutes = d->n_essms > 0 && montant_present(d->ttc);
    for (uint32_t i = 0; i < d->n_essms; i++)
        toutes = toutes && montant_present(d->essms[i].ttc) && montant_add(somme, d->essms[i].ttc, &somme);
    struct somme *x = somme_ouvrir(s, "parts", "parts TTC des ESSMS", toutes ? somme : MONTANT_ABSENT);
    if (!toutes) {
        (void)somme_dire(s, x, "en attente", MONTANT_ABSENT, "le montant TTC n'est pas connu : rien n'est réparti");
        return;
    }
    diviser(s, x);
    for (uint32_t i = 0; i < d->n_essms; i++) {
        char t[10];
        const struct dossier_essms *e = &d->essms[i];
        (void)somme_dire(s, x, arene_printf(s->a, "%s", finess_texte(e->et, t)), e->ttc, "%s TTC, %s HT%s", dire_montant(s, e->ttc), dire_montant(s, e->ht),
                         e->libere ? ", retiré du solde décidé" : e->retire ? ", retiré du solde demandé"
                         : e->va.atteste == TROIS_NON                        ? ", que la VA n'atteste pas"
                                                                            : "");
    }
    somme_fait(s, x, s->contenu, MONTANT_ABSENT); /* fixed when the order was recorded, or its amounts corrected */
    somme_regles(x, "SOL-03", SOURCE_PARTS);
}

/* --- the advance ------------------------------------------------------------------------------------------------------------ */

/* « 43,515 € »: the product before its rounding, exactly; `dix_milliemes` of centimes. */
static const char *produit_exact(struct sommes *s, int64_t produit)
{
    char t[MONTANT_TEXTE_MAX];
    int64_t fraction = produit % 1000000;
    int chiffres = 6;
    for (; chiffres > 2 && fraction % 10 == 0; chiffres--)
        fraction /= 10;
    return arene_printf(s->a, "%s,%0*lld €", entier_fr(produit / 1000000, t), chiffres, (long long)fraction);
}

static void calculer(struct sommes *s, struct somme *x, struct montant avance)
{
    const struct dossier *d = s->d;
    char t[MONTANT_TEXTE_MAX];
    int64_t taux;
    if (!parametre_n(s->ctx->parametres, P_AVANCE_TAUX, d->date_signature, &taux))
        return;
    const int64_t produit = d->ttc.centimes * taux; /* ≤ MONTANT_MAX × 10 000 */
    const char *part = arene_printf(s->a, "%s", taux_fr((struct taux){(int32_t)taux}, t));
    if (produit % 10000 == 0)
        (void)somme_dire(s, x, "calcul", avance, "%s de %s, TTC de la commande = %s, sans arrondi", part, dire_montant(s, d->ttc), dire_montant(s, avance));
    else
        (void)somme_dire(s, x, "calcul", avance, "%s de %s, TTC de la commande = %s, arrondi une seule fois au centime le plus proche, le demi-centime "
                         "vers le haut : %s", part, dire_montant(s, d->ttc), produit_exact(s, produit), dire_montant(s, avance));
    somme_parametre(s, x, parametre_cle(P_AVANCE_TAUX));
}

/* What ASP decided: its answer names an amount, or is taken to pay what was asked. */
void somme_decision(struct sommes *s, struct somme *x, enum paiement p)
{
    const struct dossier_demande *q = vie_demande(&s->d->vie, p);
    if (q->statut != STATUT_PAYEE)
        return;
    if (q->paye.centimes == q->montant.centimes)
        (void)somme_dire(s, x, "décidé", q->paye, "%s par l'ASP, ce qui était demandé", dire_montant(s, q->paye));
    else
        (void)somme_dire(s, x, "décidé", q->paye, "%s par l'ASP, et non les %s demandés : ce que dit sa réponse", dire_montant(s, q->paye),
                         dire_montant(s, q->montant));
}

/* Requests, lots, deposits and answers of a payment, in the order of their dates. */
void somme_vie(struct sommes *s, struct somme *x, enum paiement p)
{
    for (size_t i = 0; i < s->n_vie; i++) {
        const struct evenement_lu *e = &s->vie[i];
        if (e->paiement == p && (e->type == EV_DEMANDE || e->type == EV_EMISSION || e->type == EV_LOT_ANNULE || e->type == EV_DEPOT || e->type == EV_REPONSE))
            somme_fait(s, x, e->entree, e->type == EV_DEMANDE || e->type == EV_REPONSE ? e->montant : MONTANT_ABSENT);
    }
}

void somme_avance(struct sommes *s)
{
    const struct dossier *d = s->d;
    const struct dossier_demande *q = &d->vie.avance;
    struct montant avance = MONTANT_ABSENT, solde;
    const bool calculee = jour_present(d->date_signature) && avance_calculer(s->ctx->parametres, d->ttc, d->date_signature, &avance, &solde);
    struct somme *x = somme_ouvrir(s, "avance", q->existe ? "avance demandée" : "avance à demander", q->existe ? q->montant : avance);
    if (calculee)
        calculer(s, x, avance);
    else
        (void)somme_dire(s, x, "en attente", MONTANT_ABSENT, "%s n'est pas connu%s", montant_present(d->ttc) ? "la date de signature" : "le montant TTC",
                         montant_present(d->ttc) ? "e" : "");
    if (calculee && q->existe && q->montant.centimes != avance.centimes)
        (void)somme_dire(s, x, "écart", MONTANT_ABSENT, "la demande porte %s, et non %s : la commande a été corrigée depuis", dire_montant(s, q->montant),
                         dire_montant(s, avance));
    somme_vie(s, x, PAIEMENT_AVANCE);
    somme_decision(s, x, PAIEMENT_AVANCE);
    somme_regles(x, "AVA-02", SOURCE_AVANCE);
}
