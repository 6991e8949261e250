/* Projectors of the payment life. Each event goes into `vie` and is added to the fold of its order, kept in memory (plis.h). One that is
 * dated before others (an answer that comes late) has them all folded again: a life has ten of them or so. */
#include "registre/etat_interne.h"

#include "registre/projeter_vie.h"

/* --- the fold ------------------------------------------------------------------------------------------------------ */

static bool noter_etat(struct projecteur *p, int64_t commande, const struct evenement *e, enum etat_commande etat, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_VIE_ETAT, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    lier_n(s, 2, e->le.s);
    lier_n(s, 3, e->fait);
    lier_n(s, 4, (int64_t)etat);
    return registre_pas(p->r, s, diags);
}

static void lier_instant(sqlite3_stmt *s, int i, struct instant le)
{
    lier_n_ou_null(s, i, le.s, instant_present(le));
}

/* A request that leaves in a lot. */
struct emission_lue {
    int64_t commande, demande, fournisseur, lot;
    enum paiement paiement;
    struct instant le;
    int64_t reconstitue;
};
static bool noter_emission(struct projecteur *p, const struct emission_lue *m, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_EMISE, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, m->commande);
    lier_n(s, 2, (int64_t)m->paiement);
    lier_n(s, 3, m->lot);
    lier_n(s, 4, m->fournisseur);
    lier_n(s, 5, m->reconstitue);
    return registre_pas(p->r, s, diags);
}

/* `m`: the emission that is noted at once; NULL when there is none. */
static bool suivre_demande(struct projecteur *p, int64_t commande, enum paiement t, const struct dossier_demande *d, const struct emission_lue *m,
                           struct diag_liste *diags)
{
    if (!d->existe)
        return m == NULL || noter_emission(p, m, diags);
    sqlite3_stmt *s = projecteur_stmt(p, m == NULL ? Q_DEMANDE_SUIVRE : Q_EMISE_SUIVRE, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    lier_n(s, 2, (int64_t)t);
    lier_n(s, 3, d->version);
    lier_instant(s, 4, d->emise_le);
    lier_instant(s, 5, d->deposee_le);
    lier_n(s, 6, (int64_t)d->statut);
    lier_instant(s, 7, d->statut_le);
    lier_n_ou_null(s, 8, d->paye.centimes, montant_present(d->paye));
    lier_n_ou_null(s, 9, d->statut_fait, instant_present(d->statut_le));
    if (m != NULL) {
        lier_n(s, 10, m->lot);
        lier_n(s, 11, m->fournisseur);
        lier_n(s, 12, m->reconstitue);
    }
    return registre_pas(p->r, s, diags);
}

/* Rows are rewritten while they are read: those whose state changes are noted first. */
struct etat_change {
    struct evenement e;
    enum etat_commande etat;
};

static bool plier(struct projecteur *p, int64_t commande, struct vie *v, struct etat_change **changes, size_t *n, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_VIE_LIRE, diags);
    size_t cap = 0;
    int la;
    vie_init(v);
    if (s == NULL)
        return false;
    (void)sqlite3_reset(s);
    lier_n(s, 1, commande);
    while ((la = registre_suivant(p->r, s, diags)) == 1) {
        struct evenement e;
        evenement_colonnes(s, 0, &e);
        vie_ajouter(v, &e);
        const enum etat_commande etat = vie_etat(v);
        if ((int)etat == sqlite3_column_int(s, VIE_N_COLONNES))
            continue;
        *changes = memoire_grow(*changes, &cap, *n + 1, sizeof **changes);
        (*changes)[(*n)++] = (struct etat_change){e, etat};
    }
    (void)sqlite3_reset(s);
    return la == 0;
}

/* The life of an order, kept or read: the rows that wait in the burst are of those that are kept. NULL on a fault. */
static struct vie *vie_de(struct projecteur *p, int64_t commande, struct diag_liste *diags)
{
    struct etat_change *changes = NULL;
    size_t n = 0;
    struct vie lue, *v = plis_trouver(&p->plis, commande);
    if (v != NULL)
        return v;
    if (p->plis.n >= p->plis.max) {
        if (!rafale_vider(p->rafales[R_VIE], diags))
            return NULL;
        plis_free(&p->plis);
    }
    const bool ok = plier(p, commande, &lue, &changes, &n, diags);
    memoire_free(changes);
    if (!ok)
        return NULL;
    v = plis_ajouter(&p->plis, commande);
    *v = lue;
    return v;
}

