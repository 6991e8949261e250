/* Inside of the FINESS reader: a reading under way. */
#ifndef SONS_FORMATS_FINESS_PRIVE_H
#define SONS_FORMATS_FINESS_PRIVE_H

#include "formats/csv.h"
#include "formats/finess.h"
#include "noyau/memoire.h"

#define FINESS_TAILLE_MAX (INT64_C(512) << 20)
#define FINESS_LIGNE_MAX ((size_t)65535)
#define FINESS_CHAMPS 32
#define FINESS_CODES 10000 /* categories and aggregates have at most four digits */

/* What lives as long as the file: finess_fichier.prive. */
struct finess_memoire {
    struct arene textes;
};

struct finess_lecture {
    const char *chemin;
    struct jour base_declaree;
    struct diag_liste *diags;
    struct finess_fichier *out;
    struct finess_memoire *memoire;
    struct flux *flux;
    struct csv_codage codage;
    struct diag_liste oubli;  /* faults of lines read a second time */
    uint64_t deja;            /* first line not judged before the encoding changed */

    size_t n_attendus;        /* fields of a row, fixed by the first one (an old ET layout has 31); 0 = layout unknown yet */
    size_t cap, cap_categories;
    uint32_t *lignes;         /* line of each row */
    size_t cap_lignes;
    bool trie;                /* rows came in strictly increasing order */
    uint16_t rang_categorie[FINESS_CODES]; /* rank + 1 in out->categories */
    struct slice departements[256];        /* met so far: many rows share one */
    size_t n_departements;

    struct slice ligne;       /* under way, as raw bytes */
    uint64_t numero;
    struct csv_examen examen;
    struct slice champs[FINESS_CHAMPS + 1];
    size_t n_champs;
    struct buffer valeur, decode, extrait;
};

/* Adds a fault at a field (rank from 0; FINESS_CHAMPS: the line) of the line under way. */
struct diag *finess_faute(struct finess_lecture *l, enum erreur_code c, size_t champ, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* The value of a field of the line under way, trimmed, raw encoding; valid until the next call. */
struct slice finess_champ(struct finess_lecture *l, size_t rang);
bool finess_champ_est(const struct finess_lecture *l, size_t rang, const char *mot);

/* finess_forme.c: what the file is. A JSON document is told by its first bytes: false with a fault. */
bool finess_pas_json(struct finess_lecture *l);
/* Judges line 1: date of the base, header. `*donnee`: it is already a row. False: a fault was added, the reading stops. */
bool finess_premiere_ligne(struct finess_lecture *l, bool *donnee);
/* Finds the layout from the first row. False: a fault was added, the reading stops. */
bool finess_premiere_rangee(struct finess_lecture *l);
/* A row whose record type is not that of the layout. True: only this line is bad. */
bool finess_autre_rangee(struct finess_lecture *l);

/* finess_ligne.c: one row into the arrays; faults are added and the reading goes on. */
void finess_lire_et(struct finess_lecture *l);
void finess_lire_ej(struct finess_lecture *l);
/* finess_ordre.c: rows and categories in order; duplicates and numbers both ET and EJ are faults. */
void finess_ordonner(struct finess_lecture *l);

#endif
