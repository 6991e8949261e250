#include "noyau/constat.h"

#include <string.h>

static const char *const verdicts[][2] = {
    [VERDICT_SANS_OBJET] = {"sans objet", "sans_objet"},
    [VERDICT_CONFORME] = {"conforme", "conforme"},
    [VERDICT_EN_ATTENTE] = {"en attente", "en_attente"},
    [VERDICT_NON_CONFORME] = {"non conforme", "non_conforme"},
};

const char *verdict_nom(enum verdict v)
{
    return verdicts[v][0];
}

const char *verdict_ident(enum verdict v)
{
    return verdicts[v][1];
}

/* The next slot, or NULL when the constat is full (said in the header). Fields are written one by one into it: building
 * the value elsewhere and copying it took a third of the time of all the rules. */
static struct valeur *slot(struct constat *c, struct arene *a, const char *cle, enum valeur_type type)
{
    if (c->n == UINT16_MAX)
        return NULL;
    if (c->n == c->cap) {
        uint16_t cap = c->cap == 0 ? 8 : c->cap > UINT16_MAX / 2 ? UINT16_MAX : (uint16_t)(c->cap * 2);
        struct valeur *grown = arene_alloc(a, cap * sizeof *grown);
        if (c->n)
            memcpy(grown, c->valeurs, c->n * sizeof *grown);
        c->valeurs = grown;
        c->cap = cap;
    }
    struct valeur *v = &c->valeurs[c->n++];
    v->cle = cle;
    v->type = type;
    v->portee = PORTEE_ENTIERE;
    return v;
}

static void add_n(struct constat *c, struct arene *a, const char *cle, enum valeur_type type, int64_t n)
{
    struct valeur *v = slot(c, a, cle, type);
    if (v == NULL)
        return;
    v->n = n;
    v->texte = NULL;
}

static void add_texte(struct constat *c, struct arene *a, const char *cle, enum valeur_type type, const char *texte)
{
    struct valeur *v = slot(c, a, cle, type);
    if (v == NULL)
        return;
    v->n = 0;
    v->texte = texte;
}

void constat_entier(struct constat *c, struct arene *a, const char *cle, int64_t n)
{
    add_n(c, a, cle, VALEUR_ENTIER, n);
}

void constat_montant(struct constat *c, struct arene *a, const char *cle, struct montant m)
{
    add_n(c, a, cle, VALEUR_MONTANT, m.centimes);
}

void constat_taux(struct constat *c, struct arene *a, const char *cle, struct taux t)
{
    add_n(c, a, cle, VALEUR_TAUX, t.dix_milliemes);
}

void constat_jour(struct constat *c, struct arene *a, const char *cle, struct jour j)
{
    add_n(c, a, cle, VALEUR_JOUR, j.n);
}

void constat_instant(struct constat *c, struct arene *a, const char *cle, struct instant i)
{
    add_n(c, a, cle, VALEUR_INSTANT, i.s);
}

void constat_finess(struct constat *c, struct arene *a, const char *cle, finess f)
{
    add_n(c, a, cle, VALEUR_FINESS, f);
}

void constat_siren(struct constat *c, struct arene *a, const char *cle, uint32_t siren)
{
    add_n(c, a, cle, VALEUR_SIREN, siren);
}

void constat_texte(struct constat *c, struct arene *a, const char *cle, const char *s)
{
    const char *copy = s ? arene_strndup(a, s, strlen(s)) : "";
    add_texte(c, a, cle, VALEUR_TEXTE, copy);
}

void constat_mot(struct constat *c, struct arene *a, const char *cle, const char *static_word)
{
    add_texte(c, a, cle, VALEUR_MOT, static_word);
}

void constat_parametre(struct constat *c, struct arene *a, const char *static_key)
{
    add_texte(c, a, static_key, VALEUR_PARAMETRE, static_key);
}

static void porter(struct constat *c, enum valeur_portee portee)
{
    if (c->n > 0)
        c->valeurs[c->n - 1].portee = portee;
}

void constat_dire_seulement(struct constat *c)
{
    porter(c, PORTEE_DITE);
}

void constat_ecrire_seulement(struct constat *c)
{
    porter(c, PORTEE_ECRITE);
}

static void escaped(struct buffer *out, const char *s)
{
    for (;;) {
        size_t run = strcspn(s, "\\\n ");
        buffer_append(out, s, run);
        s += run;
        if (*s == '\0')
            return;
        buffer_puts(out, *s == '\\' ? "\\\\" : *s == '\n' ? "\\n" : "\\s");
        s++;
    }
}

/* Bytes of a value that is not a text: the longest is an instant. */
#define VALEUR_MAX 64

/* What is not a text; where it ends. */
static char *write_number(const struct valeur *v, char *p)
{
    switch (v->type) {
    case VALEUR_ENTIER:
        return texte_i64(p, v->n);
    case VALEUR_MONTANT:
        return montant_present(montant_of(v->n)) ? texte_i64(p, v->n) : p;
    case VALEUR_TAUX:
        return v->n >= 0 ? texte_i64(p, v->n) : p;
    case VALEUR_JOUR:
        (void)jour_iso((struct jour){(int32_t)v->n}, p);
        break;
    case VALEUR_INSTANT:
        (void)instant_utc((struct instant){v->n}, p);
        break;
    case VALEUR_FINESS:
        (void)finess_texte((finess)v->n, p);
        break;
    case VALEUR_SIREN:
        (void)siren_texte((uint32_t)v->n, p);
        break;
    case VALEUR_TEXTE:
    case VALEUR_MOT:
    case VALEUR_PARAMETRE:
        return p;
    }
    return p + strlen(p);
}

void constat_ecrire_valeurs(const struct constat *c, struct buffer *out)
{
    for (uint16_t i = 0; i < c->n; i++) {
        const struct valeur *v = &c->valeurs[i];
        if (v->portee == PORTEE_DITE)
            continue;
        if (v->type == VALEUR_PARAMETRE) { /* a key of parametres.def: nothing to escape */
            buffer_puts(out, " @");
            buffer_puts(out, v->texte);
            continue;
        }
        const size_t n = strlen(v->cle);
        char *p = buffer_place(out, n + VALEUR_MAX);
        *p++ = ' ';
        p = (char *)memcpy(p, v->cle, n) + n;
        *p++ = '=';
        buffer_jusque(out, write_number(v, p));
        if (v->type == VALEUR_TEXTE || v->type == VALEUR_MOT)
            escaped(out, v->texte);
    }
}
