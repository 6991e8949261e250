#include "noyau/montant.h"

#include <string.h>

__extension__ typedef unsigned __int128 u128;

static bool store(int64_t v, struct montant *out)
{
    if (v > MONTANT_MAX || v < -MONTANT_MAX)
        return false;
    out->centimes = v;
    return true;
}

bool montant_add(struct montant a, struct montant b, struct montant *out)
{
    int64_t v;
    return !__builtin_add_overflow(a.centimes, b.centimes, &v) && store(v, out);
}

bool montant_sub(struct montant a, struct montant b, struct montant *out)
{
    int64_t v;
    return !__builtin_sub_overflow(a.centimes, b.centimes, &v) && store(v, out);
}

bool montant_mul(struct montant a, int64_t n, struct montant *out)
{
    int64_t v;
    return !__builtin_mul_overflow(a.centimes, n, &v) && store(v, out);
}

/* (a × num + add) / den on 128 bits, where every term is ≥ 0 and fits 63 bits: never overflows inside. */
static bool fraction(struct montant a, int64_t num, int64_t den, bool half_up, struct montant *out)
{
    if (a.centimes < 0 || num < 0 || den <= 0)
        return false;
    u128 product = (u128)(uint64_t)a.centimes * (uint64_t)num;
    u128 q = product / (uint64_t)den, r = product % (uint64_t)den;
    if (half_up && 2 * r >= (u128)(uint64_t)den)
        q++;
    if (q > (u128)MONTANT_MAX)
        return false;
    out->centimes = (int64_t)q;
    return true;
}

bool montant_fois_taux_arrondi(struct montant a, struct taux t, struct montant *out)
{
    return taux_present(t) && fraction(a, t.dix_milliemes, 10000, true, out);
}

bool montant_fraction_arrondie(struct montant a, int64_t num, int64_t den, struct montant *out)
{
    return fraction(a, num, den, true, out);
}

bool montant_fraction_plancher(struct montant a, int64_t num, int64_t den, struct montant *out)
{
    return fraction(a, num, den, false, out);
}

static bool sum(const struct montant *m, uint32_t n, struct montant *out)
{
    struct montant s = {0};
    for (uint32_t i = 0; i < n; i++)
        if (m[i].centimes < 0 || !montant_add(s, m[i], &s))
            return false;
    *out = s;
    return true;
}

bool montant_repartir(struct montant total, const struct montant *poids, uint32_t n, struct montant *out)
{
    struct montant base = {0};
    if (n == 0 || total.centimes < 0 || total.centimes > MONTANT_MAX)
        return false;
    if (poids && !sum(poids, n, &base)) /* a sum of 0 is refused by the division */
        return false;
    int64_t reste = total.centimes;
    for (uint32_t i = 0; i < n; i++) {
        if (!fraction(total, poids ? poids[i].centimes : 1, poids ? base.centimes : n, false, &out[i]))
            return false;
        reste -= out[i].centimes;
    }
    for (uint32_t i = 0; reste > 0; i++, reste--) /* reste < n: each part lost less than a centime */
        out[i].centimes++;
    return true;
}

/* --- reading --- */

static bool digit(const struct slice *s)
{
    return s->len > 0 && s->bytes[0] >= '0' && s->bytes[0] <= '9';
}

static void skip(struct slice *s, size_t n)
{
    s->bytes += n;
    s->len -= n;
}

static void skip_blanks(struct slice *s)
{
    size_t n;
    while ((n = texte_blanc(s->bytes, s->len)) > 0)
        skip(s, n);
}

static bool take(struct slice *s, const char *word)
{
    size_t len = strlen(word);
    if (s->len < len || memcmp(s->bytes, word, len) != 0)
        return false;
    skip(s, len);
    return true;
}

/* One run of digits; false beyond the largest amount. */
static bool digits(struct slice *s, int64_t *value, unsigned *n)
{
    for (*n = 0; digit(s); skip(s, 1), (*n)++) {
        *value = *value * 10 + (s->bytes[0] - '0');
        if (*value > MONTANT_MAX)
            return false;
    }
    return *n > 0;
}

/* Whole part: `6570`, or groups of three after one blank each: `6 570`. */
static bool whole_part(struct slice *s, int64_t *value)
{
    unsigned n;
    if (!digits(s, value, &n))
        return false;
    if (n > 3)
        return true;
    for (;;) {
        struct slice next = *s;
        size_t blank = texte_blanc(next.bytes, next.len);
        skip(&next, blank);
        if (blank == 0 || !digit(&next))
            return true;
        if (!digits(&next, value, &n) || n != 3)
            return false;
        *s = next;
    }
}

