/* A constat is what a rule established on a dossier: verdict, compared values, parameters used. Prose is rendered from
 * it; the journal keeps it; replay compares it. It holds no prose. */
#ifndef SONS_NOYAU_CONSTAT_H
#define SONS_NOYAU_CONSTAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/empreinte.h"
#include "noyau/instant.h"
#include "noyau/jour.h"
#include "noyau/memoire.h"
#include "noyau/montant.h"
#include "noyau/numero.h"
#include "noyau/texte.h"

enum verdict { VERDICT_SANS_OBJET, VERDICT_CONFORME, VERDICT_EN_ATTENTE, VERDICT_NON_CONFORME };
const char *verdict_nom(enum verdict v);   /* "sans objet", "conforme", "en attente", "non conforme" */
const char *verdict_ident(enum verdict v); /* "sans_objet", "conforme", "en_attente", "non_conforme": journal, JSON */

enum valeur_type {
    VALEUR_ENTIER, VALEUR_MONTANT, VALEUR_TAUX, VALEUR_JOUR, VALEUR_INSTANT, VALEUR_FINESS, VALEUR_SIREN,
    VALEUR_TEXTE,    /* outside text, escaped in the journal */
    VALEUR_MOT,      /* a static word of ours: a missing field, a state */
    VALEUR_PARAMETRE /* key of a parameter, static */
};
/* Told to people and written in the journal; or only one of the two (constat_dire_seulement, constat_ecrire_seulement). */
enum valeur_portee { PORTEE_ENTIERE, PORTEE_DITE, PORTEE_ECRITE };
/* One compared value. `cle` is a static ASCII word declared in valeurs.def (regles/), which gives its French label. */
struct valeur {
    const char *cle;
    enum valeur_type type;
    enum valeur_portee portee;
    int64_t n;         /* all types but TEXTE, MOT and PARAMETRE */
    const char *texte; /* TEXTE: in the arena; MOT, PARAMETRE: static */
};

struct constat {
    uint16_t regle;    /* rank in regles.def */
    enum verdict verdict;
    struct valeur *valeurs;
    uint16_t n, cap;
    uint32_t sujet;    /* rank + 1 of the ESSMS concerned first, 0 = the order as a whole */
};

/* Values are added in order; memory in the arena. Past 65 535 values nothing is added. An absent value is written empty. */
void constat_entier(struct constat *c, struct arene *a, const char *cle, int64_t n);
void constat_montant(struct constat *c, struct arene *a, const char *cle, struct montant m);
void constat_taux(struct constat *c, struct arene *a, const char *cle, struct taux t);
void constat_jour(struct constat *c, struct arene *a, const char *cle, struct jour j);
void constat_instant(struct constat *c, struct arene *a, const char *cle, struct instant i);
void constat_finess(struct constat *c, struct arene *a, const char *cle, finess f);
void constat_siren(struct constat *c, struct arene *a, const char *cle, uint32_t siren);
void constat_texte(struct constat *c, struct arene *a, const char *cle, const char *s); /* copied */
void constat_mot(struct constat *c, struct arene *a, const char *cle, const char *static_word);
void constat_parametre(struct constat *c, struct arene *a, const char *static_key);

/* The last value added is of another order: people are told it, the journal is not, so that the proof of one order shows nobody else's
 * data. */
void constat_dire_seulement(struct constat *c);
/* The last value added stands for it in the journal (the number of its fact), and is not told. */
void constat_ecrire_seulement(struct constat *c);

/* Canonical text without prose, one line, no LF: ` cle=valeur cle=valeur @parametre …`; montants in centimes, days ISO,
 * instants …Z, rates in ten-thousandths, texts with `\`, LF and space escaped (`\\`, `\n`, `\s`). Values only
 * told are left out. Appends to `out`. */
void constat_ecrire_valeurs(const struct constat *c, struct buffer *out);

#endif
