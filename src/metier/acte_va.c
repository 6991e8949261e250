/* The VA: what its document says, ESSMS by ESSMS, one fact an order; completed, it is the next version, whole. */
#include <stdlib.h>
#include <string.h>

#include "metier/acte_feuille.h"
#include "metier/dico.h"
#include "metier/document.h"
#include "metier/feuilles.h"

#define PREMIERE W_DATE_SIGNATURE /* columns of the order as a whole */
#define DERNIERE W_PIECE

struct va_ligne {
    finess et;            /* FINESS_ABSENT: every ESSMS that no other row names */
    size_t ligne;
    struct essms_va v;
};
struct va_lue {
    int64_t commande;
    size_t source[W_NOMBRE]; /* row + 1 that gives it, 0 = none */
    struct instant le;
    struct slice signataire, qualite, mode;
    struct jour delegation_le;
    enum trois bon_fonctionnement;
    uint32_t mss;
    struct document piece, delegation;
    struct va_ligne *lignes;
    size_t n, cap;
};
struct attestations {
    struct contexte *ctx;
    struct cellules c;
    struct va_lue *items;
    size_t n, cap;
    struct dico par_commande; /* rank in items; its keys are in the arena until the first order is written */
    struct reserve reserve;
    struct arene arene;
    struct import_rapport *out;
    struct compte_verdicts compte;
    struct chargeur *chargeur;
};

/* --- reading ------------------------------------------------------------------------------------------------------------- */

static struct va_lue *de_la_commande(struct attestations *l, int64_t commande)
{
    const size_t rang = dico_chercher(&l->par_commande, (struct slice){(const char *)&commande, sizeof commande});
    if (rang != DICO_ABSENT)
        return &l->items[rang];
    const struct slice cle = {memcpy(arene_alloc(&l->arene, sizeof commande), &commande, sizeof commande), sizeof commande};
    (void)dico_mettre(&l->par_commande, cle, l->n);
    l->items = memoire_grow(l->items, &l->cap, l->n + 1, sizeof *l->items);
    l->items[l->n] = (struct va_lue){.commande = commande, .le = INSTANT_ABSENT, .delegation_le = JOUR_ABSENT, .bon_fonctionnement = TROIS_ABSENT};
    return &l->items[l->n++];
}

/* The columns of the order: an empty cell repeats the value of another row; two that differ are named. */
static void colonnes_communes(struct attestations *l, struct va_lue *o, size_t i)
{
    for (size_t k = PREMIERE; k <= DERNIERE; k++) {
        const struct slice v = feuille_valeur(l->c.f, i, k);
        if (v.len == 0)
            continue;
        if (o->source[k] == 0) {
            o->source[k] = i + 1;
            continue;
        }
        const struct slice w = feuille_valeur(l->c.f, o->source[k] - 1, k);
        if (w.len == v.len && memcmp(v.bytes, w.bytes, v.len) == 0)
            continue;
        struct diag *d = cellule_faute(&l->c, E_CONTRADICTION, i, k, "deux lignes de la même VA se contredisent");
        diag_trouve(d, "%.*s", (int)v.len, v.bytes);
        diag_attendu(d, "%.*s, comme ligne %u", (int)w.len, w.bytes, (unsigned)feuille_numero(l->c.f, o->source[k] - 1));
    }
}

static int32_t nombre_lu(struct attestations *l, size_t i, size_t champ)
{
    const struct slice v = feuille_valeur(l->c.f, i, champ);
    int32_t n = 0;
    bool bon = v.len <= 9;
    if (v.len == 0)
        return -1;
    for (size_t k = 0; bon && k < v.len; k++) {
        bon = v.bytes[k] >= '0' && v.bytes[k] <= '9';
        n = bon ? 10 * n + (v.bytes[k] - '0') : n;
    }
    if (!bon)
        diag_attendu(cellule_faute(&l->c, E_VALEUR, i, champ, "nombre illisible"), "un nombre entier, 0 compris ; rien s'il n'est pas livré");
    return bon ? n : -1;
}

