#include "noyau/memoire.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Prepared: nothing may be allocated nor formatted any more when it is needed. */
static const char ligne_epuisee[] =
    "sons : mémoire épuisée ; rien n'a été écrit à moitié. À faire : fermer d'autres programmes ou découper le fichier, "
    "puis recommencer.\n";

_Noreturn void memoire_quitter(const char *line)
{
    ssize_t ignored = write(STDERR_FILENO, line, strlen(line));
    (void)ignored;
    _exit(3);
}

_Noreturn void memoire_epuisee(void)
{
    memoire_quitter(ligne_epuisee);
}

/* Beyond PTRDIFF_MAX no object can exist: a size that large comes from an overflow. */
static size_t size_checked(size_t size)
{
    if (size > PTRDIFF_MAX)
        memoire_epuisee();
    return size ? size : 1;
}

void *memoire_alloc(size_t size)
{
    void *p = malloc(size_checked(size));
    if (!p)
        memoire_epuisee();
    return p;
}

void *memoire_calloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size ? size : 1);
    if (!p)
        memoire_epuisee();
    return p;
}

void *memoire_realloc(void *p, size_t size)
{
    void *q = realloc(p, size_checked(size));
    if (!q)
        memoire_epuisee();
    return q;
}

void *memoire_grow(void *p, size_t *cap, size_t need, size_t size)
{
    if (p && need <= *cap)
        return p;
    size_t wanted = *cap ? *cap : 8;
    while (wanted < need) {
        if (wanted > PTRDIFF_MAX / 2)
            memoire_epuisee();
        wanted *= 2;
    }
    if (size && wanted > PTRDIFF_MAX / size)
        memoire_epuisee();
    p = memoire_realloc(p, wanted * size);
    *cap = wanted;
    return p;
}

char *memoire_strdup(const char *s)
{
    return memoire_strndup(s, strlen(s));
}

char *memoire_strndup(const char *s, size_t n)
{
    size_t len = strnlen(s, n);
    char *copy = memoire_alloc(len + 1);
    memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

void memoire_free(void *p)
{
    free(p);
}

/* --- arena --- */

#define ARENE_BLOC_MIN ((size_t)16 * 1024)
#define ARENE_ALIGN ((size_t)16)

struct arene_bloc {
    struct arene_bloc *prev;
    size_t cap;
    _Alignas(16) unsigned char octets[];
};

void *arene_alloc(struct arene *a, size_t size)
{
    size = (size_checked(size) + ARENE_ALIGN - 1) & ~(ARENE_ALIGN - 1);
    if (!a->bloc || size > a->bloc->cap - a->used) {
        size_t cap = a->bloc && a->bloc->cap < SIZE_MAX / 4 ? a->bloc->cap * 2 : ARENE_BLOC_MIN;
        if (cap > ARENE_BLOC_MIN * 64)
            cap = ARENE_BLOC_MIN * 64;
        if (cap < size)
            cap = size;
        struct arene_bloc *bloc = memoire_alloc(sizeof *bloc + cap);
        bloc->prev = a->bloc;
        bloc->cap = cap;
        a->bloc = bloc;
        a->used = 0;
    }
    void *p = a->bloc->octets + a->used;
    a->used += size;
    return p;
}

char *arene_copy(struct arene *a, const char *s, size_t len)
{
    char *copy = arene_alloc(a, len + 1);
    memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

char *arene_strndup(struct arene *a, const char *s, size_t n)
{
    return arene_copy(a, s, strnlen(s, n));
}

char *arene_printf(struct arene *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int len = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (len < 0)
        memoire_epuisee(); /* the only failure of vsnprintf on a constant format */
    char *out = arene_alloc(a, (size_t)len + 1);
    vsnprintf(out, (size_t)len + 1, fmt, again);
    va_end(again);
    return out;
}

void arene_reset(struct arene *a)
{
    struct arene_bloc *kept = NULL;
    for (struct arene_bloc *b = a->bloc, *prev; b; b = prev) {
        prev = b->prev;
        if (!kept || b->cap > kept->cap) {
            memoire_free(kept);
            kept = b;
        } else {
            memoire_free(b);
        }
    }
    if (kept)
        kept->prev = NULL;
    a->bloc = kept;
    a->used = 0;
}

void arene_free(struct arene *a)
{
    for (struct arene_bloc *b = a->bloc, *prev; b; b = prev) {
        prev = b->prev;
        memoire_free(b);
    }
    a->bloc = NULL;
    a->used = 0;
}
