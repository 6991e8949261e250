/* A sheet: a workbook (.xlsx, one of its sheets) or CSV with a header in any order; `;` `,` or tab; UTF-8 (BOM or not) or Windows-1252; RFC 4180 quotes; CRLF or
 * LF. Read whole, bounded, every fault reported. Values are trimmed UTF-8 slices that live as long as the sheet. */
#ifndef SONS_FORMATS_FEUILLE_H
#define SONS_FORMATS_FEUILLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "formats/flux.h"
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/texte.h"

/* A known column. Headers are compared folded (texte_fold_name). The caller's array gives the ranks used below. */
struct feuille_champ {
    const char *nom;
    bool requis;
};
struct feuille;

/* Reads `chemin` (at most 512 MiB, 64 KiB a line, 256 columns, 2 000 000 rows; gzip accepted). Faults: empty file, binary
 * (NUL), no header, a required column absent, the same column twice, unbalanced quotes, a row with more fields than the
 * header, a control character, an error that a spreadsheet saved as text (`#N/A`, `#####`), a value that looks like a spreadsheet formula (`=…`, `@…`, `+`/`-` followed by a letter or `(`; a leading
 * apostrophe that protects it, as our own exports write, is removed). Entirely empty rows are skipped,
 * and the header when it comes again. */
struct feuille *feuille_lire(const char *chemin, const struct feuille_champ *champs, size_t n_champs,
                             const struct progression *p, struct diag_liste *diags);
/* A sheet of one row made of values given on the command line (`valeurs[n_champs]`, empty = absent), so that « by command »
 * and « by CSV » are one way. `origine` names it in diagnostics ("ligne de commande"). Same checks on values; never NULL:
 * see feuille_saine. */
struct feuille *feuille_de_valeurs(const char *origine, const struct feuille_champ *champs, size_t n_champs,
                                   const struct slice *valeurs, struct diag_liste *diags);
/* A header of somebody else's that stands for one of ours (--correspondance). `colonne` is folded (texte_fold_name). */
struct feuille_renommage {
    const char *colonne;
    size_t champ;              /* n_champs: a column to pass over without a word */
};
/* The same with several rows: `valeurs[n_lignes × n_champs]`, row after row; n_lignes ≥ 1. */
struct feuille *feuille_de_lignes(const char *origine, const struct feuille_champ *champs, size_t n_champs, const struct slice *valeurs,
                                  size_t n_lignes, struct diag_liste *diags);
struct feuille_options {
    const struct feuille_renommage *renommages;
    size_t n_renommages;
    const char *const *nos_colonnes; /* folded headers that we write ourselves, ignored without a word; ended by NULL; may be NULL */
    const char *temoin;              /* one of `nos_colonnes`, kept to be looked at (feuille_temoin); may be NULL */
    const struct slice *defauts;     /* by field, or NULL: value of an empty cell (--defaut) */
    bool integrale;                  /* keeps every row, for feuille_annoter */
    bool defauts_partout;            /* of each row; else only as the row after the last: see feuille_defaut */
    bool toutes;                     /* keep every column, unknown ones as they are: see feuille_cellule */
};
/* The same with options (may be NULL; borrowed while reading). A file whose content is a workbook is read as one: its first visible
 * sheet that has a header; a number is its decimal text, a date `2022-07-12`; cells in error, formulas without a value and numbers of
 * more than fifteen digits are faults; cells merged on one row are refused, merged on one column they all hold the value. */
struct feuille *feuille_lire_avec(const char *chemin, const struct feuille_champ *champs, size_t n_champs,
                                  const struct feuille_options *options, const struct progression *p, struct diag_liste *diags);
/* Says once, as informations, what was passed over or put right while reading: lines before the header, empty rows between others,
 * hidden rows and columns, other sheets of the workbook, cells merged. */
