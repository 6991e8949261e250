/* An ordre de recouvrer or a reversement entered by mistake, taken back: the life of its order is as if it had never been entered. */
#include "metier/argent.h"
#include "metier/entree.h"
#include "registre/vie_lire.h"

struct retrait {
    int64_t numero, commande; /* commande: 0 when the entry is neither an ordre nor a reversement */
    struct jour le;
    struct montant montant;
    bool ordre;
};

/* 1 it still counts, 0 it was taken back, −1 a fault. */
static int compte_encore(struct contexte *ctx, const struct retrait *r)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, r->ordre ? "select 1 from ordre_de_recouvrer where fait = ?1" : "select 1 from reversement where fait = ?1",
                                    ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, r->numero);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    sqlite3_finalize(s);
    return la;
}

static bool trouver(struct contexte *ctx, struct retrait *r)
{
    struct arene a = {0};
    struct entree e;
    const int la = entree_par_numero(ctx, r->numero, &a, &e);
    const bool ordre = la == 1 && e.fait.type == FAIT_ORDRE_DE_RECOUVRER;
    if (ordre || (la == 1 && e.fait.type == FAIT_REVERSEMENT_EFFECTUE))
        *r = (struct retrait){r->numero, fait_n(&e.fait, ordre ? OR_COMMANDE : RE_COMMANDE), fait_jour(&e.fait, ordre ? OR_LE : RE_LE),
                              fait_montant(&e.fait, ordre ? OR_MONTANT : RE_MONTANT), ordre};
    else if (la >= 0)
        diag_a_faire(diag_erreur(ctx->diags, E_INCONNU, "l'entrée %lld n'est ni un ordre de recouvrer ni un reversement", (long long)r->numero),
                     "voir les entrées de la commande : sons commande voir");
    arene_free(&a);
    return r->commande != 0;
}

static bool ecrire(struct acte *a, const struct retrait *r, const char *motif)
{
    struct fait f;
    fait_init(&f, FAIT_SOMME_RETIREE);
    fait_put_n(&f, ST_COMMANDE, r->commande);
    fait_put_n(&f, ST_ENTREE, r->numero);
    fait_put_texte(&f, ST_QUOI, r->ordre ? "ordre" : "reversement");
    fait_put_montant(&f, ST_MONTANT, r->montant);
    fait_put_jour(&f, ST_LE, r->le);
    fait_put_texte(&f, ST_MOTIF, motif);
    return acte_fait(a, &f, (struct slice){NULL, 0});
}

bool acte_somme_retirer(struct contexte *ctx, int64_t entree, const char *motif, struct somme_rapport *out)
{
    const struct instant toujours = {INT64_MAX};
    struct retrait r = {.numero = entree};
    struct acte a;
    struct vie v;
    *out = (struct somme_rapport){0};
    if (!acte_debut(&a, ctx))
        return false;
    const int la = trouver(ctx, &r) ? compte_encore(ctx, &r) : -1;
    out->deja = la == 0;
    bool ok = la == 0 || (la == 1 && ecrire(&a, &r, motif));
    ok = ok && vie_lire(ctx->registre, r.commande, toujours, &v, ctx->diags);
    ok = ok && sommes_rapporter(ctx, r.commande, &v, out);
    out->montant = r.montant;
    return acte_fin(&a, ok);
}
