#include "config.h" /* large files */

#include "formats/paquet.h"
#include "formats/zlib_memoire.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include "noyau/fichier.h"
#include "noyau/memoire.h"
#include "noyau/texte.h"

#define FIN 22u
#define REPERTOIRE 46u
#define LOCAL 30u
#define COMMENTAIRE_MAX 65535u
#define ENTREES_MAX 4096u
#define REPERTOIRE_MAX (UINT32_C(4) << 20)
#define TAILLE_MAX (INT64_C(256) << 20)
#define GONFLE_SEUIL (UINT64_C(32) << 20)
#define GONFLE_RAPPORT 400u
#define TRANCHE ((size_t)64 << 10)

struct entree {
    size_t nom;                 /* in `noms` */
    uint64_t position, stocke, taille;
    uint32_t crc, methode, drapeaux;
};
struct paquet {
    const char *chemin;
    int fd;
    uint64_t taille;
    struct buffer noms;
    struct entree *entrees;
    size_t n;
};

static uint32_t u16(const unsigned char *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8; }
static uint32_t u32(const unsigned char *p) { return u16(p) | u16(p + 2) << 16; }

static struct diag *faute(const struct paquet *p, struct diag_liste *diags, enum erreur_code c, const char *texte)
{
    struct diag *d = diag_erreur(diags, c, "%s", texte);
    diag_lieu(d, &(struct lieu){.fichier = p->chemin});
    return d;
}

static bool lire_a(const struct paquet *p, uint64_t position, void *out, size_t len)
{
    char *o = out;
    while (len > 0) {
        const ssize_t n = pread(p->fd, o, len, (off_t)position);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        o += n;
        len -= (size_t)n;
        position += (uint64_t)n;
    }
    return true;
}

/* --- the directory ------------------------------------------------------------------------------------------------ */

/* The end of the directory, behind a comment perhaps. False when there is none. */
static bool trouver_fin(const struct paquet *p, unsigned char fin[FIN])
{
    const size_t n = p->taille < FIN + COMMENTAIRE_MAX ? (size_t)p->taille : FIN + COMMENTAIRE_MAX;
    unsigned char *b = memoire_alloc(n + 1);
    bool la = false;
    if (n >= FIN && lire_a(p, p->taille - n, b, n))
        for (size_t i = n - FIN + 1; i-- > 0 && !la;)
            if (u32(b + i) == 0x06054b50 && i + FIN + u16(b + i + 20) == n) {
                memcpy(fin, b + i, FIN);
                la = true;
            }
    memoire_free(b);
    return la;
}

