/* What every unit test of noyau includes: cmocka and its prerequisites, in the order it wants. */
#ifndef SONS_TESTS_ESSAI_H
#define SONS_TESTS_ESSAI_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOMBRE(t) (sizeof(t) / sizeof *(t))

/* Bytes of a literal with its inner NULs, without the last one. */
#define SLICE(s) ((struct slice){(s), sizeof(s) - 1})

/* Runs `f` in a child whose standard error is kept; returns its exit code, −1 when a signal ended it. */
static inline int dans_un_enfant(void (*f)(void), char *erreur, size_t max)
{
    int tube[2], status;
    if (pipe(tube) != 0)
        abort();
    pid_t pid = fork();
    if (pid == 0) {
        dup2(tube[1], STDERR_FILENO);
        close(tube[0]);
        close(tube[1]);
        f();
        _exit(0);
    }
    close(tube[1]);
    size_t len = 0;
    ssize_t n;
    while (len < max - 1 && (n = read(tube[0], erreur + len, max - 1 - len)) > 0)
        len += (size_t)n;
    erreur[len] = '\0';
    close(tube[0]);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#endif
