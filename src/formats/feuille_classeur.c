/* The rows of a workbook as records of CSV: one way to read a sheet, whatever file it comes from. */
#include "formats/feuille_prive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "noyau/memoire.h"
#include "noyau/tri.h"

/* --- opening --- */

static bool entete(void *ctx, const struct slice *textes, size_t n)
{
    return feuille_connus(ctx, textes, n) >= 2;
}

bool feuille_classeur_ouvrir(struct feuille_lecture *l, const char *chemin)
{
    l->f->sep = ';';
    l->f->classeur = true;
    l->classeur = classeur_lire(chemin, entete, l, l->diags);
    if (l->classeur == NULL) return false;
    l->f->empreinte = l->classeur->empreinte;
    return true;
}

/* --- rows --- */

static struct slice texte_de(const struct classeur *c, const struct classeur_cellule *x)
{
    return (struct slice){c->texte.bytes + x->debut, x->len};
}

static void ecrire_cellule(struct feuille_lecture *l, struct slice v, enum cellule_nature n)
{
    if (n == NATURE_NOMBRE || n == NATURE_DATE || n == NATURE_IMPRECIS) {
        buffer_append(&l->f->texte, v.bytes, v.len); /* digits: no quotes nor apostrophe */
    } else {
        csv_ecrire(&l->f->texte, v.bytes, v.len);
    }
}

/* The vertical merges that begin at or before this row, by column. */
static void activer(struct feuille_lecture *l, uint32_t numero)
{
    const struct classeur *c = l->classeur;
    for (; l->prochaine_fusion < c->n_fusions && c->fusions[l->prochaine_fusion].l1 <= numero; l->prochaine_fusion++) {
        const struct classeur_plage *p = &c->fusions[l->prochaine_fusion];
        l->active[p->c1] = p;
        l->portee[p->c1] = NULL;
    }
}

/* The cell whose value a merge gives to column `k` of this row, or NULL. */
static const struct classeur_cellule *fusionnee(const struct feuille_lecture *l, uint16_t k, uint32_t numero)
{
    const struct classeur_plage *p = l->active[k];
    return p != NULL && numero > p->l1 && numero <= p->l2 ? l->portee[k] : NULL;
}

bool feuille_classeur_ligne(struct feuille_lecture *l)
{
    const struct classeur *c = l->classeur;
    if (l->rang == c->n_lignes) return false;
    const struct classeur_ligne *r = &c->lignes[l->rang++];
    for (uint32_t n = l->numero + 1; n < r->numero && l->f->n > 0; n++) feuille_ligne_vide(l, n);
    l->numero = r->numero;
    l->r = (struct rangee){.debut = l->f->texte.len, .ligne = r->numero};
    memset(l->natures, NATURE_TEXTE, sizeof l->natures);
    if (l->active != NULL) activer(l, r->numero);
    const uint16_t derniere = c->cellules[r->premiere + r->n - 1].colonne;
    for (uint32_t k = 0, i = 0; k <= derniere || k < l->f->n_colonnes; k++) {
        const struct classeur_cellule *x = i < r->n && c->cellules[r->premiere + i].colonne == k ? &c->cellules[r->premiere + i++] : NULL;
        if (k > 0) buffer_putc(&l->f->texte, ';');
        if (l->active != NULL && x != NULL && l->active[k] != NULL && l->active[k]->l1 == r->numero) l->portee[k] = x;
        if (x == NULL && l->active != NULL) x = fusionnee(l, (uint16_t)k, r->numero);
        if (x == NULL) continue;
        l->natures[k] = x->nature;
        ecrire_cellule(l, texte_de(c, x), (enum cellule_nature)x->nature);
    }
    l->r.len = (uint32_t)(l->f->texte.len - l->r.debut);
    l->examen = csv_examiner(l->f->texte.bytes + l->r.debut, l->r.len);
    l->examen.controle = l->examen.controle || l->examen.non_ascii;
    return true;
}

