/* Disputes: one row for each order of this registre in one, with the last day to answer. */
#include "metier/litiges.h"
#include "metier/vue_commun.h"

static const struct colonne colonnes[] = {
    {"numero", "commande", CELLULE_TEXTE},       {"fournisseur", "fournisseur", CELLULE_SIREN}, {"contre", "contre", CELLULE_TEXTE},
    {"courrier_le", "courrier", CELLULE_JOUR},   {"limite", "répondre avant", CELLULE_JOUR},    {"reponse", "réponse", CELLULE_TEXTE},
    {"repondu_le", "répondu le", CELLULE_JOUR},  {"issue", "issue", CELLULE_TEXTE},             {"conclu_le", "conclu le", CELLULE_JOUR},
    {"etat", "état", CELLULE_TEXTE}};
#define N_COLONNES (sizeof colonnes / sizeof *colonnes)

/* ?1 the day of au. Both sides of a dispute, when both orders are here. */
#define SQL                                                                                                                   \
    "with c as (select fait, commande as moi, contre as autre, contre_texte, le from litige where le <= ?1 union all "           \
    "select fait, contre, commande, contre_texte, le from litige where contre is not null and le <= ?1) "                       \
    "select o.numero, nullif(o.fournisseur, 0), "                                                                               \
    "case when p.fait is null then c.contre_texte when p.fournisseur = 0 then p.numero else printf('%09d/%s', p.fournisseur, p.numero) end, " \
    "c.le, null, r.reponse, r.le, "                                                                                             \
    "case when f.ecartee = c.moi then case when f.retrait then 'retirée' else 'écartée' end when f.litige is not null then 'retenue' end, f.le, null " \
    "from c join commande o on o.fait = c.moi left join commande p on p.fait = c.autre "                                         \
    "left join litige_fin f on f.litige = c.fait and f.le <= ?1 "                                                               \
    "left join litige_reponse r on r.fait = (select max(fait) from litige_reponse x where x.litige = c.fait and x.commande = c.moi and x.le <= ?1) " \
    "order by c.fait, c.moi"

static const char *etat(const struct cellule *c, struct jour limite, struct jour au)
{
    if (c[8].type != CELLULE_VIDE)
        return "conclu";
    if (c[5].type != CELLULE_VIDE)
        return "en attente de décision";
    return jour_present(limite) && jour_cmp(au, limite) > 0 ? "délai passé sans réponse" : "à répondre";
}

bool vue_litiges(struct contexte *ctx, struct tableau_sortie *sortie)
{
    const struct jour au = instant_jour(ctx->au);
    struct cellule c[N_COLONNES];
    sqlite3_stmt *s = registre_stmt(ctx->registre, SQL, ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, au.n);
    bool ok = sortie->debut(sortie->ctx, colonnes, N_COLONNES);
    int la = 0;
    while (ok && (la = registre_suivant(ctx->registre, s, ctx->diags)) == 1) {
        vue_cellules(s, colonnes, NULL, N_COLONNES, c);
        const struct jour limite = litige_limite(ctx, (struct jour){sqlite3_column_int(s, 3)}, au);
        c[4] = cellule_jour(limite);
        c[9] = cellule_texte(etat(c, limite, au));
        ok = sortie->ligne(sortie->ctx, c, N_COLONNES);
    }
    sqlite3_finalize(s);
    return ok && la == 0 && sortie->fin(sortie->ctx);
}
