#include "metier/entree.h"

struct une_entree {
    struct arene *arene;
    struct entree *out;
    bool lue, bonne;
};

static bool visiter(void *ctx, int64_t numero, struct slice octets)
{
    struct une_entree *u = ctx;
    const struct slice copie = {arene_strndup(u->arene, octets.bytes, octets.len), octets.len}; /* what is read outlives the row */
    (void)numero;
    u->lue = true;
    u->bonne = entree_lire(copie, u->arene, u->out);
    return true;
}

int entree_par_numero(struct contexte *ctx, int64_t numero, struct arene *a, struct entree *out)
{
    struct une_entree u = {.arene = a, .out = out};
    if (!journal_parcourir(ctx->registre, numero, numero, visiter, &u, ctx->diags))
        return -1;
    if (u.lue && !u.bonne)
        diag_erreur(ctx->diags, E_JOURNAL_FORME, "l'entrée %lld du journal n'a pas la forme attendue", (long long)numero);
    return !u.lue ? 0 : u.bonne ? 1 : -1;
}
