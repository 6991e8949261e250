#include "metier/preparer_interne.h"

#include <string.h>

#include "metier/commande_fait.h"
#include "metier/juger.h"
#include "metier/transaction.h"
#include "registre/dossier_charger.h"
#include "regles/parametres.h"

struct passe {
    struct contexte *ctx;
    struct feuille *f;
    struct commandes_lues lues;
    struct preparation *out;
    struct acte acte;
    struct chargeur *chargeur;
    struct finess_lecteur *lecteur;
    int64_t premier;
    struct arene arene;          /* one order */
};

void preparation_free(struct preparation *p)
{
    memoire_free(p->items);
    arene_free(&p->arene);
    *p = (struct preparation){0};
}

static struct slice garder(struct arene *a, struct slice s)
{
    return (struct slice){arene_strndup(a, s.bytes == NULL ? "" : s.bytes, s.len), s.len};
}

/* --- before any lock -------------------------------------------------------------------------------------------------- */

/* Signed orders are imported, not prepared. */
static bool non_signees(struct passe *p)
{
    bool ok = true;
    char t[JOUR_TEXTE_MAX];
    for (size_t i = 0; i < p->lues.n; i++) {
        struct commande_lue *o = &p->lues.items[i];
        if (jour_present(o->date_signature)) {
            const struct lieu ici = feuille_lieu(p->f, o->source[C_DATE_SIGNATURE] - 1, C_DATE_SIGNATURE);
            struct diag *d = diag_erreur(p->ctx->diags, E_ETAT, "la commande %.*s est déjà signée", (int)o->numero.len, o->numero.bytes);
            diag_trouve(d, "%s", jour_fr(o->date_signature, t));
            diag_a_faire(d, "l'enregistrer : sons commande importer ; pour la contrôler d'abord : sons controler --fichier");
            diag_lieu(d, &ici);
            ok = false;
        }
        o->date_signature = p->out->signature;
        o->piece = false;
    }
    return ok;
}

/* --- what the order will say ------------------------------------------------------------------------------------------ */

/* HT as given, else the safe amount; the VAT and the total that follow, where the sheet does not give them. */
static void montants(const struct passe *p, const struct commande_lue *lue, struct dossier *d, struct prepare *o)
{
    const enum couloir c = d->couloir;
    o->base = d->base.etat == BASE_DESIGNEE ? d->base.date : JOUR_ABSENT;
    o->plafonne = c != COULOIR_INCONNU && d->base.etat == BASE_DESIGNEE && d->base.n[c] > 0 &&
                  bareme_plafond(p->ctx->parametres, d->base.n[c], d->n_essms, d->date_signature, &o->plafond);
    o->montants_donnes = montant_present(lue->ht);
    o->taux_donne = taux_present(lue->taux);
    o->ht = o->montants_donnes ? lue->ht : o->plafonne ? o->plafond.ht_bas : MONTANT_ABSENT;
    o->taux = o->taux_donne ? lue->taux : (struct taux){2000};
    o->tva = lue->tva;
    o->ttc = lue->ttc;
    o->motif_tva = lue->motif == MOTIF_ABSENT ? NULL : motif_tva_nom(lue->motif);
    if (!montant_present(o->ht))
        return;
    if (!montant_present(o->tva) && !tva_calculer(o->ht, o->taux, &o->tva))
        o->tva = MONTANT_ABSENT;
    if (!montant_present(o->ttc) && (!montant_present(o->tva) || !montant_add(o->ht, o->tva, &o->ttc)))
        o->ttc = MONTANT_ABSENT;
    d->ht = o->ht;
    d->tva = o->tva;
    d->ttc = o->ttc;
    d->taux_tva = o->taux;
    d->ht_calcule = d->tva_calculee = d->ttc_calcule = false; /* the document carries them */
}

/* Shares: in proportion to the HT given per ESSMS, else equal (regles.md § 2). */
static void parts(struct passe *p, const struct commande_lue *lue, struct dossier *d, struct prepare *o)
{
    struct montant *poids = NULL, *ht = arene_alloc(&p->arene, o->n_essms * sizeof *ht), *ttc = arene_alloc(&p->arene, o->n_essms * sizeof *ttc);
    if (montant_present(lue->essms[0].ht_lu) && montant_present(o->ht) && o->ht.centimes > 0) {
        poids = arene_alloc(&p->arene, o->n_essms * sizeof *poids);
        for (uint32_t i = 0; i < o->n_essms; i++)
            poids[i] = lue->essms[i].ht_lu;
    }
    const bool ok_ht = montant_present(o->ht) && montant_repartir(o->ht, poids, o->n_essms, ht);
    const bool ok_ttc = montant_present(o->ttc) && montant_repartir(o->ttc, poids, o->n_essms, ttc);
    for (uint32_t i = 0; i < o->n_essms; i++) {
        d->essms[i].ht = o->essms[i].ht = ok_ht ? ht[i] : MONTANT_ABSENT;
        d->essms[i].ttc = o->essms[i].ttc = ok_ttc ? ttc[i] : MONTANT_ABSENT;
    }
}

