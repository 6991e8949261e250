#include "essai_formats.h"

#include "../outils/alea.h"
#include "formats/finess.h"

#define ET "finess;etalab;93;2022-01-03\n"
#define GENERE 12
/* A row of 32 fields: number, EJ, category, aggregate, SIRET, opening. */
#define RANGEE(et, ej, cat, agr, siret, ouv) \
    "structureet;" et ";" ej ";NOM;;;;1;R;X;;;001;2A;CORSE DU SUD;20000 AJACCIO;;;" cat ";Lib;" agr ";Libagr;" siret ";;;;;;" ouv ";;;\n"
#define BONNE RANGEE("2A0000196", "2A0000220", "183", "4101", "78299184800048", "1967-12-20")
#define AUTRE RANGEE("2A0000238", "2A0022893", "189", "4106", "", "")

static bool lire(const char *octets, size_t len, const char *base, struct finess_fichier *f, struct diag_liste *d)
{
    struct jour declare = JOUR_ABSENT;
    if (base != NULL) assert_true(jour_parse_iso(slice_of(base), &declare));
    const char *chemin = provisoire(".finess.csv");
    ecrire_octets(chemin, octets, len);
    bool bon = finess_lire(chemin, declare, NULL, f, d);
    unlink(chemin);
    return bon;
}

static void source(const char *nom, char *chemin, size_t max)
{
    const char *racine = getenv("SONS_SRCDIR");
    snprintf(chemin, max, "%s/%s", racine != NULL ? racine : ".", nom);
}

static void egal(struct slice v, const char *attendu)
{
    if (!slice_equals(v, attendu)) fail_msg("« %.*s », attendu « %s »", (int)v.len, v.bytes, attendu);
}

/* The Corsican extract, figure by figure. */
static void test_corse(void **state)
{
    (void)state;
    char chemin[4096], t[16];
    struct finess_fichier f;
    struct diag_liste d = {0};
    source("samples/etalab-cs1100502-corse-20210108.csv", chemin, sizeof chemin);
    assert_true(finess_lire(chemin, JOUR_ABSENT, NULL, &f, &d));
    assert_int_equal(f.forme, FINESS_ETABLISSEMENTS);
    assert_string_equal(finess_forme_nom(f.forme), "cs1100502");
    assert_string_equal(jour_iso(f.date, t), "2021-01-08");
    assert_true(f.windows_1252);
    assert_int_equal(f.n_et, 182);
    assert_int_equal(f.lignes, 183);
    assert_int_equal(f.n_categories, 42);
    assert_int_equal(f.siret_ecartes, 0);
    assert_int_equal(f.dates_ecartees, 0);
    const struct etablissement *e = &f.et[0];
    assert_string_equal(finess_texte(e->et, t), "2A0000196");
    assert_string_equal(finess_texte(e->ej, t), "2A0000220");
    assert_int_equal(e->categorie, 183);
    assert_int_equal(e->agregat, 4101);
    assert_true(e->siret == UINT64_C(78299184800048));
    assert_string_equal(jour_iso(e->ouverture, t), "1967-12-20");
    egal(e->raison_sociale, "IME LES SALINES");
    egal(e->acheminement, "20090 AJACCIO");
    egal(e->departement, "2A");
    for (size_t i = 1; i < f.n_et; i++) assert_true(f.et[i - 1].et < f.et[i].et);
    for (size_t i = 1; i < f.n_categories; i++) assert_true(f.categories[i - 1].categorie < f.categories[i].categorie);
    assert_int_equal(f.categories[0].categorie, 165);
    egal(f.categories[0].libelle, "Appartement de Coordination Thérapeutique (A.C.T.)");
    finess_fichier_free(&f);
}

static int comparer(const void *x, const void *y)
{
    finess a = *(const finess *)x, b = *(const finess *)y;
    return (a > b) - (a < b);
}

