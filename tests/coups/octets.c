/* octets: a registre with each byte damaged in turn. Each damage is detected when the registre is opened or verified
 * (`journal verifier --tout`, in a child of this process: no crash, an exit code 3 or 4, and a remedy), or it is harmless:
 * then every answer of the program is the same, and work goes on in the damaged file. TAP.
 *   octets REGISTRE DOSSIER [--pas N] [--graine G]      one byte out of N, at a seeded place
 * Bytes that follow one another are damaged together first, MAILLE × MAILLE at a time, then MAILLE, and one by one only when
 * that is detected: a run that changes no answer at all holds no byte that counts. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../outils/alea.h"
#include "metier/contexte.h"
#include "metier/vues.h"
#include "mourir.h"
#include "noyau/empreinte.h"
#include "noyau/memoire.h"

#define REGISTRE "sons.db"
#define SANS_REMEDE 90
#define ACCEPTE 0
#define MAILLE 32
#define INOFFENSIFS_ENSEMBLE 4096 /* bytes damaged at the same time when all are said harmless */

struct octets {
    const char *dossier;
    char registre[1024];
    struct buffer bon;
    uint64_t essais, detectes, inoffensifs, reponses, reprises;
    unsigned fautes;
    uint64_t dixieme; /* told */
    int fd;
};

static void faute(struct octets *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void faute(struct octets *o, const char *fmt, ...)
{
    va_list ap;
    if (o->fautes++ >= 20)
        return;
    printf("# ");
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
}

/* --- one byte --------------------------------------------------------------------------------------------------------- */

static unsigned char abime(const struct octets *o, uint64_t ou)
{
    return (unsigned char)((unsigned char)o->bon.bytes[ou] ^ (unsigned char)(1u + ou * 37u % 255u));
}

static void poser(struct octets *o, uint64_t ou, unsigned char v)
{
    if (pwrite(o->fd, &v, 1, (off_t)ou) != 1)
        mourir("%s : %s", o->registre, strerror(errno));
}

/* Everything that the file says, in a child: 0 accepted, else the exit code, or SANS_REMEDE. */
static _Noreturn void verifier_enfant(const struct octets *o)
{
    struct diag_liste diags = {0};
    struct contexte ctx = {0};
    struct verification_rapport r = {0};
    const struct contexte_options opt = {.registre = o->registre, .acces = ACCES_LECTURE, .horloge = getenv("SONS_HORLOGE"),
                                         .connu_le = INSTANT_ABSENT};
    alarm(60);
    bool ok = contexte_ouvrir(&ctx, &opt, &diags);
    if (ok) {
        ctx.diags = &diags;
        ctx.au = ctx.le = ctx.maintenant;
        ok = vue_journal_verifier(&ctx, true, &r);
    }
    if (ok && diags.total == 0)
        _exit(ACCEPTE);
    if (diags.n == 0)
        _exit(SANS_REMEDE);
    for (size_t i = 0; i < diags.n; i++)
        if (!diags.items[i].a_faire || !*diags.items[i].a_faire)
            _exit(SANS_REMEDE);
    _exit((int)diags.pire);
}

static int verifier(const struct octets *o)
{
    int statut;
    const pid_t pid = fork();
    if (pid == 0)
        verifier_enfant(o);
    if (pid < 0 || waitpid(pid, &statut, 0) != pid)
        mourir("fork : %s", strerror(errno));
    return WIFEXITED(statut) ? WEXITSTATUS(statut) : -WTERMSIG(statut);
}

/* --- what a damaged registre answers -------------------------------------------------------------------------------------- */

static const char *const questions[] = {
    "journal voir --format csv", "commande lister --format csv", "controler --format csv", "fournisseur lister --format csv",
    "solution lister --format csv", "financement lister --format csv", "finess bases --format csv", "finess statistiques --format csv",
    "lot lister --format csv", "parametres --format csv", "finess chercher A --format csv", "commande voir BC-000005",
    "expliquer BC-000003", "bareme 2A0022885 --format csv", "finess voir 2A0022885",
    "lot emettre --fournisseur 123456782 --couloir MS1 --sortie refaits --lot 1",
};

/* Runs sons in the folder; its two outputs are added to the hash. */
static int demander(const struct octets *o, const char *arguments, struct empreinte_ctx *h)
{
    char commande[2048], bloc[65536];
    snprintf(commande, sizeof commande, "cd '%s' && exec '%s' %s 2>&1", o->dossier, getenv("SONS"), arguments);
    FILE *f = popen(commande, "r");
    size_t n;
    if (!f)
        mourir("popen : %s", strerror(errno));
    while ((n = fread(bloc, 1, sizeof bloc, f)) > 0)
        if (h)
            empreinte_ajouter(h, bloc, n);
    const int statut = pclose(f);
    const int code = WIFEXITED(statut) ? WEXITSTATUS(statut) : -WTERMSIG(statut);
    if (h)
        empreinte_ajouter(h, &code, sizeof code);
    return code;
}

static struct empreinte reponses(struct octets *o)
{
    struct empreinte_ctx *h = empreinte_debut();
    char refait[1100];
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        (void)demander(o, questions[i], h);
    snprintf(refait, sizeof refait, "%s/refaits/lot-123456782-000001.zip", o->dossier);
    unlink(refait);
    o->reponses++;
    return empreinte_fin(h);
}

static void remettre(struct octets *o)
{
    for (size_t ecrit = 0; ecrit < o->bon.len;) {
        const ssize_t n = pwrite(o->fd, o->bon.bytes + ecrit, o->bon.len - ecrit, (off_t)ecrit);
        if (n <= 0)
            mourir("%s : %s", o->registre, strerror(errno));
        ecrit += (size_t)n;
    }
    if (ftruncate(o->fd, (off_t)o->bon.len) != 0)
        mourir("%s : %s", o->registre, strerror(errno));
}

/* An act in the file as it stands: 0 and still verified when the damage is harmless; never a crash. */
static void reprendre(struct octets *o, bool inoffensif, uint64_t ou)
{
    const int code = demander(o, "fournisseur declarer --siren 443061841 --nom Suite --role editeur", NULL);
    const int apres = inoffensif ? demander(o, "journal verifier --tout", NULL) : 0;
    if (code < 0 || code > 4 || (inoffensif && (code != 0 || apres != 0)))
        faute(o, "octet %llu (%s) : un acte rend %d, puis la vérification %d", (unsigned long long)ou,
              inoffensif ? "inoffensif" : "détecté", code, apres);
    o->reprises++;
    remettre(o);
}

/* Bytes said harmless, damaged together: no answer may change. Halved until the culprits stand alone. */
static void prouver(struct octets *o, const uint64_t *t, size_t n, const struct empreinte *bonnes)
{
    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++)
        poser(o, t[i], abime(o, t[i]));
    const struct empreinte e = reponses(o);
    const bool pareil = empreinte_egale(&e, bonnes) && verifier(o) == ACCEPTE;
    if (pareil)
        reprendre(o, true, t[0]);
    else
        remettre(o);
    if (pareil)
        return;
    if (n == 1) {
        faute(o, "octet %llu (page %llu, %llu dans la page) : accepté, mais les réponses changent", (unsigned long long)t[0],
              (unsigned long long)(t[0] / 16384 + 1), (unsigned long long)(t[0] % 16384));
        return;
    }
    prouver(o, t, n / 2, bonnes);
    if (o->fautes < 20)
        prouver(o, t + n / 2, n - n / 2, bonnes);
}

