/* A sheet given back with what is said of each of its rows. */
#include "formats/feuille_prive.h"

#include <string.h>
#include "formats/classeur_ecrivain.h"
#include "noyau/fichier.h"

#define AJOUTS 3
static const char *const ajouts[AJOUTS] = {"verdict", "raison", "a_faire"};

struct rendu {
    struct feuille *f;
    const struct feuille_annotation *a;
    size_t n, prochaine;
    size_t largeur;              /* columns of the sheet as it came */
    size_t place[AJOUTS];        /* columns of what is added */
    struct slice champs[FEUILLE_COLONNES + 1];
    size_t n_champs;
    bool entier;                 /* the record could not be cut: one field, as it stands */
    struct buffer valeur, sortie;
    int fd;
    bool rompu;
    struct classeur_ecrivain *classeur;
    size_t rang_source;
};

/* Cuts a record; one that cannot be cut is one field. */
static void couper(struct rendu *r, const struct rangee *e)
{
    const char *texte = r->f->texte.bytes + e->debut;
    r->entier = false;
    if (e->len == 0) {
        r->n_champs = 0;
    } else if (csv_decouper(texte, e->len, r->f->sep, true, r->champs, FEUILLE_COLONNES, &r->n_champs) != CSV_BIEN) {
        r->champs[0] = (struct slice){texte, e->len};
        r->n_champs = 1;
        r->entier = true;
    } else if (r->n_champs > FEUILLE_COLONNES) {
        r->n_champs = FEUILLE_COLONNES;
    }
}

/* Where the three columns go: over those that the header has already, else after everything. */
static void placer(struct rendu *r)
{
    struct buffer plie = {0};
    size_t apres;
    for (size_t i = 0; i < r->f->n_entieres; i++) {
        couper(r, &r->f->entieres[i]);
        r->largeur = r->n_champs > r->largeur ? r->n_champs : r->largeur;
    }
    apres = r->largeur;
    for (size_t k = 0; k < AJOUTS; k++) r->place[k] = SIZE_MAX;
    for (size_t i = 0; i < r->f->n_entieres; i++) {
        if (r->f->entieres[i].ligne != r->f->ligne_entete) continue;
        couper(r, &r->f->entieres[i]);
        for (size_t c = 0; c < r->n_champs; c++) {
            const struct slice nom = slice_trim(csv_valeur(r->champs[c], &r->valeur));
            buffer_clear(&plie);
            texte_fold_name(&plie, nom.bytes, nom.len);
            for (size_t k = 0; plie.len > 0 && k < AJOUTS; k++)
                if (strcmp(plie.bytes, ajouts[k]) == 0 && r->place[k] == SIZE_MAX) r->place[k] = c;
        }
    }
    for (size_t k = 0; k < AJOUTS; k++)
        if (r->place[k] == SIZE_MAX) r->place[k] = apres++;
    buffer_free(&plie);
}

static struct slice ajout(const struct feuille_annotation *a, size_t k)
{
    return a == NULL ? (struct slice){"", 0} : k == 0 ? a->verdict : k == 1 ? a->raison : a->a_faire;
}

/* What is added at that column of the row; false when it is the sheet's own. */
static bool ajoute(const struct rendu *r, uint32_t ligne, const struct feuille_annotation *a, size_t colonne, struct slice *out)
{
    for (size_t k = 0; k < AJOUTS; k++) {
        if (r->place[k] != colonne) continue;
        *out = ligne == r->f->ligne_entete ? slice_of(ajouts[k]) : ajout(a, k);
        return true;
    }
    return false;
}

static const struct feuille_annotation *annotation_de(struct rendu *r, uint32_t ligne)
{
    while (r->prochaine < r->n && r->a[r->prochaine].ligne < ligne) r->prochaine++;
    return r->prochaine < r->n && r->a[r->prochaine].ligne == ligne ? &r->a[r->prochaine] : NULL;
}

static size_t derniere(const struct rendu *r)
{
    size_t n = r->largeur;
    for (size_t k = 0; k < AJOUTS; k++) n = r->place[k] + 1 > n ? r->place[k] + 1 : n;
    return n;
}

/* --- CSV --- */

static void vider(struct rendu *r, size_t seuil)
{
    if (r->sortie.len < seuil) return;
    r->rompu = r->rompu || !fichier_write(r->fd, r->sortie.bytes, r->sortie.len);
    buffer_clear(&r->sortie);
}

/* With `;` only: another separator asks for quotes that csv_ecrire does not think of. */
static void ecrire_texte(struct rendu *r, struct slice v)
{
    struct buffer b = {0};
    csv_ecrire(&b, v.bytes, v.len);
    const bool nu = b.len > 0 && b.bytes[0] != '"' && memchr(b.bytes, r->f->sep, b.len) != NULL;
    if (nu) buffer_putc(&r->sortie, '"');
    buffer_append(&r->sortie, b.bytes, b.len);
    if (nu) buffer_putc(&r->sortie, '"');
    buffer_free(&b);
}

static void ligne_csv(struct rendu *r, const struct rangee *e)
{
    const struct feuille_annotation *a = annotation_de(r, e->ligne);
    const size_t n = derniere(r);
    couper(r, e);
    const bool vide = r->n_champs == 0 && a == NULL;
    for (size_t c = 0; c < n && !vide; c++) {
        struct slice v;
        if (c > 0) buffer_putc(&r->sortie, r->f->sep);
        if (ajoute(r, e->ligne, a, c, &v)) {
            ecrire_texte(r, v);
        } else if (c < r->n_champs) {
            v = csv_valeur(r->champs[c], &r->valeur);
            if (!r->entier && csv_formule(slice_trim(v)))
                ecrire_texte(r, v);
            else
                buffer_append(&r->sortie, r->champs[c].bytes, r->champs[c].len);
        }
    }
    buffer_putc(&r->sortie, '\n');
    vider(r, (size_t)64 << 10);
}

