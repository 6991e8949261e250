/* Disputes between éditeurs: the mail of ASP, the answer, the end. One fact each, judged. */
#include "metier/litiges.h"

#include <stdio.h>
#include <string.h>

#include "metier/piece_lue.h"
#include "metier/transaction.h"
#include "registre/dossier_charger.h"
#include "registre/litige.h"
#include "regles/cycle.h"

/* --- the piece: bytes with the others, named by the fact alone (it is no piece of the request) ------------------------- */

static bool piece_prendre(struct contexte *ctx, const char *chemin, struct piece_lue *p, struct buffer *ref)
{
    if (chemin == NULL)
        return true;
    if (!piece_lire(chemin, FICHIER_LIENS_SUIVIS, PIECE_AUTRE, p, ctx->diags))
        return false;
    piece_ref_ecrire(&p->ref, ref);
    return true;
}

/* Writes the fact and its piece, in one transaction. */
static bool ecrire(struct contexte *ctx, struct acte *a, const struct fait *f, int64_t commande, const struct piece_lue *p)
{
    return (p->octets.len == 0 || piece_enregistrer(ctx->registre, &p->ref.empreinte, p->octets.bytes, p->octets.len, ctx->diags)) &&
           acte_fait_juge(a, f, commande);
}

/* --- the other order ------------------------------------------------------------------------------------------------- */

/* The order that `contre` names in this registre: 1 one, 0 none, −1 several or a fault (told). */
static int contre_trouver(struct contexte *ctx, const char *contre, int64_t *autre)
{
    int n = 0, la;
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select fait from commande where numero = ?1 or fait in (select commande from reponse where numero_asp = ?1) or (fournisseur <> 0 and "
                                                   "printf('%09d/%s', fournisseur, numero) = ?1)", ctx->diags);
    if (s == NULL)
        return -1;
    lier_slice(s, 1, slice_of(contre));
    while ((la = registre_suivant(ctx->registre, s, ctx->diags)) == 1) {
        *autre = sqlite3_column_int64(s, 0);
        n++;
    }
    sqlite3_finalize(s);
    if (la == 0 && n > 1) {
        diag_erreur(ctx->diags, E_AMBIGU, "%d commandes portent le numéro %s", n, contre);
        return -1;
    }
    return la < 0 ? -1 : n;
}

/* Without --contre: the only other order in force on one of the ESSMS. */
static void contre_deduire(const struct dossier *d, int64_t *autre, char *texte, size_t taille)
{
    const struct autre_commande *seule = NULL;
    char t[10];
    for (uint32_t i = 0; i < d->n_essms; i++)
        for (uint32_t k = 0; k < d->essms[i].n_autres; k++) {
            const struct autre_commande *o = &d->essms[i].autres[k];
            if (!etat_en_vigueur((enum etat_commande)o->etat) || (seule != NULL && seule->fait == o->fait))
                continue;
            if (seule != NULL)
                return;
            seule = o;
        }
    if (seule == NULL)
        return;
    *autre = seule->fait;
    (void)snprintf(texte, taille, seule->fournisseur == 0 ? "%.0s%s" : "%s/%s", siren_texte(seule->fournisseur, t), seule->numero);
}

/* --- the mail ---------------------------------------------------------------------------------------------------------- */

struct ouverture {
    struct contexte *ctx;
    int64_t commande, autre;
    const char *contre;
    struct jour le;
    struct litige_rapport *out;
};

static bool deja_ouvert(struct ouverture *o, bool *refuse)
{
    struct litige_lu l;
    char t[JOUR_TEXTE_MAX];
    const char *cle = *o->out->contre == '\0' ? NULL : o->out->contre;
    if (!litige_ouvert(o->ctx->registre, o->commande, instant_jour(o->ctx->maintenant), cle, &l, o->ctx->diags))
        return false;
    if (l.fait != 0) {
        o->out->deja = jour_cmp(l.le, o->le) == 0;
        *refuse = !o->out->deja;
        if (*refuse) {
            struct diag *d = diag_erreur(o->ctx->diags, E_ETAT, "cette commande est déjà en litige%s%s", *l.contre_texte ? " contre " : "",
                                         l.contre_texte);
            diag_trouve(d, "courrier du %s", jour_fr(l.le, t));
            diag_a_faire(d, "sons litige conclure, ou --contre pour nommer une autre commande");
        }
        memoire_free(l.contre_texte);
    }
    return true;
}

