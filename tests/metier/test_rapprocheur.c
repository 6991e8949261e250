/* The rapprocheur on the real stock: rows derived from it by seeded noise of many kinds. None is ever chosen wrongly; how many are
 * found is held by a floor for each kind. */
#include "../noyau/essai.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../outils/alea.h"
#include "formats/finess.h"
#include "metier/rapprocheur.h"

#define LIGNES 3000
#define TEXTE 400

static struct finess_fichier stock;
static struct tolerance tolerance = {5000, 5};

struct ligne {
    uint64_t siret;
    uint32_t siren;
    char nom[TEXTE], commune[TEXTE], postal[8], departement[4];
};

static void copier(char out[TEXTE], struct slice s)
{
    snprintf(out, TEXTE, "%.*s", (int)s.len, s.bytes);
}

static void ligne_de(const struct etablissement *e, struct ligne *l)
{
    char acheminement[TEXTE];
    *l = (struct ligne){.siret = e->siret, .siren = (uint32_t)(e->siret / 100000)};
    copier(l->nom, e->raison_sociale);
    copier(acheminement, e->acheminement);
    char *blanc = strchr(acheminement, ' ');
    if (blanc == NULL) return;
    snprintf(l->commune, sizeof l->commune, "%s", blanc + 1);
    *blanc = '\0';
    snprintf(l->postal, sizeof l->postal, "%.5s", acheminement);
}

/* --- noise -------------------------------------------------------------------------------------------------------- */

static void remplacer(char *s, const char *de, const char *par)
{
    char copie[TEXTE];
    char *p = strstr(s, de);
    if (p == NULL || strlen(s) + strlen(par) >= TEXTE) return;
    snprintf(copie, sizeof copie, "%s%s", par, p + strlen(de));
    snprintf(p, TEXTE - (size_t)(p - s), "%s", copie);
}

/* Lower case without accents, spaces made hyphens or apostrophes. */
static void sans_accents(char *s, struct alea *a)
{
    struct buffer b = {0};
    texte_fold(&b, s, strlen(s));
    for (size_t i = 0; i < b.len; i++) {
        if (b.bytes[i] >= 'A' && b.bytes[i] <= 'Z') b.bytes[i] = (char)(b.bytes[i] + 32);
        if (b.bytes[i] == ' ' && alea_sous(a, 4) == 0) b.bytes[i] = "-'_"[alea_sous(a, 3)];
    }
    snprintf(s, TEXTE, "%s", b.bytes == NULL ? "" : b.bytes);
    buffer_free(&b);
}

static void abreger(char *s)
{
    static const char *const paires[][2] = {
        {"SAINTE ", "STE "}, {"SAINT ", "ST "}, {"SAINT-", "ST-"}, {"RESIDENCE ", "RES. "}, {"MAISON DE RETRAITE", "EHPAD"}, {"EHPAD", "E.H.P.A.D."},
        {"FOYER ", "FOY. "}, {"CENTRE ", "CTRE "}, {"SERVICE ", "SCE "}, {"DOCTEUR ", "DR "}, {"NOTRE DAME", "ND"}, {"INSTITUT MEDICO EDUCATIF", "IME"}};
    for (size_t i = 0; i < sizeof paires / sizeof *paires; i++) remplacer(s, paires[i][0], paires[i][1]);
}

static size_t mots(char *s, char *m[], size_t max)
{
    size_t n = 0;
    for (char *p = strtok(s, " "); p != NULL && n < max; p = strtok(NULL, " ")) m[n++] = p;
    return n;
}

/* Two words swapped, or (`retirer`) one left out. */
static void remuer(char *s, struct alea *a, bool retirer)
{
    char copie[TEXTE], *m[40];
    snprintf(copie, sizeof copie, "%s", s);
    size_t n = mots(copie, m, 40);
    if (n < (retirer ? 3u : 2u)) return;
    size_t i = alea_sous(a, (uint32_t)n), j = alea_sous(a, (uint32_t)n);
    char *x = m[i];
    m[i] = m[j];
    m[j] = x;
    size_t fini = 0;
    s[0] = '\0';
    for (size_t k = 0; k < n; k++) {
        if (retirer && k == j) continue;
        fini += (size_t)snprintf(s + fini, TEXTE - fini, "%s%s", fini > 0 ? " " : "", m[k]);
    }
}

