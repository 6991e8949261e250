/* The SQL of the registre, embedded; whether a file holds just that. */
#ifndef SONS_REGISTRE_SCHEMA_H
#define SONS_REGISTRE_SCHEMA_H

#include <stdbool.h>
#include "registre/base.h"

const char *schema_livre(void); /* frozen: journal, bases, pieces, parameters, names */
const char *schema_etat(void);  /* projections */
/* False, with a diagnostic (E_SCHEMA, exit 4), when a table, an index or a trigger of the open registre is missing, changed, or
 * foreign. */
bool schema_verifier(struct registre *r, struct diag_liste *diags);

#endif
