/* Erasing people: the names leave the table and the file; what is committed to them stays, so that every verdict and every hash
 * stands. An erasure is a fact that names entries and fields, never the name. */
#include <stdlib.h>
#include <string.h>

#include "metier/actes.h"
#include "metier/personnes.h"
#include "metier/transaction.h"
#include "noyau/tri.h"

struct cible {
    int64_t fait, commande;
    char *champ, *nom;
    char item[48];   /* `<fait> <champ>` */
};
struct cibles {
    const char *nom;
    int64_t commande;
    struct cible *items;
    size_t n, cap;
    struct arene arene;
};

/* The person herself, and the address and number that stand with her name. */
static bool visee(const struct cibles *c, const struct personne_vue *p)
{
    if (c->commande != 0 && p->commande != c->commande)
        return false;
    return c->nom == NULL || nom_reconnu(p->nom, c->nom, true) || nom_reconnu(p->de, c->nom, true);
}

static bool relever(void *ctx, const struct personne_vue *p)
{
    struct cibles *c = ctx;
    if (p->efface_par != 0 || !visee(c, p))
        return true;
    c->items = memoire_grow(c->items, &c->cap, c->n + 1, sizeof *c->items);
    struct cible *x = &c->items[c->n++];
    *x = (struct cible){.fait = p->fait, .commande = p->commande, .champ = arene_strndup(&c->arene, p->champ.bytes, p->champ.len),
                        .nom = arene_strndup(&c->arene, p->nom.bytes, p->nom.len)};
    struct buffer b = {0};
    buffer_printf(&b, "%lld %s", (long long)p->fait, x->champ);
    memcpy(x->item, b.bytes, b.len < sizeof x->item ? b.len + 1 : sizeof x->item);
    x->item[sizeof x->item - 1] = '\0';
    buffer_free(&b);
    return true;
}

static int cmp_item(const void *a, const void *b)
{
    return strcmp(((const struct cible *)a)->item, ((const struct cible *)b)->item);
}

/* The different names among those to erase: a few, even for a thousand rows. */
struct restes {
    const char **noms;
    size_t n_noms, cap, n;
};

static void noms_distincts(const struct cibles *c, struct restes *r)
{
    for (size_t i = 0; i < c->n; i++) {
        size_t k = 0;
        while (k < r->n_noms && strcmp(r->noms[k], c->items[i].nom) != 0)
            k++;
        if (k < r->n_noms)
            continue;
        r->noms = memoire_grow(r->noms, &r->cap, r->n_noms + 1, sizeof *r->noms);
        r->noms[r->n_noms++] = c->items[i].nom;
    }
}

/* Rows that read like one of them. */
static bool compter_restes(void *ctx, const struct personne_vue *p)
{
    struct restes *r = ctx;
    bool meme = false;
    for (size_t i = 0; i < r->n_noms && !meme && p->efface_par == 0; i++)
        meme = nom_reconnu(p->nom, r->noms[i], true);
    r->n += meme;
    return true;
}

/* The reason is kept for ever: it must not say the name. */
static bool motif_muet(struct contexte *ctx, const struct restes *c, const char *motif)
{
    if (strlen(motif) > 500 || texte_has_control(motif, strlen(motif)) || !texte_is_utf8(motif, strlen(motif))) {
        diag_attendu(diag_erreur(ctx->diags, E_VALEUR, "le motif est trop long, ou illisible"), "une ligne de 500 octets au plus");
        return false;
    }
    for (size_t i = 0; i < c->n_noms; i++) {
        if (!nom_reconnu(slice_of(motif), c->noms[i], false))
            continue;
        struct diag *d = diag_erreur(ctx->diags, E_VALEUR, "le motif nomme la personne : il reste au journal");
        diag_a_faire(d, "donner un motif sans nom, par exemple « demande de l'intéressé »");
        return false;
    }
    return true;
}

