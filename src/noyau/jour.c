#include "noyau/jour.h"

#include <string.h>

#define JOUR_MIN (-719162) /* 0001-01-01 */
#define JOUR_MAX 2932896   /* 9999-12-31 */

/* Days since 1970-01-01 of a proleptic Gregorian date; years count from March so that February ends them. */
static int32_t days_of(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void jour_to_ymd(struct jour j, int *year, int *month, int *day)
{
    int64_t z = (int64_t)j.n + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = (int)(z - era * 146097);
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = (int)(yoe + era * 400) + (*month <= 2 ? 1 : 0);
}

bool jour_from_ymd(int year, int month, int day, struct jour *out)
{
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day > lengths[month - 1] + (leap && month == 2 ? 1 : 0))
        return false;
    out->n = days_of(year, month, day);
    return true;
}

int jour_annee(struct jour j)
{
    int year, month, day;
    jour_to_ymd(j, &year, &month, &day);
    return year;
}

int32_t jour_ecart(struct jour a, struct jour b)
{
    return b.n - a.n;
}

struct jour jour_plus(struct jour j, int32_t days)
{
    int64_t n = (int64_t)j.n + days;
    if (!jour_present(j) || n < JOUR_MIN || n > JOUR_MAX)
        return JOUR_ABSENT;
    return (struct jour){(int32_t)n};
}

/* Between `min` and `max` digits at the head of `s`, consumed. */
static bool digits(struct slice *s, size_t min, size_t max, int *value)
{
    size_t n = 0;
    *value = 0;
    while (n < s->len && n < max && s->bytes[n] >= '0' && s->bytes[n] <= '9')
        *value = *value * 10 + (s->bytes[n++] - '0');
    s->bytes += n;
    s->len -= n;
    return n >= min;
}

static bool mark(struct slice *s, char c)
{
    if (s->len == 0 || s->bytes[0] != c)
        return false;
    s->bytes++;
    s->len--;
    return true;
}

static bool two(const char *p, int *value)
{
    *value = (p[0] - '0') * 10 + (p[1] - '0');
    return p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9';
}

/* Every length is known: a journal has several of them an entry. */
bool jour_parse_iso(struct slice s, struct jour *out)
{
    int century, year, month, day;
    return s.len == 10 && two(s.bytes, &century) && two(s.bytes + 2, &year) && s.bytes[4] == '-' && two(s.bytes + 5, &month) &&
           s.bytes[7] == '-' && two(s.bytes + 8, &day) && jour_from_ymd(century * 100 + year, month, day, out);
}

bool jour_parse(struct slice s, struct jour *out)
{
    int year, month, day;
    s = slice_trim(s);
    if (jour_parse_iso(s, out))
        return true;
    return digits(&s, 1, 2, &day) && mark(&s, '/') && digits(&s, 1, 2, &month) && mark(&s, '/') &&
           digits(&s, 4, 4, &year) && s.len == 0 && jour_from_ymd(year, month, day, out);
}

/* Writes `width` decimal digits. */
static char *put(char *p, int value, int width)
{
    for (int i = width - 1; i >= 0; i--, value /= 10)
        p[i] = (char)('0' + value % 10);
    return p + width;
}

/* The days of a year are written thousands of times: each is composed once. */
char *jour_iso(struct jour j, char out[JOUR_TEXTE_MAX])
{
    static struct {
        int32_t n;
        char texte[12];
    } connus[512];
    _Static_assert(sizeof connus[0].texte <= JOUR_TEXTE_MAX, "a whole text is copied");
    if (j.n < JOUR_MIN || j.n > JOUR_MAX) {
        *out = '\0';
        return out;
    }
    char *texte = connus[(uint32_t)j.n % 512].texte;
    if (connus[(uint32_t)j.n % 512].n != j.n || *texte == '\0') {
        int year, month, day;
        char *p = texte;
        jour_to_ymd(j, &year, &month, &day);
        p = put(p, year, 4);
        *p++ = '-';
        p = put(p, month, 2);
        *p++ = '-';
        p = put(p, day, 2);
        *p = '\0';
        connus[(uint32_t)j.n % 512].n = j.n;
    }
    return memcpy(out, texte, sizeof connus[0].texte);
}

char *jour_fr(struct jour j, char out[JOUR_TEXTE_MAX])
{
    char *p = out;
    if (j.n >= JOUR_MIN && j.n <= JOUR_MAX) {
        int year, month, day;
        jour_to_ymd(j, &year, &month, &day);
        p = put(p, day, 2);
        *p++ = '/';
        p = put(p, month, 2);
        *p++ = '/';
        p = put(p, year, 4);
    }
    *p = '\0';
    return out;
}
