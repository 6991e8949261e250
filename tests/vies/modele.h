/* What the program must do of a payment life, said a second time and apart from it: nothing of src/ is included. An order is the plain
 * list of what happened to it; its state, what it may still do, what it is owed and owes are read from that list (regles.md § 2, 3, 6). */
#ifndef SONS_TESTS_VIES_MODELE_H
#define SONS_TESTS_VIES_MODELE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ESSMS_OG = 10, ESSMS_MAX = 5, FOURNISSEURS = 2, COMMANDES_MAX = 12, CHOSES_MAX = 320, DOCUMENTS_MAX = 200, LOTS_MAX = 200, SOMMES_MAX = 400 };
enum { TAUX_CENTIMES = 219000 }; /* tranche C: the OG has ten ESSMS */
enum { FAIT = 0, REFUS = 1, USAGE = 2 }; /* exit codes */
enum versement { AVANCE, SOLDE };
enum statut { SANS_REPONSE, RECUE, INCOMPLETE, A_MODIFIER, VALIDEE, PAYEE, REJETEE, STATUTS };
enum quoi { DEMANDEE, EMISE, REPRISE, DEPOSEE, REPONDUE, FACTUREE, ATTESTEE, ENCAISSEE, ANNULEE, ORDONNEE, REVERSEE };

/* Something that happened: when it happened, and when it was told (`rang`). */
struct chose {
    int64_t le;
    int rang;
    enum quoi quoi;
    enum versement v;
    int numero, version; /* of the request */
    enum statut statut;
    int64_t montant;     /* −1 = none */
    int document;        /* rank of the invoice, VA or balance; of the lot deposited */
    bool asp;            /* the answer gave ASP's number of the request */
};
struct facture {
    int rang, jour, numero;
    int64_t ht, tva, ttc;
};
struct attestation {
    int rang, mss; /* « Déploiement MSS »: 0 = no case */
    int64_t le;
    bool atteste[ESSMS_MAX];
};
struct solde {
    int facture, va; /* ranks of what it rests on */
    int mss;
    int64_t total, montant, trop;
    bool retire[ESSMS_MAX];
};
enum replique { MAINTENIR, CORRIGER, RETIRER, REPLIQUES };
struct litige {
    int du, fin; /* days; 0 = none */
    bool ecartee;
    struct {
        int jour;
        enum replique quoi;
    } repliques[DOCUMENTS_MAX];
    int n;
};
struct commande {
    char numero[16];
    int f, jour, n;          /* supplier, day of the signature, ESSMS */
    int remplacee;           /* day of the signature of the order that takes its place; 0 = none */
    int et[ESSMS_MAX];       /* sorted */
    int64_t ht, tva, ttc;
    int64_t anciens[DOCUMENTS_MAX]; /* HT that it had before it was corrected */
    int n_anciens;
    int corrigee[DOCUMENTS_MAX], n_corrigee; /* when each correction was told */
    struct chose choses[CHOSES_MAX];
    int n_choses;
    struct facture factures[DOCUMENTS_MAX];
    struct attestation vas[DOCUMENTS_MAX];
    struct solde soldes[DOCUMENTS_MAX];
    int n_factures, n_vas, n_soldes;
    struct litige litige;
};
struct encaissement {
    int commande, jour, reference, virement; /* −1 = none */
    enum versement v;
    int64_t montant, entree;                 /* entry of the journal, read in the list */
    int rang;
    bool retire;
};
struct virement {
    int f, jour, reference, rang;
    int64_t montant, entree;
    bool retire;
};
struct dite { /* an answer: what it is in the life of its order */
    int commande, rang;
    int64_t entree;
    bool retire;
};
struct lot {
    int f, numero, n;
    enum versement v;
    int64_t le, depose_le, annule_le, somme; /* 0 = not */
    int commandes[COMMANDES_MAX], demandes[COMMANDES_MAX], versions[COMMANDES_MAX];
};
struct somme { /* ordre de recouvrer, reversement */
    int commande, jour, reference, rang;
    enum quoi quoi;
    int64_t montant, entree; /* entry of the journal: the last one, after it */
    bool retire;
};
/* What seldom happens, counted: a balance that leaves with its case of « Déploiement MSS », one that is kept back for that alone (no case, not
 * that of the VA), a deposit refused by --strict, an order that what is beyond its total alone keeps from closing, an answer that a correction
 * or a cancellation, or money ordered or given back, alone keeps, a transfer that its parts keep. */
