/* generer_retour: seeded answers of ASP to a lot: every status, in XML (schemas/retour-asp-1.xsd), CSV, or as a table pasted from a
 * portal. The same bytes for a seed on every machine. */
#include "alea.h"

#include "formats/lot_asp.h"
#include "formats/retour_asp.h"
#include "formats/xml.h"
#include "noyau/memoire.h"

#define AIDE                                                                                                             \
    "generer_retour LOT.zip --graine G [--forme xml|csv|collage] [--numero RET] [--instant AAAA-MM-JJThh:mm:ssZ]\n"      \
    "        [--statut STATUT] [--suite]\n"                                                                              \
    "        des réponses de l'ASP à un lot, les mêmes pour une même graine ; --statut : le même pour toutes ;\n"        \
    "        --suite : chacune est d'abord reçue"

enum { STATUTS = 6 };
static const char *const mots[STATUTS] = {"recue", "incomplete", "a_modifier", "validee", "decidee_et_payee", "rejetee"};
static const char *const labels[STATUTS] = {"Reçue", "Incomplète", "À modifier", "Validée", "Décidée et payée", "Rejetée"};
static const char *const raisons[] = {"plafond HT", "phrase de l'État absente", "VA non signée", "nom sur la facture", "ESSMS déjà financé"};

struct demande {
    uint64_t numero;
    uint32_t version;
    struct montant montant;
    bool solde;
};
struct generateur {
    uint64_t graine;
    const char *forme, *numero, *statut;
    struct instant instant;
    bool suite;
    struct lot_rapport lot;
    struct demande *t;
    size_t n, cap;
};
struct reponse {
    const struct demande *d;
    unsigned statut;
    struct instant le;
    struct montant montant;
    const char *motif;
};

static bool noter(void *ctx, const struct lot_chiffres *c, struct diag_liste *diags)
{
    struct generateur *g = ctx;
    (void)diags;
    g->t = memoire_grow(g->t, &g->cap, g->n + 1, sizeof *g->t);
    g->t[g->n++] = (struct demande){c->numero, c->version, c->reste ? c->solde : c->avance, c->reste};
    return true;
}

/* What ASP says of one request; `premiere`: that it has it. */
static struct reponse tirer(const struct generateur *g, const struct demande *d, bool premiere)
{
    struct alea a = alea_de(g->graine, d->numero);
    struct reponse r = {d, (unsigned)alea_sous(&a, STATUTS), {g->instant.s - (int64_t)alea_sous(&a, 3600)}, MONTANT_ABSENT, ""};
    const uint32_t raison = alea_sous(&a, sizeof raisons / sizeof *raisons), sort = alea_sous(&a, 20);
    for (unsigned i = 0; g->statut != NULL && i < STATUTS; i++)
        if (strcmp(g->statut, mots[i]) == 0)
            r.statut = i;
    if (premiere)
        return (struct reponse){d, 0, {r.le.s - 86400}, MONTANT_ABSENT, ""};
    if (r.statut == 1 || r.statut == 2 || r.statut == 5)
        r.motif = raisons[raison];
    if (r.statut == 4 && sort > 0) /* one in twenty does not say how much; one pays a cent less */
        r.montant = montant_of(d->montant.centimes - (sort == 1 && d->montant.centimes > 0));
    return r;
}

static void numero_asp(const struct generateur *g, const struct reponse *r, char out[64])
{
    snprintf(out, 64, "SEG-%09u-%06llu", (unsigned)g->lot.siren, (unsigned long long)r->d->numero);
}

static void element_entier(struct xml_ecrivain *x, const char *nom, uint64_t n)
{
    char t[24];
    snprintf(t, sizeof t, "%llu", (unsigned long long)n);
    xml_element(x, nom, t);
}

static void xml_reponse(struct xml_ecrivain *x, const struct generateur *g, const struct reponse *r)
{
    char t[64], m[MONTANT_TEXTE_MAX], i[INSTANT_TEXTE_MAX];
    xml_ouvrir(x, "reponse", NULL, 0);
    element_entier(x, "demande", r->d->numero);
    element_entier(x, "version", r->d->version);
    numero_asp(g, r, t);
    xml_element(x, "numeroAsp", t);
    xml_element(x, "statut", mots[r->statut]);
    xml_element(x, "instant", instant_utc(r->le, i));
    if (montant_present(r->montant)) xml_element(x, "montant", montant_xml(r->montant, m));
    if (*r->motif) xml_element(x, "motif", r->motif);
    xml_fermer(x);
}

