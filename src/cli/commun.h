/* What every command works with, and how it reports. */
#ifndef SONS_CLI_COMMUN_H
#define SONS_CLI_COMMUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cli/barre.h"
#include "cli/options.h"
#include "cli/sortie.h"
#include "metier/contexte.h"
#include "noyau/fichier.h"

struct cli {
    struct contexte ctx;
    struct ligne_commande ligne;
    struct diag_liste diags;
    size_t rendus;                 /* diagnostics already shown */
    uint64_t comptes;              /* those that were not kept, already said */
    struct sortie sortie;
    struct tableau_sortie tableau; /* writes to `sortie` */
    struct fichier_tmp fichier;    /* --sortie: .chemin NULL when the answer goes to standard output */
    struct barre barre;
    struct buffer entete;          /* printed above a table */
    const char *registre;          /* path of the registre */
    const char *horloge;           /* SONS_HORLOGE or NULL */
    bool ecrit;                    /* the command wrote something: the registre is named at the end */
};

/* Shows the diagnostics not yet shown, after what was already answered. */
void cli_montrer_diagnostics(struct cli *c);
/* One line on standard error. */
void cli_noter(struct cli *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The sentence that ends a command: after the diagnostics; on standard output with a table, else on standard error. */
void cli_dire(struct cli *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The figures of an act: `phrase` for people, or one row in CSV and JSON. */
void cli_rapporter(struct cli *c, const char *phrase, const struct colonne *colonnes, const struct cellule *cellules,
                   size_t n);
/* A table that nobody reads: the view gives its text. */
struct tableau_sortie tableau_muet(void);
/* The columns that a table shows: keys, ended by NULL. */
#define CLI_COLONNES(c, ...)                                           \
    do {                                                               \
        static const char *const cli_colonnes_[] = {__VA_ARGS__, NULL}; \
        (c)->sortie.visibles = cli_colonnes_;                          \
    } while (0)
/* Exit code of a command that gives no more than this. */
static inline int cli_code(bool ok)
{
    return ok ? SORTIE_FAIT : SORTIE_REFUS;
}
/* Marks the registre as written, unless this is a trial or nothing changed. */
void cli_a_ecrit(struct cli *c, bool change);

/* « 2 commandes lues »: the number as people read it, and the noun that agrees with it. Appends. */
void compte(struct buffer *out, uint64_t n, const char *singulier, const char *pluriel);
/* « : 198 conformes, 1 anomalie »: those of `v` that are not zero, in order; nothing when all are. Appends. */
struct compte_mots {
    uint64_t n;
    const char *singulier, *pluriel;
};
void comptes(struct buffer *out, const struct compte_mots *v, size_t n);

/* Values. False with a usage fault (exit 2) that names `quoi`. */
bool lire_finess(struct cli *c, const char *texte, const char *quoi, finess *out);
bool lire_siren(struct cli *c, const char *texte, const char *quoi, uint32_t *out);
bool lire_entier(struct cli *c, const char *texte, const char *quoi, int64_t min, int64_t max, int64_t *out);
bool lire_jour(struct cli *c, const char *texte, const char *quoi, struct jour *out);
/* Options that may be absent: JOUR_ABSENT, COULOIR_INCONNU then. */
bool lire_base(struct cli *c, struct jour *out);
bool lire_couloir(struct cli *c, enum couloir *out);
/* The orders named as arguments from rank `depuis` on. Owned by the caller; NULL with faults. */
int64_t *lire_commandes(struct cli *c, size_t depuis, size_t *n);
/* Rank of a word in a list, folded; −1 with a usage fault that gives the list. */
int lire_mot(struct cli *c, const char *texte, const char *quoi, const char *const *mots, size_t n);

#endif
