#include "registre/base.h"

#include <malloc.h>
#include <string.h>
#include <unistd.h>

#include "noyau/memoire.h"
#include "registre/etat.h"
#include "registre/journal.h"
#include "registre/schema.h"

#define ATTENTE_MAX_MS 30000
#define ATTENTE_DITE_MS 500

static void *sqlite_alloc(int n)
{
    return memoire_alloc((size_t)n);
}

static void *sqlite_realloc(void *p, int n)
{
    return memoire_realloc(p, (size_t)n);
}

static int sqlite_size(void *p)
{
    return p == NULL ? 0 : (int)malloc_usable_size(p);
}

static int sqlite_roundup(int n)
{
    return (n + 7) & ~7;
}

static int sqlite_init(void *p)
{
    (void)p;
    return SQLITE_OK;
}

static void sqlite_fin(void *p)
{
    (void)p;
}

void registre_preparer(void)
{
    static bool fait;
    static const sqlite3_mem_methods m = {sqlite_alloc,   memoire_free, sqlite_realloc, sqlite_size,
                                          sqlite_roundup, sqlite_init,  sqlite_fin,     NULL};
    if (fait)
        return;
    fait = true;
    (void)sqlite3_config(SQLITE_CONFIG_MALLOC, &m);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
}

static struct {
    void (*dire)(void *ctx);
    void *ctx;
} occupe;

void registre_quand_occupe(void (*dire)(void *ctx), void *ctx)
{
    occupe.dire = dire;
    occupe.ctx = ctx;
}

/* Steps of 20 ms; a word after half a second; gives up after thirty. */
static int attendre(void *ctx, int essais)
{
    const int pas_ms = 20;
    (void)ctx;
    if (essais * pas_ms >= ATTENTE_MAX_MS)
        return 0;
    if (essais == ATTENTE_DITE_MS / pas_ms && occupe.dire != NULL)
        occupe.dire(occupe.ctx);
    (void)usleep((useconds_t)pas_ms * 1000);
    return 1;
}

void registre_faute(struct registre *r, struct diag_liste *diags)
{
    const int code = sqlite3_errcode(r->db) & 0xff;
    const char *texte = sqlite3_errmsg(r->db);
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        diag_erreur(diags, E_REGISTRE_ABIME, "le registre %s est abîmé : %s", r->chemin, texte);
    else if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        diag_erreur(diags, E_REGISTRE_OCCUPE, "le registre %s est occupé par un autre programme", r->chemin);
    else
        diag_erreur(diags, E_SQLITE, "le registre %s : %s", r->chemin, texte);
}

bool registre_exec(struct registre *r, const char *sql, struct diag_liste *diags)
{
    if (sqlite3_exec(r->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    registre_faute(r, diags);
    return false;
}

sqlite3_stmt *registre_stmt(struct registre *r, const char *sql, struct diag_liste *diags)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v3(r->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) == SQLITE_OK)
        return s;
    registre_faute(r, diags);
    return NULL;
}

bool registre_pas(struct registre *r, sqlite3_stmt *s, struct diag_liste *diags)
{
    const int rc = sqlite3_step(s);
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        registre_faute(r, diags);
    (void)sqlite3_reset(s);
    return rc == SQLITE_DONE || rc == SQLITE_ROW;
}

bool registre_entier(struct registre *r, const char *sql, int64_t defaut, int64_t *out, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, sql, diags);
    if (s == NULL)
        return false;
    const int rc = sqlite3_step(s);
    *out = rc == SQLITE_ROW ? sqlite3_column_int64(s, 0) : defaut;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

void lier_n(sqlite3_stmt *s, int i, int64_t n)
{
    (void)sqlite3_bind_int64(s, i, n);
}

void lier_n_ou_null(sqlite3_stmt *s, int i, int64_t n, bool present)
{
    if (present)
        (void)sqlite3_bind_int64(s, i, n);
    else
        (void)sqlite3_bind_null(s, i);
}

void lier_slice(sqlite3_stmt *s, int i, struct slice v)
{
    (void)sqlite3_bind_text64(s, i, v.len == 0 ? "" : v.bytes, v.len, SQLITE_STATIC, SQLITE_UTF8);
}

void lier_slice_ou_null(sqlite3_stmt *s, int i, struct slice v)
{
    if (v.len == 0)
        (void)sqlite3_bind_null(s, i);
    else
        lier_slice(s, i, v);
}

