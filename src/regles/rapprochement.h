/* Le rapprochement d'un nom et d'une commune donnés avec ceux de FINESS : entiers seuls, toujours le même résultat. Tolère la
 * casse, les accents, les tirets, les articles, les abréviations (ST, STE, RES…), les sigles développés ou non, une faute de frappe
 * dans un mot long, un mot coupé, l'ordre des mots ; pour une commune, aussi CEDEX, l'arrondissement et le code postal. */
#ifndef SONS_REGLES_RAPPROCHEMENT_H
#define SONS_REGLES_RAPPROCHEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include "noyau/memoire.h"
#include "noyau/texte.h"

#define MOTS_MAX 20

enum mot_genre { MOT_DISTINCTIF, MOT_NUMERO, MOT_COMMUN, MOT_SIGLE };
struct mot {
    struct slice texte;
    enum mot_genre genre;
};
/* Un texte coupé en mots ; au-delà de MOTS_MAX les suivants sont laissés. */
struct mots {
    struct slice plie; /* le texte entier, plié */
    struct mot m[MOTS_MAX];
    size_t n;
};
/* Coupe un nom, ou une commune ; la mémoire est dans l'arène. */
void mots_du_nom(const char *nom, struct arene *a, struct mots *out);
void mots_de_la_commune(const char *commune, struct arene *a, struct mots *out);

/* Coupe et remplace les abréviations, sans rien ôter : ce que cherche « finess chercher ». */
void mots_abreges(const char *texte, struct arene *a, struct mots *out);

/* Les seuils (parametres.xml). */
struct tolerance {
    int64_t part;      /* dix-millièmes : mots distinctifs en commun, sur le plus court des deux noms */
    int64_t mot_long;  /* lettres à partir desquelles une faute de frappe est admise ; deux à partir du double, moins une */
};

/* Les mêmes communes : mêmes mots, ou l'une commence par les mots de l'autre. Deux communes vides ne se comparent pas : faux. */
bool communes_semblables(const struct mots *donnee, const struct mots *finess, const struct tolerance *t);

enum ecart { ECART_AUCUN, ECART_NOM, ECART_NUMERO, ECART_GENRE };
/* Ce qui sépare le nom donné de celui de FINESS. `commune` : celle de FINESS, dont les mots dans le nom ne comptent pas.
 * `commune_sure` : la commune donnée est bien celle de FINESS, elle tient lieu d'un nom que FINESS n'a pas. */
enum ecart noms_ecart(const struct mots *donne, const struct mots *finess, const struct mots *commune, bool commune_sure,
                      const struct tolerance *t);
/* Proximité en millièmes, pour dire lequel de deux voisins est le plus proche ; PROXIMITE_EXACTE : les textes pliés sont égaux. */
#define PROXIMITE_EXACTE 1001
int noms_proximite(const struct mots *donne, const struct mots *finess, const struct mots *commune, const struct tolerance *t);
/* Tout cela d'un seul appariement, et ce que chacun des noms a de plus. */
struct concordance {
    enum ecart ecart;
    int proximite;
    size_t communs, egaux;           /* mots distinctifs et numéros du nom de FINESS que le nom donné a ; sans faute ni coupure */
    size_t manquants;                /* ceux du nom donné que FINESS n'a pas */
    bool genre_donne, genre_finess;  /* le nom dit un genre (EHPAD, IME…) */
    bool pris[MOTS_MAX], net[MOTS_MAX]; /* lesquels, dans le nom de FINESS ; sans faute ni coupure */
};
void noms_concordance(const struct mots *donne, const struct mots *finess, const struct mots *commune, bool commune_sure,
                      const struct tolerance *t, struct concordance *out);

#endif
