/* 30 + 70 = 100, to the cent, after any sequence of removals: the known answers of tests/cas, then ten thousand orders at random
 * (seed printed), against sums written apart. Each balance is judged by SOL-03, SOL-04 and REV-03. */
#include <stdio.h>
#include <stdlib.h>

#include "../noyau/essai.h"
#include "../outils/alea.h"
#include "fabrique.h"

#define TIRAGES 10000
#define ESSMS_MAX 40
static struct parametres *p;
static struct fabrique f;

static int64_t trente(int64_t ttc)
{
    return (ttc * 3 + 5) / 10; /* half up */
}

static size_t lire(const char *nom, void (*ligne)(char *s))
{
    const char *src = getenv("SONS_SRCDIR");
    char chemin[512], brut[8192];
    size_t n = 0;
    snprintf(chemin, sizeof chemin, "%s/tests/cas/%s", src == NULL ? "." : src, nom);
    FILE *fichier = fopen(chemin, "r");
    assert_non_null(fichier);
    assert_non_null(fgets(brut, sizeof brut, fichier));
    for (; fgets(brut, sizeof brut, fichier) != NULL; n++)
        ligne(brut);
    fclose(fichier);
    return n;
}

static struct jour signature(void)
{
    struct jour j;
    assert_true(jour_from_ymd(2022, 7, 12, &j));
    return j;
}

/* TTC;advance;balance: asked, paid, invoiced whole. */
static void ligne_avance(char *s)
{
    struct montant avance, solde, reste, trop;
    const int64_t ttc = strtoll(s, &s, 10), avance_voulue = strtoll(s + 1, &s, 10), solde_voulu = strtoll(s + 1, NULL, 10);
    assert_true(avance_calculer(p, montant_of(ttc), signature(), &avance, &solde));
    assert_true(solde_calculer(montant_of(ttc), avance, &reste, &trop));
    assert_int_equal(avance.centimes, avance_voulue);
    assert_int_equal(reste.centimes, solde_voulu);
    assert_int_equal(trop.centimes, 0);
    assert_int_equal(avance.centimes + reste.centimes, ttc);
}

static void test_avances(void **state)
{
    (void)state;
    assert_int_equal(lire("avance.csv", ligne_avance), 23);
}

static const struct constat *constat_de(const char *ident, struct constat *c)
{
    struct constat *un;
    const uint16_t rang = (uint16_t)regle_rang(ident, strlen(ident));
    assert_int_equal(regles_appliquer(&f.d, p, 0, &rang, 1, &f.a, &un), 1);
    *c = *un;
    return c;
}

static void verdict(const char *ident, enum verdict voulu, uint64_t tirage)
{
    struct constat c;
    constat_de(ident, &c);
    if (c.verdict != voulu) {
        struct buffer b = {0};
        constat_ecrire(&c, &b);
        fail_msg("tirage %llu : %s attendu %s, trouvé %s", (unsigned long long)tirage, ident, verdict_ident(voulu), b.bytes);
    }
}

/* The balance of `total` for what remains: what the act would record. */
static void solder(int64_t total)
{
    struct montant solde, trop;
    assert_true(solde_calculer(montant_of(total), f.d.vie.avance.paye, &solde, &trop));
    assert_int_equal(f.d.vie.avance.paye.centimes + solde.centimes - trop.centimes, total); /* 30 + 70 = 100 */
    assert_true(solde.centimes >= 0 && trop.centimes >= 0 && (solde.centimes == 0 || trop.centimes == 0));
    f.d.solde = (struct dossier_solde){.existe = true, .trop_percu = trop};
    f.d.vie.total = montant_of(total);
    f.d.vie.solde.existe = true;
    f.d.vie.solde.montant = solde;
}

