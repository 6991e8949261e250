#include "registre/contenu.h"
#include "noyau/tri.h"

#include <stdlib.h>
#include <string.h>

static int cmp_lignes(const void *a, const void *b)
{
    return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

void contenu_mettre(struct fait *correction, enum fait_champ champ, const struct fait *commande, struct arene *a)
{
    struct buffer b = {0};
    fait_ecrire(commande, &b);
    const char *texte = arene_strndup(a, b.bytes, b.len), *fin = texte + b.len;
    buffer_free(&b);
    size_t n = 0, i = 0;
    for (const char *p = texte; p < fin; p++)
        n += *p == '\n';
    struct slice *lignes = arene_alloc(a, n * sizeof *lignes);
    for (const char *p = texte; p < fin; i++) {
        const char *q = memchr(p, '\n', (size_t)(fin - p));
        lignes[i] = (struct slice){p, (size_t)(q - p)};
        p = q + 1;
    }
    trier_liste(lignes, n, sizeof *lignes, cmp_lignes);
    fait_put_liste(correction, champ, lignes, n);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

struct rangee {
    struct slice ligne;
    size_t rang; /* of its field in the fact; 0 = the line `fait` */
};

static bool a_la_cle(struct slice ligne, const char *cle)
{
    const size_t n = strlen(cle);
    return ligne.len > n && memcmp(ligne.bytes, cle, n) == 0 && ligne.bytes[n] == ' ';
}

static int cmp_rangees(const void *a, const void *b)
{
    const struct rangee *x = a, *y = b;
    return x->rang != y->rang ? (x->rang < y->rang ? -1 : 1) : cmp_lignes(&x->ligne, &y->ligne);
}

/* The form named by the line `fait …`; NULL when there is none. */
static const struct fait_forme *forme_nommee(const struct fait_valeur *v)
{
    for (int64_t i = 0; i < v->n; i++) {
        if (!a_la_cle(v->liste[i], "fait"))
            continue;
        const enum fait_type t = fait_type_de((struct slice){v->liste[i].bytes + 5, v->liste[i].len - 5});
        return t == FAIT_NOMBRE ? NULL : fait_forme(t);
    }
    return NULL;
}

static size_t rang_de(const struct fait_forme *forme, struct slice ligne)
{
    for (size_t i = 0; i < forme->n; i++)
        if (a_la_cle(ligne, champ_forme((enum fait_champ)(forme->premier + i))->cle))
            return i + 1;
    return 0;
}

/* Back in the order of the fields, then through the strict reader: what it does not take whole is broken. */
static bool contenu_lignes_lire(const struct fait_valeur *v, struct arene *a, struct fait *out)
{
    const struct fait_forme *forme = v->present ? forme_nommee(v) : NULL;
    if (forme == NULL)
        return false;
    struct rangee *r = arene_alloc(a, (size_t)v->n * sizeof *r);
    struct buffer b = {0};
    size_t lu = 0;
    for (int64_t i = 0; i < v->n; i++)
        r[i] = (struct rangee){v->liste[i], rang_de(forme, v->liste[i])};
    trier_liste(r, (size_t)v->n, sizeof *r, cmp_rangees);
    for (int64_t i = 0; i < v->n; i++) {
        buffer_append(&b, r[i].ligne.bytes, r[i].ligne.len);
        buffer_putc(&b, '\n');
    }
    const struct slice texte = {arene_strndup(a, b.bytes, b.len), b.len};
    buffer_free(&b);
    if (!fait_lire(texte, a, out, &lu) || lu != texte.len)
        return false;
    fait_actuel(out);
    return out->type == FAIT_COMMANDE_ENREGISTREE;
}

bool contenu_lire(const struct fait *f, struct arene *a, struct fait *out)
{
    switch (f->type) {
    case FAIT_COMMANDE_ENREGISTREE:
        *out = *f;
        return true;
    case FAIT_COMMANDE_COMPLETEE:
        return contenu_lignes_lire(fait_get(f, CO_CONTENU), a, out);
    case FAIT_COMMANDE_RECTIFIEE:
        return contenu_lignes_lire(fait_get(f, CX_CONTENU), a, out);
    default:
        return false;
    }
}

int64_t fait_commande(const struct fait *f, int64_t numero)
{
    const struct champ_forme *c = champ_forme(fait_forme(f->type)->premier);
    if (f->type == FAIT_COMMANDE_ENREGISTREE)
        return numero;
    return c->type == CHAMP_ENTIER && strcmp(c->cle, "commande") == 0 ? f->v[0].n : 0;
}