/* All of it again, its states noted. */
static bool replier(struct projecteur *p, int64_t commande, struct vie *v, struct diag_liste *diags)
{
    struct etat_change *changes = NULL;
    size_t n = 0;
    bool ok = rafale_vider(p->rafales[R_VIE], diags) && plier(p, commande, v, &changes, &n, diags);
    for (size_t i = 0; ok && i < n; i++)
        ok = noter_etat(p, commande, &changes[i].e, changes[i].etat, diags);
    memoire_free(changes);
    return ok && suivre_demande(p, commande, PAIEMENT_AVANCE, &v->avance, NULL, diags) &&
           suivre_demande(p, commande, PAIEMENT_SOLDE, &v->solde, NULL, diags);
}

static bool inserer(struct projecteur *p, int64_t commande, const struct evenement *e, int64_t etat, struct diag_liste *diags)
{
    struct valeur *v = projecteur_ligne(p, R_VIE, diags);
    if (v == NULL)
        return false;
    valeur_n(&v[0], commande);
    valeur_n(&v[1], e->le.s);
    valeur_n(&v[2], e->fait);
    valeur_n(&v[3], (int64_t)e->type);
    valeur_n(&v[4], (int64_t)e->paiement);
    valeur_n(&v[5], e->version);
    valeur_n(&v[6], e->type == EV_EMISSION ? e->reconstitue : (int64_t)e->statut);
    valeur_n(&v[7], e->numero);
    valeur_n_ou_null(&v[8], e->montant.centimes, montant_present(e->montant));
    valeur_n_ou_null(&v[9], e->total.centimes, e->type == EV_DEMANDE && montant_present(e->total));
    valeur_n(&v[10], etat);
    return rafale_poser(p->rafales[R_VIE], diags);
}

/* The row of the request says all of it already: what is written of it did not change, or it has just been inserted. */
static bool demande_meme(const struct dossier_demande *avant, const struct dossier_demande *d)
{
    return (avant->existe ? avant->version : 1) == d->version && instant_cmp(avant->emise_le, d->emise_le) == 0 &&
           instant_cmp(avant->deposee_le, d->deposee_le) == 0 && avant->statut == d->statut && instant_cmp(avant->statut_le, d->statut_le) == 0 &&
           avant->statut_fait == d->statut_fait && avant->paye.centimes == d->paye.centimes;
}

static bool suivre_change(struct projecteur *p, int64_t commande, enum paiement t, const struct dossier_demande *avant, const struct dossier_demande *d,
                          const struct emission_lue *m, struct diag_liste *diags)
{
    if (m != NULL && m->paiement != t)
        m = NULL;
    if (demande_meme(avant, d))
        return m == NULL || noter_emission(p, m, diags);
    return suivre_demande(p, commande, t, d, m, diags);
}

/* `m` when the event is an emission. */
static bool vivre_ou_emettre(struct projecteur *p, int64_t commande, const struct evenement *e, const struct emission_lue *m, struct diag_liste *diags)
{
    struct vie *v = vie_de(p, commande, diags);
    if (v == NULL)
        return false;
    if (instant_present(v->dernier) && instant_cmp(e->le, v->dernier) < 0)
        return (m == NULL || noter_emission(p, m, diags)) && inserer(p, commande, e, 0, diags) && replier(p, commande, v, diags);
    const struct dossier_demande avance = v->avance, solde = v->solde;
    vie_ajouter(v, e); /* facts are projected in their order: it comes after the others of the same instant */
    return inserer(p, commande, e, (int64_t)vie_etat(v), diags) &&
           suivre_change(p, commande, PAIEMENT_AVANCE, &avance, &v->avance, m, diags) &&
           suivre_change(p, commande, PAIEMENT_SOLDE, &solde, &v->solde, m, diags);
}

bool vivre(struct projecteur *p, int64_t commande, const struct evenement *e, struct diag_liste *diags)
{
    return vivre_ou_emettre(p, commande, e, NULL, diags);
}

