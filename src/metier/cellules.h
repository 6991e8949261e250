/* Typed reading of the cells of a sheet; every fault has its place. */
#ifndef SONS_METIER_CELLULES_H
#define SONS_METIER_CELLULES_H

#include <stdbool.h>
#include "formats/feuille.h"
#include "noyau/jour.h"
#include "noyau/montant.h"
#include "noyau/numero.h"
#include "regles/dossier.h"

struct cellules {
    struct feuille *f;
    const struct feuille_champ *champs;
    struct diag_liste *diags;
    bool ok; /* false once a cell was at fault */
};
/* A fault at a cell; the message is completed by the caller. */
struct diag *cellule_faute(struct cellules *c, enum erreur_code code, size_t ligne, size_t champ, const char *message);

/* Empty cell = absent (sentinel, 0, empty slice). A fault gives absent too and `c->ok` = false. */
struct slice cellule_texte_de(struct cellules *c, size_t ligne, size_t champ); /* ≤ 500 bytes */
struct jour cellule_jour_de(struct cellules *c, size_t ligne, size_t champ);   /* 2000 … 2099 */
struct montant cellule_montant_de(struct cellules *c, size_t ligne, size_t champ); /* ≥ 0 */
struct taux cellule_taux_de(struct cellules *c, size_t ligne, size_t champ);
finess cellule_finess_de(struct cellules *c, size_t ligne, size_t champ);
uint32_t cellule_siren_de(struct cellules *c, size_t ligne, size_t champ);
uint64_t cellule_siret_de(struct cellules *c, size_t ligne, size_t champ);
enum trois cellule_oui_non_de(struct cellules *c, size_t ligne, size_t champ);
/* The word of the cell among `mots` ("a|b|c"), folded; empty when absent. Static part of `mots`. */
struct slice cellule_mot_de(struct cellules *c, size_t ligne, size_t champ, const char *mots);
enum couloir cellule_couloir_de(struct cellules *c, size_t ligne, size_t champ);
/* The order, or the request, that the cell names: told, with its place, when there is none. False then, and when the cell is empty, which is
 * not told. */
struct contexte;
struct demande_nommee;
bool cellule_demande_de(struct contexte *ctx, struct cellules *c, size_t ligne, size_t champ, struct demande_nommee *out);
/* What was told since the list kept `rang` of them is about that cell of a file; by options, it says by itself what it is about. */
void cellule_situer(struct cellules *c, size_t rang, size_t ligne, size_t champ);
/* Says that a required cell is empty. */
void cellule_exiger(struct cellules *c, size_t ligne, size_t champ);

#endif
