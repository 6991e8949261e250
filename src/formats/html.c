#include "formats/html.h"

static const char *entite(uint32_t cp)
{
    switch (cp) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

/* Bytes from there on that are written as they are: ASCII, no mark, no control. */
static size_t plain(const char *p, size_t len)
{
    size_t n = 0;
    while (n < len && p[n] >= ' ' && p[n] < 0x7f && entite((uint32_t)p[n]) == NULL)
        n++;
    return n;
}

void html_texte(struct buffer *out, struct slice texte)
{
    for (size_t i = 0, n; i < texte.len; i += n) {
        uint32_t cp;
        if ((n = plain(texte.bytes + i, texte.len - i)) > 0) {
            buffer_append(out, texte.bytes + i, n);
            continue;
        }
        n = texte_decode(texte.bytes + i, texte.len - i, &cp);
        if (n == 0 || texte_has_control(texte.bytes + i, n)) {
            n = n == 0 ? 1 : n;
            cp = 0xfffd;
        }
        const char *e = entite(cp);
        if (e != NULL)
            buffer_puts(out, e);
        else
            buffer_put_utf8(out, cp);
    }
}
