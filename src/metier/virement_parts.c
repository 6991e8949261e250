/* What a transfer is attributed to, as the user names it: an order, one request of it, an amount. */
#include <string.h>

#include "metier/commande_contenu.h"
#include "metier/virement_interne.h"
#include "metier/vues.h"

/* --- reading ------------------------------------------------------------------------------------------------------------ */

/* An order may be named with any character: the whole is looked for first. */
static bool nommee_entiere(struct contexte *ctx, const char *texte, struct demande_nommee *out)
{
    struct diag_liste tues = {0}, *const diags = ctx->diags;
    ctx->diags = &tues;
    const bool ok = vue_demande_resoudre(ctx, texte, out);
    ctx->diags = diags;
    diag_vider(&tues);
    return ok;
}

static bool couper_montant(struct contexte *ctx, char *texte, struct montant *out)
{
    char *egal = strrchr(texte, '=');
    *out = MONTANT_ABSENT;
    if (egal == NULL)
        return true;
    *egal = '\0';
    if (montant_parse(slice_trim(slice_of(egal + 1)), out) && out->centimes > 0)
        return true;
    diag_attendu(diag_erreur(ctx->diags, E_MONTANT, "%.100s : le montant « %.40s » ne se lit pas", texte, egal + 1), "une somme, par exemple %.100s=656,99", texte);
    return false;
}

static enum paiement couper_paiement(char *texte)
{
    char *deux_points = strrchr(texte, ':');
    const enum paiement p = deux_points == NULL ? PAIEMENT_AUCUN : paiement_parse(deux_points + 1, strlen(deux_points + 1));
    if (p != PAIEMENT_AUCUN)
        *deux_points = '\0';
    return p;
}

bool part_nommee_lire(struct contexte *ctx, const char *texte, struct part_nommee *out)
{
    struct demande_nommee d = {0};
    *out = (struct part_nommee){.montant = MONTANT_ABSENT};
    bool ok = strpbrk(texte, "=:") != NULL && nommee_entiere(ctx, texte, &d);
    if (!ok) {
        char *copie = memoire_strndup(texte, strlen(texte));
        ok = couper_montant(ctx, copie, &out->montant);
        out->paiement = couper_paiement(copie);
        ok = vue_demande_resoudre(ctx, copie, &d) && ok;
        if (ok && d.paiement != PAIEMENT_AUCUN && out->paiement != PAIEMENT_AUCUN && d.paiement != out->paiement) {
            struct diag *g = diag_erreur(ctx->diags, E_CONTRADICTION, "%.100s : ce numéro de l'ASP est celui de l'autre versement", copie);
            diag_attendu(g, "%s", paiement_nom(d.paiement));
            diag_a_faire(g, "nommer la demande par son seul numéro, ou par sa commande");
            ok = false;
        }
        memoire_free(copie);
    }
    out->commande = d.commande;
    out->demande = d.demande;
    if (d.paiement != PAIEMENT_AUCUN)
        out->paiement = d.paiement;
    return ok;
}

/* --- which requests ----------------------------------------------------------------------------------------------------- */

static bool vise(const struct part_nommee *n, const struct ventilation *d)
{
    return d->commande == n->commande && (n->paiement == PAIEMENT_AUCUN || d->paiement == n->paiement) && (n->demande == 0 || d->demande == n->demande);
}

static struct diag *refuser(struct contexte *ctx, const struct part_nommee *n, enum erreur_code code, const char *quoi)
{
    char *numero = vue_commande_numero(ctx, n->commande);
    struct diag *d = diag_erreur(ctx->diags, code, "commande %s%s%s : %s", numero == NULL ? "" : numero, n->paiement != PAIEMENT_AUCUN ? ", " : "",
                                 paiement_nom(n->paiement), quoi);
    memoire_free(numero);
    return d;
}

static void ajouter(struct contexte *ctx, struct proposition *out, const struct part_nommee *n, const struct ventilation *d)
{
    for (size_t i = 0; i < out->n; i++)
        if (out->parts[i].commande == d->commande && out->parts[i].paiement == d->paiement) {
            diag_a_faire(refuser(ctx, n, E_CONTRADICTION, "la même demande est nommée deux fois"), "la nommer une fois, pour toute sa somme");
            return;
        }
    out->parts[out->n] = *d;
    if (montant_present(n->montant))
        out->parts[out->n].montant = n->montant;
    out->n++;
}

