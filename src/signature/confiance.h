/* Certificates: those one trusts (a PEM file, given by the user), and the one that signs. No revocation list is asked for: there
 * is no network. */
#ifndef SONS_SIGNATURE_CONFIANCE_H
#define SONS_SIGNATURE_CONFIANCE_H

#include <stdbool.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/instant.h"

#define CERTIFICAT_NOM_MAX 200
#define SIGNATURE_CAUSE_MAX 200

/* What a signature is worth. SANS_CONFIANCE: its bytes hold, its certificate does not lead to a trusted one, or not at that
 * time. NON_JUGEE: its bytes hold, no certificate of trust was given. */
enum signature_etat { SIGNATURE_BONNE, SIGNATURE_NON_JUGEE, SIGNATURE_SANS_CONFIANCE, SIGNATURE_FAUSSE };
struct signature_vue {
    enum signature_etat etat;
    char nom[CERTIFICAT_NOM_MAX];     /* common name of the signer, safe to print; empty when unknown */
    struct empreinte certificat;      /* SHA-256 of its DER */
    struct instant le;                /* said by the signature; INSTANT_ABSENT when it says nothing */
    char cause[SIGNATURE_CAUSE_MAX];  /* French; of FAUSSE and SANS_CONFIANCE */
};

struct confiance;
/* One or more certificates in PEM. NULL with a diagnostic. */
struct confiance *confiance_charger(const char *chemin, struct diag_liste *diags);
void confiance_free(struct confiance *c);

/* A key and its certificate. */
struct signataire;
/* `cle`: PEM (its certificate in it or in `certificat`) or PKCS#12. `mot_de_passe`: a file whose first line it is; `certificat`
 * and `mot_de_passe` may be NULL. The certificate must be that of the key, and be valid at `quand`. NULL with diagnostics. */
struct signataire *signataire_charger(const char *cle, const char *certificat, const char *mot_de_passe, struct instant quand,
                                      struct diag_liste *diags);
void signataire_free(struct signataire *s);
const struct signature_vue *signataire_vue(const struct signataire *s); /* nom, certificat */

#endif
