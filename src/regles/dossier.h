/* The dossier: plain data about one order, everything the rules may look at. No SQL, no file, no clock here.
 * Built by registre/dossier_charger (or by a test); the rules only read it. Absent data has its sentinel. */
#ifndef SONS_REGLES_DOSSIER_H
#define SONS_REGLES_DOSSIER_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/empreinte.h"
#include "noyau/instant.h"
#include "noyau/jour.h"
#include "noyau/montant.h"
#include "noyau/numero.h"

/* Couloirs (regles.md § 1). The integer is what the registre stores. */
enum couloir { COULOIR_INCONNU = 0, COULOIR_MS1, COULOIR_MS2_PDS, COULOIR_MS2_PDE, COULOIR_MS3, COULOIR_NOMBRE };
const char *couloir_nom(enum couloir c); /* "MS1", "MS2-PDS", …; "" when unknown */
enum couloir couloir_parse(const char *bytes, size_t len); /* COULOIR_INCONNU when not one of them */

enum trois { TROIS_ABSENT = -1, TROIS_NON = 0, TROIS_OUI = 1 };
enum mode_signature { MODE_ABSENT, MODE_MANUSCRITE, MODE_CPX, MODE_PSC, MODE_RGS, MODE_EIDAS, MODE_NOMBRE };
const char *mode_signature_nom(enum mode_signature m);
enum mode_signature mode_signature_parse(const char *bytes, size_t len);
enum motif_tva { MOTIF_ABSENT, MOTIF_EXEMPTION, MOTIF_GUYANE, MOTIF_MAYOTTE, MOTIF_NON_ASSUJETTI, MOTIF_NOMBRE };
const char *motif_tva_nom(enum motif_tva m);
enum motif_tva motif_tva_parse(const char *bytes, size_t len);

/* Calendar in force (parameters; regles.md § 8). */
enum calendrier { CALENDRIER_INITIAL, CALENDRIER_PROROGE };
const char *calendrier_nom(enum calendrier c);

/* Another order that claims the same ESSMS (every one recorded; the rule decides which are in force). */
struct autre_commande {
    int64_t fait;            /* number of its fact: rank between equal dates */
    uint32_t fournisseur;    /* SIREN, 0 unknown */
    const char *numero;
    struct jour date_signature;
    int etat;                /* enum etat_commande (cycle.h) */
};

enum fonds { FONDS_ESMS_NUMERIQUE, FONDS_FEDER, FONDS_FSE, FONDS_NOMBRE };
enum phase { PHASE_ABSENTE, PHASE_AMORCAGE, PHASE_GENERALISATION, PHASE_NOMBRE };
enum volet { VOLET_ABSENT, VOLET_EQUIPEMENT, VOLET_USAGE, VOLET_NOMBRE };
enum nature { NATURE_ABSENTE, NATURE_ACQUISITION, NATURE_RENOUVELLEMENT, NATURE_MISE_EN_CONFORMITE, NATURE_NOMBRE };
enum etat_financement {
    FINANCEMENT_CANDIDATURE, FINANCEMENT_ENGAGEMENT, FINANCEMENT_CONVENTION, FINANCEMENT_REFUSE, FINANCEMENT_RENONCE,
    FINANCEMENT_REMBOURSE, FINANCEMENT_ETAT_NOMBRE
};
const char *fonds_nom(enum fonds f);
const char *phase_nom(enum phase p);
const char *volet_nom(enum volet v);
const char *nature_nom(enum nature n);
const char *etat_financement_nom(enum etat_financement e);

struct financement {
    int64_t fait;
    enum fonds fonds;
    enum phase phase;
    enum volet volet;
    enum nature nature;
    enum etat_financement etat;
    enum trois dui_reference; /* the funded DUI is a referenced one */
    const char *dui;          /* "" when absent, never NULL */
    struct jour date_etat;
};

