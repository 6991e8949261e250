/* echeances: what by when, for every order, the nearest first; reversements: what is to be repaid, why, since when. */
#include <string.h>

#include "metier/argent.h"
#include "metier/litiges.h"
#include "metier/reversements.h"
#include "metier/vue_commun.h"
#include "noyau/tri.h"
#include "registre/dossier_charger.h"
#include "regles/cycle.h"
#include "regles/echeances.h"
#include "regles/regles.h"

/* --- the walk shared by both ------------------------------------------------------------------------------------------- */

typedef bool dossier_visite(void *ctx, const struct dossier *d, struct arene *a);

static bool parcourir(struct contexte *ctx, dossier_visite *f, void *visite_ctx)
{
    const struct chargeur_choix choix = {.sans_voisins = true};
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->au, ctx->calendrier, ctx->diags);
    struct arene a = {0};
    struct dossier d;
    int lu = c != NULL && chargeur_ouvrir(c, &choix, ctx->diags) ? 1 : -1;
    for (; lu == 1 && (lu = chargeur_suivant(c, &a, &d, ctx->diags)) == 1; arene_reset(&a))
        if (!f(visite_ctx, &d, &a))
            lu = -1;
    chargeur_free(c);
    arene_free(&a);
    return lu == 0;
}

/* --- échéances --------------------------------------------------------------------------------------------------------- */

static const struct colonne colonnes[] = {
    {"limite", "au plus tard", CELLULE_INSTANT}, {"jours", "jours", CELLULE_ENTIER}, {"commande", "commande", CELLULE_TEXTE},
    {"fournisseur", "fournisseur", CELLULE_SIREN}, {"quoi", "à faire", CELLULE_TEXTE}, {"paiement", "paiement", CELLULE_TEXTE},
    {"montant", "montant", CELLULE_MONTANT}, {"depuis", "depuis", CELLULE_INSTANT}, {"sinon", "sinon", CELLULE_TEXTE},
    {"etat", "état", CELLULE_TEXTE}, {"source", "source", CELLULE_TEXTE}};
#define N_COLONNES (sizeof colonnes / sizeof *colonnes)

struct rangee {
    struct instant limite, depuis;
    const char *numero, *quoi, *paiement, *sinon, *etat, *source;
    struct montant montant;
    uint32_t fournisseur;
    size_t rang;
};
struct relever {
    struct contexte *ctx;
    int64_t jours;             /* < 0 = whatever the term */
    struct rangee *items;
    size_t n, cap;
    struct arene textes;
    size_t *passees;
};

/* Days from au to the term: 0 = today, < 0 = past. */
static int64_t jours_avant(const struct contexte *ctx, struct instant limite)
{
    return (int64_t)instant_jour(limite).n - instant_jour(ctx->au).n;
}

static void relever_une(struct relever *r, const struct rangee *x)
{
    const bool limitee = instant_present(x->limite);
    if (r->jours >= 0 && limitee && jours_avant(r->ctx, x->limite) > r->jours)
        return;
    *r->passees += limitee && instant_cmp(x->limite, r->ctx->au) < 0;
    r->items = memoire_grow(r->items, &r->cap, r->n + 1, sizeof *r->items);
    r->items[r->n] = *x;
    r->items[r->n].rang = r->n;
    r->n++;
}

static bool relever_commande(void *ctx, const struct dossier *d, struct arene *a)
{
    struct relever *r = ctx;
    struct echeance t[ECHEANCES_MAX];
    const size_t n = echeances_de(d, r->ctx->parametres, t);
    const char *numero = NULL;
    (void)a;
    for (size_t i = 0; i < n; i++) {
        if (numero == NULL)
            numero = arene_strndup(&r->textes, d->numero, strlen(d->numero));
        const struct rangee x = {.limite = t[i].limite, .depuis = t[i].depuis, .numero = numero, .quoi = echeance_label(t[i].quoi),
                                 .paiement = paiement_nom(t[i].paiement), .sinon = echeance_sinon(t[i].quoi),
                                 .etat = etat_label((enum etat_commande)d->etat), .source = echeance_source(t[i].quoi), .montant = t[i].montant,
                                 .fournisseur = d->fournisseur.siren};
        relever_une(r, &x);
    }
    return true;
}