static void ligne_lire(struct attestations *l, struct va_lue *o, size_t i)
{
    struct cellules *c = &l->c;
    const struct slice tbb = cellule_mot_de(c, i, W_TBB, "tous|certains|aucun");
    o->lignes = memoire_grow(o->lignes, &o->cap, o->n + 1, sizeof *o->lignes);
    struct va_ligne *s = &o->lignes[o->n];
    *s = (struct va_ligne){.ligne = i, .et = cellule_finess_de(c, i, W_FINESS_ET),
                           .v = {cellule_oui_non_de(c, i, W_ATTESTE), cellule_oui_non_de(c, i, W_DEPLOYE), cellule_oui_non_de(c, i, W_TBB_LIVRE),
                                 tbb.len == 0 ? TBB_ABSENT : tbb_parse(tbb.bytes, tbb.len),
                                 {nombre_lu(l, i, W_DOSSIERS_ACTIFS), nombre_lu(l, i, W_AVEC_PROJET), nombre_lu(l, i, W_AVEC_EVENEMENT)}}};
    for (size_t k = 0; k < o->n; k++)
        if (o->lignes[k].et == s->et)
            diag_trouve(cellule_faute(c, E_CONTRADICTION, i, W_FINESS_ET, "le même ESSMS est dit deux fois"), "aussi ligne %u",
                        (unsigned)feuille_numero(c->f, o->lignes[k].ligne));
    o->n++;
}

/* Its date and time; a bare date is the end of that day, now when it is today's. */
static void signature_lire(struct attestations *l, struct va_lue *o)
{
    const struct contexte *ctx = l->ctx;
    struct cellules *c = &l->c;
    bool seule;
    char t[INSTANT_TEXTE_MAX], u[INSTANT_TEXTE_MAX];
    if (o->source[W_DATE_SIGNATURE] == 0) {
        cellule_exiger(c, o->lignes[0].ligne, W_DATE_SIGNATURE);
        return;
    }
    const size_t i = o->source[W_DATE_SIGNATURE] - 1;
    if (!instant_parse(feuille_valeur(c->f, i, W_DATE_SIGNATURE), &o->le, &seule) || jour_annee(instant_jour(o->le)) < 2000 ||
        jour_annee(instant_jour(o->le)) > 2099) {
        diag_attendu(cellule_faute(c, E_DATE, i, W_DATE_SIGNATURE, "date impossible"), "une date comme 12/07/2023, avec l'heure au besoin : 2023-07-12T14:30");
        return;
    }
    if (seule && instant_cmp(o->le, ctx->maintenant) > 0 && jour_cmp(instant_jour(o->le), instant_jour(ctx->maintenant)) == 0)
        o->le = ctx->maintenant;
    if (instant_cmp(o->le, ctx->maintenant) <= 0)
        return;
    struct diag *d = cellule_faute(c, E_A_VENIR, i, W_DATE_SIGNATURE, "la signature est à venir");
    diag_trouve(d, "%s", instant_fr(o->le, t));
    diag_attendu(d, "au plus tard %s", instant_fr(ctx->maintenant, u));
}

static void commune_lire(struct attestations *l, struct va_lue *o)
{
    struct cellules *c = &l->c;
#define LU(champ) (o->source[champ] == 0 ? feuille_nombre(c->f) : o->source[champ] - 1)
    signature_lire(l, o);
    if (o->source[W_SIGNATAIRE] != 0)
        o->signataire = cellule_texte_de(c, LU(W_SIGNATAIRE), W_SIGNATAIRE);
    if (o->source[W_QUALITE_SIGNATAIRE] != 0)
        o->qualite = cellule_texte_de(c, LU(W_QUALITE_SIGNATAIRE), W_QUALITE_SIGNATAIRE);
    if (o->source[W_MODE_SIGNATURE] != 0)
        o->mode = cellule_mot_de(c, LU(W_MODE_SIGNATURE), W_MODE_SIGNATURE, MOTS_MODE);
    if (o->source[W_DELEGATION_LE] != 0)
        o->delegation_le = cellule_jour_de(c, LU(W_DELEGATION_LE), W_DELEGATION_LE);
    if (o->source[W_BON_FONCTIONNEMENT] != 0)
        o->bon_fonctionnement = cellule_oui_non_de(c, LU(W_BON_FONCTIONNEMENT), W_BON_FONCTIONNEMENT);
    if (o->source[W_MSS] != 0)
        o->mss = (uint32_t)slice_equals(cellule_mot_de(c, LU(W_MSS), W_MSS, "1|2"), "1") + 2 * (uint32_t)slice_equals(feuille_valeur(c->f, LU(W_MSS), W_MSS), "2");
    if (o->source[W_PIECE] != 0)
        document_lire(c, LU(W_PIECE), W_PIECE, PIECE_VA, &l->reserve, &o->piece);
    if (o->source[W_DELEGATION] != 0)
        document_lire(c, LU(W_DELEGATION), W_DELEGATION, PIECE_DELEGATION, &l->reserve, &o->delegation);
#undef LU
}

