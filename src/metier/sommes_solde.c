/* The figures that come after the advance: the invoice, the balance, what is received, what remains, what is due back. */
#include "metier/sommes.h"

#include "metier/reversements.h"
#include "regles/bareme.h"

#define SOURCE_FACTURE "IDF : facture à 100 % ; FAQ : HT, taux, TVA et TTC figurent sur la facture"
#define SOURCE_SOLDE "IDF : avance et solde ; FAQ : périmètre du solde, solde négatif"

/* --- the invoice ------------------------------------------------------------------------------------------------------------ */

void somme_facture(struct sommes *s)
{
    const struct dossier_facture *f = &s->d->facture;
    char t[MONTANT_TEXTE_MAX];
    if (!f->existe)
        return;
    struct somme *x = somme_ouvrir(s, "facture", "montant TTC de la facture", f->ttc);
    if (!montant_present(f->ttc) || !montant_present(f->ht) || !montant_present(f->tva))
        (void)somme_dire(s, x, "en attente", MONTANT_ABSENT, "la facture %s n'a pas tous ses montants", f->numero);
    else
        (void)somme_dire(s, x, "calcul", f->ttc, "HT %s + TVA %s%s%s%s = TTC %s, lus sur la facture %s%s%s%s", dire_montant(s, f->ht), dire_montant(s, f->tva),
                         taux_present(f->taux_tva) ? " (" : "", taux_present(f->taux_tva) ? taux_fr(f->taux_tva, t) : "",
                         taux_present(f->taux_tva) ? ")" : "", dire_montant(s, f->ttc), f->numero, jour_present(f->date) ? " du " : "",
                         jour_present(f->date) ? dire_jour(s, f->date) : "", f->deux ? " (AVANCE et SOLDE en deux factures, leur total)" : "");
    for (size_t i = 0; i < s->n_vie; i++)
        if (s->vie[i].type == EV_FACTURE && s->vie[i].entree <= f->fait)
            somme_fait(s, x, s->vie[i].entree, MONTANT_ABSENT);
    if (montant_present(s->d->ttc))
        (void)somme_dire(s, x, "au plus", s->d->ttc, "%s, le TTC de la commande", dire_montant(s, s->d->ttc));
    somme_regles(x, "FAC-01", SOURCE_FACTURE);
}

/* --- the balance ------------------------------------------------------------------------------------------------------------- */

/* What the total may not exceed: the rate for the ESSMS kept, the sum of their shares. */
static void limites(struct sommes *s, struct somme *x)
{
    const struct dossier *d = s->d;
    struct montant parts = montant_of(0);
    struct plafond f;
    uint32_t gardes = 0;
    bool lues = true;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        if (e->retire) {
            char t[10];
            (void)somme_dire(s, x, "ESSMS retiré", e->ttc, "%s, de part %s%s", finess_texte(e->et, t), dire_montant(s, e->ttc),
                             e->va.atteste == TROIS_NON ? " : la VA ne l'atteste pas" : "");
            continue;
        }
        gardes++;
        lues = lues && montant_present(e->ttc) && montant_add(parts, e->ttc, &parts);
    }
    if (lues && gardes > 0)
        (void)somme_dire(s, x, "au plus", parts, "%s, la somme des parts %s%u ESSMS gardé%s", dire_montant(s, parts), gardes > 1 ? "des " : "de ",
                         (unsigned)gardes, gardes > 1 ? "s" : "");
    const uint32_t n = d->base.etat == BASE_DESIGNEE ? nombre_og(d, s->ctx->parametres, NULL) : 0;
    if (n > 0 && gardes > 0 && bareme_plafond_retenu(s->ctx->parametres, n, gardes, d->date_signature, &f)) {
        (void)somme_dire(s, x, "au plus", f.ttc, "%s, le plafond TTC de %u ESSMS (tranche %c, %s par ESSMS)", dire_montant(s, f.ttc), (unsigned)gardes,
                         f.tranche.lettre, dire_montant(s, f.tranche.taux_ttc));
        somme_parametre(s, x, f.tranche.cle_taux);
    }
}

