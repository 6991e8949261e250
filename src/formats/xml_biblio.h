/* libxml2, loaded at its first use. It brings ICU and the C++ library with it: loaded at start, it doubled the time of every
 * command that reads no XML (tests/bench/RESULTATS.md). Its headers are used as they are; only the calls go through here. */
#ifndef SONS_FORMATS_XML_BIBLIO_H
#define SONS_FORMATS_XML_BIBLIO_H

#include <libxml/parser.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlschemas.h>

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
/* Filled by xml_biblio_charger, which every way into this room goes through (xml_preparer). */
extern struct xml_biblio libxml;
/* Loads the library once. Without it, prints a prepared line and leaves with exit code 3: the installation is at fault. */
void xml_biblio_charger(void);

#endif
