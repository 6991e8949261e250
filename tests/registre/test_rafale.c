/* Bursts: every row once, in order, whatever their number; one that fails leaves nothing once the transaction is undone. */
#include "essai_registre.h"

#include "registre/rafale.h"

#define CHEMIN "rafale.db"
#define PLUSIEURS 1000 /* more than three bursts of rows */

static struct registre *ouvrir(void)
{
    struct diag_liste d = {0};
    (void)unlink(CHEMIN);
    struct registre *r = registre_creer(CHEMIN, CHEMIN, &d);
    assert_non_null(r);
    sql(r, "create table essai (cle integer primary key, mot text, octets blob, n integer) strict");
    return r;
}

static void fermer(struct registre *r)
{
    registre_annuler(r);
    registre_fermer(r);
    (void)unlink(CHEMIN);
}

static struct rafale *creer(struct registre *r, struct diag_liste *d)
{
    return rafale_creer(r, "rafale_essai", 4, "insert or fail into essai (cle, mot, octets, n) select v1, v2, v3, v4 from rafale_essai", d);
}

static bool poser(struct rafale *f, int64_t cle, const char *mot, struct diag_liste *d)
{
    struct valeur *v = rafale_ligne(f);
    valeur_n(&v[0], cle);
    valeur_slice_ou_null(&v[1], slice_of(mot));
    valeur_octets(&v[2], &cle, sizeof cle);
    valeur_n_ou_null(&v[3], cle * 2, cle % 2 == 0);
    return rafale_poser(f, d);
}

static void vide(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct registre *r = ouvrir();
    struct rafale *f = creer(r, &d);
    assert_non_null(f);
    assert_true(rafale_vider(NULL, &d));
    assert_true(rafale_vider(f, &d));
    assert_int_equal(sql_entier(r, "select count(*) from essai"), 0);
    rafale_free(f);
    rafale_free(NULL);
    assert_int_equal(d.total, 0);
    fermer(r);
}

static void une(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct registre *r = ouvrir();
    struct rafale *f = creer(r, &d);
    char mot[] = "écrit";
    assert_true(poser(f, 7, mot, &d));
    memset(mot, 'x', sizeof mot - 1); /* the text was copied */
    assert_int_equal(sql_entier(r, "select count(*) from essai"), 0); /* it waits */
    assert_true(rafale_vider(f, &d));
    assert_true(rafale_vider(f, &d)); /* once */
    assert_int_equal(sql_entier(r, "select count(*) from essai"), 1);
    assert_int_equal(sql_entier(r, "select cle = 7 and mot = 'écrit' and octets = x'0700000000000000' and n is null from essai"), 1);
    rafale_free(f);
    fermer(r);
}

static void plusieurs(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct registre *r = ouvrir();
    struct rafale *f = creer(r, &d);
    for (int64_t i = 1; i <= PLUSIEURS; i++)
        assert_true(poser(f, i, i % 3 == 0 ? "" : "mot", &d));
    const int64_t avant = sql_entier(r, "select count(*) from essai");
    assert_true(avant > 0 && avant < PLUSIEURS); /* the long ones went by themselves */
    assert_true(rafale_vider(f, &d));
    assert_int_equal(sql_entier(r, "select count(*) from essai"), PLUSIEURS);
    assert_int_equal(sql_entier(r, "select sum(cle) from essai"), (int64_t)PLUSIEURS * (PLUSIEURS + 1) / 2);
    assert_int_equal(sql_entier(r, "select count(*) from essai where mot is null"), PLUSIEURS / 3);
    assert_int_equal(sql_entier(r, "select count(*) from essai where n = 2 * cle and cle % 2 = 0"), PLUSIEURS / 2);
    assert_int_equal(sql_entier(r, "select count(*) from essai where n is null"), PLUSIEURS / 2);
    rafale_free(f);
    fermer(r);
}

/* Few rows, but heavy: what waits is bounded by its bytes too. */
static void lourdes(void **state)
{
    (void)state;
    enum { OCTETS = 100000 };
    struct diag_liste d = {0};
    struct registre *r = ouvrir();
    struct rafale *f = creer(r, &d);
    char *mot = malloc(OCTETS + 1);
    assert_non_null(mot);
    memset(mot, 'a', OCTETS);
    mot[OCTETS] = '\0';
    for (int64_t i = 1; i <= 3; i++)
        assert_true(poser(f, i, mot, &d));
    assert_int_equal(sql_entier(r, "select count(*) from essai where length(mot) = 100000"), 3);
    free(mot);
    rafale_free(f);
    fermer(r);
}

/* The 300th of 400 rows is there already: a fault, told once, and nothing after the transaction. */
static void faute(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct registre *r = ouvrir();
    sql(r, "savepoint essai");
    sql(r, "insert into essai (cle) values (300)");
    struct rafale *f = creer(r, &d);
    bool ok = true;
    for (int64_t i = 1; ok && i <= 400; i++)
        ok = poser(f, i, "mot", &d);
    ok = ok && rafale_vider(f, &d);
    assert_false(ok);
    assert_int_equal(d.total, 1);
    assert_true(rafale_vider(f, &d)); /* what failed does not wait any more */
    assert_int_equal(sql_entier(r, "select count(*) from essai where cle > 300"), 0);
    rafale_free(f);
    sql(r, "rollback to essai");
    assert_int_equal(sql_entier(r, "select count(*) from essai"), 0);
    diag_vider(&d);
    fermer(r);
}

/* A statement that does not compile, and rows forgotten: nothing is left behind, the name serves again. */
static void oubliees(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct registre *r = ouvrir();
    assert_null(rafale_creer(r, "rafale_essai", 1, "insert into absente select v1 from rafale_essai", &d));
    assert_int_equal(d.total, 1);
    struct rafale *f = creer(r, &d);
    assert_true(poser(f, 1, "mot", &d));
    rafale_free(f);
    f = creer(r, &d);
    assert_true(poser(f, 2, "mot", &d) && rafale_vider(f, &d));
    assert_int_equal(sql_entier(r, "select min(cle) from essai"), 2);
    rafale_free(f);
    diag_vider(&d);
    fermer(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vide), cmocka_unit_test(une), cmocka_unit_test(plusieurs),
        cmocka_unit_test(lourdes), cmocka_unit_test(faute), cmocka_unit_test(oubliees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