void feuille_dire(const struct feuille *f, struct diag_liste *diags);
/* What is said of one row of the file; empty texts are left empty. */
struct feuille_annotation {
    uint32_t ligne;            /* as the spreadsheet shows it; 0 after the last */
    struct slice verdict, raison, a_faire;
};
/* Gives back a sheet read with `integrale`: the same rows at the same numbers, the same columns and texts, and the columns `verdict`,
 * `raison` and `a_faire` (at their place when the sheet has them already, else after the last). A workbook when `chemin` ends with
 * .xlsx, else CSV in UTF-8, where what a spreadsheet would compute gets an apostrophe. `a[n]` sorted by row. The file appears whole
 * or not at all, and never replaces another. */
bool feuille_annoter(struct feuille *f, const char *chemin, const struct feuille_annotation *a, size_t n, struct diag_liste *diags);
/* Notes a cell that was put right; feuille_dire_reparations says them once, column by column, with their rows; each of them beside its
 * row when the sheet is `integrale`. `quoi` is static. */
void feuille_reparer(struct feuille *f, size_t ligne, size_t champ, const char *quoi);
void feuille_dire_reparations(struct feuille *f, const struct feuille_champ *champs, struct diag_liste *diags);
/* What a row has in the column `temoin`, not judged; empty when the sheet has none. */
struct slice feuille_temoin(const struct feuille *f, size_t ligne);
bool feuille_est_classeur(const struct feuille *f);
/* Read to be given back: what is said of each row goes beside it. */
bool feuille_integrale(const struct feuille *f);
/* Rows of a known column that one merged cell covers, from 0; false past the last. */
struct feuille_fusion {
    size_t premiere, derniere, champ;
};
bool feuille_fusion(const struct feuille *f, size_t rang, struct feuille_fusion *out);
/* The default given for a field, empty when there is none. It can be read as the cell of the row feuille_nombre(f), past the last. */
struct slice feuille_defaut(const struct feuille *f, size_t champ);
/* False when rows or cells were at fault (reported already): the sheet is given all the same, so that the faults of its
 * values are reported too; nothing may be recorded from it. */
bool feuille_saine(const struct feuille *f);
void feuille_free(struct feuille *f);
/* False when it was made by feuille_de_valeurs. */
bool feuille_est_fichier(const struct feuille *f);
/* Rows of data, without the header. */
size_t feuille_nombre(const struct feuille *f);
/* Trimmed value; empty when the cell is empty or the column absent. `ligne` from 0. */
struct slice feuille_valeur(const struct feuille *f, size_t ligne, size_t champ);
/* Number of a row as the spreadsheet shows it; 0 past the last. */
uint32_t feuille_numero(const struct feuille *f, size_t ligne);
/* As it was named, and as the places of its faults name it. */
const char *feuille_chemin(const struct feuille *f);
bool feuille_colonne_presente(const struct feuille *f, size_t champ);
/* With `toutes`: every column of the header, from 0, its heading as it is written, and its cells. Those of unknown columns are not
 * judged: they may hold line breaks, or what a spreadsheet would compute. */
size_t feuille_colonnes(const struct feuille *f);
const char *feuille_titre(const struct feuille *f, size_t colonne);
struct slice feuille_cellule(const struct feuille *f, size_t ligne, size_t colonne);
/* The rank there of a field's column; feuille_colonnes(f) when it is absent. */
size_t feuille_rang(const struct feuille *f, size_t champ);
/* Place of a cell: file, line of the file, rank of the column as the spreadsheet shows it, excerpt with the value
 * underlined. champ ≥ n_champs: the row as a whole. Valid until the next call. */
struct lieu feuille_lieu(struct feuille *f, size_t ligne, size_t champ);
const struct empreinte *feuille_empreinte(const struct feuille *f);
/* Names of the ignored columns, in order; NULL past the last. */
const char *feuille_inconnue(const struct feuille *f, size_t rang);

/* One CSV value for output: quoted when needed, protected by an apostrophe when a spreadsheet would take it for a
 * formula. Numbers of ours (FINESS, amounts) need no protection. Appends. */
void csv_ecrire(struct buffer *out, const char *bytes, size_t len);

#endif
