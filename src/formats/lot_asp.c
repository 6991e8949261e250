/* The XML serializer of a lot: one request in memory at a time, written, hashed and judged by the schema in one pass. */
#include "formats/lot_asp.h"

#include <errno.h>
#include <string.h>
#include "formats/lot_asp_interne.h"
#include "formats/lot_asp_xsd.inc"
#include "noyau/fichier.h"
#include "noyau/memoire.h"

#define TAMPON ((size_t)256 << 10)

struct lot_ecrivain {
    int fd;
    int erreur;                /* errno of the write that failed, 0 = none */
    struct buffer sortie;      /* not yet written */
    struct empreinte_ctx *empreinte;
    uint64_t taille;
    struct xml_schema *schema;
    struct xml_ecrivain *xml;
    char *type;
    uint32_t annonce, nombre;
    struct montant somme_annoncee, somme;
    bool depasse;              /* the sum of the requests overflowed */
};

struct xml_schema *lot_schema(struct diag_liste *diags)
{
    return xml_schema_compiler("lot-asp-1.xsd", (struct slice){(const char *)lot_asp_xsd, sizeof lot_asp_xsd}, diags);
}

static void flush(struct lot_ecrivain *w)
{
    empreinte_ajouter(w->empreinte, w->sortie.bytes, w->sortie.len);
    w->taille += w->sortie.len;
    if (w->erreur == 0 && !fichier_write(w->fd, w->sortie.bytes, w->sortie.len))
        w->erreur = errno ? errno : EIO;
    buffer_clear(&w->sortie);
}

/* --- elements by type of value; an absent value gives no element --- */

static void put_montant(struct xml_ecrivain *x, const char *nom, struct montant m)
{
    char s[MONTANT_TEXTE_MAX];
    xml_element(x, nom, montant_xml(m, s));
}

static void put_jour(struct xml_ecrivain *x, const char *nom, struct jour j)
{
    char s[JOUR_TEXTE_MAX];
    if (jour_present(j))
        xml_element(x, nom, jour_iso(j, s));
}

static const char *decimal(uint64_t n, char out[24])
{
    char *p = out + 23;
    *p = '\0';
    do
        *--p = (char)('0' + n % 10);
    while (n /= 10);
    return p;
}

static void put_entier(struct xml_ecrivain *x, const char *nom, uint64_t n)
{
    char s[24];
    xml_element(x, nom, decimal(n, s));
}

static void put_siren(struct xml_ecrivain *x, const char *nom, uint32_t siren)
{
    char s[10];
    if (siren)
        xml_element(x, nom, siren_texte(siren, s));
}

static void put_present(struct xml_ecrivain *x, const char *nom, const char *texte)
{
    if (texte && *texte)
        xml_element(x, nom, texte);
}

/* Exactly `width` digits. */
static struct slice digits(unsigned n, unsigned width, char *out)
{
    for (unsigned i = width; i-- > 0; n /= 10)
        out[i] = (char)('0' + n % 10);
    return (struct slice){out, width};
}

/* An attribute is left out when its value is. */
static struct slice vrai(bool b)
{
    return b ? slice_of("true") : (struct slice){NULL, 0};
}

/* --- parts of the document --- */

