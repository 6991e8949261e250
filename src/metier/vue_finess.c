/* FINESS: one OG with its ESSMS, search, statistics, bases. */
#include "config.h" /* _GNU_SOURCE: memmem */

#include <stdio.h>
#include <string.h>

#include "metier/vue_commun.h"
#include "registre/finess_base.h"
#include "regles/bareme.h"
#include "regles/rapprochement.h"

static const struct colonne colonnes_et[] = {
    {"finess_et", "FINESS", CELLULE_FINESS},        {"finess_ej", "OG", CELLULE_FINESS},
    {"libelle_essms", "raison sociale", CELLULE_TEXTE}, {"commune", "commune", CELLULE_TEXTE},
    {"categorie", "cat.", CELLULE_ENTIER},          {"libelle_categorie", "catégorie", CELLULE_TEXTE},
    {"agregat", "agrégat", CELLULE_ENTIER},         {"couloir", "couloir", CELLULE_TEXTE},
    {"siret", "SIRET", CELLULE_SIRET},
};
#define N_ET (sizeof colonnes_et / sizeof *colonnes_et)

/* The town is the text after the postcode (finess.md). */
static struct slice commune_de(struct slice acheminement)
{
    const char *espace = acheminement.len > 0 ? memchr(acheminement.bytes, ' ', acheminement.len) : NULL;
    if (espace == NULL)
        return acheminement;
    return (struct slice){espace + 1, (size_t)(acheminement.bytes + acheminement.len - espace - 1)};
}

struct libelles {
    struct contexte *ctx;
    sqlite3_stmt *s;
};

static struct slice libelle(struct libelles *l, int64_t base, uint16_t categorie)
{
    (void)sqlite3_reset(l->s);
    lier_n(l->s, 1, base);
    lier_n(l->s, 2, categorie);
    return registre_suivant(l->ctx->registre, l->s, l->ctx->diags) == 1 ? colonne_slice(l->s, 0) : (struct slice){NULL, 0};
}

static bool ligne_et(struct contexte *ctx, struct libelles *l, int64_t base, struct jour date, const struct etablissement *e,
                     struct tableau_sortie *s)
{
    const struct cellule c[N_ET] = {
        cellule_finess(e->et), cellule_finess(e->ej), cellule_slice(e->raison_sociale), cellule_slice(commune_de(e->acheminement)),
        cellule_entier(e->categorie), cellule_slice(libelle(l, base, e->categorie)), cellule_entier(e->agregat),
        cellule_texte(couloir_nom(couloir_de_categorie(ctx->parametres, e->agregat, e->categorie, date))), cellule_siret(e->siret)};
    return s->ligne(s->ctx, c, N_ET);
}

static bool libelles_ouvrir(struct contexte *ctx, struct libelles *l)
{
    l->ctx = ctx;
    l->s = registre_stmt(ctx->registre, "select libelle from finess_categorie where base = ?1 and categorie = ?2", ctx->diags);
    return l->s != NULL;
}

/* --- voir ------------------------------------------------------------------------------------------------------------ */

static void entete_og(struct contexte *ctx, struct finess_lecteur *l, const struct og_compte *og, struct jour date, struct buffer *out)
{
    char t[FINESS_TEXTE_MAX], d[JOUR_TEXTE_MAX], n[MONTANT_TEXTE_MAX], siren[10];
    struct entite_juridique ej;
    int64_t base;
    buffer_printf(out, "OG %s", finess_texte(og->ej, t));
    if (finess_base_du(ctx->registre, "cs1100501", date, &base, ctx->diags) && base != 0 &&
        finess_trouver_entite(l, base, og->ej, &ej, ctx->diags) == 1) {
        buffer_printf(out, ", %.*s", (int)ej.raison_sociale.len, ej.raison_sociale.bytes);
        if (ej.siren != 0)
            buffer_printf(out, ", SIREN %s", siren_texte(ej.siren, siren));
    }
    buffer_printf(out, " : %s établissement%s dans la base du %s", entier_fr((int64_t)og->n_et, n), og->n_et > 1 ? "s" : "",
                  jour_fr(date, d));
    for (int c = COULOIR_MS1; c < COULOIR_NOMBRE; c++)
        if (og->n[c] > 0)
            buffer_printf(out, " ; %s : %u", couloir_nom((enum couloir)c), og->n[c]);
    buffer_puts(out, ".\nSource : FINESS, ministère chargé de la santé, base du ");
    buffer_printf(out, "%s.\n", jour_fr(date, d));
}

