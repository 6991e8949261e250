/* The serializer of lots: bytes, formats of the schema, refusals. */
#include "../noyau/essai.h"

#include <signal.h>
#include <time.h>
#include "formats/lot_asp_interne.h"
#include "lot_exemple.h"

/* The bytes of a lot never change: a lot emitted again years later must be the same file. */
#define DORE_XML "9fd149c1f96d566fa297fa91c82d4ea0bbfe079caa5320bdf8f974c7d78268ec"
#define DORE_ZIP "50dcc573f20d59b42e6570eda9aadb35e4c864fff2acd28abf22779c73a94b67"

static const char *hex(const struct empreinte *e)
{
    static char out[EMPREINTE_HEX];
    return empreinte_hex(e, out);
}

static void test_octets(void **state)
{
    (void)state;
    static const char *const zones[] = {"UTC", "Pacific/Kiritimati", "America/Adak"};
    for (size_t i = 0; i < 2 * NOMBRE(zones); i++) {
        struct diag_liste d = {0};
        struct lot_exemple x;
        struct buffer xml = {0}, zip = {0};
        struct empreinte hash, again;
        setenv("TZ", zones[i / 2], 1);
        tzset();
        lot_exemple(&x);
        assert_true(lot_exemple_xml(&x, &xml, &hash, &d));
        again = empreinte_de(xml.bytes, xml.len);
        assert_true(empreinte_egale(&hash, &again));
        assert_string_equal(hex(&hash), DORE_XML);
        assert_true(lot_exemple_zip("lot_octets.tmp.zip", &xml, &d));
        assert_true(fichier_lire("lot_octets.tmp.zip", FICHIER_SANS_LIEN, 1 << 20, &zip, &d));
        again = empreinte_de(zip.bytes, zip.len);
        assert_string_equal(hex(&again), DORE_ZIP);
        assert_int_equal(d.total, 0);
        unlink("lot_octets.tmp.zip");
        buffer_free(&xml);
        buffer_free(&zip);
    }
}

/* `text` with the first `from` replaced. */
static struct buffer edited(const struct buffer *text, const char *from, const char *to)
{
    struct buffer out = {0};
    const char *at = strstr(text->bytes, from);
    if (!at)
        fail_msg("absent : %s", from);
    buffer_append(&out, text->bytes, (size_t)(at - text->bytes));
    buffer_puts(&out, to);
    buffer_puts(&out, at + strlen(from));
    return out;
}

static const char *judge(const struct xml_schema *s, const struct buffer *doc, uint64_t *total)
{
    static const struct xml_bornes bornes = {.total = 1 << 20, .profondeur = 8, .attributs = 16, .balise = 8192, .texte = 4096};
    struct diag_liste d = {0};
    struct xml_flux *f = xml_flux_creer("lot.xml", s, &bornes, NULL, &d);
    xml_flux_ajouter(f, doc->bytes, doc->len);
    bool ok = xml_flux_finir(f);
    const char *code = d.n ? d.items[0].code : "";
    assert_int_equal(ok, d.total == 0);
    *total = d.total;
    diag_vider(&d);
    return code;
}

#define OK ((int)ERREUR_NOMBRE)
#define NOM_250 "abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-" \
    "abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-" "abcdefgh"

#define FIN_MONTANTS "<montantSolde>1606.00</montantSolde>"
#define SOLDE(cas, bon, taux)                                                                                              \
    "<solde><total>2920.00</total><avancePayee>1314.00</avancePayee><deploiementMss>" cas "</deploiementMss><facture><numero>F-1</numero>" \
    "<date>2023-05-31</date><montantHt>2433.33</montantHt><tauxTva>" taux "</tauxTva><montantTva>486.67</montantTva>"       \
    "<montantTtc>2920.00</montantTtc></facture><va><version>1</version><signeeLe>2023-06-01T09:00:00Z</signeeLe>"           \
    "<modeSignature>eidas</modeSignature><qualiteSignataire>directrice</qualiteSignataire><bonFonctionnement>" bon          \
    "</bonFonctionnement></va></solde>"
