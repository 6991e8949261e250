/* Reading a return: values are kept as they come, used only when the whole document is valid. */
#include "formats/retour_asp.h"

#include <string.h>
#include "formats/retour_asp_xsd.inc"
#include "formats/xml.h"
#include "noyau/numero.h"

static const struct xml_bornes bornes = {
    .total = RETOUR_OCTETS_MAX, .profondeur = 6, .attributs = 8, .balise = 4u << 10, .texte = 4u << 10,
};

struct lecture {
    const char *nom;
    struct xml_flux *xml;
    struct diag_liste *diags;
    struct retour_lu *r;
    uint64_t annonce, fautes;
    struct retour_reponse courante;
    struct buffer motifs, jeton;
    enum { AILLEURS, ENTETE, REPONSE } section;
};

static struct diag *fault(struct lecture *l, enum erreur_code c, uint64_t ligne, const char *what)
{
    struct diag *d = diag_erreur(l->diags, c, "%s", what);
    diag_lieu(d, &(struct lieu){.fichier = l->nom, .ligne = ligne});
    l->fautes++;
    return d;
}

/* The schema holds the forms: anything else gives 0, absent, empty. */
static uint64_t integer(struct slice s)
{
    uint64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.bytes[i] < '0' || s.bytes[i] > '9' || s.len > 18)
            return 0;
        n = n * 10 + (uint64_t)(s.bytes[i] - '0');
    }
    return n;
}

/* A token (xs:token): each run of blanks is one, none at the ends. Then nothing that cannot be seen. `l->jeton` holds it until the next. */
static struct slice token(struct lecture *l, const struct xml_element *e)
{
    const struct slice s = slice_trim(e->texte);
    buffer_clear(&l->jeton);
    for (size_t i = 0; i < s.len; i++) {
        const bool blanc = s.bytes[i] == ' ' || s.bytes[i] == '\t' || s.bytes[i] == '\n' || s.bytes[i] == '\r';
        if (!blanc)
            buffer_putc(&l->jeton, s.bytes[i]);
        else if (l->jeton.len > 0 && l->jeton.bytes[l->jeton.len - 1] != ' ')
            buffer_putc(&l->jeton, ' ');
    }
    const struct slice t = {l->jeton.len > 0 ? l->jeton.bytes : "", l->jeton.len};
    if (texte_has_control(t.bytes, t.len))
        diag_trouve(fault(l, E_CONTROLE, e->ligne, "caractère de contrôle dans le retour"), "%s", e->nom);
    return t;
}

static struct slice keep(struct lecture *l, struct slice s)
{
    return s.len == 0 ? (struct slice){"", 0} : (struct slice){arene_strndup(&l->r->arene, s.bytes, s.len), s.len};
}

static void keep_text(char *out, size_t max, struct slice s)
{
    const size_t len = s.len < max ? s.len : 0;
    if (len > 0)
        memcpy(out, s.bytes, len);
    out[len] = '\0';
}

static struct instant instant_of(struct slice s)
{
    struct instant i;
    return instant_parse_utc(s, &i) ? i : INSTANT_ABSENT;
}

static bool is(const struct xml_element *e, const char *name)
{
    return strcmp(e->nom, name) == 0;
}

/* --- events --- */

static void begin(void *ctx, const struct xml_element *e)
{
    struct lecture *l = ctx;
    if (e->profondeur == 1)
        l->r->entete.fictif = slice_equals(xml_attribut(e, "fictif"), "true");
    if (e->profondeur != 2)
        return;
    l->section = is(e, "entete") ? ENTETE : is(e, "reponse") ? REPONSE : AILLEURS;
    l->courante = (struct retour_reponse){.ligne = e->ligne, .instant = INSTANT_ABSENT, .montant = MONTANT_ABSENT, .numero_asp = {"", 0}};
    buffer_clear(&l->motifs);
}

