#include "cli/barre.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CASES = 30, LARGEUR = CASES + 9 }; /* "[###…] 100 %" */

void barre_dessiner(struct barre *b, int64_t fait, int64_t total, int64_t maintenant_ms)
{
    if (total <= 0 || maintenant_ms < b->prochaine_ms)
        return;
    b->prochaine_ms = maintenant_ms + BARRE_INTERVALLE_MS;
    if (fait < 0)
        fait = 0;
    if (fait > total)
        fait = total;
    int pour_cent = (int)((__int128)fait * 100 / total);
    int pleines = pour_cent * CASES / 100;
    char cases[CASES + 1];
    memset(cases, '.', CASES);
    memset(cases, '#', (size_t)pleines);
    cases[CASES] = '\0';
    fprintf(b->f, "\r[%s] %3d %%", cases, pour_cent);
    fflush(b->f);
    b->affichee = true;
}

void barre_effacer(struct barre *b)
{
    if (!b->affichee)
        return;
    fprintf(b->f, "\r%*s\r", LARGEUR, "");
    fflush(b->f);
    b->affichee = false;
}

static void avance(void *ctx, int64_t fait, int64_t total)
{
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) == 0)
        barre_dessiner(ctx, fait, total, (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000);
}

struct progression barre_progression(struct barre *b, FILE *f)
{
    *b = (struct barre){.f = f};
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool sobre = (no_color && *no_color) || !term || strcmp(term, "dumb") == 0;
    if (sobre || !isatty(fileno(f)))
        return (struct progression){0};
    return (struct progression){.avance = avance, .ctx = b};
}
