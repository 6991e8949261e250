/* What stands around an order: the reference base, other orders on its ESSMS, fundings, justifications. */
#include <stdlib.h>
#include <string.h>

#include "registre/charger_interne.h"
#include "registre/litige.h"

char *slice_arene(struct arene *a, struct slice t)
{
    return arene_copy(a, t.len == 0 ? "" : t.bytes, t.len);
}

char *colonne_arene(struct arene *a, sqlite3_stmt *s, int i)
{
    return slice_arene(a, colonne_slice(s, i));
}

/* --- base ------------------------------------------------------------------------------------------------------- */

static bool base_de_periode(struct chargeur *c, enum couloir couloir, int annee, const struct base_vue **out,
                            struct diag_liste *diags)
{
    *out = NULL;
    if (annee < ANNEE_MIN || annee > ANNEE_MAX)
        return true;
    struct base_vue *b = &c->bases[couloir][annee - ANNEE_MIN];
    if (!b->lue && !(finess_base_designee(c->r, couloir, annee, c->jour, &b->base, &b->date, diags) &&
                     (b->base == 0 || finess_base_du(c->r, "cs1100501", b->date, &b->entites, diags))))
        return false;
    b->lue = true;
    *out = b;
    return true;
}

static bool lire_og(struct chargeur *c, const struct base_vue *b, finess ej, struct diag_liste *diags)
{
    if (c->og_base == b->base && c->og_ej == ej)
        return true;
    struct slice paquet = {NULL, 0};
    struct entite_juridique entite = {0};
    if (b->entites != 0 && finess_trouver_entite(c->finess, b->entites, ej, &entite, diags) < 0)
        return false;
    c->og_statut = entite.statut;
    const int trouve = finess_trouver_og(c->finess, b->base, ej, &c->og, &paquet, diags);
    buffer_clear(&c->og_octets);
    buffer_append(&c->og_octets, paquet.bytes, paquet.len);
    c->og_et = (struct slice){c->og_octets.bytes, c->og_octets.len};
    c->og_base = b->base;
    c->og_ej = ej;
    c->og_present = trouve == 1;
    return trouve >= 0;
}

/* One ESSMS, and its names if they are to be compared: among those of the OG, read already, else in the whole base. */
static bool lire_essms(struct chargeur *c, struct arene *a, int64_t base, const struct dossier *d, struct dossier_essms *e,
                       struct diag_liste *diags)
{
    struct et_de_l_og et;
    struct finess_essms trouvaille;
    const bool nomme = !c->sans_voisins && essms_nomme(e);
    e->dans_base = !nomme && c->og_present && finess_dans_le_paquet(c->og_et, e->et, &et);
    if (e->dans_base) {
        e->ej_base = d->ej;
        e->categorie = et.categorie;
        e->agregat = et.agregat;
        return true;
    }
    const int trouve = finess_trouver_essms(c->finess, base, e->et, &trouvaille, diags);
    e->dans_base = trouve == 1;
    if (trouve != 1)
        return trouve == 0;
    e->ej_base = trouvaille.ej;
    e->categorie = trouvaille.categorie;
    e->agregat = trouvaille.agregat;
    if (nomme)
        charger_nom(a, e, trouvaille.raison_sociale, trouvaille.acheminement);
    return true;
}

/* The OG of most of the ESSMS found in the base (the first of them between equals): one ESSMS copied from elsewhere must not
 * turn the fault on the others. */
static bool og_deduire(struct chargeur *c, int64_t base, struct dossier *d, struct diag_liste *diags)
{
    uint32_t meilleur = 0;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        struct dossier_essms *e = &d->essms[i];
        if (finess_trouver_rattachement(c->finess, base, e->et, &e->ej_base, &e->categorie, &e->agregat, diags) < 0)
            return false;
    }
    for (uint32_t i = 0; i < d->n_essms; i++) {
        uint32_t n = 0;
        for (uint32_t k = 0; k < d->n_essms && d->essms[i].ej_base != FINESS_ABSENT; k++)
            n += d->essms[k].ej_base == d->essms[i].ej_base;
        if (n > meilleur)
            d->ej = d->essms[i].ej_base;
        meilleur = n > meilleur ? n : meilleur;
    }
    return true;
}