/* One letter of the longest word: lost, doubled, or swapped with the next. */
static void coquille(char *s, struct alea *a)
{
    size_t debut = 0, len = 0;
    for (size_t i = 0; s[i] != '\0';) {
        size_t n = strcspn(s + i, " -'");
        if (n > len) {
            debut = i;
            len = n;
        }
        i += n + (s[i + n] != '\0');
    }
    if (len < 5 || strlen(s) + 2 >= TEXTE) return;
    char *p = s + debut + 1 + alea_sous(a, (uint32_t)len - 2);
    if ((unsigned char)*p >= 0x80 || (unsigned char)p[1] >= 0x80) return;
    uint32_t genre = alea_sous(a, 3);
    if (genre == 0) memmove(p, p + 1, strlen(p));
    if (genre == 1) memmove(p + 1, p, strlen(p) + 1);
    if (genre == 2) {
        char c = *p;
        *p = p[1];
        p[1] = c;
    }
}

static void varier_commune(struct ligne *l, struct alea *a)
{
    char t[TEXTE];
    switch (alea_sous(a, 6)) {
    case 0: remplacer(l->commune, "ST ", "SAINT "); remplacer(l->commune, "STE ", "Sainte-"); break;
    case 1: snprintf(t, sizeof t, "%.300s CEDEX 2", l->commune); snprintf(l->commune, TEXTE, "%s", t); break;
    case 2: snprintf(t, sizeof t, "%s %.300s", l->postal, l->commune); snprintf(l->commune, TEXTE, "%s", t); break;
    case 3: sans_accents(l->commune, a); break;
    case 4: coquille(l->commune, a); break;
    default: for (char *p = l->commune; *p != '\0'; p++) if (*p == ' ') *p = '-';
    }
}

enum bruit {
    RIEN, SIRET_SEUL, NOM_COMMUNE, ACCENTS, ABREGES, ORDRE, COQUILLE, MOT_OTE, COMMUNE, COMMUNE_POSTAL, SIRET_VOISIN, SIRET_CLE, SIREN, TOUT_MELE, POSTAL_SEUL,
    LETTRE, AUTRE_COMMUNE, NOM_SEUL, BRUITS
};
/* Of LIGNES rows: at least so many found; the right one found or among the candidates. */
static const struct {
    const char *nom;
    unsigned trouves, proposes;
} attendus[BRUITS] = {
    [RIEN] = {"sans bruit", 2800, 2990},
    [SIRET_SEUL] = {"SIRET seul", 2000, 2500},
    [NOM_COMMUNE] = {"nom et commune", 2580, 2990},
    [ACCENTS] = {"accents perdus", 2600, 2990},
    [ABREGES] = {"abréviations", 2500, 2980},
    [ORDRE] = {"mots échangés", 2450, 2970},
    [COQUILLE] = {"faute de frappe", 2050, 2930},
    [MOT_OTE] = {"mot ôté", 1750, 2900},
    [COMMUNE] = {"commune variée", 2180, 2980},
    [COMMUNE_POSTAL] = {"commune variée, code postal", 2550, 2980},
    [SIRET_VOISIN] = {"SIRET d'un voisin", 150, 2850},
    [SIRET_CLE] = {"SIRET de clé fausse, nom fautif", 1780, 2930},
    [SIREN] = {"SIREN, nom fautif, commune", 2150, 2970},
    [TOUT_MELE] = {"tout mêlé", 2150, 2950},
    [POSTAL_SEUL] = {"nom et code postal", 2350, 2980},
    [LETTRE] = {"une lettre perdue", 1200, 2900},
    [AUTRE_COMMUNE] = {"commune d'un autre", 0, 2500},
    [NOM_SEUL] = {"nom seul", 0, 2750},
};

static bool plies_egaux(struct slice x, struct slice y)
{
    struct buffer a = {0}, b = {0};
    texte_fold(&a, x.bytes, x.len);
    texte_fold(&b, y.bytes, y.len);
    bool egaux = a.len == b.len && (a.len == 0 || memcmp(a.bytes, b.bytes, a.len) == 0);
    buffer_free(&a);
    buffer_free(&b);
    return egaux;
}

