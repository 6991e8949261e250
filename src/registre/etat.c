#include "registre/etat.h"

#include <string.h>

#include "registre/contenu.h"
#include "registre/etat_interne.h"
#include "registre/journal.h"

/* One projector per fact, in the order of faits.def; a missing one does not compile (see the assertion). */
static projection_fonction *const projections[] = {
    [FAIT_REGISTRE_OUVERT] = projeter_registre,
    [FAIT_CALENDRIER_CHOISI] = projeter_calendrier,
    [FAIT_BASE_IMPORTEE] = projeter_base,
    [FAIT_BASE_DESIGNEE] = projeter_designation,
    [FAIT_FOURNISSEUR_DECLARE] = projeter_fournisseur,
    [FAIT_FOURNISSEUR_ENROLE] = projeter_enrolement,
    [FAIT_SOLUTION_DECLAREE] = projeter_solution,
    [FAIT_LISTE_FINANCEMENTS] = projeter_liste,
    [FAIT_FINANCEMENT_DECLARE] = projeter_financement,
    [FAIT_NON_CUMUL_ATTESTE] = projeter_non_cumul,
    [FAIT_COMMANDE_ENREGISTREE_V1] = projeter_commande_v1,
    [FAIT_PIECE_JOINTE] = projeter_piece,
    [FAIT_DISCORDANCE_JUSTIFIEE] = projeter_justification,
    [FAIT_AVANCE_DEMANDEE] = projeter_demande,
    [FAIT_AVANCE_EMISE] = projeter_emission,
    [FAIT_LOT_EMIS_V1] = projeter_lot_v1,
    [FAIT_COMMANDE_ENREGISTREE] = projeter_commande,
    [FAIT_MANDAT_DECLARE] = projeter_mandat,
    [FAIT_MANDAT_RETIRE] = projeter_mandat_retire,
    [FAIT_LITIGE_OUVERT] = projeter_litige,
    [FAIT_LITIGE_REPONDU] = projeter_litige_repondu,
    [FAIT_LITIGE_CONCLU] = projeter_litige_conclu,
    [FAIT_CORRESPONDANCE_CHOISIE] = projeter_correspondance,
    [FAIT_SOLUTION_SURNOMMEE] = projeter_surnom,
    [FAIT_SURNOM_RETIRE] = projeter_surnom_retire,
    [FAIT_CONTACT_DECLARE] = projeter_contact,
    [FAIT_CONTACT_RETIRE] = projeter_contact_retire,
    [FAIT_PERSONNE_EFFACEE] = projeter_effacement,
    [FAIT_COMMANDE_COMPLETEE] = projeter_correction,
    [FAIT_COMMANDE_RECTIFIEE] = projeter_correction,
    [FAIT_COMMANDE_REMPLACEE] = projeter_remplacement,
    [FAIT_COMMANDE_ANNULEE] = projeter_annulation,
    [FAIT_COMMANDE_NOTEE] = projeter_note,
    [FAIT_SCEAU_ETABLI] = projeter_sceau,
    [FAIT_LOT_EMIS] = projeter_lot,
    [FAIT_LOT_DEPOSE] = projeter_depot,
    [FAIT_LOT_ANNULE] = projeter_lot_annule,
    [FAIT_RETOUR_IMPORTE] = projeter_retour,
    [FAIT_DEMANDE_REPONDUE] = projeter_reponse,
    [FAIT_FACTURE_ENREGISTREE] = projeter_facture,
    [FAIT_VA_ENREGISTREE] = projeter_va,
    [FAIT_SOLDE_DEMANDE] = projeter_solde_demande,
    [FAIT_SOLDE_EMIS] = projeter_solde_emis,
    [FAIT_VIREMENT_RECU] = projeter_virement,
    [FAIT_ENCAISSEMENT_ENREGISTRE] = projeter_encaissement,
    [FAIT_ENCAISSEMENT_RETIRE] = projeter_encaissement_retire,
    [FAIT_ORDRE_DE_RECOUVRER] = projeter_ordre,
    [FAIT_REVERSEMENT_EFFECTUE] = projeter_reversement,
    [FAIT_SOMME_RETIREE] = projeter_somme_retiree,
    [FAIT_DEPOT_RECTIFIE] = projeter_depot_rectifie,
    [FAIT_VIREMENT_RETIRE] = projeter_virement_retire,
    [FAIT_REPONSE_RETIREE] = projeter_reponse_retiree,
};
_Static_assert(sizeof projections / sizeof *projections == FAIT_NOMBRE, "one projector per fact");

static const char *const requetes[REQUETE_NOMBRE] = {
#define REQUETE(ident, sql) [ident] = sql,
#define RAFALE(ident, nom, colonnes, sql)
#include "registre/requetes.def"
#undef REQUETE
#undef RAFALE
};
static const struct {
    const char *nom;
    int colonnes;
    const char *sql;
} rafales[RAFALE_NOMBRE] = {
#define REQUETE(ident, sql)
#define RAFALE(ident, nom, colonnes, sql) [ident] = {nom, colonnes, sql},
#include "registre/requetes.def"
#undef REQUETE
#undef RAFALE
};

