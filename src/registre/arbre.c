#include "registre/arbre.h"

#include <string.h>

void arbre_debut(struct arbre *a, struct registre *r, struct diag_liste *diags)
{
    *a = (struct arbre){.r = r, .diags = diags, .bloc_lu = -1};
}

void arbre_fin(struct arbre *a)
{
    memoire_free(a->blocs);
    a->blocs = NULL;
}

static void bloc_ajouter(struct arbre *a, const struct empreinte *racine)
{
    a->blocs = memoire_grow(a->blocs, &a->cap_blocs, a->n_blocs + 1, sizeof *a->blocs);
    a->blocs[a->n_blocs++] = *racine;
    merkle_ajouter_bloc(&a->pile, ARBRE_NIVEAU, racine);
}

static struct empreinte racine_de(const struct merkle_pile *sous, const struct empreinte *feuilles, size_t n)
{
    struct merkle_pile p = *sous;
    for (size_t i = 0; i < n; i++)
        merkle_ajouter(&p, &feuilles[i]);
    return merkle_racine(&p);
}

/* --- feeding ------------------------------------------------------------------------------------------------------ */

bool arbre_entree(void *ctx, int64_t numero, struct slice octets)
{
    static const struct merkle_pile vide;
    struct arbre *a = ctx;
    a->troue = a->troue || numero != arbre_entrees(a) + 1;
    if (a->troue)
        return true;
    a->courantes[a->n_courantes++] = merkle_feuille(octets.bytes, octets.len);
    if (a->n_courantes == ARBRE_BLOC) {
        const struct empreinte racine = racine_de(&vide, a->courantes, ARBRE_BLOC);
        bloc_ajouter(a, &racine);
        a->n_courantes = 0;
    }
    return true;
}

int64_t arbre_entrees(const struct arbre *a)
{
    return (int64_t)a->pile.n + a->n_courantes;
}

struct empreinte arbre_racine(const struct arbre *a)
{
    return racine_de(&a->pile, a->courantes, a->n_courantes);
}

static bool nourrir(struct arbre *a, int64_t de, int64_t jusque)
{
    if (de <= jusque && !journal_parcourir(a->r, de, jusque, arbre_entree, a, a->diags))
        return false;
    if (!a->troue && arbre_entrees(a) == jusque)
        return true;
    diag_erreur(a->diags, E_JOURNAL_CHAINE, "journal, entrée %lld : elle manque", (long long)arbre_entrees(a) + 1);
    return false;
}

/* The blocks that the projection keeps, from the first on, `n` at most. */
static bool blocs_gardes(struct arbre *a, int64_t n)
{
    sqlite3_stmt *s = registre_stmt(a->r, "select rang, empreinte from sceau_bloc where rang < ?1 order by rang", a->diags);
    int la = -1;
    if (s == NULL)
        return false;
    lier_n(s, 1, n);
    while ((la = registre_suivant(a->r, s, a->diags)) == 1) {
        struct empreinte e;
        if (sqlite3_column_int64(s, 0) != (int64_t)a->n_blocs || sqlite3_column_bytes(s, 1) != (int)sizeof e.octets)
            break; /* damaged: the rest is read again */
        memcpy(e.octets, sqlite3_column_blob(s, 1), sizeof e.octets);
        bloc_ajouter(a, &e);
    }
    sqlite3_finalize(s);
    return la >= 0;
}

bool arbre_charger(struct arbre *a, int64_t entrees)
{
    return blocs_gardes(a, entrees / ARBRE_BLOC) && nourrir(a, arbre_entrees(a) + 1, entrees);
}

/* --- subtrees ----------------------------------------------------------------------------------------------------- */

static bool lire_feuille(void *ctx, int64_t numero, struct slice octets)
{
    struct arbre *a = ctx;
    if (a->n_lues == ARBRE_BLOC || numero != a->bloc_lu * ARBRE_BLOC + a->n_lues + 1)
        return false;
    a->lues[a->n_lues++] = merkle_feuille(octets.bytes, octets.len);
    return true;
}

/* Leaves `de` … `de + n − 1`, which are in one block. */
static bool feuilles_lire(struct arbre *a, int64_t de, uint64_t n)
{
    const int64_t bloc = de / ARBRE_BLOC;
    if (a->bloc_lu != bloc) {
        a->bloc_lu = bloc;
        a->n_lues = 0;
        (void)journal_parcourir(a->r, bloc * ARBRE_BLOC + 1, (bloc + 1) * ARBRE_BLOC, lire_feuille, a, a->diags);
    }
    if ((uint64_t)(de % ARBRE_BLOC) + n <= a->n_lues)
        return true;
    diag_erreur(a->diags, E_JOURNAL_CHAINE, "journal, entrée %lld : elle manque", (long long)(bloc * ARBRE_BLOC + a->n_lues + 1));
    a->bloc_lu = -1;
    return false;
}

bool arbre_plage(void *ctx, uint64_t de, uint64_t n, struct empreinte *out)
{
    static const struct merkle_pile vide;
    struct arbre *a = ctx;
    struct merkle_pile p = {0};
    const uint64_t fin = de + n;
    if (n < ARBRE_BLOC && n > 0) { /* a subtree so small stands in one block */
        if (!feuilles_lire(a, (int64_t)de, n))
            return false;
        *out = racine_de(&vide, a->lues + de % ARBRE_BLOC, n);
        return true;
    }
    for (; de + ARBRE_BLOC <= fin && de / ARBRE_BLOC < a->n_blocs; de += ARBRE_BLOC)
        merkle_ajouter_bloc(&p, ARBRE_NIVEAU, &a->blocs[de / ARBRE_BLOC]);
    if (de < fin && !feuilles_lire(a, (int64_t)de, fin - de))
        return false;
    *out = de < fin ? racine_de(&p, a->lues, fin - de) : merkle_racine(&p);
    return true;
}

/* --- the projection ------------------------------------------------------------------------------------------------ */

static bool bloc_garder(struct registre *r, sqlite3_stmt *s, int64_t rang, const struct empreinte *e, struct diag_liste *diags)
{
    lier_n(s, 1, rang);
    lier_octets(s, 2, e->octets, sizeof e->octets);
    return registre_pas(r, s, diags);
}

bool arbre_garder(struct registre *r, int64_t entrees, struct diag_liste *diags)
{
    struct arbre a;
    int64_t gardes;
    if (!registre_entier(r, "select count(*) from sceau_bloc", 0, &gardes, diags))
        return false;
    arbre_debut(&a, r, diags);
    bool ok = arbre_charger(&a, entrees - entrees % ARBRE_BLOC);
    sqlite3_stmt *s = registre_stmt(r, "insert into sceau_bloc (rang, empreinte) values (?1, ?2)", diags);
    for (size_t i = (size_t)gardes; ok && s != NULL && i < a.n_blocs; i++)
        ok = bloc_garder(r, s, (int64_t)i, &a.blocs[i], diags);
    ok = ok && s != NULL;
    sqlite3_finalize(s);
    arbre_fin(&a);
    return ok;
}
