/* The cells of one sheet, as its XML gives them. */
#include <stdlib.h>
#include <string.h>

#include "formats/classeur_prive.h"
#include "noyau/memoire.h"
#include "noyau/tri.h"

#define FUSIONS_MAX ((size_t)100000)
#define FAUTES_MAX 50

/* What the element open at each depth is; anything else is passed over. */
enum place { HORS, FEUILLE, DONNEES, COLONNES, FUSIONS, RANGEE, CELLULE, VALEUR, FORMULE, EN_LIGNE, MORCEAU, TEXTE };

struct lecture {
    struct classeur_lecture *l;
    struct classeur *c;
    uint32_t max;
    enum place place[10]; /* by depth */
    uint32_t ligne, colonne, precedente; /* row; column and, of the row, the column before + 1 */
    bool masquee, desordre;
    bool a_formule, a_valeur;
    char type;                           /* s, i(nlineStr), t (str), b, e, d, n */
    enum classeur_format format;
    struct buffer texte;                 /* of the cell under way */
    unsigned fautes;
    bool assez;
};

static void faute(struct lecture *k, uint32_t ligne, uint32_t colonne, const char *texte)
{
    if (k->fautes++ >= FAUTES_MAX)
        return;
    struct diag *d = diag_erreur(k->l->diags, E_CLASSEUR, "%s", texte);
    diag_lieu(d, &(struct lieu){.fichier = k->l->chemin, .ligne = ligne, .colonne = colonne});
}

/* --- rows ------------------------------------------------------------------------------------------------------------ */

static void rangee_debut(struct lecture *k, const struct xml_element *e)
{
    const struct slice r = xml_attribut(e, "r"), h = xml_attribut(e, "hidden");
    const int64_t n = r.len == 0 ? (int64_t)k->ligne + 1 : classeur_entier(r);
    if (n < 1 || n > CLASSEUR_LIGNES) {
        faute(k, 0, 0, "une ligne du classeur a un numéro impossible");
        k->assez = true;
        return;
    }
    k->ligne = (uint32_t)n;
    k->precedente = 0;
    k->masquee = slice_equals(h, "1") || slice_equals(h, "true");
    k->assez = k->max > 0 && k->ligne > k->max;
}

/* The row of the cell, created when it is the first to hold something. */
static struct classeur_ligne *rangee(struct lecture *k)
{
    struct classeur *c = k->c;
    struct classeur_ligne *d = c->n_lignes > 0 ? &c->lignes[c->n_lignes - 1] : NULL;
    if (d != NULL && d->numero == k->ligne && d->premiere + d->n == c->n_cellules)
        return d;
    k->desordre = k->desordre || (d != NULL && d->numero >= k->ligne);
    c->lignes = memoire_grow(c->lignes, &c->cap_lignes, c->n_lignes + 1, sizeof *c->lignes);
    d = &c->lignes[c->n_lignes++];
    *d = (struct classeur_ligne){.numero = k->ligne, .premiere = c->n_cellules, .masquee = k->masquee};
    return d;
}

/* --- cells ----------------------------------------------------------------------------------------------------------- */

static void cellule_debut(struct lecture *k, const struct xml_element *e)
{
    const struct slice r = xml_attribut(e, "r"), t = xml_attribut(e, "t");
    const int64_t s = classeur_entier(xml_attribut(e, "s"));
    uint32_t ligne = k->ligne, colonne = k->precedente;
    if (r.len > 0 && (!classeur_reference(r, &ligne, &colonne) || ligne != k->ligne))
        faute(k, k->ligne, 0, "une cellule du classeur n'est pas dans sa ligne");
    k->colonne = colonne;
    k->precedente = colonne + 1;
    k->a_formule = k->a_valeur = false;
    k->type = t.len == 0 ? 'n' : slice_equals(t, "inlineStr") ? 'i' : slice_equals(t, "str") ? 't' : t.bytes[0];
    k->format = s >= 0 && (size_t)s < k->l->n_formats ? (enum classeur_format)k->l->formats[s] : FORMAT_NOMBRE;
    buffer_clear(&k->texte);
}

/* A number as its format shows it. */
static enum cellule_nature nombre(struct lecture *k, struct buffer *out)
{
    struct buffer b = {0};
    const size_t debut = out->len;
    enum cellule_nature n = classeur_nombre((struct slice){k->texte.bytes, k->texte.len}, &b);
    const struct slice v = {b.bytes, b.len};
    if (n == NATURE_NOMBRE && (k->format == FORMAT_DATE || k->format == FORMAT_DATE_HEURE) &&
        classeur_date(v, k->l->base_1904, k->format == FORMAT_DATE_HEURE, out)) {
        n = NATURE_DATE;
    } else if (n == NATURE_NOMBRE && k->format == FORMAT_POURCENT) {
        struct buffer cent = {0};
        buffer_printf(&cent, "%sE2", b.bytes);
        (void)classeur_nombre((struct slice){cent.bytes, cent.len}, out);
        buffer_puts(out, " %");
        buffer_free(&cent);
        n = NATURE_POURCENT;
    } else {
        out->len = debut;
        buffer_append(out, b.bytes, b.len);
    }
    buffer_free(&b);
    return n;
}