/* Disputes to answer: each side of those opened by au, neither answered nor concluded. */
#define SQL_LITIGES                                                                                                          \
    "with c as (select fait, commande as moi, le from litige where le <= ?1 union all select fait, contre, le from litige "      \
    "where contre is not null and le <= ?1) select o.numero, o.fournisseur, c.le from c join commande o on o.fait = c.moi "       \
    "where not exists (select 1 from litige_fin f where f.litige = c.fait and f.le <= ?1) and not exists (select 1 from litige_reponse x " \
    "where x.litige = c.fait and x.commande = c.moi and x.le <= ?1) order by c.fait, c.moi"

static bool relever_litiges(struct relever *r)
{
    const struct jour au = instant_jour(r->ctx->au);
    sqlite3_stmt *s = registre_stmt(r->ctx->registre, SQL_LITIGES, r->ctx->diags);
    int la = -1;
    if (s == NULL)
        return false;
    lier_n(s, 1, au.n);
    while ((la = registre_suivant(r->ctx->registre, s, r->ctx->diags)) == 1) {
        const struct slice numero = colonne_slice(s, 0);
        const struct jour courrier = {sqlite3_column_int(s, 2)};
        const struct rangee x = {.limite = instant_fin_du_jour(litige_limite(r->ctx, courrier, au)), .depuis = instant_debut_du_jour(courrier),
                                 .numero = arene_strndup(&r->textes, numero.bytes, numero.len), .quoi = "répondre au litige : maintenir, corriger ou retirer",
                                 .paiement = "", .sinon = "l'ASP décide sans réponse de l'éditeur", .etat = etat_label(ETAT_EN_LITIGE),
                                 .source = "FAQ : dix jours ouvrés", .montant = MONTANT_ABSENT, .fournisseur = (uint32_t)sqlite3_column_int64(s, 1)};
        relever_une(r, &x);
    }
    sqlite3_finalize(s);
    return la == 0;
}

/* Those without a term come last, the oldest first. */
static int cmp_rangees(const void *x, const void *y)
{
    const struct rangee *a = x, *b = y;
    const bool la = instant_present(a->limite), lb = instant_present(b->limite);
    int r = la != lb ? (la ? -1 : 1) : la ? instant_cmp(a->limite, b->limite) : 0;
    if (r == 0 && !la)
        r = instant_cmp(a->depuis, b->depuis);
    return r != 0 ? r : a->rang < b->rang ? -1 : 1;
}

static bool ecrire(const struct relever *r, struct tableau_sortie *s)
{
    bool ok = s->debut(s->ctx, colonnes, N_COLONNES);
    for (size_t i = 0; ok && i < r->n; i++) {
        const struct rangee *x = &r->items[i];
        const struct cellule c[N_COLONNES] = {
            cellule_instant(x->limite), instant_present(x->limite) ? cellule_entier(jours_avant(r->ctx, x->limite)) : cellule_vide(),
            cellule_texte(x->numero), cellule_siren(x->fournisseur), cellule_texte(x->quoi), cellule_texte(x->paiement), cellule_montant(x->montant),
            cellule_instant(x->depuis), cellule_texte(x->sinon), cellule_texte(x->etat), cellule_texte(x->source)};
        ok = s->ligne(s->ctx, c, N_COLONNES);
    }
    return ok && s->fin(s->ctx);
}

bool vue_echeances(struct contexte *ctx, int64_t jours, struct tableau_sortie *s, struct echeances_rapport *out)
{
    *out = (struct echeances_rapport){0};
    struct relever r = {.ctx = ctx, .jours = jours, .passees = &out->passees};
    bool ok = parcourir(ctx, relever_commande, &r) && relever_litiges(&r);
    trier_liste(r.items, r.n, sizeof *r.items, cmp_rangees);
    out->echeances = r.n;
    ok = ok && ecrire(&r, s);
    memoire_free(r.items);
    arene_free(&r.textes);
    return ok;
}

