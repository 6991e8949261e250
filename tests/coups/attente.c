/* Preloaded: how long the program waits for the registre, which is all it ever sleeps for. ATTENTE_COMPTE names a file of two
 * int64: microseconds waited, and how many of them the machine slept on well past what was asked.
 * ATTENTE_PRESSE = n: time goes n times as fast, for its waits and the clock that measures them. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define REVEIL_US 100000 /* a loaded machine wakes a sleeper that late; one that was stopped, later */

static int64_t presse(void)
{
    const char *texte = getenv("ATTENTE_PRESSE");
    const int64_t n = texte ? strtoll(texte, NULL, 10) : 1;
    return n < 1 ? 1 : n;
}

static int64_t maintenant_us(void)
{
    struct timespec t;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int clock_gettime(clockid_t horloge, struct timespec *out)
{
    const int rc = (int)syscall(SYS_clock_gettime, horloge, out);
    if (rc == 0 && horloge == CLOCK_MONOTONIC && presse() > 1) {
        static int64_t debut;
        if (debut == 0)
            debut = maintenant_us();
        const int64_t us = debut + (maintenant_us() - debut) * presse();
        *out = (struct timespec){(time_t)(us / 1000000), (long)(us % 1000000) * 1000};
    }
    return rc;
}

int usleep(useconds_t us)
{
    const char *fichier = getenv("ATTENTE_COMPTE");
    const int64_t debut = maintenant_us(), voulu = (int64_t)us / presse();
    const struct timespec t = {(time_t)(voulu / 1000000), (long)(voulu % 1000000) * 1000};
    clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
    const int fd = fichier ? open(fichier, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd >= 0) {
        int64_t c[2] = {0, 0};
        const int64_t dormi = maintenant_us() - debut;
        if (pread(fd, c, sizeof c, 0) < 0)
            _exit(125);
        c[0] += dormi;
        c[1] += dormi > voulu + REVEIL_US ? dormi - voulu : 0;
        if (pwrite(fd, c, sizeof c, 0) != sizeof c)
            _exit(125);
        close(fd);
    }
    return 0;
}
