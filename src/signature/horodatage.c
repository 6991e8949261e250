#include "signature/horodatage.h"

#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include "noyau/memoire.h"
#include "signature/signature_interne.h"

/* --- the request --------------------------------------------------------------------------------------------------- */

static bool imprimer(TS_REQ *req, const struct empreinte *e)
{
    TS_MSG_IMPRINT *m = TS_MSG_IMPRINT_new();
    X509_ALGOR *a = X509_ALGOR_new();
    unsigned char octets[sizeof e->octets];
    memcpy(octets, e->octets, sizeof octets);
    const bool ok = X509_ALGOR_set0(a, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 && TS_MSG_IMPRINT_set_algo(m, a) == 1 &&
                    TS_MSG_IMPRINT_set_msg(m, octets, sizeof octets) == 1 && TS_REQ_set_msg_imprint(req, m) == 1;
    X509_ALGOR_free(a);
    TS_MSG_IMPRINT_free(m);
    return ok;
}

static bool nonce_poser(TS_REQ *req, const struct empreinte *e)
{
    static const char mot[] = "horodatage";
    const struct empreinte h = empreinte_de_deux(mot, sizeof mot - 1, e->octets, sizeof e->octets);
    BIGNUM *b = BN_bin2bn(h.octets, 8, NULL);
    ASN1_INTEGER *n = BN_to_ASN1_INTEGER(b, NULL);
    const bool ok = TS_REQ_set_nonce(req, n) == 1;
    ASN1_INTEGER_free(n);
    BN_free(b);
    return ok;
}

void horodatage_demander(const struct empreinte *e, struct buffer *out)
{
    unsigned char *der = NULL;
    openssl_preparer();
    TS_REQ *req = TS_REQ_new();
    int n = -1;
    if (TS_REQ_set_version(req, 1) == 1 && imprimer(req, e) && nonce_poser(req, e) && TS_REQ_set_cert_req(req, 1) == 1)
        n = i2d_TS_REQ(req, &der);
    if (n <= 0) /* nothing but memory can be missing, and that does not return */
        memoire_epuisee();
    buffer_append(out, der, (size_t)n);
    OPENSSL_free(der);
    TS_REQ_free(req);
}

/* --- the answer ---------------------------------------------------------------------------------------------------- */

static void dire(struct horodatage_vue *v, enum horodatage_issue issue, const char *cause)
{
    v->issue = issue;
    (void)snprintf(v->cause, sizeof v->cause, "%s", cause);
}

static bool bonne_empreinte(TS_TST_INFO *info, const struct empreinte *e)
{
    TS_MSG_IMPRINT *m = TS_TST_INFO_get_msg_imprint(info);
    const ASN1_OBJECT *algo = NULL;
    X509_ALGOR_get0(&algo, NULL, NULL, TS_MSG_IMPRINT_get_algo(m));
    const ASN1_OCTET_STRING *s = TS_MSG_IMPRINT_get_msg(m);
    return OBJ_obj2nid(algo) == NID_sha256 && ASN1_STRING_length(s) == (int)sizeof e->octets &&
           memcmp(ASN1_STRING_get0_data(s), e->octets, sizeof e->octets) == 0;
}

/* The nonce of the request; a request that does not read is none. */
static bool bon_nonce(const TS_TST_INFO *info, struct slice demande)
{
    const unsigned char *p = (const unsigned char *)demande.bytes;
    if (demande.len == 0)
        return true;
    TS_REQ *req = d2i_TS_REQ(NULL, &p, (long)demande.len);
    const ASN1_INTEGER *attendu = req == NULL ? NULL : TS_REQ_get_nonce(req), *trouve = TS_TST_INFO_get_nonce(info);
    const bool ok = attendu == NULL || (trouve != NULL && ASN1_INTEGER_cmp(attendu, trouve) == 0);
    TS_REQ_free(req);
    return ok;
}

/* What time-stamps demand besides: the certificate named by the token, its purpose, the same time. */
static bool jeton_tient(PKCS7 *jeton, const struct confiance *c, struct instant quand)
{
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(c->certificats), (time_t)quand.s);
    return TS_RESP_verify_signature(jeton, NULL, c->certificats, NULL) == 1;
}

