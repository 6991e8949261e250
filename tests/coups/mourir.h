/* The end of a test program that cannot go on, in TAP. */
#ifndef SONS_TESTS_COUPS_MOURIR_H
#define SONS_TESTS_COUPS_MOURIR_H

/* Prints « Bail out! » and the message, and exits with 99. */
_Noreturn void mourir(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
