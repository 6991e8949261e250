/* The base in memory, cut into words once, and found by SIRET, SIREN, town, postcode and word. */
#include "metier/rapprocheur_interne.h"
#include "noyau/tri.h"

#include <stdlib.h>
#include <string.h>

struct rapprocheur *rapprocheur_creer(const struct tolerance *t)
{
    struct rapprocheur *r = memoire_calloc(1, sizeof *r);
    r->t = *t;
    r->memo = memoire_calloc(MEMO_VILLES, sizeof *r->memo);
    r->par_categorie = memoire_calloc((size_t)UINT16_MAX + 1, sizeof *r->par_categorie);
    return r;
}

void rapprocheur_free(struct rapprocheur *r)
{
    if (r == NULL)
        return;
    struct index *index[] = {&r->siret, &r->siren, &r->commune, &r->postal, &r->mot, &r->genre};
    for (size_t i = 0; i < sizeof index / sizeof *index; i++)
        memoire_free(index[i]->e);
    memoire_free(r->f);
    memoire_free(r->mots);
    memoire_free(r->villes);
    memoire_free(r->memo);
    memoire_free(r->par_categorie);
    memoire_free(r->rare);
    memoire_free(r->semblables);
    memoire_free(r->vu);
    memoire_free(r->retenus);
    memoire_free(r->candidats);
    arene_free(&r->textes);
    arene_free(&r->page);
    memoire_free(r);
}

size_t rapprocheur_nombre(const struct rapprocheur *r)
{
    return r->n;
}

/* --- words -------------------------------------------------------------------------------------------------------- */

/* FNV-1a: only to look up; what is found is compared word by word. */
static uint64_t melanger(uint64_t h, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * UINT64_C(0x100000001b3);
    return h;
}
#define FNV UINT64_C(0xcbf29ce484222325)

uint64_t mot_cle(struct slice s)
{
    const bool pluriel = s.len > 3 && s.bytes[s.len - 1] == 'S';
    return melanger(FNV, s.bytes, s.len - pluriel);
}

uint64_t mots_cle(const struct mots *m)
{
    uint64_t h = FNV;
    for (size_t i = 0; i < m->n; i++)
        h = melanger(melanger(h, m->m[i].texte.bytes, m->m[i].texte.len), " ", 1);
    return h;
}

static void garder_mots(struct rapprocheur *r, const struct mots *m)
{
    r->mots = memoire_grow(r->mots, &r->cap_mots, r->n_mots + m->n, sizeof *r->mots);
    memcpy(r->mots + r->n_mots, m->m, m->n * sizeof *r->mots);
    r->n_mots += m->n;
}

static void reprendre(const struct rapprocheur *r, size_t debut, size_t n, struct slice plie, struct mots *out)
{
    out->plie = plie;
    out->n = n;
    memcpy(out->m, r->mots + debut, n * sizeof *out->m);
}

void fiche_nom(const struct rapprocheur *r, const struct fiche *f, struct mots *out)
{
    reprendre(r, f->mots, f->n_nom, f->plie, out);
}

void fiche_commune(const struct rapprocheur *r, const struct fiche *f, struct mots *out)
{
    reprendre(r, f->mots + f->n_nom, f->n_commune, (struct slice){"", 0}, out);
}

/* --- index -------------------------------------------------------------------------------------------------------- */

static void indexer(struct index *x, uint64_t cle, size_t rang)
{
    x->e = memoire_grow(x->e, &x->cap, x->n + 1, sizeof *x->e);
    x->e[x->n++] = (struct entree_index){cle, (uint32_t)rang};
}

static int comparer(const void *a, const void *b)
{
    const struct entree_index *x = a, *y = b;
    return x->cle != y->cle ? (x->cle > y->cle) - (x->cle < y->cle) : (x->rang > y->rang) - (x->rang < y->rang);
}

static void trier(struct index *x)
{
    size_t n = 0;
    if (x->n == 0)
        return;
    trier_liste(x->e, x->n, sizeof *x->e, comparer);
    for (size_t i = 1; i < x->n; i++) /* an ET twice under one key: its name says a word twice, or its two SIREN are one */
        if (comparer(&x->e[n], &x->e[i]) != 0)
            x->e[++n] = x->e[i];
    x->n = n + 1;
}

size_t index_suite(const struct index *x, uint64_t cle, size_t *debut)
{
    size_t bas = 0, haut = x->n, n = 0;
    while (bas < haut) {
        const size_t milieu = bas + (haut - bas) / 2;
        if (x->e[milieu].cle < cle)
            bas = milieu + 1;
        else
            haut = milieu;
    }
    *debut = bas;
    while (bas + n < x->n && x->e[bas + n].cle == cle)
        n++;
    return n;
}

static uint64_t genre_cle(uint16_t categorie, struct slice genre)
{
    const char c[2] = {(char)(categorie >> 8), (char)(categorie & 0xff)};
    return melanger(mot_cle(genre), c, sizeof c);
}

