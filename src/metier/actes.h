/* The legal acts. Each: reads and checks outside of any lock, then one transaction: projects, judges, writes facts.
 * Faults go to ctx->diags; false = nothing was recorded. */
#ifndef SONS_METIER_ACTES_H
#define SONS_METIER_ACTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "formats/feuille.h"
#include "metier/contexte.h"
#include "noyau/memoire.h"
#include "noyau/montant.h"
#include "noyau/tableau.h"

/* --- registre --------------------------------------------------------------------------------------------------- */
enum titulaire_role { TITULAIRE_EDITEUR, TITULAIRE_OG, TITULAIRE_AUDITEUR };
struct initialisation {
    const char *chemin;
    enum titulaire_role role;
    uint32_t siren;           /* 0 allowed for an auditor or a registre fictif */
    const char *nom;          /* may be NULL */
    bool fictif, groupe;
    const char *horloge;      /* SONS_HORLOGE or NULL */
};
/* Creates the registre (never over an existing file). Warnings (network or synchronised folder) go to diags as
 * information. */
bool acte_initialiser(const struct initialisation *i, struct diag_liste *diags);

/* Makes the projections again from the journal, whose chain must hold. No fact is added. */
bool acte_journal_reconstruire(struct contexte *ctx);

/* --- parameters ------------------------------------------------------------------------------------------------- */
bool acte_calendrier_choisir(struct contexte *ctx, enum calendrier c);

/* --- FINESS ----------------------------------------------------------------------------------------------------- */
struct finess_rapport {
    bool deja;                 /* same file already imported: nothing written */
    const char *forme;         /* "cs1100502", "archive_et", "structures" …; static */
    struct jour date;
    size_t et, ej;             /* rows kept of each kind */
    size_t og;                 /* distinct EJ of the ET */
    size_t par_couloir[6];     /* ET by couloir rank (enum couloir) */
    /* What was mended or set aside: see struct finess_fichier. */
    uint64_t siret_ecartes, dates_ecartees, zeros_remis, textes_nettoyes, coordonnees, et_fermes, ej_fermees, sans_agregat;
    bool windows_1252;
    char designations[256];    /* « MS1 2022, MS2-PDS 2022 », may be empty */
};
bool acte_finess_importer(struct contexte *ctx, const char *chemin, struct jour base_declaree,
                          struct finess_rapport *out);
/* couloir COULOIR_INCONNU = all of them. */
bool acte_finess_designer(struct contexte *ctx, enum couloir c, int annee, struct jour date, const char *motif);

/* --- sheets: fournisseur, solution, financement, commande -------------------------------------------------------- */
enum feuille_genre {
    FEUILLE_FOURNISSEURS, FEUILLE_SOLUTIONS, FEUILLE_FINANCEMENTS, FEUILLE_ATTESTATIONS, FEUILLE_COMMANDES,
    FEUILLE_MANDATS, FEUILLE_RETRAITS, FEUILLE_SURNOMS, FEUILLE_CONTACTS, FEUILLE_REPONSES, FEUILLE_RETOURS,
    FEUILLE_ENCAISSEMENTS, FEUILLE_SOMMES, FEUILLE_VIREMENTS,
    FEUILLE_SOLDES, FEUILLE_FACTURES, FEUILLE_VA,
    FEUILLE_GENRE_NOMBRE
};
/* Columns of a kind of sheet: headers of interface.md. The command line offers the same names as options. */
const struct feuille_champ *feuille_champs(enum feuille_genre g, size_t *n);

struct import_rapport {
    const char *quoi;          /* "commandes", "solutions" … */
    size_t lues;               /* orders or rows */
    size_t enregistrees, inchangees;
    size_t ecartees;           /* orders only: cancelled or replaced elsewhere, says the sheet: not taken */
    size_t completees, rectifiees; /* orders only: what was absent added; what was recorded changed, with a motif */
    size_t essms;              /* orders only */
    /* orders: verdicts of stage C and AVA-03, each order counted once under its worst */
    size_t conformes, attentes, discordances, anomalies;
    bool liste;                /* fundings: the fact that a list was imported is new (verdicts are those of stage F) */
    size_t contacts;           /* orders only: recorded with them */
};
/* Records the rows of a sheet; the same row again: inchangée. A different one: an order is completed when it only fills what was
 * absent, else refused (differences shown) unless ctx->rectifier gives a motif; a supplier or a solution is updated by a new fact (an information says so). With
 * FEUILLE_COMMANDES every diagnostic of a rule is added to ctx->diags with its place in the sheet. The sheet stays the
 * caller's. `feuille` may come from feuille_lire or feuille_de_valeurs. */
