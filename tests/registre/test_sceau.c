/* The strict readers of bordereaux and extracts, on the example of sons-journal(5): every byte changed in several ways, the last
 * line redone so that the reader is reached. What it accepts, the writer writes again byte for byte. */
#include "essai_registre.h"

#include <stdio.h>
#include "registre/extrait.h"
#include "registre/sceau.h"

static struct buffer extrait, bordereau;

/* The literal block of the page that follows `.\" exemple`, without its roff escapes. */
static void exemple_lire(void)
{
    char chemin[4096], ligne[4096];
    bool dans = false;
    (void)snprintf(chemin, sizeof chemin, "%s/man/sons-journal.5", getenv("SONS_SRCDIR"));
    FILE *f = fopen(chemin, "r");
    assert_non_null(f);
    while (fgets(ligne, sizeof ligne, f) != NULL) {
        dans = strcmp(ligne, ".\\\" exemple\n") == 0 || (dans && strncmp(ligne, ".\\\" fin", 7) != 0);
        for (const char *p = ligne; dans && ligne[0] != '.' && *p != '\0'; p++) {
            if (strncmp(p, "\\(aq", 4) == 0) {
                buffer_putc(&extrait, '\'');
                p += 3;
            } else if (strncmp(p, "\\e", 2) == 0) {
                buffer_putc(&extrait, '\\');
                p++;
            } else {
                buffer_putc(&extrait, *p);
            }
        }
    }
    (void)fclose(f);
    assert_true(extrait.len > 4000);
    const char *p = strstr(extrait.bytes, "\n| ") + 1;
    for (; strncmp(p, "| ", 2) == 0; p = strchr(p, '\n') + 1)
        buffer_append(&bordereau, p + 2, (size_t)(strchr(p, '\n') - p) - 1);
}

static struct slice tranche(const struct buffer *b)
{
    return (struct slice){b->bytes, b->len};
}

/* All but the last line, then that line as it should be. */
static void controler(struct buffer *b)
{
    b->len -= 75; /* `empreinte `, 64 digits, LF */
    b->bytes[b->len] = '\0';
    controle_ecrire(b);
}

static bool voir(void *ctx, const struct entree *e)
{
    size_t *n = ctx;
    *n += e->numero > 0;
    return true;
}

static bool bordereau_lu(const struct buffer *b, struct sceau *s, struct diag_liste *d)
{
    diag_vider(d);
    return sceau_lire(tranche(b), "b.txt", s, d);
}

static bool extrait_lu(const struct buffer *b, const struct buffer *sceau, struct diag_liste *d)
{
    struct sceau s;
    struct extrait_rapport r;
    size_t n = 0;
    assert_true(bordereau_lu(sceau, &s, d));
    diag_vider(d);
    const bool ok = extrait_verifier(tranche(b), "e.txt", tranche(sceau), &s, voir, &n, &r, d);
    assert_true(!ok || (r.entrees == n && n == 3 && r.commande == 3));
    return ok;
}

static void test_exemple(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct sceau s;
    struct buffer b = {0};
    assert_true(bordereau_lu(&bordereau, &s, &d));
    assert_int_equal(d.total, 0);
    assert_int_equal(s.numero, 2);
    assert_int_equal(s.entrees, 5);
    assert_int_equal(s.precedent_entrees, 3);
    assert_int_equal(s.continuite.n, 4);
    assert_true(s.fictif);
    assert_false(s.signe);
    sceau_ecrire(&s, &b);
    assert_int_equal(b.len, bordereau.len);
    assert_memory_equal(b.bytes, bordereau.bytes, b.len);
    assert_true(extrait_lu(&extrait, &bordereau, &d));
    buffer_free(&b);
    diag_vider(&d);
}

/* Every byte, without the last line redone: changed, and said so; or no bordereau at all. */
static void test_octets(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct sceau s;
    struct buffer b = {0};
    size_t alteres = 0;
    for (size_t i = 0; i < bordereau.len; i++)
        for (unsigned k = 0; k < 8; k++) {
            buffer_clear(&b);
            buffer_append(&b, bordereau.bytes, bordereau.len);
            b.bytes[i] = (char)((unsigned char)b.bytes[i] ^ (1u << k));
            assert_false(bordereau_lu(&b, &s, &d));
            assert_int_equal(d.n, 1);
            assert_string_equal(d.items[0].code, "E-202");
            assert_int_equal(d.pire, SORTIE_JOURNAL);
            alteres++;
        }
    assert_int_equal(alteres, 8 * bordereau.len);
    buffer_free(&b);
    diag_vider(&d);
}

static size_t muter(struct buffer *b, const struct buffer *de, size_t i, unsigned facon)
{
    static const char autres[] = {'\n', ' ', '\0', '|', '0', 'a', '\xe9', '9'};
    buffer_clear(b);
    buffer_append(b, de->bytes, de->len - 75);
    if (facon < 8) {
        b->bytes[i] = autres[facon];
    } else if (facon == 8) { /* one less */
        memmove(b->bytes + i, b->bytes + i + 1, b->len - i);
        b->len--;
    } else { /* one twice */
        buffer_putc(b, 'x');
        memmove(b->bytes + i + 1, b->bytes + i, b->len - i - 1);
    }
    controle_ecrire(b);
    return b->len == de->len && memcmp(b->bytes, de->bytes, b->len) == 0 ? 0 : 1;
}

