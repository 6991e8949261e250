#include "signature/confiance.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "noyau/fichier.h"
#include "noyau/memoire.h"
#include "signature/signature_interne.h"

#define FICHIER_MAX ((size_t)4 << 20)

void openssl_preparer(void)
{
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    ERR_clear_error();
}

void openssl_cause(char out[SIGNATURE_CAUSE_MAX])
{
    const char *texte = ERR_reason_error_string(ERR_peek_last_error());
    (void)snprintf(out, SIGNATURE_CAUSE_MAX, "%s", texte != NULL ? texte : "OpenSSL ne dit pas pourquoi");
    ERR_clear_error();
}

void vue_cause(struct signature_vue *v, enum signature_etat etat, const char *cause)
{
    v->etat = etat;
    (void)snprintf(v->cause, sizeof v->cause, "%s", cause);
}

struct instant asn1_instant(const ASN1_TIME *t)
{
    struct tm tm;
    struct jour j;
    if (t == NULL || ASN1_TIME_to_tm(t, &tm) != 1 || !jour_from_ymd(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, &j))
        return INSTANT_ABSENT;
    return (struct instant){(int64_t)j.n * 86400 + tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec};
}

void certificat_decrire(const X509 *x, struct signature_vue *v)
{
    const X509_NAME *nom = X509_get_subject_name(x);
    static const int champs[] = {NID_commonName, NID_organizationName};
    unsigned char *der = NULL;
    const int n = i2d_X509(x, &der);
    if (n > 0)
        v->certificat = empreinte_de(der, (size_t)n);
    OPENSSL_free(der);
    v->nom[0] = '\0';
    for (size_t i = 0; i < sizeof champs / sizeof *champs && v->nom[0] == '\0'; i++) {
        const int rang = X509_NAME_get_index_by_NID(nom, champs[i], -1);
        unsigned char *utf8 = NULL;
        const int len = rang < 0 ? -1 : ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(nom, rang)));
        if (len > 0 && (size_t)len < sizeof v->nom && texte_is_utf8((char *)utf8, (size_t)len) && !texte_has_control((char *)utf8, (size_t)len))
            (void)snprintf(v->nom, sizeof v->nom, "%.*s", len, (char *)utf8);
        OPENSSL_free(utf8);
    }
}

/* --- trust --------------------------------------------------------------------------------------------------------- */

struct confiance *confiance_charger(const char *chemin, struct diag_liste *diags)
{
    struct buffer b = {0};
    openssl_preparer();
    if (!fichier_lire(chemin, FICHIER_LIENS_SUIVIS, FICHIER_MAX, &b, diags)) {
        buffer_free(&b);
        return NULL;
    }
    struct confiance *c = memoire_calloc(1, sizeof *c);
    BIO *bio = BIO_new_mem_buf(b.len > 0 ? b.bytes : "", (int)b.len);
    X509 *x;
    size_t n = 0;
    c->certificats = X509_STORE_new();
    (void)X509_STORE_set_flags(c->certificats, X509_V_FLAG_PARTIAL_CHAIN); /* what the user names is enough, root or not */
    for (; (x = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL; n++) {
        (void)X509_STORE_add_cert(c->certificats, x);
        X509_free(x);
    }
    ERR_clear_error();
    BIO_free(bio);
    buffer_free(&b);
    if (n > 0)
        return c;
    diag_lieu(diag_erreur(diags, E_CLE, "il n'y a pas de certificat PEM dans ce fichier"), &(struct lieu){.fichier = chemin});
    confiance_free(c);
    return NULL;
}

void confiance_free(struct confiance *c)
{
    if (c == NULL)
        return;
    X509_STORE_free(c->certificats);
    memoire_free(c);
}

static const char *cause_chaine(int erreur)
{
    switch (erreur) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return "certificat expiré à cette date";
    case X509_V_ERR_CERT_NOT_YET_VALID: return "certificat pas encore valable à cette date";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: return "aucun des certificats de confiance donnés ne l'a délivré";
    default: return X509_verify_cert_error_string(erreur);
    }
}

bool confiance_chaine(const struct confiance *c, X509 *x, STACK_OF(X509) *autres, struct instant quand, struct signature_vue *v)
{
    X509_STORE_CTX *s = X509_STORE_CTX_new();
    bool ok = s != NULL && X509_STORE_CTX_init(s, c->certificats, x, autres) == 1;
    if (ok) {
        X509_STORE_CTX_set_time(s, 0, (time_t)quand.s);
        ok = X509_verify_cert(s) == 1;
        if (!ok)
            vue_cause(v, SIGNATURE_SANS_CONFIANCE, cause_chaine(X509_STORE_CTX_get_error(s)));
    }
    X509_STORE_CTX_free(s);
    ERR_clear_error();
    return ok;
}

/* --- the signer ---------------------------------------------------------------------------------------------------- */

struct lecture_cle {
    const char *cle, *certificat;
    struct buffer octets, mot;
    struct signataire *s;
    struct diag_liste *diags;
};

static bool refuser(const struct lecture_cle *l, const char *fichier, const char *quoi)
{
    char cause[SIGNATURE_CAUSE_MAX];
    const bool dite = ERR_peek_last_error() != 0;
    openssl_cause(cause);
    struct diag *d = diag_erreur(l->diags, E_CLE, "%s", quoi);
    if (dite)
        diag_trouve(d, "%s", cause);
    diag_lieu(d, &(struct lieu){.fichier = fichier});
    return false;
}

/* Never asks at the terminal. */
static int mot_de_passe(char *out, int taille, int ecriture, void *ctx)
{
    const struct buffer *mot = ctx;
    (void)ecriture;
    if (mot->len == 0 || mot->len > (size_t)taille)
        return -1;
    memcpy(out, mot->bytes, mot->len);
    return (int)mot->len;
}

