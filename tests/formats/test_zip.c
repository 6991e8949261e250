/* The deterministic ZIP: what it holds, what it costs in memory, what it leaves behind. */
#include "../noyau/essai.h"

#ifdef __SANITIZE_ADDRESS__
#define SOUS_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SOUS_ASAN
#endif
#endif

#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include "formats/zip.h"
#include "noyau/fichier.h"
#include "zip_brut.h"

#define CHEMIN "essai_zip.tmp.zip"

struct source {
    unsigned appels;
    uint64_t echec;          /* the key that fails */
    size_t taille;
};

static bool content(void *ctx, uint64_t cle, struct buffer *out)
{
    struct source *s = ctx;
    s->appels++;
    if (cle == s->echec)
        return false;
    buffer_reserve(out, s->taille);
    memset(out->bytes + out->len, (int)('a' + cle % 26), s->taille);
    out->len += s->taille;
    return true;
}

static bool collect(void *ctx, const void *bytes, size_t len)
{
    buffer_append(ctx, bytes, len);
    return true;
}

static bool stop(void *ctx, const void *bytes, size_t len)
{
    (void)ctx, (void)bytes, (void)len;
    return false;
}

static void test_aller_retour(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct source s = {.echec = UINT64_MAX, .taille = 100000};
    uint64_t fautes = 0;
    FILE *f = fopen("essai_zip.tmp.txt", "w");
    fputs("contenu d'un fichier", f);
    fclose(f);
    struct zip_ecrivain *z = zip_ecrivain_creer(CHEMIN, &d);
    assert_true(zip_ecrivain_fichier(z, "lot.xml", "essai_zip.tmp.txt", &d));
    unlink("essai_zip.tmp.txt"); /* kept open until the end */
    assert_true(zip_ecrivain_bloc(z, "pieces/b.pdf", s.taille, content, &s, 1, &d));
    assert_true(zip_ecrivain_bloc(z, "pieces/a.pdf", s.taille, content, &s, 0, &d));
    assert_int_equal(s.appels, 0);
    assert_true(zip_ecrivain_finir(z, &d));
    assert_int_equal(s.appels, 2);
    struct zip_lecteur *r = zip_lecteur_ouvrir(CHEMIN, 10, &fautes, &d);
    assert_non_null(r);
    assert_int_equal(fautes, 0);
    assert_int_equal(zip_lecteur_nombre(r), 3);
    static const char *const names[] = {"lot.xml", "pieces/b.pdf", "pieces/a.pdf"};
    for (uint32_t i = 0; i < 3; i++) {
        struct buffer b = {0};
        assert_string_equal(zip_lecteur_entree(r, i)->nom, names[i]);
        assert_int_equal(zip_lecteur_lire(r, i, collect, &b, &d), ZIP_LUE);
        assert_int_equal(b.len, i ? 100000 : 20);
        assert_int_equal(b.bytes[b.len - 1], "rba"[i]);
        buffer_free(&b);
    }
    assert_int_equal(zip_lecteur_lire(r, 1, stop, NULL, &d), ZIP_ARRETEE);
    zip_lecteur_fermer(r);
    assert_null(zip_lecteur_ouvrir(CHEMIN, 2, &fautes, &d));
    assert_int_equal(d.total, 1);
    assert_string_equal(d.items[0].code, erreur_texte(E_ZIP_LIMITE));
    unlink(CHEMIN);
    diag_vider(&d);
}

static bool exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

/* Nothing is left behind when a content fails, is of another size, or the folder is not there. */
static void test_echecs(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct diag_liste d = {0};
        struct source s = {.echec = i == 0 ? 1 : UINT64_MAX, .taille = 10};
        FILE *f = fopen(CHEMIN, "w"); /* the name is reserved: that file goes too */
        fclose(f);
        struct zip_ecrivain *z = zip_ecrivain_creer(CHEMIN, &d);
        assert_true(zip_ecrivain_bloc(z, "a", 10, content, &s, 0, &d));
        assert_true(zip_ecrivain_bloc(z, "b", i == 0 ? 10 : 11, content, &s, 1, &d));
        assert_false(zip_ecrivain_finir(z, &d));
        assert_int_equal(d.total, 1);
        assert_string_equal(d.items[0].code, erreur_texte(E_ECRITURE));
        assert_false(exists(CHEMIN));
        diag_vider(&d);
    }
    struct diag_liste d = {0};
    struct source s = {.echec = UINT64_MAX, .taille = 1};
    struct zip_ecrivain *z = zip_ecrivain_creer(CHEMIN, &d);
    assert_true(zip_ecrivain_bloc(z, "a", 1, content, &s, 0, &d));
    assert_false(zip_ecrivain_bloc(z, "a", 1, content, &s, 0, &d));
    assert_false(zip_ecrivain_fichier(z, "b", "absent", &d));
    assert_false(zip_ecrivain_fichier(z, "c", "/dev/null", &d));
    assert_int_equal(d.total, 3);
    zip_ecrivain_abandonner(z);
    assert_false(exists(CHEMIN));
    assert_int_equal(s.appels, 0);
    z = zip_ecrivain_creer("dossier_absent/x.zip", &d);
    if (z) {
        assert_true(zip_ecrivain_bloc(z, "a", 1, content, &s, 0, &d));
        assert_false(zip_ecrivain_finir(z, &d));
    }
    assert_int_equal(d.total, 4);
    z = zip_ecrivain_creer(CHEMIN, &d);
    assert_false(zip_ecrivain_finir(z, &d)); /* an empty archive is none */
    assert_int_equal(d.total, 5);
    diag_vider(&d);
}

