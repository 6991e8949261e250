/* The push reader: libxml2's SAX2 parser with the schema plugged on it. No tree: memory is that of one element per level
 * plus the tables of the schema's key and unique. */
#include <libxml/parserInternals.h>
#include <string.h>
#include "formats/xml_biblio.h"
#include "formats/xml_interne.h"
#include "noyau/memoire.h"

struct niveau {
    const char *nom, *espace; /* in libxml2's dictionary */
    size_t texte;    /* where its text begins in `texte` */
};

struct xml_flux {
    const char *nom;
    const struct xml_bornes *bornes;
    const struct xml_evenements *ev;
    struct diag_liste *diags;
    struct garde garde;
    uint64_t total, fautes;
    int precedent;             /* code of the last fault in this element */
    unsigned bom;              /* bytes of the byte order mark skipped */
    bool arrete;               /* by a fault already told, or by the caller */
    xmlParserCtxtPtr ctxt;
    xmlSchemaValidCtxtPtr valid;
    xmlSchemaSAXPlugPtr plug;
    xmlSAXHandler sax;
    xmlSAXHandlerPtr sax_propre; /* that of the context, given back before it is freed */
    void *donnee;
    struct niveau *pile;
    size_t n_pile, cap_pile;
    bool fermant;              /* the top element is closed; popped at the next event, after the schema judged it */
    struct buffer texte;
    struct xml_attribut *attributs;
    size_t n_attributs, cap_attributs;
};

static uint64_t line_of(const struct xml_flux *f)
{
    return f->ctxt->input && f->ctxt->input->line > 0 ? (uint64_t)f->ctxt->input->line : 0;
}

static struct xml_place place_of(const struct xml_flux *f)
{
    struct xml_place p = {.fichier = f->nom, .ligne = line_of(f), .texte = slice_of("")};
    if (f->n_pile > 0) {
        const struct niveau *top = &f->pile[f->n_pile - 1];
        p.element = top->nom;
        if (f->texte.len > top->texte)
            p.texte = (struct slice){f->texte.bytes + top->texte, f->texte.len - top->texte};
    }
    return p;
}

void xml_flux_arreter(struct xml_flux *f)
{
    if (f->arrete)
        return;
    f->arrete = true;
    f->fautes++;
    f->ctxt->disableSAX = 1; /* not xmlStopParser: it frees the bytes that the event being told points to */
}

static void limit(struct xml_flux *f, const char *what, uint64_t max)
{
    if (f->arrete)
        return;
    struct diag *d = diag_erreur(f->diags, E_XML_LIMITE, "%s", what);
    diag_attendu(d, "au plus %llu", (unsigned long long)max);
    diag_lieu(d, &(struct lieu){.fichier = f->nom, .ligne = line_of(f)});
    xml_flux_arreter(f);
}

/* --- events of the parser --- */

static void pop_closed(struct xml_flux *f)
{
    if (!f->fermant)
        return;
    f->fermant = false;
    f->n_pile--;
    f->texte.len = f->pile[f->n_pile].texte;
}

