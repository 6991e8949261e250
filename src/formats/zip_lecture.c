/* Strict reading of a ZIP. The directory is trusted for nothing: every number in it is bounded, and must agree with the
 * place of the bytes. */
#include "config.h" /* large files */

#include "formats/zip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include "noyau/fichier.h"
#include "noyau/memoire.h"
#include "noyau/texte.h"
#include "noyau/tri.h"

#define FIN 22u          /* end of central directory */
#define FIN64 56u        /* the same, zip64 */
#define RENVOI64 20u     /* its locator */
#define REPERTOIRE 46u   /* one entry of the directory, without its name */
#define LOCAL 30u        /* header before the bytes, without the name */
#define EXTRA64 12u      /* zip64 extra: the position alone */
#define SATURE32 UINT32_C(0xffffffff)
#define DRAPEAU_UTF8 0x0800u

struct zip_lecteur {
    const char *chemin;
    int fd;
    uint64_t taille;
    struct buffer noms;
    struct zip_entree *entrees;
    uint16_t *drapeaux;
    uint32_t n;
};

/* Where the directory is. */
struct repertoire {
    uint64_t n, taille, position;
    uint64_t fin; /* bytes after it */
};

static uint32_t u16(const unsigned char *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8; }
static uint32_t u32(const unsigned char *p) { return u16(p) | u16(p + 2) << 16; }
static uint64_t u64(const unsigned char *p) { return (uint64_t)u32(p) | (uint64_t)u32(p + 4) << 32; }

static struct diag *fault(const struct zip_lecteur *z, struct diag_liste *diags, enum erreur_code c, const char *what)
{
    struct diag *d = diag_erreur(diags, c, "%s", what);
    diag_lieu(d, &(struct lieu){.fichier = z->chemin});
    return d;
}

/* Exactly `len` bytes at `position`. */
static bool read_at(const struct zip_lecteur *z, uint64_t position, void *out, size_t len)
{
    char *p = out;
    while (len > 0) {
        ssize_t n = pread(z->fd, p, len, (off_t)position);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p += n;
        len -= (size_t)n;
        position += (uint64_t)n;
    }
    return true;
}

static bool find_directory64(const struct zip_lecteur *z, const unsigned char *end, struct repertoire *r)
{
    unsigned char b[FIN64 + RENVOI64];
    if (z->taille < FIN + sizeof b || !read_at(z, z->taille - FIN - sizeof b, b, sizeof b))
        return false;
    const unsigned char *locator = b + FIN64;
    if (u32(locator) != 0x07064b50 || u32(locator + 4) != 0 || u64(locator + 8) != z->taille - FIN - sizeof b
        || u32(locator + 16) != 1 || u32(b) != 0x06064b50 || u64(b + 4) != FIN64 - 12 || u32(b + 16) != 0 || u32(b + 20) != 0
        || u64(b + 24) != u64(b + 32))
        return false;
    *r = (struct repertoire){.n = u64(b + 32), .taille = u64(b + 40), .position = u64(b + 48), .fin = FIN + sizeof b};
    /* The old record says the same, or that it cannot. */
    return (u16(end + 10) == 0xffff || u16(end + 10) == r->n) && (u32(end + 12) == SATURE32 || u32(end + 12) == r->taille)
        && (u32(end + 16) == SATURE32 || u32(end + 16) == r->position);
}

static bool has_locator(const struct zip_lecteur *z)
{
    unsigned char b[4];
    return z->taille >= FIN + RENVOI64 && read_at(z, z->taille - FIN - RENVOI64, b, 4) && u32(b) == 0x07064b50;
}

