/* Rows → orders: grouping, fill-down, contradictions, ESSMS. */
#include <stdlib.h>
#include <string.h>

#include "metier/actes.h"
#include "metier/commande_interne.h"
#include "metier/dico.h"
#include "metier/soupcons.h"
#include "noyau/tri.h"

/* Columns of one ESSMS; all the others belong to the order. */
static bool colonne_essms(size_t champ)
{
    return champ >= C_FINESS_ET && champ <= C_COMMUNE;
}

/* --- grouping --------------------------------------------------------------------------------------------------- */

struct groupes {
    struct cellules *c;
    struct commandes_lues *out;
    size_t *commande_de;  /* order of each row */
    struct dico dico;
    struct arene cles;
    size_t colonnes[C_NOMBRE], n_colonnes; /* those of the order that the sheet has */
};

/* Key of the order of a row: its number, and its supplier when the sheet gives one. An empty cell repeats the row above. */
static size_t commande_de_ligne(struct groupes *g, size_t ligne, size_t precedente)
{
    const struct slice numero = feuille_valeur(g->c->f, ligne, C_NUMERO), f = feuille_valeur(g->c->f, ligne, C_FOURNISSEUR);
    if (numero.len == 0) {
        if (precedente == SIZE_MAX)
            cellule_exiger(g->c, ligne, C_NUMERO);
        return precedente;
    }
    if (f.len == 0 && precedente != SIZE_MAX && numero.len == g->out->items[precedente].numero.len &&
        memcmp(numero.bytes, g->out->items[precedente].numero.bytes, numero.len) == 0)
        return precedente;
    struct slice cle = numero;
    if (f.len > 0) {
        char *t = arene_alloc(&g->cles, numero.len + f.len + 1);
        memcpy(t, numero.bytes, numero.len);
        t[numero.len] = '\t';
        memcpy(t + numero.len + 1, f.bytes, f.len);
        cle = (struct slice){t, numero.len + f.len + 1};
    }
    const size_t rang = dico_mettre(&g->dico, cle, g->out->n);
    if (rang != DICO_ABSENT)
        return rang;
    g->out->items = memoire_grow(g->out->items, &g->out->cap, g->out->n + 1, sizeof *g->out->items);
    g->out->items[g->out->n] = (struct commande_lue){.ligne = (uint32_t)ligne, .numero = numero};
    return g->out->n++;
}

/* Two rows of one order that say different things: both are named. */
static void contradiction(struct cellules *c, size_t ligne, size_t avant, size_t champ)
{
    const struct slice a = feuille_valeur(c->f, avant, champ), b = feuille_valeur(c->f, ligne, champ);
    const struct lieu la = feuille_lieu(c->f, avant, champ);
    struct diag *d = cellule_faute(c, E_CONTRADICTION, ligne, champ, "deux lignes de la même commande se contredisent");
    diag_trouve(d, "« %.*s » ici, « %.*s » ligne %llu", (int)(b.len > 60 ? 60 : b.len), b.bytes, (int)(a.len > 60 ? 60 : a.len),
                a.bytes, (unsigned long long)la.ligne);
    if (champ == C_MONTANT_HT || champ == C_MONTANT_TVA || champ == C_MONTANT_TTC)
        diag_a_faire(d, "un seul total par commande ; si ce sont les montants des lignes du devis ou de chaque ESSMS, le HT de chacun va dans montant_ht_essms");
    if (valeurs_en_serie(a, b))
        diag_a_faire(d, "les valeurs se suivent : tirées vers le bas par le tableur ? remettre la même sur chaque ligne");
}

/* `6570,00` and `6 570,00` are the same amount, `12/07/2022` and `2022-07-12` the same day. */
static bool meme_valeur(struct slice a, struct slice b)
{
    struct montant ma, mb;
    struct jour ja, jb;
    if (a.len == b.len && memcmp(a.bytes, b.bytes, a.len) == 0)
        return true;
    if (jour_parse(a, &ja) && jour_parse(b, &jb))
        return jour_cmp(ja, jb) == 0;
    return montant_parse(a, &ma) && montant_parse(b, &mb) && ma.centimes == mb.centimes;
}

