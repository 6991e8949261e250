/* Numbers, dates and references of a workbook, without any float. */
#include "formats/classeur.h"

#include <string.h>
#include "noyau/jour.h"

#define CHIFFRES 15 /* what a spreadsheet shows of a number */
#define CHIFFRES_LUS 64

struct decimal {
    bool negatif;
    char chiffres[CHIFFRES_LUS]; /* significant digits, '0'-'9' */
    int n;
    int point;                   /* digits before the decimal mark; may be ≤ 0 or > n */
};

static bool chiffre(char c) { return c >= '0' && c <= '9'; }

static bool lire_exposant(struct slice v, size_t i, int *e)
{
    bool negatif = false;
    int n = 0;
    if (i < v.len && (v.bytes[i] == '+' || v.bytes[i] == '-'))
        negatif = v.bytes[i++] == '-';
    if (i == v.len || v.len - i > 4)
        return false;
    for (; i < v.len; i++) {
        if (!chiffre(v.bytes[i]))
            return false;
        n = n * 10 + (v.bytes[i] - '0');
    }
    *e = negatif ? -n : n;
    return true;
}

static bool lire_decimal(struct slice v, struct decimal *d)
{
    size_t i = 0;
    bool vu = false, virgule = false;
    int exposant = 0;
    *d = (struct decimal){0};
    if (i < v.len && (v.bytes[i] == '-' || v.bytes[i] == '+'))
        d->negatif = v.bytes[i++] == '-';
    for (; i < v.len && (chiffre(v.bytes[i]) || (v.bytes[i] == '.' && !virgule)); i++) {
        if (v.bytes[i] == '.') {
            virgule = true;
            continue;
        }
        vu = true;
        if (d->n == 0 && v.bytes[i] == '0') {
            d->point -= virgule; /* a zero before the first significant digit */
            continue;
        }
        if (d->n == CHIFFRES_LUS)
            return false;
        d->chiffres[d->n++] = v.bytes[i];
        d->point += !virgule;
    }
    if (!vu)
        return false;
    if (i < v.len && (v.bytes[i] == 'e' || v.bytes[i] == 'E') && !lire_exposant(v, i + 1, &exposant))
        return false;
    if (i < v.len && v.bytes[i] != 'e' && v.bytes[i] != 'E')
        return false;
    d->point += exposant;
    return true;
}

/* Half up at fifteen digits; trailing zeros go. */
static void arrondir(struct decimal *d)
{
    if (d->n > CHIFFRES) {
        bool monte = d->chiffres[CHIFFRES] >= '5';
        d->n = CHIFFRES;
        for (int i = CHIFFRES - 1; monte && i >= 0; i--) {
            monte = d->chiffres[i] == '9';
            d->chiffres[i] = monte ? '0' : (char)(d->chiffres[i] + 1);
        }
        if (monte) { /* 999… became 1000… */
            d->chiffres[0] = '1';
            d->point++;
        }
    }
    while (d->n > 0 && d->chiffres[d->n - 1] == '0')
        d->n--;
}

static void ecrire(const struct decimal *d, struct buffer *out)
{
    if (d->negatif && d->n > 0)
        buffer_putc(out, '-');
    for (int i = 0; i < d->point; i++)
        buffer_putc(out, i < d->n ? d->chiffres[i] : '0');
    if (d->point <= 0)
        buffer_putc(out, '0');
    if (d->n <= d->point)
        return;
    buffer_putc(out, '.');
    for (int i = d->point; i < d->n; i++)
        buffer_putc(out, i < 0 ? '0' : d->chiffres[i]);
}

enum cellule_nature classeur_nombre(struct slice v, struct buffer *out)
{
    struct decimal d;
    const struct slice s = slice_trim(v);
    if (!lire_decimal(s, &d) || d.point > 40 || d.point < -40) {
        buffer_append(out, v.bytes, v.len);
        return NATURE_TEXTE;
    }
    while (d.n > 0 && d.chiffres[d.n - 1] == '0')
        d.n--;
    const bool entier = d.n <= d.point;
    if (d.n == 0)
        d.point = 0;
    const bool imprecis = d.point > CHIFFRES && entier;
    if (!imprecis)
        arrondir(&d);
    ecrire(&d, out);
    return imprecis ? NATURE_IMPRECIS : NATURE_NOMBRE;
}

/* --- dates ---------------------------------------------------------------------------------------------------------- */

/* Seconds of the day of a decimal fraction, half up. */
static int64_t secondes(struct slice decimales)
{
    int64_t n = 0, unite = 1;
    for (size_t i = 0; i < decimales.len && i < 12; i++, unite *= 10)
        n = n * 10 + (decimales.bytes[i] - '0');
    return (n * 86400 + unite / 2) / unite;
}

