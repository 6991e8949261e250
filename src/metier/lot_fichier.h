/* The file of a lot: XML, then ZIP, under a temporary name; published once its facts are committed. */
#ifndef SONS_METIER_LOT_FICHIER_H
#define SONS_METIER_LOT_FICHIER_H

#include <stdbool.h>
#include "metier/actes.h"
#include "metier/contexte.h"
#include "metier/lot_contenu.h"
#include "noyau/fichier.h"

/* Everything the bytes depend on. */
struct lot_ordre {
    struct contexte *ctx;
    uint32_t fournisseur;
    enum couloir couloir;
    struct instant le;
    uint64_t numero;
    uint64_t annule;             /* the lot that it cancels and replaces, 0 = none */
    char annule_empreinte[65];
    struct lot_contenu *contenu; /* the requests */
    struct montant somme;
    bool reconstitue;
    const char *programme;
    const char *dossier, *nom; /* where */
    bool refait;              /* written again: its bordereau may be there already, the same */
    bool bordereau_seul;      /* the archive is made, compared, not kept */
};
struct lot_fichier {
    struct empreinte xml, zip;
    struct fichier_tmp tmp;   /* chemin NULL = nothing was written */
    struct fichier_tmp bordereau;
    bool refait, bordereau_seul;
};
/* Writes everything to a temporary name in the folder, synced. False with diagnostics, nothing left behind. */
bool lot_fichier_ecrire(const struct lot_ordre *o, struct lot_fichier *l);
/* Appends the page to print: what the lot holds, its control sums. `fournisseur`: its name. */
void lot_bordereau_html(const struct lot_ordre *o, const char *fournisseur, const struct lot_fichier *l, struct buffer *b);
/* "bordereau-SIREN-000001.html" beside "lot-SIREN-000001.zip". In the arena. */
const char *lot_bordereau_nom(const char *nom, struct arene *a);
/* Renames to the final name (`garder`), or removes it. Frees. */
bool lot_fichier_publier(struct lot_fichier *l, bool garder, struct diag_liste *diags);
/* Writes a lot of the registre again, byte for byte, from the facts known when it was emitted. */
bool lot_refaire(struct contexte *ctx, const struct lot_demande_emission *d, struct lot_emission *out);

#endif