static bool find_directory(const struct zip_lecteur *z, struct repertoire *r, struct diag_liste *diags)
{
    unsigned char b[FIN];
    if (z->taille < FIN || !read_at(z, z->taille - FIN, b, FIN) || u32(b) != 0x06054b50 || u16(b + 20) != 0) {
        struct diag *d = fault(z, diags, E_ZIP_FORME, "ce n'est pas une archive ZIP, ou elle est tronquée ou suivie d'autres octets");
        diag_attendu(d, "une archive qui finit par son répertoire");
        return false;
    }
    bool ok = u16(b + 4) == 0 && u16(b + 6) == 0 && u16(b + 8) == u16(b + 10);
    if (ok && has_locator(z))
        ok = find_directory64(z, b, r);
    else
        *r = (struct repertoire){.n = u16(b + 10), .taille = u32(b + 12), .position = u32(b + 16), .fin = FIN};
    /* No sum of these may wrap: each is compared with the size of the file first. */
    ok = ok && r->taille <= z->taille && r->position <= z->taille && r->position + r->taille + r->fin == z->taille;
    if (!ok)
        fault(z, diags, E_ZIP_FORME, "le répertoire de l'archive ne correspond pas au fichier");
    return ok;
}

/* --- entries --- */

static const char *bad_name(const char *name, size_t len)
{
    if (len == 0 || len > ZIP_NOM_MAX)
        return "nom vide ou trop long";
    for (size_t i = 0; i < len; i++)
        if (name[i] < 0x20 || name[i] > 0x7e || name[i] == '\\' || name[i] == ':')
            return "caractère interdit dans le nom";
    if (name[0] == '/')
        return "nom absolu";
    if (name[len - 1] == '/')
        return "c'est un dossier";
    for (size_t i = 0; i < len;) {
        const char *slash = memchr(name + i, '/', len - i);
        size_t part = slash ? (size_t)(slash - name) - i : len - i;
        if (part == 0 || (part == 1 && name[i] == '.') || (part == 2 && name[i] == '.' && name[i + 1] == '.'))
            return "le nom sort du dossier";
        i += part + 1;
    }
    return NULL;
}

static const char *bad_entry(const unsigned char *h)
{
    uint32_t flags = u16(h + 8), mode = u32(h + 38) >> 16, type = mode & S_IFMT;
    if (flags & 0x2041)
        return "entrée chiffrée";
    if (u16(h + 10) != 0)
        return "entrée compressée";
    if (flags & ~DRAPEAU_UTF8)
        return "entrée sans taille annoncée, ou d'une forme inconnue";
    if (u32(h + 20) != u32(h + 24))
        return "taille stockée et taille annoncée différentes";
    if (type == S_IFLNK)
        return "lien symbolique";
    if ((type != S_IFREG && type != 0) || (u32(h + 38) & 0x10))
        return "dossier ou fichier spécial";
    return NULL;
}

static void entry_fault(const struct zip_lecteur *z, struct diag_liste *diags, enum erreur_code c, const char *what,
                        const char *name, size_t len)
{
    struct diag *d = fault(z, diags, c, what);
    diag_trouve(d, "« %.*s »", (int)(len > ZIP_NOM_MAX ? ZIP_NOM_MAX : len), name);
}

/* One entry of the directory at `h`, `left` bytes; its length, or 0 when the directory does not hold together. */
static size_t take_entry(struct zip_lecteur *z, const unsigned char *h, size_t left, uint64_t expected, uint64_t *fautes,
                         struct diag_liste *diags)
{
    if (left < REPERTOIRE || u32(h) != 0x02014b50)
        return 0;
    size_t name_len = u16(h + 28), extra_len = u16(h + 30);
    const unsigned char *extra = h + REPERTOIRE + name_len;
    uint64_t position = u32(h + 42);
    if (u16(h + 34) != 0 || left - REPERTOIRE < name_len + extra_len)
        return 0;
    if (extra_len == EXTRA64 && position == SATURE32 && u16(extra) == 1 && u16(extra + 2) == 8)
        position = u64(extra + 4);
    else if (extra_len != 0 || u16(h + 32) != 0) {
        entry_fault(z, diags, E_ZIP_ENTREE, "l'archive a été refaite par un autre programme : champ ou commentaire ajouté",
                    (const char *)h + REPERTOIRE, name_len);
        return 0;
    }
    if (position != expected || u32(h + 20) == SATURE32 || u32(h + 24) == SATURE32)
        return 0;
    const char *name = (const char *)h + REPERTOIRE;
    const char *wrong_name = bad_name(name, name_len), *wrong = bad_entry(h);
    if (wrong_name)
        entry_fault(z, diags, E_ZIP_NOM, wrong_name, name, name_len);
    if (wrong)
        entry_fault(z, diags, E_ZIP_ENTREE, wrong, name, name_len);
    *fautes += (wrong_name ? 1u : 0u) + (wrong ? 1u : 0u);
    z->drapeaux[z->n] = (uint16_t)u16(h + 8);
    z->entrees[z->n++] = (struct zip_entree){
        .nom = (const char *)(uintptr_t)z->noms.len, /* offset until all names are in */
        .taille = u32(h + 20), .position = position, .crc = u32(h + 16), .lisible = !wrong_name && !wrong,
    };
    buffer_append(&z->noms, name, name_len);
    buffer_putc(&z->noms, '\0');
    return REPERTOIRE + name_len + extra_len;
}

