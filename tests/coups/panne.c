/* The shim: every system call of a class, whoever makes it (stdio of libzip and NSS included), is trapped by a seccomp
 * filter, counted, and one of them is struck. Nothing here allocates: the handler runs wherever the call was made. */
#define _GNU_SOURCE
#include "panne.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define ARG(u, i) ((long)(u)->uc_mcontext.gregs[(int[]){REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9}[i]])
#define RENDRE(u, v) ((u)->uc_mcontext.gregs[REG_RAX] = (v))
__asm__(".text\n.globl coups_appel\n.hidden coups_appel\n.type coups_appel,@function\ncoups_appel:\n"
        "mov %rdi,%rax\nmov %rsi,%rdi\nmov %rdx,%rsi\nmov %rcx,%rdx\nmov %r8,%r10\nmov %r9,%r8\nmov 8(%rsp),%r9\nsyscall\n"
        ".globl coups_apres\n.hidden coups_apres\ncoups_apres:\nret\n");
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#define ARG(u, i) ((long)(u)->uc_mcontext.regs[i])
#define RENDRE(u, v) ((u)->uc_mcontext.regs[0] = (unsigned long long)(v))
__asm__(".text\n.globl coups_appel\n.hidden coups_appel\n.type coups_appel,%function\ncoups_appel:\n"
        "mov x8,x0\nmov x0,x1\nmov x1,x2\nmov x2,x3\nmov x3,x4\nmov x4,x5\nmov x5,x6\nsvc #0\n"
        ".globl coups_apres\n.hidden coups_apres\ncoups_apres:\nret\n");
#else
#error "panne.c: registers of this processor are not known"
#endif
/* The only place from which the filter lets those calls through: returns −errno as the kernel does. */
long coups_appel(long nr, long a, long b, long c, long d, long e, long f);
extern const char coups_apres[];

#define FD_TRACE 900
#define FD_ECARTS 901
#define ENFANT_NET 76
#define ENFANT_AUTRE 77
#define ENFANT_SEUL 78 /* like ENFANT_NET, and no memory was asked for after the blow */

static struct {
    uint64_t *comptes, secours[COUPS_COMPTES_N];
    int classe; /* −1: none */
    uint64_t rang, hasard[2];
    bool suite, veille;
    enum coups_geste geste;
    int trace, ecarts;
    long decalage;
    uint64_t balayage;
    bool enfant, dit; /* a child of the sweep; it has said that memory is out */
} p = {.comptes = p.secours, .classe = -1, .trace = -1};

/* --- what happens to a call ------------------------------------------------------------------------------------- */

_Noreturn void coups_tuer(void)
{
    for (;;)
        kill(getpid(), SIGKILL);
}

static bool vise(enum coups_classe c)
{
    const uint64_t n = ++p.comptes[c];
    return p.classe == (int)c && (n == p.rang || (p.suite && n > p.rang));
}

/* --- the sweep of the allocator ------------------------------------------------------------------------------------ */

static _Noreturn void sortir(int code)
{
    for (;;)
        coups_appel(SYS_exit_group, code, 0, 0, 0, 0, 0);
}

static void devenir_enfant(uint64_t rang, bool suite)
{
    const struct itimerval delai = {.it_value.tv_sec = 30};
    coups_appel(SYS_setitimer, ITIMER_REAL, (long)&delai, 0, 0, 0, 0);
    memcpy(p.secours, p.comptes, sizeof p.secours);
    p.comptes = p.secours;
    p.comptes[COUPS_MEMOIRE] = rang - 1;
    p.classe = COUPS_MEMOIRE;
    p.geste = COUPS_ECHOUE;
    p.rang = rang;
    p.suite = suite;
    p.balayage = 0;
    p.enfant = true;
}

/* Before the allocation of that rank. Returns in the process, and in each child, which is about to be struck. */
static void balayer(uint64_t rang)
{
    int ecarts = 0;
    for (int suite = 0; suite < 2; suite++) {
        int statut = 0;
        const long pid = coups_appel(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);
        if (pid == 0) {
            devenir_enfant(rang, suite);
            return;
        }
        while (pid > 0 && coups_appel(SYS_wait4, pid, (long)&statut, 0, 0, 0, 0) == -EINTR)
            ;
        const int code = pid > 0 && WIFEXITED(statut) ? WEXITSTATUS(statut) : -1;
        const bool net = code == ENFANT_NET || code == ENFANT_SEUL, seul = code == ENFANT_SEUL && suite == 0;
        p.comptes[COUPS_PORTES] += seul ? 2 : 1;
        p.comptes[COUPS_NETS] += seul ? 2 : net;
        p.comptes[COUPS_PAREILS] += seul;
        ecarts += !net;
        if (seul)
            break;
    }
    if (ecarts && coups_appel(SYS_write, p.ecarts, (long)&rang, sizeof rang, 0, 0, 0) < 0)
        coups_tuer();
}

