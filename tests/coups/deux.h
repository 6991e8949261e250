/* Several people at once on one registre: random acts, what each was answered, and what the journal then holds. */
#ifndef SONS_TESTS_DEUX_H
#define SONS_TESTS_DEUX_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "../outils/alea.h"
#include "mourir.h"

#define MARQUE_MAX 32
#define COMMANDES_MAX 3000 /* then sheets are only given again: reading the whole stays quick */
#define FEUILLE_COMMANDES 3
#define FINANCEMENTS 2
#define GENS_MAX 8
#define OCCUPE "j'attends qu'elle finisse"

enum genre {
    IMPORTER, REIMPORTER, COMPLETER, RECTIFIER, REMPLACER, ANNULER, NOTER, FINANCER, JOINDRE, DEMANDER, EMETTRE, SURNOMMER, EFFACER,
    LISTER, CONTROLER, VOIR, VERIFIER, CONTROLER_FEUILLE, EXPORTER, ALLER_RETOUR, GENRES
};
extern const char *const genre_noms[GENRES];

/* A program run: its exit code (−signal), how long it lasted, how long of it waiting for the registre, how long of that it was
 * not let wake up in order to say so, and said so. */
struct course {
    int code;
    int64_t duree_us, attente_us, sommeil_us;
    bool dit;
};

/* An act and its answer. Its mark is F<qui>-<n>, which is nowhere but in the facts of this act. */
struct acte {
    enum genre genre;
    unsigned qui, n;
    struct course c;
    char objet[72]; /* IMPORTER, REIMPORTER: the mark of the sheet; JOINDRE, EMETTRE: SHA-256 of the file, or empty */
};

/* What everybody shares, under the lock: the orders and the sheets that there are. */
struct monde {
    pthread_mutex_t verrou;
    const char *dossier;
    char (*commande)[MARQUE_MAX], (*feuille)[MARQUE_MAX];
    size_t commandes, cap_commandes, feuilles, cap_feuilles;
    char (*et)[10]; /* what can be ordered */
    size_t ets, cap_ets;
    int64_t fin_us;
    bool lent; /* verify less often: the run is long */
};

struct personne {
    struct monde *monde;
    pthread_t fil;
    unsigned qui, n;
    struct alea h;
    struct acte *actes;
    size_t nombre, cap;
    uint64_t fautes;
};

/* deux_lancer.c */
int64_t horloge_us(void);
void marque_de(unsigned qui, unsigned n, char out[MARQUE_MAX]);
/* The instant of a request or a lot, one second each. */
void le_de(unsigned qui, unsigned n, char out[MARQUE_MAX]);
void sha_de(const char *chemin, char out[72]);
/* Runs `sons` in the folder: standard output in NOM.out, the rest in NOM.err. `presse` > 1 hurries its sleeps. */
void course_lancer(const char *dossier, const char *nom, int presse, char *const mots[], struct course *out);
bool fichier_dit(const char *dossier, const char *nom, const char *texte);
void faute(uint64_t *fautes, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* deux_actes.c: one act, drawn, done and kept. */
void acte_tirer(struct personne *p);

/* deux_juger.c: what everybody was answered against the journal. Returns the number of faults, printed. */
struct compte {
    uint64_t actes[GENRES], reussis[GENRES], tous, attendu, dit, longues, entrees;
    int64_t attente_max, duree_max[GENRES];
    enum genre attente_genre;
};
int64_t entrees_compter(const char *registre);
uint64_t juger(const char *registre, const struct personne *gens, unsigned n, int64_t avant, int64_t borne_us, struct compte *out);

#endif
