/* Faults of libxml2, told in French: which element or attribute, what was found, what the schema expects. */
#include <libxml/parser.h>
#include <string.h>
#include "formats/xml_interne.h"
#include "noyau/memoire.h"

/* What stands between the last `open` and the `close` after it; empty when there is none. */
static struct slice between_last(const char *s, char open, char close)
{
    struct slice found = slice_of("");
    const char *end = strrchr(s, close);
    if (!end)
        return found;
    const char *p = end;
    while (p > s && *--p != open)
        ;
    if (*p != open || p == end)
        return found;
    return (struct slice){p + 1, (size_t)(end - p - 1)};
}

/* The name after `word '`, up to the quote. */
static struct slice quoted_after(const char *s, const char *word)
{
    const char *p = strstr(s, word);
    if (!p)
        return slice_of("");
    p += strlen(word);
    const char *end = strchr(p, '\'');
    return end ? (struct slice){p, (size_t)(end - p)} : slice_of("");
}

/* Names as people write them: `{urn:…}nom` → `nom`. */
static void without_namespaces(struct buffer *out, struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.bytes[i] == '{' && i + 4 < s.len && memcmp(s.bytes + i + 1, "urn:", 4) == 0) {
            const char *end = memchr(s.bytes + i, '}', s.len - i);
            if (end) {
                i = (size_t)(end - s.bytes);
                continue;
            }
        }
        buffer_putc(out, s.bytes[i]);
    }
}

static void place(struct diag *d, const struct xml_place *p)
{
    if (p->repere && *p->repere)
        diag_source(d, "%s", p->repere);
    diag_lieu(d, &(struct lieu){.fichier = p->fichier, .ligne = p->ligne});
}

static bool is_value_fault(int code)
{
    return (code >= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 && code <= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3)
        || (code >= XML_SCHEMAV_CVC_FACET_VALID && code <= XML_SCHEMAV_CVC_ENUMERATION_VALID);
}

static bool is_missing_key(const xmlError *e)
{
    return e->code == XML_SCHEMAV_CVC_IDC && e->message && strstr(e->message, "Not all fields");
}

bool xml_faute_redite(int *precedent, uint64_t fautes, const xmlError *e)
{
    int before = *precedent;
    *precedent = e->code;
    if (is_missing_key(e))
        return fautes > 0;
    return is_value_fault(before) && (e->code == XML_SCHEMAV_CVC_IDC || e->code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1);
}

/* Pattern, set, length or type, in the last quotes or braces of the message. */
static void expected_value(struct diag *d, const xmlError *e, const char *message)
{
    struct buffer b = {0};
    switch (e->code) {
    case XML_SCHEMAV_CVC_ENUMERATION_VALID: {
        struct slice set = between_last(message, '{', '}');
        diag_attendu(d, "une de ces valeurs : %.*s", (int)set.len, set.bytes);
        break;
    }
    case XML_SCHEMAV_CVC_PATTERN_VALID: {
        struct slice pattern = quoted_after(message, "accepted by the pattern '");
        diag_attendu(d, "une valeur de la forme %.*s", (int)pattern.len, pattern.bytes);
        break;
    }
    case XML_SCHEMAV_CVC_LENGTH_VALID:
    case XML_SCHEMAV_CVC_MINLENGTH_VALID:
    case XML_SCHEMAV_CVC_MAXLENGTH_VALID: {
        struct slice n = between_last(message, '\'', '\'');
        diag_attendu(d, "une longueur %s%.*s", e->code == XML_SCHEMAV_CVC_LENGTH_VALID ? "de "
                     : e->code == XML_SCHEMAV_CVC_MINLENGTH_VALID ? "d'au moins " : "d'au plus ", (int)n.len, n.bytes);
        break;
    }
    default:
        without_namespaces(&b, between_last(message, '\'', '\''));
        if (b.len)
            diag_attendu(d, "une valeur du type « %s » du schéma", b.bytes);
        break;
    }
    buffer_free(&b);
}

static void value_fault(struct diag_liste *diags, const struct xml_place *p, const xmlError *e, const char *message)
{
    struct slice attribute = quoted_after(message, "attribute '");
    struct diag *d;
    if (attribute.len) {
        d = diag_erreur(diags, E_XML_VALEUR, "élément « %s », attribut « %.*s » : valeur refusée par le schéma",
                        p->element ? p->element : "?", (int)attribute.len, attribute.bytes);
        struct slice value = quoted_after(message, "value '");
        if (value.len == 0)
            value = quoted_after(message, "]: '");
        diag_trouve(d, "« %.*s »", (int)value.len, value.bytes);
    } else {
        d = diag_erreur(diags, E_XML_VALEUR, "élément « %s » : valeur refusée par le schéma", p->element ? p->element : "?");
        diag_trouve(d, "« %.*s »", (int)(p->texte.len > 200 ? 200 : p->texte.len), p->texte.bytes);
    }
    expected_value(d, e, message);
    place(d, p);
}

