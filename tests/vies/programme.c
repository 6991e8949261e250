/* One run of the program in a child: the act by its command line, then the lists that it would show. The child is forked from a
 * process that has the libraries loaded, which is most of what starting costs; nothing is kept from one run to the next. */
#define _GNU_SOURCE
#include "programme.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../coups/mourir.h"
#include "cli/cli.h"
#include "cli/sortie.h"
#include "metier/argent.h"
#include "metier/contexte.h"
#include "metier/vues.h"
#include "noyau/memoire.h"
#include "registre/base.h"

#define PARTAGE (UINT64_C(16) << 20)
#define DUREE_MAX_S 60

const char *const vue_noms[VUES] = {"commande lister", "demande lister", "lot lister", "encaissement lister", "virement lister", "reversements", "controler"};

/* What the child leaves: offsets in `texte`, 0 = nothing. */
struct partage {
    size_t n, erreurs, reponses, vues[JEUX][VUES];
    int64_t entree;
    char texte[];
};
static struct partage *partage;

/* What is tried here is what the registre holds, not whether the disk keeps it. */
int fsync(int fd)
{
    (void)fd;
    return 0;
}

int fdatasync(int fd)
{
    (void)fd;
    return 0;
}

void programme_preparer(void)
{
    char *mots[] = {(char *)"sons", (char *)"parametres", NULL};
    const int sortie = dup(1), nul = open("/dev/null", O_WRONLY);
    partage = mmap(NULL, PARTAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    fflush(stdout);
    if (partage == MAP_FAILED || sortie < 0 || nul < 0 || dup2(nul, 1) < 0)
        mourir("mmap, dup : %s", strerror(errno));
    (void)cli_main(2, mots);
    fflush(stdout);
    if (dup2(sortie, 1) < 0)
        mourir("dup2 : %s", strerror(errno));
    close(sortie);
    close(nul);
}

/* --- in the child ---------------------------------------------------------------------------------------------------------- */

static size_t laisser(const char *octets, size_t len)
{
    const size_t ici = partage->n;
    if (sizeof *partage + ici + len + 1 > PARTAGE)
        return 0;
    memcpy(partage->texte + ici, octets, len);
    partage->texte[ici + len] = '\0';
    partage->n += len + 1;
    return ici;
}

struct rendu {
    struct buffer b;
};

static bool rendre_debut(void *ctx, const struct colonne *c, size_t n)
{
    struct rendu *r = ctx;
    for (size_t i = 0; i < n; i++)
        buffer_printf(&r->b, "%s%s", i ? "\t" : "", c[i].cle);
    buffer_putc(&r->b, '\n');
    return true;
}

static bool rendre_ligne(void *ctx, const struct cellule *c, size_t n)
{
    struct rendu *r = ctx;
    for (size_t i = 0; i < n; i++) {
        if (i)
            buffer_putc(&r->b, '\t');
        cellule_pour_csv(&r->b, &c[i]);
    }
    buffer_putc(&r->b, '\n');
    return true;
}

static bool rendre_fin(void *ctx)
{
    (void)ctx;
    return true;
}

static bool montrer(struct contexte *ctx, enum vue v, struct tableau_sortie *t)
{
    struct reversements_rapport rev;
    struct controle_rapport controle;
    switch (v) {
    case V_COMMANDES: return vue_commandes(ctx, 0, t);
    case V_DEMANDES: return vue_demandes(ctx, false, t);
    case V_LOTS: return vue_lots(ctx, t);
    case V_ENCAISSEMENTS: return vue_encaissements(ctx, t);
    case V_VIREMENTS: return vue_virements(ctx, t);
    case V_REVERSEMENTS: return vue_reversements(ctx, t, &rev);
    case V_CONTROLES: return vue_controler(ctx, NULL, 0, false, t, &controle);
    case VUES: break;
    }
    return false;
}

/* What the lists do not say: by which entry something is taken back. */
static void entrees(struct contexte *ctx)
{
    struct buffer b = {0};
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select fait, demande, version, statut, le from reponse order by fait", ctx->diags);
    while (s != NULL && registre_suivant(ctx->registre, s, ctx->diags) == 1)
        for (int i = 0; i < 5; i++)
            buffer_printf(&b, "%lld%c", (long long)sqlite3_column_int64(s, i), i < 4 ? ' ' : '\n');
    sqlite3_finalize(s);
    partage->reponses = laisser(b.len ? b.bytes : "", b.len);
    (void)registre_entier(ctx->registre, "select max(numero) from journal", 0, &partage->entree, ctx->diags);
    buffer_free(&b);
}

static void montrer_jeu(const struct jeu *j, const char *horloge, size_t vues[VUES])
{
    struct diag_liste diags = {0};
    struct contexte ctx = {0};
    const struct contexte_options o = {.registre = "r.db", .acces = ACCES_LECTURE, .horloge = horloge,
                                       .connu_le = j->connu_le ? (struct instant){j->connu_le} : INSTANT_ABSENT};
    if (contexte_ouvrir(&ctx, &o, &diags)) {
        ctx.au = j->au ? (struct instant){j->au} : ctx.maintenant;
        ctx.au_donne = j->au != 0;
        ctx.diags = &diags;
        if (j->connu_le == 0)
            entrees(&ctx);
        for (int v = 0; v < VUES; v++) {
            struct rendu r = {{0}};
            struct tableau_sortie t = {rendre_debut, rendre_ligne, rendre_fin, &r};
            vues[v] = montrer(&ctx, (enum vue)v, &t) ? laisser(r.b.len ? r.b.bytes : "", r.b.len) : 0;
            buffer_free(&r.b);
        }
        contexte_fermer(&ctx);
    }
    for (size_t i = 0; i < diags.n; i++)
        fprintf(stderr, "%s\n", diags.items[i].message);
    diag_vider(&diags);
}

_Noreturn static void enfant(const char *dossier, const char *horloge, char *const mots[], const struct jeu *jeux, int n_jeux)
{
    const int nul = chdir(dossier) == 0 ? open("/dev/null", O_RDWR) : -1, err = open("erreurs", O_RDWR | O_CREAT | O_TRUNC, 0600);
    int code = 0, argc = 0;
    if (nul < 0 || err < 0 || dup2(nul, 0) < 0 || dup2(nul, 1) < 0 || dup2(err, 2) < 0)
        _exit(126);
    setenv("SONS_REGISTRE", "r.db", 1);
    setenv("SONS_HORLOGE", horloge, 1);
    alarm(DUREE_MAX_S);
    while (mots != NULL && mots[argc] != NULL)
        argc++;
    if (mots != NULL)
        code = cli_main(argc, (char **)mots);
    for (int i = 0; i < n_jeux; i++)
        montrer_jeu(&jeux[i], horloge, partage->vues[i]);
    fflush(NULL);
    static char texte[65536];
    const ssize_t lu = pread(err, texte, sizeof texte - 1, 0);
    partage->erreurs = laisser(texte, lu > 0 ? (size_t)lu : 0);
    _exit(code);
}

/* --- in the parent ------------------------------------------------------------------------------------------------------------ */

void programme_passer(const char *dossier, const char *horloge, char *const mots[], const struct jeu *jeux, int n_jeux, struct passage *out)
{
    int statut;
    *partage = (struct partage){.n = 1};
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0)
        enfant(dossier, horloge, mots, jeux, n_jeux);
    if (pid < 0 || waitpid(pid, &statut, 0) != pid)
        mourir("fork : %s", strerror(errno));
    *out = (struct passage){.code = WIFEXITED(statut) ? WEXITSTATUS(statut) : -WTERMSIG(statut), .entree = partage->entree, .reponses = partage->reponses ? partage->texte + partage->reponses : NULL,
                              .erreurs = partage->texte + partage->erreurs};
    for (int i = 0; i < n_jeux; i++)
        for (int v = 0; v < VUES; v++)
            out->vues[i][v] = partage->vues[i][v] ? partage->texte + partage->vues[i][v] : NULL;
}
