/* A dictionary from bytes to a rank, for grouping rows. Keys are borrowed. */
#ifndef SONS_METIER_DICO_H
#define SONS_METIER_DICO_H

#include <stddef.h>
#include <stdint.h>
#include "noyau/texte.h"

struct dico {
    struct dico_case {
        struct slice cle;
        uint64_t empreinte;
        size_t rang;
    } *cases;
    size_t n, cap;
};
#define DICO_ABSENT SIZE_MAX
/* The rank kept for the key; when it is new, keeps `rang` and returns DICO_ABSENT. */
size_t dico_mettre(struct dico *d, struct slice cle, size_t rang);
/* DICO_ABSENT when it is not there. */
size_t dico_chercher(const struct dico *d, struct slice cle);
void dico_free(struct dico *d);

#endif