/* The national stock, against the figures of finess.md. */
static void test_national(void **state)
{
    (void)state;
    char chemin[4096], hex[EMPREINTE_HEX];
    struct finess_fichier f;
    struct diag_liste d = {0};
    source("samples/etalab-cs1100502-stock-20210108-social.csv.gz", chemin, sizeof chemin);
    assert_true(finess_lire(chemin, JOUR_ABSENT, NULL, &f, &d));
    assert_int_equal(f.n_et, 46777);
    assert_int_equal(f.n_categories, 86);
    assert_string_equal(empreinte_hex(&f.empreinte, hex), "39f8fb6caaff50ca738ae9cfb4a5f9854ece8278bd2ae50d699cffa32f1f3266");
    size_t sirets = 0, ms1 = 0, pa = 0, accents = 0;
    finess *og[2] = {calloc(f.n_et, sizeof(finess)), calloc(f.n_et, sizeof(finess))};
    for (size_t i = 0; i < f.n_et; i++) {
        int niveau2 = f.et[i].agregat / 100;
        sirets += f.et[i].siret != 0;
        accents += !texte_is_ascii(f.et[i].raison_sociale.bytes, f.et[i].raison_sociale.len);
        assert_true(texte_is_utf8(f.et[i].raison_sociale.bytes, f.et[i].raison_sociale.len));
        if (niveau2 == 44) og[1][pa++] = f.et[i].ej;
        if (niveau2 == 41 || niveau2 == 43 || niveau2 == 44 || niveau2 == 46) og[0][ms1++] = f.et[i].ej;
    }
    assert_int_equal(sirets, 40364);
    assert_int_equal(ms1, 43138);
    assert_int_equal(pa, 10395);
    assert_true(accents > 0);
    /* EJ, and the sizes of those of aggregate 44: 1, 2–4, 5–10, 11–19, 20–99, 100 and more. */
    static const size_t bornes[] = {1, 4, 10, 19, 99, SIZE_MAX}, attendus[] = {5078, 1046, 139, 42, 22, 4};
    size_t tailles[6] = {0}, n[2] = {0, 0}, plus_gros = 0, total[2] = {ms1, pa};
    for (int k = 0; k < 2; k++) {
        qsort(og[k], total[k], sizeof(finess), comparer);
        for (size_t i = 0, j; i < total[k]; i = j, n[k]++) {
            size_t c = 0;
            for (j = i; j < total[k] && og[k][j] == og[k][i]; j++) {}
            while (j - i > bornes[c]) c++;
            if (k == 1) tailles[c]++;
            if (k == 0 && j - i > plus_gros) plus_gros = j - i;
        }
        free(og[k]);
    }
    assert_int_equal(n[0], 17011);
    assert_int_equal(n[1], 6331);
    assert_int_equal(plus_gros, 689);
    for (int c = 0; c < 6; c++) assert_int_equal(tailles[c], attendus[c]);
    finess_fichier_free(&f);
}

/* The published forms, each recognised by its content: what is read, set aside, mended; the rest by its name. */
static void test_formes(void **state)
{
    (void)state;
    static const struct {
        const char *nom, *base, *forme;
        size_t n_et, n_ej, sirets_ecartes, zeros, fermes;
        const char *code;
        uint64_t ligne;
        const char *dit;
    } cas[] = {
        {"etalab-cs1100502-extrait-20260512.csv", NULL, "cs1100502", 14, 0, 0, 0, 0, NULL, 0, NULL},
        {"finess_light-EXCEL-extrait-20260107.csv", NULL, "cs1100502", 2, 0, 2, 4, 0, NULL, 0, NULL},
        {"etalab-cs1100501-extrait-20260311-EXCEL.csv", "2026-03-11", "cs1100501", 0, 13, 0, 6, 0, NULL, 0, NULL},
        {"etalab-cs1100501-extrait-20260311-EXCEL.csv", NULL, NULL, 0, 0, 0, 0, 0, "E-030", 1, NULL},
        {"etalab-cs1100507-extrait-geolocalisation.csv", NULL, NULL, 0, 0, 0, 0, 0, "E-025", 2, "cs1100507 sans ses établissements"},
        {"etalab_stock_ej_20211231-extrait.csv", "2022-01-03", "archive_ej", 0, 5, 0, 0, 0, NULL, 0, NULL},
        {"etalab_stock_ej_20211231-extrait.csv", NULL, NULL, 0, 0, 0, 0, 0, "E-030", 1, NULL},
        {"etalab_stock_et_20201231-extrait.csv", "2020-12-31", "archive_et", 31, 0, 0, 0, 0, NULL, 0, NULL},
        {"etalab_stock_et_20201231-extrait.csv", NULL, NULL, 0, 0, 0, 0, 0, "E-030", 1, NULL},
        {"finess-structures-journalier-20260309-extrait.json", NULL, "structures", 1, 1, 0, 0, 3, NULL, 0, NULL},
        {"finess-structures-journalier-20260309-extrait.json", "2026-03-09", "structures", 1, 1, 0, 0, 3, NULL, 0, NULL},
        {"finess-structures-journalier-20260309-extrait.json", "2026-03-10", NULL, 0, 0, 0, 0, 0, "E-030", 1, "09/03/2026"},
        {"categories_20211214.csv", NULL, NULL, 0, 0, 0, 0, 0, "E-026", 1, "nomenclature des catégories"},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        char chemin[4096], nom[512];
        struct finess_fichier f;
        struct diag_liste d = {0};
        struct jour declare = JOUR_ABSENT;
        if (cas[i].base != NULL) jour_parse_iso(slice_of(cas[i].base), &declare);
        snprintf(nom, sizeof nom, "tests/formes/%s", cas[i].nom);
        source(nom, chemin, sizeof chemin);
        if (finess_lire(chemin, declare, NULL, &f, &d) != (cas[i].code == NULL)) fail_msg("%s : %s", nom, d.total > 0 ? d.items[0].message : "lu");
        if (cas[i].forme != NULL) assert_string_equal(finess_forme_nom(f.forme), cas[i].forme);
        assert_int_equal(f.n_et, cas[i].n_et);
        assert_int_equal(f.n_ej, cas[i].n_ej);
        assert_int_equal(f.siret_ecartes, cas[i].sirets_ecartes);
        assert_int_equal(f.zeros_remis, cas[i].zeros);
        assert_int_equal(f.et_fermes + f.ej_fermees, cas[i].fermes);
        if (cas[i].code != NULL) verifier_faute(cas[i].nom, &d, cas[i].code, cas[i].ligne, 0);
        if (cas[i].dit != NULL && strstr(d.items[0].trouve, cas[i].dit) == NULL) fail_msg("%s : %s", cas[i].nom, d.items[0].trouve);
        finess_fichier_free(&f);
        diag_vider(&d);
    }
}