static const struct format {
    const char *type, *de, *vers;
    int code;
} formats[] = {
    {"euros", "<montantHt>2433.33<", "<montantHt>0.00<", OK},
    {"euros", "<montantHt>2433.33<", "<montantHt>999999999999.99<", OK},
    {"euros", "<montantHt>2433.33<", "<montantHt>9999999999999.99<", E_XML_VALEUR},
    {"euros", "<montantHt>2433.33<", "<montantHt>2433,33<", E_XML_VALEUR},
    {"euros", "<montantHt>2433.33<", "<montantHt>2433.3<", E_XML_VALEUR},
    {"euros", "<montantHt>2433.33<", "<montantHt>-2433.33<", E_XML_VALEUR},
    {"euros", "<montantHt>2433.33<", "<montantHt>\xd9\xa2.00<", E_XML_VALEUR}, /* an Arabic digit */
    {"euros", "<montantHt>2433.33<", "<montantHt> 2433.33<", E_XML_VALEUR},
    {"euros", "<montantHt>2433.33<", "<montantHt><", E_XML_VALEUR},
    {"euros", "montantHt=\"1216.67\"", "montantHt=\"1216.6\"", E_XML_VALEUR},
    {"pourcentage", ">20.00<", ">100.00<", OK},
    {"pourcentage", ">20.00<", ">8.50<", OK},
    {"pourcentage", ">20.00<", ">100.01<", E_XML_VALEUR},
    {"pourcentage", ">20.00<", ">20<", E_XML_VALEUR},
    {"rang", "<numero>41<", "<numero>999999999999999999<", OK},
    {"rang", "<numero>41<", "<numero>1000000000000000000<", E_XML_VALEUR},
    {"rang", "<numero>41<", "<numero>041<", E_XML_VALEUR},
    {"rang", "<numero>41<", "<numero>0<", E_XML_VALEUR},
    {"nombre", "<nombreDemandes>2<", "<nombreDemandes>50000<", OK},
    {"nombre", "<nombreDemandes>2<", "<nombreDemandes>0<", E_XML_VALEUR},
    {"nombre", "<nombreDemandes>2<", "<nombreDemandes>2.0<", E_XML_VALEUR},
    {"taille", "taille=\"25\"", "taille=\"20971520\"", OK},
    {"taille", "taille=\"25\"", "taille=\"0\"", E_XML_VALEUR},
    {"taille", "taille=\"25\"", "taille=\"100000000\"", E_XML_VALEUR},
    {"jour", ">2022-07-12<", ">2024-02-29<", OK},
    {"jour", ">2022-07-12<", ">2023-02-29<", E_XML_VALEUR},
    {"jour", ">2022-07-12<", ">2022-07-12Z<", E_XML_VALEUR},
    {"jour", ">2022-07-12<", ">12/07/2022<", E_XML_VALEUR},
    {"instant", ">2022-09-01T10:00:00Z<", ">2022-12-31T23:59:59Z<", OK},
    {"instant", ">2022-09-01T10:00:00Z<", ">2022-09-01T10:00:00<", E_XML_VALEUR},
    {"instant", ">2022-09-01T10:00:00Z<", ">2022-09-01T12:00:00+02:00<", E_XML_VALEUR},
    {"instant", ">2022-09-01T10:00:00Z<", ">2022-09-01T25:00:00Z<", E_XML_VALEUR},
    {"siren", "<siren>732829320<", "<siren>000000000<", OK},
    {"siren", "<siren>732829320<", "<siren>73282932<", E_XML_VALEUR},
    {"siren", "<siren>732829320<", "<siren>73282932A<", E_XML_VALEUR},
    {"finess", "<finess>2A", "<finess>2B", OK},
    {"finess", "<finess>2A", "<finess>2a", E_XML_VALEUR},
    {"finess", "<finess>2A", "<finess>2AA", E_XML_VALEUR},
    {"finess", "montantTtc=\"1460.00\">2A", "montantTtc=\"1460.00\">A2", E_XML_VALEUR},
    {"empreinte", "<parametres>0011", "<parametres>ffff", OK},
    {"empreinte", "<parametres>0011", "<parametres>FFFF", E_XML_VALEUR},
    {"empreinte", "<parametres>0011", "<parametres>011", E_XML_VALEUR},
    {"agregat", "agregat=\"4101\"", "agregat=\"4600\"", OK},
    {"agregat", "agregat=\"4101\"", "agregat=\"410\"", E_XML_VALEUR},
    {"categorie", "categorie=\"183\"", "categorie=\"001\"", OK},
    {"categorie", "categorie=\"183\"", "categorie=\"1830\"", E_XML_VALEUR},
    {"libelle", "<nom>Dossier<", "<nom>" NOM_250 "<", OK},
    {"libelle", "<nom>Dossier<", "<nom>" NOM_250 "x<", E_XML_VALEUR},
    {"libelle", "<nom>Dossier<", "<nom>  <", E_XML_VALEUR},
    {"nomDePiece", "nom=\"bon_de_commande.pdf\"", "nom=\"a.b\"", OK},
    {"nomDePiece", "nom=\"bon_de_commande.pdf\"", "nom=\"Bon de commande.pdf\"", E_XML_VALEUR},
    {"nomDePiece", "nom=\"bon_de_commande.pdf\"", "nom=\"../a.pdf\"", E_XML_VALEUR},
    {"extension", "extension=\"pdf\"", "extension=\"p7m\"", OK},
    {"extension", "extension=\"pdf\"", "extension=\".pdf\"", E_XML_VALEUR},
    {"extension", "extension=\"pdf\"", "extension=\"abcdefghi\"", E_XML_VALEUR},
    {"typeMedia", "typeMedia=\"application/pdf\"", "typeMedia=\"image/svg+xml\"", OK},
    {"typeMedia", "typeMedia=\"application/pdf\"", "typeMedia=\"pdf\"", E_XML_VALEUR},
    {"typeDemande", "<type>AVANCE<", "<type>SOLDE<", OK},
    {"typeDemande", "<type>AVANCE<", "<type>avance<", E_XML_VALEUR},
    {"couloir", "<couloir>MS1<", "<couloir>MS2-PDS<", OK},
    {"couloir", "<couloir>MS1<", "<couloir>MS2<", E_XML_VALEUR},
    {"calendrier", ">initial<", ">proroge<", OK},
    {"calendrier", ">initial<", ">prorogé<", E_XML_VALEUR},
    {"modeSignature", ">manuscrite<", ">eidas<", OK},
    {"modeSignature", ">manuscrite<", ">tampon<", E_XML_VALEUR},
    {"motifTva", ">guyane<", ">mayotte<", OK},
    {"motifTva", ">guyane<", ">corse<", E_XML_VALEUR},
    {"tranche", "<tranche>B<", "<tranche>F<", OK},
    {"tranche", "<tranche>B<", "<tranche>G<", E_XML_VALEUR},
    {"rolePiece", "role=\"bon_de_commande\"", "role=\"attestation_non_cumul\"", OK},
    {"rolePiece", "role=\"bon_de_commande\"", "role=\"facture_inconnue\"", E_XML_VALEUR},
    {"vrai", "fictif=\"true\"", "fictif=\"true\" reconstitue=\"true\"", OK},
    {"vrai", "fictif=\"true\"", "fictif=\"false\"", E_XML_VALEUR},
    {"ouiNon", "<sousCondition>false<", "<sousCondition>true<", OK},
    {"ouiNon", "<sousCondition>false<", "<sousCondition>0<", E_XML_VALEUR},
    {"casMss", FIN_MONTANTS, FIN_MONTANTS SOLDE("2", "true", "20.00"), OK},
    {"casMss", FIN_MONTANTS, FIN_MONTANTS SOLDE("3", "true", "20.00"), E_XML_VALEUR},
    {"", FIN_MONTANTS, FIN_MONTANTS SOLDE("1", "oui", "20.00"), E_XML_VALEUR},
    {"", FIN_MONTANTS, FIN_MONTANTS SOLDE("1", "false", "20"), E_XML_VALEUR},
    {"", FIN_MONTANTS, FIN_MONTANTS "<solde><total>2920.00</total></solde>", E_XML_STRUCTURE},
    {"", "montantTtc=\"1460.00\">", "montantTtc=\"1460.00\" retire=\"true\">", OK},
    {"", "montantTtc=\"1460.00\">", "montantTtc=\"1460.00\" retire=\"non\">", E_XML_VALEUR},
    /* structure, and the two constraints */
    {"", "version=\"1\"", "version=\"2\"", E_XML_VALEUR},
    {"", " version=\"1\"", "", E_XML_STRUCTURE},
    {"", "xmlns=\"urn:sons:lot-asp:1\"", "xmlns=\"urn:sons:lot-asp:2\"", E_XML_STRUCTURE},
    {"", "<tranche>B</tranche>", "", E_XML_STRUCTURE},
    {"", "</lot>", "<autre/></lot>", E_XML_STRUCTURE},
    {"", "<demande type=\"AVANCE\">", "<demande>", E_XML_STRUCTURE},
    {"", "<numero>42<", "<numero>41<", E_XML_DOUBLON},
    {"", "<calendrier>initial</calendrier>", "<calendrier>initial</calendrier><annuleEtRemplace><numero>6</numero>"
         "<empreinte>00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff</empreinte></annuleEtRemplace>", OK},
    {"", "<calendrier>initial</calendrier>", "<calendrier>initial</calendrier><annuleEtRemplace/>", E_XML_STRUCTURE},
};

