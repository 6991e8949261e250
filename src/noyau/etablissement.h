/* Plain values of a FINESS base: one établissement (ET), one entité juridique (EJ), one category label. */
#ifndef SONS_NOYAU_ETABLISSEMENT_H
#define SONS_NOYAU_ETABLISSEMENT_H

#include <stdint.h>
#include "noyau/jour.h"
#include "noyau/numero.h"
#include "noyau/texte.h"

struct etablissement {
    finess et, ej;
    uint16_t categorie, agregat;   /* 183, 4101; agregat is level 3 (finess.md) */
    uint64_t siret;                /* 0 = absent or unrecoverable */
    struct jour ouverture;         /* JOUR_ABSENT when empty or not a date */
    struct slice raison_sociale;   /* rslongue when not empty, else rs; UTF-8 */
    struct slice acheminement;     /* `20090 AJACCIO`: postcode and town */
    struct slice departement;      /* `2A`, `9D` */
};

/* What an OG's row keeps of each of its ET. */
struct et_de_l_og {
    finess et;
    uint16_t categorie, agregat;
};

struct entite_juridique {
    finess ej;
    uint32_t siren;                /* 0 = absent */
    uint16_t statut;               /* statut juridique: 66; 0 = absent */
    struct slice raison_sociale, acheminement;
};

struct categorie_libelle {
    uint16_t categorie, agregat;
    struct slice libelle, libelle_agregat;
};

#endif
