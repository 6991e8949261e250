/* The VFS of drafts, struck as SQLite can: pages of every size, spilled, committed, cut off; the file never changes. */
#include "../noyau/essai.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "noyau/empreinte.h"
#include "noyau/memoire.h"
#include "registre/base.h"
#include "registre/brouillon.h"

static const char fichier[] = "test_brouillon.db";

static struct empreinte contenu(void)
{
    FILE *f = fopen(fichier, "rb");
    struct empreinte_ctx *c = empreinte_debut();
    char b[8192];
    assert_non_null(f);
    for (size_t n; (n = fread(b, 1, sizeof b, f)) > 0;)
        empreinte_ajouter(c, b, n);
    fclose(f);
    return empreinte_fin(c);
}

static int64_t nombre(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    const int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

static void executer(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s : %s", sql, sqlite3_errmsg(db));
}

#define REMPLIR(de, a) "with recursive n(i) as (values(" #de ") union all select i + 1 from n where i < " #a ") insert into t select i, printf('%0300d', i) from n;"

static void fabriquer(int page)
{
    sqlite3 *db;
    char sql[64];
    (void)unlink(fichier);
    registre_preparer();
    assert_int_equal(sqlite3_open_v2(fichier, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), SQLITE_OK);
    snprintf(sql, sizeof sql, "pragma page_size = %d", page);
    executer(db, sql);
    executer(db, "create table t (i integer primary key, x text);" REMPLIR(1, 500));
    sqlite3_close(db);
}

static sqlite3 *ouvrir(void)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(fichier, &db, SQLITE_OPEN_READWRITE, brouillon_vfs()), SQLITE_OK);
    assert_int_equal(sqlite3_db_readonly(db, "main"), 0);
    executer(db, "pragma journal_mode = memory; pragma temp_store = memory; pragma cache_size = 10");
    return db;
}

/* Written, spilled for want of cache, committed, read again, undone, cut: as in a file. */
static void verifier(int page)
{
    fabriquer(page);
    const struct empreinte avant = contenu();
    sqlite3 *db = ouvrir(), *autre = ouvrir();
    executer(db, "begin immediate; update t set x = 'a' || x;" REMPLIR(501, 3000) "commit");
    assert_int_equal(nombre(db, "select count(*) from t"), 3000);
    assert_int_equal(nombre(db, "select count(*) from t where x like 'a%'"), 500);
    executer(db, "begin immediate; delete from t where i > 7;" REMPLIR(9001, 9900) "rollback");
    assert_int_equal(nombre(db, "select sum(i) from t"), 3000 * 3001 / 2);
    executer(db, "delete from t where i % 3; vacuum");
    assert_int_equal(nombre(db, "select count(*) from t"), 1000);
    assert_int_equal(nombre(db, "select count(*) from pragma_integrity_check where integrity_check = 'ok'"), 1);
    assert_int_equal(nombre(autre, "select count(*) from t"), 500); /* another draft sees the file */
    executer(autre, "begin immediate; delete from t; rollback");
    sqlite3_close(db);
    sqlite3_close(autre);
    const struct empreinte apres = contenu();
    assert_true(empreinte_egale(&avant, &apres));
    assert_int_not_equal(access("test_brouillon.db-journal", F_OK), 0);
    (void)unlink(fichier);
}

static void test_pages(void **state)
{
    (void)state;
    static const int pages[] = {512, 4096, 16384, 65536}; /* below, at and above a block */
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        verifier(pages[i]);
}

/* While there is something in the draft, nobody changes the file under it; before and after, anybody may. */
static void test_verrous(void **state)
{
    sqlite3 *ecrivain;
    (void)state;
    fabriquer(4096);
    sqlite3 *db = ouvrir();
    assert_int_equal(sqlite3_open_v2(fichier, &ecrivain, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    executer(ecrivain, "begin immediate; insert into t values (501, 'b')");
    executer(db, "begin immediate; insert into t values (501, 'c')"); /* beside a writer that has not ended */
    assert_int_equal(sqlite3_exec(ecrivain, "commit", NULL, NULL, NULL), SQLITE_BUSY);
    executer(db, "rollback");
    executer(ecrivain, "commit");
    assert_int_equal(nombre(db, "select count(*) from t where x = 'b'"), 1);
    executer(db, "insert into t values (502, 'c')");
    assert_int_equal(sqlite3_exec(ecrivain, "insert into t values (502, 'd')", NULL, NULL, NULL), SQLITE_BUSY);
    assert_int_equal(nombre(db, "select count(*) from t where x = 'c'"), 1);
    sqlite3_close(db);
    executer(ecrivain, "insert into t values (502, 'd')");
    sqlite3_close(ecrivain);
    (void)unlink(fichier);
}

/* What another program left in the middle is not taken for the file. */
static void test_journal_chaud(void **state)
{
    sqlite3 *db;
    (void)state;
    fabriquer(4096);
    FILE *f = fopen("test_brouillon.db-journal", "wb");
    assert_non_null(f);
    fwrite("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 1, 8, f);
    for (int i = 0; i < 1024; i++)
        fputc(i == 3 ? 1 : 0, f);
    fclose(f);
    assert_int_equal(sqlite3_open_v2(fichier, &db, SQLITE_OPEN_READWRITE, brouillon_vfs()), SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(db, "select count(*) from t", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(access("test_brouillon.db-journal", F_OK), 0);
    sqlite3_close(db);
    (void)unlink("test_brouillon.db-journal");
    (void)unlink(fichier);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pages), cmocka_unit_test(test_verrous), cmocka_unit_test(test_journal_chaud)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
