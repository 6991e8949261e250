/* What a file is, told by its first bytes: sheets and FINESS files refuse the rest by its name. */
#ifndef SONS_FORMATS_NATURE_H
#define SONS_FORMATS_NATURE_H

#include <stdbool.h>
#include "formats/flux.h"

/* Looks at the first bytes of `f` (taken from `chemin`). False with a diagnostic when the file is empty, UTF-16, a
 * workbook, a PDF, an XML or HTML document, binary, or has only CR as ends of lines. */
bool nature_texte(struct flux *f, const char *chemin, struct diag_liste *diags);

#endif