/* One entry of the directory; its length, 0 when it does not hold together. */
static size_t prendre(struct paquet *p, const unsigned char *h, size_t reste)
{
    if (reste < REPERTOIRE || u32(h) != 0x02014b50)
        return 0;
    const size_t nom = u16(h + 28), total = REPERTOIRE + nom + u16(h + 30) + u16(h + 32);
    if (total > reste)
        return 0;
    struct entree *e = &p->entrees[p->n++];
    *e = (struct entree){.nom = p->noms.len, .position = u32(h + 42), .stocke = u32(h + 20), .taille = u32(h + 24), .crc = u32(h + 16),
                         .methode = u16(h + 10), .drapeaux = u16(h + 8)};
    for (size_t i = 0; i < nom; i++) {
        char c = (char)h[REPERTOIRE + i];
        c = c == '\\' ? '/' : c == '\0' ? '?' : c;
        buffer_putc(&p->noms, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    buffer_putc(&p->noms, '\0');
    return total;
}

static bool lire_repertoire(struct paquet *p, struct diag_liste *diags)
{
    unsigned char fin[FIN];
    if (!trouver_fin(p, fin)) {
        faute(p, diags, E_CLASSEUR, "le classeur est tronqué ou abîmé");
        return false;
    }
    const uint32_t n = u16(fin + 10), taille = u32(fin + 12), position = u32(fin + 16);
    if (n > ENTREES_MAX || taille > REPERTOIRE_MAX) {
        diag_trouve(faute(p, diags, E_ZIP_LIMITE, "trop d'entrées dans le classeur"), "%u entrées", n);
        return false;
    }
    bool ok = (uint64_t)position + taille <= p->taille && u16(fin + 4) == 0;
    unsigned char *b = memoire_alloc((size_t)taille + 1);
    p->entrees = memoire_calloc((size_t)n + 1, sizeof *p->entrees);
    ok = ok && lire_a(p, position, b, taille);
    size_t ou = 0;
    for (uint32_t i = 0; ok && i < n; i++) {
        const size_t pris = prendre(p, b + ou, taille - ou);
        ok = pris > 0;
        ou += pris;
    }
    memoire_free(b);
    if (!ok)
        faute(p, diags, E_CLASSEUR, "le répertoire du classeur ne correspond pas au fichier");
    return ok;
}

struct paquet *paquet_ouvrir(const char *chemin, struct diag_liste *diags)
{
    int64_t taille = 0;
    const int fd = fichier_ouvrir(chemin, FICHIER_LIENS_SUIVIS, &taille, diags);
    if (fd < 0)
        return NULL;
    struct paquet *p = memoire_calloc(1, sizeof *p);
    *p = (struct paquet){.chemin = chemin, .fd = fd, .taille = (uint64_t)taille};
    bool ok = taille <= TAILLE_MAX;
    if (!ok)
        diag_attendu(faute(p, diags, E_TROP_GROS, "classeur trop volumineux"), "au plus %lld Mo", (long long)(TAILLE_MAX >> 20));
    if (ok && lire_repertoire(p, diags))
        return p;
    paquet_fermer(p);
    return NULL;
}

void paquet_fermer(struct paquet *p)
{
    if (p == NULL)
        return;
    close(p->fd);
    buffer_free(&p->noms);
    memoire_free(p->entrees);
    memoire_free(p);
}

/* Number of entries of that name; the last one in `*out`. */
static unsigned chercher(const struct paquet *p, const char *nom, const struct entree **out)
{
    unsigned n = 0;
    while (*nom == '/')
        nom++;
    for (size_t i = 0; i < p->n; i++) {
        const char *a = p->noms.bytes + p->entrees[i].nom, *b = nom;
        while (*a != '\0' && (*b >= 'A' && *b <= 'Z' ? (char)(*b - 'A' + 'a') : *b) == *a)
            a++, b++;
        if (*a != '\0' || *b != '\0')
            continue;
        n++;
        *out = &p->entrees[i];
    }
    return n;
}

bool paquet_contient(const struct paquet *p, const char *nom)
{
    const struct entree *e;
    return chercher(p, nom, &e) > 0;
}

/* --- one part ------------------------------------------------------------------------------------------------------ */

struct lecture {
    struct paquet *p;
    const struct entree *e;
    const char *nom;
    uint64_t max, produit, position, reste; /* bytes given; where to read, how many are left */
    uint32_t crc;
    bool arretee;
    paquet_morceau *morceau;
    void *ctx;
    struct diag_liste *diags;
    unsigned char brut[TRANCHE], clair[TRANCHE];
};

static bool refuser(struct lecture *l, enum erreur_code c, const char *texte)
{
    diag_trouve(faute(l->p, l->diags, c, texte), "%s", l->nom);
    return false;
}

/* Gives `len` bytes of `octets` to the caller. */
static bool donner(struct lecture *l, const unsigned char *octets, size_t len)
{
    l->produit += len;
    if (l->produit > l->max) {
        diag_attendu(faute(l->p, l->diags, E_TROP_GROS, "classeur trop volumineux une fois décompressé"), "au plus %llu Mo ; au-delà, un CSV",
                     (unsigned long long)(l->max >> 20));
        return false;
    }
    if (l->produit > GONFLE_SEUIL && l->produit / GONFLE_RAPPORT > l->e->stocke)
        return refuser(l, E_ZIP_LIMITE, "le classeur gonfle sans mesure à la décompression");
    if (l->produit > l->e->taille)
        return refuser(l, E_CLASSEUR, "une partie du classeur est plus longue qu'annoncé");
    l->crc = (uint32_t)crc32(l->crc, octets, (uInt)len);
    l->arretee = len > 0 && !l->morceau(l->ctx, octets, len);
    return true;
}

static bool remplir(struct lecture *l, size_t *n)
{
    *n = l->reste < TRANCHE ? (size_t)l->reste : TRANCHE;
    if (!lire_a(l->p, l->position, l->brut, *n))
        return refuser(l, E_CLASSEUR, "le classeur est tronqué");
    l->position += *n;
    l->reste -= *n;
    return true;
}

static bool lire_stocke(struct lecture *l)
{
    size_t n;
    while (l->reste > 0 && !l->arretee)
        if (!remplir(l, &n) || !donner(l, l->brut, n))
            return false;
    return true;
}

static bool inflater(struct lecture *l, z_stream *z)
{
    int rc = Z_OK;
    while (rc != Z_STREAM_END && !l->arretee) {
        size_t n = 0;
        if (z->avail_in == 0 && l->reste > 0) {
            if (!remplir(l, &n))
                return false;
            z->next_in = l->brut;
            z->avail_in = (uInt)n;
        }
        z->next_out = l->clair;
        z->avail_out = (uInt)TRANCHE;
        rc = inflate(z, Z_NO_FLUSH);
        const size_t fait = TRANCHE - z->avail_out;
        if ((rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR) || (fait == 0 && rc != Z_STREAM_END && z->avail_in == 0 && l->reste == 0))
            return refuser(l, E_CLASSEUR, "une partie du classeur ne se décompresse pas");
        if (!donner(l, l->clair, fait))
            return false;
    }
    return true;
}

static bool lire_deflate(struct lecture *l)
{
    z_stream z = {.zalloc = z_alloc, .zfree = z_libere};
    if (inflateInit2(&z, -15) != Z_OK)
        memoire_epuisee();
    const bool ok = inflater(l, &z);
    inflateEnd(&z);
    return ok;
}

/* The local header only tells how long it is. */
static bool situer(struct lecture *l)
{
    unsigned char h[LOCAL];
    if (l->e->position + LOCAL > l->p->taille || !lire_a(l->p, l->e->position, h, LOCAL) || u32(h) != 0x04034b50)
        return refuser(l, E_CLASSEUR, "une partie du classeur n'est pas où le répertoire la met");
    l->position = l->e->position + LOCAL + u16(h + 26) + u16(h + 28);
    l->reste = l->e->stocke;
    if (l->position > l->p->taille || l->reste > l->p->taille - l->position)
        return refuser(l, E_CLASSEUR, "le classeur est tronqué");
    return true;
}

static bool lire_entree(struct lecture *l)
{
    if (l->e->drapeaux & 0x2041)
        return refuser(l, E_CLASSEUR, "le classeur est protégé par un mot de passe");
    if (l->e->methode != 0 && l->e->methode != 8)
        return refuser(l, E_CLASSEUR, "le classeur est compressé d'une façon inconnue");
    if (!situer(l) || !(l->e->methode == 0 ? lire_stocke(l) : lire_deflate(l)))
        return false;
    if (!l->arretee && (l->produit != l->e->taille || l->crc != l->e->crc))
        return refuser(l, E_CLASSEUR, "une partie du classeur est altérée");
    return true;
}

bool paquet_lire(struct paquet *p, const char *nom, uint64_t max, paquet_morceau *morceau, void *ctx, struct diag_liste *diags)
{
    struct lecture *l = memoire_calloc(1, sizeof *l);
    l->p = p;
    l->nom = nom;
    l->max = max;
    l->morceau = morceau;
    l->ctx = ctx;
    l->diags = diags;
    const unsigned n = chercher(p, nom, &l->e);
    const bool ok = n == 0   ? refuser(l, E_CLASSEUR, "il manque une partie du classeur")
                    : n == 1 ? lire_entree(l)
                             : refuser(l, E_CLASSEUR, "une partie du classeur est donnée deux fois");
    memoire_free(l);
    return ok;
}

bool paquet_empreinte(struct paquet *p, struct empreinte *out, struct diag_liste *diags)
{
    struct empreinte_ctx *sha = empreinte_debut();
    unsigned char *b = memoire_alloc(TRANCHE);
    bool ok = true;
    for (uint64_t i = 0; ok && i < p->taille; i += TRANCHE) {
        const size_t n = p->taille - i < TRANCHE ? (size_t)(p->taille - i) : TRANCHE;
        ok = lire_a(p, i, b, n);
        if (ok)
            empreinte_ajouter(sha, b, n);
    }
    memoire_free(b);
    *out = empreinte_fin(sha);
    if (!ok)
        faute(p, diags, E_LECTURE, "le classeur ne se lit pas jusqu'au bout");
    return ok;
}
