#include "metier/correspondance.h"

#include <stdlib.h>
#include <string.h>

#include "metier/cellules.h"
#include "metier/transaction.h"
#include "registre/base.h"
#include "noyau/tri.h"

#define IGNOREE "-"

const char *feuille_genre_mot(enum feuille_genre g)
{
    static const char *const mots[FEUILLE_GENRE_NOMBRE] = {
        [FEUILLE_FOURNISSEURS] = "fournisseur", [FEUILLE_SOLUTIONS] = "solution", [FEUILLE_FINANCEMENTS] = "financement",
        [FEUILLE_ATTESTATIONS] = "attestation", [FEUILLE_COMMANDES] = "commande"};
    return mots[g] != NULL ? mots[g] : "autre";
}

void correspondance_free(struct correspondance *c)
{
    memoire_free(c->renommages);
    arene_free(&c->textes);
    *c = (struct correspondance){0};
}

static int par_colonne(const void *a, const void *b)
{
    const struct feuille_renommage *x = a, *y = b;
    return strcmp(x->colonne, y->colonne);
}

static void ajouter(struct correspondance *c, struct slice colonne, size_t champ)
{
    c->renommages = memoire_grow(c->renommages, &c->cap, c->n + 1, sizeof *c->renommages);
    c->renommages[c->n++] = (struct feuille_renommage){arene_strndup(&c->textes, colonne.bytes, colonne.len), champ};
}

static size_t champ_nomme(enum feuille_genre g, struct slice nom)
{
    size_t n, i = 0;
    const struct feuille_champ *champs = feuille_champs(g, &n);
    while (i < n && !slice_equals(nom, champs[i].nom))
        i++;
    return i;
}

/* --- the sheet -------------------------------------------------------------------------------------------------------- */

enum { K_COLONNE, K_CHAMP, K_NOMBRE };
static const struct feuille_champ champs_correspondance[K_NOMBRE] = {{"colonne", true}, {"champ", true}};

/* One row: a header of theirs, a field of ours. */
static void lire_ligne(struct cellules *c, size_t i, enum feuille_genre g, struct correspondance *out)
{
    const struct slice colonne = feuille_valeur(c->f, i, K_COLONNE), champ = feuille_valeur(c->f, i, K_CHAMP);
    struct buffer plie = {0}, ours = {0};
    size_t n;
    (void)feuille_champs(g, &n);
    cellule_exiger(c, i, K_COLONNE);
    texte_fold_name(&plie, colonne.bytes, colonne.len);
    texte_fold_name(&ours, champ.bytes, champ.len);
    const struct slice ours_s = {ours.bytes, ours.len};
    const bool ignoree = ours.len == 0 || slice_equals(ours_s, "ignorer") || slice_equals(champ, IGNOREE);
    const size_t rang = ignoree ? n : champ_nomme(g, ours_s);
    if (!ignoree && rang == n)
        diag_trouve(cellule_faute(c, E_CORRESPONDANCE, i, K_CHAMP, "ce n'est pas une colonne de la feuille"), "%.*s", (int)champ.len, champ.bytes);
    for (size_t k = 0; plie.len > 0 && k < out->n; k++) {
        if (strcmp(out->renommages[k].colonne, plie.bytes) == 0)
            (void)cellule_faute(c, E_CORRESPONDANCE, i, K_COLONNE, "cette colonne est déjà nommée plus haut");
        else if (rang < n && out->renommages[k].champ == rang)
            diag_trouve(cellule_faute(c, E_CORRESPONDANCE, i, K_CHAMP, "deux colonnes pour la même donnée"), "« %s » plus haut", out->renommages[k].colonne);
    }
    if (plie.len > 0)
        ajouter(out, (struct slice){plie.bytes, plie.len}, rang);
    buffer_free(&plie);
    buffer_free(&ours);
}

static bool memes(const struct correspondance *a, const struct correspondance *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->renommages[i].champ != b->renommages[i].champ || strcmp(a->renommages[i].colonne, b->renommages[i].colonne) != 0)
            return false;
    return true;
}

bool correspondance_lire(struct contexte *ctx, enum feuille_genre g, const char *chemin, struct correspondance *out)
{
    struct correspondance gardee;
    *out = (struct correspondance){0};
    struct feuille *f = feuille_lire(chemin, champs_correspondance, K_NOMBRE, NULL, ctx->diags);
    if (f == NULL)
        return false;
    struct cellules c = {f, champs_correspondance, ctx->diags, feuille_saine(f)};
    for (size_t i = 0; i < feuille_nombre(f); i++)
        lire_ligne(&c, i, g, out);
    feuille_free(f);
    if (out->n > 0)
        trier_liste(out->renommages, out->n, sizeof *out->renommages, par_colonne);
    if (!c.ok || !correspondance_gardee(ctx, g, &gardee))
        return false;
    out->nouvelle = !memes(out, &gardee);
    correspondance_free(&gardee);
    return true;
}

/* --- the registre ----------------------------------------------------------------------------------------------------- */

bool correspondance_gardee(struct contexte *ctx, enum feuille_genre g, struct correspondance *out)
{
    *out = (struct correspondance){0};
    if (ctx->registre == NULL)
        return true;
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select valeur from reglage where cle = 'correspondance.' || ?1", ctx->diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(feuille_genre_mot(g)));
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    const char *p = la == 1 ? (const char *)sqlite3_column_text(s, 0) : NULL;
    while (p != NULL && *p != '\0') {
        const size_t ligne = strcspn(p, "\n"), mot = strcspn(p, " ");
        if (mot < ligne)
            ajouter(out, (struct slice){p, mot}, champ_nomme(g, (struct slice){p + mot + 1, ligne - mot - 1}));
        p += ligne + (p[ligne] == '\n');
    }
    sqlite3_finalize(s);
    if (out->n > 0)
        trier_liste(out->renommages, out->n, sizeof *out->renommages, par_colonne);
    return la >= 0;
}

bool correspondance_garder(struct acte *acte, enum feuille_genre g, const struct correspondance *c)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(g, &n);
    struct arene a = {0};
    struct fait f;
    struct slice *lignes = arene_alloc(&a, (c->n + 1) * sizeof *lignes);
    for (size_t i = 0; i < c->n; i++)
        lignes[i] = slice_of(arene_printf(&a, "%s %s", c->renommages[i].colonne, c->renommages[i].champ < n ? champs[c->renommages[i].champ].nom : IGNOREE));
    fait_init(&f, FAIT_CORRESPONDANCE_CHOISIE);
    fait_put_texte(&f, CR_GENRE, feuille_genre_mot(g));
    if (c->n > 0)
        fait_put_liste(&f, CR_COLONNE, lignes, c->n);
    const bool ok = acte_fait(acte, &f, (struct slice){NULL, 0});
    arene_free(&a);
    return ok;
}

void correspondance_dire(enum feuille_genre g, const struct correspondance *c, struct buffer *out)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(g, &n);
    for (size_t i = 0; i < c->n; i++) {
        const char *champ = c->renommages[i].champ < n ? champs[c->renommages[i].champ].nom : NULL;
        buffer_printf(out, champ != NULL ? "%s%s = %s" : "%s%s ignorée", i > 0 ? ", " : "", c->renommages[i].colonne, champ);
    }
}
