/* The verbs: one row each in commandes.def. */
#ifndef SONS_CLI_COMMANDES_H
#define SONS_CLI_COMMANDES_H

#include "cli/options.h"

/* Every verb that is built, in the order of the manual. */
struct vocabulaire vocabulaire_sons(void);
/* "commande importer", "bareme"; in `out`, truncated to its size. Returns `out`. */
char *commande_intitule(const struct commande *c, char out[64]);

#define FAMILLE(titre)
#define COMMANDE(nom, verbe, fonction, acces, champs, min, max, arguments, resume, options, requises, exemple) \
    commande_fonction fonction;
#include "cli/commandes.def"
#undef COMMANDE
#undef FAMILLE

#endif
