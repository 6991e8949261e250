/* Requests, as they were at `au`: where each stands, what ASP answered, how long it has not, what was received of it. */
#include "metier/vue_commun.h"
#include "registre/dossier_charger.h"
#include "registre/vie_lire.h"
#include "regles/cycle.h"

static const struct colonne colonnes[] = {
    {"commande", "commande", CELLULE_TEXTE},     {"fournisseur", "fournisseur", CELLULE_SIREN}, {"paiement", "versement", CELLULE_TEXTE},
    {"demande", "demande", CELLULE_ENTIER},      {"version", "version", CELLULE_ENTIER},       {"numero_asp", "n° ASP", CELLULE_TEXTE},
    {"montant", "montant", CELLULE_MONTANT},     {"lot", "lot", CELLULE_ENTIER},               {"emise_le", "émise le", CELLULE_INSTANT},
    {"deposee_le", "déposée le", CELLULE_INSTANT}, {"statut", "statut", CELLULE_TEXTE},        {"statut_le", "statut du", CELLULE_INSTANT},
    {"paye", "décidé", CELLULE_MONTANT},         {"jours", "jours sans réponse", CELLULE_ENTIER},
    {"recu", "reçu", CELLULE_MONTANT},           {"reste", "reste dû", CELLULE_MONTANT},
    {"reconstitue", "reconstituée", CELLULE_OUI_NON}};
#define N_COLONNES (sizeof colonnes / sizeof *colonnes)

struct lister {
    struct contexte *ctx;
    struct tableau_sortie *s;
    sqlite3_stmt *lot;
    bool sans_reponse;
};

static struct cellule montant_de(struct montant m)
{
    return montant_present(m) ? cellule_montant(m) : cellule_vide();
}

static struct cellule instant_de(struct instant i)
{
    return instant_present(i) ? cellule_instant(i) : cellule_vide();
}

static bool attend(const struct dossier_demande *d)
{
    return instant_present(d->deposee_le) && d->statut == STATUT_AUCUN;
}

/* Asked, not sent, of an order that asks for nothing any more: no lot will take it. */
static const char *sans_suite(const struct dossier *d)
{
    return instant_present(d->vie.annulee_le)                      ? "sans suite, commande annulée"
           : d->etat == ETAT_REMPLACEE                             ? "sans suite, commande remplacée"
           : !etat_en_vigueur((enum etat_commande)d->etat)         ? "sans suite, commande renoncée"
                                                                   : NULL;
}

static const char *statut_de(const struct dossier *o, const struct dossier_demande *d)
{
    if (d->statut != STATUT_AUCUN)
        return statut_asp_label(d->statut);
    if (d->emise)
        return instant_present(d->deposee_le) ? "déposée, sans réponse" : "émise, non déposée";
    return sans_suite(o) != NULL ? sans_suite(o) : "à émettre";
}

/* The lot of this version, and ASP's number: they do not change any more. */
static bool lot_de(struct lister *l, const struct dossier *d, enum paiement t, const struct dossier_demande *x, struct cellule *lot,
                   struct cellule *asp)
{
    (void)sqlite3_reset(l->lot);
    lier_n(l->lot, 1, d->fait);
    lier_n(l->lot, 2, (int64_t)t);
    lier_n(l->lot, 3, x->numero);
    lier_n(l->lot, 4, x->version);
    const int la = registre_suivant(l->ctx->registre, l->lot, l->ctx->diags);
    *lot = la == 1 && x->emise && sqlite3_column_type(l->lot, 0) != SQLITE_NULL ? cellule_entier(sqlite3_column_int64(l->lot, 0)) : cellule_vide();
    *asp = la == 1 ? cellule_slice(colonne_slice(l->lot, 1)) : cellule_vide();
    return la >= 0;
}

