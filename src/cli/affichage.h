/* Text on its way to a terminal. */
#ifndef SONS_CLI_AFFICHAGE_H
#define SONS_CLI_AFFICHAGE_H

#include <stddef.h>
#include "noyau/diag.h"
#include "noyau/texte.h"

/* Appends text from outside so that it cannot drive a terminal: control characters (escape sequences, C1, those that
 * reverse or break a line) become spaces, bytes that are not UTF-8 become U+FFFD. One line. */
void affichage_ligne(struct buffer *out, const char *bytes, size_t len);
/* The same, but LF is kept. */
void affichage_texte(struct buffer *out, const char *bytes, size_t len);

/* Renders the diagnostics from rank `depuis` on, as people read them: place, gravity, code, message; excerpt with
 * carets; trouvé, attendu, à faire, source; last line for those that were not kept. Appends UTF-8. */
void affichage_diagnostics(struct buffer *out, const struct diag_liste *l, size_t depuis);

#endif
