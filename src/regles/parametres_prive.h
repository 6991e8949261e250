/* Internals of the set of parameters; only parametres*.c see it. */
#ifndef SONS_REGLES_PARAMETRES_PRIVE_H
#define SONS_REGLES_PARAMETRES_PRIVE_H

#include "regles/parametres.h"

/* One element of a list of categories: 4xxx, 44xx, 4604 (aggregates of level 1, 2, 3) or 462 (a category). */
struct categorie_motif {
    uint16_t code;     /* 4, 44, 4604, 462 */
    uint16_t diviseur; /* aggregate / diviseur == code; 0 = a category */
};
#define MOTIFS_MAX 16
#define STATUTS_MAX 8

/* One dated value. */
struct parametre_valeur {
    struct jour depuis;
    int64_t n;
    struct jour jour;      /* of a JOUR or an INSTANT */
    char *mot, *source;
    bool inference;
    struct base_attendue base;                  /* domain @base */
    struct categorie_motif motifs[MOTIFS_MAX];  /* domain @categories */
    uint16_t n_motifs;
    uint16_t statuts[STATUTS_MAX];              /* domain @statuts */
    uint16_t n_statuts;
};
/* One key: its values sorted by start. */
struct parametre_entree {
    char *titre, *date;
    struct parametre_valeur *valeurs;
    size_t n, cap;
};
struct parametres {
    struct parametre_entree entrees[PARAMETRE_NOMBRE];
    struct empreinte empreinte;
};
struct parametre_modele {
    const char *cle;
    enum parametre_type type;
    const char *domaine;
};
extern const struct parametre_modele parametre_modeles[PARAMETRE_NOMBRE];

/* The text of a value to its value; false when it is not one of that key. Fills n, jour, base, motifs, statuts. */
bool parametre_valeur_lire(const struct parametre_modele *modele, const char *texte, struct parametre_valeur *out);
/* In force on `au`, or NULL. */
const struct parametre_valeur *parametre_en_vigueur(const struct parametres *p, enum parametre_cle cle, struct jour au);

#endif
