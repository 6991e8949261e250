/* Import of FINESS bases, and which base serves which period. */
#include <stdio.h>
#include <string.h>

#include "formats/finess.h"
#include "metier/actes.h"
#include "metier/og_compter.h"
#include "metier/transaction.h"
#include "registre/finess_base.h"

#define ANNEE_PREMIERE 2022
#define ANNEE_DERNIERE 2024

#define NATURE_ET "cs1100502"
#define NATURE_EJ "cs1100501"

/* Is there already a base of that nature with that file, or of that day? */
static bool deja_importee(struct contexte *ctx, const struct finess_fichier *f, const char *nature, bool *deja)
{
    char hex[EMPREINTE_HEX], d[JOUR_TEXTE_MAX];
    struct registre *r = ctx->registre;
    sqlite3_stmt *s = registre_stmt(r, "select fichier from finess_base where nature = ?1 and date = ?2", ctx->diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(nature));
    lier_n(s, 2, f->date.n);
    const int la = registre_suivant(r, s, ctx->diags);
    *deja = la == 1 && slice_equals(colonne_slice(s, 0), empreinte_hex(&f->empreinte, hex));
    sqlite3_finalize(s);
    if (la != 1)
        return la == 0;
    if (!*deja) {
        struct diag *g = diag_erreur(ctx->diags, E_BASE_FIGEE, "une autre base %s du %s est déjà importée",
                                     strcmp(nature, NATURE_EJ) == 0 ? "d'entités juridiques" : "d'établissements", jour_fr(f->date, d));
        diag_a_faire(g, "garder la première : une base importée ne se remplace pas");
    }
    return *deja;
}

/* A file with both parts is already imported when both are. */
static bool deja_importe(struct contexte *ctx, const struct finess_fichier *f, bool *deja)
{
    bool et = f->n_et == 0, ej = f->n_ej == 0;
    bool ok = f->n_et == 0 || deja_importee(ctx, f, NATURE_ET, &et);
    ok = (f->n_ej == 0 || deja_importee(ctx, f, NATURE_EJ, &ej)) && ok;
    *deja = et && ej;
    return ok;
}

/* --- designation ------------------------------------------------------------------------------------------------ */

static bool designer(struct acte *a, enum couloir c, int annee, int64_t base, struct jour date, const char *motif)
{
    struct fait f;
    fait_init(&f, FAIT_BASE_DESIGNEE);
    fait_put_couloir(&f, BD_COULOIR, c);
    fait_put_n(&f, BD_ANNEE, annee);
    fait_put_n(&f, BD_BASE, base);
    fait_put_jour(&f, BD_DATE, date);
    fait_put_texte(&f, BD_MOTIF, motif);
    return acte_fait(a, &f, (struct slice){NULL, 0});
}

/* What serves a period now: its base (0 = none), and whether it may still be replaced by the rule: not made by hand, and
 * no order of that period was judged since (recorded, given a piece, justified, asked for or put in a lot). */
struct designation {
    int64_t base;
    struct jour date;
    bool figee;
};

static bool designation_lire(struct contexte *ctx, enum couloir c, int annee, struct designation *out)
{
    struct jour debut, fin;
    *out = (struct designation){0};
    sqlite3_stmt *s = registre_stmt(ctx->registre,
        "select b.base, b.date, b.motif is not null or exists (select 1 from commande o left join demande d on d.commande = o.fait "
        "left join lot l on o.fournisseur in (0, l.fournisseur) and l.numero = d.lot "
        "where o.couloir in (0, ?1) and o.date_signature between ?3 and ?4 and "
        "(max(o.fait, coalesce(d.fait, 0), coalesce(l.fait, 0)) > b.fait "
        "or exists (select 1 from piece_jointe p where p.commande = o.fait and p.fait > b.fait) "
        "or exists (select 1 from justification j where j.commande = o.fait and j.fait > b.fait))) "
        "from base_designee b where b.couloir = ?1 and b.annee = ?2", ctx->diags);
    if (s == NULL)
        return false;
    (void)jour_from_ymd(annee, 1, 1, &debut);
    (void)jour_from_ymd(annee, 12, 31, &fin);
    lier_n(s, 1, (int64_t)c);
    lier_n(s, 2, annee);
    lier_n(s, 3, debut.n);
    lier_n(s, 4, fin.n);
    const int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW)
        *out = (struct designation){sqlite3_column_int64(s, 0), {sqlite3_column_int(s, 1)}, sqlite3_column_int(s, 2) != 0};
    else if (rc != SQLITE_DONE)
        registre_faute(ctx->registre, ctx->diags);
    sqlite3_finalize(s);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

/* Does the rule of the couloir and year want a base of that day? (regles.md § 2) */
static bool convient(const struct parametres *p, enum couloir c, int annee, struct jour date)
{
    struct base_attendue b;
    if (!parametres_base(p, c, annee, &b))
        return false;
    if (b.regle == BASE_DU_JOUR)
        return jour_cmp(date, b.du) == 0;
    return b.regle == BASE_PREMIERE_DE && jour_cmp(date, b.du) >= 0 && jour_cmp(date, b.au) <= 0;
}

