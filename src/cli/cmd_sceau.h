/* What other commands ask of the seals. */
#ifndef SONS_CLI_CMD_SCEAU_H
#define SONS_CLI_CMD_SCEAU_H

#include "cli/commun.h"

/* `journal verifier` with --sceau, --extrait, or without a registre: its exit code. −1: none of them, the journal is verified. */
int sceaux_traiter(struct cli *c);
/* Says, on standard error, that the last seal is too old; nothing otherwise. */
void sceau_rappeler(struct cli *c);

#endif
