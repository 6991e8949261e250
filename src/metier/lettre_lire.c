/* What the answer to ASP rests on: ASP's last answers, the lot that carried the request, the documents, the contents of the order. */
#include "metier/lettre.h"

#include <string.h>

#include "metier/commande_contenu.h"
#include "registre/base.h"
#include "registre/contenu.h"
#include "registre/piece.h"
#include "registre/vie_lire.h"

static const char *garder(struct lettre *l, struct slice s)
{
    return arene_strndup(l->a, s.len == 0 ? "" : s.bytes, s.len);
}

static void prendre_piece(struct lettre *l, const struct entree *e, struct slice texte)
{
    struct piece_ref ref;
    struct lettre_piece p = {.entree = e->numero, .accuse = e->fait.type == FAIT_LOT_DEPOSE};
    if (!piece_ref_lire(texte, &ref))
        return;
    p.role = ref.role;
    p.taille = ref.taille;
    empreinte_hex(&ref.empreinte, p.empreinte);
    for (size_t i = 0; i < l->n_pieces; i++)
        if (l->pieces[i].role == p.role && strcmp(l->pieces[i].empreinte, p.empreinte) == 0 && !p.accuse)
            return;
    l->pieces = memoire_grow(l->pieces, &l->cap_pieces, l->n_pieces + 1, sizeof *l->pieces);
    l->pieces[l->n_pieces++] = p;
}

/* Only fields that are documents: a remark that looks like one is not. */
static bool champ_de_piece(const struct champ_forme *c)
{
    static const char *const cles[] = {"piece", "accuse", "delegation"};
    for (size_t i = 0; c->type == CHAMP_TEXTE && i < sizeof cles / sizeof *cles; i++)
        if (strcmp(c->cle, cles[i]) == 0)
            return true;
    return false;
}

static void prendre_pieces(struct lettre *l, const struct entree *e, const struct fait *f)
{
    const struct fait_forme *forme = fait_forme(f->type);
    for (size_t i = 0; i < forme->n; i++) {
        const struct champ_forme *c = champ_forme((enum fait_champ)(forme->premier + i));
        const struct fait_valeur *v = &f->v[i];
        if (!v->present || !champ_de_piece(c))
            continue;
        for (int64_t k = 0; c->liste && k < v->n; k++)
            prendre_piece(l, e, v->liste[k]);
        if (!c->liste && f->type == FAIT_NON_CUMUL_ATTESTE) /* written without its role */
            prendre_piece(l, e, slice_of(arene_printf(l->a, "%s %.*s", piece_role_nom(PIECE_NON_CUMUL), (int)v->texte.len, v->texte.bytes)));
        else if (!c->liste)
            prendre_piece(l, e, v->texte);
    }
}

/* Sorted by date, then by entry, whatever the order they were entered in. */
static void prendre_reponse(struct lettre *l, const struct entree *e)
{
    const struct slice mot = fait_slice(&e->fait, DR_STATUT), paiement = fait_slice(&e->fait, DR_PAIEMENT);
    const enum paiement p = paiement_parse(paiement.bytes, paiement.len);
    const struct instant le = fait_instant(&e->fait, DR_LE);
    struct lettre_reponse *r = &l->derniere[p];
    if (p == PAIEMENT_AUCUN || instant_cmp(le, l->ctx->au) > 0 || (r->entree != 0 && instant_cmp(le, r->le) < 0))
        return;
    const struct fait_valeur *v = fait_get(&e->fait, DR_MOTIF);
    const size_t n = v->present ? (size_t)v->n : 0;
    struct slice *motifs = arene_alloc(l->a, (n + 1) * sizeof *motifs);
    for (size_t i = 0; i < n; i++)
        motifs[i] = slice_of(garder(l, v->liste[i]));
    *r = (struct lettre_reponse){.entree = e->numero, .demande = fait_n(&e->fait, DR_DEMANDE), .version = fait_n(&e->fait, DR_VERSION), .paiement = p,
                                 .statut = statut_asp_parse(mot.bytes, mot.len), .le = le,
                                 .numero_asp = garder(l, fait_slice(&e->fait, DR_NUMERO_ASP)), .motifs = motifs, .n_motifs = n};
}