void feuille_classeur_cellule(struct feuille_lecture *l, size_t colonne)
{
    struct diag *d;
    switch ((enum cellule_nature)l->natures[colonne]) {
    case NATURE_ERREUR:
        d = feuille_faute(l, E_CELLULE, colonne, "la cellule est en erreur dans le tableur");
        diag_trouve(d, "%.*s", (int)l->colonnes[colonne].len, l->colonnes[colonne].bytes);
        return;
    case NATURE_SANS_VALEUR:
        d = feuille_faute(l, E_CELLULE, colonne, "la formule n'a pas de valeur dans le fichier");
        diag_a_faire(d, "ouvrir le classeur dans le tableur, le laisser calculer et l'enregistrer, ou coller la valeur");
        return;
    case NATURE_IMPRECIS:
        d = feuille_faute(l, E_CELLULE, colonne, "nombre de plus de quinze chiffres : le tableur en a perdu");
        diag_trouve(d, "%.*s", (int)l->colonnes[colonne].len, l->colonnes[colonne].bytes);
        diag_a_faire(d, "mettre la cellule au format texte et y recopier le numéro");
        return;
    case NATURE_TEXTE: case NATURE_NOMBRE: case NATURE_POURCENT: case NATURE_DATE: case NATURE_BOOLEEN: return;
    }
}

/* --- merged cells --- */

static size_t champ_de_colonne(const struct feuille *f, uint16_t colonne)
{
    for (size_t i = 0; i < f->n_champs; i++)
        if (f->colonne[i] == colonne) return i;
    return f->n_champs;
}

static void plage_nom(const struct classeur_plage *p, char out[72])
{
    char a[32], b[32];
    snprintf(out, 72, "%s:%s", cellule_nom(p->c1 + 1u, p->l1, a), cellule_nom(p->c2 + 1u, p->l2, b));
}

static int par_debut(const void *a, const void *b)
{
    const struct classeur_plage *x = a, *y = b;
    return x->l1 != y->l1 ? (x->l1 < y->l1 ? -1 : 1) : (x->c1 > y->c1) - (x->c1 < y->c1);
}

static void refuser_fusion(struct feuille_lecture *l, const struct classeur_plage *p, size_t champ)
{
    char nom[72];
    plage_nom(p, nom);
    struct diag *d = diag_erreur(l->diags, E_FUSION, "cellules fusionnées sur plusieurs colonnes : %s", nom);
    diag_lieu(d, &(struct lieu){.fichier = l->f->chemin, .ligne = p->l1, .colonne = l->f->colonne[champ] + 1u});
}

void feuille_classeur_fusions(struct feuille_lecture *l)
{
    struct classeur *c = l->classeur;
    size_t gardees = 0;
    trier_liste(c->fusions, c->n_fusions, sizeof *c->fusions, par_debut);
    for (size_t i = 0; i < c->n_fusions; i++) {
        const struct classeur_plage p = c->fusions[i];
        size_t champ = l->f->n_champs;
        for (uint32_t k = p.c1; k <= p.c2 && k < FEUILLE_COLONNES && champ == l->f->n_champs; k++) champ = champ_de_colonne(l->f, (uint16_t)k);
        if (champ == l->f->n_champs || p.l2 < l->r.ligne) continue;
        if (p.c2 > p.c1)
            refuser_fusion(l, &p, champ);
        else if (p.l1 > l->r.ligne)
            c->fusions[gardees++] = p;
    }
    c->n_fusions = gardees;
    if (gardees == 0) return;
    l->active = memoire_calloc(FEUILLE_COLONNES + 1, sizeof *l->active);
    l->portee = memoire_calloc(FEUILLE_COLONNES + 1, sizeof *l->portee);
}

