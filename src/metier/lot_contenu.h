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
    enum paiement paiement;       /* of its requests */
    const char *registre;         /* path, for diagnostics */
    struct finess_lecteur *finess;
    sqlite3_stmt *pieces_stmt;
    struct jour entites_date;     /* base for which `entites` was found */
    int64_t entites;              /* its EJ file, 0 = none */
    struct piece_du_lot *pieces;  /* sorted and unique after lot_pieces_trier */
    size_t n_pieces, cap_pieces;
    struct arene arene;           /* values of the requests kept: 50 000 at most, less than 1 kB each */
    struct lot_demande *demandes;
    size_t n_demandes, cap_demandes, n_essms;
};
bool lot_contenu_ouvrir(struct lot_contenu *l, struct contexte *ctx, enum paiement paiement);
void lot_contenu_fermer(struct lot_contenu *l);
/* Keeps the values of a dossier that may be emitted, in the order of the calls; notes its pieces. */
bool lot_contenu_garder(struct lot_contenu *l, const struct dossier *d, bool reconstitue);
/* Keeps those of these orders (numbers of their facts, sorted), as they are at `le`. */
bool lot_contenu_lire(struct lot_contenu *l, struct instant le, const int64_t *commandes, size_t n, bool reconstitue);
void lot_pieces_trier(struct lot_contenu *l);

#endif
