/* The views: they read, compute and give rows or text; they never write. */
#ifndef SONS_METIER_VUES_H
#define SONS_METIER_VUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "formats/lot_asp.h"
#include "metier/contexte.h"
#include "noyau/tableau.h"
#include "regles/vie.h"

/* Resolves `NUMERO`, `SIREN/NUMERO`, or either with the number that ASP gave to one of its requests; several candidates are listed in the fault (exit 2), none is exit 1. */
bool vue_commande_resoudre(struct contexte *ctx, const char *texte, int64_t *commande);
/* The same, when what is named is a request: ASP's number is that of one, an order's number says none. */
struct demande_nommee {
    int64_t commande;          /* first fact of the order */
    enum paiement paiement;    /* PAIEMENT_AUCUN, and `demande` 0: named by its order */
    int64_t demande;           /* number of the request */
};
bool vue_demande_resoudre(struct contexte *ctx, const char *texte, struct demande_nommee *out);
/* Its number as it is recorded, however it was named. Owned by the caller; NULL on a fault. */
char *vue_commande_numero(struct contexte *ctx, int64_t commande);

/* FINESS and barème. `couloir` INCONNU = MS1; `base` JOUR_ABSENT = base of au's year, else the latest (said as an
 * information in diags). */
bool vue_finess_voir(struct contexte *ctx, finess numero, struct jour base, struct tableau_sortie *s, struct buffer *entete);
bool vue_finess_chercher(struct contexte *ctx, const char *texte, struct jour base, struct tableau_sortie *s);
bool vue_finess_statistiques(struct contexte *ctx, enum couloir c, uint16_t agregat, struct jour base,
                             struct tableau_sortie *s);
bool vue_finess_bases(struct contexte *ctx, struct tableau_sortie *s);
/* finess rapprocher: the rows of a sheet, all their columns, then finess_et, finess_ej, confiance, raisons, candidats. `c`: the CRM's
 * headers for the columns of an order, may have none. */
struct correspondance;
struct rapprocher_rapport {
    struct jour base;
    size_t lignes, donnees, sures, a_choisir, aucun; /* donnees: the sheet had the number */
    size_t contredites;                                 /* of those, the rest of the row tells another one */
};
bool vue_finess_rapprocher(struct contexte *ctx, const char *chemin, const struct correspondance *c, struct jour base, struct tableau_sortie *s,
                           struct rapprocher_rapport *out);
/* Columns of cas/bareme.csv plus the OG, base, thresholds; `commandes` 0 = all N. `texte` gets the account for people. */
bool vue_bareme(struct contexte *ctx, finess ej, uint32_t commandes, enum couloir c, struct jour base,
                struct tableau_sortie *s, struct buffer *texte);

/* Lists: columns are the sheets' headers, importable again. */
bool vue_fournisseurs(struct contexte *ctx, struct tableau_sortie *s);
bool vue_solutions(struct contexte *ctx, struct tableau_sortie *s);
bool vue_financements(struct contexte *ctx, struct tableau_sortie *s);
bool vue_attestations(struct contexte *ctx, struct tableau_sortie *s);
bool vue_mandats(struct contexte *ctx, struct tableau_sortie *s);
bool vue_contacts(struct contexte *ctx, struct tableau_sortie *s);
/* What is held on people: one row a name kept or erased, where, since when, from which fact. `nom` NULL = all; else those that
 * hold its words. `commande` 0 = anywhere. */
bool vue_personnes(struct contexte *ctx, const char *nom, int64_t commande, struct tableau_sortie *s);
/* All that hangs on a supplier, one row each: mandates, solutions, contacts, orders, requests. `entete` gets the account for
 * people. Unknown: fault. */
