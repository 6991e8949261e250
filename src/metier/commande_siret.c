/* SIRET → FINESS through the latest base of establishments. */
#include <stdlib.h>

#include "metier/commande_interne.h"
#include "registre/finess_base.h"

static int cmp_siret(const void *a, const void *b)
{
    const struct siret_vu *x = a, *y = b;
    return x->siret < y->siret ? -1 : x->siret > y->siret;
}

static bool lire_sirets(struct lecture_commandes *l)
{
    struct registre *r = l->ctx->registre;
    int64_t base;
    struct jour date;
    if (!finess_base_derniere(r, "cs1100502", &base, &date, l->ctx->diags))
        return false;
    sqlite3_stmt *s = registre_stmt(r, "select siret, cle & 4294967295 from finess_et where cle between ?1 << 32 and (?1 + 1 << 32) - 1 "
                                       "and siret is not null", l->ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, base);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        l->sirets = memoire_grow(l->sirets, &l->cap_sirets, l->n_sirets + 1, sizeof *l->sirets);
        l->sirets[l->n_sirets++] = (struct siret_vu){(uint64_t)sqlite3_column_int64(s, 0), (finess)sqlite3_column_int64(s, 1)};
    }
    if (rc != SQLITE_DONE)
        registre_faute(r, l->ctx->diags);
    sqlite3_finalize(s);
    qsort(l->sirets, l->n_sirets, sizeof *l->sirets, cmp_siret);
    return rc == SQLITE_DONE;
}

finess siret_resoudre(struct lecture_commandes *l, size_t ligne, uint64_t siret)
{
    if (!l->sirets_lus && !lire_sirets(l)) {
        l->c.ok = false;
        return FINESS_ABSENT;
    }
    l->sirets_lus = true;
    size_t bas = 0, haut = l->n_sirets;
    while (bas < haut) {
        const size_t milieu = bas + (haut - bas) / 2;
        if (l->sirets[milieu].siret < siret)
            bas = milieu + 1;
        else
            haut = milieu;
    }
    size_t n = 0;
    while (bas + n < l->n_sirets && l->sirets[bas + n].siret == siret)
        n++;
    if (n == 1)
        return l->sirets[bas].et;
    struct diag *d = cellule_faute(&l->c, E_PARTAGE, ligne, C_SIRET_ESSMS,
                                   n == 0 ? "aucun établissement de la dernière base n'a ce SIRET"
                                          : "plusieurs établissements partagent ce SIRET");
    if (n > 0)
        diag_trouve(d, "%zu établissements", n);
    return FINESS_ABSENT;
}

void lecture_commandes_fin(struct lecture_commandes *l)
{
    memoire_free(l->sirets);
    memoire_free(l->pieces);
    dico_free(&l->noms_pieces);
}
