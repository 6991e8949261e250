/* A transfer entered by mistake, taken back: no list, proposal or month shows it any more, and the same may be entered again. */
#include "metier/argent.h"
#include "metier/entree.h"
#include "metier/virement_interne.h"

/* 1 it still counts, 0 it was taken back, −1 a fault. */
static int compte_encore(struct contexte *ctx, int64_t entree)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select 1 from virement where fait = ?1", ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, entree);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    sqlite3_finalize(s);
    return la;
}

/* What is attributed of it is money of these orders: it is taken back one by one, each by its entry. */
static bool rien_d_attribue(struct contexte *ctx, int64_t entree, size_t *parts)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select e.fait, o.numero, e.paiement, e.montant from encaissement e join commande o on o.fait = e.commande "
                                                   "where e.virement = ?1 and e.retire_par is null order by e.fait", ctx->diags);
    int la;
    if (s == NULL)
        return false;
    lier_n(s, 1, entree);
    while ((la = registre_suivant(ctx->registre, s, ctx->diags)) == 1) {
        const struct slice numero = colonne_slice(s, 1);
        char t[MONTANT_TEXTE_MAX];
        struct diag *d = diag_erreur(ctx->diags, E_ETAT, "virement %lld : « virement retirer » ne se peut pas, une part en est attribuée à la commande %.*s",
                                     (long long)entree, (int)numero.len, numero.bytes);
        diag_trouve(d, "%s, %s (entrée %lld)", paiement_nom((enum paiement)sqlite3_column_int(s, 2)), montant_fr(montant_of(sqlite3_column_int64(s, 3)), t),
                    (long long)sqlite3_column_int64(s, 0));
        diag_a_faire(d, "la retirer d'abord : sons encaissement retirer %lld", (long long)sqlite3_column_int64(s, 0));
        (*parts)++;
    }
    sqlite3_finalize(s);
    return la == 0 && *parts == 0;
}

static bool ecrire(struct acte *a, const struct entree *e, const char *motif)
{
    struct fait f;
    fait_init(&f, FAIT_VIREMENT_RETIRE);
    fait_put_siren(&f, VT_FOURNISSEUR, (uint32_t)fait_n(&e->fait, VR_FOURNISSEUR));
    fait_put_n(&f, VT_VIREMENT, e->numero);
    fait_put_jour(&f, VT_LE, fait_jour(&e->fait, VR_LE));
    fait_put_montant(&f, VT_MONTANT, fait_montant(&e->fait, VR_MONTANT));
    fait_put_slice(&f, VT_REFERENCE, fait_slice(&e->fait, VR_REFERENCE));
    fait_put_texte(&f, VT_MOTIF, motif);
    return acte_fait(a, &f, (struct slice){NULL, 0});
}

bool acte_virement_retirer(struct contexte *ctx, int64_t entree, const char *motif, struct virement_rapport *out)
{
    struct arene arene = {0};
    struct acte a;
    struct entree e;
    size_t parts = 0;
    *out = (struct virement_rapport){.entree = entree};
    if (!acte_debut(&a, ctx))
        return false;
    const int lue = entree_par_numero(ctx, entree, &arene, &e);
    const bool virement = lue == 1 && e.fait.type == FAIT_VIREMENT_RECU;
    if (lue >= 0 && !virement)
        virement_inconnu(ctx, entree);
    const int la = virement ? compte_encore(ctx, entree) : -1;
    out->deja = la == 0;
    if (virement)
        out->montant = fait_montant(&e.fait, VR_MONTANT);
    const bool ok = acte_fin(&a, la == 0 || (la == 1 && rien_d_attribue(ctx, entree, &parts) && ecrire(&a, &e, motif)));
    arene_free(&arene);
    return ok;
}
