/* How the command line wants a sheet to be read: --correspondance, --defaut, and our own columns passed over. */
#ifndef SONS_CLI_LECTURE_FEUILLE_H
#define SONS_CLI_LECTURE_FEUILLE_H

#include "cli/commun.h"
#include "metier/correspondance.h"

struct lecture_feuille {
    struct feuille_options options; /* what feuille_lire_avec wants; borrows the rest */
    struct correspondance correspondance;
    struct slice *defauts;
    enum feuille_genre genre;
};
/* A correspondence that is new is kept with the act that follows. False with diagnostics. lecture_feuille_free in every case. */
bool lecture_feuille_preparer(struct cli *c, enum feuille_genre g, struct lecture_feuille *out);
/* Once the act is done: says that it was kept. */
void lecture_feuille_dire(struct cli *c, const struct lecture_feuille *l);
void lecture_feuille_free(struct lecture_feuille *l);
/* Columns that our own lists and annotations add: folded, ended by NULL. */
extern const char *const nos_colonnes[];

#endif
