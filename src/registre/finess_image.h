/* A base read once into memory, for who asks it for thousands of rows: a search in the file costs a microsecond or more, and
 * half the time of a control. Some 10 MB for the whole country. */
#ifndef SONS_REGISTRE_FINESS_IMAGE_H
#define SONS_REGISTRE_FINESS_IMAGE_H

#include "registre/finess_base.h"

struct finess_image;
/* NULL with a diagnostic. */
struct finess_image *finess_image_lire(struct registre *r, int64_t base, struct diag_liste *diags);
void finess_image_free(struct finess_image *i);
/* Is it there? What it says lives as long as the image. */
bool finess_image_essms(const struct finess_image *i, finess et, struct finess_essms *out);
bool finess_image_og(const struct finess_image *i, finess ej, struct og_compte *out, struct slice *octets_et);

#endif
