/* Inside of the FINESS reader: a reading under way. */
#ifndef SONS_FORMATS_FINESS_PRIVE_H
#define SONS_FORMATS_FINESS_PRIVE_H

#include "formats/csv.h"
#include "formats/finess.h"
#include "noyau/memoire.h"

#define FINESS_TAILLE_MAX INT64_C(1000000000) /* decompressed */
#define FINESS_LIGNE_MAX ((size_t)65535)
#define FINESS_CHAMPS 64
#define FINESS_RANGEES_MAX ((size_t)2000000)
#define FINESS_CODES 10000 /* categories and aggregates have at most four digits */

/* What is kept of a row, whatever the layout. */
enum finess_colonne {
    C_NUMERO, C_OG, C_RS, C_RSLONGUE, C_DEPARTEMENT, C_ACHEMINEMENT, C_CATEGORIE, C_LIBCATEGORIE, C_AGREGAT, C_LIBAGREGAT,
    C_SIRET /* of an EJ: its SIREN */, C_OUVERTURE, C_STATUT, C_NOMBRE
};
/* A layout: where each of them stands. */
struct finess_plan {
    enum finess_forme forme;
    bool ej;
    const char *type;       /* record type in the first column; NULL: there is none (annual archive) */
    size_t largeur;         /* fields of a row */
    uint8_t rang[C_NOMBRE]; /* from 0 */
};

/* What lives as long as the file: finess_fichier.prive. */
struct finess_memoire {
    struct arene textes;
};

/* Rows that come: their lines, and whether they came in strictly increasing order. */
struct finess_suite {
    uint32_t *lignes;
    size_t cap_lignes, cap;
    bool melee;
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

    struct finess_plan plan;  /* largeur 0 = layout unknown yet */
    size_t cap_categories;
    struct finess_suite et, ej;
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

/* finess_forme.c: what the file is. */
/* Judges line 1: date of the base, header. `*donnee`: it is already a row. False: a fault was added, the reading stops. */
bool finess_premiere_ligne(struct finess_lecture *l, bool *donnee);
/* Finds the layout from the first row. False: a fault was added, the reading stops. */
bool finess_premiere_rangee(struct finess_lecture *l);
/* A row whose record type is not that of the layout: coordinates are counted, the rest is a fault. False: the reading stops. */
bool finess_autre_rangee(struct finess_lecture *l);
/* The date of the base: `lu` from the file (JOUR_ABSENT when it has none), else the declared one; both must agree. */
void finess_dater(struct finess_lecture *l, struct jour lu, size_t champ, const char *ou);

/* finess_autre.c: what a file that is not wanted is. Always false, with a fault. */
bool finess_dire_autre(struct finess_lecture *l);
/* A row of another FINESS file: a fault that names it, and true. */
bool finess_dire_type(struct finess_lecture *l);
void finess_dire(struct finess_lecture *l, const char *fichier);

/* finess_ligne.c: one row into the arrays; faults are added and the reading goes on. */
void finess_lire_et(struct finess_lecture *l);
void finess_lire_ej(struct finess_lecture *l);
/* Rows checked already. */
void finess_ajouter_et(struct finess_lecture *l, const struct etablissement *e);
void finess_ajouter_ej(struct finess_lecture *l, const struct entite_juridique *e);
/* A category met for the first time (rang_categorie tells). */
void finess_categorie(struct finess_lecture *l, const struct categorie_libelle *c);
/* The department as it is kept, shared between rows. */
struct slice finess_departement(struct finess_lecture *l, struct slice v);
/* UTF-8 text in the arena, without control characters. */
struct slice finess_texte_garde(struct finess_lecture *l, struct slice v);

/* finess_structures.c: FINESS+ « Structures ». Is it a JSON document? */
bool finess_est_json(struct finess_lecture *l, bool *json);
/* Reads it whole; false with faults. */
bool finess_lire_structures(struct finess_lecture *l);

/* finess_ordre.c: rows and categories in order; duplicates and numbers both ET and EJ are faults. */
void finess_ordonner(struct finess_lecture *l);

#endif
