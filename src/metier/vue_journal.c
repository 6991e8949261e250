/* The books: entries, verification. */
#include <stdio.h>
#include <string.h>

#include "metier/actes.h"
#include "metier/og_compter.h"
#include "metier/vue_commun.h"
#include "metier/vue_resume.h"
#include "registre/etat.h"
#include "registre/finess_base.h"
#include "registre/journal.h"
#include "registre/piece.h"

struct vue_entrees {
    struct contexte *ctx;
    struct tableau_sortie *s;
    struct arene arene;
    struct buffer resume, utilisateur;
    char engagement[EMPREINTE_HEX]; /* whose name `utilisateur` is, "" before the first */
};

void fait_resumer(const struct fait *f, struct buffer *b)
{
    const struct fait_forme *forme = fait_forme(f->type);
    buffer_clear(b);
    for (size_t i = 0, n = 0; i < forme->n && n < 4; i++) {
        const enum fait_champ c = (enum fait_champ)(forme->premier + i);
        if (!f->v[i].present || champ_forme(c)->liste || champ_forme(c)->type == CHAMP_EMPREINTE)
            continue;
        buffer_puts(b, n++ > 0 ? ", " : "");
        buffer_puts(b, champ_forme(c)->cle);
        buffer_putc(b, ' ');
        fait_valeur_ecrire(f, c, b);
    }
}

static bool entree_ligne(void *ctx, int64_t numero, struct slice octets)
{
    struct vue_entrees *v = ctx;
    struct entree e;
    arene_reset(&v->arene);
    if (!entree_lire_fait(octets, &v->arene, &e)) {
        diag_erreur(v->ctx->diags, E_JOURNAL_FORME, "l'entrée %lld du journal n'a pas la forme attendue", (long long)numero);
        return false;
    }
    fait_resumer(&e.fait, &v->resume);
    if (!slice_equals(e.utilisateur, v->engagement)) { /* one a transaction */
        buffer_clear(&v->utilisateur);
        (void)journal_utilisateur(v->ctx->registre, &e, &v->utilisateur, v->ctx->diags);
        snprintf(v->engagement, sizeof v->engagement, "%.*s", (int)e.utilisateur.len, e.utilisateur.bytes);
    }
    const struct cellule c[] = {cellule_entier(numero), cellule_instant(e.instant), cellule_texte(fait_forme(e.ecrit)->nom),
                                cellule_slice((struct slice){v->resume.bytes, v->resume.len}),
                                cellule_slice((struct slice){v->utilisateur.bytes, v->utilisateur.len})};
    return v->s->ligne(v->s->ctx, c, 5);
}

bool vue_journal(struct contexte *ctx, int64_t de, int64_t a, struct tableau_sortie *s)
{
    static const struct colonne colonnes[] = {
        {"entree", "entrée", CELLULE_ENTIER}, {"instant", "instant", CELLULE_INSTANT}, {"fait", "fait", CELLULE_TEXTE},
        {"resume", "résumé", CELLULE_TEXTE},  {"utilisateur", "par", CELLULE_TEXTE}};
    struct vue_entrees v = {.ctx = ctx, .s = s};
    bool ok = s->debut(s->ctx, colonnes, 5) && journal_parcourir_tout(ctx->registre, de == 0 ? 1 : de, a, entree_ligne, &v, ctx->diags);
    arene_free(&v.arene);
    buffer_free(&v.resume);
    buffer_free(&v.utilisateur);
    return ok && s->fin(s->ctx);
}

static bool copier_octets(void *ctx, int64_t numero, struct slice octets)
{
    (void)numero;
    buffer_append(ctx, octets.bytes, octets.len);
    return true;
}

bool vue_journal_entree(struct contexte *ctx, int64_t numero, struct buffer *octets)
{
    const size_t avant = octets->len;
    if (!journal_parcourir(ctx->registre, numero, numero, copier_octets, octets, ctx->diags))
        return false;
    if (octets->len > avant)
        return true;
    diag_erreur(ctx->diags, E_INCONNU, "il n'y a pas d'entrée %lld", (long long)numero);
    return false;
}

/* --- verifier -------------------------------------------------------------------------------------------------------------- */

/* The identity table is a copy of the genesis, for a quick opening: they must agree. */
struct identite {
    struct contexte *ctx;
    bool ok;
};

static bool identite_comparer(void *ctx, int64_t numero, struct slice octets)
{
    struct identite *i = ctx;
    const struct registre *r = i->ctx->registre;
    struct arene a = {0};
    struct entree e;
    (void)numero;
    i->ok = entree_lire(octets, &a, &e) && e.fait.type == FAIT_REGISTRE_OUVERT && slice_equals(fait_slice(&e.fait, RO_REGISTRE), r->id) &&
            (fait_n(&e.fait, RO_FICTIF) != 0) == r->fictif && slice_equals(fait_slice(&e.fait, RO_ROLE), r->titulaire_role) &&
            (uint32_t)fait_n(&e.fait, RO_SIREN) == r->titulaire_siren &&
            slice_equals(fait_slice(&e.fait, RO_NOM), r->titulaire_nom != NULL ? r->titulaire_nom : "");
    arene_free(&a);
    if (!i->ok)
        diag_erreur(i->ctx->diags, E_JOURNAL_ETAT, "l'identité du registre n'est pas celle de son entrée 1");
    return i->ok;
}

static bool verifier_tout(struct contexte *ctx, struct verification_rapport *out)
{
    struct registre *r = ctx->registre;
    struct identite i = {ctx, false};
    size_t noms;
    bool ok = registre_integrite(r, ctx->diags);
    ok = journal_parcourir(r, 1, 1, identite_comparer, &i, ctx->diags) && ok;
    ok = etat_verifier(r, &out->projections, ctx->diags) && ok;
    ok = finess_base_verifier(r, &out->bases, &out->etablissements, ctx->diags) && ok;
    ok = og_verifier(ctx) && ok;
    ok = journal_noms_verifier(r, &noms, ctx->diags) && ok;
    ok = journal_effaces_verifier(r, &out->effaces, ctx->diags) && ok;
    ok = journal_jeux_verifier(r, ctx->diags) && ok;
    return piece_verifier(r, &out->pieces, ctx->diags) && ok;
}

bool vue_journal_verifier(struct contexte *ctx, bool tout, struct verification_rapport *out)
{
    struct journal_etat e;
    *out = (struct verification_rapport){0};
    if (ctx->registre->passe && !ctx->registre->ancien) {
        diag_erreur(ctx->diags, E_USAGE, "une vérification porte sur tout le journal : --connu-le n'y va pas");
        return false;
    }
    bool ok = registre_lecture(ctx->registre, ctx->diags);
    if (!ok)
        return false;
    ok = journal_verifier_chaine(ctx->registre, &e, ctx->diags);
    out->entrees = e.entrees;
    out->chaine = ok;
    (void)empreinte_hex(&e.tete, out->tete);
    if (ok && tout)
        ok = verifier_tout(ctx, out);
    registre_lecture_fin(ctx->registre);
    return ok;
}

bool acte_journal_reconstruire(struct contexte *ctx)
{
    struct journal_etat e;
    return journal_verifier_chaine(ctx->registre, &e, ctx->diags) && etat_reconstruire(ctx->registre, ctx->diags);
}
