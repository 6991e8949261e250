/* controler --fichier: the way of an import, and nothing is kept. */
#include "metier/versement.h"

/* Stages C and V of one order of the sheet, new or known. */
void controler_une(struct versement *v, const struct dossier *d, size_t rang, struct compte_verdicts *compte)
{
    struct jugement j;
    juger(v->ctx, d, &v->arene, &j);
    compter_verdict(compte, &j.bilan);
    v->controle->jugees[rang] = true;
    struct versement_lieux l = {v, &v->lues->items[rang]};
    v->ctx->brouillon = v->controle->connues[rang] == 0;
    jugement_dire(v->ctx, d, &j, false, SORTIE_FAIT, versement_lieu, &l);
    soupcons_juger(v->soupcons, &v->lues->items[rang], d, &j);
}

/* First row of the sheet past that number. */
static size_t rangee_apres(const struct feuille *f, uint64_t numero)
{
    size_t bas = 0, haut = feuille_nombre(f);
    while (bas < haut) {
        const size_t m = bas + (haut - bas) / 2;
        if (feuille_numero(f, m) <= numero)
            bas = m + 1;
        else
            haut = m;
    }
    return bas;
}

/* Orders of which some row is at fault are not judged: what they would say is not known. A row that could not be read at all is one of
 * the order before or after it. */
static void ecarter_fautives(struct versement *v)
{
    const struct diag_liste *diags = v->ctx->diags;
    const size_t n = feuille_nombre(v->f);
    size_t max = 0;
    for (size_t i = 0; i < n; i++)
        max = feuille_numero(v->f, i) > max ? feuille_numero(v->f, i) : max;
    bool *fautives = memoire_calloc(max + 1, sizeof *fautives);
    for (size_t i = 0; i < diags->n; i++)
        if (diags->items[i].gravite == GRAVITE_ERREUR && diags->items[i].ligne > 0) {
            const size_t apres = rangee_apres(v->f, diags->items[i].ligne);
            const bool lue = apres > 0 && feuille_numero(v->f, apres - 1) == diags->items[i].ligne;
            if (apres > 0)
                fautives[feuille_numero(v->f, apres - 1)] = true;
            if (!lue && apres < n)
                fautives[feuille_numero(v->f, apres)] = true;
        }
    for (size_t i = 0; i < v->lues->n; i++) {
        const struct commande_lue *o = &v->lues->items[i];
        for (uint32_t k = 0; k < o->n_essms; k++)
            v->controle->fautives[i] = v->controle->fautives[i] || fautives[feuille_numero(v->f, o->essms[k].ligne)];
    }
    memoire_free(fautives);
}

static bool controler_connues(struct versement *v, struct compte_verdicts *compte)
{
    struct chargeur *c = chargeur_creer(v->ctx->registre, v->ctx->maintenant, v->ctx->calendrier, v->ctx->diags);
    bool ok = c != NULL;
    struct dossier d;
    for (size_t i = 0; ok && i < v->lues->n; i++, arene_reset(&v->arene)) {
        if (v->controle->connues[i] == 0)
            continue;
        const int lu = chargeur_un(c, v->controle->connues[i], &v->arene, &d, v->ctx->diags);
        ok = lu >= 0;
        if (lu == 1)
            controler_une(v, &d, i, compte);
    }
    chargeur_free(c);
    return ok;
}

static bool controler(struct versement *v, struct compte_verdicts *compte)
{
    bool ok = versement_ouvrir(v);
    for (size_t i = 0; ok && i < v->lues->n; i++) {
        const uint64_t avant = v->ctx->diags->erreurs;
        ok = v->controle->fautives[i] || verser_une(v, i);
        v->controle->fautives[i] = v->controle->fautives[i] || v->ctx->diags->erreurs > avant;
    }
    suites_dire(v);
    ok = ok && corriger_projeter(&v->corriger, v->premier + (int64_t)v->n_nouveaux, v->corrections, v->n_corrections) &&
         (v->n_nouveaux == 0 || verser_nouvelles(v, compte));
    versement_fermer(v);
    return ok && controler_connues(v, compte);
}

bool commandes_controler(struct contexte *ctx, struct feuille *f, struct controle_feuille *out)
{
    struct import_rapport rapport = {0};
    struct compte_verdicts compte = {0};
    struct versement v = {.ctx = ctx, .f = f, .lues = &out->lues, .out = &rapport, .controle = out, .soupcons = soupcons_juges_creer(ctx, f)};
    v.corriger = (struct corriger){.ctx = ctx, .f = f, .acte = &v.acte, .lues = &out->lues, .mode = FUSION_IMPORT, .import = true};
    feuille_dire(f, ctx->diags);
    (void)commandes_lire(ctx, f, &out->lues);
    soupcons_bons(ctx, f, &out->lues);
    out->fautives = memoire_calloc(out->lues.n + 1, sizeof *out->fautives);
    out->jugees = memoire_calloc(out->lues.n + 1, sizeof *out->jugees);
    out->ecartees = memoire_calloc(out->lues.n + 1, sizeof *out->ecartees);
    out->connues = memoire_calloc(out->lues.n + 1, sizeof *out->connues);
    ecarter_fautives(&v);
    bool ok = acte_debut(&v.acte, ctx);
    if (ok) {
        ok = controler(&v, &compte);
        (void)acte_fin(&v.acte, false);
    }
    for (size_t i = 0; i < out->lues.n; i++)
        out->non_jugees += !out->jugees[i] && !out->ecartees[i];
    out->n_ecartees = rapport.ecartees;
    out->rapport = (struct controle_rapport){.commandes = out->lues.n - out->non_jugees - out->n_ecartees, .conformes = compte.conformes,
                                             .informations = compte.informations, .attentes = compte.attentes, .discordances = compte.discordances,
                                             .justifiees = compte.justifiees, .anomalies = compte.anomalies};
    versement_free(&v);
    return ok;
}

void controle_feuille_free(struct controle_feuille *c)
{
    commandes_lues_free(&c->lues);
    memoire_free(c->fautives);
    memoire_free(c->jugees);
    memoire_free(c->ecartees);
    memoire_free(c->connues);
    *c = (struct controle_feuille){0};
}
