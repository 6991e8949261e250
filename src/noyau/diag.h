/* Diagnostics: faults are collected, never printed here. Each has a place, what was found, what was expected, the rule
 * or the code, what to do, and its source. All faults of an input are reported at once. */
#ifndef SONS_NOYAU_DIAG_H
#define SONS_NOYAU_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit codes, frozen. */
enum sortie_code { SORTIE_FAIT = 0, SORTIE_REFUS = 1, SORTIE_USAGE = 2, SORTIE_ENVIRONNEMENT = 3, SORTIE_JOURNAL = 4 };

/* One entry of erreurs.def: ERREUR(E_001, "E-001", SORTIE_REFUS, "titre", "à faire"). */
enum erreur_code {
#define ERREUR(ident, code, sortie, titre, remede) ident,
#include "noyau/erreurs.def"
#undef ERREUR
    ERREUR_NOMBRE
};
const char *erreur_texte(enum erreur_code c);  /* "E-001" */
const char *erreur_titre(enum erreur_code c);
const char *erreur_remede(enum erreur_code c);
enum sortie_code erreur_sortie(enum erreur_code c);

enum gravite { GRAVITE_ERREUR, GRAVITE_ANOMALIE, GRAVITE_DISCORDANCE, GRAVITE_ATTENTE, GRAVITE_INFORMATION };
/* "erreur", "anomalie", "discordance", "en attente", "information". */
const char *gravite_nom(enum gravite g);

/* A place in an input. Zero/NULL = unknown. */
struct lieu {
    const char *fichier; /* as the user named it; borrowed by the caller, copied by diag_lieu */
    uint64_t ligne;      /* from 1 */
    uint32_t colonne;    /* rank of the field, from 1: gives the spreadsheet cell (B14) */
    const char *extrait; /* the line, or the part of it to show */
    size_t souligne_debut, souligne_len; /* in bytes of extrait */
};

struct diag {
    enum gravite gravite;
    enum sortie_code sortie;
    const char *code; /* static: "E-014" or a rule's identifier "UNI-01" */
    char *message;    /* one line */
    char *trouve, *attendu, *a_faire, *source; /* may be NULL */
    char *fichier, *extrait;                   /* may be NULL */
    uint64_t ligne;
    uint32_t colonne;
    size_t souligne_debut, souligne_len;
};

/* Beyond this many, faults are counted, not kept. */
#define DIAG_MAX 2000
struct diag_liste {
    struct diag *items;
    size_t n, cap;
    uint64_t total;      /* counted, kept or not */
    uint64_t non_retenus;
    size_t max;          /* kept at most; 0 = DIAG_MAX; set before the first addition */
    uint64_t erreurs;    /* of gravity GRAVITE_ERREUR, kept or not */
    enum sortie_code pire; /* worst exit code among errors: 4 > 3 > 2 > 1 > 0 */
};

/* Adds a form or environment fault; its default remedy comes from erreurs.def. The pointer is valid until the next
 * addition; never NULL (a discarded slot is returned beyond DIAG_MAX). */
struct diag *diag_erreur(struct diag_liste *l, enum erreur_code c, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds a diagnostic that comes from a rule. `code` is static. `sortie` is what it makes of the exit code. */
struct diag *diag_regle(struct diag_liste *l, enum gravite g, enum sortie_code sortie, const char *code,
                        const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* True when the list keeps no more: what costs to write may be left out, if it is counted. */
bool diag_pleine(const struct diag_liste *l);
/* Counts one that the full list does not keep. */
void diag_compter(struct diag_liste *l, enum gravite g, enum sortie_code sortie);
/* Complete the last one added; formatted copies. Every text kept here is valid UTF-8 without control characters, of at
 * most 4096 bytes: it may be printed as it is. */
void diag_trouve(struct diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void diag_attendu(struct diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void diag_a_faire(struct diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void diag_source(struct diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Keeps about 200 bytes of the excerpt, around the underlined part; the place of the underlining follows. */
void diag_lieu(struct diag *d, const struct lieu *lieu);
/* Gives that place to those added since the list kept `rang` of them, when they have none. */
void diag_situer(struct diag_liste *l, size_t rang, const struct lieu *lieu);

/* True when nothing of gravity GRAVITE_ERREUR was added. */
bool diag_sans_erreur(const struct diag_liste *l);
void diag_vider(struct diag_liste *l);
/* Spreadsheet name of a cell: column 2, line 14 → "B14". */
char *cellule_nom(uint32_t colonne, uint64_t ligne, char out[32]);

#endif
