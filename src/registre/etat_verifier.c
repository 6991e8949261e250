/* Verification of the projections: a replay in memory, table by table. */
#include <string.h>

#include "registre/etat.h"
#include "registre/journal.h"

/* Tables of a schema, in a stable order. */
static bool tables_lister(struct registre *r, struct arene *a, const char **noms, size_t max, size_t *n, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select name from main.sqlite_schema where type = 'table' order by name", diags);
    if (s == NULL)
        return false;
    *n = 0;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW && *n < max) {
        const struct slice nom = colonne_slice(s, 0);
        noms[(*n)++] = arene_strndup(a, nom.bytes, nom.len);
    }
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

/* Tables are strict: no other type than these. The column is looked for once: each of sqlite3_column_… would do it again, under a lock. */
static bool meme_valeur(sqlite3_value *a, sqlite3_value *b)
{
    const int type = sqlite3_value_type(a);
    if (sqlite3_value_type(b) != type)
        return false;
    if (type == SQLITE_INTEGER)
        return sqlite3_value_int64(a) == sqlite3_value_int64(b);
    if (type == SQLITE_NULL)
        return true;
    const void *x = sqlite3_value_blob(a), *y = sqlite3_value_blob(b);
    const int n = sqlite3_value_bytes(a);
    return n == sqlite3_value_bytes(b) && (n == 0 || memcmp(x, y, (size_t)n) == 0);
}

static sqlite3_stmt *lignes(struct registre *r, const char *base, const char *table, struct diag_liste *diags)
{
    char sql[160];
    (void)sqlite3_snprintf(sizeof sql, sql, "select * from %s.\"%w\" order by 1, 2", base, table);
    return registre_stmt(r, sql, diags);
}

/* Both read side by side. 1 the same, 0 not, −1 a read failed. */
static int meme_table(struct registre *r, const char *table, struct diag_liste *diags)
{
    sqlite3_stmt *a = lignes(r, "main", table, diags), *b = a != NULL ? lignes(r, "livre", table, diags) : NULL;
    const int n = b != NULL ? sqlite3_column_count(a) : 0;
    bool meme = b != NULL && sqlite3_column_count(b) == n;
    int la = SQLITE_ROW, lb = b != NULL ? SQLITE_ROW : SQLITE_ERROR;
    while (meme && la == SQLITE_ROW && lb == SQLITE_ROW) {
        la = sqlite3_step(a);
        lb = la == SQLITE_ROW || la == SQLITE_DONE ? sqlite3_step(b) : SQLITE_ERROR;
        meme = la == lb;
        for (int i = 0; meme && la == SQLITE_ROW && i < n; i++)
            meme = meme_valeur(sqlite3_column_value(a, i), sqlite3_column_value(b, i));
    }
    const bool lu = (la == SQLITE_ROW || la == SQLITE_DONE) && (lb == SQLITE_ROW || lb == SQLITE_DONE);
    if (b != NULL && !lu)
        registre_faute(r, diags);
    sqlite3_finalize(a);
    sqlite3_finalize(b);
    return lu ? meme : -1;
}

static bool comparer(struct registre *passe, struct diag_liste *diags, size_t *tables)
{
    enum { TABLES_MAX = 64 };
    const char *noms[TABLES_MAX];
    struct arene a = {0};
    bool ok = tables_lister(passe, &a, noms, TABLES_MAX, tables, diags);
    for (size_t i = 0; ok && i < *tables; i++) {
        const int meme = meme_table(passe, noms[i], diags);
        ok = meme >= 0;
        if (meme == 0)
            diag_erreur(diags, E_JOURNAL_ETAT, "la table « %s » ne dit pas ce que dit le journal", noms[i]);
    }
    arene_free(&a);
    return ok;
}

bool etat_verifier(struct registre *r, size_t *tables, struct diag_liste *diags)
{
    const uint64_t avant = diags->total;
    *tables = 0;
    if (r->ancien)
        return true; /* just made from the journal: those of the file are of another version */
    struct registre *passe = registre_passe(r->chemin, diags);
    if (passe == NULL)
        return false;
    const bool ok = etat_rejouer(passe, 0, INSTANT_ABSENT, diags) && comparer(passe, diags, tables);
    registre_fermer(passe);
    return ok && diags->total == avant;
}
