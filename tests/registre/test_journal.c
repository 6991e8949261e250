/* The journal: chain, salts, clock, triggers, names; and every way of changing it, seen. */
#include "essai_registre.h"

#include <sys/stat.h>

#define CHEMIN "journal.tmp.db"
#define ENTREES 9

static const struct empreinte parametres = {{1, 2, 3}};
static const char *const textes[] = {
    "fait FournisseurEnrole-V1\nsiren 123456782\nenrole_le 2022-07-01\n",
    "fait CalendrierChoisi-V1\ncalendrier proroge\n",
    "fait FournisseurDeclare-V1\nsiren 123456782\nnom \303\211diteur \\\\ d'exemple\nrole editeur\n",
};

static struct instant a(int64_t s) { return (struct instant){1670230800 + s}; }

static void ajouter(struct registre *r, const char *texte)
{
    struct diag_liste d = {0};
    assert_true(journal_append(r, slice_of(texte), slice_of("constat FIN-01 1 conforme n=6\n"), &d));
    assert_int_equal(d.total, 0);
}

/* One transaction of `n` facts. */
static void ecrire(struct registre *r, struct instant quand, size_t n)
{
    struct diag_liste d = {0};
    assert_true(registre_debut(r, &d));
    assert_true(journal_ouvrir(r, quand, &parametres, &d));
    for (size_t i = 0; i < n; i++)
        ajouter(r, textes[i % NOMBRE(textes)]);
    assert_true(registre_valider(r, &d));
    assert_int_equal(d.total, 0);
}

static struct registre *neuf(bool fictif)
{
    struct diag_liste d = {0};
    (void)unlink(CHEMIN);
    struct registre *r = registre_creer(CHEMIN, CHEMIN, &d);
    assert_non_null(r);
    r->fictif = fictif;
    assert_true(journal_ouvrir(r, a(0), &parametres, &d));
    assert_int_equal(journal_prochain(r), 1);
    ajouter(r, "fait RegistreOuvert-V1\nregistre 0123456789abcdef0123456789abcdef\nfictif oui\nrole editeur\n");
    assert_true(registre_valider(r, &d));
    ecrire(r, a(10), 4);
    ecrire(r, a(20), 4);
    (void)sqlite3_commit_hook(r->db, NULL, NULL); /* the tests tamper outside of any act */
    return r;
}

static bool verifier(struct registre *r, struct journal_etat *e, struct diag_liste *d)
{
    diag_vider(d);
    return journal_verifier_chaine(r, e, d);
}

/* The entry as text, in a buffer of the caller. */
static struct slice octets_de(struct registre *r, int numero, struct buffer *out)
{
    char q[80];
    (void)snprintf(q, sizeof q, "select octets from journal where numero = %d", numero);
    struct diag_liste d = {0};
    sqlite3_stmt *s = registre_stmt(r, q, &d);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    const struct slice t = colonne_slice(s, 0);
    buffer_clear(out);
    buffer_append(out, t.bytes, t.len);
    sqlite3_finalize(s);
    return slice_buffer(out);
}

static void remplacer(struct registre *r, int numero, struct slice octets)
{
    struct diag_liste d = {0};
    sqlite3_stmt *s = registre_stmt(r, "update journal set octets = ?2 where numero = ?1", &d);
    lier_n(s, 1, numero);
    lier_slice(s, 2, octets);
    assert_true(registre_pas(r, s, &d));
    sqlite3_finalize(s);
}

static void sans_declencheurs(struct registre *r)
{
    sql(r, "drop trigger journal_sans_update; drop trigger journal_sans_delete");
}

/* Every fault is of exit code 4, and one of them names the entry. */
static void nomme(const struct diag_liste *d, int numero, int ou)
{
    char nom[40], autre[40];
    bool vue = false;
    (void)snprintf(nom, sizeof nom, "entrée %d :", numero);
    (void)snprintf(autre, sizeof autre, "entrée %d :", ou);
    assert_true(d->n > 0);
    for (size_t i = 0; i < d->n; i++) {
        assert_int_equal(d->items[i].sortie, SORTIE_JOURNAL);
        vue = vue || strstr(d->items[i].message, nom) != NULL || strstr(d->items[i].message, autre) != NULL;
    }
    if (!vue)
        fail_msg("« %s » ne nomme ni l'entrée %d ni la %d", d->items[0].message, numero, ou);
}