/* Total − advance paid; the balance asked, or the one that may be. */
static void soustraire(struct sommes *s, struct somme *x, struct montant total, struct montant paye, struct montant solde, struct montant trop)
{
    const char *reste = paye.centimes != s->d->vie.avance.paye.centimes ? "reste de l'" : "";
    if (trop.centimes > 0)
        (void)somme_dire(s, x, "calcul", solde, "total %s − %savance payée %s : l'avance dépasse le total de %s ; solde nul, la différence est à reverser",
                         dire_montant(s, total), reste, dire_montant(s, paye), dire_montant(s, trop));
    else
        (void)somme_dire(s, x, "calcul", solde, "total %s − %savance payée %s = %s, sans second arrondi", dire_montant(s, total), reste, dire_montant(s, paye),
                         dire_montant(s, solde));
}

static void avance_reversements(struct sommes *s, struct somme *x, bool dire)
{
    for (size_t i = 0; dire && i < s->n_vie; i++)
        if (s->vie[i].type == EV_REVERSEMENT)
            somme_fait(s, x, s->vie[i].entree, s->vie[i].montant);
}

/* What went back of it no longer counts as paid: what the State pays in the end is the total. */
static void avance_reversee(struct sommes *s, struct somme *x, struct montant gardee)
{
    const struct montant rendu = montant_of(s->d->vie.avance.paye.centimes - gardee.centimes);
    const int64_t autre = s->d->vie.argent.reverse.centimes - rendu.centimes, trop = vie_recu_en_trop(&s->d->vie).centimes;
    if (autre > 0 && trop > 0)
        (void)somme_dire(s, x, "reversé, hors de l'avance", MONTANT_ABSENT, "%s reversés couvrent d'abord %s reçus en trop : l'avance n'en est pas diminuée",
                         dire_montant(s, montant_of(autre < trop ? autre : trop)), dire_montant(s, montant_of(trop)));
    if (autre > trop)
        (void)somme_dire(s, x, "reversé, hors de l'avance", MONTANT_ABSENT, "%s reversés sans ordre de recouvrer qui les demande, ou après le départ du solde : "
                         "l'avance n'en est pas diminuée", dire_montant(s, montant_of(autre - trop)));
    if (rendu.centimes == 0) {
        avance_reversements(s, x, autre != 0);
        return;
    }
    (void)somme_dire(s, x, "avance reversée", montant_of(-rendu.centimes), "avance payée %s − reversé %s = %s, que le solde complète",
                     dire_montant(s, s->d->vie.avance.paye), dire_montant(s, rendu), dire_montant(s, gardee));
    avance_reversements(s, x, true);
}

/* The total and the invoice that it is of: that of the request; then the one that has taken its place since. */
static void total_de_facture(struct sommes *s, struct somme *x, struct montant total)
{
    const struct dossier *d = s->d;
    const int64_t facture = d->solde.existe ? d->solde.facture : d->facture.fait;
    const bool remplacee = d->facture.existe && facture != d->facture.fait;
    if (montant_present(total))
        (void)somme_dire(s, x, "total", total, "%s, TTC de la facture %s", dire_montant(s, total), remplacee ? "d'alors" : d->facture.numero);
    if (facture != 0)
        somme_fait(s, x, facture, MONTANT_ABSENT);
    if (!remplacee)
        return;
    (void)somme_dire(s, x, "facture remplacée", d->facture.ttc, "le TTC de la facture %s, enregistrée depuis, est de %s%s", d->facture.numero,
                     dire_montant(s, d->facture.ttc), d->facture.ttc.centimes != total.centimes ? " : le solde est à redemander" : " aussi");
    somme_fait(s, x, d->facture.fait, MONTANT_ABSENT);
}

