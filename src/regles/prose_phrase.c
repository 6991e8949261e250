/* Remplit les phrases de prose.def par les valeurs d'un constat. */
#include <string.h>

#include "regles/prose_prive.h"

static const struct {
    const char *cle, *label;
} valeurs[] = {
#define VALEUR(cle, label) {cle, label},
#include "regles/valeurs.def"
#undef VALEUR
},
  mots[] = {
#define MOT(mot, label) {mot, label},
#include "regles/valeurs.def"
#undef MOT
};

const char *valeur_label(const char *cle)
{
    for (size_t i = 0; i < sizeof valeurs / sizeof *valeurs; i++)
        if (valeurs[i].cle[0] == cle[0] && strcmp(valeurs[i].cle, cle) == 0)
            return valeurs[i].label;
    return NULL;
}

const char *mot_label(const char *mot)
{
    for (size_t i = 0; i < sizeof mots / sizeof *mots; i++)
        if (strcmp(mots[i].cle, mot) == 0)
            return mots[i].label;
    return NULL;
}

static void mot_dire(const char *mot, const char *format, struct buffer *out)
{
    const char *label = strcmp(format, "brut") == 0 ? NULL : mot_label(mot);
    buffer_puts(out, label == NULL ? mot : label);
}

void valeur_dire(const struct valeur *v, const char *format, struct buffer *out)
{
    char texte[64];
    switch (v->type) {
    case VALEUR_ENTIER:
        buffer_put_i64(out, v->n);
        return;
    case VALEUR_MONTANT:
        buffer_puts(out, montant_present(montant_of(v->n)) ? montant_fr(montant_of(v->n), texte) : "absent");
        return;
    case VALEUR_TAUX:
        buffer_puts(out, v->n < 0 ? "absent" : taux_fr((struct taux){(int32_t)v->n}, texte));
        return;
    case VALEUR_JOUR:
        buffer_puts(out, strcmp(format, "iso") == 0 ? jour_iso((struct jour){(int32_t)v->n}, texte)
                                                    : jour_fr((struct jour){(int32_t)v->n}, texte));
        return;
    case VALEUR_INSTANT:
        buffer_puts(out, instant_fr((struct instant){v->n}, texte));
        return;
    case VALEUR_FINESS:
        buffer_puts(out, finess_texte((finess)v->n, texte));
        return;
    case VALEUR_SIREN:
        buffer_puts(out, siren_texte((uint32_t)v->n, texte));
        return;
    case VALEUR_MOT:
        mot_dire(v->texte, format, out);
        return;
    case VALEUR_TEXTE:
    case VALEUR_PARAMETRE:
        buffer_puts(out, v->texte);
        return;
    }
}

/* Les valeurs vues : toutes, ou celles d'un seul tour de {@cle|…}. */
struct vue {
    const struct valeur *v;
    size_t n;
};

static bool est(const struct valeur *v, struct slice cle)
{
    return slice_equals(cle, v->cle);
}

/* Rang de la première valeur de cette clé à partir de `de` ; vue.n quand il n'y en a plus. */
static size_t trouver(struct vue vue, struct slice cle, size_t de)
{
    while (de < vue.n && !est(&vue.v[de], cle))
        de++;
    return de;
}

/* La même valeur figure-t-elle plus haut sous la même clé ? */
static bool repetee(struct vue vue, size_t rang)
{
    const struct valeur *v = &vue.v[rang];
    for (size_t i = 0; i < rang; i++) {
        const struct valeur *w = &vue.v[i];
        bool texte = v->texte != NULL && w->texte != NULL;
        if (w->type == v->type && w->n == v->n && (w->cle == v->cle || strcmp(w->cle, v->cle) == 0) &&
            (!texte || strcmp(w->texte, v->texte) == 0))
            return true;
    }
    return false;
}

/* Valeurs différentes d'une clé. */
static size_t compter(struct vue vue, struct slice cle)
{
    size_t n = 0;
    for (size_t i = 0; i < vue.n; i++)
        n += est(&vue.v[i], cle) && !repetee(vue, i) ? 1 : 0;
    return n;
}

