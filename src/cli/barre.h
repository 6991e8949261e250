/* A progress bar on standard error, on a terminal only. The time between two updates is for display alone: no result
 * depends on it. */
#ifndef SONS_CLI_BARRE_H
#define SONS_CLI_BARRE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "formats/flux.h"

#define BARRE_INTERVALLE_MS 200

struct barre {
    FILE *f;
    int64_t prochaine_ms;  /* monotonic; not before */
    bool affichee;
};
/* The callback to give to readers; `.avance` is NULL when there is no terminal, NO_COLOR is set or TERM is dumb. */
struct progression barre_progression(struct barre *b, FILE *f);
/* Draws when the time has come. `maintenant_ms` is monotonic. */
void barre_dessiner(struct barre *b, int64_t fait, int64_t total, int64_t maintenant_ms);
/* Erases it. To be called before anything else is printed on standard error. */
void barre_effacer(struct barre *b);

#endif
