#include "registre/rafale.h"

#include <string.h>

#include "noyau/memoire.h"

/* A burst stays in the processor's cache. */
enum { RAFALE_LIGNES = 256 };
#define RAFALE_OCTETS ((size_t)256 << 10)

struct rafale {
    struct registre *r;
    sqlite3_stmt *s;
    char *nom;
    int colonnes;
    struct valeur *v; /* RAFALE_LIGNES rows */
    size_t n;         /* whole rows */
    size_t octets;    /* of their texts */
    struct arene textes;
};

void valeurs_lier(sqlite3_stmt *s, const struct valeur *v, int n)
{
    for (int i = 0; i < n; i++)
        switch (v[i].type) {
        case VALEUR_NULL:
            (void)sqlite3_bind_null(s, i + 1);
            break;
        case VALEUR_N:
            lier_n(s, i + 1, v[i].n);
            break;
        case VALEUR_TEXTE:
            lier_slice(s, i + 1, (struct slice){v[i].octets, v[i].len});
            break;
        case VALEUR_OCTETS:
            lier_octets(s, i + 1, v[i].octets, v[i].len);
            break;
        }
}

/* A value of a column is asked once; its parts cost less than so many columns. */
void valeurs_lues(sqlite3_stmt *s, struct valeur *v, int n)
{
    for (int i = 0; i < n; i++) {
        sqlite3_value *c = sqlite3_column_value(s, i);
        v[i] = (struct valeur){.type = VALEUR_NULL};
        switch (sqlite3_value_type(c)) {
        case SQLITE_INTEGER:
            valeur_n(&v[i], sqlite3_value_int64(c));
            break;
        case SQLITE_TEXT:
            v[i].type = VALEUR_TEXTE;
            v[i].octets = sqlite3_value_text(c);
            v[i].len = (uint32_t)sqlite3_value_bytes(c);
            break;
        case SQLITE_BLOB:
            valeur_octets(&v[i], sqlite3_value_blob(c), (size_t)sqlite3_value_bytes(c));
            break;
        default:
            break;
        }
    }
}

/* --- the waiting rows, as SQLite reads them ------------------------------------------------------------------------- */

struct vue {
    sqlite3_vtab base;
    const struct rafale *f;
};
struct curseur {
    sqlite3_vtab_cursor base;
    const struct rafale *f;
    size_t ligne;
};

static int connecter(sqlite3 *db, void *aux, int n, const char *const *args, sqlite3_vtab **out, char **erreur)
{
    (void)n, (void)args, (void)erreur;
    const struct rafale *f = aux;
    struct buffer sql = {0};
    buffer_puts(&sql, "create table x (");
    for (int i = 1; i <= f->colonnes; i++)
        buffer_printf(&sql, "%sv%d", i > 1 ? ", " : "", i);
    buffer_putc(&sql, ')');
    const int rc = sqlite3_declare_vtab(db, sql.bytes);
    buffer_free(&sql);
    if (rc != SQLITE_OK)
        return rc;
    struct vue *v = memoire_calloc(1, sizeof *v);
    v->f = f;
    *out = &v->base;
    return SQLITE_OK;
}

static int deconnecter(sqlite3_vtab *v)
{
    memoire_free(v);
    return SQLITE_OK;
}

static int choisir(sqlite3_vtab *v, sqlite3_index_info *i)
{
    (void)v;
    i->estimatedCost = RAFALE_LIGNES;
    i->estimatedRows = RAFALE_LIGNES;
    return SQLITE_OK;
}

static int ouvrir(sqlite3_vtab *v, sqlite3_vtab_cursor **out)
{
    struct curseur *c = memoire_calloc(1, sizeof *c);
    c->f = ((const struct vue *)v)->f;
    *out = &c->base;
    return SQLITE_OK;
}

static int fermer(sqlite3_vtab_cursor *c)
{
    memoire_free(c);
    return SQLITE_OK;
}

