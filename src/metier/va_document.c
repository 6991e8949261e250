/* The VA as documents: written for the OG to complete (XML and sheet), read back as the rows of a sheet. */
#include "metier/va_document.h"

#include <string.h>

#include "formats/va.h"
#include "metier/feuilles.h"
#include "metier/fichiers.h"
#include "noyau/fichier.h"
#include "registre/dossier_charger.h"
#include "registre/finess_base.h"
#include "registre/journal.h"
#include "regles/cycle.h"

#define VA_MAX ((size_t)4 << 20)

static const size_t colonnes_signature[VA_X_SIGNATURE_NOMBRE] = {W_DATE_SIGNATURE, W_SIGNATAIRE, W_QUALITE_SIGNATAIRE, W_MODE_SIGNATURE, W_DELEGATION_LE};
static const size_t colonnes_points[VA_X_POINT_NOMBRE] = {W_ATTESTE, W_DEPLOYE, W_TBB_LIVRE, W_TBB, W_DOSSIERS_ACTIFS, W_AVEC_PROJET, W_AVEC_EVENEMENT};

/* --- reading ------------------------------------------------------------------------------------------------------------- */

bool va_est_xml(const char *chemin)
{
    const size_t n = strlen(chemin);
    return n > 4 && (strcmp(chemin + n - 4, ".xml") == 0 || strcmp(chemin + n - 4, ".XML") == 0);
}

struct feuille *va_feuille(struct contexte *ctx, const char *chemin, const struct slice *options)
{
    struct buffer octets = {0};
    struct arene a = {0};
    struct va_xml v;
    struct feuille *f = NULL;
    size_t n_champs;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_VA, &n_champs);
    bool ok = fichier_lire(chemin, FICHIER_LIENS_SUIVIS, VA_MAX, &octets, ctx->diags) &&
              va_xml_lire(chemin, (struct slice){octets.bytes, octets.len}, &a, &v, ctx->diags);
    if (ok && v.fictif && !contexte_fictif(ctx)) {
        diag_lieu(diag_erreur(ctx->diags, E_VALEUR, "cette VA est celle d'un registre fictif"), &(struct lieu){.fichier = chemin});
        ok = false;
    }
    if (ok) {
        struct slice *valeurs = arene_alloc(&a, v.n_essms * n_champs * sizeof *valeurs);
        struct buffer commande = {0};
        memset(valeurs, 0, v.n_essms * n_champs * sizeof *valeurs);
        buffer_printf(&commande, "%.*s%s%.*s", (int)v.fournisseur.len, v.fournisseur.len > 0 ? v.fournisseur.bytes : "",
                      v.fournisseur.len > 0 ? "/" : "", (int)v.numero.len, v.numero.bytes);
        for (size_t i = 0; i < v.n_essms; i++) {
            struct slice *ligne = valeurs + i * n_champs;
            for (size_t k = 0; k < n_champs; k++)
                ligne[k] = i == 0 && k >= W_DATE_SIGNATURE && k <= W_PIECE ? options[k] : (struct slice){NULL, 0};
            ligne[W_COMMANDE] = (struct slice){commande.bytes, commande.len};
            ligne[W_FINESS_ET] = v.essms[i].et;
            for (size_t k = 0; k < VA_X_POINT_NOMBRE; k++)
                ligne[colonnes_points[k]] = v.essms[i].points[k];
            for (size_t k = 0; i == 0 && k < VA_X_SIGNATURE_NOMBRE; k++)
                if (v.signature[k].len > 0)
                    ligne[colonnes_signature[k]] = v.signature[k];
            if (i == 0 && v.bon_fonctionnement.len > 0)
                ligne[W_BON_FONCTIONNEMENT] = v.bon_fonctionnement;
            if (i == 0 && v.mss.len > 0)
                ligne[W_MSS] = v.mss;
        }
        f = feuille_de_lignes(chemin, champs, n_champs, valeurs, v.n_essms, ctx->diags);
        buffer_free(&commande);
    }
    buffer_free(&octets);
    arene_free(&a);
    return f;
}

/* --- preparing ----------------------------------------------------------------------------------------------------------- */

static struct slice copier(struct arene *a, const char *s)
{
    return (struct slice){arene_strndup(a, s, strlen(s)), strlen(s)};
}

static struct slice trois_texte(enum trois t)
{
    return t == TROIS_ABSENT ? (struct slice){NULL, 0} : slice_of(t == TROIS_OUI ? "oui" : "non");
}