static bool designer_par_regle(struct acte *a, int64_t base, struct jour date, struct finess_rapport *out)
{
    for (int c = COULOIR_MS1; c < COULOIR_NOMBRE; c++) {
        for (int annee = ANNEE_PREMIERE; annee <= ANNEE_DERNIERE; annee++) {
            struct designation d;
            if (!convient(a->ctx->parametres, (enum couloir)c, annee, date))
                continue;
            if (!designation_lire(a->ctx, (enum couloir)c, annee, &d))
                return false;
            if (d.base != 0 && (d.figee || jour_cmp(d.date, date) <= 0))
                continue;
            if (!designer(a, (enum couloir)c, annee, base, date, NULL))
                return false;
            const size_t n = strlen(out->designations);
            (void)snprintf(out->designations + n, sizeof out->designations - n, "%s%s %d", n > 0 ? ", " : "",
                           couloir_nom((enum couloir)c), annee);
        }
    }
    return true;
}

bool acte_finess_designer(struct contexte *ctx, enum couloir c, int annee, struct jour date, const char *motif)
{
    struct acte a;
    int64_t base;
    char d[JOUR_TEXTE_MAX];
    if (motif == NULL || *motif == '\0') {
        diag_erreur(ctx->diags, E_USAGE, "une désignation à la main demande un motif (--motif)");
        return false;
    }
    if (!finess_base_du(ctx->registre, NATURE_ET, date, &base, ctx->diags))
        return false;
    if (base == 0) {
        diag_erreur(ctx->diags, E_BASE_FIGEE, "aucune base d'établissements du %s n'est importée", jour_fr(date, d));
        return false;
    }
    if (!acte_debut(&a, ctx))
        return false;
    bool ok = true;
    for (int i = COULOIR_MS1; ok && i < COULOIR_NOMBRE; i++)
        if (c == COULOIR_INCONNU || c == (enum couloir)i)
            ok = designer(&a, (enum couloir)i, annee, base, date, motif);
    return acte_fin(&a, ok);
}

/* --- import ----------------------------------------------------------------------------------------------------- */

static bool fait_de_base(struct acte *a, const struct finess_fichier *f, const char *nature, size_t n, const struct empreinte *lignes)
{
    char fichier[EMPREINTE_HEX], hex[EMPREINTE_HEX];
    struct fait fait;
    const char *forme = finess_forme_nom(f->forme);
    if (f->forme == FINESS_STRUCTURES)
        forme = strcmp(nature, NATURE_EJ) == 0 ? "structures_ej" : "structures_et";
    fait_init(&fait, FAIT_BASE_IMPORTEE);
    fait_put_texte(&fait, BI_FORME, forme);
    fait_put_jour(&fait, BI_DATE, f->date);
    fait_put_n(&fait, BI_NOMBRE, (int64_t)n);
    fait_put_texte(&fait, BI_FICHIER, empreinte_hex(&f->empreinte, fichier));
    fait_put_texte(&fait, BI_LIGNES, empreinte_hex(lignes, hex));
    return acte_fait(a, &fait, (struct slice){NULL, 0});
}

static bool ecrire_et(struct acte *a, const struct finess_fichier *f, const struct og_compte *og, const struct empreinte *lignes,
                      struct finess_rapport *out)
{
    struct registre *r = a->ctx->registre;
    const int64_t base = journal_prochain(r);
    return fait_de_base(a, f, NATURE_ET, f->n_et, lignes) &&
           finess_base_ecrire_et(r, base, f->et, f->n_et, og, out->og, f->categories, f->n_categories, a->ctx->diags) &&
           designer_par_regle(a, base, f->date, out);
}

static bool ecrire_ej(struct acte *a, const struct finess_fichier *f, const struct empreinte *lignes)
{
    const int64_t base = journal_prochain(a->ctx->registre);
    return fait_de_base(a, f, NATURE_EJ, f->n_ej, lignes) && finess_base_ecrire_ej(a->ctx->registre, base, f->ej, f->n_ej, a->ctx->diags);
}

/* Counted and hashed before the lock is taken; looked for again under it, since another `sons` may have imported it. */
static bool importer(struct contexte *ctx, const struct finess_fichier *f, struct finess_rapport *out)
{
    struct acte a;
    struct og_compte *og = f->n_et == 0 ? NULL : og_compter(ctx->parametres, f->et, f->n_et, f->date, &out->og, out->par_couloir);
    const struct empreinte et = finess_lignes_et(f->et, f->n_et, f->categories, f->n_categories);
    const struct empreinte ej = finess_lignes_ej(f->ej, f->n_ej);
    bool ok = acte_debut(&a, ctx);
    if (ok) {
        ok = deja_importe(ctx, f, &out->deja);
        if (ok && !out->deja)
            ok = (f->n_et == 0 || ecrire_et(&a, f, og, &et, out)) && (f->n_ej == 0 || ecrire_ej(&a, f, &ej));
        ok = acte_fin(&a, ok);
    }
    memoire_free(og);
    return ok;
}

bool acte_finess_importer(struct contexte *ctx, const char *chemin, struct jour base_declaree, struct finess_rapport *out)
{
    struct finess_fichier f;
    *out = (struct finess_rapport){0};
    if (!finess_lire(chemin, base_declaree, &ctx->progression, &f, ctx->diags))
        return false;
    *out = (struct finess_rapport){.forme = finess_forme_nom(f.forme), .date = f.date, .et = f.n_et, .ej = f.n_ej,
                                   .siret_ecartes = f.siret_ecartes, .dates_ecartees = f.dates_ecartees, .zeros_remis = f.zeros_remis,
                                   .textes_nettoyes = f.textes_nettoyes, .coordonnees = f.coordonnees, .et_fermes = f.et_fermes,
                                   .ej_fermees = f.ej_fermees, .sans_agregat = f.sans_agregat, .windows_1252 = f.windows_1252};
    bool ok = deja_importe(ctx, &f, &out->deja);
    if (ok && !out->deja)
        ok = importer(ctx, &f, out);
    finess_fichier_free(&f);
    return ok;
}
