/* Requests for the balance: which ESSMS it claims, its total, what remains once the advance is taken off. One fact an order, judged. */
#include <string.h>

#include "metier/commande_contenu.h"
#include "metier/demander.h"
#include "regles/bareme.h"
#include "regles/cycle.h"

/* The dossier as it will be: what the rules judge, and what the justifications answer. */
struct prevu {
    struct dossier d;
    struct dossier_demande avant; /* the request that there is, if any */
    uint32_t retires;
};

static bool nomme(const finess *liste, size_t n, finess et)
{
    for (size_t i = 0; i < n; i++)
        if (liste[i] == et)
            return true;
    return false;
}

static void refuser(struct demander *d, const struct dossier *dossier, const char *pourquoi, const char *a_faire)
{
    struct diag *g = d->toutes ? diag_regle(d->ctx->diags, GRAVITE_ATTENTE, SORTIE_FAIT, erreur_texte(E_ETAT),
                                            "commande %s : le solde n'est pas demandé", dossier->numero)
                               : diag_erreur(d->ctx->diags, E_ETAT, "commande %s : le solde n'est pas demandé", dossier->numero);
    diag_trouve(g, "%s", pourquoi);
    diag_a_faire(g, "%s", a_faire);
    d->refuse = d->refuse || !d->toutes;
}

/* Removed from the request before this one because its VA did not attest it: the VA of today says what becomes of it. */
static bool nie_alors(struct demander *d, int64_t va, finess et, bool *nie)
{
    sqlite3_stmt *s = registre_gardee(d->ctx->registre, "select atteste from va_essms where va = ?1 and et = ?2", d->ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, va);
    lier_n(s, 2, (int64_t)et);
    const int la = registre_suivant(d->ctx->registre, s, d->ctx->diags);
    *nie = la == 1 && sqlite3_column_int(s, 0) == TROIS_NON;
    registre_rendre(d->ctx->registre, s);
    return la >= 0;
}

/* ESSMS to name, as they are read and as an option takes them. */
struct noms {
    struct buffer b, option;
    uint32_t n;
};

static void nommer(struct noms *noms, finess et)
{
    char t[10];
    buffer_printf(&noms->b, "%s%s", noms->n > 0 ? ", " : "", finess_texte(et, t));
    buffer_printf(&noms->option, "%s%s", noms->n > 0 ? "," : "", t);
    noms->n++;
}

static void noms_free(struct noms *noms)
{
    buffer_free(&noms->b);
    buffer_free(&noms->option);
}

static void dire(struct demander *d, const struct prevu *p, const struct noms *noms, const char *un, const char *plusieurs, const char *autrement)
{
    if (noms->n == 0)
        return;
    struct diag *g = diag_regle(d->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "commande %s : %s", p->d.numero,
                                noms->n > 1 ? plusieurs : un);
    diag_trouve(g, "%s", noms->b.bytes);
    if (autrement != NULL)
        diag_a_faire(g, "à vérifier ; autrement : sons solde demander %s %s %s", p->d.numero, autrement, noms->option.bytes);
}

/* Removed: those that the VA does not attest, those that --sans names, and those that the request before this one had removed, until --avec
 * gives them back. All but those of --sans are said. False on a fault. */
static bool retirer(struct demander *d, struct prevu *p)
{
    const struct solde_demande *s = d->prevoir_ctx;
    struct noms nies = {0}, restent = {0}, reviennent = {0};
    bool lu = true;
    for (uint32_t i = 0; lu && i < p->d.n_essms; i++) {
        struct dossier_essms *e = &p->d.essms[i];
        const bool avant = e->retire && !nomme(s->avec, s->n_avec, e->et), nie = e->va.atteste == TROIS_NON, sans = nomme(s->sans, s->n_sans, e->et);
        bool alors = false;
        e->retire = nie || sans;
        if (nie && !sans)
            nommer(&nies, e->et);
        if (avant && !e->retire && (lu = nie_alors(d, p->d.solde.va, e->et, &alors))) {
            e->retire = !alors;
            nommer(alors ? &reviennent : &restent, e->et);
        }
        p->retires += e->retire;
    }
    if (lu && p->retires == p->d.n_essms) {
        refuser(d, &p->d, "aucun ESSMS ne reste au solde", "enregistrer la version suivante de la VA (sons va enregistrer), ou annuler la commande (sons commande annuler)");
    } else if (lu) {
        dire(d, p, &nies, "l'ESSMS que la VA n'atteste pas est retiré du solde", "les ESSMS que la VA n'atteste pas sont retirés du solde", NULL);
        dire(d, p, &restent, "l'ESSMS retiré de la demande précédente le reste", "les ESSMS retirés de la demande précédente le restent",
             "--avec");
        dire(d, p, &reviennent, "l'ESSMS que la VA d'alors n'attestait pas revient au solde", "les ESSMS que la VA d'alors n'attestait pas reviennent au solde",
             "--sans");
    }
    noms_free(&nies);
    noms_free(&restent);
    noms_free(&reviennent);
    return lu;
}