/* Over the temporary file that reserves the name, as the emission of a lot does. */
static void test_sur_provisoire(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct source s = {.echec = UINT64_MAX, .taille = 3};
    struct fichier_tmp t;
    struct buffer b = {0};
    unlink(CHEMIN);
    assert_true(fichier_tmp_creer(&t, CHEMIN, &d));
    struct zip_ecrivain *z = zip_ecrivain_creer(t.provisoire, &d);
    assert_true(zip_ecrivain_bloc(z, "a", 3, content, &s, 0, &d));
    assert_true(zip_ecrivain_finir(z, &d));
    assert_true(fichier_tmp_publier(&t, false, &d));
    assert_true(fichier_lire(CHEMIN, FICHIER_SANS_LIEN, 1000, &b, &d));
    assert_memory_equal(b.bytes, "PK\x03\x04", 4);
    assert_int_equal(b.len, 30 + 1 + 3 + 46 + 1 + 22);
    assert_int_equal(d.total, 0);
    buffer_free(&b);
    unlink(CHEMIN);
}

/* 400 pieces of 256 KiB: 100 MiB go through, one at a time. */
static void test_memoire(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct source s = {.echec = UINT64_MAX, .taille = 256u << 10};
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    struct zip_ecrivain *z = zip_ecrivain_creer(CHEMIN, &d);
    for (unsigned i = 0; i < 400; i++) {
        char name[32];
        snprintf(name, sizeof name, "pieces/%u", i);
        assert_true(zip_ecrivain_bloc(z, name, s.taille, content, &s, i, &d));
    }
    assert_true(zip_ecrivain_finir(z, &d));
    getrusage(RUSAGE_SELF, &after);
    assert_int_equal(s.appels, 400);
#ifndef SOUS_ASAN /* the sanitizer keeps what is freed */
    assert_true(after.ru_maxrss - before.ru_maxrss < 10000); /* kB */
#endif
    unlink(CHEMIN);
}

static void test_noms(void **state)
{
    (void)state;
    static const struct {
        const char *nom;
        unsigned fautes;
    } t[] = {
        {"a", 0}, {"a/b/c.pdf", 0}, {"..a", 0}, {"a..", 0}, {"a/...", 0}, {"..", 1}, {"../a", 1}, {"a/..", 1}, {"a/../b", 1},
        {".", 1}, {"./a", 1}, {"a/./b", 1}, {"a//b", 1}, {"/a", 1}, {"a/", 1}, {"", 1}, {"a\\b", 1}, {"a:b", 1}, {"a\nb", 1},
        {"\xc3\xa9", 1},
    };
    for (size_t i = 0; i < NOMBRE(t); i++) {
        struct diag_liste d = {0};
        struct buffer b = {0};
        uint64_t fautes = 0;
        struct brut e = {.nom = t[i].nom, .octets = SLICE("x")};
        brut_zip(&b, &e, 1, &(struct brut_fin){0});
        FILE *f = fopen(CHEMIN, "w");
        assert_int_equal(fwrite(b.bytes, 1, b.len, f), b.len);
        fclose(f);
        struct zip_lecteur *r = zip_lecteur_ouvrir(CHEMIN, 10, &fautes, &d);
        assert_non_null(r);
        if (fautes != t[i].fautes || d.total != fautes || zip_lecteur_entree(r, 0)->lisible != (fautes == 0))
            fail_msg("%s : %d fautes", t[i].nom, (int)fautes);
        struct buffer read = {0};
        assert_int_equal(zip_lecteur_lire(r, 0, collect, &read, &d), fautes ? ZIP_FAUTE : ZIP_LUE);
        assert_int_equal(read.len, fautes ? 0 : 1);
        buffer_free(&read);
        zip_lecteur_fermer(r);
        diag_vider(&d);
        buffer_free(&b);
    }
    unlink(CHEMIN);
}

/* Beyond 65 535 entries the directory takes its zip64 form, which the strict reader knows. */
static void test_zip64(void **state)
{
    (void)state;
    enum { N = 66000 };
    struct diag_liste d = {0};
    struct source s = {.echec = UINT64_MAX, .taille = 1};
    uint64_t fautes = 0;
    struct zip_ecrivain *z = zip_ecrivain_creer(CHEMIN, &d);
    for (unsigned i = 0; i < N; i++) {
        char name[32];
        snprintf(name, sizeof name, "pieces/%u", i);
        assert_true(zip_ecrivain_bloc(z, name, 1, content, &s, i, &d));
    }
    assert_true(zip_ecrivain_finir(z, &d));
    struct zip_lecteur *r = zip_lecteur_ouvrir(CHEMIN, N, &fautes, &d);
    assert_non_null(r);
    assert_int_equal(zip_lecteur_nombre(r), N);
    struct buffer b = {0};
    assert_int_equal(zip_lecteur_lire(r, N - 1, collect, &b, &d), ZIP_LUE);
    assert_int_equal(b.bytes[0], 'a' + (N - 1) % 26);
    zip_lecteur_fermer(r);
    assert_int_equal(d.total + fautes, 0);
    buffer_free(&b);
    unlink(CHEMIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memoire), cmocka_unit_test(test_aller_retour), cmocka_unit_test(test_echecs),
        cmocka_unit_test(test_sur_provisoire), cmocka_unit_test(test_zip64),
        cmocka_unit_test(test_noms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
