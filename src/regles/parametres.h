/* Parameters: every legal number, dated and sourced (parametres.xml). A missing one is an error, never a default.
 * The set is filled by metier from the XML (embedded, or kept by the registre under its hash), then only read. */
#ifndef SONS_REGLES_PARAMETRES_H
#define SONS_REGLES_PARAMETRES_H

#include <stdbool.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/instant.h"
#include "noyau/jour.h"
#include "noyau/montant.h"
#include "regles/dossier.h"

struct parametres; /* opaque */

enum parametre_type { PARAMETRE_ENTIER, PARAMETRE_MONTANT, PARAMETRE_TAUX, PARAMETRE_JOUR, PARAMETRE_INSTANT, PARAMETRE_MOT };

/* One value of one parameter, as the XML gives it. All texts are copied. */
struct parametre_lu {
    const char *cle;        /* "bareme.B.taux_ttc" */
    enum parametre_type type;
    const char *titre;      /* French */
    const char *date;       /* which date selects it: signature, va, depot, au */
    const char *source;     /* "IDF" and where in it */
    bool inference;
    const char *depuis;     /* ISO day: start of validity */
    const char *valeur;     /* text of the value */
};
struct parametres *parametres_creer(void);
void parametres_free(struct parametres *p);
/* Adds one dated value; a bad value, a duplicate or an unknown key is a fault. */
bool parametres_ajouter(struct parametres *p, const struct parametre_lu *lu, struct diag_liste *diags);
/* Ends the filling: every key of parametres.def must have a value; otherwise one fault for each missing key. */
bool parametres_clore(struct parametres *p, const struct empreinte *empreinte, struct diag_liste *diags);
const struct empreinte *parametres_empreinte(const struct parametres *p);

/* Walk, in the order of parametres.def then by start: what `sons parametres` prints. False past the end. */
struct parametre_vue {
    const char *cle, *titre, *date, *source;
    bool inference;
    enum parametre_type type;
    struct jour depuis;
    int64_t n;          /* centimes, ten-thousandths, day, instant, integer */
    const char *mot;
};
bool parametres_rang(const struct parametres *p, size_t rang, struct parametre_vue *out);
/* The value of a key in force on a day; false when none had started. */
bool parametres_trouver(const struct parametres *p, const char *cle, struct jour au, struct parametre_vue *out);

#endif
