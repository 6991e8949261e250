#include "mourir.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

_Noreturn void mourir(const char *fmt, ...)
{
    va_list ap;
    printf("Bail out! ");
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
    fflush(stdout);
    _exit(99);
}
