/* Preparing libxml2, compiling schemas, reading our own documents. */
#include "formats/xml.h"

#include <string.h>
#include "formats/xml_biblio.h"
#include "formats/xml_interne.h"
#include "noyau/memoire.h"

const struct xml_bornes xml_bornes_document = {
    .total = 4u << 20, .profondeur = 32, .attributs = 32, .balise = 64u << 10, .texte = 64u << 10,
};

static void silent(void *ctx, const char *fmt, ...)
{
    (void)ctx;
    (void)fmt;
}

static void silent_structured(void *ctx, xmlErrorPtr e)
{
    (void)ctx;
    (void)e;
}

/* Nothing outside the document is ever loaded: entity, DTD, imported schema, xsi:schemaLocation. */
static xmlParserInputPtr load_nothing(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
    (void)url;
    (void)id;
    (void)ctxt;
    return NULL;
}

bool xml_preparer(struct diag_liste *diags)
{
    static bool done;
    if (done)
        return true;
    if (!xml_biblio_charger(diags))
        return false;
    done = true;
    libxml.xmlMemSetup(memoire_free, memoire_alloc, memoire_realloc, memoire_strdup);
    libxml.xmlInitParser();
    libxml.xmlSetExternalEntityLoader(load_nothing);
    libxml.xmlSetGenericErrorFunc(NULL, silent);
    libxml.xmlSetStructuredErrorFunc(NULL, silent_structured);
    return true;
}

struct compilation {
    const char *nom;
    struct diag_liste *diags;
    bool failed;
};

/* A warning too is a fault: that is how libxml2 tells an import it could not load. */
static void schema_parse_fault(void *ctx, xmlErrorPtr e)
{
    struct compilation *c = ctx;
    struct diag *d = diag_erreur(c->diags, E_XSD, "le schéma ne se compile pas");
    if (e->message)
        diag_trouve(d, "%.*s", (int)strcspn(e->message, "\n"), e->message);
    diag_lieu(d, &(struct lieu){.fichier = c->nom, .ligne = e->line > 0 ? (uint64_t)e->line : 0});
    c->failed = true;
}

struct xml_schema *xml_schema_compiler(const char *nom, struct slice xsd, struct diag_liste *diags)
{
    if (!xml_preparer(diags))
        return NULL;
    struct compilation c = {nom, diags, false};
    xmlSchemaPtr schema = NULL;
    if (xsd.len > 0 && xsd.len <= 1 << 20) {
        xmlSchemaParserCtxtPtr ctxt = libxml.xmlSchemaNewMemParserCtxt(xsd.bytes, (int)xsd.len);
        libxml.xmlSchemaSetParserStructuredErrors(ctxt, schema_parse_fault, &c);
        schema = libxml.xmlSchemaParse(ctxt);
        libxml.xmlSchemaFreeParserCtxt(ctxt);
    }
    if (!schema || c.failed) {
        if (!c.failed)
            diag_lieu(diag_erreur(diags, E_XSD, "le schéma n'est pas du XML"), &(struct lieu){.fichier = nom});
        libxml.xmlSchemaFree(schema);
        return NULL;
    }
    struct xml_schema *s = memoire_alloc(sizeof *s);
    s->schema = schema;
    return s;
}

void xml_schema_free(struct xml_schema *s)
{
    if (!s)
        return;
    libxml.xmlSchemaFree(s->schema);
    memoire_free(s);
}

struct slice xml_attribut(const struct xml_element *e, const char *nom)
{
    for (size_t i = 0; i < e->n_attributs; i++)
        if (strcmp(e->attributs[i].nom, nom) == 0)
            return e->attributs[i].valeur;
    return slice_of("");
}

static bool read_once(const char *nom, struct slice xml, const struct xml_schema *schema, const struct xml_evenements *ev,
                      struct diag_liste *diags)
{
    struct xml_flux *f = xml_flux_creer(nom, schema, &xml_bornes_document, ev, diags);
    if (!f)
        return false;
    xml_flux_ajouter(f, xml.bytes, xml.len);
    return xml_flux_finir(f);
}

bool xml_lire(const char *nom, struct slice xml, struct slice xsd, const struct xml_evenements *ev,
              struct diag_liste *diags)
{
    if (xsd.len == 0)
        return read_once(nom, xml, NULL, ev, diags);
    struct xml_schema *schema = xml_schema_compiler(nom, xsd, diags);
    if (!schema)
        return false;
    /* Two passes over bytes in memory, so that the events only ever tell of a valid document. */
    bool ok = read_once(nom, xml, schema, NULL, diags) && read_once(nom, xml, NULL, ev, diags);
    xml_schema_free(schema);
    return ok;
}