bool vivre_sans(struct projecteur *p, int64_t commande, int64_t fait, struct diag_liste *diags)
{
    struct vie *v = vie_de(p, commande, diags);
    sqlite3_stmt *s = projecteur_stmt(p, Q_VIE_RETIRER, diags);
    if (v == NULL || s == NULL || !rafale_vider(p->rafales[R_VIE], diags))
        return false;
    lier_n(s, 1, commande);
    lier_n(s, 2, fait);
    return registre_pas(p->r, s, diags) && replier(p, commande, v, diags);
}

struct instant debut_du_jour(const struct fait *f, enum fait_champ c)
{
    return instant_debut_du_jour(fait_jour(f, c));
}

enum paiement paiement_lu(const struct fait *f, enum fait_champ c)
{
    const struct slice mot = fait_slice(f, c);
    return paiement_parse(mot.bytes, mot.len);
}

/* One piece of a fact, when it has one. */
bool piece_du_fait(struct projecteur *p, int64_t commande, int64_t numero, const struct fait *f, enum fait_champ c, struct diag_liste *diags)
{
    int64_t bits = 0;
    if (!fait_get(f, c)->present)
        return true;
    return projeter_une_piece(p, commande, numero, fait_slice(f, c), &bits, diags) && ajouter_pieces(p, commande, bits, diags);
}

/* --- requests and lots ----------------------------------------------------------------------------------------------- */

struct demande_lue {
    int64_t commande, numero;
    enum paiement paiement;
    struct montant montant, total; /* total: of a balance */
    struct instant le;
};
static bool noter_faite(struct projecteur *p, int64_t fait, const struct demande_lue *d, struct diag_liste *diags)
{
    const struct vie *vie = vie_de(p, d->commande, diags);
    struct valeur *v = projecteur_ligne(p, R_DEMANDE_FAITE, diags);
    if (vie == NULL || v == NULL)
        return false;
    valeur_n(&v[0], fait);
    valeur_n(&v[1], d->commande);
    valeur_n(&v[2], (int64_t)d->paiement);
    valeur_n(&v[3], d->numero);
    valeur_n(&v[4], vie_demande(vie, d->paiement)->version);
    valeur_n(&v[5], d->montant.centimes);
    valeur_n(&v[6], d->le.s);
    return rafale_poser(p->rafales[R_DEMANDE_FAITE], diags);
}

static bool demander(struct projecteur *p, int64_t fait, const struct demande_lue *d, struct diag_liste *diags)
{
    struct evenement e = {.type = EV_DEMANDE, .paiement = d->paiement, .fait = fait, .numero = d->numero, .montant = d->montant, .total = d->total};
    const struct vie *v = vie_de(p, d->commande, diags);
    sqlite3_stmt *s = projecteur_stmt(p, Q_DEMANDE, diags);
    if (s == NULL || v == NULL)
        return false;
    /* It has no date of its own: it follows what came last, and the first is always seen (a lot rebuilt at a past date asks for it). */
    e.le.s = instant_present(v->dernier) ? v->dernier.s : 0;
    lier_n(s, 1, d->commande);
    lier_n(s, 2, (int64_t)d->paiement);
    lier_n(s, 3, d->numero);
    lier_n(s, 4, fait);
    lier_n(s, 5, d->montant.centimes);
    lier_n(s, 6, d->le.s);
    return registre_pas(p->r, s, diags) && vivre(p, d->commande, &e, diags) && noter_faite(p, fait, d, diags);
}

bool projeter_demande(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct demande_lue d = {fait_n(f, AD_COMMANDE), fait_n(f, AD_DEMANDE), PAIEMENT_AVANCE, fait_montant(f, AD_MONTANT), MONTANT_ABSENT,
                                  fait_instant(f, AD_LE)};
    return demander(p, numero, &d, diags);
}

