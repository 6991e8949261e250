/* commande preparer: orders judged before they are signed, what they may be, and the document to sign. Nothing is recorded. */
#ifndef SONS_METIER_PREPARER_H
#define SONS_METIER_PREPARER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "formats/feuille.h"
#include "metier/contexte.h"
#include "noyau/memoire.h"
#include "noyau/tableau.h"
#include "regles/bareme.h"
#include "regles/dossier.h"

/* « Montant pris en charge par l'État au titre du Ségur de la santé » (regles.md § 2, FAQ). */
#define PHRASE_ETAT "Montant pris en charge par l'État au titre du Ségur de la santé"

struct prepare_essms {
    finess et;
    uint32_t ligne;              /* row of the sheet */
    struct slice nom, commune;   /* in the base, else as given */
    struct montant ht, ttc;      /* shares */
};
/* Another ESSMS of the OG in the base. */
struct prepare_voisin {
    finess et;
    struct slice nom, commune;
    enum { VOISIN_LIBRE, VOISIN_COMMANDE, VOISIN_HORS_COULOIR } quoi;
    const char *dit;             /* by which order, which fundings; "" when nothing */
};
struct prepare {
    struct slice numero, solution, version, og_nom, og_commune, fournisseur_nom;
    const char *numero_ans;
    uint32_t fournisseur, og_siren;
    finess ej;
    enum couloir couloir;
    struct jour base;            /* JOUR_ABSENT: not known */
    bool plafonne;
    struct plafond plafond;      /* when plafonne */
    struct montant ht, tva, ttc;
    struct taux taux;
    bool montants_donnes;        /* HT: given, not proposed */
    bool taux_donne;
    const char *motif_tva;       /* NULL = none */
    bool sous_condition;         /* the solution is not referenced on that day */
    struct jour dernier_jour;    /* of the complete file then */
    struct prepare_essms *essms;
    uint32_t n_essms;
    struct prepare_voisin *voisins;
    size_t n_voisins;
    const char *attend;          /* rules that wait for the signature only, "" when none */
    const char *verdict;         /* static: conforme, en attente, discordance, anomalie */
    uint32_t source[64];         /* row + 1 of each value of the order (feuilles.h), 0 = absent */
};
struct preparation {
    struct prepare *items;
    size_t n;
    struct jour signature;       /* the day for which it is judged */
    size_t conformes, attentes, discordances, anomalies;
    struct arene arene;
};
/* Reads the orders of `f` (no date_signature) and judges them as if they were signed on `signature`, beside all that is recorded; what
 * the rules say is told in ctx->diags, but for what only the signature will give. Takes the lock, and undoes everything. False with
 * form faults. `out` zeroed; preparation_free in every case. */
bool commandes_preparer(struct contexte *ctx, struct feuille *f, struct jour signature, struct preparation *out);
void preparation_free(struct preparation *p);

/* One order for people. Appends. */
void prepare_dire(const struct preparation *p, const struct prepare *o, struct buffer *b);
/* The order to print and sign; `fictif` puts the banner. Appends. */
void bon_html(const struct preparation *p, const struct prepare *o, bool fictif, struct buffer *b);
/* Name of its file: `bon-<SIREN>-<number>.html`, what a file name may not hold replaced. Appends. */
void bon_nom(const struct prepare *o, struct buffer *b);
/* Writes one file an order in the folder, which is made if need be. A file already there is left: the same bytes, or a fault. */
bool bons_ecrire(struct contexte *ctx, const struct preparation *p, const char *dossier, size_t *ecrits);
/* The sheet of the orders, to import once they are signed. The file is new. */
bool preparation_feuille(struct contexte *ctx, const struct preparation *p, struct feuille *f, const char *chemin);

#endif
