/* An answer of ASP entered by mistake, taken back: the life of its order is as if it had never been given. What was done since, and could
 * not have been without it, holds it (regles/retrait.h): a request made again, a balance, a cancellation would stand on nothing. */
#include "metier/commande_contenu.h"
#include "metier/entree.h"
#include "metier/retours.h"
#include "metier/transaction.h"
#include "registre/vie_lire.h"
#include "regles/retrait.h"

struct retrait {
    struct contexte *ctx;
    int64_t fait;               /* the answer */
    const struct commande_etat *etat;
    struct evenement *t;        /* life of its order, sorted as it is folded; owned */
    size_t n;
    const struct evenement *reponse; /* in `t` */
    size_t retenues;            /* facts that rest on it, told */
};

/* The life as it was known when the entry `fait` was written, and the same without the answer. */
static void vies_a(const struct retrait *r, int64_t fait, struct vie *avec, struct vie *sans)
{
    vie_init(avec);
    vie_init(sans);
    for (size_t i = 0; i < r->n; i++) {
        if (r->t[i].fait >= fait)
            continue;
        vie_ajouter(avec, &r->t[i]);
        if (r->t[i].fait != r->fait)
            vie_ajouter(sans, &r->t[i]);
    }
}

static bool repose(const struct retrait *r, const struct entree *e)
{
    struct vie avec, sans;
    vies_a(r, e->numero, &avec, &sans);
    if (e->fait.type == FAIT_COMMANDE_COMPLETEE)
        return retrait_acte_repose(ACTE_COMPLETER, &avec, &sans);
    if (e->fait.type == FAIT_COMMANDE_RECTIFIEE)
        return retrait_acte_repose(ACTE_RECTIFIER, &avec, &sans);
    for (size_t i = 0; i < r->n; i++)
        if (r->t[i].fait == e->numero)
            return retrait_repose(r->reponse, &r->t[i], &avec, &sans);
    return false;
}

/* The first says the state as well, the facts that led there and what it allows. */
static void refuser(struct retrait *r, const char *quoi, const char *remede)
{
    struct buffer faits = {0}, possibles = {0};
    struct diag *d = diag_erreur(r->ctx->diags, E_ETAT, "commande %s : « %s » ne se peut pas, cette réponse a eu une suite : %s", r->etat->numero,
                                 acte_mot(ACTE_RETIRER_REPONSE), quoi);
    if (r->retenues++ == 0 && commande_etapes(r->ctx, r->etat->commande, &faits)) {
        diag_trouve(d, "elle est %s : %s", etat_label(r->etat->etat), faits.bytes);
        actes_possibles(r->etat->etat, false, &possibles);
        diag_a_faire(d, "%s ; ce qui se peut encore : %s", remede, possibles.bytes);
    } else {
        diag_a_faire(d, "%s", remede);
    }
    buffer_free(&faits);
    buffer_free(&possibles);
}

static bool regarder(void *ctx, const struct entree *e, struct arene *a)
{
    struct retrait *r = ctx;
    struct buffer quoi = {0};
    const char *date = fait_date(&e->fait, a);
    const bool somme = e->fait.type == FAIT_ORDRE_DE_RECOUVRER || e->fait.type == FAIT_REVERSEMENT_EFFECTUE;
    if (e->numero <= r->fait || !repose(r, e))
        return true;
    fait_raconter(&e->fait, &quoi);
    buffer_printf(&quoi, "%s%s (entrée %lld)", *date != '\0' ? ", le " : "", date, (long long)e->numero);
    refuser(r, quoi.bytes, somme ? arene_printf(a, "le retirer d'abord : sons reversement retirer %lld", (long long)e->numero)
                                 : "cela ne se défait pas : dire l'erreur à l'ASP, et la noter");
    buffer_free(&quoi);
    return true;
}

