/* An order read again, against what is recorded of it: its differences, field by field, and the content that would follow
 * from them. Nothing is written. */
#ifndef SONS_METIER_COMMANDE_FUSION_H
#define SONS_METIER_COMMANDE_FUSION_H

#include "metier/commande_contenu.h"
#include "metier/commande_lue.h"

/* A column that the sheet has not says nothing, ever. */
enum fusion_mode {
    FUSION_IMPORT,  /* a sheet given again: what it said before a correction says nothing new */
    FUSION_EXACTE,  /* the sheet is the order: an empty cell empties */
    FUSION_VALEURS  /* values to add or change: an empty cell says nothing */
};
enum difference_nature {
    DIFFERENCE_COMPLETE, /* absent until now */
    DIFFERENCE_RECTIFIE, /* changes what is recorded */
    DIFFERENCE_PERIMEE,  /* FUSION_IMPORT: the sheet still says what was corrected since; not applied */
    DIFFERENCE_CALCULEE  /* follows from the others: an amount computed, not read */
};
struct ecart {
    enum difference_nature nature;
    enum fait_champ champ;     /* of CommandeEnregistree; CE_ESSMS with `et` = it comes or goes, or its own amount */
    finess et;                 /* FINESS_ABSENT: the order as a whole */
    const char *avant, *apres; /* as people write them; NULL when not shown (a name) */
    size_t ligne;              /* row of the sheet */
};
struct fusion {
    struct commande_etat etat;
    struct fait avant, apres;  /* contents; a new signatory's name is not in `apres` yet (nom_change) */
    struct ecart *d;
    size_t n, cap;
    size_t completees, rectifiees, perimees;
    bool nom_change, piece_change;
};
/* `vider` (may be NULL): columns to empty, by rank (C_NOMBRE of them). Memory of the contents in the arena; `out` is
 * freed by fusion_free in every case. False on a fault of the registre or of the sums that would follow. */
bool commande_fusionner(struct contexte *ctx, struct feuille *f, const struct commande_lue *o, int64_t commande,
                        enum fusion_mode mode, const bool *vider, struct arene *a, struct fusion *out);
void fusion_free(struct fusion *x);

/* Tells the differences. `refus`: those that a correction must confirm, as faults; else what is done, as informations. */
void fusion_dire(struct contexte *ctx, struct feuille *f, const struct fusion *x, bool refus);

/* What changes from one content to the next: `champ : « avant » → « après »`, a line each, indented by `marge`. Appends. */
void contenus_dire(const struct fait *avant, const struct fait *apres, const char *marge, struct buffer *b);

/* The column of the sheet that a field of the fact comes from. */
size_t colonne_du_champ(enum fait_champ champ);
/* The value of a field as people write it; "(vide)" when absent. Arena. */
const char *champ_dire(const struct fait *f, enum fait_champ champ, struct arene *a);
/* Lists kept by ESSMS, read back from a content: numbers, own amounts and shares, texts. Sorted by number; arena. */
struct essms_lu *contenu_essms(const struct fait *f, struct arene *a, uint32_t *n);
/* An amount as read on the document: absent when the program computed it. */
struct montant contenu_montant_lu(const struct fait *f, enum fait_champ champ);

#endif