static void put_entete(struct xml_ecrivain *x, const struct lot_entete *e)
{
    char s[INSTANT_TEXTE_MAX];
    const struct xml_attribut racine[] = {
        {"version", slice_of("1")}, {"fictif", vrai(e->fictif)}, {"reconstitue", vrai(e->reconstitue)},
    };
    xml_ouvrir(x, "lot", racine, sizeof racine / sizeof *racine);
    xml_ouvrir(x, "entete", NULL, 0);
    put_entier(x, "numero", e->numero);
    xml_element(x, "type", e->type);
    xml_ouvrir(x, "emetteur", NULL, 0);
    put_siren(x, "siren", e->siren);
    xml_element(x, "nom", e->nom);
    put_jour(x, "enroleLe", e->enrole_le);
    xml_fermer(x);
    xml_element(x, "instant", instant_utc(e->instant, s));
    xml_element(x, "couloir", e->couloir);
    xml_element(x, "vague", e->vague);
    put_entier(x, "nombreDemandes", e->nombre);
    put_montant(x, "sommeControle", e->somme);
    xml_element(x, "parametres", e->parametres);
    xml_element(x, "calendrier", e->calendrier);
    if (e->annule != 0) {
        xml_ouvrir(x, "annuleEtRemplace", NULL, 0);
        put_entier(x, "numero", e->annule);
        xml_element(x, "empreinte", e->annule_empreinte);
        xml_fermer(x);
    }
    xml_element(x, "registre", e->registre);
    xml_element(x, "programme", e->programme);
    xml_fermer(x);
}

static void put_commande(struct xml_ecrivain *x, const struct lot_demande *d)
{
    xml_ouvrir(x, "commande", NULL, 0);
    xml_element(x, "numero", d->commande_numero);
    put_jour(x, "date", d->commande_date);
    put_jour(x, "dateSignature", d->commande_signature);
    xml_element(x, "sousCondition", d->sous_condition ? "true" : "false");
    xml_element(x, "modeSignature", d->mode_signature);
    xml_element(x, "qualiteSignataire", d->qualite_signataire);
    xml_fermer(x);
}

static void put_og(struct xml_ecrivain *x, const struct lot_demande *d)
{
    char s[FINESS_TEXTE_MAX];
    xml_ouvrir(x, "og", NULL, 0);
    xml_element(x, "finess", finess_texte(d->og, s));
    put_siren(x, "siren", d->og_siren);
    put_present(x, "nom", d->og_nom);
    xml_fermer(x);
}

static void put_essms(struct xml_ecrivain *x, const struct lot_essms *e)
{
    char agregat[5], categorie[5], ht[MONTANT_TEXTE_MAX], ttc[MONTANT_TEXTE_MAX], et[FINESS_TEXTE_MAX];
    const struct xml_attribut a[] = {
        {"agregat", digits(e->agregat, e->agregat > 9999 ? 5 : 4, agregat)},
        {"categorie", digits(e->categorie, e->categorie > 999 ? 5 : 3, categorie)},
        {"montantHt", slice_of(montant_xml(e->ht, ht))},
        {"montantTtc", slice_of(montant_xml(e->ttc, ttc))},
        {"retire", vrai(e->retire)},
    };
    xml_ouvrir(x, "essms", a, sizeof a / sizeof *a);
    xml_texte(x, slice_of(finess_texte(e->et, et)));
    xml_fermer(x);
}

static void put_solution(struct xml_ecrivain *x, const struct lot_demande *d)
{
    xml_ouvrir(x, "solution", NULL, 0);
    xml_element(x, "numeroAns", d->solution_numero);
    xml_element(x, "nom", d->solution_nom);
    xml_element(x, "version", d->solution_version);
    put_jour(x, "dossierCompletLe", d->solution_dossier_complet_le);
    put_jour(x, "referenceLe", d->solution_reference_le);
    xml_fermer(x);
}

static void put_bareme(struct xml_ecrivain *x, const struct lot_demande *d)
{
    xml_ouvrir(x, "bareme", NULL, 0);
    put_jour(x, "base", d->base);
    put_entier(x, "n", d->n_og);
    xml_element(x, "tranche", (const char[]){d->tranche, '\0'});
    put_montant(x, "montantParEssms", d->taux_tranche);
    put_montant(x, "plafondHtBas", d->plafond_ht_bas);
    put_montant(x, "plafondHtHaut", d->plafond_ht_haut);
    put_montant(x, "plafondTtc", d->plafond_ttc);
    xml_fermer(x);
}

