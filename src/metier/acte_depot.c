/* The deposit of a lot at ASP, judged against the deadlines, rectified when it was recorded wrong; its cancellation before it. */
#include <string.h>

#include "metier/depots.h"
#include "metier/juger.h"
#include "metier/piece_lue.h"
#include "registre/dossier_charger.h"

/* --- what both ask of the lot ----------------------------------------------------------------------------------------- */

static bool etat_refuse(struct contexte *ctx, const struct lot_lu *l, const char *acte, const char *etat, struct instant le, const char *a_faire)
{
    char t[INSTANT_TEXTE_MAX];
    struct arene a = {0};
    struct diag *d = diag_erreur(ctx->diags, E_ETAT, "%s : « %s » ne se peut plus", lot_nom(l, &a), acte);
    diag_trouve(d, "%s le %s", etat, instant_fr(le, t));
    diag_a_faire(d, "%s", a_faire);
    arene_free(&a);
    return false;
}

static bool apres_emission(struct contexte *ctx, const struct lot_lu *l, const char *quoi)
{
    char t[INSTANT_TEXTE_MAX], u[INSTANT_TEXTE_MAX];
    struct arene a = {0};
    if (instant_cmp(ctx->le, l->le) >= 0)
        return true;
    struct diag *d = diag_erreur(ctx->diags, E_CHRONOLOGIE, "%s : %s avant d'être émis", lot_nom(l, &a), quoi);
    diag_trouve(d, "%s", instant_fr(ctx->le, t));
    diag_attendu(d, "au plus tôt le %s", instant_fr(l->le, u));
    arene_free(&a);
    return false;
}

/* --- deposit ---------------------------------------------------------------------------------------------------------- */

struct deposer {
    struct contexte *ctx;
    const struct lot_lu *lot;
    struct depot_rapport *out;
    struct acte acte;
    struct buffer constats; /* lines, each different one once: the deadline is that of the whole lot */
    bool du_jour;           /* --le is today, without an hour: now stands for it */
    const char *rectifier;  /* why what was recorded is wrong; NULL = a deposit */
};

static bool deja_dit(const struct buffer *b, size_t debut)
{
    const size_t len = b->len - debut;
    for (size_t i = 0; i < debut; i++)
        if ((i == 0 || b->bytes[i - 1] == '\n') && debut - i >= len && memcmp(b->bytes + i, b->bytes + debut, len) == 0)
            return true;
    return false;
}

/* One rule that this instant decides: true when it stops the request. A deadline is that of the whole lot, said once; the rest is each order's. */
static bool juger_regle(struct deposer *p, const struct dossier *d, const char *ident, bool du_lot, struct arene *a)
{
    const uint16_t rang = (uint16_t)regle_rang(ident, strlen(ident));
    struct jugement j;
    if (rang >= regles_nombre())
        return false;
    j.n = regles_appliquer(d, p->ctx->parametres, 0, &rang, 1, a, &j.constats);
    j.bilan = regles_bilan(d, j.constats, j.n);
    const size_t debut = p->constats.len;
    jugement_ecrire(&j, &p->constats);
    const bool dit = deja_dit(&p->constats, debut);
    if (dit)
        p->constats.len = debut;
    const bool bloque = j.bilan.anomalies + j.bilan.attentes > 0;
    if (bloque && !(dit && du_lot))
        jugement_dire(p->ctx, d, &j, false, p->ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, NULL, NULL);
    return bloque;
}

/* What the instant of a deposit decides: its deadline, and whether the balance must carry its MSS case. Nothing else changes with it. */
static void juger_delai(struct deposer *p, const struct dossier *d, struct arene *a)
{
    const bool solde = p->lot->paiement == PAIEMENT_SOLDE;
    p->out->hors_delai += juger_regle(p, d, solde ? "SOL-02" : "AVA-01", true, a);
    p->out->sans_mss += solde && juger_regle(p, d, "SOL-06", false, a);
}

static int64_t *commandes_du_lot(struct contexte *ctx, const struct lot_lu *l, size_t *n)
{
    size_t cap = 0;
    int64_t *t = NULL;
    int la;
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select commande from emission where fournisseur = ?1 and lot = ?2 order by commande", ctx->diags);
    if (s == NULL)
        return NULL;
    lier_n(s, 1, l->fournisseur);
    lier_n(s, 2, l->numero);
    for (*n = 0; (la = registre_suivant(ctx->registre, s, ctx->diags)) == 1; (*n)++) {
        t = memoire_grow(t, &cap, *n + 1, sizeof *t);
        t[*n] = sqlite3_column_int64(s, 0);
    }
    sqlite3_finalize(s);
    if (la == 0 && *n > 0)
        return t;
    memoire_free(t);
    return NULL;
}

