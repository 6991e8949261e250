/* The SQL of the registre, embedded. */
#ifndef SONS_REGISTRE_SCHEMA_H
#define SONS_REGISTRE_SCHEMA_H

const char *schema_livre(void); /* frozen: journal, bases, pieces, parameters, names */
const char *schema_etat(void);  /* projections */

#endif
