/* The counts kept for each OG, made again from the établissements of its base: N and the tranche are read from them. */
#include <stdlib.h>
#include <string.h>

#include "metier/og_compter.h"
#include "noyau/memoire.h"

struct base_lue {
    struct etablissement *et;
    size_t n, cap;
};

static bool et_lire(struct contexte *ctx, int64_t base, struct base_lue *b)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select cle & 4294967295, ej, categorie, agregat from finess_et "
                                                   "where cle between ?1 << 32 and (?1 << 32) + 4294967295 order by cle", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, base);
    int rc;
    for (b->n = 0; (rc = sqlite3_step(s)) == SQLITE_ROW; b->n++) {
        b->et = memoire_grow(b->et, &b->cap, b->n + 1, sizeof *b->et);
        b->et[b->n] = (struct etablissement){.et = (finess)sqlite3_column_int64(s, 0), .ej = (finess)sqlite3_column_int64(s, 1),
                                             .categorie = (uint16_t)sqlite3_column_int(s, 2),
                                             .agregat = (uint16_t)sqlite3_column_int(s, 3)};
    }
    if (rc != SQLITE_DONE)
        registre_faute(ctx->registre, ctx->diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

static bool meme_et(struct et_de_l_og a, struct et_de_l_og b)
{
    return a.et == b.et && a.categorie == b.categorie && a.agregat == b.agregat;
}

/* Columns: key, five counts, packed ET. */
static bool meme_og(sqlite3_stmt *s, const struct og_compte *og)
{
    const struct slice et = {sqlite3_column_blob(s, 1 + COULOIR_NOMBRE), (size_t)sqlite3_column_bytes(s, 1 + COULOIR_NOMBRE)};
    bool meme = (finess)(sqlite3_column_int64(s, 0) & 0xffffffff) == og->ej && et.len == FINESS_PAQUET * og->n_et;
    for (int c = 0; c < COULOIR_NOMBRE; c++)
        meme = meme && sqlite3_column_int64(s, 1 + c) == (int64_t)og->n[c];
    for (size_t i = 0; meme && i < og->n_et; i++)
        meme = meme_et(finess_depaqueter(et, i), og->et[i]);
    return meme;
}

static bool og_comparer(struct contexte *ctx, int64_t base, const struct og_compte *og, size_t n)
{
    char t[FINESS_TEXTE_MAX];
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select cle, n_4, n_ms1, n_pds, n_pde, n_ms3, et from finess_og "
                                                   "where cle between ?1 << 32 and (?1 << 32) + 4294967295 order by cle", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, base);
    size_t i = 0;
    bool meme = true;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW && (meme = i < n && meme_og(s, &og[i])))
        i++;
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        registre_faute(ctx->registre, ctx->diags);
    else if (!meme || i < n)
        diag_erreur(ctx->diags, E_JOURNAL_PIECE, "base FINESS importée à l'entrée %lld : les effectifs de l'OG %s ont changé",
                    (long long)base, finess_texte(i < n ? og[i].ej : (finess)sqlite3_column_int64(s, 0), t));
    sqlite3_finalize(s);
    return rc == SQLITE_DONE && i == n;
}

static bool base_verifier(struct contexte *ctx, int64_t base, struct jour date, struct base_lue *b)
{
    size_t n, par_couloir[COULOIR_NOMBRE];
    if (!et_lire(ctx, base, b))
        return false;
    struct og_compte *og = og_compter(ctx->parametres, b->et, b->n, date, &n, par_couloir);
    const bool ok = og_comparer(ctx, base, og, n);
    memoire_free(og);
    return ok;
}

bool og_verifier(struct contexte *ctx)
{
    struct base_lue b = {0};
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select fait, date from finess_base where nature = 'cs1100502' order by fait", ctx->diags);
    if (s == NULL)
        return false;
    bool ok = true;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW)
        ok = base_verifier(ctx, sqlite3_column_int64(s, 0), (struct jour){sqlite3_column_int(s, 1)}, &b) && ok;
    if (rc != SQLITE_DONE)
        registre_faute(ctx->registre, ctx->diags);
    sqlite3_finalize(s);
    memoire_free(b.et);
    return ok && rc == SQLITE_DONE;
}