static bool juger_lot(struct deposer *p)
{
    size_t n, rang = 0;
    int64_t *commandes = commandes_du_lot(p->ctx, p->lot, &n);
    struct chargeur *c = commandes == NULL ? NULL : chargeur_creer(p->ctx->registre, p->ctx->le, p->ctx->calendrier, p->ctx->diags);
    struct chargeur_choix choix = {.sans_voisins = true};
    struct arene a = {0};
    struct dossier d;
    if (commandes != NULL)
        choix.de = commandes[0], choix.a = commandes[n - 1];
    int lu = c != NULL && chargeur_ouvrir(c, &choix, p->ctx->diags) ? 1 : -1;
    for (; lu == 1 && (lu = chargeur_suivant(c, &a, &d, p->ctx->diags)) == 1; arene_reset(&a))
        if (rang < n && d.fait == commandes[rang]) {
            rang++;
            juger_delai(p, &d, &a);
        }
    chargeur_free(c);
    memoire_free(commandes);
    arene_free(&a);
    p->out->demandes = rang;
    return lu == 0 && rang == n;
}

static void fait_du_depot(const struct deposer *p, const struct buffer *ref, struct fait *f)
{
    const bool neuf = p->rectifier == NULL;
    fait_init(f, neuf ? FAIT_LOT_DEPOSE : FAIT_DEPOT_RECTIFIE);
    fait_put_siren(f, neuf ? LD_FOURNISSEUR : DX_FOURNISSEUR, p->lot->fournisseur);
    fait_put_n(f, neuf ? LD_LOT : DX_LOT, p->lot->numero);
    fait_put_instant(f, neuf ? LD_LE : DX_LE, p->ctx->le);
    fait_put_slice(f, neuf ? LD_ACCUSE : DX_ACCUSE, (struct slice){ref->bytes, ref->len});
    if (neuf)
        return;
    fait_put_instant(f, DX_ANCIEN, p->lot->depose_le);
    fait_put_texte(f, DX_MOTIF, p->rectifier);
}

static bool deposer_ecrire(struct deposer *p, const struct piece_lue *accuse, const struct buffer *ref)
{
    struct contexte *ctx = p->ctx;
    struct buffer texte = {0};
    struct fait f;
    fait_du_depot(p, ref, &f);
    fait_ecrire(&f, &texte);
    const bool ok = (ref->len == 0 || piece_enregistrer(ctx->registre, &accuse->ref.empreinte, accuse->octets.bytes, accuse->octets.len, ctx->diags)) &&
                    projeter(p->acte.p, journal_prochain(ctx->registre), &f, ctx->diags) && juger_lot(p) &&
                    journal_append(ctx->registre, (struct slice){texte.bytes, texte.len}, (struct slice){p->constats.bytes, p->constats.len}, ctx->diags) &&
                    !(ctx->strict && p->out->hors_delai + p->out->sans_mss > 0);
    buffer_free(&texte);
    return ok;
}

static bool meme_accuse(const struct lot_lu *l, const struct piece_lue *accuse)
{
    char hex[EMPREINTE_HEX];
    return l->accuse && strcmp(empreinte_hex(&accuse->ref.empreinte, hex), l->accuse_empreinte) == 0;
}

/* Deposited already: the same deposit again says nothing, its acknowledgement may still come. 1 = to write, 0 = nothing, −1 = refused. */
static int depot_possible(struct deposer *p, const struct piece_lue *accuse)
{
    struct contexte *ctx = p->ctx;
    const struct lot_lu *l = p->lot;
    if (!instant_present(l->depose_le))
        return apres_emission(ctx, l, "déposé") ? 1 : -1;
    const bool meme = p->du_jour ? jour_cmp(instant_jour(l->depose_le), instant_jour(ctx->maintenant)) == 0
                                 : instant_cmp(l->depose_le, ctx->le) == 0 || !ctx->le_donne;
    if (!meme || (accuse->octets.len > 0 && l->accuse && !meme_accuse(l, accuse)))
        return etat_refuse(ctx, l, "lot deposer", "déjà déposé", l->depose_le, "un lot est déposé une fois ; un instant ou un accusé mal saisi se rectifie : "
                           "sons lot deposer --rectifier MOTIF"), -1;
    ctx->le = l->depose_le;
    p->out->accuse_ajoute = accuse->octets.len > 0 && !l->accuse;
    p->out->deja = !p->out->accuse_ajoute;
    return p->out->accuse_ajoute;
}

/* ASP answers what it has: no answer to a request of the lot is earlier than its deposit. */
static bool avant_les_reponses(struct contexte *ctx, const struct lot_lu *l)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select o.numero, r.fait, min(r.le) from emission e join reponse r on r.commande = e.commande and "
                                                   "r.demande = e.demande and r.version = e.version join commande o on o.fait = e.commande "
                                                   "where e.fournisseur = ?1 and e.lot = ?2 and r.le < ?3 group by e.commande order by e.commande", ctx->diags);
    bool bon = true;
    int la;
    if (s == NULL)
        return false;
    lier_n(s, 1, l->fournisseur);
    lier_n(s, 2, l->numero);
    lier_n(s, 3, ctx->le.s);
    for (; (la = registre_suivant(ctx->registre, s, ctx->diags)) == 1; bon = false) {
        const struct slice numero = colonne_slice(s, 0);
        char t[INSTANT_TEXTE_MAX], u[INSTANT_TEXTE_MAX];
        struct diag *d = diag_erreur(ctx->diags, E_CHRONOLOGIE, "commande %.*s : déposée après la réponse de l'ASP", (int)numero.len, numero.bytes);
        diag_trouve(d, "%s", instant_fr(ctx->le, t));
        diag_attendu(d, "au plus tard le %s (entrée %lld)", instant_fr((struct instant){sqlite3_column_int64(s, 2)}, u), (long long)sqlite3_column_int64(s, 1));
        diag_a_faire(d, "vérifier l'instant sur l'accusé de dépôt ; si c'est la réponse qui est fausse : sons retour retirer %lld", (long long)sqlite3_column_int64(s, 1));
    }
    sqlite3_finalize(s);
    return la == 0 && bon;
}

