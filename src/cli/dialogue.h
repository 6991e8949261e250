/* Questions on standard error, answers on standard input, one a line: a terminal or a file. Nothing of the registre is held meanwhile. */
#ifndef SONS_CLI_DIALOGUE_H
#define SONS_CLI_DIALOGUE_H

#include "cli/commun.h"

#define REPONSE_MAX 4096 /* bytes of an answer */

enum reponse {
    REPONSE_VALEUR,   /* a text, not empty */
    REPONSE_VIDE,
    REPONSE_AIDE,     /* ? */
    REPONSE_AVANT,    /* < */
    REPONSE_PROPOSEE, /* = */
    REPONSE_VIDER,    /* - */
    REPONSE_FINIR,    /* . */
    REPONSE_TROP,     /* longer than REPONSE_MAX: nothing of it is kept */
    REPONSE_ABANDON   /* the end of the input, also in the middle of a line; or a fault, told */
};
struct dialogue {
    struct cli *c;
    struct buffer ligne;   /* the last answer, without blanks around */
    char tampon[4096];     /* read, not taken yet */
    size_t debut, fin;
    bool terminal, commence, faute;
};
/* False when nobody would see the questions: told (exit 2). dialogue_free in every case. */
bool dialogue_ouvrir(struct dialogue *d, struct cli *c);
void dialogue_free(struct dialogue *d);
/* Asks for a line, after « > ». Off a terminal the answer is shown, so that what is left of it reads as a conversation. */
enum reponse dialogue_lire(struct dialogue *d);
struct slice dialogue_reponse(const struct dialogue *d);
/* Shows faults of an answer, which are no faults of the command; empties the list. */
void dialogue_fautes(struct dialogue *d, struct diag_liste *diags);

#endif
