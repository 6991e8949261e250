#include "config.h" /* _GNU_SOURCE */

#include "essai.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include "noyau/fichier.h"
#include "noyau/memoire.h"

/* Calls to the system that can be told to fail (-Wl,--wrap). */
static int echec_fsync, echec_write, echec_rename, echec_renameat2, echec_link, echec_read, lectures, ecriture_courte, interruptions;

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
    return echec_fsync ? (errno = echec_fsync, -1) : __real_fsync(fd);
}
ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n)
{
    if (fd <= STDERR_FILENO)
        return __real_write(fd, p, n);
    if (interruptions > 0) {
        interruptions--;
        errno = EINTR;
        return -1;
    }
    if (echec_write)
        return errno = echec_write, -1;
    return __real_write(fd, p, ecriture_courte && n > 3 ? 3 : n);
}
ssize_t __real_read(int fd, void *p, size_t n);
ssize_t __wrap_read(int fd, void *p, size_t n);
ssize_t __wrap_read(int fd, void *p, size_t n)
{
    if (interruptions > 0) {
        interruptions--;
        errno = EINTR;
        return -1;
    }
    if (echec_read && lectures-- <= 0)
        return errno = echec_read, -1;
    return __real_read(fd, p, n);
}
int __real_rename(const char *a, const char *b);
int __wrap_rename(const char *a, const char *b);
int __wrap_rename(const char *a, const char *b)
{
    return echec_rename ? (errno = echec_rename, -1) : __real_rename(a, b);
}
int __real_renameat2(int fa, const char *a, int fb, const char *b, unsigned flags);
int __wrap_renameat2(int fa, const char *a, int fb, const char *b, unsigned flags);
int __wrap_renameat2(int fa, const char *a, int fb, const char *b, unsigned flags)
{
    return echec_renameat2 ? (errno = echec_renameat2, -1) : __real_renameat2(fa, a, fb, b, flags);
}
int __real_link(const char *a, const char *b);
int __wrap_link(const char *a, const char *b);
int __wrap_link(const char *a, const char *b)
{
    return echec_link ? (errno = echec_link, -1) : __real_link(a, b);
}

static char dossier[PATH_MAX];

static const char *chemin(const char *nom)
{
    static char tour[8][PATH_MAX + 300];
    static unsigned k;
    char *p = tour[k++ % 8];
    snprintf(p, sizeof tour[0], "%s/%s", dossier, nom);
    return p;
}

static void ecrire(const char *nom, const char *texte)
{
    FILE *f = fopen(chemin(nom), "w");
    assert_non_null(f);
    fputs(texte, f);
    fclose(f);
}

static void contenu(const char *nom, const char *attendu)
{
    struct buffer b = {0};
    struct diag_liste l = {0};
    assert_true(fichier_lire(chemin(nom), FICHIER_SANS_LIEN, 1 << 20, &b, &l));
    assert_string_equal(b.bytes, attendu);
    buffer_free(&b);
    diag_vider(&l);
}

/* Number of entries of the folder: nothing temporary is left behind. */
static size_t entrees(void)
{
    char commande[PATH_MAX + 32], nombre[32] = "";
    snprintf(commande, sizeof commande, "ls -A '%s' | wc -l", dossier);
    FILE *f = popen(commande, "r");
    assert_non_null(f);
    assert_non_null(fgets(nombre, sizeof nombre, f));
    pclose(f);
    return (size_t)atoi(nombre);
}

static int preparer(void **state)
{
    (void)state;
    const char *tmp = getenv("TMPDIR");
    snprintf(dossier, sizeof dossier, "%s/sons-fichier.XXXXXX", tmp && *tmp ? tmp : "/tmp");
    return mkdtemp(dossier) ? 0 : -1;
}

static int nettoyer(void **state)
{
    (void)state;
    echec_fsync = echec_write = echec_rename = echec_renameat2 = echec_link = echec_read = 0;
    ecriture_courte = interruptions = 0;
    char commande[PATH_MAX + 32];
    snprintf(commande, sizeof commande, "rm -rf '%s'", dossier);
    return system(commande);
}

