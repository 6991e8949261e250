/* The story of an order: every fact that names it, as the journal keeps them. */
#include <string.h>

#include "metier/commande_fusion.h"
#include "registre/contenu.h"

struct recit {
    struct contexte *ctx;
    int64_t commande;
    struct buffer *b;
    struct arene arene;   /* the content before, which outlives its entry */
    struct fait contenu;
    bool lu;
    bool tout;            /* else only what changed its content or its force */
    size_t corrections;
};

/* « remplacée par BC-2 », or from the other side « remplace BC-1 ». */
static bool raconter_remplacement(struct recit *r, const struct fait *f, struct arene *a)
{
    const bool ancienne = fait_n(f, CP_COMMANDE) == r->commande;
    struct commande_etat e;
    char t[JOUR_TEXTE_MAX];
    if (!commande_etat_lire(r->ctx, fait_n(f, ancienne ? CP_PAR : CP_COMMANDE), a, &e))
        return false;
    buffer_printf(r->b, ancienne ? "remplacée par %s" : "remplace %s", e.numero);
    if (ancienne && jour_present(e.date_signature))
        buffer_printf(r->b, ", signée le %s", jour_fr(e.date_signature, t));
    return true;
}

/* Its reason, or its text, whatever the fact calls it. */
static void raconter_motif(struct recit *r, const struct fait *f)
{
    const struct fait_forme *forme = fait_forme(f->type);
    for (size_t i = 0; i < forme->n; i++) {
        const enum fait_champ c = (enum fait_champ)(forme->premier + i);
        const char *cle = champ_forme(c)->cle;
        if (f->v[i].present && champ_forme(c)->type == CHAMP_TEXTE && !champ_forme(c)->liste &&
            (strcmp(cle, "motif") == 0 || strcmp(cle, "texte") == 0))
            buffer_printf(r->b, " : « %.*s »", (int)f->v[i].texte.len, f->v[i].texte.bytes);
    }
}

/* What a correction changed; its content becomes the one before. */
static bool raconter_contenu(struct recit *r, const struct entree *e)
{
    struct arene a = {0};
    struct fait contenu;
    if (e->fait.type != FAIT_COMMANDE_ENREGISTREE && e->fait.type != FAIT_COMMANDE_COMPLETEE && e->fait.type != FAIT_COMMANDE_RECTIFIEE)
        return true;
    if (!contenu_du_fait(r->ctx, e->numero, &a, &contenu)) {
        arene_free(&a);
        return false;
    }
    if (r->lu)
        contenus_dire(&r->contenu, &contenu, "                      ", r->b);
    arene_free(&r->arene);
    r->arene = a;
    r->contenu = contenu;
    r->lu = true;
    return true;
}

static bool correction(const struct fait *f)
{
    return f->type == FAIT_COMMANDE_COMPLETEE || f->type == FAIT_COMMANDE_RECTIFIEE || f->type == FAIT_COMMANDE_REMPLACEE ||
           f->type == FAIT_COMMANDE_ANNULEE;
}

static bool raconter(void *ctx, const struct entree *e, struct arene *a)
{
    struct recit *r = ctx;
    r->corrections += correction(&e->fait);
    if (!r->tout && !correction(&e->fait) && e->fait.type != FAIT_COMMANDE_ENREGISTREE)
        return true;
    char saisie[INSTANT_TEXTE_MAX];
    const char *date = fait_date(&e->fait, a);
    buffer_printf(r->b, "%s", r->lu ? "                      " : "  histoire            ");
    bool ok = true;
    if (e->fait.type == FAIT_COMMANDE_REMPLACEE)
        ok = raconter_remplacement(r, &e->fait, a);
    else
        ok = fait_raconter_de(r->ctx, &e->fait, r->commande, r->b);
    raconter_motif(r, &e->fait);
    buffer_printf(r->b, "%s%s%s (entrée %lld, saisie le %s)\n", *date != '\0' ? ", " : "",
                  *date == '\0' ? "" : e->fait.type == FAIT_COMMANDE_ENREGISTREE ? "signée le " : "le ", date, (long long)e->numero,
                  instant_fr(e->instant, saisie));
    return ok && raconter_contenu(r, e);
}

bool histoire_dire(struct contexte *ctx, int64_t commande, bool tout, struct buffer *b)
{
    struct buffer texte = {0};
    struct recit r = {.ctx = ctx, .commande = commande, .b = &texte, .tout = tout};
    const bool ok = histoire_parcourir(ctx, commande, raconter, &r);
    if (ok && (tout || r.corrections > 0))
        buffer_append(b, texte.bytes, texte.len);
    buffer_free(&texte);
    arene_free(&r.arene);
    return ok;
}
