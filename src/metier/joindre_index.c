#include "metier/joindre_index.h"

#include <stdlib.h>
#include <string.h>

#include "noyau/numero.h"
#include "noyau/texte.h"
#include "noyau/tri.h"

/* A file name is at most 255 bytes: more words than this are not looked at. */
#define MOTS_MAX 128
#define CLE_COURTE 3
/* Orders kept while a name is read; beyond, it is ambiguous anyway. */
#define TROUVEES_MAX 64

static void compacter(struct buffer *out, const char *plie)
{
    for (; *plie != '\0'; plie++)
        if (*plie != ' ')
            buffer_putc(out, *plie);
}

static void ranger(struct index_commandes *x, size_t rang, int quoi, struct slice texte)
{
    struct index_commande *e = &x->items[rang];
    struct buffer b = {0}, compact = {0};
    texte_fold(&b, texte.bytes, texte.len);
    buffer_append(&b, "", 0);
    compacter(&compact, b.bytes);
    e->plies[quoi] = arene_strndup(&x->arene, b.bytes, b.len);
    if (compact.len > 0) {
        const struct slice cle = {arene_strndup(&x->arene, compact.bytes, compact.len), compact.len};
        const size_t premier = dico_mettre(&x->compacts[quoi], cle, rang);
        if (premier != DICO_ABSENT) {
            e->suivantes[quoi] = x->items[premier].suivantes[quoi];
            x->items[premier].suivantes[quoi] = rang + 1;
        }
        x->plus_long = compact.len > x->plus_long ? compact.len : x->plus_long;
    }
    buffer_free(&b);
    buffer_free(&compact);
}

void index_ajouter(struct index_commandes *x, int64_t commande, struct slice numero, struct slice reference, uint32_t fournisseur)
{
    x->items = memoire_grow(x->items, &x->cap, x->n + 1, sizeof *x->items);
    x->items[x->n] = (struct index_commande){.commande = commande, .numero = arene_strndup(&x->arene, numero.bytes, numero.len),
                                             .fournisseur = fournisseur};
    ranger(x, x->n, 0, numero);
    ranger(x, x->n, 1, reference);
    x->n++;
}

void index_free(struct index_commandes *x)
{
    memoire_free(x->items);
    dico_free(&x->compacts[0]);
    dico_free(&x->compacts[1]);
    arene_free(&x->arene);
    *x = (struct index_commandes){0};
}

size_t nom_sans_suffixe(const char *nom, const char **suffixe)
{
    const char *point = strrchr(nom, '.');
    const size_t n = point != NULL ? strlen(point + 1) : 0;
    const bool lettre = n > 0 && ((point[1] >= 'a' && point[1] <= 'z') || (point[1] >= 'A' && point[1] <= 'Z'));
    *suffixe = lettre && n <= 5 && point > nom ? point + 1 : "";
    return **suffixe != '\0' ? (size_t)(point - nom) : strlen(nom);
}

/* --- one name --------------------------------------------------------------------------------------------------- */

struct trouvee {
    size_t rang;
    bool entier, exacte;
};
struct lecture_nom {
    const struct index_commandes *x;
    char *plie;                  /* words, each ended by a NUL */
    const char *mots[MOTS_MAX];
    size_t n_mots;
    struct trouvee trouvees[TROUVEES_MAX];
    size_t n;
};

static void decouper(struct lecture_nom *l)
{
    for (char *p = l->plie; *p != '\0' && l->n_mots < MOTS_MAX;) {
        l->mots[l->n_mots++] = p;
        p += strcspn(p, " ");
        if (*p == ' ')
            *p++ = '\0';
    }
}

/* Do the words from `de` to `a` read as `plie`, separators at the same places? */
static bool exacte(const struct lecture_nom *l, size_t de, size_t a, const char *plie)
{
    for (size_t i = de; i <= a; i++) {
        const size_t n = strlen(l->mots[i]);
        if (strncmp(plie, l->mots[i], n) != 0 || plie[n] != (i == a ? '\0' : ' '))
            return false;
        plie += n + (i < a);
    }
    return true;
}