static bool take_entries(struct zip_lecteur *z, const struct repertoire *r, const unsigned char *bytes, uint64_t *fautes,
                         struct diag_liste *diags)
{
    uint64_t expected = 0;
    size_t at = 0;
    for (uint64_t i = 0; i < r->n; i++) {
        uint64_t told = diags->total;
        size_t n = take_entry(z, bytes + at, (size_t)r->taille - at, expected, fautes, diags);
        if (n == 0 && diags->total > told)
            return false;
        if (n == 0) {
            struct diag *d = fault(z, diags, E_ZIP_FORME, "le répertoire de l'archive ne correspond pas à son contenu");
            diag_trouve(d, "entrée %llu", (unsigned long long)i + 1);
            return false;
        }
        at += n;
        expected += LOCAL + u16(bytes + at - n + 28) + z->entrees[i].taille;
    }
    if (at != r->taille || expected != r->position) {
        fault(z, diags, E_ZIP_FORME, "l'archive contient des octets que son répertoire ne nomme pas");
        return false;
    }
    for (uint32_t i = 0; i < z->n; i++)
        z->entrees[i].nom = z->noms.bytes + (uintptr_t)z->entrees[i].nom;
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct zip_entree *const *x = a, *const *y = b;
    int c = strcmp((*x)->nom, (*y)->nom);
    return c ? c : ((*x)->position > (*y)->position) - ((*x)->position < (*y)->position);
}

static void find_duplicates(struct zip_lecteur *z, uint64_t *fautes, struct diag_liste *diags)
{
    struct zip_entree **sorted = memoire_calloc(z->n, sizeof *sorted);
    for (uint32_t i = 0; i < z->n; i++)
        sorted[i] = &z->entrees[i];
    trier_liste(sorted, z->n, sizeof *sorted, by_name);
    for (uint32_t i = 1; i < z->n; i++) {
        if (strcmp(sorted[i - 1]->nom, sorted[i]->nom) != 0)
            continue;
        entry_fault(z, diags, E_ZIP_DOUBLON, "deux entrées du même nom", sorted[i]->nom, strlen(sorted[i]->nom));
        sorted[i]->lisible = false;
        ++*fautes;
    }
    memoire_free(sorted);
}

static bool load(struct zip_lecteur *z, uint32_t max, uint64_t *fautes, struct diag_liste *diags)
{
    struct repertoire r;
    if (!find_directory(z, &r, diags))
        return false;
    if (r.n > max || r.taille > r.n * (REPERTOIRE + ZIP_NOM_MAX + EXTRA64)) {
        struct diag *d = fault(z, diags, E_ZIP_LIMITE, "trop d'entrées, ou des noms trop longs");
        diag_trouve(d, "%llu entrées", (unsigned long long)r.n);
        diag_attendu(d, "au plus %u, de %u octets de nom", (unsigned)max, ZIP_NOM_MAX);
        return false;
    }
    unsigned char *bytes = memoire_alloc((size_t)r.taille);
    z->entrees = memoire_calloc((size_t)r.n, sizeof *z->entrees);
    z->drapeaux = memoire_calloc((size_t)r.n, sizeof *z->drapeaux);
    bool ok = read_at(z, r.position, bytes, (size_t)r.taille);
    if (!ok)
        fault(z, diags, E_LECTURE, "l'archive ne se lit pas jusqu'au bout");
    ok = ok && take_entries(z, &r, bytes, fautes, diags);
    memoire_free(bytes);
    if (ok)
        find_duplicates(z, fautes, diags);
    return ok;
}

