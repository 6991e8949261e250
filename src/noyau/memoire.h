/* Memory. Out of memory never returns: the process prints one prepared line and calls _exit(3).
 * Nothing is half-written then, because writes are a transaction or a temporary file. */
#ifndef SONS_NOYAU_MEMOIRE_H
#define SONS_NOYAU_MEMOIRE_H

#include <stddef.h>

/* Allocates `size` bytes (0 is allowed and gives a valid pointer). Owned by the caller; memoire_free. Never NULL. */
void *memoire_alloc(size_t size) __attribute__((malloc, returns_nonnull, alloc_size(1)));
/* Same, zeroed, for `n` items of `size` bytes; an overflow of n × size is out of memory. */
void *memoire_calloc(size_t n, size_t size) __attribute__((malloc, returns_nonnull));
/* Grows or shrinks; `p` may be NULL. Never NULL. */
void *memoire_realloc(void *p, size_t size) __attribute__((returns_nonnull));
/* Grows an array so that it holds at least `need` items of `size` bytes; doubles `*cap`. Returns the array. */
void *memoire_grow(void *p, size_t *cap, size_t need, size_t size) __attribute__((returns_nonnull));
char *memoire_strdup(const char *s) __attribute__((malloc, returns_nonnull));
char *memoire_strndup(const char *s, size_t n) __attribute__((malloc, returns_nonnull));
void memoire_free(void *p);
/* Prints the prepared line and leaves with exit code 3. Also given to the libraries' allocator hooks. */
_Noreturn void memoire_epuisee(void);
/* The same with another prepared line (ends with LF), for what fails as hopelessly: the system's random generator. */
_Noreturn void memoire_quitter(const char *line);

/* Arena: many small allocations freed together. One dossier at a time lives in one. */
struct arene {
    struct arene_bloc *bloc;
    size_t used;
};
/* 16-byte aligned; never NULL; lives until arene_reset or arene_free. `a` starts zeroed. */
void *arene_alloc(struct arene *a, size_t size) __attribute__((returns_nonnull));
char *arene_strndup(struct arene *a, const char *s, size_t n) __attribute__((returns_nonnull));
char *arene_copy(struct arene *a, const char *s, size_t len) __attribute__((returns_nonnull)); /* exactly `len` bytes, then NUL */
/* printf into the arena. */
char *arene_printf(struct arene *a, const char *fmt, ...) __attribute__((format(printf, 2, 3), returns_nonnull));
/* Forgets everything, keeps the largest block for reuse. */
void arene_reset(struct arene *a);
void arene_free(struct arene *a);

#endif
