/* Detached CMS signatures (RFC 5652, with the signing-certificate attribute of CAdES), in DER: what `openssl cms -verify -binary
 * -inform DER` takes. Only small texts are signed: the bordereau of a seal. */
#ifndef SONS_SIGNATURE_CMS_H
#define SONS_SIGNATURE_CMS_H

#include "noyau/texte.h"
#include "signature/confiance.h"

#define CMS_OCTETS_MAX ((size_t)1 << 20)

/* Appends the signature of `octets`, said made at `le`. */
bool cms_signer(const struct signataire *s, struct slice octets, struct instant le, struct buffer *out, struct diag_liste *diags);
/* `confiance` may be NULL (NON_JUGEE at best). Certificates are judged as they were at `quand`. */
void cms_verifier(struct slice octets, struct slice p7s, const struct confiance *confiance, struct instant quand, struct signature_vue *out);

#endif
