#include "metier/contexte.h"

#include <string.h>

#include "metier/parametres_charger.h"
#include "registre/base.h"
#include "registre/etat.h"

/* One setting of the projections, copied in `out`; empty when absent. */
static bool reglage_lire(struct registre *r, const char *cle, struct buffer *out, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select valeur from reglage where cle = ?1", diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(cle));
    buffer_clear(out);
    const int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
        const struct slice v = colonne_slice(s, 0);
        buffer_append(out, v.bytes, v.len);
    } else if (rc != SQLITE_DONE) {
        registre_faute(r, diags);
    }
    sqlite3_finalize(s);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

/* The set kept by the registre under this hash. A set older than the program does not have its last keys. */
static struct parametres *jeu_garde(struct registre *r, const char *hex, const struct parametres *programme, struct diag_liste *diags)
{
    struct parametres *p = NULL;
    sqlite3_stmt *s = registre_stmt(r, "select octets from parametres_jeu where empreinte = ?1", diags);
    if (s == NULL)
        return NULL;
    lier_slice(s, 1, slice_of(hex));
    const int la = registre_suivant(r, s, diags);
    if (la == 1)
        p = parametres_gardes((struct slice){sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0)}, programme, diags);
    else if (la == 0)
        diag_erreur(diags, E_PARAMETRES, "le registre n'a plus le jeu de paramètres %.12s…", hex);
    sqlite3_finalize(s);
    return p;
}

static bool parametres_choisir(struct contexte *ctx, struct diag_liste *diags)
{
    struct buffer b = {0};
    char hex[EMPREINTE_HEX];
    ctx->parametres = parametres_embarques(diags);
    if (ctx->parametres == NULL)
        return false;
    bool ok = ctx->registre == NULL || reglage_lire(ctx->registre, "parametres", &b, diags);
    if (ok && b.len > 0 && strcmp(b.bytes, empreinte_hex(parametres_empreinte(ctx->parametres), hex)) != 0) {
        struct parametres *programme = ctx->parametres;
        ctx->parametres = jeu_garde(ctx->registre, b.bytes, programme, diags);
        parametres_free(programme);
        ok = ctx->parametres != NULL;
    }
    buffer_free(&b);
    return ok;
}

bool contexte_calendrier(struct contexte *ctx)
{
    struct buffer b = {0};
    const bool ok = ctx->registre == NULL || reglage_lire(ctx->registre, "calendrier", &b, ctx->diags);
    ctx->calendrier = b.len > 0 && strcmp(b.bytes, calendrier_nom(CALENDRIER_PROROGE)) == 0 ? CALENDRIER_PROROGE : CALENDRIER_INITIAL;
    buffer_free(&b);
    return ok;
}

static bool horloge_choisir(const struct contexte *ctx, const char *texte, struct diag_liste *diags)
{
    struct instant i;
    if (texte == NULL || *texte == '\0' || ctx->registre == NULL)
        return true;
    if (!ctx->registre->fictif) {
        diag_erreur(diags, E_HORLOGE_REELLE, "le registre %s est réel : SONS_HORLOGE y est refusée", ctx->registre->chemin);
        return false;
    }
    if (!instant_parse(slice_of(texte), &i, NULL)) {
        diag_erreur(diags, E_USAGE, "SONS_HORLOGE ne se lit pas : « %.40s »", texte);
        return false;
    }
    horloge_fixer(i);
    return true;
}

static struct registre *ouvrir(const struct contexte_options *o, struct diag_liste *diags)
{
    if (!instant_present(o->connu_le))
        return o->acces == ACCES_BROUILLON ? registre_brouillon(o->registre, diags)
                                           : registre_ouvrir(o->registre, o->acces == ACCES_ECRITURE, diags);
    if (o->acces != ACCES_LECTURE) {
        diag_erreur(diags, E_USAGE, "--connu-le ne va qu'avec une lecture");
        return NULL;
    }
    struct registre *r = registre_passe(o->registre, diags);
    if (r == NULL || etat_rejouer(r, 0, o->connu_le, diags))
        return r;
    registre_fermer(r);
    return NULL;
}

bool contexte_ouvrir(struct contexte *ctx, const struct contexte_options *o, struct diag_liste *diags)
{
    if (o->acces != ACCES_AUCUN && (ctx->registre = ouvrir(o, diags)) == NULL)
        return false;
    ctx->diags = diags;
    if (!horloge_choisir(ctx, o->horloge, diags) || !parametres_choisir(ctx, diags) || !contexte_calendrier(ctx)) {
        contexte_fermer(ctx);
        return false;
    }
    ctx->maintenant = horloge();
    ctx->au = ctx->le = ctx->maintenant;
    ctx->connu_le = o->connu_le;
    return true;
}

bool contexte_relire(struct contexte *ctx)
{
    ctx->maintenant = horloge_relire();
    if (!ctx->au_donne)
        ctx->au = ctx->maintenant;
    if (!ctx->le_donne)
        ctx->le = ctx->maintenant;
    return contexte_calendrier(ctx);
}

void contexte_fermer(struct contexte *ctx)
{
    registre_fermer(ctx->registre);
    parametres_free(ctx->parametres);
    ctx->registre = NULL;
    ctx->parametres = NULL;
}

const char *contexte_registre(const struct contexte *ctx)
{
    return ctx->registre == NULL ? "" : ctx->registre->chemin;
}

bool contexte_fictif(const struct contexte *ctx)
{
    return ctx->registre != NULL && ctx->registre->fictif;
}