/* `finie`: rejected, another one follows it: what was received of it, even since, is due back (reversements). */
static bool ligne(struct lister *l, const struct dossier *d, enum paiement t, const struct dossier_demande *x, bool finie)
{
    struct cellule lot, asp;
    if (!x->existe || (l->sans_reponse && !attend(x)))
        return true;
    if (!lot_de(l, d, t, x, &lot, &asp))
        return false;
    const struct montant recu = finie ? montant_of(0) : d->vie.argent.encaisse[t], reste = finie ? MONTANT_ABSENT : vie_reste(&d->vie, t);
    const int32_t jours = attend(x) ? instant_jour(l->ctx->au).n - instant_jour(x->deposee_le).n : 0;
    const struct cellule c[N_COLONNES] = {
        cellule_texte(d->numero), d->fournisseur.siren != 0 ? cellule_siren(d->fournisseur.siren) : cellule_vide(), cellule_texte(paiement_nom(t)),
        cellule_entier(x->numero), cellule_entier(x->version), asp, cellule_montant(x->montant), lot, instant_de(x->emise_le),
        instant_de(x->deposee_le), cellule_texte(statut_de(d, x)), instant_de(x->statut_le),
        montant_de(x->paye), attend(x) ? cellule_entier(jours) : cellule_vide(),
        recu.centimes != 0 || montant_present(reste) ? cellule_montant(recu) : cellule_vide(), montant_de(reste),
        x->emise ? cellule_oui_non(x->reconstitue) : cellule_vide()};
    return l->s->ligne(l->s->ctx, c, N_COLONNES);
}

/* Those that ASP rejected before the last one: the life is folded again, only for the orders that have some. */
static bool rejetees(struct lister *l, const struct dossier *d, enum paiement t)
{
    struct evenement *e;
    struct vie v;
    size_t n;
    if (l->sans_reponse || !instant_present(vie_demande(&d->vie, t)->depot_rejete))
        return true;
    bool ok = vie_evenements(l->ctx->registre, d->fait, &e, &n, l->ctx->diags);
    vie_init(&v);
    for (size_t i = 0; ok && i < n && instant_cmp(e[i].le, l->ctx->au) <= 0; i++) {
        if (e[i].type == EV_DEMANDE && e[i].paiement == t && vie_demande(&v, t)->statut == STATUT_REJETEE)
            ok = ligne(l, d, t, vie_demande(&v, t), true);
        vie_ajouter(&v, &e[i]);
    }
    memoire_free(e);
    return ok;
}

bool vue_demandes(struct contexte *ctx, bool sans_reponse, struct tableau_sortie *s)
{
    const struct chargeur_choix choix = {.sans_voisins = true};
    struct lister l = {.ctx = ctx, .s = s, .sans_reponse = sans_reponse};
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->au, ctx->calendrier, ctx->diags);
    struct arene a = {0};
    struct dossier d;
    l.lot = registre_stmt(ctx->registre, "select (select e.lot from emission e where e.commande = ?1 and e.paiement = ?2 and e.demande = ?3 and "
                                         "e.version = ?4 order by e.fait desc limit 1), (select r.numero_asp from reponse r where r.commande = ?1 and "
                                         "r.demande = ?3 and r.numero_asp is not null order by r.fait desc limit 1)", ctx->diags);
    int lu = c != NULL && l.lot != NULL && chargeur_ouvrir(c, &choix, ctx->diags) && s->debut(s->ctx, colonnes, N_COLONNES) ? 1 : -1;
    for (; lu == 1 && (lu = chargeur_suivant(c, &a, &d, ctx->diags)) == 1; arene_reset(&a))
        for (int t = PAIEMENT_AVANCE; lu == 1 && t < PAIEMENT_NOMBRE; t++)
            lu = rejetees(&l, &d, (enum paiement)t) && ligne(&l, &d, (enum paiement)t, vie_demande(&d.vie, (enum paiement)t), false) ? 1 : -1;
    sqlite3_finalize(l.lot);
    chargeur_free(c);
    arene_free(&a);
    return lu == 0 && s->fin(s->ctx);
}