bool classeur_date(struct slice nombre, bool base_1904, bool heures, struct buffer *out)
{
    struct jour base, j;
    char t[JOUR_TEXTE_MAX];
    int32_t n = 0;
    size_t i = 0;
    for (; i < nombre.len && chiffre(nombre.bytes[i]) && i < 8; i++)
        n = n * 10 + (nombre.bytes[i] - '0');
    if (i == 0 || (i < nombre.len && nombre.bytes[i] != '.'))
        return false;
    int64_t s = i < nombre.len ? secondes((struct slice){nombre.bytes + i + 1, nombre.len - i - 1}) : 0;
    if (s >= 86400) {
        n++;
        s -= 86400;
    }
    /* 1900 was not a leap year, whatever spreadsheets say: their day 60 does not exist, those before are one too many. */
    if (!base_1904 && (n == 60 || n == 0))
        return false;
    (void)jour_from_ymd(base_1904 ? 1904 : 1899, base_1904 ? 1 : 12, base_1904 ? 1 : n < 60 ? 31 : 30, &base);
    j = jour_plus(base, n);
    if (!jour_present(j))
        return false;
    buffer_puts(out, jour_iso(j, t));
    if (heures && s > 0)
        buffer_printf(out, " %02d:%02d", (int)(s / 3600), (int)(s % 3600 / 60));
    return true;
}

/* --- formats -------------------------------------------------------------------------------------------------------- */

enum classeur_format classeur_format_numero(uint32_t id)
{
    if (id == 9 || id == 10)
        return FORMAT_POURCENT;
    if (id == 22)
        return FORMAT_DATE_HEURE;
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
        return FORMAT_DATE;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47))
        return FORMAT_HEURE;
    return FORMAT_NOMBRE;
}

/* Where what stands at `i` ends, when it shows nothing of the number: a quoted text, an escape, a colour or a currency. */
static size_t passer(struct slice code, size_t i)
{
    const char c = code.bytes[i];
    if (c == '\\' || c == '_' || c == '*')
        return i + 2;
    if (c != '"' && c != '[')
        return i;
    const char *fin = memchr(code.bytes + i + 1, c == '"' ? '"' : ']', code.len - i - 1);
    return fin == NULL ? code.len : (size_t)(fin - code.bytes) + 1;
}

enum classeur_format classeur_format_code(struct slice code)
{
    bool jour = false, heure = false, mois = false, pourcent = false;
    if (code.len >= 7 && memcmp(code.bytes, "General", 7) == 0)
        return FORMAT_NOMBRE;
    for (size_t i = 0; i < code.len && code.bytes[i] != ';';) {
        const size_t apres = passer(code, i);
        if (apres > i) {
            /* [h] [mm] [ss]: a duration */
            heure |= code.bytes[i] == '[' && apres == i + 3 && strchr("hHmMsS", code.bytes[i + 1]) != NULL;
            i = apres;
            continue;
        }
        const char c = code.bytes[i++];
        jour |= c == 'd' || c == 'D' || c == 'y' || c == 'Y';
        heure |= c == 'h' || c == 'H' || c == 's' || c == 'S';
        mois |= c == 'm' || c == 'M';
        pourcent |= c == '%';
    }
    if (jour || (mois && !heure))
        return heure ? FORMAT_DATE_HEURE : FORMAT_DATE;
    return heure ? FORMAT_HEURE : pourcent ? FORMAT_POURCENT : FORMAT_NOMBRE;
}

/* --- references, texts ------------------------------------------------------------------------------------------------ */

bool classeur_reference(struct slice s, uint32_t *ligne, uint32_t *colonne)
{
    size_t i = 0;
    uint32_t c = 0, l = 0;
    if (i < s.len && s.bytes[i] == '$')
        i++;
    for (; i < s.len && c <= 16384; i++) {
        const char k = s.bytes[i] >= 'a' && s.bytes[i] <= 'z' ? (char)(s.bytes[i] - 32) : s.bytes[i];
        if (k < 'A' || k > 'Z')
            break;
        c = c * 26 + (uint32_t)(k - 'A') + 1;
    }
    if (i < s.len && s.bytes[i] == '$')
        i++;
    for (; i < s.len && l <= CLASSEUR_LIGNES && chiffre(s.bytes[i]); i++)
        l = l * 10 + (uint32_t)(s.bytes[i] - '0');
    if (i != s.len || c == 0 || c > 16384 || l == 0 || l > CLASSEUR_LIGNES)
        return false;
    *ligne = l;
    *colonne = c - 1;
    return true;
}

static int hexa(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void classeur_texte(struct buffer *out, struct slice s)
{
    for (size_t i = 0; i < s.len;) {
        int n = 0;
        bool code = s.len - i >= 7 && s.bytes[i] == '_' && s.bytes[i + 1] == 'x' && s.bytes[i + 6] == '_';
        for (size_t k = 2; code && k < 6; k++) {
            const int h = hexa(s.bytes[i + k]);
            code = h >= 0;
            n = n * 16 + h;
        }
        if (!code || n == 0 || (n >= 0xd800 && n <= 0xdfff)) {
            buffer_putc(out, s.bytes[i++]);
            continue;
        }
        buffer_put_utf8(out, (uint32_t)n);
        i += 7;
    }
}