static const struct etablissement *voisin(const struct etablissement *e, struct alea *a)
{
    size_t i = (size_t)(e - stock.et);
    for (size_t k = 1; k < 400; k++) { /* siblings stand near: numbers of one department */
        const struct etablissement *v = &stock.et[(i + k) % stock.n_et];
        /* A twin, of the same name, is told by its SIRET alone. */
        if (v->siret != 0 && v->siret != e->siret && v->ej == e->ej && !plies_egaux(v->raison_sociale, e->raison_sociale)) return v;
    }
    return &stock.et[alea_sous(a, (uint32_t)stock.n_et)];
}

static void bruiter(enum bruit b, const struct etablissement *e, struct ligne *l, struct alea *a)
{
    struct ligne autre;
    ligne_de(e, l);
    bool siret = b == RIEN || b == SIRET_SEUL || (b == TOUT_MELE && alea_sous(a, 2) == 0), postal = b == RIEN || b == COMMUNE_POSTAL || b == POSTAL_SEUL || b == TOUT_MELE;
    if (!siret) l->siret = 0;
    if (b != SIREN) l->siren = siret ? l->siren : 0;
    if (!postal) l->postal[0] = '\0';
    if (b == SIRET_SEUL) l->nom[0] = l->commune[0] = '\0';
    if (b == ACCENTS || b == TOUT_MELE) sans_accents(l->nom, a);
    if (b == ABREGES || b == SIRET_CLE) abreger(l->nom);
    if (b == ORDRE || b == TOUT_MELE) remuer(l->nom, a, false);
    if (b == COQUILLE || b == SIREN || b == TOUT_MELE || b == SIRET_CLE) coquille(l->nom, a);
    if (b == MOT_OTE) remuer(l->nom, a, true);
    if (b == COMMUNE || b == COMMUNE_POSTAL || b == TOUT_MELE) {
        ligne_de(e, &autre);
        memcpy(l->postal, autre.postal, sizeof l->postal);
        varier_commune(l, a);
        if (b == COMMUNE) l->postal[0] = '\0';
    }
    if (b == SIRET_VOISIN) {
        const struct etablissement *v = voisin(e, a);
        l->siret = v->siret;
        l->siren = (uint32_t)(v->siret / 100000);
    }
    if (b == LETTRE && strlen(l->nom) > 4) {
        size_t i = alea_sous(a, (uint32_t)strlen(l->nom));
        if ((unsigned char)l->nom[i] < 0x80 && (unsigned char)l->nom[i + 1] < 0x80) memmove(l->nom + i, l->nom + i + 1, strlen(l->nom + i));
    }
    if (b == POSTAL_SEUL || b == NOM_SEUL) l->commune[0] = '\0';
    if (b == AUTRE_COMMUNE) {
        ligne_de(&stock.et[alea_sous(a, (uint32_t)stock.n_et)], &autre);
        memcpy(l->commune, autre.commune, sizeof l->commune);
    }
}

/* --- the judgement ------------------------------------------------------------------------------------------------ */

struct bilan {
    unsigned justes, a_choisir, aucun, faux;
    unsigned presents; /* the right one is chosen, or among the candidates */
};

static struct rapprocheur *construire(void)
{
    struct rapprocheur *r = rapprocheur_creer(&tolerance);
    for (size_t i = 0; i < stock.n_et; i++)
        rapprocheur_ajouter(r, &stock.et[i], 0);
    rapprocheur_clore(r);
    return r;
}

static void juger_un(struct rapprocheur *r, const struct ligne *l, finess vrai, struct bilan *b, const char *bruit)
{
    const struct demande_rapprochement d = {.siret = l->siret, .siren = l->siren, .nom = l->nom, .commune = l->commune, .postal = l->postal, .departement = l->departement};
    struct rapprochement out;
    char t[FINESS_TEXTE_MAX], u[FINESS_TEXTE_MAX];
    rapprocheur_juger(r, &d, &out);
    bool present = false;
    for (size_t i = 0; i < out.n; i++) {
        present = present || out.c[i].et == vrai;
        if (i > 0) assert_true(out.c[i - 1].points >= out.c[i].points); /* ranked */
        assert_true(out.c[i].points >= 0 && out.c[i].points <= 100);
    }
    b->aucun += out.issue == RAPPROCHE_AUCUN;
    b->a_choisir += out.issue == RAPPROCHE_A_CHOISIR;
    b->presents += present;
    if (out.issue != RAPPROCHE_SUR) return;
    b->justes += out.c[0].et == vrai;
    if (out.c[0].et == vrai) return;
    b->faux++;
    print_message("# faux (%s) : « %s » « %s » siret %lld : %s « %.*s » au lieu de %s (cause %d, proximité %d)\n", bruit, l->nom, l->commune, (long long)l->siret,
                  finess_texte(out.c[0].et, t), (int)out.c[0].nom.len, out.c[0].nom.bytes, finess_texte(vrai, u), (int)out.cause, out.c[0].proximite);
    /* Whatever the row says, what is chosen has the town and every word of it. */
    assert_true(out.c[0].commune != ACCORD_NON && out.c[0].ecart == ECART_AUCUN && out.c[0].manquants == 0);
}

