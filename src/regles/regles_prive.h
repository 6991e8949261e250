/* Ce que les fichiers de règles partagent ; rien d'autre ne l'inclut.
 * Une règle reçoit un constat vide, « sans objet » ; elle y met son verdict et les valeurs qui l'expliquent. */
#ifndef SONS_REGLES_REGLES_PRIVE_H
#define SONS_REGLES_REGLES_PRIVE_H

#include "regles/bareme.h"
#include "regles/regles.h"

enum regle_rang {
#define REGLE(rang, ident, version, etape, gravite, depuis, date, titre, attendu, remede, source, fonction) rang,
#include "regles/regles.def"
#undef REGLE
    REGLE_NOMBRE
};
#define REGLE(rang, ident, version, etape, gravite, depuis, date, titre, attendu, remede, source, fonction)            \
    regle_fonction fonction;
#include "regles/regles.def"
#undef REGLE

/* Le jour légal de l'instant d'évaluation. */
struct jour jour_au(const struct dossier *d);
/* Ce jour est-il donné et venu à l'instant d'évaluation ? */
bool venu(const struct dossier *d, struct jour j);
bool jour_avant(struct jour a, struct jour b); /* a < b */

static inline void conforme(struct constat *c) { c->verdict = VERDICT_CONFORME; }
static inline void non_conforme(struct constat *c) { c->verdict = VERDICT_NON_CONFORME; }

/* En attente de `manque` (mot de valeurs.def). Plusieurs appels : plusieurs manques. N'efface pas une non-conformité. */
void attendre(struct arene *a, struct constat *c, const char *manque);
/* Le mot de ce qui manque quand la solution n'est pas connue : elle, ou lequel des numéros qui portent son nom. */
const char *manque_solution(const struct dossier *d);
/* Le jour légal au-delà duquel ce qui manque ne servira plus : la fermeture du calendrier retenu. Une fois par constat. */
void attendre_limite(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c);

/* La signature, exigée ; sinon en attente et faux. */
bool signature_lue(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c);
/* Le couloir, exigé et ouvert (MS3 : « couloir non ouvert ») ; sinon en attente et faux. */
bool couloir_ouvert(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c);
/* Un jour du calendrier du couloir, choisi par l'instant d'évaluation ; faux quand il n'en a pas. */
bool jour_du_calendrier(const struct dossier *d, const struct parametres *p, enum parametre_cle cle, struct jour *out);
enum calendrier autre_calendrier(enum calendrier c);
/* La clôture d'un calendrier : un instant, à la seconde, en heure légale ; faux quand le couloir n'en a pas. */
bool cloture_lue(const struct dossier *d, const struct parametres *p, enum calendrier cal, struct instant *out);
/* Celle du calendrier retenu, exigée ; sinon en attente et faux. */
bool cloture_exigee(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c, struct instant *out);
/* Comme attendre_limite, jusqu'à la clôture : ce qui manque au solde. */
void attendre_cloture(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c);
/* Une VA est enregistrée, et n'atteste aucun ESSMS : elle n'atteste pas la prestation. */
bool va_vide(const struct dossier *d);
/* Une date sans heure vaut la fin de ce jour ; le jour d'une clôture qui a une heure, elle ne dit pas si la VA la précède. */
bool va_sans_heure(const struct dossier *d, struct instant cloture);
/* L'instant que la fermeture ou la clôture juge, et sa clé : le premier dépôt, sinon l'émission, sinon l'évaluation. Une demande rejetée est finie :
 * la suivante aura son propre dépôt (regles.md § 6). */
const char *instant_juge(const struct dossier *d, const struct dossier_demande *r, struct instant *out);
/* L'avance est décidée et payée, à l'instant d'évaluation. */
bool avance_payee(const struct dossier *d);
/* Un refus ou un retrait venu le jour où l'avance a été payée, ou depuis (REF-05) ; avant, il est de REF-01. */
bool levee_depuis_l_avance(const struct dossier *d, struct jour fin);

/* Une autre commande, en vigueur à l'instant d'évaluation : signée, et dans un état qui réclame ses ESSMS. */
bool commande_reclame(const struct dossier *d, const struct parametres *p, const struct autre_commande *o);

/* La base de référence, exigée ; sinon « base manquante », nommée, et faux. */
bool base_lue(const struct dossier *d, const struct parametres *p, struct arene *a, struct constat *c);

/* Des taux de TVA sont-ils en vigueur à la signature ? Avant le premier jour des taux, aucun n'est connu : rien à comparer. */
bool tva_en_vigueur(const struct dossier *d, const struct parametres *p);
/* Un des taux en vigueur à la signature ; `*nul` quand c'est le taux nul, qui veut un motif. */
bool tva_connue(const struct dossier *d, const struct parametres *p, struct taux t, bool *nul);
/* Les paramètres que les deux lisent. */
void tva_parametres(struct arene *a, struct constat *c);

/* Le délai du dossier complet, vu d'une date de commande (REF-03 ; COM-10 le compare pour deux dates). */
enum delai {
    DELAI_SANS_OBJET,     /* référencée ce jour-là ou avant */
    DELAI_TENU,
    DELAI_DEPASSE,        /* déposé trop tard */
    DELAI_COURT,          /* non déposé, le dernier jour n'est pas passé */
    DELAI_PASSE,          /* non déposé, le dernier jour est passé */
    DELAI_DATE_INCONNUE   /* référencée, donc déposée, mais on ne sait quand */
};
struct delai_lu {
    enum delai etat;
    struct jour depot, dernier_jour;
    int32_t jours;
    int64_t maximum;
};
/* Faux quand le paramètre du délai n'est pas en vigueur à cette date. */
bool delai_lire(const struct dossier *d, const struct parametres *p, struct jour commande, struct delai_lu *out);
/* Une commande antérieure au référencement est caduque quand le délai du dossier complet est passé, et qu'on le sait (regles.md § 3 et 5) : celle
 * du dossier, ou une autre. Une solution inconnue ne fait rien tomber. */
bool commande_caduque(const struct dossier *d, const struct parametres *p);
bool autre_caduque(const struct dossier *d, const struct parametres *p, const struct autre_commande *o);

#endif