static bool ouvrir(struct ouverture *o, const struct dossier *d)
{
    if (!etat_en_vigueur((enum etat_commande)d->etat)) {
        struct diag *g = diag_erreur(o->ctx->diags, E_ETAT, "la commande %s n'est pas en vigueur : il n'y a pas de litige", d->numero);
        diag_trouve(g, "%s", etat_label((enum etat_commande)d->etat));
        return false;
    }
    if (o->contre == NULL) {
        contre_deduire(d, &o->autre, o->out->contre, sizeof o->out->contre);
        return true;
    }
    if (strlen(o->contre) >= sizeof o->out->contre) {
        diag_erreur(o->ctx->diags, E_VALEUR, "--contre est trop long");
        return false;
    }
    (void)snprintf(o->out->contre, sizeof o->out->contre, "%s", o->contre);
    if (contre_trouver(o->ctx, o->contre, &o->autre) < 0)
        return false;
    if (o->autre == o->commande) {
        diag_erreur(o->ctx->diags, E_VALEUR, "la commande %s n'est pas en litige contre elle-même", d->numero);
        return false;
    }
    return true;
}

static bool ouvrir_ecrire(struct ouverture *o, struct acte *a, const struct piece_lue *p, const struct buffer *ref)
{
    struct fait f;
    fait_init(&f, FAIT_LITIGE_OUVERT);
    fait_put_n(&f, LO_COMMANDE, o->commande);
    fait_put_jour(&f, LO_LE, o->le);
    fait_put_texte(&f, LO_CONTRE, o->out->contre);
    if (o->autre != 0)
        fait_put_n(&f, LO_CONTRE_COMMANDE, o->autre);
    fait_put_slice(&f, LO_PIECE, (struct slice){ref->bytes, ref->len});
    return ecrire(o->ctx, a, &f, o->commande, p);
}

/* Reads the order at the day of the act, under the lock. */
static int commande_lire(struct contexte *ctx, int64_t commande, struct arene *arene, struct dossier *d)
{
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->le, ctx->calendrier, ctx->diags);
    const int lu = c == NULL ? -1 : chargeur_un(c, commande, arene, d, ctx->diags);
    if (lu == 0)
        diag_erreur(ctx->diags, E_INCONNU, "cette commande n'était pas signée à cette date");
    chargeur_free(c);
    return lu;
}

bool acte_litige_ouvrir(struct contexte *ctx, int64_t commande, const char *contre, const char *piece, struct litige_rapport *out)
{
    struct ouverture o = {.ctx = ctx, .commande = commande, .contre = contre, .le = instant_jour(ctx->le), .out = out};
    struct piece_lue p = {0};
    struct buffer ref = {0};
    struct acte a;
    *out = (struct litige_rapport){.limite = litige_limite(ctx, o.le, instant_jour(ctx->maintenant))};
    bool ok = acte_date(ctx) && piece_prendre(ctx, piece, &p, &ref) && acte_debut(&a, ctx);
    if (ok) {
        struct arene arene = {0};
        struct dossier d;
        bool refuse = false;
        ok = commande_lire(ctx, commande, &arene, &d) == 1 && ouvrir(&o, &d) && deja_ouvert(&o, &refuse) && !refuse &&
             (out->deja || ouvrir_ecrire(&o, &a, &p, &ref));
        arene_free(&arene);
        ok = acte_fin(&a, ok);
    }
    buffer_free(&p.octets);
    buffer_free(&ref);
    return ok;
}

/* --- the answer and the end ------------------------------------------------------------------------------------------------- */

