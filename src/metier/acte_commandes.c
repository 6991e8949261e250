/* Registration of orders from a sheet: who is new and who is known first, then each new order is projected, judged beside all the
 * others and written; the order of rows does not matter (architecture, « One rule = four things »). */
#include "metier/versement.h"

/* --- second pass: project, judge, write ---------------------------------------------------------------------------- */

/* What each new order needs, one after the other. */
struct versees {
    struct versement *v;
    struct compte_verdicts *compte;
    struct arene annonces;
    struct buffer fait, constats; /* texts */
};

/* From the reserve to the registre, one piece in memory at a time, unless its bytes are kept already. */
static bool garder_piece(struct versement *v, const struct commande_lue *o)
{
    if (v->piece_gardee && v->piece_place == o->piece_place)
        return true; /* the file of the order before */
    v->piece_gardee = true;
    v->piece_place = o->piece_place;
    return piece_garder(v->ctx, v->lues, o);
}

static bool annoncer(struct versees *t)
{
    const struct versement *v = t->v;
    struct commande_annoncee *a = arene_alloc(&t->annonces, v->n_nouveaux * sizeof *a);
    for (size_t i = 0; i < v->n_nouveaux; i++) {
        const struct commande_lue *o = &v->lues->items[v->nouveaux[i]];
        finess *essms = arene_alloc(&t->annonces, o->n_essms * sizeof *essms);
        for (uint32_t k = 0; k < o->n_essms; k++)
            essms[k] = o->essms[k].et;
        a[i] = (struct commande_annoncee){v->premier + (int64_t)i, o->fournisseur, o->numero, o->solution, o->version, o->couloir,
                                          o->date_signature, essms, o->n_essms};
    }
    return chargeur_annoncer(v->chargeur, a, v->n_nouveaux, v->ctx->diags);
}

static bool juger_une(struct versees *t, const struct dossier *d, const struct fait *f, size_t rang)
{
    struct versement *v = t->v;
    struct jugement j;
    if (v->controle != NULL) {
        controler_une(v, d, rang, t->compte);
        return true;
    }
    juger_import(v->ctx, d, &v->arene, &j);
    compter_verdict(t->compte, &j.bilan);
    struct versement_lieux l = {v, &v->lues->items[rang]};
    v->ctx->brouillon = v->ctx->essai;
    jugement_dire(v->ctx, d, &j, false, v->ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, versement_lieu, &l);
    soupcons_juger(v->soupcons, l.o, d, &j);
    buffer_clear(&t->fait);
    fait_ecrire(f, &t->fait);
    buffer_clear(&t->constats);
    jugement_ecrire(&j, &t->constats);
    return journal_append(v->ctx->registre, (struct slice){t->fait.bytes, t->fait.len},
                          (struct slice){t->constats.bytes, t->constats.len}, v->ctx->diags);
}

static bool verser_nouvelle(struct versees *t, size_t i)
{
    struct versement *v = t->v;
    const struct commande_lue *o = &v->lues->items[v->nouveaux[i]];
    const int64_t numero = v->premier + (int64_t)i;
    struct fait f;
    struct dossier d;
    arene_reset(&v->arene);
    return commande_fait(v->ctx, o, numero, &v->arene, &f) && (!o->piece || garder_piece(v, o)) &&
           projeter(v->acte.p, numero, &f, v->ctx->diags) &&
           chargeur_projetee(v->chargeur, v->acte.p, &v->arene, &d, v->ctx->diags) == 1 && juger_une(t, &d, &f, v->nouveaux[i]);
}

bool verser_nouvelles(struct versement *v, struct compte_verdicts *compte)
{
    struct versees t = {.v = v, .compte = compte};
    bool ok = annoncer(&t);
    projecteur_par_rafales(v->acte.p);
    for (size_t i = 0; ok && i < v->n_nouveaux; i++)
        ok = verser_nouvelle(&t, i);
    ok = ok && projecteur_vider(v->acte.p, v->ctx->diags);
    v->ctx->brouillon = false;
    arene_free(&t.annonces);
    buffer_free(&t.fait);
    buffer_free(&t.constats);
    return ok;
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

/* Both passes; the corrections are projected between the two, for the new orders are judged beside what they make of the others. */
static bool verser_tout(struct versement *v, struct compte_verdicts *compte)
{
    bool ok = versement_ouvrir(v);
    for (size_t i = 0; ok && i < v->lues->n; i++)
        ok = verser_une(v, i);
    suites_dire(v);
    return ok && !v->refuse && corriger_projeter(&v->corriger, v->premier + (int64_t)v->n_nouveaux, v->corrections, v->n_corrections) &&
           (v->n_nouveaux == 0 || verser_nouvelles(v, compte)) && corriger_ecrire(&v->corriger) && verser_contacts(v);
}

static bool verser(struct versement *v)
{
    struct compte_verdicts compte = {0};
    const bool ok = verser_tout(v, &compte);
    versement_fermer(v);
    if (!ok)
        return false;
    if (v->piece_gardee && !pieces_partagees(v->ctx, v->premier))
        return false;
    v->out->enregistrees = v->n_nouveaux;
    v->out->completees = v->corriger.completees;
    v->out->rectifiees = v->corriger.rectifiees;
    ajouter_comptes(&compte, &v->corriger.compte);
    verdicts_rapporter(&compte, v->out);
    return !(v->ctx->strict && verdicts_bloquants(&compte) + v->ctx->soupcons + v->out->ecartees > 0);
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