/* Fills the balance of the dossier; false when a figure is missing, said. */
static bool chiffrer(struct demander *d, struct prevu *p)
{
    const struct solde_demande *s = d->prevoir_ctx;
    struct montant solde, trop;
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX];
    p->d.vie.gardee = MONTANT_ABSENT; /* what the éditeur has kept by now, whatever left before */
    if (!solde_calculer(p->d.facture.ttc, vie_avance_gardee(&p->d.vie), &solde, &trop)) {
        refuser(d, &p->d, montant_present(p->d.facture.ttc) ? "le montant de l'avance payée n'est pas connu" : "le TTC de la facture n'est pas connu",
                "enregistrer de nouveau la facture avec son TTC (sons facture enregistrer)");
        return false;
    }
    p->d.solde = (struct dossier_solde){.existe = true, .trop_percu = trop,
                                        .mss_cas = s->mss_cas != 0 ? s->mss_cas : p->d.va.mss_cas, .facture = p->d.facture.fait, .va = p->d.va.fait};
    vie_ajouter(&p->d.vie, &(struct evenement){.type = EV_DEMANDE, .paiement = PAIEMENT_SOLDE, .le = p->d.vie.dernier, .numero = p->avant.numero,
                                               .montant = solde, .total = p->d.facture.ttc});
    if (trop.centimes > 0)
        diag_regle(d->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, "REV-03", "commande %s : l'avance payée, %s, dépasse le total de %s ; la différence est à reverser",
                   p->d.numero, montant_fr(vie_avance_gardee(&p->d.vie), t), montant_fr(p->d.facture.ttc, u));
    return true;
}

/* The same balance, resting on the same invoice and VA, already waits. */
static bool inchange(const struct dossier *avant, const struct prevu *p, const bool *retires)
{
    bool meme = avant->etat == ETAT_SOLDE_DEMANDE && avant->solde.facture == p->d.solde.facture && avant->solde.va == p->d.solde.va &&
                avant->solde.mss_cas == p->d.solde.mss_cas && avant->vie.total.centimes == p->d.vie.total.centimes &&
                avant->vie.solde.montant.centimes == p->d.vie.solde.montant.centimes && avant->solde.trop_percu.centimes == p->d.solde.trop_percu.centimes;
    for (uint32_t i = 0; i < p->d.n_essms; i++)
        meme = meme && retires[i] == p->d.essms[i].retire;
    return meme;
}

static void ecrire(struct demander *d, const struct prevu *p)
{
    struct slice *items = arene_alloc(&d->arene, (p->retires + 1) * sizeof *items);
    struct fait f;
    char t[10];
    size_t n = 0;
    for (uint32_t i = 0; i < p->d.n_essms; i++)
        if (p->d.essms[i].retire) {
            const char *texte = finess_texte(p->d.essms[i].et, t);
            items[n++] = (struct slice){arene_strndup(&d->arene, texte, strlen(texte)), strlen(texte)};
        }
    fait_init(&f, FAIT_SOLDE_DEMANDE);
    fait_put_n(&f, SO_COMMANDE, p->d.fait);
    fait_put_n(&f, SO_DEMANDE, demander_numero(d, &p->avant));
    fait_put_montant(&f, SO_MONTANT, p->d.vie.solde.montant);
    fait_put_montant(&f, SO_TROP_PERCU, p->d.solde.trop_percu);
    fait_put_instant(&f, SO_LE, d->ctx->le);
    fait_put_montant(&f, SO_TOTAL, p->d.vie.total);
    if (p->d.solde.mss_cas != 0)
        fait_put_n(&f, SO_MSS_CAS, p->d.solde.mss_cas);
    fait_put_liste(&f, SO_RETIRE, items, n);
    fait_put_n(&f, SO_FACTURE, p->d.solde.facture);
    fait_put_n(&f, SO_VA, p->d.solde.va);
    demander_fait(d, p->d.fait, &f);
}

