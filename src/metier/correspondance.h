/* The CRM's headers and ours: read from a sheet `colonne;champ`, kept by a fact, used again by the next imports. */
#ifndef SONS_METIER_CORRESPONDANCE_H
#define SONS_METIER_CORRESPONDANCE_H

#include "metier/actes.h"
#include "noyau/memoire.h"

struct correspondance {
    struct feuille_renommage *renommages; /* sorted by header */
    size_t n, cap;
    struct arene textes;
    bool nouvelle; /* given, and not what the registre keeps: to be kept once the import is done */
};
/* Reads `chemin`; every fault is told: an unknown field, one given twice, a header given twice. `champ` empty or « ignorer »: the
 * column is passed over without a word. */
bool correspondance_lire(struct contexte *ctx, enum feuille_genre g, const char *chemin, struct correspondance *out);
/* That which the registre keeps for this kind of sheet; none when it keeps none or there is no registre. */
bool correspondance_gardee(struct contexte *ctx, enum feuille_genre g, struct correspondance *out);
/* Keeps it, with the act under way. An empty one makes the registre forget. */
struct acte;
bool correspondance_garder(struct acte *a, enum feuille_genre g, const struct correspondance *c);
/* « client = libelle_essms, note ignorée ». Appends. */
void correspondance_dire(enum feuille_genre g, const struct correspondance *c, struct buffer *out);
void correspondance_free(struct correspondance *c);
/* Word of the kind in the fact and in the commands: "commande". */
const char *feuille_genre_mot(enum feuille_genre g);

#endif
