#include "registre/base.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include "noyau/fichier.h"
#include "noyau/memoire.h"
#include "registre/journal.h"

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

/* What people may meet, in French; the rest as SQLite says it. */
static const char *cause(int code, const char *defaut)
{
    static const struct {
        int code;
        const char *texte;
    } causes[] = {
        {SQLITE_CANTOPEN, "il ne s'ouvre pas : dossier absent, ou droits insuffisants"},
        {SQLITE_READONLY, "il est en lecture seule, ou son dossier l'est"},
        {SQLITE_FULL, "plus de place sur le disque"},
        {SQLITE_IOERR, "le disque ne répond pas, ou ce n'est pas un fichier ordinaire"},
        {SQLITE_PERM, "droits insuffisants"},
        {SQLITE_NOTADB, "son en-tête est détruit"},
        {SQLITE_CORRUPT, "son contenu est tronqué ou incohérent"},
    };
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
        if (causes[i].code == code)
            return causes[i].texte;
    return defaut;
}

static bool refus_du_disque(int err)
{
    return err == EIO || err == ENXIO || err == ERANGE;
}

/* The rollback journal that a fault left behind, when the disk refuses it; 0 else. */
static int journal_refuse(const struct registre *r)
{
    char octet, *nom = sqlite3_mprintf("%s-journal", r->chemin);
    const int fd = nom != NULL ? open(nom, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    const int err = fd >= 0 && read(fd, &octet, 1) < 0 && refus_du_disque(errno) ? errno : 0;
    if (fd >= 0)
        close(fd);
    sqlite3_free(nom);
    return err;
}

/* SQLite calls « malformed » a page that the disk refuses to give: the two do not have the same remedy. */
static int lecture_refusee(struct registre *r)
{
    static const char *const schemas[] = {"main", "livre"};
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
        int err = 0;
        if (sqlite3_file_control(r->db, schemas[i], SQLITE_FCNTL_LAST_ERRNO, &err) == SQLITE_OK && refus_du_disque(err))
            return err;
    }
    return journal_refuse(r);
}

void registre_faute(struct registre *r, struct diag_liste *diags)
{
    const int code = sqlite3_errcode(r->db) & 0xff;
    const char *texte = cause(code, sqlite3_errmsg(r->db));
    const int lecture = code == SQLITE_CORRUPT ? lecture_refusee(r) : 0;
    if (lecture != 0)
        diag_erreur(diags, E_LECTURE, "le registre %s ne se lit pas : %s", r->chemin, fichier_cause(lecture));
    else if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
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

struct requete_gardee {
    const char *sql;
    sqlite3_stmt *s;
    bool prise;
};

sqlite3_stmt *registre_gardee(struct registre *r, const char *sql, struct diag_liste *diags)
{
    size_t i = 0;
    while (i < r->n_gardees && (r->gardees[i].sql != sql || r->gardees[i].prise))
        i++;
    if (i == r->n_gardees) { /* the first, or one more while the first is being read */
        sqlite3_stmt *s = registre_stmt(r, sql, diags);
        if (s == NULL)
            return NULL;
        r->gardees = memoire_grow(r->gardees, &r->cap_gardees, r->n_gardees + 1, sizeof *r->gardees);
        r->gardees[r->n_gardees++] = (struct requete_gardee){sql, s, false};
    }
    r->gardees[i].prise = true;
    return r->gardees[i].s;
}

void registre_rendre(struct registre *r, sqlite3_stmt *s)
{
    for (size_t i = 0; s != NULL && i < r->n_gardees; i++)
        if (r->gardees[i].s == s) {
            (void)sqlite3_reset(s);
            (void)sqlite3_clear_bindings(s);
            r->gardees[i].prise = false;
        }
}

void registre_gardees_free(struct registre *r)
{
    for (size_t i = 0; i < r->n_gardees; i++)
        (void)sqlite3_finalize(r->gardees[i].s);
    memoire_free(r->gardees);
}

bool registre_pas(struct registre *r, sqlite3_stmt *s, struct diag_liste *diags)
{
    const int rc = sqlite3_step(s);
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        registre_faute(r, diags);
    (void)sqlite3_reset(s);
    return rc == SQLITE_DONE || rc == SQLITE_ROW;
}

int registre_suivant(struct registre *r, sqlite3_stmt *s, struct diag_liste *diags)
{
    const int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        return rc == SQLITE_ROW;
    registre_faute(r, diags);
    return -1;
}

bool registre_entier(struct registre *r, const char *sql, int64_t defaut, int64_t *out, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, sql, diags);
    if (s == NULL)
        return false;
    const int la = registre_suivant(r, s, diags);
    *out = la == 1 ? sqlite3_column_int64(s, 0) : defaut;
    sqlite3_finalize(s);
    return la >= 0;
}

bool registre_integrite(struct registre *r, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(r, "pragma integrity_check(20)", diags);
    if (s == NULL)
        return false;
    bool ok = true;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const struct slice t = colonne_slice(s, 0);
        if (slice_equals(t, "ok"))
            continue;
        ok = false;
        diag_trouve(diag_erreur(diags, E_REGISTRE_ABIME, "le fichier du registre %s est incohérent", r->chemin), "%.*s", (int)t.len,
                    t.bytes);
    }
    if (rc != SQLITE_DONE)
        registre_faute(r, diags);
    sqlite3_finalize(s);
    return ok && rc == SQLITE_DONE;
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

/* --- transactions ----------------------------------------------------------------------------------------------- */

bool registre_debut(struct registre *r, struct diag_liste *diags)
{
    if (!registre_exec(r, "begin immediate", diags))
        return false;
    r->en_transaction = true;
    return true;
}

/* A COMMIT that fails may have failed after its last point of return: only the file knows. 1 recorded, 0 not, −1 no answer. */
static int enregistree(struct registre *r)
{
    struct diag_liste muet = {0};
    int64_t max;
    const bool lu = registre_entier(r, "select max(numero) from journal", 0, &max, &muet);
    diag_vider(&muet);
    return lu ? r->derniere > 0 && max == r->derniere : -1;
}

bool registre_valider(struct registre *r, struct diag_liste *diags)
{
    if (!journal_finir(r, diags)) {
        registre_annuler(r);
        return false;
    }
    journal_plume_free(r->plume);
    r->plume = NULL;
    r->validation = true;
    const bool ok = sqlite3_exec(r->db, "commit", NULL, NULL, NULL) == SQLITE_OK;
    r->validation = false;
    if (ok) {
        r->en_transaction = false;
        return true;
    }
    const int code = sqlite3_errcode(r->db) & 0xff;
    const char *texte = cause(code, "la transaction a été défaite");
    registre_annuler(r);
    const int issue = enregistree(r);
    r->incertaine = issue < 0;
    if (issue == 1)
        diag_erreur(diags, E_VALIDATION, "le registre %s : %s, après l'enregistrement", r->chemin, texte);
    else if (issue < 0)
        diag_erreur(diags, E_ISSUE, "le registre %s : %s, pendant l'enregistrement", r->chemin, texte);
    else if (code == SQLITE_BUSY)
        diag_erreur(diags, E_REGISTRE_OCCUPE, "le registre %s est occupé par un autre programme", r->chemin);
    else
        diag_erreur(diags, E_SQLITE, "le registre %s : %s", r->chemin, texte);
    return issue == 1;
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
