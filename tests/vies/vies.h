/* Random lives: the program beside its model. */
#ifndef SONS_TESTS_VIES_H
#define SONS_TESTS_VIES_H

#include "../outils/alea.h"
#include "modele.h"
#include "noyau/texte.h"
#include "programme.h"

/* attendu.c: what the views must show, by the model. */
void doit_montrer(const struct modele *m, enum vue v, int64_t au, struct buffer *out);
/* The same columns of what is shown. */
void extraire(enum vue v, const char *vue, struct buffer *out);
/* Numbers of the entries, read in the lists. */
void lire_entrees(struct modele *m, const char *encaissements, const char *virements);
void lire_reponses(struct modele *m, const char *lignes);
const char *siren_de(int f);
char *finess_de(int et, char out[10]);
char *instant_texte(int64_t le, char out[32]); /* UTC, as acts are given it */
char *jour_texte(int jour, char out[32]);
char *montant_texte(int64_t centimes, char out[32]);

/* tirer*.c: an act, drawn from what the model says is possible, or not. */
enum genre {
    G_COMMANDER, G_RECTIFIER, G_ANNULER, G_AVANCE, G_LOT_AVANCE, G_LOT_SOLDE, G_DEPOSER, G_ANNULER_LOT, G_SAISIR, G_IMPORTER, G_FACTURER, G_ATTESTER,
    G_SOLDE, G_ENCAISSER, G_RETIRER, G_VIRER, G_VENTILER, G_ORDONNER, G_REVERSER, G_LITIGE, G_CONCLURE, G_REPLIQUER, G_PROPOSITION, G_XML, G_CALENDRIER,
    G_REMPLACER, G_RETIRER_SOMME, G_RETIRER_REPONSE, G_RETIRER_VIREMENT, G_RECTIFIER_DEPOT, GENRES
};
extern const char *const genre_noms[GENRES];
struct acte {
    enum genre genre;
    char *mots[MOTS_MAX];
    int n;
    struct buffer fichier;   /* a sheet that it reads */
    const char *nom_fichier;
    int lot_f, lot_numero;   /* EMPREINTE in it stands for the hash of that lot's archive; 0 = none */
    int attendu;             /* exit code, by the model */
    bool change;             /* something is recorded */
};
struct gout { /* of a life */
    uint32_t sage;           /* how many acts out of 1 000 go where an order stands */
    int commandes;           /* how many orders at most */
    bool calme;              /* nothing much goes wrong: its orders go far */
    bool mss;                /* goes to the instant from which balances carry their case, under the calendar that lasts until then */
    bool serre;              /* short steps, and terms met with requests on their way */
};
void acte_tirer(struct modele *m, struct alea *h, const struct gout *g, struct acte *out);
void acte_vider(struct acte *a);

/* vie.c: one life. */
enum { ETATS = 32 };
extern const char *const etat_mots[ETATS];
struct compte {
    uint64_t etats[ETATS]; /* orders seen in each, after an act */
    uint64_t rares[RARES];
    uint64_t vies, actes, faits[GENRES], sans_effet[GENRES], refus[GENRES], passes, verifications, reconstructions, au_passe, regards;
};
struct vie {
    uint64_t graine, rang;
    int actes;
    const bool *sautes;      /* of each act: not done, while a fault is made smaller; NULL = all are done */
    const char *dossier;     /* holds depart.db and the pieces */
    bool muette;             /* the model alone, to look for lives worth living */
    struct compte *compte;   /* NULL: not counted */
    struct buffer recit;     /* the commands */
    struct buffer faute;     /* what is wrong, empty = nothing */
    int fin;                 /* act at which it stopped */
};
bool vie_vivre(struct vie *v);

#endif
