#include "metier/corriger.h"

#include <stdlib.h>
#include <string.h>

#include "metier/commande_fait.h"
#include "registre/base.h"
#include "registre/contenu.h"
#include "registre/dossier_charger.h"
#include "regles/bareme.h"
#include "noyau/tri.h"

struct prevue {
    int64_t commande;
    const struct commande_lue *o;
    size_t debut, len; /* text of the fact */
};
struct chantier {
    struct corriger *k;
    struct arene arene;
    struct buffer textes, constats;
    struct prevue *t;      /* corrections, then requests made again, each sorted by order */
    size_t n, cap, n_corrections;
    struct correction_a_faire *demandes; /* orders whose request is made again */
    size_t n_demandes;
    struct montant *montants;
    int64_t *numeros;
    int64_t premier;
    bool refuse;
};

bool piece_garder(struct contexte *ctx, const struct commandes_lues *lues, const struct commande_lue *o)
{
    const int connue = piece_connue(ctx->registre, &o->piece_ref.empreinte, ctx->diags);
    if (connue != 0)
        return connue == 1;
    struct buffer b = {0};
    const bool ok = reserve_lire(&lues->reserve, o->piece_place, o->piece_ref.taille, &b, ctx->diags) &&
                    piece_enregistrer(ctx->registre, &o->piece_ref.empreinte, b.bytes, b.len, ctx->diags);
    buffer_free(&b);
    return ok;
}

bool commande_homonyme(struct contexte *ctx, struct slice numero, uint32_t fournisseur, int64_t sauf, int64_t *fait)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select fait from commande where numero = ?1 and fournisseur = ?2 and fait <> ?3",
                                    ctx->diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, numero);
    lier_n(s, 2, fournisseur);
    lier_n(s, 3, sauf);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    *fait = la == 1 ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return la >= 0;
}

/* --- is it allowed ----------------------------------------------------------------------------------------------- */

bool correction_admise(struct corriger *k, const struct fusion *x)
{
    if (!commande_permet(k->ctx, &x->etat, x->rectifiees > 0 || k->motif_garde ? ACTE_RECTIFIER : ACTE_COMPLETER))
        return false;
    if (x->rectifiees == 0 || k->motif != NULL)
        return true;
    fusion_dire(k->ctx, k->f, x, true);
    return false;
}

/* Another order has that number; the signature no longer follows that of the order it replaced; no amount for the request. */
static bool contenu_possible(struct chantier *h, const struct fusion *x)
{
    struct contexte *ctx = h->k->ctx;
    const struct slice numero = fait_slice(&x->apres, CE_NUMERO);
    const struct jour signature = fait_jour(&x->apres, CE_DATE_SIGNATURE);
    int64_t autre, avant = 0;
    char sql[128];
    if (!commande_homonyme(ctx, numero, (uint32_t)fait_n(&x->apres, CE_FOURNISSEUR), x->etat.commande, &autre))
        return false;
    if (autre != 0)
        diag_erreur(ctx->diags, E_CONTRADICTION, "commande %s : le numéro %.*s est déjà celui d'une autre commande du même fournisseur",
                    x->etat.numero, (int)numero.len, numero.bytes);
    (void)sqlite3_snprintf(sizeof sql, sql, "select max(date_signature) from commande where remplacee_par = %lld", (long long)x->etat.commande);
    if (x->etat.remplace && !registre_entier(ctx->registre, sql, 0, &avant, ctx->diags))
        return false;
    const bool signee = !x->etat.remplace || (jour_present(signature) && signature.n >= avant);
    if (!signee)
        diag_erreur(ctx->diags, E_CHRONOLOGIE, "commande %s : elle en remplace une autre, elle ne peut pas être signée avant elle, ni ne pas l'être",
                    x->etat.numero);
    return autre == 0 && signee;
}

