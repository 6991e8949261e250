/* The order that a correction carries: written and read back, of any version; everything else refused. */
#include "essai_registre.h"

#include "registre/contenu.h"

static const char ENTIER[] = "fait CommandeEnregistree-V2\nfournisseur 123456782\nnumero BC-1\nmontant_ht 182500\n"
                             "essms 010780054 1 2 -\nessms 2A0000360 182500 219000 182500\nlibelle_essms 2A0000360 IME \\\\ Les\\nMoulins\n"
                             "commune 2A0000360 Ajaccio\nlignes licence 1 etat\n";
static const char ANCIEN[] = "fait CommandeEnregistree-V1\nnumero BC-1\nessms 2A0000360 182500 219000 182500\n";

static void lire_fait(const char *texte, struct arene *a, struct fait *out)
{
    size_t suite;
    assert_true(fait_lire(slice_of(texte), a, out, &suite));
    assert_int_equal(suite, strlen(texte));
    fait_actuel(out);
}

/* As the journal would hold it: written, read, then its content. */
static bool relire(const struct fait *correction, struct arene *a, struct fait *out)
{
    struct buffer b = {0};
    struct fait lu;
    size_t suite;
    fait_ecrire(correction, &b);
    const struct slice texte = {arene_strndup(a, b.bytes, b.len), b.len};
    buffer_free(&b);
    assert_true(fait_lire(texte, a, &lu, &suite));
    assert_int_equal(suite, texte.len);
    return contenu_lire(&lu, a, out);
}

static void aller_retour(void **state)
{
    (void)state;
    static const enum fait_type types[] = {FAIT_COMMANDE_COMPLETEE, FAIT_COMMANDE_RECTIFIEE};
    static const enum fait_champ champs[] = {CO_CONTENU, CX_CONTENU};
    for (int i = 0; i < 2; i++) {
        struct arene a = {0};
        struct fait commande, f, lu;
        struct buffer b = {0};
        lire_fait(ENTIER, &a, &commande);
        fait_init(&f, types[i]);
        fait_put_n(&f, i == 0 ? CO_COMMANDE : CX_COMMANDE, 12);
        contenu_mettre(&f, champs[i], &commande, &a);
        assert_int_equal(fait_get(&f, champs[i])->n, 9);
        assert_true(relire(&f, &a, &lu));
        fait_ecrire(&lu, &b);
        assert_string_equal(b.bytes, ENTIER);
        assert_int_equal(fait_commande(&f, 40), 12);
        buffer_free(&b);
        arene_free(&a);
    }
}

/* A correction written by an older program holds the order in its form of then. */
static void ancienne_version(void **state)
{
    (void)state;
    struct arene a = {0};
    struct fait f, lu;
    static const struct slice lignes[] = {{"essms 2A0000360 182500 219000 182500", 36}, {"fait CommandeEnregistree-V1", 27}, {"numero BC-1", 11}};
    fait_init(&f, FAIT_COMMANDE_RECTIFIEE);
    fait_put_liste(&f, CX_CONTENU, lignes, NOMBRE(lignes));
    assert_true(relire(&f, &a, &lu));
    assert_int_equal(lu.type, FAIT_COMMANDE_ENREGISTREE);
    assert_true(slice_equals(fait_slice(&lu, CE_NUMERO), "BC-1"));
    struct fait seule, meme;
    lire_fait(ANCIEN, &a, &seule);
    assert_true(contenu_lire(&seule, &a, &meme));
    assert_int_equal(fait_commande(&seule, 7), 7);
    arene_free(&a);
}

static void casses(void **state)
{
    (void)state;
    static const char *const contenus[][4] = {
        {NULL},                                                             /* no content */
        {"numero BC-1", NULL},                                              /* no form */
        {"fait CommandeEnregistree-V1", "fait CommandeEnregistree-V2", NULL}, /* two */
        {"fait CommandeEnregistree-V3", NULL},                              /* one to come */
        {"fait LotEmis-V1", "lot 1", NULL},                                 /* another fact */
        {"fait CommandeEnregistree-V2", "inconnu 1", NULL},                 /* a key it has not */
        {"fait CommandeEnregistree-V2", "montant_ht abc", NULL},            /* a value that is none */
        {"fait CommandeEnregistree-V2", "numero", NULL},                    /* a key alone */
        {"fait CommandeEnregistree-V2", "numero A", "numero B", NULL},      /* a field twice */
        {"fait CommandeEnregistree-V2", "numero A\\", NULL},                /* an escape cut short */
        {"fait CommandeEnregistree-V2", "numeroA", NULL},
        {"fait", NULL}};
    for (size_t i = 0; i < NOMBRE(contenus); i++) {
        struct arene a = {0};
        struct slice lignes[4];
        struct fait f, lu;
        size_t n = 0;
        for (; contenus[i][n] != NULL; n++)
            lignes[n] = slice_of(contenus[i][n]);
        fait_init(&f, FAIT_COMMANDE_COMPLETEE);
        fait_put_liste(&f, CO_CONTENU, lignes, n);
        assert_false(contenu_lire(&f, &a, &lu));
        arene_free(&a);
    }
    struct arene a = {0};
    struct fait f, lu;
    fait_init(&f, FAIT_COMMANDE_NOTEE);
    fait_put_n(&f, CN_COMMANDE, 3);
    assert_false(contenu_lire(&f, &a, &lu));
    assert_int_equal(fait_commande(&f, 9), 3);
    fait_init(&f, FAIT_LOT_EMIS);
    assert_int_equal(fait_commande(&f, 9), 0); /* of no order */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(aller_retour), cmocka_unit_test(ancienne_version), cmocka_unit_test(casses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