/* The dispute that the act speaks of. */
static bool litige_choisir(struct contexte *ctx, int64_t commande, const char *contre, struct litige_lu *l, struct litige_rapport *out)
{
    int64_t fini = 0;
    char sql[96];
    *out = (struct litige_rapport){.limite = JOUR_ABSENT};
    if (!litige_ouvert(ctx->registre, commande, instant_jour(ctx->le), contre, l, ctx->diags))
        return false;
    if (l->fait == 0) {
        struct diag *d = diag_erreur(ctx->diags, E_ETAT, "cette commande n'est pas en litige%s%s à cette date", contre == NULL ? "" : " contre ",
                                     contre == NULL ? "" : contre);
        diag_a_faire(d, "voir les litiges : sons litige lister");
        return false;
    }
    if (l->plusieurs && contre == NULL) {
        diag_a_faire(diag_erreur(ctx->diags, E_AMBIGU, "cette commande est en litige contre plusieurs autres"), "nommer l'autre : --contre");
        return false;
    }
    (void)snprintf(sql, sizeof sql, "select count(*) from litige_fin where litige = %lld", (long long)l->fait);
    if (!registre_entier(ctx->registre, sql, 0, &fini, ctx->diags))
        return false;
    if (fini != 0)
        diag_erreur(ctx->diags, E_ETAT, "ce litige a déjà pris fin, plus tard que cette date");
    out->limite = litige_limite(ctx, l->le, instant_jour(ctx->maintenant));
    (void)snprintf(out->contre, sizeof out->contre, "%s", l->contre_texte);
    return fini == 0;
}

static bool repondre(struct acte *a, int64_t commande, const struct litige_lu *l, enum litige_reponse reponse, const struct piece_lue *p,
                     const struct buffer *ref, struct litige_rapport *out)
{
    struct fait f;
    const struct jour le = instant_jour(a->ctx->le);
    out->hors_delai = jour_present(out->limite) && jour_cmp(le, out->limite) > 0;
    if (strcmp(l->reponse, litige_reponse_nom(reponse)) == 0 && jour_cmp(l->repondu_le, le) == 0) {
        out->deja = true;
        return true;
    }
    fait_init(&f, FAIT_LITIGE_REPONDU);
    fait_put_n(&f, LR_COMMANDE, commande);
    fait_put_n(&f, LR_LITIGE, l->fait);
    fait_put_jour(&f, LR_LE, le);
    fait_put_texte(&f, LR_REPONSE, litige_reponse_nom(reponse));
    fait_put_slice(&f, LR_PIECE, (struct slice){ref->bytes, ref->len});
    return ecrire(a->ctx, a, &f, commande, p);
}

bool acte_litige_repondre(struct contexte *ctx, int64_t commande, enum litige_reponse reponse, const char *contre, const char *piece,
                          struct litige_rapport *out)
{
    struct piece_lue p = {0};
    struct buffer ref = {0};
    struct litige_lu l = {0};
    struct acte a;
    bool ok = acte_date(ctx) && piece_prendre(ctx, piece, &p, &ref) && acte_debut(&a, ctx);
    if (ok)
        ok = acte_fin(&a, litige_choisir(ctx, commande, contre, &l, out) && repondre(&a, commande, &l, reponse, &p, &ref, out));
    memoire_free(l.contre_texte);
    buffer_free(&p.octets);
    buffer_free(&ref);
    return ok;
}

static bool conclure(struct acte *a, int64_t commande, const struct litige_lu *l, bool retenue, const char *motif,
                     const struct piece_lue *p, const struct buffer *ref)
{
    struct fait f;
    fait_init(&f, FAIT_LITIGE_CONCLU);
    fait_put_n(&f, LC_COMMANDE, commande);
    fait_put_n(&f, LC_LITIGE, l->fait);
    fait_put_jour(&f, LC_LE, instant_jour(a->ctx->le));
    fait_put_texte(&f, LC_ISSUE, retenue ? "retenue" : "ecartee");
    fait_put_texte(&f, LC_MOTIF, motif == NULL ? "" : motif);
    fait_put_slice(&f, LC_PIECE, (struct slice){ref->bytes, ref->len});
    return ecrire(a->ctx, a, &f, commande, p);
}

bool acte_litige_conclure(struct contexte *ctx, int64_t commande, bool retenue, const char *contre, const char *motif, const char *piece,
                          struct litige_rapport *out)
{
    struct piece_lue p = {0};
    struct buffer ref = {0};
    struct litige_lu l = {0};
    struct acte a;
    bool ok = acte_date(ctx) && piece_prendre(ctx, piece, &p, &ref) && acte_debut(&a, ctx);
    if (ok)
        ok = acte_fin(&a, litige_choisir(ctx, commande, contre, &l, out) && conclure(&a, commande, &l, retenue, motif, &p, &ref));
    memoire_free(l.contre_texte);
    buffer_free(&p.octets);
    buffer_free(&ref);
    return ok;
}