/* The annual archives: columns by their names, whatever their order; the date must be declared. */
static void test_archives(void **state)
{
    (void)state;
    char chemin[4096], t[16];
    struct finess_fichier f;
    struct diag_liste d = {0};
    struct jour declare;
    jour_from_ymd(2022, 1, 3, &declare);
    source("tests/formes/etalab_stock_et_20201231-extrait.csv", chemin, sizeof chemin);
    assert_true(finess_lire(chemin, declare, NULL, &f, &d));
    assert_string_equal(jour_iso(f.date, t), "2022-01-03");
    assert_string_equal(finess_texte(f.et[0].et, t), "010000024");
    assert_string_equal(finess_texte(f.et[0].ej, t), "010780054");
    assert_int_equal(f.et[0].categorie, 355);
    assert_int_equal(f.et[0].agregat, 1102);
    assert_true(f.et[0].siret == UINT64_C(26010004500012));
    assert_string_equal(jour_iso(f.et[0].ouverture, t), "1979-02-13");
    egal(f.et[0].raison_sociale, "CENTRE HOSPITALIER DE BOURG-EN-BRESSE FLEYRIAT");
    egal(f.et[0].acheminement, "01440 VIRIAT");
    egal(f.et[0].departement, "01");
    for (size_t i = 0; i < f.n_categories; i++) {
        if (f.categories[i].categorie != 355) continue;
        egal(f.categories[i].libelle, "Centre Hospitalier (C.H.)"); /* the long label */
        egal(f.categories[i].libelle_agregat, "Centres Hospitaliers");
    }
    finess_fichier_free(&f);
    source("tests/formes/etalab_stock_ej_20211231-extrait.csv", chemin, sizeof chemin);
    assert_true(finess_lire(chemin, declare, NULL, &f, &d));
    static const struct { const char *ej; uint32_t siren; uint16_t statut; const char *rs, *ville; } ej[] = {
        {"040000168", 7050040, 73, "CENTRE DES CARMES", "04510 AIGLUN"},
        {"040000275", 782389787, 60, "ASSOC DEPT DE PARENTS ET D'AMIS DE PERS HANDICAPEES MENTALES", "04100 MANOSQUE"},
        {"040000283", 314271677, 61, "ASSOCIATION POUR ADULTES ET JEUNES HANDICAPES", "04160 CHATEAU ARNOUX ST AUBAN"},
        {"040787939", 260400536, 17, "CENTRE COMMUNAL D'ACTION SOCIALE", "04120 CASTELLANE"},
        {"080010002", 521812891, 66, "GROUPEMENT DE COOPERATION MEDICO SOCIAL L'IANT", "08090 MONTCORNET"}};
    assert_int_equal(f.n_ej, NOMBRE(ej));
    for (size_t i = 0; i < NOMBRE(ej); i++) {
        assert_string_equal(finess_texte(f.ej[i].ej, t), ej[i].ej);
        assert_int_equal(f.ej[i].siren, ej[i].siren);
        assert_int_equal(f.ej[i].statut, ej[i].statut);
        egal(f.ej[i].raison_sociale, ej[i].rs);
        egal(f.ej[i].acheminement, ej[i].ville);
    }
    finess_fichier_free(&f);
    static const char melange[] = "nofinesset;siret;dateouv;rslongue;rs;nofinessej;ligneacheminement;departement;libcategetab;categetab;libcategagretab;categagretab\n"
                                  "2A0000196;;20/12/1967;;\"LES \"\"LILAS\"\"\";2A0000220;20000 AJACCIO;2A;L;183;A;4101\n";
    assert_true(lire(melange, sizeof melange - 1, "2022-01-03", &f, &d));
    assert_int_equal(f.n_et, 1);
    assert_int_equal(f.et[0].agregat, 4101);
    egal(f.et[0].raison_sociale, "LES \"LILAS\"");
    assert_string_equal(jour_iso(f.et[0].ouverture, t), "1967-12-20");
    finess_fichier_free(&f);
    assert_int_equal(d.total, 0);
}

