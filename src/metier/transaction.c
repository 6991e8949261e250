#include "metier/transaction.h"

#include "registre/base.h"

bool acte_date(struct contexte *ctx)
{
    char t[INSTANT_TEXTE_MAX], u[INSTANT_TEXTE_MAX];
    if (instant_cmp(ctx->le, ctx->maintenant) <= 0)
        return true;
    if (ctx->le_jour && jour_cmp(instant_jour(ctx->le), instant_jour(ctx->maintenant)) == 0) {
        ctx->le = ctx->maintenant;
        ctx->le_donne = false;
        return true;
    }
    struct diag *d = diag_erreur(ctx->diags, E_USAGE, "--le est à venir");
    diag_trouve(d, "%s", instant_fr(ctx->le, t));
    diag_attendu(d, "au plus tard %s", instant_fr(ctx->maintenant, u));
    diag_a_faire(d, "donner la date de l'acte, ou rien pour maintenant");
    return false;
}

bool acte_debut(struct acte *a, struct contexte *ctx)
{
    *a = (struct acte){.ctx = ctx, .panne_avant = ctx->diags->pire >= SORTIE_ENVIRONNEMENT};
    if (!registre_debut(ctx->registre, ctx->diags))
        return false;
    if (journal_ouvrir(ctx->registre, ctx->maintenant, parametres_empreinte(ctx->parametres), ctx->diags)) {
        a->p = projecteur_creer(ctx->registre);
        projecteur_dater(a->p, journal_instant(ctx->registre));
        return true;
    }
    registre_annuler(ctx->registre);
    return false;
}

bool acte_fait(struct acte *a, const struct fait *f, struct slice constats)
{
    struct registre *r = a->ctx->registre;
    buffer_clear(&a->texte);
    fait_ecrire(f, &a->texte);
    return projeter(a->p, journal_prochain(r), f, a->ctx->diags) &&
           journal_append(r, (struct slice){a->texte.bytes, a->texte.len}, constats, a->ctx->diags);
}

bool acte_fin(struct acte *a, bool ok)
{
    struct registre *r = a->ctx->registre;
    ok = ok && (a->ctx->aussi == NULL || a->ctx->aussi(a, a->ctx->aussi_ctx));
    ok = ok && projecteur_vider(a->p, a->ctx->diags) && (a->panne_avant || a->ctx->diags->pire < SORTIE_ENVIRONNEMENT);
    projecteur_free(a->p);
    buffer_free(&a->texte);
    if (!ok || a->ctx->essai) {
        registre_annuler(r);
        return ok;
    }
    return registre_valider(r, a->ctx->diags);
}
