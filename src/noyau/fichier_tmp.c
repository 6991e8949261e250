/* Writing of files: temporary, fsync, rename, fsync of the folder. */
#include "config.h" /* _GNU_SOURCE, large files */

#include "noyau/fichier.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "noyau/memoire.h"

bool fichier_write(int fd, const void *bytes, size_t len)
{
    const char *p = bytes;
    while (len > 0) {
        ssize_t n = write(fd, p, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            if (n == 0)
                errno = EIO;
            return false;
        }
        p += n;
        len -= (size_t)n;
    }
    return true;
}

static bool fault(enum erreur_code c, const char *chemin, const char *what, const char *why, struct diag_liste *diags)
{
    diag_lieu(diag_erreur(diags, c, "%s%s%s", what, why ? " : " : "", why ? why : ""), &(struct lieu){.fichier = chemin});
    return false;
}

/* The folder of a path, with its slash; "./" when there is none. Owned by the caller. */
static char *folder_of(const char *chemin)
{
    const char *slash = strrchr(chemin, '/');
    return slash ? memoire_strndup(chemin, (size_t)(slash - chemin) + 1) : memoire_strdup("./");
}

/* A name may only be taken when nothing or a regular file stands there: never a folder, a device or a link. */
static bool replaceable(const char *chemin, struct diag_liste *diags)
{
    struct stat st;
    if (lstat(chemin, &st) != 0 || S_ISREG(st.st_mode))
        return true;
    if (S_ISLNK(st.st_mode))
        return fault(E_LIEN, chemin, "c'est un lien symbolique, il n'est pas remplacé", NULL, diags);
    return fault(E_PAS_FICHIER, chemin, S_ISDIR(st.st_mode) ? "c'est un dossier" : "ce n'est pas un fichier ordinaire",
                 NULL, diags);
}

static char *temporary_name(const char *chemin, unsigned attempt)
{
    char *folder = folder_of(chemin);
    const char *slash = strrchr(chemin, '/');
    struct buffer b = {0};
    buffer_puts(&b, folder);
    /* Cut, because a name of 255 bytes leaves no room for what is added. */
    buffer_printf(&b, ".%.200s.%ld", slash ? slash + 1 : chemin, (long)getpid());
    if (attempt)
        buffer_printf(&b, ".%u", attempt);
    buffer_puts(&b, ".tmp");
    memoire_free(folder);
    return b.bytes;
}

/* What a process struck down left under that name (`.<name>.<pid>…tmp…`: ours, its SQLite journal, libzip's own) goes, unless
 * a process of that number lives. */
static void sweep(const char *chemin)
{
    char *folder = folder_of(chemin);
    const char *slash = strrchr(chemin, '/');
    struct buffer prefix = {0};
    buffer_printf(&prefix, ".%.200s.", slash ? slash + 1 : chemin);
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (strncmp(e->d_name, prefix.bytes, prefix.len) != 0)
            continue;
        char *after;
        const long pid = strtol(e->d_name + prefix.len, &after, 10);
        if (pid > 0 && pid <= INT_MAX && *after == '.' && strstr(after, ".tmp") && kill((pid_t)pid, 0) != 0 && errno == ESRCH)
            unlinkat(dirfd(d), e->d_name, 0);
    }
    if (d)
        closedir(d);
    buffer_free(&prefix);
    memoire_free(folder);
}

/* The folder that is not there, rather than the file that would be in it. */
static bool sans_dossier(const char *chemin, struct diag_liste *diags)
{
    const char *fin = strrchr(chemin, '/');
    char *dossier = memoire_strdup(chemin);
    if (fin != NULL && fin != chemin)
        dossier[fin - chemin] = '\0';
    struct diag *d = diag_erreur(diags, E_ECRITURE, "le fichier ne peut pas être créé : le dossier n'existe pas");
    diag_lieu(d, &(struct lieu){.fichier = dossier});
    diag_a_faire(d, "créer ce dossier, ou en donner un autre");
    memoire_free(dossier);
    return false;
}