/* One more is removed; what remains is judged at its shares, a centime below, a centime above. */
static size_t retirer(uint32_t reste[], uint32_t *n, int64_t taux, struct alea *a, uint64_t tirage)
{
    const uint32_t k = (uint32_t)(alea_64(a) % *n);
    f.d.essms[reste[k]].retire = true;
    reste[k] = reste[--*n];
    int64_t parts = 0;
    for (uint32_t i = 0; i < *n; i++)
        parts += f.d.essms[reste[i]].ttc.centimes;
    const int64_t limite = parts < taux * *n ? parts : taux * *n; /* one share may be above the rate: proportional to the HT given */
    solder(limite);
    verdict("SOL-03", *n == 0 ? VERDICT_NON_CONFORME : VERDICT_CONFORME, tirage);
    verdict("SOL-04", VERDICT_CONFORME, tirage);
    verdict("REV-03", limite < f.d.vie.avance.paye.centimes ? VERDICT_NON_CONFORME : VERDICT_CONFORME, tirage);
    solder(limite + 1);
    verdict("SOL-03", VERDICT_NON_CONFORME, tirage);
    solder(limite);
    f.d.vie.solde.montant.centimes++;
    verdict("SOL-04", VERDICT_NON_CONFORME, tirage);
    return 6;
}

static size_t un_tirage(uint64_t graine, uint64_t tirage)
{
    struct alea a = alea_de(graine, tirage);
    struct tranche t;
    struct montant poids[ESSMS_MAX], parts[ESSMS_MAX];
    uint32_t n = 1 + (uint32_t)(alea_64(&a) % ESSMS_MAX), reste[ESSMS_MAX];
    char essms[8];
    size_t juges = 0;
    fabrique_defaut(&f);
    snprintf(essms, sizeof essms, "%u", n);
    assert_true(fabrique_champ(&f, "essms", essms));
    f.d.base.n[COULOIR_MS1] = f.d.base.n[COULOIR_INCONNU] = n + (uint32_t)(alea_64(&a) % 80);
    assert_true(bareme_tranche(p, f.d.base.n[COULOIR_MS1], f.d.date_signature, &t));
    const int64_t ttc = 1 + (int64_t)(alea_64(&a) % (uint64_t)(t.taux_ttc.centimes * n));
    const bool egales = alea_64(&a) % 2 == 0;
    for (uint32_t i = 0; i < n; i++) {
        poids[i] = montant_of(1 + (int64_t)(alea_64(&a) % 100000));
        reste[i] = i;
    }
    f.d.ttc = montant_of(ttc);
    assert_true(montant_repartir(f.d.ttc, egales ? NULL : poids, n, parts));
    int64_t somme = 0;
    for (uint32_t i = 0; i < n; i++) {
        f.d.essms[i].ttc = parts[i];
        somme += parts[i].centimes;
    }
    assert_int_equal(somme, ttc);
    /* The advance that ASP paid: what was asked, or a centime less. */
    const int64_t avance = trente(ttc) - (trente(ttc) > 0 && alea_64(&a) % 10 == 0);
    f.d.vie.avance = (struct dossier_demande){.existe = true, .numero = 1, .version = 1, .montant = montant_of(trente(ttc)), .statut = STATUT_PAYEE,
                                              .statut_le = f.d.au, .paye = montant_of(avance)};
    solder(ttc);
    verdict("SOL-04", VERDICT_CONFORME, tirage);
    verdict("SOL-03", VERDICT_CONFORME, tirage);
    while (n > 0)
        juges += retirer(reste, &n, t.taux_ttc.centimes, &a, tirage);
    fabrique_free(&f);
    return juges;
}

static void test_hasard(void **state)
{
    const char *s = getenv("SONS_GRAINE");
    const uint64_t graine = s == NULL ? 20240331 : strtoull(s, NULL, 10);
    size_t juges = 0;
    (void)state;
    print_message("# graine %llu (SONS_GRAINE)\n", (unsigned long long)graine);
    for (uint64_t i = 0; i < TIRAGES; i++)
        juges += un_tirage(graine, i);
    print_message("# %zu soldes jugés\n", juges);
    assert_true(juges > (size_t)TIRAGES * 6 * 15); /* twenty ESSMS or so, removed one by one */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_avances), cmocka_unit_test(test_hasard)};
    p = fabrique_parametres();
    const int rc = cmocka_run_group_tests_name("soldes", tests, NULL, NULL);
    parametres_free(p);
    return rc;
}
