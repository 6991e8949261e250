/* UTF-8 and Windows-1252: checks, conversions, lengths. */
#include "noyau/texte.h"

#include <string.h>

/* Bytes before the first one ≥ 0x80, eight at a time: names of places are mostly ASCII. */
static size_t ascii_prefix(const char *bytes, size_t len)
{
    size_t i = 0;
    for (; i + 8 <= len; i += 8) {
        uint64_t word;
        memcpy(&word, bytes + i, 8);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < len && (unsigned char)bytes[i] < 0x80)
        i++;
    return i;
}

bool texte_is_ascii(const char *bytes, size_t len)
{
    return ascii_prefix(bytes, len) == len;
}

static bool continuation(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

size_t texte_decode(const char *bytes, size_t len, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)bytes;
    *cp = 0xfffd;
    if (len == 0)
        return 0;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    if (p[0] >= 0xc2 && p[0] <= 0xdf && len >= 2 && continuation(p[1])) {
        *cp = (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
        return 2;
    }
    if ((p[0] & 0xf0) == 0xe0 && len >= 3 && continuation(p[1]) && continuation(p[2])) {
        uint32_t v = (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
        if (v >= 0x800 && (v < 0xd800 || v > 0xdfff)) {
            *cp = v;
            return 3;
        }
    }
    if (p[0] >= 0xf0 && p[0] <= 0xf4 && len >= 4 && continuation(p[1]) && continuation(p[2]) && continuation(p[3])) {
        uint32_t v = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 |
                     (p[3] & 0x3f);
        if (v >= 0x10000 && v <= 0x10ffff) {
            *cp = v;
            return 4;
        }
    }
    return 0;
}

bool texte_is_utf8(const char *bytes, size_t len)
{
    for (size_t i = ascii_prefix(bytes, len); i < len; i += ascii_prefix(bytes + i, len - i)) {
        uint32_t cp;
        size_t n = texte_decode(bytes + i, len - i, &cp);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

/* 0x80 to 0x9F of Windows-1252; the rest is Latin-1. */
static const uint16_t cp1252_haut[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd,
    0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
    0x0153, 0xfffd, 0x017e, 0x0178,
};

uint32_t texte_cp1252(unsigned char c)
{
    return c >= 0x80 && c < 0xa0 ? cp1252_haut[c - 0x80] : c;
}

void texte_from_cp1252(struct buffer *out, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t run = ascii_prefix(bytes + i, len - i);
        buffer_append(out, bytes + i, run);
        i += run;
        if (i < len)
            buffer_put_utf8(out, texte_cp1252((unsigned char)bytes[i++]));
    }
}

/* What UTF-8 is made of in French sheets; elsewhere two bytes of Windows-1252 may chance to be one (É», 0xC9 0xBB). */
static bool plausible(uint32_t cp)
{
    return (cp >= 0xa0 && cp <= 0x17f) || (cp >= 0x2000 && cp <= 0x2122);
}

size_t texte_from_melange(struct buffer *out, const char *bytes, size_t len, size_t *vides)
{
    size_t utf8 = 0;
    for (size_t i = 0; i < len;) {
        const size_t run = ascii_prefix(bytes + i, len - i);
        uint32_t cp;
        buffer_append(out, bytes + i, run);
        if ((i += run) == len)
            break;
        const size_t n = texte_decode(bytes + i, len - i, &cp);
        if (n > 1 && plausible(cp)) {
            utf8++;
            i += n;
        } else {
            cp = texte_cp1252((unsigned char)bytes[i++]);
            *vides += cp == 0xfffd;
        }
        buffer_put_utf8(out, cp);
    }
    return utf8;
}

static char cp1252_of(uint32_t cp)
{
    if (cp < 0x80 || (cp >= 0xa0 && cp <= 0xff))
        return (char)cp;
    for (unsigned k = 0; k < 32; k++)
        if (cp1252_haut[k] == cp && cp != 0xfffd)
            return (char)(0x80 + k);
    return '?';
}

void texte_to_cp1252(struct buffer *out, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t run = ascii_prefix(bytes + i, len - i);
        buffer_append(out, bytes + i, run);
        i += run;
        if (i < len) {
            uint32_t cp;
            size_t n = texte_decode(bytes + i, len - i, &cp);
            buffer_putc(out, cp1252_of(cp));
            i += n ? n : 1;
        }
    }
}

/* U+2028, U+2029 (line ends), U+202A–202E, U+2066–2069 (they turn the direction round): three bytes from 0xE2. */
static bool is_turning(const char *bytes, size_t len)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return len >= 3 && b[0] == 0xe2 && ((b[1] == 0x80 && b[2] >= 0xa8 && b[2] <= 0xae) || (b[1] == 0x81 && b[2] >= 0xa6 && b[2] <= 0xa9));
}

bool texte_has_control_utf8(const char *bytes, size_t len)
{
    const char *end = bytes + len;
    for (const char *p = bytes; p < end && (p = memchr(p, 0xc2, (size_t)(end - p))) != NULL; p++)
        if (end - p > 1 && (unsigned char)p[1] >= 0x80 && (unsigned char)p[1] < 0xa0)
            return true;
    for (const char *p = bytes; p < end && (p = memchr(p, 0xe2, (size_t)(end - p))) != NULL; p++)
        if (is_turning(p, (size_t)(end - p)))
            return true;
    return false;
}

bool texte_has_control(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return true;
    }
    return texte_has_control_utf8(bytes, len);
}

/* Combining marks, zero-width characters, variation selectors. */
static bool zero_width(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36f) || (cp >= 0x1ab0 && cp <= 0x1aff) || (cp >= 0x1dc0 && cp <= 0x1dff) ||
           (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x20d0 && cp <= 0x20ff) || (cp >= 0xfe00 && cp <= 0xfe0f) ||
           (cp >= 0xfe20 && cp <= 0xfe2f) || cp == 0xfeff;
}

static size_t count(const char *bytes, size_t len, bool marks)
{
    size_t total = 0;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        const size_t run = ascii_prefix(bytes + i, len - i); /* nearly all of them; none is a mark */
        total += run;
        if ((i += run) == len)
            break;
        size_t n = texte_decode(bytes + i, len - i, &cp);
        if (marks || !zero_width(cp))
            total++;
        i += n ? n : 1; /* an invalid byte is shown as one replacement character */
    }
    return total;
}

size_t texte_width(const char *bytes, size_t len)
{
    return count(bytes, len, false);
}

size_t texte_length(const char *bytes, size_t len)
{
    return count(bytes, len, true);
}