static void test_bruits(void **state)
{
    (void)state;
    struct rapprocheur *r = construire();
    assert_int_equal(rapprocheur_nombre(r), 46777);
    bool bon = true;
    for (int k = 0; k < BRUITS; k++) {
        struct alea a = alea_de(11, (uint64_t)k);
        struct bilan b = {0};
        for (int i = 0; i < LIGNES; i++) {
            struct ligne l;
            const struct etablissement *e = &stock.et[alea_sous(&a, (uint32_t)stock.n_et)];
            bruiter((enum bruit)k, e, &l, &a);
            juger_un(r, &l, e->et, &b, attendus[k].nom);
        }
        print_message("# %s : %u trouvés, %u à choisir, %u sans candidat, %u faux ; le bon est trouvé ou proposé %u fois\n", attendus[k].nom, b.justes, b.a_choisir,
                      b.aucun, b.faux, b.presents);
        /* A name that another town has too: the row says so, and nothing tells that it lies. */
        const unsigned toleres = k == AUTRE_COMMUNE ? 15 : 0;
        bon = bon && b.faux <= toleres && b.justes >= attendus[k].trouves && b.presents >= attendus[k].proposes;
    }
    rapprocheur_free(r);
    assert_true(bon);
}

/* --- rules, one by one -------------------------------------------------------------------------------------------- */

static finess numero(unsigned n)
{
    char t[16];
    finess f;
    snprintf(t, sizeof t, "21%06u", n % 1000000);
    t[8] = luhn_cle(t, 8);
    t[9] = '\0';
    assert_int_equal(finess_parse(slice_of(t), &f), NUMERO_VALIDE);
    return f;
}

