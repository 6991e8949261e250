/* One number for an order and for a request of another one: the order is what it is taken for, so it is said, whichever comes first. */
#include "metier/reponses.h"
#include "metier/soupcons.h"

bool reponse_homonyme(struct contexte *ctx, const struct reponse_lue *x)
{
    if (x->numero_asp.len == 0)
        return true;
    sqlite3_stmt *s = registre_gardee(ctx->registre, "select 1 from commande where numero = ?1 and fait <> ?2", ctx->diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, x->numero_asp);
    lier_n(s, 2, x->commande);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    registre_rendre(ctx->registre, s);
    if (la == 1) {
        struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_SUSPECT),
                                    "à vérifier : le numéro de l'ASP, %.*s, est celui d'une autre commande", (int)x->numero_asp.len, x->numero_asp.bytes);
        diag_a_faire(d, "s'il est bien celui que l'ASP donne, nommer la demande par sa commande : ce numéro sera pris pour celui de l'autre");
        if (x->lieu.fichier != NULL)
            diag_lieu(d, &x->lieu);
    }
    return la >= 0;
}

bool soupcon_homonyme(struct contexte *ctx, struct feuille *f, const struct commande_lue *o)
{
    sqlite3_stmt *s = registre_gardee(ctx->registre, "select c.numero from reponse r join commande c on c.fait = r.commande where r.numero_asp = ?1", ctx->diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, o->numero);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1) {
        const struct slice autre = colonne_slice(s, 0);
        struct diag *d = soupcon(ctx, f, o->ligne, C_NUMERO, "ce numéro est celui que l'ASP donne à une demande de la commande %.*s", (int)autre.len, autre.bytes);
        diag_a_faire(d, "s'il est bien celui de la commande, nommer l'autre demande par sa commande : ce numéro sera pris pour celle-ci");
    }
    registre_rendre(ctx->registre, s);
    return la >= 0;
}