static bool voir_og(struct contexte *ctx, struct finess_lecteur *l, struct libelles *lib, int64_t base, struct jour date,
                    finess numero, struct tableau_sortie *s, struct buffer *entete, bool *trouve)
{
    struct og_compte og;
    struct slice paquet;
    const int la = finess_trouver_og(l, base, numero, &og, &paquet, ctx->diags);
    *trouve = la == 1;
    if (la != 1)
        return la == 0;
    struct buffer copie = {0};
    buffer_append(&copie, paquet.bytes, paquet.len);
    entete_og(ctx, l, &og, date, entete);
    bool ok = s->debut(s->ctx, colonnes_et, N_ET);
    for (size_t i = 0; ok && i < og.n_et; i++) {
        struct etablissement e;
        ok = finess_trouver_et(l, base, finess_depaqueter((struct slice){copie.bytes, copie.len}, i).et, &e, ctx->diags) == 1 &&
             ligne_et(ctx, lib, base, date, &e, s);
    }
    buffer_free(&copie);
    return ok && s->fin(s->ctx);
}

static bool voir_et(struct contexte *ctx, struct finess_lecteur *l, struct libelles *lib, int64_t base, struct jour date,
                    finess numero, struct tableau_sortie *s, struct buffer *entete)
{
    struct etablissement e;
    char t[FINESS_TEXTE_MAX], d[JOUR_TEXTE_MAX];
    const int la = finess_trouver_et(l, base, numero, &e, ctx->diags);
    if (la == 0) {
        struct diag *g = diag_erreur(ctx->diags, E_INCONNU, "%s n'est ni un OG ni un établissement de la base du %s",
                                     finess_texte(numero, t), jour_fr(date, d));
        diag_a_faire(g, "chercher par nom : sons finess chercher TEXTE");
    }
    if (la != 1)
        return false;
    buffer_printf(entete, "Établissement %s, base du %s. Son OG : sons finess voir ", finess_texte(numero, t), jour_fr(date, d));
    buffer_printf(entete, "%s\n", finess_texte(e.ej, t));
    return s->debut(s->ctx, colonnes_et, N_ET) && ligne_et(ctx, lib, base, date, &e, s) && s->fin(s->ctx);
}

bool vue_finess_voir(struct contexte *ctx, finess numero, struct jour voulue, struct tableau_sortie *s, struct buffer *entete)
{
    int64_t base;
    struct jour date;
    struct libelles lib = {NULL, NULL};
    bool trouve = false;
    if (!vue_base(ctx, COULOIR_MS1, voulue, &base, &date))
        return false;
    struct finess_lecteur *l = finess_lecteur_creer(ctx->registre, ctx->diags);
    bool ok = l != NULL && libelles_ouvrir(ctx, &lib) && voir_og(ctx, l, &lib, base, date, numero, s, entete, &trouve);
    if (ok && !trouve)
        ok = voir_et(ctx, l, &lib, base, date, numero, s, entete);
    sqlite3_finalize(lib.s);
    finess_lecteur_free(l);
    return ok;
}

/* --- chercher ---------------------------------------------------------------------------------------------------------- */

/* Every word of the text must be in « name town »: part of one of its words, abbreviations written out on both sides. */
struct recherche {
    struct arene voulus, page;
    struct mots mots;
};

static bool a_le_mot(const struct mots *la, struct slice voulu)
{
    for (size_t i = 0; i < la->n; i++)
        if (memmem(la->m[i].texte.bytes, la->m[i].texte.len, voulu.bytes, voulu.len) != NULL)
            return true;
    return false;
}

