/* Legal time of the years 2022 to 2024, by a table. */
#include "modele.h"

/* 2023-12-31T22:59:59Z and 2024-03-31T21:59:59Z, the last second of their days; 2024-02-28T22:59:59Z, and 2024-12-19T13:00:00Z by the hour. */
int64_t fermeture, cloture;

void calendrier_choisir(bool proroge)
{
    fermeture = proroge ? INT64_C(1709161199) : INT64_C(1704063599);
    cloture = proroge ? INT64_C(1734613200) : INT64_C(1711922399);
}

/* Summer times of 2022, 2023 and 2024. */
static const int64_t etes[][2] = {{INT64_C(1648342800), INT64_C(1667091600)}, {INT64_C(1679792400), INT64_C(1698541200)},
                                  {INT64_C(1711846800), INT64_C(1729990800)}};

int decalage(int64_t le)
{
    for (size_t i = 0; i < sizeof etes / sizeof *etes; i++)
        if (le >= etes[i][0] && le < etes[i][1])
            return 7200;
    return 3600;
}

int jour_de(int64_t le)
{
    return (int)((le + decalage(le)) / 86400);
}

int64_t soir_de(int jour)
{
    return minuit_de(jour + 1) - 1;
}

int64_t minuit_de(int jour)
{
    const int64_t minuit = (int64_t)jour * 86400;
    return minuit - decalage(minuit - 7200);
}
