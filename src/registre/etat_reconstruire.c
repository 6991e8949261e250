/* Rebuilding of the projections: after a change of their format, or when they were damaged. */
#include "registre/etat.h"
#include "registre/journal.h"
#include "registre/schema.h"

/* Every table that livre.sql did not make is a projection, of this version or of another one. */
#define SQL_PROJECTIONS                                                                                               \
    "select 'drop table \"' || replace(name, '\"', '\"\"') || '\"' from sqlite_schema where type = 'table' and name not like 'sqlite_%' " \
    "and name not in ('registre', 'journal', 'parametres_jeu', 'personne', 'piece', 'finess_et', 'finess_og', "          \
    "'finess_entite', 'finess_categorie')"

static bool projections_retirer(struct registre *r, struct diag_liste *diags)
{
    struct buffer sql = {0};
    sqlite3_stmt *s = registre_stmt(r, SQL_PROJECTIONS, diags);
    if (s == NULL)
        return false;
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

bool etat_reconstruire(struct registre *r, struct diag_liste *diags)
{
    char version[64];
    (void)sqlite3_snprintf(sizeof version, version, "pragma user_version = %d", REGISTRE_VERSION);
    if (!registre_debut(r, diags))
        return false;
    const bool ok = projections_retirer(r, diags) && registre_exec(r, schema_etat(), diags) &&
                    etat_rejouer(r, 0, INSTANT_ABSENT, diags) && registre_exec(r, version, diags);
    if (!ok) {
        registre_annuler(r);
        return false;
    }
    return registre_valider(r, diags);
}
