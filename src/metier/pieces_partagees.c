/* The same file joined to several orders: copied by mistake more often than not, so it is said. */
#include <string.h>

#include "metier/dico.h"
#include "metier/piece_lue.h"
#include "noyau/tri.h"
#include "registre/base.h"

/* Orders named in one sentence. */
#define NOMMEES 10

/* Every piece joined, in the order of the orders: no sort, no join. */
static const char requete[] = "select empreinte, commande, fait from piece_jointe where role <> ?1 order by commande";

/* One file, and the orders that it is joined to. */
struct partage {
    struct empreinte e;
    size_t n;
    int64_t derniere;          /* the last order counted */
    bool nouvelle;             /* joined since `premier` */
    int64_t commandes[NOMMEES];
};
struct partages {
    struct dico dico;
    struct arene arene;
    struct partage **t;
    size_t n, cap;
};

static void noter(struct partages *p, const void *octets, int64_t commande, bool nouvelle)
{
    const size_t rang = dico_chercher(&p->dico, (struct slice){octets, sizeof(struct empreinte)});
    struct partage *x = rang != DICO_ABSENT ? p->t[rang] : NULL;
    if (x == NULL) {
        p->t = memoire_grow(p->t, &p->cap, p->n + 1, sizeof *p->t);
        x = p->t[p->n] = arene_alloc(&p->arene, sizeof *x);
        *x = (struct partage){.derniere = 0};
        memcpy(x->e.octets, octets, sizeof x->e.octets);
        (void)dico_mettre(&p->dico, (struct slice){(const char *)x->e.octets, sizeof x->e.octets}, p->n++);
    }
    x->nouvelle = x->nouvelle || nouvelle;
    if (x->derniere == commande)
        return;
    if (x->n < NOMMEES)
        x->commandes[x->n] = commande;
    x->n++;
    x->derniere = commande;
}

static bool lire(struct contexte *ctx, int64_t premier, struct partages *p)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, requete, ctx->diags);
    int la = -1;
    if (s == NULL)
        return false;
    lier_n(s, 1, PIECE_NON_CUMUL);
    while ((la = registre_suivant(ctx->registre, s, ctx->diags)) == 1) {
        const void *e = sqlite3_column_blob(s, 0);
        if (e != NULL && sqlite3_column_bytes(s, 0) == (int)sizeof(struct empreinte))
            noter(p, e, sqlite3_column_int64(s, 1), sqlite3_column_int64(s, 2) >= premier);
    }
    sqlite3_finalize(s);
    return la == 0;
}

static bool dire(struct contexte *ctx, sqlite3_stmt *s, const struct partage *x)
{
    struct buffer noms = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < x->n && i < NOMMEES; i++) {
        (void)sqlite3_reset(s);
        lier_n(s, 1, x->commandes[i]);
        ok = registre_suivant(ctx->registre, s, ctx->diags) == 1;
        const struct slice numero = ok ? colonne_slice(s, 0) : (struct slice){"", 0};
        buffer_printf(&noms, "%s%.*s", i > 0 ? ", " : "", (int)numero.len, numero.bytes);
    }
    if (ok) {
        struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, erreur_texte(E_SUSPECT),
                                    "à vérifier : le même fichier est joint à %zu commandes", x->n);
        ctx->soupcons++;
        diag_trouve(d, "%s%s", noms.bytes, x->n > NOMMEES ? " …" : "");
        diag_attendu(d, "à chaque commande son bon, sauf si un seul document les porte toutes");
        diag_a_faire(d, "ouvrir le fichier, et joindre le bon document à celles qu'il ne porte pas : sons commande joindre");
    }
    buffer_free(&noms);
    return ok;
}

static int cmp_partages(const void *a, const void *b)
{
    const struct partage *const *x = a, *const *y = b;
    return memcmp((*x)->e.octets, (*y)->e.octets, sizeof (*x)->e.octets);
}

bool pieces_partagees(struct contexte *ctx, int64_t premier)
{
    struct partages p = {.n = 0};
    size_t n = 0;
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select numero from commande where fait = ?1", ctx->diags);
    bool ok = s != NULL && lire(ctx, premier, &p);
    for (size_t i = 0; ok && i < p.n; i++)
        if (p.t[i]->n > 1 && p.t[i]->nouvelle)
            p.t[n++] = p.t[i];
    trier_liste(p.t, n, sizeof *p.t, cmp_partages);
    for (size_t i = 0; ok && i < n; i++)
        ok = dire(ctx, s, p.t[i]);
    sqlite3_finalize(s);
    dico_free(&p.dico);
    arene_free(&p.arene);
    memoire_free(p.t);
    return ok;
}
