/* The program, run. Apart from the model, whose names are not its. */
#ifndef SONS_TESTS_VIES_PROGRAMME_H
#define SONS_TESTS_VIES_PROGRAMME_H

#include <stdint.h>

enum vue { V_COMMANDES, V_DEMANDES, V_LOTS, V_ENCAISSEMENTS, V_VIREMENTS, V_REVERSEMENTS, V_CONTROLES, VUES };
extern const char *const vue_noms[VUES];

/* programme.c: one run of the program, in a child that was forked when the libraries were already there. */
struct jeu { /* the views as they are asked: at `au`, by what was known at `connu_le` (0 = not given) */
    int64_t au, connu_le;
};
enum { JEUX = 4, MOTS_MAX = 48 };
struct passage {
    int code;                     /* exit code of the act; −signal; 0 without an act */
    int64_t entree;               /* the last of the journal, when views were asked */
    const char *reponses;         /* the answers: entry, request, version, status, instant; NULL = none was asked */
    const char *erreurs;          /* what it said on standard error */
    const char *vues[JEUX][VUES]; /* until the next run: a header and rows, cells between tabs; NULL = refused */
};
void programme_preparer(void);
/* Runs `mots` (NULL: none) in `dossier`, on its registre r.db, at the instant `horloge`, then the views. */
void programme_passer(const char *dossier, const char *horloge, char *const mots[], const struct jeu *jeux, int n_jeux, struct passage *out);

#endif