static bool correspond(struct recherche *r, struct slice nom, struct slice lieu)
{
    struct mots noms, lieux;
    arene_reset(&r->page);
    mots_abreges(arene_strndup(&r->page, nom.len == 0 ? "" : nom.bytes, nom.len), &r->page, &noms);
    mots_abreges(arene_strndup(&r->page, lieu.len == 0 ? "" : lieu.bytes, lieu.len), &r->page, &lieux);
    for (size_t i = 0; i < r->mots.n; i++)
        if (!a_le_mot(&noms, r->mots.m[i].texte) && !a_le_mot(&lieux, r->mots.m[i].texte))
            return false;
    return true;
}

bool vue_finess_chercher(struct contexte *ctx, const char *texte, struct jour voulue, struct tableau_sortie *s)
{
    int64_t base;
    struct jour date;
    struct libelles lib = {NULL, NULL};
    struct recherche r = {.mots = {.n = 0}};
    if (!vue_base(ctx, COULOIR_MS1, voulue, &base, &date))
        return false;
    sqlite3_stmt *q = registre_stmt(ctx->registre, "select cle & 4294967295, ej, raison_sociale, acheminement, categorie, agregat, siret "
                                                   "from finess_et where cle between ?1 << 32 and (?1 << 32) + 4294967295 order by cle", ctx->diags);
    bool ok = q != NULL && libelles_ouvrir(ctx, &lib) && s->debut(s->ctx, colonnes_et, N_ET);
    mots_abreges(texte, &r.voulus, &r.mots);
    if (ok)
        lier_n(q, 1, base);
    int rc = SQLITE_DONE;
    while (ok && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        const struct etablissement e = {.et = (finess)sqlite3_column_int64(q, 0), .ej = (finess)sqlite3_column_int64(q, 1),
                                        .raison_sociale = colonne_slice(q, 2), .acheminement = colonne_slice(q, 3),
                                        .categorie = (uint16_t)sqlite3_column_int(q, 4), .agregat = (uint16_t)sqlite3_column_int(q, 5),
                                        .siret = (uint64_t)sqlite3_column_int64(q, 6)};
        if (correspond(&r, e.raison_sociale, e.acheminement))
            ok = ligne_et(ctx, &lib, base, date, &e, s);
    }
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        registre_faute(ctx->registre, ctx->diags);
    sqlite3_finalize(q);
    sqlite3_finalize(lib.s);
    arene_free(&r.voulus);
    arene_free(&r.page);
    return ok && rc == SQLITE_DONE && s->fin(s->ctx);
}

/* --- statistiques ------------------------------------------------------------------------------------------------------- */

/* Counts the ET of each OG: those of the couloir, or those whose aggregate begins with `agregat` (44, 4401 …). */
static sqlite3_stmt *tailles(struct contexte *ctx, enum couloir c, uint16_t agregat, int64_t base)
{
    static const char *const colonnes[COULOIR_NOMBRE] = {"n_4", "n_ms1", "n_pds", "n_pde", "n_ms3"};
    char sql[320];
    if (agregat == 0)
        (void)snprintf(sql, sizeof sql, "select %s from finess_og where cle between ?1 << 32 and (?1 << 32) + 4294967295 and %s > 0",
                       colonnes[c], colonnes[c]);
    else
        (void)snprintf(sql, sizeof sql, "select count(*) from finess_et where cle between ?1 << 32 and (?1 << 32) + 4294967295 "
                                        "and agregat / ?2 = ?3 group by ej");
    sqlite3_stmt *s = registre_stmt(ctx->registre, sql, ctx->diags);
    if (s == NULL)
        return NULL;
    lier_n(s, 1, base);
    if (agregat != 0) {
        const bool niveau_2 = agregat >= 1000 && agregat % 100 == 0; /* 4400 never stands in the column: its first two digits do */
        lier_n(s, 2, agregat < 100 || niveau_2 ? 100 : agregat < 1000 ? 10 : 1);
        lier_n(s, 3, niveau_2 ? agregat / 100 : agregat);
    }
    return s;
}

struct repartition {
    char lettre;
    uint32_t min, max;
    int64_t og, essms, plus_grand;
};