/* The request that waits for its lot follows the amount; it cannot when there is none any more. */
static bool demande_prevoir(struct chantier *h, const struct fusion *x, const struct commande_lue *o)
{
    struct contexte *ctx = h->k->ctx;
    struct montant avance, solde;
    if (x->etat.demande == 0 || x->etat.etat != ETAT_AVANCE_DEMANDEE)
        return true; /* none, or one that ASP sent back: asked again, it follows the amount then */
    const struct jour signature = fait_jour(&x->apres, CE_DATE_SIGNATURE);
    const struct montant ttc = fait_montant(&x->apres, CE_MONTANT_TTC);
    if (!montant_present(ttc) || !avance_calculer(ctx->parametres, ttc, signature, &avance, &solde)) {
        diag_erreur(ctx->diags, E_ETAT, "commande %s : l'avance est demandée (demande %lld), la rectification lui ôterait son montant",
                    x->etat.numero, (long long)x->etat.demande);
        return false;
    }
    if (avance.centimes == x->etat.avance.centimes)
        return true;
    h->demandes[h->n_demandes] = (struct correction_a_faire){x->etat.commande, o};
    h->numeros[h->n_demandes] = x->etat.demande;
    h->montants[h->n_demandes++] = avance;
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX];
    struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                "commande %s : la demande d'avance %lld, pas encore émise, est refaite : %s au lieu de %s", x->etat.numero,
                                (long long)x->etat.demande, montant_fr(avance, t), montant_fr(x->etat.avance, u));
    diag_source(d, "30 %% du TTC : AVA-02");
    return true;
}

/* --- first pass: facts, projected -------------------------------------------------------------------------------- */

static bool prevoir(struct chantier *h, const struct fait *f, int64_t commande, const struct commande_lue *o)
{
    struct contexte *ctx = h->k->ctx;
    h->t = memoire_grow(h->t, &h->cap, h->n + 1, sizeof *h->t);
    struct prevue *p = &h->t[h->n];
    *p = (struct prevue){commande, o, h->textes.len, 0};
    fait_ecrire(f, &h->textes);
    p->len = h->textes.len - p->debut;
    return projeter(h->k->acte->p, h->premier + (int64_t)h->n++, f, ctx->diags);
}

static bool nom_engager(struct chantier *h, struct fusion *x, const struct commande_lue *o)
{
    char hex[EMPREINTE_HEX];
    if (!x->nom_change)
        return true;
    if (!personne_enregistrer(h->k->ctx->registre, h->premier + (int64_t)h->n, "signataire", o->signataire, hex, h->k->ctx->diags))
        return false;
    fait_put_slice(&x->apres, CE_SIGNATAIRE, (struct slice){arene_strndup(&h->arene, hex, EMPREINTE_HEX - 1), EMPREINTE_HEX - 1});
    return true;
}

static bool correction_prevoir(struct chantier *h, struct fusion *x, const struct commande_lue *o)
{
    struct corriger *k = h->k;
    struct fait f;
    fusion_dire(k->ctx, k->f, x, false);
    if (!contenu_possible(h, x) || !demande_prevoir(h, x, o)) {
        h->refuse = true; /* the faults of the other orders are told too */
        return k->ctx->diags->pire < SORTIE_ENVIRONNEMENT;
    }
    if (!nom_engager(h, x, o) || (x->piece_change && !piece_garder(k->ctx, k->lues, o)))
        return false;
    const bool rectifie = x->rectifiees > 0 || k->motif_garde;
    fait_init(&f, rectifie ? FAIT_COMMANDE_RECTIFIEE : FAIT_COMMANDE_COMPLETEE);
    fait_put_n(&f, rectifie ? CX_COMMANDE : CO_COMMANDE, x->etat.commande);
    fait_put_instant(&f, rectifie ? CX_LE : CO_LE, k->ctx->le);
    fait_put_n(&f, rectifie ? CX_IMPORT : CO_IMPORT, k->import);
    if (rectifie)
        fait_put_texte(&f, CX_MOTIF, k->motif);
    contenu_mettre(&f, rectifie ? CX_CONTENU : CO_CONTENU, &x->apres, &h->arene);
    k->rectifiees += rectifie;
    k->completees += !rectifie;
    return prevoir(h, &f, x->etat.commande, o);
}

static bool corrections_projeter(struct chantier *h, const struct correction_a_faire *t, size_t n)
{
    struct corriger *k = h->k;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct fusion x;
        arene_reset(&h->arene);
        ok = commande_fusionner(k->ctx, k->f, t[i].o, t[i].commande, k->mode, k->vider, &h->arene, &x) &&
             correction_prevoir(h, &x, t[i].o);
        fusion_free(&x);
    }
    h->n_corrections = h->n;
    return ok;
}

