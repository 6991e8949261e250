#include "formats/csv.h"

#include <endian.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include "formats/feuille.h"

typedef unsigned char octets16 __attribute__((vector_size(16)));
typedef signed char masque16 __attribute__((vector_size(16)));

/* True when one of the sixteen bytes is not zero. */
static bool quelque(masque16 m)
{
    uint64_t w[2];
    memcpy(w, &m, sizeof w);
    return (w[0] | w[1]) != 0;
}

struct csv_examen csv_examiner(const char *octets, size_t len)
{
    masque16 haut = {0}, controle = {0}, guillemet = {0};
    for (size_t i = 0; i < len; i += sizeof(octets16)) {
        octets16 v = (octets16){0} + (unsigned char)' ';
        if (len - i >= sizeof v) {
            memcpy(&v, octets + i, sizeof v);
        } else if (len >= sizeof v) {
            memcpy(&v, octets + len - sizeof v, sizeof v); /* the end again, with bytes already seen */
        } else {
            memcpy(&v, octets, len);
        }
        haut |= (masque16)(v & 0x80);
        controle |= ((v < 0x20) & (v != '\t')) | (v == 0x7f);
        guillemet |= (v == '"');
    }
    return (struct csv_examen){quelque(haut), quelque(controle), quelque(guillemet)};
}

enum csv_suite csv_codage_ligne(struct csv_codage *c, const char *octets, size_t len, struct csv_examen e)
{
    if (!e.non_ascii || c->windows_1252) return CSV_CONTINUER;
    if (texte_is_utf8(octets, len)) {
        c->multi_octets = true;
        return CSV_CONTINUER;
    }
    if (c->bom) return CSV_CODAGE_FAUX;
    c->windows_1252 = true;
    return c->multi_octets ? CSV_REPRENDRE : CSV_CONTINUER;
}

void csv_bom(struct csv_codage *c, const char **octets, size_t *len)
{
    if (*len < 3 || memcmp(*octets, "\xef\xbb\xbf", 3) != 0) return;
    c->bom = !c->windows_1252;
    *octets += 3;
    *len -= 3;
}

#ifdef __SSE2__
/* One bit for each of 64 bytes equal to the separator. */
static uint64_t separateurs_64(const char *octets, char sep)
{
    const __m128i motif = _mm_set1_epi8(sep);
    uint64_t bits = 0;
    for (int i = 0; i < 64; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(octets + i));
        bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, motif)) << i;
    }
    return bits;
}
#else
/* High bit of each byte of `w` equal to the separator whose eight copies are `motif`; exact, no carry between bytes. */
static uint64_t egaux(uint64_t w, uint64_t motif)
{
    const uint64_t bas = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t x = w ^ motif;
    return ~(((x & bas) + bas) | x | bas);
}

static uint64_t separateurs_64(const char *octets, char sep)
{
    const uint64_t motif = UINT64_C(0x0101010101010101) * (unsigned char)sep;
    uint64_t bits = 0;
    for (int i = 0; i < 64; i += 8) {
        uint64_t w;
        memcpy(&w, octets + i, 8);
        bits |= ((egaux(le64toh(w), motif) >> 7) * UINT64_C(0x0102040810204080)) >> 56 << i;
    }
    return bits;
}
#endif

/* The same for the last bytes of a line. */
static uint64_t separateurs_fin(const char *octets, size_t len, char sep)
{
    char bloc[64] = {0};
    memcpy(bloc, octets, len);
    return separateurs_64(bloc, sep);
}

static enum csv_verdict decouper_simple(const char *ligne, size_t len, char sep, struct slice *champs, size_t max, size_t *n)
{
    size_t debut = 0, rang = 0;
    for (size_t i = 0; i < len; i += 64) {
        uint64_t m = len - i >= 64 ? separateurs_64(ligne + i, sep) : separateurs_fin(ligne + i, len - i, sep);
        for (; m != 0; m &= m - 1) {
            size_t fin = i + (size_t)__builtin_ctzll(m);
            if (rang < max) champs[rang] = (struct slice){ligne + debut, fin - debut};
            rang++;
            debut = fin + 1;
        }
    }
    if (rang < max) champs[rang] = (struct slice){ligne + debut, len - debut};
    *n = rang + 1;
    return CSV_BIEN;
}

