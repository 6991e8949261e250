/* Drawing an act: shared by tirer*.c only. */
#ifndef SONS_TESTS_VIES_TIRER_H
#define SONS_TESTS_VIES_TIRER_H

#include "vies.h"

extern int cible;    /* the order that the act was drawn for; −1 = none */
extern bool calme;   /* of the life: what goes wrong is rare */
extern bool aveugle; /* any order, now: what its state refuses is refused for that alone */

/* tirer_mots.c: the words of a command. */
void mot(struct acte *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void mots(struct acte *a, const char *phrase); /* separated by spaces */
void option_montant(struct acte *a, const char *nom, int64_t centimes);
void option_instant(struct acte *a, const char *nom, int64_t le); /* 0 = not given */
void option_jour(struct acte *a, const char *nom, int jour);
void mot_allonger(struct acte *a, const char *suite); /* the last word */
void mot_commande(struct acte *a, const struct modele *m, int c); /* by its number, or by one that ASP gave */
/* The same; ASP's number is that of one request: the number of that request, and its payment; 0 = named by its order, `*v` untouched. */
int mot_demande(struct acte *a, const struct modele *m, int c, enum versement *v);
/* … and what is drawn for several of them. */
int sous(struct alea *h, int n);
int64_t tirer_le(const struct modele *m, struct alea *h);
int tirer_jour(const struct modele *m, struct alea *h);
int64_t tirer_instant(const struct modele *m, const struct commande *c, struct alea *h);
int choisir(const struct modele *m, struct alea *h, const char *etats);
int64_t tva_de(int64_t ht);
int64_t tirer_ht(struct alea *h, int n);

/* tirer_commandes.c */
int tirer_retire(const struct modele *m, struct alea *h);
void tirer_commander(struct modele *m, struct alea *h, const struct gout *g, struct acte *a);
void tirer_rectifier(struct modele *m, struct alea *h, struct acte *a);
void tirer_remplacer(struct modele *m, struct alea *h, struct acte *a);
void tirer_annuler(struct modele *m, struct alea *h, struct acte *a);
void tirer_litige(struct modele *m, struct alea *h, struct acte *a);
void tirer_conclure(struct modele *m, struct alea *h, struct acte *a);
void tirer_repliquer(struct modele *m, struct alea *h, struct acte *a);
/* tirer_demandes.c */
void tirer_avance(struct modele *m, struct alea *h, struct acte *a);
void tirer_solde(struct modele *m, struct alea *h, struct acte *a);
void tirer_lot(struct modele *m, struct alea *h, struct acte *a, enum versement v);
void tirer_du_lot(struct modele *m, struct alea *h, struct acte *a, bool annule);
void tirer_rectifier_depot(struct modele *m, struct alea *h, struct acte *a);
void tirer_saisir(struct modele *m, struct alea *h, struct acte *a);
void tirer_importer(struct modele *m, struct alea *h, struct acte *a);
void tirer_retirer_reponse(struct modele *m, struct alea *h, struct acte *a);
void tirer_xml(struct modele *m, struct alea *h, struct acte *a);
/* tirer_argent.c */
void tirer_facturer(struct modele *m, struct alea *h, struct acte *a);
void tirer_attester(struct modele *m, struct alea *h, struct acte *a);
void tirer_encaisser(struct modele *m, struct alea *h, struct acte *a);
void tirer_retirer(struct modele *m, struct alea *h, struct acte *a);
void tirer_retirer_somme(struct modele *m, struct alea *h, struct acte *a);
void tirer_retirer_virement(struct modele *m, struct alea *h, struct acte *a);
void tirer_virer(struct modele *m, struct alea *h, struct acte *a);
void tirer_ventiler(struct modele *m, struct alea *h, struct acte *a);
void tirer_proposition(struct modele *m, struct alea *h, struct acte *a);
void tirer_calendrier(struct modele *m, struct alea *h, struct acte *a);
void tirer_verser(struct modele *m, struct alea *h, struct acte *a, enum quoi quoi);

#endif
