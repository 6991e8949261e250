/* Pieces: bytes kept in the registre under their SHA-256, once each; 20 MB at most. */
#ifndef SONS_REGISTRE_PIECE_H
#define SONS_REGISTRE_PIECE_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "registre/base.h"
#include "regles/dossier.h"

#define PIECE_MAX (20u * 1024 * 1024)
/* Bits of commande.calcules: amounts computed by the program, not read. */
#define CALCULE_HT 1
#define CALCULE_TVA 2
#define CALCULE_TTC 4

/* What a fact says of a piece: `<role> <sha256> <size> <media>`. */
struct piece_ref {
    enum piece_role role;
    struct empreinte empreinte;
    uint64_t taille;
    struct slice media; /* borrowed */
};
bool piece_ref_lire(struct slice texte, struct piece_ref *out);
void piece_ref_ecrire(const struct piece_ref *ref, struct buffer *out);

/* Media type and extension told by the first bytes (PDF, ZIP, PNG, JPEG, XML), else application/octet-stream / "bin". Static. */
const char *piece_media(const void *octets, size_t n);
const char *piece_extension(struct slice media);

/* Is it already kept? 1, 0, −1 = fault. */
int piece_connue(struct registre *r, const struct empreinte *e, struct diag_liste *diags);
/* Keeps the bytes (no effect when they are already there). */
bool piece_enregistrer(struct registre *r, const struct empreinte *e, const void *octets, size_t n, struct diag_liste *diags);
/* Appends the bytes of a piece. False when missing or on a fault. */
bool piece_charger(struct registre *r, const struct empreinte *e, struct buffer *out, struct diag_liste *diags);
/* Hashes every piece again and checks that every piece named is there. Faults exit 4. */
bool piece_verifier(struct registre *r, size_t *n, struct diag_liste *diags);

#endif
