/* What was recorded of an order before its corrections: a sheet that still says it says nothing new. */
#include <string.h>

#include "metier/commande_fusion_interne.h"

bool fusion_slices(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.bytes, b.bytes, a.len) == 0);
}

bool fusion_valeurs(const struct fait_valeur *a, const struct fait_valeur *b, bool liste)
{
    if (a->present != b->present || !a->present)
        return a->present == b->present;
    if (a->n != b->n || !fusion_slices(a->texte, b->texte))
        return false;
    for (int64_t i = 0; liste && i < a->n; i++)
        if (!fusion_slices(a->liste[i], b->liste[i]))
            return false;
    return true;
}

struct notes {
    struct contenu_note *t;
    size_t n, cap;
};

static bool noter_contenu(void *ctx, const struct entree *e, struct arene *a)
{
    struct notes *l = ctx;
    const bool enregistree = e->fait.type == FAIT_COMMANDE_ENREGISTREE, completee = e->fait.type == FAIT_COMMANDE_COMPLETEE;
    (void)a;
    if (!enregistree && !completee && e->fait.type != FAIT_COMMANDE_RECTIFIEE)
        return true;
    l->t = memoire_grow(l->t, &l->cap, l->n + 1, sizeof *l->t);
    l->t[l->n++] = (struct contenu_note){
        e->numero, enregistree || fait_trois(&e->fait, completee ? CO_IMPORT : CX_IMPORT) == TROIS_OUI};
    return true;
}

static void anciens_lire(struct fusionneur *u)
{
    struct notes l = {0};
    if (u->anciens_lus)
        return;
    u->anciens_lus = true;
    u->ok = histoire_parcourir(u->ctx, u->x->etat.commande, noter_contenu, &l) && l.n > 0 && u->ok;
    u->anciens = arene_alloc(u->a, (l.n + 1) * sizeof *u->anciens);
    u->notes = arene_alloc(u->a, (l.n + 1) * sizeof *u->notes);
    for (size_t i = 0; u->ok && i < l.n; i++) {
        u->notes[i] = l.t[i];
        if (i + 1 < l.n)
            u->ok = contenu_du_fait(u->ctx, l.t[i].fait, u->a, &u->anciens[u->n_anciens++]);
    }
    memoire_free(l.t);
}

/* The content of rank `i`, the present one last. */
static const struct fait *contenu_de_rang(const struct fusionneur *u, size_t i)
{
    return i < u->n_anciens ? &u->anciens[i] : &u->x->avant;
}

/* Back in time, down to the last sheet that changed the field: what was said before that one is news if it is said again. */
bool fusion_deja_dit(struct fusionneur *u, ancien_egal *egal, enum fait_champ champ, finess et)
{
    if (u->mode != FUSION_IMPORT || u->x->etat.contenu == u->x->etat.commande)
        return false;
    anciens_lire(u);
    for (size_t i = u->n_anciens; u->ok && i > 0; i--) {
        const struct fait_valeur *apres = fait_get(contenu_de_rang(u, i), champ), *avant = fait_get(contenu_de_rang(u, i - 1), champ);
        if (u->notes[i].import && !fusion_valeurs(apres, avant, champ_forme(champ)->liste))
            return false;
        if (egal(u, i - 1, champ, et))
            return true;
    }
    return false;
}
