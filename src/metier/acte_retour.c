/* One answer of ASP, by e-mail or read on the portal. */
#include <string.h>

#include "metier/actes.h"
#include "metier/cellules.h"
#include "metier/feuilles.h"
#include "metier/piece_lue.h"
#include "metier/reponses.h"
#include "metier/vues.h"

#define NUMERO_ASP_MAX 64
#define VERSION_MAX 999

static bool meme_mot(const struct buffer *lu, const char *mot)
{
    struct buffer b = {0};
    texte_fold_name(&b, mot, strlen(mot));
    const bool meme = b.len == lu->len && memcmp(b.bytes, lu->bytes, b.len) == 0;
    buffer_free(&b);
    return meme;
}

enum statut_asp cellule_statut_de(struct cellules *c, size_t i, size_t champ)
{
    const struct slice v = feuille_valeur(c->f, i, champ);
    struct buffer lu = {0};
    enum statut_asp trouve = STATUT_AUCUN;
    texte_fold_name(&lu, v.bytes, v.len);
    for (int s = STATUT_RECUE; s < STATUT_NOMBRE && v.len > 0; s++)
        if (meme_mot(&lu, statut_asp_nom((enum statut_asp)s)) || meme_mot(&lu, statut_asp_label((enum statut_asp)s)))
            trouve = (enum statut_asp)s;
    if (v.len > 0 && trouve == STATUT_AUCUN)
        diag_attendu(cellule_faute(c, E_VALEUR, i, champ, "statut inconnu"),
                     "reçue, incomplète, à modifier, validée, décidée et payée ou rejetée");
    buffer_free(&lu);
    return trouve;
}

uint32_t cellule_entier_de(struct cellules *c, size_t i, size_t champ, uint32_t max)
{
    const struct slice v = feuille_valeur(c->f, i, champ);
    uint64_t n = 0;
    bool bon = v.len <= 10;
    for (size_t k = 0; bon && k < v.len; k++) {
        bon = v.bytes[k] >= '0' && v.bytes[k] <= '9';
        n = n * 10 + (uint64_t)(v.bytes[k] - '0');
    }
    if (v.len == 0 || (bon && n >= 1 && n <= max))
        return (uint32_t)n;
    diag_attendu(cellule_faute(c, E_VALEUR, i, champ, "nombre refusé"), "un nombre entier de 1 à %u", max);
    return 0;
}

/* ASP's number is kept as it is written. */
struct slice cellule_numero_asp_de(struct cellules *c, size_t i, size_t champ)
{
    const struct slice v = feuille_valeur(c->f, i, champ);
    if (v.len <= NUMERO_ASP_MAX)
        return v;
    diag_attendu(cellule_faute(c, E_VALEUR, i, champ, "numéro de l'ASP trop long"), "%d octets au plus", NUMERO_ASP_MAX);
    return (struct slice){NULL, 0};
}

bool reponse_nommer(struct reponse_lue *x, const struct demande_nommee *d)
{
    x->commande = d->commande;
    if (d->demande == 0)
        return true;
    if ((x->paiement != PAIEMENT_AUCUN && x->paiement != d->paiement) || (x->demande != 0 && x->demande != d->demande))
        return false;
    x->paiement = d->paiement;
    x->demande = d->demande;
    return true;
}

static bool lire(struct contexte *ctx, const struct demande_nommee *d, struct feuille *f, struct arene *a, struct reponse_lue *x)
{
    size_t n;
    struct cellules c = {f, feuille_champs(FEUILLE_REPONSES, &n), ctx->diags, feuille_saine(f)};
    cellule_exiger(&c, 0, Q_STATUT);
    const struct slice paiement = cellule_mot_de(&c, 0, Q_PAIEMENT, MOTS_PAIEMENT);
    x->statut = cellule_statut_de(&c, 0, Q_STATUT);
    x->paiement = paiement_parse(paiement.bytes, paiement.len);
    x->version = cellule_entier_de(&c, 0, Q_VERSION, VERSION_MAX);
    x->numero_asp = cellule_numero_asp_de(&c, 0, Q_NUMERO_ASP);
    x->montant = cellule_montant_de(&c, 0, Q_MONTANT);
    x->n_motifs = motifs_lire(cellule_texte_de(&c, 0, Q_MOTIF), a, &x->motifs);
    if (!reponse_nommer(x, d))
        diag_attendu(cellule_faute(&c, E_RETOUR, 0, Q_PAIEMENT, "ce numéro de l'ASP est celui de l'autre versement"), "%s", paiement_nom(d->paiement));
    return c.ok;
}

static bool saisir(struct acte *acte, const struct reponse_lue *x, const struct piece_lue *p, struct retour_rapport *out)
{
    struct contexte *ctx = acte->ctx;
    struct reponses r;
    bool ok = reponses_ouvrir(&r, acte, out, 0, journal_prochain(ctx->registre)) &&
              (p->octets.len == 0 || piece_enregistrer(ctx->registre, &p->ref.empreinte, p->octets.bytes, p->octets.len, ctx->diags)) &&
              reponses_ajouter(&r, x) && !r.refuse && reponses_ecrire(&r);
    reponses_fermer(&r);
    return ok;
}

bool acte_retour_saisir(struct contexte *ctx, const struct demande_nommee *d, struct feuille *f, struct retour_rapport *out)
{
    struct reponse_lue x = {0};
    struct piece_lue p = {{0}, {0}};
    struct arene a = {0};
    struct acte acte;
    const struct slice nom = feuille_valeur(f, 0, Q_PIECE);
    *out = (struct retour_rapport){.reponses = 1};
    bool ok = lire(ctx, d, f, &a, &x);
    if (nom.len > 0) {
        ok = piece_lire(arene_strndup(&a, nom.bytes, nom.len), FICHIER_LIENS_SUIVIS, PIECE_REPONSE_ASP, &p, ctx->diags) && ok;
        x.piece = p.ref;
    }
    ok = acte_date(ctx) && ok;
    x.le = ctx->le;
    ok = ok && acte_debut(&acte, ctx);
    if (ok)
        ok = acte_fin(&acte, saisir(&acte, &x, &p, out));
    buffer_free(&p.octets);
    arene_free(&a);
    return ok;
}
