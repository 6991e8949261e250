/* Projector of the seals: what each one sealed, and the hashes of the blocks of entries that it covers. */
#include "registre/arbre.h"
#include "registre/etat_interne.h"

bool projeter_sceau(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_SCEAU, diags);
    if (s == NULL)
        return false;
    if (fait_n(f, SE_ENTREES) >= numero)
        return projection_mal_formee(numero, "entrees", diags);
    lier_n(s, 1, numero);
    lier_n(s, 2, fait_n(f, SE_NUMERO));
    lier_n(s, 3, fait_n(f, SE_ENTREES));
    lier_n(s, 4, fait_n(f, SE_LE));
    lier_slice(s, 5, fait_slice(f, SE_RACINE));
    lier_slice(s, 6, fait_slice(f, SE_TETE));
    lier_slice(s, 7, fait_slice(f, SE_BORDEREAU));
    lier_slice_ou_null(s, 8, fait_slice(f, SE_SIGNATAIRE));
    return registre_pas(p->r, s, diags) && arbre_garder(p->r, fait_n(f, SE_ENTREES), diags);
}
