#include "registre/finess_image.h"

#include <string.h>

#include "noyau/empreinte.h"
#include "noyau/memoire.h"
#include "registre/finess_interne.h"

struct et_image {
    finess et, ej;
    uint16_t categorie, agregat;
    uint32_t n_nom, n_acheminement; /* bytes, from `place` on, one after the other */
    size_t place;
};
struct og_image {
    finess ej;
    uint32_t n[COULOIR_NOMBRE];
    size_t place, len; /* of its ET, packed */
};
/* Ranks + 1 of rows by hash of their number, open addressing; 0 = free. */
struct places {
    uint32_t *t;
    unsigned bits;
};
struct finess_image {
    struct et_image *et;
    struct og_image *og;
    size_t n_et, cap_et, n_og, cap_og;
    struct buffer octets; /* names, packed ET */
    struct places par_et, par_ej;
    uint64_t graine; /* of the hashes, odd and drawn: no base can be made to collide */
};

static size_t place_de(const struct finess_image *i, const struct places *p, finess n)
{
    return (size_t)((n * i->graine) >> (64 - p->bits));
}

static void places_creer(struct places *p, size_t n)
{
    for (p->bits = 4; (size_t)1 << p->bits < 2 * n;)
        p->bits++;
    p->t = memoire_calloc((size_t)1 << p->bits, sizeof *p->t);
}

static void places_mettre(const struct finess_image *i, struct places *p, finess n, size_t rang)
{
    size_t k = place_de(i, p, n);
    while (p->t[k] != 0)
        k = (k + 1) & (((size_t)1 << p->bits) - 1);
    p->t[k] = (uint32_t)rang + 1;
}

static size_t garder(struct finess_image *i, const void *octets, size_t n)
{
    const size_t place = i->octets.len;
    if (n > 0)
        buffer_append(&i->octets, octets, n);
    return place;
}

static void prendre_et(struct finess_image *i, sqlite3_stmt *s)
{
    const struct slice nom = colonne_slice(s, 4), acheminement = colonne_slice(s, 5);
    i->et = memoire_grow(i->et, &i->cap_et, i->n_et + 1, sizeof *i->et);
    i->et[i->n_et++] = (struct et_image){
        (finess)(sqlite3_column_int64(s, 0) & 0xffffffff), (finess)sqlite3_column_int64(s, 1), (uint16_t)sqlite3_column_int(s, 2),
        (uint16_t)sqlite3_column_int(s, 3), (uint32_t)nom.len, (uint32_t)acheminement.len, garder(i, nom.bytes, nom.len)};
    (void)garder(i, acheminement.bytes, acheminement.len);
}

static void prendre_og(struct finess_image *i, sqlite3_stmt *s)
{
    const size_t n = (size_t)sqlite3_column_bytes(s, 1 + COULOIR_NOMBRE) / FINESS_PAQUET * FINESS_PAQUET;
    i->og = memoire_grow(i->og, &i->cap_og, i->n_og + 1, sizeof *i->og);
    struct og_image *og = &i->og[i->n_og++];
    og->ej = (finess)(sqlite3_column_int64(s, 0) & 0xffffffff);
    for (int c = 0; c < COULOIR_NOMBRE; c++)
        og->n[c] = (uint32_t)sqlite3_column_int64(s, 1 + c);
    og->place = garder(i, sqlite3_column_blob(s, 1 + COULOIR_NOMBRE), n);
    og->len = n;
}

/* Every row of the base that `sql` gives. */
static bool parcourir(struct finess_image *i, struct registre *r, const char *sql, int64_t base,
                      void (*prendre)(struct finess_image *i, sqlite3_stmt *s), struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, sql, diags);
    int la = -1;
    if (s != NULL) {
        lier_n(s, 1, cle_de(base, 0));
        lier_n(s, 2, cle_de(base, UINT32_MAX));
        while ((la = registre_suivant(r, s, diags)) == 1)
            prendre(i, s);
    }
    sqlite3_finalize(s);
    return la == 0;
}

static void ranger(struct finess_image *i)
{
    const struct sel sel = sel_tirer();
    memcpy(&i->graine, sel.octets, sizeof i->graine);
    i->graine |= 1;
    places_creer(&i->par_et, i->n_et);
    for (size_t k = 0; k < i->n_et; k++)
        places_mettre(i, &i->par_et, i->et[k].et, k);
    places_creer(&i->par_ej, i->n_og);
    for (size_t k = 0; k < i->n_og; k++)
        places_mettre(i, &i->par_ej, i->og[k].ej, k);
}

struct finess_image *finess_image_lire(struct registre *r, int64_t base, struct diag_liste *diags)
{
    struct finess_image *i = memoire_calloc(1, sizeof *i);
    if (parcourir(i, r, "select cle, ej, categorie, agregat, raison_sociale, acheminement from finess_et where cle between ?1 and ?2",
                  base, prendre_et, diags) &&
        parcourir(i, r, "select cle, n_4, n_ms1, n_pds, n_pde, n_ms3, et from finess_og where cle between ?1 and ?2", base, prendre_og,
                  diags)) {
        ranger(i);
        return i;
    }
    finess_image_free(i);
    return NULL;
}

void finess_image_free(struct finess_image *i)
{
    if (i == NULL)
        return;
    memoire_free(i->et);
    memoire_free(i->og);
    memoire_free(i->par_et.t);
    memoire_free(i->par_ej.t);
    buffer_free(&i->octets);
    memoire_free(i);
}

bool finess_image_essms(const struct finess_image *i, finess et, struct finess_essms *out)
{
    const struct places *p = &i->par_et;
    size_t k = place_de(i, p, et);
    while (p->t[k] != 0 && i->et[p->t[k] - 1].et != et)
        k = (k + 1) & (((size_t)1 << p->bits) - 1);
    if (p->t[k] == 0)
        return false;
    const struct et_image *e = &i->et[p->t[k] - 1];
    *out = (struct finess_essms){e->ej, e->categorie, e->agregat, {i->octets.bytes + e->place, e->n_nom},
                                 {i->octets.bytes + e->place + e->n_nom, e->n_acheminement}};
    return true;
}

bool finess_image_og(const struct finess_image *i, finess ej, struct og_compte *out, struct slice *octets_et)
{
    const struct places *p = &i->par_ej;
    size_t k = place_de(i, p, ej);
    while (p->t[k] != 0 && i->og[p->t[k] - 1].ej != ej)
        k = (k + 1) & (((size_t)1 << p->bits) - 1);
    if (p->t[k] == 0)
        return false;
    const struct og_image *og = &i->og[p->t[k] - 1];
    *out = (struct og_compte){.ej = ej, .n_et = og->len / FINESS_PAQUET};
    memcpy(out->n, og->n, sizeof out->n);
    if (octets_et != NULL)
        *octets_et = (struct slice){i->octets.bytes + og->place, og->len};
    return true;
}
