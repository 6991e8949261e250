/* Money received: one row a payment of a request; a part, too much, twice: recorded and said, never absorbed. */
#include <string.h>

#include "metier/acte_feuille.h"
#include "metier/argent.h"
#include "metier/cellules.h"
#include "metier/commande_contenu.h"
#include "metier/feuilles.h"
#include "metier/transaction.h"
#include "metier/vues.h"
#include "noyau/tri.h"
#include "registre/vie_lire.h"

/* --- what it makes of the request --------------------------------------------------------------------------------------- */

static struct diag *information(struct contexte *ctx, const struct lieu *lieu, const char *numero, enum paiement p, const char *message)
{
    struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "commande %s, %s : %s", numero,
                                paiement_nom(p), message);
    if (lieu != NULL)
        diag_lieu(d, lieu);
    return d;
}

/* The last request of that payment that ASP rejected: 1, 0 none, −1 fault. */
static int rejetee(struct contexte *ctx, int64_t commande, enum paiement p, int64_t *demande, struct instant *le)
{
    sqlite3_stmt *s = registre_gardee(ctx->registre, "select numero, le from vie where commande = ?1 and paiement = ?2 and evenement = ?3 and statut = ?4 "
                                                     "order by le desc, fait desc", ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, commande);
    lier_n(s, 2, (int64_t)p);
    lier_n(s, 3, EV_REPONSE);
    lier_n(s, 4, STATUT_REJETEE);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1) {
        *demande = sqlite3_column_int64(s, 0);
        *le = (struct instant){sqlite3_column_int64(s, 1)};
    }
    registre_rendre(ctx->registre, s);
    return la;
}

/* Received while nothing is decided: of a request that waits, or of one that was rejected. */
static bool dire_non_decidee(struct contexte *ctx, const struct lieu *lieu, int64_t commande, const char *numero, enum paiement p, const struct vie *v)
{
    char t[INSTANT_TEXTE_MAX];
    int64_t demande;
    struct instant le;
    const int la = rejetee(ctx, commande, p, &demande, &le);
    if (la == 0)
        diag_a_faire(information(ctx, lieu, numero, p, "payée avant que l'ASP ne l'ait dite « décidée et payée »"),
                     "enregistrer sa réponse (sons retour saisir), ou vérifier de quelle demande est ce paiement");
    if (la != 1)
        return la == 0;
    const struct dossier_demande *d = vie_demande(v, p);
    const bool redemandee = d->numero != demande && v->argent.encaisse[p].centimes > 0;
    struct diag *g = information(ctx, lieu, numero, p, redemandee ? "payée alors que l'ASP a rejeté la demande d'avant, et n'a pas décidé de la nouvelle"
                                                                    : "payée alors que l'ASP l'a rejetée : à rendre");
    diag_trouve(g, "demande %lld rejetée le %s", (long long)demande, instant_fr(le, t));
    if (redemandee)
        diag_attendu(g, "une réponse à la demande %lld, pour laquelle ce paiement compte", (long long)d->numero);
    diag_a_faire(g, "demander à l'ASP ce qu'elle a payé ; s'il n'est pas de cette commande : sons encaissement retirer");
    return true;
}

bool encaissement_dire(struct contexte *ctx, const struct lieu *lieu, int64_t commande, const char *numero, enum paiement p)
{
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX];
    struct vie v;
    if (!vie_lire(ctx->registre, commande, (struct instant){INT64_MAX}, &v, ctx->diags))
        return false;
    const struct montant recu = v.argent.encaisse[p], reste = vie_reste(&v, p);
    if (!montant_present(reste) || vie_demande(&v, p)->statut == STATUT_REJETEE) {
        return dire_non_decidee(ctx, lieu, commande, numero, p, &v);
    } else if (reste.centimes != 0) {
        const bool trop = reste.centimes < 0;
        struct diag *d = information(ctx, lieu, numero, p, trop ? "reçu plus que ce que l'ASP a décidé" : "reçu moins que ce que l'ASP a décidé");
        diag_trouve(d, "%s reçus en tout", montant_fr(recu, t));
        diag_attendu(d, "%s : %s %s", montant_fr(vie_demande(&v, p)->paye, u), trop ? "de trop," : "il manque",
                     montant_fr(montant_of(trop ? -reste.centimes : reste.centimes), t));
        diag_a_faire(d, trop ? "vérifier s'il a été saisi deux fois (sons encaissement lister), sinon le dire à l'ASP" : "le réclamer à l'ASP, ou attendre l'autre versement");
    }
    return true;
}

/* --- one payment -------------------------------------------------------------------------------------------------------- */

