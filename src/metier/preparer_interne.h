/* Shared by the files of commande preparer. */
#ifndef SONS_METIER_PREPARER_INTERNE_H
#define SONS_METIER_PREPARER_INTERNE_H

#include "metier/preparer.h"
#include "registre/finess_base.h"

/* Names of the ESSMS and of the OG, other ESSMS of the OG. `avant`: number of the first order prepared. False on a fault of the
 * registre. */
bool preparer_og(struct contexte *ctx, struct finess_lecteur *l, int64_t base, int64_t avant, struct arene *a, struct prepare *o);

#endif
