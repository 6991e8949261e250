#include "formats/xml_biblio.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

#include "config.h" /* LIBXML_SONAME: the library that configure linked with, hence the one of these headers */
#include "noyau/memoire.h"

struct xml_biblio libxml;

/* The loader allocates too, and does not always say that it could not: what it left in errno does. */
static bool faute(struct diag_liste *diags)
{
    const bool memoire = errno == ENOMEM;
    const char *cause = dlerror();
    if (memoire || (cause != NULL && strstr(cause, "memory") != NULL))
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
