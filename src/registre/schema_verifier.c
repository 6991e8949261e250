/* The file must hold our tables, indexes and triggers, and nothing else: a trigger added from outside would change what is
 * recorded without a trace. */
#include "config.h" /* _GNU_SOURCE: memmem */

#include <string.h>

#include "registre/schema.h"

#define SQL_OBJETS "select type || ' ' || name, coalesce(sql, '') from main.sqlite_schema where name not like 'sqlite_%' order by 1"

/* `type name` and SQL of every object, NUL-separated. */
static bool objets(sqlite3 *db, struct buffer *out)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(db, SQL_OBJETS, -1, &s, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        for (int i = 0; i < 2; i++) {
            const struct slice t = colonne_slice(s, i);
            buffer_append(out, t.bytes, t.len);
            buffer_putc(out, '\0');
        }
        rc = SQLITE_OK;
    }
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

/* The objects that this SQL makes, as SQLite keeps them: what they are in capitals, then the statement from its name on. It is made of our
 * files, where a statement ends at the end of a line. Running it in memory to read what SQLite makes of it says the same, and took as long as
 * all the rest of a short command; a registre that has just been made, by SQLite, does not open when this differs. */
static void attendus(const char *sql, struct buffer *out)
{
    static const struct {
        const char *debut, *genre, *garde;
    } formes[] = {{"create table ", "table ", "CREATE TABLE "},
                  {"create index ", "index ", "CREATE INDEX "},
                  {"create unique index ", "index ", "CREATE UNIQUE INDEX "},
                  {"create trigger ", "trigger ", "CREATE TRIGGER "}};
    for (const char *p = sql + strspn(sql, " \n"); *p != '\0'; p += strspn(p, "; \n")) {
        const char *fin = strstr(p, ";\n");
        const size_t n = fin != NULL ? (size_t)(fin - p) : strlen(p);
        for (size_t i = 0; i < sizeof formes / sizeof *formes; i++) {
            const size_t d = strlen(formes[i].debut);
            if (strncmp(p, formes[i].debut, d) != 0)
                continue;
            buffer_puts(out, formes[i].genre);
            buffer_append(out, p + d, strcspn(p + d, " "));
            buffer_putc(out, '\0');
            buffer_puts(out, formes[i].garde);
            buffer_append(out, p + d, n - d);
            buffer_putc(out, '\0');
        }
        p += n;
    }
}

/* The object named in `de` and, with the same SQL, not in `dans`; NULL when there is none. */
static const char *intrus(const struct buffer *de, const struct buffer *dans)
{
    for (const char *n = de->bytes; n != NULL && n < de->bytes + de->len;) {
        const char *sql = n + strlen(n) + 1;
        bool la = false;
        for (const char *m = dans->bytes; m != NULL && m < dans->bytes + dans->len && !la;) {
            const char *autre = m + strlen(m) + 1;
            la = strcmp(n, m) == 0 && strcmp(sql, autre) == 0;
            m = autre + strlen(autre) + 1;
        }
        if (!la)
            return n;
        n = sql + strlen(sql) + 1;
    }
    return NULL;
}

static bool refuser(const struct registre *r, const char *trop, const char *absent, struct diag_liste *diags)
{
    if (trop == NULL && absent == NULL)
        return true;
    struct diag *d = diag_erreur(diags, E_SCHEMA, "le registre %s n'a pas la forme que sons lui a donnée", r->chemin);
    diag_trouve(d, "%s %.80s", trop != NULL ? "un objet étranger ou modifié :" : "il manque :", trop != NULL ? trop : absent);
    return false;
}

bool schema_verifier(struct registre *r, struct diag_liste *diags)
{
    struct buffer trouves = {0}, voulus = {0};
    attendus(schema_livre(), &voulus);
    attendus(schema_etat(), &voulus);
    bool ok = objets(r->db, &trouves);
    if (!ok)
        registre_faute(r, diags);
    else
        ok = refuser(r, intrus(&trouves, &voulus), intrus(&voulus, &trouves), diags);
    buffer_free(&trouves);
    buffer_free(&voulus);
    return ok;
}

bool schema_livre_verifier(struct registre *r, int64_t format, struct diag_liste *diags)
{
    struct buffer trouves = {0}, voulus = {0}, ajouts = {0}, livre = {0};
    schema_ajouts(format, &ajouts);
    buffer_puts(&livre, schema_livre());
    for (const char *a = ajouts.bytes; a != NULL && *a != '\0'; a += strcspn(a, ";") + 1) {
        const size_t n = strcspn(a, ";") + 1;
        char *la = memmem(livre.bytes, livre.len, a, n);
        if (la != NULL)
            memset(la, ' ', n);
    }
    attendus(livre.bytes, &voulus);
    bool ok = objets(r->db, &trouves);
    if (!ok)
        registre_faute(r, diags);
    else
        ok = refuser(r, NULL, intrus(&voulus, &trouves), diags);
    buffer_free(&trouves);
    buffer_free(&voulus);
    buffer_free(&ajouts);
    buffer_free(&livre);
    return ok;
}
