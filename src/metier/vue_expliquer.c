/* expliquer: the reasons of the verdicts and of the figures, as trees and as rows. */
#include <string.h>

#include "metier/commande_fusion.h"
#include "metier/commande_contenu.h"
#include "metier/juger.h"
#include "metier/litiges.h"
#include "metier/sommes.h"
#include "metier/vue_commun.h"
#include "metier/vue_constats.h"
#include "registre/dossier_charger.h"
#include "regles/cycle.h"

/* What is asked: everything; a rule; the figures, one by its word, those that hold an amount, the share of an ESSMS. */
struct question {
    size_t rang;              /* of the rule; regles_nombre() = none, or all */
    bool sommes;              /* only figures */
    const char *mot;          /* NULL = any */
    struct montant montant;   /* MONTANT_ABSENT = any */
    const char *finess;       /* NULL = any */
};

/* --- what is asked ----------------------------------------------------------------------------------------------------------- */

static bool question_mot(const char *texte, struct question *q)
{
    struct buffer b = {0};
    texte_fold_name(&b, texte, strlen(texte));
    for (size_t i = 0; somme_mots[i] != NULL; i++)
        if (b.len > 0 && slice_equals((struct slice){b.bytes, b.len}, somme_mots[i])) {
            q->sommes = true;
            q->mot = i == 0 ? NULL : somme_mots[i];
        }
    buffer_free(&b);
    return q->sommes;
}

static bool question_lire(struct contexte *ctx, const char *texte, struct question *q)
{
    finess et;
    *q = (struct question){.rang = regles_nombre(), .montant = MONTANT_ABSENT};
    if (texte == NULL)
        return true;
    q->rang = regle_rang(texte, strlen(texte));
    if (q->rang != regles_nombre() || question_mot(texte, q))
        return true;
    q->sommes = true;
    if (finess_parse(slice_of(texte), &et) == NUMERO_VALIDE) {
        q->mot = "parts";
        q->finess = texte;
        return true;
    }
    if (strpbrk(texte, "0123456789") != NULL && montant_parse(slice_of(texte), &q->montant))
        return true;
    struct diag *g = diag_erreur(ctx->diags, E_REGLE_INCONNUE, "il n'y a pas de règle « %.20s »", texte);
    diag_attendu(g, "une règle, un montant, le FINESS d'un ESSMS, ou l'un des mots sommes, commande, parts, avance, facture, solde, reçu, reste, reversement");
    return false;
}

/* « 1 825,00 € » somewhere in a text, and not the end of a larger amount. */
static bool contient(const char *texte, const char *montant)
{
    for (const char *p = strstr(texte, montant); p != NULL; p = strstr(p + 1, montant)) {
        const char avant = p == texte ? ' ' : p[-1];
        if ((avant < '0' || avant > '9') && (unsigned char)avant != 0xAF) /* the last byte of the narrow space between groups */
            return true;
    }
    return false;
}

static bool repond(const struct question *q, const struct somme *x)
{
    char t[MONTANT_TEXTE_MAX];
    const char *dit = montant_present(q->montant) ? montant_fr(q->montant, t) : "";
    bool montant = *dit == '\0' || (montant_present(x->montant) && x->montant.centimes == q->montant.centimes);
    bool essms = q->finess == NULL;
    for (size_t i = 0; i < x->n; i++) {
        montant = montant || contient(x->lignes[i].texte, dit);
        essms = essms || strcmp(x->lignes[i].quoi, q->finess) == 0;
    }
    return montant && essms && (q->mot == NULL || strcmp(q->mot, x->mot) == 0);
}

/* --- the figures ------------------------------------------------------------------------------------------------------------- */