bool fichier_tmp_creer(struct fichier_tmp *t, const char *chemin, struct diag_liste *diags)
{
    size_t len = strlen(chemin);
    *t = (struct fichier_tmp){.fd = -1};
    if (len == 0 || len > 4096 || chemin[len - 1] == '/')
        return fault(E_CHEMIN, chemin, "ce n'est pas un nom de fichier", NULL, diags);
    if (!replaceable(chemin, diags))
        return false;
    sweep(chemin);
    for (unsigned attempt = 0; attempt < 100; attempt++) { /* the remains of a process of the same number are left alone */
        char *name = temporary_name(chemin, attempt);
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (fd >= 0) {
            *t = (struct fichier_tmp){.fd = fd, .chemin = memoire_strdup(chemin), .provisoire = name};
            return true;
        }
        memoire_free(name);
        if (errno != EEXIST)
            break;
    }
    if (errno == ENOENT)
        return sans_dossier(chemin, diags);
    return fault(E_ECRITURE, chemin, "le fichier ne peut pas être créé", fichier_cause(errno), diags);
}

/* Some file systems know no fsync: nothing more can be done there. */
static bool synced(int fd)
{
    return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
}

bool fichier_tmp_sceller(struct fichier_tmp *t, struct diag_liste *diags)
{
    return synced(t->fd) || fault(E_ECRITURE, t->chemin, "le fichier ne peut pas être écrit", fichier_cause(errno), diags);
}

/* rename() that refuses an existing name, without a race: the kernel's own, else a hard link. */
static bool rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != ENOSYS && errno != EINVAL)
        return false;
    if (link(from, to) != 0)
        return false;
    unlink(from);
    return true;
}

static bool sync_folder(const char *chemin)
{
    char *folder = folder_of(chemin);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && synced(fd);
    int err = errno;
    if (fd >= 0)
        close(fd);
    memoire_free(folder);
    errno = err;
    return ok;
}

static void forget(struct fichier_tmp *t)
{
    memoire_free(t->chemin);
    memoire_free(t->provisoire);
    *t = (struct fichier_tmp){.fd = -1};
}

bool fichier_tmp_publier(struct fichier_tmp *t, bool remplacer, struct diag_liste *diags)
{
    bool closed = close(t->fd) == 0;
    int err = errno;
    t->fd = -1;
    bool ok = false;
    if (!closed)
        fault(E_ECRITURE, t->chemin, "le fichier ne peut pas être écrit", fichier_cause(err), diags);
    else if (!remplacer || replaceable(t->chemin, diags)) {
        ok = remplacer ? rename(t->provisoire, t->chemin) == 0 : rename_new(t->provisoire, t->chemin);
        err = errno;
        if (!ok && !remplacer && err == EEXIST)
            fault(E_EXISTE, t->chemin, "le fichier existe déjà, il n'est pas remplacé", NULL, diags);
        else if (!ok)
            fault(E_ECRITURE, t->chemin, "le fichier ne peut pas être mis en place", fichier_cause(err), diags);
    }
    if (!ok) {
        unlink(t->provisoire);
    } else if (!sync_folder(t->chemin)) {
        ok = fault(E_ECRITURE, t->chemin, "le fichier est en place, mais son dossier n'a pas pu être synchronisé",
                   fichier_cause(errno), diags);
    }
    forget(t);
    return ok;
}

void fichier_tmp_abandonner(struct fichier_tmp *t)
{
    if (t->fd >= 0)
        close(t->fd);
    if (t->provisoire)
        unlink(t->provisoire);
    forget(t);
}

int fichier_anonyme(struct diag_liste *diags)
{
    const char *folder = getenv("TMPDIR");
    struct buffer name = {0};
    buffer_printf(&name, "%s/sons.XXXXXX", folder != NULL && *folder == '/' ? folder : "/tmp");
    /* Nameless from the start where the file system can: nothing is left by a process struck down. */
    int fd = open(folder != NULL && *folder == '/' ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    if (fd < 0 && (fd = mkostemp(name.bytes, O_CLOEXEC)) >= 0)
        unlink(name.bytes);
    if (fd < 0)
        fault(E_ECRITURE, name.bytes, "un fichier provisoire ne peut pas être créé", fichier_cause(errno), diags);
    buffer_free(&name);
    return fd;
}
