/* Orders as read from a sheet: grouped, typed, checked for form; nothing recorded yet. */
#ifndef SONS_METIER_COMMANDE_LUE_H
#define SONS_METIER_COMMANDE_LUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "formats/feuille.h"
#include "metier/contact.h"
#include "metier/contexte.h"
#include "metier/feuilles.h"
#include "metier/reserve.h"
#include "noyau/memoire.h"
#include "registre/piece.h"
#include "regles/dossier.h"

struct essms_lu {
    size_t ligne;         /* row of the sheet */
    finess et;
    struct montant ht_lu; /* montant_ht_essms */
    struct montant ht, ttc; /* shares */
    struct slice libelle, commune;
};

struct commande_lue {
    uint32_t source[C_NOMBRE]; /* row + 1 where each value of the order was read, 0 = absent */
    uint32_t ligne;            /* first row */
    struct essms_lu *essms;    /* sorted by number */
    uint32_t n_essms;
    struct slice numero, solution, version, qualite, signataire, reference_externe;
    uint32_t fournisseur;
    finess ej;
    enum couloir couloir;
    struct jour date_commande, date_signature, deja_depuis;
    struct montant ht, tva, ttc;
    struct taux taux;
    unsigned calcules;         /* CALCULE_HT … */
    enum motif_tva motif;
    enum mode_signature mode;
    enum trois sous_condition, mention_segur, deja_equipe;
    enum trois engagement, option;
    struct montant reste_a_charge;
    struct ligne_bon *lignes; /* NULL when the sheet gives none */
    uint32_t n_lignes;
    struct contact_lu contact; /* contact_*: recorded beside the order, not in it */
    bool piece;
    struct piece_ref piece_ref;
    uint64_t piece_place;      /* in the reserve: the same for orders that name the same file */
};

struct commandes_lues {
    struct commande_lue *items;
    size_t n, cap;
    size_t n_essms;
    struct arene arene;        /* essms lists */
    struct reserve reserve;    /* bytes of the pieces */
};

/* Reads the whole sheet. Every form fault is reported; false when there is one. */
bool commandes_lire(struct contexte *ctx, struct feuille *f, struct commandes_lues *out);
/* Values given one by one (feuille_de_valeurs, or one row): parts of one order, with at most one ESSMS, whose number may be
 * absent. Nothing is derived from them. */
bool commande_valeurs_lire(struct contexte *ctx, struct feuille *f, struct commandes_lues *out);
void commandes_lues_free(struct commandes_lues *c);

#endif
