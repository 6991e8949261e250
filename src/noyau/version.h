/* Versions of software, compared number by number. */
#ifndef SONS_NOYAU_VERSION_H
#define SONS_NOYAU_VERSION_H

/* A version reads as 1 to VERSION_NOMBRES numbers of at most 9 digits joined by points, a leading `v` or `V` dropped:
 * `4.2`, `v4.2.10`. Missing numbers are zeros (`4.2` = `4.2.0`); 4.10 comes after 4.9. Anything else does not compare,
 * but to itself, byte for byte. */
#define VERSION_NOMBRES 6

enum version_ordre { VERSION_AVANT, VERSION_EGALE, VERSION_APRES, VERSION_INCOMPARABLE };
/* Where `a` stands with respect to `b`; an empty or NULL one does not compare. */
enum version_ordre version_comparer(const char *a, const char *b);

#endif