/* --- the walk ------------------------------------------------------------------------------------------------------------- */

static void essayer(struct octets *o, uint64_t ou, bool agir)
{
    poser(o, ou, abime(o, ou));
    const int code = verifier(o);
    o->essais++;
    if (code == ACCEPTE)
        o->inoffensifs++;
    else if (code == 2 || code == 3 || code == 4) /* 2: it does not even say that it is a registre */
        o->detectes++;
    else
        faute(o, "octet %llu : %s (%d)", (unsigned long long)ou, code == SANS_REMEDE ? "détecté sans dire que faire" : "écroulement", code);
    if (code != ACCEPTE && agir)
        reprendre(o, false, ou);
    else
        poser(o, ou, (unsigned char)o->bon.bytes[ou]);
}

/* Bytes that the verification accepted, kept until there are enough of them to be damaged together. */
struct acceptes {
    uint64_t t[INOFFENSIFS_ENSEMBLE];
    size_t n;
    const struct empreinte *bonnes;
};

static void accepter(struct octets *o, struct acceptes *a, uint64_t ou)
{
    if (a->n == INOFFENSIFS_ENSEMBLE) {
        prouver(o, a->t, a->n, a->bonnes);
        a->n = 0;
    }
    a->t[a->n++] = ou;
}

static bool ensemble_accepte(struct octets *o, const uint64_t *ou, size_t n)
{
    for (size_t i = 0; i < n; i++)
        poser(o, ou[i], abime(o, ou[i]));
    const bool accepte = verifier(o) == ACCEPTE;
    for (size_t i = 0; i < n; i++)
        poser(o, ou[i], (unsigned char)o->bon.bytes[ou[i]]);
    return accepte;
}

