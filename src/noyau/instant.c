#include "noyau/instant.h"

#include <string.h>
#include <time.h>

#define JOUR_S INT64_C(86400)
/* Years 1 to 9999, in UTC and in legal time. */
#define INSTANT_MIN (INT64_C(-719162) * JOUR_S)
#define INSTANT_MAX (INT64_C(2932897) * JOUR_S - 3600 - 1)

static bool in_range(struct instant i)
{
    return i.s >= INSTANT_MIN && i.s <= INSTANT_MAX;
}

static struct jour utc_day(int64_t s)
{
    int64_t d = s / JOUR_S - (s % JOUR_S < 0 ? 1 : 0);
    return (struct jour){(int32_t)d};
}

/* 01:00 UTC on the last Sunday of a month of 31 days (March, October). */
static int64_t last_sunday(int year, int month)
{
    struct jour j = {0};
    jour_from_ymd(year, month, 31, &j);
    int week_day = (int)(((int64_t)j.n + 4 + 7 * INT64_C(1000000)) % 7); /* 1970-01-01 is a Thursday; Sunday = 0 */
    return ((int64_t)j.n - week_day) * JOUR_S + 3600;
}

int32_t instant_decalage(struct instant i)
{
    if (!in_range(i))
        return 3600;
    int year, month, day;
    jour_to_ymd(utc_day(i.s), &year, &month, &day);
    if (month != 3 && month != 10) /* no Sunday to look for */
        return month > 3 && month < 10 ? 7200 : 3600;
    return i.s >= last_sunday(year, 3) && i.s < last_sunday(year, 10) ? 7200 : 3600;
}

struct jour instant_jour(struct instant i)
{
    if (!in_range(i))
        return JOUR_ABSENT;
    return utc_day(i.s + instant_decalage(i));
}

/* Legal seconds (the clock on the wall, counted as if it were UTC) to an instant; false when that hour is skipped. */
static bool from_wall(int64_t wall, struct instant *out)
{
    struct instant summer = {wall - 7200}, winter = {wall - 3600};
    if (instant_decalage(summer) == 7200)
        *out = summer; /* when both are possible, the first */
    else if (instant_decalage(winter) == 3600)
        *out = winter;
    else
        return false;
    return true;
}

/* No change of time falls at midnight, so a legal day always has a first and a last second. */
struct instant instant_debut_du_jour(struct jour j)
{
    struct instant i = {0};
    if (!jour_present(j) || !from_wall(j.n * JOUR_S, &i))
        return INSTANT_ABSENT;
    if (i.s < INSTANT_MIN)
        i.s = INSTANT_MIN;
    return i;
}

struct instant instant_fin_du_jour(struct jour j)
{
    struct instant i = {0};
    if (!jour_present(j) || !from_wall(j.n * JOUR_S + JOUR_S - 1, &i))
        return INSTANT_ABSENT;
    return i;
}