bool genre_possible(const struct rapprocheur *r, uint16_t categorie, struct slice genre)
{
    enum { ASSEZ = 20 };
    size_t debut;
    const uint32_t tous = r->par_categorie[categorie];
    return tous < ASSEZ || index_suite(&r->genre, genre_cle(categorie, genre), &debut) * RAPPROCHE_GENRE >= tous;
}

void postal_lire(struct slice s, char out[6])
{
    const size_t absent = s.len == 4 ? 1 : 0;
    out[0] = '\0';
    if (s.len != 4 && s.len != 5)
        return;
    for (size_t i = 0; i < s.len; i++)
        if (s.bytes[i] < '0' || s.bytes[i] > '9')
            return;
    out[0] = '0';
    memcpy(out + absent, s.bytes, s.len);
    out[5] = '\0';
}

/* --- building ----------------------------------------------------------------------------------------------------- */

static struct slice copier(struct rapprocheur *r, struct slice s)
{
    return (struct slice){arene_strndup(&r->textes, s.len == 0 ? "" : s.bytes, s.len), s.len};
}

void rapprocheur_ajouter(struct rapprocheur *r, const struct etablissement *e, uint32_t siren_ej)
{
    struct mots nom, commune;
    struct fiche f = {.et = e->et, .ej = e->ej, .siret = e->siret, .siren = (uint32_t)(e->siret / 100000), .siren_ej = siren_ej, .categorie = e->categorie};
    f.nom = copier(r, e->raison_sociale);
    f.acheminement = copier(r, e->acheminement);
    const char *blanc = strchr(f.acheminement.bytes, ' ');
    if (blanc != NULL)
        postal_lire((struct slice){f.acheminement.bytes, (size_t)(blanc - f.acheminement.bytes)}, f.postal);
    if (e->departement.len == 2)
        memcpy(f.departement, e->departement.bytes, 2);
    mots_du_nom(f.nom.bytes, &r->textes, &nom);
    mots_de_la_commune(blanc != NULL ? blanc + 1 : f.acheminement.bytes, &r->textes, &commune);
    f.plie = nom.plie;
    f.mots = (uint32_t)r->n_mots;
    f.n_nom = (uint8_t)nom.n;
    f.n_commune = (uint8_t)commune.n;
    garder_mots(r, &nom);
    garder_mots(r, &commune);
    if (f.siret != 0)
        indexer(&r->siret, f.siret, r->n);
    if (f.siren != 0)
        indexer(&r->siren, f.siren, r->n);
    if (siren_ej != 0)
        indexer(&r->siren, siren_ej, r->n);
    indexer(&r->commune, mots_cle(&commune), r->n);
    if (f.postal[0] != '\0')
        indexer(&r->postal, strtoul(f.postal, NULL, 10), r->n);
    for (size_t i = 0; i < nom.n; i++)
        if (nom.m[i].genre == MOT_DISTINCTIF)
            indexer(&r->mot, mot_cle(nom.m[i].texte), r->n);
    for (size_t i = 0; i < nom.n; i++)
        if (nom.m[i].genre == MOT_SIGLE) {
            indexer(&r->genre, genre_cle(e->categorie, nom.m[i].texte), r->n);
            r->par_categorie[e->categorie]++;
            break; /* « SESSAD DE L'ITEP X »: the first one is its kind */
        }
    r->f = memoire_grow(r->f, &r->cap, r->n + 1, sizeof *r->f);
    r->f[r->n++] = f;
}

static int comparer_fiches(const void *a, const void *b)
{
    const struct fiche *x = a, *y = b;
    return (x->et > y->et) - (x->et < y->et);
}

bool rapprocheur_trouver(const struct rapprocheur *r, finess et, finess *ej)
{
    const struct fiche voulue = {.et = et};
    const struct fiche *f = r->n == 0 ? NULL : bsearch(&voulue, r->f, r->n, sizeof *r->f, comparer_fiches);
    if (f != NULL)
        *ej = f->ej;
    return f != NULL;
}

void rapprocheur_clore(struct rapprocheur *r)
{
    struct index *index[] = {&r->siret, &r->siren, &r->commune, &r->postal, &r->mot, &r->genre};
    for (size_t i = 0; i < sizeof index / sizeof *index; i++)
        trier(index[i]);
    for (size_t i = 0, j; i < r->commune.n; i = j) {
        for (j = i; j < r->commune.n && r->commune.e[j].cle == r->commune.e[i].cle; j++) {}
        r->villes = memoire_grow(r->villes, &r->cap_villes, r->n_villes + 1, sizeof *r->villes);
        r->villes[r->n_villes++] = (struct ville){r->commune.e[i].cle, (uint32_t)i, (uint32_t)(j - i)};
    }
    r->vu = memoire_calloc(r->n + 1, sizeof *r->vu);
    r->rare = memoire_calloc(r->n_mots + 1, sizeof *r->rare);
    for (size_t i = 0, debut; i < r->n_mots; i++)
        r->rare[i] = r->mots[i].genre == MOT_DISTINCTIF && index_suite(&r->mot, mot_cle(r->mots[i].texte), &debut) * RAPPROCHE_RARE <= r->n;
}
