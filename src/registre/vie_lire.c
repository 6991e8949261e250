#include "registre/vie_lire.h"

#include "registre/charger_interne.h"

static bool plier(struct registre *r, const char *sql, int64_t commande, int64_t borne, struct vie *out, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_gardee(r, sql, diags);
    int la = -1;
    vie_init(out);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    lier_n(s, 2, borne);
    while ((la = registre_suivant(r, s, diags)) == 1) {
        struct evenement e;
        colonnes_evenement(s, &e);
        vie_ajouter(out, &e);
    }
    registre_rendre(r, s);
    return la == 0;
}

bool vie_lire(struct registre *r, int64_t commande, struct instant au, struct vie *out, struct diag_liste *diags)
{
    return plier(r, VIE_SQL "where commande = ?1 and le <= ?2 order by le, fait", commande, au.s, out, diags);
}

bool vie_lire_jusqu_a(struct registre *r, int64_t commande, int64_t fait, struct vie *out, struct diag_liste *diags)
{
    return plier(r, VIE_SQL "where commande = ?1 and (le, fait) <= (select v.le, v.fait from vie v where v.commande = ?1 and v.fait = ?2) "
                            "order by le, fait", commande, fait, out, diags);
}
