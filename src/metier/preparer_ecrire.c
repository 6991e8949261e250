/* Documents and sheet of prepared orders. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "metier/actes.h"
#include "metier/feuilles.h"
#include "metier/preparer.h"
#include "noyau/empreinte.h"
#include "noyau/fichier.h"

#define BON_MAX ((size_t)16 << 20)
#define NOM_MAX 80

/* --- documents --------------------------------------------------------------------------------------------------------- */

void bon_nom(const struct prepare *o, struct buffer *b)
{
    char siren[10], hex[EMPREINTE_HEX];
    bool change = o->numero.len > NOM_MAX;
    buffer_printf(b, "bon-%s-", o->fournisseur != 0 ? siren_texte(o->fournisseur, siren) : "inconnu");
    for (size_t i = 0; i < o->numero.len && i < NOM_MAX; i++) {
        const char c = o->numero.bytes[i];
        const bool sure = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
        change = change || !sure;
        buffer_putc(b, sure ? c : '_');
    }
    if (change) { /* two numbers never share a file */
        const struct empreinte e = empreinte_de(o->numero.bytes, o->numero.len);
        buffer_printf(b, "-%.8s", empreinte_hex(&e, hex));
    }
    buffer_puts(b, ".html");
}

/* 1: the same bytes stand there; 0: nothing does; −1: something else, or a fault. */
static int deja_ecrit(const char *chemin, const struct buffer *octets, struct diag_liste *diags)
{
    struct stat st;
    struct buffer b = {0};
    if (lstat(chemin, &st) != 0 && errno == ENOENT)
        return 0;
    const bool lu = fichier_lire(chemin, FICHIER_SANS_LIEN, BON_MAX, &b, diags);
    const bool meme = lu && b.len == octets->len && memcmp(b.bytes, octets->bytes, b.len) == 0;
    buffer_free(&b);
    if (lu && !meme)
        diag_lieu(diag_erreur(diags, E_EXISTE, "un autre document porte ce nom, il n'est pas remplacé"), &(struct lieu){.fichier = chemin});
    return meme ? 1 : -1;
}

static bool fichier_ecrire(const char *chemin, const struct buffer *octets, struct diag_liste *diags)
{
    struct fichier_tmp t;
    if (!fichier_tmp_creer(&t, chemin, diags))
        return false;
    if (fichier_write(t.fd, octets->bytes, octets->len))
        return fichier_tmp_publier(&t, false, diags);
    diag_lieu(diag_erreur(diags, E_ECRITURE, "le fichier ne s'écrit pas : %s", fichier_cause(errno)), &(struct lieu){.fichier = chemin});
    fichier_tmp_abandonner(&t);
    return false;
}

bool bons_ecrire(struct contexte *ctx, const struct preparation *p, const char *dossier, size_t *ecrits)
{
    struct buffer chemin = {0}, html = {0};
    bool ok = true;
    *ecrits = 0;
    if (mkdir(dossier, 0777) != 0 && errno != EEXIST) {
        diag_lieu(diag_erreur(ctx->diags, E_ECRITURE, "le dossier ne peut pas être créé : %s", fichier_cause(errno)), &(struct lieu){.fichier = dossier});
        return false;
    }
    for (size_t i = 0; i < p->n; i++) {
        buffer_clear(&chemin);
        buffer_clear(&html);
        buffer_printf(&chemin, "%s/", dossier);
        bon_nom(&p->items[i], &chemin);
        bon_html(p, &p->items[i], contexte_fictif(ctx), &html);
        const int la = deja_ecrit(chemin.bytes, &html, ctx->diags);
        const bool ecrit = la == 0 && fichier_ecrire(chemin.bytes, &html, ctx->diags);
        *ecrits += ecrit;
        ok = ok && (la == 1 || ecrit);
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
    const bool ok = fichier_ecrire(chemin, &b, ctx->diags);
    buffer_free(&b);
    return ok;
}