/* Requests of that supplier to which the name may apply, whatever they wait for: their count, the last of them. −1 a fault. */
static int demandes_de(struct contexte *ctx, const struct virement *v, const struct part_nommee *n, struct arene *a, struct ventilation *out)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select d.paiement, d.numero, o.numero from demande d join commande o on o.fait = d.commande "
                                                   "where d.commande = ?1 and coalesce(d.fournisseur, o.fournisseur) = ?2", ctx->diags);
    int la, trouvees = 0;
    if (s == NULL)
        return -1;
    lier_n(s, 1, n->commande);
    lier_n(s, 2, v->fournisseur);
    while ((la = registre_suivant(ctx->registre, s, ctx->diags)) == 1) {
        const struct slice numero = colonne_slice(s, 2);
        const struct ventilation d = {.commande = n->commande, .paiement = (enum paiement)sqlite3_column_int(s, 0), .montant = MONTANT_ABSENT,
                                      .demande = sqlite3_column_int64(s, 1), .numero = arene_strndup(a, numero.bytes, numero.len)};
        if (vise(n, &d)) {
            *out = d;
            trouvees++;
        }
    }
    sqlite3_finalize(s);
    return la < 0 ? -1 : trouvees;
}

static bool encaissable(struct contexte *ctx, int64_t commande)
{
    struct arene tmp = {0};
    struct commande_etat e;
    const bool ok = commande_etat_lire(ctx, commande, &tmp, &e) && commande_permet(ctx, &e, ACTE_ENCAISSER);
    arene_free(&tmp);
    return ok;
}

/* An amount goes to one request: the only one due, else the only one. */
static bool nommer_montant(struct contexte *ctx, const struct virement *v, const struct dus *dus, const struct part_nommee *n, struct arene *a,
                           struct proposition *out)
{
    struct ventilation d = {.montant = MONTANT_ABSENT};
    size_t dues = 0;
    for (size_t i = 0; i < dus->n; i++)
        if (vise(n, &dus->items[i]) && ++dues == 1)
            d = dus->items[i];
    const int combien = dues == 0 ? demandes_de(ctx, v, n, a, &d) : (int)dues;
    if (combien == 0)
        (void)refuser(ctx, n, E_ETAT, "ce fournisseur n'a pas cette demande");
    else if (combien > 1)
        diag_a_faire(refuser(ctx, n, E_CONTRADICTION, "à l'avance ou au solde ?"), "le dire : COMMANDE:avance=MONTANT, ou donner le numéro de l'ASP");
    else if (combien == 1 && encaissable(ctx, n->commande))
        ajouter(ctx, out, n, &d);
    return combien >= 0;
}

/* What it waits for: the payment decided and not received in full. Both due: the advance and the balance, two parts. */
static void nommer_du(struct contexte *ctx, const struct dus *dus, const struct part_nommee *n, struct proposition *out)
{
    bool du = false;
    for (size_t i = 0; i < dus->n; i++)
        if (vise(n, &dus->items[i])) {
            du = true;
            ajouter(ctx, out, n, &dus->items[i]);
        }
    if (!du)
        diag_a_faire(refuser(ctx, n, E_ETAT, "rien à recevoir de ce fournisseur"),
                     "une demande reçoit ce que l'ASP a dit « décidé et payé » ; pour une autre somme, la dire : COMMANDE=MONTANT");
}

bool parts_nommees(struct contexte *ctx, const struct virement *v, const struct dus *dus, const struct part_nommee *parts, size_t n,
                   struct arene *a, struct proposition *out)
{
    bool ok = true;
    out->parts = arene_alloc(a, (2 * n + 1) * sizeof *out->parts);
    for (size_t k = 0; ok && k < n; k++) {
        if (montant_present(parts[k].montant))
            ok = nommer_montant(ctx, v, dus, &parts[k], a, out);
        else
            nommer_du(ctx, dus, &parts[k], out);
    }
    return ok && diag_sans_erreur(ctx->diags);
}
