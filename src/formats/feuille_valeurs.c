/* A sheet of one row, made of values of the command line: « by command » and « by sheet » are one way. */
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

static struct feuille *vide(const char *origine, size_t n_champs)
{
    struct feuille *f = memoire_calloc(1, sizeof *f);
    f->chemin = memoire_strdup(origine);
    f->sep = '\x1f'; /* no value holds it: control characters are refused */
    f->n_champs = f->n_places = f->n_colonnes = n_champs;
    f->colonne = memoire_calloc(n_champs, sizeof *f->colonne);
    f->place = memoire_calloc(n_champs, sizeof *f->place);
    f->cellules = memoire_calloc(n_champs, sizeof *f->cellules);
    f->rangees = memoire_calloc(1, sizeof *f->rangees);
    f->n = f->cap = 1;
    f->hors_fichier = true;
    return f;
}

struct feuille *feuille_de_valeurs(const char *origine, const struct feuille_champ *champs, size_t n_champs,
                                   const struct slice *valeurs, struct diag_liste *diags)
{
    struct feuille *f = vide(origine, n_champs);
    bool ok = true;
    for (size_t i = 0; i < n_champs; i++) {
        const struct slice v = slice_trim(valeurs[i]);
        ok = (v.len == 0 || acceptable(origine, &champs[i], v, diags)) && ok;
        f->colonne[i] = f->place[i] = (uint16_t)i;
        if (i > 0)
            buffer_putc(&f->texte, f->sep);
        f->cellules[i] = (struct cellule){(uint16_t)f->texte.len, (uint16_t)v.len};
        buffer_append(&f->texte, v.bytes, v.len);
        if (f->texte.len > FEUILLE_LIGNE_MAX) {
            diag_erreur(diags, E_LIGNE_LONGUE, "%s : les valeurs données sont trop longues", origine);
            ok = false;
            break;
        }
    }
    f->rangees[0].len = (uint32_t)f->texte.len;
    f->fautive = !ok;
    return f;
}

bool feuille_est_fichier(const struct feuille *f)
{
    return !f->hors_fichier;
}
