/* The FINESS nomenclature of categories, embedded: what the files without an aggregate need. */
#ifndef SONS_FORMATS_NOMENCLATURE_H
#define SONS_FORMATS_NOMENCLATURE_H

#include <stdint.h>

struct nomenclature_categorie {
    uint16_t categorie, agregat; /* 500, 4401 (level 3) */
    const char *libelle, *libelle_agregat;
};
/* NULL when the nomenclature of 14/12/2021 does not know it. */
const struct nomenclature_categorie *nomenclature_trouver(uint16_t categorie);

#endif
