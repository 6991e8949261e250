#include "metier/lot_contenu.h"

#include <stdlib.h>
#include <string.h>

#include "registre/piece.h"
#include "regles/bareme.h"
#include "noyau/tri.h"

bool lot_contenu_ouvrir(struct lot_contenu *l, struct contexte *ctx, enum paiement paiement)
{
    *l = (struct lot_contenu){.ctx = ctx, .paiement = paiement, .entites_date = JOUR_ABSENT};
    l->finess = finess_lecteur_creer(ctx->registre, ctx->diags);
    l->pieces_stmt = registre_stmt(ctx->registre, "select role, empreinte, taille, media, fait from piece_jointe where commande = ?1 "
                                                  "order by role, fait, empreinte", ctx->diags);
    return l->finess != NULL && l->pieces_stmt != NULL;
}

void lot_contenu_fermer(struct lot_contenu *l)
{
    finess_lecteur_free(l->finess);
    sqlite3_finalize(l->pieces_stmt);
    memoire_free(l->pieces);
    memoire_free(l->demandes);
    arene_free(&l->arene);
    *l = (struct lot_contenu){0};
}

/* --- pieces ------------------------------------------------------------------------------------------------------ */

static void noter(struct lot_contenu *l, const struct lot_piece *p)
{
    l->pieces = memoire_grow(l->pieces, &l->cap_pieces, l->n_pieces + 1, sizeof *l->pieces);
    l->pieces[l->n_pieces++] = (struct piece_du_lot){p->empreinte, p->taille, p->extension};
}

static int cmp_piece(const void *a, const void *b)
{
    return memcmp(((const struct piece_du_lot *)a)->empreinte.octets, ((const struct piece_du_lot *)b)->empreinte.octets,
                  sizeof((const struct piece_du_lot *)a)->empreinte.octets);
}

void lot_pieces_trier(struct lot_contenu *l)
{
    size_t n = 0;
    if (l->n_pieces == 0)
        return;
    trier_liste(l->pieces, l->n_pieces, sizeof *l->pieces, cmp_piece);
    for (size_t i = 0; i < l->n_pieces; i++)
        if (n == 0 || cmp_piece(&l->pieces[n - 1], &l->pieces[i]) != 0)
            l->pieces[n++] = l->pieces[i];
    l->n_pieces = n;
}

/* One name a piece inside its request: role, rank when there are several, extension; never the user's file name. */
static const char *nom_de_piece(struct arene *a, const char *role, unsigned rang, const char *extension)
{
    return rang <= 1 ? arene_printf(a, "%s.%s", role, extension) : arene_printf(a, "%s_%u.%s", role, rang, extension);
}

/* What ASP wants with each payment: an advance, the signed order and what concerns it; a balance, the invoice and the VA that it rests
 * on, with its delegation (regles.md § 6). The rest, answers of ASP, money, stays in the registre. */
static bool piece_du_versement(const struct dossier *d, enum paiement t, enum piece_role role, int64_t fait)
{
    switch (role) {
    case PIECE_BON_DE_COMMANDE:
    case PIECE_NON_CUMUL:
    case PIECE_AUTRE: return t == PAIEMENT_AVANCE;
    case PIECE_FACTURE: return t == PAIEMENT_SOLDE && fait == d->facture.fait;
    case PIECE_VA:
    case PIECE_DELEGATION: return t == PAIEMENT_SOLDE && fait == d->va.fait;
    default: return false;
    }
}

