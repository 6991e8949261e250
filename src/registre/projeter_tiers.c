/* Projectors of the mandates. */
#include "registre/etat_interne.h"

/* `not null` text columns: absent = ''. */
static void lier_texte(sqlite3_stmt *s, int i, const struct fait *f, enum fait_champ c)
{
    lier_slice(s, i, fait_slice(f, c));
}

bool projeter_mandat(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_MANDAT, diags);
    if (s == NULL)
        return false;
    lier_champ(s, 1, f, MD_DISTRIBUTEUR);
    lier_champ(s, 2, f, MD_EDITEUR);
    lier_texte(s, 3, f, MD_SOLUTION);
    lier_champ(s, 4, f, MD_DU);
    lier_n(s, 5, numero);
    lier_champ(s, 6, f, MD_AU_LE);
    lier_champ(s, 7, f, MD_PIECE);
    return registre_pas(p->r, s, diags);
}

bool projeter_mandat_retire(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    (void)numero;
    sqlite3_stmt *s = projecteur_stmt(p, Q_MANDAT_RETIRE, diags);
    if (s == NULL)
        return false;
    lier_champ(s, 1, f, MR_DISTRIBUTEUR);
    lier_champ(s, 2, f, MR_EDITEUR);
    lier_texte(s, 3, f, MR_SOLUTION);
    lier_champ(s, 4, f, MR_DU);
    lier_champ(s, 5, f, MR_RETIRE_LE);
    return registre_pas(p->r, s, diags);
}
