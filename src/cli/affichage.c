#include "cli/affichage.h"

#include <string.h>
#include "noyau/montant.h"

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029 || (cp >= 0x202a && cp <= 0x202e) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

/* Each of eight bytes between 0x20 and 0x7E: none has its high bit, none gets it by adding 1, all by adding 0x60. */
#define BYTES(k) (UINT64_C(0x0101010101010101) * (k))
static bool plain_word(const char *bytes)
{
    uint64_t x;
    memcpy(&x, bytes, sizeof x);
    return ((x | (x + BYTES(1)) | ~(x + BYTES(0x60))) & BYTES(0x80)) == 0;
}

/* Plain ASCII from `i` on: the usual case, copied at once. */
static size_t plain_run(const char *bytes, size_t len)
{
    size_t n = 0;
    while (n + 8 <= len && plain_word(bytes + n))
        n += 8;
    while (n < len && (unsigned char)bytes[n] >= 0x20 && (unsigned char)bytes[n] < 0x7f)
        n++;
    return n;
}

static void append_clean(struct buffer *out, const char *bytes, size_t len, bool keep_lf)
{
    for (size_t i = 0; i < len;) {
        size_t run = plain_run(bytes + i, len - i);
        buffer_append(out, bytes + i, run);
        i += run;
        if (i == len)
            break;
        uint32_t cp;
        size_t n = texte_decode(bytes + i, len - i, &cp);
        if (n == 0) {
            cp = 0xfffd;
            n = 1;
        }
        buffer_put_utf8(out, is_control(cp) && !(keep_lf && cp == '\n') ? ' ' : cp);
        i += n;
    }
}

void affichage_ligne(struct buffer *out, const char *bytes, size_t len)
{
    append_clean(out, bytes, len, false);
}

void affichage_texte(struct buffer *out, const char *bytes, size_t len)
{
    append_clean(out, bytes, len, true);
}

/* --- diagnostics --- */

/* Columns shown before, in and after what is underlined. */
enum { AVANT = 44, DEDANS = 60, APRES = 32 };
#define POINTS "\xe2\x80\xa6" /* … */

static size_t step(const char *s, size_t i, size_t len)
{
    uint32_t cp;
    size_t n = texte_decode(s + i, len - i, &cp);
    return n ? n : 1;
}

/* The first `max` columns; `…` when something is left out. */
static void append_start(struct buffer *out, const char *s, size_t len, size_t max)
{
    size_t i = 0;
    if (texte_width(s, len) <= max) {
        buffer_append(out, s, len);
        return;
    }
    while (i < len && texte_width(s, i + step(s, i, len)) < max)
        i += step(s, i, len);
    buffer_append(out, s, i);
    buffer_puts(out, POINTS);
}

/* The last `max` columns. */
static void append_end(struct buffer *out, const char *s, size_t len, size_t max)
{
    size_t i = 0, width = texte_width(s, len);
    if (width > max) {
        buffer_puts(out, POINTS);
        while (i < len && texte_width(s + i, len - i) >= max)
            i += step(s, i, len);
    }
    buffer_append(out, s + i, len - i);
}

static void append_extrait(struct buffer *out, const struct diag *d)
{
    size_t len = strlen(d->extrait);
    size_t debut = d->souligne_debut < len ? d->souligne_debut : len;
    size_t souligne = d->souligne_len < len - debut ? d->souligne_len : len - debut;
    struct buffer ligne = {0};
    append_end(&ligne, d->extrait, debut, AVANT);
    size_t marge = texte_width(ligne.bytes, ligne.len), avant = ligne.len;
    append_start(&ligne, d->extrait + debut, souligne, DEDANS);
    size_t largeur = texte_width(ligne.bytes + avant, ligne.len - avant);
    append_start(&ligne, d->extrait + debut + souligne, len - debut - souligne, souligne ? APRES : AVANT + APRES);
    buffer_puts(out, "   ");
    affichage_ligne(out, ligne.bytes, ligne.len);
    buffer_putc(out, '\n');
    /* An empty cell is pointed at by one caret; nothing is when the whole row is meant. */
    if (souligne > 0 || debut > 0) {
        buffer_puts(out, "   ");
        for (size_t i = 0; i < marge; i++)
            buffer_putc(out, ' ');
        for (size_t i = 0; i < (largeur ? largeur : 1); i++)
            buffer_putc(out, '^');
        buffer_putc(out, '\n');
    }
    buffer_free(&ligne);
}

static void append_champ(struct buffer *out, const char *label, const char *valeur)
{
    if (!valeur || !*valeur)
        return;
    buffer_printf(out, "   %s : ", label);
    affichage_ligne(out, valeur, strlen(valeur));
    buffer_putc(out, '\n');
}

static void append_diag(struct buffer *out, const struct diag *d)
{
    if (d->fichier) {
        affichage_ligne(out, d->fichier, strlen(d->fichier));
        if (d->ligne) {
            buffer_puts(out, ", ligne ");
            buffer_put_i64(out, (int64_t)d->ligne);
        }
        if (d->ligne && d->colonne) {
            char nom[32];
            buffer_printf(out, " (cellule %s)", cellule_nom(d->colonne, d->ligne, nom));
        }
        buffer_puts(out, " : ");
    }
    buffer_printf(out, "%s %s : ", gravite_nom(d->gravite), d->code);
    affichage_ligne(out, d->message, strlen(d->message));
    buffer_putc(out, '\n');
    if (d->extrait && *d->extrait)
        append_extrait(out, d);
    append_champ(out, "trouvé ", d->trouve);
    append_champ(out, "attendu", d->attendu);
    append_champ(out, "à faire", d->a_faire);
    append_champ(out, "source ", d->source);
}

void affichage_diagnostics(struct buffer *out, const struct diag_liste *l, size_t depuis)
{
    for (size_t i = depuis; i < l->n; i++)
        append_diag(out, &l->items[i]);
    if (l->non_retenus > 0) {
        char n[MONTANT_TEXTE_MAX];
        buffer_printf(out, POINTS " et %s autre%s\n", entier_fr((int64_t)l->non_retenus, n), l->non_retenus > 1 ? "s" : "");
    }
}
