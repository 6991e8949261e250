#include "registre/fait.h"

#include <string.h>

static const struct champ_forme champs[CHAMP_NOMBRE] = {
#define FAIT(ident, nom, version)
#define CHAMP(ident, cle, type, liste) {cle, sizeof cle - 1, type, liste},
#include "registre/faits.def"
#undef FAIT
#undef CHAMP
};

/* The keys with the space that follows, and their bytes. All as wide, for a copy of a constant width is a few instructions. */
enum { CLE_LARGEUR = 32 };
static const struct {
    char texte[CLE_LARGEUR - 1];
    uint8_t n;
} cles[CHAMP_NOMBRE] = {
#define FAIT(ident, nom, version)
#define CHAMP(ident, cle, type, liste) {cle " ", sizeof cle},
#include "registre/faits.def"
#undef FAIT
#undef CHAMP
};

/* Fields interleaved with facts, to find where each fact's fields begin. */
enum rang_melange {
#define FAIT(ident, nom, version) RANG_##ident,
#define CHAMP(ident, cle, type, liste) RANG_##ident,
#include "registre/faits.def"
#undef FAIT
#undef CHAMP
    RANG_FIN
};
static const struct { const char *nom; int version; size_t rang; } noms[FAIT_NOMBRE] = {
#define FAIT(ident, nom, version) {nom, version, RANG_##ident},
#define CHAMP(ident, cle, type, liste)
#include "registre/faits.def"
#undef FAIT
#undef CHAMP
};

const uint16_t fait_premiers[FAIT_NOMBRE] = {
#define FAIT(ident, nom, version) [ident] = RANG_##ident - (uint16_t)ident,
#define CHAMP(ident, cle, type, liste)
#include "registre/faits.def"
#undef FAIT
#undef CHAMP
};

static struct fait_forme formes[FAIT_NOMBRE];

static void formes_preparer(void)
{
    for (size_t i = 0; i < FAIT_NOMBRE; i++) {
        const size_t fin = i + 1 < FAIT_NOMBRE ? noms[i + 1].rang : RANG_FIN;
        formes[i] = (struct fait_forme){noms[i].nom, noms[i].version, (enum fait_champ)(noms[i].rang - i),
                                        fin - noms[i].rang - 1};
    }
}

const struct fait_forme *fait_forme(enum fait_type t)
{
    if (formes[0].nom == NULL)
        formes_preparer();
    return &formes[t];
}

const struct champ_forme *champ_forme(enum fait_champ c)
{
    return &champs[c];
}

/* Their names as written, once an entry: of another length, most are told apart at once. */
static const struct slice ecrits[FAIT_NOMBRE] = {
#define FAIT(ident, nom, version) {nom "-V" #version, sizeof nom "-V" #version - 1},
#define CHAMP(ident, cle, type, liste)
#include "registre/faits.def"
#undef FAIT
#undef CHAMP
};

enum fait_type fait_type_de(struct slice nom)
{
    size_t i = 0;
    while (i < FAIT_NOMBRE && (nom.len != ecrits[i].len || memcmp(nom.bytes, ecrits[i].bytes, nom.len) != 0))
        i++;
    return (enum fait_type)i;
}

void fait_init(struct fait *f, enum fait_type t)
{
    memset(f, 0, sizeof *f);
    f->type = t;
}

/* V2 of an order begins with the fields of V1, in the same order, so that only the name changes; the new ones are absent. */
_Static_assert(CE_PIECE - CE_FOURNISSEUR == CE1_PIECE - CE1_FOURNISSEUR && CE_LIGNES == CE_PIECE + 1, "V1 is the start of V2");

void fait_actuel(struct fait *f)
{
    if (f->type == FAIT_COMMANDE_ENREGISTREE_V1)
        f->type = FAIT_COMMANDE_ENREGISTREE;
    if (f->type == FAIT_LOT_EMIS_V1) {
        f->type = FAIT_LOT_EMIS;
        fait_put_texte(f, LE_TYPE, paiement_nom(PAIEMENT_AVANCE));
    }
}

static struct fait_valeur *valeur_de(struct fait *f, enum fait_champ c)
{
    return &f->v[c - fait_premiers[f->type]];
}

void fait_put_n(struct fait *f, enum fait_champ c, int64_t n)
{
    struct fait_valeur *v = valeur_de(f, c);
    v->n = n;
    v->present = true;
}

void fait_put_montant(struct fait *f, enum fait_champ c, struct montant m)
{
    if (montant_present(m))
        fait_put_n(f, c, m.centimes);
}

void fait_put_taux(struct fait *f, enum fait_champ c, struct taux t)
{
    if (taux_present(t))
        fait_put_n(f, c, t.dix_milliemes);
}

void fait_put_jour(struct fait *f, enum fait_champ c, struct jour j)
{
    if (jour_present(j))
        fait_put_n(f, c, j.n);
}

void fait_put_instant(struct fait *f, enum fait_champ c, struct instant i)
{
    if (instant_present(i))
        fait_put_n(f, c, i.s);
}

void fait_put_finess(struct fait *f, enum fait_champ c, finess n)
{
    if (n != FINESS_ABSENT)
        fait_put_n(f, c, (int64_t)n);
}

void fait_put_siren(struct fait *f, enum fait_champ c, uint32_t s)
{
    if (s != 0)
        fait_put_n(f, c, (int64_t)s);
}

void fait_put_couloir(struct fait *f, enum fait_champ c, enum couloir v)
{
    if (v != COULOIR_INCONNU)
        fait_put_n(f, c, (int64_t)v);
}

void fait_put_trois(struct fait *f, enum fait_champ c, enum trois v)
{
    if (v != TROIS_ABSENT)
        fait_put_n(f, c, v == TROIS_OUI);
}

