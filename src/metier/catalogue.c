#include "metier/catalogue.h"

#include <string.h>

#include "registre/base.h"

static const char *plier(struct arene *a, struct slice s)
{
    struct buffer b = {0};
    texte_fold(&b, s.bytes == NULL ? "" : s.bytes, s.len);
    const char *plie = arene_strndup(a, b.bytes == NULL ? "" : b.bytes, b.len);
    buffer_free(&b);
    return plie;
}

void catalogue_ajouter(struct catalogue *c, enum nom_genre genre, struct slice nom, struct slice numero)
{
    const char *plie = plier(&c->arene, nom);
    c->noms = memoire_grow(c->noms, &c->cap, c->n + 1, sizeof *c->noms);
    c->noms[c->n] = (struct nom_connu){genre, plie, arene_strndup(&c->arene, nom.bytes, nom.len),
                                       arene_strndup(&c->arene, numero.bytes, numero.len), 0};
    const size_t tete = dico_mettre(&c->plies, slice_of(plie), c->n);
    if (tete != DICO_ABSENT) {
        c->noms[c->n].suivant = c->noms[tete].suivant;
        c->noms[tete].suivant = c->n; /* never the first of all: 0 ends the chain */
    }
    c->n++;
}

static bool lire(struct contexte *ctx, struct catalogue *c, const char *sql)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, sql, ctx->diags);
    int la = -1;
    while (s != NULL && (la = registre_suivant(ctx->registre, s, ctx->diags)) == 1)
        catalogue_ajouter(c, (enum nom_genre)sqlite3_column_int(s, 0), colonne_slice(s, 1), colonne_slice(s, 2));
    sqlite3_finalize(s);
    return la == 0;
}

bool catalogue_lire(struct contexte *ctx, struct catalogue *c)
{
    return lire(ctx, c, "select distinct 0, numero_ans, numero_ans from solution union all select distinct 1, nom, numero_ans "
                        "from solution union all select 2, nom, numero_ans from surnom");
}

void catalogue_free(struct catalogue *c)
{
    memoire_free(c->noms);
    dico_free(&c->plies);
    arene_free(&c->arene);
    *c = (struct catalogue){0};
}

/* The entries that read like `nom`, one after the other; NULL at the end. */
static const struct nom_connu *premier(const struct catalogue *c, struct slice nom)
{
    struct arene a = {0};
    const char *plie = plier(&a, nom);
    const size_t rang = *plie == '\0' ? DICO_ABSENT : dico_chercher(&c->plies, slice_of(plie));
    arene_free(&a);
    return rang == DICO_ABSENT ? NULL : &c->noms[rang];
}

static const struct nom_connu *suivant(const struct catalogue *c, const struct nom_connu *n)
{
    return n->suivant == 0 ? NULL : &c->noms[n->suivant];
}

const char *catalogue_numero(const struct catalogue *c, struct slice numero)
{
    for (const struct nom_connu *n = premier(c, numero); n != NULL; n = suivant(c, n))
        if (n->genre == NOM_NUMERO)
            return n->numero;
    return NULL;
}

const struct nom_connu *catalogue_conflit(const struct catalogue *c, enum nom_genre genre, struct slice nom, struct slice numero)
{
    for (const struct nom_connu *n = premier(c, nom); n != NULL; n = suivant(c, n)) {
        const bool partageable = genre == NOM_SOLUTION && n->genre == NOM_SOLUTION;
        if (!partageable && !slice_equals(numero, n->numero))
            return n;
    }
    return NULL;
}

const struct nom_connu *catalogue_connait(const struct catalogue *c, struct slice nom, struct slice numero)
{
    for (const struct nom_connu *n = premier(c, nom); n != NULL; n = suivant(c, n))
        if (slice_equals(numero, n->numero))
            return n;
    return NULL;
}
