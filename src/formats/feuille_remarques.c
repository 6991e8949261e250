/* What is said once of a sheet, and the empty rows it skips. */
#include "formats/feuille_prive.h"

#include <stdarg.h>
#include <string.h>

void feuille_remarquer(struct feuille *f, enum erreur_code c, uint32_t ligne, uint32_t colonne, const char *fmt, ...)
{
    struct buffer b = {0};
    va_list ap;
    va_start(ap, fmt);
    buffer_vprintf(&b, fmt, ap);
    va_end(ap);
    f->remarques = memoire_grow(f->remarques, &f->cap_remarques, f->n_remarques + 1, sizeof *f->remarques);
    f->remarques[f->n_remarques++] = (struct remarque){c, ligne, colonne, b.bytes};
}

void feuille_dire(const struct feuille *f, struct diag_liste *diags)
{
    for (size_t i = 0; i < f->n_remarques; i++) {
        const struct remarque *r = &f->remarques[i];
        struct diag *d = diag_regle(diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(r->code), "%s", r->texte);
        diag_lieu(d, &(struct lieu){.fichier = f->chemin, .ligne = r->ligne, .colonne = r->colonne});
    }
}

/* --- cells put right --- */

void feuille_reparer(struct feuille *f, size_t ligne, size_t champ, const char *quoi)
{
    size_t i = 0;
    while (i < f->n_reparations && (f->reparations[i].champ != champ || strcmp(f->reparations[i].quoi, quoi) != 0)) i++;
    if (i == f->n_reparations) {
        f->reparations = memoire_grow(f->reparations, &f->cap_reparations, f->n_reparations + 1, sizeof *f->reparations);
        f->reparations[f->n_reparations++] = (struct reparation){.champ = champ, .quoi = quoi};
    }
    struct reparation *r = &f->reparations[i];
    r->lignes = memoire_grow(r->lignes, &r->cap, r->n + 1, sizeof *r->lignes);
    r->lignes[r->n++] = ligne;
}

#define REPARATIONS_DITES 12u

/* « 3 cellules : lignes 4, 12, 30 » */
static void dire_lignes(const struct feuille *f, const struct reparation *r, struct diag *d)
{
    struct buffer b = {0};
    for (size_t k = 0; k < r->n && k < REPARATIONS_DITES; k++) buffer_printf(&b, "%s%u", k > 0 ? ", " : "", (unsigned)feuille_numero(f, r->lignes[k]));
    diag_trouve(d, "%zu cellules : lignes %s%s", r->n, b.bytes, r->n > REPARATIONS_DITES ? "…" : "");
    buffer_free(&b);
}

/* Once a column, which names the rows; beside each of them when the sheet is given back. */
void feuille_dire_reparations(struct feuille *f, const struct feuille_champ *champs, struct diag_liste *diags)
{
    for (size_t i = 0; i < f->n_reparations && !f->hors_fichier; i++) {
        struct reparation *r = &f->reparations[i];
        for (size_t k = 0; k < (f->integrale ? r->n : 1); k++) {
            struct diag *d = diag_regle(diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_REPARE), "%s : %s", champs[r->champ].nom, r->quoi);
            if (r->n > 1 && !f->integrale) dire_lignes(f, r, d);
            const struct lieu lieu = feuille_lieu(f, r->lignes[k], r->champ);
            diag_lieu(d, &lieu);
        }
    }
    feuille_oublier_reparations(f);
}

void feuille_oublier_reparations(struct feuille *f)
{
    for (size_t i = 0; i < f->n_reparations; i++) memoire_free(f->reparations[i].lignes);
    f->n_reparations = 0;
}

/* --- empty rows --- */

#define SUITES_DITES 8u

void feuille_ligne_vide(struct feuille_lecture *l, uint32_t ligne)
{
    if (l->f->n == 0) return; /* between the header and the first row: a matter of looks */
    if (l->vide_de == 0) l->vide_de = ligne;
    l->vide_a = ligne;
}

void feuille_ligne_pleine(struct feuille_lecture *l)
{
    if (l->vide_de == 0) return;
    const unsigned de = l->vide_de, a = l->vide_a;
    l->n_vides += a - de + 1;
    l->vide_de = 0;
    if (++l->n_suites > SUITES_DITES) {
        if (l->n_suites == SUITES_DITES + 1) buffer_puts(&l->vides, "…");
        return;
    }
    buffer_printf(&l->vides, a > de ? "%s%u à %u" : "%s%u", l->vides.len > 0 ? ", " : "", de, a);
}

void feuille_garder_entiere(struct feuille_lecture *l)
{
    struct feuille *f = l->f;
    if (!f->integrale || l->r.ligne == 0 || (f->n_entieres > 0 && f->entieres[f->n_entieres - 1].ligne >= l->r.ligne)) return;
    f->entieres = memoire_grow(f->entieres, &f->cap_entieres, f->n_entieres + 1, sizeof *f->entieres);
    f->entieres[f->n_entieres++] = l->r;
}
