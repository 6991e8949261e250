/* A dossier made for a test: conforming by default, then changed field by field by `cle=valeur` words. */
#ifndef SONS_TESTS_FABRIQUE_H
#define SONS_TESTS_FABRIQUE_H

#include "regles/bareme.h"
#include "regles/cycle.h"
#include "regles/regles.h"

#define FABRIQUE_ESSMS 1000
#define FABRIQUE_VOISINS 8

struct fabrique {
    struct dossier d;
    struct arene a;
    struct dossier_essms essms[FABRIQUE_ESSMS];
    struct autre_commande autres[FABRIQUE_ESSMS][FABRIQUE_VOISINS];
    struct financement financements[FABRIQUE_ESSMS][FABRIQUE_VOISINS];
    struct mandat mandats[FABRIQUE_VOISINS];
    struct autre_commande de_l_og[FABRIQUE_VOISINS];
    struct essms_voisin voisins[FABRIQUE_VOISINS];
    struct ligne_bon lignes[LIGNES_MAX];
    struct justification justification;
};
/* The default: order of 12/07/2022 for 3 of the 4 ESSMS of an OG, MS1, base of 03/01/2022, everything in order, judged at
 * the end of 31/12/2022 under the initial calendar; nothing asked, invoiced nor attested. `payee=CENTIMES`, `facture=oui`, `va=oui`,
 * `solde=CENTIMES`, in that order, add each a step of a payment life that is in order. */
void fabrique_defaut(struct fabrique *f);
/* One `cle=valeur` word; false when it is not one of them. `essms=N` first. */
bool fabrique_champ(struct fabrique *f, const char *cle, const char *valeur);
void fabrique_free(struct fabrique *f);
/* The parameters of the program; the test stops when they do not load. */
struct parametres *fabrique_parametres(void);
/* A copy of a set where one key has another value, at every date. Owned by the caller. */
struct parametres *fabrique_variante(const struct parametres *p, const char *cle, const char *valeur);

#endif
