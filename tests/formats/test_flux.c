#include "essai_formats.h"

#include <sys/resource.h>
#include <time.h>
#include "formats/flux.h"

#define LIGNE_MAX ((size_t)65535)

/* Reads everything; the lines one after the other, each ended by LF. Returns the last code of flux_ligne, −2 when it does not open. */
static int tout_lire(const char *chemin, int64_t max, size_t max_ligne, const struct progression *p, struct buffer *out,
                     struct empreinte *e, struct diag_liste *d)
{
    struct flux *f = flux_ouvrir(chemin, max, p, d);
    if (f == NULL) return -2;
    const char *ligne;
    size_t len;
    int rc;
    uint64_t n = 0;
    while ((rc = flux_ligne(f, max_ligne, &ligne, &len, d)) == 1) {
        assert_int_equal(flux_numero(f), ++n);
        buffer_append(out, ligne, len);
        buffer_putc(out, '\n');
    }
    if (rc == 0 && e != NULL) *e = flux_empreinte(f);
    assert_int_equal(flux_ligne(f, max_ligne, &ligne, &len, d), rc); /* the end and a fault last */
    flux_fermer(f);
    return rc;
}

static void test_lignes(void **state)
{
    (void)state;
    static const struct { struct slice contenu, lu; } cas[] = {
        {SLICE(""), SLICE("")},
        {SLICE("a"), SLICE("a\n")},
        {SLICE("a\n"), SLICE("a\n")},
        {SLICE("a\r\nb\r\n"), SLICE("a\nb\n")},
        {SLICE("\n\na\n"), SLICE("\n\na\n")},
        {SLICE("\r\n"), SLICE("\n")},
        {SLICE("a\rb\n"), SLICE("a\rb\n")},
        {SLICE("a\0b\nc"), SLICE("a\0b\nc\n")},
    };
    const char *chemin = provisoire(" d'« essai » \"1\".csv"); /* spaces and quotes in the path */
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        for (int gz = 0; gz < 2; gz++) {
            struct buffer brut = {0}, lu = {0};
            struct diag_liste d = {0};
            struct empreinte e, attendu;
            if (gz) {
                brut = gzipper(cas[i].contenu.bytes, cas[i].contenu.len);
            } else {
                buffer_append(&brut, cas[i].contenu.bytes, cas[i].contenu.len);
            }
            ecrire_octets(chemin, brut.bytes, brut.len);
            assert_int_equal(tout_lire(chemin, 1000, LIGNE_MAX, NULL, &lu, &e, &d), 0);
            assert_int_equal(lu.len, cas[i].lu.len);
            if (lu.len > 0) assert_memory_equal(lu.bytes, cas[i].lu.bytes, lu.len);
            attendu = empreinte_de(brut.bytes, brut.len);
            assert_true(empreinte_egale(&e, &attendu)); /* of the file as on disk */
            assert_int_equal(d.total, 0);
            buffer_free(&brut);
            buffer_free(&lu);
        }
    }
    unlink(chemin);
}

struct suivi {
    int appels;
    int64_t dernier, total;
    const char *tronquer, *allonger;
};

static void suivre(void *ctx, int64_t fait, int64_t total)
{
    struct suivi *s = ctx;
    assert_true(fait > s->dernier && fait <= total);
    s->appels++;
    s->dernier = fait;
    s->total = total;
    if (s->tronquer != NULL) assert_int_equal(truncate(s->tronquer, 700000), 0);
    if (s->allonger != NULL) assert_int_equal(truncate(s->allonger, 4000000), 0);
    s->tronquer = s->allonger = NULL;
}

/* Lines of every length across the windows; one, two and three gzip members; progression; hash. */
static void test_gros(void **state)
{
    (void)state;
    struct buffer texte = {0}, gz = {0};
    for (uint32_t i = 0; texte.len < 3000000; i++) {
        for (uint32_t k = 0; k < (i * 7919) % 5003; k++) buffer_putc(&texte, (char)('a' + (i + k) % 26));
        buffer_putc(&texte, '\n');
    }
    const char *chemin = provisoire(".gros");
    for (size_t membres = 0; membres <= 3; membres++) {
        struct buffer lu = {0};
        struct diag_liste d = {0};
        struct suivi s = {0};
        struct progression p = {suivre, &s};
        struct empreinte e, attendu;
        buffer_clear(&gz);
        for (size_t m = 0; m < membres; m++) {
            size_t a = texte.len * m / membres, z = texte.len * (m + 1) / membres;
            struct buffer un = gzipper(texte.bytes + a, z - a);
            buffer_append(&gz, un.bytes, un.len);
            buffer_free(&un);
        }
        const struct buffer *b = membres == 0 ? &texte : &gz;
        ecrire_octets(chemin, b->bytes, b->len);
        assert_int_equal(tout_lire(chemin, 4000000, LIGNE_MAX, &p, &lu, &e, &d), 0);
        assert_int_equal(lu.len, texte.len);
        assert_memory_equal(lu.bytes, texte.bytes, lu.len);
        attendu = empreinte_de(b->bytes, b->len);
        assert_true(empreinte_egale(&e, &attendu));
        assert_int_equal(s.total, b->len);
        assert_int_equal(s.dernier, b->len); /* the last call says that all is read */
        if (membres == 0) assert_in_range(s.appels, 3, 4);
        buffer_free(&lu);
    }
    unlink(chemin);
    buffer_free(&texte);
    buffer_free(&gz);
}

