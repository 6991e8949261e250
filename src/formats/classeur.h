/* One sheet of a workbook (.xlsx): the cells that hold something, as text, with what they were. No formula is computed, no float is
 * used: a number is the decimal text of the file, at the fifteen digits that a spreadsheet shows. */
#ifndef SONS_FORMATS_CLASSEUR_H
#define SONS_FORMATS_CLASSEUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/texte.h"

#define CLASSEUR_COLONNES 256u      /* cells beyond count as one, in the column after */
#define CLASSEUR_LIGNES 1048576u
#define CLASSEUR_TEXTE_MAX ((size_t)32767 * 4)

enum cellule_nature {
    NATURE_TEXTE,
    NATURE_NOMBRE,       /* `-1216.67` */
    NATURE_POURCENT,     /* `20 %`: a number whose format shows a percentage */
    NATURE_DATE,         /* `2022-07-12`, or `2022-07-12 14:30` when its format shows hours that are not 00:00 */
    NATURE_BOOLEEN,      /* `oui`, `non` */
    NATURE_ERREUR,       /* `#REF!` */
    NATURE_SANS_VALEUR,  /* a formula whose value the file does not hold */
    NATURE_IMPRECIS      /* more than fifteen digits: the spreadsheet lost some */
};
struct classeur_cellule {
    size_t debut;        /* in classeur.texte */
    uint32_t len : 24, nature : 8;
    uint16_t colonne;    /* from 0 */
};
struct classeur_ligne {
    uint32_t numero;     /* from 1, as the spreadsheet shows it */
    uint32_t n;          /* cells */
    size_t premiere;     /* in classeur.cellules */
    bool masquee;
};
struct classeur_plage {
    uint32_t l1, l2;     /* rows, from 1 */
    uint16_t c1, c2;     /* columns, from 0 */
};
struct classeur {
    struct buffer texte;
    struct classeur_cellule *cellules;
    size_t n_cellules, cap_cellules;
    struct classeur_ligne *lignes; /* those that hold something, in order */
    size_t n_lignes, cap_lignes;
    struct classeur_plage *fusions;
    size_t n_fusions, cap_fusions;
    bool colonne_masquee[CLASSEUR_COLONNES + 1];
    char *nom;                     /* of the sheet */
    struct buffer autres;          /* names of the other sheets, « Devis », « Notes » (masquée) */
    size_t n_autres;
    struct empreinte empreinte;    /* of the file */
};
/* Does that row look like the header? Asked of the first rows of each sheet when there are several. `textes[n]`. */
typedef bool classeur_entete(void *ctx, const struct slice *textes, size_t n);

/* Reads the first visible sheet that holds a header, else the first visible one. NULL with a diagnostic: not a workbook, one of another
 * kind (.ods, .xlsb, a document), protected, damaged, beyond bounds (256 MiB of XML a part). Cells given twice or whose reference
 * makes no sense are faults too. */
struct classeur *classeur_lire(const char *chemin, classeur_entete *entete, void *ctx, struct diag_liste *diags);
void classeur_free(struct classeur *c);

/* --- pieces of it, for its own files and the tests --- */

/* The decimal text of a number: `1.2E3` → `1200`, at most fifteen significant digits (half up), no trailing zero. NATURE_NOMBRE,
 * NATURE_IMPRECIS when a whole number has more, NATURE_TEXTE (the text as it is) when it is no number or has no sensible size. */
enum cellule_nature classeur_nombre(struct slice v, struct buffer *out);
/* A number of days as a date; `heures`: the format shows them. False when it is not one (negative, the 29/02/1900 that never was). */
bool classeur_date(struct slice nombre, bool base_1904, bool heures, struct buffer *out);
enum classeur_format { FORMAT_NOMBRE, FORMAT_DATE, FORMAT_DATE_HEURE, FORMAT_HEURE, FORMAT_POURCENT };
/* What a number format shows: one of those that Excel knows by number, or a code. */
enum classeur_format classeur_format_numero(uint32_t id);
enum classeur_format classeur_format_code(struct slice code);
/* `B14` → row 14, column 1. False when it is no cell of a sheet. */
bool classeur_reference(struct slice s, uint32_t *ligne, uint32_t *colonne);
/* Appends a text whose `_x000D_` stand for characters. */
void classeur_texte(struct buffer *out, struct slice s);

#endif
