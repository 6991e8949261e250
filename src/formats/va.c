#include "formats/va.h"

#include <string.h>

#include "formats/attestation_va_xsd.inc"
#include "formats/xml.h"

#define ESPACE "urn:sons:attestation-va:1"

static const char *const signatures[VA_X_SIGNATURE_NOMBRE] = {"le", "signataire", "qualite", "mode", "delegationLe"};
static const char *const points[VA_X_POINT_NOMBRE] = {"atteste", "deploye", "tbb1Livre", "tbb1", "dossiersActifs", "avecProjet", "avecEvenement"};

/* --- writing ------------------------------------------------------------------------------------------------------------- */

static void element(struct xml_ecrivain *e, const char *nom, struct slice texte)
{
    xml_ouvrir(e, nom, NULL, 0);
    xml_texte(e, texte);
    xml_fermer(e);
}

/* An empty attribute is left out. */
static void vide(struct xml_ecrivain *e, const char *nom, const struct xml_attribut *a, size_t n)
{
    struct xml_attribut pleins[8];
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (a[i].valeur.len > 0)
            pleins[m++] = a[i];
    xml_ouvrir(e, nom, pleins, m);
    xml_fermer(e);
}

static void ecrire_essms(struct xml_ecrivain *e, const struct va_xml_essms *s)
{
    const struct xml_attribut a[] = {{"finessEt", s->et}, {"nom", s->nom}};
    xml_ouvrir(e, "essms", a, s->nom.len > 0 ? 2 : 1);
    for (size_t i = 0; i < VA_X_POINT_NOMBRE; i++)
        element(e, points[i], s->points[i]);
    xml_fermer(e);
}

bool va_xml_ecrire(const struct va_xml *v, struct buffer *out, struct diag_liste *diags)
{
    struct xml_schema *schema = xml_schema_compiler("attestation-va-1.xsd", (struct slice){(const char *)attestation_va_xsd, sizeof attestation_va_xsd}, diags);
    const struct xml_attribut racine[] = {{"version", slice_of("1")}, {"fictif", slice_of("true")}};
    const struct xml_attribut commande[] = {{"numero", v->numero}, {"fournisseur", v->fournisseur}, {"finessEj", v->ej},
                                            {"dateSignature", v->date_signature}, {"couloir", v->couloir}};
    const struct xml_attribut solution[] = {{"numeroAns", v->solution_numero}, {"nom", v->solution_nom}, {"version", v->solution_version}};
    if (schema == NULL)
        return false;
    struct xml_ecrivain *e = xml_ecrivain_creer("la VA", ESPACE, schema, out, diags);
    xml_ouvrir(e, "attestationVa", racine, v->fictif ? 2 : 1);
    vide(e, "commande", commande, 5);
    vide(e, "solution", solution, 3);
    xml_ouvrir(e, "signature", NULL, 0);
    for (size_t i = 0; i < VA_X_SIGNATURE_NOMBRE; i++)
        element(e, signatures[i], v->signature[i]);
    xml_fermer(e);
    element(e, "bonFonctionnement", v->bon_fonctionnement);
    element(e, "deploiementMss", v->mss);
    for (size_t i = 0; i < v->n_essms; i++)
        ecrire_essms(e, &v->essms[i]);
    xml_fermer(e);
    const bool ok = xml_ecrivain_finir(e);
    xml_schema_free(schema);
    return ok;
}

/* --- reading ------------------------------------------------------------------------------------------------------------- */

struct lecture {
    struct arene *a;
    struct va_xml *v;
    size_t cap;
};

static struct slice garder(struct lecture *l, struct slice s)
{
    s = slice_trim(s);
    return s.len == 0 ? (struct slice){NULL, 0} : (struct slice){arene_strndup(l->a, s.bytes, s.len), s.len};
}

static void un_essms(struct lecture *l, const struct xml_element *e)
{
    struct va_xml *v = l->v;
    if (v->n_essms == l->cap) {
        const size_t cap = l->cap == 0 ? 16 : 2 * l->cap;
        struct va_xml_essms *items = arene_alloc(l->a, cap * sizeof *items);
        if (v->n_essms > 0)
            memcpy(items, v->essms, v->n_essms * sizeof *items);
        v->essms = items;
        l->cap = cap;
    }
    v->essms[v->n_essms++] = (struct va_xml_essms){.et = garder(l, xml_attribut(e, "finessEt")), .nom = garder(l, xml_attribut(e, "nom"))};
}

static void debut(void *ctx, const struct xml_element *e)
{
    struct lecture *l = ctx;
    struct va_xml *v = l->v;
    if (e->profondeur == 1) {
        v->fictif = slice_equals(xml_attribut(e, "fictif"), "true");
    } else if (strcmp(e->nom, "commande") == 0) {
        v->numero = garder(l, xml_attribut(e, "numero"));
        v->fournisseur = garder(l, xml_attribut(e, "fournisseur"));
        v->ej = garder(l, xml_attribut(e, "finessEj"));
        v->date_signature = garder(l, xml_attribut(e, "dateSignature"));
        v->couloir = garder(l, xml_attribut(e, "couloir"));
    } else if (strcmp(e->nom, "solution") == 0) {
        v->solution_numero = garder(l, xml_attribut(e, "numeroAns"));
        v->solution_nom = garder(l, xml_attribut(e, "nom"));
        v->solution_version = garder(l, xml_attribut(e, "version"));
    } else if (strcmp(e->nom, "essms") == 0) {
        un_essms(l, e);
    }
}

static void fin(void *ctx, const struct xml_element *e)
{
    struct lecture *l = ctx;
    struct va_xml *v = l->v;
    if (strcmp(e->nom, "bonFonctionnement") == 0)
        v->bon_fonctionnement = garder(l, e->texte);
    else if (strcmp(e->nom, "deploiementMss") == 0)
        v->mss = garder(l, e->texte);
    for (size_t i = 0; e->profondeur == 3 && v->n_essms == 0 && i < VA_X_SIGNATURE_NOMBRE; i++)
        if (strcmp(e->nom, signatures[i]) == 0)
            v->signature[i] = garder(l, e->texte);
    for (size_t i = 0; e->profondeur == 3 && v->n_essms > 0 && i < VA_X_POINT_NOMBRE; i++)
        if (strcmp(e->nom, points[i]) == 0)
            v->essms[v->n_essms - 1].points[i] = garder(l, e->texte);
}

bool va_xml_lire(const char *nom, struct slice octets, struct arene *a, struct va_xml *out, struct diag_liste *diags)
{
    struct lecture l = {a, out, 0};
    const struct xml_evenements ev = {debut, fin, &l};
    *out = (struct va_xml){0};
    return xml_lire(nom, octets, (struct slice){(const char *)attestation_va_xsd, sizeof attestation_va_xsd}, &ev, diags);
}
