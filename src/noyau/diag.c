#include "noyau/diag.h"

#include <stdio.h>
#include <string.h>
#include "noyau/memoire.h"
#include "noyau/texte.h"

static const struct {
    const char *code, *titre, *remede;
    enum sortie_code sortie;
} erreurs[ERREUR_NOMBRE] = {
#define ERREUR(ident, code_, sortie_, titre_, remede_) \
    [ident] = {.code = code_, .titre = titre_, .remede = remede_, .sortie = sortie_},
#include "noyau/erreurs.def"
#undef ERREUR
};

const char *erreur_texte(enum erreur_code c)
{
    return erreurs[c].code;
}

const char *erreur_titre(enum erreur_code c)
{
    return erreurs[c].titre;
}

const char *erreur_remede(enum erreur_code c)
{
    return erreurs[c].remede;
}

enum sortie_code erreur_sortie(enum erreur_code c)
{
    return erreurs[c].sortie;
}

const char *gravite_nom(enum gravite g)
{
    static const char *const noms[] = {"erreur", "anomalie", "discordance", "en attente", "information"};
    return noms[g];
}

/* --- texts: whatever came from outside, what is kept can be shown on a terminal --- */

#define TEXTE_MAX ((size_t)4096)
#define EXTRAIT_MAX ((size_t)200)
#define POINTS "\xe2\x80\xa6" /* … */

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029 || (cp >= 0x202a && cp <= 0x202e) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

/* Control characters (and those that reverse or break a line) become spaces; bytes that are not UTF-8 are read as
 * Windows-1252. */
static void append_clean(struct buffer *out, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        size_t n = texte_decode(bytes + i, len - i, &cp);
        if (n == 0) {
            cp = texte_cp1252((unsigned char)bytes[i]);
            n = 1;
        }
        buffer_put_utf8(out, is_control(cp) ? ' ' : cp);
        i += n;
    }
}

/* Largest length ≤ max that does not cut a UTF-8 sequence. */
static size_t cut_before(const char *bytes, size_t max)
{
    size_t n = max;
    while (n > 0 && max - n < 3 && ((unsigned char)bytes[n] & 0xc0) == 0x80)
        n--;
    return ((unsigned char)bytes[n] & 0xc0) == 0x80 ? max : n;
}

static char *clean_copy(const char *s)
{
    struct buffer b = {0};
    size_t len = strnlen(s, TEXTE_MAX + 1);
    bool cut = len > TEXTE_MAX;
    append_clean(&b, s, cut ? cut_before(s, TEXTE_MAX) : len);
    if (cut)
        buffer_puts(&b, POINTS);
    buffer_append(&b, "", 0);
    return b.bytes;
}

__attribute__((format(printf, 1, 0))) static char *clean_vprintf(const char *fmt, va_list ap)
{
    struct buffer raw = {0};
    buffer_vprintf(&raw, fmt, ap);
    char *clean = clean_copy(raw.bytes);
    buffer_free(&raw);
    return clean;
}

/* --- the list --- */

static void diag_clear(struct diag *d)
{
    memoire_free(d->message);
    memoire_free(d->trouve);
    memoire_free(d->attendu);
    memoire_free(d->a_faire);
    memoire_free(d->source);
    memoire_free(d->fichier);
    memoire_free(d->extrait);
    *d = (struct diag){0};
}

static size_t kept_max(const struct diag_liste *l)
{
    return l->max > 0 ? l->max : DIAG_MAX;
}

/* A new slot; beyond DIAG_MAX the same one again, after the last kept. */
static struct diag *slot(struct diag_liste *l)
{
    l->total++;
    if (l->n == kept_max(l)) {
        if (l->non_retenus++ > 0)
            diag_clear(&l->items[l->n]);
        l->items[l->n] = (struct diag){0};
        return &l->items[l->n];
    }
    /* One more than needed: the last one is where the discarded go. */
    l->items = memoire_grow(l->items, &l->cap, l->n + 2, sizeof *l->items);
    struct diag *d = &l->items[l->n++];
    *d = (struct diag){0};
    return d;
}

static void count(struct diag_liste *l, const struct diag *d)
{
    if (d->gravite == GRAVITE_ERREUR)
        l->erreurs++;
    if (d->sortie > l->pire)
        l->pire = d->sortie;
}

struct diag *diag_erreur(struct diag_liste *l, enum erreur_code c, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *message = clean_vprintf(fmt, ap);
    va_end(ap);
    struct diag *d = slot(l);
    d->gravite = GRAVITE_ERREUR;
    d->sortie = erreurs[c].sortie;
    d->code = erreurs[c].code;
    d->message = message;
    if (*erreurs[c].remede)
        d->a_faire = memoire_strdup(erreurs[c].remede);
    count(l, d);
    return d;
}

struct diag *diag_regle(struct diag_liste *l, enum gravite g, enum sortie_code sortie, const char *code,
                        const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *message = clean_vprintf(fmt, ap);
    va_end(ap);
    struct diag *d = slot(l);
    d->gravite = g;
    d->sortie = sortie;
    d->code = code;
    d->message = message;
    count(l, d);
    return d;
}

