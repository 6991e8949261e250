/* Registration of orders from a sheet: the batch is projected whole, then judged, then written; the order of rows does
 * not matter (architecture, « One rule = four things »). */
#include "metier/versement.h"

/* --- second pass: judge, write --------------------------------------------------------------------------------- */

static bool juger_une(struct versement *v, const struct dossier *d, struct compte_verdicts *compte, struct buffer *constats)
{
    const size_t rang = (size_t)(d->fait - v->premier);
    struct jugement j;
    if (v->controle != NULL) {
        controler_une(v, d, v->nouveaux[rang].commande, compte);
        return true;
    }
    juger_import(v->ctx, d, &v->arene, &j);
    compter_verdict(compte, &j.bilan);
    struct versement_lieux l = {v, &v->lues->items[v->nouveaux[rang].commande]};
    v->ctx->brouillon = v->ctx->essai;
    jugement_dire(v->ctx, d, &j, false, v->ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, versement_lieu, &l);
    soupcons_juger(v->soupcons, l.o, d, &j);
    buffer_clear(constats);
    jugement_ecrire(&j, constats);
    return journal_append(v->ctx->registre, (struct slice){v->textes.bytes + v->nouveaux[rang].debut, v->nouveaux[rang].len},
                          (struct slice){constats->bytes, constats->len}, v->ctx->diags);
}

bool juger_nouvelles(struct versement *v, struct compte_verdicts *compte)
{
    const struct chargeur_choix choix = {.de = v->premier, .a = v->premier + (int64_t)v->n_nouveaux - 1};
    struct chargeur *c = chargeur_creer(v->ctx->registre, v->ctx->maintenant, v->ctx->calendrier, v->ctx->diags);
    struct buffer constats = {0};
    struct dossier d;
    int lu = c != NULL && chargeur_ouvrir(c, &choix, v->ctx->diags) ? 1 : -1;
    for (arene_reset(&v->arene); lu == 1 && (lu = chargeur_suivant(c, &v->arene, &d, v->ctx->diags)) == 1; arene_reset(&v->arene))
        if (!juger_une(v, &d, compte, &constats))
            lu = -1;
    v->ctx->brouillon = false;
    chargeur_free(c);
    buffer_free(&constats);
    return lu == 0 && (v->controle != NULL || journal_prochain(v->ctx->registre) == v->premier + (int64_t)v->n_nouveaux);
}

static void ajouter_comptes(struct compte_verdicts *c, const struct compte_verdicts *d)
{
    c->conformes += d->conformes;
    c->informations += d->informations;
    c->attentes += d->attentes;
    c->discordances += d->discordances;
    c->justifiees += d->justifiees;
    c->anomalies += d->anomalies;
}

/* --- the act ---------------------------------------------------------------------------------------------------- */

static bool verser(struct versement *v)
{
    struct compte_verdicts compte = {0};
    struct recherche_commande *r = recherche_commande_creer(v->ctx->registre, v->lues->n, v->ctx->diags);
    v->solutions = chargeur_creer(v->ctx->registre, v->ctx->maintenant, v->ctx->calendrier, v->ctx->diags);
    bool ok = r != NULL && v->solutions != NULL;
    v->premier = journal_prochain(v->ctx->registre);
    projecteur_par_rafales(v->acte.p);
    for (size_t i = 0; ok && i < v->lues->n; i++)
        ok = verser_une(v, i, r);
    ok = ok && projecteur_vider(v->acte.p, v->ctx->diags);
    suites_dire(v);
    chargeur_free(v->solutions);
    recherche_commande_free(r);
    if (!ok || v->refuse)
        return false;
    if (!corriger_projeter(&v->corriger, v->premier + (int64_t)v->n_nouveaux, v->corrections, v->n_corrections) ||
        (v->n_nouveaux > 0 && !juger_nouvelles(v, &compte)) || !corriger_ecrire(&v->corriger) || !verser_contacts(v))
        return false;
    if (v->piece_gardee && !pieces_partagees(v->ctx, v->premier))
        return false;
    v->out->enregistrees = v->n_nouveaux;
    v->out->completees = v->corriger.completees;
    v->out->rectifiees = v->corriger.rectifiees;
    ajouter_comptes(&compte, &v->corriger.compte);
    v->out->conformes = compte.conformes + compte.informations + compte.justifiees;
    v->out->attentes = compte.attentes;
    v->out->discordances = compte.discordances;
    v->out->anomalies = compte.anomalies;
    return !(v->ctx->strict && compte.attentes + compte.discordances + compte.anomalies + v->ctx->soupcons + v->out->ecartees > 0);
}

bool commandes_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out)
{
    struct commandes_lues lues;
    struct versement v = {.ctx = ctx, .f = f, .lues = &lues, .out = out, .soupcons = soupcons_juges_creer(ctx, f)};
    v.corriger = (struct corriger){.ctx = ctx, .f = f, .acte = &v.acte, .lues = &lues, .mode = FUSION_IMPORT, .motif = ctx->rectifier,
                                   .import = true};
    bool ok = commandes_lire(ctx, f, &lues);
    out->quoi = "commandes";
    out->lues = lues.n;
    out->essms = lues.n_essms;
    ok = ok && acte_debut(&v.acte, ctx);
    if (ok) {
        ok = verser(&v);
        ok = acte_fin(&v.acte, ok);
    }
    versement_free(&v);
    commandes_lues_free(&lues);
    return ok;
}