/* The statut juridique of the extraction of the entities, zeros lost or not. */
static void test_statuts(void **state)
{
    (void)state;
    static const uint16_t attendus[] = {73, 60, 21, 60, 60, 3, 61, 95, 60, 95, 95, 17, 10};
    char chemin[4096];
    struct finess_fichier f;
    struct diag_liste d = {0};
    struct jour declare;
    jour_from_ymd(2026, 3, 11, &declare);
    source("tests/formes/etalab-cs1100501-extrait-20260311-EXCEL.csv", chemin, sizeof chemin);
    assert_true(finess_lire(chemin, declare, NULL, &f, &d));
    assert_int_equal(f.n_ej, NOMBRE(attendus));
    for (size_t i = 0; i < NOMBRE(attendus); i++) assert_int_equal(f.ej[i].statut, attendus[i]);
    finess_fichier_free(&f);
}

/* What a spreadsheet does to the files is undone. */
static void test_tableur(void **state)
{
    (void)state;
    char chemin[4096], t[16];
    struct finess_fichier f;
    struct diag_liste d = {0};
    source("tests/formes/finess_light-EXCEL-extrait-20260107.csv", chemin, sizeof chemin);
    assert_true(finess_lire(chemin, JOUR_ABSENT, NULL, &f, &d));
    assert_string_equal(jour_iso(f.date, t), "2026-01-07");
    assert_string_equal(finess_texte(f.et[0].et, t), "010000024");
    assert_string_equal(finess_texte(f.et[0].ej, t), "010780054");
    assert_string_equal(jour_iso(f.et[0].ouverture, t), "1979-02-13");
    egal(f.et[0].departement, "01");
    egal(f.et[1].raison_sociale, "CH LA FÈRE");
    finess_fichier_free(&f);
    source("tests/formes/etalab-cs1100501-extrait-20260311-EXCEL.csv", chemin, sizeof chemin);
    struct jour declare;
    jour_from_ymd(2026, 3, 11, &declare);
    assert_true(finess_lire(chemin, declare, NULL, &f, &d));
    assert_int_equal(f.forme, FINESS_ENTITES);
    assert_string_equal(finess_texte(f.ej[0].ej, t), "010000156");
    assert_int_equal(f.ej[0].siren, 772201489);
    egal(f.ej[0].raison_sociale, "CLINIQUE CONVERT");
    egal(f.ej[12].acheminement, "98600 UVEA");
    finess_fichier_free(&f);
    assert_int_equal(d.total, 0);
}

