/* The writer: bytes and validation from the same values, side by side. libxml2's schema machine takes SAX events; the
 * writer gives it those that a parser of its bytes would. */
#include <assert.h>
#include <string.h>
#include "formats/xml_biblio.h"
#include "formats/xml_interne.h"
#include "noyau/memoire.h"

#define PROFONDEUR_MAX 32
#define ATTRIBUTS_MAX 16

struct ouvert {
    const char *nom;
    bool balise_finie;  /* its `>` is written */
    bool texte, enfants;
};

struct xml_ecrivain {
    const char *nom, *espace;
    struct buffer *sortie;
    struct diag_liste *diags;
    uint64_t fautes;
    int precedent;      /* code of the last fault in this element */
    xmlSchemaValidCtxtPtr valid;
    xmlSchemaSAXPlugPtr plug;
    xmlSAXHandlerPtr sax;
    void *donnee;
    struct ouvert pile[PROFONDEUR_MAX];
    size_t n_pile;
    struct buffer texte, repere; /* text of the current element, for the faults */
};

#define LITTERAL(b, s) buffer_append((b), (s), sizeof(s) - 1)

static struct xml_place place_of(const struct xml_ecrivain *e)
{
    return (struct xml_place){
        .fichier = e->nom, .element = e->n_pile ? e->pile[e->n_pile - 1].nom : NULL,
        .texte = {e->texte.bytes ? e->texte.bytes : "", e->texte.len}, .repere = e->repere.bytes,
    };
}

static void on_schema_fault(void *ctx, xmlErrorPtr err)
{
    struct xml_ecrivain *e = ctx;
    struct xml_place p = place_of(e);
    if (xml_faute_redite(&e->precedent, e->fautes, err))
        return;
    e->fautes++;
    xml_faute_schema(e->diags, &p, err);
}

struct xml_ecrivain *xml_ecrivain_creer(const char *nom, const char *espace, const struct xml_schema *schema,
                                        struct buffer *sortie, struct diag_liste *diags)
{
    struct xml_ecrivain *e = memoire_calloc(1, sizeof *e);
    e->nom = nom;
    e->espace = espace;
    e->sortie = sortie;
    e->diags = diags;
    if (schema) {
        e->valid = libxml.xmlSchemaNewValidCtxt(schema->schema);
        libxml.xmlSchemaSetValidStructuredErrors(e->valid, on_schema_fault, e);
        e->plug = libxml.xmlSchemaSAXPlug(e->valid, &e->sax, &e->donnee);
        if (!e->plug)
            memoire_epuisee();
    }
    LITTERAL(sortie, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    return e;
}

void xml_ecrivain_repere(struct xml_ecrivain *e, const char *repere)
{
    buffer_clear(&e->repere);
    buffer_puts(&e->repere, repere);
}

uint64_t xml_ecrivain_fautes(const struct xml_ecrivain *e)
{
    return e->fautes;
}

/* Plain means: no byte to escape nor to look at closer. Nearly every text of ours is. */
static const unsigned char special[256] = {
    [0 ... 0x1f] = 1, ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, [0x7f ... 0xff] = 1,
};

static bool plain(struct slice s)
{
    unsigned char any = 0;
    for (size_t i = 0; i < s.len; i++)
        any |= special[(unsigned char)s.bytes[i]];
    return any == 0;
}

void xml_echapper(struct buffer *b, struct slice s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *by;
        switch (s.bytes[i]) {
        case '&': by = "&amp;"; break;
        case '<': by = "&lt;"; break;
        case '>': by = "&gt;"; break;
        case '"': by = "&quot;"; break;
        case '\t': by = "&#9;"; break;
        case '\n': by = "&#10;"; break;
        case '\r': by = "&#13;"; break;
        default: continue;
        }
        buffer_append(b, s.bytes + from, i - from);
        buffer_puts(b, by);
        from = i + 1;
    }
    if (s.len > from)
        buffer_append(b, s.bytes + from, s.len - from);
}

/* U+FFFE and U+FFFF are UTF-8 but not XML. */
static bool has_noncharacter(struct slice s)
{
    for (size_t i = 0; i + 2 < s.len; i++)
        if (memcmp(s.bytes + i, "\xef\xbf\xbe", 3) == 0 || memcmp(s.bytes + i, "\xef\xbf\xbf", 3) == 0)
            return true;
    return false;
}

static void put(struct xml_ecrivain *e, struct slice s)
{
    if (plain(s)) {
        buffer_append(e->sortie, s.bytes, s.len);
        return;
    }
    if (!texte_is_utf8(s.bytes, s.len) || texte_has_control(s.bytes, s.len) || has_noncharacter(s)) {
        struct xml_place p = place_of(e);
        struct diag *d = diag_erreur(e->diags, E_XML_VALEUR, "élément « %s » : caractère interdit", p.element ? p.element : "?");
        diag_trouve(d, "« %.*s »", (int)(s.len > 200 ? 200 : s.len), s.bytes);
        diag_attendu(d, "du texte UTF-8 sans caractère de contrôle");
        if (p.repere)
            diag_source(d, "%s", p.repere);
        e->fautes++;
        return;
    }
    xml_echapper(e->sortie, s);
}

/* Two blanks a level, without a call a blank. */
static void indent(struct xml_ecrivain *e, size_t levels)
{
    static const char blanks[] = "\n                                                                ";
    buffer_append(e->sortie, blanks, 1 + 2 * levels);
}

static void finish_tag(struct xml_ecrivain *e)
{
    if (e->n_pile == 0 || e->pile[e->n_pile - 1].balise_finie)
        return;
    buffer_putc(e->sortie, '>');
    e->pile[e->n_pile - 1].balise_finie = true;
}

