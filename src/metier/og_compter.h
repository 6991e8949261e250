/* Counts the ESSMS of every OG of a base, by couloir. */
#ifndef SONS_METIER_OG_COMPTER_H
#define SONS_METIER_OG_COMPTER_H

#include <stddef.h>
#include "metier/contexte.h"
#include "noyau/etablissement.h"
#include "registre/finess_base.h"
#include "regles/parametres.h"

/* The OG of these ET, sorted by number; `*n` of them. `par_couloir[COULOIR_NOMBRE]` counts the ET themselves. The result
 * and its lists are one allocation: memoire_free. */
struct og_compte *og_compter(const struct parametres *p, const struct etablissement *et, size_t n_et, struct jour date,
                             size_t *n, size_t par_couloir[COULOIR_NOMBRE]);
/* Counts the OG of every base again and compares them with those kept. Faults exit 4. */
bool og_verifier(struct contexte *ctx);

#endif
