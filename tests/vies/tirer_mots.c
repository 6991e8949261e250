/* What the draws share: words of a command, instants, days, amounts, orders. */
#define _GNU_SOURCE
#include "tirer.h"

#include <stdarg.h>
#include "noyau/memoire.h"

/* --- words --------------------------------------------------------------------------------------------------------------------- */

void mot(struct acte *a, const char *fmt, ...)
{
    struct buffer b = {0};
    char t[512];
    va_list ap;
    va_start(ap, fmt);
    const int n = vsnprintf(t, sizeof t, fmt, ap);
    va_end(ap);
    buffer_append(&b, t, (size_t)n);
    a->mots[a->n++] = memoire_strndup(b.bytes, b.len);
    a->mots[a->n] = NULL;
    buffer_free(&b);
}

/* Words separated by spaces. */
void mots(struct acte *a, const char *phrase)
{
    while (*phrase != '\0') {
        const size_t n = strcspn(phrase, " ");
        mot(a, "%.*s", (int)n, phrase);
        phrase += n + (phrase[n] == ' ');
    }
}

void option_montant(struct acte *a, const char *nom, int64_t centimes)
{
    char t[32];
    mot(a, "--%s", nom);
    mot(a, "%s", montant_texte(centimes, t));
}

void option_instant(struct acte *a, const char *nom, int64_t le)
{
    char t[32];
    if (le == 0)
        return;
    mot(a, "--%s", nom);
    mot(a, "%s", le == soir_de(jour_de(le)) ? jour_texte(jour_de(le), t) : instant_texte(le, t));
}

void option_jour(struct acte *a, const char *nom, int jour)
{
    char t[32];
    mot(a, "--%s", nom);
    mot(a, "%s", jour_texte(jour, t));
}

void mot_allonger(struct acte *a, const char *suite)
{
    struct buffer b = {0};
    buffer_printf(&b, "%s%s", a->mots[a->n - 1], suite);
    memoire_free(a->mots[a->n - 1]);
    a->mots[a->n - 1] = memoire_strndup(b.bytes, b.len);
    buffer_free(&b);
}

void acte_vider(struct acte *a)
{
    for (int i = 0; i < a->n; i++)
        memoire_free(a->mots[i]);
    buffer_free(&a->fichier);
}

int mot_demande(struct acte *a, const struct modele *m, int c, enum versement *v)
{
    const struct commande *o = &m->commandes[c];
    int donnes = 0;
    for (int i = 0; i < o->n_choses; i++)
        donnes += o->choses[i].asp;
    for (int i = o->n_choses - 1; i >= 0 && (donnes + m->rang) % 3 == 0; i--)
        if (o->choses[i].asp) {
            mot(a, "SEG-%d%c", c, o->choses[i].v == AVANCE ? 'A' : 'S');
            *v = o->choses[i].v;
            return o->choses[i].numero;
        }
    mot(a, "%s", o->numero);
    return 0;
}

/* By its number, or by one that ASP gave. */
void mot_commande(struct acte *a, const struct modele *m, int c)
{
    enum versement v;
    (void)mot_demande(a, m, c, &v);
}

int cible = -1;
bool calme, aveugle;

/* --- draws --------------------------------------------------------------------------------------------------------------------- */

int sous(struct alea *h, int n)
{
    return (int)alea_sous(h, (uint32_t)n);
}

/* When an act is said to have been done: mostly now, often some days ago, now and then in the future; an hour, or a day. */
int64_t tirer_le(const struct modele *m, struct alea *h)
{
    int64_t le = 0;
    switch (aveugle ? 25 : sous(h, 26)) {
    case 0: le = m->maintenant + 86400 * (1 + sous(h, 4)); break;
    case 1: return alea_chance(h, 300) ? m->maintenant + 1 + sous(h, 3600) : soir_de(jour_de(m->maintenant));
    case 2: case 3: case 4: le = m->maintenant - sous(h, 3 * 86400); break;
    case 5: le = m->maintenant - sous(h, 60 * 86400); break;
    case 6: return m->maintenant;
    default: return 0;
    }
    return alea_chance(h, 250) ? soir_de(jour_de(le)) : le;
}

int tirer_jour(const struct modele *m, struct alea *h)
{
    const int hui = jour_de(m->maintenant);
    switch (sous(h, 12)) {
    case 0: return hui + 1;
    case 1: return hui - sous(h, 60);
    case 2: case 3: case 4: return hui - sous(h, 5);
    default: return hui;
    }
}

/* One of the instants at which something happened to the order: the places where one second counts. */
int64_t tirer_instant(const struct modele *m, const struct commande *c, struct alea *h)
{
    if (c->n_choses == 0 || alea_chance(h, 400))
        return m->maintenant - (alea_chance(h, 500) ? 0 : sous(h, 5 * 86400));
    const int64_t le = c->choses[sous(h, c->n_choses)].le;
    return (le ? le : m->maintenant) + (alea_chance(h, 500) ? 0 : sous(h, 3) - 1);
}

/* That one; or one whose state is one of those, most often; any, otherwise. */
int choisir(const struct modele *m, struct alea *h, const char *etats)
{
    if (aveugle)
        return sous(h, m->n);
    if (cible >= 0 && alea_chance(h, 900))
        return cible;
    int bonnes[COMMANDES_MAX], n = 0;
    for (int c = 0; c < m->n; c++) {
        const struct regard r = regarder(&m->commandes[c], TOUJOURS);
        if (est(&r, etats))
            bonnes[n++] = c;
    }
    return n > 0 && alea_chance(h, 780) ? bonnes[sous(h, n)] : sous(h, m->n);
}

int64_t tva_de(int64_t ht)
{
    return (ht * 20 + 50) / 100;
}

int64_t tirer_ht(struct alea *h, int n)
{
    if (alea_chance(h, 300))
        return (int64_t)182500 * n;
    return alea_entre(h, 10000, 182500 * (uint32_t)n);
}
