/* Suspicions that the amounts of one order give. */
#include <stdlib.h>
#include <string.h>

#include "metier/soupcons.h"
#include "regles/bareme.h"

#define CENTIMES_MAX INT64_C(100000000000000) /* beyond, a hundred times would not do */
#define MILLIERS_PAR_ESSMS INT64_C(5000) /* below fifty euros an ESSMS, the unit is in doubt */

static bool lu(const struct commande_lue *o, struct montant m, unsigned calcule)
{
    return montant_present(m) && (o->calcules & calcule) == 0;
}

/* a × n = b, to n centimes. */
static bool fois(struct montant a, uint32_t n, struct montant b)
{
    struct montant p;
    return montant_mul(a, n, &p) && llabs(p.centimes - b.centimes) <= (int64_t)n;
}

/* a + b = c, to n centimes. */
static bool somme(int64_t a, int64_t b, int64_t c, int64_t n)
{
    return llabs(a + b - c) <= n;
}

/* Two of the three amounts agree with the third, written a hundred times too great or too small. */
static void virgule_perdue(struct contexte *ctx, struct feuille *f, const struct commande_lue *o)
{
    const int64_t ht = o->ht.centimes, tva = o->tva.centimes, ttc = o->ttc.centimes;
    const struct {
        size_t champ;
        bool grand, petit;
        struct montant m;
    } cas[] = {{C_MONTANT_TTC, somme(ht * 100, tva * 100, ttc, 0), somme(ht, tva, ttc * 100, 99), o->ttc},
               {C_MONTANT_HT, somme(ht, tva * 100, ttc * 100, 99), somme(ht * 100, tva, ttc, 99), o->ht},
               {C_MONTANT_TVA, somme(ht * 100, tva, ttc * 100, 99), somme(ht, tva * 100, ttc, 99), o->tva}};
    char a[MONTANT_TEXTE_MAX];
    if (ht <= 0 || tva <= 0 || ttc <= 0 || ht > CENTIMES_MAX || tva > CENTIMES_MAX || ttc > CENTIMES_MAX || somme(ht, tva, ttc, 0))
        return;
    for (size_t i = 0; i < 3; i++) {
        if (!cas[i].grand && !cas[i].petit)
            continue;
        struct diag *d = soupcon(ctx, f, soupcon_ligne(o, cas[i].champ), cas[i].champ, cas[i].grand ? "le montant est cent fois trop grand pour les deux autres ; virgule perdue ?"
                                                                                              : "le montant est cent fois trop petit pour les deux autres ; virgule mal placée ?");
        diag_trouve(d, "%s", montant_fr(cas[i].m, a));
        diag_a_faire(d, "recopier le montant du bon de commande");
        return;
    }
}

/* Overseas departments by the beginning of their FINESS numbers; their VAT: reduced, or none (regles.md § 2). */
enum territoire { HEXAGONE, ANTILLES_REUNION, GUYANE, MAYOTTE };

static enum territoire territoire(finess et)
{
    static const struct {
        char debut[5];
        enum territoire t;
    } outre_mer[] = {{"9701", ANTILLES_REUNION}, {"9702", ANTILLES_REUNION}, {"9704", ANTILLES_REUNION}, {"9703", GUYANE}, {"9805", MAYOTTE}};
    char texte[FINESS_TEXTE_MAX];
    (void)finess_texte(et, texte);
    for (size_t i = 0; i < sizeof outre_mer / sizeof *outre_mer; i++)
        if (strncmp(texte, outre_mer[i].debut, 4) == 0)
            return outre_mer[i].t;
    return HEXAGONE;
}

