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
#include "noyau/texte.h"
#include "regles/vie.h"

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

/* A line of the order, when its document tells them apart (regles.md § 1). Which natures are inside of the prestation and which
 * are excluded from it is a parameter; `autre` is neither. */
enum ligne_nature {
    LIGNE_LICENCE, LIGNE_INSTALLATION, LIGNE_MAINTENANCE, LIGNE_FORMATION, LIGNE_SUIVI, LIGNE_CERTIFICAT, LIGNE_MESSAGERIE,
    LIGNE_CHANGEMENT, LIGNE_RATTRAPAGE, LIGNE_INFRASTRUCTURE, LIGNE_AUTRE, LIGNE_NOMBRE
};
struct ligne_bon {
    enum ligne_nature nature;
    bool og;             /* paid by the OG, beside the State's sentence; otherwise under it */
    struct montant ht;   /* ≥ 0; MONTANT_ABSENT when the line has no amount of its own */
};
#define LIGNES_MAX (2 * LIGNE_NOMBRE)
const char *ligne_nature_nom(enum ligne_nature n);
enum ligne_nature ligne_nature_parse(const char *bytes, size_t len); /* LIGNE_NOMBRE when not one of them; exact word */
/* Adds a line: one for each nature and payer, sorted so; amounts of the same add up (absent when one of them is, or beyond
 * MONTANT_MAX). `lignes` has room for LIGNES_MAX. */
void lignes_ajouter(struct ligne_bon *lignes, uint32_t *n, const struct ligne_bon *ligne);
/* The text of the sheet: `licence 3000,00 | formation 500,00 | messagerie 200,00 og`; case, accents and blanks do not matter,
 * `etat` may be written. On a fault `*faute` is the part at fault. */
bool lignes_lire(struct slice texte, struct ligne_bon *lignes, uint32_t *n, struct slice *faute);
void lignes_ecrire(const struct ligne_bon *lignes, uint32_t n, struct buffer *out);
/* The text of the fact: `licence 300000 etat`. */
bool ligne_fait_lire(struct slice item, struct ligne_bon *out);
void ligne_fait_ecrire(const struct ligne_bon *ligne, struct buffer *out);

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
    const char *logiciel;    /* as in struct financement, of its solution; "" when absent */
    bool libere;             /* it gave this ESSMS up at its balance, decided: no longer in force on it */
    bool solution_couloir;   /* its solution has an entry for its couloir, of these dates (after `au`: absent) */
    struct jour dossier_complet_le, reference_le, refuse_le;
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
    const char *logiciel;     /* the name that the registre has for the solution that `dui` names, else `dui` itself */
};

/* The invoice (regles.md § 6): the last one recorded, at `au`. */
struct dossier_facture {
    bool existe;
    int64_t fait;
    const char *numero;
    struct jour date;
    bool deux;                /* two invoices, AVANCE and SOLDE, in one document with a total */
    struct montant ht, tva, ttc; /* of the whole, 100 % */
    struct taux taux_tva;
    enum motif_tva motif_tva;
    enum trois mention_segur;
    finess client;            /* the OG it is made out to; 0 = not read */
    enum trois nom_accorde;   /* the name on it agrees with the signatory of the VA; compared when the later of the two was recorded */
    bool piece;
};
/* Indicators of TBB.1, per ESSMS (regles.md § 7). */
enum tbb { TBB_ABSENT, TBB_TOUS, TBB_CERTAINS, TBB_AUCUN, TBB_NOMBRE }; /* how many are different from zero */
const char *tbb_nom(enum tbb t);
enum tbb tbb_parse(const char *bytes, size_t len);
/* The VA: its last version, at `au`. */
struct dossier_va {
    bool existe;
    int64_t fait;
    uint32_t version;
    struct instant signee_le;
    bool signataire_present;
    int64_t signataire_fait;
    const char *qualite;      /* "" when absent */
    enum mode_signature mode;
    enum trois delegation;    /* signed by a delegate; then its date, and its document */
    struct jour delegation_le;
    bool delegation_piece;
    enum trois bon_fonctionnement;
    uint32_t mss_cas;         /* 1, 2; 0 = not given */
    enum trois nom_accorde;   /* as in struct dossier_facture */
    bool piece;
};
/* What the VA says of one ESSMS. */
struct essms_va {
    enum trois atteste, deploye, tbb_livre;
    enum tbb tbb;
    int32_t indicateurs[3];   /* active files, with a project, with an event: delivered, 0 or more; −1 = not delivered */
};
/* The balance as asked: what it claims (its amount is the request's, in struct vie). */
struct dossier_solde {
    bool existe;
    struct montant trop_percu; /* advance paid − total, when it is more; 0 otherwise */
    uint32_t mss_cas;          /* 1, 2; 0 = not given */
    int64_t facture, va;       /* numbers of the facts it rests on */
};

