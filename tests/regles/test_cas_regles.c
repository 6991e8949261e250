/* The rules against their tables: tests/regles/IDENT.cas, one case a line: `name | fields => verdict values`.
 * A value is `cle=valeur` as the journal writes it, `@parametre`, `!cle` that must not be there, `#2essms` a key that is
 * there twice, or `sujet=2` the rank of the ESSMS concerned. The prose of every case is
 * compared with prose.attendu. */
#include <stdio.h>

#include "../noyau/essai.h"
#include "fabrique.h"
#include "regles/prose_prive.h"

#define CAS_MIN 4
static struct parametres *parametres;
static struct buffer prose;
static size_t cas_total;

static const char *dossier_source(void)
{
    const char *s = getenv("SONS_SRCDIR");
    return s == NULL ? "." : s;
}

/* Every key and word that a constat holds has a French name. */
static void declares(const struct constat *c)
{
    for (uint16_t i = 0; i < c->n; i++) {
        const struct valeur *v = &c->valeurs[i];
        if (v->type == VALEUR_PARAMETRE) {
            struct parametre_vue vue;
            assert_true(parametres_trouver(parametres, v->texte, (struct jour){19800}, &vue));
            continue;
        }
        if (valeur_label(v->cle) == NULL || (v->type == VALEUR_MOT && mot_label(v->texte) == NULL))
            fail_msg("absent de valeurs.def : %s %s", v->cle, v->type == VALEUR_MOT ? v->texte : "");
    }
}

static size_t compter(const char *valeurs, const char *cle)
{
    size_t n = 0, len = strlen(cle);
    for (const char *s = valeurs; (s = strstr(s, cle)) != NULL; s++)
        n += s > valeurs && s[-1] == ' ' && s[len] == '=';
    return n;
}

/* ` cle=` or ` cle=valeur ` in the written values; the end of the line counts as a space. */
static bool contient(const char *valeurs, const char *mot)
{
    size_t len = strlen(mot);
    for (const char *s = valeurs; (s = strstr(s, mot)) != NULL; s++)
        if (s > valeurs && s[-1] == ' ' && (mot[len - 1] == '=' || s[len] == ' ' || s[len] == '\0'))
            return true;
    return false;
}

static void prose_du_cas(const struct fabrique *f, const struct regle *r, const char *nom, const struct constat *c)
{
    struct buffer b = {0};
    prose_message(&f->d, c, &b);
    assert_true(b.len > 0);
    assert_null(strpbrk(b.bytes, "{}|"));
    buffer_printf(&prose, "%s | %s | %s\n  %s\n", r->ident, nom, verdict_nom(c->verdict), b.bytes);
    buffer_clear(&b);
    prose_trouve(c, &b);
    if (b.len > 0) {
        assert_null(strpbrk(b.bytes, "{}|"));
        buffer_printf(&prose, "  trouvé : %s\n", b.bytes);
    }
    buffer_free(&b);
}

static void attendus(const struct regle *r, const char *nom, const struct constat *c, char *mots)
{
    struct buffer b = {0};
    constat_ecrire_valeurs(c, &b);
    const char *valeurs = b.bytes == NULL ? "" : b.bytes;
    for (char *mot = strtok(mots, " "); mot != NULL; mot = strtok(NULL, " ")) {
        char interdit[64];
        snprintf(interdit, sizeof interdit, "%s%s", mot + 1, strchr(mot, '=') == NULL ? "=" : "");
        bool bon = *mot == '!'                         ? !contient(valeurs, interdit)
                   : *mot == '#'                       ? compter(valeurs, mot + 2) == (size_t)(mot[1] - '0')
                   : strncmp(mot, "sujet=", 6) == 0 ? c->sujet == strtoul(mot + 6, NULL, 10)
                                                       : contient(valeurs, mot);
        if (!bon)
            fail_msg("%s, « %s » : %s ; trouvé :%s", r->ident, nom, mot, valeurs);
    }
    buffer_free(&b);
}

static char *rogner(char *s)
{
    while (*s == ' ')
        s++;
    size_t n = strlen(s);
    while (n > 0 && s[n - 1] == ' ')
        s[--n] = '\0';
    return s;
}

