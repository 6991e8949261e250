/* The state machine of an order: one table (cycle.def), read by acts, views and the manual. */
#ifndef SONS_REGLES_CYCLE_H
#define SONS_REGLES_CYCLE_H

#include <stdbool.h>

enum etat_commande {
#define ETAT(ident, mot, label, en_vigueur) ident,
#include "regles/cycle.def"
#undef ETAT
    ETAT_NOMBRE
};
enum acte_commande {
#define ACTE(ident, mot) ident,
#include "regles/cycle.def"
#undef ACTE
    ACTE_NOMBRE
};
const char *etat_mot(enum etat_commande e);   /* "avance_emise": journal, CSV, JSON */
const char *etat_label(enum etat_commande e); /* French, for people */
bool etat_en_vigueur(enum etat_commande e);
const char *acte_mot(enum acte_commande a);
/* True when the act is allowed in that state; `*vers` is the next one (may be NULL). */
bool cycle_permet(enum acte_commande a, enum etat_commande de, enum etat_commande *vers);
/* True when an open dispute holds the act back, whatever the state that it hides allows. */
bool litige_retient(enum acte_commande a);

#endif