static void ligne_dire(const struct somme_ligne *l, bool derniere, struct buffer *b)
{
    const char *suite = derniere ? "     " : "│    ";
    const bool parametre = strncmp(l->quoi, "paramètre ", strlen("paramètre ")) == 0;
    buffer_printf(b, "%s %s%s%s", derniere ? "└─" : "├─", l->quoi, parametre ? " = " : " : ", l->texte);
    if (l->entree != 0)
        buffer_printf(b, " (entrée %lld%s%s)", (long long)l->entree, *l->detail != '\0' ? ", " : "", l->detail);
    else if (*l->detail != '\0')
        buffer_printf(b, "\n%s%s", suite, l->detail);
    if (*l->source != '\0')
        buffer_printf(b, "\n%ssource : %s", suite, l->source);
    buffer_putc(b, '\n');
}

static void somme_ecrire(const struct dossier *d, const struct somme *x, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX];
    buffer_printf(b, "%s : %s, commande %s : %s\n", x->mot, x->titre, d->numero, montant_present(x->montant) ? montant_fr(x->montant, t) : "pas encore connu");
    for (size_t i = 0; i < x->n; i++)
        ligne_dire(&x->lignes[i], i + 1 == x->n, b);
}

static const struct colonne colonnes[] = {
    {"somme", "somme", CELLULE_TEXTE}, {"quoi", "quoi", CELLULE_TEXTE},   {"montant", "montant", CELLULE_MONTANT}, {"texte", "texte", CELLULE_TEXTE},
    {"entree", "entrée", CELLULE_ENTIER}, {"detail", "détail", CELLULE_TEXTE}, {"source", "source", CELLULE_TEXTE}};
#define N_COLONNES (sizeof colonnes / sizeof *colonnes)

static bool somme_lignes(const struct somme *x, struct tableau_sortie *s)
{
    const struct cellule tete[N_COLONNES] = {cellule_texte(x->mot), cellule_texte("somme"), cellule_montant(x->montant), cellule_texte(x->titre),
                                             cellule_vide(), cellule_vide(), cellule_vide()};
    bool ok = s->ligne(s->ctx, tete, N_COLONNES);
    for (size_t i = 0; ok && i < x->n; i++) {
        const struct somme_ligne *l = &x->lignes[i];
        const struct cellule c[N_COLONNES] = {
            cellule_texte(x->mot), cellule_texte(l->quoi), cellule_montant(l->montant), cellule_texte(l->texte),
            l->entree != 0 ? cellule_entier(l->entree) : cellule_vide(), cellule_texte(l->detail), cellule_texte(l->source)};
        ok = s->ligne(s->ctx, c, N_COLONNES);
    }
    return ok;
}

/* A figure that the order does not have: a fault when it was to be found, an answer when it may well not be there. */
static bool absente(struct contexte *ctx, const struct dossier *d, const struct question *q, struct buffer *texte)
{
    static const struct {
        const char *mot, *phrase;
    } rien[] = {{"facture", "aucune facture n'est enregistrée"}, {"solde", "aucune facture n'est enregistrée, aucun solde n'est demandé"},
                {"recu", "aucun paiement reçu n'est enregistré"}, {"reste", "l'ASP n'a rien décidé"}, {"reversement", "rien n'est à reverser"}};
    char t[MONTANT_TEXTE_MAX];
    if (montant_present(q->montant)) {
        diag_a_faire(diag_erreur(ctx->diags, E_INCONNU, "commande %s : aucune somme n'est de %s", d->numero, montant_fr(q->montant, t)),
                     "voir toutes ses sommes : sons expliquer %s sommes", d->numero);
        return false;
    }
    if (q->finess != NULL) {
        diag_a_faire(diag_erreur(ctx->diags, E_INCONNU, "l'ESSMS %s n'est pas de la commande %s", q->finess, d->numero),
                     "voir ses ESSMS et leurs parts : sons expliquer %s parts", d->numero);
        return false;
    }
    for (size_t i = 0; texte != NULL && i < sizeof rien / sizeof *rien; i++)
        if (strcmp(rien[i].mot, q->mot) == 0)
            buffer_printf(texte, "%s, commande %s : %s\n", q->mot, d->numero, rien[i].phrase);
    return true;
}

