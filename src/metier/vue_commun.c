#include "metier/vue_commun.h"

#include "noyau/memoire.h"

#include <string.h>

#include "registre/finess_base.h"

#define COLONNES_MAX 48

static bool base_donnee(struct contexte *ctx, struct jour voulue, int64_t *base, struct jour *date)
{
    char t[JOUR_TEXTE_MAX];
    *date = voulue;
    if (!finess_base_du(ctx->registre, "cs1100502", voulue, base, ctx->diags))
        return false;
    if (*base == 0) {
        struct diag *d = diag_erreur(ctx->diags, E_BASE_ABSENTE, "la base du %s n'est pas importée", jour_fr(voulue, t));
        diag_a_faire(d, "voir les bases importées : sons finess bases");
    }
    return *base != 0;
}

bool vue_base(struct contexte *ctx, enum couloir c, struct jour voulue, int64_t *base, struct jour *date)
{
    char t[JOUR_TEXTE_MAX];
    const int annee = jour_annee(instant_jour(ctx->au));
    if (jour_present(voulue))
        return base_donnee(ctx, voulue, base, date);
    if (!finess_base_designee(ctx->registre, c == COULOIR_INCONNU ? COULOIR_MS1 : c, annee, JOUR_ABSENT, base, date, ctx->diags))
        return false;
    if (*base != 0)
        return true;
    if (!finess_base_derniere(ctx->registre, "cs1100502", base, date, ctx->diags))
        return false;
    if (*base == 0) {
        diag_erreur(ctx->diags, E_BASE_ABSENTE, "aucune base d'établissements n'est importée");
        return false;
    }
    struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                "aucune base ne sert l'année %d : lu dans la dernière importée, du %s", annee, jour_fr(*date, t));
    diag_a_faire(d, "pour en choisir une autre : --base AAAA-MM-JJ");
    return true;
}

static struct cellule cellule_de(sqlite3_stmt *s, int i, enum cellule_type type, mot_de *mot)
{
    if (sqlite3_column_type(s, i) == SQLITE_NULL)
        return cellule_vide();
    if (mot != NULL)
        return cellule_texte(mot(sqlite3_column_int64(s, i)));
    const int64_t n = type == CELLULE_TEXTE ? 0 : sqlite3_column_int64(s, i);
    switch (type) {
    case CELLULE_TEXTE:
        return cellule_slice(colonne_slice(s, i));
    case CELLULE_FINESS:
        return cellule_finess((finess)n);
    case CELLULE_SIREN:
        return cellule_siren((uint32_t)n);
    case CELLULE_SIRET:
        return cellule_siret((uint64_t)n);
    case CELLULE_OUI_NON:
        return n < 0 ? cellule_vide() : cellule_oui_non(n != 0);
    default:
        return (struct cellule){type, n, {NULL, 0}};
    }
}

void vue_cellules(sqlite3_stmt *s, const struct colonne *colonnes, mot_de *const *mots, size_t n, struct cellule *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = cellule_de(s, (int)i, colonnes[i].type, mots != NULL ? mots[i] : NULL);
}

bool vue_requete_mots(struct contexte *ctx, const char *sql, const struct colonne *colonnes, mot_de *const *mots, size_t n,
                      struct tableau_sortie *sortie)
{
    struct cellule c[COLONNES_MAX];
    sqlite3_stmt *s = registre_stmt(ctx->registre, sql, ctx->diags);
    if (s == NULL)
        return false;
    if (sqlite3_bind_parameter_count(s) > 0)
        lier_n(s, 1, instant_jour(ctx->au).n);
    if (sqlite3_bind_parameter_count(s) > 1)
        lier_n(s, 2, ctx->au.s);
    bool ok = sortie->debut(sortie->ctx, colonnes, n);
    int rc = SQLITE_DONE;
    while (ok && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        vue_cellules(s, colonnes, mots, n, c);
        ok = sortie->ligne(sortie->ctx, c, n);
    }
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        registre_faute(ctx->registre, ctx->diags);
    sqlite3_finalize(s);
    return ok && rc == SQLITE_DONE && sortie->fin(sortie->ctx);
}

bool vue_requete(struct contexte *ctx, const char *sql, const struct colonne *colonnes, size_t n, struct tableau_sortie *s)
{
    return vue_requete_mots(ctx, sql, colonnes, NULL, n, s);
}

const char *mot_couloir(int64_t n)
{
    return couloir_nom((enum couloir)n);
}