/* The token's own signature; then its certificate: made for time-stamps, and trusted at that time. */
static void juger(PKCS7 *jeton, const struct confiance *confiance, struct horodatage_vue *out)
{
    char cause[SIGNATURE_CAUSE_MAX];
    STACK_OF(X509) *signataires = NULL;
    if (PKCS7_verify(jeton, NULL, NULL, NULL, NULL, PKCS7_NOVERIFY | PKCS7_BINARY) != 1 ||
        (signataires = PKCS7_get0_signers(jeton, NULL, 0)) == NULL || sk_X509_num(signataires) != 1) {
        openssl_cause(cause);
        dire(out, HORODATAGE_ILLISIBLE, cause);
        sk_X509_free(signataires);
        return;
    }
    X509 *x = sk_X509_value(signataires, 0);
    certificat_decrire(x, &out->signature);
    out->signature.le = out->le;
    out->signature.etat = confiance == NULL ? SIGNATURE_NON_JUGEE : SIGNATURE_BONNE;
    if (X509_check_purpose(x, X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1)
        vue_cause(&out->signature, SIGNATURE_SANS_CONFIANCE, "son certificat n'est pas fait pour horodater");
    else if (confiance != NULL && confiance_chaine(confiance, x, jeton->d.sign->cert, out->le, &out->signature) &&
             !jeton_tient(jeton, confiance, out->le)) {
        openssl_cause(cause);
        vue_cause(&out->signature, SIGNATURE_SANS_CONFIANCE, cause);
    }
    sk_X509_free(signataires);
}

static void verifier(TS_RESP *r, const struct empreinte *e, struct slice demande, const struct confiance *confiance, struct horodatage_vue *out)
{
    TS_STATUS_INFO *s = TS_RESP_get_status_info(r);
    const long statut = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(s));
    PKCS7 *jeton = TS_RESP_get_token(r);
    TS_TST_INFO *info = TS_RESP_get_tst_info(r);
    if (statut != TS_STATUS_GRANTED && statut != TS_STATUS_GRANTED_WITH_MODS) {
        dire(out, HORODATAGE_REFUSE, "l'autorité n'a pas accordé l'horodatage demandé");
    } else if (jeton == NULL || info == NULL || !PKCS7_type_is_signed(jeton)) {
        dire(out, HORODATAGE_ILLISIBLE, "la réponse n'a pas de jeton");
    } else if (!bonne_empreinte(info, e)) {
        dire(out, HORODATAGE_AUTRE, "le jeton date un autre document");
    } else if (!bon_nonce(info, demande)) {
        dire(out, HORODATAGE_AUTRE, "le jeton répond à une autre demande (.tsq)");
    } else {
        out->le = asn1_instant(TS_TST_INFO_get_time(info));
        out->issue = HORODATAGE_TIENT;
        juger(jeton, confiance, out);
    }
}

void horodatage_verifier(struct slice reponse, const struct empreinte *e, struct slice demande, const struct confiance *confiance,
                         struct horodatage_vue *out)
{
    *out = (struct horodatage_vue){.le = INSTANT_ABSENT, .signature = {.le = INSTANT_ABSENT}};
    openssl_preparer();
    const unsigned char *p = (const unsigned char *)reponse.bytes;
    TS_RESP *r = reponse.len == 0 ? NULL : d2i_TS_RESP(NULL, &p, (long)reponse.len);
    if (r == NULL || p != (const unsigned char *)reponse.bytes + reponse.len)
        dire(out, HORODATAGE_ILLISIBLE, "ce n'est pas une réponse d'horodatage (RFC 3161), ou elle a changé");
    else
        verifier(r, e, demande, confiance, out);
    TS_RESP_free(r);
    ERR_clear_error();
}