struct dossier_essms {
    finess et;
    struct montant ht, ttc;      /* the shares fixed at registration; MONTANT_ABSENT when the total is absent */
    bool dans_base;              /* found in the reference base */
    finess ej_base;              /* its OG in the base */
    uint16_t categorie, agregat; /* in the base: 183, 4101 */
    const struct autre_commande *autres;
    uint32_t n_autres;
    const struct financement *financements;
    uint32_t n_financements;
};

/* The reference base of the order: by couloir and by year of the signature (regles.md § 2). */
enum base_etat {
    BASE_DESIGNEE,          /* imported and serving that period */
    BASE_MANQUANTE,         /* known by the rule, not imported or not designated */
    BASE_INDETERMINABLE     /* no signature date, or couloir unknown */
};
struct dossier_base {
    enum base_etat etat;
    struct jour date;          /* line 1 of the base */
    int annee;                 /* period */
    bool og_present;           /* the EJ has at least one ET of any aggregate in it */
    uint32_t n[COULOIR_NOMBRE]; /* ESSMS of the OG by couloir; n[0] = all 4xxx */
};

struct dossier_solution {
    bool connue;
    const char *nom, *numero_ans;
    uint32_t siren_editeur;
    bool couloir_connu;        /* has an entry for the couloir of the order */
    const char *version_referencee;
    struct jour dossier_complet_le, reference_le, refuse_le, retire_le; /* for that couloir */
    uint32_t n_couloirs;
};

struct dossier_fournisseur {
    bool connu;
    uint32_t siren;
    const char *nom;
    bool distributeur;
    struct jour enrole_le;
};

/* A request for the advance, when there is one. */
struct dossier_demande {
    bool existe;
    int64_t numero;           /* number of the request */
    struct montant montant;   /* asked */
    bool emise;
    struct instant emise_le, deposee_le; /* INSTANT_ABSENT until then */
};

enum piece_role { PIECE_BON_DE_COMMANDE, PIECE_NON_CUMUL, PIECE_AUTRE, PIECE_ROLE_NOMBRE };
const char *piece_role_nom(enum piece_role r); /* "bon_de_commande", "attestation_non_cumul", "autre" */

/* A discordance justified by the user: valid while the constat it answers is unchanged. */
struct justification {
    const char *regle; /* identifier */
    struct empreinte constat;
    const char *motif;
};

struct dossier {
    /* evaluation */
    struct instant au;
    enum calendrier calendrier;
    bool liste_financements; /* at least one ESMS numérique list imported, visible at `au` */
    /* the order as read */
    int64_t fait;
    int etat;                /* enum etat_commande */
    const char *numero, *reference_externe;
    enum couloir couloir;    /* given, or derived from the solution */
    finess ej;               /* given, or derived from the base */
    struct jour date_commande, date_signature;
    struct montant ht, tva, ttc;
    struct taux taux_tva;
    bool tva_calculee, ttc_calcule, ht_calcule; /* computed by the program, not read */
    enum motif_tva motif_tva;
    bool signataire_present; /* the name itself is never here */
    const char *qualite_signataire; /* "" when absent */
    enum mode_signature mode_signature;
    enum trois sous_condition, mention_segur, deja_equipe;
    struct jour deja_equipe_depuis; /* JOUR_ABSENT when oui/non */
    const char *version_solution;   /* "" when absent */
    const char *solution_lue;       /* what the sheet said */
    bool attestation_non_cumul;     /* recorded with its piece, dated ≤ au */
    bool pieces[PIECE_ROLE_NOMBRE];
    /* around it */
    struct dossier_essms *essms; /* sorted by FINESS number */
    uint32_t n_essms;
    struct dossier_base base;
    struct dossier_solution solution;
    struct dossier_fournisseur fournisseur;
    struct dossier_demande avance;
    uint32_t n_commandes_meme_solution;
    const struct justification *justifications;
    uint32_t n_justifications;
};

#endif
