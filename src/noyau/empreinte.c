#include "noyau/empreinte.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/random.h>
#include "noyau/memoire.h"

/* --- allocator hooks --- */

static void *crypto_alloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return memoire_alloc(size);
}

static void *crypto_realloc(void *p, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    if (size == 0) { /* OpenSSL's contract */
        memoire_free(p);
        return NULL;
    }
    return memoire_realloc(p, size);
}

static void crypto_free(void *p, const char *file, int line)
{
    (void)file;
    (void)line;
    memoire_free(p);
}

void empreinte_preparer(void)
{
    CRYPTO_set_mem_functions(crypto_alloc, crypto_realloc, crypto_free);
}

/* --- SHA-256 --- */

static _Noreturn void no_sha256(void)
{
    memoire_quitter("sons : la bibliothèque OpenSSL ne donne pas SHA-256. À faire : réinstaller libssl3.\n");
}

/* Fetched at the first hash: a command that hashes nothing pays nothing. No configuration file is read, so that neither
 * the environment nor openssl.cnf changes what is computed. */
static EVP_MD *algorithm(void)
{
    static EVP_MD *sha256;
    if (!sha256) {
        OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
        sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
        if (!sha256)
            no_sha256();
    }
    return sha256;
}

struct empreinte_ctx {
    EVP_MD_CTX *evp;
};

struct empreinte_ctx *empreinte_debut(void)
{
    struct empreinte_ctx *c = memoire_alloc(sizeof *c);
    c->evp = EVP_MD_CTX_new();
    if (!c->evp || EVP_DigestInit_ex2(c->evp, algorithm(), NULL) != 1)
        no_sha256();
    return c;
}

void empreinte_ajouter(struct empreinte_ctx *c, const void *bytes, size_t len)
{
    if (EVP_DigestUpdate(c->evp, bytes, len) != 1)
        no_sha256();
}

struct empreinte empreinte_fin(struct empreinte_ctx *c)
{
    struct empreinte e;
    if (EVP_DigestFinal_ex(c->evp, e.octets, NULL) != 1)
        no_sha256();
    EVP_MD_CTX_free(c->evp);
    memoire_free(c);
    return e;
}

struct empreinte empreinte_jusqu_ici(const struct empreinte_ctx *c)
{
    struct empreinte_ctx *copie = empreinte_debut();
    if (EVP_MD_CTX_copy_ex(copie->evp, c->evp) != 1)
        no_sha256();
    return empreinte_fin(copie);
}

/* One context for all the one-shot hashes: its allocation costs more than a short text. */
struct empreinte empreinte_de_deux(const void *a, size_t a_len, const void *b, size_t b_len)
{
    static EVP_MD_CTX *evp;
    struct empreinte e;
    if (!evp)
        evp = EVP_MD_CTX_new();
    if (!evp || EVP_DigestInit_ex2(evp, algorithm(), NULL) != 1 || EVP_DigestUpdate(evp, a, a_len) != 1 ||
        (b_len && EVP_DigestUpdate(evp, b, b_len) != 1) || EVP_DigestFinal_ex(evp, e.octets, NULL) != 1)
        no_sha256();
    return e;
}

struct empreinte empreinte_de(const void *bytes, size_t len)
{
    return empreinte_de_deux(bytes, len, NULL, 0);
}

char *hex_texte(const unsigned char *bytes, size_t len, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * len] = '\0';
    return out;
}

char *empreinte_hex(const struct empreinte *e, char out[EMPREINTE_HEX])
{
    return hex_texte(e->octets, sizeof e->octets, out);
}

static int nibble(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool empreinte_parse(struct slice s, struct empreinte *out)
{
    struct empreinte e;
    if (s.len != 2 * sizeof e.octets)
        return false;
    for (size_t i = 0; i < sizeof e.octets; i++) {
        int high = nibble(s.bytes[2 * i]), low = nibble(s.bytes[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        e.octets[i] = (unsigned char)(high << 4 | low);
    }
    *out = e;
    return true;
}

bool empreinte_egale(const struct empreinte *a, const struct empreinte *b)
{
    return memcmp(a->octets, b->octets, sizeof a->octets) == 0;
}

/* --- salts --- */

static void draw(unsigned char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = getrandom(bytes, len, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            memoire_quitter("sons : le générateur aléatoire du système ne répond pas. À faire : vérifier le système.\n");
        bytes += n;
        len -= (size_t)n;
    }
}

/* Straight from the kernel, 4 kB at a time: OpenSSL's generators would cost more at start-up than a whole command. */
struct sel sel_tirer(void)
{
    static unsigned char pool[4096];
    static size_t left;
    struct sel s;
    if (left < sizeof s.octets) {
        draw(pool, sizeof pool);
        left = sizeof pool;
    }
    left -= sizeof s.octets;
    memcpy(s.octets, pool + left, sizeof s.octets);
    OPENSSL_cleanse(pool + left, sizeof s.octets); /* a salt is nowhere but where it was asked */
    return s;
}

struct empreinte engagement(const struct sel *s, const char *text, size_t len)
{
    return empreinte_de_deux(s->octets, sizeof s->octets, text, len);
}
