#include "registre/finess_interne.h"

#include <string.h>

static void hacher_et(struct empreinte_ctx *h, struct buffer *b, const struct etablissement *e)
{
    buffer_clear(b);
    buffer_put_i64(b, (int64_t)e->et);
    buffer_putc(b, '\t');
    buffer_put_i64(b, (int64_t)e->ej);
    buffer_putc(b, '\t');
    buffer_put_i64(b, e->categorie);
    buffer_putc(b, '\t');
    buffer_put_i64(b, e->agregat);
    buffer_putc(b, '\t');
    buffer_put_i64(b, (int64_t)e->siret);
    buffer_putc(b, '\t');
    if (jour_present(e->ouverture))
        buffer_put_i64(b, e->ouverture.n);
    buffer_putc(b, '\t');
    buffer_append(b, e->departement.bytes, e->departement.len);
    buffer_putc(b, '\t');
    buffer_append(b, e->raison_sociale.bytes, e->raison_sociale.len);
    buffer_putc(b, '\t');
    buffer_append(b, e->acheminement.bytes, e->acheminement.len);
    buffer_putc(b, '\n');
    empreinte_ajouter(h, b->bytes, b->len);
}

static void hacher_ej(struct empreinte_ctx *h, struct buffer *b, const struct entite_juridique *e)
{
    buffer_clear(b);
    buffer_put_i64(b, (int64_t)e->ej);
    buffer_putc(b, '\t');
    buffer_put_i64(b, (int64_t)e->siren);
    buffer_putc(b, '\t');
    buffer_append(b, e->raison_sociale.bytes, e->raison_sociale.len);
    buffer_putc(b, '\t');
    buffer_append(b, e->acheminement.bytes, e->acheminement.len);
    if (e->statut != 0) { /* nothing when absent: so are hashed the rows of bases imported before it was kept */
        buffer_putc(b, '\t');
        buffer_put_i64(b, e->statut);
    }
    buffer_putc(b, '\n');
    empreinte_ajouter(h, b->bytes, b->len);
}

static void hacher_categorie(struct empreinte_ctx *h, struct buffer *b, const struct categorie_libelle *c)
{
    buffer_clear(b);
    buffer_put_i64(b, c->categorie);
    buffer_putc(b, '\t');
    buffer_put_i64(b, c->agregat);
    buffer_putc(b, '\t');
    buffer_append(b, c->libelle.bytes, c->libelle.len);
    buffer_putc(b, '\t');
    buffer_append(b, c->libelle_agregat.bytes, c->libelle_agregat.len);
    buffer_putc(b, '\n');
    empreinte_ajouter(h, b->bytes, b->len);
}

struct empreinte finess_lignes_et(const struct etablissement *et, size_t n, const struct categorie_libelle *cat, size_t n_cat)
{
    struct empreinte_ctx *h = empreinte_debut();
    struct buffer b = {0};
    for (size_t i = 0; i < n; i++)
        hacher_et(h, &b, &et[i]);
    for (size_t i = 0; i < n_cat; i++)
        hacher_categorie(h, &b, &cat[i]);
    buffer_free(&b);
    return empreinte_fin(h);
}

struct empreinte finess_lignes_ej(const struct entite_juridique *ej, size_t n)
{
    struct empreinte_ctx *h = empreinte_debut();
    struct buffer b = {0};
    for (size_t i = 0; i < n; i++)
        hacher_ej(h, &b, &ej[i]);
    buffer_free(&b);
    return empreinte_fin(h);
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static bool ecrire_et(struct registre *r, int64_t base, const struct etablissement *et, size_t n, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "insert into finess_et (cle, ej, categorie, agregat, siret, ouverture, departement, "
                                       "raison_sociale, acheminement) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", diags);
    bool ok = s != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        const struct etablissement *e = &et[i];
        lier_n(s, 1, cle_de(base, e->et));
        lier_n(s, 2, (int64_t)e->ej);
        lier_n(s, 3, e->categorie);
        lier_n(s, 4, e->agregat);
        lier_n_ou_null(s, 5, (int64_t)e->siret, e->siret != 0);
        lier_n_ou_null(s, 6, e->ouverture.n, jour_present(e->ouverture));
        lier_slice(s, 7, e->departement);
        lier_slice(s, 8, e->raison_sociale);
        lier_slice(s, 9, e->acheminement);
        ok = registre_pas(r, s, diags);
    }
    sqlite3_finalize(s);
    return ok;
}