static void xml_entete(struct xml_ecrivain *x, const struct generateur *g, size_t n)
{
    char hex[EMPREINTE_HEX], i[INSTANT_TEXTE_MAX], s[10];
    const struct xml_attribut a[] = {{"version", slice_of("1")}, {"fictif", g->lot.fictif ? slice_of("true") : (struct slice){NULL, 0}}};
    xml_ouvrir(x, "retour", a, 2);
    xml_ouvrir(x, "entete", NULL, 0);
    xml_element(x, "numero", g->numero);
    xml_element(x, "instant", instant_utc(g->instant, i));
    xml_ouvrir(x, "lot", NULL, 0);
    xml_element(x, "fournisseur", siren_texte(g->lot.siren, s));
    element_entier(x, "numero", g->lot.numero);
    xml_element(x, "empreinte", empreinte_hex(&g->lot.fichier, hex));
    xml_fermer(x);
    element_entier(x, "nombreReponses", n);
    xml_fermer(x);
}

static bool ecrire_xml(const struct generateur *g, struct diag_liste *diags)
{
    struct buffer b = {0};
    struct xml_ecrivain *x = xml_ecrivain_creer("retour.xml", RETOUR_ESPACE, NULL, &b, diags);
    xml_entete(x, g, g->n * (g->suite ? 2 : 1));
    for (size_t i = 0; i < g->n; i++)
        for (int premiere = g->suite; premiere >= 0; premiere--) {
            const struct reponse r = tirer(g, &g->t[i], premiere == 1);
            xml_reponse(x, g, &r);
        }
    xml_fermer(x);
    const bool ok = xml_ecrivain_finir(x);
    fwrite(b.bytes, 1, b.len, stdout);
    buffer_free(&b);
    return ok;
}

static void ecrire_table(const struct generateur *g)
{
    const bool csv = strcmp(g->forme, "csv") == 0;
    char t[64], m[MONTANT_TEXTE_MAX], i[INSTANT_TEXTE_MAX], h[EMPREINTE_HEX];
    puts(csv ? "demande;version;numero_asp;statut;date;montant;motif;lot;empreinte"
             : "N° de demande\tDemande\tType\tÉtat\tDate du statut\tMontant payé\tObservations");
    for (size_t k = 0; k < g->n; k++)
        for (int premiere = g->suite; premiere >= 0; premiere--) {
            const struct reponse r = tirer(g, &g->t[k], premiere == 1);
            const char *montant = montant_present(r.montant) ? montant_xml(r.montant, m) : "";
            numero_asp(g, &r, t);
            if (csv)
                printf("%llu;%u;%s;%s;%s;%s;%s;%llu;%s\n", (unsigned long long)r.d->numero, r.d->version, t, mots[r.statut], instant_utc(r.le, i), montant,
                       r.motif, (unsigned long long)g->lot.numero, empreinte_hex(&g->lot.fichier, h));
            else
                printf("%s\t%llu\t%s\t%s\t%s\t%s\t%s\n", t, (unsigned long long)r.d->numero, r.d->solde ? "Solde" : "Avance", labels[r.statut],
                       instant_fr(r.le, i), montant, r.motif);
        }
}

static const char *option(int argc, char **argv, const char *nom)
{
    for (int i = 2; i + 1 < argc; i++)
        if (strcmp(argv[i], nom) == 0) return argv[i + 1];
    return NULL;
}

int main(int argc, char **argv)
{
    struct diag_liste diags = {0};
    struct generateur g = {.forme = "xml", .numero = "RET-1", .instant = {INT64_C(1671523200)}}; /* 2022-12-20T08:00:00Z */
    const char *graine = option(argc, argv, "--graine"), *forme = option(argc, argv, "--forme"), *numero = option(argc, argv, "--numero"),
               *instant = option(argc, argv, "--instant");
    if (argc < 4 || graine == NULL || (instant != NULL && !instant_parse_utc(slice_of(instant), &g.instant))) {
        fputs(AIDE "\n", stderr);
        return 2;
    }
    g.graine = strtoull(graine, NULL, 10);
    g.statut = option(argc, argv, "--statut");
    g.forme = forme != NULL ? forme : g.forme;
    g.numero = numero != NULL ? numero : g.numero;
    for (int i = 2; i < argc; i++) g.suite = g.suite || strcmp(argv[i], "--suite") == 0;
    bool ok = lot_verifier(argv[1], noter, &g, &g.lot, &diags);
    if (ok && strcmp(g.forme, "xml") == 0)
        ok = ecrire_xml(&g, &diags);
    else if (ok)
        ecrire_table(&g);
    for (size_t i = 0; i < diags.n; i++) fprintf(stderr, "%s %s\n", diags.items[i].code, diags.items[i].message);
    memoire_free(g.t);
    diag_vider(&diags);
    return ok ? 0 : 1;
}