bool encaissement_ecrire(struct acte *a, const struct encaissement *e)
{
    struct fait f;
    fait_init(&f, FAIT_ENCAISSEMENT_ENREGISTRE);
    fait_put_n(&f, EN_COMMANDE, e->commande);
    fait_put_texte(&f, EN_PAIEMENT, paiement_nom(e->paiement));
    fait_put_montant(&f, EN_MONTANT, e->montant);
    fait_put_jour(&f, EN_LE, e->le);
    fait_put_slice(&f, EN_REFERENCE, e->reference);
    if (e->virement != 0)
        fait_put_n(&f, EN_VIREMENT, e->virement);
    return acte_fait(a, &f, (struct slice){NULL, 0});
}

/* 1 recorded already, and not taken back; 0; −1 fault. Through its life: no index of the payments by order is kept. */
static int deja(struct contexte *ctx, const struct encaissement *e)
{
    sqlite3_stmt *s = registre_gardee(ctx->registre, "select 1 from vie v cross join encaissement e on e.fait = v.fait where v.commande = ?1 and "
                                                     "e.paiement = ?2 and e.montant = ?3 and e.le = ?4 and e.reference = ?5 and e.retire_par is null", ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, e->commande);
    lier_n(s, 2, (int64_t)e->paiement);
    lier_n(s, 3, e->montant.centimes);
    lier_n(s, 4, e->le.n);
    lier_slice(s, 5, e->reference.len == 0 ? slice_of("") : e->reference);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    registre_rendre(ctx->registre, s);
    return la;
}

/* --- the sheet ---------------------------------------------------------------------------------------------------------- */

struct rangee {
    struct encaissement e;
    size_t ligne;
};

bool cellule_passee(struct contexte *ctx, struct cellules *c, size_t i, size_t champ, struct jour j)
{
    char t[JOUR_TEXTE_MAX];
    const struct jour hui = instant_jour(ctx->maintenant);
    if (!jour_present(j) || jour_cmp(j, hui) <= 0)
        return jour_present(j);
    diag_attendu(cellule_faute(c, E_A_VENIR, i, champ, "cette date est à venir"), "au plus tard le %s", jour_fr(hui, t));
    return false;
}

static void dire_autre(struct diag *d, enum paiement p)
{
    diag_attendu(d, "%s", paiement_nom(p));
    diag_a_faire(d, "laisser la cellule vide, ou nommer la commande par son numéro à elle");
}

/* ASP's number is that of one request: the payment need not be said, and is not another. */
static void paiement_lire(struct cellules *c, size_t i, const struct demande_nommee *d, struct rangee *r)
{
    const struct slice mot = cellule_mot_de(c, i, X_PAIEMENT, MOTS_PAIEMENT);
    r->e.commande = d->commande;
    r->e.paiement = paiement_parse(mot.bytes, mot.len);
    if (d->paiement == PAIEMENT_AUCUN)
        cellule_exiger(c, i, X_PAIEMENT);
    else if (feuille_valeur(c->f, i, X_PAIEMENT).len == 0)
        r->e.paiement = d->paiement;
    else if (r->e.paiement != PAIEMENT_AUCUN && r->e.paiement != d->paiement)
        dire_autre(cellule_faute(c, E_CONTRADICTION, i, X_PAIEMENT, "ce numéro de l'ASP est celui de l'autre versement"), d->paiement);
}

static void ligne_lire(struct contexte *ctx, struct cellules *c, size_t i, struct rangee *r)
{
    struct demande_nommee d = {0};
    r->ligne = i;
    r->e = (struct encaissement){.montant = cellule_montant_de(c, i, X_MONTANT), .le = cellule_jour_de(c, i, X_DATE), .reference = cellule_texte_de(c, i, X_REFERENCE)};
    cellule_exiger(c, i, X_COMMANDE);
    if (cellule_demande_de(ctx, c, i, X_COMMANDE, &d) || feuille_valeur(c->f, i, X_PAIEMENT).len == 0)
        paiement_lire(c, i, &d, r);
    cellule_exiger(c, i, X_MONTANT);
    cellule_exiger(c, i, X_DATE);
    (void)cellule_passee(ctx, c, i, X_DATE, r->e.le);
    if (montant_present(r->e.montant) && r->e.montant.centimes == 0)
        cellule_faute(c, E_MONTANT, i, X_MONTANT, "un encaissement nul ne se reçoit pas");
}

