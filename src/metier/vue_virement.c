/* Which requests a transfer may pay: exact sums only, each with its reason. */
#include <string.h>

#include "metier/virement_interne.h"
#include "registre/base.h"

#define DUS_MAX 50000
#define PAIRES_MAX 2000 /* requests among which pairs are looked for: two million sums at most */

void propositions_free(struct propositions *p)
{
    memoire_free(p->items);
    arene_free(&p->arene);
    *p = (struct propositions){0};
}

void virement_inconnu(struct contexte *ctx, int64_t entree)
{
    diag_a_faire(diag_erreur(ctx->diags, E_INCONNU, "l'entrée %lld n'est pas un virement, ou il est retiré", (long long)entree),
                 "voir les virements : sons virement lister");
}

bool virement_trouver(struct contexte *ctx, int64_t entree, struct arene *a, struct virement *out, struct virement_rapport *r)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select fournisseur, montant, le, reference, coalesce((select sum(e.montant) from encaissement e "
                                                   "where e.virement = v.fait and e.retire_par is null), 0) from virement v where fait = ?1", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, entree);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1) {
        const struct slice reference = colonne_slice(s, 3);
        *out = (struct virement){(uint32_t)sqlite3_column_int64(s, 0), montant_of(sqlite3_column_int64(s, 1)), {sqlite3_column_int(s, 2)},
                                 arene_strndup(a, reference.len == 0 ? "" : reference.bytes, reference.len)};
        r->entree = entree;
        r->montant = out->montant;
        r->ventile = montant_of(sqlite3_column_int64(s, 4));
        r->reste = montant_of(out->montant.centimes - r->ventile.centimes);
    } else if (la == 0) {
        virement_inconnu(ctx, entree);
    }
    sqlite3_finalize(s);
    return la == 1;
}

/* The sum received comes from the entries that stand, all of them added up once; the decision from the last answer. */
#define SQL_DUS                                                                                                              \
    "with r as materialized (select commande, paiement, sum(montant) as somme from encaissement where retire_par is null group by commande, paiement) " \
    "select d.commande, d.paiement, d.paye - coalesce(r.somme, 0) as du, d.lot, d.statut_le, o.numero, d.numero from demande d "             \
    "left join r on r.commande = d.commande and r.paiement = d.paiement "                                                          \
    "join commande o on o.fait = d.commande where d.paye is not null and d.fournisseur = ?1 and du > 0 order by d.statut_le, d.commande, d.paiement limit ?2"

bool dus_lire(struct contexte *ctx, const struct virement *v, struct arene *a, struct dus *out)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, SQL_DUS, ctx->diags);
    int la = -1;
    out->somme = montant_of(0);
    if (s == NULL)
        return false;
    lier_n(s, 1, v->fournisseur);
    lier_n(s, 2, DUS_MAX);
    while ((la = registre_suivant(ctx->registre, s, ctx->diags)) == 1) {
        const struct slice numero = colonne_slice(s, 5);
        out->items = memoire_grow(out->items, &out->cap, out->n + 1, sizeof *out->items);
        out->items[out->n] = (struct ventilation){
            sqlite3_column_int64(s, 0), (enum paiement)sqlite3_column_int(s, 1), montant_of(sqlite3_column_int64(s, 2)),
            (uint32_t)sqlite3_column_int64(s, 3), instant_jour((struct instant){sqlite3_column_int64(s, 4)}),
            arene_strndup(a, numero.bytes, numero.len), sqlite3_column_int64(s, 6)};
        (void)montant_add(out->somme, out->items[out->n++].montant, &out->somme);
    }
    sqlite3_finalize(s);
    return la == 0;
}

/* --- proposals ------------------------------------------------------------------------------------------------------------ */

static bool memes_parts(const struct proposition *a, const struct ventilation *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a->n != n || a->parts[i].commande != parts[i].commande || a->parts[i].paiement != parts[i].paiement)
            return false;
    return a->n == n;
}