struct zip_lecteur *zip_lecteur_ouvrir(const char *chemin, uint32_t max_entrees, uint64_t *fautes, struct diag_liste *diags)
{
    int64_t size;
    int fd = fichier_ouvrir(chemin, FICHIER_LIENS_SUIVIS, &size, diags);
    if (fd < 0)
        return NULL;
    struct zip_lecteur *z = memoire_calloc(1, sizeof *z);
    *z = (struct zip_lecteur){.chemin = chemin, .fd = fd, .taille = (uint64_t)size};
    if (load(z, max_entrees, fautes, diags))
        return z;
    zip_lecteur_fermer(z);
    return NULL;
}

void zip_lecteur_fermer(struct zip_lecteur *z)
{
    if (!z)
        return;
    close(z->fd);
    buffer_free(&z->noms);
    memoire_free(z->entrees);
    memoire_free(z->drapeaux);
    memoire_free(z);
}

uint32_t zip_lecteur_nombre(const struct zip_lecteur *z)
{
    return z->n;
}

const struct zip_entree *zip_lecteur_entree(const struct zip_lecteur *z, uint32_t rang)
{
    return &z->entrees[rang];
}

/* The header before the bytes must say what the directory says: readers differ in which of the two they believe. */
static bool same_header(const struct zip_lecteur *z, uint32_t rang)
{
    const struct zip_entree *e = &z->entrees[rang];
    size_t name_len = strlen(e->nom);
    unsigned char h[LOCAL + ZIP_NOM_MAX];
    return read_at(z, e->position, h, LOCAL + name_len) && u32(h) == 0x04034b50 && u16(h + 6) == z->drapeaux[rang]
        && u16(h + 8) == 0 && u32(h + 14) == e->crc && u32(h + 18) == e->taille && u32(h + 22) == e->taille
        && u16(h + 26) == name_len && u16(h + 28) == 0 && memcmp(h + LOCAL, e->nom, name_len) == 0;
}

enum zip_lecture zip_lecteur_lire(struct zip_lecteur *z, uint32_t rang, zip_morceau *morceau, void *ctx,
                                  struct diag_liste *diags)
{
    const struct zip_entree *e = &z->entrees[rang];
    if (!e->lisible)
        return ZIP_FAUTE;
    if (!same_header(z, rang)) {
        entry_fault(z, diags, E_ZIP_FORME, "l'en-tête de l'entrée ne correspond pas au répertoire", e->nom, strlen(e->nom));
        return ZIP_FAUTE;
    }
    static char chunk[64u << 10];
    uint64_t position = e->position + LOCAL + strlen(e->nom), left = e->taille;
    uLong crc = crc32(0, NULL, 0);
    while (left > 0) {
        size_t n = left < sizeof chunk ? (size_t)left : sizeof chunk;
        if (!read_at(z, position, chunk, n)) {
            entry_fault(z, diags, E_LECTURE, "l'entrée ne se lit pas jusqu'au bout", e->nom, strlen(e->nom));
            return ZIP_FAUTE;
        }
        crc = crc32(crc, (const Bytef *)chunk, (uInt)n);
        if (!morceau(ctx, chunk, n))
            return ZIP_ARRETEE;
        position += n;
        left -= n;
    }
    return crc == e->crc ? ZIP_LUE : ZIP_ALTEREE;
}

bool zip_lecteur_empreinte(struct zip_lecteur *z, struct empreinte *out, struct diag_liste *diags)
{
    static char chunk[64u << 10];
    struct empreinte_ctx *c = empreinte_debut();
    bool ok = true;
    for (uint64_t at = 0; ok && at < z->taille;) {
        size_t n = z->taille - at < sizeof chunk ? (size_t)(z->taille - at) : sizeof chunk;
        ok = read_at(z, at, chunk, n);
        empreinte_ajouter(c, chunk, ok ? n : 0);
        at += n;
    }
    *out = empreinte_fin(c);
    if (!ok)
        fault(z, diags, E_LECTURE, "l'archive ne se lit pas jusqu'au bout");
    return ok;
}
