/* Inside of a sheet: shared by its reader and its accessors, nobody else. */
#ifndef SONS_FORMATS_FEUILLE_PRIVE_H
#define SONS_FORMATS_FEUILLE_PRIVE_H

#include "formats/classeur.h"
#include "formats/csv.h"
#include "formats/feuille.h"
#include "noyau/memoire.h"

#define FEUILLE_COLONNES 256
/* A row, decoded and with its values without quotes, fits 16-bit offsets: four bytes a cell. */
#define FEUILLE_LIGNE_MAX ((size_t)65535)
#define FEUILLE_LIGNES_MAX ((size_t)2000000)
#define FEUILLE_TAILLE_MAX (INT64_C(512) << 20)
#define SANS_COLONNE UINT16_MAX

struct cellule {
    uint16_t debut, len; /* in the row's text */
};
struct rangee {
    size_t debut;        /* in feuille.texte: the line as it stands, in UTF-8 */
    uint32_t len;
    uint32_t ligne;      /* as a spreadsheet shows it, from 1: an empty line counts, one that a quoted cell goes on does not */
};
/* What people are told once of the sheet as a whole. */
struct remarque {
    enum erreur_code code;
    uint32_t ligne, colonne; /* 0 = none */
    char *texte;
};
struct reparation {
    size_t champ, *lignes, n, cap; /* which rows */
    const char *quoi;
};
struct feuille {
    char *chemin;
    char sep;
    size_t n_champs;
    uint16_t *colonne;   /* field → column of the file from 0, or SANS_COLONNE */
    uint16_t *place;     /* field → rank of its cell in a row, or SANS_COLONNE */
    uint16_t temoin;     /* rank of the cell of the column kept to be looked at, or SANS_COLONNE */
    size_t n_places;     /* known columns present */
    size_t n_colonnes;   /* of the header */
    char **inconnues;
    size_t n_inconnues;
    char **titres;       /* with `toutes`: heading of each place */
    size_t n_titres;
    struct buffer texte;
    struct rangee *rangees;
    size_t n, cap;
    struct cellule *cellules; /* n × n_places */
    size_t cap_cellules;
    struct empreinte empreinte;
    struct buffer extrait;
    struct remarque *remarques;
    size_t n_remarques, cap_remarques;
    struct feuille_fusion *fusions; /* vertical, in known columns */
    size_t n_fusions, cap_fusions;
    struct slice *defauts;  /* by field, or NULL; texts in `textes_defauts` */
    struct arene textes_defauts;
    bool defauts_partout;
    struct reparation *reparations;
    size_t n_reparations, cap_reparations;
    bool integrale;      /* every row is kept, to give the sheet back */
    struct rangee *entieres;
    size_t n_entieres, cap_entieres;
    uint32_t ligne_entete;
    struct buffer entete; /* its text */
    struct classeur *source; /* of a workbook, when integrale */
    bool classeur;       /* read from a workbook */
    bool hors_fichier;   /* values of the command line */
    bool fautive;        /* some cell or row was at fault: reported */
};

/* A reading under way. */
struct feuille_lecture {
    struct feuille *f;
    struct flux *flux;
    struct csv_codage codage;
    const struct feuille_champ *champs;
    struct diag_liste *diags;
    struct diag_liste oubli;  /* faults of lines read a second time: already in `diags` */
    uint64_t deja;            /* first line not judged before the encoding changed */
    struct slice colonnes[FEUILLE_COLONNES + 1];
    uint16_t colonne_de[FEUILLE_COLONNES]; /* rank of a cell → column of the file */
    bool libre[FEUILLE_COLONNES]; /* column kept though it is not one of ours: its values are not judged */
    struct csv_examen examen; /* of the record under way */
    struct rangee r;
    struct buffer valeur;     /* scratch: a value whose quotes are undone */
    const struct feuille_options *options;
    uint32_t numero;          /* rows seen, as a spreadsheet counts them */
    struct buffer vides;      /* « 4, 7 à 9 »: rows skipped because they are empty, among the others */
    uint32_t vide_de, vide_a; /* run of empty rows not yet known to have something after it */
    size_t n_vides, n_suites;
    struct buffer melees; /* lines of a Windows-1252 sheet that have UTF-8 in them: the first ones */
    size_t n_melees;
    struct classeur *classeur; /* instead of `flux` */
    size_t rang;              /* next row of the workbook */
    size_t prochaine_fusion;
    const struct classeur_plage **active;    /* by column: the merge under way, NULL when the sheet has none */
    const struct classeur_cellule **portee;  /* by column: its value */
    unsigned char natures[FEUILLE_COLONNES + 1]; /* of the workbook's row under way, by column */
};

/* --- workbooks: feuille_classeur.c --- */
/* Reads the workbook into `l->classeur`; false with a diagnostic. */
bool feuille_classeur_ouvrir(struct feuille_lecture *l, const char *chemin);
/* Its next row as a record of CSV, the same as a line of text: false at the end. */
bool feuille_classeur_ligne(struct feuille_lecture *l);
/* Once the header is known: merged cells of known columns are filled or refused. */
void feuille_classeur_fusions(struct feuille_lecture *l);
/* What else to say of it: other sheets, hidden rows and columns. */
void feuille_classeur_dire(struct feuille_lecture *l);
/* A cell of a known column whose value is not to be trusted: fault. */
void feuille_classeur_cellule(struct feuille_lecture *l, size_t colonne);

/* Adds a remark on the whole sheet; `ligne` and `colonne` from 1, 0 = none. */
void feuille_oublier_reparations(struct feuille *f);
void feuille_remarquer(struct feuille *f, enum erreur_code c, uint32_t ligne, uint32_t colonne, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* The record before is complete: kept when the sheet is to be given back. */
void feuille_garder_entiere(struct feuille_lecture *l);
/* Counts a row without anything. */
void feuille_ligne_vide(struct feuille_lecture *l, uint32_t ligne);
/* Those before are between others. */
void feuille_ligne_pleine(struct feuille_lecture *l);
/* How many known columns the cells name. */
size_t feuille_connus(struct feuille_lecture *l, const struct slice *champs, size_t n);

/* The header is the text of `l->r`: chooses the separator, finds the columns. False when the reading cannot go on. */
bool feuille_entete(struct feuille_lecture *l);
/* Adds a fault at a column (from 0; SANS_COLONNE: the row) of the record under way. */
struct diag *feuille_faute(struct feuille_lecture *l, enum erreur_code c, size_t colonne, const char *message);
/* Place of a column in the text of a row. */
struct lieu feuille_situer(struct feuille *f, const struct rangee *r, size_t colonne);

#endif