/* False when an attribute is not ours: xsi:type and xsi:schemaLocation would change what is validated. */
static bool take_attributes(struct xml_flux *f, const xmlChar **attributes, int n)
{
    size_t count = (size_t)n;
    if (count > f->bornes->attributs) {
        limit(f, "trop d'attributs dans une balise", f->bornes->attributs);
        return false;
    }
    if (count > f->cap_attributs)
        f->attributs = memoire_grow(f->attributs, &f->cap_attributs, count, sizeof *f->attributs);
    f->n_attributs = 0;
    for (size_t i = 0; i < count; i++, attributes += 5) {
        if (attributes[1] != NULL && f->bornes->prefixes && strcmp((const char *)attributes[0], "id") != 0)
            continue;
        if (attributes[1] != NULL && !f->bornes->prefixes) {
            struct diag *d = diag_erreur(f->diags, E_XML_STRUCTURE, "attribut « %s:%s » refusé", (const char *)attributes[1],
                                         (const char *)attributes[0]);
            diag_attendu(d, "des attributs sans préfixe");
            diag_lieu(d, &(struct lieu){.fichier = f->nom, .ligne = line_of(f)});
            xml_flux_arreter(f);
            return false;
        }
        f->attributs[f->n_attributs].nom = (const char *)attributes[0];
        f->attributs[f->n_attributs++].valeur = (struct slice){(const char *)attributes[3], (size_t)(attributes[4] - attributes[3])};
    }
    return true;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                     const xmlChar **ns, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
    (void)prefix, (void)n_ns, (void)ns, (void)n_defaulted;
    struct xml_flux *f = ctx;
    pop_closed(f);
    if (f->arrete)
        return;
    if (f->n_pile + 1 > f->cap_pile)
        f->pile = memoire_grow(f->pile, &f->cap_pile, f->n_pile + 1, sizeof *f->pile);
    if (f->n_pile > 0)
        f->texte.len = f->pile[f->n_pile - 1].texte; /* text between children is blank, and would add up */
    f->precedent = 0;
    /* Even when it is refused below: the schema will have opened it. */
    f->pile[f->n_pile++] = (struct niveau){(const char *)name, (const char *)uri, f->texte.len};
    if (f->n_pile > f->bornes->profondeur) {
        limit(f, "trop d'éléments imbriqués", f->bornes->profondeur);
        return;
    }
    if (!take_attributes(f, attributes, n_attributes) || !f->ev || !f->ev->debut)
        return;
    f->ev->debut(f->ev->ctx, &(struct xml_element){
        .nom = (const char *)name, .profondeur = (uint32_t)f->n_pile, .ligne = line_of(f), .attributs = f->attributs,
        .n_attributs = f->n_attributs, .texte = slice_of("")});
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix, (void)uri;
    struct xml_flux *f = ctx;
    pop_closed(f);
    if (f->arrete || f->n_pile == 0)
        return;
    f->fermant = true;
    if (!f->ev || !f->ev->fin)
        return;
    struct xml_place p = place_of(f);
    f->ev->fin(f->ev->ctx, &(struct xml_element){
        .nom = (const char *)name, .profondeur = (uint32_t)f->n_pile, .ligne = p.ligne, .texte = p.texte});
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
    struct xml_flux *f = ctx;
    pop_closed(f);
    if (f->arrete || f->n_pile == 0 || len <= 0)
        return;
    if (f->texte.len - f->pile[f->n_pile - 1].texte + (size_t)len > f->bornes->texte) {
        limit(f, "texte trop long dans un élément (octets)", f->bornes->texte);
        return;
    }
    buffer_append(&f->texte, text, (size_t)len);
}

static void on_schema_fault(void *ctx, xmlErrorPtr e)
{
    struct xml_flux *f = ctx;
    if (f->arrete || xml_faute_redite(&f->precedent, f->fautes, e))
        return;
    struct xml_place p = place_of(f);
    xml_faute_schema(f->diags, &p, e);
    if (++f->fautes >= XML_FAUTES_MAX)
        limit(f, "trop de fautes : la lecture du document s'arrête", XML_FAUTES_MAX);
}

/* --- life --- */

