/* What stands beside the journal and is held by it: names still kept, sets of parameters. */
#include <string.h>

#include "registre/journal.h"

/* The commitment that an entry holds for a name, of its user or of a field of its fact: its line `champ <hexadecimal>`; empty
 * when it has none. The form of the entry was verified with the chain, and a value never begins a line. */
static struct slice engage(struct slice octets, struct slice champ)
{
    for (const char *p = octets.bytes, *fin = p + octets.len, *lf; p < fin; p = lf + 1) {
        lf = memchr(p, '\n', (size_t)(fin - p));
        if (lf == NULL)
            break;
        if ((size_t)(lf - p) > sizeof "contenu " - 1 && memcmp(p, "contenu ", sizeof "contenu " - 1) == 0)
            p += sizeof "contenu " - 1; /* of a correction: a line of the order it carries */
        if ((size_t)(lf - p) > champ.len && p[champ.len] == ' ' && memcmp(p, champ.bytes, champ.len) == 0)
            return (struct slice){p + champ.len + 1, (size_t)(lf - p) - champ.len - 1};
    }
    return (struct slice){NULL, 0};
}

static void nom_verifier(sqlite3_stmt *s, struct diag_liste *diags)
{
    struct sel sel;
    char hex[EMPREINTE_HEX];
    bool meme = false;
    const struct slice champ = colonne_slice(s, 1), nom = colonne_slice(s, 3), octets = colonne_slice(s, 4);
    if (sqlite3_column_bytes(s, 2) == (int)sizeof sel.octets && octets.len > 0) {
        memcpy(sel.octets, sqlite3_column_blob(s, 2), sizeof sel.octets);
        const struct empreinte h = engagement(&sel, nom.bytes, nom.len);
        meme = slice_equals(engage(octets, champ), empreinte_hex(&h, hex));
    }
    if (!meme)
        diag_erreur(diags, E_JOURNAL_PIECE, "le nom gardé pour l'entrée %lld (%.*s) n'est pas celui qu'elle engage",
                    (long long)sqlite3_column_int64(s, 0), (int)champ.len, champ.bytes);
}

bool journal_noms_verifier(struct registre *r, size_t *noms, struct diag_liste *diags)
{
    const uint64_t avant = diags->total;
    sqlite3_stmt *s = registre_stmt(r, "select p.fait, p.champ, p.sel, p.nom, j.octets from personne p "
                                       "left join journal j on j.numero = p.fait order by p.fait", diags);
    if (s == NULL)
        return false;
    int rc;
    for (*noms = 0; (rc = sqlite3_step(s)) == SQLITE_ROW; (*noms)++)
        nom_verifier(s, diags);
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE && diags->total == avant;
}

bool journal_jeux_verifier(struct registre *r, struct diag_liste *diags)
{
    const uint64_t avant = diags->total;
    int64_t adopte;
    sqlite3_stmt *s = registre_stmt(r, "select empreinte, octets from parametres_jeu", diags);
    if (s == NULL)
        return false;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const struct empreinte h = empreinte_de(sqlite3_column_blob(s, 1), (size_t)sqlite3_column_bytes(s, 1));
        char hex[EMPREINTE_HEX];
        const struct slice nomme = colonne_slice(s, 0);
        if (!slice_equals(nomme, empreinte_hex(&h, hex)))
            diag_erreur(diags, E_JOURNAL_PIECE, "le jeu de paramètres %.*s a changé", (int)(nomme.len > 12 ? 12 : nomme.len), nomme.bytes);
    }
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    if (rc != SQLITE_DONE || !registre_entier(r, "select count(*) from reglage g join parametres_jeu p on p.empreinte = g.valeur "
                                                 "where g.cle = 'parametres'", 0, &adopte, diags))
        return false;
    if (adopte == 0)
        diag_erreur(diags, E_JOURNAL_PIECE, "le jeu de paramètres adopté manque");
    return diags->total == avant;
}