static void end_in_header(struct lecture *l, const struct xml_element *e)
{
    struct retour_entete *t = &l->r->entete;
    if (e->profondeur == 3 && is(e, "numero"))
        keep_text(t->numero, sizeof t->numero, token(l, e));
    else if (e->profondeur == 3 && is(e, "instant"))
        t->instant = instant_of(e->texte);
    else if (e->profondeur == 3 && is(e, "nombreReponses"))
        l->annonce = integer(e->texte);
    else if (e->profondeur == 4 && is(e, "fournisseur") && siren_parse(e->texte, &t->fournisseur) == NUMERO_CLE)
        diag_trouve(fault(l, E_LOT_NUMERO, e->ligne, "la clé du SIREN du fournisseur est fausse"), "%.*s", (int)e->texte.len, e->texte.bytes);
    else if (e->profondeur == 4 && is(e, "numero"))
        t->lot = integer(e->texte);
    else if (e->profondeur == 4 && is(e, "empreinte"))
        keep_text(t->empreinte, sizeof t->empreinte, e->texte);
}

static void end_in_answer(struct lecture *l, const struct xml_element *e)
{
    struct retour_reponse *r = &l->courante;
    if (is(e, "demande"))
        r->demande = integer(e->texte);
    else if (is(e, "version"))
        r->version = (uint32_t)integer(e->texte);
    else if (is(e, "numeroAsp"))
        r->numero_asp = keep(l, token(l, e));
    else if (is(e, "statut"))
        r->statut = keep(l, e->texte);
    else if (is(e, "instant"))
        r->instant = instant_of(e->texte);
    else if (is(e, "montant") && !montant_parse(e->texte, &r->montant))
        r->montant = MONTANT_ABSENT;
    else if (is(e, "motif")) {
        const struct slice motif = token(l, e);
        buffer_puts(&l->motifs, l->motifs.len > 0 ? "|" : "");
        buffer_append(&l->motifs, motif.bytes, motif.len);
    }
}

static void end_answer(struct lecture *l, const struct xml_element *e)
{
    if (l->r->n >= RETOUR_REPONSES_MAX) {
        diag_attendu(fault(l, E_XML_LIMITE, e->ligne, "trop de réponses"), "au plus %d", RETOUR_REPONSES_MAX);
        xml_flux_arreter(l->xml);
        return;
    }
    l->courante.motifs = keep(l, (struct slice){l->motifs.bytes, l->motifs.len});
    l->r->reponses = memoire_grow(l->r->reponses, &l->r->cap, l->r->n + 1, sizeof *l->r->reponses);
    l->r->reponses[l->r->n++] = l->courante;
}

static void end(void *ctx, const struct xml_element *e)
{
    struct lecture *l = ctx;
    if (l->section == ENTETE)
        end_in_header(l, e);
    else if (l->section == REPONSE && e->profondeur == 2)
        end_answer(l, e);
    else if (l->section == REPONSE && e->profondeur == 3)
        end_in_answer(l, e);
}

/* --- the document --- */

bool retour_est_xml(struct slice octets)
{
    size_t i = octets.len >= 3 && memcmp(octets.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < octets.len && strchr(" \t\r\n", octets.bytes[i]) != NULL && octets.bytes[i] != '\0')
        i++;
    return i < octets.len && octets.bytes[i] == '<';
}

bool retour_lire(const char *nom, struct slice octets, struct retour_lu *out, struct diag_liste *diags)
{
    *out = (struct retour_lu){.entete = {.instant = INSTANT_ABSENT}};
    struct lecture l = {.nom = nom, .diags = diags, .r = out};
    const struct xml_evenements ev = {begin, end, &l};
    struct xml_schema *schema = xml_schema_compiler("retour-asp-1.xsd", (struct slice){(const char *)retour_asp_xsd, sizeof retour_asp_xsd}, diags);
    l.xml = schema == NULL ? NULL : xml_flux_creer(nom, schema, &bornes, &ev, diags);
    bool ok = l.xml != NULL;
    if (ok) {
        (void)xml_flux_ajouter(l.xml, octets.bytes, octets.len);
        ok = xml_flux_finir(l.xml);
    }
    if (ok && l.annonce != out->n) {
        struct diag *d = fault(&l, E_LOT_TOTAL, 0, "le nombre de réponses n'est pas celui de l'en-tête");
        diag_trouve(d, "%zu", out->n);
        diag_attendu(d, "%llu", (unsigned long long)l.annonce);
        diag_a_faire(d, "redemander le retour à l'ASP");
    }
    xml_schema_free(schema);
    buffer_free(&l.motifs);
    buffer_free(&l.jeton);
    return ok && l.fautes == 0;
}

void retour_free(struct retour_lu *r)
{
    memoire_free(r->reponses);
    arene_free(&r->arene);
    *r = (struct retour_lu){0};
}