/* Coupe à la première barre hors accolades ; `*suite` est ce qui la suit (vide s'il n'y en a pas). */
static struct slice couper(struct slice s, struct slice *suite)
{
    int profondeur = 0;
    for (size_t i = 0; i < s.len; i++) {
        profondeur += s.bytes[i] == '{' ? 1 : s.bytes[i] == '}' ? -1 : 0;
        if (s.bytes[i] == '|' && profondeur == 0) {
            *suite = (struct slice){s.bytes + i + 1, s.len - i - 1};
            return (struct slice){s.bytes, i};
        }
    }
    *suite = (struct slice){s.bytes + s.len, 0};
    return s;
}

static void remplir(struct vue vue, struct slice phrase, struct buffer *out);

/* {cle*} : a, b et c. */
static void enumerer(struct vue vue, struct slice cle, struct buffer *out)
{
    size_t total = compter(vue, cle), dits = 0;
    for (size_t i = trouver(vue, cle, 0); i < vue.n; i = trouver(vue, cle, i + 1)) {
        if (repetee(vue, i))
            continue;
        if (dits > 0)
            buffer_puts(out, dits + 1 == total ? " et " : ", ");
        valeur_dire(&vue.v[i], "", out);
        dits++;
    }
}

/* {@cle|texte|plusieurs} : une fois par valeur, avec celles qui la suivent. */
static void repeter(struct vue vue, struct slice cle, struct slice formes, struct buffer *out)
{
    struct slice plusieurs, texte = couper(formes, &plusieurs);
    bool suivant = false;
    if (plusieurs.len > 0 && compter(vue, cle) > 1)
        texte = plusieurs;
    for (size_t i = trouver(vue, cle, 0); i < vue.n;) {
        size_t fin = trouver(vue, cle, i + 1);
        if (suivant)
            buffer_puts(out, " ; ");
        suivant = true;
        remplir((struct vue){vue.v + i, fin - i}, texte, out);
        i = fin;
    }
}

/* {cle|un|plusieurs} : un entier décide par sa valeur, le reste par le nombre de valeurs. */
static void accorder(struct vue vue, struct slice cle, struct slice formes, struct buffer *out)
{
    struct slice plusieurs, un = couper(formes, &plusieurs);
    size_t i = trouver(vue, cle, 0);
    bool singulier = i < vue.n && vue.v[i].type == VALEUR_ENTIER ? vue.v[i].n > -2 && vue.v[i].n < 2
                                                                 : compter(vue, cle) < 2;
    remplir(vue, singulier ? un : plusieurs, out);
}

/* Ce qui est entre deux accolades. */
static void placer(struct vue vue, struct slice corps, struct buffer *out)
{
    struct slice suite, cle = couper(corps, &suite);
    if (cle.len > 0 && (cle.bytes[0] == '?' || cle.bytes[0] == '@')) {
        char signe = cle.bytes[0];
        cle = (struct slice){cle.bytes + 1, cle.len - 1};
        if (signe == '@')
            repeter(vue, cle, suite, out);
        else if (trouver(vue, cle, 0) < vue.n)
            remplir(vue, suite, out);
        return;
    }
    if (cle.len < corps.len) {
        accorder(vue, cle, suite, out);
        return;
    }
    if (cle.len > 0 && cle.bytes[cle.len - 1] == '*') {
        enumerer(vue, (struct slice){cle.bytes, cle.len - 1}, out);
        return;
    }
    const char *point = memchr(cle.bytes, ';', cle.len);
    const char *format = point == NULL ? "" : point[1] == 'i' ? "iso" : "brut";
    if (point != NULL)
        cle.len = (size_t)(point - cle.bytes);
    size_t i = trouver(vue, cle, 0);
    if (i < vue.n)
        valeur_dire(&vue.v[i], format, out);
}

static void remplir(struct vue vue, struct slice phrase, struct buffer *out)
{
    size_t i = 0;
    while (i < phrase.len) {
        size_t debut = i;
        while (i < phrase.len && phrase.bytes[i] != '{')
            i++;
        buffer_append(out, phrase.bytes + debut, i - debut);
        if (i == phrase.len)
            return;
        int profondeur = 1;
        debut = ++i;
        while (i < phrase.len && profondeur > 0) {
            profondeur += phrase.bytes[i] == '{' ? 1 : phrase.bytes[i] == '}' ? -1 : 0;
            i++;
        }
        placer(vue, (struct slice){phrase.bytes + debut, i - debut - 1}, out);
    }
}

void phrase_remplir(const struct constat *c, const char *phrase, struct buffer *out)
{
    remplir((struct vue){c->valeurs, c->n}, slice_of(phrase), out);
}
