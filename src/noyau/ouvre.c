#include "noyau/ouvre.h"

/* Integer computus (Meeus, Jones, Butcher): no table, no float. */
struct jour jour_paques(int year)
{
    const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    struct jour j = JOUR_ABSENT;
    (void)jour_from_ymd(year, n / 31, n % 31 + 1, &j);
    return j;
}

bool jour_ferie(struct jour j)
{
    static const struct {
        signed char month, day;
    } fixes[] = {{1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}};
    static const signed char apres_paques[] = {1, 39, 50}; /* Easter Monday, Ascension, Whit Monday */
    int year, month, day;
    if (!jour_present(j))
        return false;
    jour_to_ymd(j, &year, &month, &day);
    for (size_t i = 0; i < sizeof fixes / sizeof *fixes; i++)
        if (fixes[i].month == month && fixes[i].day == day)
            return true;
    const struct jour paques = jour_paques(year);
    for (size_t i = 0; i < sizeof apres_paques / sizeof *apres_paques; i++)
        if (jour_ecart(paques, j) == apres_paques[i])
            return true;
    return false;
}

bool jour_ouvre(struct jour j)
{
    const int32_t semaine = ((j.n + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday; Monday = 0 */
    return jour_present(j) && semaine < 5 && !jour_ferie(j);
}

struct jour jour_ouvre_plus(struct jour j, int n)
{
    if (n < 1)
        return JOUR_ABSENT;
    while (jour_present(j) && n > 0) {
        j = jour_plus(j, 1);
        n -= jour_ouvre(j);
    }
    return j;
}