static void test_formats(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct lot_exemple x;
    struct buffer xml = {0};
    lot_exemple(&x);
    assert_true(lot_exemple_xml(&x, &xml, NULL, &d));
    struct xml_schema *s = lot_schema(&d);
    assert_non_null(s);
    for (size_t i = 0; i < NOMBRE(formats); i++) {
        const struct format *f = &formats[i];
        struct buffer doc = edited(&xml, f->de, f->vers);
        uint64_t total;
        const char *code = judge(s, &doc, &total);
        if (strcmp(code, f->code == OK ? "" : erreur_texte((enum erreur_code)f->code)) != 0 || total != (f->code != OK))
            fail_msg("%s : %s → %s : %s, %d fautes", f->type, f->de, f->vers, code, (int)total);
        buffer_free(&doc);
    }
    xml_schema_free(s);
    buffer_free(&xml);
}

/* Every format that the schema names has been accepted and refused above. */
static void test_formats_complets(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct buffer xsd = {0};
    char path[4096];
    snprintf(path, sizeof path, "%s/schemas/lot-asp-1.xsd", getenv("SONS_SRCDIR") ? getenv("SONS_SRCDIR") : "..");
    assert_true(fichier_lire(path, FICHIER_SANS_LIEN, 1 << 20, &xsd, &d));
    static const char mark[] = "<xs:simpleType name=\"";
    unsigned names = 0;
    for (const char *p = xsd.bytes; (p = strstr(p, mark)); names++) {
        p += sizeof mark - 1;
        size_t len = strcspn(p, "\"");
        bool accepted = false, refused = false;
        for (size_t i = 0; i < NOMBRE(formats); i++) {
            if (strlen(formats[i].type) != len || memcmp(formats[i].type, p, len) != 0)
                continue;
            accepted = accepted || formats[i].code == OK;
            refused = refused || formats[i].code != OK;
        }
        if (!accepted || !refused)
            fail_msg("format sans les deux cas : %.*s", (int)len, p);
    }
    assert_int_equal(names, 26);
    assert_null(strstr(xsd.bytes, "value=\"\\d"));
    assert_null(strstr(xsd.bytes, "xs:ID"));
    assert_null(strstr(xsd.bytes, "xs:import"));
    buffer_free(&xsd);
}