static void test_ouvrir(void **state)
{
    (void)state;
    ecrire("a.csv", "numero;essms\n");
    assert_int_equal(mkdir(chemin("d"), 0700), 0);
    assert_int_equal(mkfifo(chemin("tube"), 0600), 0);
    assert_int_equal(symlink("a.csv", chemin("lien")), 0);
    assert_int_equal(symlink("nulle-part", chemin("casse")), 0);
    assert_int_equal(symlink("boucle", chemin("boucle")), 0);
    assert_int_equal(symlink("d", chemin("lien_d")), 0);
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un adresse = {.sun_family = AF_UNIX};
    assert_true(strlen(chemin("s")) < sizeof adresse.sun_path);
    strcpy(adresse.sun_path, chemin("s"));
    assert_int_equal(bind(s, (struct sockaddr *)&adresse, sizeof adresse), 0);
    close(s);
    static const struct { const char *nom; enum fichier_ouverture mode; const char *code, *mot; } cas[] = {
        {"a.csv", FICHIER_LIENS_SUIVIS, NULL, NULL},
        {"a.csv", FICHIER_SANS_LIEN, NULL, NULL},
        {"lien", FICHIER_LIENS_SUIVIS, NULL, NULL},
        {"lien", FICHIER_SANS_LIEN, "E-003", "lien"},
        {"casse", FICHIER_LIENS_SUIVIS, "E-001", "n'existe pas"},
        {"casse", FICHIER_SANS_LIEN, "E-003", "lien"},
        {"boucle", FICHIER_LIENS_SUIVIS, "E-001", "liens"},
        {"lien_d", FICHIER_LIENS_SUIVIS, "E-002", "dossier"},
        {"d", FICHIER_LIENS_SUIVIS, "E-002", "dossier"},
        {"tube", FICHIER_LIENS_SUIVIS, "E-002", "tube"},
        {"s", FICHIER_SANS_LIEN, "E-002", "prise"},
        {"absent", FICHIER_SANS_LIEN, "E-001", "n'existe pas"},
        {"a.csv/b", FICHIER_SANS_LIEN, "E-001", "pas un dossier"},
        {"/dev/zero", FICHIER_SANS_LIEN, "E-002", "périphérique"},
        {"", FICHIER_LIENS_SUIVIS, "E-001", "n'existe pas"},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        const char *nom = cas[i].nom[0] == '/' || !cas[i].nom[0] ? cas[i].nom : chemin(cas[i].nom);
        struct diag_liste l = {0};
        int64_t taille = -77;
        int fd = fichier_ouvrir(nom, cas[i].mode, &taille, &l);
        if (!cas[i].code) {
            assert_true(fd >= 0);
            assert_int_equal(taille, 13);
            assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
            assert_int_equal(l.n, 0);
            close(fd);
        } else {
            assert_int_equal(fd, -1);
            assert_int_equal(l.n, 1);
            assert_string_equal(l.items[0].code, cas[i].code);
            assert_non_null(strstr(l.items[0].message, cas[i].mot));
            assert_string_equal(l.items[0].fichier, nom);
        }
        diag_vider(&l);
    }
}