/* The document will carry the State's sentence, and the condition when there is one: they are not waited for. */
static void mentions(const struct passe *p, struct dossier *d, struct prepare *o)
{
    int64_t delai;
    const struct jour reference = d->solution.reference_le;
    o->sous_condition = d->sous_condition == TROIS_OUI || !jour_present(reference) || jour_cmp(d->date_signature, reference) < 0;
    o->dernier_jour = parametre_n(p->ctx->parametres, P_DELAI_DOSSIER, d->date_signature, &delai) ? jour_plus(d->date_signature, (int32_t)delai)
                                                                                                 : JOUR_ABSENT;
    if (d->sous_condition == TROIS_ABSENT)
        d->sous_condition = o->sous_condition ? TROIS_OUI : TROIS_NON;
    if (d->mention_segur == TROIS_ABSENT)
        d->mention_segur = TROIS_OUI;
}

static void identite(struct passe *p, const struct commande_lue *lue, const struct dossier *d, struct prepare *o)
{
    struct arene *a = &p->out->arene;
    o->numero = garder(a, lue->numero);
    o->solution = garder(a, d->solution.connue ? slice_of(d->solution.nom) : lue->solution);
    o->numero_ans = d->solution.connue ? garder(a, slice_of(d->solution.numero_ans)).bytes : NULL;
    o->version = garder(a, lue->version);
    o->fournisseur = d->fournisseur.siren;
    o->fournisseur_nom = garder(a, slice_of(d->fournisseur.nom));
    o->ej = d->ej;
    o->couloir = d->couloir;
    o->n_essms = lue->n_essms;
    o->essms = arene_alloc(a, o->n_essms * sizeof *o->essms);
    for (uint32_t i = 0; i < o->n_essms; i++)
        o->essms[i] = (struct prepare_essms){.et = lue->essms[i].et, .ligne = (uint32_t)lue->essms[i].ligne, .nom = garder(a, lue->essms[i].libelle),
                                             .commune = garder(a, lue->essms[i].commune), .ht = MONTANT_ABSENT, .ttc = MONTANT_ABSENT};
    memcpy(o->source, lue->source, sizeof lue->source);
}

/* --- what the rules say ----------------------------------------------------------------------------------------------- */

/* What only the signature can give: waiting for it is no fault of an order that is not signed. */
static bool attend_signature(const struct constat *c)
{
    static const char *const regles[] = {"COM-08", "COM-10", "COM-13", "AVA-03"}; /* who signs and how, the date it bears, the paper */
    for (size_t i = 0; i < sizeof regles / sizeof *regles; i++)
        if (strcmp(regle_de(c->regle)->ident, regles[i]) == 0)
            return c->verdict == VERDICT_EN_ATTENTE;
    return false;
}

struct lieux {
    struct passe *p;
    const struct commande_lue *o;
};

static struct lieu lieu_du_constat(void *ctx, const struct constat *c)
{
    const struct lieux *l = ctx;
    return commande_lieu(l->p->f, l->o, c);
}

static void compter(struct preparation *out, struct prepare *o, const struct bilan *b)
{
    size_t *compte = b->anomalies > 0 ? &out->anomalies : b->discordances > 0 ? &out->discordances : b->attentes > 0 ? &out->attentes : &out->conformes;
    o->verdict = b->anomalies > 0 ? "anomalie" : b->discordances > 0 ? "discordance" : b->attentes > 0 ? "en attente" : "conforme";
    (*compte)++;
}

static void juger_une(struct passe *p, const struct commande_lue *lue, const struct dossier *d, struct prepare *o)
{
    struct jugement j;
    struct buffer attend = {0};
    size_t n = 0;
    juger(p->ctx, d, &p->arene, &j);
    for (size_t i = 0; i < j.n; i++)
        if (attend_signature(&j.constats[i]))
            buffer_printf(&attend, "%s%s", attend.len > 0 ? ", " : "", regle_de(j.constats[i].regle)->ident);
        else
            j.constats[n++] = j.constats[i];
    j.n = n;
    j.bilan = regles_bilan(d, j.constats, j.n);
    o->attend = garder(&p->out->arene, (struct slice){attend.bytes, attend.len}).bytes;
    buffer_free(&attend);
    compter(p->out, o, &j.bilan);
    struct lieux l = {p, lue};
    p->ctx->brouillon = true;
    jugement_dire(p->ctx, d, &j, false, p->ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, lieu_du_constat, &l);
}

