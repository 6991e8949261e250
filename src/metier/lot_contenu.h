/* The content of a lot: from dossiers to the values of the format, and the pieces it carries. */
#ifndef SONS_METIER_LOT_CONTENU_H
#define SONS_METIER_LOT_CONTENU_H

#include <stdbool.h>
#include "formats/lot_asp.h"
#include "metier/contexte.h"
#include "noyau/memoire.h"
#include "registre/dossier_charger.h"
#include "registre/finess_base.h"

/* A piece of the lot: once each, whatever the number of requests that name it. */
struct piece_du_lot {
    struct empreinte empreinte;
    uint64_t taille;
    const char *extension; /* static */
};
struct lot_contenu {
    struct contexte *ctx;
    const char *registre;         /* path, for diagnostics */
    struct finess_lecteur *finess;
    sqlite3_stmt *pieces_stmt;
    struct jour entites_date;     /* base for which `entites` was found */
    int64_t entites;              /* its EJ file, 0 = none */
    struct piece_du_lot *pieces;  /* sorted and unique after lot_pieces_trier */
    size_t n_pieces, cap_pieces;
};
bool lot_contenu_ouvrir(struct lot_contenu *l, struct contexte *ctx);
void lot_contenu_fermer(struct lot_contenu *l);
/* Fills `out` from a dossier that may be emitted; notes its pieces. Memory in the arena. */
bool lot_contenu_demande(struct lot_contenu *l, const struct dossier *d, bool reconstitue, struct arene *a, struct lot_demande *out);
void lot_pieces_trier(struct lot_contenu *l);

#endif
