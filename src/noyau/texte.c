/* Slices and growing buffers. */
#include "noyau/texte.h"

#include <stdio.h>
#include <string.h>
#include "noyau/memoire.h"

struct slice slice_of(const char *s)
{
    return (struct slice){s ? s : "", s ? strlen(s) : 0};
}

int slice_cmp(struct slice a, struct slice b)
{
    const size_t n = a.len < b.len ? a.len : b.len;
    const int r = n == 0 ? 0 : memcmp(a.bytes, b.bytes, n);
    return r != 0 ? r : a.len < b.len ? -1 : a.len > b.len;
}

bool slice_equals(struct slice a, const char *s)
{
    size_t len = strlen(s);
    return a.len == len && (len == 0 || memcmp(a.bytes, s, len) == 0);
}

bool slice_entier(struct slice s, size_t chiffres, int64_t *out)
{
    if (s.len == 0 || s.len > chiffres || (s.len > 1 && s.bytes[0] == '0'))
        return false;
    int64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.bytes[i] < '0' || s.bytes[i] > '9')
            return false;
        n = n * 10 + (s.bytes[i] - '0');
    }
    *out = n;
    return true;
}

size_t texte_blanc(const char *bytes, size_t len)
{
    if (len == 0)
        return 0;
    unsigned char c = (unsigned char)bytes[0];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    if (len >= 2 && memcmp(bytes, "\xc2\xa0", 2) == 0)
        return 2;
    if (len >= 3 && (memcmp(bytes, "\xe2\x80\xaf", 3) == 0 || memcmp(bytes, "\xe2\x80\x89", 3) == 0))
        return 3;
    return 0;
}

struct slice slice_trim(struct slice a)
{
    size_t n;
    while ((n = texte_blanc(a.bytes, a.len)) > 0) {
        a.bytes += n;
        a.len -= n;
    }
    while (a.len > 0) {
        if (texte_blanc(a.bytes + a.len - 1, 1) == 1)
            a.len -= 1;
        else if (a.len >= 2 && texte_blanc(a.bytes + a.len - 2, 2) == 2)
            a.len -= 2;
        else if (a.len >= 3 && texte_blanc(a.bytes + a.len - 3, 3) == 3)
            a.len -= 3;
        else
            break;
    }
    return a;
}

/* Most buffers hold a name or a line: one allocation for them. */
#define BUFFER_MIN ((size_t)64)

void buffer_reserve(struct buffer *b, size_t extra)
{
    if (extra > SIZE_MAX - b->len - 1)
        memoire_epuisee();
    if (b->bytes && b->len + extra + 1 <= b->cap)
        return;
    const size_t need = b->len + extra + 1;
    b->bytes = memoire_grow(b->bytes, &b->cap, need < BUFFER_MIN ? BUFFER_MIN : need, 1);
}

void buffer_vprintf(struct buffer *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int len = vsnprintf(NULL, 0, fmt, ap);
    if (len < 0)
        memoire_epuisee(); /* the only failure of vsnprintf on a constant format */
    buffer_reserve(b, (size_t)len);
    vsnprintf(b->bytes + b->len, (size_t)len + 1, fmt, again);
    b->len += (size_t)len;
    va_end(again);
}

void buffer_printf(struct buffer *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    buffer_vprintf(b, fmt, ap);
    va_end(ap);
}

/* The digits of 0 to 99, two by two: half as many divisions. */
static const char deux_chiffres[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960"
                                    "616263646566676869707172737475767778798081828384858687888990919293949596979899";

char *texte_i64(char *p, int64_t v)
{
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v, plus = 10;
    int n = 1;
    if (v < 0)
        *p++ = '-';
    while (n < 19 && u >= plus) {
        plus *= 10;
        n++;
    }
    char *q = p + n;
    for (; u >= 100; u /= 100)
        q = (char *)memcpy(q - 2, deux_chiffres + u % 100 * 2, 2);
    if (u >= 10)
        memcpy(q - 2, deux_chiffres + u * 2, 2);
    else
        q[-1] = (char)('0' + u);
    return p + n;
}

void buffer_put_i64(struct buffer *b, int64_t v)
{
    buffer_jusque(b, texte_i64(buffer_place(b, 20), v));
}

void buffer_put_utf8(struct buffer *b, uint32_t cp)
{
    char out[4];
    size_t n;
    if (cp < 0x80) {
        out[0] = (char)cp;
        n = 1;
    } else if (cp < 0x800) {
        out[0] = (char)(0xc0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3f));
        n = 2;
    } else if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        n = 3;
    } else {
        out[0] = (char)(0xf0 | cp >> 18);
        out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
        out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[3] = (char)(0x80 | (cp & 0x3f));
        n = 4;
    }
    buffer_append(b, out, n);
}

void buffer_clear(struct buffer *b)
{
    b->len = 0;
    if (b->bytes)
        b->bytes[0] = '\0';
}

void buffer_free(struct buffer *b)
{
    memoire_free(b->bytes);
    *b = (struct buffer){0};
}
