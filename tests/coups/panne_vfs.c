/* The shim of SQLite's VFS: every method is counted, and one of them is struck. It becomes the default VFS just before the
 * program opens its first connection: earlier would start SQLite before the program has given it its allocator. */
#define _GNU_SOURCE
#include "panne.h"

#include <dlfcn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3_vfs *vrai;

struct fichier {
    sqlite3_file base;
    sqlite3_file *vrai; /* in the same block, just after */
};
#define VRAI(f) (((struct fichier *)(f))->vrai)

/* The draw of a method; a blow replayed alone says which one it strikes. */
static struct coups_sort tirer(const char *methode)
{
    const struct coups_sort s = coups_tirer(COUPS_VFS);
    if (s.frappe && getenv("COUPS_DIRE"))
        fprintf(stderr, "[coup sur %s]\n", methode);
    return s;
}
/* 0 when the call goes through. */
#define SORT(code) (tirer(__func__).frappe ? (code) : 0)

/* The code of a method, or its passage. */
#define PASSER(code, appel)            \
    do {                               \
        const int coup_ = SORT(code);  \
        return coup_ ? coup_ : (appel);\
    } while (0)

static int f_close(sqlite3_file *f)
{
    const int coup = SORT(SQLITE_IOERR_CLOSE), rc = VRAI(f)->pMethods ? VRAI(f)->pMethods->xClose(VRAI(f)) : SQLITE_OK;
    return coup ? coup : rc;
}
static int f_read(sqlite3_file *f, void *b, int n, sqlite3_int64 ou) { PASSER(SQLITE_IOERR_READ, VRAI(f)->pMethods->xRead(VRAI(f), b, n, ou)); }
static int f_write(sqlite3_file *f, const void *b, int n, sqlite3_int64 ou)
{
    const struct coups_sort s = tirer(__func__);
    if (s.frappe)
        return s.rang % 2 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    return VRAI(f)->pMethods->xWrite(VRAI(f), b, n, ou);
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 n) { PASSER(SQLITE_IOERR_TRUNCATE, VRAI(f)->pMethods->xTruncate(VRAI(f), n)); }
static int f_sync(sqlite3_file *f, int drapeaux) { PASSER(SQLITE_IOERR_FSYNC, VRAI(f)->pMethods->xSync(VRAI(f), drapeaux)); }
static int f_size(sqlite3_file *f, sqlite3_int64 *n) { PASSER(SQLITE_IOERR_FSTAT, VRAI(f)->pMethods->xFileSize(VRAI(f), n)); }
static int f_lock(sqlite3_file *f, int niveau)
{
    const struct coups_sort s = tirer(__func__);
    if (s.frappe) /* once: the lock is merely taken, and must be asked again */
        return s.rang % 2 && !getenv("COUPS_SUITE") ? SQLITE_BUSY : SQLITE_IOERR_LOCK;
    return VRAI(f)->pMethods->xLock(VRAI(f), niveau);
}
static int f_unlock(sqlite3_file *f, int niveau)
{
    const int coup = SORT(SQLITE_IOERR_UNLOCK), rc = VRAI(f)->pMethods->xUnlock(VRAI(f), niveau);
    return coup ? coup : rc;
}
static int f_reserved(sqlite3_file *f, int *n) { PASSER(SQLITE_IOERR_CHECKRESERVEDLOCK, VRAI(f)->pMethods->xCheckReservedLock(VRAI(f), n)); }
static int f_control(sqlite3_file *f, int op, void *arg) { PASSER(SQLITE_IOERR, VRAI(f)->pMethods->xFileControl(VRAI(f), op, arg)); }
static int f_sector(sqlite3_file *f) { return VRAI(f)->pMethods->xSectorSize(VRAI(f)); }
static int f_device(sqlite3_file *f) { return VRAI(f)->pMethods->xDeviceCharacteristics(VRAI(f)); }

static const sqlite3_io_methods methodes = {
    .iVersion = 1, .xClose = f_close, .xRead = f_read, .xWrite = f_write, .xTruncate = f_truncate, .xSync = f_sync,
    .xFileSize = f_size, .xLock = f_lock, .xUnlock = f_unlock, .xCheckReservedLock = f_reserved,
    .xFileControl = f_control, .xSectorSize = f_sector, .xDeviceCharacteristics = f_device,
};

static int v_open(sqlite3_vfs *v, const char *nom, sqlite3_file *f, int drapeaux, int *rendus)
{
    struct fichier *x = (struct fichier *)f;
    (void)v;
    x->base.pMethods = NULL;
    if (SORT(SQLITE_CANTOPEN))
        return SQLITE_CANTOPEN;
    x->vrai = (sqlite3_file *)(x + 1);
    memset(x->vrai, 0, (size_t)vrai->szOsFile);
    const int rc = vrai->xOpen(vrai, nom, x->vrai, drapeaux, rendus);
    if (x->vrai->pMethods)
        x->base.pMethods = &methodes;
    return rc;
}
static int v_delete(sqlite3_vfs *v, const char *nom, int sync) { (void)v; PASSER(SQLITE_IOERR_DELETE, vrai->xDelete(vrai, nom, sync)); }
static int v_access(sqlite3_vfs *v, const char *nom, int quoi, int *out) { (void)v; PASSER(SQLITE_IOERR_ACCESS, vrai->xAccess(vrai, nom, quoi, out)); }
static int v_path(sqlite3_vfs *v, const char *nom, int n, char *out) { (void)v; PASSER(SQLITE_CANTOPEN_FULLPATH, vrai->xFullPathname(vrai, nom, n, out)); }
static int v_random(sqlite3_vfs *v, int n, char *out)
{
    (void)v;
    memset(out, 0x5a, (size_t)n); /* the journal's nonce: the same in two runs */
    return n;
}
static int v_sleep(sqlite3_vfs *v, int us) { (void)v; return vrai->xSleep(vrai, us); }
static int v_time(sqlite3_vfs *v, double *t) { (void)v; return vrai->xCurrentTime(vrai, t); }
static int v_error(sqlite3_vfs *v, int n, char *t) { (void)v; return vrai->xGetLastError ? vrai->xGetLastError(vrai, n, t) : 0; }

static void installer(void)
{
    static sqlite3_vfs v = {
        .iVersion = 1, .zName = "coups", .xOpen = v_open, .xDelete = v_delete, .xAccess = v_access, .xFullPathname = v_path,
        .xRandomness = v_random, .xSleep = v_sleep, .xCurrentTime = v_time, .xGetLastError = v_error,
    };
    sqlite3_vfs *(*trouver)(const char *) = (sqlite3_vfs * (*)(const char *)) dlsym(RTLD_DEFAULT, "sqlite3_vfs_find");
    int (*inscrire)(sqlite3_vfs *, int) = (int (*)(sqlite3_vfs *, int))dlsym(RTLD_DEFAULT, "sqlite3_vfs_register");
    if (vrai || !(vrai = trouver(NULL)))
        return;
    v.szOsFile = (int)sizeof(struct fichier) + vrai->szOsFile;
    v.mxPathname = vrai->mxPathname;
    inscrire(&v, 1);
}

int sqlite3_open_v2(const char *nom, sqlite3 **db, int drapeaux, const char *vfs)
{
    int (*ouvrir)(const char *, sqlite3 **, int, const char *) =
        (int (*)(const char *, sqlite3 **, int, const char *))dlsym(RTLD_NEXT, "sqlite3_open_v2");
    if (getenv("COUPS_COMPTES"))
        installer();
    return ouvrir(nom, db, drapeaux, vfs);
}
