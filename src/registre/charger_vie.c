/* The payment life of an order: its events folded at `au`; then the invoice, the VA and the balance that they name. */
#include "registre/charger_interne.h"
#include "registre/vie_lire.h"

/* What the fold does not hold: the facts of the last invoice, VA and balance at `au`. An invoice or a VA entered again, of an earlier
 * date, takes the place of the one before it. */
struct faits_de_vie {
    int64_t facture, va, solde;
};

static void retenir(struct faits_de_vie *f, const struct evenement *e)
{
    if (e->type == EV_FACTURE && e->fait > f->facture)
        f->facture = e->fait;
    if (e->type == EV_VA && e->fait > f->va)
        f->va = e->fait;
    if (e->type == EV_DEMANDE && e->paiement == PAIEMENT_SOLDE)
        f->solde = e->fait;
}

static bool ligne_de(struct chargeur *c, sqlite3_stmt *s, int64_t fait, struct diag_liste *diags)
{
    (void)sqlite3_reset(s);
    lier_n(s, 1, fait);
    const int la = registre_suivant(c->r, s, diags);
    if (la == 0)
        diag_erreur(diags, E_JOURNAL_ETAT, "l'entrée %lld n'est pas projetée", (long long)fait);
    return la == 1;
}

static bool charger_facture(struct chargeur *c, struct arene *a, int64_t fait, struct dossier *d, struct diag_liste *diags)
{
    sqlite3_stmt *s = c->facture;
    if (fait == 0)
        return true;
    if (!ligne_de(c, s, fait, diags))
        return false;
    d->facture = (struct dossier_facture){
        .existe = true, .fait = fait, .numero = colonne_arene(a, s, 0), .date = colonne_jour(s, 1), .deux = sqlite3_column_int(s, 2) != 0,
        .ht = colonne_montant(s, 3),
        .taux_tva = sqlite3_column_type(s, 4) == SQLITE_NULL ? TAUX_ABSENT : (struct taux){sqlite3_column_int(s, 4)},
        .tva = colonne_montant(s, 5), .ttc = colonne_montant(s, 6), .motif_tva = (enum motif_tva)sqlite3_column_int(s, 7),
        .mention_segur = (enum trois)sqlite3_column_int(s, 8), .client = (finess)sqlite3_column_int64(s, 9),
        .nom_accorde = (enum trois)sqlite3_column_int(s, 11), .piece = sqlite3_column_type(s, 12) != SQLITE_NULL};
    return true;
}

static struct essms_va colonnes_va(sqlite3_stmt *s)
{
    struct essms_va v = {(enum trois)sqlite3_column_int(s, 1), (enum trois)sqlite3_column_int(s, 2), (enum trois)sqlite3_column_int(s, 3),
                         (enum tbb)sqlite3_column_int(s, 4), {-1, -1, -1}};
    for (int i = 0; i < 3; i++)
        if (sqlite3_column_type(s, 5 + i) != SQLITE_NULL)
            v.indicateurs[i] = sqlite3_column_int(s, 5 + i);
    return v;
}

static struct dossier_essms *essms_de(struct dossier *d, finess et)
{
    for (uint32_t i = 0; i < d->n_essms; i++)
        if (d->essms[i].et == et)
            return &d->essms[i];
    return NULL;
}

/* Each ESSMS that the rows of `s` (first column) name gets what they say. */
static bool pour_essms(struct chargeur *c, sqlite3_stmt *s, int64_t fait, struct dossier *d,
                       void (*dire)(sqlite3_stmt *s, const struct dossier *d, struct dossier_essms *e), struct diag_liste *diags)
{
    int la;
    (void)sqlite3_reset(s);
    lier_n(s, 1, fait);
    while ((la = registre_suivant(c->r, s, diags)) == 1) {
        struct dossier_essms *e = essms_de(d, (finess)sqlite3_column_int64(s, 0));
        if (e != NULL)
            dire(s, d, e);
    }
    return la == 0;
}

static void dire_va(sqlite3_stmt *s, const struct dossier *d, struct dossier_essms *e)
{
    (void)d;
    e->va = colonnes_va(s);
}

/* Freed when ASP has decided that balance (regles.md § 3, inference). */
static void dire_retrait(sqlite3_stmt *s, const struct dossier *d, struct dossier_essms *e)
{
    (void)s;
    e->retire = true;
    e->libere = d->vie.solde.statut == STATUT_PAYEE;
}

