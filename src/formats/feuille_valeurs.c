/* A sheet made of values of the command line, or answered one by one: « by command » and « by sheet » are one way. */
#include <string.h>

#include "formats/feuille_prive.h"
#include "noyau/memoire.h"

static bool acceptable(const char *origine, const struct feuille_champ *champ, struct slice v, struct diag_liste *diags)
{
    const struct lieu lieu = {.fichier = origine};
    struct diag *d;
    if (!texte_is_utf8(v.bytes, v.len))
        d = diag_erreur(diags, E_ENCODAGE, "%s : la valeur n'est pas en UTF-8", champ->nom);
    else if (texte_has_control(v.bytes, v.len))
        d = diag_erreur(diags, E_CONTROLE, "%s : caractère de contrôle dans la valeur", champ->nom);
    else if (v.len > FEUILLE_LIGNE_MAX / 2)
        d = diag_erreur(diags, E_LIGNE_LONGUE, "%s : valeur trop longue", champ->nom);
    else if (csv_formule(v))
        d = diag_erreur(diags, E_FORMULE, "%s : valeur prise pour une formule de tableur", champ->nom);
    else
        return true;
    diag_lieu(d, &lieu);
    return false;
}

static struct feuille *vide(const char *origine, size_t n_champs, size_t n_lignes)
{
    struct feuille *f = memoire_calloc(1, sizeof *f);
    f->chemin = memoire_strdup(origine);
    f->sep = '\x1f'; /* no value holds it: control characters are refused */
    f->n_champs = f->n_places = f->n_colonnes = n_champs;
    f->colonne = memoire_calloc(n_champs, sizeof *f->colonne);
    f->place = memoire_calloc(n_champs, sizeof *f->place);
    f->cellules = memoire_calloc(n_lignes * n_champs, sizeof *f->cellules);
    f->rangees = memoire_calloc(n_lignes, sizeof *f->rangees);
    f->n = f->cap = n_lignes;
    f->hors_fichier = true;
    for (size_t i = 0; i < n_champs; i++)
        f->colonne[i] = f->place[i] = (uint16_t)i;
    return f;
}

static bool remplir(struct feuille *f, size_t ligne, const struct feuille_champ *champs, const struct slice *valeurs, struct diag_liste *diags)
{
    struct rangee *r = &f->rangees[ligne];
    bool ok = true;
    r->debut = f->texte.len;
    for (size_t i = 0; i < f->n_champs; i++) {
        const struct slice v = slice_trim(valeurs[i]);
        ok = (v.len == 0 || acceptable(f->chemin, &champs[i], v, diags)) && ok;
        if (i > 0)
            buffer_putc(&f->texte, f->sep);
        f->cellules[ligne * f->n_champs + i] = (struct cellule){(uint16_t)(f->texte.len - r->debut), (uint16_t)v.len};
        buffer_append(&f->texte, v.bytes, v.len);
        if (f->texte.len - r->debut > FEUILLE_LIGNE_MAX) {
            diag_erreur(diags, E_LIGNE_LONGUE, "%s : les valeurs données sont trop longues", f->chemin);
            return false;
        }
    }
    r->len = (uint32_t)(f->texte.len - r->debut);
    return ok;
}

struct feuille *feuille_de_lignes(const char *origine, const struct feuille_champ *champs, size_t n_champs, const struct slice *valeurs,
                                  size_t n_lignes, struct diag_liste *diags)
{
    struct feuille *f = vide(origine, n_champs, n_lignes);
    for (size_t i = 0; i < n_lignes; i++)
        f->fautive = !remplir(f, i, champs, valeurs + i * n_champs, diags) || f->fautive;
    return f;
}

struct feuille *feuille_de_valeurs(const char *origine, const struct feuille_champ *champs, size_t n_champs,
                                   const struct slice *valeurs, struct diag_liste *diags)
{
    return feuille_de_lignes(origine, champs, n_champs, valeurs, 1, diags);
}

bool feuille_est_fichier(const struct feuille *f)
{
    return !f->hors_fichier;
}

bool feuille_integrale(const struct feuille *f)
{
    return f->integrale;
}