static bool preparer_une(struct passe *p, size_t rang)
{
    const struct commande_lue *lue = &p->lues.items[rang];
    struct prepare *o = &p->out->items[rang];
    struct dossier d;
    int64_t base = 0;
    arene_reset(&p->arene);
    if (chargeur_un(p->chargeur, p->premier + (int64_t)rang, &p->arene, &d, p->ctx->diags) != 1)
        return false;
    identite(p, lue, &d, o);
    montants(p, lue, &d, o);
    parts(p, lue, &d, o);
    mentions(p, &d, o);
    if (d.base.etat == BASE_DESIGNEE)
        base = chargeur_base_de(p->chargeur, &d);
    juger_une(p, lue, &d, o);
    return base == 0 || preparer_og(p->ctx, p->lecteur, base, p->premier, &p->out->arene, o);
}

/* --- as if they were signed, then nothing ----------------------------------------------------------------------------- */

static bool deja_enregistree(struct passe *p, const struct commande_lue *o)
{
    struct diag *d = diag_erreur(p->ctx->diags, E_DIFFERENT, "la commande %.*s est déjà enregistrée", (int)o->numero.len, o->numero.bytes);
    const struct lieu ici = feuille_lieu(p->f, o->ligne, C_NUMERO);
    diag_a_faire(d, "donner un autre numéro, ou voir celle-là : sons commande voir");
    diag_lieu(d, &ici);
    return false;
}

static bool projeter_toutes(struct passe *p)
{
    struct recherche_commande *r = recherche_commande_creer(p->ctx->registre, 1, p->ctx->diags);
    struct chargeur *solutions = chargeur_creer(p->ctx->registre, p->ctx->maintenant, p->ctx->calendrier, p->ctx->diags);
    bool ok = r != NULL && solutions != NULL, nouvelles = true;
    for (size_t i = 0; ok && i < p->lues.n; i++) {
        struct commande_lue *o = &p->lues.items[i];
        struct fait f;
        int64_t existante;
        const char *numeros[2];
        if (o->fournisseur == 0)
            o->fournisseur = chargeur_editeur(solutions, o->solution);
        ok = recherche_commande(r, o->numero, o->fournisseur, &existante, p->ctx->diags);
        if (ok && existante != 0)
            nouvelles = deja_enregistree(p, o);
        if (chargeur_ambigue(solutions, o->solution, o->couloir, numeros)) {
            diag_trouve(diag_erreur(p->ctx->diags, E_AMBIGU, "plusieurs solutions d'un même couloir portent ce nom"), "%s, %s", numeros[0], numeros[1]);
            nouvelles = false;
        }
        if (!ok || !nouvelles)
            continue;
        arene_reset(&p->arene);
        commande_fait_sans_nom(o, &p->arene, &f);
        ok = projeter(p->acte.p, p->premier + (int64_t)i, &f, p->ctx->diags);
    }
    chargeur_free(solutions);
    recherche_commande_free(r);
    return ok && nouvelles;
}

static bool preparer_toutes(struct passe *p)
{
    struct contexte *ctx = p->ctx;
    const struct instant signature = instant_fin_du_jour(p->out->signature);
    const struct instant au = instant_cmp(signature, ctx->maintenant) > 0 ? signature : ctx->maintenant;
    if (!projeter_toutes(p))
        return false;
    p->chargeur = chargeur_creer(ctx->registre, au, ctx->calendrier, ctx->diags);
    p->lecteur = finess_lecteur_creer(ctx->registre, ctx->diags);
    bool ok = p->chargeur != NULL && p->lecteur != NULL;
    for (size_t i = 0; ok && i < p->lues.n; i++)
        ok = preparer_une(p, i);
    finess_lecteur_free(p->lecteur);
    chargeur_free(p->chargeur);
    return ok;
}

bool commandes_preparer(struct contexte *ctx, struct feuille *f, struct jour signature, struct preparation *out)
{
    struct passe p = {.ctx = ctx, .f = f, .out = out};
    *out = (struct preparation){.signature = signature};
    bool ok = commandes_lire(ctx, f, &p.lues);
    ok = non_signees(&p) && ok;
    out->items = memoire_calloc(p.lues.n + 1, sizeof *out->items);
    if (ok && acte_debut(&p.acte, ctx)) {
        p.premier = journal_prochain(ctx->registre);
        ok = preparer_toutes(&p);
        ctx->aussi = NULL; /* nothing is kept, the correspondence neither */
        (void)acte_fin(&p.acte, false);
    } else {
        ok = false;
    }
    out->n = ok ? p.lues.n : 0;
    arene_free(&p.arene);
    commandes_lues_free(&p.lues);
    return ok && !(ctx->strict && out->conformes < out->n);
}
