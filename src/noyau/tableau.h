/* Rows of typed cells: what every list and view gives, and what the output (table, CSV, JSON) prints. */
#ifndef SONS_NOYAU_TABLEAU_H
#define SONS_NOYAU_TABLEAU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/instant.h"
#include "noyau/jour.h"
#include "noyau/montant.h"
#include "noyau/numero.h"
#include "noyau/texte.h"

enum cellule_type {
    CELLULE_VIDE, CELLULE_TEXTE, CELLULE_ENTIER, CELLULE_MONTANT, CELLULE_TAUX, CELLULE_JOUR, CELLULE_INSTANT,
    CELLULE_FINESS, CELLULE_SIREN, CELLULE_SIRET, CELLULE_OUI_NON,
    CELLULE_CENTIMES /* type of a column of CELLULE_MONTANT that CSV gives as integers under `<cle>_centimes` */
};
struct cellule {
    enum cellule_type type;
    int64_t n;           /* all but TEXTE */
    struct slice texte;  /* TEXTE; borrowed until the row was taken */
};
/* `cle` is the header in CSV and the key in JSON (money: `<cle>_centimes` and `<cle>`); `titre` the heading for people. */
struct colonne {
    const char *cle;
    const char *titre;
    enum cellule_type type; /* of its non-empty cells: alignment, JSON type */
};
/* Where rows go. `debut` once, `ligne` for each row, `fin` once. Return false to stop. */
struct tableau_sortie {
    bool (*debut)(void *ctx, const struct colonne *colonnes, size_t n);
    bool (*ligne)(void *ctx, const struct cellule *cellules, size_t n);
    bool (*fin)(void *ctx);
    void *ctx;
};

static inline struct cellule cellule_vide(void) { return (struct cellule){CELLULE_VIDE, 0, {NULL, 0}}; }
static inline struct cellule cellule_texte(const char *s)
{
    return s == NULL || *s == '\0' ? cellule_vide() : (struct cellule){CELLULE_TEXTE, 0, slice_of(s)};
}
static inline struct cellule cellule_slice(struct slice s)
{
    return s.len == 0 ? cellule_vide() : (struct cellule){CELLULE_TEXTE, 0, s};
}
static inline struct cellule cellule_entier(int64_t n) { return (struct cellule){CELLULE_ENTIER, n, {NULL, 0}}; }
static inline struct cellule cellule_montant(struct montant m)
{
    return montant_present(m) ? (struct cellule){CELLULE_MONTANT, m.centimes, {NULL, 0}} : cellule_vide();
}
static inline struct cellule cellule_taux(struct taux t)
{
    return taux_present(t) ? (struct cellule){CELLULE_TAUX, t.dix_milliemes, {NULL, 0}} : cellule_vide();
}
static inline struct cellule cellule_jour(struct jour j)
{
    return jour_present(j) ? (struct cellule){CELLULE_JOUR, j.n, {NULL, 0}} : cellule_vide();
}
static inline struct cellule cellule_instant(struct instant i)
{
    return instant_present(i) ? (struct cellule){CELLULE_INSTANT, i.s, {NULL, 0}} : cellule_vide();
}
static inline struct cellule cellule_finess(finess f)
{
    return f == FINESS_ABSENT ? cellule_vide() : (struct cellule){CELLULE_FINESS, (int64_t)f, {NULL, 0}};
}
static inline struct cellule cellule_siren(uint32_t s)
{
    return s == 0 ? cellule_vide() : (struct cellule){CELLULE_SIREN, (int64_t)s, {NULL, 0}};
}
static inline struct cellule cellule_siret(uint64_t s)
{
    return s == 0 ? cellule_vide() : (struct cellule){CELLULE_SIRET, (int64_t)s, {NULL, 0}};
}
static inline struct cellule cellule_oui_non(bool b) { return (struct cellule){CELLULE_OUI_NON, b, {NULL, 0}}; }

#endif