/* ET (4 bytes), category and aggregate (2 each), big endian. */
static void paqueter(struct buffer *b, const struct et_de_l_og *et, size_t n)
{
    buffer_clear(b);
    for (size_t i = 0; i < n; i++) {
        const struct et_de_l_og *e = &et[i];
        const unsigned char o[FINESS_PAQUET] = {
            (unsigned char)(e->et >> 24), (unsigned char)(e->et >> 16), (unsigned char)(e->et >> 8), (unsigned char)e->et,
            (unsigned char)(e->categorie >> 8), (unsigned char)e->categorie, (unsigned char)(e->agregat >> 8), (unsigned char)e->agregat};
        buffer_append(b, o, sizeof o);
    }
}

struct et_de_l_og finess_depaqueter(struct slice octets_et, size_t i)
{
    const unsigned char *o = (const unsigned char *)octets_et.bytes + FINESS_PAQUET * i;
    return (struct et_de_l_og){(finess)o[0] << 24 | (finess)o[1] << 16 | (finess)o[2] << 8 | (finess)o[3],
                               (uint16_t)(o[4] << 8 | o[5]), (uint16_t)(o[6] << 8 | o[7])};
}

bool finess_dans_le_paquet(struct slice octets_et, finess et, struct et_de_l_og *out)
{
    size_t bas = 0, haut = octets_et.len / FINESS_PAQUET;
    while (bas < haut) {
        const size_t milieu = bas + (haut - bas) / 2;
        *out = finess_depaqueter(octets_et, milieu);
        if (out->et == et)
            return true;
        if (out->et < et)
            bas = milieu + 1;
        else
            haut = milieu;
    }
    return false;
}

static bool ecrire_og(struct registre *r, int64_t base, const struct og_compte *og, size_t n, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "insert into finess_og (cle, n_4, n_ms1, n_pds, n_pde, n_ms3, et) "
                                       "values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", diags);
    struct buffer b = {0};
    bool ok = s != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        lier_n(s, 1, cle_de(base, og[i].ej));
        for (int c = 0; c < COULOIR_NOMBRE; c++)
            lier_n(s, 2 + c, og[i].n[c]);
        paqueter(&b, og[i].et, og[i].n_et);
        lier_octets(s, 2 + COULOIR_NOMBRE, b.bytes, b.len);
        ok = registre_pas(r, s, diags);
    }
    buffer_free(&b);
    sqlite3_finalize(s);
    return ok;
}

static bool ecrire_categories(struct registre *r, int64_t base, const struct categorie_libelle *cat, size_t n,
                              struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "insert into finess_categorie (base, categorie, agregat, libelle, libelle_agregat) "
                                       "values (?1, ?2, ?3, ?4, ?5)", diags);
    bool ok = s != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        lier_n(s, 1, base);
        lier_n(s, 2, cat[i].categorie);
        lier_n(s, 3, cat[i].agregat);
        lier_slice(s, 4, cat[i].libelle);
        lier_slice(s, 5, cat[i].libelle_agregat);
        ok = registre_pas(r, s, diags);
    }
    sqlite3_finalize(s);
    return ok;
}

bool finess_base_ecrire_et(struct registre *r, int64_t base, const struct etablissement *et, size_t n,
                           const struct og_compte *og, size_t n_og, const struct categorie_libelle *cat, size_t n_cat,
                           struct diag_liste *diags)
{
    return ecrire_et(r, base, et, n, diags) && ecrire_og(r, base, og, n_og, diags) &&
           ecrire_categories(r, base, cat, n_cat, diags);
}