/* The same with the last line redone. A value may still be one that the writer gives: then it gives these very bytes. */
static void test_octets_controles(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct buffer b = {0}, relu = {0};
    struct sceau s;
    size_t refuses = 0, acceptes = 0;
    for (size_t i = 0; i + 75 < bordereau.len; i++)
        for (unsigned k = 0; k < 10; k++) {
            if (muter(&b, &bordereau, i, k) == 0)
                continue;
            if (!bordereau_lu(&b, &s, &d)) {
                assert_true(d.erreurs > 0);
                refuses++;
                continue;
            }
            buffer_clear(&relu);
            sceau_ecrire(&s, &relu);
            assert_int_equal(relu.len, b.len);
            assert_memory_equal(relu.bytes, b.bytes, b.len);
            acceptes++;
        }
    assert_true(refuses > 4000);
    assert_true(acceptes > 100); /* another holder, instant, head … : the journal and the signature see those */
    buffer_free(&b);
    buffer_free(&relu);
    diag_vider(&d);
}

/* An extract has no byte that is not proved. */
static void test_extrait_controle(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct buffer b = {0};
    size_t refuses = 0;
    for (size_t i = 0; i + 75 < extrait.len; i++)
        for (unsigned k = (unsigned)(i % 3); k < 10; k += 3) {
            if (muter(&b, &extrait, i, k) == 0)
                continue;
            if (extrait_lu(&b, &bordereau, &d))
                fail_msg("octet %zu, façon %u : accepté", i, k);
            assert_true(d.erreurs > 0);
            refuses++;
        }
    assert_true(refuses > 12000);
    buffer_free(&b);
    diag_vider(&d);
}

/* Truncated anywhere; lines doubled, exchanged, taken away. */
static void test_lignes(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct sceau s;
    struct buffer b = {0};
    for (size_t n = 0; n < bordereau.len; n++) {
        buffer_clear(&b);
        buffer_append(&b, bordereau.bytes, n);
        assert_false(bordereau_lu(&b, &s, &d));
    }
    size_t lignes = 0, suite;
    for (size_t i = 0; i + 75 < bordereau.len; i = suite, lignes++) {
        suite = (size_t)(strchr(bordereau.bytes + i, '\n') - bordereau.bytes) + 1;
        for (int facon = 0; facon < 3; facon++) {
            buffer_clear(&b);
            buffer_append(&b, bordereau.bytes, facon == 0 ? i : suite);
            if (facon == 1)
                buffer_append(&b, bordereau.bytes + i, suite - i);
            else if (facon == 2)
                buffer_puts(&b, "cle inconnue\n");
            buffer_append(&b, bordereau.bytes + suite, bordereau.len - 75 - suite);
            controle_ecrire(&b);
            assert_false(bordereau_lu(&b, &s, &d));
        }
    }
    assert_int_equal(lignes, 17);
    buffer_free(&b);
    diag_vider(&d);
}

/* More hashes than a proof can have; numbers too large; a proof that would run past the tree. */
static void test_demesures(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct sceau s, grand;
    struct buffer b = {0};
    assert_true(bordereau_lu(&bordereau, &s, &d));
    grand = s;
    grand.entrees = INT64_C(999999999999999999);
    grand.precedent_entrees = grand.entrees - 1;
    grand.continuite.n = MERKLE_PREUVE_MAX;
    sceau_ecrire(&grand, &b);
    assert_false(bordereau_lu(&b, &s, &d));
    assert_string_equal(d.items[0].code, "E-204");
    b.len -= 75;
    for (int i = 0; i < 3; i++)
        buffer_append(&b, strstr(bordereau.bytes, "\ncontinuite ") + 1, 76);
    controle_ecrire(&b);
    assert_false(bordereau_lu(&b, &s, &d));
    assert_string_equal(d.items[0].code, "E-201");
    static const char *const faux[] = {"", "\n", "sons-sceau 1\n", "empreinte\n", "sons-sceau 1", "\0\0\0\0"};
    for (size_t i = 0; i < NOMBRE(faux); i++) {
        buffer_clear(&b);
        buffer_puts(&b, faux[i]);
        assert_false(bordereau_lu(&b, &s, &d));
        assert_int_equal(d.n, 1);
        controle_ecrire(&b);
        assert_false(bordereau_lu(&b, &s, &d));
    }
    buffer_free(&b);
    diag_vider(&d);
}

int main(void)
{
    exemple_lire();
    struct buffer b = {0};
    buffer_append(&b, bordereau.bytes, bordereau.len);
    controler(&b); /* the page is whole */
    if (b.len != bordereau.len || memcmp(b.bytes, bordereau.bytes, b.len) != 0)
        abort();
    buffer_free(&b);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_exemple),          cmocka_unit_test(test_octets), cmocka_unit_test(test_octets_controles),
                                       cmocka_unit_test(test_extrait_controle), cmocka_unit_test(test_lignes), cmocka_unit_test(test_demesures)};
    const int echecs = cmocka_run_group_tests(tests, NULL, NULL);
    buffer_free(&extrait);
    buffer_free(&bordereau);
    return echecs;
}
