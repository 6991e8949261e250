/* Fundings: the list with what stage F says of each, the control of all, the reasons for one ESSMS. */
#include <string.h>

#include "metier/juger.h"
#include "metier/vue_commun.h"
#include "metier/vue_constats.h"
#include "registre/dossier_charger.h"
#include "regles/financement.h"

/* Calls `faire` for every known state of every funding (`et` absent: all ESSMS), judged. */
struct parcours {
    struct contexte *ctx;
    struct arene arene;
    bool (*faire)(void *quoi, const struct dossier *d, const struct jugement *j);
    void *quoi;
};

static bool parcourir_etats(struct parcours *p, struct dossier *d)
{
    for (uint32_t k = 0; k < d->essms[0].n_financements; k++) {
        struct jugement j;
        d->financement = k + 1;
        d->fait = d->essms[0].financements[k].fait;
        juger_financement(p->ctx, d, &p->arene, &j);
        if (!p->faire(p->quoi, d, &j))
            return false;
    }
    return true;
}

static bool parcourir(struct contexte *ctx, finess et, bool (*faire)(void *, const struct dossier *, const struct jugement *), void *quoi,
                      size_t *essms)
{
    struct parcours p = {.ctx = ctx, .faire = faire, .quoi = quoi};
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->au, ctx->calendrier, ctx->diags);
    struct dossier d;
    int lu = c != NULL && chargeur_financements_ouvrir(c, et, ctx->diags) ? 1 : -1;
    *essms = 0;
    for (; lu == 1 && (lu = chargeur_financements_suivant(c, &p.arene, &d, ctx->diags)) == 1; arene_reset(&p.arene)) {
        (*essms)++;
        if (!parcourir_etats(&p, &d))
            lu = -1;
    }
    chargeur_free(c);
    arene_free(&p.arene);
    return lu == 0;
}

/* --- the list --------------------------------------------------------------------------------------------------------- */

static const struct colonne colonnes[] = {
    {"finess_et", "FINESS", CELLULE_FINESS}, {"fonds", "fonds", CELLULE_TEXTE},   {"phase", "phase", CELLULE_TEXTE},
    {"volet", "volet", CELLULE_TEXTE},       {"nature", "nature", CELLULE_TEXTE}, {"dui", "DUI", CELLULE_TEXTE},
    {"dui_reference", "référencé", CELLULE_OUI_NON}, {"etat", "état", CELLULE_TEXTE}, {"date_etat", "depuis", CELLULE_JOUR},
    {"verdict", "verdict", CELLULE_TEXTE}};
#define N_COLONNES (sizeof colonnes / sizeof *colonnes)

/* « remplacé », else the worst of stage F with its rules; empty when nothing is wrong. */
static void verdict_dire(const struct dossier *d, const struct jugement *j, struct buffer *b)
{
    if (!financement_compte(d, &d->essms[0], d->financement - 1)) {
        buffer_puts(b, "remplacé");
        return;
    }
    const enum verdict pire = j->bilan.anomalies > 0 ? VERDICT_NON_CONFORME : VERDICT_EN_ATTENTE;
    for (size_t i = 0; i < j->n; i++) {
        if (j->constats[i].verdict != pire)
            continue;
        if (b->len == 0)
            buffer_puts(b, gravite_nom(constat_gravite(&j->constats[i])));
        buffer_printf(b, " %s", regle_de(j->constats[i].regle)->ident);
    }
}

static bool lister_un(void *quoi, const struct dossier *d, const struct jugement *j)
{
    struct tableau_sortie *s = quoi;
    const struct financement *f = &d->essms[0].financements[d->financement - 1];
    struct buffer b = {0};
    verdict_dire(d, j, &b);
    const struct cellule cellules[N_COLONNES] = {
        cellule_finess(d->essms[0].et), cellule_texte(fonds_nom(f->fonds)), cellule_texte(phase_nom(f->phase)),
        cellule_texte(volet_nom(f->volet)), cellule_texte(nature_nom(f->nature)), cellule_texte(f->dui),
        f->dui_reference == TROIS_ABSENT ? cellule_vide() : cellule_oui_non(f->dui_reference == TROIS_OUI),
        cellule_texte(etat_financement_nom(f->etat)), cellule_jour(f->date_etat), cellule_slice((struct slice){b.bytes, b.len})};
    const bool ok = s->ligne(s->ctx, cellules, N_COLONNES);
    buffer_free(&b);
    return ok;
}

bool vue_financements(struct contexte *ctx, struct tableau_sortie *s)
{
    size_t essms;
    return s->debut(s->ctx, colonnes, N_COLONNES) && parcourir(ctx, FINESS_ABSENT, lister_un, s, &essms) && s->fin(s->ctx);
}

/* --- the control ------------------------------------------------------------------------------------------------------- */

struct controle {
    struct contexte *ctx;
    struct tableau_sortie *s;
    struct controle_rapport *out;
};

