#include "formats/xml_biblio.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "config.h" /* LIBXML_SONAME: the library that configure linked with, hence the one of these headers */
#include "noyau/memoire.h"

struct xml_biblio libxml;

/* More than the loader asks malloc for while it loads libxml2 and what libxml2 needs (26 KB, measured). */
#define RESERVE ((size_t)96 * 1024)
/* Beyond the address space that they take (38 MB, most of it the tables of ICU). */
#define ETENDUE ((size_t)64 * 1024 * 1024)

/* glibc's loader leaves the process, with 127 and three words, when it cannot allocate the table of the unique names of
 * libstdc++: memory that has just been given back is there for it. */
static void reserver(void)
{
    char *volatile p = memoire_alloc(RESERVE); /* volatile: neither call is optimised away */
    memoire_free(p);
}

static bool etendue_libre(void)
{
    void *p = mmap(NULL, ETENDUE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p != MAP_FAILED && munmap(p, ETENDUE) == 0;
}

/* The loader allocates and maps too, and does not always say that it could not: it says « failed to map segment », without
 * errno, of a file that may not be executed as well as of a memory that is full. */
static bool faute(struct diag_liste *diags)
{
    const bool memoire = errno == ENOMEM;
    const char *cause = dlerror();
    if (memoire || (cause != NULL && strstr(cause, "memory") != NULL) || !etendue_libre())
        memoire_epuisee();
    diag_trouve(diag_erreur(diags, E_BIBLIOTHEQUE, "la bibliothèque libxml2 ne se charge pas"), "%s",
                cause != NULL ? cause : LIBXML_SONAME);
    return false;
}

/* ISO C has no cast from an object's address to a function's; POSIX says that the bits are those. */
static bool placer(void *biblio, const char *nom, void *fonction)
{
    void *p = dlsym(biblio, nom);
    memcpy(fonction, &p, sizeof p);
    return p != NULL;
}

bool xml_biblio_charger(struct diag_liste *diags)
{
    reserver();
    errno = 0;
    void *biblio = dlopen(LIBXML_SONAME, RTLD_LAZY | RTLD_LOCAL);
    if (biblio == NULL)
        return faute(diags);
    bool ok = true;
#define FONCTION(nom) ok = placer(biblio, #nom, &libxml.nom) && ok;
    XML_BIBLIO(FONCTION)
#undef FONCTION
    return ok || faute(diags);
}
