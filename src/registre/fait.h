/* Facts and their canonical text (faits.def): one `cle valeur` a line, fields in the order of faits.def, absent = no
 * line, lists = repeated lines sorted by bytes, `\` and LF escaped. */
#ifndef SONS_REGISTRE_FAIT_H
#define SONS_REGISTRE_FAIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/instant.h"
#include "noyau/jour.h"
#include "noyau/memoire.h"
#include "noyau/montant.h"
#include "noyau/numero.h"
#include "noyau/texte.h"
#include "regles/dossier.h"

enum champ_type {
    CHAMP_ENTIER,    /* decimal, ≥ 0 */
    CHAMP_MONTANT,   /* centimes */
    CHAMP_TAUX,      /* ten-thousandths, ≤ 10000 */
    CHAMP_JOUR,      /* 2022-07-12 */
    CHAMP_INSTANT,   /* 2022-07-12T10:00:00Z */
    CHAMP_FINESS, CHAMP_SIREN,
    CHAMP_COULOIR,   /* MS1 … */
    CHAMP_OUI_NON,   /* oui, non */
    CHAMP_EMPREINTE, /* 64 hexadecimal digits */
    CHAMP_MOT,       /* [A-Za-z0-9_+-]+ */
    CHAMP_TEXTE      /* outside text */
};
enum fait_type {
#define FAIT(ident, nom, version) ident,
#define CHAMP(ident, cle, type, liste)
#include "registre/faits.def"
#undef FAIT
#undef CHAMP
    FAIT_NOMBRE
};
/* Global ranks of the fields; those of one fact are contiguous. */
enum fait_champ {
#define FAIT(ident, nom, version)
#define CHAMP(ident, cle, type, liste) ident,
#include "registre/faits.def"
#undef FAIT
#undef CHAMP
    CHAMP_NOMBRE
};
#define FAIT_CHAMPS_MAX 40

struct fait_valeur {
    int64_t n;              /* all but EMPREINTE, MOT, TEXTE */
    struct slice texte;     /* EMPREINTE (hexadecimal), MOT, TEXTE: unescaped; borrowed */
    const struct slice *liste; /* lists: `n` items */
    bool present;
};
struct fait {
    enum fait_type type;
    struct fait_valeur v[FAIT_CHAMPS_MAX];
};

struct fait_forme {
    const char *nom;
    int version;
    enum fait_champ premier;
    size_t n;
};
struct champ_forme {
    const char *cle;
    size_t n_cle; /* its bytes */
    enum champ_type type;
    bool liste;
};
const struct fait_forme *fait_forme(enum fait_type t);
const struct champ_forme *champ_forme(enum fait_champ c);
/* FAIT_NOMBRE when unknown; `nom` is `CommandeEnregistree-V1`. */
enum fait_type fait_type_de(struct slice nom);

/* The same fact in the current version of its form: what every reader but the journal's own works on. Pure; a fact that is
 * current already is left alone. */
void fait_actuel(struct fait *f);

/* Building. Absent values (sentinels, empty texts) leave the field absent. */
void fait_init(struct fait *f, enum fait_type t);
void fait_put_n(struct fait *f, enum fait_champ c, int64_t n);
void fait_put_montant(struct fait *f, enum fait_champ c, struct montant m);
void fait_put_taux(struct fait *f, enum fait_champ c, struct taux t);
void fait_put_jour(struct fait *f, enum fait_champ c, struct jour j);
void fait_put_instant(struct fait *f, enum fait_champ c, struct instant i);
void fait_put_finess(struct fait *f, enum fait_champ c, finess n);
void fait_put_siren(struct fait *f, enum fait_champ c, uint32_t s);
void fait_put_couloir(struct fait *f, enum fait_champ c, enum couloir v);
void fait_put_trois(struct fait *f, enum fait_champ c, enum trois v);
void fait_put_slice(struct fait *f, enum fait_champ c, struct slice s);
void fait_put_texte(struct fait *f, enum fait_champ c, const char *s);
/* Items must be sorted by bytes by the caller; the array is borrowed. */
void fait_put_liste(struct fait *f, enum fait_champ c, const struct slice *items, size_t n);

/* Reading; sentinels when absent. */
extern const uint16_t fait_premiers[FAIT_NOMBRE]; /* the first field of each fact */
static inline const struct fait_valeur *fait_get(const struct fait *f, enum fait_champ c)
{
    return &f->v[c - fait_premiers[f->type]];
}
struct montant fait_montant(const struct fait *f, enum fait_champ c);
struct taux fait_taux(const struct fait *f, enum fait_champ c);
struct jour fait_jour(const struct fait *f, enum fait_champ c);
struct instant fait_instant(const struct fait *f, enum fait_champ c);
enum trois fait_trois(const struct fait *f, enum fait_champ c);
int64_t fait_n(const struct fait *f, enum fait_champ c);        /* 0 when absent */
struct slice fait_slice(const struct fait *f, enum fait_champ c); /* empty when absent */

/* `fait Nom-V1` and its lines. Appends. */
void fait_ecrire(const struct fait *f, struct buffer *out);
/* The text of one field's value, as written (unescaped): what differences show. Appends. */
void fait_valeur_ecrire(const struct fait *f, enum fait_champ c, struct buffer *out);
/* Reads the lines written by fait_ecrire at the start of `texte`; strict: order, types, escapes, sorted lists. Texts are
 * copied (unescaped) in the arena. `*suite` = number of bytes used. False when the form is broken (no diagnostic: the
 * caller knows the entry). */
bool fait_lire(struct slice texte, struct arene *a, struct fait *out, size_t *suite);

#endif
