/* The payment life of an order: dated events, folded in the order of their dates (then of their facts) into what is asked, sent,
 * deposited, answered, paid; and the state that follows. Pure: no SQL, file, clock. The same fold at an earlier instant is
 * the fold of the events dated up to it, so that --au needs nothing else. regles.md § 6 and 9. */
#ifndef SONS_REGLES_VIE_H
#define SONS_REGLES_VIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/instant.h"
#include "noyau/montant.h"
#include "regles/cycle.h"

/* The two payments of an order (regles.md § 6). The integer is what the registre stores. */
enum paiement { PAIEMENT_AUCUN = 0, PAIEMENT_AVANCE, PAIEMENT_SOLDE, PAIEMENT_NOMBRE };
const char *paiement_nom(enum paiement t);  /* "avance", "solde"; "" for none */
enum paiement paiement_parse(const char *bytes, size_t len);
/* What ASP answers to a request (regles.md § 9). */
enum statut_asp {
    STATUT_AUCUN, STATUT_RECUE, STATUT_INCOMPLETE, STATUT_A_MODIFIER, STATUT_VALIDEE, STATUT_PAYEE, STATUT_REJETEE, STATUT_NOMBRE
};
const char *statut_asp_nom(enum statut_asp s);  /* "a_modifier", "decidee_et_payee" */
const char *statut_asp_label(enum statut_asp s); /* "à modifier": as ASP writes it, agreed with « demande » */
enum statut_asp statut_asp_parse(const char *bytes, size_t len); /* of the word or of the label; STATUT_AUCUN when neither */

/* A request for a payment, when there is one, as it was at `au`: its last version. */
struct dossier_demande {
    bool existe;
    int64_t numero;           /* number of the request, kept from one version to the next */
    uint32_t version;         /* from 1: each re-emission of a request sent back is one more */
    struct montant montant;   /* asked */
    bool emise;               /* this version is in a lot that was not cancelled */
    bool reconstitue;         /* … emitted for a time past, judged at it */
    struct instant emise_le, deposee_le; /* of this version; INSTANT_ABSENT until then */
    struct instant premier_depot; /* of the first version: what the deadlines judge (regles.md § 6) */
    struct instant depot_rejete;  /* first deposit of the one that ASP rejected before this one; INSTANT_ABSENT = none */
    enum statut_asp statut;   /* ASP's latest answer to this version */
    struct instant statut_le;
    int64_t statut_fait;
    struct montant paye;      /* decided by ASP: what its answer says, else what was asked; MONTANT_ABSENT until then */
};
/* Money that came and went (regles.md § 6). */
struct dossier_argent {
    struct montant encaisse[PAIEMENT_NOMBRE]; /* received, by payment; not what is in `rejete` */
    struct montant rejete;    /* received of requests that ASP rejected, others having been made since: due back */
    struct instant rejete_le; /* the first such rejection */
    bool ordre;               /* an ordre de recouvrer was issued */
    struct instant ordre_le, ordre_dernier; /* the first, the last */
    struct montant a_reverser, reverse;      /* sum of the ordres; sum repaid */
};


/* What happens. The integer is what the registre stores. */
enum evenement_type {
    EV_DEMANDE = 1,      /* a request is recorded, or corrected before it is sent (again): numero, montant */
    EV_EMISSION,         /* it leaves in a lot: numero */
    EV_LOT_ANNULE,       /* its lot is cancelled before its deposit */
    EV_DEPOT,            /* its lot is deposited at ASP */
    EV_REPONSE,          /* ASP answers to `version`: statut, montant (decided; absent = what was asked) */
    EV_FACTURE, EV_VA,
    EV_ENCAISSEMENT,     /* montant, of `paiement`; negative = an entry made by mistake is taken back */
    EV_ANNULATION,       /* of the order */
    EV_ORDRE,            /* ordre de recouvrer: montant */
    EV_REVERSEMENT,      /* montant repaid */
    EV_NOMBRE
};
struct evenement {
    enum evenement_type type;
    enum paiement paiement;
    uint32_t version;        /* EV_REPONSE; 0 elsewhere */
    enum statut_asp statut;  /* EV_REPONSE */
    bool reconstitue;        /* EV_EMISSION: for a time past (the registre stores it as the statut) */
    struct instant le;
    int64_t fait;
    int64_t numero;          /* of the request */
    struct montant montant;  /* MONTANT_ABSENT where none */
    struct montant total;    /* EV_DEMANDE of a balance: what it completes the advance to; not read elsewhere */
};
struct vie {
    struct dossier_demande avance, solde;
    struct dossier_argent argent;
    bool facturee, attestee;
    struct instant annulee_le;   /* INSTANT_ABSENT = not cancelled */
    struct instant dernier;      /* of the last event */
    struct montant total;        /* of the balance asked; MONTANT_ABSENT until then */
    struct montant gardee;       /* of the advance, when the balance left (vie_avance_gardee); MONTANT_ABSENT until then */
};
/* An order to which nothing has happened. */
void vie_init(struct vie *v);
/* The next event; they come sorted by date, then by fact. One that no longer bears on anything (an answer to an earlier
 * version) changes nothing. Sums saturate at MONTANT_MAX. */
