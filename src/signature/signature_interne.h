/* Shared by the files of signature/ only. */
#ifndef SONS_SIGNATURE_INTERNE_H
#define SONS_SIGNATURE_INTERNE_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include "noyau/texte.h"
#include "signature/confiance.h"

struct confiance {
    X509_STORE *certificats;
};
struct signataire {
    EVP_PKEY *cle;
    X509 *certificat;
    STACK_OF(X509) *chaine; /* may be NULL */
    struct signature_vue vue;
};
/* Before anything else of OpenSSL: neither the environment nor openssl.cnf changes what is computed. */
void openssl_preparer(void);
/* Its last error, in a few words; the queue is emptied. */
void openssl_cause(char out[SIGNATURE_CAUSE_MAX]);
/* Name and hash of a certificate. */
void certificat_decrire(const X509 *x, struct signature_vue *v);
/* From a certificate to a trusted one, as it was at `quand`. False with vue->cause. */
bool confiance_chaine(const struct confiance *c, X509 *x, STACK_OF(X509) *autres, struct instant quand, struct signature_vue *v);
void vue_cause(struct signature_vue *v, enum signature_etat etat, const char *cause);
/* UTC time of OpenSSL; INSTANT_ABSENT when it reads as none. */
struct instant asn1_instant(const ASN1_TIME *t);

#endif
