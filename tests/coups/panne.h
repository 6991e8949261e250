/* What the preloaded shim (panne.so, panne_memoire.so) and the bench share. The shim is driven by its environment:
 *   COUPS_COMPTES=FILE    counters, COUPS_COMPTES_N × uint64_t, mapped: they survive SIGKILL. Without it the shim sleeps
 *   COUPS_CLASSE=NAME     the class to strike; without it everything is only counted
 *   COUPS_RANG=N          which call of the class, from 1
 *   COUPS_SUITE=1         from that call on (else that one only)
 *   COUPS_GESTE=NAME      what happens to it
 *   COUPS_TRACE=FILE      where to record what a power loss could undo (records below)
 *   COUPS_DECALAGE=S      seconds added to the clock
 *   COUPS_BALAYAGE=P      one allocation out of P, from COUPS_RANG, is made to fail in two children of the process (once;
 *                         from then on) while it waits: each must leave at once with code 3 and its line. The process
 *                         itself goes on to its end. A child that does anything else stops there, untold, and its rank
 *                         goes to COUPS_ECARTS=FILE (uint64_t), to be struck by itself. When the first child leaves without
 *                         asking for memory again, the second would do the very same: it is counted, not run
 * Under the shim a program is deterministic: its random numbers are a fixed sequence, and fsync reaches no disk. */
#ifndef SONS_TESTS_PANNE_H
#define SONS_TESTS_PANNE_H

#include <stdbool.h>
#include <stdint.h>

enum coups_classe {
    COUPS_MEMOIRE,   /* malloc, calloc, realloc, aligned_alloc, posix_memalign */
    COUPS_OPEN,      /* open, openat */
    COUPS_READ,      /* read, pread, readv */
    COUPS_WRITE,     /* write, pwrite, writev; never on standard error, where the message goes */
    COUPS_FSYNC,     /* fsync, fdatasync */
    COUPS_RENAME,    /* rename, renameat2, link */
    COUPS_FTRUNCATE,
    COUPS_CLOSE,
    COUPS_UNLINK,
    COUPS_VFS,       /* every method of SQLite's VFS */
    COUPS_DISQUE,    /* all the system calls above at once: the disk is gone */
    COUPS_CLASSES
};
/* After the calls of each class: how many were struck. */
enum { COUPS_PORTES = COUPS_CLASSES, COUPS_NETS /* of a sweep: left at once */, COUPS_PAREILS /* not run, the same as the one before */, COUPS_COMPTES_N };
#define COUPS_EPUISEE "mémoire épuisée"
#define COUPS_NOMS_CLASSES \
    "memoire", "open", "read", "write", "fsync", "rename", "ftruncate", "close", "unlink", "vfs", "disque"

enum coups_geste {
    COUPS_ECHOUE,    /* the call fails */
    COUPS_COURT,     /* half of the bytes only: the rest must be asked again */
    COUPS_TUE,       /* SIGKILL instead of the call */
    COUPS_DECHIRE,   /* half of the bytes, then SIGKILL */
    COUPS_GESTES
};
#define COUPS_NOMS_GESTES "echoue", "court", "tue", "dechire"

/* One record of the trace, followed by its two paths (no NUL) and by its bytes. */
enum coups_op { OP_CREE = 1, OP_ECRIT, OP_SYNC, OP_TAILLE, OP_RENOMME, OP_LIE, OP_EFFACE };
struct coups_trace {
    uint64_t op, ino;     /* ino: of the file, or of the folder for OP_SYNC */
    uint64_t ou, n;       /* OP_ECRIT: offset, length; OP_TAILLE: new size in `ou` */
    uint64_t n_a, n_b;    /* lengths of the paths, absolute or as given */
};

/* The shim's own: counts a call, says what happens to it. */
struct coups_sort {
    bool frappe;
    enum coups_geste geste;
    uint64_t rang;
};
struct coups_sort coups_tirer(enum coups_classe c);
_Noreturn void coups_tuer(void);

#endif
