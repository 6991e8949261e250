/* HTML, self-contained: no script, nothing fetched. Everything that comes from outside goes through html_texte. */
#ifndef SONS_FORMATS_HTML_H
#define SONS_FORMATS_HTML_H

#include "noyau/texte.h"

/* Text, or the value of a quoted attribute: & < > " ' escaped; controls and bytes that are not UTF-8 become U+FFFD. Appends. */
void html_texte(struct buffer *out, struct slice texte);

#endif
