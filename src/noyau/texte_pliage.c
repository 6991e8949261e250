/* Folding of names for comparison. */
#include "noyau/texte.h"

#include <string.h>

/* U+00C0 to U+017F in upper-case ASCII; "" = not a letter (× ÷). */
static const char pliage[192][3] = {
    /* C0 */ "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I", "I", "I",
    /* D0 */ "D", "N", "O", "O", "O", "O", "O", "", "O", "U", "U", "U", "U", "Y", "TH", "SS",
    /* E0 */ "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I", "I", "I",
    /* F0 */ "D", "N", "O", "O", "O", "O", "O", "", "O", "U", "U", "U", "U", "Y", "TH", "Y",
    /* 100 */ "A", "A", "A", "A", "A", "A", "C", "C", "C", "C", "C", "C", "C", "C", "D", "D",
    /* 110 */ "D", "D", "E", "E", "E", "E", "E", "E", "E", "E", "E", "E", "G", "G", "G", "G",
    /* 120 */ "G", "G", "G", "G", "H", "H", "H", "H", "I", "I", "I", "I", "I", "I", "I", "I",
    /* 130 */ "I", "I", "IJ", "IJ", "J", "J", "K", "K", "K", "L", "L", "L", "L", "L", "L", "L",
    /* 140 */ "L", "L", "L", "N", "N", "N", "N", "N", "N", "N", "NG", "NG", "O", "O", "O", "O",
    /* 150 */ "O", "O", "OE", "OE", "R", "R", "R", "R", "R", "R", "S", "S", "S", "S", "S", "S",
    /* 160 */ "S", "S", "T", "T", "T", "T", "T", "T", "U", "U", "U", "U", "U", "U", "U", "U",
    /* 170 */ "U", "U", "U", "U", "W", "W", "Y", "Y", "Y", "Z", "Z", "Z", "Z", "Z", "Z", "S",
};

/* Upper-case ASCII of a letter or digit; "" for anything else; NULL for a letter of another script, kept as it is. */
static const char *plier(uint32_t cp, char one[2])
{
    one[1] = '\0';
    if (cp < 0x80) {
        if (cp >= 'a' && cp <= 'z')
            cp -= 'a' - 'A';
        bool letter = (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9');
        one[0] = letter ? (char)cp : '\0';
        return one;
    }
    if (cp >= 0xc0 && cp < 0x180)
        return pliage[cp - 0xc0];
    switch (cp) {
    case 0xb2: return "2";
    case 0xb3: return "3";
    case 0xb9: return "1";
    case 0x218: case 0x219: return "S";
    case 0x21a: case 0x21b: return "T";
    case 0x1e9e: return "SS";
    default: break;
    }
    bool punctuation = cp < 0xc0 || (cp >= 0x2000 && cp <= 0x2bff) || (cp >= 0x3000 && cp <= 0x303f) ||
                       (cp >= 0xe000 && cp <= 0xf8ff) || (cp >= 0xfe00 && cp <= 0xfe6f) || cp >= 0xfff0;
    return punctuation ? "" : NULL;
}

static bool combining(uint32_t cp)
{
    return cp >= 0x300 && cp <= 0x36f;
}

/* Letter or digit of ASCII. */
static bool ascii_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

void texte_fold(struct buffer *out, const char *bytes, size_t len)
{
    size_t start = out->len;
    bool space = false;
    for (size_t i = 0; i < len;) {
        if (ascii_plain((unsigned char)bytes[i])) { /* nearly all of a name */
            if (space && out->len > start)
                buffer_putc(out, ' ');
            space = false;
            buffer_putc(out, bytes[i] >= 'a' ? (char)(bytes[i] - ('a' - 'A')) : bytes[i]);
            i++;
            continue;
        }
        uint32_t cp;
        size_t n = texte_decode(bytes + i, len - i, &cp);
        char one[2];
        const char *folded = combining(cp) ? NULL : plier(cp, one);
        if (folded && !*folded) {
            space = true;
        } else if (!combining(cp)) {
            if (space && out->len > start)
                buffer_putc(out, ' ');
            space = false;
            if (folded)
                buffer_puts(out, folded);
            else
                buffer_append(out, bytes + i, n);
        }
        i += n ? n : 1;
    }
    buffer_append(out, "", 0);
}

/* Hyphen, no-break hyphen, figure dash, en dash, em dash, minus. */
static bool hyphen(uint32_t cp)
{
    return cp == '-' || (cp >= 0x2010 && cp <= 0x2014) || cp == 0x2212;
}

void texte_fold_name(struct buffer *out, const char *bytes, size_t len)
{
    struct slice s = slice_trim((struct slice){bytes, len});
    bool joined = false; /* a run of blanks and hyphens gives one `_` */
    for (size_t i = 0; i < s.len;) {
        uint32_t cp;
        size_t blank = texte_blanc(s.bytes + i, s.len - i);
        size_t n = texte_decode(s.bytes + i, s.len - i, &cp);
        n = n ? n : 1;
        if (blank || hyphen(cp)) {
            if (!joined)
                buffer_putc(out, '_');
            joined = true;
        } else if (!combining(cp)) {
            char one[2];
            const char *folded = plier(cp, one);
            joined = false;
            if (folded && *folded)
                for (; *folded; folded++)
                    buffer_putc(out, (char)(*folded >= 'A' && *folded <= 'Z' ? *folded - 'A' + 'a' : *folded));
            else
                buffer_append(out, s.bytes + i, n);
        }
        i += n;
    }
    buffer_append(out, "", 0);
}
