/* Lives kept in memory: found again whatever their number; and the same rows, however few of them are kept and whatever the order of
 * the dates, as when each fact reads everything again. */
#include "essai_registre.h"

#include "../outils/alea.h"
#include "registre/etat_interne.h"

#define COMMANDES 7
#define FAITS 400

static void retrouves(void **state)
{
    (void)state;
    struct plis p = {.max = PLIS_MAX};
    assert_null(plis_trouver(&p, 1));
    for (int64_t i = 1; i <= 5000; i++) {
        struct vie *v = plis_ajouter(&p, i * 3);
        vie_init(v);
        v->avance.numero = i;
    }
    for (int64_t i = 1; i <= 5000; i++) {
        assert_non_null(plis_trouver(&p, i * 3));
        assert_int_equal(plis_trouver(&p, i * 3)->avance.numero, i);
        assert_null(plis_trouver(&p, i * 3 + 1));
    }
    plis_free(&p);
    assert_null(plis_trouver(&p, 3));
    assert_int_equal(p.max, PLIS_MAX);
}

/* --- the same facts by three projectors ------------------------------------------------------------------------------- */

static struct registre *ouvrir(const char *chemin)
{
    struct diag_liste d = {0};
    (void)unlink(chemin);
    struct registre *r = registre_creer(chemin, chemin, &d);
    assert_non_null(r);
    return r;
}

static void fermer(struct registre *r, const char *chemin)
{
    registre_annuler(r);
    registre_fermer(r);
    (void)unlink(chemin);
}

/* A fact about one of the orders; its date goes back one time out of three. */
static void fait_tirer(struct alea *a, int64_t numero, struct fait *f)
{
    const int64_t commande = 1 + alea_sous(a, COMMANDES);
    const struct instant le = {INT64_C(1670000000) + numero * 1000 - (alea_sous(a, 3) == 0 ? (int64_t)alea_sous(a, 60000) : 0)};
    switch (alea_sous(a, 6)) {
    case 0:
        fait_init(f, FAIT_AVANCE_DEMANDEE);
        fait_put_n(f, AD_COMMANDE, commande);
        fait_put_n(f, AD_DEMANDE, commande);
        fait_put_montant(f, AD_MONTANT, montant_of(1000 + numero));
        fait_put_instant(f, AD_LE, le);
        break;
    case 1:
        fait_init(f, FAIT_AVANCE_EMISE);
        fait_put_n(f, AE_COMMANDE, commande);
        fait_put_n(f, AE_DEMANDE, commande);
        fait_put_n(f, AE_FOURNISSEUR, 123456782);
        fait_put_n(f, AE_LOT, 1 + alea_sous(a, 3));
        fait_put_instant(f, AE_LE, le);
        fait_put_n(f, AE_RECONSTITUE, alea_sous(a, 2));
        break;
    case 2:
        fait_init(f, alea_sous(a, 3) > 0 ? FAIT_LOT_DEPOSE : FAIT_LOT_ANNULE);
        fait_put_n(f, f->type == FAIT_LOT_DEPOSE ? LD_FOURNISSEUR : LA_FOURNISSEUR, 123456782);
        fait_put_n(f, f->type == FAIT_LOT_DEPOSE ? LD_LOT : LA_LOT, 1 + alea_sous(a, 3));
        fait_put_instant(f, f->type == FAIT_LOT_DEPOSE ? LD_LE : LA_LE, le);
        break;
    case 3:
    case 4:
        fait_init(f, FAIT_DEMANDE_REPONDUE);
        fait_put_n(f, DR_COMMANDE, commande);
        fait_put_n(f, DR_DEMANDE, commande);
        fait_put_texte(f, DR_PAIEMENT, "avance");
        fait_put_n(f, DR_VERSION, 1 + alea_sous(a, 2));
        fait_put_texte(f, DR_STATUT, statut_asp_nom((enum statut_asp)(1 + alea_sous(a, STATUT_NOMBRE - 1))));
        fait_put_instant(f, DR_LE, le);
        break;
    default:
        fait_init(f, FAIT_ENCAISSEMENT_ENREGISTRE);
        fait_put_n(f, EN_COMMANDE, commande);
        fait_put_texte(f, EN_PAIEMENT, "avance");
        fait_put_montant(f, EN_MONTANT, montant_of(1 + alea_sous(a, 5000)));
        fait_put_jour(f, EN_LE, instant_jour(le));
    }
}

