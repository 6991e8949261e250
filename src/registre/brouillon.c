/* SQLite sees a file that it may write; blocks that it writes are kept in memory, over those of the file. */
#include "registre/brouillon.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

#include "noyau/memoire.h"

#define BLOC 16384 /* a page of a registre */

struct brouillon {
    sqlite3_file base;   /* first: what SQLite holds */
    unsigned char **blocs; /* NULL: as in the file */
    size_t n, cap;
    sqlite3_int64 taille; /* −1: that of the file */
    bool ecrit;
};

static sqlite3_vfs *dessous; /* the default one */

static sqlite3_file *vrai(struct brouillon *b)
{
    return (sqlite3_file *)(b + 1);
}

static struct brouillon *de(sqlite3_file *f)
{
    return (struct brouillon *)f;
}

/* --- contents ----------------------------------------------------------------------------------------------------- */

static int f_close(sqlite3_file *f)
{
    struct brouillon *b = de(f);
    for (size_t i = 0; i < b->n; i++)
        memoire_free(b->blocs[i]);
    memoire_free(b->blocs);
    return vrai(b)->pMethods->xClose(vrai(b));
}

/* A part of one block: of memory when it was written, else of the file; zeros past its end. */
static int lire_bloc(struct brouillon *b, size_t rang, size_t debut, size_t n, unsigned char *out)
{
    if (rang < b->n && b->blocs[rang] != NULL) {
        memcpy(out, b->blocs[rang] + debut, n);
        return SQLITE_OK;
    }
    return vrai(b)->pMethods->xRead(vrai(b), out, (int)n, (sqlite3_int64)rang * BLOC + (sqlite3_int64)debut);
}

static int f_read(sqlite3_file *f, void *tampon, int n, sqlite3_int64 ou)
{
    struct brouillon *b = de(f);
    unsigned char *out = tampon;
    int pire = SQLITE_OK;
    for (size_t reste = (size_t)n; reste > 0;) {
        const size_t rang = (size_t)ou / BLOC, debut = (size_t)ou % BLOC, ici = reste < BLOC - debut ? reste : BLOC - debut;
        const int rc = lire_bloc(b, rang, debut, ici, out);
        if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
            return rc;
        pire = rc == SQLITE_OK ? pire : rc;
        out += ici;
        ou += (sqlite3_int64)ici;
        reste -= ici;
    }
    return pire;
}

/* The block in memory, with what the file has in it unless it is about to be written whole. */
static int bloc_prendre(struct brouillon *b, size_t rang, bool entier)
{
    if (rang >= b->n) {
        b->blocs = memoire_grow(b->blocs, &b->cap, rang + 1, sizeof *b->blocs);
        memset(b->blocs + b->n, 0, (rang + 1 - b->n) * sizeof *b->blocs);
        b->n = rang + 1;
    }
    if (b->blocs[rang] != NULL)
        return SQLITE_OK;
    unsigned char *bloc = memoire_calloc(1, BLOC);
    const int rc = entier ? SQLITE_OK : lire_bloc(b, rang, 0, BLOC, bloc);
    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ) {
        memoire_free(bloc);
        return rc;
    }
    b->blocs[rang] = bloc;
    return SQLITE_OK;
}

static int f_size(sqlite3_file *f, sqlite3_int64 *n)
{
    struct brouillon *b = de(f);
    *n = b->taille;
    return b->taille >= 0 ? SQLITE_OK : vrai(b)->pMethods->xFileSize(vrai(b), n);
}

static int f_write(sqlite3_file *f, const void *tampon, int n, sqlite3_int64 ou)
{
    struct brouillon *b = de(f);
    const unsigned char *in = tampon;
    sqlite3_int64 taille;
    int rc = f_size(f, &taille);
    for (size_t reste = (size_t)n; rc == SQLITE_OK && reste > 0;) {
        const size_t rang = (size_t)ou / BLOC, debut = (size_t)ou % BLOC, ici = reste < BLOC - debut ? reste : BLOC - debut;
        rc = bloc_prendre(b, rang, ici == BLOC);
        if (rc == SQLITE_OK)
            memcpy(b->blocs[rang] + debut, in, ici);
        in += ici;
        ou += (sqlite3_int64)ici;
        reste -= ici;
    }
    if (rc != SQLITE_OK)
        return rc;
    b->ecrit = true;
    b->taille = ou > taille ? ou : taille;
    return SQLITE_OK;
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    de(f)->taille = n;
    de(f)->ecrit = true;
    return SQLITE_OK;
}