/* What a child may do: say that memory is out, and leave. */
static long enfant(long nr, const long a[6])
{
    if (nr == SYS_close)
        return 0;
    if (nr == SYS_write && a[0] == STDERR_FILENO && memmem((const void *)a[1], (size_t)a[2], COUPS_EPUISEE, sizeof COUPS_EPUISEE - 1)) {
        p.dit = true;
        return a[2];
    }
    if (nr != SYS_exit_group || a[0] != 3 || !p.dit)
        sortir(ENFANT_AUTRE);
    sortir(p.comptes[COUPS_MEMOIRE] == p.rang ? ENFANT_SEUL : ENFANT_NET);
}

struct coups_sort coups_tirer(enum coups_classe c)
{
    if (!p.veille)
        return (struct coups_sort){0};
    if (c == COUPS_MEMOIRE && p.balayage) {
        const uint64_t n = p.comptes[c] + 1;
        if (n >= p.rang && (n - p.rang) % p.balayage == 0)
            balayer(n);
    }
    bool frappe = vise(c);
    if (c != COUPS_MEMOIRE && c != COUPS_VFS && vise(COUPS_DISQUE))
        frappe = true;
    const struct coups_sort s = {frappe, p.geste, p.rang};
    p.comptes[COUPS_PORTES] += frappe;
    if (s.frappe && s.geste == COUPS_TUE)
        coups_tuer();
    return s;
}

/* Several errors are plausible for a call: the rank chooses. */
static long erreur(enum coups_classe c, uint64_t rang)
{
    static const int open_[] = {EMFILE, EIO, ENFILE}, write_[] = {ENOSPC, EIO, EDQUOT}, fsync_[] = {EIO, ENOSPC},
                     rename_[] = {EIO, ENOSPC, EACCES}, autre[] = {EIO};
    switch (c) {
    case COUPS_OPEN: return -open_[rang % 3];
    case COUPS_WRITE: return -write_[rang % 3];
    case COUPS_FSYNC: return -fsync_[rang % 2];
    case COUPS_RENAME: return -rename_[rang % 3];
    default: return -autre[0];
    }
}

/* --- the trace of what a power loss could undo ------------------------------------------------------------------- */

static void tracer(struct coups_trace t, const char *a, const char *b, const void *octets)
{
    t.n_a = a ? strlen(a) : 0;
    t.n_b = b ? strlen(b) : 0;
    struct iovec v[] = {{&t, sizeof t}, {(void *)(uintptr_t)a, t.n_a}, {(void *)(uintptr_t)b, t.n_b},
                        {(void *)(uintptr_t)octets, t.op == OP_ECRIT ? t.n : 0}};
    if (coups_appel(SYS_writev, p.trace, (long)v, 4, 0, 0, 0) < 0)
        coups_tuer();
}

static bool regulier(int fd, struct stat *st)
{
    return p.trace >= 0 && fstat(fd, st) == 0 && S_ISREG(st->st_mode);
}

static void tracer_ecriture(int fd, const void *octets, long n, long ou)
{
    struct stat st;
    if (n <= 0 || !regulier(fd, &st))
        return;
    if (ou < 0)
        ou = (long)lseek(fd, 0, SEEK_CUR) - n;
    tracer((struct coups_trace){.op = OP_ECRIT, .ino = st.st_ino, .ou = (uint64_t)ou, .n = (uint64_t)n}, NULL, NULL, octets);
}

static void tracer_sync(int fd)
{
    struct stat st;
    if (p.trace >= 0 && fstat(fd, &st) == 0)
        tracer((struct coups_trace){.op = OP_SYNC, .ino = st.st_ino}, NULL, NULL, NULL);
}

