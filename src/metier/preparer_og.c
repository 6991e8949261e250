/* Around an order: names in the base, the other ESSMS of its OG and what is known of each. */
#include <string.h>

#include "metier/preparer_interne.h"
#include "metier/commande_contenu.h"
#include "registre/etat.h"
#include "regles/cycle.h"
#include "regles/parametres.h"
#include "regles/regles.h"

/* Others shown: an OG may have hundreds. */
#define VOISINS_MAX 2000

static struct slice garder(struct arene *a, struct slice s)
{
    return (struct slice){arene_strndup(a, s.bytes == NULL ? "" : s.bytes, s.len), s.len};
}

/* « commande BC-1 du 12/07/2022 (123456782), avance demandée »; the orders prepared here are not facts. */
static bool commandes_de(struct contexte *ctx, finess et, int64_t avant, struct buffer *b, bool *en_vigueur)
{
    char t[JOUR_TEXTE_MAX], siren[10];
    struct arene a = {0};
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select c.fait, c.numero, c.fournisseur, c.date_signature from commande_essms e join commande c "
                                                   "on c.fait = e.commande where e.et = ?1 and c.fait < ?2 order by c.fait", ctx->diags);
    int rc = SQLITE_ERROR;
    bool ok = s != NULL;
    if (ok) {
        lier_n(s, 1, et);
        lier_n(s, 2, avant);
    }
    while (ok && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        struct commande_etat e;
        const struct slice numero = colonne_slice(s, 1);
        ok = commande_etat_lire(ctx, sqlite3_column_int64(s, 0), &a, &e);
        if (!ok)
            break;
        *en_vigueur = *en_vigueur || etat_en_vigueur(e.etat);
        buffer_printf(b, "%scommande %.*s", b->len > 0 ? " ; " : "", (int)numero.len, numero.bytes);
        if (sqlite3_column_type(s, 3) != SQLITE_NULL)
            buffer_printf(b, " du %s", jour_fr((struct jour){sqlite3_column_int(s, 3)}, t));
        if (sqlite3_column_int64(s, 2) != 0)
            buffer_printf(b, " (%s)", siren_texte((uint32_t)sqlite3_column_int64(s, 2), siren));
        buffer_printf(b, ", %s", etat_label(e.etat));
    }
    if (ok && rc != SQLITE_DONE)
        registre_faute(ctx->registre, ctx->diags);
    sqlite3_finalize(s);
    arene_free(&a);
    return ok && rc == SQLITE_DONE;
}

static bool financements_de(struct contexte *ctx, finess et, struct buffer *b)
{
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select fonds, etat from financement where et = ?1 order by fait", ctx->diags);
    int rc = SQLITE_ERROR;
    if (s != NULL)
        lier_n(s, 1, et);
    while (s != NULL && (rc = sqlite3_step(s)) == SQLITE_ROW)
        buffer_printf(b, "%sfinancement %s, %s", b->len > 0 ? " ; " : "", mot_francais(fonds_nom((enum fonds)sqlite3_column_int(s, 0))),
                      mot_francais(etat_financement_nom((enum etat_financement)sqlite3_column_int(s, 1))));
    if (s != NULL && rc != SQLITE_DONE)
        registre_faute(ctx->registre, ctx->diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

static bool de_la_commande(const struct prepare *o, finess et)
{
    for (uint32_t i = 0; i < o->n_essms; i++)
        if (o->essms[i].et == et)
            return true;
    return false;
}

static bool voisin(struct contexte *ctx, struct finess_lecteur *l, int64_t base, int64_t avant, finess et, struct arene *a, struct prepare *o)
{
    struct prepare_voisin *v = &o->voisins[o->n_voisins++];
    struct etablissement e;
    struct buffer b = {0};
    bool en_vigueur = false;
    if (finess_trouver_et(l, base, et, &e, ctx->diags) != 1)
        return false;
    *v = (struct prepare_voisin){.et = et, .nom = garder(a, e.raison_sociale), .commune = garder(a, e.acheminement), .quoi = VOISIN_LIBRE};
    const bool ok = commandes_de(ctx, et, avant, &b, &en_vigueur) && financements_de(ctx, et, &b);
    if (en_vigueur)
        v->quoi = VOISIN_COMMANDE;
    else if (o->couloir != COULOIR_INCONNU && (couloirs_de_categorie(ctx->parametres, e.agregat, e.categorie, o->base) >> o->couloir & 1u) == 0)
        v->quoi = VOISIN_HORS_COULOIR;
    v->dit = garder(a, (struct slice){b.bytes, b.len}).bytes;
    buffer_free(&b);
    return ok;
}

bool preparer_og(struct contexte *ctx, struct finess_lecteur *l, int64_t base, int64_t avant, struct arene *a, struct prepare *o)
{
    struct og_compte og;
    struct slice paquet;
    struct etablissement e;
    struct entite_juridique ej;
    int64_t base_ej;
    for (uint32_t i = 0; i < o->n_essms; i++)
        if (finess_trouver_et(l, base, o->essms[i].et, &e, ctx->diags) == 1) {
            o->essms[i].nom = garder(a, e.raison_sociale);
            o->essms[i].commune = garder(a, e.acheminement);
        }
    if (!finess_base_du(ctx->registre, "cs1100501", o->base, &base_ej, ctx->diags))
        return false;
    if (base_ej != 0 && finess_trouver_entite(l, base_ej, o->ej, &ej, ctx->diags) == 1) {
        o->og_nom = garder(a, ej.raison_sociale);
        o->og_commune = garder(a, ej.acheminement);
        o->og_siren = ej.siren;
    }
    const int la = finess_trouver_og(l, base, o->ej, &og, &paquet, ctx->diags);
    if (la != 1)
        return la == 0;
    o->voisins = arene_alloc(a, (og.n_et + 1) * sizeof *o->voisins);
    char *octets = arene_alloc(a, paquet.len + 1); /* the look-ups that follow use its memory */
    memcpy(octets, paquet.bytes, paquet.len);
    bool ok = true;
    for (size_t i = 0; ok && i < og.n_et && o->n_voisins < VOISINS_MAX; i++) {
        const finess et = finess_depaqueter((struct slice){octets, paquet.len}, i).et;
        if (!de_la_commande(o, et))
            ok = voisin(ctx, l, base, avant, et, a, o);
    }
    return ok;
}