static void test_chaine(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct journal_etat e;
    struct registre *r = neuf(true);
    struct buffer b = {0};
    char avant[EMPREINTE_HEX] = JOURNAL_SANS_PRECEDENT;
    assert_true(verifier(r, &e, &d));
    assert_int_equal(e.entrees, ENTREES);
    assert_int_equal(e.dernier.s, a(20).s);
    uint64_t octets = 0;
    for (int i = 1; i <= ENTREES; i++) {
        struct arene ar = {0};
        struct entree lue;
        const struct slice t = octets_de(r, i, &b);
        assert_true(entree_lire(t, &ar, &lue));
        assert_int_equal(lue.numero, i);
        assert_true(slice_equals(lue.precedent, avant));
        assert_true(slice_equals(lue.programme, "sons 0.1.0"));
        assert_int_equal(lue.instant.s, a(i == 1 ? 0 : i <= 5 ? 10 : 20).s);
        assert_true(slice_equals(lue.constats, "constat FIN-01 1 conforme n=6\n"));
        const struct empreinte h = empreinte_de(t.bytes, t.len);
        (void)empreinte_hex(&h, avant);
        octets += t.len;
        arene_free(&ar);
    }
    char tete[EMPREINTE_HEX];
    assert_string_equal(empreinte_hex(&e.tete, tete), avant);
    assert_int_equal(e.octets, octets);
    registre_fermer(r);
    buffer_free(&b);
}

static void test_sels(void **state)
{
    (void)state;
    struct registre *r = neuf(true);
    struct buffer b = {0};
    char sels[ENTREES][33], utilisateurs[ENTREES][65];
    for (int i = 1; i <= ENTREES; i++) {
        struct arene ar = {0};
        struct entree e;
        assert_true(entree_lire(octets_de(r, i, &b), &ar, &e));
        (void)snprintf(sels[i - 1], sizeof sels[0], "%.*s", (int)e.sel.len, e.sel.bytes);
        (void)snprintf(utilisateurs[i - 1], sizeof utilisateurs[0], "%.*s", (int)e.utilisateur.len, e.utilisateur.bytes);
        arene_free(&ar);
    }
    for (int i = 0; i < ENTREES; i++) {
        for (int k = 0; k < i; k++)
            assert_string_not_equal(sels[i], sels[k]);
        /* one commitment a transaction: 1, 2–5, 6–9 */
        assert_int_equal(strcmp(utilisateurs[i], utilisateurs[i == 0 ? 0 : i <= 4 ? 1 : 5]), 0);
    }
    assert_string_not_equal(utilisateurs[0], utilisateurs[1]);
    assert_string_not_equal(utilisateurs[1], utilisateurs[5]);
    registre_fermer(r);
    buffer_free(&b);
}

/* Opens the journal at that instant and gives the fault, or E_AVERTISSEMENT when there is none. */
static const char *ouvrir_a(struct registre *r, struct instant quand, enum sortie_code *sortie)
{
    static char code[8];
    struct diag_liste d = {0};
    assert_true(registre_debut(r, &d));
    const bool ok = journal_ouvrir(r, quand, &parametres, &d);
    registre_annuler(r);
    assert_int_equal(ok, d.n == 0);
    (void)snprintf(code, sizeof code, "%s", ok ? "" : d.items[0].code);
    *sortie = d.pire;
    diag_vider(&d);
    return code;
}

static void test_horloge(void **state)
{
    (void)state;
    enum sortie_code s;
    struct registre *r = neuf(true);
    horloge_fixer(a(19));
    assert_string_equal(ouvrir_a(r, a(20), &s), "");
    assert_string_equal(ouvrir_a(r, a(21), &s), "");
    assert_string_equal(ouvrir_a(r, a(19), &s), erreur_texte(E_HORLOGE_FICTIVE));
    assert_int_equal(s, SORTIE_USAGE);
    r->fictif = false;
    assert_string_equal(ouvrir_a(r, a(20), &s), "");
    assert_string_equal(ouvrir_a(r, a(19), &s), erreur_texte(E_HORLOGE));
    assert_int_equal(s, SORTIE_ENVIRONNEMENT);
    registre_fermer(r);
}

/* Another program, started after this one, wrote first: its entry is dated after our clock, which is read again. */
static void test_horloge_relue(void **state)
{
    (void)state;
    struct registre *r = neuf(false);
    struct journal_etat e;
    struct diag_liste d = {0};
    horloge_fixer(a(33));
    ecrire(r, a(15), 1);
    assert_true(verifier(r, &e, &d));
    assert_int_equal(e.entrees, ENTREES + 1);
    assert_int_equal(e.dernier.s, a(33).s);
    registre_fermer(r);
}

