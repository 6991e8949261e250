#include "registre/vie_lire.h"

#include "registre/charger_interne.h"

void evenement_colonnes(sqlite3_stmt *s, int i, struct evenement *e)
{
    *e = (struct evenement){
        .le = {sqlite3_column_int64(s, i)}, .fait = sqlite3_column_int64(s, i + 1), .type = (enum evenement_type)sqlite3_column_int(s, i + 2),
        .paiement = (enum paiement)sqlite3_column_int(s, i + 3), .version = (uint32_t)sqlite3_column_int64(s, i + 4),
        .statut = (enum statut_asp)sqlite3_column_int(s, i + 5), .numero = sqlite3_column_int64(s, i + 6), .montant = colonne_montant(s, i + 7),
        .total = colonne_montant(s, i + 8)};
    if (e->type == EV_EMISSION) {
        e->reconstitue = e->statut != STATUT_AUCUN;
        e->statut = STATUT_AUCUN;
    }
}

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
        evenement_colonnes(s, 0, &e);
        vie_ajouter(out, &e);
    }
    registre_rendre(r, s);
    return la == 0;
}

bool vie_lire(struct registre *r, int64_t commande, struct instant au, struct vie *out, struct diag_liste *diags)
{
    return plier(r, "select " VIE_COLONNES " from vie where commande = ?1 and le <= ?2 order by le, fait", commande, au.s, out, diags);
}

bool vie_lire_jusqu_a(struct registre *r, int64_t commande, int64_t fait, struct vie *out, struct diag_liste *diags)
{
    return plier(r, "select " VIE_COLONNES " from vie where commande = ?1 and (le, fait) <= (select v.le, v.fait from vie v where v.commande = ?1 and v.fait = ?2) "
                            "order by le, fait", commande, fait, out, diags);
}

bool vie_evenements(struct registre *r, int64_t commande, struct evenement **t, size_t *n, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_gardee(r, "select " VIE_COLONNES " from vie where commande = ?1 order by le, fait", diags);
    size_t cap = 0;
    int la = -1;
    *t = NULL;
    *n = 0;
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    while ((la = registre_suivant(r, s, diags)) == 1) {
        *t = memoire_grow(*t, &cap, *n + 1, sizeof **t);
        evenement_colonnes(s, 0, &(*t)[(*n)++]);
    }
    registre_rendre(r, s);
    return la == 0;
}