static bool rendre_csv(struct rendu *r)
{
    uint32_t numero = 0;
    buffer_puts(&r->sortie, "\xef\xbb\xbf");
    for (size_t i = 0; i < r->f->n_entieres; i++) {
        while (++numero < r->f->entieres[i].ligne) buffer_putc(&r->sortie, '\n');
        ligne_csv(r, &r->f->entieres[i]);
    }
    vider(r, 0);
    return !r->rompu;
}

/* --- workbook --- */

static bool octets(void *ctx, const void *bytes, size_t len)
{
    struct rendu *r = ctx;
    return fichier_write(r->fd, bytes, len);
}

static void cellule_source(struct rendu *r, uint32_t colonne, struct slice v, enum cellule_nature n)
{
    struct jour j;
    if (n == NATURE_NOMBRE)
        classeur_ecrire_nombre(r->classeur, colonne, STYLE_NOMBRE, v);
    else if (n == NATURE_DATE && jour_parse_iso(v, &j))
        classeur_ecrire_jour(r->classeur, colonne, j);
    else
        classeur_ecrire_texte(r->classeur, colonne, STYLE_TEXTE, v);
}

/* The cells of that row in the workbook read, NULL when it has none. */
static const struct classeur_ligne *ligne_source(struct rendu *r, uint32_t numero)
{
    const struct classeur *c = r->f->source;
    while (c != NULL && r->rang_source < c->n_lignes && c->lignes[r->rang_source].numero < numero) r->rang_source++;
    return c != NULL && r->rang_source < c->n_lignes && c->lignes[r->rang_source].numero == numero ? &c->lignes[r->rang_source] : NULL;
}

static void ligne_classeur(struct rendu *r, const struct rangee *e)
{
    const struct feuille_annotation *a = annotation_de(r, e->ligne);
    const struct classeur_ligne *s = ligne_source(r, e->ligne);
    const size_t n = derniere(r);
    uint32_t i = 0;
    couper(r, e);
    if (!classeur_rangee(r->classeur, e->ligne)) {
        r->rompu = true;
        return;
    }
    for (size_t c = 0; c < n; c++) {
        struct slice v;
        const struct classeur_cellule *x = NULL;
        if (s != NULL) {
            const struct classeur_cellule *de = &r->f->source->cellules[s->premiere];
            while (i < s->n && de[i].colonne < c) i++;
            x = i < s->n && de[i].colonne == c ? &de[i] : NULL;
        }
        if (ajoute(r, e->ligne, a, c, &v))
            classeur_ecrire_texte(r->classeur, (uint32_t)c, e->ligne == r->f->ligne_entete ? STYLE_ENTETE : STYLE_TEXTE, v);
        else if (x != NULL)
            cellule_source(r, (uint32_t)c, (struct slice){r->f->source->texte.bytes + x->debut, x->len}, (enum cellule_nature)x->nature);
        else if (r->f->source == NULL && c < r->n_champs)
            classeur_ecrire_texte(r->classeur, (uint32_t)c, STYLE_TEXTE, r->entier ? r->champs[c] : csv_valeur(r->champs[c], &r->valeur));
    }
}

static bool rendre_classeur(struct rendu *r)
{
    r->classeur = classeur_ecrivain_creer("sons", r->f->ligne_entete, octets, r);
    for (size_t i = 0; i < r->f->n_entieres && !r->rompu; i++) ligne_classeur(r, &r->f->entieres[i]);
    for (size_t i = 0; r->f->source != NULL && i < r->f->source->n_fusions; i++) {
        const struct classeur_plage *p = &r->f->source->fusions[i];
        classeur_fusionner(r->classeur, p->l1, p->c1, p->l2, p->c2);
    }
    return classeur_ecrivain_finir(r->classeur) && !r->rompu;
}

static bool est_xlsx(const char *chemin)
{
    const size_t n = strlen(chemin);
    struct buffer fin = {0};
    if (n < 5) return false;
    texte_fold_name(&fin, chemin + n - 5, 5);
    const bool oui = strcmp(fin.bytes, ".xlsx") == 0;
    buffer_free(&fin);
    return oui;
}

bool feuille_annoter(struct feuille *f, const char *chemin, const struct feuille_annotation *a, size_t n, struct diag_liste *diags)
{
    struct fichier_tmp t;
    if (!fichier_tmp_creer(&t, chemin, diags)) return false;
    struct rendu *r = memoire_calloc(1, sizeof *r);
    r->f = f;
    r->a = a;
    r->n = n;
    r->fd = t.fd;
    placer(r);
    bool ok = est_xlsx(chemin) ? rendre_classeur(r) : rendre_csv(r);
    if (!ok) diag_lieu(diag_erreur(diags, E_ECRITURE, "la feuille annotée ne peut pas être écrite"), &(struct lieu){.fichier = chemin});
    if (!ok || !fichier_tmp_sceller(&t, diags)) {
        fichier_tmp_abandonner(&t);
        ok = false;
    } else {
        ok = fichier_tmp_publier(&t, false, diags);
    }
    buffer_free(&r->valeur);
    buffer_free(&r->sortie);
    memoire_free(r);
    return ok;
}