static void retenir(struct lecture_nom *l, size_t rang, bool entier, bool meme)
{
    size_t i = 0;
    while (i < l->n && l->trouvees[i].rang != rang)
        i++;
    if (i == TROUVEES_MAX)
        return;
    if (i == l->n)
        l->trouvees[l->n++] = (struct trouvee){rang, false, false};
    l->trouvees[i].entier = l->trouvees[i].entier || entier;
    l->trouvees[i].exacte = l->trouvees[i].exacte || meme;
}

/* Is `siren` one of the words before `de` or after `a`, or (`seul`) the only one there? */
static bool siren_autour(const struct lecture_nom *l, uint32_t siren, size_t de, size_t a, bool seul)
{
    char t[10];
    bool la = false;
    (void)siren_texte(siren, t);
    for (size_t i = 0; i < l->n_mots; i++) {
        const bool autour = i < de || i > a;
        const bool dit = autour && siren != 0 && strcmp(l->mots[i], t) == 0;
        if (seul && autour && !dit)
            return false;
        la = la || dit;
    }
    return seul || la;
}

static void lire(struct lecture_nom *l, int quoi)
{
    struct buffer b = {0};
    for (size_t de = 0; de < l->n_mots; de++) {
        buffer_clear(&b);
        for (size_t a = de; a < l->n_mots && b.len <= l->x->plus_long; a++) {
            buffer_puts(&b, l->mots[a]);
            size_t rang = dico_chercher(&l->x->compacts[quoi], (struct slice){b.bytes, b.len});
            while (rang != DICO_ABSENT && l->n < TROUVEES_MAX) {
                const struct index_commande *c = &l->x->items[rang];
                const bool entier = siren_autour(l, c->fournisseur, de, a, true);
                if (entier || b.len >= CLE_COURTE)
                    retenir(l, rang, entier, exacte(l, de, a, c->plies[quoi]));
                rang = c->suivantes[quoi] == 0 ? DICO_ABSENT : c->suivantes[quoi] - 1;
            }
        }
    }
    buffer_free(&b);
}

/* Among several, those of one kind, when there are some. */
static void preferer(struct lecture_nom *l, int critere)
{
    size_t n = 0;
    struct trouvee gardees[TROUVEES_MAX];
    for (size_t i = 0; i < l->n; i++) {
        const struct trouvee *t = &l->trouvees[i];
        if (critere == 0 ? t->entier : critere == 1 ? t->exacte : siren_autour(l, l->x->items[t->rang].fournisseur, SIZE_MAX, 0, false))
            gardees[n++] = *t;
    }
    if (n == 0)
        return;
    memcpy(l->trouvees, gardees, n * sizeof *gardees);
    l->n = n;
}

static int cmp_trouvee(const void *a, const void *b)
{
    const struct trouvee *x = a, *y = b;
    return x->rang < y->rang ? -1 : x->rang > y->rang;
}

size_t index_chercher(const struct index_commandes *x, const char *nom, size_t *out, size_t max, bool *par_reference)
{
    const char *suffixe;
    struct buffer b = {0};
    struct lecture_nom l = {.x = x};
    texte_fold(&b, nom, nom_sans_suffixe(nom, &suffixe));
    buffer_append(&b, "", 0);
    l.plie = b.bytes;
    decouper(&l);
    lire(&l, 0);
    *par_reference = l.n == 0;
    if (l.n == 0)
        lire(&l, 1);
    for (int critere = 0; critere < 3 && l.n > 1; critere++)
        preferer(&l, critere);
    trier_liste(l.trouvees, l.n, sizeof *l.trouvees, cmp_trouvee);
    for (size_t i = 0; i < l.n && i < max; i++)
        out[i] = l.trouvees[i].rang;
    buffer_free(&b);
    return l.n;
}
