/* Shared by the tests of the registre: a folder of their own, entries, raw SQL. */
#ifndef SONS_TESTS_ESSAI_REGISTRE_H
#define SONS_TESTS_ESSAI_REGISTRE_H

#include "../noyau/essai.h"

#include <stdio.h>

#include "registre/base.h"
#include "registre/fait.h"
#include "registre/journal.h"

static inline struct slice slice_buffer(const struct buffer *b)
{
    return (struct slice){b->bytes == NULL ? "" : b->bytes, b->len};
}

/* Raw SQL that must succeed. */
static inline void sql(struct registre *r, const char *texte)
{
    char *erreur = NULL;
    if (sqlite3_exec(r->db, texte, NULL, NULL, &erreur) != SQLITE_OK)
        fail_msg("%s : %s", texte, erreur);
}

static inline int64_t sql_entier(struct registre *r, const char *texte)
{
    struct diag_liste d = {0};
    int64_t n = -1;
    assert_true(registre_entier(r, texte, -1, &n, &d));
    return n;
}

#endif