static bool lire_pkcs12(struct lecture_cle *l)
{
    const unsigned char *p = (const unsigned char *)l->octets.bytes;
    PKCS12 *p12 = d2i_PKCS12(NULL, &p, (long)l->octets.len);
    if (p12 == NULL)
        return refuser(l, l->cle, "ce n'est ni une clé PEM ni un fichier PKCS#12");
    const bool ok = PKCS12_parse(p12, l->mot.len > 0 ? l->mot.bytes : NULL, &l->s->cle, &l->s->certificat, &l->s->chaine) == 1;
    PKCS12_free(p12);
    return ok ? l->s->cle != NULL || refuser(l, l->cle, "le fichier PKCS#12 n'a pas de clé privée")
              : refuser(l, l->cle, "le fichier PKCS#12 ne s'ouvre pas : mot de passe faux, ou chiffrement trop ancien");
}

static bool lire_pem(struct lecture_cle *l)
{
    BIO *bio = BIO_new_mem_buf(l->octets.bytes, (int)l->octets.len);
    l->s->cle = PEM_read_bio_PrivateKey(bio, NULL, mot_de_passe, &l->mot);
    BIO_free(bio);
    if (l->s->cle == NULL)
        return refuser(l, l->cle, "la clé privée ne se lit pas : absente, ou mot de passe faux");
    return true;
}

/* Certificates of a PEM text: the first is the signer's. */
static void certificats_pem(struct signataire *s, const struct buffer *b)
{
    BIO *bio = BIO_new_mem_buf(b->bytes, (int)b->len);
    X509 *x;
    while ((x = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
        if (s->certificat == NULL) {
            s->certificat = x;
            continue;
        }
        if (s->chaine == NULL)
            s->chaine = sk_X509_new_null();
        (void)sk_X509_push(s->chaine, x);
    }
    ERR_clear_error();
    BIO_free(bio);
}

static bool lire_certificat(struct lecture_cle *l, bool pem)
{
    struct buffer b = {0};
    if (l->certificat != NULL) {
        if (!fichier_lire(l->certificat, FICHIER_LIENS_SUIVIS, FICHIER_MAX, &b, l->diags)) {
            buffer_free(&b);
            return false;
        }
        X509_free(l->s->certificat);
        l->s->certificat = NULL;
        if (b.len > 0)
            certificats_pem(l->s, &b);
        buffer_free(&b);
    } else if (pem) {
        certificats_pem(l->s, &l->octets);
    }
    return l->s->certificat != NULL ||
           refuser(l, l->certificat != NULL ? l->certificat : l->cle, "il manque le certificat qui va avec la clé");
}

static bool convient(struct lecture_cle *l, struct instant quand)
{
    const X509 *x = l->s->certificat;
    const char *fichier = l->certificat != NULL ? l->certificat : l->cle;
    const struct instant debut = asn1_instant(X509_get0_notBefore(x)), fin = asn1_instant(X509_get0_notAfter(x));
    char t[INSTANT_TEXTE_MAX];
    certificat_decrire(x, &l->s->vue);
    if (X509_check_private_key(x, l->s->cle) != 1)
        return refuser(l, fichier, "le certificat n'est pas celui de la clé");
    if (instant_cmp(quand, debut) >= 0 && instant_cmp(quand, fin) <= 0)
        return true;
    struct diag *d = diag_erreur(l->diags, E_CLE, "le certificat n'est pas valable aujourd'hui");
    diag_trouve(d, "%s %s", instant_cmp(quand, debut) < 0 ? "valable à partir du" : "valable jusqu'au",
                instant_fr(instant_cmp(quand, debut) < 0 ? debut : fin, t));
    diag_lieu(d, &(struct lieu){.fichier = fichier});
    return false;
}

static bool lire_mot(struct lecture_cle *l, const char *chemin)
{
    if (chemin == NULL)
        return true;
    if (!fichier_lire(chemin, FICHIER_LIENS_SUIVIS, 4096, &l->mot, l->diags))
        return false;
    l->mot.len = l->mot.len == 0 ? 0 : strcspn(l->mot.bytes, "\r\n");
    if (l->mot.len > 0)
        l->mot.bytes[l->mot.len] = '\0';
    return true;
}

static void effacer(struct buffer *b)
{
    if (b->bytes != NULL)
        OPENSSL_cleanse(b->bytes, b->cap);
    buffer_free(b);
}

struct signataire *signataire_charger(const char *cle, const char *certificat, const char *mot_de_passe_fichier, struct instant quand,
                                      struct diag_liste *diags)
{
    struct lecture_cle l = {.cle = cle, .certificat = certificat, .diags = diags};
    openssl_preparer();
    l.s = memoire_calloc(1, sizeof *l.s);
    bool ok = fichier_lire(cle, FICHIER_LIENS_SUIVIS, FICHIER_MAX, &l.octets, diags);
    ok = lire_mot(&l, mot_de_passe_fichier) && ok;
    if (ok) {
        const bool pem = l.octets.len > 0 && strstr(l.octets.bytes, "-----BEGIN ") != NULL;
        ok = (pem ? lire_pem(&l) : lire_pkcs12(&l)) && lire_certificat(&l, pem) && convient(&l, quand);
    }
    effacer(&l.octets);
    effacer(&l.mot);
    if (ok)
        return l.s;
    signataire_free(l.s);
    return NULL;
}

void signataire_free(struct signataire *s)
{
    if (s == NULL)
        return;
    EVP_PKEY_free(s->cle);
    X509_free(s->certificat);
    sk_X509_pop_free(s->chaine, X509_free);
    memoire_free(s);
}

const struct signature_vue *signataire_vue(const struct signataire *s)
{
    return &s->vue;
}
