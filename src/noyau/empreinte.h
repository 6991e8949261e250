/* SHA-256 (OpenSSL) and random salts. */
#ifndef SONS_NOYAU_EMPREINTE_H
#define SONS_NOYAU_EMPREINTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/texte.h"

struct empreinte {
    unsigned char octets[32];
};
#define EMPREINTE_HEX 65

/* Gives OpenSSL the allocator that never returns NULL. Once, first thing in main: before any other use of OpenSSL.
 * Costs nothing; SHA-256 itself is fetched at the first hash. */
void empreinte_preparer(void);

/* Streaming context; empreinte_debut allocates it, empreinte_fin frees it. */
struct empreinte_ctx;
struct empreinte_ctx *empreinte_debut(void);
void empreinte_ajouter(struct empreinte_ctx *c, const void *bytes, size_t len);
struct empreinte empreinte_fin(struct empreinte_ctx *c);
/* Hash of what was added so far; more can be added after. */
struct empreinte empreinte_jusqu_ici(const struct empreinte_ctx *c);
/* One shot. */
struct empreinte empreinte_de(const void *bytes, size_t len);
/* Of two texts, one after the other. */
struct empreinte empreinte_de_deux(const void *a, size_t a_len, const void *b, size_t b_len);
/* 64 lower-case hexadecimal digits and a NUL. Returns `out`. */
char *empreinte_hex(const struct empreinte *e, char out[EMPREINTE_HEX]);
/* Exactly 64 lower-case hexadecimal digits. */
bool empreinte_parse(struct slice s, struct empreinte *out);
bool empreinte_egale(const struct empreinte *a, const struct empreinte *b);
/* `len` bytes in hexadecimal; `out` holds 2 × len + 1. */
char *hex_texte(const unsigned char *bytes, size_t len, char *out);

/* 16 random bytes from the system's generator (buffered). Never fails: a dead generator leaves with exit code 3. */
struct sel {
    unsigned char octets[16];
};
struct sel sel_tirer(void);
/* Commitment of a text under a salt: SHA-256(salt ‖ text). */
struct empreinte engagement(const struct sel *s, const char *text, size_t len);

#endif
