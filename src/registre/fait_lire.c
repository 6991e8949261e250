/* The strict reader of facts: what fait_ecrire did not write is broken. */
#include "registre/fait.h"

#include <string.h>

#include "registre/lignes.h"

struct lecture {
    struct slice reste;
    struct arene *arene;
    struct slice ligne; /* the one that `reste` begins with, once it was looked for: asked again by each field that is absent */
};

/* The next line without its LF; false at the end or without LF. */
static bool ligne_suivante(struct lecture *l, struct slice *ligne)
{
    if (l->reste.len > 0 && l->ligne.bytes == l->reste.bytes) {
        *ligne = l->ligne;
        return true;
    }
    const char *fin = l->reste.len > 0 ? memchr(l->reste.bytes, '\n', l->reste.len) : NULL;
    if (fin == NULL)
        return false;
    ligne->bytes = l->reste.bytes;
    ligne->len = (size_t)(fin - l->reste.bytes);
    l->ligne = *ligne;
    return true;
}

static void avancer(struct lecture *l, struct slice ligne)
{
    l->reste.bytes += ligne.len + 1;
    l->reste.len -= ligne.len + 1;
}

static bool deplier(struct lecture *l, struct slice s, struct slice *out)
{
    char *t = arene_alloc(l->arene, s.len + 1);
    const char *pli = memchr(s.bytes, '\\', s.len);
    size_t n = pli != NULL ? (size_t)(pli - s.bytes) : s.len;
    memcpy(t, s.bytes, n);
    for (size_t i = n; i < s.len; i++) {
        if (s.bytes[i] != '\\') {
            t[n++] = s.bytes[i];
            continue;
        }
        i++;
        if (i == s.len || (s.bytes[i] != 'n' && s.bytes[i] != '\\'))
            return false;
        t[n++] = s.bytes[i] == 'n' ? '\n' : '\\';
    }
    t[n] = '\0';
    *out = (struct slice){t, n};
    return n > 0 && texte_is_utf8(t, n);
}

static bool lire_mot(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.bytes[i];
        const bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                        c == '+' || c == '-';
        if (!ok)
            return false;
    }
    return s.len > 0;
}

static bool lire_date(enum champ_type type, struct slice s, int64_t *n)
{
    struct jour j;
    struct instant i;
    if (type == CHAMP_JOUR) {
        if (!jour_parse_iso(s, &j))
            return false;
        *n = j.n;
        return true;
    }
    if (!instant_parse_utc(s, &i))
        return false;
    *n = i.s;
    return true;
}

static bool lire_numero(enum champ_type type, struct slice s, int64_t *n)
{
    finess f;
    uint32_t siren;
    if (type == CHAMP_FINESS) {
        if (finess_parse(s, &f) != NUMERO_VALIDE)
            return false;
        *n = (int64_t)f;
        return true;
    }
    if (s.len != 9 || siren_parse(s, &siren) != NUMERO_VALIDE)
        return false;
    *n = (int64_t)siren;
    return true;
}

static bool lire_scalaire(enum champ_type type, struct slice s, int64_t *n)
{
    switch (type) {
    case CHAMP_JOUR:
    case CHAMP_INSTANT:
        return lire_date(type, s, n);
    case CHAMP_FINESS:
    case CHAMP_SIREN:
        return lire_numero(type, s, n);
    case CHAMP_COULOIR:
        *n = (int64_t)couloir_parse(s.bytes, s.len);
        return *n != COULOIR_INCONNU;
    case CHAMP_OUI_NON:
        *n = slice_equals(s, "oui");
        return *n != 0 || slice_equals(s, "non");
    case CHAMP_TAUX:
        return slice_entier(s, 18, n) && *n <= 10000;
    default:
        return slice_entier(s, 18, n);
    }
}

static bool lire_valeur(struct lecture *l, enum champ_type type, struct slice s, struct fait_valeur *v)
{
    v->present = true;
    switch (type) {
    case CHAMP_TEXTE:
        return deplier(l, s, &v->texte);
    case CHAMP_MOT:
        v->texte = s;
        return lire_mot(s);
    case CHAMP_EMPREINTE:
        v->texte = s;
        return ligne_hex(s, EMPREINTE_HEX - 1);
    default:
        return lire_scalaire(type, s, &v->n);
    }
}

/* Does the line begin with `cle `, `n` bytes and a space? */
static bool a_la_cle(struct slice ligne, const char *cle, size_t n, struct slice *valeur)
{
    if (ligne.len == 0 || ligne.bytes[0] != cle[0]) /* most lines: those of other fields */
        return false;
    if (ligne.len < n + 1 || memcmp(ligne.bytes, cle, n) != 0 || ligne.bytes[n] != ' ')
        return false;
    valeur->bytes = ligne.bytes + n + 1;
    valeur->len = ligne.len - n - 1;
    return true;
}

static bool lire_liste(struct lecture *l, const struct champ_forme *forme, struct fait_valeur *v)
{
    struct lecture compte = *l;
    struct slice ligne, valeur;
    size_t n = 0;
    while (ligne_suivante(&compte, &ligne) && a_la_cle(ligne, forme->cle, forme->n_cle, &valeur)) {
        n++;
        avancer(&compte, ligne);
    }
    if (n == 0)
        return true;
    struct slice *items = arene_alloc(l->arene, n * sizeof *items);
    for (size_t i = 0; i < n; i++) {
        (void)(ligne_suivante(l, &ligne) && a_la_cle(ligne, forme->cle, forme->n_cle, &valeur));
        if (!deplier(l, valeur, &items[i]) || (i > 0 && slice_cmp(items[i - 1], items[i]) >= 0))
            return false;
        avancer(l, ligne);
    }
    v->liste = items;
    v->n = (int64_t)n;
    v->present = true;
    return true;
}

static bool lire_champ(struct lecture *l, enum fait_champ c, struct fait_valeur *v)
{
    const struct champ_forme *forme = champ_forme(c);
    struct slice ligne, valeur;
    if (forme->liste)
        return lire_liste(l, forme, v);
    if (!ligne_suivante(l, &ligne) || !a_la_cle(ligne, forme->cle, forme->n_cle, &valeur))
        return true; /* absent */
    if (!lire_valeur(l, forme->type, valeur, v))
        return false;
    avancer(l, ligne);
    return true;
}

bool fait_lire(struct slice texte, struct arene *a, struct fait *out, size_t *suite)
{
    struct lecture l = {.reste = texte, .arene = a};
    struct slice ligne, nom;
    if (!ligne_suivante(&l, &ligne) || !a_la_cle(ligne, "fait", 4, &nom))
        return false;
    const enum fait_type t = fait_type_de(nom);
    if (t == FAIT_NOMBRE)
        return false;
    avancer(&l, ligne);
    fait_init(out, t);
    const struct fait_forme *forme = fait_forme(t);
    for (size_t i = 0; i < forme->n; i++)
        if (!lire_champ(&l, (enum fait_champ)(forme->premier + i), &out->v[i]))
            return false;
    *suite = texte.len - l.reste.len;
    return true;
}