/* At most two decimals after a comma or a dot, at least one. `*value` (≤ MONTANT_MAX) becomes hundredths. */
static bool hundredths(struct slice *s, int64_t *value)
{
    *value *= 100;
    if (!take(s, ",") && !take(s, "."))
        return true;
    if (!digit(s))
        return false;
    *value += (s->bytes[0] - '0') * 10;
    skip(s, 1);
    if (digit(s)) {
        *value += s->bytes[0] - '0';
        skip(s, 1);
    }
    return true;
}

bool montant_parse(struct slice s, struct montant *out)
{
    s = slice_trim(s);
    bool negative = take(&s, "-") || take(&s, "\xe2\x88\x92"); /* U+2212 */
    if (!negative)
        take(&s, "+");
    skip_blanks(&s);
    int64_t value = 0;
    if (!whole_part(&s, &value) || !hundredths(&s, &value))
        return false;
    skip_blanks(&s);
    take(&s, "\xe2\x82\xac"); /* € */
    return s.len == 0 && store(negative ? -value : value, out);
}

bool taux_parse(struct slice s, struct taux *out)
{
    s = slice_trim(s);
    int64_t value = 0;
    unsigned n;
    if (!digits(&s, &value, &n) || n > 3 || !hundredths(&s, &value))
        return false;
    skip_blanks(&s);
    take(&s, "%");
    if (s.len != 0 || value > 10000)
        return false;
    out->dix_milliemes = (int32_t)value;
    return true;
}

/* --- writing --- */

#define FINE "\xe2\x80\xaf"        /* U+202F */
#define INSECABLE "\xc2\xa0"       /* U+00A0 */

static char *put(char *p, const char *s)
{
    size_t len = strlen(s);
    memcpy(p, s, len);
    return p + len;
}

static char *put_grouped(char *p, uint64_t v, const char *separator)
{
    char digits_[20];
    unsigned n = 0;
    do
        digits_[n++] = (char)('0' + v % 10);
    while (v /= 10);
    while (n > 0) {
        *p++ = digits_[--n];
        if (n > 0 && n % 3 == 0)
            p = put(p, separator);
    }
    return p;
}

/* Sign, whole part, decimal mark, two decimals. An absent amount is an empty text. */
static char *put_montant(char *p, struct montant m, const char *separator, char mark)
{
    uint64_t u = m.centimes < 0 ? 0 - (uint64_t)m.centimes : (uint64_t)m.centimes;
    if (m.centimes < 0)
        *p++ = '-';
    p = put_grouped(p, u / 100, separator);
    *p++ = mark;
    *p++ = (char)('0' + u % 100 / 10);
    *p++ = (char)('0' + u % 10);
    return p;
}

char *montant_fr(struct montant m, char out[MONTANT_TEXTE_MAX])
{
    char *p = out;
    if (montant_present(m))
        p = put(put_montant(p, m, FINE, ','), INSECABLE "\xe2\x82\xac");
    *p = '\0';
    return out;
}

char *montant_xml(struct montant m, char out[MONTANT_TEXTE_MAX])
{
    *(montant_present(m) ? put_montant(out, m, "", '.') : out) = '\0';
    return out;
}

char *montant_csv(struct montant m, char out[MONTANT_TEXTE_MAX])
{
    *(montant_present(m) ? put_montant(out, m, "", ',') : out) = '\0';
    return out;
}

char *taux_csv(struct taux t, char out[MONTANT_TEXTE_MAX])
{
    char *p = out;
    if (taux_present(t)) {
        p = put_montant(p, montant_of(t.dix_milliemes), "", ',');
        while (p[-1] == '0')
            p--;
        if (p[-1] == ',')
            p--;
    }
    *p = '\0';
    return out;
}

char *taux_fr(struct taux t, char out[MONTANT_TEXTE_MAX])
{
    taux_csv(t, out);
    if (taux_present(t))
        *put(out + strlen(out), INSECABLE "%") = '\0';
    return out;
}

char *taux_xml(struct taux t, char out[MONTANT_TEXTE_MAX])
{
    *(taux_present(t) ? put_montant(out, montant_of(t.dix_milliemes), "", '.') : out) = '\0';
    return out;
}

char *entier_fr(int64_t n, char out[MONTANT_TEXTE_MAX])
{
    char *p = out;
    if (n < 0)
        *p++ = '-';
    *put_grouped(p, n < 0 ? 0 - (uint64_t)n : (uint64_t)n, FINE) = '\0';
    return out;
}