/* What was recorded wrong: its instant, its acknowledgement, or both. 1 = to write, 0 = it is so already, −1 = refused. */
static int rectification_possible(struct deposer *p, const struct piece_lue *accuse)
{
    struct contexte *ctx = p->ctx;
    const struct lot_lu *l = p->lot;
    if (!instant_present(l->depose_le)) {
        struct arene a = {0};
        diag_a_faire(diag_erreur(ctx->diags, E_ETAT, "%s : émis, non déposé : il n'y a rien à rectifier", lot_nom(l, &a)),
                     "enregistrer son dépôt : sons lot deposer %lld --le INSTANT --accuse FICHIER", (long long)l->numero);
        arene_free(&a);
        return -1;
    }
    if (!ctx->le_donne && !p->du_jour)
        ctx->le = l->depose_le;
    p->out->deja = instant_cmp(ctx->le, l->depose_le) == 0 && (accuse->octets.len == 0 || meme_accuse(l, accuse));
    if (p->out->deja)
        return 0;
    const bool emis = apres_emission(ctx, l, "déposé");
    return avant_les_reponses(ctx, l) && emis ? 1 : -1;
}

static int possible(struct deposer *p, const struct piece_lue *accuse)
{
    if (instant_present(p->lot->annule_le))
        return etat_refuse(p->ctx, p->lot, "lot deposer", "lot annulé", p->lot->annule_le, "déposer le lot qui le remplace : sons lot emettre"), -1;
    return p->rectifier != NULL ? rectification_possible(p, accuse) : depot_possible(p, accuse);
}

bool acte_lot_deposer(struct contexte *ctx, const struct lot_lu *lot, const char *accuse, const char *rectifier, struct depot_rapport *out)
{
    struct piece_lue piece = {{0}, {0}};
    struct buffer ref = {0};
    struct lot_lu l = *lot;
    struct deposer p = {.ctx = ctx, .lot = &l, .out = out, .rectifier = rectifier};
    *out = (struct depot_rapport){0};
    bool ok = accuse == NULL || piece_lire(accuse, FICHIER_LIENS_SUIVIS, PIECE_AUTRE, &piece, ctx->diags);
    if (ok && accuse != NULL)
        piece_ref_ecrire(&piece.ref, &ref);
    const bool donne = ctx->le_donne;
    ok = acte_date(ctx) && ok && acte_debut(&p.acte, ctx);
    p.du_jour = donne && !ctx->le_donne;
    if (ok) {
        const int faire = lot_du_numero(ctx, lot->fournisseur, lot->numero, &l) == 1 ? possible(&p, &piece) : -1;
        ok = acte_fin(&p.acte, faire == 0 || (faire == 1 && deposer_ecrire(&p, &piece, &ref)));
    }
    buffer_free(&piece.octets);
    buffer_free(&ref);
    buffer_free(&p.constats);
    return ok;
}

/* --- cancellation ----------------------------------------------------------------------------------------------------- */

static bool annuler(struct acte *acte, const struct lot_lu *l, const char *motif, bool *deja)
{
    struct contexte *ctx = acte->ctx;
    struct fait f;
    *deja = instant_present(l->annule_le);
    if (*deja)
        return true;
    if (instant_present(l->depose_le))
        return etat_refuse(ctx, l, "lot annuler", "lot déposé", l->depose_le, "attendre la réponse de l'ASP ; une commande s'annule : sons commande annuler");
    if (!apres_emission(ctx, l, "annulé"))
        return false;
    fait_init(&f, FAIT_LOT_ANNULE);
    fait_put_siren(&f, LA_FOURNISSEUR, l->fournisseur);
    fait_put_n(&f, LA_LOT, l->numero);
    fait_put_instant(&f, LA_LE, ctx->le);
    fait_put_texte(&f, LA_MOTIF, motif);
    return acte_fait(acte, &f, (struct slice){NULL, 0});
}

bool acte_lot_annuler(struct contexte *ctx, const struct lot_lu *lot, const char *motif, bool *deja)
{
    struct lot_lu l = *lot;
    struct acte acte;
    *deja = false;
    if (!acte_date(ctx) || !acte_debut(&acte, ctx))
        return false;
    return acte_fin(&acte, lot_du_numero(ctx, lot->fournisseur, lot->numero, &l) == 1 && annuler(&acte, &l, motif, deja));
}
