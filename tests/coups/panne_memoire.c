/* The allocator of the whole process, libraries and C library included. Apart from panne.so because AddressSanitizer has
 * its own. */
#define _GNU_SOURCE
#include "panne.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

/* glibc's own, under the names it keeps for this. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t taille);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t alignement, size_t n);

static bool refusee(void)
{
    if (!coups_tirer(COUPS_MEMOIRE).frappe)
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t n)
{
    return refusee() ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t taille)
{
    return refusee() ? NULL : __libc_calloc(n, taille);
}

void *realloc(void *p, size_t n)
{
    if (p && n == 0) /* that frees */
        return __libc_realloc(p, n);
    return refusee() ? NULL : __libc_realloc(p, n);
}

void *aligned_alloc(size_t alignement, size_t n)
{
    return refusee() ? NULL : __libc_memalign(alignement, n);
}

int posix_memalign(void **out, size_t alignement, size_t n)
{
    void *p = refusee() ? NULL : __libc_memalign(alignement, n);
    if (!p)
        return ENOMEM;
    *out = p;
    return 0;
}