static void test_regles(void **state)
{
    (void)state;
    static const struct { const char *nom, *acheminement; uint64_t siret; uint16_t categorie; } base[] = {
        {"EHPAD LES TILLEULS", "21000 DIJON", UINT64_C(11111111100001), 500},        /* 0 */
        {"EHPAD LES TILLEULS", "21200 BEAUNE", UINT64_C(11111111100002), 500},       /* 1: sibling of 0 */
        {"IME SAINT-EXUPERY", "21000 DIJON", UINT64_C(22222222200001), 183},         /* 2 */
        {"SESSAD SAINT-EXUPERY", "21000 DIJON", UINT64_C(22222222200001), 182},      /* 3: shares the SIRET of 2 */
        {"FOYER LES GENETS", "21300 CHENOVE CEDEX", 0, 252},                         /* 4 */
        {"LES PERVENCHES I", "21400 CHATILLON SUR SEINE", 0, 202},                   /* 5 */
        {"LES PERVENCHES II", "21400 CHATILLON SUR SEINE", 0, 202},                  /* 6 */
        {"EHPAD", "21500 MONTBARD", 0, 500},                                         /* 7 */
    };
    static const struct { const char *cas; uint64_t siret; uint32_t siren; const char *nom, *commune, *postal, *departement; int issue, cause, choisi; } cas[] = {
        {"SIRET seul", UINT64_C(11111111100001), 0, "", "", "", "", RAPPROCHE_SUR, CAUSE_SIRET, 0},
        {"SIRET et autre commune", UINT64_C(11111111100001), 0, "EHPAD LES TILLEULS", "BEAUNE", "", "", RAPPROCHE_A_CHOISIR, -1, -1},
        {"SIRET et autre nom", UINT64_C(11111111100001), 0, "RESIDENCE MANSART", "DIJON", "", "", RAPPROCHE_A_CHOISIR, CAUSE_CONTREDIT, -1},
        {"SIRET partagé, seul", UINT64_C(22222222200001), 0, "", "", "", "", RAPPROCHE_A_CHOISIR, -1, -1},
        {"SIRET partagé, nom", UINT64_C(22222222200001), 0, "S.E.S.S.A.D. Saint Exupéry", "Dijon", "", "", RAPPROCHE_SUR, CAUSE_SIRET_PARTAGE, 3},
        {"SIRET partagé, nom des deux", UINT64_C(22222222200001), 0, "St Exupéry", "Dijon", "", "", RAPPROCHE_A_CHOISIR, CAUSE_RIVAL, -1},
        {"SIREN, nom, commune", 0, 111111111, "MAISON DE RETRAITE LES TILLEULS", "BEAUNE", "", "", RAPPROCHE_SUR, CAUSE_SIREN, 1},
        {"SIREN et nom seuls", 0, 111111111, "EHPAD LES TILLEULS", "", "", "", RAPPROCHE_A_CHOISIR, -1, -1},
        {"autre SIREN", 0, 333333333, "EHPAD LES TILLEULS", "DIJON", "", "", RAPPROCHE_A_CHOISIR, CAUSE_CONTREDIT, -1},
        {"homonymes, sans commune", 0, 0, "EHPAD LES TILLEULS", "", "", "", RAPPROCHE_A_CHOISIR, CAUSE_RIVAL, -1},
        {"homonymes, commune", 0, 0, "les tilleuls", "Dijon", "", "", RAPPROCHE_SUR, CAUSE_NOM, 0},
        {"homonymes, département", 0, 0, "EHPAD LES TILLEULS", "", "", "21", RAPPROCHE_A_CHOISIR, CAUSE_RIVAL, -1},
        {"code postal au lieu de la commune", 0, 0, "EHPAD LES TILLEULS", "", "21200", "", RAPPROCHE_SUR, CAUSE_NOM, 1},
        {"code postal sans son zéro, d'ailleurs", 0, 0, "EHPAD LES TILLEULS", "DIJON", "1000", "", RAPPROCHE_A_CHOISIR, CAUSE_CONTREDIT, -1},
        {"faute de frappe", 0, 0, "EHPAD LES TILEULS", "Beaune", "", "", RAPPROCHE_SUR, CAUSE_NOM, 1},
        {"genre qui désigne", 0, 0, "IME St-Exupéry", "DIJON CEDEX 9", "", "", RAPPROCHE_SUR, CAUSE_NOM, 2},
        {"genre absent, deux possibles", 0, 0, "ST EXUPERY", "DIJON", "", "", RAPPROCHE_A_CHOISIR, CAUSE_RIVAL, -1},
        {"autre genre", 0, 0, "EHPAD ST EXUPERY", "DIJON", "", "", RAPPROCHE_A_CHOISIR, CAUSE_CONTREDIT, -1},
        {"CEDEX", 0, 0, "Foyer des Genêts", "Chenôve", "", "", RAPPROCHE_SUR, CAUSE_NOM, 4},
        {"commune fautive, sans code postal", 0, 0, "Foyer des Genêts", "Chenovve", "", "", RAPPROCHE_A_CHOISIR, CAUSE_FAIBLE, -1},
        {"commune fautive, code postal", 0, 0, "Foyer des Genêts", "Chenovve", "21300", "", RAPPROCHE_SUR, CAUSE_NOM, 4},
        {"numéro du nom", 0, 0, "LES PERVENCHES II", "CHATILLON-SUR-SEINE", "", "", RAPPROCHE_A_CHOISIR, CAUSE_RIVAL, -1},
        {"sans le numéro", 0, 0, "LES PERVENCHES", "CHATILLON SUR SEINE", "", "", RAPPROCHE_A_CHOISIR, CAUSE_RIVAL, -1},
        {"nom qui ne distingue pas, identique", 0, 0, "EHPAD", "MONTBARD", "", "", RAPPROCHE_SUR, CAUSE_NOM, 7},
        {"nom qui ne distingue pas", 0, 0, "EHPAD", "DIJON", "", "", RAPPROCHE_A_CHOISIR, -1, -1},
        {"un mot de trop", 0, 0, "EHPAD LES TILLEULS MANSART", "DIJON", "", "", RAPPROCHE_A_CHOISIR, -1, -1},
        {"inconnu", 0, 0, "EHPAD LE CHATEAU", "TALANT", "", "", RAPPROCHE_AUCUN, CAUSE_INCONNU, -1},
        {"rien", 0, 0, "", "DIJON", "21000", "21", RAPPROCHE_AUCUN, CAUSE_RIEN, -1},
    };
    struct rapprocheur *r = rapprocheur_creer(&tolerance);
    for (unsigned i = 0; i < sizeof base / sizeof *base; i++) {
        const struct etablissement e = {.et = numero(i + 1), .ej = numero(100), .siret = base[i].siret, .categorie = base[i].categorie,
                                        .raison_sociale = slice_of(base[i].nom), .acheminement = slice_of(base[i].acheminement), .departement = slice_of("21")};
        rapprocheur_ajouter(r, &e, 0);
    }
    for (unsigned i = 0; i < 400; i++) { /* so that no word of those is a common one */
        char nom[40];
        snprintf(nom, sizeof nom, "%s VILLA%u", i % 2 ? "EHPAD" : "IME", i);
        const struct etablissement e = {.et = numero(1000 + i), .ej = numero(100), .categorie = i % 2 ? 500 : 183, .raison_sociale = slice_of(nom), .acheminement = slice_of("59000 LILLE"), .departement = slice_of("59")};
        rapprocheur_ajouter(r, &e, 0);
    }
    rapprocheur_clore(r);
    for (size_t i = 0; i < sizeof cas / sizeof *cas; i++) {
        const struct demande_rapprochement d = {cas[i].siret, cas[i].siren != 0 ? cas[i].siren : (uint32_t)(cas[i].siret / 100000), cas[i].nom, cas[i].commune, cas[i].postal, cas[i].departement};
        struct rapprochement out;
        rapprocheur_juger(r, &d, &out);
        const bool bon = (int)out.issue == cas[i].issue && (cas[i].cause < 0 || (int)out.cause == cas[i].cause) &&
                         (cas[i].choisi < 0 || (out.n > 0 && out.c[0].et == numero((unsigned)cas[i].choisi + 1)));
        if (!bon) fail_msg("%s : issue %d cause %d (%zu candidats, premier %.*s, %d)", cas[i].cas, out.issue, out.cause, out.n, out.n > 0 ? (int)out.c[0].nom.len : 0, out.n > 0 ? out.c[0].nom.bytes : "", out.n > 0 ? out.c[0].proximite : 0);
    }
    finess ej;
    assert_true(rapprocheur_trouver(r, numero(1), &ej) && ej == numero(100));
    assert_false(rapprocheur_trouver(r, numero(99), &ej));
    rapprocheur_free(r);
}