static bool pieces_de(struct lot_contenu *l, const struct dossier *d, struct arene *a, struct lot_demande *out)
{
    enum { MAX = 64 };
    struct lot_piece t[MAX];
    unsigned rangs[PIECE_ROLE_NOMBRE] = {0};
    sqlite3_stmt *s = l->pieces_stmt;
    uint32_t n = 0;
    int rc;
    (void)sqlite3_reset(s);
    lier_n(s, 1, d->fait);
    while ((rc = sqlite3_step(s)) == SQLITE_ROW && n < MAX) {
        const enum piece_role role = (enum piece_role)sqlite3_column_int(s, 0);
        const struct slice media = colonne_slice(s, 3);
        if (sqlite3_column_bytes(s, 1) != (int)sizeof t[n].empreinte.octets || !piece_du_versement(d, l->paiement, role, sqlite3_column_int64(s, 4)))
            continue;
        const char *extension = piece_extension(media);
        t[n] = (struct lot_piece){.role = piece_role_nom(role), .type_media = arene_strndup(a, media.bytes, media.len),
                                  .extension = extension, .taille = (uint64_t)sqlite3_column_int64(s, 2),
                                  .nom = nom_de_piece(a, piece_role_nom(role), ++rangs[role], extension)};
        memcpy(t[n].empreinte.octets, sqlite3_column_blob(s, 1), sizeof t[n].empreinte.octets);
        noter(l, &t[n++]);
    }
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        registre_faute(l->ctx->registre, l->ctx->diags);
    out->pieces = n == 0 ? NULL : memcpy(arene_alloc(a, n * sizeof *t), t, n * sizeof *t);
    out->n_pieces = n;
    return rc == SQLITE_DONE || rc == SQLITE_ROW;
}

/* --- the request -------------------------------------------------------------------------------------------------- */

/* Name and SIREN of the OG, from the EJ file of the same day as the reference base. */
static bool og_de(struct lot_contenu *l, const struct dossier *d, struct arene *a, struct lot_demande *out)
{
    struct entite_juridique ej;
    out->og = d->ej;
    out->og_nom = "";
    if (!jour_present(l->entites_date) || jour_cmp(l->entites_date, d->base.date) != 0) {
        if (!finess_base_du(l->ctx->registre, "cs1100501", d->base.date, &l->entites, l->ctx->diags))
            return false;
        l->entites_date = d->base.date;
    }
    if (l->entites == 0)
        return true;
    const int trouve = finess_trouver_entite(l->finess, l->entites, d->ej, &ej, l->ctx->diags);
    if (trouve == 1) {
        out->og_siren = ej.siren;
        out->og_nom = arene_strndup(a, ej.raison_sociale.bytes, ej.raison_sociale.len);
    }
    return trouve >= 0;
}

static void essms_de(const struct dossier *d, bool solde, struct arene *a, struct lot_demande *out)
{
    struct lot_essms *t = arene_alloc(a, d->n_essms * sizeof *t);
    for (uint32_t i = 0; i < d->n_essms; i++)
        t[i] = (struct lot_essms){d->essms[i].et, d->essms[i].agregat, d->essms[i].categorie, d->essms[i].ht, d->essms[i].ttc,
                                  solde && d->essms[i].retire};
    out->essms = t;
    out->n_essms = d->n_essms;
}

static bool montants_de(const struct contexte *ctx, const struct dossier *d, struct lot_demande *out)
{
    struct plafond p;
    if (!bareme_plafond(ctx->parametres, d->base.n[d->couloir], d->n_essms, d->date_signature, &p) ||
        !avance_calculer(ctx->parametres, d->ttc, d->date_signature, &out->avance, &out->solde))
        return false;
    out->n_og = p.n_og;
    out->tranche = p.tranche.lettre;
    out->taux_tranche = p.tranche.taux_ttc;
    out->plafond_ht_bas = p.ht_bas;
    out->plafond_ht_haut = p.ht_haut;
    out->plafond_ttc = p.ttc;
    return true;
}

static const char *garder_texte(struct lot_contenu *l, const char *s)
{
    return arene_strndup(&l->arene, s, strlen(s));
}

/* The advance paid, less what was repaid of it: as the request counted it, its three sums being recorded together. */
static struct montant avance_comptee(const struct dossier *d)
{
    return montant_of(d->vie.total.centimes - d->vie.solde.montant.centimes + d->solde.trop_percu.centimes);
}

