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

enum finess_forme {
    FINESS_ETABLISSEMENTS, /* cs1100502 */
    FINESS_ENTITES,        /* cs1100501 */
    FINESS_GEOLOCALISES,   /* cs1100507: the ET, then their coordinates */
    FINESS_ARCHIVE_ET,     /* annual archive: a header, one line per ET, no date */
    FINESS_ARCHIVE_EJ,
    FINESS_STRUCTURES,     /* FINESS+ « Structures », JSON: ET and EJ */
    FINESS_FORME_NOMBRE
};
const char *finess_forme_nom(enum finess_forme f); /* "cs1100502", "archive_et", "structures" … */

/* A file in memory. Rows sorted by number, unique. Slices live in it. */
struct finess_fichier {
    enum finess_forme forme;
    struct jour date;               /* of line 1, of `generatedAt`, or declared */
    bool windows_1252;
    struct empreinte empreinte;     /* of the file as on disk */
    struct etablissement *et;
    size_t n_et;
    struct entite_juridique *ej;
    size_t n_ej;
    struct categorie_libelle *categories; /* sorted by category, unique: first label met */
    size_t n_categories;
    uint64_t lignes;                /* of the file */
    uint64_t siret_ecartes;         /* bad or unrecoverable SIRET/SIREN dropped, the row kept */
    uint64_t dates_ecartees;        /* opening dates that are not dates */
    uint64_t textes_nettoyes;       /* names with a control character, made a space */
    uint64_t zeros_remis;           /* numbers whose leading zero a spreadsheet had taken */
    uint64_t coordonnees;           /* rows of the second section of cs1100507, set aside */
    uint64_t et_fermes, ej_fermees; /* FINESS+: closed objects, set aside */
    uint64_t sans_agregat;          /* FINESS+: ET kept, whose category the nomenclature does not know */
    void *prive;
};

/* Reads a whole file. A bad FINESS key, a missing number, a duplicate, a wrong number of fields, a number both ET and EJ,
 * unbalanced quotes: faults with line, all reported. Anything else (cs1100504, 505, nomenclature, sheet of orders …): a
 * fault that says what it is and what is wanted. `base_declaree` (JOUR_ABSENT when none): `--base DATE`; must equal the
 * date of the file when it has one, and gives it when it has none (annual archive, file saved by a spreadsheet). */
bool finess_lire(const char *chemin, struct jour base_declaree, const struct progression *p, struct finess_fichier *out,
                 struct diag_liste *diags);
void finess_fichier_free(struct finess_fichier *f);

#endif