static void tracer_chemins(enum coups_op op, const char *a, const char *b)
{
    struct stat st = {0};
    if (p.trace < 0)
        return;
    if (op != OP_EFFACE && lstat(b, &st) != 0)
        return;
    tracer((struct coups_trace){.op = op, .ino = st.st_ino}, a, b, NULL);
}

/* --- the calls --------------------------------------------------------------------------------------------------- */

static long ouvrir(int dossier, const char *chemin, int drapeaux, unsigned droits)
{
    const struct coups_sort s = coups_tirer(COUPS_OPEN);
    struct stat st;
    if (s.frappe)
        return erreur(COUPS_OPEN, s.rang);
    const bool nouveau = (drapeaux & O_CREAT) != 0 && fstatat(dossier, chemin, &st, 0) != 0;
    const long fd = coups_appel(SYS_openat, dossier, (long)chemin, drapeaux, (long)droits, 0, 0);
    if (fd >= 0 && p.trace >= 0 && fstat((int)fd, &st) == 0 && S_ISREG(st.st_mode)) {
        if (nouveau)
            tracer((struct coups_trace){.op = OP_CREE, .ino = st.st_ino}, chemin, NULL, NULL);
        else if ((drapeaux & O_TRUNC) != 0)
            tracer((struct coups_trace){.op = OP_TAILLE, .ino = st.st_ino}, NULL, NULL, NULL);
    }
    return fd;
}

/* read, pread (`ou` ≥ 0). */
static long lire(int fd, void *octets, size_t n, long ou)
{
    const struct coups_sort s = coups_tirer(COUPS_READ);
    if (s.frappe && s.geste == COUPS_COURT)
        n = (n + 1) / 2;
    else if (s.frappe)
        return erreur(COUPS_READ, s.rang);
    return ou < 0 ? coups_appel(SYS_read, fd, (long)octets, (long)n, 0, 0, 0)
                  : coups_appel(SYS_pread64, fd, (long)octets, (long)n, ou, 0, 0);
}

static long ecrire(int fd, const void *octets, size_t n, long ou)
{
    struct coups_sort s = {0};
    if (fd != STDERR_FILENO)
        s = coups_tirer(COUPS_WRITE);
    if (s.frappe && (s.geste == COUPS_COURT || s.geste == COUPS_DECHIRE))
        n = (n + 1) / 2;
    else if (s.frappe)
        return erreur(COUPS_WRITE, s.rang);
    const long ecrits = ou < 0 ? coups_appel(SYS_write, fd, (long)octets, (long)n, 0, 0, 0)
                               : coups_appel(SYS_pwrite64, fd, (long)octets, (long)n, ou, 0, 0);
    tracer_ecriture(fd, octets, ecrits, ou);
    if (s.frappe && s.geste == COUPS_DECHIRE)
        coups_tuer();
    return ecrits;
}

/* Bytes of a vector one after the other: stdio asks for two at most. */
static long plusieurs(int fd, const struct iovec *v, int n, bool ecriture)
{
    long total = 0;
    for (int i = 0; i < n; i++) {
        if (v[i].iov_len == 0)
            continue;
        const long k = ecriture ? ecrire(fd, v[i].iov_base, v[i].iov_len, -1) : lire(fd, v[i].iov_base, v[i].iov_len, -1);
        if (k < 0)
            return total > 0 ? total : k;
        total += k;
        if ((size_t)k < v[i].iov_len)
            break;
    }
    return total;
}

static long synchroniser(int fd)
{
    const struct coups_sort s = coups_tirer(COUPS_FSYNC);
    if (s.frappe)
        return erreur(COUPS_FSYNC, s.rang);
    tracer_sync(fd);
    return 0;
}

static long tailler(int fd, long taille)
{
    const struct coups_sort s = coups_tirer(COUPS_FTRUNCATE);
    struct stat st;
    if (s.frappe)
        return erreur(COUPS_FTRUNCATE, s.rang);
    const long rc = coups_appel(SYS_ftruncate, fd, taille, 0, 0, 0, 0);
    if (rc == 0 && regulier(fd, &st))
        tracer((struct coups_trace){.op = OP_TAILLE, .ino = st.st_ino, .ou = (uint64_t)taille}, NULL, NULL, NULL);
    return rc;
}

static long fermer(int fd)
{
    const struct coups_sort s = coups_tirer(COUPS_CLOSE);
    const long rc = coups_appel(SYS_close, fd, 0, 0, 0, 0, 0); /* a close that fails has closed */
    return s.frappe ? erreur(COUPS_CLOSE, s.rang) : rc;
}

