/* Is a fact about a register (supplier, solution, funding) already what the projections say? */
#ifndef SONS_REGISTRE_CONNU_H
#define SONS_REGISTRE_CONNU_H

#include "noyau/diag.h"
#include "registre/base.h"
#include "registre/fait.h"

enum connu { CONNU_NOUVEAU, CONNU_IDENTIQUE, CONNU_MODIFIE, CONNU_FAUTE };
/* `avant` gets a short text of what CONNU_MODIFIE replaces. Only the three kinds of facts above. */
enum connu fait_connu(struct registre *r, const struct fait *f, struct buffer *avant, struct diag_liste *diags);

#endif