static enum verdict jouer(size_t rang, char *ligne)
{
    const struct regle *r = regle_de(rang);
    static struct fabrique f;
    char *barre = strchr(ligne, '|'), *fleche = strstr(ligne, "=> ");
    if (barre == NULL || fleche == NULL || fleche < barre)
        fail_msg("%s : ligne mal formée : %s", r->ident, ligne);
    *barre = *fleche = '\0';
    char *nom = rogner(ligne), *champs = rogner(barre + 1), *suite, *voulu = rogner(fleche + 3);
    fabrique_defaut(&f);
    for (char *mot = strtok(champs, " "); mot != NULL; mot = strtok(NULL, " ")) {
        char *egal = strchr(mot, '=');
        if (egal == NULL)
            fail_msg("%s, « %s » : champ sans = : %s", r->ident, nom, mot);
        *egal = '\0';
        if (!fabrique_champ(&f, mot, egal + 1))
            fail_msg("%s, « %s » : champ inconnu : %s", r->ident, nom, mot);
    }
    suite = strchr(voulu, ' ');
    if (suite != NULL)
        *suite++ = '\0';
    struct constat *c;
    uint16_t seul = (uint16_t)rang;
    assert_int_equal(regles_appliquer(&f.d, parametres, 0, &seul, 1, &f.a, &c), 1);
    assert_int_equal(c->regle, rang);
    if (strcmp(verdict_ident(c->verdict), voulu) != 0) {
        struct buffer b = {0};
        constat_ecrire(c, &b);
        fail_msg("%s, « %s » : attendu %s, trouvé %s", r->ident, nom, voulu, b.bytes);
    }
    if (suite != NULL)
        attendus(r, nom, c, suite);
    declares(c);
    prose_du_cas(&f, r, nom, c);
    enum verdict v = c->verdict;
    fabrique_free(&f);
    return v;
}

static void cas_de_la_regle(void **state)
{
    size_t rang = *(size_t *)*state, n = 0, vus[4] = {0};
    const struct regle *r = regle_de(rang);
    char chemin[512], ligne[1024];
    snprintf(chemin, sizeof chemin, "%s/tests/regles/%s.cas", dossier_source(), r->ident);
    FILE *f = fopen(chemin, "r");
    if (f == NULL)
        fail_msg("%s : aucun cas (%s)", r->ident, chemin);
    while (fgets(ligne, sizeof ligne, f) != NULL) {
        ligne[strcspn(ligne, "\n")] = '\0';
        if (*ligne == '#' || *ligne == '\0')
            continue;
        vus[jouer(rang, ligne)]++;
        n++;
    }
    fclose(f);
    if (n < CAS_MIN)
        fail_msg("%s : %zu cas, il en faut au moins %d", r->ident, n, CAS_MIN);
    assert_true(vus[VERDICT_CONFORME] > 0);
    assert_true(vus[VERDICT_EN_ATTENTE] + vus[VERDICT_NON_CONFORME] > 0);
    cas_total += n;
}

/* A file of the folder that is no rule's would never be run. */
static void prose_comparee(void **state)
{
    (void)state;
    assert_true(cas_total > 300);
    const char *build = getenv("SONS_BUILDDIR");
    char chemin[512];
    snprintf(chemin, sizeof chemin, "%s/tests/regles/prose.trouve", build == NULL ? "." : build);
    FILE *f = fopen(chemin, "w");
    if (f != NULL) {
        fwrite(prose.bytes, 1, prose.len, f);
        fclose(f);
    }
    snprintf(chemin, sizeof chemin, "%s/tests/regles/prose.attendu", dossier_source());
    f = fopen(chemin, "r");
    if (f == NULL)
        fail_msg("prose.attendu absent");
    char ligne[4096];
    const char *s = prose.bytes;
    while (fgets(ligne, sizeof ligne, f) != NULL) {
        size_t len = strlen(ligne);
        if (strncmp(s, ligne, len) != 0)
            fail_msg("attendu : %strouvé  : %.*s", ligne, (int)strcspn(s, "\n"), s);
        s += len;
    }
    fclose(f);
    assert_int_equal(*s, '\0');
}

int main(void)
{
    size_t n = regles_nombre();
    size_t *rangs = calloc(n, sizeof *rangs);
    struct CMUnitTest *tests = calloc(n + 1, sizeof *tests);
    parametres = fabrique_parametres();
    for (size_t i = 0; i < n; i++) {
        rangs[i] = i;
        tests[i] = (struct CMUnitTest){.name = regle_de(i)->ident, .test_func = cas_de_la_regle, .initial_state = &rangs[i]};
    }
    tests[n] = (struct CMUnitTest){.name = "la prose de tous les cas", .test_func = prose_comparee};
    int rc = _cmocka_run_group_tests("cas des règles", tests, n + 1, NULL, NULL);
    buffer_free(&prose);
    parametres_free(parametres);
    free(tests);
    free(rangs);
    return rc;
}
