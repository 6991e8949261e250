/* What another calendar changes: the same dossiers, judged under both. */
#include <string.h>

#include "metier/juger.h"
#include "metier/vue_commun.h"
#include "registre/dossier_charger.h"
#include "regles/cycle.h"

static const struct colonne colonnes[] = {
    {"commande", "commande", CELLULE_TEXTE}, {"fournisseur", "fournisseur", CELLULE_SIREN}, {"regle", "règle", CELLULE_TEXTE},
    {"avant", "avant", CELLULE_TEXTE}, {"apres", "après", CELLULE_TEXTE}};
#define N_COLONNES (sizeof colonnes / sizeof *colonnes)

struct comparer {
    struct contexte *ctx;
    enum calendrier vers;
    struct tableau_sortie *s;
    size_t *commandes;
    bool commence;          /* the table: only when something changes */
};

static bool ligne(struct comparer *k, const struct dossier *d, const struct constat *avant, const struct constat *apres)
{
    if (!k->commence && !k->s->debut(k->s->ctx, colonnes, N_COLONNES))
        return false;
    k->commence = true;
    const struct cellule c[N_COLONNES] = {cellule_texte(d->numero), cellule_siren(d->fournisseur.siren), cellule_texte(regle_de(avant->regle)->ident),
                                          cellule_texte(verdict_nom(avant->verdict)), cellule_texte(verdict_nom(apres->verdict))};
    return k->s->ligne(k->s->ctx, c, N_COLONNES);
}

/* Both judgements give the same rules in the same order. */
static bool comparer_un(struct comparer *k, struct dossier *d, struct arene *a)
{
    struct jugement avant, apres;
    bool ok = true, change = false;
    juger_tout(k->ctx, d, a, &avant);
    d->calendrier = k->vers;
    juger_tout(k->ctx, d, a, &apres);
    for (size_t i = 0; ok && i < avant.n && i < apres.n; i++) {
        if (avant.constats[i].regle != apres.constats[i].regle || avant.constats[i].verdict == apres.constats[i].verdict)
            continue;
        change = true;
        ok = ligne(k, d, &avant.constats[i], &apres.constats[i]);
    }
    *k->commandes += change;
    return ok;
}

bool vue_calendrier_effet(struct contexte *ctx, enum calendrier vers, struct tableau_sortie *s, size_t *commandes)
{
    const struct chargeur_choix choix = {0};
    struct comparer k = {.ctx = ctx, .vers = vers, .s = s, .commandes = commandes};
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->au, ctx->calendrier, ctx->diags);
    struct arene a = {0};
    struct dossier d;
    *commandes = 0;
    int lu = c != NULL && chargeur_ouvrir(c, &choix, ctx->diags) ? 1 : -1;
    for (; lu == 1 && (lu = chargeur_suivant(c, &a, &d, ctx->diags)) == 1; arene_reset(&a))
        if (etat_en_vigueur((enum etat_commande)d.etat) && !comparer_un(&k, &d, &a))
            lu = -1;
    chargeur_free(c);
    arene_free(&a);
    return lu == 0 && (!k.commence || s->fin(s->ctx));
}
