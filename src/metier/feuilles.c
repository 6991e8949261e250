#include "metier/feuilles.h"

#include "metier/actes.h"

/* One array a kind, named after its last constant. */
#define FEUILLE(genre) static const struct feuille_champ champs_##genre[] = {
#define COLONNE(ident, nom, requis) {nom, requis},
#define FIN_FEUILLE(nombre) };
#include "metier/feuilles.def"
#undef FEUILLE
#undef COLONNE
#undef FIN_FEUILLE

static const struct {
    const struct feuille_champ *champs;
    size_t n;
} feuilles[FEUILLE_GENRE_NOMBRE] = {
#define FEUILLE(genre) [genre] = {champs_##genre, sizeof champs_##genre / sizeof *champs_##genre},
#define COLONNE(ident, nom, requis)
#define FIN_FEUILLE(nombre)
#include "metier/feuilles.def"
#undef FEUILLE
#undef COLONNE
#undef FIN_FEUILLE
};

const struct feuille_champ *feuille_champs(enum feuille_genre g, size_t *n)
{
    *n = feuilles[g].n;
    return feuilles[g].champs;
}
