/* Shared by the files that merge orders only. */
#ifndef SONS_METIER_COMMANDE_FUSION_INTERNE_H
#define SONS_METIER_COMMANDE_FUSION_INTERNE_H

#include "metier/commande_fusion.h"

struct contenu_note {
    int64_t fait;
    bool import;                 /* a sheet gave it: a registration, or a correction that an import brought */
};
struct fusionneur {
    struct contexte *ctx;
    struct feuille *f;
    const struct commande_lue *o;
    enum fusion_mode mode;
    const bool *vider;
    struct arene *a;
    struct fusion *x;
    struct fait lu;              /* what the sheet says */
    struct fait *anciens;        /* former contents, read on first need */
    struct contenu_note *notes;  /* their facts, then that of the present content */
    size_t n_anciens;
    bool anciens_lus, recalculer, ok;
    unsigned montants_lus;       /* 1 << (champ − CE_MONTANT_HT): amounts that the sheet gave, or emptied */
};

struct ecart *fusion_ajouter(struct fusionneur *u, enum difference_nature nature, enum fait_champ champ, finess et, size_t ligne);
/* Does the sheet empty that column: by name (--vider), or by an empty cell where that speaks? */
bool fusion_vidage(const struct fusionneur *u, size_t colonne);
bool fusion_vide_parle(const struct fusionneur *u, size_t colonne);
struct fait_valeur *fusion_valeur(struct fait *f, enum fait_champ champ);
bool fusion_slices(struct slice a, struct slice b);
bool fusion_valeurs(const struct fait_valeur *a, const struct fait_valeur *b, bool liste);
/* Was a value, or its absence, recorded once for that order, and corrected since? */
typedef bool ancien_egal(const struct fusionneur *u, size_t ancien, enum fait_champ champ, finess et);
bool fusion_deja_dit(struct fusionneur *u, ancien_egal *egal, enum fait_champ champ, finess et);
/* Perimeter, texts and own amounts of the ESSMS, then the amounts that follow from all of it. */
bool fusion_listes(struct fusionneur *u);

#endif