/* Is it in the life of the order still? Finds it, with the rest of that life. False on a fault. */
static bool vie_prendre(struct retrait *r)
{
    r->reponse = NULL;
    if (!vie_evenements(r->ctx->registre, r->etat->commande, &r->t, &r->n, r->ctx->diags))
        return false;
    for (size_t i = 0; i < r->n; i++)
        if (r->t[i].fait == r->fait)
            r->reponse = &r->t[i];
    return true;
}

static bool ecrire(struct acte *a, const struct entree *e, const char *motif)
{
    const struct fait *x = &e->fait;
    struct fait f;
    fait_init(&f, FAIT_REPONSE_RETIREE);
    fait_put_n(&f, RR_COMMANDE, fait_n(x, DR_COMMANDE));
    fait_put_n(&f, RR_REPONSE, e->numero);
    fait_put_slice(&f, RR_PAIEMENT, fait_slice(x, DR_PAIEMENT));
    fait_put_n(&f, RR_DEMANDE, fait_n(x, DR_DEMANDE));
    fait_put_n(&f, RR_VERSION, fait_n(x, DR_VERSION));
    fait_put_slice(&f, RR_STATUT, fait_slice(x, DR_STATUT));
    fait_put_instant(&f, RR_LE, fait_instant(x, DR_LE));
    if (fait_get(x, DR_RETOUR)->present)
        fait_put_n(&f, RR_RETOUR, fait_n(x, DR_RETOUR));
    fait_put_texte(&f, RR_MOTIF, motif);
    return acte_fait(a, &f, (struct slice){NULL, 0});
}

/* What remains, once it is taken back. */
static bool rapporter(struct retrait *r, struct arene *a, struct retrait_rapport *out)
{
    const struct instant toujours = {INT64_MAX};
    struct commande_etat e;
    struct vie v;
    if (!vie_lire(r->ctx->registre, r->etat->commande, toujours, &v, r->ctx->diags) || !commande_etat_lire(r->ctx, r->etat->commande, a, &e))
        return false;
    const struct dossier_demande *d = vie_demande(&v, out->paiement);
    out->numero = e.numero;
    out->etat = e.etat;
    out->en_attente = montant_present(d->paye) || d->statut == STATUT_REJETEE ? montant_of(0) : v.argent.encaisse[out->paiement];
    return true;
}

static bool retirer(struct acte *acte, const struct entree *e, const char *motif, struct arene *a, struct retrait_rapport *out)
{
    struct commande_etat etat;
    struct retrait r = {.ctx = acte->ctx, .fait = e->numero, .etat = &etat};
    const struct slice paiement = fait_slice(&e->fait, DR_PAIEMENT);
    out->paiement = paiement_parse(paiement.bytes, paiement.len);
    bool ok = commande_etat_lire(acte->ctx, fait_n(&e->fait, DR_COMMANDE), a, &etat) && vie_prendre(&r);
    out->deja = ok && r.reponse == NULL;
    if (ok && !out->deja)
        ok = commande_permet(acte->ctx, &etat, ACTE_RETIRER_REPONSE) && histoire_parcourir(acte->ctx, etat.commande, regarder, &r) &&
             r.retenues == 0 && ecrire(acte, e, motif);
    ok = ok && rapporter(&r, a, out);
    memoire_free(r.t);
    return ok;
}

bool acte_retour_retirer(struct contexte *ctx, int64_t entree, const char *motif, struct arene *a, struct retrait_rapport *out)
{
    struct acte acte;
    struct entree e;
    *out = (struct retrait_rapport){.en_attente = montant_of(0), .numero = ""};
    if (!acte_debut(&acte, ctx))
        return false;
    const int la = entree_par_numero(ctx, entree, a, &e);
    const bool reponse = la == 1 && e.fait.type == FAIT_DEMANDE_REPONDUE;
    if (la >= 0 && !reponse)
        diag_a_faire(diag_erreur(ctx->diags, E_INCONNU, "l'entrée %lld n'est pas une réponse de l'ASP", (long long)entree),
                     "voir les entrées de la commande : sons commande voir");
    return acte_fin(&acte, reponse && retirer(&acte, &e, motif, a, out));
}
