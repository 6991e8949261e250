/* The barème of an OG: N, tranche, ceilings, safe HT, thresholds, the other reading. */
#include "metier/vue_commun.h"
#include "registre/finess_base.h"
#include "regles/bareme.h"

struct bareme_vu {
    finess ej;
    struct jour date, signature;
    enum couloir couloir;
    uint32_t n_toutes;
    struct plafond p;
    struct montant avance, solde;
};

static void ligne(struct buffer *b, const char *titre, struct montant m)
{
    char t[MONTANT_TEXTE_MAX];
    buffer_printf(b, "  %s", titre);
    for (size_t i = texte_width(titre, slice_of(titre).len); i < 44; i++)
        buffer_putc(b, ' ');
    buffer_printf(b, "%s\n", montant_fr(m, t));
}

/* Total of the OG on both sides of the nearest bounds: 4 → 11 680, 5 → 10 950 (regles.md § 2). */
static void seuil(const struct contexte *ctx, const struct bareme_vu *v, uint32_t n, struct buffer *b)
{
    struct plafond p;
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX];
    if (n == 0 || !bareme_plafond(ctx->parametres, n, n, v->signature, &p))
        return;
    buffer_printf(b, "  N = %u, tranche %c : %s par ESSMS, ", n, p.tranche.lettre, montant_fr(p.tranche.taux_ttc, t));
    buffer_printf(b, "%s pour tous\n", montant_fr(p.ttc, u));
}

static void texte_seuils(const struct contexte *ctx, const struct bareme_vu *v, struct buffer *b)
{
    const struct tranche *t = &v->p.tranche;
    buffer_puts(b, "Effets de seuil (TTC, tous les ESSMS de l'OG commandés) :\n");
    if (t->min > 1) {
        seuil(ctx, v, t->min - 1, b);
        seuil(ctx, v, t->min, b);
    }
    if (v->p.n_og != t->min || t->min == 1)
        seuil(ctx, v, v->p.n_og, b);
    if (t->max != UINT32_MAX) {
        if (v->p.n_og != t->max)
            seuil(ctx, v, t->max, b);
        seuil(ctx, v, t->max + 1, b);
    }
}

static void texte_autre_perimetre(const struct contexte *ctx, const struct bareme_vu *v, struct buffer *b)
{
    struct tranche autre;
    if (v->n_toutes == v->p.n_og || !bareme_tranche(ctx->parametres, v->n_toutes, v->signature, &autre) ||
        autre.lettre == v->p.tranche.lettre)
        return;
    buffer_printf(b, "Information : en comptant tous les 4xxx, N serait %u et la tranche %c (autre périmètre de N).\n", v->n_toutes,
                  autre.lettre);
}

static void texte_bareme(const struct contexte *ctx, const struct bareme_vu *v, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX], d[JOUR_TEXTE_MAX];
    const struct tranche *tr = &v->p.tranche;
    buffer_printf(b, "OG %s : N = %s ESSMS du couloir %s dans la base du %s.\n", finess_texte(v->ej, (char[FINESS_TEXTE_MAX]){0}),
                  entier_fr(v->p.n_og, t), couloir_nom(v->couloir), jour_fr(v->date, d));
    buffer_printf(b, "Tranche %c (", tr->lettre);
    if (tr->max == UINT32_MAX)
        buffer_printf(b, "%u et plus", tr->min);
    else if (tr->max == tr->min)
        buffer_printf(b, "%u", tr->min);
    else
        buffer_printf(b, "%u à %u", tr->min, tr->max);
    buffer_printf(b, " ESSMS) : %s TTC par ESSMS.\n", montant_fr(tr->taux_ttc, t));
    buffer_printf(b, "Pour %s ESSMS commandés :\n", entier_fr(v->p.n_commandes, t));
    ligne(b, "plafond TTC", v->p.ttc);
    ligne(b, "HT sûr (plafond HT bas)", v->p.ht_bas);
    ligne(b, "plafond HT haut", v->p.ht_haut);
    ligne(b, "avance (30 %) au plafond", v->avance);
    ligne(b, "solde au plafond", v->solde);
    ligne(b, "autre lecture (progressive), TTC", v->p.progressif_ttc);
    texte_seuils(ctx, v, b);
    texte_autre_perimetre(ctx, v, b);
    buffer_printf(b, "Source : barème A à F, ARS Île-de-France, 29/03/2022 ; FINESS, ministère chargé de la santé, base du %s.\n", d);
}