static int cmp_commande(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Orders concerned, and a word on those whose advance was emitted: their pieces are kept ten years (regles.md § 9). */
static bool avertir(struct contexte *ctx, const struct cibles *c, size_t *commandes)
{
    int64_t *t = memoire_calloc(c->n + 1, sizeof *t);
    size_t n = 0, emises = 0;
    for (size_t i = 0; i < c->n; i++)
        if (c->items[i].commande != 0)
            t[n++] = c->items[i].commande;
    trier_liste(t, n, sizeof *t, cmp_commande);
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select 1 from demande where commande = ?1 and lot is not null", ctx->diags);
    bool ok = s != NULL;
    *commandes = 0;
    for (size_t i = 0; ok && i < n; i++) {
        if (i > 0 && t[i] == t[i - 1])
            continue;
        (*commandes)++;
        (void)sqlite3_reset(s);
        lier_n(s, 1, t[i]);
        const int la = registre_suivant(ctx->registre, s, ctx->diags);
        ok = la >= 0;
        emises += la == 1;
    }
    sqlite3_finalize(s);
    memoire_free(t);
    if (ok && emises > 0) {
        struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                    "%zu commande%s un lot émis : ce qui justifie un versement se garde dix ans", emises, emises > 1 ? "s ont" : " a");
        diag_trouve(d, "les pièces, les engagements et les verdicts restent ; les noms, non");
        diag_a_faire(d, "vérifier que le motif autorise cet effacement ; les pièces jointes peuvent porter le nom");
    }
    return ok;
}

static bool ecrire(struct acte *a, const struct cibles *c, const char *motif)
{
    struct slice *items = memoire_calloc(c->n + 1, sizeof *items);
    struct personne_ref *refs = memoire_calloc(c->n + 1, sizeof *refs);
    struct fait f;
    for (size_t i = 0; i < c->n; i++) {
        items[i] = slice_of(c->items[i].item);
        refs[i] = (struct personne_ref){c->items[i].fait, c->items[i].champ};
    }
    fait_init(&f, FAIT_PERSONNE_EFFACEE);
    fait_put_liste(&f, PE_NOM, items, c->n);
    fait_put_texte(&f, PE_MOTIF, motif);
    const bool ok = personne_effacer(a->ctx->registre, refs, c->n, a->ctx->diags) && acte_fait(a, &f, (struct slice){NULL, 0});
    memoire_free(items);
    memoire_free(refs);
    return ok;
}

/* Sorted items of one fact stand together. */
static void compter(struct cibles *c, const struct restes *r, struct effacement *out)
{
    trier_liste(c->items, c->n, sizeof *c->items, cmp_item);
    out->noms = c->n;
    for (size_t i = 0; i < c->n; i++)
        out->entrees += i == 0 || c->items[i].fait != c->items[i - 1].fait;
    out->ailleurs = r->n - (r->n < c->n ? r->n : c->n);
}

static bool effacer(struct acte *a, struct cibles *c, const char *motif, struct effacement *out)
{
    struct contexte *ctx = a->ctx;
    struct restes restes = {0};
    bool ok = personnes_parcourir(ctx, relever, c);
    if (ok && c->n == 0) {
        diag_a_faire(diag_erreur(ctx->diags, E_INCONNU, "aucun nom gardé ne répond à cela"), "voir ce qui est gardé : sons personnes voir");
        ok = false;
    }
    noms_distincts(c, &restes);
    ok = ok && motif_muet(ctx, &restes, motif) && avertir(ctx, c, &out->commandes) && personnes_parcourir(ctx, compter_restes, &restes);
    if (ok)
        compter(c, &restes, out);
    memoire_free(restes.noms);
    return ok && ecrire(a, c, motif);
}

bool acte_personnes_effacer(struct contexte *ctx, const char *nom, int64_t commande, const char *motif, struct effacement *out)
{
    struct cibles c = {.nom = nom, .commande = commande};
    struct acte a;
    *out = (struct effacement){0};
    if (!personne_effacement_preparer(ctx->registre, ctx->diags) || !acte_debut(&a, ctx))
        return false;
    const bool ok = acte_fin(&a, effacer(&a, &c, motif, out));
    memoire_free(c.items);
    arene_free(&c.arene);
    return ok;
}
