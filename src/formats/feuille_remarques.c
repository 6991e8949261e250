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
    for (size_t i = 0; i < f->n_reparations; i++) {
        if (f->reparations[i].champ != champ || strcmp(f->reparations[i].quoi, quoi) != 0) continue;
        f->reparations[i].n++;
        return;
    }
    f->reparations = memoire_grow(f->reparations, &f->cap_reparations, f->n_reparations + 1, sizeof *f->reparations);
    f->reparations[f->n_reparations++] = (struct reparation){champ, ligne, 1, quoi};
}

void feuille_dire_reparations(struct feuille *f, const struct feuille_champ *champs, struct diag_liste *diags)
{
    for (size_t i = 0; i < f->n_reparations && !f->hors_fichier; i++) {
        const struct reparation *r = &f->reparations[i];
        struct diag *d = diag_regle(diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_REPARE), "%s : %s", champs[r->champ].nom, r->quoi);
        if (r->n > 1) diag_trouve(d, "%zu cellules, dont celle-ci est la première", r->n);
        const struct lieu lieu = feuille_lieu(f, r->ligne, r->champ);
        diag_lieu(d, &lieu);
    }
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