static void put_montants(struct xml_ecrivain *x, const struct lot_demande *d)
{
    char s[MONTANT_TEXTE_MAX];
    put_montant(x, "montantHt", d->ht);
    xml_element(x, "tauxTva", taux_xml(d->taux_tva, s));
    put_present(x, "motifTva", d->motif_tva);
    put_montant(x, "montantTva", d->tva);
    put_montant(x, "montantTtc", d->ttc);
    put_montant(x, "montantAvance", d->avance);
    put_montant(x, "montantSolde", d->solde);
}

static void put_mss(struct xml_ecrivain *x, uint32_t cas)
{
    if (cas != 0)
        put_entier(x, "deploiementMss", cas);
}

static void put_facture(struct xml_ecrivain *x, const struct lot_solde *s)
{
    char t[MONTANT_TEXTE_MAX];
    const struct xml_attribut a[] = {{"deux", vrai(s->facture.deux)}};
    xml_ouvrir(x, "facture", a, 1);
    xml_element(x, "numero", s->facture.numero);
    put_jour(x, "date", s->facture.date);
    put_montant(x, "montantHt", s->facture.ht);
    xml_element(x, "tauxTva", taux_xml(s->facture.taux_tva, t));
    put_present(x, "motifTva", s->facture.motif_tva);
    put_montant(x, "montantTva", s->facture.tva);
    put_montant(x, "montantTtc", s->facture.ttc);
    xml_fermer(x);
}

static void put_va(struct xml_ecrivain *x, const struct lot_solde *s)
{
    char t[INSTANT_TEXTE_MAX];
    xml_ouvrir(x, "va", NULL, 0);
    put_entier(x, "version", s->va.version);
    xml_element(x, "signeeLe", instant_utc(s->va.signee_le, t));
    xml_element(x, "modeSignature", s->va.mode);
    xml_element(x, "qualiteSignataire", s->va.qualite);
    put_jour(x, "delegationLe", s->va.delegation_le);
    xml_element(x, "bonFonctionnement", s->va.bon_fonctionnement ? "true" : "false");
    put_mss(x, s->va.mss_cas);
    xml_fermer(x);
}

static void put_solde(struct xml_ecrivain *x, const struct lot_solde *s)
{
    xml_ouvrir(x, "solde", NULL, 0);
    put_montant(x, "total", s->total);
    put_montant(x, "avancePayee", s->avance_payee);
    if (s->trop_percu.centimes != 0)
        put_montant(x, "tropPercu", s->trop_percu);
    put_mss(x, s->mss_cas);
    put_facture(x, s);
    put_va(x, s);
    xml_fermer(x);
}

struct montant lot_demande_montant(const struct lot_demande *d)
{
    return d->reste != NULL ? d->solde : d->avance;
}

static void put_piece(struct xml_ecrivain *x, const struct lot_piece *p)
{
    char hex[EMPREINTE_HEX], n[24];
    const struct xml_attribut a[] = {
        {"role", slice_of(p->role)}, {"nom", slice_of(p->nom)}, {"typeMedia", slice_of(p->type_media)},
        {"extension", slice_of(p->extension)}, {"taille", slice_of(decimal(p->taille, n))},
    };
    xml_ouvrir(x, "piece", a, sizeof a / sizeof *a);
    xml_texte(x, slice_of(empreinte_hex(&p->empreinte, hex)));
    xml_fermer(x);
}

static void put_demande(struct xml_ecrivain *x, const char *type, const struct lot_demande *d)
{
    const struct xml_attribut a[] = {{"type", slice_of(type)}, {"reconstitue", vrai(d->reconstitue)}};
    xml_ouvrir(x, "demande", a, sizeof a / sizeof *a);
    put_entier(x, "numero", d->numero);
    put_entier(x, "version", d->version);
    put_commande(x, d);
    put_og(x, d);
    for (uint32_t i = 0; i < d->n_essms; i++)
        put_essms(x, &d->essms[i]);
    put_solution(x, d);
    put_bareme(x, d);
    put_montants(x, d);
    if (d->reste != NULL)
        put_solde(x, d->reste);
    xml_ouvrir(x, "pieces", NULL, 0);
    for (uint32_t i = 0; i < d->n_pieces; i++)
        put_piece(x, &d->pieces[i]);
    xml_fermer(x);
    xml_fermer(x);
}