bool finess_base_ecrire_ej(struct registre *r, int64_t base, const struct entite_juridique *ej, size_t n,
                           struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "insert into finess_entite (cle, siren, raison_sociale, acheminement) "
                                       "values (?1, ?2, ?3, ?4)", diags);
    sqlite3_stmt *statut = registre_stmt(r, "insert into finess_statut (cle, statut) values (?1, ?2)", diags);
    bool ok = s != NULL && statut != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        lier_n(s, 1, cle_de(base, ej[i].ej));
        lier_n_ou_null(s, 2, (int64_t)ej[i].siren, ej[i].siren != 0);
        lier_slice(s, 3, ej[i].raison_sociale);
        lier_slice(s, 4, ej[i].acheminement);
        ok = registre_pas(r, s, diags);
        if (!ok || ej[i].statut == 0)
            continue;
        lier_n(statut, 1, cle_de(base, ej[i].ej));
        lier_n(statut, 2, ej[i].statut);
        ok = registre_pas(r, statut, diags);
    }
    sqlite3_finalize(s);
    sqlite3_finalize(statut);
    return ok;
}

/* --- verification ----------------------------------------------------------------------------------------------- */

static bool rehacher_categories(struct registre *r, int64_t base, struct empreinte_ctx *h, struct buffer *b, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select categorie, agregat, libelle, libelle_agregat from finess_categorie "
                                       "where base = ?1 order by categorie", diags);
    int la = -1;
    if (s == NULL)
        return false;
    lier_n(s, 1, base);
    while ((la = registre_suivant(r, s, diags)) == 1) {
        const struct categorie_libelle c = {.categorie = (uint16_t)sqlite3_column_int(s, 0), .agregat = (uint16_t)sqlite3_column_int(s, 1),
                                            .libelle = colonne_slice(s, 2), .libelle_agregat = colonne_slice(s, 3)};
        hacher_categorie(h, b, &c);
    }
    sqlite3_finalize(s);
    return la == 0;
}

/* `attendue`: the hash kept at the import. The first registres hashed no category: theirs ends with the last row. */
static bool rehacher(struct registre *r, int64_t base, bool entites, const struct empreinte *attendue, size_t *lignes, bool *egale,
                     struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, entites ? SQL_EJ "where cle between ?1 and ?2 order by cle"
                                               : SQL_ET "where cle between ?1 and ?2 order by cle", diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, cle_de(base, 0));
    lier_n(s, 2, cle_de(base, UINT32_MAX));
    struct empreinte_ctx *h = empreinte_debut();
    struct buffer b = {0};
    int rc;
    for (; (rc = sqlite3_step(s)) == SQLITE_ROW; (*lignes)++) {
        struct etablissement et;
        struct entite_juridique ej;
        if (entites) {
            finess_colonnes_ej(s, &ej);
            hacher_ej(h, &b, &ej);
        } else {
            finess_colonnes_et(s, &et);
            hacher_et(h, &b, &et);
        }
    }
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    const struct empreinte lignes_seules = empreinte_jusqu_ici(h);
    const bool ok = rc == SQLITE_DONE && (entites || rehacher_categories(r, base, h, &b, diags));
    const struct empreinte tout = empreinte_fin(h);
    *egale = empreinte_egale(&tout, attendue) || empreinte_egale(&lignes_seules, attendue);
    buffer_free(&b);
    return ok;
}

bool finess_base_verifier(struct registre *r, size_t *bases, size_t *lignes, struct diag_liste *diags)
{
    const uint64_t avant = diags->total;
    sqlite3_stmt *s = registre_stmt(r, "select fait, nature, lignes, nombre from finess_base order by fait", diags);
    if (s == NULL)
        return false;
    *bases = *lignes = 0;
    int rc;
    for (; (rc = sqlite3_step(s)) == SQLITE_ROW; (*bases)++) {
        struct empreinte attendue = {0};
        bool egale = false;
        size_t n = 0;
        const long long fait = sqlite3_column_int64(s, 0);
        const bool lue = empreinte_parse(colonne_slice(s, 2), &attendue);
        if (!rehacher(r, fait, slice_equals(colonne_slice(s, 1), "cs1100501"), &attendue, &n, &egale, diags))
            break;
        if (!lue || !egale || sqlite3_column_int64(s, 3) != (int64_t)n)
            diag_erreur(diags, E_JOURNAL_PIECE, "la base FINESS importée à l'entrée %lld a changé", fait);
        *lignes += n;
    }
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE && diags->total == avant;
}

