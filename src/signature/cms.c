#include "signature/cms.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include "signature/signature_interne.h"

static bool signer_dater(CMS_SignerInfo *s, struct instant le)
{
    ASN1_TIME *t = ASN1_TIME_set(NULL, (time_t)le.s);
    const bool ok = s != NULL && t != NULL && CMS_signed_add1_attr_by_NID(s, NID_pkcs9_signingTime, t->type, t, -1) == 1;
    ASN1_TIME_free(t);
    return ok;
}

bool cms_signer(const struct signataire *s, struct slice octets, struct instant le, struct buffer *out, struct diag_liste *diags)
{
    enum { DRAPEAUX = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP | CMS_CADES };
    char cause[SIGNATURE_CAUSE_MAX];
    unsigned char *der = NULL;
    int n = -1;
    openssl_preparer();
    BIO *bio = BIO_new_mem_buf(octets.bytes, (int)octets.len);
    CMS_ContentInfo *c = CMS_sign(NULL, NULL, s->chaine, NULL, DRAPEAUX);
    if (c != NULL && signer_dater(CMS_add1_signer(c, s->certificat, s->cle, EVP_sha256(), DRAPEAUX), le) &&
        CMS_final(c, bio, NULL, DRAPEAUX) == 1)
        n = i2d_CMS_ContentInfo(c, &der);
    if (n > 0) {
        buffer_append(out, der, (size_t)n);
    } else {
        openssl_cause(cause);
        diag_trouve(diag_erreur(diags, E_CLE, "la clé ne signe pas (RSA ou ECDSA attendues)"), "%s", cause);
    }
    OPENSSL_free(der);
    CMS_ContentInfo_free(c);
    BIO_free(bio);
    return n > 0;
}

/* SHA-1 and MD5 can be made to collide: they prove nothing of a text that its author chose. */
static bool resume_sur(CMS_SignerInfo *s)
{
    X509_ALGOR *a = NULL;
    const ASN1_OBJECT *o = NULL;
    CMS_SignerInfo_get0_algs(s, NULL, NULL, &a, NULL);
    if (a == NULL)
        return false;
    X509_ALGOR_get0(&o, NULL, NULL, a);
    const int nid = OBJ_obj2nid(o);
    return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512;
}

static struct instant signee_le(CMS_SignerInfo *s)
{
    const int rang = CMS_signed_get_attr_by_NID(s, NID_pkcs9_signingTime, -1);
    const ASN1_TYPE *t = rang < 0 ? NULL : X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(s, rang), 0);
    if (t == NULL || (t->type != V_ASN1_UTCTIME && t->type != V_ASN1_GENERALIZEDTIME))
        return INSTANT_ABSENT;
    return asn1_instant(t->value.asn1_string);
}

static void juger(CMS_ContentInfo *c, const struct confiance *confiance, struct instant quand, struct signature_vue *out)
{
    STACK_OF(X509) *signataires = CMS_get0_signers(c), *autres = CMS_get1_certs(c);
    STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(c);
    if (sk_X509_num(signataires) != 1 || sk_CMS_SignerInfo_num(infos) != 1) {
        vue_cause(out, SIGNATURE_FAUSSE, "un seul signataire est attendu, avec son certificat");
    } else if (!resume_sur(sk_CMS_SignerInfo_value(infos, 0))) {
        vue_cause(out, SIGNATURE_FAUSSE, "signée par un procédé trop faible (SHA-256, 384 ou 512 attendus)");
    } else {
        X509 *x = sk_X509_value(signataires, 0);
        certificat_decrire(x, out);
        out->le = signee_le(sk_CMS_SignerInfo_value(infos, 0));
        out->etat = confiance == NULL ? SIGNATURE_NON_JUGEE : SIGNATURE_BONNE;
        if (confiance != NULL)
            (void)confiance_chaine(confiance, x, autres, quand, out);
    }
    sk_X509_free(signataires);
    sk_X509_pop_free(autres, X509_free);
}

void cms_verifier(struct slice octets, struct slice p7s, const struct confiance *confiance, struct instant quand, struct signature_vue *out)
{
    char cause[SIGNATURE_CAUSE_MAX];
    *out = (struct signature_vue){.le = INSTANT_ABSENT};
    openssl_preparer();
    const unsigned char *p = (const unsigned char *)p7s.bytes;
    CMS_ContentInfo *c = p7s.len == 0 ? NULL : d2i_CMS_ContentInfo(NULL, &p, (long)p7s.len);
    if (c == NULL || p != (const unsigned char *)p7s.bytes + p7s.len || OBJ_obj2nid(CMS_get0_type(c)) != NID_pkcs7_signed || CMS_is_detached(c) != 1) {
        vue_cause(out, SIGNATURE_FAUSSE, "ce n'est pas une signature CMS détachée, ou elle a changé");
        CMS_ContentInfo_free(c);
        ERR_clear_error();
        return;
    }
    BIO *bio = BIO_new_mem_buf(octets.bytes, (int)octets.len);
    if (CMS_verify(c, NULL, NULL, bio, NULL, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1) {
        juger(c, confiance, quand, out);
    } else {
        openssl_cause(cause);
        vue_cause(out, SIGNATURE_FAUSSE, cause);
    }
    BIO_free(bio);
    CMS_ContentInfo_free(c);
    ERR_clear_error();
}