static void relever_sources(struct groupes *g, struct commande_lue *o, size_t ligne)
{
    struct cellules *c = g->c;
    for (size_t i = 0; i < g->n_colonnes; i++) {
        const size_t k = g->colonnes[i];
        const struct slice v = feuille_valeur(c->f, ligne, k);
        if (v.len == 0)
            continue;
        if (o->source[k] == 0)
            o->source[k] = (uint32_t)ligne + 1;
        else if (!meme_valeur(feuille_valeur(c->f, o->source[k] - 1, k), v))
            contradiction(c, ligne, o->source[k] - 1, k);
    }
    o->n_essms++;
}

static void dire_total(struct cellules *c, size_t ligne)
{
    const struct lieu lieu = feuille_lieu(c->f, ligne, C_NOMBRE);
    diag_lieu(diag_regle(c->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_REPARE), "ligne de total : passée"), &lieu);
}

static void grouper(struct groupes *g)
{
    const size_t n = feuille_nombre(g->c->f);
    size_t precedente = SIZE_MAX;
    for (size_t k = 0; k < C_NOMBRE; k++)
        if (!colonne_essms(k) && feuille_colonne_presente(g->c->f, k))
            g->colonnes[g->n_colonnes++] = k;
    for (size_t i = 0; i < n; i++) {
        if (ligne_de_total(g->c->f, i)) {
            dire_total(g->c, i);
            g->commande_de[i] = SIZE_MAX;
            continue;
        }
        precedente = g->commande_de[i] = commande_de_ligne(g, i, precedente);
        if (precedente != SIZE_MAX)
            relever_sources(g, &g->out->items[precedente], i);
    }
    dico_free(&g->dico);
    arene_free(&g->cles);
}

/* --defaut: what no row of the order gives is read in the row past the last, where the defaults stand. */
static void defauts_poser(struct cellules *c, struct commandes_lues *out)
{
    const size_t n = feuille_nombre(c->f);
    for (size_t k = 0; k < C_NOMBRE; k++) {
        const struct slice v = feuille_defaut(c->f, k);
        size_t posees = 0;
        if (v.len == 0 || colonne_essms(k))
            continue;
        for (size_t i = 0; i < out->n; i++)
            if (out->items[i].source[k] == 0) {
                out->items[i].source[k] = (uint32_t)n + 1;
                posees++;
            }
        diag_trouve(diag_regle(c->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "valeur par défaut : %s = %.*s",
                               c->champs[k].nom, (int)(v.len > 60 ? 60 : v.len), v.bytes),
                    posees > 1 ? "pour %zu des %zu commandes" : "pour %zu commande sur %zu", posees, out->n);
    }
}

/* --- ESSMS ------------------------------------------------------------------------------------------------------ */

static finess essms_de_ligne(struct lecture_commandes *l, size_t ligne)
{
    struct cellules *c = &l->c;
    const bool donne = feuille_valeur(c->f, ligne, C_FINESS_ET).len > 0;
    const finess et = donne ? cellule_finess_de(c, ligne, C_FINESS_ET) : FINESS_ABSENT;
    const uint64_t siret = cellule_siret_de(c, ligne, C_SIRET_ESSMS);
    if (et != FINESS_ABSENT && siret != 0)
        siret_comparer(l, ligne, siret, et);
    if (donne)
        return et;
    if (siret != 0)
        return siret_resoudre(l, ligne, siret);
    if (feuille_valeur(c->f, ligne, C_SIRET_ESSMS).len == 0 && !l->valeurs)
        cellule_exiger(c, ligne, C_FINESS_ET);
    return FINESS_ABSENT;
}

static int cmp_essms(const void *a, const void *b)
{
    const struct essms_lu *x = a, *y = b;
    if (x->et != y->et)
        return x->et < y->et ? -1 : 1;
    return x->ligne < y->ligne ? -1 : x->ligne > y->ligne;
}

