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

/* Bytes of a value, type included. */
static void ligne_ajouter(struct buffer *b, sqlite3_stmt *s, int i)
{
    const int type = sqlite3_column_type(s, i);
    int64_t n = sqlite3_column_int64(s, i);
    const bool octets = type == SQLITE_TEXT || type == SQLITE_BLOB;
    const void *p = octets ? sqlite3_column_blob(s, i) : NULL;
    if (octets)
        n = sqlite3_column_bytes(s, i);
    buffer_putc(b, (char)type);
    buffer_append(b, &n, sizeof n);
    if (octets)
        buffer_append(b, p, (size_t)n);
}

static bool hacher_table(struct registre *r, const char *base, const char *table, struct empreinte *out, struct diag_liste *diags)
{
    char sql[160];
    (void)sqlite3_snprintf(sizeof sql, sql, "select * from %s.\"%w\" order by 1, 2", base, table);
    sqlite3_stmt *s = registre_stmt(r, sql, diags);
    if (s == NULL)
        return false;
    struct empreinte_ctx *h = empreinte_debut();
    struct buffer ligne = {0};
    const int n = sqlite3_column_count(s);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        buffer_clear(&ligne);
        for (int i = 0; i < n; i++)
            ligne_ajouter(&ligne, s, i);
        empreinte_ajouter(h, ligne.bytes, ligne.len);
    }
    *out = empreinte_fin(h);
    buffer_free(&ligne);
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

static bool comparer(struct registre *passe, struct diag_liste *diags, size_t *tables)
{
    enum { TABLES_MAX = 64 };
    const char *noms[TABLES_MAX];
    struct arene a = {0};
    bool ok = tables_lister(passe, &a, noms, TABLES_MAX, tables, diags);
    for (size_t i = 0; ok && i < *tables; i++) {
        struct empreinte rejouee, gardee;
        if (!hacher_table(passe, "main", noms[i], &rejouee, diags) || !hacher_table(passe, "livre", noms[i], &gardee, diags)) {
            ok = false;
        } else if (!empreinte_egale(&rejouee, &gardee)) {
            diag_erreur(diags, E_JOURNAL_ETAT, "la table « %s » ne dit pas ce que dit le journal", noms[i]);
        }
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