/* The second figure of a balance is what it asks; the first, what was asked for the advance. */
static void solde_de(struct lot_contenu *l, const struct dossier *d, struct lot_demande *out)
{
    struct lot_solde *s = arene_alloc(&l->arene, sizeof *s);
    *s = (struct lot_solde){.total = d->vie.total, .avance_payee = avance_comptee(d), .trop_percu = d->solde.trop_percu, .mss_cas = d->solde.mss_cas};
    s->facture.numero = garder_texte(l, d->facture.numero);
    s->facture.date = d->facture.date;
    s->facture.deux = d->facture.deux;
    s->facture.ht = d->facture.ht;
    s->facture.tva = d->facture.tva;
    s->facture.ttc = d->facture.ttc;
    s->facture.taux_tva = d->facture.taux_tva;
    s->facture.motif_tva = d->facture.motif_tva == MOTIF_ABSENT ? "" : motif_tva_nom(d->facture.motif_tva);
    s->va.version = d->va.version;
    s->va.signee_le = d->va.signee_le;
    s->va.mode = mode_signature_nom(d->va.mode);
    s->va.qualite = garder_texte(l, d->va.qualite);
    s->va.delegation_le = d->va.delegation_le;
    s->va.bon_fonctionnement = d->va.bon_fonctionnement == TROIS_OUI;
    s->va.mss_cas = d->va.mss_cas;
    out->reste = s;
    out->avance = d->vie.avance.montant;
    out->solde = d->vie.solde.montant;
}

bool lot_contenu_garder(struct lot_contenu *l, const struct dossier *d, bool reconstitue)
{
    l->demandes = memoire_grow(l->demandes, &l->cap_demandes, l->n_demandes + 1, sizeof *l->demandes);
    struct lot_demande *out = &l->demandes[l->n_demandes++];
    const struct dossier_demande *demande = vie_demande(&d->vie, l->paiement);
    *out = (struct lot_demande){
        .numero = (uint64_t)demande->numero, .version = demande->version, .reconstitue = reconstitue, .commande_numero = garder_texte(l, d->numero),
        .commande_date = d->date_commande, .commande_signature = d->date_signature, .sous_condition = d->sous_condition == TROIS_OUI,
        .mode_signature = mode_signature_nom(d->mode_signature), .qualite_signataire = garder_texte(l, d->qualite_signataire),
        .solution_numero = garder_texte(l, d->solution.numero_ans), .solution_nom = garder_texte(l, d->solution.nom),
        .solution_version = garder_texte(l, d->version_solution), .solution_reference_le = d->solution.reference_le,
        .solution_dossier_complet_le = d->solution.dossier_complet_le, .base = d->base.date, .ht = d->ht, .tva = d->tva,
        .ttc = d->ttc, .taux_tva = d->taux_tva, .motif_tva = d->motif_tva == MOTIF_ABSENT ? "" : motif_tva_nom(d->motif_tva),
    };
    l->n_essms += d->n_essms;
    essms_de(d, l->paiement == PAIEMENT_SOLDE, &l->arene, out);
    if (!montants_de(l->ctx, d, out)) {
        diag_erreur(l->ctx->diags, E_PARAMETRES, "commande %s : ses montants ne se calculent pas", d->numero);
        return false;
    }
    if (l->paiement == PAIEMENT_SOLDE)
        solde_de(l, d, out);
    return og_de(l, d, &l->arene, out) && pieces_de(l, d, &l->arene, out);
}

bool lot_contenu_lire(struct lot_contenu *l, struct instant le, const int64_t *commandes, size_t n, bool reconstitue)
{
    const struct chargeur_choix choix = {.de = commandes[0], .a = commandes[n - 1], .sans_voisins = true};
    struct chargeur *c = chargeur_creer(l->ctx->registre, le, l->ctx->calendrier, l->ctx->diags);
    struct arene a = {0};
    struct dossier d;
    size_t rang = 0;
    int lu = c != NULL && chargeur_ouvrir(c, &choix, l->ctx->diags) ? 1 : -1;
    for (; lu == 1 && (lu = chargeur_suivant(c, &a, &d, l->ctx->diags)) == 1; arene_reset(&a)) {
        if (rang == n || d.fait != commandes[rang])
            continue;
        rang++;
        if (!lot_contenu_garder(l, &d, reconstitue))
            lu = -1;
    }
    chargeur_free(c);
    arene_free(&a);
    return lu == 0 && rang == n;
}
