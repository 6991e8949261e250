/* Seeded numbers, the same on every machine: xoshiro256**, seeded by splitmix64. Never rand(). */
#ifndef SONS_TESTS_ALEA_H
#define SONS_TESTS_ALEA_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct alea {
    uint64_t s[4];
};

static inline uint64_t alea_splitmix(uint64_t *x)
{
    uint64_t z = (*x += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* A stream of its own for each (seed, rank): a row does not depend on the ones before. */
static inline struct alea alea_de(uint64_t graine, uint64_t rang)
{
    struct alea a;
    uint64_t x = graine;
    x = alea_splitmix(&x) ^ (rang * UINT64_C(0xd1342543de82ef95));
    for (int i = 0; i < 4; i++) a.s[i] = alea_splitmix(&x);
    return a;
}

static inline uint64_t alea_64(struct alea *a)
{
    uint64_t r = a->s[1] * 5, t = a->s[1] << 17;
    r = ((r << 7) | (r >> 57)) * 9;
    a->s[2] ^= a->s[0];
    a->s[3] ^= a->s[1];
    a->s[1] ^= a->s[2];
    a->s[0] ^= a->s[3];
    a->s[2] ^= t;
    a->s[3] = (a->s[3] << 45) | (a->s[3] >> 19);
    return r;
}

/* 0 … n − 1. */
static inline uint32_t alea_sous(struct alea *a, uint32_t n)
{
    return (uint32_t)(((alea_64(a) >> 32) * n) >> 32);
}

static inline uint32_t alea_entre(struct alea *a, uint32_t min, uint32_t max)
{
    return min + alea_sous(a, max - min + 1);
}

/* True `pourmille` times out of 1 000. */
static inline bool alea_chance(struct alea *a, uint32_t pourmille)
{
    return alea_sous(a, 1000) < pourmille;
}

/* Luhn key that ends `n` characters (A → 1, B → 2), as a digit. */
static inline char luhn_cle(const char *texte, size_t n)
{
    unsigned somme = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned v = texte[i] == 'A' ? 1 : texte[i] == 'B' ? 2 : (unsigned)(texte[i] - '0');
        if ((n - i) % 2 == 1) v = v > 4 ? 2 * v - 9 : 2 * v;
        somme += v;
    }
    return (char)('0' + (10 - somme % 10) % 10);
}

_Noreturn static inline void usage(const char *texte)
{
    fprintf(stderr, "Usage : %s\n", texte);
    exit(2);
}

/* A whole number of the command line, bounded. */
static inline uint64_t nombre_option(const char *texte, uint64_t max, const char *aide)
{
    char *fin;
    unsigned long long n = strtoull(texte, &fin, 10);
    if (*texte < '0' || *texte > '9' || *fin != '\0' || n > max) usage(aide);
    return n;
}

#endif