static bool bareme_ligne(const struct bareme_vu *v, struct tableau_sortie *s)
{
    static const struct colonne colonnes[] = { /* those of cas/bareme.csv, in its order, then whose barème it is */
        {"essms_og", "N", CELLULE_ENTIER}, {"essms_commandes", "commandés", CELLULE_ENTIER}, {"tranche", "tranche", CELLULE_TEXTE},
        {"taux_ttc", "taux TTC", CELLULE_CENTIMES}, {"plafond_ttc", "plafond TTC", CELLULE_CENTIMES},
        {"plafond_ht_bas", "HT sûr", CELLULE_CENTIMES}, {"plafond_ht_haut", "plafond HT haut", CELLULE_CENTIMES},
        {"lecture_progressive_ttc", "lecture progressive", CELLULE_CENTIMES}, {"finess_ej", "OG", CELLULE_FINESS},
        {"couloir", "couloir", CELLULE_TEXTE}, {"base", "base", CELLULE_JOUR}};
    enum { N = sizeof colonnes / sizeof *colonnes };
    const char lettre[2] = {v->p.tranche.lettre, '\0'};
    const struct cellule c[N] = {
        cellule_entier(v->p.n_og), cellule_entier(v->p.n_commandes), cellule_texte(lettre), cellule_montant(v->p.tranche.taux_ttc),
        cellule_montant(v->p.ttc), cellule_montant(v->p.ht_bas), cellule_montant(v->p.ht_haut), cellule_montant(v->p.progressif_ttc),
        cellule_finess(v->ej), cellule_texte(couloir_nom(v->couloir)), cellule_jour(v->date)};
    return s->debut(s->ctx, colonnes, N) && s->ligne(s->ctx, c, N) && s->fin(s->ctx);
}

static bool og_lire(struct contexte *ctx, int64_t base, struct bareme_vu *v, uint32_t commandes)
{
    char t[FINESS_TEXTE_MAX], d[JOUR_TEXTE_MAX];
    struct og_compte og;
    struct finess_lecteur *l = finess_lecteur_creer(ctx->registre, ctx->diags);
    const int la = l == NULL ? -1 : finess_trouver_og(l, base, v->ej, &og, NULL, ctx->diags);
    finess_lecteur_free(l);
    if (la < 0)
        return false;
    if (la == 0 || og.n[v->couloir] == 0) {
        struct diag *g = diag_erreur(ctx->diags, E_INCONNU, la == 0 ? "l'OG %s n'est pas dans la base du %s"
                                                                    : "l'OG %s n'a aucun ESSMS de ce couloir dans la base du %s",
                                     finess_texte(v->ej, t), jour_fr(v->date, d));
        diag_a_faire(g, "donner le FINESS juridique (EJ) de l'OG ; chercher : sons finess chercher TEXTE");
        return false;
    }
    v->n_toutes = og.n[COULOIR_INCONNU];
    const uint32_t n = og.n[v->couloir];
    if (commandes > n) {
        struct diag *g = diag_erreur(ctx->diags, E_VALEUR, "l'OG n'a que %u ESSMS de ce couloir", n);
        diag_trouve(g, "--essms %u", commandes);
        return false;
    }
    if (bareme_plafond(ctx->parametres, n, commandes == 0 ? n : commandes, v->signature, &v->p) &&
        avance_calculer(ctx->parametres, v->p.ttc, v->signature, &v->avance, &v->solde))
        return true;
    diag_erreur(ctx->diags, E_VALEUR, "aucun barème n'est en vigueur le %s", jour_fr(v->signature, d));
    return false;
}

bool vue_bareme(struct contexte *ctx, finess ej, uint32_t commandes, enum couloir c, struct jour voulue,
                struct tableau_sortie *s, struct buffer *texte)
{
    struct bareme_vu v = {.ej = ej, .couloir = c == COULOIR_INCONNU ? COULOIR_MS1 : c, .signature = instant_jour(ctx->au)};
    int64_t base;
    if (!vue_base(ctx, v.couloir, voulue, &base, &v.date) || !og_lire(ctx, base, &v, commandes))
        return false;
    if (texte != NULL)
        texte_bareme(ctx, &v, texte);
    return s == NULL || bareme_ligne(&v, s);
}
