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
/* A set made before a key existed takes the values that `programme` gives it; keys that it has stay as they are. */
bool parametres_completer(struct parametres *p, const struct parametres *programme, struct diag_liste *diags);
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

/* --- Typed look-up by rank, for the rules: no text is compared. -------------------------------------------------- */
enum parametre_cle {
#define PARAMETRE(ident, cle, type, domaine) ident,
#include "regles/parametres.def"
#undef PARAMETRE
    PARAMETRE_NOMBRE
};
/* Ranks of the words of a list domain: parametre_n of such a key. */
enum parametre_lecture { LECTURE_FORFAITAIRE, LECTURE_PROGRESSIVE };
enum parametre_perimetre { PERIMETRE_COULOIR, PERIMETRE_TOUS };
enum parametre_ouvert { COULOIR_OUVERT, COULOIR_NON_OUVERT };
/* The text of a key, static: what a constat names. */
const char *parametre_cle(enum parametre_cle cle);
/* The value in force on `au` (the caller gives the date that selects it): integer, centimes, ten-thousandths, day,
 * second, or rank of the word in its list. False when none had started, or when `au` is absent. */
bool parametre_n(const struct parametres *p, enum parametre_cle cle, struct jour au, int64_t *out);
/* A PARAMETRE_JOUR, or the legal day of a PARAMETRE_INSTANT. */
bool parametre_jour(const struct parametres *p, enum parametre_cle cle, struct jour au, struct jour *out);
/* The word in force; NULL when none had started. */
const char *parametre_mot(const struct parametres *p, enum parametre_cle cle, struct jour au);

/* Keys of a couloir. `connu` false for COULOIR_INCONNU; MS3 has no calendar (jo = PARAMETRE_NOMBRE and the like). */
struct parametres_couloir {
    bool connu, calendrier;
    enum parametre_cle ouvert, categories, base, jo, ouverture;
    enum parametre_cle fermeture[2], cloture[2]; /* by enum calendrier */
};
const struct parametres_couloir *parametres_couloir(enum couloir c);

/* The reference base wanted for a couloir and a year of signature (regles.md § 2). */
enum base_regle {
    BASE_DU_JOUR,      /* `du` = the day: 2022-01-03 */
    BASE_PREMIERE_DE,  /* the earliest base dated du..au inclusive */
    BASE_A_DESIGNER,   /* exists, dates unknown: designated by hand */
    BASE_SANS_TEXTE    /* no text gives one: designated by hand */
};
struct base_attendue {
    enum base_regle regle;
    struct jour du, au; /* JOUR_ABSENT where they mean nothing */
};
/* False when nothing is known for that year. */
bool parametres_base(const struct parametres *p, enum couloir c, int annee, struct base_attendue *out);

/* Couloirs that count an ET of that aggregate and category on that day, as a mask 1 << enum couloir; bit 0 = the
 * other perimeter of N (bareme.toutes_categories, all 4xxx). MS1 counts 4100, 4300, 4400, 4600 whole, so an ET may count in two couloirs. */
unsigned couloirs_de_categorie(const struct parametres *p, uint16_t agregat, uint16_t categorie, struct jour au);
/* Is an ET of that aggregate and category one of the couloir's? False when no list was in force. */
bool categorie_du_couloir(const struct parametres *p, enum couloir c, uint16_t agregat, uint16_t categorie,
                          struct jour au);
/* The one couloir of an ET by the finer mapping (finess.md): the most precise of the lists above that names it (category,
 * then level 3, then level 2); COULOIR_INCONNU when none. */
enum couloir couloir_de_categorie(const struct parametres *p, uint16_t agregat, uint16_t categorie, struct jour au);
/* Is a nature of line in the list of that key (a PARAMETRE_MOT of domain @natures)? False when none was in force. */
bool nature_dans(const struct parametres *p, enum parametre_cle cle, enum ligne_nature n, struct jour au);
/* Is an ET of MS1 by the finer mapping too, not only by its aggregate (cartographie.MS1)? False when no list was in force. */
bool cartographie_ms1(const struct parametres *p, uint16_t agregat, uint16_t categorie, struct jour au);
/* Is the OG of the order a GCSMS (gcsms.statuts, at the signature)? TROIS_ABSENT when its statut juridique is unknown. */
enum trois og_gcsms(const struct dossier *d, const struct parametres *p);

#endif