struct xml_flux *xml_flux_creer(const char *nom, const struct xml_schema *schema, const struct xml_bornes *bornes,
                                const struct xml_evenements *ev, struct diag_liste *diags)
{
    if (!xml_preparer(diags))
        return NULL;
    struct xml_flux *f = memoire_calloc(1, sizeof *f);
    f->nom = nom;
    f->bornes = bornes;
    f->ev = ev;
    f->diags = diags;
    f->sax.initialized = XML_SAX2_MAGIC;
    f->sax.startElementNs = on_start;
    f->sax.endElementNs = on_end;
    f->sax.characters = on_text;
    f->sax.ignorableWhitespace = on_text;
    f->sax.cdataBlock = on_text;
    f->ctxt = libxml.xmlCreatePushParserCtxt(NULL, NULL, NULL, 0, nom);
    /* The encoding declared is not believed: our documents are UTF-8, anything else is not well-formed. NOENT gives `&` for
     * `&amp;` in attributes (else `&#38;`); there is no other entity, since none can be declared. */
    libxml.xmlCtxtUseOptions(f->ctxt, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    f->sax_propre = f->ctxt->sax;
    f->ctxt->sax = &f->sax;
    f->ctxt->userData = f;
    if (schema) {
        f->valid = libxml.xmlSchemaNewValidCtxt(schema->schema);
        libxml.xmlSchemaSetValidStructuredErrors(f->valid, on_schema_fault, f);
        f->plug = libxml.xmlSchemaSAXPlug(f->valid, &f->ctxt->sax, &f->ctxt->userData);
        if (!f->plug)
            memoire_epuisee();
    }
    return f;
}

/* A document in another encoding would pass the guard unseen. Blanks before the root are left to libxml2 to judge. */
static bool begins_as_utf8(const struct xml_flux *f, char first)
{
    return f->total > 0 || (f->bom % 3 == 0 && (first == '<' || first == ' ' || (first >= '\t' && first <= '\r')));
}

static void refused(struct xml_flux *f, enum erreur_code code, const char *what)
{
    diag_lieu(diag_erreur(f->diags, code, "%s", what), &(struct lieu){.fichier = f->nom, .ligne = line_of(f)});
    xml_flux_arreter(f);
}

static bool guarded(struct xml_flux *f, const char *bytes, size_t len)
{
    if (!begins_as_utf8(f, *bytes)) {
        refused(f, E_XML_FORME, "ce n'est pas un document XML en UTF-8");
        return false;
    }
    if (len > f->bornes->total - f->total) {
        limit(f, "document trop long (octets)", f->bornes->total);
        return false;
    }
    f->total += len;
    switch (garde_passer(&f->garde, f->bornes->balise, bytes, len)) {
    case GARDE_PASSE: return true;
    case GARDE_TROP_LONG: limit(f, "balise ou commentaire trop long (octets)", f->bornes->balise); return false;
    case GARDE_DOCTYPE: refused(f, E_XML_DTD, "le document contient une déclaration DOCTYPE"); return false;
    default: refused(f, E_XML_FORME, "le document contient un octet nul"); return false;
    }
}

#define TRANCHE ((size_t)16 << 10) /* larger pieces make libxml2's look-ahead slower, smaller ones cost calls */

bool xml_flux_ajouter(struct xml_flux *f, const void *bytes, size_t len)
{
    const char *p = bytes;
    for (; len > 0 && f->total == 0 && f->bom < 3 && *p == "\xef\xbb\xbf"[f->bom]; f->bom++, p++)
        len--;
    while (len > 0 && !f->arrete) {
        size_t n = len < TRANCHE ? len : TRANCHE;
        if (!guarded(f, p, n))
            return false;
        if (libxml.xmlParseChunk(f->ctxt, p, (int)n, 0) != 0 && f->ctxt->wellFormed == 0 && !f->arrete) {
            struct xml_place place = place_of(f);
            xml_faute_forme(f->diags, &place, libxml.xmlCtxtGetLastError(f->ctxt));
            xml_flux_arreter(f);
        }
        p += n;
        len -= n;
    }
    return !f->arrete;
}

uint64_t xml_flux_fautes(const struct xml_flux *f)
{
    return f->fautes;
}

/* libxml2 2.9 loses the memory of the constraints of the elements that a document leaves open: they are closed for it. */
static void close_for_schema(struct xml_flux *f)
{
    pop_closed(f);
    if (f->n_pile == 0)
        return;
    f->arrete = true; /* nobody listens any more */
    while (f->n_pile > 0) {
        const struct niveau *top = &f->pile[--f->n_pile];
        f->ctxt->sax->endElementNs(f->ctxt->userData, (const xmlChar *)top->nom, NULL, (const xmlChar *)top->espace);
    }
}

bool xml_flux_finir(struct xml_flux *f)
{
    if (!f->arrete) {
        libxml.xmlParseChunk(f->ctxt, NULL, 0, 1);
        if (!f->arrete && (f->ctxt->wellFormed == 0 || f->ctxt->nsWellFormed == 0)) {
            struct xml_place place = place_of(f);
            xml_faute_forme(f->diags, &place, libxml.xmlCtxtGetLastError(f->ctxt));
            xml_flux_arreter(f);
        }
    }
    if (f->plug) {
        close_for_schema(f);
        libxml.xmlSchemaSAXUnplug(f->plug); /* gives back our own handler */
    }
    bool ok = !f->arrete && f->fautes == 0 && (!f->valid || libxml.xmlSchemaIsValid(f->valid) == 1);
    f->ctxt->sax = f->sax_propre;
    libxml.xmlFreeParserCtxt(f->ctxt);
    libxml.xmlSchemaFreeValidCtxt(f->valid);
    memoire_free(f->pile);
    memoire_free(f->attributs);
    buffer_free(&f->texte);
    memoire_free(f);
    return ok;
}
