/* Barème A to F, ceilings, VAT, 30/70 (regles.md § 2 and 6). Pure arithmetic on parameters. */
#ifndef SONS_REGLES_BAREME_H
#define SONS_REGLES_BAREME_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/jour.h"
#include "noyau/montant.h"
#include "regles/dossier.h"
#include "regles/parametres.h"

struct tranche {
    char lettre;            /* 'A' … 'F' */
    uint32_t min, max;      /* ESSMS of the OG; max = UINT32_MAX for F */
    struct montant taux_ttc; /* € TTC per ESSMS */
    const char *cle_taux;   /* key of the parameter: "bareme.B.taux_ttc" */
};
/* The tranche of an OG of N ≥ 1 ESSMS at that signature date; false when N = 0 or nothing was in force. */
bool bareme_tranche(const struct parametres *p, uint32_t n_og, struct jour signature, struct tranche *out);
/* The tranches in order; false past the last. */
bool bareme_tranche_rang(const struct parametres *p, size_t rang, struct jour signature, struct tranche *out);

struct plafond {
    struct tranche tranche;
    uint32_t n_og, n_commandes;
    struct montant ttc;              /* rate × n */
    struct montant ht_bas, ht_haut;  /* min and max of n × round(r/1,20) and round(n × r/1,20), half up */
    struct montant progressif_ttc;   /* the other reading */
};
/* Ceilings for n ordered of N (1 ≤ n; n may exceed N: the caller's rules judge it). False as bareme_tranche. */
bool bareme_plafond(const struct parametres *p, uint32_t n_og, uint32_t n_commandes, struct jour signature,
                    struct plafond *out);
/* Same without the other reading (progressif_ttc may be absent): what the rules ask, twice as fast. */
bool bareme_plafond_retenu(const struct parametres *p, uint32_t n_og, uint32_t n_commandes, struct jour signature,
                           struct plafond *out);
/* N of the order's OG by the perimeter in force (bareme.perimetre_n), and by the other one (`autre`, may be NULL). 0 = not in its base. */
uint32_t nombre_og(const struct dossier *d, const struct parametres *p, uint32_t *autre);
/* VAT = round half up(HT × rate). */
bool tva_calculer(struct montant ht, struct taux taux, struct montant *tva);
/* advance = round half up(30 % × TTC); balance = TTC − advance, never a second rounding. */
bool avance_calculer(const struct parametres *p, struct montant ttc, struct jour signature, struct montant *avance,
                     struct montant *solde);
/* balance = total − advance paid; the advance paid beyond the total is `trop`, and the balance 0 (regles.md § 6). Both ≥ 0:
 * paye + solde − trop = total, always. False when one is absent or negative. */
bool solde_calculer(struct montant total, struct montant paye, struct montant *solde, struct montant *trop);

#endif
