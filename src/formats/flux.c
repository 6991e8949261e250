#include "formats/flux.h"
#include "formats/zlib_memoire.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include "noyau/fichier.h"
#include "noyau/memoire.h"

#define FENETRE ((size_t)256 * 1024)
#define PAS_PROGRESSION (INT64_C(1) << 20)

struct flux {
    char *chemin;
    int fd;
    bool gzip, fin, faute;
    int64_t taille, lu;     /* bytes on disk: announced, read */
    int64_t max, produit;   /* decompressed bytes: bound, given */
    int64_t annonce;        /* next call of the progression */
    const struct progression *progression;
    struct empreinte_ctx *sha;
    struct empreinte empreinte;
    unsigned char *brut;    /* gzip only: bytes of the file not inflated yet */
    z_stream z;
    bool membre;            /* inside a gzip member */
    char *fenetre;
    size_t debut, fin_fenetre, cap;
    size_t vu;              /* bytes from `debut` known to hold no LF */
    uint64_t numero;
};

static struct diag *faute(struct flux *f, struct diag_liste *diags, enum erreur_code c, const char *texte)
{
    f->faute = true;
    struct diag *d = diag_erreur(diags, c, "%s", texte);
    diag_lieu(d, &(struct lieu){.fichier = f->chemin, .ligne = f->numero + 1});
    return d;
}

/* One read() of the file: hashed, counted, compared with the announced size. Count, 0 at the end, −1 on a fault. */
static int64_t lire_brut(struct flux *f, void *octets, size_t len, struct diag_liste *diags)
{
    int64_t n = fichier_read(f->fd, octets, len);
    if (n < 0) {
        faute(f, diags, E_LECTURE, "le fichier ne se lit pas jusqu'au bout");
        return -1;
    }
    f->lu += n;
    if (n == 0 ? f->lu < f->taille : f->lu > f->taille) {
        struct diag *d = faute(f, diags, E_CHANGE, "le fichier a changé pendant la lecture");
        diag_trouve(d, n == 0 ? "%lld octets, puis la fin" : "au moins %lld octets", (long long)f->lu);
        diag_attendu(d, "%lld octets, sa taille à l'ouverture", (long long)f->taille);
        return -1;
    }
    empreinte_ajouter(f->sha, octets, (size_t)n);
    if (n > 0 && f->progression != NULL && (f->lu >= f->annonce || f->lu == f->taille)) {
        f->annonce = f->lu + PAS_PROGRESSION;
        f->progression->avance(f->progression->ctx, f->lu, f->taille);
    }
    return n;
}

/* Starts a member; what follows a member must be another one. */
static bool membre_debut(struct flux *f, struct diag_liste *diags)
{
    if (f->z.next_in[0] != 0x1f) {
        faute(f, diags, E_GZIP, "octets étrangers après la fin des données compressées");
        return false;
    }
    f->membre = true;
    return inflateReset(&f->z) == Z_OK;
}

/* Decompressed bytes into the window. Count, 0 at the end, −1 on a fault. */
static int64_t inflater(struct flux *f, char *out, size_t place, struct diag_liste *diags)
{
    f->z.next_out = (Bytef *)out;
    f->z.avail_out = (uInt)place;
    while (f->z.avail_out == place) {
        if (f->z.avail_in == 0) {
            int64_t n = lire_brut(f, f->brut, FENETRE, diags);
            if (n < 0) return -1;
            if (n == 0 && !f->membre) return 0;
            if (n == 0) {
                faute(f, diags, E_GZIP, "fichier gzip tronqué : la fin manque");
                return -1;
            }
            f->z.next_in = f->brut;
            f->z.avail_in = (uInt)n;
        }
        if (!f->membre && !membre_debut(f, diags)) return -1;
        int rc = inflate(&f->z, Z_NO_FLUSH);
        if (rc == Z_STREAM_END) {
            f->membre = false;
        } else if (rc != Z_OK && rc != Z_BUF_ERROR) {
            struct diag *d = faute(f, diags, E_GZIP, "fichier gzip abîmé");
            diag_trouve(d, "%s", f->z.msg != NULL ? f->z.msg : "données incohérentes");
            return -1;
        }
    }
    return (int64_t)(place - f->z.avail_out);
}

/* More bytes at the end of the window, which is compacted or grown first. Count, 0 at the end, −1 on a fault. */
static int64_t remplir(struct flux *f, struct diag_liste *diags)
{
    size_t reste = f->fin_fenetre - f->debut;
    if (f->debut > 0) {
        memmove(f->fenetre, f->fenetre + f->debut, reste);
        f->debut = 0;
        f->fin_fenetre = reste;
    }
    if (f->cap - reste < FENETRE / 2) f->fenetre = memoire_grow(f->fenetre, &f->cap, f->cap + FENETRE, 1);
    char *ou = f->fenetre + reste;
    int64_t n = f->gzip ? inflater(f, ou, f->cap - reste, diags) : lire_brut(f, ou, f->cap - reste, diags);
    if (n == 0) f->fin = true;
    if (n <= 0) return n;
    f->produit += n;
    f->fin_fenetre += (size_t)n;
    if (f->produit > f->max) {
        struct diag *d = faute(f, diags, E_TROP_GROS, "contenu trop volumineux une fois décompressé");
        diag_attendu(d, "au plus %lld octets", (long long)f->max);
        return -1;
    }
    return n;
}

