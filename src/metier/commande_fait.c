#include "metier/commande_fait.h"

#include <stdlib.h>
#include <string.h>

#include "metier/dico.h"
#include "registre/base.h"
#include "registre/journal.h"
#include "regles/regles.h"
#include "noyau/tri.h"

/* A large sheet reads the numbers recorded once; a small one asks for each. */
#define COMMANDES_AVANT_PRELECTURE 500

struct recherche_commande {
    struct registre *r;
    sqlite3_stmt *s;
    bool prelue;
    struct dico dico;       /* `<number>\t<supplier>` → rank in faits */
    struct arene cles;
    struct buffer cle;
    int64_t *faits;
    size_t n, cap;
};

static void cle_faire(struct buffer *b, struct slice numero, uint32_t fournisseur)
{
    buffer_clear(b);
    buffer_append(b, numero.bytes, numero.len);
    buffer_putc(b, '\t');
    buffer_put_i64(b, fournisseur);
}

void recherche_commande_ajouter(struct recherche_commande *q, struct slice numero, uint32_t fournisseur, int64_t fait)
{
    cle_faire(&q->cle, numero, fournisseur);
    q->faits = memoire_grow(q->faits, &q->cap, q->n + 1, sizeof *q->faits);
    q->faits[q->n] = fait;
    (void)dico_mettre(&q->dico, (struct slice){arene_strndup(&q->cles, q->cle.bytes, q->cle.len), q->cle.len}, q->n++);
}