/* Says why not: the facts that led there, what is possible. */
static bool etat_refuse(struct demander *d, const struct dossier *dossier)
{
    struct commande_etat e;
    if (d->toutes)
        return true;
    d->refuse = true;
    if (!commande_etat_lire(d->ctx, dossier->fait, &d->arene, &e))
        return false;
    if (commande_permet(d->ctx, &e, ACTE_DEMANDER_SOLDE)) /* possible since, not yet at --le */
        refuser(d, dossier, etat_label((enum etat_commande)dossier->etat), "donner une date (--le) qui suive ce que le solde demande : avance payée, facture et VA");
    return true;
}

static bool prevoir_solde(struct demander *d, const struct dossier *dossier)
{
    struct prevu p = {.d = *dossier, .avant = dossier->vie.solde};
    const bool attend = dossier->etat == ETAT_SOLDE_DEMANDE;
    if (dossier->etat == ETAT_EN_LITIGE || dossier->etat == ETAT_RENONCEE)
        return demander_litige(d, dossier, "le solde n'est pas demandé");
    if (d->toutes ? dossier->etat != ETAT_A_SOLDER || dossier->etat_acquis != dossier->etat
                  : dossier->etat != dossier->etat_acquis || !cycle_permet(ACTE_DEMANDER_SOLDE, (enum etat_commande)dossier->etat, NULL)) {
        d->out->deja += dossier->vie.solde.existe;
        if (d->toutes && dossier->vie.solde.statut != STATUT_AUCUN && dossier->etat == dossier->etat_acquis &&
            cycle_permet(ACTE_DEMANDER_SOLDE, (enum etat_commande)dossier->etat, NULL))
            return demander_rendue(d, dossier, &dossier->vie.solde);
        return etat_refuse(d, dossier);
    }
    bool *retires = arene_alloc(&d->arene, dossier->n_essms + 1);
    for (uint32_t i = 0; i < dossier->n_essms; i++)
        retires[i] = dossier->essms[i].retire;
    if (!retirer(d, &p))
        return false;
    if (p.retires == p.d.n_essms || !chiffrer(d, &p))
        return true;
    if (!demander_justifier(d, &p.d))
        return false;
    if (attend && inchange(dossier, &p, retires)) {
        d->out->deja++;
        return true;
    }
    d->out->demandees++;
    d->out->retires += p.retires;
    ecrire(d, &p);
    return montant_add(d->out->trop_percu, p.d.solde.trop_percu, &d->out->trop_percu) &&
           montant_add(d->out->somme, p.d.vie.solde.montant, &d->out->somme);
}

/* Each ESSMS of --sans or --avec is one of an order that is named. */
static bool connus(struct contexte *ctx, const finess *liste, size_t n_liste, const int64_t *commandes, size_t n)
{
    sqlite3_stmt *q = n_liste == 0 ? NULL : registre_stmt(ctx->registre, "select 1 from commande_essms where commande = ?1 and et = ?2", ctx->diags);
    bool ok = n_liste == 0 || q != NULL;
    for (size_t i = 0; ok && i < n_liste; i++) {
        int la = 0;
        char t[10];
        for (size_t k = 0; k < n && la == 0; k++) {
            (void)sqlite3_reset(q);
            lier_n(q, 1, commandes[k]);
            lier_n(q, 2, (int64_t)liste[i]);
            la = registre_suivant(ctx->registre, q, ctx->diags);
        }
        if (la == 0)
            diag_attendu(diag_erreur(ctx->diags, E_INCONNU, "l'ESSMS %s n'est pas de ces commandes", finess_texte(liste[i], t)),
                         "un ESSMS de la commande (sons commande voir)");
        ok = la == 1;
    }
    sqlite3_finalize(q);
    return ok;
}

bool acte_solde_demander(struct contexte *ctx, const int64_t *commandes, size_t n, bool toutes, const struct solde_demande *s,
                         const struct justification_demandee *j, size_t n_j, struct demande_rapport *out)
{
    struct demander d = {.ctx = ctx, .commandes = commandes, .n = n, .toutes = toutes, .j = j, .n_j = n_j, .out = out, .prevoir = prevoir_solde,
                         .juger = juger_tout, .prevoir_ctx = s, .paiement = PAIEMENT_SOLDE};
    *out = (struct demande_rapport){.somme = montant_of(0), .trop_percu = montant_of(0)};
    return connus(ctx, s->sans, s->n_sans, commandes, n) && connus(ctx, s->avec, s->n_avec, commandes, n) && demander(&d);
}