void somme_solde(struct sommes *s)
{
    const struct dossier *d = s->d;
    const struct dossier_demande *q = &d->vie.solde;
    const struct montant paye = d->vie.avance.statut == STATUT_PAYEE ? vie_avance_gardee(&d->vie) : MONTANT_ABSENT;
    const struct montant total = d->solde.existe ? d->vie.total : d->facture.ttc;
    struct montant solde = MONTANT_ABSENT, trop = MONTANT_ABSENT;
    if (!d->solde.existe && !d->facture.existe)
        return;
    const bool calcule = montant_present(total) && montant_present(paye) && solde_calculer(total, paye, &solde, &trop);
    struct somme *x = somme_ouvrir(s, "solde", q->existe ? "solde demandé" : "solde à demander", q->existe ? q->montant : solde);
    if (calcule)
        soustraire(s, x, total, paye, solde, trop);
    else
        (void)somme_dire(s, x, "en attente", MONTANT_ABSENT, "%s", montant_present(total) ? "l'avance n'est pas décidée et payée"
                                                                                          : "le TTC de la facture n'est pas connu");
    if (calcule)
        (void)somme_dire(s, x, "contrôle", MONTANT_ABSENT, "%savance payée %s + solde %s%s%s = total %s",
                         paye.centimes != d->vie.avance.paye.centimes ? "reste de l'" : "", dire_montant(s, paye), dire_montant(s, solde),
                         trop.centimes > 0 ? " − à reverser " : "", trop.centimes > 0 ? dire_montant(s, trop) : "", dire_montant(s, total));
    if (calcule && q->existe && q->montant.centimes != solde.centimes)
        (void)somme_dire(s, x, "écart", MONTANT_ABSENT, "la demande porte %s, et non %s", dire_montant(s, q->montant), dire_montant(s, solde));
    total_de_facture(s, x, total);
    if (montant_present(paye)) {
        (void)somme_dire(s, x, "avance payée", d->vie.avance.paye, "%s, décidée par l'ASP", dire_montant(s, d->vie.avance.paye));
        somme_fait(s, x, d->vie.avance.statut_fait, MONTANT_ABSENT);
        avance_reversee(s, x, paye);
    }
    const int64_t va = d->solde.existe ? d->solde.va : d->va.fait;
    if (va != 0)
        somme_fait(s, x, va, MONTANT_ABSENT);
    if (va != d->va.fait && d->va.existe) {
        (void)somme_dire(s, x, "VA remplacée", MONTANT_ABSENT, "le solde est demandé sur la précédente");
        somme_fait(s, x, d->va.fait, MONTANT_ABSENT);
    }
    limites(s, x);
    somme_vie(s, x, PAIEMENT_SOLDE);
    somme_decision(s, x, PAIEMENT_SOLDE);
    somme_regles(x, "SOL-03, SOL-04", SOURCE_SOLDE);
}

/* --- money ------------------------------------------------------------------------------------------------------------------- */

static const char *nom(enum paiement p)
{
    return p == PAIEMENT_SOLDE ? "solde" : "avance";
}

void somme_recu(struct sommes *s)
{
    const struct dossier_argent *argent = &s->d->vie.argent;
    struct montant recu = montant_of(0);
    bool vide = true;
    for (size_t i = 0; i < s->n_vie; i++)
        vide = vide && s->vie[i].type != EV_ENCAISSEMENT;
    if (vide)
        return;
    (void)montant_add(argent->encaisse[PAIEMENT_AVANCE], argent->encaisse[PAIEMENT_SOLDE], &recu);
    (void)montant_add(recu, argent->rejete, &recu);
    struct somme *x = somme_ouvrir(s, "recu", "reçu de l'ASP", recu);
    for (int p = PAIEMENT_AVANCE; p < PAIEMENT_NOMBRE; p++) {
        for (size_t i = 0; i < s->n_vie; i++)
            if (s->vie[i].type == EV_ENCAISSEMENT && s->vie[i].paiement == (enum paiement)p)
                somme_fait(s, x, s->vie[i].entree, s->vie[i].montant);
        if (argent->encaisse[p].centimes != 0)
            (void)somme_dire(s, x, nom((enum paiement)p), argent->encaisse[p], "%s reçus", dire_montant(s, argent->encaisse[p]));
    }
    if (argent->rejete.centimes != 0)
        (void)somme_dire(s, x, "demande rejetée", argent->rejete, "%s reçus d'une demande rejetée le %s, une autre l'ayant suivie", dire_montant(s, argent->rejete),
                         dire_instant(s, argent->rejete_le));
}