/* `2022-07-12T00:00:00` of the strict form. */
static enum cellule_nature date_iso(struct lecture *k, struct buffer *out)
{
    struct slice v = slice_trim((struct slice){k->texte.bytes, k->texte.len});
    const bool minuit = v.len > 10 && v.bytes[10] == 'T' && (v.len < 16 || memcmp(v.bytes + 11, "00:00", 5) == 0);
    buffer_append(out, v.bytes, v.len < 10 ? v.len : 10);
    if (v.len >= 16 && v.bytes[10] == 'T' && !minuit)
        buffer_printf(out, " %.5s", v.bytes + 11);
    return NATURE_DATE;
}

static enum cellule_nature partagee(struct lecture *k, struct buffer *out)
{
    const int64_t rang = classeur_entier(slice_trim((struct slice){k->texte.bytes, k->texte.len}));
    if (rang < 0 || (size_t)rang >= k->l->n_chaines)
        faute(k, k->ligne, k->colonne + 1, "un texte du classeur manque");
    else
        buffer_append(out, k->l->chaines.bytes + k->l->chaine[rang].debut, k->l->chaine[rang].len);
    return NATURE_TEXTE;
}

static enum cellule_nature valeur(struct lecture *k, struct buffer *out)
{
    if (k->a_formule && !k->a_valeur && k->type != 'i')
        return NATURE_SANS_VALEUR;
    switch (k->type) {
    case 's': return partagee(k, out);
    case 'b': buffer_puts(out, k->texte.len == 1 && k->texte.bytes[0] == '1' ? "oui" : "non"); return NATURE_BOOLEEN;
    case 'e': buffer_append(out, k->texte.bytes, k->texte.len); return NATURE_ERREUR;
    case 'd': return date_iso(k, out);
    case 'i':
    case 't': buffer_append(out, k->texte.bytes, k->texte.len); return NATURE_TEXTE;
    default: return nombre(k, out);
    }
}

static void cellule_fin(struct lecture *k)
{
    struct classeur *c = k->c;
    const size_t debut = c->texte.len;
    if (!k->a_valeur && !k->a_formule)
        return;
    const enum cellule_nature n = valeur(k, &c->texte);
    size_t len = c->texte.len - debut;
    if (len == 0 && n != NATURE_SANS_VALEUR)
        return;
    if (len > CLASSEUR_TEXTE_MAX)
        len = CLASSEUR_TEXTE_MAX;
    struct classeur_ligne *ligne = rangee(k);
    c->cellules = memoire_grow(c->cellules, &c->cap_cellules, c->n_cellules + 1, sizeof *c->cellules);
    const uint16_t colonne = (uint16_t)(k->colonne < CLASSEUR_COLONNES ? k->colonne : CLASSEUR_COLONNES);
    if (colonne == CLASSEUR_COLONNES && ligne->n > 0 && c->cellules[c->n_cellules - 1].colonne == colonne)
        return; /* one stands for all those beyond */
    c->cellules[c->n_cellules++] = (struct classeur_cellule){.debut = debut, .len = (uint32_t)len & 0xffffffu, .nature = (unsigned char)n, .colonne = colonne};
    ligne->n++;
}

/* --- merged cells, hidden columns ------------------------------------------------------------------------------------ */

static void fusion(struct lecture *k, const struct xml_element *e)
{
    struct classeur *c = k->c;
    const struct slice ref = xml_attribut(e, "ref");
    const char *deux = ref.len > 0 ? memchr(ref.bytes, ':', ref.len) : NULL;
    uint32_t l1, c1, l2, c2;
    if (deux == NULL || c->n_fusions == FUSIONS_MAX || !classeur_reference((struct slice){ref.bytes, (size_t)(deux - ref.bytes)}, &l1, &c1) ||
        !classeur_reference((struct slice){deux + 1, (size_t)(ref.bytes + ref.len - deux) - 1}, &l2, &c2) || l2 < l1 || c2 < c1) {
        faute(k, 0, 0, "une fusion de cellules du classeur n'a pas de sens");
        return;
    }
    c->fusions = memoire_grow(c->fusions, &c->cap_fusions, c->n_fusions + 1, sizeof *c->fusions);
    c->fusions[c->n_fusions++] = (struct classeur_plage){l1, l2, (uint16_t)c1, (uint16_t)c2};
}

static void colonnes(struct lecture *k, const struct xml_element *e)
{
    const struct slice h = xml_attribut(e, "hidden");
    if (!slice_equals(h, "1") && !slice_equals(h, "true"))
        return;
    const int64_t de = classeur_entier(xml_attribut(e, "min")), a = classeur_entier(xml_attribut(e, "max"));
    for (int64_t i = de; i >= 1 && i <= a && i <= (int64_t)CLASSEUR_COLONNES; i++)
        k->c->colonne_masquee[i - 1] = true;
}