/* The OG: given, else deduced; counted. */
static bool charger_og(struct chargeur *c, const struct base_vue *b, struct dossier *d, struct diag_liste *diags)
{
    if (d->ej == FINESS_ABSENT && !og_deduire(c, b->base, d, diags))
        return false;
    if (d->ej == FINESS_ABSENT) {
        c->og_present = false;
        c->og_base = 0;
        return true;
    }
    if (!lire_og(c, b, d->ej, diags))
        return false;
    d->base.statut_og = c->og_statut;
    d->base.og_present = c->og_present;
    for (int i = 0; i < COULOIR_NOMBRE && c->og_present; i++)
        d->base.n[i] = c->og.n[i];
    return true;
}

/* The base of its period; NULL when there is none. */
static bool base_du_dossier(struct chargeur *c, struct dossier *d, const struct base_vue **b, struct diag_liste *diags)
{
    *b = NULL;
    d->base = (struct dossier_base){.etat = BASE_INDETERMINABLE, .date = JOUR_ABSENT};
    if (!jour_present(d->date_signature) || d->couloir == COULOIR_INCONNU)
        return true;
    d->base.annee = jour_annee(d->date_signature);
    d->base.etat = BASE_MANQUANTE;
    if (!base_de_periode(c, d->couloir, d->base.annee, b, diags))
        return false;
    if (*b == NULL || (*b)->base == 0) {
        *b = NULL;
        return true;
    }
    d->base.etat = BASE_DESIGNEE;
    d->base.date = (*b)->date;
    return true;
}

bool charger_base(struct chargeur *c, struct arene *a, struct dossier *d, struct diag_liste *diags)
{
    const struct base_vue *b;
    if (!base_du_dossier(c, d, &b, diags))
        return false;
    bool ok = b == NULL || charger_og(c, b, d, diags);
    for (uint32_t i = 0; ok && b != NULL && i < d->n_essms; i++)
        ok = lire_essms(c, a, b->base, d, &d->essms[i], diags);
    return ok;
}

int64_t chargeur_base_de(const struct chargeur *c, const struct dossier *d)
{
    return d->base.etat == BASE_DESIGNEE ? c->bases[d->couloir][d->base.annee - ANNEE_MIN].base : 0;
}

/* --- other orders ----------------------------------------------------------------------------------------------- */

bool charger_litige(struct chargeur *c, int64_t commande, int *etat, int *acquis, struct diag_liste *diags)
{
    if (!c->litiges || !etat_en_vigueur((enum etat_commande)*etat))
        return true;
    (void)sqlite3_reset(c->litige);
    lier_n(c->litige, 1, commande);
    lier_n(c->litige, 2, c->jour.n);
    const int la = registre_suivant(c->r, c->litige, diags);
    if (la == 1 && sqlite3_column_int(c->litige, 0) != 0)
        *etat = ETAT_RENONCEE;
    else if (la == 1 && sqlite3_column_int(c->litige, 1) != 0)
        *etat = ETAT_EN_LITIGE;
    if (la == 1 && acquis != NULL && sqlite3_column_int(c->litige, 2) != 0 && etat_en_vigueur((enum etat_commande)*acquis))
        *acquis = ETAT_RENONCEE;
    return la == 1;
}

/* One of them, from what its row or its announcement says, in `out`; its texts are copied. */
static bool autre_lue(struct chargeur *c, struct arene *a, const struct commande_annoncee *o, struct autre_commande *out, struct diag_liste *diags)
{
    struct dossier autre = {.solution_lue = slice_arene(a, o->solution), .couloir = o->couloir, .version_solution = slice_arene(a, o->version)};
    charger_solution(c, &autre);
    *out = (struct autre_commande){
        o->fait, o->fournisseur, slice_arene(a, o->numero), o->date_signature, out->etat, charger_logiciel(c, autre.solution_lue),
        out->libere, autre.solution.connue && autre.solution.couloir_connu, autre.solution.dossier_complet_le, autre.solution.reference_le,
        autre.solution.refuse_le};
    return charger_litige(c, o->fait, &out->etat, NULL, diags);
}