enum rare { SOLDE_AVEC_CAS, SOLDE_SANS_CAS, SOLDE_AUTRE_CAS, DEPOT_REFUSE, TOTAL_DEPASSE, REPONSE_TENUE, REPONSE_PAYANTE, VIREMENT_TENU, RARES };
struct modele {
    int64_t maintenant;
    int rang, demandes; /* last number given */
    bool proroge;       /* the calendar in force */
    int rares[RARES];
    struct commande commandes[COMMANDES_MAX];
    struct lot lots[LOTS_MAX];
    struct encaissement encaissements[SOMMES_MAX];
    struct virement virements[DOCUMENTS_MAX];
    struct somme sommes[SOMMES_MAX];
    struct dite dites[SOMMES_MAX];
    int n, n_lots, n_encaissements, n_virements, n_sommes, n_dites;
};

/* modele_temps.c: legal time, by hand. */
int jour_de(int64_t le);           /* days since 1970 */
int64_t minuit_de(int jour);
int64_t soir_de(int jour);         /* its last second */
int decalage(int64_t le);          /* seconds east of UTC */
#define DEBUT_MSS INT64_C(1726142400) /* 2024-09-12T12:00:00Z, two in the afternoon: balances carry the case of the VA */
extern int64_t fermeture, cloture; /* of the calendar last chosen, whatever the instant looked at */
void calendrier_choisir(bool proroge);

/* modele.c: an order at an instant. */
struct demande {
    bool existe, emise;
    int numero, version;
    int64_t montant, emise_le, deposee_le, premier_depot, statut_le, paye; /* 0 = not yet; paye −1 = not decided */
    enum statut statut;
    int dit_par;       /* when the answer that it stands on was told */
};
enum { REJETS_MAX = 32 };
struct regard {
    struct demande d[2];
    struct demande rejetees[2][REJETS_MAX]; /* those that another one followed */
    int n_rejetees[2];
    int facture, va, solde;        /* last of each, −1 = none */
    bool facturee, attestee, ordre;
    bool depasse;                  /* what is beyond the total alone keeps it from closing */
    int64_t annulee_le, encaisse[2], a_reverser, reverse, dernier;
    int64_t ordonne_le;            /* the last ordre */
    int64_t rejete;                /* received of requests that ASP rejected, once others follow them: `encaisse` has it no more */
    int64_t total;                 /* of the balance asked, −1 = none */
    int64_t rendu_avant;           /* repaid of the advance when the balance left, −1 = it has not */
    const char *vie;               /* its state, whatever the disputes say */
    const char *etat;
};
enum { TOUJOURS = 0 };             /* instant of everything that was told */
struct regard regarder(const struct commande *c, int64_t au);
/* Its life as it had been told before `rang`, but for what was told at `sauf` (0 = all); `etat` is its `vie`. */
struct regard regarder_dite(const struct commande *c, int rang, int sauf);
bool est(const struct regard *r, const char *etats); /* the state under the dispute is one of those words */
bool en_vigueur(const struct regard *r);
int64_t trente_pour_cent(int64_t ttc);
int64_t gardee(const struct regard *r); /* of the advance: what the balance completes */
int64_t part_ttc(const struct commande *c, int i);
bool prise(const struct modele *m, int commande, int64_t au); /* an earlier order in force claims one of its ESSMS */
bool libre(const struct modele *m, int et, int64_t au);       /* nobody claims it */
struct du {
    const char *regle; /* NULL = an ordre of ASP that no rule gives */
    int64_t du, reste; /* −1 = not said; `reste`: NON_DIT, negative = repaid beyond what is due */
    int64_t apprecier; /* −1 = not */
    int64_t rendu;     /* what of it went back */
};
enum { DUS_MAX = 8 };
#define NON_DIT INT64_MIN
int dus(const struct commande *c, int64_t au, struct du out[DUS_MAX]);
/* All that came, decided or received. */
int64_t tout_venu(const struct regard *r);
/* Decided less received, more what was repaid of the excess. */
int64_t manque(const struct regard *r, enum versement v);