static int filtrer(sqlite3_vtab_cursor *c, int plan, const char *texte, int n, sqlite3_value **args)
{
    (void)plan, (void)texte, (void)n, (void)args;
    ((struct curseur *)c)->ligne = 0;
    return SQLITE_OK;
}

static int suivant(sqlite3_vtab_cursor *c)
{
    ((struct curseur *)c)->ligne++;
    return SQLITE_OK;
}

static int fini(sqlite3_vtab_cursor *c)
{
    return ((struct curseur *)c)->ligne >= ((struct curseur *)c)->f->n;
}

static int colonne(sqlite3_vtab_cursor *cur, sqlite3_context *out, int i)
{
    const struct curseur *c = (const struct curseur *)cur;
    const struct valeur *v = &c->f->v[c->ligne * (size_t)c->f->colonnes + (size_t)i];
    if (v->type == VALEUR_N)
        sqlite3_result_int64(out, v->n);
    else if (v->type == VALEUR_TEXTE)
        sqlite3_result_text64(out, v->octets, v->len, SQLITE_STATIC, SQLITE_UTF8);
    else if (v->type == VALEUR_OCTETS)
        sqlite3_result_blob64(out, v->octets, v->len, SQLITE_STATIC);
    return SQLITE_OK;
}

static int rang(sqlite3_vtab_cursor *c, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((struct curseur *)c)->ligne;
    return SQLITE_OK;
}

/* No xCreate: the table exists without being declared. */
static const sqlite3_module module = {
    .xConnect = connecter, .xBestIndex = choisir, .xDisconnect = deconnecter, .xOpen = ouvrir, .xClose = fermer,
    .xFilter = filtrer, .xNext = suivant, .xEof = fini, .xColumn = colonne, .xRowid = rang};

/* --- the burst ------------------------------------------------------------------------------------------------------ */

struct rafale *rafale_creer(struct registre *r, const char *nom, int colonnes, const char *sql, struct diag_liste *diags)
{
    struct rafale *f = memoire_calloc(1, sizeof *f);
    f->r = r;
    f->colonnes = colonnes;
    f->nom = memoire_strdup(nom);
    f->v = memoire_calloc(RAFALE_LIGNES * (size_t)colonnes, sizeof *f->v);
    if (sqlite3_create_module_v2(r->db, nom, &module, f, NULL) != SQLITE_OK)
        registre_faute(r, diags);
    else if ((f->s = registre_stmt(r, sql, diags)) != NULL)
        return f;
    rafale_free(f);
    return NULL;
}

void rafale_free(struct rafale *f)
{
    if (f == NULL)
        return;
    sqlite3_finalize(f->s);
    (void)sqlite3_create_module_v2(f->r->db, f->nom, NULL, NULL, NULL);
    memoire_free(f->nom);
    memoire_free(f->v);
    arene_free(&f->textes);
    memoire_free(f);
}

struct valeur *rafale_ligne(struct rafale *f)
{
    struct valeur *v = &f->v[f->n * (size_t)f->colonnes];
    memset(v, 0, (size_t)f->colonnes * sizeof *v);
    return v;
}

bool rafale_poser(struct rafale *f, struct diag_liste *diags)
{
    struct valeur *v = &f->v[f->n * (size_t)f->colonnes];
    for (int i = 0; i < f->colonnes; i++)
        if ((v[i].type == VALEUR_TEXTE || v[i].type == VALEUR_OCTETS) && v[i].len > 0) {
            v[i].octets = memcpy(arene_alloc(&f->textes, v[i].len), v[i].octets, v[i].len);
            f->octets += v[i].len;
        }
    f->n++;
    return (f->n < RAFALE_LIGNES && f->octets < RAFALE_OCTETS) || rafale_vider(f, diags);
}

bool rafale_vider(struct rafale *f, struct diag_liste *diags)
{
    if (f == NULL || f->n == 0)
        return true;
    const bool ok = registre_pas(f->r, f->s, diags);
    f->n = 0;
    f->octets = 0;
    arene_reset(&f->textes);
    return ok;
}
