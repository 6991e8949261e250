/* The rules of the scheme: pure functions from a dossier and parameters to constats. One row each in regles.def. */
#ifndef SONS_REGLES_REGLES_H
#define SONS_REGLES_REGLES_H

#include <stdbool.h>
#include <stddef.h>
#include "noyau/constat.h"
#include "noyau/diag.h"
#include "noyau/memoire.h"
#include "regles/dossier.h"
#include "regles/parametres.h"

enum regle_etape { ETAPE_COMMANDE, ETAPE_AVANCE, ETAPE_VA, ETAPE_SOLDE, ETAPE_FINANCEMENT };

typedef void regle_fonction(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c);
struct regle {
    const char *ident;      /* "BAR-01" */
    int version;
    enum regle_etape etape;
    enum gravite gravite;   /* anomalie, discordance or information: one identifier, one severity */
    const char *depuis;     /* ISO day of start */
    const char *date;       /* the date that selects it: signature, depot, au … */
    const char *titre;      /* what must hold, French */
    const char *attendu;    /* rendered as « attendu » */
    const char *remede;     /* rendered as « à faire » */
    const char *source;
    regle_fonction *fonction;
};

size_t regles_nombre(void);
const struct regle *regle_de(size_t rang);
/* Rank of an identifier ("UNI-01", any case); regles_nombre() when unknown. */
size_t regle_rang(const char *ident, size_t len);

/* Applies the rules of the stages in `etapes` (bit mask 1 << ETAPE_…) plus the rule ranks in `aussi` (may be NULL).
 * Constats, in the order of regles.def, memory in the arena; those without object are included. Returns their number. */
size_t regles_appliquer(const struct dossier *d, const struct parametres *p, unsigned etapes, const uint16_t *aussi,
                        size_t n_aussi, struct arene *a, struct constat **out);

/* What the constats amount to. */
struct bilan {
    uint32_t anomalies, discordances, discordances_justifiees, attentes, informations, conformes;
};
struct bilan regles_bilan(const struct dossier *d, const struct constat *c, size_t n);
/* True when nothing blocks an emission: no anomalie, no unjustified discordance, no en attente. */
bool bilan_emettable(const struct bilan *b);
/* The gravity to show for a constat that is not conforme. */
enum gravite constat_gravite(const struct constat *c);
/* Hash of identifier, version, verdict and values: what a justification answers. */
struct empreinte constat_empreinte(const struct constat *c);
/* The justification in force for this constat, or NULL. */
const struct justification *constat_justifie(const struct dossier *d, const struct constat *c);
/* The latest justification of that rule, when none answers this constat: it lapsed with the constat it answered. */
const struct justification *constat_caduque(const struct dossier *d, const struct constat *c);
/* One journal line without LF: `BAR-01 1 non_conforme ht=… @bareme.B.taux_ttc`. Appends. */
void constat_ecrire(const struct constat *c, struct buffer *out);
/* The same line whole, as the journal has it: `constat BAR-01 …` and LF. Appends. */
void constat_ecrire_ligne(const struct constat *c, struct buffer *out);

/* Prose (prose.c): rendered from the constat, never stored. All append UTF-8 French to `out`. */
void prose_message(const struct dossier *d, const struct constat *c, struct buffer *out); /* « l'ESSMS … est déjà commandé » */
const char *prose_a_faire(const struct constat *c); /* what waits is given, what is not conforme is mended; static */
void prose_trouve(const struct constat *c, struct buffer *out);  /* « montant HT 2 433,34 € ; plafond … »; nothing when en attente */
/* The tree of reasons of one constat: values, then each parameter with its value, start and source. Several lines. */
void prose_arbre(const struct dossier *d, const struct parametres *p, const struct constat *c, struct buffer *out);
/* French for a word of the sheets and of the constats ("generalisation"); the word itself when it has none. */
const char *mot_francais(const char *mot);
/* The value of a parameter as people read it. */
void parametre_dire(const struct parametre_vue *v, struct buffer *out);
/* The value of a key that this dossier is judged by, and the day that chose it. False when none was in force. */
bool parametre_applique(const struct dossier *d, const struct parametres *p, const char *cle, struct parametre_vue *v, struct jour *choisi);
/* « 30 %, depuis le 12/02/2022, choisi par la date de signature (12/07/2022) ». Appends. */
void parametre_choix_dire(const struct parametre_vue *v, struct jour choisi, struct buffer *out);
/* What follows the source of a parameter that no text gives in so many words. */
#define PARAMETRE_INFERENCE " [inférence : aucun texte ne le dit ainsi]"

#endif
