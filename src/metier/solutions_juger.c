#include "metier/solutions_juger.h"

#include <string.h>

#include "metier/juger.h"
#include "registre/dossier_charger.h"

struct difference *difference_ajouter(struct differences *d, enum difference_quoi quoi, struct slice numero, enum couloir couloir, struct slice version,
                                      const char *champ)
{
    d->items = memoire_grow(d->items, &d->cap, d->n + 1, sizeof *d->items);
    struct difference *x = &d->items[d->n++];
    *x = (struct difference){.quoi = quoi, .numero = arene_strndup(&d->arene, numero.len == 0 ? "" : numero.bytes, numero.len),
                             .couloir = couloir_nom(couloir),
                             .version = arene_strndup(&d->arene, version.len == 0 ? "" : version.bytes, version.len),
                             .champ = champ, .avant = cellule_vide(), .apres = cellule_vide()};
    return x;
}

void differences_free(struct differences *d)
{
    memoire_free(d->items);
    arene_free(&d->arene);
    *d = (struct differences){0};
}

void verdicts_free(struct verdicts *v)
{
    for (size_t i = 0; i < v->n; i++)
        memoire_free(v->commandes[i].numero);
    memoire_free(v->commandes);
    memoire_free(v->regles);
    *v = (struct verdicts){0};
}

static void noter(const struct contexte *ctx, struct verdicts *v, const struct dossier *d, struct arene *a)
{
    const size_t regles = regles_nombre();
    struct jugement j;
    v->commandes = memoire_grow(v->commandes, &v->cap, v->n + 1, sizeof *v->commandes);
    v->regles = memoire_grow(v->regles, &v->cap_regles, (v->n + 1) * regles, sizeof *v->regles);
    juger_tout(ctx, d, a, &j);
    memset(v->regles + v->n * regles, 0, regles);
    for (size_t i = 0; i < j.n; i++)
        v->regles[v->n * regles + j.constats[i].regle] = (uint8_t)(1 + j.constats[i].verdict);
    v->commandes[v->n].fait = d->fait;
    v->commandes[v->n].numero = memoire_strdup(d->numero);
    v->commandes[v->n++].emettable = bilan_emettable(&j.bilan);
}

bool verdicts_lire(struct contexte *ctx, struct verdicts *out, bool tous, const char *const *noms, size_t n_noms, size_t *nommees)
{
    const struct chargeur_choix choix = {0};
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->maintenant, ctx->calendrier, ctx->diags);
    struct arene a = {0};
    struct dossier d;
    int lu = c != NULL && chargeur_ouvrir(c, &choix, ctx->diags) ? 1 : -1;
    for (; lu == 1 && (lu = chargeur_suivant(c, &a, &d, ctx->diags)) == 1; arene_reset(&a)) {
        if (tous)
            noter(ctx, out, &d, &a);
        for (size_t i = 0; i < n_noms; i++)
            nommees[i] += d.solution.connue && strcmp(d.solution.numero_ans, noms[i]) == 0;
    }
    chargeur_free(c);
    arene_free(&a);
    return lu == 0;
}

static struct cellule mot_verdict(uint8_t v)
{
    return v == 0 ? cellule_vide() : cellule_texte(verdict_nom((enum verdict)(v - 1)));
}

void verdicts_comparer(const struct verdicts *avant, const struct verdicts *apres, struct differences *out)
{
    const size_t regles = regles_nombre();
    for (size_t i = 0; i < avant->n && i < apres->n; i++) {
        const size_t deja = out->n;
        for (size_t r = 0; r < regles; r++) {
            const uint8_t x = avant->regles[i * regles + r], y = apres->regles[i * regles + r];
            if (x == y)
                continue;
            struct difference *d = difference_ajouter(out, COMMANDE_TOUCHEE, slice_of(apres->commandes[i].numero), COULOIR_INCONNU,
                                                      (struct slice){NULL, 0}, regle_de(r)->ident);
            d->avant = mot_verdict(x);
            d->apres = mot_verdict(y);
        }
        out->commandes += out->n > deja;
        out->debloquees += !avant->commandes[i].emettable && apres->commandes[i].emettable;
        out->bloquees += avant->commandes[i].emettable && !apres->commandes[i].emettable;
    }
}
