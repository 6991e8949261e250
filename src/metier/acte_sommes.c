/* Ordre de recouvrer issued by ASP, and what the éditeur repaid. */
#include "metier/actes.h"
#include "metier/argent.h"
#include "metier/commande_contenu.h"
#include "metier/feuilles.h"
#include "metier/piece_lue.h"
#include "metier/reversements.h"
#include "registre/dossier_charger.h"
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
        struct diag *d = diag_erreur(ctx->diags, E_ETAT, "commande %s : rien à reverser, l'ASP n'a rien payé ; elle est %s%s", e->numero, etat_label(e->etat),
                                     commande_en_litige(ctx, e->commande) ? ", et en litige" : "");
        diag_trouve(d, "%s", faits.bytes);
        actes_possibles(e->etat, false, &possibles);
        diag_a_faire(d, "ce qui se peut encore : %s", possibles.bytes);
    }
    buffer_free(&faits);
    buffer_free(&possibles);
    return false;
}

/* Since when something was paid: ASP's decision, or the first sum received without one. Absent when nothing was. False on a fault. */
static bool payee_depuis(struct contexte *ctx, const struct commande_etat *e, const struct vie *v, struct instant *out)
{
    *out = v->avance.statut == STATUT_PAYEE ? v->avance.statut_le : INSTANT_ABSENT;
    if (instant_present(*out) || vie_tout_paye(v).centimes == 0)
        return true;
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select min(le) from vie where commande = ?1 and evenement = ?2 and montant > 0", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, e->commande);
    lier_n(s, 2, EV_ENCAISSEMENT);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1 && sqlite3_column_type(s, 0) != SQLITE_NULL)
        *out = (struct instant){sqlite3_column_int64(s, 0)};
    sqlite3_finalize(s);
    return la >= 0;
}

/* Money cannot go back before it came. */
static bool apres_paiement(struct contexte *ctx, const struct commande_etat *e, const struct somme_lue *m, const struct vie *v)
{
    char t[JOUR_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    struct instant depuis;
    if (!payee_depuis(ctx, e, v, &depuis))
        return false;
    if (!instant_present(depuis))
        return jamais_payee(ctx, e);
    const struct jour paye = instant_jour(depuis);
    if (jour_cmp(m->le, paye) >= 0)
        return true;
    struct diag *d = diag_erreur(ctx->diags, E_CHRONOLOGIE, "commande %s : rien n'était encore payé", e->numero);
    diag_trouve(d, "le %s", jour_fr(m->le, t));
    diag_attendu(d, "au plus tôt le %s", jour_fr(paye, u));
    return false;
}

bool sommes_rapporter(struct contexte *ctx, int64_t commande, const struct vie *v, struct somme_rapport *out)
{
    struct chargeur *ch = chargeur_creer(ctx->registre, ctx->maintenant, ctx->calendrier, ctx->diags);
    struct reversement t[REVERSEMENTS_MAX];
    struct arene arene = {0};
    struct dossier d;
    size_t n = 0;
    const int lu = ch == NULL ? -1 : chargeur_un(ch, commande, &arene, &d, ctx->diags);
    const bool ok = lu >= 0 && (lu == 0 || reversements_de(ctx, &d, &arene, t, &n));
    reversements_sommer(t, n, &out->a_reverser, &out->reste);
    out->reverse = v->argent.reverse;
    out->au_dela = reversements_au_dela(t, n);
    chargeur_free(ch);
    arene_free(&arene);
    return ok;
}

/* What it leaves that nothing asks for: repaid beyond what is due, ordered beyond what was paid. Neither is absorbed. */
static bool dire_au_dela(struct contexte *ctx, int64_t commande, const char *numero, const struct vie *v, struct somme_rapport *out)
{
    const int64_t paye = vie_tout_paye(v).centimes;
    char x[MONTANT_TEXTE_MAX], y[MONTANT_TEXTE_MAX];
    const bool ok = sommes_rapporter(ctx, commande, v, out);
    const struct montant au_dela = out->au_dela;
    if (ok && au_dela.centimes > 0) {
        struct diag *g = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "commande %s : reversé plus que ce qui est dû", numero);
        diag_trouve(g, "%s reversés en tout", montant_fr(v->argent.reverse, x));
        diag_attendu(g, "%s : de trop, %s", montant_fr(montant_of(v->argent.reverse.centimes - au_dela.centimes), x), montant_fr(au_dela, y));
        diag_a_faire(g, "vérifier s'il a été saisi deux fois ; sinon enregistrer l'ordre de recouvrer qui le demande (sons reversement ordonner), ou le dire à l'ASP : "
                        "sans lui, l'avance gardée ne diminue pas");
    }
    if (ok && v->argent.a_reverser.centimes > paye) {
        struct diag *g = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                    "commande %s : les ordres de recouvrer demandent plus que ce qui fut payé", numero);
        diag_trouve(g, "%s ordonnés", montant_fr(v->argent.a_reverser, x));
        diag_attendu(g, "au plus %s : de trop, %s", montant_fr(montant_of(paye), x), montant_fr(montant_of(v->argent.a_reverser.centimes - paye), y));
        diag_a_faire(g, "vérifier le montant et s'il a été saisi deux fois (sons commande voir), sinon le dire à l'ASP");
    }
    return ok;
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
    ok = ok && dire_au_dela(a->ctx, commande, e.numero, &v, out);
    arene_free(&arene);
    return ok;
}

/* Its day alone is kept, and counts at its end: an hour would be lost. */
static void sans_heure(struct cellules *c, struct slice texte)
{
    struct instant instant;
    bool jour;
    if (instant_parse(texte, &instant, &jour) && !jour)
        diag_attendu(cellule_faute(c, E_DATE, 0, Y_DATE, "une heure n'est pas gardée : c'est le jour qui compte, à sa fin"), "une date comme 2022-07-12");
}

bool acte_somme(struct contexte *ctx, enum somme quoi, int64_t commande, struct feuille *f, struct somme_rapport *out)
{
    size_t n;
    struct cellules c = {f, feuille_champs(FEUILLE_SOMMES, &n), ctx->diags, feuille_saine(f)};
    sans_heure(&c, feuille_valeur(f, 0, Y_DATE));
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