/* --- an order named by its number ------------------------------------------------------------------------------------ */

static void dire_candidats(struct contexte *ctx, const char *texte, sqlite3_stmt *s, size_t n)
{
    struct buffer b = {0};
    char t[10];
    (void)sqlite3_reset(s);
    while (sqlite3_step(s) == SQLITE_ROW) {
        const struct slice numero = colonne_slice(s, 1);
        buffer_printf(&b, "%s%s/%.*s", b.len > 0 ? ", " : "", siren_texte((uint32_t)sqlite3_column_int64(s, 2), t),
                      (int)numero.len, numero.bytes);
    }
    struct diag *d = diag_erreur(ctx->diags, E_AMBIGU, "%zu commandes portent le numéro %s", n, texte);
    diag_trouve(d, "%s", b.bytes);
    buffer_free(&b);
}

#define SQL_NUMERO_ASP                                                                                                      \
    "select o.fait, o.numero, o.fournisseur, iif(min(r.demande) = max(r.demande), r.paiement, 0), "                           \
    "iif(min(r.demande) = max(r.demande), r.demande, 0) from reponse r join commande o on o.fait = r.commande "              \
    "where r.numero_asp in (?1, ?2) and (r.numero_asp = ?1 or o.fournisseur = ?3) group by o.fait order by o.fournisseur"

static int compter_trouvees(struct contexte *ctx, sqlite3_stmt *s, struct demande_nommee *out, size_t *n)
{
    int la;
    for (*n = 0; (la = registre_suivant(ctx->registre, s, ctx->diags)) == 1; (*n)++)
        *out = (struct demande_nommee){sqlite3_column_int64(s, 0), (enum paiement)sqlite3_column_int(s, 3), sqlite3_column_int64(s, 4)};
    return la;
}

/* `apres`: what follows the SIREN, NULL when none does. */
static void lier_numero(sqlite3_stmt *s, const char *texte, const char *apres, uint32_t siren)
{
    lier_slice(s, 1, slice_of(texte));
    if (apres == NULL)
        return;
    lier_slice(s, 2, slice_of(apres));
    lier_n(s, 3, siren);
}

bool vue_commande_resoudre(struct contexte *ctx, const char *texte, int64_t *commande)
{
    struct demande_nommee d = {0};
    const bool ok = vue_demande_resoudre(ctx, texte, &d);
    *commande = d.commande;
    return ok;
}

bool vue_demande_resoudre(struct contexte *ctx, const char *texte, struct demande_nommee *out)
{
    const char *barre = strchr(texte, '/');
    uint32_t siren = 0;
    const bool avec = barre != NULL && siren_parse((struct slice){texte, (size_t)(barre - texte)}, &siren) == NUMERO_VALIDE;
    size_t n;
    sqlite3_stmt *s = registre_gardee(ctx->registre, "select fait, numero, fournisseur, 0, 0 from commande where numero = ?1 or "
                                                   "(numero = ?2 and fournisseur = ?3) order by fournisseur", ctx->diags);
    if (s == NULL)
        return false;
    lier_numero(s, texte, avec ? barre + 1 : NULL, siren);
    int la = compter_trouvees(ctx, s, out, &n);
    if (la == 0 && n == 0) { /* the number that ASP gave to a request of it */
        registre_rendre(ctx->registre, s);
        if ((s = registre_gardee(ctx->registre, SQL_NUMERO_ASP, ctx->diags)) == NULL)
            return false;
        lier_numero(s, texte, avec ? barre + 1 : NULL, siren);
        la = compter_trouvees(ctx, s, out, &n);
    }
    if (la == 0 && n > 1)
        dire_candidats(ctx, texte, s, n);
    else if (la == 0 && n == 0)
        diag_erreur(ctx->diags, E_INCONNU, "il n'y a pas de commande %s dans ce registre", texte);
    registre_rendre(ctx->registre, s);
    return la == 0 && n == 1;
}

char *vue_commande_numero(struct contexte *ctx, int64_t commande)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select numero from commande where fait = ?1", ctx->diags);
    char *numero = NULL;
    if (s == NULL)
        return NULL;
    lier_n(s, 1, commande);
    if (registre_suivant(ctx->registre, s, ctx->diags) == 1) {
        const struct slice n = colonne_slice(s, 0);
        numero = memoire_strndup(n.bytes, n.len);
    }
    sqlite3_finalize(s);
    return numero;
}
