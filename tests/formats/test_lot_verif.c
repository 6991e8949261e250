/* `lot verifier` against lots that are right, wrong, and hostile: exact codes, exact counts. */
#include "../noyau/essai.h"

#include "lot_exemple.h"
#include "zip_brut.h"

#define CHEMIN "lot_verif.tmp.zip"

static struct buffer xml;           /* of the example */
static char noms[2][96];            /* of its pieces */

static int prepare(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct lot_exemple x;
    lot_exemple(&x);
    for (unsigned i = 0; i < 2; i++)
        piece_nom(piece_textes[i], noms[i]);
    return lot_exemple_xml(&x, &xml, NULL, &d) ? 0 : -1;
}

static int clean(void **state)
{
    (void)state;
    buffer_free(&xml);
    unlink(CHEMIN);
    return 0;
}

static void put_file(const struct buffer *b)
{
    int fd = open(CHEMIN, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_true(fichier_write(fd, b->bytes, b->len));
    close(fd);
}

/* Codes told, in order, separated by blanks: "E-049 E-048". */
static const char *verify(struct lot_rapport *r)
{
    static char codes[256];
    struct diag_liste d = {0};
    struct lot_rapport local;
    bool ok = lot_verifier(CHEMIN, NULL, NULL, r ? r : &local, &d);
    size_t len = 0;
    codes[0] = '\0';
    for (size_t i = 0; i < d.n && len + 8 < sizeof codes; i++)
        len += (size_t)snprintf(codes + len, sizeof codes - len, "%s%s", i ? " " : "", d.items[i].code);
    assert_int_equal(ok, d.total == 0);
    diag_vider(&d);
    return codes;
}

/* The same for codes of the table, −1 ends. */
static const char *expected(const int *codes)
{
    static char out[256];
    size_t len = 0;
    out[0] = '\0';
    for (; *codes >= 0; codes++)
        len += (size_t)snprintf(out + len, sizeof out - len, "%s%s", len ? " " : "", erreur_texte((enum erreur_code)*codes));
    return out;
}

static void test_conforme(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct lot_rapport r;
    struct buffer file = {0};
    assert_true(lot_exemple_zip(CHEMIN, &xml, &d));
    assert_string_equal(verify(&r), "");
    assert_int_equal(r.numero, 7);
    assert_int_equal(r.siren, 732829320);
    assert_string_equal(r.couloir, "MS1");
    assert_true(r.fictif);
    assert_false(r.reconstitue);
    assert_int_equal(r.demandes, 2);
    assert_int_equal(r.essms, 3);
    assert_int_equal(r.pieces, 2);
    assert_int_equal(r.somme.centimes, 191400);
    struct empreinte e = empreinte_de(xml.bytes, xml.len);
    assert_true(empreinte_egale(&e, &r.xml));
    assert_true(fichier_lire(CHEMIN, FICHIER_SANS_LIEN, 1 << 20, &file, &d));
    e = empreinte_de(file.bytes, file.len);
    assert_true(empreinte_egale(&e, &r.fichier));
    buffer_free(&file);
}

/* --- every byte of the archive counts --- */
static void test_chaque_octet(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct buffer file = {0};
    assert_true(lot_exemple_zip(CHEMIN, &xml, &d));
    assert_true(fichier_lire(CHEMIN, FICHIER_SANS_LIEN, 1 << 20, &file, &d));
    unsigned silent = 0;
    for (size_t i = 0; i < file.len; i++) {
        if (i > 60 && i < xml.len && i % 13) /* inside lot.xml: its CRC sees all alike */
            continue;
        int fd = open(CHEMIN, O_WRONLY);
        char c = (char)(file.bytes[i] ^ 0x10);
        assert_true(pwrite(fd, &c, 1, (off_t)i) == 1);
        if (*verify(NULL) == '\0')
            silent++;
        assert_true(pwrite(fd, file.bytes + i, 1, (off_t)i) == 1);
        close(fd);
    }
    /* What nothing is decided on, per entry: version needed and time in both headers (12), version made by (2), internal
     * attributes (2), a spare byte of the external ones and the permissions (2). */
    assert_int_equal(silent, 3 * 18);
    assert_string_equal(verify(NULL), "");
    for (size_t n = 0; n < file.len; n += 7) { /* cut anywhere */
        assert_int_equal(truncate(CHEMIN, (off_t)n), 0);
        assert_string_equal(verify(NULL), erreur_texte(E_ZIP_FORME));
        put_file(&file);
    }
    buffer_free(&file);
}

static struct buffer edited(const char *from, const char *to)
{
    struct buffer out = {0};
    const char *at = strstr(xml.bytes, from);
    if (!at)
        fail_msg("absent : %s", from);
    buffer_append(&out, xml.bytes, (size_t)(at - xml.bytes));
    buffer_puts(&out, to);
    buffer_puts(&out, at + strlen(from));
    return out;
}

static void check(const char *name, const int *codes)
{
    const char *found = verify(NULL);
    if (strcmp(found, expected(codes)) != 0)
        fail_msg("%s : « %s » au lieu de « %s »", name, found, expected(codes));
}

static const char milliard[] = "<?xml version=\"1.0\"?>\n<!DOCTYPE lot [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n<lot xmlns=\"urn:sons:lot-asp:1\">&c;</lot>";

static void test_contenu(void **state)
{
    (void)state;
    static const struct {
        const char *de, *vers;
        int codes[6];
    } t[] = {
        {"<sommeControle>1914.00<", "<sommeControle>1914.01<", {E_LOT_TOTAL, -1}},
        {"<nombreDemandes>2<", "<nombreDemandes>3<", {E_LOT_TOTAL, -1}},
        {"<montantTva>486.67<", "<montantTva>486.68<", {E_LOT_MONTANT, -1}},
        {"<montantTva>486.67<", "<montantTva>x<", {E_XML_VALEUR, -1}},
        {"<montantSolde>1606.00<", "<montantSolde>1606.01<", {E_LOT_MONTANT, -1}},
        {"<montantAvance>1314.00<", "<montantAvance>1314.01<", {E_LOT_MONTANT, E_LOT_TOTAL, -1}},
        {"montantHt=\"1216.67\"", "montantHt=\"1216.68\"", {E_LOT_MONTANT, -1}},
        {"montantTtc=\"1460.00\"", "montantTtc=\"1460.10\"", {E_LOT_MONTANT, -1}},
        {"montantTtc=\"1460.00\"", "montantTtc=\"999999999999.99\"", {E_LOT_MONTANT, -1}},
        {"<siren>732829320<", "<siren>732829321<", {E_LOT_NUMERO, -1}},
        {"<demande type=\"AVANCE\">", "<demande type=\"SOLDE\">", {E_LOT_NUMERO, -1}},
        {"<numero>42<", "<numero>41<", {E_XML_DOUBLON, -1}},
        {"<tranche>B<", "<tranche>Z<", {E_XML_VALEUR, -1}},
        {"<tranche>B</tranche>", "", {E_XML_STRUCTURE, -1}},
        {"</lot>", "", {E_XML_FORME, -1}},
        {"<lot ", "<!DOCTYPE lot SYSTEM \"file:///etc/passwd\">\n<lot ", {E_XML_DTD, -1}},
        {"<nom>Dossier<", "<nom>&xxe;<", {E_XML_FORME, -1}},
        {"taille=\"25\"", "taille=\"26\"", {E_LOT_PIECE_ALTEREE, -1}},
        {"extension=\"pdf\"", "extension=\"odt\"", {E_LOT_PIECE_INCONNUE, E_LOT_PIECE_ABSENTE, -1}},
    };
    for (size_t i = 0; i < NOMBRE(t); i++) {
        struct buffer doc = edited(t[i].de, t[i].vers), zip = {0};
        struct brut e[] = {{.nom = "lot.xml", .octets = {doc.bytes, doc.len}},
                           {.nom = noms[0], .octets = slice_of(piece_textes[0])}, {.nom = noms[1], .octets = slice_of(piece_textes[1])}};
        brut_zip(&zip, e, 3, &(struct brut_fin){0});
        put_file(&zip);
        check(t[i].vers, t[i].codes);
        buffer_free(&doc);
        buffer_free(&zip);
    }
    /* One ESSMS in two requests: the second takes the number of the first. */
    struct slice first = {strstr(xml.bytes, "1460.00\">2A") + 9, 9};
    char *twice = strndup(xml.bytes, xml.len);
    memcpy(strstr(twice, "montantTtc=\"2000.00\">2A") + 21, first.bytes, 9);
    struct buffer zip = {0};
    struct brut e[] = {{.nom = "lot.xml", .octets = {twice, xml.len}}, {.nom = noms[0], .octets = slice_of(piece_textes[0])},
                       {.nom = noms[1], .octets = slice_of(piece_textes[1])}};
    brut_zip(&zip, e, 3, &(struct brut_fin){0});
    put_file(&zip);
    check("ESSMS deux fois", (int[]){E_XML_DOUBLON, -1});
    e[0].octets = slice_of(milliard);
    buffer_clear(&zip);
    brut_zip(&zip, e, 3, &(struct brut_fin){0});
    put_file(&zip);
    check("milliard de rires", (int[]){E_XML_DTD, -1});
    e[0].octets = (struct slice){"", 0};
    buffer_clear(&zip);
    brut_zip(&zip, e, 3, &(struct brut_fin){0});
    put_file(&zip);
    check("lot.xml vide", (int[]){E_XML_FORME, -1});
    buffer_free(&zip);
    free(twice);
}

static void test_archive(void **state)
{
    (void)state;
    struct slice doc = {xml.bytes, xml.len}, p0 = slice_of(piece_textes[0]), p1 = slice_of(piece_textes[1]);
    char altered[64], wrong_name[96], upper[96];
    snprintf(altered, sizeof altered, "%s", piece_textes[0]);
    altered[3] ^= 1;
    snprintf(wrong_name, sizeof wrong_name, "%.70s.pdf", noms[0]);
    snprintf(upper, sizeof upper, "%.71s.PDF", noms[0]);
    char long_name[300];
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
#define L {.nom = "lot.xml", .octets = doc}
#define P0 {.nom = noms[0], .octets = p0}
#define P1 {.nom = noms[1], .octets = p1}
    const struct {
        const char *quoi;
        struct brut e[4];
        size_t n;
        struct brut_fin fin;
        int codes[6];
    } t[] = {
        {"conforme", {L, P0, P1}, 3, {0}, {-1}},
        {"lot.xml en dernier", {P1, P0, L}, 3, {0}, {-1}},
        {"zip64 vrai", {L, P0, P1}, 3, {.position64 = 1}, {-1}},
        {"vide", {{0}}, 0, {0}, {E_LOT_ABSENT, -1}},
        {"sans lot.xml", {P0, P1}, 2, {0}, {E_LOT_ABSENT, -1}},
        {"pièce absente", {L, P0}, 2, {0}, {E_LOT_PIECE_ABSENTE, -1}},
        {"pièce en trop", {L, P0, P1, {.nom = "pieces/2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824.pdf",
                                        .octets = SLICE("hello")}}, 4, {0}, {E_LOT_PIECE_INCONNUE, -1}},
        {"pièce altérée, CRC refait", {L, {.nom = noms[0], .octets = slice_of(altered)}, P1}, 3, {0}, {E_LOT_PIECE_ALTEREE, -1}},
        {"CRC faux", {L, {.nom = noms[0], .octets = p0, .crc_ajoute = 1}, P1}, 3, {0}, {E_LOT_PIECE_ALTEREE, -1}},
        {"CRC faux de lot.xml", {{.nom = "lot.xml", .octets = doc, .crc_ajoute = 1}, P0, P1}, 3, {0}, {E_ZIP_FORME, -1}},
        {"deux lot.xml", {L, L, P0, P1}, 4, {0}, {E_ZIP_DOUBLON, -1}},
        {"pièce deux fois", {L, P0, P1, P1}, 4, {0}, {E_ZIP_DOUBLON, -1}},
        {"remonte", {L, P0, P1, {.nom = "pieces/../../etc/passwd", .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"remonte d'emblée", {L, P0, P1, {.nom = "../lot.xml", .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"absolu", {L, P0, P1, {.nom = "/etc/passwd", .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"disque", {L, P0, P1, {.nom = "C:lot.xml", .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"contre-obliques", {L, P0, P1, {.nom = "pieces\\a.pdf", .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"point", {L, P0, P1, {.nom = "./lot.xml", .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"dossier", {L, P0, P1, {.nom = "pieces/", .octets = SLICE("")}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"nom vide", {L, P0, P1, {.nom = "", .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"nom long", {L, P0, P1, {.nom = long_name, .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"contrôle", {L, P0, P1, {.nom = "pieces/\x1b[2J", .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"accent", {L, P0, P1, {.nom = "pi\xc3\xa8" "ce.pdf", .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"inattendu", {L, P0, P1, {.nom = "lisezmoi.txt", .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"casse", {L, P0, P1, {.nom = "LOT.XML", .octets = doc}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"empreinte courte", {L, P0, P1, {.nom = wrong_name, .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"extension en capitales", {L, P0, P1, {.nom = upper, .octets = p0}}, 4, {0}, {E_ZIP_NOM, -1}},
        {"compressée", {L, {.nom = noms[0], .octets = p0, .methode = 8}, P1}, 3, {0}, {E_ZIP_ENTREE, E_LOT_PIECE_ABSENTE, -1}},
        {"bombe", {L, {.nom = noms[0], .octets = p0, .methode = 8, .taille_annoncee = 4000000000u}, P1}, 3, {0},
         {E_ZIP_ENTREE, E_LOT_PIECE_ABSENTE, -1}},
        {"taille annoncée fausse", {L, {.nom = noms[0], .octets = p0, .taille_annoncee = 99}, P1}, 3, {0},
         {E_ZIP_ENTREE, E_LOT_PIECE_ABSENTE, -1}},
        {"chiffrée", {L, {.nom = noms[0], .octets = p0, .drapeaux = 1}, P1}, 3, {0}, {E_ZIP_ENTREE, E_LOT_PIECE_ABSENTE, -1}},
        {"descripteur", {L, {.nom = noms[0], .octets = p0, .drapeaux = 8}, P1}, 3, {0}, {E_ZIP_ENTREE, E_LOT_PIECE_ABSENTE, -1}},
        {"lien symbolique", {L, P0, P1, {.nom = "pieces/lien", .octets = SLICE("/etc/passwd"), .mode = 0120777}}, 4, {0},
         {E_ZIP_ENTREE, -1}},
        {"périphérique", {L, P0, P1, {.nom = "pieces/d", .octets = SLICE(""), .mode = 0020666}}, 4, {0}, {E_ZIP_ENTREE, -1}},
        {"nom local autre", {L, {.nom = noms[0], .octets = p0, .nom_local = noms[1]}, P1}, 3, {0}, {E_ZIP_FORME, -1}},
        {"refaite ailleurs", {L, {.nom = noms[0], .octets = p0, .extra = true}, P1}, 3, {0}, {E_ZIP_ENTREE, -1}},
        {"octets avant", {L, P0, P1}, 3, {.avant = "#!/bin/sh\n"}, {E_ZIP_FORME, -1}},
        {"octets entre", {L, P0, P1}, 3, {.entre = "caché"}, {E_ZIP_FORME, -1}},
        {"octets après", {L, P0, P1}, 3, {.apres = "suite"}, {E_ZIP_FORME, -1}},
        {"commentaire", {L, P0, P1}, 3, {.commentaire = "bonjour"}, {E_ZIP_FORME, -1}},
        {"répertoire déplacé", {L, P0, P1}, 3, {.position_ajoutee = 5}, {E_ZIP_FORME, -1}},
        {"nombre annoncé trop grand", {L, P0, P1}, 3, {.n_annonce = 4}, {E_ZIP_FORME, -1}},
        {"nombre annoncé trop petit", {L, P0, P1}, 3, {.n_annonce = 2}, {E_ZIP_FORME, -1}},
        {"zip64 : position démesurée", {L, P0, P1}, 3, {.position64 = UINT64_MAX - 3}, {E_ZIP_FORME, -1}},
        {"zip64 : nombre démesuré", {L, P0, P1}, 3, {.position64 = 1, .n64 = UINT64_MAX / 4}, {E_ZIP_LIMITE, -1}},
        {"zip64 : nombre faux", {L, P0, P1}, 3, {.position64 = 1, .n64 = 200000}, {E_ZIP_FORME, -1}},
        {"répertoire dans un autre ordre", {L, P0, P1}, 3, {.inverse = true}, {E_ZIP_FORME, -1}},
        {"entrées qui se chevauchent", {L, P0, P1}, 3, {.chevauche = true}, {E_ZIP_FORME, -1}},
    };
    for (size_t i = 0; i < NOMBRE(t); i++) {
        struct buffer zip = {0};
        brut_zip(&zip, t[i].e, t[i].n, &t[i].fin);
        put_file(&zip);
        check(t[i].quoi, t[i].codes);
        buffer_free(&zip);
    }
}

/* 100 000 entries: told, bounded, and quick. */
static void test_foule(void **state)
{
    (void)state;
    enum { N = 100000 };
    struct brut *e = calloc(N, sizeof *e);
    char (*names)[16] = calloc(N, sizeof *names);
    for (unsigned i = 0; i < N; i++) {
        snprintf(names[i], sizeof names[i], "a%u", i);
        e[i] = (struct brut){.nom = names[i], .octets = SLICE("")};
    }
    struct buffer zip = {0};
    brut_zip(&zip, e, N, &(struct brut_fin){.position64 = 1});
    put_file(&zip);
    struct diag_liste d = {0};
    struct lot_rapport r;
    assert_false(lot_verifier(CHEMIN, NULL, NULL, &r, &d));
    assert_int_equal(d.total, N + 1);
    assert_int_equal(d.n, DIAG_MAX);
    assert_string_equal(d.items[0].code, erreur_texte(E_LOT_ABSENT));
    assert_string_equal(d.items[1].code, erreur_texte(E_ZIP_NOM));
    diag_vider(&d);
    /* Beyond the bound, the directory is not even read. */
    buffer_clear(&zip);
    brut_zip(&zip, e, N, &(struct brut_fin){.position64 = 1, .n64 = 300000});
    put_file(&zip);
    check("trop d'entrées", (int[]){E_ZIP_LIMITE, -1});
    buffer_free(&zip);
    free(names);
    free(e);
}

/* A sparse file that says lot.xml holds more than 1 GiB: refused on its announced size. */
static void test_enorme(void **state)
{
    (void)state;
    struct brut e = {.nom = "lot.xml", .octets = SLICE("")};
    struct buffer head = {0}, tail = {0};
    const uint32_t size = (UINT32_C(1) << 30) + 1;
    brut_entete(&head, &e, -1);
    brut_entete(&tail, &e, 0);
    for (unsigned i = 0; i < 4; i++) {
        head.bytes[18 + i] = head.bytes[22 + i] = (char)(unsigned char)(size >> (8 * i));
        tail.bytes[20 + i] = tail.bytes[24 + i] = (char)(unsigned char)(size >> (8 * i));
    }
    size_t directory = tail.len;
    le(&tail, 0x06054b50, 4);
    le(&tail, 0, 4);
    le(&tail, 0x00010001, 4);
    le(&tail, directory, 4);
    le(&tail, head.len + (uint64_t)size, 4);
    le(&tail, 0, 2);
    put_file(&head);
    int fd = open(CHEMIN, O_WRONLY);
    assert_true(pwrite(fd, tail.bytes, tail.len, (off_t)(head.len + size)) == (ssize_t)tail.len);
    close(fd);
    check("lot.xml énorme", (int[]){E_ZIP_LIMITE, -1});
    unlink(CHEMIN);
    buffer_free(&head);
    buffer_free(&tail);
}

static void test_pas_une_archive(void **state)
{
    (void)state;
    struct buffer b = {0};
    buffer_puts(&b, "ceci n'est pas une archive, mais un texte assez long");
    put_file(&b);
    check("texte", (int[]){E_ZIP_FORME, -1});
    put_file(&xml);
    check("XML nu", (int[]){E_ZIP_FORME, -1});
    unlink(CHEMIN);
    check("absent", (int[]){E_OUVRIR, -1});
    struct diag_liste d = {0};
    struct lot_rapport r;
    assert_false(lot_verifier("/dev", NULL, NULL, &r, &d));
    assert_int_equal(d.total, 1);
    assert_string_equal(d.items[0].code, erreur_texte(E_PAS_FICHIER));
    diag_vider(&d);
    buffer_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conforme), cmocka_unit_test(test_chaque_octet), cmocka_unit_test(test_contenu),
        cmocka_unit_test(test_archive), cmocka_unit_test(test_foule), cmocka_unit_test(test_enorme),
        cmocka_unit_test(test_pas_une_archive),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