bool acte_feuille_importer(struct contexte *ctx, enum feuille_genre g, struct feuille *feuille, struct import_rapport *out);
/* A list of solutions against what is recorded, and what it changes for the orders. */
enum difference_quoi { SOLUTION_NOUVELLE, SOLUTION_MODIFIEE, SOLUTION_DISPARUE, COMMANDE_TOUCHEE };
struct difference {
    enum difference_quoi quoi;
    const char *numero;        /* ANS number; of the order for COMMANDE_TOUCHEE */
    const char *couloir, *version;
    const char *champ;         /* column of the sheet, or rule; "" for a solution as a whole */
    struct cellule avant, apres;
};
struct differences {
    struct difference *items;
    size_t n, cap;
    size_t nouvelles, modifiees, disparues; /* rows */
    size_t commandes;          /* whose verdicts change */
    size_t debloquees, bloquees; /* of them: an emission was refused and no longer is; the other way round */
    bool premiere;             /* nothing was recorded before: there is nothing to differ from */
    struct arene arene;
};
void differences_free(struct differences *d);
/* Records the rows of a sheet of solutions and their other names. What it changes is told in `diff`, --essai or not: orders are
 * judged before and after. A solution that a file no longer has is told, never withdrawn. */
bool acte_solutions_importer(struct contexte *ctx, struct feuille *feuille, struct import_rapport *out, struct differences *diff);
/* Other names of a solution (`feuille`: FEUILLE_SURNOMS, one row, names joined by `|`), or their withdrawal. Unique, folded, among numbers,
 * names and other names: one that clashes is refused, naming both. */
bool acte_solution_alias(struct contexte *ctx, struct feuille *feuille, bool retirer, struct import_rapport *out);
/* A person to write to no longer is one: the contact that `feuille` (FEUILLE_CONTACTS, one row) names by what it is of and, when there
 * are several, its name. The name stays until it is erased. */
bool acte_contact_retirer(struct contexte *ctx, struct feuille *feuille, const char *motif);
/* Erases names: those that read like `nom` (NULL = any) on the order `commande` (0 = anywhere). With --essai counts only. */
struct effacement {
    size_t noms;               /* rows of the erasable table */
    size_t entrees;            /* facts that they belong to */
    size_t commandes;          /* orders concerned */
    size_t ailleurs;           /* rows left elsewhere that read like one erased */
};
bool acte_personnes_effacer(struct contexte *ctx, const char *nom, int64_t commande, const char *motif, struct effacement *out);
/* Enrolment of a fournisseur at ASP, or its correction. `*avant` = the day recorded until then, JOUR_ABSENT when none; the
 * same day: nothing is written. */
bool acte_fournisseur_enroler(struct contexte *ctx, uint32_t siren, struct jour enrole_le, struct jour *avant);
/* Withdrawal of the mandate that `feuille` (FEUILLE_RETRAITS, one row) names, from the day of ctx->le on. Several are possible:
 * candidates (exit 2). `*deja`: withdrawn on that day already, nothing is written. */
bool acte_mandat_retirer(struct contexte *ctx, struct feuille *feuille, const char *motif, bool *deja);
/* Corrections of one order: `f` holds it, from a file (one order, its number; `completer`, `rectifier`: an empty cell says
 * nothing to the first, empties for the second) or from values given one by one (feuille_de_valeurs). Refused on an order
 * that is in a lot, cancelled or replaced. Each difference is told in diags. */
struct correction_demandee {
    int64_t commande;
    const char *motif;         /* NULL: complete, what is recorded may not change */
    const bool *vider;         /* columns to empty, by rank (feuilles.h); NULL = none */
};
struct correction_rapport {
    bool corrigee;             /* false: it already said all that */
    bool rectifiee;            /* else only completed */
    bool demande_refaite;      /* the request that waits had its amount changed */
    size_t champs;             /* differences applied */
    size_t contacts;           /* people to write to, recorded */
    const char *verdict;       /* static: conforme, en attente, discordance, anomalie */
};
bool acte_commande_corriger(struct contexte *ctx, const struct correction_demandee *d, struct feuille *f, struct correction_rapport *out);
/* A new signed order (`f`: one order of another number, from a file or from values) in the place of `ancienne`. Values take the
 * ESSMS, the supplier, the OG and the couloir of the old one when they do not give their own. */
