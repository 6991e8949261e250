/* The same file joined to several orders: copied by mistake more often than not, so it is said. */
#include <string.h>

#include "metier/piece_lue.h"
#include "registre/base.h"

/* Orders named in one sentence. */
#define NOMMEES 10

static const char requete[] =
    "select j.empreinte, o.numero from piece_jointe j join commande o on o.fait = j.commande where j.role <> ?2 and j.empreinte in "
    "(select empreinte from piece_jointe where role <> ?2 group by empreinte having count(distinct commande) > 1 and max(fait) >= ?1) "
    "group by j.empreinte, j.commande order by j.empreinte, j.commande";

static void dire(struct contexte *ctx, const struct buffer *noms, size_t n)
{
    if (n < 2)
        return;
    struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, erreur_texte(E_SUSPECT),
                                "à vérifier : le même fichier est joint à %zu commandes", n);
    ctx->soupcons++;
    diag_trouve(d, "%s%s", noms->bytes, n > NOMMEES ? " …" : "");
    diag_attendu(d, "à chaque commande son bon, sauf si un seul document les porte toutes");
    diag_a_faire(d, "ouvrir le fichier, et joindre le bon document à celles qu'il ne porte pas : sons commande joindre");
}

bool pieces_partagees(struct contexte *ctx, int64_t premier)
{
    struct buffer noms = {0};
    struct empreinte courante = {{0}};
    size_t n = 0;
    sqlite3_stmt *s = registre_stmt(ctx->registre, requete, ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, premier);
    lier_n(s, 2, PIECE_NON_CUMUL);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const struct slice numero = colonne_slice(s, 1);
        const void *e = sqlite3_column_blob(s, 0);
        if (e == NULL || sqlite3_column_bytes(s, 0) != (int)sizeof courante.octets)
            continue;
        if (n == 0 || memcmp(courante.octets, e, sizeof courante.octets) != 0) {
            dire(ctx, &noms, n);
            memcpy(courante.octets, e, sizeof courante.octets);
            buffer_clear(&noms);
            n = 0;
        }
        if (n++ < NOMMEES)
            buffer_printf(&noms, "%s%.*s", n > 1 ? ", " : "", (int)numero.len, numero.bytes);
    }
    if (rc == SQLITE_DONE)
        dire(ctx, &noms, n);
    else
        registre_faute(ctx->registre, ctx->diags);
    sqlite3_finalize(s);
    buffer_free(&noms);
    return rc == SQLITE_DONE;
}
