/* Look-ups in the FINESS bases, and which base serves. */
#include "registre/finess_interne.h"

#include <string.h>

#include "noyau/memoire.h"
#include "registre/finess_image.h"

void finess_colonnes_et(sqlite3_stmt *s, struct etablissement *e)
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

void finess_colonnes_ej(sqlite3_stmt *s, struct entite_juridique *e)
{
    *e = (struct entite_juridique){
        .ej = (finess)(sqlite3_column_int64(s, 0) & 0xffffffff),
        .siren = (uint32_t)sqlite3_column_int64(s, 1),
        .raison_sociale = colonne_slice(s, 2),
        .acheminement = colonne_slice(s, 3),
        .statut = (uint16_t)sqlite3_column_int(s, 4),
    };
}

/* --- look-ups --------------------------------------------------------------------------------------------------- */

/* Some thousands of searches cost what reading the whole base does; few bases are held so. */
#define IMAGES_MAX 2
#define IMAGE_PAR 8 /* one look-up for that many rows: read it whole */
#define IMAGE_CERTAINE 256 /* the same when so many are to come, once one for that many rows was made: this base is the one */

struct base_demandee {
    int64_t base, recherches, lignes; /* lignes = INT64_MAX until they are counted */
    struct finess_image *image;
};
struct finess_lecteur {
    struct registre *r;
    sqlite3_stmt *et, *essms, *og, *entite;
    bool par_images;
    int64_t attendues;
    struct base_demandee bases[IMAGES_MAX];
};

struct finess_lecteur *finess_lecteur_creer(struct registre *r, struct diag_liste *diags)
{
    struct finess_lecteur *l = memoire_calloc(1, sizeof *l);
    l->r = r;
    l->et = registre_stmt(r, SQL_ET "where cle = ?1", diags);
    l->essms = registre_stmt(r, "select ej, categorie, agregat, raison_sociale, acheminement from finess_et where cle = ?1", diags);
    l->og = registre_stmt(r, "select n_4, n_ms1, n_pds, n_pde, n_ms3, et from finess_og where cle = ?1", diags);
    l->entite = registre_stmt(r, SQL_EJ "where cle = ?1", diags);
    if (l->et != NULL && l->essms != NULL && l->og != NULL && l->entite != NULL)
        return l;
    finess_lecteur_free(l);
    return NULL;
}

void finess_lecteur_free(struct finess_lecteur *l)
{
    if (l == NULL)
        return;
    sqlite3_finalize(l->et);
    sqlite3_finalize(l->essms);
    sqlite3_finalize(l->og);
    sqlite3_finalize(l->entite);
    for (size_t i = 0; i < IMAGES_MAX; i++)
        finess_image_free(l->bases[i].image);
    memoire_free(l);
}

void finess_lecteur_par_images(struct finess_lecteur *l)
{
    l->par_images = true;
}

void finess_lecteur_attendre(struct finess_lecteur *l, size_t recherches)
{
    l->attendues = (int64_t)recherches;
}

static bool image_vaut(const struct finess_lecteur *l, const struct base_demandee *b)
{
    return b->recherches > b->lignes / IMAGE_PAR || (l->attendues > b->lignes / IMAGE_PAR && b->recherches > b->lignes / IMAGE_CERTAINE);
}

static bool compter_lignes(struct finess_lecteur *l, struct base_demandee *b, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(l->r, "select nombre from finess_base where fait = ?1", diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, b->base);
    const int la = registre_suivant(l->r, s, diags);
    b->lignes = la == 1 ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return la >= 0;
}

/* The base in memory, NULL when it is not (yet). False on a fault. */
static bool image(struct finess_lecteur *l, int64_t base, const struct finess_image **out, struct diag_liste *diags)
{
    struct base_demandee *b = l->bases;
    *out = NULL;
    if (!l->par_images)
        return true;
    while (b < l->bases + IMAGES_MAX && b->base != base && b->base != 0)
        b++;
    if (b == l->bases + IMAGES_MAX)
        return true;
    b->base = base;
    if (b->image == NULL && b->recherches++ == 0 && !compter_lignes(l, b, diags))
        return false;
    if (b->image == NULL && image_vaut(l, b) && (b->image = finess_image_lire(l->r, base, diags)) == NULL)
        return false;
    *out = b->image;
    return true;
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
        finess_colonnes_et(l->et, out);
    return trouve;
}

int finess_trouver_essms(struct finess_lecteur *l, int64_t base, finess et, struct finess_essms *out, struct diag_liste *diags)
{
    const struct finess_image *i;
    if (!image(l, base, &i, diags))
        return -1;
    if (i != NULL)
        return finess_image_essms(i, et, out);
    sqlite3_stmt *s = l->essms;
    const int trouve = chercher(l, s, base, et, diags);
    if (trouve == 1)
        *out = (struct finess_essms){(finess)sqlite3_column_int64(s, 0), (uint16_t)sqlite3_column_int(s, 1),
                                     (uint16_t)sqlite3_column_int(s, 2), colonne_slice(s, 3), colonne_slice(s, 4)};
    return trouve;
}

int finess_trouver_rattachement(struct finess_lecteur *l, int64_t base, finess et, finess *ej, uint16_t *categorie,
                                uint16_t *agregat, struct diag_liste *diags)
{
    struct finess_essms e;
    const int trouve = finess_trouver_essms(l, base, et, &e, diags);
    if (trouve == 1) {
        *ej = e.ej;
        *categorie = e.categorie;
        *agregat = e.agregat;
    }
    return trouve;
}

int finess_trouver_og(struct finess_lecteur *l, int64_t base, finess ej, struct og_compte *out, struct slice *octets_et,
                   struct diag_liste *diags)
{
    const struct finess_image *i;
    if (!image(l, base, &i, diags))
        return -1;
    if (i != NULL)
        return finess_image_og(i, ej, out, octets_et);
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
        finess_colonnes_ej(l->entite, out);
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

const char *finess_base_nature(struct slice forme)
{
    const bool ej = slice_equals(forme, "cs1100501") || (forme.len > 3 && memcmp(forme.bytes + forme.len - 3, "_ej", 3) == 0);
    return ej ? "cs1100501" : "cs1100502";
}

bool finess_base_du(struct registre *r, const char *nature, struct jour date, int64_t *base, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select fait, date from finess_base where nature = ?1 and date = ?2 "
                                       "order by fait desc limit 1", diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(nature));
    lier_n(s, 2, date.n);
    return une_base(r, s, base, NULL, diags);
}

bool finess_base_derniere(struct registre *r, const char *nature, int64_t *base, struct jour *date, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select fait, date from finess_base where nature = ?1 "
                                       "order by date desc, fait desc limit 1", diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(nature));
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
