/* A walk over what is held on people: the erasable table, and what was erased from it. */
#ifndef SONS_METIER_PERSONNES_H
#define SONS_METIER_PERSONNES_H

#include <stdbool.h>
#include <stdint.h>
#include "metier/contexte.h"
#include "registre/fait.h"

struct personne_vue {
    int64_t fait;          /* number of the entry */
    struct slice champ;    /* utilisateur, signataire, nom, courriel, telephone */
    struct slice nom;      /* empty when erased */
    struct slice de;       /* the name of the person, when the field is another one of the same fact; else `nom` */
    int64_t efface_par;    /* entry that erased it, 0 = kept */
    enum fait_type type;
    struct instant instant; /* when it was entered */
    int64_t commande;      /* first fact of the order it is about, 0 = none (a user, a supplier's contact …) */
};
/* `f` returns false to stop. Slices live until it returns. */
typedef bool personne_visite(void *ctx, const struct personne_vue *p);
bool personnes_parcourir(struct contexte *ctx, personne_visite *f, void *f_ctx);
/* Does every word of `nom` (folded) stand in `texte`? `tout`: are they the same words? */
bool nom_reconnu(struct slice texte, const char *nom, bool tout);

#endif
