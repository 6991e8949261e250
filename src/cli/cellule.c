/* How one cell reads: by people, in CSV, in JSON. */
#include <string.h>
#include "cli/affichage.h"
#include "cli/sortie.h"
#include "formats/feuille.h"

/* Digits of FINESS, SIREN, SIRET and days: the same bytes in CSV and JSON. NULL for the other types. */
static const char *numero(const struct cellule *c, char out[INSTANT_TEXTE_MAX])
{
    switch (c->type) {
    case CELLULE_FINESS: return finess_texte((finess)c->n, out);
    case CELLULE_SIREN: return siren_texte((uint32_t)c->n, out);
    case CELLULE_SIRET: return siret_texte((uint64_t)c->n, out);
    case CELLULE_JOUR: return jour_iso((struct jour){(int32_t)c->n}, out);
    default: return NULL;
    }
}

/* Years, aggregates and ranks read badly with a space: grouped from 10 000 on. */
static void entier_pour_gens(struct buffer *out, int64_t n)
{
    char texte[MONTANT_TEXTE_MAX];
    if (n > -10000 && n < 10000)
        buffer_put_i64(out, n);
    else
        buffer_puts(out, entier_fr(n, texte));
}

void cellule_pour_gens(struct buffer *out, const struct cellule *c)
{
    char t[MONTANT_TEXTE_MAX > INSTANT_TEXTE_MAX ? MONTANT_TEXTE_MAX : INSTANT_TEXTE_MAX];
    switch (c->type) {
    case CELLULE_VIDE: break;
    case CELLULE_TEXTE: affichage_ligne(out, c->texte.bytes, c->texte.len); break;
    case CELLULE_ENTIER: entier_pour_gens(out, c->n); break;
    case CELLULE_CENTIMES:
    case CELLULE_MONTANT: buffer_puts(out, montant_fr(montant_of(c->n), t)); break;
    case CELLULE_TAUX: buffer_puts(out, taux_fr((struct taux){(int32_t)c->n}, t)); break;
    case CELLULE_JOUR: buffer_puts(out, jour_fr((struct jour){(int32_t)c->n}, t)); break;
    case CELLULE_INSTANT: buffer_puts(out, instant_fr((struct instant){c->n}, t)); break;
    case CELLULE_OUI_NON: buffer_puts(out, c->n ? "oui" : "non"); break;
    case CELLULE_FINESS: case CELLULE_SIREN: case CELLULE_SIRET: buffer_puts(out, numero(c, t)); break;
    }
}

void cellule_pour_csv(struct buffer *out, const struct cellule *c)
{
    char t[MONTANT_TEXTE_MAX > INSTANT_TEXTE_MAX ? MONTANT_TEXTE_MAX : INSTANT_TEXTE_MAX];
    switch (c->type) {
    case CELLULE_VIDE: break;
    case CELLULE_TEXTE: csv_ecrire(out, c->texte.bytes, c->texte.len); break;
    case CELLULE_ENTIER: buffer_put_i64(out, c->n); break;
    case CELLULE_CENTIMES:
    case CELLULE_MONTANT: buffer_puts(out, montant_csv(montant_of(c->n), t)); break;
    case CELLULE_TAUX: buffer_puts(out, taux_csv((struct taux){(int32_t)c->n}, t)); break;
    case CELLULE_INSTANT: buffer_puts(out, instant_paris((struct instant){c->n}, t)); break;
    case CELLULE_OUI_NON: buffer_puts(out, c->n ? "oui" : "non"); break;
    case CELLULE_FINESS: case CELLULE_SIREN: case CELLULE_SIRET: case CELLULE_JOUR:
        buffer_puts(out, numero(c, t));
        break;
    }
}

/* Numbers of ours are texts: a spreadsheet would drop their zeros. */
void cellule_pour_classeur(struct classeur_ecrivain *e, uint32_t rang, const struct cellule *c)
{
    char t[MONTANT_TEXTE_MAX > INSTANT_TEXTE_MAX ? MONTANT_TEXTE_MAX : INSTANT_TEXTE_MAX];
    struct buffer b = {0};
    switch (c->type) {
    case CELLULE_VIDE: break;
    case CELLULE_TEXTE: classeur_ecrire_texte(e, rang, STYLE_TEXTE, c->texte); break;
    case CELLULE_ENTIER:
        buffer_put_i64(&b, c->n);
        classeur_ecrire_nombre(e, rang, STYLE_NOMBRE, (struct slice){b.bytes, b.len});
        break;
    case CELLULE_CENTIMES:
    case CELLULE_MONTANT: classeur_ecrire_nombre(e, rang, STYLE_MONTANT, slice_of(montant_xml(montant_of(c->n), t))); break;
    case CELLULE_TAUX: classeur_ecrire_nombre(e, rang, STYLE_NOMBRE, slice_of(taux_xml((struct taux){(int32_t)c->n}, t))); break;
    case CELLULE_JOUR: classeur_ecrire_jour(e, rang, (struct jour){(int32_t)c->n}); break;
    case CELLULE_INSTANT: case CELLULE_OUI_NON: case CELLULE_FINESS: case CELLULE_SIREN: case CELLULE_SIRET:
        cellule_pour_csv(&b, c);
        classeur_ecrire_texte(e, rang, STYLE_TEXTE, (struct slice){b.bytes, b.len});
        break;
    }
    buffer_free(&b);
}

/* `\u00XX` for controls, C1 included: a JSON answer may end on a terminal. */
void json_texte(struct buffer *out, const char *bytes, size_t len)
{
    buffer_putc(out, '"');
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        size_t n = texte_decode(bytes + i, len - i, &cp);
        if (n == 0) {
            cp = 0xfffd;
            n = 1;
        }
        if (cp == '"' || cp == '\\') {
            buffer_putc(out, '\\');
            buffer_putc(out, (char)cp);
        } else if (cp == '\n') {
            buffer_puts(out, "\\n");
        } else if (cp == '\t') {
            buffer_puts(out, "\\t");
        } else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029) {
            buffer_printf(out, "\\u%04x", (unsigned)cp);
        } else {
            buffer_put_utf8(out, cp);
        }
        i += n;
    }
    buffer_putc(out, '"');
}

static void entre_guillemets(struct buffer *out, const char *s)
{
    buffer_putc(out, '"');
    buffer_puts(out, s);
    buffer_putc(out, '"');
}

void cellule_pour_json(struct buffer *out, const struct cellule *c)
{
    char t[MONTANT_TEXTE_MAX > INSTANT_TEXTE_MAX ? MONTANT_TEXTE_MAX : INSTANT_TEXTE_MAX];
    switch (c->type) {
    case CELLULE_VIDE: buffer_puts(out, "null"); break;
    case CELLULE_TEXTE: json_texte(out, c->texte.bytes, c->texte.len); break;
    case CELLULE_ENTIER: buffer_put_i64(out, c->n); break;
    case CELLULE_CENTIMES:
    case CELLULE_MONTANT: entre_guillemets(out, montant_csv(montant_of(c->n), t)); break;
    case CELLULE_TAUX: entre_guillemets(out, taux_csv((struct taux){(int32_t)c->n}, t)); break;
    case CELLULE_INSTANT: entre_guillemets(out, instant_utc((struct instant){c->n}, t)); break;
    case CELLULE_OUI_NON: buffer_puts(out, c->n ? "true" : "false"); break;
    case CELLULE_FINESS: case CELLULE_SIREN: case CELLULE_SIRET: case CELLULE_JOUR:
        entre_guillemets(out, numero(c, t));
        break;
    }
}