/* --- life --- */

struct lot_ecrivain *lot_ecrivain_creer(int fd, const struct lot_entete *e, struct diag_liste *diags)
{
    struct xml_schema *schema = lot_schema(diags);
    if (!schema)
        return NULL;
    struct lot_ecrivain *w = memoire_calloc(1, sizeof *w);
    w->fd = fd;
    w->schema = schema;
    w->empreinte = empreinte_debut();
    w->type = memoire_strdup(e->type ? e->type : "");
    w->annonce = e->nombre;
    w->somme_annoncee = e->somme;
    w->xml = xml_ecrivain_creer("lot.xml", LOT_ESPACE, schema, &w->sortie, diags);
    xml_ecrivain_repere(w->xml, "en-tête du lot");
    put_entete(w->xml, e);
    return w;
}

bool lot_ecrivain_demande(struct lot_ecrivain *w, const struct lot_demande *d)
{
    char n[24], repere[48] = "demande n° ";
    uint64_t before = xml_ecrivain_fautes(w->xml);
    strcat(repere, decimal(d->numero, n));
    xml_ecrivain_repere(w->xml, repere);
    put_demande(w->xml, w->type, d);
    w->nombre++;
    const struct montant demande = lot_demande_montant(d);
    if (!montant_present(demande) || !montant_add(w->somme, demande, &w->somme))
        w->depasse = true;
    if (w->sortie.len >= TAMPON)
        flush(w);
    return w->erreur == 0 && xml_ecrivain_fautes(w->xml) == before;
}

/* What the header announced before the requests were known must be what was written. */
static bool totals_hold(const struct lot_ecrivain *w, struct diag_liste *diags)
{
    bool ok = true;
    if (w->nombre != w->annonce || w->nombre > LOT_DEMANDES_MAX) {
        struct diag *d = diag_erreur(diags, E_LOT_TOTAL, "nombre de demandes du lot");
        diag_trouve(d, "%u", (unsigned)w->nombre);
        if (w->nombre > LOT_DEMANDES_MAX)
            diag_attendu(d, "au plus %u", (unsigned)LOT_DEMANDES_MAX);
        else
            diag_attendu(d, "%u, d'après l'en-tête", (unsigned)w->annonce);
        ok = false;
    }
    if (w->depasse || w->somme.centimes != w->somme_annoncee.centimes) {
        char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
        struct diag *d = diag_erreur(diags, E_LOT_TOTAL, "somme de contrôle du lot");
        diag_trouve(d, "%s", w->depasse ? "une somme hors limites" : montant_fr(w->somme, a));
        diag_attendu(d, "%s, d'après l'en-tête", montant_fr(w->somme_annoncee, b));
        ok = false;
    }
    return ok;
}

bool lot_ecrivain_finir(struct lot_ecrivain *w, struct empreinte *empreinte, uint64_t *taille, struct diag_liste *diags)
{
    xml_ecrivain_repere(w->xml, "ensemble du lot");
    xml_fermer(w->xml);
    bool ok = xml_ecrivain_finir(w->xml);
    flush(w);
    ok = totals_hold(w, diags) && ok;
    if (w->erreur) {
        diag_erreur(diags, E_ECRITURE, "le lot ne peut pas être écrit : %s", fichier_cause(w->erreur));
        ok = false;
    }
    struct empreinte hash = empreinte_fin(w->empreinte);
    if (ok && empreinte)
        *empreinte = hash;
    if (ok && taille)
        *taille = w->taille;
    xml_schema_free(w->schema);
    buffer_free(&w->sortie);
    memoire_free(w->type);
    memoire_free(w);
    return ok;
}
