/* Deterministic ZIP through libzip: fixed order (that of the additions), all entries stored, fixed DOS time and
 * attributes. */
#ifndef SONS_FORMATS_ZIP_H
#define SONS_FORMATS_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"

struct buffer;
struct zip_ecrivain;
/* Gives the content of an entry when it is written: fills `out` (size `taille`), false on failure. */
typedef bool zip_contenu(void *ctx, uint64_t cle, struct buffer *out);

/* The path may hold the empty temporary file of fichier_tmp_creer: it is replaced, so its descriptor is of no use
 * afterwards (fichier_tmp_publier is). */
struct zip_ecrivain *zip_ecrivain_creer(const char *chemin_provisoire, struct diag_liste *diags);
/* An entry read from a file (kept open until the end). */
bool zip_ecrivain_fichier(struct zip_ecrivain *z, const char *nom, const char *chemin, struct diag_liste *diags);
/* An entry of `taille` bytes asked from `contenu(ctx, cle)` when its turn comes: one in memory at a time. */
bool zip_ecrivain_bloc(struct zip_ecrivain *z, const char *nom, uint64_t taille, zip_contenu *contenu, void *ctx,
                       uint64_t cle, struct diag_liste *diags);
/* Writes everything to the path, fsync. Frees the writer in every case; on failure nothing is left behind. */
bool zip_ecrivain_finir(struct zip_ecrivain *z, struct diag_liste *diags);
void zip_ecrivain_abandonner(struct zip_ecrivain *z);

/* --- Reading, strictly: the form that the writer gives and nothing else. Entries stored one after the other from the first
 * byte, then the directory, then its end, up to the last byte: no gap, overlap, prefix, suffix, comment, compression,
 * encryption or descriptor, so that nothing hides in it and nothing can swell. --- */
#define ZIP_NOM_MAX 200
struct zip_entree {
    const char *nom;       /* printable ASCII, NUL-terminated */
    uint64_t taille, position;
    uint32_t crc;
    bool lisible;          /* no fault was told of it */
};
struct zip_lecteur;
/* Opens and checks the directory. NULL with a diagnostic when the archive as a whole is not what it should be; a fault of one
 * entry (E_ZIP_NOM, E_ZIP_ENTREE, E_ZIP_DOUBLON) is told, `*fautes` counts them, and the entry is not `lisible`. Not more than
 * `max_entrees` (E_ZIP_LIMITE). `chemin` is borrowed. */
struct zip_lecteur *zip_lecteur_ouvrir(const char *chemin, uint32_t max_entrees, uint64_t *fautes, struct diag_liste *diags);
void zip_lecteur_fermer(struct zip_lecteur *z);
uint32_t zip_lecteur_nombre(const struct zip_lecteur *z);
const struct zip_entree *zip_lecteur_entree(const struct zip_lecteur *z, uint32_t rang);
/* Takes the bytes as they are read; false stops the reading. */
typedef bool zip_morceau(void *ctx, const void *bytes, size_t len);
enum zip_lecture { ZIP_LUE, ZIP_ALTEREE /* its CRC is another: nothing told */, ZIP_ARRETEE /* by `morceau` */, ZIP_FAUTE /* told */ };
enum zip_lecture zip_lecteur_lire(struct zip_lecteur *z, uint32_t rang, zip_morceau *morceau, void *ctx,
                                  struct diag_liste *diags);
/* SHA-256 of the archive as it stands on disk. */
bool zip_lecteur_empreinte(struct zip_lecteur *z, struct empreinte *out, struct diag_liste *diags);

#endif