/* As it is known at `au`. 1 read, 0 signed later, −1 a fault. */
static int lire_autre(struct chargeur *c, struct arene *a, int64_t commande, finess et, struct autre_commande *out, struct diag_liste *diags)
{
    sqlite3_stmt *s = c->autres;
    (void)sqlite3_reset(s);
    lier_n(s, 1, commande);
    lier_n(s, 2, c->jour.n);
    lier_n(s, 3, c->au.s);
    lier_n(s, 4, (int64_t)et);
    const int la = registre_suivant(c->r, s, diags);
    if (la != 1)
        return la;
    const struct commande_annoncee o = {.fait = sqlite3_column_int64(s, 0), .fournisseur = (uint32_t)sqlite3_column_int64(s, 1),
                                        .numero = colonne_slice(s, 2), .date_signature = colonne_jour(s, 3), .solution = colonne_slice(s, 6),
                                        .couloir = (enum couloir)sqlite3_column_int(s, 7), .version = colonne_slice(s, 8)};
    *out = (struct autre_commande){.etat = sqlite3_column_int(s, 4) < 0 ? ETAT_REMPLACEE : sqlite3_column_int(s, 4),
                                   .libere = sqlite3_column_int(s, 5) != 0};
    return autre_lue(c, a, &o, out, diags) ? 1 : -1;
}

/* The same of one that is only announced: nothing happened to it yet. */
static int autre_annoncee(struct chargeur *c, struct arene *a, const struct commande_annoncee *o, struct autre_commande *out, struct diag_liste *diags)
{
    if (jour_present(o->date_signature) && jour_cmp(o->date_signature, c->jour) > 0)
        return 0;
    *out = (struct autre_commande){.etat = ETAT_ENREGISTREE};
    return autre_lue(c, a, o, out, diags) ? 1 : -1;
}

static int une_autre(struct chargeur *c, struct arene *a, int64_t commande, finess et, struct autre_commande *out, struct diag_liste *diags)
{
    if (c->n_annoncees == 0 || commande < c->annoncees[0].fait)
        return lire_autre(c, a, commande, et, out, diags);
    return autre_annoncee(c, a, &c->annoncees[commande - c->annoncees[0].fait], out, diags);
}

bool charger_autres(struct chargeur *c, struct arene *a, int64_t sauf, struct dossier_essms *e, struct diag_liste *diags)
{
    uint32_t n = 0;
    for (const struct essms_pris *p = pris_par(c, e->et); p != NULL; p = pris_suivant(c, p))
        n += p->commande != sauf;
    if (n == 0)
        return true;
    struct autre_commande *t = arene_alloc(a, n * sizeof *t);
    e->autres = t;
    for (const struct essms_pris *p = pris_par(c, e->et); p != NULL; p = pris_suivant(c, p)) {
        const int lu = p->commande == sauf ? 0 : une_autre(c, a, p->commande, e->et, &t[e->n_autres], diags);
        if (lu < 0)
            return false;
        e->n_autres += lu == 1;
    }
    return true;
}

/* --- fundings --------------------------------------------------------------------------------------------------- */

bool charger_financements(struct chargeur *c, struct arene *a, struct dossier_essms *e, struct diag_liste *diags)
{
    struct financement *t = NULL;
    size_t cap = 0;
    int rc;
    (void)sqlite3_reset(c->financement);
    lier_n(c->financement, 1, (int64_t)e->et);
    lier_n(c->financement, 2, c->jour.n);
    while ((rc = sqlite3_step(c->financement)) == SQLITE_ROW) {
        sqlite3_stmt *s = c->financement;
        t = memoire_grow(t, &cap, e->n_financements + 1, sizeof *t);
        struct financement *f = &t[e->n_financements++];
        *f = (struct financement){
            .fait = sqlite3_column_int64(s, 0), .fonds = (enum fonds)sqlite3_column_int(s, 1),
            .phase = (enum phase)sqlite3_column_int(s, 2), .volet = (enum volet)sqlite3_column_int(s, 3),
            .nature = (enum nature)sqlite3_column_int(s, 4), .etat = (enum etat_financement)sqlite3_column_int(s, 5),
            .dui = colonne_arene(a, s, 6), .dui_reference = (enum trois)sqlite3_column_int(s, 7), .date_etat = colonne_jour(s, 8)};
        f->logiciel = charger_logiciel(c, f->dui);
    }
    if (rc != SQLITE_DONE)
        registre_faute(c->r, diags);
    if (e->n_financements > 0)
        e->financements = memcpy(arene_alloc(a, e->n_financements * sizeof *t), t, e->n_financements * sizeof *t);
    memoire_free(t);
    return rc == SQLITE_DONE;
}

/* --- attestation and justifications ------------------------------------------------------------------------------ */