bool diag_pleine(const struct diag_liste *l)
{
    return l->n == DIAG_MAX;
}

void diag_compter(struct diag_liste *l, enum gravite g, enum sortie_code sortie)
{
    struct diag *d = slot(l);
    d->gravite = g;
    d->sortie = sortie;
    count(l, d);
}

#define COMPLETER(nom)                                \
    void diag_##nom(struct diag *d, const char *fmt, ...) \
    {                                                 \
        va_list ap;                                   \
        va_start(ap, fmt);                            \
        memoire_free(d->nom);                         \
        d->nom = clean_vprintf(fmt, ap);              \
        va_end(ap);                                   \
    }
COMPLETER(trouve)
COMPLETER(attendu)
COMPLETER(a_faire)
COMPLETER(source)

/* The part of the excerpt to keep: the underlined bytes and what fits around them. */
static void window(const struct lieu *lieu, size_t len, size_t *start, size_t *end)
{
    size_t around = (EXTRAIT_MAX - lieu->souligne_len) / 2;
    *start = lieu->souligne_debut > around ? lieu->souligne_debut - around : 0;
    if (len <= EXTRAIT_MAX)
        *start = 0;
    else if (*start > len - EXTRAIT_MAX)
        *start = len - EXTRAIT_MAX;
    *end = len - *start > EXTRAIT_MAX ? *start + EXTRAIT_MAX : len;
    if (*start > 0)
        *start = cut_before(lieu->extrait, *start);
    if (*end < len)
        *end = cut_before(lieu->extrait, *end);
    if (*end < lieu->souligne_debut + lieu->souligne_len)
        *end = lieu->souligne_debut + lieu->souligne_len;
}

static void keep_excerpt(struct diag *d, struct lieu lieu)
{
    /* A line may be huge: it is not read further than what can be shown. */
    size_t reach = lieu.souligne_debut < SIZE_MAX / 2 ? lieu.souligne_debut + 2 * EXTRAIT_MAX : SIZE_MAX / 2;
    size_t len = strnlen(lieu.extrait, reach);
    if (lieu.souligne_debut > len)
        lieu.souligne_debut = len;
    if (lieu.souligne_len > len - lieu.souligne_debut)
        lieu.souligne_len = len - lieu.souligne_debut;
    if (lieu.souligne_len > EXTRAIT_MAX)
        lieu.souligne_len = cut_before(lieu.extrait + lieu.souligne_debut, EXTRAIT_MAX);
    size_t start, end, under_end = lieu.souligne_debut + lieu.souligne_len;
    window(&lieu, len, &start, &end);
    struct buffer b = {0};
    if (start > 0)
        buffer_puts(&b, POINTS);
    append_clean(&b, lieu.extrait + start, lieu.souligne_debut - start);
    d->souligne_debut = b.len;
    append_clean(&b, lieu.extrait + lieu.souligne_debut, lieu.souligne_len);
    d->souligne_len = b.len - d->souligne_debut;
    append_clean(&b, lieu.extrait + under_end, end - under_end);
    if (lieu.extrait[end] != '\0')
        buffer_puts(&b, POINTS);
    buffer_append(&b, "", 0);
    d->extrait = b.bytes;
}

void diag_lieu(struct diag *d, const struct lieu *lieu)
{
    memoire_free(d->fichier);
    memoire_free(d->extrait);
    d->fichier = lieu->fichier ? clean_copy(lieu->fichier) : NULL;
    d->extrait = NULL;
    d->ligne = lieu->ligne;
    d->colonne = lieu->colonne;
    d->souligne_debut = d->souligne_len = 0;
    if (lieu->extrait)
        keep_excerpt(d, *lieu);
}

void diag_situer(struct diag_liste *l, size_t rang, const struct lieu *lieu)
{
    for (size_t i = rang; i < l->n; i++)
        if (l->items[i].fichier == NULL)
            diag_lieu(&l->items[i], lieu);
}

bool diag_sans_erreur(const struct diag_liste *l)
{
    return l->erreurs == 0;
}

void diag_vider(struct diag_liste *l)
{
    for (size_t i = 0; i < l->n; i++)
        diag_clear(&l->items[i]);
    if (l->non_retenus > 0)
        diag_clear(&l->items[l->n]);
    memoire_free(l->items);
    *l = (struct diag_liste){0};
}

char *cellule_nom(uint32_t colonne, uint64_t ligne, char out[32])
{
    char letters[8], *p = letters + sizeof letters;
    *--p = '\0';
    for (uint64_t c = colonne; c > 0; c = (c - 1) / 26)
        *--p = (char)('A' + (c - 1) % 26);
    if (ligne)
        snprintf(out, 32, "%s%llu", p, (unsigned long long)ligne);
    else
        snprintf(out, 32, "%s", p);
    return out;
}
