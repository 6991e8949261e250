/* The figures of an order, each with what it comes from: the amount of the order, the shares of its ESSMS, the advance, the invoice,
 * the balance, what is received, remains, is due back. Shared by sommes*.c and vue_expliquer.c only. */
#ifndef SONS_METIER_SOMMES_H
#define SONS_METIER_SOMMES_H

#include "metier/contexte.h"
#include "noyau/memoire.h"
#include "registre/fait.h"
#include "regles/regles.h"

/* One reason: « calcul », « fait », « paramètre avance.taux », « règles » … Texts live in the arena or are static; never NULL. */
struct somme_ligne {
    const char *quoi, *texte;
    struct montant montant;     /* the figure it gives; MONTANT_ABSENT when it gives none */
    int64_t entree;             /* of the journal; 0 = none */
    const char *detail, *source; /* "" when there is none */
};
struct somme {
    const char *mot;            /* what asks for it: « avance » */
    const char *titre;          /* « avance demandée » */
    struct montant montant;     /* MONTANT_ABSENT when it is not known: the lines say why */
    struct somme_ligne *lignes;
    size_t n, cap;
};
/* A fact of the order, told. */
struct fait_dit {
    int64_t entree;
    enum fait_type type;
    const char *texte;          /* « avance demandée (demande 1, 657,00 €) » */
    const char *date;           /* its own; "" */
    const char *motif;          /* "" */
    struct instant saisie;
    const char *par;            /* who entered it; "" when the name was erased */
};
/* An event of its life by `au` (registre: table vie). */
struct evenement_lu {
    int64_t entree;
    enum evenement_type type;
    enum paiement paiement;
    struct montant montant;
};
#define SOMMES_MAX 8
struct sommes {
    struct contexte *ctx;
    const struct dossier *d;
    struct arene *a;
    struct fait_dit *faits;
    size_t n_faits, cap_faits;
    struct evenement_lu *vie;
    size_t n_vie, cap_vie;
    int64_t base;               /* import fact of the reference base, 0 = none */
    int64_t contenu;            /* fact of the present content of the order */
    bool proportion;            /* the document gave an HT for each ESSMS */
    struct somme items[SOMMES_MAX];
    size_t n;
};
/* Every figure that the order has, in the order of its life; `base`: import fact of its reference base, 0 = none. False on a fault.
 * sommes_free in any case. */
bool sommes_lire(struct contexte *ctx, const struct dossier *d, int64_t base, struct arene *a, struct sommes *out);
void sommes_free(struct sommes *s);
/* Words that ask for one: a NULL-terminated list, « sommes » first (all of them). */
extern const char *const somme_mots[];

/* --- building them (sommes.c); `fmt` is printf's ------------------------------------------------------------------------------- */
struct somme *somme_ouvrir(struct sommes *s, const char *mot, const char *titre, struct montant montant);
struct somme_ligne *somme_dire(struct sommes *s, struct somme *x, const char *quoi, struct montant montant, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* The fact of that entry, with its date, who entered it and when. */
void somme_fait(struct sommes *s, struct somme *x, int64_t entree, struct montant montant);
void somme_parametre(struct sommes *s, struct somme *x, const char *cle);
/* The rules that judge it: « BAR-01, BAR-02 ». */
void somme_regles(struct somme *x, const char *regles, const char *source);
/* An amount, a day, an instant, as people read them, in the arena. */
const char *dire_montant(struct sommes *s, struct montant m);
const char *dire_instant(struct sommes *s, struct instant i);
const char *dire_jour(struct sommes *s, struct jour j);

/* What ASP decided of a payment; its requests, lots, deposits and answers (sommes_commande.c). */
void somme_decision(struct sommes *s, struct somme *x, enum paiement p);
void somme_vie(struct sommes *s, struct somme *x, enum paiement p);

void somme_commande(struct sommes *s);
void somme_parts(struct sommes *s);
void somme_avance(struct sommes *s);
void somme_facture(struct sommes *s);
void somme_solde(struct sommes *s);
void somme_recu(struct sommes *s);
void somme_reste(struct sommes *s);
bool somme_reversement(struct sommes *s);

#endif
