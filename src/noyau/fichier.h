/* Files: the only I/O of noyau. Opened safely (regular files only, O_NOFOLLOW on request, O_CLOEXEC), read with a bound,
 * written as temp → fsync → rename → fsync of the folder. */
#ifndef SONS_NOYAU_FICHIER_H
#define SONS_NOYAU_FICHIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/texte.h"

enum fichier_ouverture {
    FICHIER_LIENS_SUIVIS,  /* what the user names on the command line */
    FICHIER_SANS_LIEN      /* what a sheet names: a symbolic link is refused */
};
/* French words for an errno: "le fichier n'existe pas", "plus de place sur le disque". Static. */
const char *fichier_cause(int err);
/* Opens a regular file for reading; a folder, a device, a FIFO or (FICHIER_SANS_LIEN) a link is a fault that says what
 * it is. Returns the descriptor or −1 with a diagnostic. `*taille` may be NULL. */
int fichier_ouvrir(const char *chemin, enum fichier_ouverture mode, int64_t *taille, struct diag_liste *diags);
/* Reads a whole regular file of at most `max` bytes into `out` (appended). */
bool fichier_lire(const char *chemin, enum fichier_ouverture mode, size_t max, struct buffer *out,
                  struct diag_liste *diags);
/* The same from standard input, whatever it is; `nom` names it in faults. */
bool fichier_lire_entree(const char *nom, size_t max, struct buffer *out, struct diag_liste *diags);
/* read() with EINTR, up to `len` bytes; −1 on error, 0 at the end. */
int64_t fichier_read(int fd, void *bytes, size_t len);
/* write() of everything. */
bool fichier_write(int fd, const void *bytes, size_t len);

/* Names in a folder, sorted by bytes, whatever each is; those that begin with a dot are only counted. Owned by the caller. */
struct fichier_noms {
    char **noms;
    size_t n, caches;
};
/* At most `max` names: beyond, a fault. `out` is empty on a fault. */
bool fichier_lister(const char *dossier, size_t max, struct fichier_noms *out, struct diag_liste *diags);
void fichier_noms_free(struct fichier_noms *n);

/* A file without a name in $TMPDIR (else /tmp), gone when closed. −1 with a diagnostic. */
int fichier_anonyme(struct diag_liste *diags);

/* A file being written: invisible until fichier_publier. */
struct fichier_tmp {
    int fd;
    char *chemin;      /* final name */
    char *provisoire;  /* `.<name>.<pid>.tmp` in the same folder */
};
/* Creates the temporary file (O_EXCL), once what a process struck down left under that name is removed. False with a diagnostic; so is a final name that is a folder, a device, a link:
 * they are never replaced. */
bool fichier_tmp_creer(struct fichier_tmp *t, const char *chemin, struct diag_liste *diags);
/* fsync of the content; the file keeps its temporary name. */
bool fichier_tmp_sceller(struct fichier_tmp *t, struct diag_liste *diags);
/* rename to the final name and fsync of the folder. Frees `t`, in all cases (on a fault the
 * temporary file is removed). When `remplacer` is false an existing file is a fault, without a race. */
bool fichier_tmp_publier(struct fichier_tmp *t, bool remplacer, struct diag_liste *diags);
/* Removes the temporary file. Frees `t`. */
void fichier_tmp_abandonner(struct fichier_tmp *t);

/* Folder of the sheet + relative name → path (owned by the caller). NULL for an absolute name, one with a `..` component
 * (a sheet names only what lies beside it or below), one with a control character, empty, or longer than 4096 bytes. */
char *fichier_chemin_relatif(const char *feuille, struct slice nom);

#endif
