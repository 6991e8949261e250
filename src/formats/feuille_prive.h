/* Inside of a sheet: shared by its reader and its accessors, nobody else. */
#ifndef SONS_FORMATS_FEUILLE_PRIVE_H
#define SONS_FORMATS_FEUILLE_PRIVE_H

#include "formats/csv.h"
#include "formats/feuille.h"

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
    uint32_t ligne;      /* of the file, from 1 */
};
struct feuille {
    char *chemin;
    char sep;
    size_t n_champs;
    uint16_t *colonne;   /* field → column of the file from 0, or SANS_COLONNE */
    uint16_t *place;     /* field → rank of its cell in a row, or SANS_COLONNE */
    size_t n_places;     /* known columns present */
    size_t n_colonnes;   /* of the header */
    char **inconnues;
    size_t n_inconnues;
    struct buffer texte;
    struct rangee *rangees;
    size_t n, cap;
    struct cellule *cellules; /* n × n_places */
    size_t cap_cellules;
    struct empreinte empreinte;
    struct buffer extrait;
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
    struct csv_examen examen; /* of the record under way */
    struct rangee r;
    struct buffer valeur;     /* scratch: a value whose quotes are undone */
};

/* The header is the text of `l->r`: chooses the separator, finds the columns. False when the reading cannot go on. */
bool feuille_entete(struct feuille_lecture *l);
/* Adds a fault at a column (from 0; SANS_COLONNE: the row) of the record under way. */
struct diag *feuille_faute(struct feuille_lecture *l, enum erreur_code c, size_t colonne, const char *message);
/* Place of a column in the text of a row. */
struct lieu feuille_situer(struct feuille *f, const struct rangee *r, size_t colonne);

#endif
