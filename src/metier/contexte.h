/* What one command works with: the registre, the parameters, the instants. Filled by cli, given to every act and view. */
#ifndef SONS_METIER_CONTEXTE_H
#define SONS_METIER_CONTEXTE_H

#include <stdbool.h>
#include "formats/feuille.h"
#include "formats/flux.h"
#include "noyau/diag.h"
#include "noyau/instant.h"
#include "noyau/tableau.h"
#include "regles/parametres.h"

struct registre;
struct acte;

/* How a command wants the registre (commandes.def). */
enum acces { ACCES_AUCUN, ACCES_LECTURE, ACCES_BROUILLON, ACCES_ECRITURE };

struct contexte {
    struct registre *registre;      /* NULL with ACCES_AUCUN; with --connu-le, the past projected again */
    struct parametres *parametres;  /* the set adopted by the registre, else the embedded one */
    enum calendrier calendrier;     /* as adopted */
    struct instant maintenant;      /* horloge() */
    struct instant au;              /* --au, else maintenant */
    bool au_donne;
    struct instant connu_le;        /* --connu-le, else INSTANT_ABSENT */
    struct instant le;              /* --le, else maintenant: own date of an act */
    bool le_donne, le_jour;         /* --le was given; as a day, without an hour: its end */
    bool essai;                     /* --essai: do everything, write nothing */
    bool strict;                    /* --strict */
    bool brouillon;                 /* the order judged is not recorded: what is told of it cannot point to it */
    const char *rectifier;          /* --rectifier: motif of the corrections that a sheet brings, or NULL */
    size_t soupcons;                /* suspicions of entry told so far: with --strict they refuse */
    bool (*aussi)(struct acte *a, void *ctx); /* what the next act records too, before it is committed; NULL = nothing */
    void *aussi_ctx;
    struct progression progression; /* bar on a terminal; .avance NULL otherwise */
    struct diag_liste *diags;
};

struct contexte_options {
    const char *registre;           /* path */
    enum acces acces;
    struct instant connu_le;        /* INSTANT_ABSENT when not given */
    const char *horloge;            /* value of SONS_HORLOGE, or NULL: refused on a real registre (exit 2) */
};
/* Opens everything. The clock of a registre fictif is set from `horloge` before anything reads it. `ctx` zeroed by the
 * caller but for au/le/…/diags, which the caller fills afterwards from `ctx->maintenant`. False with diagnostics. */
bool contexte_ouvrir(struct contexte *ctx, const struct contexte_options *o, struct diag_liste *diags);
/* Reads the calendar that the registre (or its replayed past) has adopted into ctx->calendrier. */
bool contexte_calendrier(struct contexte *ctx);
/* After somebody was waited for: the clock and the calendar as they are now; au and le with them when they were not given. */
bool contexte_relire(struct contexte *ctx);
void contexte_fermer(struct contexte *ctx);
/* Name of the registre's file, whether it is fictif, its holder. */
const char *contexte_registre(const struct contexte *ctx);
bool contexte_fictif(const struct contexte *ctx);

#endif
