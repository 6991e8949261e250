/* Erasing names: the rows, and the bytes that they leave in the file. */
#include "registre/journal.h"

bool personne_effacement_preparer(struct registre *r, struct diag_liste *diags)
{
    int64_t n; /* the pragma answers a row */
    return registre_entier(r, "pragma secure_delete = on", 0, &n, diags);
}

/* Pages that SQLite frees under secure_delete are zeroed; those that rows moved away from long before may not be: the whole
 * table leaves its pages and comes back. */
static bool reecrire(struct registre *r, struct diag_liste *diags)
{
    return registre_exec(r, "create temp table personne_gardee as select fait, champ, sel, nom from main.personne", diags) &&
           registre_exec(r, "delete from main.personne", diags) &&
           registre_exec(r, "insert into main.personne (fait, champ, sel, nom) select fait, champ, sel, nom from temp.personne_gardee "
                            "order by fait, champ", diags) &&
           registre_exec(r, "drop table temp.personne_gardee", diags);
}

bool personne_effacer(struct registre *r, const struct personne_ref *refs, size_t n, struct diag_liste *diags)
{
    sqlite3_stmt *s = !journal_vider(r, diags) ? NULL : registre_stmt(r, "delete from main.personne where fait = ?1 and champ = ?2", diags);
    bool ok = s != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        lier_n(s, 1, refs[i].fait);
        lier_slice(s, 2, slice_of(refs[i].champ));
        ok = registre_pas(r, s, diags);
    }
    sqlite3_finalize(s);
    return ok && reecrire(r, diags);
}

bool journal_effaces_verifier(struct registre *r, size_t *effaces, struct diag_liste *diags)
{
    int64_t n = 0;
    sqlite3_stmt *s = registre_stmt(r, "select e.fait, e.champ, e.par from personne_effacee e join personne p on p.fait = e.fait "
                                       "and p.champ = e.champ", diags);
    const uint64_t avant = diags->total;
    int la = -1;
    while (s != NULL && (la = registre_suivant(r, s, diags)) == 1) {
        const struct slice champ = colonne_slice(s, 1);
        diag_erreur(diags, E_JOURNAL_PIECE, "le nom de l'entrée %lld (%.*s), effacé par l'entrée %lld, est encore là",
                    (long long)sqlite3_column_int64(s, 0), (int)champ.len, champ.bytes, (long long)sqlite3_column_int64(s, 2));
    }
    sqlite3_finalize(s);
    const bool ok = la == 0 && registre_entier(r, "select count(*) from personne_effacee", 0, &n, diags);
    *effaces = (size_t)n;
    return ok && diags->total == avant;
}