/* A rate or a reason of a place where no ESSMS of the order is; a reason beside a rate that wants none. */
static void soupcons_taux(struct contexte *ctx, struct feuille *f, const struct commande_lue *o)
{
    int64_t reduit;
    bool la[MAYOTTE + 1] = {false};
    char t[MONTANT_TEXTE_MAX];
    for (uint32_t i = 0; i < o->n_essms; i++)
        if (o->essms[i].et != FINESS_ABSENT)
            la[territoire(o->essms[i].et)] = true;
    if (taux_present(o->taux) && la[HEXAGONE] && !la[ANTILLES_REUNION] && parametre_n(ctx->parametres, P_TVA_OUTRE_MER, o->date_signature, &reduit) &&
        o->taux.dix_milliemes == reduit) {
        struct diag *d = soupcon(ctx, f, soupcon_ligne(o, C_TAUX_TVA), C_TAUX_TVA, "le taux est celui de la Guadeloupe, de la Martinique et de La Réunion ; aucun ESSMS de la commande n'y est");
        diag_trouve(d, "%s", taux_fr(o->taux, t));
        diag_a_faire(d, "recopier le taux du bon de commande");
    }
    if ((o->motif == MOTIF_GUYANE && !la[GUYANE]) || (o->motif == MOTIF_MAYOTTE && !la[MAYOTTE])) {
        struct diag *d = soupcon(ctx, f, soupcon_ligne(o, C_MOTIF_TVA), C_MOTIF_TVA, "aucun ESSMS de la commande n'est dans le territoire que nomme le motif");
        diag_trouve(d, "%s", motif_tva_nom(o->motif));
    } else if (o->motif != MOTIF_ABSENT && taux_present(o->taux) && o->taux.dix_milliemes > 0) {
        struct diag *d = soupcon(ctx, f, soupcon_ligne(o, C_MOTIF_TVA), C_MOTIF_TVA, "un motif de TVA nulle à côté d'un taux qui ne l'est pas");
        diag_trouve(d, "%s, %s", motif_tva_nom(o->motif), taux_fr(o->taux, t));
        diag_a_faire(d, "vider le motif, ou corriger le taux, d'après le bon de commande");
    }
}

void soupcons_montants(struct contexte *ctx, struct feuille *f, const struct commande_lue *o)
{
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    const bool ht = lu(o, o->ht, CALCULE_HT), tva = lu(o, o->tva, CALCULE_TVA), ttc = lu(o, o->ttc, CALCULE_TTC);
    struct montant entier;
    soupcons_taux(ctx, f, o);
    if (ht && ttc && o->ht.centimes > o->ttc.centimes) {
        struct diag *d = soupcon(ctx, f, soupcon_ligne(o, C_MONTANT_HT), C_MONTANT_HT, "le HT dépasse le TTC ; colonnes inversées ?");
        diag_trouve(d, "HT %s, TTC %s", montant_fr(o->ht, a), montant_fr(o->ttc, b));
        diag_a_faire(d, "remettre chaque montant dans sa colonne, d'après le bon de commande");
    }
    if (ht && tva && o->tva.centimes > o->ht.centimes) {
        struct diag *d = soupcon(ctx, f, soupcon_ligne(o, C_MONTANT_TVA), C_MONTANT_TVA, "la TVA dépasse le HT ; colonnes inversées ?");
        diag_trouve(d, "TVA %s, HT %s", montant_fr(o->tva, a), montant_fr(o->ht, b));
        diag_a_faire(d, "remettre chaque montant dans sa colonne, d'après le bon de commande");
    }
    if (ht && tva && ttc)
        virgule_perdue(ctx, f, o);
    if (ht && o->n_essms > 0 && o->ht.centimes > 0 && o->ht.centimes < MILLIERS_PAR_ESSMS * (int64_t)o->n_essms) {
        struct diag *d = soupcon(ctx, f, soupcon_ligne(o, C_MONTANT_HT), C_MONTANT_HT, "le HT est bien petit ; en milliers d'euros ?");
        diag_trouve(d, "%s pour %u ESSMS", montant_fr(o->ht, a), o->n_essms);
        diag_a_faire(d, "écrire le montant en euros, d'après le bon de commande");
    }
    if (o->n_essms < 2 || !ht || !ttc || !taux_present(o->taux) || !tva_calculer(o->ht, o->taux, &entier) || !montant_add(o->ht, entier, &entier))
        return;
    if (!fois(o->ttc, 1, entier) && fois(o->ttc, o->n_essms, entier))
        diag_trouve(soupcon(ctx, f, soupcon_ligne(o, C_MONTANT_TTC), C_MONTANT_TTC, "le TTC est celui d'un seul ESSMS ; le total est attendu"), "%s ; %u fois : %s",
                    montant_fr(o->ttc, a), o->n_essms, montant_fr(entier, b));
    else if (!fois(entier, 1, o->ttc) && fois(entier, o->n_essms, o->ttc))
        diag_trouve(soupcon(ctx, f, soupcon_ligne(o, C_MONTANT_HT), C_MONTANT_HT, "le HT est celui d'un seul ESSMS ; le total est attendu"), "%s pour un TTC de %s",
                    montant_fr(o->ht, a), montant_fr(o->ttc, b));
}
