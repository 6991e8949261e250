/* Sorting. */
#ifndef SONS_NOYAU_TRI_H
#define SONS_NOYAU_TRI_H

#include <stdlib.h>

/* qsort for a list that may be empty, hence NULL: the standard forbids NULL even for no element. */
static inline void trier_liste(void *t, size_t n, size_t taille, int (*cmp)(const void *, const void *))
{
    if (n > 1)
        qsort(t, n, taille, cmp);
}

#endif
