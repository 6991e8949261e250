/* The rows of a FINESS file as a whole: sorted by number, unique, no number both ET and EJ. */
#include "formats/finess_prive.h"
#include "noyau/tri.h"

#include <stdlib.h>
#include <string.h>

static int comparer_cles(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Rows of `taille` bytes, whose first member is the number (ET and EJ alike), put in order with their lines. */
static void trier(struct finess_suite *s, void **rangees, size_t n, size_t taille)
{
    uint64_t *cles = memoire_calloc(n, sizeof *cles);
    char *avant = *rangees;
    char *apres = memoire_alloc(n * taille);
    uint32_t *lignes = memoire_calloc(n, sizeof *lignes);
    for (size_t i = 0; i < n; i++) {
        finess numero;
        memcpy(&numero, avant + i * taille, sizeof numero);
        cles[i] = (uint64_t)numero << 32 | i;
    }
    trier_liste(cles, n, sizeof *cles, comparer_cles);
    for (size_t i = 0; i < n; i++) {
        size_t k = (size_t)(cles[i] & UINT32_MAX);
        memcpy(apres + i * taille, avant + k * taille, taille);
        lignes[i] = s->lignes[k];
    }
    memoire_free(cles);
    memoire_free(avant);
    memoire_free(s->lignes);
    *rangees = apres;
    s->lignes = lignes;
}

/* Column of the number, from 1; 0 in a JSON document. */
static uint32_t colonne_numero(const struct finess_lecture *l)
{
    return l->out->forme == FINESS_STRUCTURES ? 0 : (uint32_t)l->plan.rang[C_NUMERO] + 1;
}

static finess numero_de(const char *rangees, size_t taille, size_t i)
{
    finess numero;
    memcpy(&numero, rangees + i * taille, sizeof numero);
    return numero;
}

static void doublons(struct finess_lecture *l, const struct finess_suite *s, const char *rangees, size_t n, size_t taille)
{
    char texte[FINESS_TEXTE_MAX];
    for (size_t i = 1, premier = 0; i < n; i++) {
        finess numero = numero_de(rangees, taille, i);
        if (numero != numero_de(rangees, taille, i - 1)) {
            premier = i;
            continue;
        }
        struct diag *d = diag_erreur(l->diags, E_FINESS_DOUBLON, "numéro FINESS présent deux fois");
        diag_lieu(d, &(struct lieu){.fichier = l->chemin, .ligne = s->lignes[i], .colonne = colonne_numero(l)});
        diag_trouve(d, "%s, déjà ligne %u", finess_texte(numero, texte), s->lignes[premier]);
    }
}

/* Sorts 31-bit numbers: three passes of eleven bits, whatever the file. */
static void trier_numeros(finess *a, finess *b, size_t n)
{
    for (unsigned decalage = 0; decalage < 33; decalage += 11) {
        size_t debut[2049] = {0};
        for (size_t i = 0; i < n; i++) debut[((a[i] >> decalage) & 2047) + 1]++;
        for (size_t k = 0; k < 2048; k++) debut[k + 1] += debut[k];
        for (size_t i = 0; i < n; i++) b[debut[(a[i] >> decalage) & 2047]++] = a[i];
        finess *c = a;
        a = b;
        b = c;
    }
}

static void et_et_ej(struct finess_lecture *l)
{
    const struct finess_fichier *out = l->out;
    size_t n = 0;
    char texte[FINESS_TEXTE_MAX];
    finess *ej = memoire_calloc(2 * out->n_et, sizeof *ej);
    for (size_t i = 0; i < out->n_et; i++) {
        if (i == 0 || out->et[i].ej != out->et[i - 1].ej) ej[n++] = out->et[i].ej;
    }
    trier_numeros(ej, ej + n, n);
    const finess *trie = ej + n; /* three passes: the result is in the second half */
    for (size_t i = 0, k = 0; i < out->n_et; i++) {
        while (k < n && trie[k] < out->et[i].et) k++;
        if (k == n || trie[k] != out->et[i].et) continue;
        struct diag *d = diag_erreur(l->diags, E_FINESS_ET_EJ, "même numéro pour un établissement et une entité juridique");
        diag_lieu(d, &(struct lieu){.fichier = l->chemin, .ligne = l->et.lignes[i], .colonne = colonne_numero(l)});
        diag_trouve(d, "%s", finess_texte(out->et[i].et, texte));
    }
    memoire_free(ej);
}

static int comparer_categories(const void *a, const void *b)
{
    const struct categorie_libelle *x = a, *y = b;
    return (x->categorie > y->categorie) - (x->categorie < y->categorie);
}

static void *ordonner(struct finess_lecture *l, struct finess_suite *s, void *rangees, size_t n, size_t taille)
{
    if (!s->melee) return rangees;
    trier(s, &rangees, n, taille);
    doublons(l, s, rangees, n, taille);
    return rangees;
}

void finess_ordonner(struct finess_lecture *l)
{
    struct finess_fichier *out = l->out;
    out->et = ordonner(l, &l->et, out->et, out->n_et, sizeof *out->et);
    out->ej = ordonner(l, &l->ej, out->ej, out->n_ej, sizeof *out->ej);
    if (out->n_et > 0) et_et_ej(l);
    trier_liste(out->categories, out->n_categories, sizeof *out->categories, comparer_categories);
}