static bool prendre(void *ctx, const struct entree *e, struct arene *a)
{
    struct lettre *l = ctx;
    (void)a;
    if (e->fait.type == FAIT_DEMANDE_REPONDUE)
        prendre_reponse(l, e);
    if (e->fait.type != FAIT_COMMANDE_ENREGISTREE && e->fait.type != FAIT_COMMANDE_COMPLETEE && e->fait.type != FAIT_COMMANDE_RECTIFIEE) {
        const int64_t litige = fait_litige(&e->fait);
        if (litige == 0 || litige == l->d->fait) /* the documents of another order's dispute are its own */
            prendre_pieces(l, e, &e->fait);
        return true;
    }
    l->contenus = memoire_grow(l->contenus, &l->cap_contenus, l->n_contenus + 1, sizeof *l->contenus);
    struct lettre_contenu *c = &l->contenus[l->n_contenus++];
    c->entree = e->numero;
    if (!contenu_du_fait(l->ctx, e->numero, l->a, &c->contenu))
        return false;
    prendre_pieces(l, e, &c->contenu);
    return true;
}

/* The lot of that version, its hash and its deposit; a version that left by no lot has none. */
static bool lire_lot(struct lettre *l)
{
    sqlite3_stmt *s = registre_stmt(l->ctx->registre, "select e.lot, t.zip, t.depose_le from emission e join lot t on t.fournisseur = e.fournisseur and "
                                                      "t.numero = e.lot where e.commande = ?1 and e.demande = ?2 and e.version = ?3 and t.annule_le is "
                                                      "null order by e.fait desc limit 1", l->ctx->diags);
    l->lot_empreinte = "";
    l->depose_le = INSTANT_ABSENT;
    if (s == NULL)
        return false;
    lier_n(s, 1, l->d->fait);
    lier_n(s, 2, l->r->demande);
    lier_n(s, 3, l->r->version);
    const int la = registre_suivant(l->ctx->registre, s, l->ctx->diags);
    if (la == 1) {
        l->lot = sqlite3_column_int64(s, 0);
        l->lot_empreinte = garder(l, colonne_slice(s, 1));
        if (sqlite3_column_type(s, 2) != SQLITE_NULL)
            l->depose_le = (struct instant){sqlite3_column_int64(s, 2)};
    }
    sqlite3_finalize(s);
    return la >= 0;
}

/* The entry of the deposit that the deadlines judge. */
static bool lire_depot(struct lettre *l)
{
    const struct instant le = vie_demande(&l->alors.vie, l->r->paiement)->premier_depot;
    if (!instant_present(le))
        return true;
    sqlite3_stmt *s = registre_stmt(l->ctx->registre, "select min(fait) from vie where commande = ?1 and paiement = ?2 and evenement = ?3 and le = ?4", l->ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, l->d->fait);
    lier_n(s, 2, (int64_t)l->r->paiement);
    lier_n(s, 3, EV_DEPOT);
    lier_n(s, 4, le.s);
    const int la = registre_suivant(l->ctx->registre, s, l->ctx->diags);
    if (la == 1)
        l->depot = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return la >= 0;
}

/* The request as it was when ASP answered it: its version, its emission, its deposit. Judged without the answer: that it was rejected
 * takes nothing from what it was. */
static bool lire_alors(struct lettre *l)
{
    struct vie v;
    if (!vie_lire_jusqu_a(l->ctx->registre, l->d->fait, l->r->entree, &v, l->ctx->diags))
        return false;
    const struct dossier_demande *q = vie_demande(&v, l->r->paiement);
    l->alors = *l->d;
    struct dossier_demande *demande = l->r->paiement == PAIEMENT_SOLDE ? &l->alors.vie.solde : &l->alors.vie.avance;
    if (q->existe && q->numero == l->r->demande && q->version == (uint32_t)l->r->version)
        *demande = *q;
    demande->statut = STATUT_AUCUN;
    juger_emission(l->ctx, &l->alors, l->r->paiement, l->a, &l->jugement_alors);
    return true;
}

static bool rendue(const struct lettre_reponse *r)
{
    return r->entree != 0 && (r->statut == STATUT_INCOMPLETE || r->statut == STATUT_A_MODIFIER || r->statut == STATUT_REJETEE);
}

bool lettre_lire(struct contexte *ctx, const struct dossier *d, struct arene *a, struct lettre *out)
{
    *out = (struct lettre){.ctx = ctx, .d = d, .a = a, .lot_empreinte = "", .depose_le = INSTANT_ABSENT};
    if (!sommes_lire(ctx, d, 0, a, &out->sommes) || !histoire_parcourir(ctx, d->fait, prendre, out))
        return false;
    for (int p = PAIEMENT_AVANCE; p < PAIEMENT_NOMBRE; p++)
        if (rendue(&out->derniere[p]))
            out->r = &out->derniere[p]; /* the balance comes after the advance */
    if (out->r == NULL)
        return true;
    juger_emission(ctx, d, out->r->paiement, a, &out->jugement);
    return lire_alors(out) && lire_depot(out) && lire_lot(out);
}

void lettre_free(struct lettre *l)
{
    sommes_free(&l->sommes);
    memoire_free(l->pieces);
    memoire_free(l->contenus);
}
