/* La table des règles et ce que leurs constats deviennent. */
#include <string.h>

#include "regles/regles_prive.h"

static const struct regle regles[REGLE_NOMBRE] = {
#define REGLE(rang, ident, version, etape, gravite, depuis, date, titre, attendu, remede, source, fonction)            \
    [rang] = {ident, version, etape, gravite, depuis, date, titre, attendu, remede, source, fonction},
#include "regles/regles.def"
#undef REGLE
};

/* Valeurs réservées d'avance à chaque constat : un constat conforme n'en demande pas plus. */
#define VALEURS_CONFORME 4

size_t regles_nombre(void)
{
    return REGLE_NOMBRE;
}

const struct regle *regle_de(size_t rang)
{
    return rang < REGLE_NOMBRE ? &regles[rang] : NULL;
}

static char majuscule(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

size_t regle_rang(const char *ident, size_t len)
{
    for (size_t r = 0; r < REGLE_NOMBRE; r++) {
        size_t i = 0;
        while (i < len && regles[r].ident[i] != '\0' && majuscule(ident[i]) == regles[r].ident[i])
            i++;
        if (i == len && regles[r].ident[i] == '\0')
            return r;
    }
    return REGLE_NOMBRE;
}

size_t regles_appliquer(const struct dossier *d, const struct parametres *p, unsigned etapes, const uint16_t *aussi,
                        size_t n_aussi, struct arene *a, struct constat **out)
{
    bool choisies[REGLE_NOMBRE];
    size_t nombre = 0, n = 0;
    for (size_t r = 0; r < REGLE_NOMBRE; r++)
        choisies[r] = (etapes >> regles[r].etape & 1u) != 0;
    for (size_t i = 0; i < n_aussi; i++)
        if (aussi[i] < REGLE_NOMBRE)
            choisies[aussi[i]] = true;
    for (size_t r = 0; r < REGLE_NOMBRE; r++)
        nombre += choisies[r] ? 1 : 0;
    struct constat *constats = arene_alloc(a, nombre * sizeof *constats);
    struct valeur *valeurs = arene_alloc(a, nombre * VALEURS_CONFORME * sizeof *valeurs);
    for (size_t r = 0; r < REGLE_NOMBRE; r++) {
        if (!choisies[r])
            continue;
        constats[n] = (struct constat){
            .regle = (uint16_t)r,
            .verdict = VERDICT_SANS_OBJET,
            .valeurs = valeurs + n * VALEURS_CONFORME,
            .cap = VALEURS_CONFORME,
        };
        regles[r].fonction(d, p, a, &constats[n]);
        n++;
    }
    *out = constats;
    return n;
}

enum gravite constat_gravite(const struct constat *c)
{
    return c->verdict == VERDICT_EN_ATTENTE ? GRAVITE_ATTENTE : regles[c->regle].gravite;
}

struct bilan regles_bilan(const struct dossier *d, const struct constat *c, size_t n)
{
    struct bilan b = {0};
    for (size_t i = 0; i < n; i++) {
        if (c[i].verdict == VERDICT_CONFORME)
            b.conformes++;
        else if (c[i].verdict == VERDICT_EN_ATTENTE)
            b.attentes++;
        else if (c[i].verdict != VERDICT_NON_CONFORME)
            continue;
        else if (constat_gravite(&c[i]) == GRAVITE_INFORMATION)
            b.informations++;
        else if (constat_gravite(&c[i]) != GRAVITE_DISCORDANCE)
            b.anomalies++;
        else if (constat_justifie(d, &c[i]) != NULL)
            b.discordances_justifiees++;
        else
            b.discordances++;
    }
    return b;
}

bool bilan_emettable(const struct bilan *b)
{
    return b->anomalies == 0 && b->discordances == 0 && b->attentes == 0;
}

#define CLE "constat "

/* « constat IDENT version verdict », composé une fois par règle et par verdict : le journal en écrit trente par commande. */
static struct slice tete(size_t rang, enum verdict v)
{
    static struct buffer textes[REGLE_NOMBRE][VERDICT_NON_CONFORME + 1];
    struct buffer *b = &textes[rang][v];
    if (b->len == 0) {
        buffer_puts(b, CLE);
        buffer_puts(b, regles[rang].ident);
        buffer_putc(b, ' ');
        buffer_put_i64(b, regles[rang].version);
        buffer_putc(b, ' ');
        buffer_puts(b, verdict_ident(v));
    }
    return (struct slice){b->bytes, b->len};
}

void constat_ecrire(const struct constat *c, struct buffer *out)
{
    const struct slice t = tete(c->regle, c->verdict);
    buffer_append(out, t.bytes + strlen(CLE), t.len - strlen(CLE));
    constat_ecrire_valeurs(c, out);
}

void constat_ecrire_ligne(const struct constat *c, struct buffer *out)
{
    const struct slice t = tete(c->regle, c->verdict);
    buffer_append(out, t.bytes, t.len);
    constat_ecrire_valeurs(c, out);
    buffer_putc(out, '\n');
}

struct empreinte constat_empreinte(const struct constat *c)
{
    struct buffer ligne = {0};
    constat_ecrire(c, &ligne);
    struct empreinte e = empreinte_de(ligne.bytes, ligne.len);
    buffer_free(&ligne);
    return e;
}

/* La plus récente est la première (dossier.h). */
const struct justification *constat_caduque(const struct dossier *d, const struct constat *c)
{
    if (regles[c->regle].gravite != GRAVITE_DISCORDANCE || constat_justifie(d, c) != NULL)
        return NULL;
    for (uint32_t i = 0; i < d->n_justifications; i++)
        if (strcmp(d->justifications[i].regle, regles[c->regle].ident) == 0)
            return &d->justifications[i];
    return NULL;
}

/* Seule une discordance se justifie ; la justification tombe quand le constat auquel elle répond change. */
const struct justification *constat_justifie(const struct dossier *d, const struct constat *c)
{
    if (c->verdict != VERDICT_NON_CONFORME || regles[c->regle].gravite != GRAVITE_DISCORDANCE)
        return NULL;
    for (uint32_t i = 0; i < d->n_justifications; i++) {
        const struct justification *j = &d->justifications[i];
        if (strcmp(j->regle, regles[c->regle].ident) != 0)
            continue;
        struct empreinte e = constat_empreinte(c);
        if (empreinte_egale(&e, &j->constat))
            return j;
    }
    return NULL;
}
