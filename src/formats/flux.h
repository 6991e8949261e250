/* A stream of bytes from a regular file, plain or gzip (recognised by content; several members allowed), hashed as it is
 * read, bounded. One pass: raw bytes → SHA-256 → inflate → the caller. */
#ifndef SONS_FORMATS_FLUX_H
#define SONS_FORMATS_FLUX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/texte.h"

struct flux;
/* Tells how far the reading is: bytes of the file read, out of its size. Called about every MiB. May be NULL. */
struct progression {
    void (*avance)(void *ctx, int64_t fait, int64_t total);
    void *ctx;
};
/* `max` bounds the decompressed size. NULL with a diagnostic on failure. */
struct flux *flux_ouvrir(const char *chemin, int64_t max, const struct progression *p, struct diag_liste *diags);
/* The first bytes still to be given, at most FLUX_APERCU, without taking them: enough to recognise what a file is. The
 * slice lives until the next call. False with a diagnostic when they cannot be read. */
#define FLUX_APERCU ((size_t)4096)
bool flux_apercu(struct flux *f, struct slice *out, struct diag_liste *diags);
/* Next line without its end (LF or CRLF), as raw bytes, valid until the next call. 1 = a line, 0 = the end, −1 = fault
 * (line longer than `max_ligne`, truncated gzip, read error …: one diagnostic with the line number). */
int flux_ligne(struct flux *f, size_t max_ligne, const char **ligne, size_t *len, struct diag_liste *diags);
/* Whatever bytes come next, taken: 1 = some (`*len` > 0), valid until the next call; 0 = the end; −1 = fault. For what is not
 * made of lines; not to be mixed with flux_ligne. */
int flux_octets(struct flux *f, const char **octets, size_t *len, struct diag_liste *diags);
/* Rank of the last line given, from 1. */
uint64_t flux_numero(const struct flux *f);
bool flux_est_gzip(const struct flux *f);
/* After the end only: hash of the file as it stands on disk. */
struct empreinte flux_empreinte(struct flux *f);
void flux_fermer(struct flux *f);

#endif