static void lire(struct attestations *l)
{
    for (size_t i = 0; i < feuille_nombre(l->c.f); i++) {
        cellule_exiger(&l->c, i, W_COMMANDE);
        const int64_t commande = document_commande(l->ctx, &l->c, i, W_COMMANDE);
        if (commande == 0)
            continue;
        struct va_lue *o = de_la_commande(l, commande);
        colonnes_communes(l, o, i);
        ligne_lire(l, o, i);
    }
    for (size_t i = 0; i < l->n; i++)
        commune_lire(l, &l->items[i]);
}

/* --- recording ------------------------------------------------------------------------------------------------------------- */

static const char *trois_mot(enum trois t)
{
    return t == TROIS_OUI ? "oui" : t == TROIS_NON ? "non" : "-";
}

static struct slice essms_texte(finess et, const struct essms_va *v, struct arene *a)
{
    struct buffer b = {0};
    char t[10];
    buffer_printf(&b, "%s %s %s %s %s", finess_texte(et, t), trois_mot(v->atteste), trois_mot(v->deploye), trois_mot(v->tbb_livre),
                  v->tbb == TBB_ABSENT ? "-" : tbb_nom(v->tbb));
    for (int i = 0; i < 3; i++)
        if (v->indicateurs[i] < 0)
            buffer_puts(&b, " -");
        else
            buffer_printf(&b, " %ld", (long)v->indicateurs[i]);
    const struct slice s = {arene_strndup(a, b.bytes, b.len), b.len};
    buffer_free(&b);
    return s;
}

/* Every ESSMS of the order that the VA names, in the order of their numbers. One that is not of the order is a fault. */
static bool essms_lister(struct attestations *l, struct va_lue *o, struct fait *f)
{
    sqlite3_stmt *s = registre_gardee(l->ctx->registre, "select et from commande_essms where commande = ?1 order by et", l->ctx->diags);
    struct slice *items = NULL;
    size_t n = 0, cap = 0;
    int la = -1;
    bool *vus = memoire_calloc(o->n + 1, sizeof *vus), ok = true;
    if (s != NULL)
        lier_n(s, 1, o->commande);
    while (s != NULL && (la = registre_suivant(l->ctx->registre, s, l->ctx->diags)) == 1) {
        const finess et = (finess)sqlite3_column_int64(s, 0);
        size_t de = o->n;
        for (size_t i = 0; i < o->n; i++)
            if (o->lignes[i].et == et || (o->lignes[i].et == FINESS_ABSENT && de == o->n))
                de = i;
        if (de == o->n)
            continue;
        vus[de] = true;
        items = memoire_grow(items, &cap, n + 1, sizeof *items);
        items[n++] = essms_texte(et, &o->lignes[de].v, &l->arene);
    }
    registre_rendre(l->ctx->registre, s);
    for (size_t i = 0; i < o->n; i++) {
        if (vus[i] || o->lignes[i].et == FINESS_ABSENT)
            continue;
        diag_a_faire(cellule_faute(&l->c, E_INCONNU, o->lignes[i].ligne, W_FINESS_ET, "cet ESSMS n'est pas de la commande"),
                     "voir ceux de la commande : sons commande voir");
        ok = false;
    }
    struct slice *gardes = arene_alloc(&l->arene, (n + 1) * sizeof *gardes);
    if (n > 0)
        memcpy(gardes, items, n * sizeof *gardes);
    fait_put_liste(f, VA_ESSMS, gardes, n);
    memoire_free(items);
    memoire_free(vus);
    return la == 0 && ok;
}