void vie_ajouter(struct vie *v, const struct evenement *e);
/* Never ETAT_REMPLACEE, ETAT_EN_LITIGE nor ETAT_RENONCEE: those are told by other orders. */
enum etat_commande vie_etat(const struct vie *v);
/* The request of a payment (PAIEMENT_AVANCE, PAIEMENT_SOLDE). */
const struct dossier_demande *vie_demande(const struct vie *v, enum paiement t);
/* What was received beyond what ASP has decided, of both payments; of one that it has not decided, nothing yet, unless it rejected it
 * or the order is cancelled. */
struct montant vie_recu_en_trop(const struct vie *v);
/* What was received of a payment for which nothing is deposited at ASP: no answer is awaited that could decide it. It is in
 * vie_recu_en_trop once the request is rejected or the order cancelled. */
struct montant vie_recu_sans_demande(const struct vie *v);
/* Of the advance paid to an order whose balance is lost, what ASP has yet to decide upon (« à apprécier »): not what goes beyond the total of
 * the balance, which is due, nor what it has ordered. */
struct montant vie_a_apprecier(const struct vie *v);
/* What remains to be repaid by what happened, whatever the deadlines say: `finie` (the order no longer stands) all that was paid; else what
 * came beyond ASP's decisions and beyond the total of the balance; at least what the ordres ask. */
struct montant vie_a_rendre(const struct vie *v, bool finie);
/* What was paid: what was received once a payment of it is recorded, what ASP decided until then. */
struct montant vie_paye(const struct vie *v, enum paiement t);
/* All that was paid, of both, with what was received of requests that ASP rejected. */
struct montant vie_tout_paye(const struct vie *v);
/* Of what was decided, what was paid: never more than was received, once a payment is recorded. */
struct montant vie_decide_paye(const struct vie *v, enum paiement t);
/* What the éditeur repaid, once what was received in excess of ASP's decisions is covered: it comes first. */
struct montant vie_rendu(const struct vie *v);
/* What remains due on a payment: decided less received; negative = received beyond, less what was repaid of it; absent until ASP has
 * decided; 0 is due on one that it rejected. */
struct montant vie_reste(const struct vie *v, enum paiement t);
/* What the éditeur keeps of the advance, which the balance completes to the total (regles.md § 6): what ASP decided, less what it
 * ordered and was repaid, once what came in excess has been; what goes back without an ordre lowers nothing. As it was when the balance
 * left, once it has; absent until ASP has decided. */
struct montant vie_avance_gardee(const struct vie *v);
/* What the advance and the balance paid have beyond the total of the balance asked; while ASP has not decided the balance, the advance
 * alone (FAQ: the difference is repaid). What an ordre had repaid before the balance left is not in it: the balance completed it. 0 when no
 * balance is asked. Never more than was received, once money is recorded. */
struct montant vie_au_dela_du_total(const struct vie *v);
/* What came in excess is repaid: beyond what ASP decided first, then beyond the total. */
bool vie_trop_rendu(const struct vie *v);
const char *evenement_nom(enum evenement_type t); /* "demande", "reponse" */

#endif
