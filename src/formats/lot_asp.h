/* A lot for ASP: format-neutral values, and the streaming XML serializer of schemas/lot-asp-1.xsd. One request in memory
 * at a time. A lot is a pure function of these values: same bytes whenever, wherever. */
#ifndef SONS_FORMATS_LOT_ASP_H
#define SONS_FORMATS_LOT_ASP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/instant.h"
#include "noyau/jour.h"
#include "noyau/montant.h"
#include "noyau/numero.h"

#define LOT_DEMANDES_MAX 50000

#define LOT_AVANCE "AVANCE"
#define LOT_SOLDE "SOLDE"

struct lot_entete {
    uint64_t numero;              /* increasing per fournisseur, from 1 */
    const char *type;             /* LOT_AVANCE, LOT_SOLDE */
    uint32_t siren;               /* emitter */
    const char *nom;
    struct jour enrole_le;
    struct instant instant;       /* of emission (--le) */
    const char *couloir;          /* "MS1" */
    const char *vague;            /* "1" */
    uint32_t nombre;
    struct montant somme;         /* of what is asked: lot_demande_montant */
    const char *parametres;       /* hash of the parameters, hexadecimal */
    const char *calendrier;       /* "initial", "proroge" */
    uint64_t annule;              /* number of the lot that this one cancels and replaces, 0 = none */
    const char *annule_empreinte; /* hash of its document */
    bool fictif, reconstitue;
    const char *registre;         /* id of the registre */
    const char *programme;        /* "sons 0.1.0" */
};
struct lot_essms {
    finess et;
    uint16_t agregat, categorie;
    struct montant ht, ttc;       /* shares */
    bool retire;                  /* at the balance */
};
/* What a balance claims, and what it rests on. */
struct lot_solde {
    struct montant total, avance_payee, trop_percu; /* trop_percu 0 = none */
    uint32_t mss_cas;             /* 0 = not given */
    struct {
        const char *numero;
        struct jour date;
        bool deux;
        struct montant ht, tva, ttc;
        struct taux taux_tva;
        const char *motif_tva;    /* "" when none */
    } facture;
    struct {
        uint32_t version;
        struct instant signee_le;
        const char *mode, *qualite;
        struct jour delegation_le; /* JOUR_ABSENT = none */
        bool bon_fonctionnement;
        uint32_t mss_cas;
    } va;
};
struct lot_piece {
    const char *role;             /* "bon_de_commande" */
    const char *nom;              /* "bon_de_commande.pdf": never the user's file name */
    const char *type_media;       /* "application/pdf" */
    const char *extension;        /* "pdf" */
    uint64_t taille;
    struct empreinte empreinte;
};
struct lot_demande {
    uint64_t numero;              /* number of the request */
    uint32_t version;             /* from 1 */
    bool reconstitue;
    const char *commande_numero;
    struct jour commande_date, commande_signature;
    bool sous_condition;
    const char *mode_signature, *qualite_signataire;
    finess og;
    uint32_t og_siren;            /* 0 = unknown */
    const char *og_nom;           /* "" = unknown */
    const struct lot_essms *essms;
    uint32_t n_essms;
    const char *solution_numero, *solution_nom, *solution_version;
    struct jour solution_reference_le, solution_dossier_complet_le;
    struct jour base;
    uint32_t n_og;
    char tranche;                 /* 'A' … 'F' */
    struct montant taux_tranche;  /* € TTC per ESSMS */
    struct montant ht, tva, ttc;
    struct taux taux_tva;
    const char *motif_tva;        /* "" when none */
    struct montant plafond_ht_bas, plafond_ht_haut, plafond_ttc;
    struct montant avance, solde;
    const struct lot_solde *reste; /* of a request for the balance, else NULL */
    const struct lot_piece *pieces;
    uint32_t n_pieces;
};
/* What the request asks for: the advance, or the balance. */
struct montant lot_demande_montant(const struct lot_demande *d);

/* Writer: XML to a file descriptor, hashed and validated against the schema as it is written. */
struct lot_ecrivain;
/* `fd` is borrowed, and `diags` until the end: what the schema refuses is told as it comes, with the number of the
 * request. NULL with a diagnostic when the schema does not load. */
struct lot_ecrivain *lot_ecrivain_creer(int fd, const struct lot_entete *e, struct diag_liste *diags);
/* False when this request was refused by the schema, or when writing failed; the lot as a whole will be too. */
bool lot_ecrivain_demande(struct lot_ecrivain *w, const struct lot_demande *d);
/* Ends the document, flushes, gives hash and size. False with diagnostics when writing failed, the schema refused
 * something, or the header's number and sum are not those of the requests. Frees the writer in every case. */
bool lot_ecrivain_finir(struct lot_ecrivain *w, struct empreinte *empreinte, uint64_t *taille, struct diag_liste *diags);

/* What `lot verifier FICHIER` establishes from outside any registre. */
struct lot_rapport {
    uint64_t numero;
    uint32_t siren;
    char couloir[16];
    bool solde;                  /* of requests for the balance */
    uint64_t annule;             /* the lot that it cancels and replaces, 0 = none */
    bool fictif, reconstitue;
    uint32_t demandes, essms, pieces;
    struct montant somme;
    struct empreinte fichier, xml;
};
/* The figures of one request, as the document gives them (absent ones have their sentinel); its shares and sums are right. */
struct lot_chiffres {
    uint64_t numero;
    uint32_t version;
    bool reste;                  /* a request for the balance: the figures below hold */
    uint32_t gardes;             /* ESSMS that are not removed */
    struct montant total, avance_payee, trop_percu, parts; /* parts: shares kept; trop_percu 0 when none */
    struct montant facture_ht, facture_tva, facture_ttc;
    uint32_t mss_cas, va_mss_cas; /* 0 = not given */
    struct jour signature;
    uint32_t n_og, n_essms;      /* `n` of the barème; ESSMS listed */
    char tranche;
    struct montant taux_tranche, plafond_ht_bas, plafond_ht_haut, plafond_ttc;
    struct montant ht, tva, ttc, avance, solde;
    struct taux taux_tva;
    char parametres[65];         /* hash announced by the header */
};
/* Judges the figures of a request by the rules, which this room does not see: each fault told in `diags`; false when there
 * is one. */
typedef bool lot_juge(void *ctx, const struct lot_chiffres *c, struct diag_liste *diags);

/* Opens the ZIP (hostile: bounded counts and sizes, names checked, no compression bomb, no duplicate name, nothing unexpected), validates
 * lot.xml against the embedded schema, checks counts, sums (header total, per request: shares = totals, HT + VAT = TTC,
 * advance + balance = TTC), each ESSMS once, every piece present with its size and hash and named once, no piece that nobody names.
 * Every fault reported. False when there is one. `juge` (may be
 * NULL) judges each request in which nothing else is wrong. */
bool lot_verifier(const char *chemin, lot_juge *juge, void *juge_ctx, struct lot_rapport *out, struct diag_liste *diags);

#endif