/* A whole day is written as a date alone: what was read so. */
static struct slice instant_ecrit(struct arene *a, struct instant i)
{
    char t[INSTANT_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    const struct jour jour = instant_jour(i);
    return instant_cmp(i, instant_fin_du_jour(jour)) == 0 ? copier(a, jour_iso(jour, u)) : copier(a, instant_utc(i, t));
}

static struct slice nombre_ecrit(struct arene *a, int32_t n)
{
    struct buffer b = {0};
    if (n < 0)
        return (struct slice){NULL, 0};
    buffer_put_i64(&b, n);
    const struct slice s = copier(a, b.bytes);
    buffer_free(&b);
    return s;
}

/* What the last version said, to be completed. */
static bool remplir_signature(struct contexte *ctx, const struct dossier *d, struct arene *a, struct va_xml *v)
{
    struct buffer nom = {0};
    char t[JOUR_TEXTE_MAX];
    if (!d->va.existe)
        return true;
    if (d->va.signataire_present && personne_lire(ctx->registre, d->va.signataire_fait, "signataire", &nom, NULL, ctx->diags) == 1)
        v->signature[VA_X_SIGNATAIRE] = copier(a, nom.bytes);
    v->signature[VA_X_LE] = instant_ecrit(a, d->va.signee_le);
    v->signature[VA_X_QUALITE] = slice_of(d->va.qualite);
    v->signature[VA_X_MODE] = d->va.mode == MODE_ABSENT ? (struct slice){NULL, 0} : slice_of(mode_signature_nom(d->va.mode));
    if (jour_present(d->va.delegation_le))
        v->signature[VA_X_DELEGATION_LE] = copier(a, jour_iso(d->va.delegation_le, t));
    v->bon_fonctionnement = trois_texte(d->va.bon_fonctionnement);
    v->mss = nombre_ecrit(a, d->va.mss_cas == 0 ? -1 : (int32_t)d->va.mss_cas);
    buffer_free(&nom);
    return diag_sans_erreur(ctx->diags);
}

static void remplir_essms(struct arene *a, const struct dossier_essms *e, struct slice nom, struct va_xml_essms *s)
{
    char t[10];
    *s = (struct va_xml_essms){.et = copier(a, finess_texte(e->et, t)), .nom = nom};
    s->points[VA_X_ATTESTE] = trois_texte(e->va.atteste);
    s->points[VA_X_DEPLOYE] = trois_texte(e->va.deploye);
    s->points[VA_X_TBB_LIVRE] = trois_texte(e->va.tbb_livre);
    s->points[VA_X_TBB] = e->va.tbb == TBB_ABSENT ? (struct slice){NULL, 0} : slice_of(tbb_nom(e->va.tbb));
    for (size_t i = 0; i < 3; i++)
        s->points[VA_X_DOSSIERS_ACTIFS + i] = nombre_ecrit(a, e->va.indicateurs[i]);
}

/* The names that the reference base gives, for the person who fills the sheet. */
static bool remplir_noms(struct contexte *ctx, int64_t base, struct arene *a, const struct dossier *d, struct va_xml *v)
{
    struct finess_lecteur *l = finess_lecteur_creer(ctx->registre, ctx->diags);
    bool ok = l != NULL;
    for (uint32_t i = 0; ok && i < d->n_essms; i++) {
        struct etablissement et;
        const int la = base == 0 ? 0 : finess_trouver_et(l, base, d->essms[i].et, &et, ctx->diags);
        if (la == 1)
            v->essms[i].nom = (struct slice){arene_strndup(a, et.raison_sociale.bytes, et.raison_sociale.len), et.raison_sociale.len};
        ok = la >= 0;
    }
    finess_lecteur_free(l);
    return ok;
}

static bool remplir(struct contexte *ctx, int64_t base, const struct dossier *d, struct arene *a, struct va_xml *v)
{
    char t[JOUR_TEXTE_MAX];
    *v = (struct va_xml){.fictif = contexte_fictif(ctx), .numero = slice_of(d->numero), .n_essms = d->n_essms};
    if (d->fournisseur.siren != 0)
        v->fournisseur = copier(a, siren_texte(d->fournisseur.siren, t));
    if (d->ej != FINESS_ABSENT)
        v->ej = copier(a, finess_texte(d->ej, t));
    if (jour_present(d->date_signature))
        v->date_signature = copier(a, jour_iso(d->date_signature, t));
    v->couloir = slice_of(couloir_nom(d->couloir));
    v->solution_numero = slice_of(d->solution.connue ? d->solution.numero_ans : "");
    v->solution_nom = slice_of(d->solution.connue ? d->solution.nom : d->solution_lue);
    v->solution_version = slice_of(d->version_solution);
    v->essms = arene_alloc(a, (d->n_essms + 1) * sizeof *v->essms);
    for (uint32_t i = 0; i < d->n_essms; i++)
        remplir_essms(a, &d->essms[i], (struct slice){NULL, 0}, &v->essms[i]);
    return remplir_signature(ctx, d, a, v) && remplir_noms(ctx, base, a, d, v);
}

/* The same, one row an ESSMS; what is said of the order stands on each. */
static void feuille_ecrire(const struct va_xml *v, struct buffer *b)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_VA, &n);
    buffer_puts(b, "\xef\xbb\xbf");
    for (size_t k = 0; k < n; k++)
        buffer_printf(b, "%s%s", k > 0 ? ";" : "", champs[k].nom);
    buffer_puts(b, "\r\n");
    for (size_t i = 0; i < v->n_essms; i++) {
        struct slice ligne[W_NOMBRE] = {{NULL, 0}};
        struct buffer commande = {0};
        buffer_printf(&commande, "%.*s%s%.*s", (int)v->fournisseur.len, v->fournisseur.len > 0 ? v->fournisseur.bytes : "",
                      v->fournisseur.len > 0 ? "/" : "", (int)v->numero.len, v->numero.bytes);
        ligne[W_COMMANDE] = (struct slice){commande.bytes, commande.len};
        for (size_t k = 0; k < VA_X_SIGNATURE_NOMBRE; k++)
            ligne[colonnes_signature[k]] = v->signature[k];
        ligne[W_BON_FONCTIONNEMENT] = v->bon_fonctionnement;
        ligne[W_MSS] = v->mss;
        ligne[W_FINESS_ET] = v->essms[i].et;
        ligne[W_NOM_ESSMS] = v->essms[i].nom;
        for (size_t k = 0; k < VA_X_POINT_NOMBRE; k++)
            ligne[colonnes_points[k]] = v->essms[i].points[k];
        for (size_t k = 0; k < W_NOMBRE; k++) {
            if (k > 0)
                buffer_putc(b, ';');
            if (ligne[k].len > 0)
                csv_ecrire(b, ligne[k].bytes, ligne[k].len);
        }
        buffer_puts(b, "\r\n");
        buffer_free(&commande);
    }
}