/* --- events ---------------------------------------------------------------------------------------------------------- */

static enum place place_de(enum place parent, const char *nom)
{
    static const struct {
        enum place parent;
        const char *nom;
        enum place place;
    } table[] = {{HORS, "worksheet", FEUILLE}, {FEUILLE, "sheetData", DONNEES}, {FEUILLE, "cols", COLONNES}, {FEUILLE, "mergeCells", FUSIONS},
                 {DONNEES, "row", RANGEE}, {RANGEE, "c", CELLULE}, {CELLULE, "v", VALEUR}, {CELLULE, "f", FORMULE}, {CELLULE, "is", EN_LIGNE},
                 {EN_LIGNE, "t", TEXTE}, {EN_LIGNE, "r", MORCEAU}, {MORCEAU, "t", TEXTE}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].parent == parent && strcmp(table[i].nom, nom) == 0)
            return table[i].place;
    return HORS;
}

static void debut(void *ctx, const struct xml_element *e)
{
    struct lecture *k = ctx;
    if (e->profondeur >= sizeof k->place / sizeof *k->place)
        return;
    const enum place parent = e->profondeur == 1 ? HORS : k->place[e->profondeur - 1];
    const enum place ici = e->profondeur > 1 && parent == HORS ? HORS : place_de(parent, e->nom);
    k->place[e->profondeur] = ici;
    if (k->assez)
        return;
    if (ici == RANGEE)
        rangee_debut(k, e);
    else if (ici == CELLULE)
        cellule_debut(k, e);
    else if (ici == FORMULE)
        k->a_formule = true;
    else if (parent == FUSIONS && strcmp(e->nom, "mergeCell") == 0)
        fusion(k, e);
    else if (parent == COLONNES && strcmp(e->nom, "col") == 0)
        colonnes(k, e);
}

static void fin(void *ctx, const struct xml_element *e)
{
    struct lecture *k = ctx;
    if (e->profondeur >= sizeof k->place / sizeof *k->place || k->assez)
        return;
    switch (k->place[e->profondeur]) {
    case VALEUR:
        k->a_valeur = k->a_valeur || e->texte.len > 0;
        if (k->type == 't' || k->type == 'i')
            classeur_texte(&k->texte, e->texte);
        else
            buffer_append(&k->texte, e->texte.bytes, e->texte.len);
        break;
    case TEXTE:
        k->a_valeur = true;
        classeur_texte(&k->texte, e->texte);
        break;
    case CELLULE: cellule_fin(k); break;
    case HORS: case FEUILLE: case DONNEES: case COLONNES: case FUSIONS: case RANGEE: case FORMULE: case EN_LIGNE: case MORCEAU: break;
    }
}

static bool assez(void *ctx)
{
    const struct lecture *k = ctx;
    return k->assez;
}

/* --- order ----------------------------------------------------------------------------------------------------------- */

static int par_ligne(const void *a, const void *b)
{
    const struct classeur_ligne *x = a, *y = b;
    return x->numero != y->numero ? (x->numero < y->numero ? -1 : 1) : (x->premiere > y->premiere) - (x->premiere < y->premiere);
}

static int par_colonne(const void *a, const void *b)
{
    const struct classeur_cellule *x = a, *y = b;
    return x->colonne != y->colonne ? (x->colonne < y->colonne ? -1 : 1) : (x->debut > y->debut) - (x->debut < y->debut);
}

/* Rows and cells in order, each given once: two that say different things at one place would be a choice of ours. */
static void ordonner(struct lecture *k)
{
    struct classeur *c = k->c;
    if (k->desordre)
        trier_liste(c->lignes, c->n_lignes, sizeof *c->lignes, par_ligne);
    for (size_t i = 0; i < c->n_lignes; i++) {
        struct classeur_ligne *l = &c->lignes[i];
        struct classeur_cellule *x = c->cellules + l->premiere;
        bool range = true;
        if (i > 0 && c->lignes[i - 1].numero == l->numero)
            faute(k, l->numero, 0, "la ligne est donnée deux fois dans le classeur");
        for (uint32_t n = 1; n < l->n; n++)
            range = range && x[n].colonne > x[n - 1].colonne;
        if (range)
            continue;
        trier_liste(x, l->n, sizeof *x, par_colonne);
        for (uint32_t n = 1; n < l->n; n++)
            if (x[n].colonne == x[n - 1].colonne)
                faute(k, l->numero, x[n].colonne + 1u, "la cellule est donnée deux fois dans le classeur");
    }
}

bool classeur_cellules(struct classeur_lecture *l, const char *partie, uint32_t max, struct classeur *c)
{
    struct lecture k = {.l = l, .c = c, .max = max};
    const struct xml_evenements ev = {.debut = debut, .fin = fin, .ctx = &k};
    const bool lu = classeur_partie(l, partie, &ev, assez);
    if (lu)
        ordonner(&k);
    buffer_free(&k.texte);
    return lu && k.fautes == 0;
}