void somme_reste(struct sommes *s)
{
    const struct vie *v = &s->d->vie;
    struct montant reste = montant_of(0);
    if (!montant_present(vie_reste(v, PAIEMENT_AVANCE)) && !montant_present(vie_reste(v, PAIEMENT_SOLDE)))
        return;
    struct somme *x = somme_ouvrir(s, "reste", "reste à recevoir de ce que l'ASP a décidé", MONTANT_ABSENT);
    for (int p = PAIEMENT_AVANCE; p < PAIEMENT_NOMBRE; p++) {
        const struct dossier_demande *q = vie_demande(v, (enum paiement)p);
        const struct montant r = vie_reste(v, (enum paiement)p);
        if (!montant_present(r)) {
            if (q->existe)
                (void)somme_dire(s, x, nom((enum paiement)p), MONTANT_ABSENT, "%s demandés, rien n'est décidé", dire_montant(s, q->montant));
            continue;
        }
        (void)montant_add(reste, r, &reste);
        const struct montant decide = montant_present(q->paye) ? q->paye : montant_of(0); /* rejected */
        const int64_t rendu = r.centimes - decide.centimes + v->argent.encaisse[p].centimes; /* of what came in excess */
        (void)somme_dire(s, x, nom((enum paiement)p), r, "décidé %s − reçu %s%s%s%s = %s%s", dire_montant(s, decide), dire_montant(s, v->argent.encaisse[p]),
                         rendu > 0 ? " + reversé " : "", rendu > 0 ? dire_montant(s, montant_of(rendu)) : "", rendu > 0 ? ", reçus en trop" : "",
                         dire_montant(s, r), r.centimes < 0 ? " : reçu en trop" : "");
        somme_fait(s, x, q->statut_fait, MONTANT_ABSENT);
    }
    x->montant = reste;
}

static bool decomposer(struct sommes *s, struct somme *x, const struct reversement *r)
{
    struct buffer b = {0};
    if (r->constat == NULL)
        buffer_puts(&b, r->pourquoi);
    else
        prose_message(s->d, r->constat, &b);
    const bool au_dela = montant_present(r->reste) && r->reste.centimes < 0;
    if (au_dela)
        buffer_printf(&b, " : %s", dire_montant(s, montant_of(-r->reste.centimes)));
    struct somme_ligne *l = somme_dire(s, x, r->constat == NULL ? (au_dela ? "au-delà" : "dû") : regle_de(r->constat->regle)->ident,
                                       montant_present(r->du) ? r->du : au_dela ? r->reste : r->a_apprecier, "%s", b.bytes);
    if (r->constat == NULL)
        l->source = r->source;
    if (r->constat != NULL)
        l->source = regle_de(r->constat->regle)->source;
    if (instant_present(r->depuis))
        l->detail = arene_printf(s->a, "depuis le %s", dire_instant(s, r->depuis));
    for (uint16_t i = 0; r->constat != NULL && i < r->constat->n; i++)
        if (r->constat->valeurs[i].type == VALEUR_PARAMETRE)
            somme_parametre(s, x, r->constat->valeurs[i].texte);
    buffer_free(&b);
    return true;
}

static struct montant somme_a_apprecier(const struct reversement *r, size_t n)
{
    struct montant m = montant_of(0);
    for (size_t i = 0; i < n; i++)
        if (montant_present(r[i].a_apprecier))
            (void)montant_add(m, r[i].a_apprecier, &m);
    return m;
}