static bool charger_va(struct chargeur *c, struct arene *a, int64_t fait, struct dossier *d, struct diag_liste *diags)
{
    sqlite3_stmt *s = c->va;
    if (fait == 0)
        return true;
    if (!ligne_de(c, s, fait, diags))
        return false;
    d->va = (struct dossier_va){
        .existe = true, .fait = fait, .version = (uint32_t)sqlite3_column_int64(s, 0), .signee_le = {sqlite3_column_int64(s, 1)},
        .signataire_present = sqlite3_column_int64(s, 2) != 0, .signataire_fait = sqlite3_column_int64(s, 2),
        .qualite = colonne_arene(a, s, 3), .mode = (enum mode_signature)sqlite3_column_int(s, 4), .delegation_le = colonne_jour(s, 5),
        .delegation_piece = sqlite3_column_type(s, 6) != SQLITE_NULL, .bon_fonctionnement = (enum trois)sqlite3_column_int(s, 7),
        .mss_cas = (uint32_t)sqlite3_column_int(s, 8), .nom_accorde = (enum trois)sqlite3_column_int(s, 9),
        .piece = sqlite3_column_type(s, 10) != SQLITE_NULL};
    d->va.delegation = jour_present(d->va.delegation_le) || d->va.delegation_piece ? TROIS_OUI : TROIS_NON;
    return pour_essms(c, c->va_essms, fait, d, dire_va, diags);
}

static bool charger_solde(struct chargeur *c, int64_t fait, struct dossier *d, struct diag_liste *diags)
{
    if (fait == 0)
        return true;
    if (!ligne_de(c, c->solde, fait, diags))
        return false;
    d->solde = (struct dossier_solde){.existe = true, .trop_percu = colonne_montant(c->solde, 0),
                                      .mss_cas = (uint32_t)sqlite3_column_int(c->solde, 1), .facture = sqlite3_column_int64(c->solde, 2),
                                      .va = sqlite3_column_int64(c->solde, 3)};
    return pour_essms(c, c->retraits, fait, d, dire_retrait, diags);
}

static void rien(struct dossier *d)
{
    d->facture = (struct dossier_facture){.numero = "", .date = JOUR_ABSENT, .ht = MONTANT_ABSENT, .tva = MONTANT_ABSENT, .ttc = MONTANT_ABSENT,
                                          .taux_tva = TAUX_ABSENT, .mention_segur = TROIS_ABSENT, .nom_accorde = TROIS_ABSENT};
    d->va = (struct dossier_va){.signee_le = INSTANT_ABSENT, .qualite = "", .delegation = TROIS_ABSENT, .delegation_le = JOUR_ABSENT,
                                .bon_fonctionnement = TROIS_ABSENT, .nom_accorde = TROIS_ABSENT};
    d->solde = (struct dossier_solde){.trop_percu = MONTANT_ABSENT};
    for (uint32_t i = 0; i < d->n_essms; i++)
        d->essms[i].va = (struct essms_va){TROIS_ABSENT, TROIS_ABSENT, TROIS_ABSENT, TBB_ABSENT, {-1, -1, -1}};
}

bool charger_vie(struct chargeur *c, struct arene *a, struct dossier *d, struct diag_liste *diags)
{
    struct faits_de_vie f = {0};
    struct vie v;
    bool la, vue = false;
    vie_init(&v);
    rien(d);
    while (suiveur_placer(c, &c->vie, d->fait, &la, diags) && la) {
        struct evenement e;
        evenement_colonnes(c->vie.s, 1, &e);
        if (!vue && instant_cmp(e.le, c->au) > 0) { /* sorted by date: what follows is later still */
            d->vie = v;
            vue = true;
        }
        vie_ajouter(&v, &e);
        if (!vue)
            retenir(&f, &e);
        if (!suiveur_avancer(c, &c->vie, diags))
            return false;
    }
    if (!vue)
        d->vie = v;
    d->etat = (int)vie_etat(&d->vie);
    d->etat_acquis = (int)vie_etat(&v);
    return !la && charger_facture(c, a, f.facture, d, diags) && charger_va(c, a, f.va, d, diags) && charger_solde(c, f.solde, d, diags);
}

bool charger_vie_preparer(struct chargeur *c, struct diag_liste *diags)
{
    c->facture = registre_stmt(c->r, "select numero, date, deux, ht, taux_tva, tva, ttc, motif_tva, mention_segur, client, nom, accorde, piece "
                                     "from facture where fait = ?1", diags);
    c->va = registre_stmt(c->r, "select version, le, signataire, qualite, mode, delegation_le, delegation, bon_fonctionnement, mss_cas, accorde, "
                                "piece from va where fait = ?1", diags);
    c->va_essms = registre_stmt(c->r, "select et, atteste, deploye, tbb_livre, tbb, actifs, projet, evenement from va_essms where va = ?1", diags);
    c->solde = registre_stmt(c->r, "select trop_percu, mss_cas, facture, va from solde where fait = ?1", diags);
    c->retraits = registre_stmt(c->r, "select et from solde_retrait where solde = ?1", diags);
    return c->facture != NULL && c->va != NULL && c->va_essms != NULL && c->solde != NULL && c->retraits != NULL;
}

void charger_vie_free(struct chargeur *c)
{
    sqlite3_finalize(c->facture);
    sqlite3_finalize(c->va);
    sqlite3_finalize(c->va_essms);
    sqlite3_finalize(c->solde);
    sqlite3_finalize(c->retraits);
}
