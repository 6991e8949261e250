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

/* --- what every explanation holds: the tree that `sons expliquer` shows -------------------------------------------- */

/* What was said, and of which case: two cases of one rule that differ are said otherwise. */
struct dit {
    size_t regle;
    char *cas, *message;
};
static struct dit *dits;
static size_t n_dits, cap_dits;

/* Data that only the signed order gives: « donner cette donnée » is remedy enough. */
static const char *const lus[] = {"date_commande", "date_signature", "deja_equipe", "couloir", "fournisseur", "mention_segur", "mode_signature",
                                  "montant_ht", "montant_tva", "montant_ttc", "motif_tva", "qualite_signataire", "signataire",
                                  "sous_condition", "taux_tva", "ttc_lu", "tva_lue", "version_solution"};

static bool remede_propre(const char *manque)
{
    static const char *const rangs[] = {
#define PROSE(rang, verdict, mot, phrase)
#define TROUVE(rang, verdict, phrase)
#define A_FAIRE(manque, phrase) manque,
#include "regles/prose.def"
#undef PROSE
#undef TROUVE
#undef A_FAIRE
    };
    for (size_t i = 0; i < NOMBRE(lus); i++)
        if (strcmp(lus[i], manque) == 0)
            return true;
    for (size_t i = 0; i < NOMBRE(rangs); i++)
        if (*rangs[i] != '\0' && strcmp(rangs[i], manque) == 0)
            return true;
    return false;
}

/* `verdict cas cas …`, in the order of the constat. */
static char *cas_de(const struct constat *c)
{
    struct buffer b = {0};
    buffer_puts(&b, verdict_ident(c->verdict));
    for (uint16_t i = 0; i < c->n; i++) {
        const struct valeur *v = &c->valeurs[i];
        if (v->type != VALEUR_MOT || (strcmp(v->cle, "cas") != 0 && strcmp(v->cle, "manque") != 0))
            continue;
        buffer_printf(&b, " %s", v->texte);
        if (strcmp(v->cle, "manque") == 0 && !remede_propre(v->texte))
            fail_msg("« %s » manque sans que rien dise comment le donner (A_FAIRE)", v->texte);
    }
    return b.bytes;
}

static void retenir(size_t regle, const struct constat *c, const char *message)
{
    char *cas = cas_de(c);
    for (size_t i = 0; i < n_dits; i++)
        if (dits[i].regle == regle && strcmp(dits[i].message, message) == 0 && strcmp(dits[i].cas, cas) != 0)
            fail_msg("%s : « %s » est dit de « %s » et de « %s »", regle_de(regle)->ident, message, dits[i].cas, cas);
    dits = memoire_grow(dits, &cap_dits, n_dits + 1, sizeof *dits);
    dits[n_dits++] = (struct dit){regle, cas, memoire_strdup(message)};
}

static void arbre_tenu(const struct fabrique *f, const struct regle *r, const char *nom, const struct constat *c)
{
    struct buffer b = {0};
    char attendu[300];
    prose_arbre(&f->d, parametres, c, &b);
    assert_null(strpbrk(b.bytes, "{}|"));
    snprintf(attendu, sizeof attendu, "└─ source : %s ; règle choisie par la date", r->source);
    if (strstr(b.bytes, attendu) == NULL)
        fail_msg("%s, « %s » : ni source ni date : %s", r->ident, nom, b.bytes);
    if (c->verdict == VERDICT_NON_CONFORME || c->verdict == VERDICT_EN_ATTENTE) {
        const char *faire = strstr(b.bytes, "├─ à faire : ");
        if (faire == NULL || faire[strlen("├─ à faire : ")] == '\n' || strstr(b.bytes, "├─ attendu : ") == NULL)
            fail_msg("%s, « %s » : sans remède : %s", r->ident, nom, b.bytes);
    }
    for (uint16_t i = 0; i < c->n; i++) {
        struct parametre_vue vue;
        if (c->valeurs[i].type != VALEUR_PARAMETRE)
            continue;
        const bool trouve = parametres_trouver(parametres, c->valeurs[i].texte, f->d.date_signature, &vue);
        snprintf(attendu, sizeof attendu, "├─ paramètre %s = ", c->valeurs[i].texte);
        const char *ligne = strstr(b.bytes, attendu);
        if (trouve && (ligne == NULL || strstr(ligne, ", choisi par la date") == NULL || strstr(ligne, "│    source : ") == NULL))
            fail_msg("%s, « %s » : %s sans valeur, sans date ou sans source : %s", r->ident, nom, c->valeurs[i].texte, b.bytes);
    }
    buffer_free(&b);
}

/* Rules that compare with a number or a list of the law name its key when they are broken. */
static const char *const sans_parametre[] = {"FIN-02", "COM-01", "COM-03", "COM-09", "COM-11", "COM-12", "COM-13", "BAR-05", "UNI-01",
                                             "UNI-02", "CUM-01", "CUM-02", "CUM-03", "CUM-04", "CUM-05", "CUM-06", "REF-01", "REF-02",
                                             "REF-06", "VA-01", "VA-02", "VA-05", "VA-06", "FAC-01", "FAC-02", "REF-05",
                                             "SOL-01", "SOL-04", "REV-03"};