/* --- reversements ------------------------------------------------------------------------------------------------------ */

static const struct colonne colonnes_rev[] = {
    {"commande", "commande", CELLULE_TEXTE}, {"fournisseur", "fournisseur", CELLULE_SIREN}, {"regle", "règle", CELLULE_TEXTE},
    {"pourquoi", "pourquoi", CELLULE_TEXTE}, {"depuis", "depuis", CELLULE_INSTANT}, {"avance_payee", "avance payée", CELLULE_MONTANT},
    {"a_reverser", "à reverser", CELLULE_MONTANT}, {"a_apprecier", "à apprécier", CELLULE_MONTANT}, {"ordonne", "ordre", CELLULE_MONTANT},
    {"reverse", "reversé", CELLULE_MONTANT}, {"reste", "reste", CELLULE_MONTANT}, {"etat", "état", CELLULE_TEXTE},
    {"source", "source", CELLULE_TEXTE}};
#define N_REV (sizeof colonnes_rev / sizeof *colonnes_rev)

struct reverser {
    struct contexte *ctx;
    struct tableau_sortie *s;
    struct reversements_rapport *out;
    struct buffer pourquoi;
};

/* The ordres are the order's, told on its first row only: a column adds up. */
static bool ligne_reversement(struct reverser *r, const struct dossier *d, const struct reversement *x, bool premiere)
{
    const struct regle *regle = x->constat == NULL ? NULL : regle_de(x->constat->regle);
    const struct dossier_argent *argent = &d->vie.argent;
    buffer_clear(&r->pourquoi);
    if (x->constat == NULL)
        buffer_puts(&r->pourquoi, x->pourquoi);
    else
        prose_message(d, x->constat, &r->pourquoi);
    if (montant_present(x->reste) && x->reste.centimes > 0) /* what was repaid beyond is not taken off what others owe */
        (void)montant_add(r->out->reste, x->reste, &r->out->reste);
    if (montant_present(x->a_apprecier))
        (void)montant_add(r->out->a_apprecier, x->a_apprecier, &r->out->a_apprecier);
    const struct cellule cellules[N_REV] = {
        cellule_texte(d->numero), cellule_siren(d->fournisseur.siren), cellule_texte(regle == NULL ? "" : regle->ident),
        cellule_slice((struct slice){r->pourquoi.bytes, r->pourquoi.len}), cellule_instant(x->depuis), cellule_montant(d->vie.avance.paye),
        cellule_montant(x->du), cellule_montant(x->a_apprecier), argent->ordre && premiere ? cellule_montant(argent->a_reverser) : cellule_vide(),
        cellule_montant(x->rendu), cellule_montant(x->reste), cellule_texte(etat_label((enum etat_commande)d->etat)),
        cellule_texte(regle == NULL ? x->source : regle->source)};
    return r->s->ligne(r->s->ctx, cellules, N_REV);
}

/* Due by a rule, repaid or not; or ordered by ASP for a reason that no rule gives. */
static bool reverser_commande(void *ctx, const struct dossier *d, struct arene *a)
{
    struct reverser *r = ctx;
    struct reversement x[REVERSEMENTS_MAX];
    size_t n;
    bool ok = reversements_de(r->ctx, d, a, x, &n);
    r->out->commandes += ok && n > 0;
    for (size_t i = 0; ok && i < n; i++)
        ok = ligne_reversement(r, d, &x[i], i == 0);
    return ok;
}

bool vue_reversements(struct contexte *ctx, struct tableau_sortie *s, struct reversements_rapport *out)
{
    *out = (struct reversements_rapport){.reste = montant_of(0), .a_apprecier = montant_of(0)};
    struct reverser r = {.ctx = ctx, .s = s, .out = out};
    const bool ok = s->debut(s->ctx, colonnes_rev, N_REV) && parcourir(ctx, reverser_commande, &r) && s->fin(s->ctx);
    buffer_free(&r.pourquoi);
    return ok;
}
