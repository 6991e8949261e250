/* Merging what is kept by ESSMS, and the amounts that follow. */
#include <string.h>

#include "metier/commande_fait.h"
#include "metier/commande_fusion_interne.h"
#include "metier/commande_interne.h"

/* --- ESSMS ------------------------------------------------------------------------------------------------------- */

static const struct essms_lu *essms_parmi(const struct essms_lu *t, uint32_t n, finess et)
{
    for (uint32_t i = 0; i < n; i++)
        if (t[i].et == et)
            return &t[i];
    return NULL;
}

/* Former content on one ESSMS: its presence (CE_ESSMS said by `perimetre`), or one of its three values. */
static bool essms_ancien(const struct fusionneur *u, size_t ancien, finess et, struct essms_lu *out)
{
    uint32_t n;
    const struct essms_lu *t = contenu_essms(&u->anciens[ancien], u->a, &n), *e = essms_parmi(t, n, et);
    if (e != NULL)
        *out = *e;
    return e != NULL;
}

static bool present_ancien(const struct fusionneur *u, size_t ancien, enum fait_champ champ, finess et)
{
    struct essms_lu e;
    (void)champ;
    return essms_ancien(u, ancien, et, &e) == (essms_parmi(u->o->essms, u->o->n_essms, et) != NULL);
}

static bool texte_ancien(const struct fusionneur *u, size_t ancien, enum fait_champ champ, finess et)
{
    const struct essms_lu *lu = essms_parmi(u->o->essms, u->o->n_essms, et);
    struct essms_lu e;
    if (lu == NULL || !essms_ancien(u, ancien, et, &e))
        return false;
    return champ == CE_LIBELLE ? fusion_slices(e.libelle, lu->libelle)
           : champ == CE_COMMUNE ? fusion_slices(e.commune, lu->commune)
                                 : e.ht_lu.centimes == lu->ht_lu.centimes;
}

static const char *texte_arene(struct fusionneur *u, struct slice s)
{
    return s.len == 0 ? "(vide)" : arene_strndup(u->a, s.bytes, s.len);
}

static const char *montant_arene(struct fusionneur *u, struct montant m)
{
    char t[MONTANT_TEXTE_MAX];
    return montant_present(m) ? arene_printf(u->a, "%s", montant_fr(m, t)) : "dans la commande, sans montant propre";
}

/* One text of one ESSMS that both have. */
static void fusionner_texte(struct fusionneur *u, enum fait_champ champ, size_t colonne, const struct essms_lu *lu, struct slice *avant,
                            struct slice apres)
{
    if (fusion_slices(*avant, apres) || (apres.len == 0 && !fusion_vide_parle(u, colonne)))
        return;
    const bool perimee = !fusion_vidage(u, colonne) && fusion_deja_dit(u, texte_ancien, champ, lu->et);
    if (perimee && apres.len == 0)
        return;
    struct ecart *d = fusion_ajouter(u, perimee ? DIFFERENCE_PERIMEE : avant->len == 0 ? DIFFERENCE_COMPLETE : DIFFERENCE_RECTIFIE, champ,
                                   lu->et, lu->ligne);
    d->avant = texte_arene(u, *avant);
    d->apres = texte_arene(u, apres);
    if (!perimee)
        *avant = apres;
}

static void fusionner_montant_essms(struct fusionneur *u, const struct essms_lu *lu, struct essms_lu *avant)
{
    if (avant->ht_lu.centimes == lu->ht_lu.centimes ||
        (!montant_present(lu->ht_lu) && !fusion_vide_parle(u, C_MONTANT_HT_ESSMS)))
        return;
    const bool perimee = !fusion_vidage(u, C_MONTANT_HT_ESSMS) && fusion_deja_dit(u, texte_ancien, CE_ESSMS, lu->et);
    if (perimee && !montant_present(lu->ht_lu))
        return;
    struct ecart *d = fusion_ajouter(u, perimee                          ? DIFFERENCE_PERIMEE
                                      : montant_present(avant->ht_lu) ? DIFFERENCE_RECTIFIE
                                                                      : DIFFERENCE_COMPLETE, CE_ESSMS, lu->et, lu->ligne);
    d->avant = montant_arene(u, avant->ht_lu);
    d->apres = montant_arene(u, lu->ht_lu);
    if (perimee)
        return;
    avant->ht_lu = lu->ht_lu;
    u->recalculer = true;
}

/* An ESSMS that comes or goes. True when it is (still) in the order. */
static bool perimetre(struct fusionneur *u, const struct essms_lu *e, bool vient)
{
    const bool perimee = fusion_deja_dit(u, present_ancien, CE_ESSMS, e->et);
    struct ecart *d = fusion_ajouter(u, perimee ? DIFFERENCE_PERIMEE : DIFFERENCE_RECTIFIE, CE_ESSMS, e->et, vient ? e->ligne : u->o->ligne);
    d->avant = vient ? "absent de la commande" : montant_arene(u, e->ht_lu);
    d->apres = vient ? montant_arene(u, e->ht_lu) : "absent de la commande";
    u->recalculer = u->recalculer || !perimee;
    return vient != perimee;
}

