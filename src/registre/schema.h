/* The SQL of the registre, embedded; whether a file holds just that. */
#ifndef SONS_REGISTRE_SCHEMA_H
#define SONS_REGISTRE_SCHEMA_H

#include <stdbool.h>
#include "registre/base.h"

const char *schema_livre(void); /* frozen: journal, bases, pieces, parameters, names */
const char *schema_etat(void);  /* projections */
/* Appends the statements that make what livre.sql has gained since `format`. */
void schema_ajouts(int64_t format, struct buffer *sql);
/* The frozen part of an open registre of an earlier format: every object of that format is there, unchanged. */
bool schema_livre_verifier(struct registre *r, int64_t format, struct diag_liste *diags);
/* False, with a diagnostic (E_SCHEMA, exit 4), when a table, an index or a trigger of the open registre is missing, changed, or
 * foreign. */
bool schema_verifier(struct registre *r, struct diag_liste *diags);

#endif