static long renommer(enum coups_op op, long nr, const long a[6], const char *de, const char *vers)
{
    const struct coups_sort s = coups_tirer(COUPS_RENAME);
    if (s.frappe)
        return erreur(COUPS_RENAME, s.rang);
    const long rc = coups_appel(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (rc == 0)
        tracer_chemins(op, de, vers);
    return rc;
}

static long effacer(long nr, const long a[6], const char *chemin)
{
    const struct coups_sort s = coups_tirer(COUPS_UNLINK);
    if (s.frappe)
        return erreur(COUPS_UNLINK, s.rang);
    const long rc = coups_appel(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (rc == 0)
        tracer_chemins(OP_EFFACE, chemin, NULL);
    return rc;
}

/* The same sequence in every process: two runs of an act write the same registre. Apart, what the C library draws for itself:
 * mkostemp asks once in twenty, as the clock has it (glibc 2.36, try_tempname_len), and the program's own draws would shift. */
static long hasard(unsigned char *octets, size_t n, bool biblio)
{
    uint64_t *suite = &p.hasard[biblio];
    for (size_t i = 0; i < n; i++) {
        *suite = *suite * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        octets[i] = (unsigned char)(*suite >> 56);
    }
    return (long)n;
}

static long traiter(long nr, const long a[6])
{
    if (p.enfant)
        return enfant(nr, a);
    switch (nr) {
#ifdef SYS_open
    case SYS_open: return ouvrir(AT_FDCWD, (const char *)a[0], (int)a[1], (unsigned)a[2]);
    case SYS_rename: return renommer(OP_RENOMME, nr, a, (const char *)a[0], (const char *)a[1]);
    case SYS_link: return renommer(OP_LIE, nr, a, (const char *)a[0], (const char *)a[1]);
    case SYS_unlink: return effacer(nr, a, (const char *)a[0]);
#endif
    case SYS_openat: return ouvrir((int)a[0], (const char *)a[1], (int)a[2], (unsigned)a[3]);
    case SYS_read: return lire((int)a[0], (void *)a[1], (size_t)a[2], -1);
    case SYS_pread64: return lire((int)a[0], (void *)a[1], (size_t)a[2], a[3]);
    case SYS_readv: return plusieurs((int)a[0], (const struct iovec *)a[1], (int)a[2], false);
    case SYS_write: return ecrire((int)a[0], (const void *)a[1], (size_t)a[2], -1);
    case SYS_pwrite64: return ecrire((int)a[0], (const void *)a[1], (size_t)a[2], a[3]);
    case SYS_writev: return plusieurs((int)a[0], (const struct iovec *)a[1], (int)a[2], true);
    case SYS_fsync:
    case SYS_fdatasync: return synchroniser((int)a[0]);
    case SYS_ftruncate: return tailler((int)a[0], a[1]);
    case SYS_close: return fermer((int)a[0]);
    case SYS_renameat:
    case SYS_renameat2: return renommer(OP_RENOMME, nr, a, (const char *)a[1], (const char *)a[3]);
    case SYS_linkat: return renommer(OP_LIE, nr, a, (const char *)a[1], (const char *)a[3]);
    case SYS_unlinkat: return effacer(nr, a, (const char *)a[1]);
    case SYS_exit_group: sortir((int)a[0]);
    case SYS_getrandom: return hasard((unsigned char *)a[0], (size_t)a[1], ((unsigned)a[2] & GRND_NONBLOCK) != 0);
    default: return -ENOSYS;
    }
}

static void sur_appel(int signal_, siginfo_t *info, void *contexte)
{
    ucontext_t *u = contexte;
    const int garde = errno;
    const long a[6] = {ARG(u, 0), ARG(u, 1), ARG(u, 2), ARG(u, 3), ARG(u, 4), ARG(u, 5)};
    (void)signal_;
    RENDRE(u, traiter(info->si_syscall, a));
    errno = garde;
}

/* --- the filter --------------------------------------------------------------------------------------------------- */

static const int appels[] = {
#ifdef SYS_open
    SYS_open, SYS_rename, SYS_link, SYS_unlink,
#endif
    SYS_openat, SYS_read, SYS_pread64, SYS_readv, SYS_write, SYS_pwrite64, SYS_writev, SYS_fsync, SYS_fdatasync,
    SYS_ftruncate, SYS_close, SYS_renameat, SYS_renameat2, SYS_linkat, SYS_unlinkat, SYS_getrandom,
    SYS_exit_group,
};
#define N_APPELS (sizeof appels / sizeof *appels)

static bool filtrer(void)
{
    const uint64_t apres = (uint64_t)(uintptr_t)coups_apres;
    struct sock_filter f[N_APPELS + 11];
    unsigned short n = 0;
    f[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    f[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < N_APPELS; i++) /* to the test of the address, just after this list and one ALLOW */
        f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)appels[i], (unsigned char)(N_APPELS - i), 0);
    f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    f[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer));
    f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)apres, 0, 3);
    f[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4);
    f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(apres >> 32), 0, 1);
    f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    const struct sock_fprog programme = {n, f};
    const struct sigaction sa = {.sa_sigaction = sur_appel, .sa_flags = SA_SIGINFO | SA_RESTART | SA_NODEFER};
    return sigaction(SIGSYS, &sa, NULL) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &programme) == 0;
}