void lier_octets(sqlite3_stmt *s, int i, const void *p, size_t n)
{
    (void)sqlite3_bind_blob64(s, i, n == 0 ? "" : p, n, SQLITE_STATIC);
}

struct slice colonne_slice(sqlite3_stmt *s, int i)
{
    const char *t = (const char *)sqlite3_column_text(s, i);
    return (struct slice){t, t == NULL ? 0 : (size_t)sqlite3_column_bytes(s, i)};
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static struct registre *connecter(const char *fichier, const char *nom, int drapeaux, struct diag_liste *diags)
{
    registre_preparer();
    struct registre *r = memoire_calloc(1, sizeof *r);
    r->chemin = memoire_strdup(nom);
    if (sqlite3_open_v2(fichier, &r->db, drapeaux, NULL) != SQLITE_OK) {
        registre_faute(r, diags);
        registre_fermer(r);
        return NULL;
    }
    (void)sqlite3_busy_handler(r->db, attendre, NULL);
    (void)sqlite3_db_config(r->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(r->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return r;
}

static const char reglages[] = "pragma journal_mode = delete; pragma synchronous = full; pragma cell_size_check = on;"
                               "pragma cache_size = -65536; pragma temp_store = memory; pragma foreign_keys = off;";

static bool identite_lire(struct registre *r, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "select cle, valeur from registre", diags);
    if (s == NULL)
        return false;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const struct slice cle = colonne_slice(s, 0), v = colonne_slice(s, 1);
        struct slice numero = v;
        if (slice_equals(cle, "id") && v.len < sizeof r->id)
            memcpy(r->id, v.bytes, v.len);
        else if (slice_equals(cle, "fictif"))
            r->fictif = slice_equals(v, "oui");
        else if (slice_equals(cle, "role") && v.len < sizeof r->titulaire_role)
            memcpy(r->titulaire_role, v.bytes, v.len);
        else if (slice_equals(cle, "siren"))
            (void)siren_parse(numero, &r->titulaire_siren);
        else if (slice_equals(cle, "nom"))
            r->titulaire_nom = memoire_strndup(v.bytes, v.len);
    }
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

static bool format_verifier(struct registre *r, struct diag_liste *diags)
{
    int64_t application, format;
    if (!registre_entier(r, "pragma application_id", 0, &application, diags) ||
        !registre_entier(r, "pragma user_version", 0, &format, diags))
        return false;
    if (application != REGISTRE_APPLICATION) {
        diag_erreur(diags, E_PAS_REGISTRE, "%s n'est pas un registre de sons", r->chemin);
        return false;
    }
    if (format / 1000 != REGISTRE_FORMAT) {
        struct diag *d = diag_erreur(diags, E_FORMAT_REGISTRE, "le registre %s est d'un autre format", r->chemin);
        diag_trouve(d, "format %lld", (long long)format / 1000);
        diag_attendu(d, "format %d", REGISTRE_FORMAT);
        return false;
    }
    return format == REGISTRE_VERSION || etat_reconstruire(r, diags);
}

static struct registre *ouvrir_refuse(struct registre *r)
{
    registre_fermer(r);
    return NULL;
}

/* The first read of the file tells whether it is a database at all. */
static bool est_sqlite(struct registre *r, struct diag_liste *diags)
{
    if (sqlite3_exec(r->db, "pragma schema_version", NULL, NULL, NULL) == SQLITE_OK)
        return true;
    if ((sqlite3_errcode(r->db) & 0xff) == SQLITE_NOTADB)
        diag_erreur(diags, E_PAS_REGISTRE, "%s n'est pas un registre de sons, ou son début est abîmé", r->chemin);
    else
        registre_faute(r, diags);
    return false;
}

struct registre *registre_ouvrir(const char *chemin, bool ecriture, struct diag_liste *diags)
{
    if (access(chemin, F_OK) != 0) {
        struct diag *d = diag_erreur(diags, E_SANS_REGISTRE, "il n'y a pas de registre %s", chemin);
        diag_a_faire(d, "sons initialiser --registre %s, ou donner le bon fichier par --registre ou SONS_REGISTRE", chemin);
        return NULL;
    }
    struct registre *r = connecter(chemin, chemin, SQLITE_OPEN_READWRITE, diags);
    if (r == NULL)
        return NULL;
    r->ecriture = ecriture;
    if (!est_sqlite(r, diags))
        return ouvrir_refuse(r);
    if (!registre_exec(r, reglages, diags) || !format_verifier(r, diags) || !identite_lire(r, diags))
        return ouvrir_refuse(r);
    if (ecriture && sqlite3_db_readonly(r->db, "main") == 1) {
        diag_erreur(diags, E_ECRITURE, "le registre %s ne peut pas être écrit", chemin);
        return ouvrir_refuse(r);
    }
    if (!ecriture && !registre_exec(r, "pragma query_only = on", diags))
        return ouvrir_refuse(r);
    return r;
}

struct registre *registre_creer(const char *chemin, struct diag_liste *diags)
{
    if (access(chemin, F_OK) == 0) {
        diag_erreur(diags, E_EXISTE, "%s existe déjà", chemin);
        return NULL;
    }
    struct registre *r = connecter(chemin, chemin, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, diags);
    if (r == NULL)
        return NULL;
    r->ecriture = true;
    char pragma[128];
    (void)sqlite3_snprintf(sizeof pragma, pragma, "pragma application_id = %d; pragma user_version = %d",
                           REGISTRE_APPLICATION, REGISTRE_VERSION);
    if (!registre_exec(r, "pragma page_size = 16384", diags) || !registre_exec(r, reglages, diags) ||
        !registre_debut(r, diags) || !registre_exec(r, pragma, diags) || !registre_exec(r, schema_livre(), diags) ||
        !registre_exec(r, schema_etat(), diags))
        return ouvrir_refuse(r);
    return r; /* the genesis ends the transaction */
}

/* `file:` URI of a path, so that it can be attached read-only whatever its characters. */
static void uri_de(const char *chemin, struct buffer *out)
{
    buffer_puts(out, "file:");
    for (const unsigned char *p = (const unsigned char *)chemin; *p != '\0'; p++) {
        const bool sur = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
                         strchr("/._-", *p) != NULL;
        if (sur)
            buffer_putc(out, (char)*p);
        else
            buffer_printf(out, "%%%02X", *p);
    }
    buffer_puts(out, "?mode=rw");
}

struct registre *registre_passe(const char *chemin, struct diag_liste *diags)
{
    struct registre *reel = registre_ouvrir(chemin, false, diags);
    if (reel == NULL)
        return NULL;
    registre_fermer(reel);
    struct registre *r = connecter(":memory:", chemin, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, diags);
    if (r == NULL)
        return NULL;
    r->passe = true;
    struct buffer uri = {0};
    uri_de(chemin, &uri);
    sqlite3_stmt *s = registre_stmt(r, "attach ?1 as livre", diags);
    bool ok = s != NULL;
    if (ok) {
        lier_slice(s, 1, slice_of(uri.bytes));
        ok = registre_pas(r, s, diags);
    }
    sqlite3_finalize(s);
    buffer_free(&uri);
    ok = ok && registre_exec(r, "pragma temp_store = memory", diags) && registre_exec(r, schema_etat(), diags) &&
         identite_lire(r, diags);
    return ok ? r : ouvrir_refuse(r);
}

void registre_fermer(struct registre *r)
{
    if (r == NULL)
        return;
    registre_annuler(r);
    journal_plume_free(r->plume);
    sqlite3_finalize(r->piece_connue);
    sqlite3_finalize(r->piece_insert);
    sqlite3_finalize(r->piece_lire);
    (void)sqlite3_close_v2(r->db);
    memoire_free(r->chemin);
    memoire_free(r->titulaire_nom);
    memoire_free(r);
}

/* --- transactions ----------------------------------------------------------------------------------------------- */

bool registre_debut(struct registre *r, struct diag_liste *diags)
{
    if (!registre_exec(r, "begin immediate", diags))
        return false;
    r->en_transaction = true;
    return true;
}

bool registre_valider(struct registre *r, struct diag_liste *diags)
{
    if (!registre_exec(r, "commit", diags)) {
        registre_annuler(r);
        return false;
    }
    r->en_transaction = false;
    return true;
}

void registre_annuler(struct registre *r)
{
    if (!r->en_transaction)
        return;
    (void)sqlite3_exec(r->db, "rollback", NULL, NULL, NULL);
    r->en_transaction = false;
    journal_plume_free(r->plume);
    r->plume = NULL;
}

bool registre_lecture(struct registre *r, struct diag_liste *diags)
{
    if (r->en_transaction)
        return true;
    return registre_exec(r, "savepoint lecture", diags);
}

void registre_lecture_fin(struct registre *r)
{
    if (!r->en_transaction)
        (void)sqlite3_exec(r->db, "release lecture", NULL, NULL, NULL);
}