/* First row kept whose number is at least `numero`. */
static size_t rang_de(const struct feuille *f, uint32_t numero)
{
    size_t bas = 0, haut = f->n;
    while (bas < haut) {
        const size_t m = bas + (haut - bas) / 2;
        if (f->rangees[m].ligne < numero)
            bas = m + 1;
        else
            haut = m;
    }
    return bas;
}

static void garder_fusions(struct feuille_lecture *l)
{
    struct feuille *f = l->f;
    const struct classeur *c = l->classeur;
    for (size_t i = 0; i < c->n_fusions; i++) {
        const size_t a = rang_de(f, c->fusions[i].l1), z = rang_de(f, c->fusions[i].l2 + 1);
        if (z <= a + 1) continue;
        f->fusions = memoire_grow(f->fusions, &f->cap_fusions, f->n_fusions + 1, sizeof *f->fusions);
        f->fusions[f->n_fusions++] = (struct feuille_fusion){a, z - 1, champ_de_colonne(f, c->fusions[i].c1)};
    }
}

/* --- said once --- */

/* Column by column: how many merges, the first of them named. */
static void dire_fusions(struct feuille_lecture *l)
{
    const struct classeur *c = l->classeur;
    for (uint16_t k = 0; k < FEUILLE_COLONNES; k++) {
        struct buffer b = {0};
        size_t n = 0;
        char nom[72];
        for (size_t i = 0; i < c->n_fusions; i++) {
            if (c->fusions[i].c1 != k) continue;
            plage_nom(&c->fusions[i], nom);
            if (n++ < 3) buffer_printf(&b, "%s%s", n > 1 ? ", " : "", nom);
        }
        if (n > 0)
            feuille_remarquer(l->f, E_REPARE, 0, k + 1u, "%s : cellules fusionnées (%s%s), la valeur est lue sur chaque ligne",
                              l->champs[champ_de_colonne(l->f, k)].nom, b.bytes, n > 3 ? "…" : "");
        buffer_free(&b);
    }
}

static void dire_masquees(struct feuille_lecture *l)
{
    const struct classeur *c = l->classeur;
    struct buffer b = {0};
    size_t n = 0;
    char nom[32];
    for (size_t i = 0; i < c->n_lignes; i++)
        if (c->lignes[i].masquee && c->lignes[i].numero > l->f->ligne_entete && n++ < 8)
            buffer_printf(&b, "%s%u", n > 1 ? ", " : "", (unsigned)c->lignes[i].numero);
    if (n > 0)
        feuille_remarquer(l->f, E_AVERTISSEMENT, 0, 0, n > 1 ? "%zu lignes masquées, lues comme les autres : %s%s" : "%zu ligne masquée, lue comme les autres : %s%s",
                          n, b.bytes, n > 8 ? "…" : "");
    buffer_clear(&b);
    n = 0;
    for (size_t i = 0; i < l->f->n_champs; i++) {
        const uint16_t k = l->f->colonne[i];
        if (k == SANS_COLONNE || !c->colonne_masquee[k]) continue;
        buffer_printf(&b, "%s%s (%s)", n++ > 0 ? ", " : "", cellule_nom(k + 1u, 0, nom), l->champs[i].nom);
    }
    if (n > 0) feuille_remarquer(l->f, E_AVERTISSEMENT, 0, 0, n > 1 ? "colonnes masquées, lues comme les autres : %s" : "colonne masquée, lue comme les autres : %s", b.bytes);
    buffer_free(&b);
}

void feuille_classeur_dire(struct feuille_lecture *l)
{
    const struct classeur *c = l->classeur;
    if (c->n_autres > 0)
        feuille_remarquer(l->f, E_AVERTISSEMENT, 0, 0, "feuille lue : « %.60s » ; %s : %s", c->nom,
                          c->n_autres > 1 ? "les autres ne le sont pas" : "l'autre ne l'est pas", c->autres.bytes);
    dire_fusions(l);
    dire_masquees(l);
    garder_fusions(l);
}
