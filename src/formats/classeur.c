/* A workbook: its parts, its sheets, the one to read. */
#include "formats/classeur_prive.h"

#include <string.h>
#include "noyau/memoire.h"

#define PARTIE_MAX (UINT64_C(256) << 20)
#define ONGLETS_MAX 1000u
#define ENTETE_LIGNES 30u /* rows among which a header is looked for */

static const struct xml_bornes bornes = {
    .total = PARTIE_MAX, .profondeur = 64, .attributs = 64, .balise = (size_t)1 << 20, .texte = (size_t)512 << 10, .prefixes = true,
};

static struct diag *faute(struct classeur_lecture *l, enum erreur_code c, const char *texte)
{
    struct diag *d = diag_erreur(l->diags, c, "%s", texte);
    diag_lieu(d, &(struct lieu){.fichier = l->chemin});
    return d;
}

/* --- parts ---------------------------------------------------------------------------------------------------------- */

struct lecture_partie {
    struct xml_flux *flux;
    bool (*arrete)(void *ctx);
    void *ctx;
    bool fini;
};

static bool morceau(void *ctx, const void *octets, size_t len)
{
    struct lecture_partie *p = ctx;
    const bool suite = xml_flux_ajouter(p->flux, octets, len);
    p->fini = p->arrete != NULL && p->arrete(p->ctx);
    return suite && !p->fini;
}

bool classeur_partie(struct classeur_lecture *l, const char *partie, const struct xml_evenements *ev, bool (*arrete)(void *ctx))
{
    const uint64_t avant = l->diags->erreurs;
    if (!xml_preparer(l->diags))
        return false;
    struct diag_liste muets = {0};
    struct lecture_partie p = {.flux = xml_flux_creer(l->chemin, NULL, &bornes, ev, &muets), .arrete = arrete, .ctx = ev->ctx};
    bool ok = paquet_lire(l->paquet, partie, PARTIE_MAX, morceau, &p, l->diags);
    const bool forme = xml_flux_finir(p.flux);
    if (ok && !p.fini && !forme) {
        const bool cause = muets.n > 0;
        struct diag *d = faute(l, E_CLASSEUR, cause ? muets.items[0].message : "le contenu du classeur n'a pas la forme attendue");
        diag_trouve(d, "dans %s, ligne %llu du XML", partie, cause ? (unsigned long long)muets.items[0].ligne : 0ULL);
        ok = false;
    }
    diag_vider(&muets);
    return ok && l->diags->erreurs == avant;
}

int64_t classeur_entier(struct slice s)
{
    int64_t n = 0;
    if (s.len == 0 || s.len > 10)
        return -1;
    for (size_t i = 0; i < s.len; i++) {
        if (s.bytes[i] < '0' || s.bytes[i] > '9')
            return -1;
        n = n * 10 + (s.bytes[i] - '0');
    }
    return n;
}

bool classeur_fini_par(struct slice s, const char *fin)
{
    const size_t n = strlen(fin);
    return s.len >= n && memcmp(s.bytes + s.len - n, fin, n) == 0;
}

/* --- relationships -------------------------------------------------------------------------------------------------- */

/* A target as written in the relationships of a part of `dossier` ("xl/"). Owned by the caller. */
static char *cible(const char *dossier, struct slice t)
{
    struct buffer b = {0};
    if (t.len > 0 && t.bytes[0] != '/')
        buffer_puts(&b, dossier);
    for (size_t i = 0; i < t.len;) {
        const char *s = memchr(t.bytes + i, '/', t.len - i);
        const size_t n = s == NULL ? t.len - i : (size_t)(s - t.bytes) - i;
        if (n == 2 && memcmp(t.bytes + i, "..", 2) == 0) {
            while (b.len > 0 && b.bytes[b.len - 1] == '/')
                b.len--;
            while (b.len > 0 && b.bytes[b.len - 1] != '/')
                b.len--;
        } else if (n > 0 && !(n == 1 && t.bytes[i] == '.')) {
            buffer_append(&b, t.bytes + i, n);
            if (s != NULL)
                buffer_putc(&b, '/');
        }
        i += n + 1;
    }
    buffer_append(&b, "", 0);
    return b.bytes;
}

struct relations {
    struct classeur_lecture *l;
    const char *dossier;
    bool racine;
};

static void remplacer(char **ou, char *valeur)
{
    memoire_free(*ou);
    *ou = valeur;
}