static void doublons(struct cellules *c, const struct commande_lue *o)
{
    char t[FINESS_TEXTE_MAX];
    for (uint32_t i = 1; i < o->n_essms; i++) {
        if (o->essms[i].et == FINESS_ABSENT || o->essms[i].et != o->essms[i - 1].et)
            continue;
        const struct lieu avant = feuille_lieu(c->f, o->essms[i - 1].ligne, C_FINESS_ET);
        struct diag *d = cellule_faute(c, E_ESSMS_DOUBLE, o->essms[i].ligne, C_FINESS_ET, "cet ESSMS est déjà dans la commande");
        diag_trouve(d, "%s, déjà ligne %llu", finess_texte(o->essms[i].et, t), (unsigned long long)avant.ligne);
    }
}

static void lire_essms(struct lecture_commandes *l, const size_t *commande_de)
{
    struct cellules *c = &l->c;
    const size_t n = feuille_nombre(c->f);
    for (size_t i = 0; i < l->out->n; i++) {
        struct commande_lue *o = &l->out->items[i];
        o->essms = arene_alloc(&l->out->arene, o->n_essms * sizeof *o->essms);
        o->n_essms = 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (commande_de[i] == SIZE_MAX)
            continue;
        struct commande_lue *o = &l->out->items[commande_de[i]];
        o->essms[o->n_essms++] = (struct essms_lu){
            .ligne = i, .et = essms_de_ligne(l, i), .ht_lu = cellule_montant_de(c, i, C_MONTANT_HT_ESSMS), .ht = MONTANT_ABSENT,
            .ttc = MONTANT_ABSENT, .libelle = cellule_texte_de(c, i, C_LIBELLE_ESSMS), .commune = cellule_texte_de(c, i, C_COMMUNE)};
    }
    for (size_t i = 0; i < l->out->n; i++) {
        struct commande_lue *o = &l->out->items[i];
        trier_liste(o->essms, o->n_essms, sizeof *o->essms, cmp_essms);
        doublons(c, o);
        l->out->n_essms += o->n_essms;
    }
}

/* --- all of it -------------------------------------------------------------------------------------------------- */

static bool colonnes_suffisantes(struct contexte *ctx, struct feuille *f)
{
    if (feuille_colonne_presente(f, C_FINESS_ET) || feuille_colonne_presente(f, C_SIRET_ESSMS))
        return true;
    const struct lieu lieu = feuille_lieu(f, 0, C_NOMBRE);
    struct diag *d = diag_erreur(ctx->diags, E_COLONNE_ABSENTE, "la feuille ne désigne pas les ESSMS");
    diag_attendu(d, "une colonne finess_et (ou siret_essms)");
    if (feuille_nombre(f) > 0)
        diag_lieu(d, &lieu);
    return false;
}

static bool lire(struct contexte *ctx, struct feuille *f, bool valeurs, struct commandes_lues *out)
{
    size_t n_champs;
    *out = (struct commandes_lues){0};
    if (!colonnes_suffisantes(ctx, f))
        return false;
    struct lecture_commandes l = {.ctx = ctx, .c = {f, feuille_champs(FEUILLE_COMMANDES, &n_champs), ctx->diags, feuille_saine(f)}, .out = out,
                                  .valeurs = valeurs};
    struct groupes g = {.c = &l.c, .out = out, .commande_de = memoire_calloc(feuille_nombre(f) + 1, sizeof(size_t))};
    grouper(&g);
    defauts_poser(&l.c, out);
    lire_essms(&l, g.commande_de);
    memoire_free(g.commande_de);
    for (size_t i = 0; i < out->n; i++)
        commande_valeurs(&l, &out->items[i]);
    feuille_dire_reparations(f, l.c.champs, ctx->diags);
    soupcons_feuille(&l);
    lecture_commandes_fin(&l);
    return l.c.ok;
}

bool commandes_lire(struct contexte *ctx, struct feuille *f, struct commandes_lues *out)
{
    return lire(ctx, f, false, out);
}

bool commande_valeurs_lire(struct contexte *ctx, struct feuille *f, struct commandes_lues *out)
{
    return lire(ctx, f, true, out) && out->n == 1;
}

void commandes_lues_free(struct commandes_lues *c)
{
    memoire_free(c->items);
    arene_free(&c->arene);
    reserve_fermer(&c->reserve);
    *c = (struct commandes_lues){0};
}
