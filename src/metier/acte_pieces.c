/* Pieces joined to an order, attestations of non-cumul. */
#include <string.h>

#include "metier/acte_feuille.h"
#include "metier/cellules.h"
#include "metier/feuilles.h"
#include "metier/juger.h"
#include "metier/piece_lue.h"
#include "metier/reserve.h"
#include "metier/transaction.h"
#include "metier/vues.h"
#include "noyau/fichier.h"
#include "registre/dossier_charger.h"
#include "registre/piece.h"

bool piece_lire(const char *chemin, enum fichier_ouverture mode, enum piece_role role, struct piece_lue *out,
                       struct diag_liste *diags)
{
    if (!fichier_lire(chemin, mode, PIECE_MAX, &out->octets, diags))
        return false;
    if (out->octets.len == 0) {
        diag_erreur(diags, E_PIECE, "la pièce %s est vide", chemin);
        return false;
    }
    out->ref = (struct piece_ref){role, empreinte_de(out->octets.bytes, out->octets.len), out->octets.len,
                                  slice_of(piece_media(out->octets.bytes, out->octets.len))};
    return true;
}

/* Is that piece already joined to that order under that role? −1 = fault. */
static int deja_jointe(struct contexte *ctx, int64_t commande, const struct piece_ref *ref)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select 1 from piece_jointe where commande = ?1 and role = ?2 and empreinte = ?3",
                                    ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, commande);
    lier_n(s, 2, (int64_t)ref->role);
    lier_octets(s, 3, ref->empreinte.octets, sizeof ref->empreinte.octets);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    sqlite3_finalize(s);
    return la;
}

/* The same attestation, of another day than the one recorded? Its date is what the rules read: it is not changed in passing. */
static bool meme_date(struct contexte *ctx, int64_t commande, const struct piece_ref *ref, struct jour date)
{
    char t[JOUR_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select n.date, o.numero from non_cumul n join commande o on o.fait = n.commande "
                                                   "join piece_jointe p on p.commande = n.commande and p.fait = n.fait "
                                                   "where n.commande = ?1 and p.empreinte = ?2 and n.date is not ?3", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    lier_octets(s, 2, ref->empreinte.octets, sizeof ref->empreinte.octets);
    lier_n_ou_null(s, 3, date.n, jour_present(date));
    const int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
        const struct jour avant = sqlite3_column_type(s, 0) == SQLITE_NULL ? JOUR_ABSENT : (struct jour){sqlite3_column_int(s, 0)};
        const struct slice numero = colonne_slice(s, 1);
        struct diag *d = diag_erreur(ctx->diags, E_DIFFERENT, "cette attestation de la commande %.*s est déjà enregistrée, d'une autre date",
                                     (int)numero.len, numero.bytes);
        diag_trouve(d, "%s", jour_fr(date, t));
        diag_attendu(d, "%s", jour_fr(avant, u));
    } else if (rc != SQLITE_DONE) {
        registre_faute(ctx->registre, ctx->diags);
    }
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

bool acte_fait_juge(struct acte *a, const struct fait *f, int64_t commande)
{
    struct contexte *ctx = a->ctx;
    struct arene arene = {0};
    struct buffer texte = {0}, constats = {0};
    struct dossier d;
    struct jugement j;
    bool ok = projeter(a->p, journal_prochain(ctx->registre), f, ctx->diags);
    struct chargeur *c = ok ? chargeur_creer(ctx->registre, ctx->maintenant, ctx->calendrier, ctx->diags) : NULL;
    ok = c != NULL && chargeur_un(c, commande, &arene, &d, ctx->diags) >= 0;
    if (ok) {
        juger(ctx, &d, &arene, &j);
        jugement_ecrire(&j, &constats);
        fait_ecrire(f, &texte);
        ok = journal_append(ctx->registre, (struct slice){texte.bytes, texte.len}, (struct slice){constats.bytes, constats.len},
                            ctx->diags);
    }
    chargeur_free(c);
    arene_free(&arene);
    buffer_free(&texte);
    buffer_free(&constats);
    return ok;
}

bool piece_joindre(struct acte *a, int64_t commande, const struct piece_lue *p, struct jour date_attestation, bool datee, bool *deja)
{
    struct buffer ref = {0};
    struct fait f;
    const int la = deja_jointe(a->ctx, commande, &p->ref);
    *deja = la == 1;
    if (la != 0)
        return la == 1 && (!datee || p->ref.role != PIECE_NON_CUMUL || meme_date(a->ctx, commande, &p->ref, date_attestation));
    piece_ref_ecrire(&p->ref, &ref);
    if (p->ref.role == PIECE_NON_CUMUL) {
        fait_init(&f, FAIT_NON_CUMUL_ATTESTE);
        fait_put_n(&f, NC_COMMANDE, commande);
        fait_put_jour(&f, NC_DATE, date_attestation);
        fait_put_slice(&f, NC_PIECE, (struct slice){ref.bytes, ref.len});
    } else {
        fait_init(&f, FAIT_PIECE_JOINTE);
        fait_put_n(&f, PJ_COMMANDE, commande);
        fait_put_slice(&f, PJ_PIECE, (struct slice){ref.bytes, ref.len});
    }
    const bool ok = piece_enregistrer(a->ctx->registre, &p->ref.empreinte, p->octets.bytes, p->octets.len, a->ctx->diags) &&
                    acte_fait_juge(a, &f, commande);
    buffer_free(&ref);
    return ok;
}

bool acte_commande_joindre(struct contexte *ctx, int64_t commande, enum piece_role role, const char *chemin, bool *deja)
{
    struct acte a;
    struct piece_lue p = {0};
    *deja = false;
    bool ok = piece_lire(chemin, FICHIER_LIENS_SUIVIS, role, &p, ctx->diags) && acte_debut(&a, ctx);
    if (ok) {
        const int64_t premier = journal_prochain(ctx->registre);
        ok = piece_joindre(&a, commande, &p, instant_jour(ctx->le), ctx->le_donne, deja) && pieces_partagees(ctx, premier);
        ok = acte_fin(&a, ok && !(ctx->strict && ctx->soupcons > 0));
    }
    buffer_free(&p.octets);
    return ok;
}

/* --- attestations of non-cumul ------------------------------------------------------------------------------------ */

struct attestation_lue {
    int64_t commande;
    struct jour date;
    char *chemin;
    struct piece_ref ref;
    uint64_t place;        /* in the reserve */
};

char *piece_chemin(struct cellules *c, size_t i, size_t champ)
{
    const struct lieu lieu = feuille_lieu(c->f, i, champ);
    const struct slice nom = feuille_valeur(c->f, i, champ);
    char *chemin = nom.len == 0 ? NULL : feuille_est_fichier(c->f) ? fichier_chemin_relatif(lieu.fichier, nom) : memoire_strndup(nom.bytes, nom.len);
    if (chemin == NULL && nom.len > 0)
        diag_attendu(cellule_faute(c, E_CHEMIN, i, champ, "nom de fichier inacceptable"), "un chemin relatif à la feuille, sans « .. »");
    return chemin;
}

static bool attestation_lire(struct contexte *ctx, struct cellules *c, size_t i, struct attestation_lue *out)
{
    struct demande_nommee d = {0};
    for (size_t k = T_NUMERO; k <= T_PIECE; k++)
        cellule_exiger(c, i, k);
    out->date = cellule_jour_de(c, i, T_DATE);
    out->chemin = piece_chemin(c, i, T_PIECE);
    if (cellule_demande_de(ctx, c, i, T_NUMERO, &d))
        out->commande = d.commande;
    return c->ok;
}

/* Every file is read before the lock is taken. */
static bool attestations_mettre_de_cote(struct contexte *ctx, enum fichier_ouverture mode, struct attestation_lue *t, size_t n,
                                        struct reserve *r)
{
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        struct piece_lue p = {0};
        ok = piece_lire(t[i].chemin, mode, PIECE_NON_CUMUL, &p, ctx->diags) && reserve_mettre(r, &p.octets, &t[i].place, ctx->diags) && ok;
        t[i].ref = p.ref;
        buffer_free(&p.octets);
    }
    return ok;
}