static void relation(void *ctx, const struct xml_element *e)
{
    struct relations *r = ctx;
    struct classeur_lecture *l = r->l;
    if (e->profondeur != 2 || strcmp(e->nom, "Relationship") != 0 || slice_equals(xml_attribut(e, "TargetMode"), "External"))
        return;
    const struct slice type = xml_attribut(e, "Type"), id = xml_attribut(e, "Id");
    char *partie = cible(r->dossier, xml_attribut(e, "Target"));
    char **ou = NULL;
    if (r->racine)
        ou = classeur_fini_par(type, "/officeDocument") ? &l->partie_classeur : NULL;
    else if (classeur_fini_par(type, "/styles"))
        ou = &l->partie_styles;
    else if (classeur_fini_par(type, "/sharedStrings"))
        ou = &l->partie_chaines;
    for (size_t i = 0; !r->racine && classeur_fini_par(type, "/worksheet") && i < l->n_onglets; i++)
        if (slice_equals(id, l->onglets[i].id))
            ou = &l->onglets[i].partie;
    if (ou != NULL)
        remplacer(ou, partie);
    else
        memoire_free(partie);
}

static bool lire_relations(struct classeur_lecture *l, const char *partie, const char *dossier, bool racine)
{
    struct relations r = {l, dossier, racine};
    const struct xml_evenements ev = {.debut = relation, .ctx = &r};
    return classeur_partie(l, partie, &ev, NULL);
}

/* --- workbook.xml --------------------------------------------------------------------------------------------------- */

static char *copie(struct slice s)
{
    return memoire_strndup(s.len > 0 ? s.bytes : "", s.len);
}

static void classeur_element(void *ctx, const struct xml_element *e)
{
    struct classeur_lecture *l = ctx;
    if (e->profondeur == 2 && strcmp(e->nom, "workbookPr") == 0) {
        const struct slice v = xml_attribut(e, "date1904");
        l->base_1904 = slice_equals(v, "1") || slice_equals(v, "true") || slice_equals(v, "on");
    }
    if (e->profondeur != 3 || strcmp(e->nom, "sheet") != 0 || l->n_onglets == ONGLETS_MAX)
        return;
    const struct slice etat = xml_attribut(e, "state");
    l->onglets = memoire_grow(l->onglets, &l->cap_onglets, l->n_onglets + 1, sizeof *l->onglets);
    l->onglets[l->n_onglets++] = (struct classeur_onglet){
        .nom = copie(xml_attribut(e, "name")), .id = copie(xml_attribut(e, "id")), .visible = etat.len == 0 || slice_equals(etat, "visible")};
}

bool classeur_structure(struct classeur_lecture *l)
{
    if (!lire_relations(l, "_rels/.rels", "", true))
        return false;
    if (l->partie_classeur == NULL) {
        faute(l, E_CLASSEUR_AUTRE, "ce n'est pas un classeur Excel (.xlsx)");
        return false;
    }
    if (classeur_fini_par(slice_of(l->partie_classeur), ".bin")) {
        diag_trouve(faute(l, E_CLASSEUR_AUTRE, "classeur binaire"), "un classeur .xlsb");
        return false;
    }
    const struct xml_evenements ev = {.debut = classeur_element, .ctx = l};
    if (!classeur_partie(l, l->partie_classeur, &ev, NULL))
        return false;
    struct buffer dossier = {0}, rels = {0};
    const char *base = strrchr(l->partie_classeur, '/');
    base = base == NULL ? l->partie_classeur : base + 1;
    buffer_append(&dossier, l->partie_classeur, (size_t)(base - l->partie_classeur));
    buffer_printf(&rels, "%s_rels/%s.rels", dossier.bytes, base);
    const bool ok = lire_relations(l, rels.bytes, dossier.bytes, false);
    buffer_free(&dossier);
    buffer_free(&rels);
    return ok;
}

/* --- which sheet ---------------------------------------------------------------------------------------------------- */

void classeur_free(struct classeur *c)
{
    if (c == NULL)
        return;
    buffer_free(&c->texte);
    buffer_free(&c->autres);
    memoire_free(c->cellules);
    memoire_free(c->lignes);
    memoire_free(c->fusions);
    memoire_free(c->nom);
    memoire_free(c);
}

