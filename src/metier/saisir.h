/* commande saisir: one order answered question by question. What is typed becomes the rows of a sheet, so that it is read, judged and
 * recorded by the same code as an import. Nothing here keeps a lock. */
#ifndef SONS_METIER_SAISIR_H
#define SONS_METIER_SAISIR_H

#include <stdbool.h>
#include <stddef.h>
#include "metier/commande_lue.h"
#include "metier/preparer.h"

struct saisie_essms {
    finess et;
    char *ht;                    /* montant_ht_essms as typed, or NULL */
};
/* What was answered, as it was typed. Zeroed; saisie_free. */
struct saisie {
    char *valeurs[C_NOMBRE];     /* by column, those of an ESSMS excepted; NULL = an empty cell */
    struct saisie_essms *essms;  /* in the order they were named, each once */
    size_t n, cap;
};
void saisie_free(struct saisie *s);
/* An empty `v` empties the cell. */
void saisie_mettre(struct saisie *s, size_t champ, struct slice v);
struct slice saisie_valeur(const struct saisie *s, size_t champ);
/* Adds an ESSMS; one that is there already is removed instead when `basculer`. */
void saisie_essms(struct saisie *s, finess et, bool basculer);

/* One answer alone, read as the cell of a sheet is: its faults in `diags`. */
bool saisie_verifier(struct contexte *ctx, size_t champ, struct slice v, struct diag_liste *diags);
/* Other faults that the registre alone shows: a name of solution that several numbers have. */
bool saisie_verifier_solution(struct contexte *ctx, const struct saisie *s, struct slice v, struct diag_liste *diags);
/* A FINESS number or a SIRET. FINESS_ABSENT with faults. */
finess saisie_lire_essms(struct contexte *ctx, struct slice v, struct diag_liste *diags);
/* The whole order as a sheet, one row an ESSMS. */
struct feuille *saisie_feuille(const struct saisie *s, struct diag_liste *diags);

/* What the registre makes of the answers given so far. */
struct saisie_connu {
    struct prepare p;            /* couloir, fournisseur, ej, og_nom, base, plafond (`plafonne`), voisins: all the ESSMS of the OG */
    bool couloir_deduit, fournisseur_deduit, ej_deduit;
    bool solution_inconnue;      /* named, but by no name that the registre has */
    bool base_de_l_annee;        /* else `p.base` is the latest one, good for names only */
    struct jour signature;       /* given, else today */
    struct arene arene;
};
/* `og` (may be absent): the OG to show, else the one given, else the one of the first ESSMS. False on a fault of the registre. */
bool saisie_connaitre(struct contexte *ctx, const struct saisie *s, finess og, struct saisie_connu *out);
void saisie_connu_free(struct saisie_connu *k);
/* Is `numero` an OG of that base? */
bool saisie_est_og(struct contexte *ctx, const struct saisie_connu *k, finess numero);
/* Name and town of an ESSMS in that base, in the arena of `k`; empty when it is not there. */
bool saisie_nommer(struct contexte *ctx, struct saisie_connu *k, finess et, struct slice *nom, struct slice *commune);

/* Orders recorded under that number: « 123456782/BC-1 »; nothing when there is none. Appends. */
bool saisie_deja(struct contexte *ctx, struct slice numero, struct buffer *b);
/* The solutions of the registre, `max` of them: « EX-DUI-001 (DUI Maquis, MS1) ». Appends; `*seule` is the number of the only one. */
bool saisie_solutions(struct contexte *ctx, size_t max, struct buffer *b, struct buffer *seule);

#endif
