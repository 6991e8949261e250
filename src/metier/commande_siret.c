/* SIRET → FINESS through the latest base of establishments. */
#include <stdlib.h>

#include "metier/commande_interne.h"
#include "metier/soupcons.h"
#include "registre/finess_base.h"
#include "noyau/tri.h"

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
    trier_liste(l->sirets, l->n_sirets, sizeof *l->sirets, cmp_siret);
    return rc == SQLITE_DONE;
}

/* The establishments of that SIRET: their number, the first at `*rang`; −1 with a fault of the registre. */
static int64_t chercher(struct lecture_commandes *l, uint64_t siret, size_t *rang)
{
    if (!l->sirets_lus && !lire_sirets(l)) {
        l->c.ok = false;
        return -1;
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
    int64_t n = 0;
    while (bas + (size_t)n < l->n_sirets && l->sirets[bas + (size_t)n].siret == siret)
        n++;
    *rang = bas;
    return n;
}

finess siret_resoudre(struct lecture_commandes *l, size_t ligne, uint64_t siret)
{
    size_t rang = 0;
    const int64_t n = chercher(l, siret, &rang);
    if (n < 0)
        return FINESS_ABSENT;
    if (n == 1)
        return l->sirets[rang].et;
    struct diag *d = cellule_faute(&l->c, E_PARTAGE, ligne, C_SIRET_ESSMS,
                                   n == 0 ? "aucun établissement de la dernière base n'a ce SIRET"
                                          : "plusieurs établissements partagent ce SIRET");
    struct buffer b = {0};
    char t[FINESS_TEXTE_MAX];
    for (int64_t i = 0; i < n && i < 8; i++)
        buffer_printf(&b, "%s%s", i > 0 ? ", " : "", finess_texte(l->sirets[rang + (size_t)i].et, t));
    if (n > 0)
        diag_trouve(d, "%lld établissements : %s%s", (long long)n, b.bytes, n > 8 ? "…" : "");
    buffer_free(&b);
    return FINESS_ABSENT;
}

void siret_comparer(struct lecture_commandes *l, size_t ligne, uint64_t siret, finess et)
{
    size_t rang = 0;
    char a[FINESS_TEXTE_MAX], b[FINESS_TEXTE_MAX];
    const int64_t n = chercher(l, siret, &rang);
    for (int64_t i = 0; i < n; i++)
        if (l->sirets[rang + (size_t)i].et == et)
            return;
    if (n < 1)
        return;
    struct diag *d = soupcon(l->ctx, l->c.f, ligne, C_FINESS_ET, "le SIRET de la ligne est celui d'un autre établissement ; ligne recopiée ?");
    diag_trouve(d, n == 1 ? "finess_et %s, siret_essms de %s" : "finess_et %s, siret_essms de %s et d'autres", finess_texte(et, a), finess_texte(l->sirets[rang].et, b));
    diag_a_faire(d, "vérifier quel établissement commande : sons finess voir %s", a);
}

void lecture_commandes_fin(struct lecture_commandes *l)
{
    memoire_free(l->sirets);
    memoire_free(l->pieces);
    dico_free(&l->noms_pieces);
}
