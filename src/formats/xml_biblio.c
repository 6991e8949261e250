#include "formats/xml_biblio.h"

#include <dlfcn.h>
#include <string.h>

#include "config.h" /* LIBXML_SONAME: the library that configure linked with, hence the one of these headers */
#include "noyau/memoire.h"

struct xml_biblio libxml;

static _Noreturn void sans_libxml(void)
{
    memoire_quitter("sons : la bibliothèque libxml2 (" LIBXML_SONAME ") ne se charge pas ; rien n'a été écrit à moitié. "
                    "À faire : recommencer ; si cela revient, réinstaller libxml2.\n");
}

/* ISO C has no cast from an object's address to a function's; POSIX says that the bits are those. */
static void placer(void *biblio, const char *nom, void *fonction)
{
    void *p = dlsym(biblio, nom);
    if (p == NULL)
        sans_libxml();
    memcpy(fonction, &p, sizeof p);
}

void xml_biblio_charger(void)
{
    if (libxml.xmlInitParser != NULL)
        return;
    void *biblio = dlopen(LIBXML_SONAME, RTLD_LAZY | RTLD_LOCAL);
    if (biblio == NULL)
        sans_libxml();
#define FONCTION(nom) placer(biblio, #nom, &libxml.nom);
    XML_BIBLIO(FONCTION)
#undef FONCTION
}