static void parametre_tenu(const struct regle *r, const char *nom, const struct constat *c)
{
    bool dit = c->verdict != VERDICT_NON_CONFORME;
    for (size_t i = 0; i < NOMBRE(sans_parametre); i++)
        dit = dit || strcmp(sans_parametre[i], r->ident) == 0;
    for (uint16_t i = 0; i < c->n; i++)
        dit = dit || c->valeurs[i].type == VALEUR_PARAMETRE ||
              (c->valeurs[i].type == VALEUR_MOT && (strcmp(c->valeurs[i].texte, "nul") == 0 || strcmp(c->valeurs[i].texte, "somme") == 0 ||
                                                    strcmp(c->valeurs[i].texte, "tva") == 0 || strcmp(c->valeurs[i].texte, "va_avant") == 0 ||
                                                    strcmp(c->valeurs[i].texte, "aucun_essms") == 0));
    if (!dit)
        fail_msg("%s, « %s » : non conforme sans nommer de paramètre", r->ident, nom);
}

static void prose_du_cas(const struct fabrique *f, const struct regle *r, const char *nom, const struct constat *c)
{
    struct buffer b = {0};
    prose_message(&f->d, c, &b);
    assert_true(b.len > 0);
    assert_null(strpbrk(b.bytes, "{}|"));
    if (strcmp(b.bytes, "conforme") == 0 || strcmp(b.bytes, "sans objet") == 0)
        fail_msg("%s, « %s » : %s sans dire pourquoi", r->ident, nom, b.bytes);
    retenir(c->regle, c, b.bytes);
    arbre_tenu(f, r, nom, c);
    parametre_tenu(r, nom, c);
    buffer_printf(&prose, "%s | %s | %s\n  %s\n", r->ident, nom, verdict_nom(c->verdict), b.bytes);
    buffer_clear(&b);
    prose_trouve(c, &b);
    if (b.len > 0) {
        assert_null(strpbrk(b.bytes, "{}|"));
        buffer_printf(&prose, "  trouvé : %s\n", b.bytes);
    }
    buffer_free(&b);
}

/* Every value, told or written. */
static void valeurs_toutes(const struct constat *c, struct buffer *b)
{
    struct valeur *t = calloc(c->n + 1u, sizeof *t);
    struct constat tout = *c;
    assert_non_null(t);
    memcpy(t, c->valeurs, c->n * sizeof *t);
    for (uint16_t i = 0; i < c->n; i++)
        t[i].portee = PORTEE_ENTIERE;
    tout.valeurs = t;
    constat_ecrire_valeurs(&tout, b);
    free(t);
}

/* What the journal keeps of an order never names another one: no rule but those of fundings, whose facts are of no order, writes it. */
static void rien_d_autrui(const struct regle *r, const char *nom, const struct constat *c)
{
    struct buffer b = {0};
    constat_ecrire_valeurs(c, &b);
    if (r->etape != ETAPE_FINANCEMENT && b.len > 0 && strstr(b.bytes, " commande=") != NULL)
        fail_msg("%s, « %s » : le journal nommerait une autre commande :%s", r->ident, nom, b.bytes);
    buffer_free(&b);
}

static void attendus(const struct regle *r, const char *nom, const struct constat *c, char *mots)
{
    struct buffer b = {0};
    valeurs_toutes(c, &b);
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
    rien_d_autrui(r, nom, c);
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

/* Every sentence of prose.def that is a rule's own is said by a case. */
static void phrases_toutes_dites(void **state)
{
    enum {
#define REGLE(rang, ident, version, etape, gravite, depuis, date, titre, attendu, remede, source, fonction) rang,
#include "regles/regles.def"
#undef REGLE
        R_TOUTES
    };
    static const struct {
        size_t regle;
        enum verdict verdict;
        const char *mot, *phrase;
    } phrases[] = {
#define PROSE(rang, verdict, mot, phrase) {rang, verdict, mot, phrase},
#define TROUVE(rang, verdict, phrase)
#define A_FAIRE(manque, phrase)
#include "regles/prose.def"
#undef PROSE
#undef TROUVE
#undef A_FAIRE
    };
    size_t dites = 0;
    (void)state;
    for (size_t i = 0; i < NOMBRE(phrases); i++) {
        const size_t n = strlen(verdict_ident(phrases[i].verdict));
        bool dite = phrases[i].regle == R_TOUTES;
        for (size_t k = 0; k < n_dits && !dite; k++) {
            if (dits[k].regle == phrases[i].regle && strncmp(dits[k].cas, verdict_ident(phrases[i].verdict), n) == 0)
                dite = *phrases[i].mot == '\0' || strstr(dits[k].cas + n, phrases[i].mot) != NULL;
        }
        if (!dite)
            fail_msg("%s : aucun cas ne dit « %s »", regle_de(phrases[i].regle)->ident, phrases[i].phrase);
        dites++;
    }
    assert_true(dites > 100);
}

int main(void)
{
    size_t n = regles_nombre();
    size_t *rangs = calloc(n, sizeof *rangs);
    struct CMUnitTest *tests = calloc(n + 2, sizeof *tests);
    parametres = fabrique_parametres();
    for (size_t i = 0; i < n; i++) {
        rangs[i] = i;
        tests[i] = (struct CMUnitTest){.name = regle_de(i)->ident, .test_func = cas_de_la_regle, .initial_state = &rangs[i]};
    }
    tests[n] = (struct CMUnitTest){.name = "la prose de tous les cas", .test_func = prose_comparee};
    tests[n + 1] = (struct CMUnitTest){.name = "toutes les phrases sont dites", .test_func = phrases_toutes_dites};
    int rc = _cmocka_run_group_tests("cas des règles", tests, n + 2, NULL, NULL);
    for (size_t i = 0; i < n_dits; i++) {
        memoire_free(dits[i].cas);
        memoire_free(dits[i].message);
    }
    memoire_free(dits);
    buffer_free(&prose);
    parametres_free(parametres);
    free(tests);
    free(rangs);
    return rc;
}
