/* Documents and sheet of prepared orders. */
#include <string.h>

#include "metier/actes.h"
#include "metier/feuilles.h"
#include "metier/fichiers.h"
#include "metier/preparer.h"

/* --- documents --------------------------------------------------------------------------------------------------------- */

void bon_nom(const struct prepare *o, struct buffer *b)
{
    char siren[10];
    buffer_printf(b, "bon-%s-", o->fournisseur != 0 ? siren_texte(o->fournisseur, siren) : "inconnu");
    nom_de_fichier(o->numero, b);
    buffer_puts(b, ".html");
}

bool bons_ecrire(struct contexte *ctx, const struct preparation *p, const char *dossier, size_t *ecrits)
{
    struct buffer chemin = {0}, html = {0};
    bool ok = true;
    *ecrits = 0;
    if (!dossier_creer(dossier, ctx->diags))
        return false;
    for (size_t i = 0; i < p->n; i++) {
        buffer_clear(&chemin);
        buffer_clear(&html);
        buffer_printf(&chemin, "%s/", dossier);
        bon_nom(&p->items[i], &chemin);
        bon_html(p, &p->items[i], contexte_fictif(ctx), &html);
        ok = fichier_poser(chemin.bytes, &html, ecrits, ctx->diags) && ok;
    }
    buffer_free(&chemin);
    buffer_free(&html);
    return ok;
}

/* --- sheet ------------------------------------------------------------------------------------------------------------- */

static bool de_l_essms(size_t k)
{
    return k >= C_FINESS_ET && k <= C_COMMUNE;
}

/* What the sheet gave, but for what preparing it settles. False = as given. */
static bool propose(const struct prepare *o, const struct prepare_essms *e, size_t k, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX];
    const struct montant m = k == C_MONTANT_HT ? o->ht : k == C_MONTANT_TVA ? o->tva : k == C_MONTANT_TTC ? o->ttc : MONTANT_ABSENT;
    if (k == C_SIRET_ESSMS || k == C_DATE_SIGNATURE || k == C_PIECE)
        return true;
    if (k == C_FINESS_ET)
        buffer_puts(b, finess_texte(e->et, t));
    else if (k == C_LIBELLE_ESSMS || k == C_COMMUNE)
        csv_ecrire(b, k == C_COMMUNE ? e->commune.bytes : e->nom.bytes, k == C_COMMUNE ? e->commune.len : e->nom.len);
    else if (k == C_FOURNISSEUR && o->fournisseur != 0)
        buffer_puts(b, siren_texte(o->fournisseur, t));
    else if (k == C_FINESS_EJ && o->ej != FINESS_ABSENT)
        buffer_puts(b, finess_texte(o->ej, t));
    else if (k == C_COULOIR && o->couloir != COULOIR_INCONNU)
        buffer_puts(b, couloir_nom(o->couloir));
    else if (k == C_TAUX_TVA && montant_present(o->ht))
        buffer_puts(b, taux_csv(o->taux, t));
    else if (montant_present(m))
        buffer_puts(b, montant_csv(m, t));
    else if (k == C_SOUS_CONDITION && o->source[k] == 0)
        buffer_puts(b, o->sous_condition ? "oui" : "non");
    else if (k == C_MENTION_SEGUR && o->source[k] == 0)
        buffer_puts(b, "oui");
    else
        return false;
    return true;
}

bool preparation_feuille(struct contexte *ctx, const struct preparation *p, struct feuille *f, const char *chemin)
{
    struct buffer b = {0};
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_COMMANDES, &n);
    buffer_puts(&b, "\xef\xbb\xbf");
    for (size_t k = 0; k < n; k++)
        buffer_printf(&b, "%s%s", k > 0 ? ";" : "", champs[k].nom);
    buffer_puts(&b, "\r\n");
    for (size_t i = 0; i < p->n; i++) {
        const struct prepare *o = &p->items[i];
        for (uint32_t j = 0; j < o->n_essms; j++) {
            for (size_t k = 0; k < n; k++) {
                const size_t ligne = de_l_essms(k) ? o->essms[j].ligne : o->source[k] - (size_t)1;
                if (k > 0)
                    buffer_putc(&b, ';');
                if (propose(o, &o->essms[j], k, &b) || (!de_l_essms(k) && o->source[k] == 0))
                    continue;
                const struct slice v = feuille_valeur(f, ligne, k);
                csv_ecrire(&b, v.bytes, v.len);
            }
            buffer_puts(&b, "\r\n");
        }
    }
    const bool ok = fichier_nouveau(chemin, &b, ctx->diags);
    buffer_free(&b);
    return ok;
}
