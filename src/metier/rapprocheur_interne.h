/* Inside of the rapprocheur. */
#ifndef SONS_METIER_RAPPROCHEUR_INTERNE_H
#define SONS_METIER_RAPPROCHEUR_INTERNE_H

#include "metier/rapprocheur.h"

/* One ET: its numbers, and its words in the common pool. */
struct fiche {
    finess et, ej;
    uint64_t siret;
    uint32_t siren, siren_ej; /* of the SIRET, of the entity */
    uint32_t mots;            /* rank in the pool of the words of the name, then those of the town */
    uint8_t n_nom, n_commune;
    uint16_t categorie;
    char departement[3], postal[6];
    struct slice plie, nom, acheminement;
};
/* A key and an ET that has it, sorted by key. */
struct entree_index {
    uint64_t cle;
    uint32_t rang;
};
struct index {
    struct entree_index *e;
    size_t n, cap;
};
/* A town of the base: its ET are a run of the index. */
struct ville {
    uint64_t cle;
    uint32_t debut, n;
};
/* Towns like one that was asked for. */
struct memo_ville {
    uint64_t cle;
    uint32_t debut, n; /* in `semblables` */
    bool la;
};
#define MEMO_VILLES ((size_t)65536)

struct rapprocheur {
    struct tolerance t;
    struct fiche *f;
    size_t n, cap;
    struct mot *mots;
    size_t n_mots, cap_mots;
    bool *rare;               /* by word of the pool: few names have it */
    struct arene textes, page; /* page: of the judgement under way */
    struct index siret, siren, commune, postal, mot;
    struct index genre;       /* category and kind, mixed, of each ET whose name says its kind */
    uint32_t *par_categorie;  /* ET whose name says a kind, by category */
    struct ville *villes;
    size_t n_villes, cap_villes;
    struct memo_ville *memo;
    uint32_t *semblables;
    size_t n_semblables, cap_semblables;
    uint32_t *vu;             /* by ET: last judgement that met it */
    uint32_t tour;
    uint32_t *retenus;        /* ET to compare */
    size_t n_retenus, cap_retenus;
    struct candidat *candidats;
    size_t cap_candidats;
};

/* Words of a name or of a town, from the pool. */
void fiche_nom(const struct rapprocheur *r, const struct fiche *f, struct mots *out);
void fiche_commune(const struct rapprocheur *r, const struct fiche *f, struct mots *out);
uint64_t mots_cle(const struct mots *m);
uint64_t mot_cle(struct slice s); /* the same for a plural */
/* Is that kind one that the names of the ET of this category say? Yes when too few of them say any. */
bool genre_possible(const struct rapprocheur *r, uint16_t categorie, struct slice genre);
/* The run of a key; count, `*debut` its first. */
size_t index_suite(const struct index *x, uint64_t cle, size_t *debut);
/* Postcode of five digits (a lost zero put back), or empty. */
void postal_lire(struct slice s, char out[6]);

/* rapprocheur_candidats.c: fills r->retenus. */
void rapprocheur_reunir(struct rapprocheur *r, const struct demande_rapprochement *d, const struct mots *nom, const struct mots *commune,
                        const char postal[6]);

#endif