/* modele_actes.c, modele_argent.c: each says the exit code of the act, and changes the model when it is done. `le` 0 = not given; the last
 * second of a day is given as that day. */
bool ce_jour(const struct modele *m, int64_t le); /* the day of today */
bool dater(const struct modele *m, int64_t *le);  /* not to come */
int choisir_calendrier(struct modele *m, bool proroge);
int commander(struct modele *m, const struct commande *c);
int rectifier(struct modele *m, int c, int64_t ht, int64_t tva);
int remplacer(struct modele *m, int c, const struct commande *nouvelle);
int annuler(struct modele *m, int c, int64_t le);
int demander_avance(struct modele *m, int c, int64_t le);
/* `mss` 0: that of the VA. `avec`: those that the request before it had removed, and that are asked for again. */
int demander_solde(struct modele *m, int c, int64_t le, int mss, const bool sans[ESSMS_MAX], const bool avec[ESSMS_MAX]);
int emettre(struct modele *m, int f, enum versement v, int64_t le);
int deposer(struct modele *m, int f, int lot, int64_t le, bool strict);
int rectifier_depot(struct modele *m, int f, int lot, int64_t le, bool strict);
int annuler_lot(struct modele *m, int f, int lot, int64_t le);
struct reponse {
    int commande;       /* −1 = unknown */
    enum statut statut;
    int64_t le, montant;
    int versement;      /* −1 = not said */
    int version;        /* 0 = not said */
    int demande;        /* number of the request; 0 = not said */
    bool asp;           /* ASP's number is given: one for each payment of an order */
};
int repondre(struct modele *m, const struct reponse *t, int n, bool saisie);
int facturer(struct modele *m, int c, int numero, int jour, int64_t ht, int64_t tva);
int attester(struct modele *m, int c, int64_t le, int mss, const bool atteste[ESSMS_MAX]);
int ouvrir_litige(struct modele *m, int c, int64_t le);
int repliquer(struct modele *m, int c, int64_t le, enum replique quoi);
int conclure_litige(struct modele *m, int c, int64_t le, bool ecartee);
int encaisser(struct modele *m, int c, enum versement v, int64_t montant, int jour, int reference);
int retirer(struct modele *m, int encaissement);
int virer(struct modele *m, int f, int64_t montant, int jour, int reference);
/* What a transfer is attributed to, as it is named. */
struct nommee {
    int commande, v, numero; /* v −1, numero 0: not said */
    int64_t montant;         /* −1 = what it waits for */
};
int ventiler(struct modele *m, int virement, const struct nommee *t, int n);
/* The transfer is exactly one sum of what its supplier waits for, of one request, two, or all: 1, its parts; 0, no sum at all; −1 otherwise. */
struct part {
    int commande;
    enum versement v;
    int64_t du, decide_le;
};
int proposer(const struct modele *m, int virement, struct part parts[2 * COMMANDES_MAX], int *n);
int ventiler_parts(struct modele *m, int virement, const struct part *parts, int n);
enum versement versement_vise(const struct modele *m, const struct reponse *x);
int64_t reste_du(const struct modele *m, int c, enum versement v); /* decided less received; 0 while ASP has not decided */
int64_t reste_virement(const struct modele *m, int virement);
int verser(struct modele *m, enum quoi quoi, int c, int64_t montant, int jour, int reference);
int retirer_virement(struct modele *m, int virement);
int retirer_reponse(struct modele *m, int dite);
int retirer_somme(struct modele *m, int somme); /* −1 = an entry that is none */
/* Adds to the life of an order; takes back what was told. */
struct chose *ajouter(struct modele *m, int c, enum quoi quoi, int64_t le);
void oublier(struct modele *m, int c, int rang);

#endif