static void test_lire(void **state)
{
    (void)state;
    struct buffer b = {0};
    struct diag_liste l = {0};
    ecrire("vide", "");
    assert_true(fichier_lire(chemin("vide"), FICHIER_SANS_LIEN, 0, &b, &l));
    assert_string_equal(b.bytes, "");
    ecrire("dix", "0123456789");
    buffer_puts(&b, "avant:");
    assert_true(fichier_lire(chemin("dix"), FICHIER_SANS_LIEN, 10, &b, &l));
    assert_string_equal(b.bytes, "avant:0123456789");
    assert_false(fichier_lire(chemin("dix"), FICHIER_SANS_LIEN, 9, &b, &l));
    assert_string_equal(b.bytes, "avant:0123456789"); /* untouched */
    assert_string_equal(l.items[0].code, "E-004");
    assert_string_equal(l.items[0].attendu, "9 octets au plus");
    diag_vider(&l);
    /* a file that says it is empty and is not: the bound holds all the same */
    buffer_clear(&b);
    assert_true(fichier_lire("/proc/self/status", FICHIER_SANS_LIEN, 1 << 20, &b, &l));
    assert_true(b.len > 100);
    size_t len = b.len;
    assert_false(fichier_lire("/proc/self/status", FICHIER_SANS_LIEN, 50, &b, &l));
    assert_int_equal(b.len, len);
    assert_string_equal(l.items[0].code, "E-004");
    diag_vider(&l);
    buffer_clear(&b);
    interruptions = 3;
    assert_true(fichier_lire(chemin("dix"), FICHIER_SANS_LIEN, 10, &b, &l));
    assert_string_equal(b.bytes, "0123456789");
    echec_read = EIO;
    assert_false(fichier_lire(chemin("dix"), FICHIER_SANS_LIEN, 10, &b, &l));
    assert_string_equal(b.bytes, "0123456789");
    assert_string_equal(l.items[0].code, "E-005");
    diag_vider(&l);
    static char gros[200001];
    memset(gros, 'g', sizeof gros - 1);
    ecrire("gros", gros);
    lectures = 2; /* what was read before the fault is taken back */
    assert_false(fichier_lire(chemin("gros"), FICHIER_SANS_LIEN, 1 << 20, &b, &l));
    assert_string_equal(b.bytes, "0123456789");
    diag_vider(&l);
    echec_read = 0;
    assert_true(fichier_lire(chemin("gros"), FICHIER_SANS_LIEN, 200000, &b, &l));
    assert_int_equal(b.len, 200010);
    buffer_free(&b);
}

static bool publier(const char *nom, const char *texte, bool remplacer, struct diag_liste *l)
{
    struct fichier_tmp t;
    assert_true(fichier_tmp_creer(&t, chemin(nom), l));
    assert_true(fichier_write(t.fd, texte, strlen(texte)));
    assert_true(fichier_tmp_sceller(&t, l));
    bool ok = fichier_tmp_publier(&t, remplacer, l);
    assert_null(t.chemin);
    assert_null(t.provisoire);
    assert_int_equal(t.fd, -1);
    return ok;
}

static void test_publier(void **state)
{
    (void)state;
    struct diag_liste l = {0};
    struct fichier_tmp t;
    char provisoire[64];
    assert_true(fichier_tmp_creer(&t, chemin("lot.zip"), &l));
    snprintf(provisoire, sizeof provisoire, ".lot.zip.%ld.tmp", (long)getpid());
    assert_string_equal(t.provisoire, chemin(provisoire));
    assert_int_equal(access(chemin("lot.zip"), F_OK), -1); /* invisible until then */
    ecriture_courte = 1;
    interruptions = 2;
    assert_true(fichier_write(t.fd, "contenu du lot", 14));
    ecriture_courte = 0;
    assert_true(fichier_tmp_sceller(&t, &l));
    assert_int_equal(access(chemin("lot.zip"), F_OK), -1);
    assert_true(fichier_tmp_publier(&t, false, &l));
    contenu("lot.zip", "contenu du lot");
    assert_int_equal(entrees(), 1);
    assert_false(publier("lot.zip", "autre", false, &l)); /* refused, and the first one stays */
    assert_string_equal(l.items[0].code, "E-007");
    contenu("lot.zip", "contenu du lot");
    assert_int_equal(entrees(), 1);
    diag_vider(&l);
    assert_true(publier("lot.zip", "autre", true, &l));
    contenu("lot.zip", "autre");
    assert_int_equal(entrees(), 1);
    assert_int_equal(l.n, 0);
}

