/* commande joindre --dossier: read, match, put aside; then one transaction. */
#include "metier/joindre.h"

#include <string.h>

#include "metier/joindre_index.h"
#include "metier/piece_lue.h"
#include "metier/reserve.h"
#include "registre/base.h"

#define CANDIDATES_DITES 5

const char *jonction_sort_nom(enum jonction_sort s)
{
    static const char *const mots[JONCTION_SORTS] = {"joint", "inchangé", "sans commande", "ambigu", "refusé"};
    return mots[s];
}

void jonction_free(struct jonction *j)
{
    memoire_free(j->items);
    fichier_noms_free(&j->noms);
    arene_free(&j->arene);
    *j = (struct jonction){0};
}

/* A file matched, its bytes aside. */
struct matchee {
    size_t fichier;
    int64_t commande;
    struct piece_ref ref;
    uint64_t place;
};
struct passage {
    struct contexte *ctx;
    struct jonction *out;
    const char *dossier;
    enum piece_role role;
    struct index_commandes index;
    struct reserve reserve;
    struct matchee *matchees;
    size_t n, cap;
};

static bool lire_commandes(struct passage *p)
{
    struct registre *r = p->ctx->registre;
    sqlite3_stmt *s = registre_stmt(r, "select fait, numero, reference_externe, fournisseur from commande order by fait", p->ctx->diags);
    int rc = SQLITE_ERROR;
    while (s != NULL && (rc = sqlite3_step(s)) == SQLITE_ROW)
        index_ajouter(&p->index, sqlite3_column_int64(s, 0), colonne_slice(s, 1), colonne_slice(s, 2), (uint32_t)sqlite3_column_int64(s, 3));
    if (s != NULL && rc != SQLITE_DONE)
        registre_faute(r, p->ctx->diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

/* --- one file --------------------------------------------------------------------------------------------------- */

static const struct {
    const char *suffixe, *media;
} suffixes[] = {{"pdf", "application/pdf"}, {"png", "image/png"}, {"jpg", "image/jpeg"}, {"jpeg", "image/jpeg"},
                {"xml", "application/xml"}, {"zip", "application/zip"}};
#define N_SUFFIXES (sizeof suffixes / sizeof *suffixes)

/* What the first bytes tell must be what the suffix says. NULL when it is. */
static const char *type_refuse(struct arene *a, const char *nom, struct slice media)
{
    const char *suffixe, *dit = NULL;
    struct buffer b = {0};
    (void)nom_sans_suffixe(nom, &suffixe);
    texte_fold_name(&b, suffixe, strlen(suffixe));
    for (size_t i = 0; i < N_SUFFIXES && b.len > 0; i++)
        if (strcmp(b.bytes, suffixes[i].suffixe) == 0)
            dit = suffixes[i].media;
    buffer_free(&b);
    if (*suffixe != '\0' && dit == NULL)
        return arene_printf(a, "un fichier .%s n'est pas une pièce : l'enregistrer en PDF", suffixe);
    if (slice_equals(media, piece_media("", 0)))
        return "type de fichier inconnu : donner un PDF, une image PNG ou JPEG, un XML ou un ZIP";
    if (dit != NULL && !slice_equals(media, dit))
        return arene_printf(a, "le nom dit .%s, le contenu est %.*s", suffixe, (int)media.len, media.bytes);
    return NULL;
}

static void ambigu(struct passage *p, struct jonction_fichier *f, const size_t *rangs, size_t n)
{
    struct buffer b = {0};
    char t[10];
    for (size_t i = 0; i < n && i < CANDIDATES_DITES; i++) {
        const struct index_commande *c = &p->index.items[rangs[i]];
        buffer_printf(&b, "%s%s/%s", i > 0 ? ", " : "candidates : ", c->fournisseur != 0 ? siren_texte(c->fournisseur, t) : "?", c->numero);
    }
    if (n > CANDIDATES_DITES)
        buffer_puts(&b, " …");
    f->sort = JONCTION_AMBIGU;
    f->raison = arene_strndup(&p->out->arene, b.bytes, b.len);
    buffer_free(&b);
}

/* Of a file that cannot be had, the reason; the machine's own failures end everything. */
static bool mettre_de_cote(struct passage *p, struct jonction_fichier *f, struct piece_lue *piece, uint64_t *place)
{
    struct diag_liste cause = {0};
    char *chemin = fichier_chemin_relatif(arene_printf(&p->out->arene, "%s/", p->dossier), slice_of(f->nom));
    bool ok = true;
    if (chemin == NULL)
        f->raison = "nom de fichier inacceptable";
    else if (!piece_lire(chemin, FICHIER_SANS_LIEN, p->role, piece, &cause))
        f->raison = cause.n > 0 ? arene_strndup(&p->out->arene, cause.items[0].message, strlen(cause.items[0].message)) : "illisible";
    else if ((f->raison = type_refuse(&p->out->arene, f->nom, piece->ref.media)) == NULL)
        ok = reserve_mettre(&p->reserve, &piece->octets, place, p->ctx->diags);
    if (cause.n > 0 && strcmp(cause.items[0].code, erreur_texte(E_LECTURE)) == 0) {
        diag_lieu(diag_erreur(p->ctx->diags, E_LECTURE, "%s", cause.items[0].message), &(struct lieu){.fichier = chemin});
        ok = false;
    }
    diag_vider(&cause);
    memoire_free(chemin);
    return ok;
}

static bool rapprocher(struct passage *p, size_t i)
{
    struct jonction_fichier *f = &p->out->items[i];
    struct piece_lue piece = {0};
    uint64_t place;
    size_t rangs[CANDIDATES_DITES];
    const size_t longueur = strlen(f->nom);
    f->sort = JONCTION_REFUSE;
    if (!texte_is_utf8(f->nom, longueur) || texte_has_control(f->nom, longueur)) {
        f->raison = "nom de fichier inacceptable : caractère de contrôle, ou autre codage que l'UTF-8";
        return true;
    }
    const size_t n = index_chercher(&p->index, f->nom, rangs, CANDIDATES_DITES, &f->par_reference);
    if (n == 0)
        f->sort = JONCTION_SANS_COMMANDE;
    else if (n > 1)
        ambigu(p, f, rangs, n);
    if (n != 1)
        return true;
    const struct index_commande *c = &p->index.items[rangs[0]];
    f->commande = c->numero;
    f->fournisseur = c->fournisseur;
    const bool ok = mettre_de_cote(p, f, &piece, &place);
    if (ok && f->raison == NULL) {
        p->matchees = memoire_grow(p->matchees, &p->cap, p->n + 1, sizeof *p->matchees);
        p->matchees[p->n++] = (struct matchee){i, c->commande, piece.ref, place};
        f->sort = JONCTION_JOINT;
    }
    buffer_free(&piece.octets);
    return ok;
}

/* --- all of them ------------------------------------------------------------------------------------------------ */

static bool rapprocher_tous(struct passage *p)
{
    const struct progression *g = &p->ctx->progression;
    bool ok = true;
    for (size_t i = 0; ok && i < p->out->n; i++) {
        ok = rapprocher(p, i);
        if (g->avance != NULL)
            g->avance(g->ctx, (int64_t)i + 1, (int64_t)p->out->n);
    }
    return ok;
}

/* One piece in memory at a time. */
static bool joindre_une(struct passage *p, struct acte *a, const struct matchee *m)
{
    struct piece_lue piece = {.ref = m->ref};
    bool deja = false;
    const bool ok = reserve_lire(&p->reserve, m->place, m->ref.taille, &piece.octets, p->ctx->diags) &&
                    piece_joindre(a, m->commande, &piece, instant_jour(p->ctx->le), p->ctx->le_donne, &deja);
    buffer_free(&piece.octets);
    if (deja)
        p->out->items[m->fichier].sort = JONCTION_INCHANGE;
    return ok;
}

static bool joindre_toutes(struct passage *p)
{
    struct acte a;
    if (!acte_debut(&a, p->ctx))
        return false;
    const int64_t premier = journal_prochain(p->ctx->registre);
    bool ok = true;
    for (size_t i = 0; ok && i < p->n; i++)
        ok = joindre_une(p, &a, &p->matchees[i]);
    ok = ok && pieces_partagees(p->ctx, premier);
    return acte_fin(&a, ok && !(p->ctx->strict && p->ctx->soupcons > 0));
}

static bool compter(struct jonction *j)
{
    memset(j->par_sort, 0, sizeof j->par_sort);
    for (size_t i = 0; i < j->n; i++)
        j->par_sort[j->items[i].sort]++;
    return j->par_sort[JONCTION_JOINT] + j->par_sort[JONCTION_INCHANGE] == j->n;
}

/* --strict: those that would have been joined are not. */
static void tout_refuser(struct jonction *j, const char *raison)
{
    for (size_t i = 0; i < j->n; i++)
        if (j->items[i].sort == JONCTION_JOINT) {
            j->items[i].sort = JONCTION_REFUSE;
            j->items[i].raison = raison;
        }
}

/* Names outlive the index: they are copied beside the report. */
static void garder_noms(struct jonction *j)
{
    for (size_t i = 0; i < j->n; i++)
        if (j->items[i].commande != NULL)
            j->items[i].commande = arene_strndup(&j->arene, j->items[i].commande, strlen(j->items[i].commande));
}

bool acte_dossier_joindre(struct contexte *ctx, const char *dossier, enum piece_role role, struct jonction *out)
{
    struct passage p = {.ctx = ctx, .out = out, .dossier = dossier, .role = role};
    *out = (struct jonction){0};
    if (!fichier_lister(dossier, JONCTION_FICHIERS_MAX, &out->noms, ctx->diags))
        return false;
    out->caches = out->noms.caches;
    if (out->noms.n == 0) {
        diag_lieu(diag_erreur(ctx->diags, E_VIDE, "le dossier ne contient aucun fichier"), &(struct lieu){.fichier = dossier});
        return false;
    }
    out->items = memoire_calloc(out->noms.n, sizeof *out->items);
    for (; out->n < out->noms.n; out->n++)
        out->items[out->n].nom = out->noms.noms[out->n];
    bool ok = lire_commandes(&p) && rapprocher_tous(&p);
    const bool strict = ok && ctx->strict && !compter(out);
    if (strict)
        tout_refuser(out, "un autre fichier est laissé de côté (--strict)");
    ok = ok && !strict && (p.n == 0 || joindre_toutes(&p));
    if (!ok && ctx->strict && ctx->soupcons > 0)
        tout_refuser(out, "le même fichier irait à plusieurs commandes (--strict)");
    garder_noms(out);
    (void)compter(out);
    index_free(&p.index);
    reserve_fermer(&p.reserve);
    memoire_free(p.matchees);
    return ok;
}
