/* Parameters from XML: schemas/parametres-1.xsd read into struct parametres. */
#include "metier/parametres_charger.h"

#include <string.h>
#include "formats/xml.h"
#include "metier/parametres_xml.inc"
#include "metier/parametres_xsd.inc"
#include "noyau/memoire.h"

struct lecture {
    struct parametres *p;
    struct diag_liste *diags;
    struct buffer cle, titre, date, source, depuis, valeur; /* of the element being read */
    bool inference, ok;
};

static const struct {
    const char *nom;
    enum parametre_type type;
} types[] = {
    {"entier", PARAMETRE_ENTIER}, {"montant", PARAMETRE_MONTANT}, {"taux", PARAMETRE_TAUX},
    {"jour", PARAMETRE_JOUR}, {"instant", PARAMETRE_INSTANT}, {"mot", PARAMETRE_MOT},
};

static void keep(struct buffer *b, struct slice s)
{
    buffer_clear(b);
    buffer_append(b, s.bytes, s.len);
}

static void on_start(void *ctx, const struct xml_element *e)
{
    struct lecture *l = ctx;
    if (strcmp(e->nom, "parametre") == 0) {
        keep(&l->cle, xml_attribut(e, "cle"));
        keep(&l->titre, xml_attribut(e, "titre"));
        keep(&l->date, xml_attribut(e, "date"));
    } else if (e->profondeur == 3) {
        keep(&l->source, xml_attribut(e, "source"));
        keep(&l->depuis, xml_attribut(e, "depuis"));
        l->inference = slice_equals(xml_attribut(e, "inference"), "oui");
    }
}

static void on_end(void *ctx, const struct xml_element *e)
{
    struct lecture *l = ctx;
    if (e->profondeur != 3)
        return;
    keep(&l->valeur, slice_trim(e->texte));
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].nom, e->nom) != 0)
            continue;
        struct parametre_lu lu = {
            .cle = l->cle.bytes, .type = types[i].type, .titre = l->titre.bytes, .date = l->date.bytes,
            .source = l->source.bytes, .inference = l->inference, .depuis = l->depuis.bytes, .valeur = l->valeur.bytes,
        };
        l->ok = parametres_ajouter(l->p, &lu, l->diags) && l->ok;
        return;
    }
}

struct slice parametres_xml_embarque(void)
{
    return (struct slice){(const char *)parametres_xml, sizeof parametres_xml};
}

static struct parametres *load(struct slice xml, bool validate, const struct parametres *programme, struct diag_liste *diags)
{
    struct lecture l = {.p = parametres_creer(), .diags = diags, .ok = true};
    struct xml_evenements ev = {on_start, on_end, &l};
    struct slice xsd = {(const char *)parametres_xsd, sizeof parametres_xsd};
    struct empreinte e = empreinte_de(xml.bytes, xml.len);
    bool ok = xml_lire("parametres.xml", xml, validate ? xsd : slice_of(""), &ev, diags);
    ok = ok && l.ok && (programme == NULL || parametres_completer(l.p, programme, diags)) && parametres_clore(l.p, &e, diags);
    buffer_free(&l.cle);
    buffer_free(&l.titre);
    buffer_free(&l.date);
    buffer_free(&l.source);
    buffer_free(&l.depuis);
    buffer_free(&l.valeur);
    if (ok)
        return l.p;
    parametres_free(l.p);
    return NULL;
}

struct parametres *parametres_depuis_xml(struct slice xml, struct diag_liste *diags)
{
    return load(xml, true, NULL, diags);
}

struct parametres *parametres_gardes(struct slice xml, const struct parametres *programme, struct diag_liste *diags)
{
    return load(xml, true, programme, diags);
}

struct parametres *parametres_embarques(struct diag_liste *diags)
{
    /* Our own bytes, validated by the tests: compiling the schema at each start would cost more than all the rest. */
    return load(parametres_xml_embarque(), false, NULL, diags);
}
