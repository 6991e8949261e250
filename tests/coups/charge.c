/* charge: SIGKILL at random under load. Two writers import sheets of orders and a reader lists them, all the time; one of
 * them is struck every few milliseconds. A sheet is in the registre whole or not at all, for every reader; what was
 * answered 0 stays. The seed is printed: the same one gives the same sheets, victims and delays. TAP.
 *   charge DOSSIER --morts N --graine G */
#define _GNU_SOURCE
#include "banc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "../outils/alea.h"
#include "noyau/memoire.h"

#define FEUILLE_COMMANDES 5
#define MORTS_PAR_EPOQUE 120 /* then a fresh registre: listing it stays quick */
#define DELAI_MAX_US 24000

enum role { ECRIVAIN_A, ECRIVAIN_B, LECTEUR, ROLES };
enum sort { INCONNU, PROMIS };

struct charge {
    const char *racine;
    char dossier[1024];
    struct alea h;
    pid_t pid[ROLES];
    unsigned feuille[2];        /* sheet being imported by each writer */
    unsigned char *sorts[2];    /* of each sheet, from 1 */
    size_t cap[2];
    uint64_t morts, par_role[ROLES], lectures, verifications, faites, apres_mort[2], epoques;
    unsigned fautes;
};

static void faute(struct charge *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void faute(struct charge *c, const char *fmt, ...)
{
    va_list ap;
    if (c->fautes++ >= 10)
        return;
    printf("# ");
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
}

static void chemin(const struct charge *c, char out[1100], const char *nom)
{
    snprintf(out, 1100, "%s/%s", c->dossier, nom);
}

/* --- children --------------------------------------------------------------------------------------------------------- */

static pid_t demarrer(struct charge *c, const char *sortie, char *const mots[])
{
    const pid_t pid = fork();
    if (pid < 0)
        mourir("fork : %s", strerror(errno));
    if (pid > 0)
        return pid;
    const int nul = open("/dev/null", O_RDONLY), out = open(sortie, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(nul, 0);
    dup2(out, 1);
    dup2(out, 2);
    if (chdir(c->dossier) != 0)
        _exit(126);
    alarm(120);
    execv(mots[0], mots);
    _exit(126);
}

static int code_de(int statut)
{
    return WIFEXITED(statut) ? WEXITSTATUS(statut) : -WTERMSIG(statut);
}

static int lancer_et_attendre(struct charge *c, const char *sortie, char *const mots[])
{
    int statut;
    const pid_t pid = demarrer(c, sortie, mots);
    if (waitpid(pid, &statut, 0) != pid)
        mourir("waitpid : %s", strerror(errno));
    return code_de(statut);
}

/* A sheet of orders of one ESSMS each; that one ESSMS is ordered twice is recorded and told. */
static void feuille_ecrire(const char *nom, int role, unsigned k)
{
    FILE *f = fopen(nom, "w");
    if (!f)
        mourir("%s ne s'écrit pas", nom);
    fputs("numero;finess_et;date_commande;date_signature;solution;version_solution;montant_ht;taux_tva;montant_tva;montant_ttc\n", f);
    for (int i = 0; i < FEUILLE_COMMANDES; i++)
        fprintf(f, "%c%05u-%d;2A0000196;12/07/2022;12/07/2022;DUI Maquis;5.2;1 000,00;20;200,00;1 200,00\n", 'A' + role, k, i);
    fclose(f);
}

static void ecrivain(struct charge *c, int role)
{
    char nom[32], chemin_feuille[1100], sortie[1100];
    const unsigned k = ++c->feuille[role];
    if (k >= c->cap[role])
        c->sorts[role] = memoire_grow(c->sorts[role], &c->cap[role], k + 1, 1);
    c->sorts[role][k] = INCONNU;
    snprintf(nom, sizeof nom, "feuille-%c.csv", 'a' + role);
    chemin(c, chemin_feuille, nom);
    feuille_ecrire(chemin_feuille, role, k);
    snprintf(sortie, sizeof sortie, "%s/sortie.%d", c->racine, role);
    char *const mots[] = {getenv("SONS"), "commande", "importer", nom, NULL};
    c->pid[role] = demarrer(c, sortie, mots);
}

static void lecteur(struct charge *c)
{
    char sortie[1100];
    snprintf(sortie, sizeof sortie, "%s/sortie.%d", c->racine, LECTEUR);
    char *const mots[] = {getenv("SONS"), "commande", "lister", "--format", "csv", NULL};
    c->pid[LECTEUR] = demarrer(c, sortie, mots);
}

static void partir(struct charge *c, int role)
{
    if (role == LECTEUR)
        lecteur(c);
    else
        ecrivain(c, role);
}

/* --- what a list says -------------------------------------------------------------------------------------------------- */

/* Orders of each sheet in a list; the rest of the file is none of ours. */
static void compter(const struct charge *c, const char *liste, unsigned char *vus[2])
{
    char ligne[4096];
    FILE *f = fopen(liste, "r");
    if (!f)
        mourir("%s ne se lit pas", liste);
    for (int r = 0; r < 2; r++)
        vus[r] = memoire_calloc(c->feuille[r] + 2, 1);
    while (fgets(ligne, sizeof ligne, f)) {
        char lettre;
        unsigned k, i;
        if (sscanf(ligne, "%c%5u-%u;", &lettre, &k, &i) == 3 && (lettre == 'A' || lettre == 'B') && k <= c->feuille[lettre - 'A'])
            vus[lettre - 'A'][k]++;
    }
    fclose(f);
}

/* `fini`: nobody writes any more, so what was promised must be there. */
static void juger_liste(struct charge *c, const char *liste, bool fini)
{
    unsigned char *vus[2];
    compter(c, liste, vus);
    for (int r = 0; r < 2; r++) {
        for (unsigned k = 1; k <= c->feuille[r]; k++) {
            if (vus[r][k] != 0 && vus[r][k] != FEUILLE_COMMANDES)
                faute(c, "la feuille %c%05u est là à moitié : %d commandes sur %d", 'A' + r, k, vus[r][k], FEUILLE_COMMANDES);
            if (fini && c->sorts[r][k] == PROMIS && vus[r][k] == 0)
                faute(c, "la feuille %c%05u, annoncée enregistrée, est perdue", 'A' + r, k);
            if (fini && c->sorts[r][k] == INCONNU)
                c->apres_mort[vus[r][k] != 0]++;
        }
        memoire_free(vus[r]);
    }
}

static void fini(struct charge *c, int role, int statut)
{
    char sortie[1100];
    const int code = code_de(statut);
    snprintf(sortie, sizeof sortie, "%s/sortie.%d", c->racine, role);
    c->pid[role] = 0;
    if (code != 0) {
        char ligne[400] = "";
        FILE *f = fopen(sortie, "r");
        if (f && fread(ligne, 1, sizeof ligne - 1, f) > 0)
            ligne[strcspn(ligne, "\n")] = '\0';
        if (f)
            fclose(f);
        faute(c, "%s rend %d : %s", role == LECTEUR ? "le lecteur" : "un écrivain", code, ligne);
    } else if (role == LECTEUR) {
        c->lectures++;
        juger_liste(c, sortie, false);
    } else {
        c->faites++;
        c->sorts[role][c->feuille[role]] = PROMIS;
    }
}

/* --- an epoch: a fresh registre, struck again and again ------------------------------------------------------------------ */

static void neuve(struct charge *c)
{
    char commande[4096];
    effacer_arbre(c->dossier);
    if (mkdir(c->dossier, 0700) != 0)
        mourir("%s : %s", c->dossier, strerror(errno));
    snprintf(commande, sizeof commande, "cd '%s' && sh '%s/tests/coups/maison.sh' tiers", c->dossier, getenv("SONS_SRCDIR"));
    if (system(commande) != 0)
        mourir("maison.sh a échoué");
    c->feuille[0] = c->feuille[1] = 0;
    c->epoques++;
}

static void recueillir(struct charge *c)
{
    int statut;
    for (int r = 0; r < ROLES; r++)
        if (c->pid[r] > 0 && waitpid(c->pid[r], &statut, WNOHANG) == c->pid[r])
            fini(c, r, statut);
    for (int r = 0; r < ROLES; r++)
        if (c->pid[r] == 0)
            partir(c, r);
}

static void frapper(struct charge *c)
{
    int statut;
    const uint32_t de = alea_sous(&c->h, 8);
    const int role = de == 0 ? LECTEUR : de % 2 ? ECRIVAIN_A : ECRIVAIN_B;
    const pid_t pid = c->pid[role];
    kill(pid, SIGKILL);
    if (waitpid(pid, &statut, 0) != pid)
        mourir("waitpid : %s", strerror(errno));
    if (WIFSIGNALED(statut) && WTERMSIG(statut) == SIGKILL) {
        c->morts++;
        c->par_role[role]++;
        c->pid[role] = 0;
    } else {
        fini(c, role, statut); /* it was quicker */
    }
    partir(c, role);
}

static void verifier(struct charge *c, bool tout)
{
    char sortie[1100];
    snprintf(sortie, sizeof sortie, "%s/verifie", c->racine);
    char *const mots[] = {getenv("SONS"), "journal", "verifier", tout ? "--tout" : NULL, NULL};
    const int code = lancer_et_attendre(c, sortie, mots);
    c->verifications++;
    if (code != 0)
        faute(c, "après %llu morts, journal verifier rend %d", (unsigned long long)c->morts, code);
}

static void epoque(struct charge *c, uint64_t morts)
{
    const uint64_t fin = c->morts + morts;
    char sortie[1100];
    int statut;
    neuve(c);
    for (int r = 0; r < ROLES; r++)
        partir(c, r);
    for (unsigned tour = 1; c->morts < fin && c->fautes < 10; tour++) {
        const struct timespec t = {0, 1000L * alea_entre(&c->h, 100, DELAI_MAX_US)};
        nanosleep(&t, NULL);
        recueillir(c);
        frapper(c);
        if (tour % 40 == 0)
            verifier(c, false);
    }
    for (int r = 0; r < ROLES; r++)
        if (waitpid(c->pid[r], &statut, 0) == c->pid[r])
            fini(c, r, statut);
    verifier(c, true);
    snprintf(sortie, sizeof sortie, "%s/liste", c->racine);
    char *const mots[] = {getenv("SONS"), "commande", "lister", "--format", "csv", NULL};
    if (lancer_et_attendre(c, sortie, mots) != 0)
        faute(c, "la liste finale échoue");
    juger_liste(c, sortie, true);
}

int main(int argc, char **argv)
{
    static const char aide[] = "charge DOSSIER --morts N --graine G";
    struct charge c = {0};
    uint64_t morts = 0, graine = 0;
    if (argc < 2)
        usage(aide);
    c.racine = argv[1];
    for (int i = 2; i < argc; i += 2) {
        if (i + 1 < argc && strcmp(argv[i], "--morts") == 0)
            morts = nombre_option(argv[i + 1], 1000000, aide);
        else if (i + 1 < argc && strcmp(argv[i], "--graine") == 0)
            graine = nombre_option(argv[i + 1], UINT64_MAX, aide);
        else
            usage(aide);
    }
    setenv("SONS_REGISTRE", REGISTRE, 1);
    setenv("SONS_HORLOGE", "2022-12-05T09:00:00Z", 1);
    snprintf(c.dossier, sizeof c.dossier, "%s/d", c.racine);
    effacer_arbre(c.racine);
    mkdir(c.racine, 0700);
    c.h = alea_de(graine, 1);
    printf("# graine %llu\n", (unsigned long long)graine);
    while (c.morts < morts && c.fautes < 10)
        epoque(&c, morts - c.morts < MORTS_PAR_EPOQUE ? morts - c.morts : MORTS_PAR_EPOQUE);
    printf("%sok 1 - %llu morts au hasard sous charge (%llu et %llu écrivains, %llu lecteurs), graine %llu\n",
           c.fautes || c.morts < morts ? "not " : "", (unsigned long long)c.morts, (unsigned long long)c.par_role[0],
           (unsigned long long)c.par_role[1], (unsigned long long)c.par_role[2], (unsigned long long)graine);
    printf("# %llu époques, %llu imports finis, %llu lectures, %llu vérifications ; des imports tués, %llu entiers et %llu absents\n",
           (unsigned long long)c.epoques, (unsigned long long)c.faites, (unsigned long long)c.lectures, (unsigned long long)c.verifications,
           (unsigned long long)c.apres_mort[1], (unsigned long long)c.apres_mort[0]);
    const bool vivant = c.faites > 0 && c.lectures > 0 && c.apres_mort[0] > 0;
    printf("%sok 2 - des imports ont abouti, d'autres non, et le lecteur a lu\n1..2\n", vivant ? "" : "not ");
    effacer_arbre(c.racine);
    memoire_free(c.sorts[0]);
    memoire_free(c.sorts[1]);
    return c.fautes || !vivant ? 1 : 0;
}