static bool repartir_tailles(struct contexte *ctx, sqlite3_stmt *s, struct repartition *t, size_t n)
{
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const int64_t taille = sqlite3_column_int64(s, 0);
        for (size_t i = 0; i < n; i++) {
            if (taille < t[i].min || taille > t[i].max)
                continue;
            t[i].og++;
            t[i].essms += taille;
            t[i].plus_grand = taille > t[i].plus_grand ? taille : t[i].plus_grand;
        }
    }
    if (rc != SQLITE_DONE)
        registre_faute(ctx->registre, ctx->diags);
    return rc == SQLITE_DONE;
}

static bool repartition_dire(const struct repartition *t, size_t n, struct tableau_sortie *s)
{
    static const struct colonne colonnes[] = {{"tranche", "tranche", CELLULE_TEXTE}, {"essms_min", "de", CELLULE_ENTIER},
                                              {"essms_max", "à", CELLULE_ENTIER},    {"og", "OG", CELLULE_ENTIER},
                                              {"essms", "ESSMS", CELLULE_ENTIER},    {"plus_grand_og", "plus grand OG", CELLULE_ENTIER}};
    struct repartition total = {0};
    bool ok = s->debut(s->ctx, colonnes, 6);
    for (size_t i = 0; ok && i < n; i++) {
        const char lettre[2] = {t[i].lettre, '\0'};
        const struct cellule c[] = {cellule_texte(lettre), cellule_entier(t[i].min),
                                    t[i].max == UINT32_MAX ? cellule_vide() : cellule_entier(t[i].max), cellule_entier(t[i].og),
                                    cellule_entier(t[i].essms), cellule_entier(t[i].plus_grand)};
        ok = s->ligne(s->ctx, c, 6);
        total.og += t[i].og;
        total.essms += t[i].essms;
        total.plus_grand = t[i].plus_grand > total.plus_grand ? t[i].plus_grand : total.plus_grand;
    }
    const struct cellule c[] = {cellule_texte("total"), cellule_vide(), cellule_vide(), cellule_entier(total.og),
                                cellule_entier(total.essms), cellule_entier(total.plus_grand)};
    return ok && s->ligne(s->ctx, c, 6) && s->fin(s->ctx);
}

bool vue_finess_statistiques(struct contexte *ctx, enum couloir c, uint16_t agregat, struct jour voulue, struct tableau_sortie *s)
{
    enum { MAX = 16 };
    struct repartition t[MAX];
    int64_t base;
    struct jour date, signature = {0};
    struct tranche tr;
    size_t n = 0;
    (void)jour_from_ymd(2022, 12, 31, &signature); /* bounds of the barème: they have one value */
    if (!vue_base(ctx, c, voulue, &base, &date))
        return false;
    while (n < MAX && bareme_tranche_rang(ctx->parametres, n, signature, &tr)) {
        t[n] = (struct repartition){.lettre = tr.lettre, .min = tr.min, .max = tr.max};
        n++;
    }
    sqlite3_stmt *q = tailles(ctx, c == COULOIR_INCONNU ? COULOIR_MS1 : c, agregat, base);
    const bool ok = q != NULL && repartir_tailles(ctx, q, t, n) && repartition_dire(t, n, s);
    sqlite3_finalize(q);
    return ok;
}

bool vue_finess_bases(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne colonnes[] = {
        {"forme", "fichier", CELLULE_TEXTE},  {"date", "date", CELLULE_JOUR},        {"nombre", "lignes", CELLULE_ENTIER},
        {"sert", "sert", CELLULE_TEXTE},      {"entree", "entrée", CELLULE_ENTIER},  {"empreinte", "empreinte du fichier", CELLULE_TEXTE}};
    return vue_requete(ctx, "select forme, date, nombre, (select group_concat(case couloir when 1 then 'MS1' when 2 then 'MS2-PDS' "
                            "when 3 then 'MS2-PDE' else 'MS3' end || ' ' || annee, ', ') from base_designee d where d.base = b.fait), "
                            "fait, fichier from finess_base b order by date, fait", colonnes, 6, s);
}
