/* Importing a sheet, or one row given as options: one way for every kind. */
#ifndef SONS_CLI_IMPORT_H
#define SONS_CLI_IMPORT_H

#include "cli/commun.h"
#include "metier/actes.h"

/* The sheet `chemin`. Returns the exit code. */
int importer_feuille(struct cli *c, enum feuille_genre g, const char *chemin);
/* The sheet given as argument, or --modele: one of the two. */
int importer_argument(struct cli *c, enum feuille_genre g);
/* --modele: an empty sheet with one example. */
int ecrire_modele(struct cli *c, enum feuille_genre g);
/* An example for a column; "" when there is none. */
const char *exemple_colonne(const char *colonne);
/* controler --fichier: the sheet judged before anything is recorded. */
int controler_fichier(struct cli *c);
/* « 12 commandes contrôlées : 10 conformes, 2 anomalies. » */
struct controle_rapport;
void dire_controle(struct cli *c, const struct controle_rapport *r);
/* The columns of the command line; those of `c->ligne` may have been completed by the caller. */
int importer_colonnes(struct cli *c, enum feuille_genre g);

/* Solutions tell what they change (cmd_solution.c). Frees `f`, which may be NULL. */
int importer_solutions(struct cli *c, struct feuille *f);
/* What was imported, or that nothing was. Returns the exit code. `f` may be NULL. */
int import_rendre(struct cli *c, enum feuille_genre g, const struct feuille *f, bool bon, const struct import_rapport *r);
/* The sentence that ends an import; the columns that were ignored; a refusal. For the commands that tell more. */
void import_phrase(struct buffer *b, enum feuille_genre g, const struct import_rapport *r);
void import_colonnes_ignorees(struct cli *c, const struct feuille *f);
void import_refuse(struct cli *c);

#endif