bool projeter_solde_demande(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct demande_lue d = {fait_n(f, SO_COMMANDE), fait_n(f, SO_DEMANDE), PAIEMENT_SOLDE, fait_montant(f, SO_MONTANT),
                                  fait_montant(f, SO_TOTAL), fait_instant(f, SO_LE)};
    const struct fait_valeur *retires = fait_get(f, SO_RETIRE);
    struct valeur *v = projecteur_ligne(p, R_SOLDE, diags);
    sqlite3_stmt *r = projecteur_stmt(p, Q_SOLDE_RETRAIT, diags);
    if (v == NULL || r == NULL)
        return false;
    valeur_n(&v[0], numero);
    valeur_n(&v[1], d.commande);
    valeur_n(&v[2], fait_n(f, SO_TOTAL));
    valeur_n(&v[3], fait_n(f, SO_TROP_PERCU));
    valeur_n(&v[4], fait_n(f, SO_MSS_CAS));
    valeur_n(&v[5], fait_n(f, SO_FACTURE));
    valeur_n(&v[6], fait_n(f, SO_VA));
    if (!rafale_poser(p->rafales[R_SOLDE], diags))
        return false;
    for (int64_t i = 0; i < (retires->present ? retires->n : 0); i++) {
        finess et;
        if (finess_parse(retires->liste[i], &et) != NUMERO_VALIDE)
            return projection_mal_formee(numero, "retire", diags);
        lier_n(r, 1, numero);
        lier_n(r, 2, (int64_t)et);
        lier_n(r, 3, d.commande);
        if (!registre_pas(p->r, r, diags))
            return false;
    }
    return demander(p, numero, &d, diags);
}

static bool emettre(struct projecteur *p, int64_t fait, const struct emission_lue *m, struct diag_liste *diags)
{
    const struct evenement e = {.type = EV_EMISSION, .paiement = m->paiement, .le = m->le, .fait = fait, .numero = m->demande, .reconstitue = m->reconstitue != 0,
                                .montant = MONTANT_ABSENT};
    const struct vie *vie = vie_de(p, m->commande, diags);
    struct valeur *v = projecteur_ligne(p, R_EMISSION, diags);
    if (vie == NULL || v == NULL)
        return false;
    const struct dossier_demande *demande = vie_demande(vie, m->paiement);
    valeur_n(&v[0], m->fournisseur);
    valeur_n(&v[1], m->lot);
    valeur_n(&v[2], m->commande);
    valeur_n(&v[3], (int64_t)m->paiement);
    valeur_n(&v[4], demande->numero);
    valeur_n(&v[5], demande->version);
    valeur_n(&v[6], fait);
    return (!demande->existe || rafale_poser(p->rafales[R_EMISSION], diags)) && vivre_ou_emettre(p, m->commande, &e, m, diags);
}

bool projeter_emission(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct emission_lue m = {fait_n(f, AE_COMMANDE), fait_n(f, AE_DEMANDE), fait_n(f, AE_FOURNISSEUR), fait_n(f, AE_LOT),
                                   PAIEMENT_AVANCE, fait_instant(f, AE_LE), fait_n(f, AE_RECONSTITUE)};
    return emettre(p, numero, &m, diags);
}

bool projeter_solde_emis(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct emission_lue m = {fait_n(f, SM_COMMANDE), fait_n(f, SM_DEMANDE), fait_n(f, SM_FOURNISSEUR), fait_n(f, SM_LOT),
                                   PAIEMENT_SOLDE, fait_instant(f, SM_LE), fait_n(f, SM_RECONSTITUE)};
    return emettre(p, numero, &m, diags);
}

bool projeter_lot(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_LOT, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_n(s, 2, fait_n(f, LE_FOURNISSEUR));
    lier_n(s, 3, fait_n(f, LE_LOT));
    lier_n(s, 4, fait_n(f, LE_COULOIR));
    lier_n(s, 5, fait_n(f, LE_LE));
    lier_n(s, 6, fait_n(f, LE_NOMBRE));
    lier_n(s, 7, fait_n(f, LE_SOMME));
    lier_n(s, 8, fait_n(f, LE_RECONSTITUE));
    lier_champ(s, 9, f, LE_XML);
    lier_champ(s, 10, f, LE_ZIP);
    lier_n(s, 11, (int64_t)paiement_lu(f, LE_TYPE));
    lier_champ(s, 12, f, LE_REMPLACE);
    return registre_pas(p->r, s, diags);
}

bool projeter_lot_v1(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    struct fait actuel = *f;
    fait_actuel(&actuel);
    return projeter_lot(p, numero, &actuel, diags);
}

/* The same event for each request of a lot: what is said of the lot is said of them. The list is read before it is walked, since
 * the events are written to other tables under the same statement set. */