struct remplacement_rapport {
    int64_t nouvelle;
    const char *verdict;
};
bool acte_commande_remplacer(struct contexte *ctx, int64_t ancienne, const char *motif, struct feuille *f, struct remplacement_rapport *out);
/* A cancellation at ctx->le, with its sworn statement, and the renunciation of the client when it was agreed with it. */
struct annulation {
    int64_t commande;
    const char *attestation, *renonciation; /* paths; the second may be NULL */
    bool accord_client;                     /* demands the renunciation */
    const char *motif;                      /* may be NULL */
    bool *payee;                            /* told, may be NULL: its advance was paid, it claims its ESSMS until the ordre de recouvrer */
};
bool acte_commande_annuler(struct contexte *ctx, const struct annulation *n);
/* A remark, kept in the story of the order; `*deja`: its last fact is that remark, nothing is written. */
bool acte_commande_noter(struct contexte *ctx, int64_t commande, const char *texte, bool *deja);
/* Joins a piece to an order. `*deja`: it was already, under that role, and nothing is written. */
bool acte_commande_joindre(struct contexte *ctx, int64_t commande, enum piece_role role, const char *chemin, bool *deja);

/* --- requests --------------------------------------------------------------------------------------------------- */
struct justification_demandee {
    const char *regle, *motif; /* "BAR-02", text */
};
struct demande_rapport {
    size_t demandees, deja;    /* deja: already asked (--toutes skips them) */
    size_t justifiees;         /* discordances justified */
    struct montant somme;
    size_t conformes, attentes, discordances, anomalies;
    size_t retires;            /* ESSMS removed from balances */
    struct montant trop_percu; /* advances paid beyond the total of their balance: to repay */
};
/* Records one request for each order named (or for all those that have none, `toutes`), and the discordances justified,
 * also on requests that wait for their lot. */
bool acte_avance_demander(struct contexte *ctx, const int64_t *commandes, size_t n, bool toutes,
                          const struct justification_demandee *j, size_t n_j, struct demande_rapport *out);

/* The balance: the invoice's total less the advance paid, for the ESSMS that the VA attests and that are not in `sans`. A balance that
 * waits for its lot is asked again when what it rests on has changed. */
struct solde_demande {
    const finess *sans;        /* ESSMS removed besides those that the VA does not attest; each is of one of the orders */
    size_t n_sans;
    const finess *avec;        /* those that the request before this one had removed, and that are asked for again */
    size_t n_avec;
    uint32_t mss_cas;          /* 1, 2; 0 = that of the VA */
};
bool acte_solde_demander(struct contexte *ctx, const int64_t *commandes, size_t n, bool toutes, const struct solde_demande *s,
                         const struct justification_demandee *j, size_t n_j, struct demande_rapport *out);

struct lot_demande_emission {
    uint32_t fournisseur;
    enum couloir couloir;
    const char *sortie;        /* folder */
    enum paiement type;        /* of its requests */
    uint64_t refaire;          /* 0, or number of a lot to write again, byte for byte */
    bool bordereau;            /* with `refaire`: its bordereau alone */
    uint64_t remplace;         /* 0, or number of the cancelled lot that this one replaces: said in the XML */
};
struct lot_emission {
    bool emis;
    enum paiement type;
    uint64_t numero;
    char fichier[64];          /* lot-SIREN-000001.zip */
    size_t demandes, essms, pieces, refusees, restantes;
    struct montant somme;
    char empreinte_xml[65], empreinte_zip[65];
    bool reconstitue;
};
/* Requests for that payment that are in no lot, whoever asks. */
bool lot_demandes_en_attente(struct contexte *ctx, enum paiement t, int64_t *n);
/* Judges each request of that fournisseur and couloir at ctx->le, leaves the refused ones out with all their reasons
 * (diags), writes the lot. True when a lot was written (or --essai) even if some were refused (out->refusees). */
bool acte_lot_emettre(struct contexte *ctx, const struct lot_demande_emission *d, struct lot_emission *out);

#endif