static void test_acceptes(void **state)
{
    (void)state;
    static const struct { const char *cas; struct slice contenu; const char *base; size_t n, sirets, dates, nettoyes; } cas[] = {
        {"deux lignes", SLICE(ET BONNE AUTRE), NULL, 2, 0, 0, 0},
        {"même date déclarée", SLICE(ET BONNE), "2022-01-03", 1, 0, 0, 0},
        {"ligne 1 de tableur", SLICE("finess;etalab;93;03/01/2022;;;;\n" BONNE ";;;\n"), NULL, 1, 0, 0, 0},
        {"sans ligne 1, date déclarée", SLICE(BONNE AUTRE), "2022-01-03", 2, 0, 0, 0},
        {"ligne 1 sans date", SLICE("finess;etalab;93;\n" BONNE), "2022-01-03", 1, 0, 0, 0},
        {"BOM", SLICE("\xef\xbb\xbf" ET BONNE), NULL, 1, 0, 0, 0},
        {"non trié", SLICE(ET AUTRE BONNE), NULL, 2, 0, 0, 0},
        {"lignes vides", SLICE(ET "\n" BONNE "\r\n;;;;\n"), NULL, 1, 0, 0, 0},
        {"SIRET faux, date impossible", SLICE(ET RANGEE("2A0000196", "2A0000220", "183", "4101", "78299184800049", "2022-02-30")), NULL, 1, 1, 1, 0},
        {"caractère de contrôle", SLICE(ET "structureet;2A0000196;2A0000220;A\aB;;;;;;;;;;;;;;;183;;4101;;;;;;;;;;;\n"), NULL, 1, 0, 0, 1},
        {"contrôle C1", SLICE(ET "structureet;2A0000196;2A0000220;\xc3\xa9 A\xc2\x85" "B;;;;;;;;;;;;;;;183;;4101;;;;;;;;;;;\n"), NULL, 1, 0, 0, 1},
        {"cs1100507", SLICE(ET BONNE AUTRE "geolocalisation;2A0000196;1;2;1,A,B;2022-01-01\ngeolocalisation;2A0000238;;;;\n"), NULL, 2, 0, 0, 0},
        {"cs1100507 de tableur", SLICE(ET BONNE "geolocalisation;2A0000196;1;2;x;2022-01-01;;;;;;;;;;;;;;;;;;;;;;;;;;\n"), NULL, 1, 0, 0, 0},
        {"SIRET sans son zéro", SLICE(ET RANGEE("2A0000196", "2A0000220", "183", "4101", "0705004000011", "")), NULL, 1, 1, 0, 0},
        {"31 champs", SLICE(ET "structureet;2A0000196;2A0000220;A;;;;;;;;;;;;;;;183;;4101;;;;;;;;;;\n"), NULL, 1, 0, 0, 0},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct finess_fichier f;
        struct diag_liste d = {0};
        char t[16];
        if (!lire(cas[i].contenu.bytes, cas[i].contenu.len, cas[i].base, &f, &d)) fail_msg("%s : %s", cas[i].cas, d.items[0].message);
        assert_int_equal(f.n_et, cas[i].n);
        assert_int_equal(f.siret_ecartes, cas[i].sirets);
        assert_int_equal(f.dates_ecartees, cas[i].dates);
        assert_int_equal(f.textes_nettoyes, cas[i].nettoyes);
        assert_int_equal(f.coordonnees, strcmp(cas[i].cas, "cs1100507") == 0 ? 2 : strncmp(cas[i].cas, "cs1100507", 9) == 0);
        assert_string_equal(finess_forme_nom(f.forme), strncmp(cas[i].cas, "cs1100507", 9) == 0 ? "cs1100507" : "cs1100502");
        assert_string_equal(jour_iso(f.date, t), "2022-01-03");
        assert_string_equal(finess_texte(f.et[0].et, t), "2A0000196");
        if (cas[i].nettoyes) egal(f.et[0].raison_sociale, strstr(cas[i].cas, "C1") != NULL ? "é A  B" : "A B");
        finess_fichier_free(&f);
    }
}

