/* Preloaded: how long the program waits for the registre, which is all it ever sleeps for. ATTENTE_COMPTE names a file of
 * two int64: microseconds waited and microseconds asked for. ATTENTE_PRESSE = n: sleep n times less than asked. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int64_t maintenant_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int usleep(useconds_t us)
{
    const char *fichier = getenv("ATTENTE_COMPTE"), *presse = getenv("ATTENTE_PRESSE");
    const int64_t debut = maintenant_us(), n = presse ? strtoll(presse, NULL, 10) : 1, voulu = (int64_t)us / (n < 1 ? 1 : n);
    const struct timespec t = {(time_t)(voulu / 1000000), (long)(voulu % 1000000) * 1000};
    clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
    const int fd = fichier ? open(fichier, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd >= 0) {
        int64_t c[2] = {0};
        if (pread(fd, c, sizeof c, 0) < 0)
            _exit(125);
        c[0] += maintenant_us() - debut;
        c[1] += us;
        if (pwrite(fd, c, sizeof c, 0) != sizeof c)
            _exit(125);
        close(fd);
    }
    return 0;
}