bool vue_fournisseur_voir(struct contexte *ctx, uint32_t siren, struct tableau_sortie *s, struct buffer *entete);
/* One row per ESSMS, the sheet's columns. `commande` 0 = all. */
bool vue_commandes(struct contexte *ctx, int64_t commande, struct tableau_sortie *s);
/* One order for people: everything known of it, its state, pieces, verdict. */
bool vue_commande_voir(struct contexte *ctx, int64_t commande, struct buffer *texte);
/* One row for each order of this registre in a dispute, from its side. */
bool vue_litiges(struct contexte *ctx, struct tableau_sortie *s);
/* One row for each request, as it was at `au`; only those that ASP has and has not answered (`sans_reponse`). */
bool vue_demandes(struct contexte *ctx, bool sans_reponse, struct tableau_sortie *s);
/* One row for each lot emitted at `au`: its deposit, how many of its requests wait for an answer. */
bool vue_lots(struct contexte *ctx, struct tableau_sortie *s);
/* lot verifier: form, sums and pieces (lot_asp.h), then tranche, ceilings, VAT, advance and balance of each request by the
 * embedded parameters. Needs no registre. False when there is a fault. */
bool vue_lot_verifier(const char *chemin, struct lot_rapport *out, struct diag_liste *diags);

/* controler: every rule of stages C and V (then T and S) over the named orders, or all (n = 0). One row per verdict that is not conforme;
 * `diags` gets the messages when `messages` is true. */
struct controle_rapport {
    size_t commandes, conformes, informations, attentes, discordances, justifiees, anomalies; /* orders, by their worst */
    size_t financements, financements_attentes, financements_anomalies; /* stage F, when no order is named */
    size_t litiges;            /* of the orders judged, those in an open dispute: it blocks whatever the rules say */
    size_t hors_vigueur;       /* orders cancelled, renounced or replaced at `au`, that owe nothing: not judged, not among the others */
};
bool vue_controler(struct contexte *ctx, const int64_t *commandes, size_t n, bool messages, struct tableau_sortie *s,
                   struct controle_rapport *out);
/* `texte` is a FINESS whose fundings are known, and no order has it for a number. */
bool vue_financement_resoudre(struct contexte *ctx, const char *texte, finess *et);
/* expliquer, of the fundings of an ESSMS. */
bool vue_expliquer_financement(struct contexte *ctx, finess et, const char *regle, struct buffer *texte, struct tableau_sortie *s);
/* expliquer: the tree of reasons. `quoi` NULL: every rule, then (in `texte` only) every figure; "UNI-01": that rule; "sommes" or the word of a figure
 * ("avance"), an amount ("657,00"), the FINESS of an ESSMS: the figures, down to facts and parameters. `s` gets the same as rows. */
bool vue_expliquer(struct contexte *ctx, int64_t commande, const char *quoi, struct buffer *texte,
                   struct tableau_sortie *s);
/* expliquer --lettre: a draft answer to ASP about the request that it rejected or gave back; refused when it did neither. */
bool vue_lettre(struct contexte *ctx, int64_t commande, struct buffer *texte);
bool vue_regles(struct contexte *ctx, struct tableau_sortie *s);
bool vue_parametres(struct contexte *ctx, struct tableau_sortie *s);
/* What the verdicts become under another calendar, at ctx->au: one row a rule that changes; nothing at all when none does. */
bool vue_calendrier_effet(struct contexte *ctx, enum calendrier vers, struct tableau_sortie *s, size_t *commandes);

/* journal. */
bool vue_journal(struct contexte *ctx, int64_t de, int64_t a, struct tableau_sortie *s);
bool vue_journal_entree(struct contexte *ctx, int64_t numero, struct buffer *octets);
struct verification_rapport {
    int64_t entrees;
    char tete[65];             /* hash of the last entry */
    bool chaine;               /* chain and form hold, whatever else is wrong */
    size_t bases, etablissements, pieces, projections; /* with tout */
    size_t effaces;            /* names erased, with tout */
};
/* Chain and form; `tout`: projections rebuilt and compared, bases and pieces hashed again. False = broken (exit 4). */
bool vue_journal_verifier(struct contexte *ctx, bool tout, struct verification_rapport *out);

#endif