/* Does one of the first rows look like the header? */
static bool porte_entete(struct classeur_lecture *l, const char *partie, classeur_entete *entete, void *ctx)
{
    struct classeur *c = memoire_calloc(1, sizeof *c);
    struct slice textes[CLASSEUR_COLONNES + 1];
    struct diag_liste *dits = l->diags, muets = {0};
    l->diags = &muets; /* its faults are not those of the sheet read */
    (void)classeur_cellules(l, partie, ENTETE_LIGNES, c);
    l->diags = dits;
    diag_vider(&muets);
    bool trouve = false;
    for (size_t i = 0; i < c->n_lignes && !trouve; i++) {
        for (uint32_t k = 0; k < c->lignes[i].n; k++) {
            const struct classeur_cellule *x = &c->cellules[c->lignes[i].premiere + k];
            textes[k] = (struct slice){c->texte.bytes + x->debut, x->len};
        }
        trouve = entete(ctx, textes, c->lignes[i].n);
    }
    classeur_free(c);
    return trouve;
}

static size_t choisir(struct classeur_lecture *l, classeur_entete *entete, void *ctx)
{
    size_t premiere = SIZE_MAX, visibles = 0;
    for (size_t i = 0; i < l->n_onglets; i++) {
        if (!l->onglets[i].visible || l->onglets[i].partie == NULL)
            continue;
        visibles++;
        if (premiere == SIZE_MAX)
            premiere = i;
    }
    for (size_t i = premiere; visibles > 1 && entete != NULL && i < l->n_onglets; i++)
        if (l->onglets[i].visible && l->onglets[i].partie != NULL && porte_entete(l, l->onglets[i].partie, entete, ctx))
            return i;
    return premiere;
}

static void nommer_autres(const struct classeur_lecture *l, size_t lu, struct classeur *c)
{
    for (size_t i = 0; i < l->n_onglets; i++) {
        if (i == lu)
            continue;
        if (c->n_autres++ < 8)
            buffer_printf(&c->autres, "%s« %.60s »%s", c->n_autres > 1 ? ", " : "", l->onglets[i].nom, l->onglets[i].visible ? "" : " (masquée)");
    }
    if (c->n_autres > 8)
        buffer_printf(&c->autres, " et %zu autres", c->n_autres - 8);
}

static struct classeur *lire(struct classeur_lecture *l, classeur_entete *entete, void *ctx)
{
    if (!paquet_contient(l->paquet, "[Content_Types].xml")) {
        struct diag *d = faute(l, E_CLASSEUR_AUTRE, "ce n'est pas un classeur Excel (.xlsx)");
        diag_trouve(d, "%s", paquet_contient(l->paquet, "mimetype") ? "un document OpenDocument (.ods)" : "une archive ZIP");
        return NULL;
    }
    if (!classeur_structure(l) || !classeur_styles(l) || !classeur_chaines(l))
        return NULL;
    const size_t lu = choisir(l, entete, ctx);
    if (lu == SIZE_MAX) {
        faute(l, E_CLASSEUR, "le classeur n'a aucune feuille visible");
        return NULL;
    }
    struct classeur *c = memoire_calloc(1, sizeof *c);
    c->nom = memoire_strdup(l->onglets[lu].nom);
    nommer_autres(l, lu, c);
    if (classeur_cellules(l, l->onglets[lu].partie, 0, c) && paquet_empreinte(l->paquet, &c->empreinte, l->diags))
        return c;
    classeur_free(c);
    return NULL;
}

struct classeur *classeur_lire(const char *chemin, classeur_entete *entete, void *ctx, struct diag_liste *diags)
{
    struct classeur_lecture l = {.chemin = chemin, .diags = diags};
    l.paquet = paquet_ouvrir(chemin, diags);
    if (l.paquet == NULL)
        return NULL;
    struct classeur *c = lire(&l, entete, ctx);
    for (size_t i = 0; i < l.n_onglets; i++) {
        memoire_free(l.onglets[i].nom);
        memoire_free(l.onglets[i].id);
        memoire_free(l.onglets[i].partie);
    }
    memoire_free(l.onglets);
    memoire_free(l.partie_classeur);
    memoire_free(l.partie_styles);
    memoire_free(l.partie_chaines);
    memoire_free(l.formats);
    memoire_free(l.chaine);
    buffer_free(&l.chaines);
    paquet_fermer(l.paquet);
    return c;
}