struct projecteur *projecteur_creer(struct registre *r)
{
    struct projecteur *p = memoire_calloc(1, sizeof *p);
    p->r = r;
    p->plis.max = PLIS_MAX;
    p->saisie = INSTANT_ABSENT;
    return p;
}

void projecteur_free(struct projecteur *p)
{
    if (p == NULL)
        return;
    for (size_t i = 0; i < REQUETE_NOMBRE; i++)
        sqlite3_finalize(p->stmt[i]);
    for (size_t i = 0; i < RAFALE_NOMBRE; i++)
        rafale_free(p->rafales[i]);
    plis_free(&p->plis);
    memoire_free(p->commande.essms);
    buffer_free(&p->commande.lignes);
    memoire_free(p);
}

void projecteur_dater(struct projecteur *p, struct instant saisie)
{
    p->saisie = saisie;
}

void projecteur_par_rafales(struct projecteur *p)
{
    p->par_rafales = true;
}

bool projecteur_vider(struct projecteur *p, struct diag_liste *diags)
{
    p->par_rafales = false;
    for (size_t i = 0; i < RAFALE_NOMBRE; i++)
        if (!rafale_vider(p->rafales[i], diags))
            return false;
    return true;
}

struct valeur *projecteur_ligne(struct projecteur *p, enum requete_rafale q, struct diag_liste *diags)
{
    if (p->rafales[q] == NULL)
        p->rafales[q] = rafale_creer(p->r, rafales[q].nom, rafales[q].colonnes, rafales[q].sql, diags);
    return p->rafales[q] == NULL ? NULL : rafale_ligne(p->rafales[q]);
}

bool projecteur_poser(struct projecteur *p, enum requete_rafale q, const struct valeur *v, size_t n, struct diag_liste *diags)
{
    struct valeur *ligne = projecteur_ligne(p, q, diags);
    if (ligne == NULL)
        return false;
    memcpy(ligne, v, n * sizeof *v);
    return rafale_poser(p->rafales[q], diags);
}

bool projecteur_pas(struct projecteur *p, sqlite3_stmt *s, struct diag_liste *diags)
{
    return rafale_vider(p->rafales[R_COMMANDE], diags) && rafale_vider(p->rafales[R_ESSMS], diags) && rafale_vider(p->rafales[R_PIECE], diags) &&
           registre_pas(p->r, s, diags);
}

sqlite3_stmt *projecteur_stmt(struct projecteur *p, enum requete q, struct diag_liste *diags)
{
    if (p->stmt[q] == NULL)
        p->stmt[q] = registre_stmt(p->r, requetes[q], diags);
    return p->stmt[q];
}

bool raconter(struct projecteur *p, int64_t commande, int64_t numero, struct diag_liste *diags)
{
    struct valeur *v = projecteur_ligne(p, R_HISTOIRE, diags);
    if (v == NULL)
        return false;
    valeur_n(&v[0], commande);
    valeur_n(&v[1], numero);
    return rafale_poser(p->rafales[R_HISTOIRE], diags);
}

/* What is told of an order later: any fact that names it. */
static bool projeter_histoire(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const int64_t commande = fait_commande(f, numero);
    return commande == 0 || commande == numero || raconter(p, commande, numero, diags);
}

bool projeter(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    return projections[f->type](p, numero, f, diags) && projeter_histoire(p, numero, f, diags) &&
           (p->par_rafales || projecteur_vider(p, diags));
}

/* --- replay ----------------------------------------------------------------------------------------------------- */

struct rejeu {
    struct projecteur *p;
    struct arene arene;
    struct instant instant;
    struct diag_liste *diags;
    int64_t derniere;
    bool ok;
};

static bool rejouer_une(void *ctx, int64_t numero, struct slice octets)
{
    struct rejeu *j = ctx;
    struct entree e;
    arene_reset(&j->arene);
    if (!entree_lire(octets, &j->arene, &e)) {
        diag_erreur(j->diags, E_JOURNAL_FORME, "l'entrée %lld du journal n'a pas la forme attendue", (long long)numero);
        j->ok = false;
        return false;
    }
    if (instant_present(j->instant) && instant_cmp(e.instant, j->instant) > 0)
        return false; /* entries never go back in time: the rest is later */
    projecteur_dater(j->p, e.instant);
    j->ok = projeter(j->p, numero, &e.fait, j->diags);
    j->derniere = numero;
    return j->ok;
}

bool etat_rejouer(struct registre *r, int64_t jusque, struct instant instant, struct diag_liste *diags)
{
    struct rejeu j = {.p = projecteur_creer(r), .instant = instant, .diags = diags, .ok = true};
    const size_t avant = (size_t)diags->total;
    const bool seul = !r->en_transaction; /* one transaction, not one an insertion */
    r->connue = INT64_MAX;
    projecteur_par_rafales(j.p);
    if (!seul || registre_exec(r, "begin", diags)) {
        (void)journal_parcourir(r, 1, jusque, rejouer_une, &j, diags);
        j.ok = j.ok && projecteur_vider(j.p, diags) && (j.derniere == 0 || journal_tete_rejouer(r, j.derniere, diags));
    }
    r->connue = j.derniere;
    projecteur_free(j.p);
    arene_free(&j.arene);
    const bool ok = j.ok && diags->total == avant;
    return !seul ? ok : registre_exec(r, ok ? "commit" : "rollback", diags) && ok;
}
