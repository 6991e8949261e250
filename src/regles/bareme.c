/* Barème A à F, plafonds, TVA, 30/70 (regles.md § 2 et 6). Aucun nombre ici : tous sont des paramètres. */
#include "regles/bareme.h"

#define TRANCHES 6
#define TAUX_UN 10000 /* un, en dix-millièmes */

bool bareme_tranche_rang(const struct parametres *p, size_t rang, struct jour signature, struct tranche *out)
{
    int64_t min, suivant, taux;
    if (rang >= TRANCHES || !parametre_n(p, (enum parametre_cle)(P_BAREME_A_MIN + rang), signature, &min) ||
        !parametre_n(p, (enum parametre_cle)(P_BAREME_A_TAUX + rang), signature, &taux))
        return false;
    out->max = UINT32_MAX;
    if (rang + 1 < TRANCHES) {
        if (!parametre_n(p, (enum parametre_cle)(P_BAREME_A_MIN + rang + 1), signature, &suivant))
            return false;
        out->max = (uint32_t)(suivant - 1);
    }
    out->lettre = (char)('A' + rang);
    out->min = (uint32_t)min;
    out->taux_ttc = montant_of(taux);
    out->cle_taux = parametre_cle((enum parametre_cle)(P_BAREME_A_TAUX + rang));
    return true;
}

bool bareme_tranche(const struct parametres *p, uint32_t n_og, struct jour signature, struct tranche *out)
{
    for (size_t rang = 0; rang < TRANCHES; rang++) {
        struct tranche t;
        if (!bareme_tranche_rang(p, rang, signature, &t))
            return false;
        if (n_og >= t.min && n_og <= t.max) {
            *out = t;
            return true;
        }
    }
    return false;
}

/* r / (1 + hypothèse de TVA), arrondi au centime. */
static bool hors_taxe(struct montant ttc, int64_t tva, struct montant *out)
{
    return montant_fraction_arrondie(ttc, TAUX_UN, TAUX_UN + tva, out);
}

/* Lecture progressive : les N ESSMS remplissent les tranches l'une après l'autre ; la commande prend n/N du total.
 * `ht` : la même somme sur les taux hors taxe, arrondis un à un. */
static bool progressif(const struct parametres *p, uint32_t n_og, uint32_t n, struct jour signature, int64_t tva,
                       struct montant *ttc, struct montant *ht)
{
    struct montant somme = {0}, somme_ht = {0};
    for (size_t rang = 0; rang < TRANCHES; rang++) {
        struct tranche t;
        struct montant part, taux_ht;
        if (!bareme_tranche_rang(p, rang, signature, &t))
            return false;
        if (n_og < t.min)
            break;
        int64_t nombre = (int64_t)(n_og < t.max ? n_og : t.max) - t.min + 1;
        if (!montant_mul(t.taux_ttc, nombre, &part) || !montant_add(somme, part, &somme) ||
            !hors_taxe(t.taux_ttc, tva, &taux_ht) || !montant_mul(taux_ht, nombre, &part) ||
            !montant_add(somme_ht, part, &somme_ht))
            return false;
    }
    return montant_fraction_arrondie(somme, n, n_og, ttc) && montant_fraction_arrondie(somme_ht, n, n_og, ht);
}

/* `deux` : les deux lectures, ou seulement celle qui est retenue. */
static bool plafond(const struct parametres *p, uint32_t n_og, uint32_t n_commandes, struct jour signature, bool deux,
                    struct plafond *out)
{
    struct plafond f = {.n_og = n_og, .n_commandes = n_commandes, .progressif_ttc = MONTANT_ABSENT};
    struct montant u, t, u_progressif, taux_ht;
    int64_t tva, lecture;
    if (n_commandes == 0 || !parametre_n(p, P_BAREME_LECTURE, signature, &lecture) || !bareme_tranche(p, n_og, signature, &f.tranche) ||
        !parametre_n(p, P_BAREME_TVA, signature, &tva))
        return false;
    bool progressive = lecture == LECTURE_PROGRESSIVE;
    if ((deux || progressive) && !progressif(p, n_og, n_commandes, signature, tva, &f.progressif_ttc, &u_progressif))
        return false;
    if (progressive) {
        f.ttc = f.progressif_ttc;
        u = u_progressif;
    } else if (!montant_mul(f.tranche.taux_ttc, n_commandes, &f.ttc) || !hors_taxe(f.tranche.taux_ttc, tva, &taux_ht) ||
               !montant_mul(taux_ht, n_commandes, &u)) {
        return false;
    }
    if (!hors_taxe(f.ttc, tva, &t))
        return false;
    bool ordre = u.centimes <= t.centimes;
    f.ht_bas = ordre ? u : t;
    f.ht_haut = ordre ? t : u;
    *out = f;
    return true;
}

bool bareme_plafond(const struct parametres *p, uint32_t n_og, uint32_t n_commandes, struct jour signature,
                    struct plafond *out)
{
    return plafond(p, n_og, n_commandes, signature, true, out);
}

bool bareme_plafond_retenu(const struct parametres *p, uint32_t n_og, uint32_t n_commandes, struct jour signature,
                           struct plafond *out)
{
    return plafond(p, n_og, n_commandes, signature, false, out);
}

bool tva_calculer(struct montant ht, struct taux taux, struct montant *tva)
{
    return montant_present(ht) && ht.centimes >= 0 && taux_present(taux) && montant_fois_taux_arrondi(ht, taux, tva);
}

bool avance_calculer(const struct parametres *p, struct montant ttc, struct jour signature, struct montant *avance,
                     struct montant *solde)
{
    int64_t taux;
    struct montant part;
    if (!montant_present(ttc) || ttc.centimes < 0 || !parametre_n(p, P_AVANCE_TAUX, signature, &taux) ||
        !montant_fois_taux_arrondi(ttc, (struct taux){(int32_t)taux}, &part) || !montant_sub(ttc, part, solde))
        return false;
    *avance = part;
    return true;
}

bool solde_calculer(struct montant total, struct montant paye, struct montant *solde, struct montant *trop)
{
    if (!montant_present(total) || !montant_present(paye) || total.centimes < 0 || paye.centimes < 0)
        return false;
    const int64_t reste = total.centimes - paye.centimes;
    *solde = montant_of(reste > 0 ? reste : 0);
    *trop = montant_of(reste < 0 ? -reste : 0);
    return true;
}
