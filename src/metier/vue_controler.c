/* controler: rules over dossiers, reasons as rows. */
#include <string.h>

#include "metier/juger.h"
#include "metier/litiges.h"
#include "metier/vue_commun.h"
#include "metier/vue_constats.h"
#include "metier/commande_contenu.h"
#include "registre/dossier_charger.h"
#include "regles/cycle.h"

static const struct colonne colonnes[] = {
    {"numero", "commande", CELLULE_TEXTE}, {"fournisseur", "fournisseur", CELLULE_SIREN}, {"regle", "règle", CELLULE_TEXTE},
    {"gravite", "gravité", CELLULE_TEXTE}, {"verdict", "verdict", CELLULE_TEXTE},         {"finess_et", "ESSMS", CELLULE_FINESS},
    {"message", "constat", CELLULE_TEXTE}, {"trouve", "trouvé", CELLULE_TEXTE},           {"attendu", "attendu", CELLULE_TEXTE},
    {"a_faire", "à faire", CELLULE_TEXTE}, {"source", "source", CELLULE_TEXTE},           {"justification", "justification", CELLULE_TEXTE}};
#define N_COLONNES (sizeof colonnes / sizeof *colonnes)

struct rendu {
    struct buffer message, trouve, justification;
};

static bool ligne_constat(const struct dossier *d, const struct constat *c, struct rendu *r, struct tableau_sortie *s)
{
    const struct regle *regle = regle_de(c->regle);
    const struct justification *j = constat_justifie(d, c);
    const bool faute = c->verdict == VERDICT_NON_CONFORME || c->verdict == VERDICT_EN_ATTENTE;
    const bool financement = d->financement != 0; /* of no order: its ESSMS names it */
    buffer_clear(&r->message);
    buffer_clear(&r->trouve);
    buffer_clear(&r->justification);
    if (j != NULL)
        buffer_puts(&r->justification, j->motif);
    else if (faute && constat_caduque(d, c) != NULL)
        buffer_printf(&r->justification, "caduque : %s", constat_caduque(d, c)->motif);
    prose_message(d, c, &r->message);
    prose_trouve(c, &r->trouve);
    const struct cellule cellules[N_COLONNES] = {
        financement ? cellule_vide() : cellule_texte(d->numero), cellule_siren(d->fournisseur.siren), cellule_texte(regle->ident),
        faute ? cellule_texte(gravite_nom(constat_gravite(c))) : cellule_vide(), cellule_texte(verdict_nom(c->verdict)),
        financement                              ? cellule_finess(d->essms[0].et)
        : c->sujet > 0 && c->sujet <= d->n_essms ? cellule_finess(d->essms[c->sujet - 1].et)
                                                 : cellule_vide(),
        cellule_slice((struct slice){r->message.bytes, r->message.len}), cellule_slice((struct slice){r->trouve.bytes, r->trouve.len}),
        cellule_texte(regle->attendu), faute ? cellule_texte(prose_a_faire(c)) : cellule_vide(), cellule_texte(regle->source),
        cellule_slice((struct slice){r->justification.bytes, r->justification.len})};
    return s->ligne(s->ctx, cellules, N_COLONNES);
}

bool constats_debut(struct tableau_sortie *s)
{
    return s->debut(s->ctx, colonnes, N_COLONNES);
}

bool constats_lignes(const struct dossier *d, const struct jugement *j, bool fautes, struct tableau_sortie *s)
{
    struct rendu r = {{0}, {0}, {0}};
    bool ok = true;
    for (size_t i = 0; ok && i < j->n; i++) {
        const struct constat *c = &j->constats[i];
        if (!fautes || c->verdict == VERDICT_NON_CONFORME || c->verdict == VERDICT_EN_ATTENTE)
            ok = ligne_constat(d, c, &r, s);
    }
    buffer_free(&r.message);
    buffer_free(&r.trouve);
    buffer_free(&r.justification);
    return ok;
}

struct controle {
    struct contexte *ctx;
    const int64_t *commandes;
    size_t n;
    bool messages;
    struct tableau_sortie *s;
    struct compte_verdicts compte;
    size_t hors_vigueur, litiges;
    struct arene arene;
};

static bool voulue(const struct controle *k, int64_t commande)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->commandes[i] == commande)
            return true;
    return k->n == 0;
}

static bool ligne_litige(const struct dossier *d, const char *phrase, const char *a_faire, struct tableau_sortie *s)
{
    const struct cellule cellules[N_COLONNES] = {
        cellule_texte(d->numero), cellule_siren(d->fournisseur.siren), cellule_texte(erreur_texte(E_ETAT)), cellule_texte(gravite_nom(GRAVITE_ATTENTE)),
        cellule_texte(verdict_nom(VERDICT_EN_ATTENTE)), cellule_vide(), cellule_texte(phrase), cellule_vide(), cellule_vide(), cellule_texte(a_faire),
        cellule_texte(LITIGE_SOURCE), cellule_vide()};
    return s->ligne(s->ctx, cellules, N_COLONNES);
}

