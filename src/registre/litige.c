#include "registre/litige.h"

#include <stdio.h>
#include <string.h>

#include "noyau/memoire.h"

static struct jour jour_colonne(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? JOUR_ABSENT : (struct jour){sqlite3_column_int(s, i)};
}

/* ?1 order, ?2 day, ?3 the other order. Its text: as ASP names it, else its supplier and number; seen from either side. */
#define SQL                                                                                                                 \
    "with l as (select t.*, case when t.commande = ?1 then t.contre else t.commande end as autre from litige t "              \
    "where (t.commande = ?1 or t.contre = ?1) and t.le <= ?2 "                                                               \
    "and not exists (select 1 from litige_fin f where f.litige = t.fait and f.le <= ?2)), "                                  \
    "m as (select l.*, case when o.fait is null then l.contre_texte when o.fournisseur = 0 then o.numero "                   \
    "else printf('%09d/%s', o.fournisseur, o.numero) end as nom, o.numero as numero from l left join commande o on o.fait = l.autre) " \
    "select m.fait, m.commande, coalesce(m.contre, 0), m.le, "                                                               \
    "(select reponse from litige_reponse r where r.litige = m.fait and r.commande = ?1 and r.le <= ?2 order by r.fait desc limit 1), " \
    "(select le from litige_reponse r where r.litige = m.fait and r.commande = ?1 and r.le <= ?2 order by r.fait desc limit 1), m.nom " \
    "from m where ?3 is null or ?3 in (m.nom, m.numero, m.contre_texte) order by m.fait desc limit 2"

bool litige_ouvert(struct registre *r, int64_t commande, struct jour jour, const char *contre, struct litige_lu *out,
                   struct diag_liste *diags)
{
    *out = (struct litige_lu){.le = JOUR_ABSENT, .repondu_le = JOUR_ABSENT, .fini_le = JOUR_ABSENT};
    sqlite3_stmt *s = registre_stmt(r, SQL, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    lier_n(s, 2, jour.n);
    lier_slice_ou_null(s, 3, contre == NULL ? (struct slice){NULL, 0} : slice_of(contre));
    int la = registre_suivant(r, s, diags);
    if (la == 1) {
        const struct slice reponse = colonne_slice(s, 4), nom = colonne_slice(s, 6);
        out->fait = sqlite3_column_int64(s, 0);
        out->commande = sqlite3_column_int64(s, 1);
        out->contre = sqlite3_column_int64(s, 2);
        out->le = jour_colonne(s, 3);
        (void)snprintf(out->reponse, sizeof out->reponse, "%.*s", (int)reponse.len, reponse.bytes == NULL ? "" : reponse.bytes);
        out->repondu_le = jour_colonne(s, 5);
        out->contre_texte = memoire_strndup(nom.bytes == NULL ? "" : nom.bytes, nom.len);
        la = registre_suivant(r, s, diags);
        out->plusieurs = la == 1;
    }
    sqlite3_finalize(s);
    return la >= 0;
}
