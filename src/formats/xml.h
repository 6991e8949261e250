/* XML: libxml2 hardened. One way in (a push parser that validates against a schema as the bytes come, no tree, no network,
 * no DOCTYPE, every size bounded), and what writers need. Faults are told in French, with their line. */
#ifndef SONS_FORMATS_XML_H
#define SONS_FORMATS_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/texte.h"

/* Loads libxml2 (once), gives it the allocator that never returns NULL, closes its way to files and network, silences it. May
 * be called again; the functions below do it themselves. False with a diagnostic when the library cannot be loaded. */
bool xml_preparer(struct diag_liste *diags);

/* A compiled schema. Read-only: serves several documents, one after the other. */
struct xml_schema;
/* Compiles from memory. Import, include and redefine are refused. `nom` names it in diagnostics. NULL with a diagnostic. */
struct xml_schema *xml_schema_compiler(const char *nom, struct slice xsd, struct diag_liste *diags);
void xml_schema_free(struct xml_schema *s);

/* Bounds of a document. Beyond one of them the reading stops (E_XML_LIMITE). */
struct xml_bornes {
    uint64_t total;        /* bytes of the document */
    uint32_t profondeur;   /* nested elements */
    uint32_t attributs;    /* of one element */
    size_t balise;         /* bytes of one tag, comment or CDATA section */
    size_t texte;          /* bytes of text directly in one element */
    bool prefixes;         /* attributes with a prefix are passed over (`id` kept) instead of refused: the workbooks of others */
};
extern const struct xml_bornes xml_bornes_document; /* our own small documents: 4 MiB, 64 KiB of text */
/* Faults of validation after which the reading stops: the document is refused anyway. */
#define XML_FAUTES_MAX 1000

struct xml_attribut {
    const char *nom;
    struct slice valeur;
};
struct xml_element {
    const char *nom;       /* local name */
    uint32_t profondeur;   /* 1 = root */
    uint64_t ligne;
    const struct xml_attribut *attributs; /* at its beginning only */
    size_t n_attributs;
    struct slice texte;    /* at its end only: text directly in it after its last child, not trimmed */
};
/* What the reader tells. All slices are valid during the call. Either may be NULL. */
struct xml_evenements {
    void (*debut)(void *ctx, const struct xml_element *e);
    void (*fin)(void *ctx, const struct xml_element *e);
    void *ctx;
};
/* Value of an attribute; empty when absent. */
struct slice xml_attribut(const struct xml_element *e, const char *nom);

/* --- Reading as the bytes come: events are told before the schema judged the element, so they trust nothing. --- */
struct xml_flux;
/* `schema` may be NULL (well-formedness and bounds only); `ev` may be NULL. All are borrowed until xml_flux_finir. NULL with a
 * diagnostic when libxml2 cannot be loaded: never once a schema was compiled. */
struct xml_flux *xml_flux_creer(const char *nom, const struct xml_schema *schema, const struct xml_bornes *bornes,
                                const struct xml_evenements *ev, struct diag_liste *diags);
/* False once the reading has stopped (not well-formed, out of bounds): no use in giving more. */
bool xml_flux_ajouter(struct xml_flux *f, const void *bytes, size_t len);
/* Faults found so far: lets an event handler know whether the part it just saw is valid. */
uint64_t xml_flux_fautes(const struct xml_flux *f);
/* Stops the reading, from an event: the caller has added its own diagnostic. */
void xml_flux_arreter(struct xml_flux *f);
/* End of the document. Frees `f` in every case. True when it is whole, well-formed and valid. */
bool xml_flux_finir(struct xml_flux *f);

/* --- Our own documents: validated whole first, then told in document order. An empty `xsd` validates nothing: for the
 * bytes embedded in the program, which the tests validate. --- */
bool xml_lire(const char *nom, struct slice xml, struct slice xsd, const struct xml_evenements *ev,
              struct diag_liste *diags);

/* --- Writing: no printf, escaped, indented, one element a line, and judged by the schema from the same values as they are
 * written (reading the bytes again would cost a quarter more: lot verifier and the tests do it). --- */
struct xml_ecrivain;
/* Appends to `sortie`, which the caller empties as it likes. `espace` is the namespace of every element (static), `nom`
 * names the document in diagnostics. `schema` may be NULL. All are borrowed until xml_ecrivain_finir. */
struct xml_ecrivain *xml_ecrivain_creer(const char *nom, const char *espace, const struct xml_schema *schema,
                                        struct buffer *sortie, struct diag_liste *diags);
/* Names are static. Attributes with a NULL value are left out. A text must be UTF-8 without control characters: anything
 * else is a fault (E_XML_VALEUR), and the document is refused. */
void xml_ouvrir(struct xml_ecrivain *e, const char *nom, const struct xml_attribut *attributs, size_t n);
void xml_texte(struct xml_ecrivain *e, struct slice texte);
void xml_fermer(struct xml_ecrivain *e);
/* The three in one. */
void xml_element(struct xml_ecrivain *e, const char *nom, const char *texte);
/* What the next faults are about: "demande 12". Copied. */
void xml_ecrivain_repere(struct xml_ecrivain *e, const char *repere);
uint64_t xml_ecrivain_fautes(const struct xml_ecrivain *e);
/* Ends the document (every element closed). Frees `e` in every case. True when it is valid. */
bool xml_ecrivain_finir(struct xml_ecrivain *e);

/* Appends a text with & < > " TAB LF CR escaped: fit for an element and for an attribute in double quotes. */
void xml_echapper(struct buffer *b, struct slice texte);

#endif