/* Nothing in the base, and rows made to hurt. */
static void test_hostiles(void **state)
{
    (void)state;
    char longue[20000];
    struct rapprochement out;
    struct rapprocheur *r = rapprocheur_creer(&tolerance);
    rapprocheur_clore(r);
    const struct demande_rapprochement vide = {1, 1, "A", "B", "00000", "ZZZ"};
    rapprocheur_juger(r, &vide, &out);
    assert_int_equal(out.issue, RAPPROCHE_AUCUN);
    rapprocheur_free(r);
    r = construire();
    for (int k = 0; k < 4; k++) {
        for (size_t i = 0; i < sizeof longue - 1; i++) longue[i] = k == 0 ? 'A' : k == 1 ? (char)('A' + i % 7) : k == 2 ? (i % 2 ? ' ' : 'X') : (char)(0x80 + i % 64);
        longue[sizeof longue - 1] = '\0';
        const struct demande_rapprochement d = {UINT64_MAX, UINT32_MAX, longue, longue, longue, longue};
        rapprocheur_juger(r, &d, &out);
        assert_int_not_equal(out.issue, RAPPROCHE_SUR);
    }
    rapprocheur_free(r);
}

int main(void)
{
    char chemin[4096];
    struct diag_liste d = {0};
    const char *racine = getenv("SONS_SRCDIR");
    snprintf(chemin, sizeof chemin, "%s/samples/etalab-cs1100502-stock-20210108-social.csv.gz", racine != NULL ? racine : ".");
    if (!finess_lire(chemin, JOUR_ABSENT, NULL, &stock, &d)) return 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_regles), cmocka_unit_test(test_hostiles), cmocka_unit_test(test_bruits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
