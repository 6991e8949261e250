/* Money received and repaid: acts and lists. Amounts are centimes; a date is a value date, a day. */
#ifndef SONS_METIER_ARGENT_H
#define SONS_METIER_ARGENT_H

#include <stdbool.h>
#include <stdint.h>
#include "metier/cellules.h"
#include "metier/contexte.h"
#include "metier/transaction.h"
#include "regles/dossier.h"

struct encaissement {
    int64_t commande;         /* first fact of the order */
    enum paiement paiement;
    struct montant montant;   /* > 0 */
    struct jour le;
    struct slice reference;   /* borrowed */
    int64_t virement;         /* fact of its transfer, 0 = alone */
};
/* Writes its fact, in the act. */
bool encaissement_ecrire(struct acte *a, const struct encaissement *e);
/* Says what was received against what ASP decided, when they differ: a part, too much, before any decision. `lieu` may be NULL. */
bool encaissement_dire(struct contexte *ctx, const struct lieu *lieu, int64_t commande, const char *numero, enum paiement p);
/* An encaissement entered by mistake, by the number of its entry; `*deja_retire`: it was taken back already, nothing is written. */
bool acte_encaissement_retirer(struct contexte *ctx, int64_t entree, const char *motif, bool *deja_retire);

/* A day that has come; told otherwise. False when it is absent or to come. */
bool cellule_passee(struct contexte *ctx, struct cellules *c, size_t ligne, size_t champ, struct jour j);

/* A sum about one order (`f`: FEUILLE_SOMMES, one row): the ordre de recouvrer issued by ASP; what the éditeur repaid. What it leaves due is
 * told; the same again: `*deja`, nothing is written. */
enum somme { SOMME_ORDRE, SOMME_REVERSEMENT };
struct somme_rapport {
    bool deja;
    struct montant montant;
    struct montant a_reverser, reverse, reste; /* in all, once recorded: due by the rules or ordered, repaid, what is left to repay */
    struct montant au_dela;   /* repaid beyond what is due, 0 when nothing was; said as an information */
};
/* What the order owes by now, in `out` but for its first two fields. `v`: its life. False on a fault of the registre. */
bool sommes_rapporter(struct contexte *ctx, int64_t commande, const struct vie *v, struct somme_rapport *out);
bool acte_somme(struct contexte *ctx, enum somme quoi, int64_t commande, struct feuille *f, struct somme_rapport *out);
/* One of them entered by mistake, by the number of its entry; `out`: what remains of the order's. `*deja`: it was taken back already,
 * nothing is written. */
bool acte_somme_retirer(struct contexte *ctx, int64_t entree, const char *motif, struct somme_rapport *out);

/* One transfer for many requests. */
struct virement_rapport {
    int64_t entree;           /* number of its fact */
    bool deja;                /* the same was recorded already */
    struct montant montant, ventile, reste; /* reste: not attributed yet */
};
bool acte_virement_enregistrer(struct contexte *ctx, struct feuille *f, struct virement_rapport *out);
/* One entered by mistake, by the number of its entry; `out`: its amount, and whether it was taken back already (nothing is written). Refused,
 * each part named, while some of it is attributed. */
bool acte_virement_retirer(struct contexte *ctx, int64_t entree, const char *motif, struct virement_rapport *out);
/* What a transfer may pay: a request decided and not received in full. */
struct ventilation {
    int64_t commande;
    enum paiement paiement;
    struct montant montant;   /* what remains due on it */
    uint32_t lot;
    struct jour decide_le;
    const char *numero;       /* of the order; in the arena */
    int64_t demande;          /* number of the request */
};
struct proposition {
    const char *pourquoi;     /* French, in the arena */
    struct ventilation *parts;
    size_t n;
};
struct propositions {
    struct proposition *items;
    size_t n, cap;
    size_t dues;              /* requests that wait for money */
    struct montant du;        /* their sum */
    struct arene arene;
};
void propositions_free(struct propositions *p);
/* Every way found to make up exactly what remains of the transfer: one request, two, a lot, what was decided on one day, the oldest
 * ones first, all. None is chosen. */
bool vue_virement_propositions(struct contexte *ctx, int64_t entree, struct virement_rapport *out, struct propositions *p);
/* A part that the user names: an order, or one request of it; with an amount, what it receives, were it not what it waits for. */
struct part_nommee {
    int64_t commande;
    enum paiement paiement;   /* PAIEMENT_AUCUN = not said */
    int64_t demande;          /* number of the request, 0 = not said */
    struct montant montant;   /* MONTANT_ABSENT = all that it waits for */
};
/* `COMMANDE[:avance|:solde][=MONTANT]`, where COMMANDE may be the number that ASP gave to one request. Told when it is not. */
bool part_nommee_lire(struct contexte *ctx, const char *texte, struct part_nommee *out);
/* Attributes it: to the requests of a proposition (`rang` from 1; 0 = none), or to these parts. Refused when they add up to more than what
 * remains. What a part with an amount leaves due, or gives in excess, is said. */
bool acte_virement_ventiler(struct contexte *ctx, int64_t entree, size_t rang, const struct part_nommee *parts, size_t n, struct virement_rapport *out);

/* Lists. `encaissements` has the columns of its sheet. */
bool vue_encaissements(struct contexte *ctx, struct tableau_sortie *s);
bool vue_virements(struct contexte *ctx, struct tableau_sortie *s);
/* What by when: every order, disputes included; the nearest term first, then what has none, the oldest first. `jours` < 0 = all, else those
 * whose term is past or at most that many days away (and those without one). */
struct echeances_rapport {
    size_t echeances, passees;
};
bool vue_echeances(struct contexte *ctx, int64_t jours, struct tableau_sortie *s, struct echeances_rapport *out);
/* What is to be repaid of the advances paid (REV-01, REV-03), what is « à apprécier » (REV-02), what ASP ordered, what was repaid. */
struct reversements_rapport {
    size_t commandes;
    struct montant reste, a_apprecier;
};
struct mois {
    struct jour premier, dernier;
};
/* `2023-06`, years 2000 to 2099. */
bool mois_lire(struct slice texte, struct mois *out);
/* A month, or what of it had come at --au: what was known of it at its last second (or now, when it is not over), what is known now, what was
 * entered since. With --connu-le, « now » is that instant, and nothing of what was entered after it was known. Own dates decide what is of the
 * month, entries decide what was known. */
struct situation_rapport {
    struct instant connu_le;
    size_t saisies, retirees; /* entered since, taken back or replaced since: both count, even when they cancel out */
};
bool vue_situation(struct contexte *ctx, const struct mois *m, struct tableau_sortie *s, struct situation_rapport *out);
bool vue_reversements(struct contexte *ctx, struct tableau_sortie *s, struct reversements_rapport *out);

#endif