/* Cut anywhere, a gzip file is a fault; so is a wrong check, or anything after it. */
static void test_gzip_abime(void **state)
{
    (void)state;
    const char *chemin = provisoire(".gz");
    static const char texte[] = "un;deux;trois\nquatre;cinq;six\nsept;huit;neuf\n";
    struct buffer gz = gzipper(texte, sizeof texte - 1);
    for (size_t i = 2; i <= gz.len + 1; i++) {
        struct buffer b = {0}, lu = {0};
        struct diag_liste d = {0};
        buffer_append(&b, gz.bytes, i < gz.len ? i : gz.len);
        if (i > gz.len) buffer_putc(&b, 'x');
        ecrire_octets(chemin, b.bytes, b.len);
        int rc = tout_lire(chemin, 1000, LIGNE_MAX, NULL, &lu, NULL, &d);
        assert_int_equal(rc, i == gz.len ? 0 : -1);
        if (rc != 0) assert_int_equal(d.total, 1);
        if (rc != 0) assert_string_equal(d.items[0].code, "E-011");
        if (rc != 0) assert_non_null(strstr(d.items[0].message, i < gz.len ? "tronqué" : "étrangers"));
        diag_vider(&d);
        buffer_free(&b);
        buffer_free(&lu);
    }
    size_t vus = 0;
    for (size_t i = gz.len - 8; i < gz.len; i++, vus++) {
        struct buffer lu = {0};
        struct diag_liste d = {0};
        gz.bytes[i] ^= 1;
        ecrire_octets(chemin, gz.bytes, gz.len);
        gz.bytes[i] ^= 1;
        assert_int_equal(tout_lire(chemin, 1000, LIGNE_MAX, NULL, &lu, NULL, &d), -1);
        assert_string_equal(d.items[0].code, "E-011");
        diag_vider(&d);
        buffer_free(&lu);
    }
    assert_int_equal(vus, 8);
    unlink(chemin);
    buffer_free(&gz);
}

static void test_bornes(void **state)
{
    (void)state;
    const char *chemin = provisoire(".bornes");
    static const struct { size_t ligne; const char *fin; int rc; } cas[] = {
        {100, "\n", 0}, {100, "\r\n", 0}, {100, "", 0}, {101, "\n", -1}, {101, "\r\n", -1}, {101, "", -1}, {102, "\n", -1}};
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct buffer b = {0}, lu = {0};
        struct diag_liste d = {0};
        buffer_puts(&b, "x\ny\n");
        for (size_t k = 0; k < cas[i].ligne; k++) buffer_putc(&b, 'a');
        buffer_puts(&b, cas[i].fin);
        ecrire_octets(chemin, b.bytes, b.len);
        assert_int_equal(tout_lire(chemin, 1000, 100, NULL, &lu, NULL, &d), cas[i].rc);
        if (cas[i].rc != 0) verifier_faute("ligne trop longue", &d, "E-012", 3, 0);
        diag_vider(&d);
        assert_int_equal(tout_lire(chemin, (int64_t)b.len - 1, 1000, NULL, &lu, NULL, &d), -2);
        verifier_faute("fichier trop gros", &d, "E-004", 0, 0);
        diag_vider(&d);
        struct buffer gz = gzipper(b.bytes, b.len);
        ecrire_octets(chemin, gz.bytes, gz.len);
        assert_int_equal(tout_lire(chemin, (int64_t)b.len - 1, 1000, NULL, &lu, NULL, &d), -1);
        verifier_faute("trop gros une fois décompressé", &d, "E-004", 1, 0);
        assert_int_equal(tout_lire(chemin, (int64_t)b.len, 1000, NULL, &lu, NULL, &d), 0);
        diag_vider(&d);
        buffer_free(&gz);
        buffer_free(&b);
        buffer_free(&lu);
    }
    unlink(chemin);
}

