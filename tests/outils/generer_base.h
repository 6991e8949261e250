/* A made-up FINESS base: model and rows. */
#ifndef SONS_TESTS_GENERER_BASE_H
#define SONS_TESTS_GENERER_BASE_H

#include "alea.h"
#include "noyau/texte.h"

#define GENERER_NUMERO 10 /* nine characters and a NUL */

struct departement {
    const char *prefixe, *code, *nom;
    uint32_t poids, n_villes;
    const char *villes[6];
};
struct categorie {
    const char *code, *agregat, *libelle, *libelle_agregat;
    uint32_t poids;
    bool social;
    const char *ape, *mot;
};
extern const struct departement departements[];
extern const struct categorie categories[];

struct ej {
    char numero[GENERER_NUMERO], siren[10];
    uint16_t departement;
    bool social;
    uint32_t rang;
};
struct et {
    char numero[GENERER_NUMERO];
    uint16_t departement, categorie;
    uint32_t ej;   /* rank in the EJ as created */
    uint32_t nic;  /* from 1 within the EJ */
    uint32_t rang; /* of creation: seeds the row */
};

/* Appends one line of cs1100502 or cs1100501, UTF-8, with its LF. */
void ligne_et(struct buffer *out, uint64_t graine, const struct et *e, const struct ej *ej);
void ligne_ej(struct buffer *out, uint64_t graine, const struct ej *e);

#endif
