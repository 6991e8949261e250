/* libxml2, loaded at its first use. It brings ICU and the C++ library with it: loaded at start, it doubled the time of every
 * command that reads no XML (tests/bench/RESULTATS.md). Its headers are used as they are; only the calls go through here. */
#ifndef SONS_FORMATS_XML_BIBLIO_H
#define SONS_FORMATS_XML_BIBLIO_H

#include <libxml/parser.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlschemas.h>
#include <stdbool.h>
#include "noyau/diag.h"

#define XML_BIBLIO(FONCTION)                                                                                              \
    FONCTION(xmlMemSetup)                                                                                                 \
    FONCTION(xmlInitParser)                                                                                               \
    FONCTION(xmlSetExternalEntityLoader)                                                                                  \
    FONCTION(xmlSetGenericErrorFunc)                                                                                      \
    FONCTION(xmlSetStructuredErrorFunc)                                                                                   \
    FONCTION(xmlCtxtGetLastError)                                                                                         \
    FONCTION(xmlCreatePushParserCtxt)                                                                                     \
    FONCTION(xmlCtxtUseOptions)                                                                                           \
    FONCTION(xmlParseChunk)                                                                                               \
    FONCTION(xmlFreeParserCtxt)                                                                                           \
    FONCTION(xmlSchemaNewMemParserCtxt)                                                                                   \
    FONCTION(xmlSchemaSetParserStructuredErrors)                                                                          \
    FONCTION(xmlSchemaParse)                                                                                              \
    FONCTION(xmlSchemaFreeParserCtxt)                                                                                     \
    FONCTION(xmlSchemaFree)                                                                                               \
    FONCTION(xmlSchemaNewValidCtxt)                                                                                       \
    FONCTION(xmlSchemaSetValidStructuredErrors)                                                                           \
    FONCTION(xmlSchemaSAXPlug)                                                                                            \
    FONCTION(xmlSchemaSAXUnplug)                                                                                          \
    FONCTION(xmlSchemaIsValid)                                                                                            \
    FONCTION(xmlSchemaFreeValidCtxt)

struct xml_biblio {
#define FONCTION(nom) __typeof__(nom) *nom;
    XML_BIBLIO(FONCTION)
#undef FONCTION
};
/* Filled by xml_biblio_charger, which xml_preparer calls before any use. */
extern struct xml_biblio libxml;
/* False with a diagnostic when the library cannot be loaded; may be tried again. */
bool xml_biblio_charger(struct diag_liste *diags);

#endif
