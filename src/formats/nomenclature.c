#include "formats/nomenclature.h"

#include <stddef.h>

static const struct nomenclature_categorie table[] = {
#include "formats/nomenclature.inc"
};

const struct nomenclature_categorie *nomenclature_trouver(uint16_t categorie)
{
    size_t bas = 0, haut = sizeof table / sizeof *table;
    while (bas < haut) {
        size_t milieu = bas + (haut - bas) / 2;
        if (table[milieu].categorie == categorie) return &table[milieu];
        if (table[milieu].categorie < categorie)
            bas = milieu + 1;
        else
            haut = milieu;
    }
    return NULL;
}
