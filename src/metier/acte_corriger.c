/* Completing and rectifying one order. */
#include <string.h>

#include "metier/actes.h"
#include "metier/contact_interne.h"
#include "metier/corriger.h"

/* The one ESSMS that values concern: named, or the only one of the order. A number that the order has not replaces its only one. */
static bool essms_viser(struct contexte *ctx, struct commande_lue *o, int64_t commande, struct arene *a)
{
    struct commande_etat e;
    struct fait contenu;
    uint32_t n = 0, i = 0;
    if (!commande_etat_lire(ctx, commande, a, &e) || !contenu_du_fait(ctx, e.contenu, a, &contenu))
        return false;
    const struct essms_lu *t = contenu_essms(&contenu, a, &n);
    const struct essms_lu *vise = &o->essms[0];
    const bool dit = vise->libelle.len > 0 || vise->commune.len > 0 || montant_present(vise->ht_lu);
    while (i < n && t[i].et != vise->et)
        i++;
    if (vise->et == FINESS_ABSENT && !dit)
        o->n_essms = 0;
    else if (vise->et == FINESS_ABSENT && n == 1)
        o->essms[0].et = t[0].et;
    else if (i == n && n != 1) {
        struct diag *d = diag_erreur(ctx->diags, E_OBLIGATOIRE, "commande %s : de quel ESSMS s'agit-il ? Elle en a %u", e.numero, n);
        diag_attendu(d, "--finess-et, l'un des siens");
        diag_a_faire(d, "pour en ajouter, en retirer ou en changer : --fichier, avec toutes ses lignes (sons commande voir %s --format csv)",
                     e.numero);
        return false;
    }
    return true;
}

/* The sheet holds that order and no other. */
static bool feuille_de_la_commande(struct contexte *ctx, const struct commandes_lues *l, int64_t commande, struct arene *a)
{
    struct commande_etat e;
    if (!commande_etat_lire(ctx, commande, a, &e))
        return false;
    if (l->n == 1 && slice_equals(l->items[0].numero, e.numero) &&
        (l->items[0].source[C_FOURNISSEUR] == 0 || l->items[0].fournisseur == e.fournisseur))
        return true;
    struct diag *d = diag_erreur(ctx->diags, E_CONTRADICTION, "la feuille ne porte pas la seule commande %s", e.numero);
    diag_trouve(d, "%zu commandes%s%.*s", l->n, l->n > 0 ? ", dont " : "", l->n > 0 ? (int)l->items[0].numero.len : 0,
                l->n > 0 ? l->items[0].numero.bytes : "");
    diag_a_faire(d, "n'y laisser que les lignes de %s ; pour plusieurs commandes : sons commande importer FEUILLE --rectifier MOTIF", e.numero);
    return false;
}

static void dire_rectification(struct contexte *ctx, const struct fusion *x)
{
    struct diag *d = diag_erreur(ctx->diags, E_DIFFERENT, "commande %s : ce qui est enregistré ne se complète pas, cela se rectifie",
                                 x->etat.numero);
    diag_a_faire(d, "sons commande rectifier %s --motif MOTIF, avec les mêmes valeurs", x->etat.numero);
}

/* Inside the transaction. */
static bool corriger(struct corriger *k, struct correction_a_faire *c, struct arene *a, struct correction_rapport *out)
{
    struct fusion x;
    bool ok = commande_fusionner(k->ctx, k->f, c->o, c->commande, k->mode, k->vider, a, &x);
    out->champs = x.completees + x.rectifiees;
    if (ok && out->champs > 0) {
        ok = correction_admise(k, &x);
        if (!ok && x.rectifiees > 0 && k->motif == NULL && k->ctx->diags->pire == SORTIE_REFUS)
            dire_rectification(k->ctx, &x);
        ok = ok && corriger_projeter(k, journal_prochain(k->ctx->registre), c, 1) && corriger_ecrire(k);
        out->corrigee = ok;
        out->rectifiee = k->rectifiees > 0;
        out->demande_refaite = k->demandes_refaites > 0;
        out->verdict = verdict_pire(&k->compte);
        ok = ok && !(k->ctx->strict && verdicts_bloquants(&k->compte) > 0);
    } else if (ok) { /* nothing to change, but the state is told when it would refuse */
        ok = commande_permet(k->ctx, &x.etat, k->motif != NULL ? ACTE_RECTIFIER : ACTE_COMPLETER);
    }
    if (ok && contact_donne(&c->o->contact)) { /* beside the order, not in it */
        struct contact_a_verser contact = {c->o->contact, c->o->ligne, C_CONTACT_NOM};
        contact.contact.commande = c->commande;
        ok = contacts_des_commandes(k->acte, k->f, &contact, 1, INT64_MAX, &out->contacts);
    }
    fusion_free(&x);
    corriger_free(k);
    return ok;
}

bool acte_commande_corriger(struct contexte *ctx, const struct correction_demandee *d, struct feuille *f, struct correction_rapport *out)
{
    struct commandes_lues lues;
    struct arene a = {0};
    struct acte acte;
    const bool fichier = feuille_est_fichier(f);
    struct corriger k = {.ctx = ctx, .f = f, .acte = &acte, .lues = &lues, .vider = d->vider, .motif = d->motif, .motif_garde = d->motif != NULL,
                         .mode = fichier && d->motif != NULL ? FUSION_EXACTE : FUSION_VALEURS};
    *out = (struct correction_rapport){0};
    bool ok = fichier ? commandes_lire(ctx, f, &lues) : commande_valeurs_lire(ctx, f, &lues);
    ok = ok && acte_date(ctx) &&
         (fichier ? feuille_de_la_commande(ctx, &lues, d->commande, &a) : essms_viser(ctx, &lues.items[0], d->commande, &a));
    if (ok && acte_debut(&acte, ctx)) {
        struct correction_a_faire c = {d->commande, &lues.items[0]};
        if (fichier && lues.items[0].source[C_FOURNISSEUR] == 0)
            lues.items[0].fournisseur = 0;
        ok = acte_fin(&acte, corriger(&k, &c, &a, out));
    } else {
        ok = false;
    }
    arene_free(&a);
    commandes_lues_free(&lues);
    return ok;
}
