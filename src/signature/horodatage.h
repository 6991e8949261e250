/* Time-stamps of RFC 3161, as files: a request to send to any time-stamping authority, and its answer. */
#ifndef SONS_SIGNATURE_HORODATAGE_H
#define SONS_SIGNATURE_HORODATAGE_H

#include "noyau/texte.h"
#include "signature/confiance.h"

#define HORODATAGE_OCTETS_MAX ((size_t)1 << 20)

/* Appends a request (DER) for that hash; it asks for the certificate of the authority. The nonce comes from the hash: the same
 * request can be written again, and a bordereau is unlike any other. */
void horodatage_demander(const struct empreinte *e, struct buffer *out);

enum horodatage_issue {
    HORODATAGE_TIENT,     /* of this hash, its bytes hold: see `signature` for the trust */
    HORODATAGE_ILLISIBLE, /* no answer of RFC 3161, or its bytes changed */
    HORODATAGE_REFUSE,    /* the authority did not grant it */
    HORODATAGE_AUTRE,     /* of another hash, or for another request (nonce) */
};
struct horodatage_vue {
    enum horodatage_issue issue;
    struct instant le;              /* of the token */
    struct signature_vue signature; /* of the authority; never FAUSSE with TIENT */
    char cause[SIGNATURE_CAUSE_MAX];
};
/* `demande` may be empty: the nonce is not compared then. `confiance` may be NULL. The certificate is judged as it was at the
 * instant of the token. */
void horodatage_verifier(struct slice reponse, const struct empreinte *e, struct slice demande, const struct confiance *confiance,
                         struct horodatage_vue *out);

#endif