/* A new projector for each fact when `max` is 0: nothing is kept. */
static void jouer(struct registre *r, uint64_t graine, size_t max, bool par_rafales)
{
    struct diag_liste d = {0};
    struct alea a = alea_de(graine, 0);
    struct projecteur *p = NULL;
    for (int64_t i = 10; i < 10 + FAITS; i++) {
        struct fait f;
        fait_tirer(&a, i, &f);
        if (p == NULL)
            p = projecteur_creer(r);
        p->plis.max = max == 0 ? PLIS_MAX : max;
        if (par_rafales)
            projecteur_par_rafales(p);
        if (f.type == FAIT_AVANCE_EMISE) { /* a lot takes an order once */
            char texte[160];
            assert_true(rafale_vider(p->rafales[R_EMISSION], &d));
            snprintf(texte, sizeof texte, "select count(*) from emission where lot = %lld and commande = %lld", (long long)fait_n(&f, AE_LOT),
                     (long long)fait_n(&f, AE_COMMANDE));
            if (sql_entier(r, texte) > 0)
                continue;
        }
        assert_true(projeter(p, i, &f, &d));
        assert_true(p->plis.n <= p->plis.max);
        if (max == 0) {
            assert_true(projecteur_vider(p, &d));
            projecteur_free(p);
            p = NULL;
        }
    }
    assert_true(p == NULL || projecteur_vider(p, &d));
    projecteur_free(p);
    assert_int_equal(d.total, 0);
}

/* Every value of three tables, as one text. */
static char *tout(struct registre *r)
{
    static const char *const tables[] = {"select * from vie order by 1, 2, 3", "select * from demande order by 1, 2", "select * from emission order by 1, 2, 3"};
    struct diag_liste d = {0};
    struct buffer b = {0};
    for (size_t t = 0; t < 3; t++) {
        sqlite3_stmt *s = registre_stmt(r, tables[t], &d);
        assert_non_null(s);
        while (registre_suivant(r, s, &d) == 1)
            for (int i = 0; i < sqlite3_column_count(s); i++)
                buffer_printf(&b, "%s%c", sqlite3_column_type(s, i) == SQLITE_NULL ? "-" : (const char *)sqlite3_column_text(s, i),
                              i + 1 < sqlite3_column_count(s) ? ' ' : '\n');
        sqlite3_finalize(s);
    }
    return b.bytes;
}

static void memes_lignes(void **state)
{
    (void)state;
    for (uint64_t graine = 1; graine <= 20; graine++) {
        struct registre *r[3] = {ouvrir("plis-0.db"), ouvrir("plis-1.db"), ouvrir("plis-2.db")};
        jouer(r[0], graine, 0, false);
        jouer(r[1], graine, 2, true);
        jouer(r[2], graine, PLIS_MAX, true);
        char *t[3] = {tout(r[0]), tout(r[1]), tout(r[2])};
        assert_true(sql_entier(r[0], "select count(*) from vie") > FAITS / 2);
        assert_true(sql_entier(r[0], "select count(distinct etat) from vie") > 5);
        assert_true(sql_entier(r[0], "select max(version) from demande") > 1);
        assert_string_equal(t[0], t[1]);
        assert_string_equal(t[0], t[2]);
        for (int i = 0; i < 3; i++) {
            char chemin[16];
            snprintf(chemin, sizeof chemin, "plis-%d.db", i);
            memoire_free(t[i]);
            fermer(r[i], chemin);
        }
    }
}

int main(void)
{
    empreinte_preparer();
    registre_preparer();
    const struct CMUnitTest tests[] = {cmocka_unit_test(retrouves), cmocka_unit_test(memes_lignes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
