/* Times a command as a whole process: median of N runs, and its peak memory.
 *   mesure N CODES AVANT COMMANDE ARG…
 * Before each run AVANT is given to /bin/sh, untimed ("" = nothing). The command's standard output goes to /dev/null. CODES
 * lists the exit codes expected ("0" or "0,1"). Prints « median µs, minimum µs, maximum µs, peak kB, median µs of processor (user
 * and system) » on one line. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MESURES_MAX = 99 };

struct mesure {
    int64_t us;
    int64_t cpu_us;
    int64_t peak_kb;
};

static void die(const char *what)
{
    fprintf(stderr, "mesure : %s : %s\n", what, strerror(errno));
    exit(3);
}

static int64_t now_us(void)
{
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) {
        die("horloge");
    }
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void run_child(char **argv)
{
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null < 0 || dup2(null, STDOUT_FILENO) < 0) {
        _exit(126);
    }
    execvp(argv[0], argv);
    _exit(127);
}

static int64_t timeval_us(struct timeval t)
{
    return (int64_t)t.tv_sec * 1000000 + t.tv_usec;
}

/* Exit code of the command, or 128 + the signal that ended it. */
static int run_timed(char **argv, struct mesure *m)
{
    int64_t start = now_us();
    pid_t pid = fork();
    if (pid < 0) {
        die("fork");
    }
    if (pid == 0) {
        run_child(argv);
    }
    int status;
    struct rusage usage;
    if (wait4(pid, &status, 0, &usage) != pid) {
        die("wait4");
    }
    m->us = now_us() - start;
    m->cpu_us = timeval_us(usage.ru_utime) + timeval_us(usage.ru_stime);
    m->peak_kb = usage.ru_maxrss;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int compare(const void *a, const void *b)
{
    const struct mesure *x = a, *y = b;
    return (x->us > y->us) - (x->us < y->us);
}

static int compare_cpu(const void *a, const void *b)
{
    const struct mesure *x = a, *y = b;
    return (x->cpu_us > y->cpu_us) - (x->cpu_us < y->cpu_us);
}

static int expected(const char *codes, int code)
{
    char *list = strdup(codes);
    int found = 0;
    if (!list) {
        die("memoire");
    }
    for (char *save = NULL, *one = strtok_r(list, ",", &save); one; one = strtok_r(NULL, ",", &save)) {
        found |= strtol(one, NULL, 10) == code;
    }
    free(list);
    return found;
}

int main(int argc, char **argv)
{
    long runs = argc > 4 ? strtol(argv[1], NULL, 10) : 0;
    if (runs < 1 || runs > MESURES_MAX) {
        fputs("usage : mesure N CODES AVANT COMMANDE ARG…\n", stderr);
        return 2;
    }
    struct mesure m[MESURES_MAX];
    int64_t peak = 0;
    for (long i = 0; i < runs; i++) {
        if (argv[3][0] && system(argv[3]) != 0) {
            fprintf(stderr, "mesure : la préparation a échoué : %s\n", argv[3]);
            return 3;
        }
        int code = run_timed(argv + 4, &m[i]);
        if (!expected(argv[2], code)) {
            fprintf(stderr, "mesure : code %d, attendu %s : %s\n", code, argv[2], argv[4]);
            return 3;
        }
        peak = m[i].peak_kb > peak ? m[i].peak_kb : peak;
    }
    qsort(m, (size_t)runs, sizeof m[0], compare);
    printf("%lld %lld %lld %lld ", (long long)m[runs / 2].us, (long long)m[0].us, (long long)m[runs - 1].us, (long long)peak);
    qsort(m, (size_t)runs, sizeof m[0], compare_cpu);
    printf("%lld\n", (long long)m[runs / 2].cpu_us);
    return 0;
}
