/* A made-up order and its rows. */
#ifndef SONS_TESTS_GENERER_COMMANDES_H
#define SONS_TESTS_GENERER_COMMANDES_H

#include "alea.h"
#include "noyau/etablissement.h"
#include "noyau/jour.h"
#include "noyau/numero.h"

struct options {
    uint64_t graine;
    uint32_t commandes, fautes; /* fautes: orders out of 100 */
    struct jour debut, fin;
    const char *solution, *version, *fournisseur, *piece;
    bool cp1252; /* else UTF-8 */
};

/* Faults of the rules, not of the form: the sheet is imported, the verdicts differ. */
enum faute {
    FAUTE_AUCUNE,
    FAUTE_PLAFOND,      /* HT ten euros above the ceiling: BAR-01 */
    FAUTE_SOMME,        /* HT + TVA ≠ TTC: BAR-04 */
    FAUTE_TVA,          /* VAT off by more than n centimes: BAR-04 */
    FAUTE_JO,           /* signed before the JO: COM-04 */
    FAUTE_OUVERTURE,    /* signed between the JO and the opening: COM-05 */
    FAUTE_MENTION,      /* without the State's sentence: COM-09 */
    FAUTE_SIGNATAIRE,   /* no signatory: COM-08 waits */
    FAUTE_INCONNU,      /* an ESSMS that no base holds: FIN-02 */
    FAUTE_AUTRE_OG,     /* one more ESSMS, of another OG: FIN-02, sometimes UNI-01 */
    FAUTE_NOMBRE
};
const char *faute_nom(enum faute f);

struct commande_gen {
    uint32_t rang; /* from 1: BC-000001 */
    finess ej;
    const struct etablissement *const *essms;
    size_t n;
    const struct etablissement *autre;
    int64_t ht; /* centimes */
    struct jour document, signature;
    int taux;
    bool mention, signataire, repete;
    enum faute faute;
};
void commande_entete(void);
/* Applies the fault, then writes one row per ESSMS. */
void commande_ecrire(const struct options *o, struct commande_gen *c, struct alea *a);

#endif
