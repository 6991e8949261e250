/* Projectors of the disputes. A withdrawal ends one, as its conclusion does; the first end counts. */
#include "registre/etat_interne.h"

bool projeter_litige(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_LITIGE, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_n(s, 2, fait_n(f, LO_COMMANDE));
    lier_champ(s, 3, f, LO_CONTRE_COMMANDE);
    lier_slice(s, 4, fait_slice(f, LO_CONTRE));
    lier_n(s, 5, fait_n(f, LO_LE));
    lier_slice(s, 6, fait_slice(f, LO_PIECE));
    return registre_pas(p->r, s, diags);
}

static bool retirer(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_LITIGE_RETRAIT, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_n(s, 2, fait_n(f, LR_LITIGE));
    lier_n(s, 3, fait_n(f, LR_COMMANDE));
    lier_n(s, 4, fait_n(f, LR_LE));
    return registre_pas(p->r, s, diags);
}

bool projeter_litige_repondu(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_LITIGE_REPONSE, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_n(s, 2, fait_n(f, LR_LITIGE));
    lier_n(s, 3, fait_n(f, LR_COMMANDE));
    lier_slice(s, 4, fait_slice(f, LR_REPONSE));
    lier_n(s, 5, fait_n(f, LR_LE));
    lier_slice(s, 6, fait_slice(f, LR_PIECE));
    return registre_pas(p->r, s, diags) && (!slice_equals(fait_slice(f, LR_REPONSE), "retirer") || retirer(p, numero, f, diags));
}

bool projeter_litige_conclu(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_LITIGE_FIN, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_n(s, 2, fait_n(f, LC_LITIGE));
    lier_n(s, 3, fait_n(f, LC_COMMANDE));
    lier_n(s, 4, fait_n(f, LC_LE));
    lier_n(s, 5, slice_equals(fait_slice(f, LC_ISSUE), "retenue"));
    lier_slice(s, 6, fait_slice(f, LC_MOTIF));
    lier_slice(s, 7, fait_slice(f, LC_PIECE));
    return registre_pas(p->r, s, diags);
}
