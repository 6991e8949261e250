/* The bordereau of a seal: a text of a few lines, `clé valeur`, that says what the journal held. Described by sons-journal(5). */
#ifndef SONS_REGISTRE_SCEAU_H
#define SONS_REGISTRE_SCEAU_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/instant.h"
#include "noyau/merkle.h"
#include "noyau/texte.h"

#define SCEAU_OCTETS_MAX ((size_t)64 << 10)
#define SCEAU_TEXTE_MAX 400 /* titulaire, programme */

struct sceau {
    char registre[33];
    char titulaire[SCEAU_TEXTE_MAX];  /* role, SIREN, name: for people */
    bool fictif;
    int64_t numero;                   /* from 1, in this registre */
    struct instant instant;
    int64_t entrees;                  /* sealed: entries 1 … entrees */
    struct empreinte tete, racine, parametres;
    char programme[SCEAU_TEXTE_MAX];
    bool signe;                       /* the bordereau announces a signature by this certificate (SHA-256 of its DER) */
    struct empreinte signataire;
    int64_t precedent, precedent_entrees; /* the seal before, 0 = none */
    struct empreinte precedent_racine;
    struct merkle_preuve continuite;  /* from precedent_entrees to entrees */
    struct empreinte empreinte;       /* of all the bytes: what is signed, time-stamped, and kept by the journal */
};

/* Writes the text, its last line included; fills `empreinte`. Appends. */
void sceau_ecrire(struct sceau *s, struct buffer *out);
/* Strict: whatever sceau_ecrire did not write is refused, every value that is wrong told with its line. One byte changed:
 * E_SCEAU_ALTERE. A file that is no bordereau: E_SCEAU_FORME. The proof of continuity is verified. `fichier` names it. */
bool sceau_lire(struct slice octets, const char *fichier, struct sceau *out, struct diag_liste *diags);
/* « sceau n° 3 du 05/12/2022 10:00:00 (120 entrées) »: `out` holds SCEAU_NOM_MAX. Returns it. */
#define SCEAU_NOM_MAX 128
char *sceau_nom(const struct sceau *s, char out[SCEAU_NOM_MAX]);

/* A text that ends with `empreinte <hash of all that precedes>`, as bordereaux and extracts do. */
void controle_ecrire(struct buffer *b);
/* Cuts that line off. `mot`: how its first line begins. Faults: E_SCEAU_FORME when neither end looks like it, else `altere`. */
bool controle_lire(struct slice octets, const char *mot, const char *quoi, const char *fichier, enum erreur_code altere,
                   struct slice *corps, struct diag_liste *diags);

/* Strict reading of the lines of one text: the first line out of place ends it, wrong values are all told. */
struct lecteur {
    struct slice reste;
    uint64_t ligne;
    const char *fichier;
    struct diag_liste *diags;
    bool ok, fini; /* fini: a line was out of place */
};
/* The value of the next line, which must be `cle`; false when it is not (told once). */
bool lecteur_prendre(struct lecteur *l, const char *cle, struct slice *valeur);
/* The value just taken is wrong. */
void lecteur_faute(struct lecteur *l, const char *cle, struct slice valeur, const char *attendu);
void lecteur_empreinte(struct lecteur *l, const char *cle, struct empreinte *out);
void lecteur_numero(struct lecteur *l, const char *cle, int64_t *out);
/* Lines `cle <hash>` while there are some. */
void lecteur_preuve(struct lecteur *l, const char *cle, struct merkle_preuve *out);

#endif