struct derniere {
    int64_t va, version, facture;
};
static bool derniers(struct contexte *ctx, int64_t commande, struct derniere *out)
{
    sqlite3_stmt *s = registre_gardee(ctx->registre, "select coalesce(max(fait), 0), coalesce(max(version), 0), "
                                                   "coalesce((select max(fait) from facture where commande = ?1), 0) from va where commande = ?1", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    *out = la == 1 ? (struct derniere){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1), sqlite3_column_int64(s, 2)} : (struct derniere){0};
    registre_rendre(ctx->registre, s);
    return la == 1;
}

static bool va_fait(struct attestations *l, struct acte *a, struct va_lue *o, struct fait *f)
{
    fait_init(f, FAIT_VA_ENREGISTREE);
    fait_put_n(f, VA_COMMANDE, o->commande);
    fait_put_instant(f, VA_LE, o->le);
    fait_put_slice(f, VA_QUALITE, o->qualite);
    fait_put_slice(f, VA_MODE, o->mode);
    fait_put_jour(f, VA_DELEGATION_LE, o->delegation_le);
    fait_put_trois(f, VA_BON_FONCTIONNEMENT, o->bon_fonctionnement);
    if (o->mss != 0)
        fait_put_n(f, VA_MSS_CAS, o->mss);
    return document_garder(a, &l->reserve, &o->delegation, f, VA_DELEGATION, &l->arene) &&
           document_garder(a, &l->reserve, &o->piece, f, VA_PIECE, &l->arene) && essms_lister(l, o, f);
}

static const enum fait_champ va_calcules[] = {VA_VERSION, VA_SIGNATAIRE, VA_ACCORDE};
static const struct document_genre va_genre = {VA_SIGNATAIRE, VA_ACCORDE, "signataire", "nom", va_calcules, sizeof va_calcules / sizeof *va_calcules};

static bool va_ecrire(struct attestations *l, struct acte *a, struct va_lue *o)
{
    struct contexte *ctx = l->ctx;
    struct commande_etat e;
    struct derniere avant;
    struct fait f, ancienne;
    if (!commande_etat_lire(ctx, o->commande, &l->arene, &e) || !derniers(ctx, o->commande, &avant) || !va_fait(l, a, o, &f))
        return false;
    const int inchange = document_inchange(ctx, &va_genre, &f, o->signataire, avant.va, &l->arene, &ancienne);
    l->out->inchangees += inchange > 0;
    if (inchange != 0)
        return inchange > 0;
    const size_t rang = ctx->diags->n;
    if (!commande_permet(ctx, &e, ACTE_ATTESTER)) {
        cellule_situer(&l->c, rang, o->lignes[0].ligne, W_COMMANDE);
        return false;
    }
    fait_put_n(&f, VA_VERSION, avant.version + 1);
    if (avant.va != 0)
        document_solde_demande(&e, diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                              "commande %s : version %lld de la VA, elle prend la place de la précédente", e.numero, (long long)avant.version + 1));
    if (!document_nommer(ctx, &va_genre, &f, o->signataire, avant.facture, &l->arene))
        return false;
    l->out->enregistrees++;
    return document_ecrire(a, &l->chargeur, &f, o->commande, &l->compte);
}

static bool ecrire(struct attestations *l)
{
    struct acte a;
    bool ok = acte_debut(&a, l->ctx);
    if (!ok)
        return false;
    for (size_t i = 0; i < l->n; i++, arene_reset(&l->arene))
        ok = va_ecrire(l, &a, &l->items[i]) && ok; /* every refusal is told */
    chargeur_free(l->chargeur);
    return document_conclure(&a, ok, &l->compte, l->out);
}

bool va_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out)
{
    size_t n_champs;
    struct attestations l = {.ctx = ctx, .c = {f, feuille_champs(FEUILLE_VA, &n_champs), ctx->diags, feuille_saine(f)}, .out = out};
    out->quoi = "VA";
    lire(&l);
    out->lues = l.n;
    dico_free(&l.par_commande);
    const bool ok = l.c.ok && ecrire(&l);
    reserve_fermer(&l.reserve);
    arene_free(&l.arene);
    for (size_t i = 0; i < l.n; i++)
        memoire_free(l.items[i].lignes);
    memoire_free(l.items);
    return ok;
}
