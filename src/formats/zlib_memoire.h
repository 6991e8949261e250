/* zlib's allocations through ours: out of memory never returns (noyau/memoire.h). */
#ifndef SONS_FORMATS_ZLIB_MEMOIRE_H
#define SONS_FORMATS_ZLIB_MEMOIRE_H

#include <zlib.h>
#include "noyau/memoire.h"

static inline voidpf z_alloc(voidpf ctx, uInt n, uInt taille)
{
    (void)ctx;
    return memoire_calloc(n, taille);
}

static inline void z_libere(voidpf ctx, voidpf p)
{
    (void)ctx;
    memoire_free(p);
}

#endif
