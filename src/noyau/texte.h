/* Text: bounded slices, growing buffers, UTF-8, Windows-1252, folding for comparison. */
#ifndef SONS_NOYAU_TEXTE_H
#define SONS_NOYAU_TEXTE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
struct slice slice_trim(struct slice a); /* ASCII blanks, no-break and narrow no-break spaces (UTF-8) */

void buffer_append(struct buffer *b, const void *bytes, size_t len);
void buffer_puts(struct buffer *b, const char *s);
void buffer_putc(struct buffer *b, char c);
void buffer_printf(struct buffer *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buffer_vprintf(struct buffer *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/* Decimal digits of `v`, without printf (hot paths). */
void buffer_put_i64(struct buffer *b, int64_t v);
void buffer_clear(struct buffer *b); /* keeps the memory */
void buffer_free(struct buffer *b);

/* True when the bytes are strict UTF-8 (no overlong, no surrogate, ≤ U+10FFFF). */
bool texte_is_utf8(const char *bytes, size_t len);
/* True when every byte is < 0x80. */
bool texte_is_ascii(const char *bytes, size_t len);
/* Appends Windows-1252 bytes as UTF-8; the five undefined bytes become U+FFFD. */
void texte_from_cp1252(struct buffer *out, const char *bytes, size_t len);
/* Appends UTF-8 as Windows-1252 (`?` for what it has not); used by generators and exports. */
void texte_to_cp1252(struct buffer *out, const char *bytes, size_t len);
/* True when there is a control character (C0 except TAB, DEL, or C1): refused in any value read from outside. */
bool texte_has_control(const char *bytes, size_t len);
/* Number of columns the UTF-8 text takes on a terminal (code points; combining marks count 0). */
size_t texte_width(const char *bytes, size_t len);
/* Number of code points. */
size_t texte_length(const char *bytes, size_t len);

/* Folds for comparison: ASCII upper case, French accents removed, œ → OE, everything that is not a letter or a digit
 * → one space, no leading nor trailing space. Appends to `out`. */
void texte_fold(struct buffer *out, const char *bytes, size_t len);
/* Lower case ASCII, accents removed, blanks and hyphens → `_`: how a column header or a verb is compared. */
void texte_fold_name(struct buffer *out, const char *bytes, size_t len);

#endif
