/* ASP's answers to requests (regles.md § 9): one by one, or a file of them. */
#ifndef SONS_METIER_RETOURS_H
#define SONS_METIER_RETOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "formats/feuille.h"
#include "metier/contexte.h"
#include "noyau/memoire.h"
#include "registre/piece.h"
#include "regles/vie.h"

/* One answer, as it is read; slices live as long as what it was read from. */
struct reponse_lue {
    int64_t commande;          /* first fact of the order, 0 = not resolved (told already) */
    enum paiement paiement;    /* PAIEMENT_AUCUN = the request that ASP has at that date */
    int64_t demande;           /* number of the request, 0 = not said */
    uint32_t version;          /* 0 = not said: the one deposited at that date */
    enum statut_asp statut;
    struct instant le;
    struct slice numero_asp;   /* "" = not said */
    struct montant montant;    /* decided; MONTANT_ABSENT = what was asked */
    const struct slice *motifs; /* sorted, once each */
    size_t n_motifs;
    struct piece_ref piece;    /* media.len 0 = none; its bytes are kept by the caller, in the same transaction */
    struct lieu lieu;          /* where it stands; fichier NULL = the command line */
};
struct retour_rapport {
    bool deja;                 /* the same file, imported already */
    size_t reponses;           /* read */
    size_t enregistrees, inchangees;
    size_t sans_effet;         /* recorded, about a version that was sent again since */
    size_t par_statut[STATUT_NOMBRE]; /* of those recorded */
};
/* Cells of an answer. A fault gives STATUT_AUCUN, 0, the empty slice. */
struct cellules;
enum statut_asp cellule_statut_de(struct cellules *c, size_t ligne, size_t champ); /* word or label, folded */
uint32_t cellule_entier_de(struct cellules *c, size_t ligne, size_t champ, uint32_t max); /* from 1 */
struct slice cellule_numero_asp_de(struct cellules *c, size_t ligne, size_t champ);
/* The answer is about the request that was named, when it was by ASP's number. False, nothing changed: the answer says another payment
 * or another request. */
struct demande_nommee;
bool reponse_nommer(struct reponse_lue *x, const struct demande_nommee *d);
/* The answer that the options of `retour saisir` give, at ctx->le. `f`: one row (FEUILLE_REPONSES). */
bool acte_retour_saisir(struct contexte *ctx, const struct demande_nommee *d, struct feuille *f, struct retour_rapport *out);

/* An answer entered by mistake, by the number of its entry: the life of its order is as if it had never been given, and another may be.
 * Refused, every reason told, when something done since rests on it (regles/retrait.h). */
struct retrait_rapport {
    bool deja;                 /* it was taken back already: nothing is written */
    const char *numero;        /* of the order, in the arena */
    enum paiement paiement;
    enum etat_commande etat;   /* once it is taken back */
    struct montant en_attente; /* received for that payment, about which ASP has not decided */
};
bool acte_retour_retirer(struct contexte *ctx, int64_t entree, const char *motif, struct arene *a, struct retrait_rapport *out);

/* The answers of a file, or of a table pasted on standard input (`-`): XML (schemas/retour-asp-1.xsd), CSV or workbook. Whole or
 * nothing, every fault told. Answers recorded already are « inchangées »; the same file again, or one in which nothing is new, writes
 * nothing. A row without a date is of ctx->le. */
bool acte_retour_importer(struct contexte *ctx, const char *chemin, struct retour_rapport *out);

#endif