enum abus {
    NOM_CONTROLE, NOM_LATIN1, COULOIR, SIREN_ABSENT, TRANCHE, MONTANT, ESSMS_DEUX_FOIS, DEMANDE_DEUX_FOIS, SANS_ESSMS, SANS_PIECE,
    NOMBRE_FAUX, SOMME_FAUSSE, AGREGAT, SANS_MODE, ABUS
};

static void abuse(struct lot_exemple *x, enum abus a)
{
    switch (a) {
    case NOM_CONTROLE: x->demandes[0].og_nom = "A\x1b[31m"; break;
    case NOM_LATIN1: x->entete.nom = "\xc9" "diteur"; break;
    case COULOIR: x->entete.couloir = "MS9"; break;
    case SIREN_ABSENT: x->entete.siren = 0; break;
    case TRANCHE: x->demandes[1].tranche = 'Z'; break;
    case MONTANT: x->demandes[1].solde = MONTANT_ABSENT; break;
    case ESSMS_DEUX_FOIS: x->essms[2].et = x->essms[0].et; break;
    case DEMANDE_DEUX_FOIS: x->demandes[1].numero = 41; break;
    case SANS_ESSMS: x->demandes[0].n_essms = 0; break;
    case SANS_PIECE: x->demandes[1].n_pieces = 0; break;
    case NOMBRE_FAUX: x->entete.nombre = 3; break;
    case SOMME_FAUSSE: x->entete.somme.centimes++; break;
    case AGREGAT: x->essms[1].agregat = 12345; break;
    default: x->demandes[0].mode_signature = NULL; break;
    }
}