static void test_refuses(void **state)
{
    (void)state;
    static const struct { const char *cas; struct slice contenu; const char *base; const char *code; uint64_t ligne; uint32_t colonne; const char *dit; } cas[] = {
        {"vide", SLICE(""), NULL, "E-010", 0, 0, NULL},
        {"ligne 1 seule", SLICE(ET), NULL, "E-010", 0, 0, NULL},
        {"binaire", SLICE("\x7f" "ELF\0\0\0"), NULL, "E-013", 0, 0, NULL},
        {"classeur", SLICE("PK\x03\x04"), NULL, "E-013", 0, 0, "classeur"},
        {"UTF-16", SLICE("\xff\xfe" "f\0i\0"), NULL, "E-014", 0, 0, NULL},
        {"CR seuls", SLICE("finess;etalab;93;2022-01-03\rstructureet;x"), NULL, "E-015", 0, 0, NULL},
        {"BOM puis octet faux", SLICE("\xef\xbb\xbf" ET BONNE "structureet;\xe9\n"), NULL, "E-016", 3, 0, NULL},
        {"guillemet ouvert", SLICE(ET "structureet;\"2A\n" BONNE), NULL, "E-017", 2, 0, NULL},
        {"après un guillemet", SLICE(ET BONNE "structureet;\"2\"A\n"), NULL, "E-017", 3, 0, NULL},
        {"33 champs", SLICE(ET BONNE "structureet;2A0000238;2A0022893;;;;;;;;;;;;;;;;183;;4101;;;;;;;;;;;;\n"), NULL, "E-023", 3, 0, NULL},
        {"31 champs après 32", SLICE(ET BONNE "structureet;2A0000238;2A0022893;;;;;;;;;;;;;;;;183;;4101;;;;;;;;;;\n"), NULL, "E-023", 3, 0, NULL},
        {"ligne 1 trop pleine", SLICE("finess;etalab;93;2022-01-03;x\n" BONNE), NULL, "E-023", 1, 5, NULL},
        {"cs1100505", SLICE(ET "structureet;2A0000196;2A0000220\nstructureet;2A0000238;2A0022893\nequipementsocial;2A0000196;x\n"), NULL, "E-025", 2, 0, "cs1100505 : équipements"},
        {"cs1100504", SLICE(ET "structureet;2A0000196;2A0000220\nactivitesoin;2A0000196;x\n"), NULL, "E-025", 2, 0, "cs1100504 : activités"},
        {"504 ou 505", SLICE(ET "structureet;2A0000196;2A0000220\n"), NULL, "E-025", 2, 0, "cs1100504 ou cs1100505"},
        {"505 sans les établissements", SLICE(ET "equipementsocial;2A0000196;x\n"), NULL, "E-025", 2, 0, "cs1100505"},
        {"cs1100507, coordonnées de cinq champs", SLICE(ET BONNE AUTRE "geolocalisation;2A0000196;1;2;x\n"), NULL, "E-023", 4, 0, "5 champs"},
        {"coordonnées parmi des entités", SLICE(ET "structureej;2A0000220;;;;;;;;;;;;;;;;;;;;;\ngeolocalisation;2A0000196;1;2;x;2022-01-01\n"), NULL, "E-025", 3, 0, "cs1100507"},
        {"archive sans date", SLICE("nofinessej;rs;rslongue;departement;ligneacheminement;siren;statutjuridique\n2A0000220;A;;2A;20000 AJACCIO;;60\n"), NULL, "E-030", 1, 0, NULL},
        {"archive sans sa colonne SIREN", SLICE("nofinessej;rs;rslongue;departement;ligneacheminement;statutjuridique\n"), "2022-01-03", "E-021", 1, 0, NULL},
        {"archive, ligne trop courte", SLICE("nofinessej;rs;rslongue;departement;ligneacheminement;siren;statutjuridique\n2A0000220;A;;2A;20000 AJACCIO;;60\n2A0000238;A\n"), "2022-01-03", "E-023", 3, 0, NULL},
        {"archive, numéro en double", SLICE("nofinessej;rs;rslongue;departement;ligneacheminement;siren;statutjuridique\n2A0000220;A;;2A;;;60\n2A0000220;B;;2A;;;60\n"), "2022-01-03", "E-028", 3, 1, "déjà ligne 2"},
        {"archive, statut illisible", SLICE("nofinessej;rs;rslongue;departement;ligneacheminement;siren;statutjuridique\n2A0000220;A;;2A;;;6O\n"), "2022-01-03", "E-031", 2, 7, NULL},
        {"archive vide", SLICE("nofinessej;rs;rslongue;departement;ligneacheminement;siren;statutjuridique\n"), "2022-01-03", "E-010", 0, 0, NULL},
        {"commandes", SLICE("Numéro;FINESS ET\n"), NULL, "E-026", 1, 0, NULL},
        {"Sirene", SLICE("siren;siret;x\n"), NULL, "E-026", 1, 0, "Sirene"},
        {"HTML", SLICE("<!DOCTYPE html>\n"), NULL, "E-013", 0, 0, "HTML"},
        {"505 sans la ligne 1", SLICE("equipementsocial;2A0000196;x\n"), NULL, "E-025", 1, 0, "cs1100505"},
        {"ET et EJ mêlés", SLICE(ET BONNE "structureej;2A0000220;;;;;;;;;;;;;;;;;;;;;\n"), NULL, "E-025", 3, 0, "mêlés"},
        {"autre JSON", SLICE("[1, 2]\n"), NULL, "E-026", 1, 0, "JSON"},
        {"autre CSV", SLICE("a;b\nBC-1;2A0000196\n"), NULL, "E-026", 1, 0, NULL},
        {"feuille de commandes", SLICE("numero;finess_et\nBC-1;2A0000196\n"), NULL, "E-026", 1, 0, "feuille de commandes"},
        {"virgules", SLICE("finess,etalab,93,2022-01-03\n"), NULL, "E-026", 1, 0, "virgules"},
        {"type inconnu", SLICE(ET BONNE "truc;2A0000196\n" AUTRE), NULL, "E-026", 3, 1, NULL},
        {"premier type inconnu", SLICE(ET "truc;2A0000196\n" AUTRE), NULL, "E-026", 2, 1, NULL},
        {"clé fausse", SLICE(ET BONNE RANGEE("2A0000197", "2A0000220", "183", "4101", "", "")), NULL, "E-027", 3, 2, NULL},
        {"EJ absent", SLICE(ET RANGEE("2A0000196", "", "183", "4101", "", "")), NULL, "E-027", 2, 3, NULL},
        {"pas un numéro", SLICE(ET RANGEE("2C0000196", "2A0000220", "183", "4101", "", "")), NULL, "E-027", 2, 2, NULL},
        {"doublon", SLICE(ET BONNE AUTRE BONNE), NULL, "E-028", 4, 2, "2A0000196, déjà ligne 2"},
        {"ET et EJ à la fois", SLICE(ET BONNE RANGEE("2A0000220", "2A0022893", "183", "4101", "", "")), NULL, "E-029", 3, 2, "2A0000220"},
        {"son propre EJ", SLICE(ET RANGEE("2A0000196", "2A0000196", "183", "4101", "", "")), NULL, "E-029", 2, 2, NULL},
        {"sans date", SLICE(BONNE), NULL, "E-030", 1, 0, NULL},
        {"autre date déclarée", SLICE(ET BONNE), "2022-01-04", "E-030", 1, 4, "03/01/2022"},
        {"date impossible", SLICE("finess;etalab;93;2022-02-30\n" BONNE), "2022-01-03", "E-030", 1, 4, NULL},
        {"catégorie", SLICE(ET RANGEE("2A0000196", "2A0000220", "18x", "4101", "", "")), NULL, "E-031", 2, 19, NULL},
        {"agrégat", SLICE(ET RANGEE("2A0000196", "2A0000220", "183", "41010", "", "")), NULL, "E-031", 2, 21, NULL},
    };
    for (size_t i = 0; i < NOMBRE(cas); i++) {
        struct finess_fichier f;
        struct diag_liste d = {0};
        assert_false(lire(cas[i].contenu.bytes, cas[i].contenu.len, cas[i].base, &f, &d));
        verifier_faute(cas[i].cas, &d, cas[i].code, cas[i].ligne, cas[i].colonne);
        if (cas[i].dit != NULL && (d.items[0].trouve == NULL || strstr(d.items[0].trouve, cas[i].dit) == NULL)) {
            fail_msg("%s : « %s », attendu « %s »", cas[i].cas, d.items[0].trouve, cas[i].dit);
        }
        assert_null(f.et);
        assert_null(f.prive);
        diag_vider(&d);
    }
}