static bool lire_attestation(struct chargeur *c, struct dossier *d, struct diag_liste *diags)
{
    (void)sqlite3_reset(c->attestation);
    lier_n(c->attestation, 1, d->fait);
    lier_n(c->attestation, 2, c->jour.n);
    const int rc = sqlite3_step(c->attestation);
    d->attestation_non_cumul = rc == SQLITE_ROW;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        registre_faute(c->r, diags);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

static bool lire_justifications(struct chargeur *c, struct arene *a, struct dossier *d, struct diag_liste *diags)
{
    enum { MAX = 128 };
    struct justification t[MAX];
    uint32_t n = 0;
    int rc;
    (void)sqlite3_reset(c->justification);
    lier_n(c->justification, 1, d->fait);
    while ((rc = sqlite3_step(c->justification)) == SQLITE_ROW && n < MAX) {
        sqlite3_stmt *s = c->justification;
        if (sqlite3_column_bytes(s, 1) != (int)sizeof t[n].constat.octets)
            continue;
        t[n].regle = colonne_arene(a, s, 0);
        memcpy(t[n].constat.octets, sqlite3_column_blob(s, 1), sizeof t[n].constat.octets);
        t[n++].motif = colonne_arene(a, s, 2);
    }
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        registre_faute(c->r, diags);
    if (n > 0)
        d->justifications = memcpy(arene_alloc(a, n * sizeof *t), t, n * sizeof *t);
    d->n_justifications = n;
    return rc == SQLITE_DONE || rc == SQLITE_ROW;
}

/* --- all of it -------------------------------------------------------------------------------------------------- */

static bool existe(struct chargeur *c, const char *table, bool *out, struct diag_liste *diags)
{
    char sql[80];
    int64_t n;
    (void)sqlite3_snprintf(sizeof sql, sql, "select exists (select 1 from %s)", table);
    if (!registre_entier(c->r, sql, 0, &n, diags))
        return false;
    *out = n != 0;
    return true;
}

bool charger_voisins_preparer(struct chargeur *c, struct diag_liste *diags)
{
    c->autres = registre_stmt(c->r, "select o.fait, o.fournisseur, o.numero, o.date_signature, "
                                    "iif(o.remplacee_le <= ?2 and (o.annulee_le is null or o.annulee_le > ?3), -1, coalesce((select v.etat from vie v "
                                    "where v.commande = o.fait and v.le <= ?3 order by v.le desc, v.fait desc limit 1), 0)), "
                                    "exists (select 1 from solde_retrait r join demande d on d.commande = r.commande and d.paiement = 2 and d.fait = r.solde "
                                    "where r.commande = o.fait and r.et = ?4 and d.paye is not null and d.statut_le <= ?3), "
                                    "o.solution, o.couloir, o.version from commande o where o.fait = ?1 "
                                    "and (o.date_signature is null or o.date_signature <= ?2)", diags);
    c->financement = registre_stmt(c->r, "select fait, fonds, phase, volet, nature, etat, dui, dui_reference, date_etat "
                                         "from financement where et = ?1 and (date_etat is null or date_etat <= ?2) "
                                         "order by fait", diags);
    c->attestation = registre_stmt(c->r, "select 1 from non_cumul where commande = ?1 and (date is null or date <= ?2)", diags);
    c->justification = registre_stmt(c->r, "select regle, constat, motif from justification where commande = ?1 order by fait desc", diags);
    c->litige = registre_stmt(c->r, "select " LITIGE_ECARTEE_SQL("?1", "?2") ", " LITIGE_OUVERT_SQL("?1", "?2") ", " LITIGE_ECARTEE_SQL("?1", "9999999"), diags);
    return c->litige != NULL && existe(c, "litige", &c->litiges, diags) && c->autres != NULL && c->financement != NULL &&
           c->attestation != NULL && c->justification != NULL &&
           existe(c, "liste_financement", &c->listes, diags) && existe(c, "financement", &c->financements, diags) &&
           existe(c, "non_cumul", &c->attestations, diags) && existe(c, "justification", &c->justifications, diags);
}

bool charger_voisins(struct chargeur *c, struct arene *a, struct dossier *d, struct diag_liste *diags)
{
    d->liste_financements = c->listes;
    if ((d->base.etat == BASE_DESIGNEE && !charger_noms(c, a, chargeur_base_de(c, d), d, diags)) || !charger_de_l_og(c, a, d, diags))
        return false;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        struct dossier_essms *e = &d->essms[i];
        if (!charger_autres(c, a, d->fait, e, diags))
            return false;
        if (c->financements && !charger_financements(c, a, e, diags))
            return false;
    }
    return (!c->attestations || lire_attestation(c, d, diags)) && (!c->justifications || lire_justifications(c, a, d, diags));
}
