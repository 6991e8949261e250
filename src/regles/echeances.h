/* Les échéances d'une commande : ce qui reste à faire, avant quand, et ce qu'il advient sinon (regles.md § 5, 6, 8, 9). Fonction pure du
 * dossier à l'instant d'évaluation. Les litiges, que le dossier ne porte pas, ont la leur ailleurs. */
#ifndef SONS_REGLES_ECHEANCES_H
#define SONS_REGLES_ECHEANCES_H

#include <stddef.h>
#include "regles/dossier.h"
#include "regles/parametres.h"

enum echeance_quoi {
    ECHEANCE_DOSSIER_COMPLET, /* commande sous condition : dossier complet à l'ANS, 120 jours */
    ECHEANCE_DOSSIER_PASSE,   /* elles sont passées, sans dépôt connu : rien ne se demande */
    ECHEANCE_AVANCE,          /* demander et déposer l'avance : fermeture */
    ECHEANCE_AVANCE_LITIGE,   /* la même, un litige étant ouvert */
    ECHEANCE_DEPOT,           /* émise, non déposée : fermeture ou clôture */
    ECHEANCE_REPONSE,         /* déposée, sans réponse de l'ASP : sans limite, depuis le dépôt */
    ECHEANCE_REPRISE,         /* rendue par l'ASP, à reprendre : sans limite, jugée sur son premier dépôt */
    ECHEANCE_AVANCE_REJETEE,  /* une nouvelle demande, qui aura son propre dépôt : fermeture */
    ECHEANCE_AVANCE_PERDUE,   /* rejetée, la fermeture est passée */
    ECHEANCE_SOLDE_REJETE,    /* comme l'avance : clôture */
    ECHEANCE_SOLDE_PERDU,
    ECHEANCE_VA,              /* avance payée, VA attendue : clôture */
    ECHEANCE_VA_VIDE,         /* la VA n'atteste aucun ESSMS : elle ne vaut pas mieux, ni le solde demandé qui n'est pas parti */
    ECHEANCE_FACTURE,         /* avance payée, facture attendue : clôture */
    ECHEANCE_SOLDE,           /* facturée et VA signée, solde à demander et à déposer : clôture */
    ECHEANCE_SOLDE_LITIGE,    /* la même, un litige étant ouvert */
    ECHEANCE_PAIEMENT,        /* décidée et payée selon l'ASP, pas reçue en entier : sans limite, depuis la décision */
    ECHEANCE_REVERSEMENT,     /* ordre de recouvrer émis : sans limite connue, depuis l'ordre */
    ECHEANCE_NOMBRE
};
const char *echeance_label(enum echeance_quoi q);   /* « déposer le dossier complet à l'ANS » */
const char *echeance_sinon(enum echeance_quoi q);   /* ce qu'il advient, une fois l'échéance passée ; "" quand elle n'a pas de limite */
const char *echeance_source(enum echeance_quoi q);

struct echeance {
    enum echeance_quoi quoi;
    enum paiement paiement;   /* PAIEMENT_AUCUN quand elle n'est pas d'une demande */
    struct instant limite;    /* dernier instant, compris ; INSTANT_ABSENT = sans limite */
    struct instant depuis;    /* ce qui l'a ouverte ; INSTANT_ABSENT quand c'est la commande */
    struct montant montant;   /* en jeu ; MONTANT_ABSENT quand il n'est pas connu */
};
#define ECHEANCES_MAX 8
/* Celles de cette commande, au plus ECHEANCES_MAX, dans l'ordre de `enum echeance_quoi` ; aucune quand elle n'est plus en vigueur et n'a
 * rien à reverser. Une limite passée reste donnée tant que ce qu'elle demandait n'est pas fait. */
size_t echeances_de(const struct dossier *d, const struct parametres *p, struct echeance out[ECHEANCES_MAX]);

#endif
