/* The nearest known word to a mistyped one. */
#ifndef SONS_NOYAU_SUGGESTION_H
#define SONS_NOYAU_SUGGESTION_H

#include <stddef.h>

/* Keeps the best of the words offered one by one. Starts zeroed but for `voulu`, a folded word. */
struct suggestion {
    const char *voulu;
    const char *meilleur; /* NULL when none is near enough */
    size_t distance;
};
/* `mot` is a word of ours (static); it is folded for the comparison. */
void suggestion_offrir(struct suggestion *s, const char *mot);
/* Edits (insert, delete, replace, swap of two neighbours) from one to the other, in bytes; words longer than 63 bytes
 * are at SIZE_MAX. */
size_t suggestion_distance(const char *a, const char *b);

#endif
