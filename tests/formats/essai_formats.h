/* Temporary files and diagnostics, for the tests of the formats. */
#ifndef SONS_TESTS_ESSAI_FORMATS_H
#define SONS_TESTS_ESSAI_FORMATS_H

#include "../noyau/essai.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <zlib.h>
#include "noyau/diag.h"
#include "noyau/texte.h"

/* A name of its own for each program: tests run side by side. */
static inline const char *provisoire(const char *suffixe)
{
    static char nom[128];
    snprintf(nom, sizeof nom, "essai-%ld%s", (long)getpid(), suffixe);
    return nom;
}

static inline void ecrire_octets(const char *chemin, const void *octets, size_t len)
{
    FILE *f = fopen(chemin, "wb");
    assert_non_null(f);
    if (len > 0) assert_int_equal(fwrite(octets, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

/* One gzip member in memory. */
static inline struct buffer gzipper(const void *octets, size_t len)
{
    struct buffer out = {0};
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    buffer_reserve(&out, deflateBound(&z, len) + 64);
    z.next_in = (Bytef *)(uintptr_t)octets;
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)out.bytes;
    z.avail_out = (uInt)out.cap;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out.len = z.total_out;
    deflateEnd(&z);
    return out;
}

/* Exactly one fault: its code, its line and its column. */
static inline void verifier_faute(const char *cas, const struct diag_liste *l, const char *code, uint64_t ligne, uint32_t colonne)
{
    if (l->total != 1 || strcmp(l->items[0].code, code) != 0 || l->items[0].ligne != ligne || l->items[0].colonne != colonne) {
        for (size_t i = 0; i < l->n; i++) {
            print_message("# %s ligne %llu colonne %u : %s\n", l->items[i].code, (unsigned long long)l->items[i].ligne,
                          l->items[i].colonne, l->items[i].message);
        }
        fail_msg("%s : %llu fautes, attendu une %s ligne %llu colonne %u", cas, (unsigned long long)l->total, code,
                 (unsigned long long)ligne, colonne);
    }
    assert_true(l->items[0].a_faire != NULL && l->items[0].message[0] != '\0');
}

#endif