static bool prelire(struct recherche_commande *q, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(q->r, "select numero, fournisseur, fait from commande", diags);
    int rc = SQLITE_ERROR;
    while (s != NULL && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        const int64_t fait = sqlite3_column_int64(s, 2);
        recherche_commande_ajouter(q, colonne_slice(s, 0), (uint32_t)sqlite3_column_int64(s, 1), fait);
    }
    if (s != NULL && rc != SQLITE_DONE)
        registre_faute(q->r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

struct recherche_commande *recherche_commande_creer(struct registre *r, size_t n, struct diag_liste *diags)
{
    struct recherche_commande *q = memoire_calloc(1, sizeof *q);
    q->r = r;
    q->s = registre_stmt(r, "select fait from commande where numero = ?1 and fournisseur = ?2", diags);
    q->prelue = n > COMMANDES_AVANT_PRELECTURE;
    if (q->s != NULL && (!q->prelue || prelire(q, diags)))
        return q;
    recherche_commande_free(q);
    return NULL;
}

void recherche_commande_free(struct recherche_commande *r)
{
    if (r == NULL)
        return;
    sqlite3_finalize(r->s);
    dico_free(&r->dico);
    arene_free(&r->cles);
    buffer_free(&r->cle);
    memoire_free(r->faits);
    memoire_free(r);
}

bool recherche_commande(struct recherche_commande *r, struct slice numero, uint32_t fournisseur, int64_t *fait, struct diag_liste *diags)
{
    cle_faire(&r->cle, numero, fournisseur);
    const size_t rang = dico_chercher(&r->dico, (struct slice){r->cle.bytes, r->cle.len});
    *fait = rang == DICO_ABSENT ? 0 : r->faits[rang];
    if (r->prelue || rang != DICO_ABSENT)
        return true;
    (void)sqlite3_reset(r->s);
    lier_slice(r->s, 1, numero);
    lier_n(r->s, 2, fournisseur);
    const int rc = sqlite3_step(r->s);
    *fait = rc == SQLITE_ROW ? sqlite3_column_int64(r->s, 0) : 0;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        registre_faute(r->r, diags);
    (void)sqlite3_reset(r->s);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

/* --- the fact --------------------------------------------------------------------------------------------------- */

/* `<finess> <share> <share> <share>`: the longest. */
#define ESSMS_TEXTE_MAX (FINESS_TEXTE_MAX + 3 * 21)

/* A share after a space; where it ends. */
static char *part(char *p, struct montant m)
{
    *p++ = ' ';
    if (montant_present(m))
        return texte_i64(p, m.centimes);
    *p++ = '-';
    return p;
}

static struct slice garder(struct arene *a, const struct buffer *b)
{
    return (struct slice){arene_strndup(a, b->bytes, b->len), b->len};
}

/* `<finess> <text>` for the ESSMS that have one. */
static void liste_textes(const struct commande_lue *o, struct arene *a, struct fait *f, enum fait_champ champ, bool commune)
{
    struct slice *items = arene_alloc(a, o->n_essms * sizeof *items);
    size_t n = 0;
    for (uint32_t i = 0; i < o->n_essms; i++) {
        const struct slice s = commune ? o->essms[i].commune : o->essms[i].libelle;
        if (s.len == 0)
            continue;
        char *t = arene_alloc(a, FINESS_TEXTE_MAX + s.len);
        const size_t len = strlen(finess_texte(o->essms[i].et, t));
        t[len] = ' ';
        memcpy(t + len + 1, s.bytes, s.len);
        items[n++] = (struct slice){t, len + 1 + s.len};
    }
    fait_put_liste(f, champ, items, n);
}

void commande_fait_essms(const struct commande_lue *o, struct arene *a, struct fait *f)
{
    struct slice *items = arene_alloc(a, o->n_essms * sizeof *items);
    for (uint32_t i = 0; i < o->n_essms; i++) {
        const struct essms_lu *e = &o->essms[i];
        char *t = arene_alloc(a, ESSMS_TEXTE_MAX), *p = t + strlen(finess_texte(e->et, t));
        p = part(part(part(p, e->ht), e->ttc), e->ht_lu);
        items[i] = (struct slice){t, (size_t)(p - t)};
    }
    fait_put_liste(f, CE_ESSMS, items, o->n_essms);
    liste_textes(o, a, f, CE_LIBELLE, false);
    liste_textes(o, a, f, CE_COMMUNE, true);
}

void commande_fait_piece(const struct commande_lue *o, struct arene *a, struct fait *f)
{
    struct slice *piece = arene_alloc(a, sizeof *piece);
    struct buffer b = {0};
    piece_ref_ecrire(&o->piece_ref, &b);
    *piece = garder(a, &b);
    buffer_free(&b);
    fait_put_liste(f, CE_PIECE, piece, 1);
}

static int slice_ordre(const void *a, const void *b)
{
    const struct slice *x = a, *y = b;
    const int r = memcmp(x->bytes, y->bytes, x->len < y->len ? x->len : y->len);
    return r != 0 ? r : x->len < y->len ? -1 : x->len > y->len;
}

static void liste_lignes(const struct commande_lue *o, struct arene *a, struct fait *f)
{
    struct slice *items = arene_alloc(a, (o->n_lignes + 1) * sizeof *items);
    struct buffer b = {0};
    for (uint32_t i = 0; i < o->n_lignes; i++) {
        buffer_clear(&b);
        ligne_fait_ecrire(&o->lignes[i], &b);
        items[i] = garder(a, &b);
    }
    buffer_free(&b);
    trier_liste(items, o->n_lignes, sizeof *items, slice_ordre);
    fait_put_liste(f, CE_LIGNES, items, o->n_lignes);
}

static const char *mot_calcules(unsigned calcules)
{
    static const char *const mots[] = {NULL, "ht", "tva", "ht+tva", "ttc", "ht+ttc", "tva+ttc", "ht+tva+ttc"};
    return mots[calcules & 7u];
}

void commande_fait_montants(const struct commande_lue *o, struct fait *f)
{
    fait_put_montant(f, CE_MONTANT_HT, o->ht);
    fait_put_taux(f, CE_TAUX_TVA, o->taux);
    fait_put_montant(f, CE_MONTANT_TVA, o->tva);
    fait_put_montant(f, CE_MONTANT_TTC, o->ttc);
    fait_put_texte(f, CE_CALCULES, mot_calcules(o->calcules));
}

void commande_fait_sans_nom(const struct commande_lue *o, struct arene *a, struct fait *f)
{
    fait_init(f, FAIT_COMMANDE_ENREGISTREE);
    fait_put_siren(f, CE_FOURNISSEUR, o->fournisseur);
    fait_put_slice(f, CE_NUMERO, o->numero);
    fait_put_slice(f, CE_REFERENCE_EXTERNE, o->reference_externe);
    fait_put_finess(f, CE_FINESS_EJ, o->ej);
    fait_put_couloir(f, CE_COULOIR, o->couloir);
    fait_put_jour(f, CE_DATE_COMMANDE, o->date_commande);
    fait_put_jour(f, CE_DATE_SIGNATURE, o->date_signature);
    fait_put_slice(f, CE_SOLUTION, o->solution);
    fait_put_slice(f, CE_VERSION_SOLUTION, o->version);
    commande_fait_montants(o, f);
    fait_put_texte(f, CE_MOTIF_TVA, o->motif == MOTIF_ABSENT ? NULL : motif_tva_nom(o->motif));
    fait_put_slice(f, CE_QUALITE_SIGNATAIRE, o->qualite);
    fait_put_texte(f, CE_MODE_SIGNATURE, o->mode == MODE_ABSENT ? NULL : mode_signature_nom(o->mode));
    fait_put_trois(f, CE_SOUS_CONDITION, o->sous_condition);
    fait_put_trois(f, CE_MENTION_SEGUR, o->mention_segur);
    fait_put_trois(f, CE_DEJA_EQUIPE, o->deja_equipe);
    fait_put_jour(f, CE_DEJA_EQUIPE_DEPUIS, o->deja_depuis);
    commande_fait_essms(o, a, f);
    if (o->piece)
        commande_fait_piece(o, a, f);
    liste_lignes(o, a, f);
    fait_put_trois(f, CE_ENGAGEMENT, o->engagement);
    fait_put_trois(f, CE_OPTION, o->option);
    fait_put_montant(f, CE_RESTE_A_CHARGE, o->reste_a_charge);
}

bool commande_fait(struct contexte *ctx, const struct commande_lue *o, int64_t numero, struct arene *a, struct fait *out)
{
    char hex[EMPREINTE_HEX];
    commande_fait_sans_nom(o, a, out);
    if (o->signataire.len == 0)
        return true;
    if (!personne_enregistrer(ctx->registre, numero, "signataire", o->signataire, hex, ctx->diags))
        return false;
    fait_put_slice(out, CE_SIGNATAIRE, (struct slice){arene_strndup(a, hex, EMPREINTE_HEX - 1), EMPREINTE_HEX - 1});
    return true;
}

/* --- places ----------------------------------------------------------------------------------------------------- */

/* Which column a rule reads first; the others are shown at the order's number. */
static const struct {
    const char *regle;
    size_t colonne;
} colonnes[] = {
    {"FIN-01", C_FINESS_EJ},       {"FIN-02", C_FINESS_ET},      {"FIN-04", C_FINESS_ET},          {"FIN-06", C_COULOIR},
    {"FIN-05", C_LIBELLE_ESSMS},   {"COM-11", C_SOLUTION},       {"FIN-03", C_FINESS_EJ},       {"FIN-07", C_FINESS_ET},      {"FIN-08", C_FINESS_ET},          {"COM-02", C_LIGNES},
    {"COM-03", C_ENGAGEMENT},      {"COM-14", C_LIGNES},
    {"COM-01", C_DEJA_EQUIPE},     {"COM-04", C_DATE_SIGNATURE}, {"COM-05", C_DATE_SIGNATURE},     {"COM-06", C_DATE_SIGNATURE},
    {"COM-07", C_DATE_SIGNATURE},  {"COM-08", C_SIGNATAIRE},     {"COM-09", C_MENTION_SEGUR},      {"COM-10", C_DATE_COMMANDE},
    {"COM-12", C_FOURNISSEUR},     {"COM-13", C_DATE_COMMANDE},  {"BAR-01", C_MONTANT_HT},         {"BAR-02", C_MONTANT_HT},
    {"BAR-03", C_MONTANT_HT},      {"BAR-04", C_MONTANT_TVA},    {"BAR-05", C_MONTANT_TVA},        {"UNI-01", C_FINESS_ET},
    {"UNI-02", C_FINESS_ET},       {"CUM-01", C_FINESS_ET},      {"CUM-02", C_FINESS_ET},          {"CUM-04", C_FINESS_ET},
    {"REF-02", C_SOUS_CONDITION},  {"REF-03", C_DATE_SIGNATURE}, {"REF-06", C_VERSION_SOLUTION},   {"AVA-03", C_PIECE},
};

struct lieu commande_lieu(struct feuille *f, const struct commande_lue *o, const struct constat *c)
{
    const char *ident = regle_de(c->regle)->ident;
    size_t colonne = C_NUMERO;
    for (size_t i = 0; i < sizeof colonnes / sizeof *colonnes; i++)
        if (strcmp(colonnes[i].regle, ident) == 0)
            colonne = colonnes[i].colonne;
    size_t ligne = o->source[colonne] != 0 ? o->source[colonne] - 1 : o->ligne;
    if (c->sujet > 0 && c->sujet <= o->n_essms)
        ligne = o->essms[c->sujet - 1].ligne;
    if (!feuille_colonne_presente(f, colonne))
        colonne = C_NUMERO;
    return feuille_lieu(f, ligne, colonne);
}