struct dossier_essms {
    finess et;
    struct montant ht, ttc;      /* the shares fixed at registration; MONTANT_ABSENT when the total is absent */
    bool dans_base;              /* found in the reference base */
    finess ej_base;              /* its OG in the base */
    uint16_t categorie, agregat; /* in the base: 183, 4101 */
    const char *libelle_lu, *commune_lue;   /* as the order gives them; NULL or "" when it does not */
    const char *nom_base, *commune_base;    /* in the base; only loaded when one of those above is given */
    const struct autre_commande *autres;
    uint32_t n_autres;
    const struct financement *financements; /* every state known, by number of their fact */
    uint32_t n_financements;
    struct essms_va va;
    bool retire;                 /* removed at the balance asked */
    bool libere;                 /* … which ASP has decided: the ESSMS is free again (regles.md § 3) */
};

/* Another ESSMS of the same OG, by its name in the base. */
struct essms_voisin {
    finess et;
    const char *nom, *commune;
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
    uint16_t statut_og;        /* statut juridique of the OG in the EJ base of the same day; 0 = unknown (og_gcsms) */
};

struct dossier_solution {
    bool connue;
    bool ambigue;              /* not known: several ANS numbers of the couloir have that name */
    const char *nom, *numero_ans;
    uint32_t siren_editeur;
    bool couloir_connu;        /* has an entry for the couloir of the order */
    const char *version_referencee;
    struct jour dossier_complet_le, reference_le, refuse_le, retire_le; /* for that couloir */
    uint32_t n_couloirs;
};

/* A mandate given to the supplier, begun at `au` (its withdrawal too, else absent). */
struct mandat {
    uint32_t editeur;
    const char *solution;      /* ANS number; "" = all those of the éditeur */
    struct jour du, au_le;     /* first and last day; JOUR_ABSENT = no term */
    struct jour retire_le;     /* first day without it */
};

struct dossier_fournisseur {
    bool connu;
    uint32_t siren;
    const char *nom;
    bool distributeur;
    struct jour enrole_le;
    const struct mandat *mandats; /* sorted by éditeur, solution, first day */
    uint32_t n_mandats;
};

enum piece_role {
    PIECE_BON_DE_COMMANDE, PIECE_NON_CUMUL, PIECE_AUTRE,
    PIECE_ANNULATION, PIECE_RENONCIATION, /* of a cancellation: recorded with it, never joined alone */
    PIECE_FACTURE, PIECE_VA, PIECE_DELEGATION, PIECE_REPONSE_ASP, PIECE_ORDRE_DE_RECOUVRER, PIECE_REVERSEMENT, /* recorded with their facts */
    PIECE_ROLE_NOMBRE
};
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
    int etat;                /* enum etat_commande, at `au` */
    int etat_acquis;         /* the same by everything recorded, whatever `au`: what acts look at */
    const char *numero, *reference_externe;
    enum couloir couloir;    /* given, or derived from the solution */
    finess ej;               /* given, or derived from the base */
    struct jour date_commande, date_signature;
    struct montant ht, tva, ttc;
    struct taux taux_tva;
    bool tva_calculee, ttc_calcule, ht_calcule; /* computed by the program, not read */
    enum motif_tva motif_tva;
    bool signataire_present; /* the name itself is never here */
    int64_t signataire_fait; /* the fact under which it is kept, 0 = none */
    const char *qualite_signataire; /* "" when absent */
    enum mode_signature mode_signature;
    enum trois sous_condition, mention_segur, deja_equipe;
    struct jour deja_equipe_depuis; /* JOUR_ABSENT when oui/non */
    const char *version_solution;   /* "" when absent */
    enum trois engagement, option;  /* is the State's part conditioned on a new commitment, a new option */
    struct montant reste_a_charge;  /* left to pay by the OG inside the prestation; MONTANT_ABSENT when not declared */
    const struct ligne_bon *lignes;
    uint32_t n_lignes;              /* 0 = none declared */
    const char *solution_lue;       /* what the sheet said */
    bool attestation_non_cumul;     /* recorded with its piece, dated ≤ au */
    bool pieces[PIECE_ROLE_NOMBRE];
    /* around it */
    struct dossier_essms *essms; /* sorted by FINESS number */
    uint32_t n_essms;
    struct dossier_base base;
    struct dossier_solution solution;
    struct dossier_fournisseur fournisseur;
    struct vie vie;                  /* requests, answers, money, at `au` */
    struct dossier_facture facture;
    struct dossier_va va;
    struct dossier_solde solde;
    const struct autre_commande *de_l_og; /* other orders on ESSMS of the OG; the rule decides which are in force */
    uint32_t n_de_l_og;
    const struct essms_voisin *voisins; /* every ESSMS of the OG in the base, only when a name given is not exactly FINESS's */
    uint32_t n_voisins;
    const struct justification *justifications; /* the latest first */
    uint32_t n_justifications;
    /* stage F: a funding is judged, not an order: its rank + 1 in essms[0].financements; essms[0].autres are then all the
     * orders on its ESSMS. 0 = an order */
    uint32_t financement;
};

#endif
