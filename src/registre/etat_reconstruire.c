/* Rebuilding of the projections: after a change of their format, or when they were damaged. */
#include "registre/etat.h"
#include "registre/journal.h"
#include "registre/schema.h"

/* Every table that livre.sql (?1) does not make is a projection, of this version or of another one. */
#define SQL_PROJECTIONS                                                                                               \
    "select 'drop table \"' || replace(name, '\"', '\"\"') || '\"' from sqlite_schema where type = 'table' and name not like 'sqlite_%' " \
    "and instr(?1, 'create table ' || name || ' (') = 0"

static bool projections_retirer(struct registre *r, struct diag_liste *diags)
{
    struct buffer sql = {0};
    sqlite3_stmt *s = registre_stmt(r, SQL_PROJECTIONS, diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(schema_livre()));
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW)
        buffer_printf(&sql, "%s;", (const char *)sqlite3_column_text(s, 0));
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    const bool ok = rc == SQLITE_DONE && (sql.len == 0 || registre_exec(r, sql.bytes, diags));
    buffer_free(&sql);
    return ok;
}

/* In the transaction that was begun, which it ends. */
static bool refaire(struct registre *r, int64_t format, struct diag_liste *diags)
{
    char version[64];
    struct buffer ajouts = {0};
    schema_ajouts(format, &ajouts);
    (void)sqlite3_snprintf(sizeof version, version, "pragma user_version = %d", REGISTRE_VERSION);
    const bool ok = (ajouts.len == 0 || registre_exec(r, ajouts.bytes, diags)) && projections_retirer(r, diags) &&
                    registre_exec(r, schema_etat(), diags) && etat_rejouer(r, 0, INSTANT_ABSENT, diags) && registre_exec(r, version, diags);
    buffer_free(&ajouts);
    if (!ok) {
        registre_annuler(r);
        return false;
    }
    return registre_valider(r, diags);
}

bool etat_reconstruire(struct registre *r, struct diag_liste *diags)
{
    return registre_debut(r, diags) && refaire(r, REGISTRE_FORMAT, diags);
}

bool etat_migrer(struct registre *r, struct diag_liste *diags)
{
    int64_t version;
    if (!registre_debut(r, diags))
        return false;
    if (!registre_entier(r, "pragma user_version", 0, &version, diags)) {
        registre_annuler(r);
        return false;
    }
    if (version != REGISTRE_VERSION)
        return refaire(r, version / 1000, diags);
    registre_annuler(r); /* another `sons` has just done it */
    return true;
}