struct lot_lu {
    int64_t fournisseur, lot, fait;
    struct instant le;
    enum evenement_type type;
};
static bool suivre_lot(struct projecteur *p, const struct lot_lu *l, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_LOT_DEMANDES, diags);
    int la;
    if (s == NULL || !rafale_vider(p->rafales[R_EMISSION], diags))
        return false;
    (void)sqlite3_reset(s);
    lier_n(s, 1, l->fournisseur);
    lier_n(s, 2, l->lot);
    bool ok = true;
    while (ok && (la = registre_suivant(p->r, s, diags)) == 1) {
        const struct evenement e = {.type = l->type, .paiement = (enum paiement)sqlite3_column_int(s, 1), .le = l->le, .fait = l->fait,
                                    .numero = sqlite3_column_int64(s, 2), .montant = MONTANT_ABSENT};
        ok = vivre(p, sqlite3_column_int64(s, 0), &e, diags);
    }
    (void)sqlite3_reset(s);
    return ok && la == 0;
}

bool projeter_depot(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct lot_lu l = {fait_n(f, LD_FOURNISSEUR), fait_n(f, LD_LOT), numero, fait_instant(f, LD_LE), EV_DEPOT};
    sqlite3_stmt *s = projecteur_stmt(p, Q_LOT_DEPOSE, diags), *d = projecteur_stmt(p, Q_DEPOT, diags);
    if (s == NULL || d == NULL)
        return false;
    lier_n(s, 1, l.fournisseur);
    lier_n(s, 2, l.lot);
    lier_n(s, 3, l.le.s);
    lier_champ(s, 4, f, LD_ACCUSE);
    lier_n(d, 1, l.fournisseur);
    lier_n(d, 2, l.lot);
    lier_n(d, 3, numero);
    return registre_pas(p->r, s, diags) && registre_pas(p->r, d, diags) && suivre_lot(p, &l, diags);
}

/* The events of the deposit are moved to the instant that holds, and the life of the order folded again. */
static bool redeposer(struct projecteur *p, int64_t commande, const struct lot_lu *l, struct diag_liste *diags)
{
    struct vie *v = vie_de(p, commande, diags);
    sqlite3_stmt *s = projecteur_stmt(p, Q_VIE_REDEPOSER, diags);
    if (v == NULL || s == NULL || !rafale_vider(p->rafales[R_VIE], diags))
        return false;
    lier_n(s, 1, commande);
    lier_n(s, 2, l->fournisseur);
    lier_n(s, 3, l->lot);
    lier_n(s, 4, l->le.s);
    return registre_pas(p->r, s, diags) && replier(p, commande, v, diags) && raconter(p, commande, l->fait, diags);
}

bool projeter_depot_rectifie(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct lot_lu l = {fait_n(f, DX_FOURNISSEUR), fait_n(f, DX_LOT), numero, fait_instant(f, DX_LE), EV_DEPOT};
    sqlite3_stmt *s = projecteur_stmt(p, Q_LOT_RECTIFIE, diags), *t = projecteur_stmt(p, Q_LOT_DEMANDES, diags);
    int la;
    if (s == NULL || t == NULL || !rafale_vider(p->rafales[R_EMISSION], diags))
        return false;
    lier_n(s, 1, l.fournisseur);
    lier_n(s, 2, l.lot);
    lier_n(s, 3, l.le.s);
    lier_champ(s, 4, f, DX_ACCUSE);
    bool ok = registre_pas(p->r, s, diags);
    (void)sqlite3_reset(t);
    lier_n(t, 1, l.fournisseur);
    lier_n(t, 2, l.lot);
    while (ok && (la = registre_suivant(p->r, t, diags)) == 1)
        ok = redeposer(p, sqlite3_column_int64(t, 0), &l, diags);
    (void)sqlite3_reset(t);
    return ok && la == 0;
}

bool projeter_lot_annule(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct lot_lu l = {fait_n(f, LA_FOURNISSEUR), fait_n(f, LA_LOT), numero, fait_instant(f, LA_LE), EV_LOT_ANNULE};
    sqlite3_stmt *s = projecteur_stmt(p, Q_LOT_ANNULE, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, l.fournisseur);
    lier_n(s, 2, l.lot);
    lier_n(s, 3, l.le.s);
    lier_champ(s, 4, f, LA_MOTIF);
    return registre_pas(p->r, s, diags) && suivre_lot(p, &l, diags);
}
