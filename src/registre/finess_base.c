#include "registre/finess_base.h"

#include <string.h>

#include "noyau/memoire.h"

/* Key of a row: base in the high half, number in the low one. */
static int64_t cle_de(int64_t base, finess n)
{
    return base << 32 | (int64_t)n;
}

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
    buffer_putc(b, '\n');
    empreinte_ajouter(h, b->bytes, b->len);
}

struct empreinte finess_lignes_et(const struct etablissement *et, size_t n)
{
    struct empreinte_ctx *h = empreinte_debut();
    struct buffer b = {0};
    for (size_t i = 0; i < n; i++)
        hacher_et(h, &b, &et[i]);
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
    bool ok = s != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        lier_n(s, 1, cle_de(base, ej[i].ej));
        lier_n_ou_null(s, 2, (int64_t)ej[i].siren, ej[i].siren != 0);
        lier_slice(s, 3, ej[i].raison_sociale);
        lier_slice(s, 4, ej[i].acheminement);
        ok = registre_pas(r, s, diags);
    }
    sqlite3_finalize(s);
    return ok;
}

/* --- verification ----------------------------------------------------------------------------------------------- */

static void colonnes_et(sqlite3_stmt *s, struct etablissement *e)
{
    *e = (struct etablissement){
        .et = (finess)(sqlite3_column_int64(s, 0) & 0xffffffff),
        .ej = (finess)sqlite3_column_int64(s, 1),
        .categorie = (uint16_t)sqlite3_column_int(s, 2),
        .agregat = (uint16_t)sqlite3_column_int(s, 3),
        .siret = (uint64_t)sqlite3_column_int64(s, 4),
        .ouverture = sqlite3_column_type(s, 5) == SQLITE_NULL ? JOUR_ABSENT : (struct jour){sqlite3_column_int(s, 5)},
        .departement = colonne_slice(s, 6),
        .raison_sociale = colonne_slice(s, 7),
        .acheminement = colonne_slice(s, 8),
    };
}

static void colonnes_ej(sqlite3_stmt *s, struct entite_juridique *e)
{
    *e = (struct entite_juridique){
        .ej = (finess)(sqlite3_column_int64(s, 0) & 0xffffffff),
        .siren = (uint32_t)sqlite3_column_int64(s, 1),
        .raison_sociale = colonne_slice(s, 2),
        .acheminement = colonne_slice(s, 3),
    };
}

#define SQL_ET "select cle, ej, categorie, agregat, siret, ouverture, departement, raison_sociale, acheminement from finess_et "
#define SQL_EJ "select cle, siren, raison_sociale, acheminement from finess_entite "

static bool rehacher(struct registre *r, int64_t base, bool entites, char hex[EMPREINTE_HEX], size_t *lignes, struct diag_liste *diags)
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
            colonnes_ej(s, &ej);
            hacher_ej(h, &b, &ej);
        } else {
            colonnes_et(s, &et);
            hacher_et(h, &b, &et);
        }
    }
    const struct empreinte e = empreinte_fin(h);
    (void)empreinte_hex(&e, hex);
    buffer_free(&b);
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

bool finess_base_verifier(struct registre *r, size_t *bases, size_t *lignes, struct diag_liste *diags)
{
    const uint64_t avant = diags->total;
    sqlite3_stmt *s = registre_stmt(r, "select fait, forme, lignes, nombre from finess_base order by fait", diags);
    if (s == NULL)
        return false;
    *bases = *lignes = 0;
    int rc;
    for (; (rc = sqlite3_step(s)) == SQLITE_ROW; (*bases)++) {
        char hex[EMPREINTE_HEX];
        size_t n = 0;
        const long long fait = sqlite3_column_int64(s, 0);
        if (!rehacher(r, fait, slice_equals(colonne_slice(s, 1), "cs1100501"), hex, &n, diags))
            break;
        if (!slice_equals(colonne_slice(s, 2), hex) || sqlite3_column_int64(s, 3) != (int64_t)n)
            diag_erreur(diags, E_JOURNAL_PIECE, "la base FINESS importée à l'entrée %lld a changé", fait);
        *lignes += n;
    }
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE && diags->total == avant;
}

/* --- look-ups --------------------------------------------------------------------------------------------------- */

struct finess_lecteur {
    struct registre *r;
    sqlite3_stmt *et, *rattachement, *og, *entite;
};