/* What was received, which bounds what is due: never more of it goes back; and what came beyond a decision. */
static void dire_recu(struct sommes *s, struct somme *x)
{
    const struct vie *v = &s->d->vie;
    for (int p = PAIEMENT_AVANCE; p < PAIEMENT_NOMBRE; p++) {
        const struct montant recu = v->argent.encaisse[p], decide = vie_demande(v, (enum paiement)p)->paye;
        for (size_t i = 0; i < s->n_vie; i++)
            if (s->vie[i].type == EV_ENCAISSEMENT && s->vie[i].paiement == (enum paiement)p)
                somme_fait(s, x, s->vie[i].entree, s->vie[i].montant);
        if (recu.centimes == 0)
            continue;
        (void)somme_dire(s, x, "reçu", recu, "%s reçus, %s", dire_montant(s, recu), nom((enum paiement)p));
        if (montant_present(decide) && recu.centimes > decide.centimes)
            (void)somme_dire(s, x, "en trop", montant_of(recu.centimes - decide.centimes), "reçu %s − décidé %s = %s", dire_montant(s, recu), dire_montant(s, decide),
                             dire_montant(s, montant_of(recu.centimes - decide.centimes)));
    }
    if (v->argent.rejete.centimes > 0)
        (void)somme_dire(s, x, "reçu", v->argent.rejete, "%s reçus d'une demande rejetée le %s", dire_montant(s, v->argent.rejete), dire_instant(s, v->argent.rejete_le));
}

bool somme_reversement(struct sommes *s)
{
    const struct dossier_argent *argent = &s->d->vie.argent;
    struct reversement r[REVERSEMENTS_MAX];
    struct montant du, reste;
    size_t n;
    int64_t du_regles = 0;
    bool a_apprecier = false;
    if (!reversements_de(s->ctx, s->d, s->a, r, &n))
        return false;
    if (n == 0 && argent->reverse.centimes == 0)
        return true;
    for (size_t i = 0; i < n; i++) {
        a_apprecier = a_apprecier || montant_present(r[i].a_apprecier);
        du_regles += r[i].constat != NULL && montant_present(r[i].du) ? r[i].du.centimes : 0;
    }
    reversements_sommer(r, n, &du, &reste);
    struct somme *x = somme_ouvrir(s, "reversement", a_apprecier && du.centimes == 0 ? "à apprécier par l'ASP : l'avance, si elle est à reverser" : "reste à reverser",
                                   a_apprecier && du.centimes == 0 ? somme_a_apprecier(r, n) : reste);
    for (size_t i = 0; i < n; i++)
        (void)decomposer(s, x, &r[i]);
    if (s->d->vie.avance.statut == STATUT_PAYEE) {
        (void)somme_dire(s, x, "avance payée", s->d->vie.avance.paye, "%s, décidée par l'ASP", dire_montant(s, s->d->vie.avance.paye));
        somme_fait(s, x, s->d->vie.avance.statut_fait, MONTANT_ABSENT);
    }
    if (argent->encaisse[PAIEMENT_AVANCE].centimes + argent->encaisse[PAIEMENT_SOLDE].centimes + argent->rejete.centimes > 0)
        dire_recu(s, x);
    for (size_t i = 0; i < s->n_vie; i++)
        if (s->vie[i].type == EV_ANNULATION || s->vie[i].type == EV_ORDRE || s->vie[i].type == EV_REVERSEMENT)
            somme_fait(s, x, s->vie[i].entree, s->vie[i].montant);
    if (du.centimes > 0)
        (void)somme_dire(s, x, "calcul", reste, "dû %s − reversé %s = %s", dire_montant(s, du),
                         dire_montant(s, montant_of(argent->reverse.centimes - reversements_au_dela(r, n).centimes)), dire_montant(s, reste));
    if (argent->ordre && du_regles > 0 && argent->a_reverser.centimes != du_regles)
        (void)somme_dire(s, x, "écart", argent->a_reverser, "l'ASP ordonne %s, les règles disent %s", dire_montant(s, argent->a_reverser),
                         dire_montant(s, montant_of(du_regles)));
    return true;
}