/* File systems whose kernel driver cannot refuse an existing name: the hard link does it. */
static void test_sans_renameat2(void **state)
{
    (void)state;
    static const int absences[] = {ENOSYS, EINVAL};
    for (size_t i = 0; i < NOMBRE(absences); i++) {
        struct diag_liste l = {0};
        const char *nom = i ? "b" : "a";
        echec_renameat2 = absences[i];
        assert_true(publier(nom, "un", false, &l));
        contenu(nom, "un");
        assert_false(publier(nom, "deux", false, &l));
        assert_string_equal(l.items[0].code, "E-007");
        contenu(nom, "un");
        assert_int_equal(entrees(), i + 1);
        diag_vider(&l);
    }
    struct diag_liste l = {0};
    echec_link = EPERM;
    assert_false(publier("c", "un", false, &l));
    assert_string_equal(l.items[0].code, "E-006");
    assert_int_equal(entrees(), 2);
    diag_vider(&l);
}

static void test_pannes(void **state)
{
    (void)state;
    struct diag_liste l = {0};
    struct fichier_tmp t;
    assert_true(publier("a", "avant", true, &l));
    echec_rename = EIO;
    assert_false(publier("a", "apres", true, &l));
    assert_string_equal(l.items[0].code, "E-006");
    assert_int_equal(l.pire, SORTIE_ENVIRONNEMENT);
    contenu("a", "avant");
    assert_int_equal(entrees(), 1);
    diag_vider(&l);
    echec_rename = 0;
    assert_true(fichier_tmp_creer(&t, chemin("a"), &l));
    echec_write = ENOSPC;
    assert_false(fichier_write(t.fd, "x", 1));
    assert_int_equal(errno, ENOSPC);
    echec_write = 0;
    echec_fsync = EIO;
    assert_false(fichier_tmp_sceller(&t, &l));
    assert_string_equal(l.items[0].code, "E-006");
    diag_vider(&l);
    echec_fsync = EINVAL; /* a file system without fsync */
    assert_true(fichier_tmp_sceller(&t, &l));
    echec_fsync = EIO; /* of the folder: the file is in place, and the fault is said */
    assert_false(fichier_tmp_publier(&t, true, &l));
    assert_int_equal(l.n, 1);
    assert_non_null(strstr(l.items[0].message, "en place"));
    echec_fsync = 0;
    assert_int_equal(entrees(), 1);
    diag_vider(&l);
    assert_true(fichier_tmp_creer(&t, chemin("b"), &l));
    fichier_tmp_abandonner(&t);
    assert_int_equal(t.fd, -1);
    assert_null(t.provisoire);
    assert_int_equal(entrees(), 1);
    fichier_tmp_abandonner(&t); /* twice does nothing */
}

static void test_creer_refus(void **state)
{
    (void)state;
    assert_int_equal(mkdir(chemin("d"), 0700), 0);
    assert_int_equal(mkfifo(chemin("tube"), 0600), 0);
    ecrire("cible", "intacte");
    assert_int_equal(symlink("cible", chemin("lien")), 0);
    static const struct { const char *nom, *code; } cas[] = {
        {"d", "E-002"}, {"tube", "E-002"}, {"lien", "E-003"}, {"d/", "E-008"}, {"", "E-008"}, {"absent/x", "E-006"},
        {"cible/x", "E-006"}, {"/dev/null", "E-002"},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct diag_liste l = {0};
        struct fichier_tmp t;
        const char *nom = cas[i].nom[0] == '/' || !cas[i].nom[0] ? cas[i].nom : chemin(cas[i].nom);
        assert_false(fichier_tmp_creer(&t, nom, &l));
        assert_int_equal(l.n, 1);
        assert_string_equal(l.items[0].code, cas[i].code);
        assert_int_equal(t.fd, -1);
        diag_vider(&l);
    }
    contenu("cible", "intacte");
    assert_int_equal(entrees(), 4);
    /* a link put there meanwhile is not replaced either */
    struct diag_liste l = {0};
    struct fichier_tmp t;
    assert_true(fichier_tmp_creer(&t, chemin("nouveau"), &l));
    assert_int_equal(symlink("cible", chemin("nouveau")), 0);
    assert_false(fichier_tmp_publier(&t, true, &l));
    assert_string_equal(l.items[0].code, "E-003");
    assert_int_equal(entrees(), 5);
    diag_vider(&l);
}