struct finess_lecteur *finess_lecteur_creer(struct registre *r, struct diag_liste *diags)
{
    struct finess_lecteur *l = memoire_calloc(1, sizeof *l);
    l->r = r;
    l->et = registre_stmt(r, SQL_ET "where cle = ?1", diags);
    l->rattachement = registre_stmt(r, "select ej, categorie, agregat from finess_et where cle = ?1", diags);
    l->og = registre_stmt(r, "select n_4, n_ms1, n_pds, n_pde, n_ms3, et from finess_og where cle = ?1", diags);
    l->entite = registre_stmt(r, SQL_EJ "where cle = ?1", diags);
    if (l->et != NULL && l->rattachement != NULL && l->og != NULL && l->entite != NULL)
        return l;
    finess_lecteur_free(l);
    return NULL;
}

void finess_lecteur_free(struct finess_lecteur *l)
{
    if (l == NULL)
        return;
    sqlite3_finalize(l->et);
    sqlite3_finalize(l->rattachement);
    sqlite3_finalize(l->og);
    sqlite3_finalize(l->entite);
    memoire_free(l);
}

/* Steps a look-up by key: 1 row, 0 none, −1 fault. The row stays readable until the next look-up. */
static int chercher(struct finess_lecteur *l, sqlite3_stmt *s, int64_t base, finess n, struct diag_liste *diags)
{
    (void)sqlite3_reset(s);
    lier_n(s, 1, cle_de(base, n));
    const int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW)
        return 1;
    if (rc == SQLITE_DONE)
        return 0;
    registre_faute(l->r, diags);
    return -1;
}

int finess_trouver_et(struct finess_lecteur *l, int64_t base, finess et, struct etablissement *out, struct diag_liste *diags)
{
    const int trouve = chercher(l, l->et, base, et, diags);
    if (trouve == 1)
        colonnes_et(l->et, out);
    return trouve;
}

int finess_trouver_rattachement(struct finess_lecteur *l, int64_t base, finess et, finess *ej, uint16_t *categorie,
                             uint16_t *agregat, struct diag_liste *diags)
{
    sqlite3_stmt *s = l->rattachement;
    const int trouve = chercher(l, s, base, et, diags);
    if (trouve == 1) {
        *ej = (finess)sqlite3_column_int64(s, 0);
        *categorie = (uint16_t)sqlite3_column_int(s, 1);
        *agregat = (uint16_t)sqlite3_column_int(s, 2);
    }
    return trouve;
}

int finess_trouver_og(struct finess_lecteur *l, int64_t base, finess ej, struct og_compte *out, struct slice *octets_et,
                   struct diag_liste *diags)
{
    sqlite3_stmt *s = l->og;
    const int trouve = chercher(l, s, base, ej, diags);
    if (trouve != 1)
        return trouve;
    *out = (struct og_compte){.ej = ej};
    for (int c = 0; c < COULOIR_NOMBRE; c++)
        out->n[c] = (uint32_t)sqlite3_column_int64(s, c);
    out->n_et = (size_t)sqlite3_column_bytes(s, COULOIR_NOMBRE) / FINESS_PAQUET;
    if (octets_et != NULL)
        *octets_et = (struct slice){sqlite3_column_blob(s, COULOIR_NOMBRE), out->n_et * FINESS_PAQUET};
    return 1;
}

int finess_trouver_entite(struct finess_lecteur *l, int64_t base, finess ej, struct entite_juridique *out, struct diag_liste *diags)
{
    const int trouve = chercher(l, l->entite, base, ej, diags);
    if (trouve == 1)
        colonnes_ej(l->entite, out);
    return trouve;
}

/* --- which base ------------------------------------------------------------------------------------------------- */

static bool une_base(struct registre *r, sqlite3_stmt *s, int64_t *base, struct jour *date, struct diag_liste *diags)
{
    *base = 0;
    const int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
        *base = sqlite3_column_int64(s, 0);
        if (date != NULL)
            *date = (struct jour){sqlite3_column_int(s, 1)};
    } else if (rc != SQLITE_DONE) {
        registre_faute(r, diags);
    }
    sqlite3_finalize(s);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

bool finess_base_du(struct registre *r, const char *forme, struct jour date, int64_t *base, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select fait, date from finess_base where forme = ?1 and date = ?2 "
                                       "order by fait desc limit 1", diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(forme));
    lier_n(s, 2, date.n);
    return une_base(r, s, base, NULL, diags);
}

bool finess_base_derniere(struct registre *r, const char *forme, int64_t *base, struct jour *date, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select fait, date from finess_base where forme = ?1 "
                                       "order by date desc, fait desc limit 1", diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(forme));
    return une_base(r, s, base, date, diags);
}

bool finess_base_designee(struct registre *r, enum couloir c, int annee, struct jour au, int64_t *base, struct jour *date,
                          struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select base, date from base_designee where couloir = ?1 and annee = ?2 and date <= ?3", diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, (int64_t)c);
    lier_n(s, 2, annee);
    lier_n(s, 3, jour_present(au) ? au.n : INT32_MAX);
    return une_base(r, s, base, date, diags);
}