/* End of the quoted field that starts at `i`: place of what follows the closing quote, 0 when there is none. */
static size_t fin_guillemets(const char *ligne, size_t len, size_t i)
{
    for (i++; i < len; i += 2) {
        const char *q = memchr(ligne + i, '"', len - i);
        if (q == NULL) return 0;
        i = (size_t)(q - ligne);
        if (i + 1 >= len || ligne[i + 1] != '"') return i + 1;
    }
    return 0;
}

enum csv_verdict csv_decouper(const char *ligne, size_t len, char sep, bool guillemet, struct slice *champs, size_t max,
                              size_t *n)
{
    if (!guillemet) return decouper_simple(ligne, len, sep, champs, max, n);
    size_t i = 0;
    *n = 0;
    for (;;) {
        size_t debut = i;
        if (i < len && ligne[i] == '"') {
            i = fin_guillemets(ligne, len, i);
            if (i == 0) return CSV_OUVERT;
            if (i < len && ligne[i] != sep) return CSV_MAL;
        } else {
            const char *s = i < len ? memchr(ligne + i, sep, len - i) : NULL;
            i = s != NULL ? (size_t)(s - ligne) : len;
        }
        if (*n < max) champs[*n] = (struct slice){ligne + debut, i - debut};
        (*n)++;
        if (i >= len) return CSV_BIEN;
        i++;
    }
}

struct slice csv_valeur(struct slice brut, struct buffer *tampon)
{
    if (brut.len < 2 || brut.bytes[0] != '"') return brut;
    struct slice v = {brut.bytes + 1, brut.len - 2};
    if (v.len == 0 || memchr(v.bytes, '"', v.len) == NULL) return v;
    buffer_clear(tampon);
    for (size_t i = 0; i < v.len; i++) {
        buffer_putc(tampon, v.bytes[i]);
        if (v.bytes[i] == '"') i++;
    }
    return (struct slice){tampon->bytes, tampon->len};
}

/* A value that begins with `=`, `@`, `+` or `-`, perhaps behind apostrophes (counted in `*apostrophes`). */
static bool signe_de_formule(const char *octets, size_t len, size_t *apostrophes)
{
    size_t i = 0;
    while (i < len && octets[i] == '\'') i++;
    *apostrophes = i;
    return i < len && (octets[i] == '=' || octets[i] == '@' || octets[i] == '+' || octets[i] == '-');
}

/* Digits and the marks of a number: behind a minus it stays what it is. Behind a plus, as in the number of a telephone, a spreadsheet
 * would drop the plus. */
static bool nombre_seul(const char *octets, size_t len)
{
    bool chiffre = false;
    for (size_t i = 0; i < len; i++) {
        bool c = octets[i] >= '0' && octets[i] <= '9';
        if (!c && (octets[i] == '\0' || strchr(" ,.%\xc2\xa0\xe2\x80\xaf", octets[i]) == NULL)) return false;
        chiffre |= c;
    }
    return chiffre;
}

bool csv_protege(struct slice v)
{
    size_t apostrophes = 0;
    return signe_de_formule(v.bytes, v.len, &apostrophes) && apostrophes > 0;
}

bool csv_formule(struct slice v)
{
    size_t apostrophes = 0;
    if (!signe_de_formule(v.bytes, v.len, &apostrophes) || apostrophes > 0) return false;
    if (v.bytes[0] == '=' || v.bytes[0] == '@') return true;
    if (v.len < 2) return false;
    unsigned char c = (unsigned char)v.bytes[1];
    return c == '(' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == 0xc3;
}

void csv_ecrire(struct buffer *out, const char *bytes, size_t len)
{
    size_t apostrophes = 0;
    bool proteger = signe_de_formule(bytes, len, &apostrophes) &&
                    (apostrophes > 0 || bytes[0] != '-' || !nombre_seul(bytes + 1, len - 1));
    bool guillemets = false;
    for (size_t i = 0; i < len && !guillemets; i++) guillemets = strchr(";\t\"\r\n", bytes[i]) != NULL && bytes[i] != '\0';
    if (len > 0 && (bytes[0] == ' ' || bytes[len - 1] == ' ')) guillemets = true;
    if (guillemets) buffer_putc(out, '"');
    if (proteger) buffer_putc(out, '\'');
    if (!guillemets) {
        buffer_append(out, bytes, len);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '"') buffer_putc(out, '"');
        buffer_putc(out, bytes[i]);
    }
    buffer_putc(out, '"');
}
