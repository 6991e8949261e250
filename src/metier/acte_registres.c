/* Suppliers, by sheet or by command: one row = one fact; the same row again is left alone. */
#include "metier/acte_feuille.h"
#include "metier/cellules.h"
#include "metier/feuilles.h"
#include "metier/transaction.h"
#include "registre/connu.h"

static void lire_fournisseur(struct cellules *c, size_t i, struct fait *f)
{
    const struct slice role = cellule_mot_de(c, i, F_ROLE, MOTS_ROLE);
    cellule_exiger(c, i, F_SIREN);
    cellule_exiger(c, i, F_NOM);
    fait_init(f, FAIT_FOURNISSEUR_DECLARE);
    fait_put_siren(f, FD_SIREN, cellule_siren_de(c, i, F_SIREN));
    fait_put_slice(f, FD_NOM, cellule_texte_de(c, i, F_NOM));
    fait_put_slice(f, FD_ROLE, role.len > 0 ? role : slice_of("editeur"));
    fait_put_jour(f, FD_ENROLE_LE, cellule_jour_de(c, i, F_ENROLE_LE));
}

struct genre_registre {
    const char *quoi;
    void (*lire)(struct cellules *c, size_t ligne, struct fait *f);
};
static const struct genre_registre genres[] = {
    [FEUILLE_FOURNISSEURS] = {"fournisseurs", lire_fournisseur},
};

static void dire_modifie(struct contexte *ctx, struct cellules *c, size_t ligne, const struct buffer *avant)
{
    const struct lieu lieu = feuille_lieu(c->f, ligne, 0);
    struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                "cette ligne met à jour ce qui était enregistré");
    diag_trouve(d, "%s", avant->bytes == NULL ? "" : avant->bytes);
    diag_lieu(d, &lieu);
}

static bool enregistrer_ligne(struct acte *a, struct cellules *c, size_t ligne, const struct fait *f, struct import_rapport *out)
{
    struct buffer avant = {0};
    const enum connu k = fait_connu(a->ctx->registre, f, &avant, a->ctx->diags);
    if (k == CONNU_MODIFIE)
        dire_modifie(a->ctx, c, ligne, &avant);
    buffer_free(&avant);
    if (k == CONNU_FAUTE)
        return false;
    if (k == CONNU_IDENTIQUE) {
        out->inchangees++;
        return true;
    }
    out->enregistrees++;
    return acte_fait(a, f, (struct slice){NULL, 0});
}

bool registres_importer(struct contexte *ctx, enum feuille_genre g, struct feuille *f, struct import_rapport *out)
{
    size_t n_champs;
    struct cellules c = {f, feuille_champs(g, &n_champs), ctx->diags, feuille_saine(f)};
    const size_t n = feuille_nombre(f);
    struct fait *faits = memoire_calloc(n + 1, sizeof *faits);
    struct acte a;
    out->quoi = genres[g].quoi;
    out->lues = n;
    for (size_t i = 0; i < n; i++)
        genres[g].lire(&c, i, &faits[i]);
    bool ok = c.ok && acte_debut(&a, ctx);
    if (ok) {
        for (size_t i = 0; ok && i < n; i++)
            ok = enregistrer_ligne(&a, &c, i, &faits[i], out);
        ok = acte_fin(&a, ok);
    }
    memoire_free(faits);
    return ok;
}

static bool importer_genre(struct contexte *ctx, enum feuille_genre g, struct feuille *feuille, struct import_rapport *out)
{
    if (g == FEUILLE_COMMANDES)
        return commandes_importer(ctx, feuille, out);
    if (g == FEUILLE_FINANCEMENTS)
        return financements_importer(ctx, feuille, out);
    if (g == FEUILLE_ATTESTATIONS)
        return attestations_importer(ctx, feuille, out);
    if (g == FEUILLE_FACTURES)
        return factures_importer(ctx, feuille, out);
    if (g == FEUILLE_VA)
        return va_importer(ctx, feuille, out);
    if (g == FEUILLE_CONTACTS)
        return contacts_importer(ctx, feuille, out);
    if (g == FEUILLE_ENCAISSEMENTS)
        return encaissements_importer(ctx, feuille, out);
    if (g == FEUILLE_MANDATS)
        return mandats_importer(ctx, feuille, out);
    if (g == FEUILLE_SOLUTIONS) {
        struct differences differences = {0};
        const bool ok = acte_solutions_importer(ctx, feuille, out, &differences);
        differences_free(&differences);
        return ok;
    }
    return registres_importer(ctx, g, feuille, out);
}

bool acte_feuille_importer(struct contexte *ctx, enum feuille_genre g, struct feuille *feuille, struct import_rapport *out)
{
    size_t n;
    *out = (struct import_rapport){0};
    feuille_dire(feuille, ctx->diags);
    const bool ok = importer_genre(ctx, g, feuille, out);
    feuille_dire_reparations(feuille, feuille_champs(g, &n), ctx->diags);
    return ok;
}

/* 1 found, 0 unknown, −1 fault. */
static int enrolement_lire(struct contexte *ctx, uint32_t siren, struct jour *enrole_le)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select enrole_le from fournisseur where siren = ?1", ctx->diags);
    if (s == NULL)
        return -1;
    lier_n(s, 1, siren);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    *enrole_le = la == 1 && sqlite3_column_type(s, 0) != SQLITE_NULL ? (struct jour){sqlite3_column_int(s, 0)} : JOUR_ABSENT;
    sqlite3_finalize(s);
    return la;
}

bool acte_fournisseur_enroler(struct contexte *ctx, uint32_t siren, struct jour enrole_le, struct jour *avant)
{
    struct acte a;
    char t[10];
    struct fait f;
    if (!acte_date(ctx))
        return false;
    const int connu = enrolement_lire(ctx, siren, avant);
    if (connu == 0) {
        struct diag *d = diag_erreur(ctx->diags, E_INCONNU, "le fournisseur %s n'est pas déclaré", siren_texte(siren, t));
        diag_a_faire(d, "sons fournisseur declarer --siren %s --nom NOM", t);
    }
    if (connu != 1)
        return false;
    if (jour_present(*avant) && jour_cmp(*avant, enrole_le) == 0)
        return true;
    if (!acte_debut(&a, ctx))
        return false;
    fait_init(&f, FAIT_FOURNISSEUR_ENROLE);
    fait_put_siren(&f, FE_SIREN, siren);
    fait_put_jour(&f, FE_ENROLE_LE, enrole_le);
    return acte_fin(&a, acte_fait(&a, &f, (struct slice){NULL, 0}));
}

bool acte_calendrier_choisir(struct contexte *ctx, enum calendrier c)
{
    struct acte a;
    struct fait f;
    if (c == ctx->calendrier)
        return true;
    if (!acte_debut(&a, ctx))
        return false;
    fait_init(&f, FAIT_CALENDRIER_CHOISI);
    fait_put_texte(&f, CC_CALENDRIER, calendrier_nom(c));
    return acte_fin(&a, acte_fait(&a, &f, (struct slice){NULL, 0}));
}