static bool controler_un(void *quoi, const struct dossier *d, const struct jugement *j)
{
    struct controle *k = quoi;
    if (!financement_compte(d, &d->essms[0], d->financement - 1))
        return true;
    k->out->financements++;
    k->out->financements_anomalies += j->bilan.anomalies > 0;
    k->out->financements_attentes += j->bilan.anomalies == 0 && j->bilan.attentes > 0;
    return k->s == NULL || constats_lignes(d, j, true, k->s);
}

bool financements_controler(struct contexte *ctx, struct tableau_sortie *s, struct controle_rapport *out)
{
    struct controle k = {ctx, s, out};
    size_t essms;
    return parcourir(ctx, FINESS_ABSENT, controler_un, &k, &essms);
}

/* --- the reasons ------------------------------------------------------------------------------------------------------- */

bool vue_financement_resoudre(struct contexte *ctx, const char *texte, finess *et)
{
    int64_t commandes = 1, n = 0;
    if (finess_parse_saisie(slice_of(texte), et, NULL) != NUMERO_VALIDE)
        return false;
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select (select count(*) from commande where numero = ?1), "
                                                   "(select count(*) from financement where et = ?2)", ctx->diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(texte));
    lier_n(s, 2, (int64_t)*et);
    if (registre_suivant(ctx->registre, s, ctx->diags) == 1) {
        commandes = sqlite3_column_int64(s, 0);
        n = sqlite3_column_int64(s, 1);
    }
    sqlite3_finalize(s);
    return commandes == 0 && n > 0;
}

struct raisons {
    struct contexte *ctx;
    size_t rang;
    struct buffer *texte;
    struct tableau_sortie *s;
};

static void mot(struct buffer *b, const char *m)
{
    if (*m != '\0')
        buffer_printf(b, ", %s", mot_francais(m));
}

static void entete(const struct dossier *d, struct buffer *b)
{
    char t[FINESS_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    const struct financement f = financement_lu(d, &d->essms[0], d->financement - 1);
    buffer_printf(b, "Financement de l'ESSMS %s : %s", finess_texte(d->essms[0].et, t), mot_francais(fonds_nom(f.fonds)));
    mot(b, phase_nom(f.phase));
    mot(b, volet_nom(f.volet));
    mot(b, nature_nom(f.nature));
    if (*f.dui != '\0')
        buffer_printf(b, ", DUI « %s »", f.dui);
    if (f.dui_reference != TROIS_ABSENT)
        buffer_puts(b, f.dui_reference == TROIS_OUI ? " (référencé)" : " (non référencé)");
    mot(b, etat_financement_nom(f.etat));
    if (jour_present(f.date_etat))
        buffer_printf(b, " du %s", jour_fr(f.date_etat, u));
    buffer_printf(b, " (entrée %lld du journal)\n", (long long)f.fait);
}

static bool expliquer_un(void *quoi, const struct dossier *d, const struct jugement *j)
{
    struct raisons *r = quoi;
    if (r->texte != NULL)
        entete(d, r->texte);
    if (!financement_compte(d, &d->essms[0], d->financement - 1)) {
        if (r->texte != NULL)
            buffer_puts(r->texte, "└─ remplacé par un état plus récent du même financement\n");
        return true;
    }
    struct jugement vu = *j;
    if (r->rang != regles_nombre()) {
        size_t i = 0;
        while (i < j->n && j->constats[i].regle != r->rang)
            i++;
        vu.constats = &j->constats[i];
        vu.n = i < j->n;
    }
    for (size_t i = 0; r->texte != NULL && i < vu.n; i++)
        prose_arbre(d, r->ctx->parametres, &vu.constats[i], r->texte);
    return r->s == NULL || constats_lignes(d, &vu, false, r->s);
}

bool vue_expliquer_financement(struct contexte *ctx, finess et, const char *regle, struct buffer *texte, struct tableau_sortie *s)
{
    char t[FINESS_TEXTE_MAX];
    struct raisons r = {ctx, regle == NULL ? regles_nombre() : regle_rang(regle, strlen(regle)), texte, s};
    size_t essms = 0;
    if (regle != NULL && (r.rang == regles_nombre() || regle_de(r.rang)->etape != ETAPE_FINANCEMENT)) {
        diag_erreur(ctx->diags, E_REGLE_INCONNUE, r.rang == regles_nombre() ? "il n'y a pas de règle « %.20s »"
                                                                            : "« %.20s » ne juge pas un financement", regle);
        return false;
    }
    if ((s != NULL && !constats_debut(s)) || !parcourir(ctx, et, expliquer_un, &r, &essms))
        return false;
    if (essms == 0)
        diag_erreur(ctx->diags, E_INCONNU, "l'ESSMS %s n'avait pas de financement à cette date", finess_texte(et, t));
    return essms > 0 && (s == NULL || s->fin(s->ctx));
}