static bool sommes_expliquer(struct contexte *ctx, const struct dossier *d, int64_t base, const struct question *q, struct arene *a,
                             struct buffer *texte, struct tableau_sortie *s)
{
    struct sommes sommes;
    size_t dites = 0;
    bool ok = sommes_lire(ctx, d, base, a, &sommes) && (s == NULL || s->debut(s->ctx, colonnes, N_COLONNES));
    for (size_t i = 0; ok && i < sommes.n; i++) {
        if (!repond(q, &sommes.items[i]))
            continue;
        dites++;
        if (texte != NULL)
            somme_ecrire(d, &sommes.items[i], texte);
        ok = s == NULL || somme_lignes(&sommes.items[i], s);
    }
    sommes_free(&sommes);
    if (ok && dites == 0)
        ok = absente(ctx, d, q, texte);
    return ok && (s == NULL || s->fin(s->ctx));
}

/* --- the verdicts ------------------------------------------------------------------------------------------------------------ */

/* The dispute comes before the rules; with one rule asked, only UNI-01 says it. */
static bool litige_expliquer(struct contexte *ctx, const struct dossier *d, size_t rang, struct buffer *texte)
{
    struct buffer phrase = {0}, a_faire = {0};
    if (texte == NULL || d->etat != ETAT_EN_LITIGE || (rang != regles_nombre() && rang != regle_rang("UNI-01", 6)))
        return true;
    const bool ok = litige_dire(ctx, d->fait, ctx->au, &phrase, &a_faire);
    if (phrase.len > 0)
        buffer_printf(texte, "Commande %s : %s\n├─ à faire : %s\n└─ source : " LITIGE_SOURCE "\n", d->numero, phrase.bytes,
                      a_faire.bytes);
    buffer_free(&phrase);
    buffer_free(&a_faire);
    return ok;
}

static bool verdicts_expliquer(struct contexte *ctx, const struct dossier *d, size_t rang, struct arene *a, struct buffer *texte,
                               struct tableau_sortie *s)
{
    struct jugement j;
    if (!litige_expliquer(ctx, d, rang, texte))
        return false;
    bool ok = s == NULL || constats_debut(s);
    juger_tout(ctx, d, a, &j);
    for (size_t i = 0; ok && i < j.n; i++) {
        if (rang != regles_nombre() && j.constats[i].regle != rang)
            continue;
        const struct jugement une = {&j.constats[i], 1, j.bilan};
        if (texte != NULL)
            prose_arbre(d, ctx->parametres, &j.constats[i], texte);
        ok = s == NULL || constats_lignes(d, &une, false, s);
    }
    return ok && (s == NULL || s->fin(s->ctx));
}

bool vue_expliquer(struct contexte *ctx, int64_t commande, const char *quoi, struct buffer *texte, struct tableau_sortie *s)
{
    struct arene a = {0};
    struct dossier d;
    struct question q;
    if (!question_lire(ctx, quoi, &q))
        return false;
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->au, ctx->calendrier, ctx->diags);
    const int lu = c == NULL ? -1 : chargeur_un(c, commande, &a, &d, ctx->diags);
    bool ok = lu == 1;
    if (lu == 0)
        diag_erreur(ctx->diags, E_INCONNU, "cette commande n'était pas signée à cette date");
    if (ok && q.sommes) {
        ok = sommes_expliquer(ctx, &d, chargeur_base_de(c, &d), &q, &a, texte, s);
    } else if (ok) {
        ok = verdicts_expliquer(ctx, &d, q.rang, &a, texte, s);
        if (ok && texte != NULL && quoi == NULL)
            ok = sommes_expliquer(ctx, &d, chargeur_base_de(c, &d), &q, &a, texte, NULL);
        ok = ok && (texte == NULL || histoire_dire(ctx, commande, false, texte));
    }
    chargeur_free(c);
    arene_free(&a);
    return ok;
}