void fait_put_slice(struct fait *f, enum fait_champ c, struct slice s)
{
    if (s.len == 0)
        return;
    struct fait_valeur *v = valeur_de(f, c);
    v->texte = s;
    v->present = true;
}

void fait_put_texte(struct fait *f, enum fait_champ c, const char *s)
{
    fait_put_slice(f, c, slice_of(s));
}

void fait_put_liste(struct fait *f, enum fait_champ c, const struct slice *items, size_t n)
{
    struct fait_valeur *v = valeur_de(f, c);
    v->liste = items;
    v->n = (int64_t)n;
    v->present = n > 0;
}

struct montant fait_montant(const struct fait *f, enum fait_champ c)
{
    const struct fait_valeur *v = fait_get(f, c);
    return v->present ? montant_of(v->n) : MONTANT_ABSENT;
}

struct taux fait_taux(const struct fait *f, enum fait_champ c)
{
    const struct fait_valeur *v = fait_get(f, c);
    return v->present ? (struct taux){(int32_t)v->n} : TAUX_ABSENT;
}

struct jour fait_jour(const struct fait *f, enum fait_champ c)
{
    const struct fait_valeur *v = fait_get(f, c);
    return v->present ? (struct jour){(int32_t)v->n} : JOUR_ABSENT;
}

struct instant fait_instant(const struct fait *f, enum fait_champ c)
{
    const struct fait_valeur *v = fait_get(f, c);
    return v->present ? (struct instant){v->n} : INSTANT_ABSENT;
}

enum trois fait_trois(const struct fait *f, enum fait_champ c)
{
    const struct fait_valeur *v = fait_get(f, c);
    return !v->present ? TROIS_ABSENT : v->n != 0 ? TROIS_OUI : TROIS_NON;
}

int64_t fait_n(const struct fait *f, enum fait_champ c)
{
    const struct fait_valeur *v = fait_get(f, c);
    return v->present ? v->n : 0;
}

struct slice fait_slice(const struct fait *f, enum fait_champ c)
{
    return fait_get(f, c)->texte;
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static void ecrire_echappe(struct buffer *out, struct slice s)
{
    if (memchr(s.bytes, '\\', s.len) == NULL && memchr(s.bytes, '\n', s.len) == NULL) {
        buffer_append(out, s.bytes, s.len);
        return;
    }
    for (size_t i = 0; i < s.len; i++) {
        if (s.bytes[i] == '\n')
            buffer_puts(out, "\\n");
        else if (s.bytes[i] == '\\')
            buffer_puts(out, "\\\\");
        else
            buffer_putc(out, s.bytes[i]);
    }
}

static void ecrire_scalaire(struct buffer *out, enum champ_type type, int64_t n)
{
    char b[INSTANT_TEXTE_MAX];
    switch (type) {
    case CHAMP_JOUR:
        buffer_puts(out, jour_iso((struct jour){(int32_t)n}, b));
        break;
    case CHAMP_INSTANT:
        buffer_puts(out, instant_utc((struct instant){n}, b));
        break;
    case CHAMP_FINESS:
        buffer_puts(out, finess_texte((finess)n, b));
        break;
    case CHAMP_SIREN:
        buffer_puts(out, siren_texte((uint32_t)n, b));
        break;
    case CHAMP_COULOIR:
        buffer_puts(out, couloir_nom((enum couloir)n));
        break;
    case CHAMP_OUI_NON:
        buffer_puts(out, n != 0 ? "oui" : "non");
        break;
    default:
        buffer_put_i64(out, n);
        break;
    }
}

static bool est_texte(enum champ_type t)
{
    return t == CHAMP_EMPREINTE || t == CHAMP_MOT || t == CHAMP_TEXTE;
}

void fait_valeur_ecrire(const struct fait *f, enum fait_champ c, struct buffer *out)
{
    const struct fait_valeur *v = fait_get(f, c);
    if (!v->present)
        return;
    if (champs[c].liste) {
        for (int64_t i = 0; i < v->n; i++) {
            if (i > 0)
                buffer_puts(out, ", ");
            buffer_append(out, v->liste[i].bytes, v->liste[i].len);
        }
    } else if (est_texte(champs[c].type)) {
        buffer_append(out, v->texte.bytes, v->texte.len);
    } else {
        ecrire_scalaire(out, champs[c].type, v->n);
    }
}

static void ecrire_cle(struct buffer *out, enum fait_champ c)
{
    char *p = buffer_place(out, CLE_LARGEUR);
    memcpy(p, &cles[c], CLE_LARGEUR);
    buffer_jusque(out, p + cles[c].n);
}

static void ecrire_champ(struct buffer *out, enum fait_champ c, const struct fait_valeur *v)
{
    if (champs[c].liste) {
        for (int64_t i = 0; i < v->n; i++) {
            ecrire_cle(out, c);
            ecrire_echappe(out, v->liste[i]);
            buffer_putc(out, '\n');
        }
        return;
    }
    ecrire_cle(out, c);
    if (est_texte(champs[c].type))
        ecrire_echappe(out, v->texte);
    else
        ecrire_scalaire(out, champs[c].type, v->n);
    buffer_putc(out, '\n');
}

void fait_ecrire(const struct fait *f, struct buffer *out)
{
    const struct fait_forme *forme = fait_forme(f->type);
    buffer_puts(out, "fait ");
    buffer_puts(out, forme->nom);
    buffer_puts(out, "-V");
    buffer_put_i64(out, forme->version);
    buffer_putc(out, '\n');
    for (size_t i = 0; i < forme->n; i++)
        if (f->v[i].present)
            ecrire_champ(out, (enum fait_champ)(forme->premier + i), &f->v[i]);
}
