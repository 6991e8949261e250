/* Ordre de recouvrer issued by ASP, and what the éditeur repaid. */
#include "metier/actes.h"
#include "metier/argent.h"
#include "metier/commande_contenu.h"
#include "metier/feuilles.h"
#include "metier/piece_lue.h"
#include "registre/vie_lire.h"

static const struct {
    enum acte_commande acte;
    enum fait_type fait;
    enum fait_champ commande, le, montant, reference, piece;
    enum piece_role role;
    const char *deja;
} formes[] = {
    [SOMME_ORDRE] = {ACTE_RECOUVRER, FAIT_ORDRE_DE_RECOUVRER, OR_COMMANDE, OR_LE, OR_MONTANT, OR_REFERENCE, OR_PIECE, PIECE_ORDRE_DE_RECOUVRER,
                     "select 1 from ordre_de_recouvrer where commande = ?1 and le = ?2 and montant = ?3 and reference = ?4"},
    [SOMME_REVERSEMENT] = {ACTE_REVERSER, FAIT_REVERSEMENT_EFFECTUE, RE_COMMANDE, RE_LE, RE_MONTANT, RE_REFERENCE, RE_PIECE, PIECE_REVERSEMENT,
                           "select 1 from reversement where commande = ?1 and le = ?2 and montant = ?3 and reference = ?4"},
};

struct somme_lue {
    struct montant montant;
    struct jour le;
    struct slice reference;
};

static int deja(struct contexte *ctx, enum somme quoi, int64_t commande, const struct somme_lue *m)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, formes[quoi].deja, ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, commande);
    lier_n(s, 2, m->le.n);
    lier_n(s, 3, m->montant.centimes);
    lier_slice(s, 4, m->reference.len == 0 ? slice_of("") : m->reference);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    sqlite3_finalize(s);
    return la;
}

static bool ecrire(struct acte *a, enum somme quoi, int64_t commande, const struct somme_lue *m, const struct piece_lue *p)
{
    struct buffer piece = {0};
    struct fait f;
    fait_init(&f, formes[quoi].fait);
    fait_put_n(&f, formes[quoi].commande, commande);
    fait_put_jour(&f, formes[quoi].le, m->le);
    fait_put_montant(&f, formes[quoi].montant, m->montant);
    fait_put_slice(&f, formes[quoi].reference, m->reference);
    if (p->octets.len > 0) {
        piece_ref_ecrire(&p->ref, &piece);
        fait_put_slice(&f, formes[quoi].piece, (struct slice){piece.bytes, piece.len});
    }
    const bool ok = (p->octets.len == 0 || piece_enregistrer(a->ctx->registre, &p->ref.empreinte, p->octets.bytes, p->octets.len, a->ctx->diags)) &&
                    acte_fait(a, &f, (struct slice){NULL, 0});
    buffer_free(&piece);
    return ok;
}

/* A renounced order takes money back, when it was ever paid. */
static bool jamais_payee(struct contexte *ctx, const struct commande_etat *e)
{
    struct buffer faits = {0}, possibles = {0};
    if (commande_etapes(ctx, e->commande, &faits)) {
        struct diag *d = diag_erreur(ctx->diags, E_ETAT, "commande %s : rien à reverser, l'ASP n'a payé aucune avance ; elle est %s", e->numero, etat_label(e->etat));
        diag_trouve(d, "%s", faits.bytes);
        actes_possibles(e->etat, &possibles);
        diag_a_faire(d, "ce qui se peut encore : %s", possibles.bytes);
    }
    buffer_free(&faits);
    buffer_free(&possibles);
    return false;
}

/* Money cannot go back before it came. */
static bool apres_paiement(struct contexte *ctx, const struct commande_etat *e, const struct somme_lue *m, const struct vie *v)
{
    char t[JOUR_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    if (v->avance.statut != STATUT_PAYEE)
        return jamais_payee(ctx, e);
    const struct jour paye = instant_jour(v->avance.statut_le);
    if (jour_cmp(m->le, paye) >= 0)
        return true;
    struct diag *d = diag_erreur(ctx->diags, E_DATE, "commande %s : l'avance n'était pas encore payée", e->numero);
    diag_trouve(d, "le %s", jour_fr(m->le, t));
    diag_attendu(d, "au plus tôt le %s", jour_fr(paye, u));
    return false;
}

static bool verser(struct acte *a, enum somme quoi, int64_t commande, const struct somme_lue *m, const struct piece_lue *p, struct somme_rapport *out)
{
    const struct instant toujours = {INT64_MAX};
    struct arene arene = {0};
    struct commande_etat e;
    struct vie v;
    const int connue = deja(a->ctx, quoi, commande, m);
    bool ok = connue >= 0 && commande_etat_lire(a->ctx, commande, &arene, &e);
    out->deja = connue == 1;
    if (ok && connue == 0)
        ok = commande_permet(a->ctx, &e, formes[quoi].acte) && vie_lire(a->ctx->registre, commande, toujours, &v, a->ctx->diags) &&
             apres_paiement(a->ctx, &e, m, &v) && ecrire(a, quoi, commande, m, p);
    ok = ok && vie_lire(a->ctx->registre, commande, toujours, &v, a->ctx->diags);
    out->montant = m->montant;
    out->a_reverser = v.argent.a_reverser;
    out->reverse = v.argent.reverse;
    arene_free(&arene);
    return ok;
}

bool acte_somme(struct contexte *ctx, enum somme quoi, int64_t commande, struct feuille *f, struct somme_rapport *out)
{
    size_t n;
    struct cellules c = {f, feuille_champs(FEUILLE_SOMMES, &n), ctx->diags, feuille_saine(f)};
    const struct somme_lue m = {cellule_montant_de(&c, 0, Y_MONTANT), cellule_jour_de(&c, 0, Y_DATE), cellule_texte_de(&c, 0, Y_REFERENCE)};
    struct piece_lue p = {{0}, {0}};
    struct acte a;
    *out = (struct somme_rapport){0};
    cellule_exiger(&c, 0, Y_MONTANT);
    cellule_exiger(&c, 0, Y_DATE);
    (void)cellule_passee(ctx, &c, 0, Y_DATE, m.le);
    if (montant_present(m.montant) && m.montant.centimes == 0)
        cellule_faute(&c, E_MONTANT, 0, Y_MONTANT, "une somme nulle ne se reverse pas");
    char *chemin = piece_chemin(&c, 0, Y_PIECE);
    bool ok = chemin == NULL || piece_lire(chemin, FICHIER_LIENS_SUIVIS, formes[quoi].role, &p, ctx->diags);
    ok = c.ok && ok && acte_debut(&a, ctx);
    if (ok)
        ok = acte_fin(&a, verser(&a, quoi, commande, &m, &p, out));
    memoire_free(chemin);
    buffer_free(&p.octets);
    return ok;
}
