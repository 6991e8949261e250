/* Inside of the XML reader: the guard that bounds the markup before libxml2 sees it, and the translation of its faults. */
#ifndef SONS_FORMATS_XML_INTERNE_H
#define SONS_FORMATS_XML_INTERNE_H

#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "formats/xml.h"

struct xml_schema {
    xmlSchemaPtr schema;
};

/* Lexer of the guard: where it is between two chunks. */
enum garde_etat {
    GARDE_TEXTE, GARDE_OUVRANT, GARDE_BALISE, GARDE_GUILLEMET, GARDE_APOSTROPHE, GARDE_COMMENTAIRE, GARDE_CDATA, GARDE_PI
};
struct garde {
    enum garde_etat etat;
    char tete[8];      /* what follows `<`, as long as it decides */
    size_t n_tete;
    size_t taille;     /* bytes of the current markup */
    unsigned fin;      /* bytes already met of its ending mark */
};
enum garde_verdict { GARDE_PASSE, GARDE_TROP_LONG, GARDE_DOCTYPE, GARDE_NUL };
/* Looks at the next bytes. libxml2 holds a whole tag in memory and compares its attributes two by two: both are bounded
 * here, and a DOCTYPE never reaches it. */
enum garde_verdict garde_passer(struct garde *g, size_t balise_max, const char *bytes, size_t len);

/* Where the reader is, for a fault. */
struct xml_place {
    const char *fichier;
    uint64_t ligne;
    const char *element;   /* may be NULL */
    struct slice texte;    /* text of that element */
    const char *repere;    /* may be NULL: what the fault is about, better than a line */
};
/* A value that breaks its format is told once: not again as a value of a key that could not be read, neither there
 * (`*precedent` is the code of the fault before it in the same element, 0 at its beginning) nor at the element that the key
 * identifies (`fautes` were told before). */
bool xml_faute_redite(int *precedent, uint64_t fautes, const xmlError *e);
void xml_faute_schema(struct diag_liste *diags, const struct xml_place *p, const xmlError *e);
void xml_faute_forme(struct diag_liste *diags, const struct xml_place *p, const xmlError *e);

#endif