/* --- the environment ------------------------------------------------------------------------------------------------ */

static int rang_de(const char *nom, const char *const *noms, int n)
{
    for (int i = 0; nom && i < n; i++)
        if (strcmp(nom, noms[i]) == 0)
            return i;
    return -1;
}

static _Noreturn void refuser(const char *texte)
{
    fprintf(stderr, "panne.so : %s\n", texte);
    _exit(125);
}

static void comptes_ouvrir(const char *chemin)
{
    const int fd = open(chemin, O_RDWR | O_CLOEXEC);
    void *m = fd < 0 ? MAP_FAILED : mmap(NULL, COUPS_COMPTES_N * sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (m == MAP_FAILED)
        refuser("COUPS_COMPTES ne s'ouvre pas");
    close(fd);
    p.comptes = m;
}

static int fichier_ouvrir(const char *chemin, int numero)
{
    const int fd = open(chemin, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), haut = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, numero);
    if (haut < 0)
        refuser("COUPS_TRACE ou COUPS_ECARTS ne s'ouvre pas");
    close(fd);
    return haut;
}

static long nombre(const char *nom)
{
    const char *t = getenv(nom);
    return t ? strtol(t, NULL, 10) : 0;
}

__attribute__((constructor)) static void preparer(void)
{
    static const char *const classes[] = {COUPS_NOMS_CLASSES}, *const gestes[] = {COUPS_NOMS_GESTES};
    const char *comptes = getenv("COUPS_COMPTES"), *trace = getenv("COUPS_TRACE"), *geste = getenv("COUPS_GESTE");
    p.decalage = nombre("COUPS_DECALAGE");
    if (!comptes)
        return;
    comptes_ouvrir(comptes);
    if (trace)
        p.trace = fichier_ouvrir(trace, FD_TRACE);
    if ((p.balayage = (uint64_t)nombre("COUPS_BALAYAGE")) != 0)
        p.ecarts = fichier_ouvrir(getenv("COUPS_ECARTS"), FD_ECARTS);
    p.classe = rang_de(getenv("COUPS_CLASSE"), classes, COUPS_CLASSES);
    const int g = geste ? rang_de(geste, gestes, COUPS_GESTES) : COUPS_ECHOUE;
    if (g < 0 || (getenv("COUPS_CLASSE") && p.classe < 0))
        refuser("classe ou geste inconnu");
    p.geste = (enum coups_geste)g;
    p.rang = (uint64_t)nombre("COUPS_RANG");
    p.suite = nombre("COUPS_SUITE") != 0;
    if (!filtrer())
        refuser("le filtre seccomp est refusé ici");
    p.veille = true;
}

/* The clock: only the real one moves, and only when asked. */
int clock_gettime(clockid_t horloge, struct timespec *t)
{
    const long rc = coups_appel(SYS_clock_gettime, horloge, (long)t, 0, 0, 0, 0);
    if (rc == 0 && horloge == CLOCK_REALTIME)
        t->tv_sec += p.decalage;
    if (rc < 0)
        errno = (int)-rc;
    return rc < 0 ? -1 : 0;
}

time_t time(time_t *out)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_REALTIME, &t);
    if (out)
        *out = t.tv_sec;
    return t.tv_sec;
}