static void test_refus(void **state)
{
    (void)state;
    static const struct {
        enum erreur_code code;
        const char *source;
    } t[ABUS] = {
        [NOM_CONTROLE] = {E_XML_VALEUR, "demande n° 41"}, [NOM_LATIN1] = {E_XML_VALEUR, "en-tête du lot"},
        [COULOIR] = {E_XML_VALEUR, "en-tête du lot"}, [SIREN_ABSENT] = {E_XML_STRUCTURE, "en-tête du lot"},
        [TRANCHE] = {E_XML_VALEUR, "demande n° 42"}, [MONTANT] = {E_XML_VALEUR, "demande n° 42"},
        [ESSMS_DEUX_FOIS] = {E_XML_DOUBLON, "demande n° 42"}, [DEMANDE_DEUX_FOIS] = {E_XML_DOUBLON, "demande n° 41"},
        [SANS_ESSMS] = {E_XML_STRUCTURE, "demande n° 41"}, [SANS_PIECE] = {E_XML_STRUCTURE, "demande n° 42"},
        [NOMBRE_FAUX] = {E_LOT_TOTAL, NULL}, [SOMME_FAUSSE] = {E_LOT_TOTAL, NULL}, [AGREGAT] = {E_XML_VALEUR, "demande n° 41"},
        [SANS_MODE] = {E_XML_VALEUR, "demande n° 41"},
    };
    for (enum abus a = 0; a < ABUS; a++) {
        struct diag_liste d = {0};
        struct lot_exemple x;
        struct buffer xml = {0};
        lot_exemple(&x);
        abuse(&x, a);
        assert_false(lot_exemple_xml(&x, &xml, NULL, &d));
        if (d.total == 0 || strcmp(d.items[0].code, erreur_texte(t[a].code)) != 0)
            fail_msg("abus %d : %s %s", (int)a, d.n ? d.items[0].code : "", d.n ? d.items[0].message : "rien");
        if (t[a].source)
            assert_string_equal(d.items[0].source, t[a].source);
        diag_vider(&d);
        buffer_free(&xml);
    }
}

static void test_ecriture_impossible(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct lot_exemple x;
    lot_exemple(&x);
    int fd = open("/dev/full", O_WRONLY);
    assert_true(fd >= 0);
    struct lot_ecrivain *w = lot_ecrivain_creer(fd, &x.entete, &d);
    assert_non_null(w);
    for (unsigned i = 0; i < 2; i++)
        lot_ecrivain_demande(w, &x.demandes[i]);
    assert_false(lot_ecrivain_finir(w, NULL, NULL, &d));
    assert_int_equal(d.total, 1);
    assert_string_equal(d.items[0].code, erreur_texte(E_ECRITURE));
    assert_int_equal(d.pire, SORTIE_ENVIRONNEMENT);
    close(fd);
    diag_vider(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_octets), cmocka_unit_test(test_formats), cmocka_unit_test(test_formats_complets),
        cmocka_unit_test(test_refus), cmocka_unit_test(test_ecriture_impossible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
