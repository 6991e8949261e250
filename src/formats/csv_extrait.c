#include "config.h"
#include "formats/csv.h"

/* Bytes shown before and after the underlined value, and of the value itself. */
#define MARGE ((size_t)48)
#define VALEUR_MAX ((size_t)80)

static bool suite_utf8(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Appends in UTF-8, every control character made a space (a TAB too, so that the underlining stays aligned). */
static void ajouter(struct buffer *out, const char *octets, size_t len, bool windows_1252)
{
    size_t debut = out->len;
    if (windows_1252) {
        texte_from_cp1252(out, octets, len);
    } else if (texte_is_utf8(octets, len)) {
        buffer_append(out, octets, len);
    } else {
        for (size_t i = 0; i < len; i++) buffer_putc(out, (unsigned char)octets[i] < 0x80 ? octets[i] : '?');
    }
    for (size_t i = debut; i < out->len; i++) {
        unsigned char c = (unsigned char)out->bytes[i];
        if (c < 0x20 || c == 0x7f) out->bytes[i] = ' ';
        if (c == 0xc2 && i + 1 < out->len && (unsigned char)out->bytes[i + 1] < 0xa0) {
            out->bytes[i] = ' ';
            out->bytes[i + 1] = ' ';
        }
    }
}

void csv_extrait(struct lieu *lieu, struct buffer *tampon, const char *ligne, size_t len, size_t debut, size_t vlen,
                 bool windows_1252)
{
    if (debut > len) debut = len;
    if (vlen > len - debut) vlen = len - debut;
    size_t montre = vlen < VALEUR_MAX ? vlen : VALEUR_MAX;
    size_t a = debut > MARGE ? debut - MARGE : 0;
    size_t b = debut + montre;
    size_t z = len - b > MARGE ? b + MARGE : len;
    if (!windows_1252) {
        while (a > 0 && a < len && suite_utf8(ligne[a])) a--;
        while (b > debut && b < len && suite_utf8(ligne[b])) b--;
        while (z > b && z < len && suite_utf8(ligne[z])) z--;
    }
    buffer_clear(tampon);
    if (a > 0) buffer_puts(tampon, "…");
    ajouter(tampon, ligne + a, debut - a, windows_1252);
    lieu->souligne_debut = tampon->len;
    ajouter(tampon, ligne + debut, b - debut, windows_1252);
    lieu->souligne_len = tampon->len - lieu->souligne_debut;
    ajouter(tampon, ligne + b, z - b, windows_1252);
    if (z < len) buffer_puts(tampon, "…");
    lieu->extrait = tampon->bytes;
}
