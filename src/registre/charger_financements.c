/* Dossiers of stage F: one ESSMS, its fundings, the orders on it. */
#include "registre/charger_interne.h"

bool chargeur_financements_ouvrir(struct chargeur *c, finess et, struct diag_liste *diags)
{
    sqlite3_finalize(c->finances);
    c->finances = registre_stmt(c->r, et == FINESS_ABSENT
                                          ? "select distinct et from financement where date_etat is null or date_etat <= ?1 order by et"
                                          : "select distinct et from financement where (date_etat is null or date_etat <= ?1) and et = ?2",
                                diags);
    if (c->finances == NULL || !charger_pris(c, diags))
        return false;
    lier_n(c->finances, 1, c->jour.n);
    if (et != FINESS_ABSENT)
        lier_n(c->finances, 2, (int64_t)et);
    return true;
}

int chargeur_financements_suivant(struct chargeur *c, struct arene *a, struct dossier *out, struct diag_liste *diags)
{
    char t[FINESS_TEXTE_MAX];
    const int rc = sqlite3_step(c->finances);
    if (rc != SQLITE_ROW) {
        if (rc != SQLITE_DONE)
            registre_faute(c->r, diags);
        return rc == SQLITE_DONE ? 0 : -1;
    }
    const finess et = (finess)sqlite3_column_int64(c->finances, 0);
    struct dossier_essms *e = arene_alloc(a, sizeof *e);
    *e = (struct dossier_essms){.et = et, .ht = MONTANT_ABSENT, .ttc = MONTANT_ABSENT};
    *out = (struct dossier){
        .au = c->au, .calendrier = c->calendrier, .liste_financements = c->listes,
        .numero = arene_printf(a, "%s", finess_texte(et, t)), .reference_externe = "", .date_commande = JOUR_ABSENT,
        .date_signature = JOUR_ABSENT, .ht = MONTANT_ABSENT, .tva = MONTANT_ABSENT, .ttc = MONTANT_ABSENT, .taux_tva = TAUX_ABSENT,
        .qualite_signataire = "", .deja_equipe_depuis = JOUR_ABSENT, .version_solution = "", .solution_lue = "", .essms = e,
        .n_essms = 1, .base = {.etat = BASE_INDETERMINABLE, .date = JOUR_ABSENT},
        .solution = {.nom = "", .numero_ans = "", .version_referencee = "", .dossier_complet_le = JOUR_ABSENT,
                     .reference_le = JOUR_ABSENT, .refuse_le = JOUR_ABSENT, .retire_le = JOUR_ABSENT},
        .fournisseur = {.nom = "", .enrole_le = JOUR_ABSENT}};
    vie_init(&out->vie);
    return charger_financements(c, a, e, diags) && charger_autres(c, a, 0, e, diags) ? 1 : -1;
}
