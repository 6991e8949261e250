/* The VA as documents (schemas/attestation-va-1.xsd, and a sheet): prepared for the OG, read back as a sheet. */
#ifndef SONS_METIER_VA_DOCUMENT_H
#define SONS_METIER_VA_DOCUMENT_H

#include "metier/actes.h"

/* Does the name say that it is a VA in XML? */
bool va_est_xml(const char *chemin);
/* The rows of FEUILLE_VA that it holds; `options` (by column) completes what the document does not say of the order: its piece, the
 * delegation. NULL with diagnostics. feuille_free. */
struct feuille *va_feuille(struct contexte *ctx, const char *chemin, const struct slice *options);
struct va_rapport {
    size_t commandes, essms, fichiers; /* files written; those that were there with the same bytes are not counted */
};
/* Writes `va-SIREN-NUMERO.xml` and `.csv` in the folder for each order, filled with what is known at ctx->au. Never over a document that
 * is not the same. */
bool va_preparer(struct contexte *ctx, const int64_t *commandes, size_t n, const char *dossier, struct va_rapport *out);

#endif