/* A line of 1 GB, as holes or compressed a thousand times: refused at once, in bounded memory. */
static void test_ligne_enorme(void **state)
{
    (void)state;
    const char *chemin = provisoire(".enorme");
    struct buffer lu = {0}, mega = {0};
    struct diag_liste d = {0};
    struct timespec a, b;
    int fd = open(chemin, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(ftruncate(fd, (off_t)1 << 30), 0);
    close(fd);
    clock_gettime(CLOCK_MONOTONIC, &a);
    assert_int_equal(tout_lire(chemin, INT64_C(1) << 31, LIGNE_MAX, NULL, &lu, NULL, &d), -1);
    verifier_faute("fichier à trous", &d, "E-012", 1, 0);
    diag_vider(&d);
    for (size_t i = 0; i < (size_t)1 << 20; i++) buffer_putc(&mega, 'a');
    struct buffer gz = gzipper(mega.bytes, mega.len);
    FILE *f = fopen(chemin, "wb");
    for (int i = 0; i < 1024; i++) assert_int_equal(fwrite(gz.bytes, 1, gz.len, f), gz.len);
    fclose(f);
    assert_int_equal(tout_lire(chemin, INT64_C(1) << 31, LIGNE_MAX, NULL, &lu, NULL, &d), -1);
    verifier_faute("bombe gzip", &d, "E-012", 1, 0);
    clock_gettime(CLOCK_MONOTONIC, &b);
    assert_in_range(b.tv_sec - a.tv_sec, 0, 3);
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    assert_in_range(r.ru_maxrss, 1, 300000); /* kB; most of it is ASan's, when there */
    diag_vider(&d);
    buffer_free(&gz);
    buffer_free(&mega);
    buffer_free(&lu);
    unlink(chemin);
}

/* The file shrinks, or grows, while it is read. */
static void test_change(void **state)
{
    (void)state;
    const char *chemin = provisoire(".change");
    char *mega = calloc(1, 3000000);
    for (size_t i = 0; i < 3000000; i += 100) mega[i] = '\n';
    for (int k = 0; k < 2; k++) {
        struct buffer lu = {0};
        struct diag_liste d = {0};
        struct suivi s = {.tronquer = k == 0 ? chemin : NULL, .allonger = k == 1 ? chemin : NULL};
        struct progression p = {suivre, &s};
        ecrire_octets(chemin, mega, 3000000);
        assert_int_equal(tout_lire(chemin, 5000000, LIGNE_MAX, &p, &lu, NULL, &d), -1);
        assert_int_equal(d.total, 1);
        assert_string_equal(d.items[0].code, "E-009");
        diag_vider(&d);
        buffer_free(&lu);
    }
    free(mega);
    unlink(chemin);
}

static void test_pas_un_fichier(void **state)
{
    (void)state;
    char tube[128], lien[128], cible[128];
    snprintf(tube, sizeof tube, "%s", provisoire(".tube"));
    snprintf(lien, sizeof lien, "%s", provisoire(".lien"));
    snprintf(cible, sizeof cible, "%s", provisoire(".cible"));
    assert_int_equal(mkfifo(tube, 0600), 0);
    ecrire_octets(cible, "a\n", 2);
    assert_int_equal(symlink(cible, lien), 0);
    const struct { const char *chemin, *code; } cas[] = {
        {"/", "E-002"}, {"/dev/zero", "E-002"}, {tube, "E-002"}, {"essai-absent.csv", "E-001"}, {"", "E-001"}};
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct diag_liste d = {0};
        assert_null(flux_ouvrir(cas[i].chemin, 1000, NULL, &d));
        verifier_faute(cas[i].chemin, &d, cas[i].code, 0, 0);
        diag_vider(&d);
    }
    struct buffer lu = {0};
    struct diag_liste d = {0};
    assert_int_equal(tout_lire(lien, 1000, LIGNE_MAX, NULL, &lu, NULL, &d), 0); /* what the user names is followed */
    assert_string_equal(lu.bytes, "a\n");
    buffer_free(&lu);
    unlink(tube);
    unlink(lien);
    unlink(cible);
}

/* Looking at the first bytes takes nothing away. */
static void test_apercu(void **state)
{
    (void)state;
    const char *chemin = provisoire(".apercu");
    struct buffer b = {0};
    for (int i = 0; i < 1000; i++) buffer_puts(&b, "0123456789\n");
    struct buffer gz = gzipper(b.bytes, b.len);
    for (int k = 0; k < 2; k++) {
        struct diag_liste d = {0};
        struct slice s;
        const char *ligne;
        size_t len;
        ecrire_octets(chemin, k ? gz.bytes : b.bytes, k ? gz.len : b.len);
        struct flux *f = flux_ouvrir(chemin, 100000, NULL, &d);
        assert_int_equal(flux_est_gzip(f), k);
        assert_true(flux_apercu(f, &s, &d));
        assert_int_equal(s.len, FLUX_APERCU);
        assert_memory_equal(s.bytes, b.bytes, s.len);
        assert_int_equal(flux_numero(f), 0);
        for (int i = 0; i < 1000; i++) assert_int_equal(flux_ligne(f, 100, &ligne, &len, &d), 1);
        assert_int_equal(flux_ligne(f, 100, &ligne, &len, &d), 0);
        assert_int_equal(flux_numero(f), 1000);
        flux_fermer(f);
    }
    unlink(chemin);
    buffer_free(&b);
    buffer_free(&gz);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lignes),        cmocka_unit_test(test_gros),   cmocka_unit_test(test_gzip_abime),
        cmocka_unit_test(test_bornes),        cmocka_unit_test(test_change), cmocka_unit_test(test_ligne_enorme),
        cmocka_unit_test(test_pas_un_fichier), cmocka_unit_test(test_apercu),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