static int f_sync(sqlite3_file *f, int drapeaux)
{
    (void)f;
    (void)drapeaux;
    return SQLITE_OK;
}

/* --- locks --------------------------------------------------------------------------------------------------------- */

static int f_lock(sqlite3_file *f, int niveau)
{
    return niveau > SQLITE_LOCK_SHARED ? SQLITE_OK : vrai(de(f))->pMethods->xLock(vrai(de(f)), niveau);
}

/* The file must stay as it is under the blocks that cover it. */
static int f_unlock(sqlite3_file *f, int niveau)
{
    return niveau != SQLITE_LOCK_NONE || de(f)->ecrit ? SQLITE_OK : vrai(de(f))->pMethods->xUnlock(vrai(de(f)), niveau);
}

static int f_reserved(sqlite3_file *f, int *n)
{
    return vrai(de(f))->pMethods->xCheckReservedLock(vrai(de(f)), n);
}

/* Nothing passes that could touch the file. */
static int f_control(sqlite3_file *f, int op, void *arg)
{
    return op == SQLITE_FCNTL_LAST_ERRNO || op == SQLITE_FCNTL_HAS_MOVED ? vrai(de(f))->pMethods->xFileControl(vrai(de(f)), op, arg)
                                                                         : SQLITE_NOTFOUND;
}

static int f_sector(sqlite3_file *f)
{
    return vrai(de(f))->pMethods->xSectorSize(vrai(de(f)));
}

static int f_device(sqlite3_file *f)
{
    return vrai(de(f))->pMethods->xDeviceCharacteristics(vrai(de(f)));
}

/* --- the VFS ------------------------------------------------------------------------------------------------------- */

static int v_open(sqlite3_vfs *v, const char *nom, sqlite3_file *f, int drapeaux, int *rendus)
{
    static const sqlite3_io_methods methodes = {
        .iVersion = 1, .xClose = f_close, .xRead = f_read, .xWrite = f_write, .xTruncate = f_truncate, .xSync = f_sync, .xFileSize = f_size,
        .xLock = f_lock, .xUnlock = f_unlock, .xCheckReservedLock = f_reserved, .xFileControl = f_control, .xSectorSize = f_sector,
        .xDeviceCharacteristics = f_device};
    struct brouillon *b = de(f);
    (void)v;
    f->pMethods = NULL;
    if ((drapeaux & SQLITE_OPEN_MAIN_DB) == 0)
        return SQLITE_CANTOPEN; /* its journal is in memory, and what is temporary too */
    memset(b, 0, sizeof *b + (size_t)dessous->szOsFile);
    b->taille = -1;
    const int lire = (drapeaux & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    const int rc = dessous->xOpen(dessous, nom, vrai(b), lire, NULL);
    if (vrai(b)->pMethods != NULL)
        f->pMethods = &methodes;
    if (rendus != NULL)
        *rendus = drapeaux;
    return rc;
}

static int v_delete(sqlite3_vfs *v, const char *nom, int sync)
{
    (void)v;
    (void)nom;
    (void)sync;
    return SQLITE_OK;
}

static int v_access(sqlite3_vfs *v, const char *nom, int quoi, int *out)
{
    (void)v;
    return dessous->xAccess(dessous, nom, quoi, out);
}

static int v_path(sqlite3_vfs *v, const char *nom, int n, char *out)
{
    (void)v;
    return dessous->xFullPathname(dessous, nom, n, out);
}

static int v_random(sqlite3_vfs *v, int n, char *out)
{
    (void)v;
    return dessous->xRandomness(dessous, n, out);
}

static int v_sleep(sqlite3_vfs *v, int us)
{
    (void)v;
    return dessous->xSleep(dessous, us);
}

static int v_error(sqlite3_vfs *v, int n, char *t)
{
    (void)v;
    return dessous->xGetLastError != NULL ? dessous->xGetLastError(dessous, n, t) : 0;
}

const char *brouillon_vfs(void)
{
    static sqlite3_vfs v = {.iVersion = 1, .zName = "sons-brouillon", .xOpen = v_open, .xDelete = v_delete, .xAccess = v_access,
                            .xFullPathname = v_path, .xRandomness = v_random, .xSleep = v_sleep,
                            .xGetLastError = v_error};
    if (dessous == NULL) {
        dessous = sqlite3_vfs_find(NULL);
        v.szOsFile = (int)sizeof(struct brouillon) + dessous->szOsFile;
        v.mxPathname = dessous->mxPathname;
        v.xCurrentTime = dessous->xCurrentTime;
        (void)sqlite3_vfs_register(&v, 0);
    }
    return v.zName;
}