static bool hour_exists(int hour, int minute, int second)
{
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

bool instant_from_legal(struct jour j, int hour, int minute, int second, struct instant *out)
{
    struct instant i;
    if (!jour_present(j) || !hour_exists(hour, minute, second) ||
        !from_wall(j.n * JOUR_S + hour * 3600 + minute * 60 + second, &i) || !in_range(i))
        return false;
    *out = i;
    return true;
}

/* --- reading --- */

static bool two(struct slice *s, int *value)
{
    if (s->len < 2 || s->bytes[0] < '0' || s->bytes[0] > '9' || s->bytes[1] < '0' || s->bytes[1] > '9')
        return false;
    *value = (s->bytes[0] - '0') * 10 + (s->bytes[1] - '0');
    s->bytes += 2;
    s->len -= 2;
    return true;
}

static bool mark(struct slice *s, char c)
{
    if (s->len == 0 || s->bytes[0] != c)
        return false;
    s->bytes++;
    s->len--;
    return true;
}

bool instant_parse_utc(struct slice s, struct instant *out)
{
    struct jour j;
    int hour, minute, second;
    if (s.len != 20 || !jour_parse_iso((struct slice){s.bytes, 10}, &j))
        return false;
    s.bytes += 10;
    s.len -= 10;
    if (!mark(&s, 'T') || !two(&s, &hour) || !mark(&s, ':') || !two(&s, &minute) || !mark(&s, ':') ||
        !two(&s, &second) || !mark(&s, 'Z') || !hour_exists(hour, minute, second))
        return false;
    struct instant i = {j.n * JOUR_S + hour * 3600 + minute * 60 + second};
    if (!in_range(i))
        return false;
    *out = i;
    return true;
}

/* `Z`, `+02:00`, `-05:00`: seconds east of UTC. */
static bool zone(struct slice s, int64_t *east)
{
    int hour, minute;
    if (slice_equals(s, "Z")) {
        *east = 0;
        return true;
    }
    int sign = mark(&s, '-') ? -1 : mark(&s, '+') ? 1 : 0;
    if (sign == 0 || !two(&s, &hour) || !mark(&s, ':') || !two(&s, &minute) || s.len != 0 || hour > 14 || minute > 59)
        return false;
    *east = sign * (hour * 3600 + minute * 60);
    return true;
}

bool instant_parse(struct slice s, struct instant *out, bool *date_seule)
{
    struct jour j;
    int hour, minute, second = 0;
    if (date_seule)
        *date_seule = false;
    s = slice_trim(s);
    if (jour_parse(s, &j)) {
        if (date_seule)
            *date_seule = true;
        *out = instant_fin_du_jour(j);
        return true;
    }
    size_t day_len = 0;
    while (day_len < s.len && s.bytes[day_len] != 'T' && s.bytes[day_len] != ' ')
        day_len++;
    if (day_len > 10 || !jour_parse((struct slice){s.bytes, day_len}, &j))
        return false;
    s.bytes += day_len;
    s.len -= day_len;
    if ((!mark(&s, 'T') && !mark(&s, ' ')) || !two(&s, &hour) || !mark(&s, ':') || !two(&s, &minute))
        return false;
    if (mark(&s, ':') && !two(&s, &second))
        return false;
    if (s.len == 0)
        return instant_from_legal(j, hour, minute, second, out);
    int64_t east;
    if (!zone(s, &east) || !hour_exists(hour, minute, second))
        return false;
    struct instant i = {j.n * JOUR_S + hour * 3600 + minute * 60 + second - east};
    if (!in_range(i))
        return false;
    *out = i;
    return true;
}

/* --- writing --- */

static char *put_hour(char *p, char before, int64_t wall)
{
    int64_t rest = wall % JOUR_S;
    int s = (int)(rest < 0 ? rest + JOUR_S : rest);
    const int parts[3] = {s / 3600, s / 60 % 60, s % 60};
    for (int k = 0; k < 3; k++) {
        *p++ = k ? ':' : before;
        *p++ = (char)('0' + parts[k] / 10);
        *p++ = (char)('0' + parts[k] % 10);
    }
    return p;
}

char *instant_utc(struct instant i, char out[INSTANT_TEXTE_MAX])
{
    out[0] = '\0';
    if (!in_range(i))
        return out;
    jour_iso(utc_day(i.s), out);
    char *p = put_hour(out + strlen(out), 'T', i.s);
    *p++ = 'Z';
    *p = '\0';
    return out;
}

char *instant_paris(struct instant i, char out[INSTANT_TEXTE_MAX])
{
    out[0] = '\0';
    if (!in_range(i))
        return out;
    jour_iso(instant_jour(i), out);
    char *p = put_hour(out + strlen(out), 'T', i.s + instant_decalage(i));
    memcpy(p, instant_decalage(i) == 7200 ? "+02:00" : "+01:00", 7);
    return out;
}

/* A list shows the same one on many lines, all that an act wrote: it is composed once. */
char *instant_fr(struct instant i, char out[INSTANT_TEXTE_MAX])
{
    static struct instant composed = {INT64_MIN};
    static char text[INSTANT_TEXTE_MAX];
    out[0] = '\0';
    if (!in_range(i))
        return out;
    if (composed.s != i.s) {
        const int64_t wall = i.s + instant_decalage(i);
        jour_fr(utc_day(wall), text);
        *put_hour(text + strlen(text), ' ', wall) = '\0';
        composed = i;
    }
    return memcpy(out, text, sizeof text);
}

/* --- clock --- */

static struct instant now = {INT64_MIN};
static bool put;

struct instant horloge(void)
{
    if (!instant_present(now))
        now.s = (int64_t)time(NULL);
    return now;
}

struct instant horloge_relire(void)
{
    return put ? now : (struct instant){(int64_t)time(NULL)};
}

void horloge_fixer(struct instant i)
{
    now = i;
    put = true;
}
