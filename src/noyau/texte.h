/* Text: bounded slices, growing buffers, UTF-8, Windows-1252, folding for comparison. */
#ifndef SONS_NOYAU_TEXTE_H
#define SONS_NOYAU_TEXTE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A view on bytes owned by somebody else; not NUL-terminated. */
struct slice {
    const char *bytes;
    size_t len;
};

/* Growing bytes, always NUL-terminated once something was appended. Starts zeroed; buffer_free. */
struct buffer {
    char *bytes;
    size_t len, cap;
};

struct slice slice_of(const char *s); /* s may be NULL: empty */
bool slice_equals(struct slice a, const char *s);
/* By bytes, the shorter first: < 0, 0, > 0. */
int slice_cmp(struct slice a, struct slice b);
/* A count as our own formats write it: 1 to `chiffres` digits (18 at most), no sign, no leading zero. `*out` untouched otherwise. */
bool slice_entier(struct slice s, size_t chiffres, int64_t *out);
struct slice slice_trim(struct slice a); /* blanks as texte_blanc */
/* Length in bytes of the blank that starts there: ASCII blank, no-break, narrow no-break or thin space (UTF-8); 0 = none. */
size_t texte_blanc(const char *bytes, size_t len);

/* Makes room for `extra` more bytes and a NUL, in one step. */
void buffer_reserve(struct buffer *b, size_t extra);
/* Inline: the journal is written through these three, some three hundred times an entry. */
static inline void buffer_append(struct buffer *b, const void *bytes, size_t len)
{
    if (b->cap - b->len <= len || b->bytes == NULL)
        buffer_reserve(b, len);
    if (len > 0)
        memcpy(b->bytes + b->len, bytes, len);
    b->len += len;
    b->bytes[b->len] = '\0';
}
static inline void buffer_puts(struct buffer *b, const char *s)
{
    buffer_append(b, s, strlen(s));
}
static inline void buffer_putc(struct buffer *b, char c)
{
    if (b->cap - b->len <= 1 || b->bytes == NULL)
        buffer_reserve(b, 1);
    b->bytes[b->len++] = c;
    b->bytes[b->len] = '\0';
}
void buffer_printf(struct buffer *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buffer_vprintf(struct buffer *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/* Decimal digits of `v`, without printf (hot paths). */
void buffer_put_i64(struct buffer *b, int64_t v);
/* Several texts in one step: `buffer_place` gives room for `n` bytes, `buffer_jusque` ends where they were written (no NUL before). */
static inline char *buffer_place(struct buffer *b, size_t n)
{
    if (b->cap - b->len <= n || b->bytes == NULL)
        buffer_reserve(b, n);
    return b->bytes + b->len;
}
static inline void buffer_jusque(struct buffer *b, char *fin)
{
    *fin = '\0';
    b->len = (size_t)(fin - b->bytes);
}
/* The digits of `v` from `p` on (20 bytes at most); where they end. */
char *texte_i64(char *p, int64_t v);
/* One code point (≤ U+10FFFF) in UTF-8. */
void buffer_put_utf8(struct buffer *b, uint32_t cp);
void buffer_clear(struct buffer *b); /* keeps the memory */
void buffer_free(struct buffer *b);

/* True when the bytes are strict UTF-8 (no overlong, no surrogate, ≤ U+10FFFF). */
bool texte_is_utf8(const char *bytes, size_t len);
/* True when every byte is < 0x80. */
bool texte_is_ascii(const char *bytes, size_t len);
/* Decodes one code point; its length in bytes, or 0 (and U+FFFD) when the first byte begins no valid sequence. */
size_t texte_decode(const char *bytes, size_t len, uint32_t *cp);
/* The code point of one Windows-1252 byte. */
uint32_t texte_cp1252(unsigned char c);
/* Appends Windows-1252 bytes as UTF-8; the five undefined bytes become U+FFFD. */
void texte_from_cp1252(struct buffer *out, const char *bytes, size_t len);
/* The same for a text in which both were pasted: what reads as UTF-8 is taken so. Returns how many characters were; `vides` is increased
 * by the undefined bytes. */
size_t texte_from_melange(struct buffer *out, const char *bytes, size_t len, size_t *vides);
/* Appends UTF-8 as Windows-1252 (`?` for what it has not); used by generators and exports. */
void texte_to_cp1252(struct buffer *out, const char *bytes, size_t len);
/* True when there is a control character (C0 except TAB, DEL, or C1), or one that breaks a line or turns its direction
 * round (two different numbers would look the same): refused in any value read from outside. */
bool texte_has_control(const char *bytes, size_t len);
/* The same, but for those of more than one byte only. */
bool texte_has_control_utf8(const char *bytes, size_t len);
/* Number of columns the UTF-8 text takes on a terminal (code points; combining marks count 0). */
size_t texte_width(const char *bytes, size_t len);
/* Number of code points. */
size_t texte_length(const char *bytes, size_t len);

/* Folds for comparison: ASCII upper case, French accents removed, œ → OE, everything that is not a letter or a digit
 * → one space, no leading nor trailing space; letters of other scripts are kept. Appends to `out`. */
void texte_fold(struct buffer *out, const char *bytes, size_t len);
/* Lower case ASCII, accents removed, trimmed, each run of blanks and hyphens → `_`, the rest kept: how a column header
 * or a verb is compared. */
void texte_fold_name(struct buffer *out, const char *bytes, size_t len);

#endif