static bool poser(struct contexte *ctx, const char *dossier, const struct va_xml *v, const char *extension, const struct buffer *octets, size_t *ecrits)
{
    struct buffer chemin = {0};
    buffer_printf(&chemin, "%s/va-%.*s-", dossier, v->fournisseur.len > 0 ? (int)v->fournisseur.len : 7, v->fournisseur.len > 0 ? v->fournisseur.bytes : "inconnu");
    nom_de_fichier(v->numero, &chemin);
    buffer_puts(&chemin, extension);
    const bool ok = ctx->essai || fichier_poser(chemin.bytes, octets, ecrits, ctx->diags);
    buffer_free(&chemin);
    return ok;
}

static bool preparer_une(struct contexte *ctx, struct chargeur *c, int64_t commande, const char *dossier, struct va_rapport *out)
{
    struct arene a = {0};
    struct buffer xml = {0}, csv = {0};
    struct dossier d;
    struct va_xml v;
    const int lu = chargeur_un(c, commande, &a, &d, ctx->diags);
    bool ok = lu == 1;
    if (lu == 0)
        diag_erreur(ctx->diags, E_INCONNU, "cette commande n'était pas signée à cette date");
    if (ok && !etat_en_vigueur((enum etat_commande)d.etat)) {
        diag_trouve(diag_erreur(ctx->diags, E_ETAT, "commande %s : il n'y a pas de VA à préparer", d.numero), "%s", etat_label((enum etat_commande)d.etat));
        ok = false;
    }
    ok = ok && remplir(ctx, chargeur_base_de(c, &d), &d, &a, &v) && va_xml_ecrire(&v, &xml, ctx->diags);
    if (ok) {
        feuille_ecrire(&v, &csv);
        ok = poser(ctx, dossier, &v, ".xml", &xml, &out->fichiers);
        ok = poser(ctx, dossier, &v, ".csv", &csv, &out->fichiers) && ok;
        out->commandes += ok;
        out->essms += ok ? v.n_essms : 0;
    }
    buffer_free(&xml);
    buffer_free(&csv);
    arene_free(&a);
    return ok;
}

bool va_preparer(struct contexte *ctx, const int64_t *commandes, size_t n, const char *dossier, struct va_rapport *out)
{
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->au, ctx->calendrier, ctx->diags);
    *out = (struct va_rapport){0};
    bool ok = c != NULL && (ctx->essai || dossier_creer(dossier, ctx->diags));
    for (size_t i = 0; ok && i < n; i++)
        ok = preparer_une(ctx, c, commandes[i], dossier, out) && ok;
    chargeur_free(c);
    return ok;
}
