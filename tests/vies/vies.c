/* vies: random lives of orders, the program beside a simple model (modele.h). After each act its exit code, the lists now, at
 * past instants and as they were known then; journal verifier --tout; all of it rebuilt from the journal. The seed is printed; a life
 * that fails is made smaller and its commands are printed. TAP.
 *   vies DOSSIER --graine G --fixes N --vies N --actes N --secondes N | --chercher N */
#define _GNU_SOURCE
#include "vies.h"

#include <errno.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "../coups/mourir.h"
#include "noyau/memoire.h"

#define GRAINE_FIXE 1
/* Of that seed, lives that see everything once: those that --chercher finds, to be chosen again when the draws change. */
static const uint32_t rangs_fixes[] = {1070, 1008, 1566, 3154, 972, 2624, 1479, 0};
#define FIXES (sizeof rangs_fixes / sizeof *rangs_fixes)
#define ACTES_MAX 100
#define REDUIRE_S 45 /* at most, to make a failing life smaller */

static int64_t secondes(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* --- the registre at its beginning ---------------------------------------------------------------------------------------------- */

static void deposer_fichier(const char *dossier, const char *nom, const char *texte)
{
    char chemin[1200];
    snprintf(chemin, sizeof chemin, "%s/%s", dossier, nom);
    FILE *f = fopen(chemin, "wb");
    if (f == NULL || fputs(texte, f) == EOF || fclose(f) != 0)
        mourir("%s ne s'écrit pas : %s", chemin, strerror(errno));
}

static void base_ecrire(const char *dossier)
{
    struct buffer b = {0};
    char og[10] = "01000001", f[10];
    og[8] = luhn_cle(og, 8);
    buffer_puts(&b, "finess;etalab;93;2022-01-03\n");
    for (int i = 0; i < ESSMS_OG; i++)
        buffer_printf(&b, "structureet;%s;%s;ESSMS;;;;;;;;;;01;AIN;01000 BOURG;;;500;Catégorie 500;4401;Agrégat 4401;;;;;;;2000-01-01;2000-01-01;2020-01-01;\n",
                      finess_de(i, f), og);
    deposer_fichier(dossier, "base.csv", b.bytes);
    buffer_free(&b);
}

static void preparer(const char *dossier)
{
    static char *const actes[][16] = {
        {"sons", "initialiser", "--fictif", NULL},
        {"sons", "finess", "importer", "base.csv", NULL},
        {"sons", "fournisseur", "declarer", "--siren", "123456782", "--nom", "Un", "--enrole-le", "2022-06-20", NULL},
        {"sons", "fournisseur", "declarer", "--siren", "552100554", "--nom", "Deux", "--enrole-le", "2022-06-20", NULL},
        {"sons", "solution", "importer", "solutions.csv", NULL},
        {"sons", "financement", "importer", "vide.csv", NULL}};
    char chemin[1200], vers[1200];
    struct passage p;
    base_ecrire(dossier);
    deposer_fichier(dossier, "solutions.csv", "numero_ans;nom;siren_editeur;couloir;version;dossier_complet_le;reference_le\n"
                                              "S1;DUI Un;123456782;MS1;1;2022-01-20;2022-02-15\nS2;DUI Deux;552100554;MS1;1;2022-01-20;2022-02-15\n");
    deposer_fichier(dossier, "vide.csv", "finess_et;fonds;etat\n");
    deposer_fichier(dossier, "bon.pdf", "%PDF-1.4\nbon\n");
    deposer_fichier(dossier, "va.pdf", "%PDF-1.4\nva\n");
    deposer_fichier(dossier, "facture.pdf", "%PDF-1.4\nfacture\n");
    deposer_fichier(dossier, "attestation.pdf", "%PDF-1.4\nattestation\n");
    snprintf(chemin, sizeof chemin, "%s/lots", dossier);
    if (mkdir(chemin, 0700) != 0)
        mourir("%s : %s", chemin, strerror(errno));
    for (size_t i = 0; i < sizeof actes / sizeof *actes; i++) {
        programme_passer(dossier, "2022-12-05T08:00:00Z", actes[i], NULL, 0, &p);
        if (p.code != 0)
            mourir("sons %s %s : code %d\n%s", actes[i][1], actes[i][2], p.code, p.erreurs);
    }
    snprintf(chemin, sizeof chemin, "%s/r.db", dossier);
    snprintf(vers, sizeof vers, "%s/depart.db", dossier);
    if (rename(chemin, vers) != 0)
        mourir("%s : %s", vers, strerror(errno));
}

/* --- a life that fails ---------------------------------------------------------------------------------------------------------- */

static bool essayer(const struct vie *modele, const bool *sautes, struct vie *out)
{
    *out = *modele;
    out->sautes = sautes;
    out->compte = NULL;
    out->recit = out->faute = (struct buffer){0};
    if (!vie_vivre(out))
        return true;
    buffer_free(&out->recit);
    return false;
}

static void garder(struct vie *v, const struct vie *autre)
{
    buffer_free(&v->recit);
    buffer_free(&v->faute);
    *v = *autre;
}

/* Acts are taken off one by one, from the last, as long as it still fails; each act draws its own numbers. */
static void reduire(struct vie *v)
{
    bool sautes[ACTES_MAX] = {false};
    const int64_t fin = secondes() + REDUIRE_S;
    v->actes = v->fin;
    for (bool moins = true; moins && secondes() < fin;) {
        moins = false;
        for (int i = v->actes - 2; i >= 0 && secondes() < fin; i--) {
            struct vie plus_courte;
            if (sautes[i])
                continue;
            sautes[i] = true;
            if (essayer(v, sautes, &plus_courte)) {
                plus_courte.actes = plus_courte.fin;
                garder(v, &plus_courte);
                moins = true;
            } else {
                sautes[i] = false;
            }
        }
    }
    v->sautes = NULL;
}

static void commenter(const struct buffer *b)
{
    printf("# ");
    for (size_t i = 0; i < b->len; i++)
        if (b->bytes[i] != '\n' || i + 1 < b->len)
            printf(b->bytes[i] == '\n' ? "\n# " : "%c", b->bytes[i]);
    putchar('\n');
}

/* --- many -------------------------------------------------------------------------------------------------------------------------- */

struct demande_vies {
    const char *dossier;
    uint64_t graine, fixes, vies, actes, secondes;
};

static bool vivre_une(const struct demande_vies *d, uint64_t graine, uint64_t rang, struct compte *compte)
{
    struct vie v = {.graine = graine, .rang = rang, .actes = (int)d->actes, .dossier = d->dossier, .compte = compte};
    const bool bon = vie_vivre(&v);
    if (!bon) {
        printf("# graine %llu, vie %llu, acte %d\n", (unsigned long long)graine, (unsigned long long)rang, v.fin);
        commenter(&v.faute);
        fflush(stdout);
        reduire(&v);
        printf("# le plus court qui échoue encore, depuis depart.db :\n");
        commenter(&v.recit);
        commenter(&v.faute);
        fflush(stdout);
    }
    buffer_free(&v.recit);
    buffer_free(&v.faute);
    return bon;
}

static const char *const rare_noms[RARES] = {"solde émis avec son cas MSS", "solde retenu faute de cas MSS",
                                             "solde retenu, cas MSS d'un autre", "dépôt refusé par --strict", "total dépassé, tout étant reçu",
                                             "réponse retenue par un acte", "réponse retenue par de l'argent", "virement retenu par ses parts"};

static void compte_dire(const struct compte *c)
{
    printf("# %llu vies, %llu actes ; listes comparées %llu fois, dont %llu à un instant passé ; %llu fois ce qui était montré alors ; "
           "journal verifier --tout %llu fois, reconstruire %llu\n",
           (unsigned long long)c->vies, (unsigned long long)c->actes, (unsigned long long)(c->regards + c->au_passe), (unsigned long long)c->au_passe,
           (unsigned long long)c->passes, (unsigned long long)c->verifications, (unsigned long long)c->reconstructions);
    printf("# faits, sans effet, refusés :");
    for (int g = 0; g < GENRES; g++)
        printf("%s %s %llu/%llu/%llu", g ? "," : "", genre_noms[g], (unsigned long long)c->faits[g], (unsigned long long)c->sans_effet[g],
               (unsigned long long)c->refus[g]);
    printf("\n# plus rares :");
    for (int i = 0; i < RARES; i++)
        printf("%s %s %llu", i ? "," : "", rare_noms[i], (unsigned long long)c->rares[i]);
    printf("\n# états :");
    for (int e = 0; e < ETATS; e++)
        printf(" %s %llu", etat_mots[e], (unsigned long long)c->etats[e]);
    putchar('\n');
}

/* Nothing that was meant to be tried was left out, but for `moins`. */
static bool tout_vecu(const struct compte *c, int moins)
{
    int jamais = 0;
    for (int e = 0; e < ETATS; e++)
        if (c->etats[e] == 0) {
            printf("# jamais vu : %s\n", etat_mots[e]);
            jamais++;
        }
    for (int i = 0; i < RARES; i++)
        if (c->rares[i] == 0) {
            printf("# jamais vu : %s\n", rare_noms[i]);
            jamais++;
        }
    for (int g = 0; g < GENRES; g++)
        if (c->faits[g] == 0 || c->refus[g] == 0) {
            printf("# jamais %s : %s\n", c->faits[g] ? "refusé" : "fait", genre_noms[g]);
            jamais++;
        }
    return jamais <= moins && c->passes > 0 && c->au_passe > 0 && c->verifications > 0 && c->reconstructions > 0;
}

static int vivre_toutes(const struct demande_vies *d)
{
    struct compte c = {0};
    uint64_t rang = 0;
    bool bon = true, toutes = true;
    for (; toutes && rang < d->fixes && rang < FIXES; rang++)
        toutes = vivre_une(d, GRAINE_FIXE, rangs_fixes[rang], &c);
    printf("%sok 1 - %llu vies, graine %d\n", toutes ? "" : "not ", (unsigned long long)rang, GRAINE_FIXE);
    const int64_t fin = secondes() + (int64_t)d->secondes;
    for (rang = 0; bon && toutes && rang < d->vies && (rang == 0 || secondes() < fin); rang++)
        bon = vivre_une(d, d->graine, rang, &c);
    printf("%sok 2 - %llu vies, graine %llu\n", bon && toutes ? "" : "not ", (unsigned long long)rang, (unsigned long long)d->graine);
    compte_dire(&c);
    const bool vecu = tout_vecu(&c, d->fixes >= FIXES || c.vies >= 400 ? 0 : 20); /* in a few lives, what is rare may be missing */
    printf("%sok 3 - chaque acte a été fait, et refusé ; les états ont été vus\n", vecu ? "" : "not ");
    puts("1..3");
    return !(bon && toutes && vecu);
}

/* All that there is to see: each act done and refused, each state, what is rare. */
enum { A_VOIR = 2 * GENRES + ETATS + RARES };

static void voir(const struct compte *c, bool out[A_VOIR])
{
    int n = 0;
    for (int g = 0; g < GENRES; g++) {
        out[n++] = c->faits[g] > 0;
        out[n++] = c->refus[g] > 0;
    }
    for (int e = 0; e < ETATS; e++)
        out[n++] = c->etats[e] > 0;
    for (int i = 0; i < RARES; i++)
        out[n++] = c->rares[i] > 0;
}

static void vivre_muette(const struct demande_vies *d, uint64_t rang, struct compte *c)
{
    struct vie v = {.graine = GRAINE_FIXE, .rang = rang, .actes = (int)d->actes, .muette = true, .compte = c};
    (void)vie_vivre(&v);
    buffer_free(&v.recit);
}

/* Among the `n` first lives of the fixed seed, by the model alone: the one that sees the most, then the one that sees the most of what is
 * left … until all is seen: the lives of rangs_fixes. */
static int chercher(const struct demande_vies *d, uint64_t n)
{
    bool (*vues)[A_VOIR] = memoire_calloc((size_t)n, sizeof *vues), deja[A_VOIR] = {false};
    struct compte tout = {0};
    int reste = A_VOIR, plus = 1;
    for (uint64_t rang = 0; rang < n; rang++) {
        struct compte c = {0};
        vivre_muette(d, rang, &c);
        voir(&c, vues[rang]);
    }
    printf("#");
    while (reste > 0 && plus > 0) {
        uint64_t choisie = 0;
        plus = 0;
        for (uint64_t rang = 0; rang < n; rang++) {
            int neuves = 0;
            for (int i = 0; i < A_VOIR; i++)
                neuves += vues[rang][i] && !deja[i];
            if (neuves > plus) {
                plus = neuves;
                choisie = rang;
            }
        }
        if (plus == 0)
            break;
        printf(" %llu,", (unsigned long long)choisie);
        vivre_muette(d, choisie, &tout);
        for (int i = 0; i < A_VOIR; i++)
            deja[i] = deja[i] || vues[choisie][i];
        reste -= plus;
    }
    printf("\n# il en manque %d\n", reste);
    compte_dire(&tout);
    memoire_free(vues);
    return reste > 0;
}

int main(int argc, char **argv)
{
    static const char aide[] = "vies DOSSIER --graine G --fixes N --vies N --actes N --secondes N";
    struct demande_vies d = {.dossier = argc > 1 ? argv[1] : NULL, .graine = 1, .fixes = FIXES, .vies = UINT32_MAX, .actes = 55, .secondes = 10};
    uint64_t cherche = 0;
    if (argc < 2)
        usage(aide);
    for (int i = 2; i < argc; i += 2) {
        if (i + 1 == argc)
            usage(aide);
        uint64_t *const out = strcmp(argv[i], "--graine") == 0 ? &d.graine : strcmp(argv[i], "--fixes") == 0 ? &d.fixes
                            : strcmp(argv[i], "--vies") == 0 ? &d.vies : strcmp(argv[i], "--actes") == 0 ? &d.actes
                            : strcmp(argv[i], "--chercher") == 0 ? &cherche : strcmp(argv[i], "--secondes") == 0 ? &d.secondes : NULL;
        if (out == NULL)
            usage(aide);
        *out = nombre_option(argv[i + 1], out == &d.actes ? ACTES_MAX : UINT32_MAX, aide);
    }
    if (cherche > 0)
        return chercher(&d, cherche);
    printf("# graine %llu\n", (unsigned long long)d.graine);
    programme_preparer();
    preparer(d.dossier);
    return vivre_toutes(&d);
}
