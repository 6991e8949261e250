/* A sheet of orders being recorded, or controlled as if it were. Shared by acte_commandes.c, versement.c and controle_commandes.c
 * only. */
#ifndef SONS_METIER_VERSEMENT_H
#define SONS_METIER_VERSEMENT_H

#include "metier/acte_feuille.h"
#include "metier/commande_fait.h"
#include "metier/commande_lue.h"
#include "metier/contact_interne.h"
#include "metier/controle_feuille.h"
#include "metier/corriger.h"
#include "metier/juger.h"
#include "metier/piece_lue.h"
#include "metier/soupcons.h"
#include "metier/transaction.h"
#include "registre/dossier_charger.h"
#include "regles/cycle.h"

struct versement {
    struct contexte *ctx;
    struct feuille *f;
    struct commandes_lues *lues;
    struct import_rapport *out;
    struct acte acte;
    struct arene arene;
    size_t *nouveaux;       /* ranks in lues */
    size_t n_nouveaux, cap_nouveaux;
    struct contact_a_verser *contacts; /* of orders recorded already */
    size_t n_contacts, cap_contacts;
    struct chargeur *chargeur;
    struct recherche_commande *recherche;
    struct soupcons_juges *soupcons;
    struct controle_feuille *controle; /* `controler --fichier`: every rule, nothing kept; NULL for an import */
    struct corriger corriger;
    struct correction_a_faire *corrections;
    size_t n_corrections, cap_corrections;
    int64_t premier;        /* number of the first new fact */
    bool piece_gardee;      /* the last piece recorded, by its place in the reserve */
    uint64_t piece_place;
    bool refuse;
    struct buffer sans_suite[2]; /* orders whose request, whose dispute elsewhere is not taken over: the first numbers */
    size_t n_sans_suite[2];
};

/* What both passes look things up in; versement_fermer in every case, before the act ends. */
bool versement_ouvrir(struct versement *v);
void versement_fermer(struct versement *v);
/* First pass: the order of that rank in the sheet has its number when it is new, is compared when it is known. False on a fault of the
 * registre; `refuse` otherwise. */
bool verser_une(struct versement *v, size_t rang);
/* What the sheet says that became of orders elsewhere, and that is not taken over. */
void suites_dire(struct versement *v);
/* The people to write to, once the orders are recorded. */
bool verser_contacts(struct versement *v);
/* Second pass: each new order is projected, judged beside all the others, and written unless the sheet is only controlled. */
bool verser_nouvelles(struct versement *v, struct compte_verdicts *compte);
/* Stages C and V of one order of the sheet, new or known: `controler --fichier`. */
void controler_une(struct versement *v, const struct dossier *d, size_t rang, struct compte_verdicts *compte);

/* Where a constat of that order is, in the sheet. `ctx` is a struct versement_lieux. */
struct versement_lieux {
    struct versement *v;
    const struct commande_lue *o;
};
struct lieu versement_lieu(void *ctx, const struct constat *c);
void versement_free(struct versement *v);

#endif