/* The open dispute of an order, when it has one: beside what the rules say, it blocks. */
static bool litige_montrer(struct controle *k, const struct dossier *d)
{
    struct buffer phrase = {0}, a_faire = {0}, commande = {0};
    bool ok = litige_dire(k->ctx, d->fait, k->ctx->au, &phrase, &a_faire);
    k->litiges += phrase.len > 0;
    if (ok && phrase.len > 0 && k->s != NULL)
        ok = ligne_litige(d, phrase.bytes, a_faire.bytes, k->s);
    if (phrase.len > 0 && k->messages) {
        buffer_printf(&commande, "commande %s", d->numero);
        struct diag *g = diag_regle(k->ctx->diags, GRAVITE_ATTENTE, SORTIE_FAIT, erreur_texte(E_ETAT), "%s", phrase.bytes);
        diag_lieu(g, &(struct lieu){.fichier = commande.bytes});
        diag_a_faire(g, "%s", a_faire.bytes);
        diag_source(g, LITIGE_SOURCE);
    }
    buffer_free(&phrase);
    buffer_free(&a_faire);
    buffer_free(&commande);
    return ok;
}

static bool controler_une(struct controle *k, const struct dossier *d)
{
    struct jugement j;
    if (d->etat == ETAT_EN_LITIGE && !litige_montrer(k, d))
        return false;
    if (!juger_etat(k->ctx, d, &k->arene, &j)) { /* it asks for nothing any more: no rule of an order is left to hold */
        k->hors_vigueur++;
        if (k->messages)
            diag_regle(k->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "commande %s : %s, rien à contrôler",
                       d->numero, etat_label((enum etat_commande)d->etat));
        return true;
    }
    compter_verdict(&k->compte, &j.bilan);
    if (k->messages)
        jugement_dire(k->ctx, d, &j, true, SORTIE_FAIT, NULL, NULL);
    return k->s == NULL || constats_lignes(d, &j, true, k->s);
}

/* Bounds of the walk: all, or from the smallest to the largest of the orders named. */
static struct chargeur_choix choix_de(const struct controle *k)
{
    struct chargeur_choix choix = {0};
    for (size_t i = 0; i < k->n; i++) {
        choix.de = i == 0 || k->commandes[i] < choix.de ? k->commandes[i] : choix.de;
        choix.a = k->commandes[i] > choix.a ? k->commandes[i] : choix.a;
    }
    return choix;
}

static bool controler_toutes(struct controle *k, size_t *vues)
{
    const struct chargeur_choix choix = choix_de(k);
    struct chargeur *c = chargeur_creer(k->ctx->registre, k->ctx->au, k->ctx->calendrier, k->ctx->diags);
    struct dossier d;
    int lu = c != NULL && chargeur_ouvrir(c, &choix, k->ctx->diags) ? 1 : -1;
    for (*vues = 0; lu == 1 && (lu = chargeur_suivant(c, &k->arene, &d, k->ctx->diags)) == 1; arene_reset(&k->arene)) {
        if (!voulue(k, d.fait))
            continue;
        (*vues)++;
        if (!controler_une(k, &d))
            lu = -1;
    }
    chargeur_free(c);
    return lu == 0;
}

bool vue_controler(struct contexte *ctx, const int64_t *commandes, size_t n, bool messages, struct tableau_sortie *s,
                   struct controle_rapport *out)
{
    struct controle k = {.ctx = ctx, .commandes = commandes, .n = n, .messages = messages, .s = s};
    size_t vues = 0;
    *out = (struct controle_rapport){0};
    bool ok = (s == NULL || constats_debut(s)) && registre_lecture(ctx->registre, ctx->diags);
    if (ok) {
        ok = controler_toutes(&k, &vues) && (n > 0 || financements_controler(ctx, s, out));
        registre_lecture_fin(ctx->registre);
    }
    const size_t voulues = commandes_distinctes(commandes, n);
    if (ok && vues < voulues) {
        diag_erreur(ctx->diags, E_INCONNU, "commandes pas encore signées à cette date : %zu", voulues - vues);
        ok = false;
    }
    ok = ok && (s == NULL || s->fin(s->ctx));
    out->commandes = vues - k.hors_vigueur;
    out->hors_vigueur = k.hors_vigueur;
    out->litiges = k.litiges;
    out->conformes = k.compte.conformes;
    out->informations = k.compte.informations;
    out->attentes = k.compte.attentes;
    out->discordances = k.compte.discordances;
    out->justifiees = k.compte.justifiees;
    out->anomalies = k.compte.anomalies;
    arene_free(&k.arene);
    return ok;
}