static void structure_fault(struct diag_liste *diags, const struct xml_place *p, const char *message)
{
    struct slice attribute = quoted_after(message, "attribute '");
    const char *name = p->element ? p->element : "?";
    struct buffer b = {0};
    struct diag *d;
    if (strstr(message, "Not all fields"))
        d = diag_erreur(diags, E_XML_STRUCTURE, "élément « %s » : ce qui l'identifie manque", name);
    else if (strstr(message, "is required but missing"))
        d = diag_erreur(diags, E_XML_STRUCTURE, "élément « %s » : l'attribut « %.*s » manque", name, (int)attribute.len,
                        attribute.bytes);
    else if (attribute.len)
        d = diag_erreur(diags, E_XML_STRUCTURE, "élément « %s » : l'attribut « %.*s » n'a pas sa place ici", name,
                        (int)attribute.len, attribute.bytes);
    else if (strstr(message, "Missing child element"))
        d = diag_erreur(diags, E_XML_STRUCTURE, "élément « %s » : il lui manque un élément", name);
    else if (strstr(message, "No matching global declaration"))
        d = diag_erreur(diags, E_XML_STRUCTURE, "élément « %s » : ce n'est pas la racine que ce schéma décrit", name);
    else if (strstr(message, "haracter content"))
        d = diag_erreur(diags, E_XML_STRUCTURE, "élément « %s » : du texte n'a pas sa place ici", name);
    else
        d = diag_erreur(diags, E_XML_STRUCTURE, "élément « %s » : il n'est pas attendu ici", name);
    if (strstr(message, "Expected is")) {
        without_namespaces(&b, between_last(message, '(', ')'));
        diag_attendu(d, "%s", b.bytes ? b.bytes : "");
    }
    place(d, p);
    buffer_free(&b);
}

void xml_faute_schema(struct diag_liste *diags, const struct xml_place *p, const xmlError *e)
{
    const char *message = e->message ? e->message : "";
    if (e->code == XML_SCHEMAV_CVC_IDC && !is_missing_key(e)) {
        struct slice key = between_last(message, '[', ']');
        struct buffer name = {0};
        without_namespaces(&name, between_last(message, '\'', '\''));
        struct diag *d = diag_erreur(diags, E_XML_DOUBLON, "élément « %s » : valeur déjà présente dans le document",
                                     p->element ? p->element : "?");
        diag_trouve(d, "%.*s", (int)key.len, key.bytes);
        diag_attendu(d, "une seule fois chaque valeur (contrainte « %s »)", name.bytes ? name.bytes : "");
        place(d, p);
        buffer_free(&name);
    } else if (is_value_fault(e->code)) {
        value_fault(diags, p, e, message);
    } else {
        structure_fault(diags, p, message);
    }
}

void xml_faute_forme(struct diag_liste *diags, const struct xml_place *p, const xmlError *e)
{
    const char *what = "le document s'interrompt ou n'est pas du XML";
    switch (e ? e->code : 0) {
    case XML_ERR_DOCUMENT_EMPTY: what = "le document est vide"; break;
    case XML_ERR_DOCUMENT_END: what = "du texte suit la fin du document"; break;
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_CHARREF: what = "un caractère est interdit en XML"; break;
    case XML_ERR_INVALID_ENCODING: what = "le texte n'est pas en UTF-8"; break;
    case XML_ERR_UNDECLARED_ENTITY: what = "une entité n'est pas définie"; break;
    case XML_ERR_TAG_NAME_MISMATCH: what = "une balise fermante ne correspond pas à l'ouvrante"; break;
    case XML_ERR_TAG_NOT_FINISHED: what = "le document s'interrompt"; break;
    case XML_ERR_ATTRIBUTE_REDEFINED: what = "un attribut est donné deux fois"; break;
    case XML_NS_ERR_UNDEFINED_NAMESPACE: what = "un préfixe n'est pas déclaré"; break;
    default: break;
    }
    struct diag *d = diag_erreur(diags, E_XML_FORME, "%s", what);
    if (e && e->message)
        diag_trouve(d, "%.*s", (int)strcspn(e->message, "\n"), e->message);
    place(d, p);
}
