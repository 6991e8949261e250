/* From what a sheet says of an ESSMS (SIRET, SIREN, name, town …) to its FINESS number: candidates with their evidence, and one
 * that is chosen only when the evidence is unique and strong. Integers only; the words are those of FIN-05 (rapprochement.h). */
#ifndef SONS_METIER_RAPPROCHEUR_H
#define SONS_METIER_RAPPROCHEUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/etablissement.h"
#include "regles/rapprochement.h"

/* Thresholds, out of PROXIMITE_EXACTE (sons-fichiers(5) explains them). */
#define RAPPROCHE_NOM 800        /* a name at least so close, by name and town */
#define RAPPROCHE_NOM_SIREN 700  /* … when the SIREN agrees, or among the ET that share the SIRET */
#define RAPPROCHE_MARGE 150      /* and so much closer than any other that nothing contradicts */
#define RAPPROCHE_RARE 100       /* a word that more than one name in so many has does not tell anybody */
#define RAPPROCHE_GENRE 50       /* a kind (EHPAD, IME …) that less than one name in so many has, among those of a category, is not of it */
#define RAPPROCHE_CANDIDATS 5
#define RAPPROCHE_POINTS 35      /* of 100: a candidate that only its name brings is shown from there on */

struct rapprocheur;
struct rapprocheur *rapprocheur_creer(const struct tolerance *t);
void rapprocheur_free(struct rapprocheur *r);
/* Texts are copied. `siren_ej`: of its entity, 0 = unknown. */
void rapprocheur_ajouter(struct rapprocheur *r, const struct etablissement *e, uint32_t siren_ej);
/* After the last one; before any judgement. */
void rapprocheur_clore(struct rapprocheur *r);
size_t rapprocheur_nombre(const struct rapprocheur *r);
/* The établissement of that number; false when there is none. */
bool rapprocheur_trouver(const struct rapprocheur *r, finess et, finess *ej);

/* What the sheet says; absent = 0 or "". Never NULL. */
struct demande_rapprochement {
    uint64_t siret;
    uint32_t siren;
    const char *nom, *commune, *postal, *departement;
};
enum accord { ACCORD_ABSENT = -1, ACCORD_NON, ACCORD_PROCHE, ACCORD_OUI };
struct candidat {
    uint32_t rang;              /* in the base */
    finess et, ej;
    struct slice nom, acheminement;
    bool siret, siren;          /* the same as the one given */
    bool autre_siren;           /* another one is known of it */
    int proximite;              /* of the names; 0 when none was given */
    uint8_t couverture;         /* its words (distinctive, numbers) that the name given has */
    uint8_t egaux, rares;       /* … of which to the letter, of which rare ones */
    uint8_t manquants;          /* distinctive words of the name given that it has not */
    enum ecart ecart;
    enum accord commune;        /* PROCHE: a spelling, a part of it */
    enum accord postal;         /* PROCHE: same department */
    enum accord departement;
    int points;                 /* out of 100, of the evidence given */
};
enum rapprochement_issue { RAPPROCHE_SUR, RAPPROCHE_A_CHOISIR, RAPPROCHE_AUCUN };
enum rapprochement_cause {
    CAUSE_SIRET,                /* sure: unique SIRET that nothing contradicts */
    CAUSE_SIRET_PARTAGE,        /* sure: the name tells it among those that share the SIRET */
    CAUSE_SIREN,                /* sure: SIREN, name and town */
    CAUSE_NOM,                  /* sure: name and town */
    CAUSE_RIEN,                 /* none: nothing to go by in the row */
    CAUSE_INCONNU,              /* none found */
    CAUSE_CONTREDIT,            /* to choose: something contradicts the best one */
    CAUSE_RIVAL,                /* to choose: another one is as good */
    CAUSE_FAIBLE                /* to choose: the evidence is thin */
};
struct rapprochement {
    enum rapprochement_issue issue;
    enum rapprochement_cause cause;
    struct candidat c[RAPPROCHE_CANDIDATS]; /* the best first; c[0] is the one chosen when SUR */
    size_t n, examines;
    size_t autres;              /* not kept in `c`, as close as the best one */
};
/* rapprocher_dire.c: what people read. Appends. */
const char *rapprochement_confiance(const struct rapprochement *x); /* « sûre », « à choisir », « aucune » */
void rapprochement_raisons(const struct rapprochement *x, struct buffer *out);
void rapprochement_candidats(const struct rapprochement *x, struct buffer *out);
/* Slices live as long as the rapprocheur. */
void rapprocheur_juger(struct rapprocheur *r, const struct demande_rapprochement *d, struct rapprochement *out);

#endif