static void tell_start(struct xml_ecrivain *e, const char *nom, const struct xml_attribut *attributs, size_t n)
{
    const xmlChar *sax[5 * ATTRIBUTS_MAX];
    int count = 0;
    for (size_t i = 0; i < n; i++) {
        if (attributs[i].valeur.bytes == NULL)
            continue;
        const xmlChar **a = sax + 5 * count++;
        a[0] = (const xmlChar *)attributs[i].nom;
        a[1] = a[2] = NULL;
        a[3] = (const xmlChar *)attributs[i].valeur.bytes;
        a[4] = a[3] + attributs[i].valeur.len;
    }
    const xmlChar *ns[2] = {NULL, (const xmlChar *)e->espace};
    e->sax->startElementNs(e->donnee, (const xmlChar *)nom, NULL, (const xmlChar *)e->espace, e->n_pile == 1, ns, count, 0,
                           sax);
}

static void tell_end(struct xml_ecrivain *e, const char *nom)
{
    e->sax->endElementNs(e->donnee, (const xmlChar *)nom, NULL, (const xmlChar *)e->espace);
}

static void push(struct xml_ecrivain *e, const char *nom)
{
    assert(e->n_pile < PROFONDEUR_MAX);
    if (e->n_pile)
        e->pile[e->n_pile - 1].enfants = true;
    e->precedent = 0;
    e->pile[e->n_pile++] = (struct ouvert){.nom = nom};
    buffer_clear(&e->texte);
}

void xml_ouvrir(struct xml_ecrivain *e, const char *nom, const struct xml_attribut *attributs, size_t n)
{
    assert(n <= ATTRIBUTS_MAX);
    finish_tag(e);
    indent(e, e->n_pile);
    push(e, nom);
    buffer_putc(e->sortie, '<');
    buffer_puts(e->sortie, nom);
    if (e->n_pile == 1) {
        LITTERAL(e->sortie, " xmlns=\"");
        buffer_puts(e->sortie, e->espace);
        buffer_putc(e->sortie, '"');
    }
    for (size_t i = 0; i < n; i++) {
        if (attributs[i].valeur.bytes == NULL)
            continue;
        buffer_putc(e->sortie, ' ');
        buffer_puts(e->sortie, attributs[i].nom);
        LITTERAL(e->sortie, "=\"");
        put(e, attributs[i].valeur);
        buffer_putc(e->sortie, '"');
    }
    if (e->plug)
        tell_start(e, nom, attributs, n);
}

void xml_texte(struct xml_ecrivain *e, struct slice texte)
{
    if (texte.len == 0)
        return;
    finish_tag(e);
    e->pile[e->n_pile - 1].texte = true;
    put(e, texte);
    buffer_append(&e->texte, texte.bytes, texte.len);
    if (e->plug)
        e->sax->characters(e->donnee, (const xmlChar *)texte.bytes, (int)texte.len);
}

void xml_fermer(struct xml_ecrivain *e)
{
    struct ouvert *top = &e->pile[e->n_pile - 1];
    if (!top->balise_finie) {
        LITTERAL(e->sortie, "/>");
    } else {
        if (top->enfants)
            indent(e, e->n_pile - 1);
        LITTERAL(e->sortie, "</");
        buffer_puts(e->sortie, top->nom);
        buffer_putc(e->sortie, '>');
    }
    if (e->plug)
        tell_end(e, top->nom);
    e->n_pile--;
    buffer_clear(&e->texte);
    if (e->n_pile == 0)
        buffer_putc(e->sortie, '\n');
}

/* The bytes of an element that is only a text with nothing to escape, in one step: most of a lot. */
static void put_whole(struct xml_ecrivain *e, struct slice nom, struct slice texte)
{
    indent(e, e->n_pile);
    char *p = buffer_place(e->sortie, 2 * nom.len + texte.len + sizeof "<></>");
    *p++ = '<';
    memcpy(p, nom.bytes, nom.len);
    p += nom.len;
    *p++ = '>';
    memcpy(p, texte.bytes, texte.len);
    p += texte.len;
    memcpy(p, "</", 2);
    memcpy(p + 2, nom.bytes, nom.len);
    p += 2 + nom.len;
    *p++ = '>';
    buffer_jusque(e->sortie, p);
}

void xml_element(struct xml_ecrivain *e, const char *nom, const char *texte)
{
    const struct slice t = slice_of(texte);
    if (t.len == 0 || !plain(t) || e->n_pile == 0) {
        xml_ouvrir(e, nom, NULL, 0);
        xml_texte(e, t);
        xml_fermer(e);
        return;
    }
    finish_tag(e);
    put_whole(e, slice_of(nom), t);
    push(e, nom);
    buffer_append(&e->texte, t.bytes, t.len);
    if (e->plug) {
        tell_start(e, nom, NULL, 0);
        e->sax->characters(e->donnee, (const xmlChar *)t.bytes, (int)t.len);
        tell_end(e, nom);
    }
    e->n_pile--;
    buffer_clear(&e->texte);
}

bool xml_ecrivain_finir(struct xml_ecrivain *e)
{
    bool ok = e->n_pile == 0;
    if (e->plug)
        libxml.xmlSchemaSAXUnplug(e->plug);
    ok = ok && e->fautes == 0 && (!e->valid || libxml.xmlSchemaIsValid(e->valid) == 1);
    libxml.xmlSchemaFreeValidCtxt(e->valid);
    buffer_free(&e->texte);
    buffer_free(&e->repere);
    memoire_free(e);
    return ok;
}