/* The encoding of the whole file: known at its last line, nothing is reported twice. */
static void test_encodage(void **state)
{
    (void)state;
#define NOM(nom, et) "structureet;" et ";2A0000220;" nom ";;;;;;;;;;;;;;;183;Biblioth\xe8que;4101;;;;;;;;;;;\n"
    struct finess_fichier f;
    struct diag_liste d = {0};
    static const char tard[] = ET "structureet;2A0000238;2A0000220;\xc3\xa9;;;;;;;;;;;;;;;183;a;4101;;;;;;;;;;;\nstructureet;x\n" NOM("l\x92\xe9t\xe9", "2A0000196");
    assert_false(lire(tard, sizeof tard - 1, NULL, &f, &d));
    verifier_faute("une seule fois", &d, "E-023", 3, 0);
    diag_vider(&d);
    static const char bon[] = ET "structureet;2A0000238;2A0000220;\xc3\xa9;;;;;;;;;;;;;;;183;a;4101;;;;;;;;;;;\n" NOM("l\x92\xe9t\xe9", "2A0000196");
    assert_true(lire(bon, sizeof bon - 1, NULL, &f, &d));
    assert_true(f.windows_1252);
    assert_int_equal(f.n_et, 2);
    egal(f.et[0].raison_sociale, "l’été");
    egal(f.et[1].raison_sociale, "Ã©");
    assert_int_equal(f.n_categories, 1);
    finess_fichier_free(&f);
    static const char utf8[] = ET "structureet;2A0000238;2A0000220;\xc3\xa9;;;;;;;;;;;;;;;183;a;4101;;;;;;;;;;;\n";
    assert_true(lire(utf8, sizeof utf8 - 1, NULL, &f, &d));
    assert_false(f.windows_1252);
    egal(f.et[0].raison_sociale, "é");
    finess_fichier_free(&f);
}

