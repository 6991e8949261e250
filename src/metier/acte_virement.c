/* One transfer for many requests: recorded once, attributed to those that the user names, never guessed. */
#include <string.h>

#include "metier/actes.h"
#include "metier/argent.h"
#include "metier/commande_contenu.h"
#include "metier/feuilles.h"
#include "metier/virement_interne.h"

/* --- recording ---------------------------------------------------------------------------------------------------------- */

struct virement_lu {
    uint32_t fournisseur;
    struct montant montant;
    struct jour le;
    struct slice reference;
};

static bool lire(struct contexte *ctx, struct feuille *f, struct virement_lu *out)
{
    size_t n;
    struct cellules c = {f, feuille_champs(FEUILLE_VIREMENTS, &n), ctx->diags, feuille_saine(f)};
    *out = (struct virement_lu){cellule_siren_de(&c, 0, VM_FOURNISSEUR), cellule_montant_de(&c, 0, VM_MONTANT), cellule_jour_de(&c, 0, VM_DATE),
                                cellule_texte_de(&c, 0, VM_REFERENCE)};
    cellule_exiger(&c, 0, VM_MONTANT);
    cellule_exiger(&c, 0, VM_DATE);
    (void)cellule_passee(ctx, &c, 0, VM_DATE, out->le);
    if (montant_present(out->montant) && out->montant.centimes == 0)
        cellule_faute(&c, E_MONTANT, 0, VM_MONTANT, "un virement nul ne se reçoit pas");
    if (feuille_valeur(f, 0, VM_FOURNISSEUR).len == 0)
        out->fournisseur = registre_editeur(ctx->registre);
    if (feuille_valeur(f, 0, VM_FOURNISSEUR).len == 0 && out->fournisseur == 0)
        diag_a_faire(cellule_faute(&c, E_OBLIGATOIRE, 0, VM_FOURNISSEUR, "à quel fournisseur l'ASP a-t-elle payé ?"), "donner --fournisseur SIREN");
    return c.ok;
}

static int connu(struct contexte *ctx, const struct virement_lu *v, int64_t *entree)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select fait from virement where fournisseur = ?1 and le = ?2 and montant = ?3 and reference = ?4", ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, v->fournisseur);
    lier_n(s, 2, v->le.n);
    lier_n(s, 3, v->montant.centimes);
    lier_slice(s, 4, v->reference.len == 0 ? slice_of("") : v->reference);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1)
        *entree = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return la;
}

bool acte_virement_enregistrer(struct contexte *ctx, struct feuille *f, struct virement_rapport *out)
{
    struct virement_lu v;
    struct acte a;
    struct fait fait;
    *out = (struct virement_rapport){0};
    if (!lire(ctx, f, &v) || !acte_debut(&a, ctx))
        return false;
    const int la = connu(ctx, &v, &out->entree);
    bool ok = la >= 0;
    out->deja = la == 1;
    if (la == 0) {
        out->entree = journal_prochain(ctx->registre);
        fait_init(&fait, FAIT_VIREMENT_RECU);
        fait_put_siren(&fait, VR_FOURNISSEUR, v.fournisseur);
        fait_put_jour(&fait, VR_LE, v.le);
        fait_put_montant(&fait, VR_MONTANT, v.montant);
        fait_put_slice(&fait, VR_REFERENCE, v.reference);
        ok = acte_fait(&a, &fait, (struct slice){NULL, 0});
    }
    out->montant = v.montant;
    return acte_fin(&a, ok);
}

/* --- attributing -------------------------------------------------------------------------------------------------------- */

static bool assez(struct contexte *ctx, int64_t entree, const struct proposition *p, struct montant reste)
{
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX];
    struct montant somme = montant_of(0);
    for (size_t i = 0; i < p->n; i++)
        if (!montant_add(somme, p->parts[i].montant, &somme))
            return false;
    if (somme.centimes <= reste.centimes)
        return true;
    struct diag *d = diag_erreur(ctx->diags, E_CONTRADICTION, "il ne reste pas assez du virement pour ces demandes");
    diag_trouve(d, "%s pour elles", montant_fr(somme, t));
    diag_attendu(d, "au plus %s", montant_fr(reste, u));
    diag_a_faire(d, "en nommer moins ; une demande payée en partie : sons virement ventiler %lld COMMANDE=MONTANT", (long long)entree);
    return false;
}

static bool attribuer(struct acte *a, const struct virement *v, const struct proposition *p, struct virement_rapport *out)
{
    bool ok = assez(a->ctx, out->entree, p, out->reste);
    for (size_t i = 0; ok && i < p->n; i++) {
        const struct encaissement e = {p->parts[i].commande, p->parts[i].paiement, p->parts[i].montant, v->le, slice_of(v->reference), out->entree};
        ok = encaissement_ecrire(a, &e) && montant_add(out->ventile, e.montant, &out->ventile) && montant_sub(out->reste, e.montant, &out->reste);
    }
    return ok;
}

/* What each part named leaves due, or gives in excess. */
static bool dire_parts(struct contexte *ctx, const struct proposition *nommees)
{
    bool ok = true;
    for (size_t i = 0; ok && i < nommees->n; i++)
        ok = encaissement_dire(ctx, NULL, nommees->parts[i].commande, nommees->parts[i].numero, nommees->parts[i].paiement);
    return ok;
}

bool acte_virement_ventiler(struct contexte *ctx, int64_t entree, size_t rang, const struct part_nommee *parts, size_t n, struct virement_rapport *out)
{
    struct propositions p = {0};
    struct virement v;
    struct dus dus = {0};
    struct proposition nommees = {0};
    struct acte a;
    *out = (struct virement_rapport){.entree = entree};
    if (!acte_debut(&a, ctx))
        return false;
    bool ok = virement_trouver(ctx, entree, &p.arene, &v, out) && dus_lire(ctx, &v, &p.arene, &dus);
    const struct proposition *choisie = &nommees;
    if (ok && rang != 0) {
        propositions_faire(&dus, out->reste, &p);
        ok = rang <= p.n;
        if (ok)
            choisie = &p.items[rang - 1];
        else
            diag_a_faire(diag_erreur(ctx->diags, E_INCONNU, "il n'y a pas de proposition %zu", rang), "sons virement proposer %lld", (long long)entree);
    } else if (ok) {
        ok = parts_nommees(ctx, &v, &dus, parts, n, &p.arene, &nommees);
    }
    ok = ok && attribuer(&a, &v, choisie, out) && dire_parts(ctx, &nommees);
    ok = acte_fin(&a, ok);
    memoire_free(dus.items);
    propositions_free(&p);
    return ok;
}