static void test_noms(void **state)
{
    (void)state;
    struct diag_liste l = {0};
    char nom[256];
    memset(nom, 'n', 255);
    nom[255] = '\0';
    assert_true(publier(nom, "long", false, &l)); /* the longest name a folder takes */
    contenu(nom, "long");
    assert_true(publier("a b'\"é", "x", false, &l));
    /* remains of a process of the same number do not stop the work, and stay */
    char reste[64];
    snprintf(reste, sizeof reste, ".f.%ld.tmp", (long)getpid());
    ecrire(reste, "reste");
    assert_true(publier("f", "neuf", false, &l));
    contenu("f", "neuf");
    contenu(reste, "reste");
    assert_int_equal(entrees(), 4);
    assert_int_equal(l.n, 0);
    /* in the current folder, without a slash */
    char ici[PATH_MAX];
    assert_non_null(getcwd(ici, sizeof ici));
    assert_int_equal(chdir(dossier), 0);
    struct fichier_tmp t;
    assert_true(fichier_tmp_creer(&t, "sans-dossier", &l));
    assert_true(fichier_tmp_publier(&t, false, &l));
    assert_int_equal(chdir(ici), 0);
    contenu("sans-dossier", "");
}

static void test_relatif(void **state)
{
    (void)state;
    static const struct { const char *feuille; struct slice nom; const char *chemin; } cas[] = {
        {"commandes.csv", SLICE("bc.pdf"), "bc.pdf"}, {"a/b/c.csv", SLICE("p/bc.pdf"), "a/b/p/bc.pdf"},
        {"/c.csv", SLICE("bc.pdf"), "/bc.pdf"}, {"a/c.csv", SLICE("/tmp/bc.pdf"), NULL},
        {"a/c.csv", SLICE("../bc.pdf"), NULL}, {"a/c.csv", SLICE("p/../../bc.pdf"), NULL}, {"a/c.csv", SLICE("p/.."), NULL},
        {"a/c.csv", SLICE("..p/q../r..s/bc.pdf"), "a/..p/q../r..s/bc.pdf"},
        {"a/c.csv", SLICE("é ' \".pdf"), "a/é ' \".pdf"}, {"a/c.csv", SLICE(""), NULL},
        {"a/c.csv", SLICE("b\nc"), NULL}, {"a/c.csv", SLICE("b\0c"), NULL}, {"a/c.csv", SLICE("b\tc"), NULL},
        {"a/c.csv", SLICE("\x1b[2J"), NULL},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        char *p = fichier_chemin_relatif(cas[i].feuille, cas[i].nom);
        if (cas[i].chemin)
            assert_string_equal(p, cas[i].chemin);
        else
            assert_null(p);
        memoire_free(p);
    }
    char long_[4097];
    memset(long_, 'a', sizeof long_);
    char *p = fichier_chemin_relatif("c.csv", (struct slice){long_, 4096});
    assert_int_equal(strlen(p), 4096);
    memoire_free(p);
    assert_null(fichier_chemin_relatif("c.csv", (struct slice){long_, 4097}));
}

/* Every cause we name is French and different from "erreur inconnue". */
static void test_causes(void **state)
{
    (void)state;
    assert_string_equal(fichier_cause(ENOSPC), "plus de place sur le disque");
    assert_string_equal(fichier_cause(EACCES), fichier_cause(EPERM));
    assert_non_null(fichier_cause(EXDEV));
    assert_string_equal(fichier_cause(-1), "erreur inconnue");
}

#define CAS(f) cmocka_unit_test_setup_teardown(f, preparer, nettoyer)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CAS(test_ouvrir), CAS(test_lire), CAS(test_publier), CAS(test_sans_renameat2), CAS(test_pannes),
        CAS(test_creer_refus), CAS(test_noms), cmocka_unit_test(test_relatif), cmocka_unit_test(test_causes),
    };
    return cmocka_run_group_tests_name("fichier", tests, NULL, NULL);
}