/* Both lists are sorted by number; `t` has room for both. */
static uint32_t fusionner_essms(struct fusionneur *u, const struct essms_lu *avant, uint32_t n_avant, bool partiel, struct essms_lu *t)
{
    uint32_t n = 0;
    for (uint32_t i = 0, k = 0; i < n_avant || k < u->o->n_essms;) {
        const struct essms_lu *x = i < n_avant ? &avant[i] : NULL, *y = k < u->o->n_essms ? &u->o->essms[k] : NULL;
        const bool seul_avant = x != NULL && (y == NULL || x->et < y->et), seul_lu = y != NULL && (x == NULL || y->et < x->et);
        if (seul_avant || seul_lu) {
            const struct essms_lu *e = seul_avant ? x : y;
            if ((partiel && seul_avant) || perimetre(u, e, seul_lu))
                t[n++] = *e;
        } else {
            t[n] = *x;
            t[n].ligne = y->ligne;
            fusionner_montant_essms(u, y, &t[n]);
            fusionner_texte(u, CE_LIBELLE, C_LIBELLE_ESSMS, y, &t[n].libelle, y->libelle);
            fusionner_texte(u, CE_COMMUNE, C_COMMUNE, y, &t[n].commune, y->commune);
            n++;
        }
        i += !seul_lu;
        k += !seul_avant;
    }
    return n;
}

/* --- amounts that follow ----------------------------------------------------------------------------------------- */

static void calculee(struct fusionneur *u, enum fait_champ champ)
{
    const struct fait *x = &u->x->avant, *y = &u->x->apres;
    if (fait_montant(x, champ).centimes == fait_montant(y, champ).centimes)
        return;
    if (montant_present(contenu_montant_lu(y, champ)) || (montant_present(contenu_montant_lu(x, champ)) && !montant_present(fait_montant(y, champ))))
        return; /* told as read, or as emptied */
    struct ecart *d = fusion_ajouter(u, DIFFERENCE_CALCULEE, champ, FINESS_ABSENT, u->o->ligne);
    d->avant = champ_dire(x, champ, u->a);
    d->apres = champ_dire(y, champ, u->a);
}

/* As the document gives it: by the sheet, else by what is recorded as read. */
static struct montant montant_fusionne(const struct fusionneur *u, enum fait_champ c)
{
    return (u->montants_lus >> (c - CE_MONTANT_HT) & 1) != 0 ? fait_montant(&u->x->apres, c) : contenu_montant_lu(&u->x->avant, c);
}

/* The amounts of the merged order, from what was read: checked, completed, shared again. */
static bool recalculer(struct fusionneur *u, struct essms_lu *essms, uint32_t n)
{
    struct commandes_lues lues = {0};
    struct commande_lue o = {.ligne = u->o->ligne, .essms = essms, .n_essms = n};
    struct fait *f = &u->x->apres;
    const struct fait_valeur *lignes = fait_get(f, CE_LIGNES);
    memcpy(o.source, u->o->source, sizeof o.source);
    o.ht = montant_fusionne(u, CE_MONTANT_HT);
    o.tva = montant_fusionne(u, CE_MONTANT_TVA);
    o.ttc = montant_fusionne(u, CE_MONTANT_TTC);
    o.taux = fait_taux(f, CE_TAUX_TVA);
    o.lignes = arene_alloc(u->a, LIGNES_MAX * sizeof *o.lignes);
    for (int64_t i = 0; i < (lignes->present ? lignes->n : 0); i++) {
        struct ligne_bon ligne;
        if (ligne_fait_lire(lignes->liste[i], &ligne))
            lignes_ajouter(o.lignes, &o.n_lignes, &ligne);
    }
    const bool ok = commande_montants_de(u->ctx, u->f, &lues, &o);
    for (enum fait_champ c = CE_MONTANT_HT; c <= CE_CALCULES; c++)
        *fusion_valeur(f, c) = (struct fait_valeur){0};
    commande_fait_montants(&o, f);
    calculee(u, CE_MONTANT_HT);
    calculee(u, CE_MONTANT_TVA);
    calculee(u, CE_MONTANT_TTC);
    arene_free(&lues.arene);
    return ok;
}

bool fusion_listes(struct fusionneur *u)
{
    uint32_t n_avant;
    const struct essms_lu *avant = contenu_essms(&u->x->avant, u->a, &n_avant);
    const bool partiel = u->mode == FUSION_VALEURS && !feuille_est_fichier(u->f) &&
                         (u->o->n_essms == 0 || essms_parmi(avant, n_avant, u->o->essms[0].et) != NULL);
    struct essms_lu *t = arene_alloc(u->a, (n_avant + u->o->n_essms) * sizeof *t);
    const uint32_t n = fusionner_essms(u, avant, n_avant, partiel, t);
    struct commande_lue o = {.essms = t, .n_essms = n};
    if (u->recalculer && !recalculer(u, t, n))
        return false;
    for (enum fait_champ c = CE_ESSMS; c <= CE_COMMUNE; c++)
        *fusion_valeur(&u->x->apres, c) = (struct fait_valeur){0};
    commande_fait_essms(&o, u->a, &u->x->apres);
    return true;
}