/* The first bytes tell a gzip file: they move to the compressed side. */
static bool reconnaitre_gzip(struct flux *f)
{
    if (f->fin_fenetre < 2 || memcmp(f->fenetre, "\x1f\x8b", 2) != 0) return true;
    f->gzip = true;
    f->brut = memoire_alloc(f->cap);
    memcpy(f->brut, f->fenetre, f->fin_fenetre);
    f->z.zalloc = z_alloc;
    f->z.zfree = z_libere;
    f->z.next_in = f->brut;
    f->z.avail_in = (uInt)f->fin_fenetre;
    f->fin_fenetre = 0;
    f->produit = 0;
    f->membre = true;
    return inflateInit2(&f->z, 15 + 16) == Z_OK;
}

struct flux *flux_ouvrir(const char *chemin, int64_t max, const struct progression *p, struct diag_liste *diags)
{
    int64_t taille = 0;
    int fd = fichier_ouvrir(chemin, FICHIER_LIENS_SUIVIS, &taille, diags);
    if (fd < 0) return NULL;
    if (taille > max) {
        struct diag *d = diag_erreur(diags, E_TROP_GROS, "fichier trop volumineux");
        diag_lieu(d, &(struct lieu){.fichier = chemin});
        diag_trouve(d, "%lld octets", (long long)taille);
        diag_attendu(d, "au plus %lld octets", (long long)max);
        close(fd);
        return NULL;
    }
    struct flux *f = memoire_calloc(1, sizeof *f);
    f->chemin = memoire_strdup(chemin);
    f->fd = fd;
    f->taille = taille;
    f->max = max;
    f->progression = p != NULL && p->avance != NULL ? p : NULL;
    f->sha = empreinte_debut();
    f->fenetre = memoire_grow(NULL, &f->cap, FENETRE, 1);
    if (remplir(f, diags) < 0) {
        flux_fermer(f);
        return NULL;
    }
    if (!reconnaitre_gzip(f)) memoire_epuisee();
    return f;
}

bool flux_apercu(struct flux *f, struct slice *out, struct diag_liste *diags)
{
    while (!f->faute && !f->fin && f->fin_fenetre - f->debut < FLUX_APERCU) {
        if (remplir(f, diags) < 0) return false;
    }
    size_t n = f->fin_fenetre - f->debut;
    *out = (struct slice){f->fenetre + f->debut, n < FLUX_APERCU ? n : FLUX_APERCU};
    return !f->faute;
}

static int ligne_trop_longue(struct flux *f, size_t max_ligne, struct diag_liste *diags)
{
    struct diag *d = faute(f, diags, E_LIGNE_LONGUE, "ligne trop longue");
    diag_attendu(d, "au plus %zu octets par ligne", max_ligne);
    return -1;
}

int flux_ligne(struct flux *f, size_t max_ligne, const char **ligne, size_t *len, struct diag_liste *diags)
{
    for (;;) {
        if (f->faute) return -1;
        const char *p = f->fenetre + f->debut;
        size_t dispo = f->fin_fenetre - f->debut;
        const char *lf = dispo > f->vu ? memchr(p + f->vu, '\n', dispo - f->vu) : NULL;
        size_t n = lf != NULL ? (size_t)(lf - p) : dispo;
        if (lf == NULL && !f->fin) {
            f->vu = dispo;
            if (n > max_ligne + 1) return ligne_trop_longue(f, max_ligne, diags);
            if (remplir(f, diags) < 0) return -1;
            continue;
        }
        f->vu = 0;
        if (lf == NULL && n == 0) return 0;
        f->debut += n + (lf != NULL);
        if (lf != NULL && n > 0 && p[n - 1] == '\r') n--;
        if (n > max_ligne) return ligne_trop_longue(f, max_ligne, diags);
        f->numero++;
        *ligne = p;
        *len = n;
        return 1;
    }
}

int flux_octets(struct flux *f, const char **octets, size_t *len, struct diag_liste *diags)
{
    if (f->faute) return -1;
    if (f->debut == f->fin_fenetre && !f->fin && remplir(f, diags) < 0) return -1;
    *octets = f->fenetre + f->debut;
    *len = f->fin_fenetre - f->debut;
    f->debut = f->fin_fenetre;
    return *len > 0;
}

uint64_t flux_numero(const struct flux *f)
{
    return f->numero;
}

bool flux_est_gzip(const struct flux *f)
{
    return f->gzip;
}

struct empreinte flux_empreinte(struct flux *f)
{
    if (f->sha != NULL) f->empreinte = empreinte_fin(f->sha);
    f->sha = NULL;
    return f->empreinte;
}

void flux_fermer(struct flux *f)
{
    if (f == NULL) return;
    if (f->sha != NULL) (void)empreinte_fin(f->sha);
    if (f->gzip) inflateEnd(&f->z);
    close(f->fd);
    memoire_free(f->brut);
    memoire_free(f->fenetre);
    memoire_free(f->chemin);
    memoire_free(f);
}