static int cmp_n(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int cmp_rangees(const void *x, const void *y)
{
    const struct rangee *a = x, *b = y;
    int r = cmp_n(a->e.commande, b->e.commande);
    r = r != 0 ? r : cmp_n((int64_t)a->e.paiement, (int64_t)b->e.paiement);
    r = r != 0 ? r : cmp_n(a->e.le.n, b->e.le.n);
    r = r != 0 ? r : cmp_n(a->e.montant.centimes, b->e.montant.centimes);
    r = r != 0 ? r : slice_cmp(a->e.reference, b->e.reference);
    return r != 0 ? r : cmp_n((int64_t)a->ligne, (int64_t)b->ligne);
}

static bool memes(const struct rangee *a, const struct rangee *b)
{
    struct rangee c = *b;
    c.ligne = a->ligne;
    return cmp_rangees(a, &c) == 0;
}

/* The same payment on two rows: nothing tells a copied row from a second payment. */
static void doublons(struct cellules *c, const struct rangee *t, size_t n)
{
    struct rangee *tri = memoire_calloc(n + 1, sizeof *tri);
    memcpy(tri, t, n * sizeof *t);
    trier_liste(tri, n, sizeof *tri, cmp_rangees);
    for (size_t i = 1; i < n; i++) {
        if (tri[i].e.commande == 0 || !memes(&tri[i - 1], &tri[i]))
            continue;
        struct diag *d = cellule_faute(c, E_CONTRADICTION, tri[i].ligne, X_COMMANDE, "le même encaissement est deux fois dans la feuille");
        diag_a_faire(d, "ôter la ligne copiée ; si ce sont deux versements, leur donner deux références");
    }
    memoire_free(tri);
}

static bool rangee_verser(struct acte *a, struct feuille *f, const struct rangee *r, struct import_rapport *out)
{
    struct arene arene = {0};
    struct commande_etat e;
    const struct lieu lieu = feuille_lieu(f, r->ligne, X_MONTANT);
    const int connu = deja(a->ctx, &r->e);
    bool ok = connu >= 0;
    out->inchangees += connu == 1;
    if (connu == 0) {
        ok = commande_etat_lire(a->ctx, r->e.commande, &arene, &e) && commande_permet(a->ctx, &e, ACTE_ENCAISSER) &&
             encaissement_ecrire(a, &r->e) && encaissement_dire(a->ctx, &lieu, r->e.commande, e.numero, r->e.paiement);
        out->enregistrees += ok;
    }
    arene_free(&arene);
    return ok;
}

bool encaissements_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out)
{
    size_t n_champs;
    struct cellules c = {f, feuille_champs(FEUILLE_ENCAISSEMENTS, &n_champs), ctx->diags, feuille_saine(f)};
    struct acte a;
    out->quoi = "encaissements";
    out->lues = feuille_nombre(f);
    struct rangee *t = memoire_calloc(out->lues + 1, sizeof *t);
    for (size_t i = 0; i < out->lues; i++)
        ligne_lire(ctx, &c, i, &t[i]);
    doublons(&c, t, out->lues);
    bool ok = c.ok && acte_debut(&a, ctx);
    if (ok) {
        for (size_t i = 0; ok && i < out->lues; i++)
            ok = rangee_verser(&a, f, &t[i], out);
        ok = acte_fin(&a, ok);
    }
    memoire_free(t);
    return ok;
}

/* --- taken back --------------------------------------------------------------------------------------------------------- */

static int encaissement_trouver(struct contexte *ctx, int64_t fait, struct encaissement *out, bool *retire)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select commande, paiement, montant, le, retire_par is not null from encaissement where fait = ?1", ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, fait);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1) {
        *out = (struct encaissement){.commande = sqlite3_column_int64(s, 0), .paiement = (enum paiement)sqlite3_column_int(s, 1),
                                     .montant = montant_of(sqlite3_column_int64(s, 2)), .le = {sqlite3_column_int(s, 3)}};
        *retire = sqlite3_column_int(s, 4) != 0;
    } else if (la == 0) {
        diag_a_faire(diag_erreur(ctx->diags, E_INCONNU, "l'entrée %lld n'est pas un encaissement", (long long)fait), "voir les encaissements : sons encaissement lister");
    }
    sqlite3_finalize(s);
    return la;
}

bool acte_encaissement_retirer(struct contexte *ctx, int64_t entree, const char *motif, bool *deja_retire)
{
    struct encaissement e;
    struct acte a;
    struct fait f;
    if (!acte_debut(&a, ctx))
        return false;
    bool ok = encaissement_trouver(ctx, entree, &e, deja_retire) == 1;
    if (ok && !*deja_retire) {
        fait_init(&f, FAIT_ENCAISSEMENT_RETIRE);
        fait_put_n(&f, ER_COMMANDE, e.commande);
        fait_put_n(&f, ER_ENCAISSEMENT, entree);
        fait_put_texte(&f, ER_PAIEMENT, paiement_nom(e.paiement));
        fait_put_montant(&f, ER_MONTANT, e.montant);
        fait_put_jour(&f, ER_LE, e.le);
        fait_put_texte(&f, ER_MOTIF, motif);
        ok = acte_fait(&a, &f, (struct slice){NULL, 0});
    }
    return acte_fin(&a, ok);
}
