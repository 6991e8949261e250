/* The answer, on standard output: rows as a table for people, CSV or a workbook that can be imported again, or JSON; or text.
 * Rows are written as they come: nothing is kept but the first rows of a table, which fix its widths. */
#ifndef SONS_CLI_SORTIE_H
#define SONS_CLI_SORTIE_H

#include <stdbool.h>
#include <stdio.h>
#include "cli/options.h"
#include "formats/classeur_ecrivain.h"
#include "noyau/diag.h"
#include "noyau/tableau.h"
#include "noyau/texte.h"

/* Rows kept before the widths of a table are fixed. */
#define SORTIE_LIGNES_MESUREES 500

struct sortie {
    FILE *f;
    enum format_sortie format;
    const struct buffer *entete; /* printed before a table, e.g. who the rows are about; may be NULL; borrowed */
    const char *const *visibles; /* keys of the columns of a table, NULL at the end; NULL = all. CSV and JSON give all */
    const char *commande;        /* "commande lister": said in JSON; borrowed */
    struct instant au;           /* said in JSON when present */
    bool fictif;                 /* said in JSON */
    struct sortie_ecriture *e;   /* while rows are being written */
    bool complete;               /* a table was written to its end */
    int erreur;                  /* errno of the first failed write */
};

/* `f` stays the caller's. */
void sortie_ouvrir(struct sortie *s, FILE *f, enum format_sortie format);
/* Gives the large buffer of the process to a file: once, before anything is written to it. */
void sortie_tamponner(FILE *f);
/* Where a view writes its rows. One table per sortie. Borrows `s`. */
struct tableau_sortie sortie_tableau(struct sortie *s);
/* Text for people, made safe for a terminal. */
void sortie_texte(struct sortie *s, const char *bytes, size_t len);
/* Bytes as they are: an entry of the journal, an empty sheet. */
void sortie_octets(struct sortie *s, const void *bytes, size_t len);
/* What was written so far goes out: before something is said on standard error. */
void sortie_vider(struct sortie *s);
/* Flushes. False with one diagnostic (exit 3) when anything could not be written: full disk, closed pipe. */
bool sortie_fermer(struct sortie *s, struct diag_liste *diags);

/* How one cell reads in each format; appends. */
void cellule_pour_gens(struct buffer *out, const struct cellule *c);
void cellule_pour_csv(struct buffer *out, const struct cellule *c);
/* The JSON value, without its key. A MONTANT gives its text. */
void cellule_pour_json(struct buffer *out, const struct cellule *c);
/* The same in a row of a workbook, at column `rang` from 0. */
void cellule_pour_classeur(struct classeur_ecrivain *e, uint32_t rang, const struct cellule *c);
/* A JSON string, quotes included; bytes that are not UTF-8 become U+FFFD. */
void json_texte(struct buffer *out, const char *bytes, size_t len);

#endif
