/* FINESS files: recognised by content, read in one pass, every kept row checked. Layouts: finess.md. */
#ifndef SONS_FORMATS_FINESS_H
#define SONS_FORMATS_FINESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "formats/flux.h"
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/etablissement.h"

enum finess_forme { FINESS_ETABLISSEMENTS /* cs1100502 */, FINESS_ENTITES /* cs1100501 */, FINESS_FORME_NOMBRE };
const char *finess_forme_nom(enum finess_forme f); /* "cs1100502" */

/* A file in memory. Rows sorted by number, unique. Slices live in it. */
struct finess_fichier {
    enum finess_forme forme;
    struct jour date;               /* line 1 */
    bool windows_1252;
    struct empreinte empreinte;     /* of the file as on disk */
    struct etablissement *et;       /* FINESS_ETABLISSEMENTS */
    size_t n_et;
    struct entite_juridique *ej;    /* FINESS_ENTITES */
    size_t n_ej;
    struct categorie_libelle *categories; /* sorted by category, unique: first label met */
    size_t n_categories;
    uint64_t lignes;                /* of the file */
    uint64_t siret_ecartes;         /* bad or unrecoverable SIRET/SIREN dropped, the row kept */
    uint64_t dates_ecartees;        /* opening dates that are not dates */
    uint64_t textes_nettoyes;       /* names with a control character, made a space */
    void *prive;
};

/* Reads a whole file. A bad FINESS key, a missing number, a duplicate, a wrong number of fields, a number both ET and EJ,
 * unbalanced quotes: faults with line, all reported. Another FINESS file (cs1100504, 505, 507, annual archive, FINESS+ JSON):
 * a fault that says what it is and which file is wanted. `base_declaree` (JOUR_ABSENT when none): `--base DATE`; must equal the
 * date of line 1 when there is one, and gives the date when line 1 has none (file saved by a spreadsheet). */
bool finess_lire(const char *chemin, struct jour base_declaree, const struct progression *p, struct finess_fichier *out,
                 struct diag_liste *diags);
void finess_fichier_free(struct finess_fichier *f);

#endif