static void proposer(struct propositions *p, const char *pourquoi, const struct ventilation *parts, size_t n)
{
    for (size_t i = 0; i < p->n; i++)
        if (memes_parts(&p->items[i], parts, n))
            return;
    p->items = memoire_grow(p->items, &p->cap, p->n + 1, sizeof *p->items);
    struct ventilation *copie = arene_alloc(&p->arene, n * sizeof *copie);
    memcpy(copie, parts, n * sizeof *copie);
    p->items[p->n++] = (struct proposition){pourquoi, copie, n};
}

/* Those that share a lot, or the day of the decision. */
static bool du_groupe(const struct ventilation *x, const struct ventilation *y, bool lot)
{
    return lot ? x->lot == y->lot && x->lot != 0 && x->paiement == y->paiement : jour_cmp(x->decide_le, y->decide_le) == 0;
}

static void groupes(const struct dus *d, struct montant somme, bool lot, struct propositions *p)
{
    struct ventilation *parts = memoire_calloc(d->n + 1, sizeof *parts);
    for (size_t i = 0; i < d->n; i++) {
        char t[JOUR_TEXTE_MAX];
        int64_t total = 0;
        size_t n = 0;
        bool premier = true;
        for (size_t k = 0; k < d->n && premier; k++) {
            if (!du_groupe(&d->items[i], &d->items[k], lot))
                continue;
            premier = k >= i; /* each group once, from its first request */
            total += d->items[k].montant.centimes;
            parts[n++] = d->items[k];
            if (total > somme.centimes)
                break;
        }
        if (premier && total == somme.centimes)
            proposer(p, lot ? arene_printf(&p->arene, "tout ce qui reste dû du lot %u", d->items[i].lot)
                            : arene_printf(&p->arene, "tout ce que l'ASP a décidé le %s", jour_fr(d->items[i].decide_le, t)), parts, n);
    }
    memoire_free(parts);
}

static void une_ou_deux(const struct dus *d, struct montant somme, struct propositions *p)
{
    const size_t n = d->n < PAIRES_MAX ? d->n : PAIRES_MAX;
    for (size_t i = 0; i < d->n && p->n < 20; i++)
        if (d->items[i].montant.centimes == somme.centimes)
            proposer(p, "cette seule demande", &d->items[i], 1);
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && p->n < 20; k++)
            if (d->items[i].montant.centimes + d->items[k].montant.centimes == somme.centimes)
                proposer(p, "ces deux demandes", (const struct ventilation[]){d->items[i], d->items[k]}, 2);
}

static void plus_anciennes(const struct dus *d, struct montant somme, struct propositions *p)
{
    int64_t total = 0;
    for (size_t n = 0; n < d->n && total < somme.centimes; n++) {
        total += d->items[n].montant.centimes;
        if (total == somme.centimes)
            proposer(p, n + 1 == d->n ? "toutes les demandes qui attendent" : arene_printf(&p->arene, "les %zu plus anciennes", n + 1), d->items, n + 1);
    }
}

void propositions_faire(const struct dus *d, struct montant somme, struct propositions *p)
{
    p->dues = d->n;
    p->du = d->somme;
    if (somme.centimes <= 0)
        return;
    groupes(d, somme, true, p);
    groupes(d, somme, false, p);
    plus_anciennes(d, somme, p);
    une_ou_deux(d, somme, p);
}

bool vue_virement_propositions(struct contexte *ctx, int64_t entree, struct virement_rapport *out, struct propositions *p)
{
    struct virement v;
    struct dus d = {0};
    *p = (struct propositions){0};
    const bool ok = virement_trouver(ctx, entree, &p->arene, &v, out) && dus_lire(ctx, &v, &p->arene, &d);
    if (ok)
        propositions_faire(&d, out->reste, p);
    memoire_free(d.items);
    return ok;
}