/* `n` bytes, all of them together while `maille` is not 1. */
static void trier(struct octets *o, const uint64_t *ou, size_t n, size_t maille, struct acceptes *a)
{
    if (maille > 1 && ensemble_accepte(o, ou, n)) {
        o->essais += n;
        o->inoffensifs += n;
        for (size_t i = 0; i < n; i++)
            accepter(o, a, ou[i]);
        return;
    }
    for (size_t i = 0; i < n && maille > 1 && o->fautes < 20; i += maille / MAILLE)
        trier(o, ou + i, n - i < maille / MAILLE ? n - i : maille / MAILLE, maille / MAILLE, a);
    if (maille > 1)
        return;
    const uint64_t avant = o->inoffensifs;
    essayer(o, *ou, o->essais % 64 == 0);
    if (o->inoffensifs > avant)
        accepter(o, a, *ou);
}

/* Where the long run tells how far it is: the descriptor that COUPS_PROGRES names. */
static void progres(struct octets *o, uint64_t ou)
{
    const char *fd = getenv("COUPS_PROGRES");
    if (fd && ou / (o->bon.len / 10 + 1) != o->dixieme) {
        o->dixieme = ou / (o->bon.len / 10 + 1);
        dprintf(atoi(fd), "    octets : %llu sur 10\n", (unsigned long long)o->dixieme);
    }
}

static void marcher(struct octets *o, uint64_t pas, uint64_t graine)
{
    const struct empreinte bonnes = reponses(o), encore = reponses(o);
    struct acceptes *a = memoire_calloc(1, sizeof *a);
    uint64_t t[MAILLE * MAILLE];
    size_t n = 0;
    if (!empreinte_egale(&bonnes, &encore) || verifier(o) != ACCEPTE)
        mourir("le registre intact ne se vérifie pas, ou ne répond pas deux fois la même chose");
    a->bonnes = &bonnes;
    struct alea h = alea_de(graine, 7);
    for (uint64_t bloc = 0; bloc < o->bon.len && o->fautes < 20; bloc += pas) {
        const uint64_t ou = bloc + (pas > 1 ? alea_sous(&h, (uint32_t)pas) : 0);
        if (ou < o->bon.len)
            t[n++] = ou;
        if (n == MAILLE * MAILLE || (n > 0 && bloc + pas >= o->bon.len)) {
            trier(o, t, n, MAILLE * MAILLE, a);
            progres(o, bloc);
            n = 0;
        }
    }
    prouver(o, a->t, a->n, &bonnes);
    memoire_free(a);
}

static void ouvrir(struct octets *o, const char *source)
{
    char bloc[65536];
    ssize_t n;
    const int fd = open(source, O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && (n = read(fd, bloc, sizeof bloc)) > 0)
        buffer_append(&o->bon, bloc, (size_t)n);
    if (fd < 0 || o->bon.len == 0)
        mourir("%s ne se lit pas", source);
    close(fd);
    snprintf(o->registre, sizeof o->registre, "%s/" REGISTRE, o->dossier);
    o->fd = open(o->registre, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (o->fd < 0)
        mourir("%s : %s", o->registre, strerror(errno));
    remettre(o);
}

int main(int argc, char **argv)
{
    static const char aide[] = "octets REGISTRE DOSSIER [--pas N] [--graine G]";
    struct octets o = {0};
    uint64_t pas = 1, graine = 0;
    if (argc < 3)
        usage(aide);
    o.dossier = argv[2];
    for (int i = 3; i < argc; i += 2) {
        if (i + 1 < argc && strcmp(argv[i], "--pas") == 0)
            pas = nombre_option(argv[i + 1], 1000000, aide);
        else if (i + 1 < argc && strcmp(argv[i], "--graine") == 0)
            graine = nombre_option(argv[i + 1], UINT64_MAX, aide);
        else
            usage(aide);
    }
    setenv("SONS_REGISTRE", REGISTRE, 1);
    ouvrir(&o, argv[1]);
    marcher(&o, pas, graine);
    printf("%sok 1 - %llu octets abîmés sur %zu (un sur %llu, graine %llu) : %llu détectés, %llu inoffensifs\n", o.fautes ? "not " : "",
           (unsigned long long)o.essais, o.bon.len, (unsigned long long)pas, (unsigned long long)graine, (unsigned long long)o.detectes,
           (unsigned long long)o.inoffensifs);
    printf("# %llu fois toutes les réponses comparées, %llu actes dans un registre abîmé\n", (unsigned long long)o.reponses,
           (unsigned long long)o.reprises);
    printf("%sok 2 - il y en a de détectés et d'inoffensifs\n1..2\n", o.detectes > 0 && o.inoffensifs > 0 ? "" : "not ");
    close(o.fd);
    buffer_free(&o.bon);
    return o.fautes || o.detectes == 0 || o.inoffensifs == 0 ? 1 : 0;
}
