/* The guard: a small lexer that bounds markup before libxml2 sees it. */
#include <string.h>
#include "formats/xml_interne.h"

/* First byte of [p, end) equal to `c`, or `end`. */
static const char *find(const char *p, const char *end, char c)
{
    const char *q = memchr(p, c, (size_t)(end - p));
    return q ? q : end;
}

/* Bytes up to the mark (`-->`, `]]>`, `?>`): `g->fin` counts what is already met, `repete` is the doubled character. */
static const char *to_mark(struct garde *g, const char *p, const char *end, char repete, unsigned need)
{
    for (; p < end; p++) {
        if (*p == '>' && g->fin >= need) {
            g->etat = GARDE_TEXTE;
            return p + 1;
        }
        g->fin = *p == repete ? g->fin + (g->fin < need) : 0;
    }
    return p;
}

static const char *in_tag(struct garde *g, const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p == '>' || *p == '"' || *p == '\'') {
            g->etat = *p == '>' ? GARDE_TEXTE : *p == '"' ? GARDE_GUILLEMET : GARDE_APOSTROPHE;
            return p + 1;
        }
    }
    return p;
}

/* After `<`: what kind of markup it is. False for `<!` that is neither a comment nor a CDATA section. */
static bool classify(struct garde *g, char c)
{
    if (g->n_tete == 0 && c != '!') {
        g->etat = c == '?' ? GARDE_PI : GARDE_BALISE;
        return true;
    }
    g->tete[g->n_tete++] = c;
    if (g->n_tete == 3 && memcmp(g->tete, "!--", 3) == 0)
        g->etat = GARDE_COMMENTAIRE;
    else if (g->n_tete == 8 && memcmp(g->tete, "![CDATA[", 8) == 0)
        g->etat = GARDE_CDATA;
    else
        return memcmp(g->tete, "!--", g->n_tete < 3 ? g->n_tete : 3) == 0 || memcmp(g->tete, "![CDATA[", g->n_tete) == 0;
    return true;
}

enum garde_verdict garde_passer(struct garde *g, size_t balise_max, const char *bytes, size_t len)
{
    const char *p = bytes, *end = bytes + len;
    if (memchr(bytes, '\0', len))
        return GARDE_NUL;
    while (p < end) {
        const char *from = p;
        switch (g->etat) {
        case GARDE_TEXTE:
            p = find(p, end, '<');
            if (p < end) {
                p++;
                *g = (struct garde){.etat = GARDE_OUVRANT};
            }
            continue; /* text is bounded by the reader, element by element */
        case GARDE_OUVRANT: {
            bool tag = g->n_tete == 0 && *p != '!' && *p != '?';
            if (!classify(g, *p))
                return GARDE_DOCTYPE;
            p += tag ? 0 : 1; /* `<>` ends at once: seen again in the tag */
            break;
        }
        case GARDE_BALISE: p = in_tag(g, p, end); break;
        case GARDE_GUILLEMET:
        case GARDE_APOSTROPHE:
            p = find(p, end, g->etat == GARDE_GUILLEMET ? '"' : '\'');
            if (p < end) {
                p++;
                g->etat = GARDE_BALISE;
            }
            break;
        case GARDE_COMMENTAIRE: p = to_mark(g, p, end, '-', 2); break;
        case GARDE_CDATA: p = to_mark(g, p, end, ']', 2); break;
        case GARDE_PI: p = to_mark(g, p, end, '?', 1); break;
        }
        g->taille += (size_t)(p - from);
        if (g->taille > balise_max)
            return GARDE_TROP_LONG;
    }
    return GARDE_PASSE;
}
