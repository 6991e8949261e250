/* One CSV line: examined, decoded, split. Used by the sheets and by the FINESS files. Nothing here allocates but the
 * buffers given. */
#ifndef SONS_FORMATS_CSV_H
#define SONS_FORMATS_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/texte.h"

/* What one pass over the bytes of a line tells. */
struct csv_examen {
    bool non_ascii;
    bool controle;  /* a byte < 0x20 other than TAB, or 0x7f */
    bool guillemet;
};
struct csv_examen csv_examiner(const char *octets, size_t len);

/* Encoding is a property of the whole file: UTF-8 as long as its lines are, else Windows-1252. */
struct csv_codage {
    bool windows_1252;
    bool bom;          /* the file announces UTF-8 */
    bool multi_octets; /* some line held valid UTF-8 beyond ASCII */
};
enum csv_suite {
    CSV_CONTINUER,  /* the line can be read in the encoding of `c` */
    CSV_REPRENDRE,  /* earlier lines were read as UTF-8: read the file again, `c` is now Windows-1252 */
    CSV_CODAGE_FAUX /* announced UTF-8, but is not */
};
enum csv_suite csv_codage_ligne(struct csv_codage *c, const char *octets, size_t len, struct csv_examen e);
/* Removes a BOM at the start of the first line, and notes it. */
void csv_bom(struct csv_codage *c, const char **octets, size_t *len);

enum csv_verdict { CSV_BIEN, CSV_OUVERT /* a quote is never closed */, CSV_MAL /* something follows a closing quote */ };
/* Splits a line at `sep`. `champs` receives the first `max` fields as they stand, quotes included; `*n` counts them all.
 * `guillemet`: what csv_examiner said of the line. */
enum csv_verdict csv_decouper(const char *ligne, size_t len, char sep, bool guillemet, struct slice *champs, size_t max,
                              size_t *n);
/* The value of a field: without its quotes, `""` made `"` (in `tampon`, which is cleared first). */
struct slice csv_valeur(struct slice brut, struct buffer *tampon);

/* True for a value that a spreadsheet would compute: `=…`, `@…`, `+` or `-` before a letter or `(`. */
bool csv_formule(struct slice v);
/* True for a formula, or anything that looks like one, behind the apostrophe that csv_ecrire puts: to be removed. */
bool csv_protege(struct slice v);

#endif