/* Every fault of a file at once; the raison sociale longue first; quotes. */
static void test_ensemble(void **state)
{
    (void)state;
    struct finess_fichier f;
    struct diag_liste d = {0};
    static const char fautes[] = ET RANGEE("1", "", "x", "y", "", "") "structureet\n" BONNE "autre\n" BONNE;
    assert_false(lire(fautes, sizeof fautes - 1, NULL, &f, &d));
    static const char *const codes[] = {"E-027", "E-027", "E-031", "E-031", "E-023", "E-026", "E-028"};
    assert_int_equal(d.total, NOMBRE(codes));
    for (size_t i = 0; i < NOMBRE(codes); i++) assert_string_equal(d.items[i].code, codes[i]);
    diag_vider(&d);
    static const char noms[] = ET "structureet;2A0000196;2A0000220;COURT;\"LONG \"\"LES LILAS\"\"\";;;;;;;;;;;;;;183;;4101;;;;;;;;;;;\n"
                                  "structureet;2A0000238;2A0000220;\"C;D\"; ;;;;;;;;;;;;;;183;;4101;;;;;;;;;;;\n";
    assert_true(lire(noms, sizeof noms - 1, NULL, &f, &d));
    egal(f.et[0].raison_sociale, "LONG \"LES LILAS\"");
    egal(f.et[1].raison_sociale, "C;D");
    finess_fichier_free(&f);
}

/* A number of 2A or of 01 to 95, with its key. */
static void numero(char out[GENERE], struct alea *a)
{
    uint32_t departement = 1 + alea_sous(a, 95), reste = alea_sous(a, 1000000);
    snprintf(out, GENERE, "%02u%06u", departement, reste);
    if (departement == 20) memcpy(out, "2A", 2);
    out[8] = luhn_cle(out, 8);
    out[9] = '\0';
}

/* Among made-up rows in any order, one ET is also the EJ of another, anywhere: it is found, at its line, and nothing else. */
static void test_et_et_ej(void **state)
{
    (void)state;
    struct alea a = alea_de(5, 5);
    for (int essai = 0; essai < 200; essai++) {
        struct buffer b = {0};
        struct finess_fichier f;
        struct diag_liste d = {0};
        char et[60][GENERE], ej[60][GENERE];
        for (int i = 0; i < 60; i++) {
            numero(et[i], &a);
            numero(ej[i], &a);
        }
        uint32_t victime = alea_sous(&a, 60), autre = (victime + 1 + alea_sous(&a, 59)) % 60;
        if (essai % 4 != 0) memcpy(ej[autre], et[victime], GENERE);
        buffer_puts(&b, ET);
        for (int i = 0; i < 60; i++) buffer_printf(&b, "structureet;%s;%s;N;;;;;;;;;;;;;;;183;a;4101;;;;;;;;;;;\n", et[i], ej[i]);
        assert_int_equal(lire(b.bytes, b.len, NULL, &f, &d), essai % 4 == 0);
        if (essai % 4 != 0) verifier_faute("ET et EJ", &d, "E-029", victime + 2, 2);
        finess_fichier_free(&f);
        diag_vider(&d);
        buffer_free(&b);
    }
}

/* A NUL far from the first bytes is found by its line. */
static void test_octet_nul(void **state)
{
    (void)state;
    struct buffer b = {0};
    struct finess_fichier f;
    struct diag_liste d = {0};
    buffer_puts(&b, ET);
    for (int i = 0; i < 50; i++) buffer_puts(&b, ";;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;\n");
    buffer_append(&b, BONNE, sizeof BONNE - 1);
    buffer_append(&b, "structureet;\0\n", 14);
    assert_true(b.len > 4096);
    assert_false(lire(b.bytes, b.len, NULL, &f, &d));
    verifier_faute("octet nul", &d, "E-013", 53, 0);
    diag_vider(&d);
    buffer_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corse),    cmocka_unit_test(test_national), cmocka_unit_test(test_formes), cmocka_unit_test(test_archives), cmocka_unit_test(test_statuts),
        cmocka_unit_test(test_tableur),  cmocka_unit_test(test_acceptes), cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_encodage), cmocka_unit_test(test_ensemble), cmocka_unit_test(test_et_et_ej), cmocka_unit_test(test_octet_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
