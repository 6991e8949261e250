/* Help: lists of verbs, synopses, completion; all made from commandes.def and options.def. */
#ifndef SONS_CLI_AIDE_H
#define SONS_CLI_AIDE_H

#include "cli/options.h"
#include "noyau/texte.h"

/* Every verb, by family. */
void aide_generale(struct buffer *out, const struct vocabulaire *v);
/* The verbs of a noun. */
void aide_nom(struct buffer *out, const struct vocabulaire *v, const char *nom);
/* One verb: synopsis, summary, options, example. */
void aide_commande(struct buffer *out, const struct commande *c);
/* `sons commande voir COMMANDE`, without the common options; no LF. */
void aide_synopsis(struct buffer *out, const struct commande *c);
/* The completion script for bash. */
void aide_completion(struct buffer *out, const struct vocabulaire *v);

#endif