/* One piece in memory at a time. */
static bool attestation_joindre(struct acte *a, const struct reserve *r, const struct attestation_lue *t, size_t *inchangees)
{
    struct piece_lue p = {.ref = t->ref};
    bool deja = false;
    const bool jointe = reserve_lire(r, t->place, t->ref.taille, &p.octets, a->ctx->diags) &&
                        piece_joindre(a, t->commande, &p, t->date, true, &deja);
    *inchangees += deja;
    buffer_free(&p.octets);
    return jointe;
}

static bool attestations_ecrire(struct contexte *ctx, struct feuille *f, struct attestation_lue *t, struct import_rapport *out)
{
    const enum fichier_ouverture mode = feuille_est_fichier(f) ? FICHIER_SANS_LIEN : FICHIER_LIENS_SUIVIS;
    struct reserve r = {0};
    struct acte a;
    bool ok = attestations_mettre_de_cote(ctx, mode, t, out->lues, &r) && acte_debut(&a, ctx);
    if (ok) {
        for (size_t i = 0; ok && i < out->lues; i++)
            ok = attestation_joindre(&a, &r, &t[i], &out->inchangees);
        out->enregistrees = out->lues - out->inchangees;
        ok = acte_fin(&a, ok);
    }
    reserve_fermer(&r);
    return ok;
}

bool attestations_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out)
{
    size_t n_champs;
    struct cellules c = {f, feuille_champs(FEUILLE_ATTESTATIONS, &n_champs), ctx->diags, feuille_saine(f)};
    out->quoi = "attestations";
    out->lues = feuille_nombre(f);
    struct attestation_lue *t = memoire_calloc(out->lues + 1, sizeof *t);
    for (size_t i = 0; i < out->lues; i++)
        (void)attestation_lire(ctx, &c, i, &t[i]);
    const bool ok = c.ok && attestations_ecrire(ctx, f, t, out);
    for (size_t i = 0; i < out->lues; i++)
        memoire_free(t[i].chemin);
    memoire_free(t);
    return ok;
}
