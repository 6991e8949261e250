/* Reading of files. */
#include "config.h" /* _GNU_SOURCE, large files */

#include "noyau/fichier.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "noyau/memoire.h"

const char *fichier_cause(int err)
{
    switch (err) {
    case ENOENT: return "il n'existe pas";
    case EACCES:
    case EPERM: return "les droits manquent";
    case ENOTDIR: return "une partie du chemin n'est pas un dossier";
    case EISDIR: return "c'est un dossier";
    case ENAMETOOLONG: return "le nom est trop long";
    case ELOOP: return "trop de liens symboliques";
    case ENOSPC: return "plus de place sur le disque";
    case EDQUOT: return "le quota de disque est atteint";
    case EROFS: return "le disque est en lecture seule";
    case EFBIG: return "la taille permise est dépassée";
    case EIO: return "le disque a répondu par une erreur";
    case EMFILE:
    case ENFILE: return "trop de fichiers ouverts";
    case EEXIST: return "il existe déjà";
    case ETXTBSY:
    case EBUSY: return "il est utilisé par un autre programme";
    default: return strerrordesc_np(err) ? strerrordesc_np(err) : "erreur inconnue";
    }
}

static void at_file(struct diag *d, const char *chemin)
{
    diag_lieu(d, &(struct lieu){.fichier = chemin});
}

/* Says what stands at `chemin` when it is not a regular file; true when it is one. */
static bool regular(const char *chemin, mode_t mode, struct diag_liste *diags)
{
    if (S_ISREG(mode))
        return true;
    if (S_ISLNK(mode)) {
        at_file(diag_erreur(diags, E_LIEN, "c'est un lien symbolique, il n'est pas suivi"), chemin);
        return false;
    }
    const char *what = S_ISDIR(mode)    ? "c'est un dossier"
                       : S_ISFIFO(mode) ? "c'est un tube (FIFO)"
                       : S_ISSOCK(mode) ? "c'est une prise réseau (socket)"
                                        : "c'est un périphérique";
    at_file(diag_erreur(diags, E_PAS_FICHIER, "%s", what), chemin);
    return false;
}

/* E_OUVRIR: what was named cannot be had; E_LECTURE: the machine failed, and the name may well be right. */
static int unreadable(const char *chemin, int err, struct diag_liste *diags)
{
    const bool machine = err == EIO || err == EMFILE || err == ENFILE || err == ENOMEM || err == ESTALE || err == ETIMEDOUT;
    at_file(diag_erreur(diags, machine ? E_LECTURE : E_OUVRIR, "le fichier ne peut pas être ouvert : %s", fichier_cause(err)), chemin);
    return -1;
}

int fichier_ouvrir(const char *chemin, enum fichier_ouverture mode, int64_t *taille, struct diag_liste *diags)
{
    bool nofollow = mode == FICHIER_SANS_LIEN;
    struct stat st;
    /* Looked at before it is opened, because opening some devices acts on them; again after, against a swap. */
    if ((nofollow ? lstat : stat)(chemin, &st) != 0)
        return unreadable(chemin, errno, diags);
    if (!regular(chemin, st.st_mode, diags))
        return -1;
    int fd;
    do
        fd = open(chemin, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (nofollow ? O_NOFOLLOW : 0));
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return unreadable(chemin, errno, diags);
    if (fstat(fd, &st) != 0) {
        int err = errno;
        close(fd);
        return unreadable(chemin, err, diags);
    }
    if (!regular(chemin, st.st_mode, diags)) {
        close(fd);
        return -1;
    }
    if (taille)
        *taille = (int64_t)st.st_size;
    return fd;
}

int64_t fichier_read(int fd, void *bytes, size_t len)
{
    ssize_t n;
    do
        n = read(fd, bytes, len);
    while (n < 0 && errno == EINTR);
    return (int64_t)n;
}

static bool too_big(const char *chemin, size_t max, struct diag_liste *diags)
{
    struct diag *d = diag_erreur(diags, E_TROP_GROS, "le fichier est trop volumineux");
    diag_attendu(d, "%zu octets au plus", max);
    at_file(d, chemin);
    return false;
}

/* Reads to the end; the size announced is only a hint (a file may grow, or lie as those of /proc do). */
static bool read_all(int fd, const char *chemin, size_t max, struct buffer *out, struct diag_liste *diags)
{
    size_t start = out->len;
    for (;;) {
        size_t room = max - (out->len - start);
        size_t want = room < 65536 ? room + 1 : 65536;
        buffer_reserve(out, want);
        int64_t n = fichier_read(fd, out->bytes + out->len, want);
        if (n < 0) {
            at_file(diag_erreur(diags, E_LECTURE, "la lecture s'est interrompue : %s", fichier_cause(errno)), chemin);
            return false;
        }
        if (n == 0)
            return true;
        if ((size_t)n > room)
            return too_big(chemin, max, diags);
        out->len += (size_t)n;
    }
}

bool fichier_lire_entree(const char *nom, size_t max, struct buffer *out, struct diag_liste *diags)
{
    const size_t start = out->len;
    if (read_all(STDIN_FILENO, nom, max, out, diags))
        return true;
    out->len = start;
    return false;
}

bool fichier_lire(const char *chemin, enum fichier_ouverture mode, size_t max, struct buffer *out,
                  struct diag_liste *diags)
{
    int64_t taille;
    int fd = fichier_ouvrir(chemin, mode, &taille, diags);
    if (fd < 0)
        return false;
    size_t start = out->len;
    bool ok;
    if (taille < 0 || (uint64_t)taille > max) {
        ok = too_big(chemin, max, diags);
    } else {
        buffer_reserve(out, (size_t)taille + 1);
        ok = read_all(fd, chemin, max, out, diags);
    }
    close(fd);
    if (!ok)
        out->len = start;
    buffer_append(out, "", 0); /* ends it with a NUL */
    return ok;
}

/* A `..` component: the name would leave the folder of the sheet. */
static bool climbs(struct slice nom)
{
    for (size_t i = 0; i + 1 < nom.len; i++) {
        const bool start = i == 0 || nom.bytes[i - 1] == '/', end = i + 2 == nom.len || nom.bytes[i + 2] == '/';
        if (start && end && nom.bytes[i] == '.' && nom.bytes[i + 1] == '.')
            return true;
    }
    return false;
}

char *fichier_chemin_relatif(const char *feuille, struct slice nom)
{
    if (nom.len == 0 || nom.len > 4096 || memchr(nom.bytes, '\t', nom.len) || texte_has_control(nom.bytes, nom.len))
        return NULL;
    const char *slash = strrchr(feuille, '/');
    struct buffer b = {0};
    if (nom.bytes[0] == '/' || climbs(nom))
        return NULL;
    if (slash)
        buffer_append(&b, feuille, (size_t)(slash - feuille) + 1);
    buffer_append(&b, nom.bytes, nom.len);
    return b.bytes;
}
