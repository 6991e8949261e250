#include "registre/vie_lire.h"

#include "registre/charger_interne.h"

bool vie_lire(struct registre *r, int64_t commande, struct instant au, struct vie *out, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_gardee(r, VIE_SQL "where commande = ?1 and le <= ?2 order by le, fait", diags);
    int la = -1;
    vie_init(out);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    lier_n(s, 2, au.s);
    while ((la = registre_suivant(r, s, diags)) == 1) {
        struct evenement e;
        colonnes_evenement(s, &e);
        vie_ajouter(out, &e);
    }
    registre_rendre(r, s);
    return la == 0;
}
