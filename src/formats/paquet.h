/* An Office workbook seen as a ZIP: named parts, stored or deflated, as Excel, LibreOffice, Google and the CRM write them. Read
 * by its directory alone; nothing is extracted, every size is bounded, a name is only ever compared. */
#ifndef SONS_FORMATS_PAQUET_H
#define SONS_FORMATS_PAQUET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"

struct paquet;
/* NULL with a diagnostic (E_CLASSEUR, E_ZIP_LIMITE …). `chemin` is borrowed. At most 4096 entries, 256 MiB on disk. */
struct paquet *paquet_ouvrir(const char *chemin, struct diag_liste *diags);
void paquet_fermer(struct paquet *p);
/* Names are compared without case, `\` as `/` (ECMA-376 part 2). */
bool paquet_contient(const struct paquet *p, const char *nom);
/* Takes the bytes of a part as they are inflated; false stops the reading, which is then a success. */
typedef bool paquet_morceau(void *ctx, const void *octets, size_t len);
/* At most `max` bytes, and not more than four hundred times what is stored once past 32 MiB. False with a diagnostic: absent, given
 * twice, encrypted, another compression, damaged, out of bounds. */
bool paquet_lire(struct paquet *p, const char *nom, uint64_t max, paquet_morceau *morceau, void *ctx, struct diag_liste *diags);
/* SHA-256 of the file as it stands on disk. */
bool paquet_empreinte(struct paquet *p, struct empreinte *out, struct diag_liste *diags);

#endif