static bool demandes_projeter(struct chantier *h)
{
    for (size_t i = 0; i < h->n_demandes; i++) {
        struct fait f;
        fait_init(&f, FAIT_AVANCE_DEMANDEE);
        fait_put_n(&f, AD_COMMANDE, h->demandes[i].commande);
        fait_put_n(&f, AD_DEMANDE, h->numeros[i]);
        fait_put_montant(&f, AD_MONTANT, h->montants[i]);
        fait_put_instant(&f, AD_LE, h->k->ctx->le);
        if (!prevoir(h, &f, h->demandes[i].commande, h->demandes[i].o))
            return false;
    }
    h->k->demandes_refaites = h->n_demandes;
    return true;
}

/* --- second pass: judged, written -------------------------------------------------------------------------------- */

struct lieux {
    struct corriger *k;
    const struct commande_lue *o;
};

static struct lieu lieu_du_constat(void *ctx, const struct constat *c)
{
    const struct lieux *l = ctx;
    return commande_lieu(l->k->f, l->o, c);
}

static bool ecrire(struct chantier *h, const struct prevue *p, const struct dossier *d, bool dire)
{
    struct corriger *k = h->k;
    struct jugement j;
    struct lieux l = {k, p->o};
    if (k->import)
        juger_import(k->ctx, d, &h->arene, &j);
    else
        juger(k->ctx, d, &h->arene, &j);
    if (dire) {
        compter_verdict(&k->compte, &j.bilan);
        jugement_dire(k->ctx, d, &j, false, k->ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, feuille_est_fichier(k->f) ? lieu_du_constat : NULL, &l);
    }
    buffer_clear(&h->constats);
    jugement_ecrire(&j, &h->constats);
    return journal_append(k->ctx->registre, (struct slice){h->textes.bytes + p->debut, p->len},
                          (struct slice){h->constats.bytes, h->constats.len}, k->ctx->diags);
}

/* The facts de … a of the list, in one walk: their orders are sorted. */
static bool juger_prevues(struct chantier *h, size_t de, size_t a, bool dire)
{
    struct contexte *ctx = h->k->ctx;
    if (de == a)
        return true;
    const struct chargeur_choix choix = {.de = h->t[de].commande, .a = h->t[a - 1].commande};
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->maintenant, ctx->calendrier, ctx->diags);
    struct dossier d;
    int lu = c != NULL && chargeur_ouvrir(c, &choix, ctx->diags) ? 1 : -1;
    for (arene_reset(&h->arene); lu == 1 && de < a && (lu = chargeur_suivant(c, &h->arene, &d, ctx->diags)) == 1; arene_reset(&h->arene))
        if (d.fait == h->t[de].commande && !ecrire(h, &h->t[de++], &d, dire))
            lu = -1;
    chargeur_free(c);
    return lu >= 0 && de == a;
}

static int cmp_commande(const void *a, const void *b)
{
    const struct correction_a_faire *x = a, *y = b;
    return x->commande < y->commande ? -1 : x->commande > y->commande;
}

bool corriger_projeter(struct corriger *k, int64_t premier, struct correction_a_faire *t, size_t n)
{
    struct chantier *h = k->chantier = memoire_calloc(1, sizeof *h);
    *h = (struct chantier){.k = k, .premier = premier, .demandes = memoire_calloc(n + 1, sizeof *h->demandes),
                           .montants = memoire_calloc(n + 1, sizeof *h->montants), .numeros = memoire_calloc(n + 1, sizeof *h->numeros)};
    if (n > 0)
        trier_liste(t, n, sizeof *t, cmp_commande);
    return corrections_projeter(h, t, n) && !h->refuse && demandes_projeter(h);
}

bool corriger_ecrire(struct corriger *k)
{
    struct chantier *h = k->chantier;
    return juger_prevues(h, 0, h->n_corrections, true) && juger_prevues(h, h->n_corrections, h->n, false);
}

void corriger_free(struct corriger *k)
{
    struct chantier *h = k->chantier;
    if (h == NULL)
        return;
    arene_free(&h->arene);
    buffer_free(&h->textes);
    buffer_free(&h->constats);
    memoire_free(h->t);
    memoire_free(h->demandes);
    memoire_free(h->montants);
    memoire_free(h->numeros);
    memoire_free(h);
    k->chantier = NULL;
}