static void test_declencheurs(void **state)
{
    (void)state;
    static const char *const refuses[] = {
        "update journal set octets = 'x' where numero = 3", "update journal set numero = 30 where numero = 3",
        "delete from journal where numero = 9", "delete from journal", "insert into journal values (9, 'x')",
    };
    struct registre *r = neuf(true);
    struct journal_etat e;
    struct diag_liste d = {0};
    for (size_t i = 0; i < NOMBRE(refuses); i++) {
        assert_int_not_equal(sqlite3_exec(r->db, refuses[i], NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_extended_errcode(r->db) & 0xff, SQLITE_CONSTRAINT);
    }
    assert_true(verifier(r, &e, &d));
    assert_int_equal(e.entrees, ENTREES);
    sans_declencheurs(r);
    sql(r, "delete from journal where numero = 9"); /* without them it goes: they do hold something */
    registre_fermer(r);
}

static void test_chaque_octet(void **state)
{
    (void)state;
    struct registre *r = neuf(true);
    struct journal_etat e;
    struct diag_liste d = {0};
    struct buffer vrai = {0}, faux = {0};
    size_t vus = 0;
    sans_declencheurs(r);
    sql(r, "begin");
    for (int numero = 1; numero <= ENTREES; numero += 4) { /* 1: genesis, 5: end of a transaction, 9: the last */
        const struct slice t = octets_de(r, numero, &vrai);
        for (size_t i = 0; i < t.len; i++) {
            buffer_clear(&faux);
            buffer_append(&faux, t.bytes, t.len);
            faux.bytes[i] = faux.bytes[i] == '0' ? '1' : '0';
            remplacer(r, numero, slice_buffer(&faux));
            assert_false(verifier(r, &e, &d));
            nomme(&d, numero, numero + 1);
            vus++;
            buffer_clear(&faux);
            buffer_append(&faux, t.bytes, i); /* truncated there */
            remplacer(r, numero, slice_buffer(&faux));
            assert_false(verifier(r, &e, &d));
            nomme(&d, numero, numero + 1);
        }
        remplacer(r, numero, t);
        assert_true(verifier(r, &e, &d));
    }
    sql(r, "rollback");
    assert_true(vus > 1000);
    assert_true(verifier(r, &e, &d));
    registre_fermer(r);
    buffer_free(&vrai);
    buffer_free(&faux);
    diag_vider(&d);
}

static void test_gestes(void **state)
{
    (void)state;
    static const struct {
        const char *geste;
        int entree, ou; /* one of the two is named */
    } t[] = {
        {"delete from journal where numero = 5", 5, 5},
        {"delete from journal where numero = 1", 1, 1},
        {"delete from journal where numero between 3 and 6", 3, 7},
        {"delete from journal where numero = 5; update journal set numero = numero - 1 where numero > 5", 5, 6},
        {"update journal set numero = 100 where numero = 4; update journal set numero = 4 where numero = 5;"
         "update journal set numero = 5 where numero = 100", 4, 5},
        {"insert into journal values (0, (select octets from journal where numero = 1))", 0, 0},
        {"insert into journal values (-7, 'x')", -7, -7},
        {"insert into journal values (11, (select octets from journal where numero = 9))", 10, 11},
        {"insert into journal values (10, (select octets from journal where numero = 9))", 10, 10},
        {"update journal set octets = octets || 'x' where numero = 6", 6, 7},
        {"update journal set octets = '' where numero = 6", 6, 7},
        {"update journal set octets = replace(octets, 'instant 2022', 'instant 2021') where numero = 6", 6, 7},
        {"replace into journal values (3, 'x')", 3, 4}, /* what a trigger does not stop, the chain shows */
        {"delete from journal", 1, 1},
    };
    struct journal_etat e;
    struct diag_liste d = {0};
    struct registre *r = neuf(true);
    sans_declencheurs(r);
    for (size_t i = 0; i < NOMBRE(t); i++) {
        sql(r, "begin");
        sql(r, t[i].geste);
        assert_false(verifier(r, &e, &d));
        nomme(&d, t[i].entree, t[i].ou);
        sql(r, "rollback");
        assert_true(verifier(r, &e, &d));
        assert_int_equal(e.entrees, ENTREES);
    }
    /* Cut at the end, the chain holds: only the hash kept of the last entry tells, then the count. */
    sql(r, "delete from journal where numero > 7");
    assert_false(verifier(r, &e, &d));
    nomme(&d, 7, 7);
    struct diag_liste rien = {0};
    assert_true(registre_debut(r, &rien));
    assert_false(journal_ouvrir(r, a(30), &parametres, &rien)); /* nor is anything written after it */
    assert_int_equal(rien.total, 1);
    assert_string_equal(rien.items[0].code, "E-108");
    diag_vider(&rien);
    registre_annuler(r);
    sql(r, "delete from reglage where cle = 'tete'");
    assert_true(verifier(r, &e, &d));
    assert_int_equal(e.entrees, 7);
    registre_fermer(r);
    diag_vider(&d);
}

/* An entry changed, and the hash of the next one redone: the break moves to the one after. */
static void test_empreinte_refaite(void **state)
{
    (void)state;
    struct registre *r = neuf(true);
    struct journal_etat e;
    struct diag_liste d = {0};
    struct buffer b = {0};
    char hex[EMPREINTE_HEX];
    sans_declencheurs(r);
    sql(r, "update journal set octets = replace(octets, 'enrole_le 2022', 'enrole_le 2023') where numero = 2");
    const struct slice t = octets_de(r, 2, &b);
    const struct empreinte h = empreinte_de(t.bytes, t.len);
    (void)empreinte_hex(&h, hex);
    (void)octets_de(r, 3, &b);
    memcpy(b.bytes + b.len - 65, hex, 64);
    remplacer(r, 3, slice_buffer(&b));
    assert_false(verifier(r, &e, &d));
    nomme(&d, 4, 4);
    assert_int_equal(d.n, 1);
    registre_fermer(r);
    buffer_free(&b);
    diag_vider(&d);
}

static void test_noms(void **state)
{
    (void)state;
    struct diag_liste d = {0};
    struct journal_etat e;
    struct registre *r = neuf(true);
    struct buffer b = {0}, nom = {0};
    struct sel sel = {{0}};
    size_t noms;
    assert_int_equal(sql_entier(r, "select count(*) from personne where champ = 'utilisateur'"), 3);
    for (int i = 1; i <= ENTREES; i++) {
        struct arene ar = {0};
        struct entree lue;
        assert_true(entree_lire(octets_de(r, i, &b), &ar, &lue));
        buffer_clear(&nom);
        assert_true(journal_utilisateur(r, &lue, &nom, &d));
        assert_true(nom.len > 0);
        assert_null(strstr(b.bytes, nom.bytes)); /* the name itself is not in the entry */
        arene_free(&ar);
    }
    assert_true(journal_noms_verifier(r, &noms, &d));
    assert_int_equal(noms, 3);

    /* Erased: the chain holds, the name is unknown, even though an earlier transaction still has its own. */
    sql(r, "delete from personne where fait = 6");
    assert_true(verifier(r, &e, &d));
    struct arene ar = {0};
    struct entree lue;
    assert_true(entree_lire(octets_de(r, 7, &b), &ar, &lue));
    buffer_clear(&nom);
    assert_false(journal_utilisateur(r, &lue, &nom, &d));
    assert_int_equal(nom.len, 0);
    arene_free(&ar);
    assert_true(journal_noms_verifier(r, &noms, &d));
    assert_int_equal(noms, 2);

    /* Another name, or another salt, is not what was committed to. */
    sql(r, "update personne set nom = nom || 'x' where fait = 2");
    assert_false(journal_noms_verifier(r, &noms, &d));
    assert_int_equal(d.pire, SORTIE_JOURNAL);
    assert_non_null(strstr(d.items[0].message, "entrée 2 (utilisateur)"));
    assert_int_equal(d.n, 1);

    /* A signatory: found, then erased. */
    char hex[EMPREINTE_HEX], refait[EMPREINTE_HEX];
    diag_vider(&d);
    assert_true(registre_debut(r, &d));
    assert_true(journal_ouvrir(r, a(40), &parametres, &d));
    assert_true(personne_enregistrer(r, 10, "signataire", slice_of("Mme Exemple"), hex, &d));
    assert_true(registre_valider(r, &d));
    buffer_clear(&nom);
    assert_int_equal(personne_lire(r, 10, "signataire", &nom, &sel, &d), 1);
    assert_string_equal(nom.bytes, "Mme Exemple");
    const struct empreinte h = engagement(&sel, nom.bytes, nom.len);
    assert_string_equal(empreinte_hex(&h, refait), hex);
    sql(r, "delete from personne where champ = 'signataire'");
    buffer_clear(&nom);
    assert_int_equal(personne_lire(r, 10, "signataire", &nom, &sel, &d), 0);
    registre_fermer(r);
    buffer_free(&b);
    buffer_free(&nom);
}

static int nettoyer(void **state)
{
    (void)state;
    (void)unlink(CHEMIN);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chaine),       cmocka_unit_test(test_sels),   cmocka_unit_test(test_horloge),
        cmocka_unit_test(test_horloge_relue), cmocka_unit_test(test_declencheurs), cmocka_unit_test(test_chaque_octet),
        cmocka_unit_test(test_gestes),       cmocka_unit_test(test_empreinte_refaite), cmocka_unit_test(test_noms),
    };
    return cmocka_run_group_tests(tests, NULL, nettoyer);
}
