/* Reading lot.xml: what the schema cannot hold. Events come before the schema judged them, so nothing here trusts a
 * value; a request is checked once the schema found nothing wrong in it. */
#include <string.h>
#include "formats/lot_asp_interne.h"
#include "noyau/memoire.h"
#include "noyau/numero.h"

static struct diag *fault(struct lot_lecture *l, enum erreur_code c, const struct xml_element *e, const char *what)
{
    struct diag *d = l->section == LOT_DEMANDE && l->numero
        ? diag_erreur(l->diags, c, "demande n° %llu : %s", (unsigned long long)l->numero, what)
        : diag_erreur(l->diags, c, "%s", what);
    diag_lieu(d, &(struct lieu){.fichier = "lot.xml", .ligne = e ? e->ligne : 0});
    l->fautes++;
    return d;
}

static uint64_t integer(struct slice s)
{
    uint64_t n = 0;
    if (s.len == 0 || s.len > 18)
        return 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.bytes[i] < '0' || s.bytes[i] > '9')
            return 0;
        n = n * 10 + (uint64_t)(s.bytes[i] - '0');
    }
    return n;
}

/* Absent when it is not an amount: the schema tells it. */
static struct montant amount(struct slice s)
{
    struct montant m;
    return montant_parse(s, &m) ? m : MONTANT_ABSENT;
}

static void add_to(struct montant *sum, struct montant m)
{
    if (!montant_present(*sum) || !montant_present(m) || !montant_add(*sum, m, sum))
        *sum = MONTANT_ABSENT;
}

static void keep_text(char *out, size_t max, struct slice s)
{
    if (s.len >= max)
        s.len = 0;
    if (s.len)
        memcpy(out, s.bytes, s.len);
    out[s.len] = '\0';
}

static bool is(const struct xml_element *e, const char *name)
{
    return strcmp(e->nom, name) == 0;
}

/* --- numbers with a key --- */

static void check_finess(struct lot_lecture *l, const struct xml_element *e, const char *what)
{
    finess n;
    if (finess_parse(e->texte, &n) == NUMERO_CLE) {
        struct diag *d = fault(l, E_LOT_NUMERO, e, what);
        diag_trouve(d, "%.*s", (int)e->texte.len, e->texte.bytes);
    }
}

static uint32_t check_siren(struct lot_lecture *l, const struct xml_element *e, const char *what)
{
    uint32_t n = 0;
    if (siren_parse(e->texte, &n) == NUMERO_CLE) {
        struct diag *d = fault(l, E_LOT_NUMERO, e, what);
        diag_trouve(d, "%.*s", (int)e->texte.len, e->texte.bytes);
    }
    return n;
}

/* --- one request --- */

static void begin_request(struct lot_lecture *l, const struct xml_element *e)
{
    struct montant zero = montant_of(0);
    l->section = LOT_DEMANDE;
    l->fautes_avant = xml_flux_fautes(l->xml);
    l->numero = 0;
    l->essms_ht = l->essms_ttc = zero;
    l->c = (struct lot_chiffres){.signature = JOUR_ABSENT, .taux_tva = TAUX_ABSENT};
    l->c.ht = l->c.tva = l->c.ttc = l->c.avance = l->c.solde = MONTANT_ABSENT;
    l->c.total = l->c.avance_payee = l->c.facture_ht = l->c.facture_tva = l->c.facture_ttc = MONTANT_ABSENT;
    l->c.trop_percu = l->c.parts = zero;
    l->c.taux_tranche = l->c.plafond_ht_bas = l->c.plafond_ht_haut = l->c.plafond_ttc = MONTANT_ABSENT;
    memcpy(l->c.parametres, l->parametres, sizeof l->c.parametres);
    if (++l->rapport->demandes > LOT_DEMANDES_MAX) {
        struct diag *d = fault(l, E_LOT_TOTAL, e, "trop de demandes");
        diag_attendu(d, "au plus %u", (unsigned)LOT_DEMANDES_MAX);
        xml_flux_arreter(l->xml);
    }
    if (!slice_equals(xml_attribut(e, "type"), l->type)) {
        struct diag *d = fault(l, E_LOT_NUMERO, e, "le type d'une demande n'est pas celui du lot");
        struct slice type = xml_attribut(e, "type");
        diag_trouve(d, "%.*s", (int)type.len, type.bytes);
        diag_attendu(d, "%s", l->type);
    }
}

static void begin_essms(struct lot_lecture *l, const struct xml_element *e)
{
    add_to(&l->essms_ht, amount(xml_attribut(e, "montantHt")));
    add_to(&l->essms_ttc, amount(xml_attribut(e, "montantTtc")));
    l->c.n_essms++;
    if (xml_attribut(e, "retire").len == 0) {
        add_to(&l->c.parts, amount(xml_attribut(e, "montantTtc")));
        l->c.gardes++;
    }
    if (++l->rapport->essms > LOT_ESSMS_MAX) {
        struct diag *d = fault(l, E_XML_LIMITE, e, "trop d'ESSMS");
        diag_attendu(d, "au plus %u", (unsigned)LOT_ESSMS_MAX);
        xml_flux_arreter(l->xml);
    }
}

static void begin_piece(struct lot_lecture *l, const struct xml_element *e)
{
    l->renvoi = (struct lot_renvoi){.taille = integer(xml_attribut(e, "taille")), .demande = l->numero};
    keep_text(l->renvoi.extension, sizeof l->renvoi.extension, xml_attribut(e, "extension"));
    if (l->n_renvois >= LOT_PIECES_MAX) {
        struct diag *d = fault(l, E_XML_LIMITE, e, "trop de pièces");
        diag_attendu(d, "au plus %u", (unsigned)LOT_PIECES_MAX);
        xml_flux_arreter(l->xml);
    }
}

static void end_piece(struct lot_lecture *l, const struct xml_element *e)
{
    if (!empreinte_parse(e->texte, &l->renvoi.empreinte))
        return; /* the schema tells it */
    if (l->n_renvois + 1 > l->cap_renvois)
        l->renvois = memoire_grow(l->renvois, &l->cap_renvois, l->n_renvois + 1, sizeof *l->renvois);
    l->renvois[l->n_renvois++] = l->renvoi;
}

static void equality(struct lot_lecture *l, const struct xml_element *e, const char *what, struct montant found,
                     struct montant expected)
{
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    if (montant_present(found) && montant_present(expected) && found.centimes == expected.centimes)
        return;
    struct diag *d = fault(l, E_LOT_MONTANT, e, what);
    diag_trouve(d, "%s", montant_present(found) ? montant_fr(found, a) : "une somme hors limites");
    diag_attendu(d, "%s", montant_present(expected) ? montant_fr(expected, b) : "une somme dans les limites");
}

static void at_most(struct lot_lecture *l, const struct xml_element *e, const char *what, struct montant found, struct montant limit)
{
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    if (montant_present(found) && montant_present(limit) && found.centimes <= limit.centimes)
        return;
    struct diag *d = fault(l, E_LOT_MONTANT, e, what);
    diag_trouve(d, "%s", montant_present(found) ? montant_fr(found, a) : "une somme hors limites");
    diag_attendu(d, "au plus %s", montant_present(limit) ? montant_fr(limit, b) : "une somme dans les limites");
}

/* A balance: advance paid and balance, less what was paid too much, make the total, which is that of the invoice (regles.md § 6). */
static void check_balance(struct lot_lecture *l, const struct xml_element *e)
{
    const struct lot_chiffres *c = &l->c;
    struct montant taxed = c->facture_ht, paid = c->avance_payee, due = c->total;
    add_to(&taxed, c->facture_tva);
    add_to(&paid, c->solde);
    add_to(&due, c->trop_percu);
    equality(l, e, "HT et TVA ne font pas le TTC de la facture", taxed, c->facture_ttc);
    equality(l, e, "le total n'est pas celui de la facture", c->total, c->facture_ttc);
    equality(l, e, "avance payée et solde ne font pas le total", paid, due);
    at_most(l, e, "le total dépasse les parts des ESSMS gardés", c->total, c->parts);
    if (c->solde.centimes > 0 && c->trop_percu.centimes > 0)
        fault(l, E_LOT_MONTANT, e, "il ne peut y avoir à la fois un solde et un trop-perçu");
    if (c->gardes == 0)
        fault(l, E_LOT_MONTANT, e, "tous les ESSMS sont retirés");
    if (c->mss_cas != 0 && c->mss_cas != c->va_mss_cas)
        fault(l, E_LOT_NUMERO, e, "le cas de « Déploiement MSS » n'est pas celui de la VA");
}

/* The type of the lot says which request it is. */
static void check_kind(struct lot_lecture *l, const struct xml_element *e)
{
    const bool solde = strcmp(l->type, LOT_SOLDE) == 0;
    if (solde != l->c.reste)
        fault(l, E_LOT_NUMERO, e, solde ? "cette demande de solde ne dit pas ce qu'elle réclame" : "cette demande d'avance réclame un solde");
    else if (solde)
        check_balance(l, e);
    else if (l->c.gardes != l->c.n_essms)
        fault(l, E_LOT_NUMERO, e, "un ESSMS n'est retiré qu'au solde");
}

static void end_request(struct lot_lecture *l, const struct xml_element *e)
{
    struct montant taxed = l->c.ht, paid = l->c.avance;
    add_to(&taxed, l->c.tva);
    add_to(&paid, l->c.solde);
    if (xml_flux_fautes(l->xml) == l->fautes_avant) {
        equality(l, e, "les parts HT des ESSMS ne font pas le montant HT", l->essms_ht, l->c.ht);
        equality(l, e, "les parts TTC des ESSMS ne font pas le montant TTC", l->essms_ttc, l->c.ttc);
        equality(l, e, "HT et TVA ne font pas le montant TTC", taxed, l->c.ttc);
        if (!l->c.reste)
            equality(l, e, "avance et solde ne font pas le montant TTC", paid, l->c.ttc);
        check_kind(l, e);
        l->c.numero = l->numero;
        if (l->juge && !l->juge(l->juge_ctx, &l->c, l->diags))
            l->fautes++;
    }
    const struct montant asked = l->c.reste ? l->c.solde : l->c.avance;
    if (!montant_present(asked) || !montant_add(l->rapport->somme, asked, &l->rapport->somme))
        l->depasse = true;
    l->section = LOT_AILLEURS;
}

/* --- events --- */

void lot_lecture_debut(void *ctx, const struct xml_element *e)
{
    struct lot_lecture *l = ctx;
    if (e->profondeur == 1) {
        l->rapport->fictif = slice_equals(xml_attribut(e, "fictif"), "true");
        l->rapport->reconstitue = slice_equals(xml_attribut(e, "reconstitue"), "true");
    } else if (e->profondeur == 2 && is(e, "demande")) {
        begin_request(l, e);
    } else if (e->profondeur == 2) {
        l->section = is(e, "entete") ? LOT_ENTETE : LOT_AILLEURS;
    } else if (l->section == LOT_DEMANDE && e->profondeur == 3 && is(e, "essms")) {
        begin_essms(l, e);
    } else if (l->section == LOT_DEMANDE && e->profondeur == 3 && is(e, "solde")) {
        l->c.reste = true;
    } else if (l->section == LOT_DEMANDE && e->profondeur == 4) {
        l->partie = is(e, "facture") ? LOT_FACTURE : is(e, "va") ? LOT_VA : LOT_AUTRE;
        if (is(e, "piece"))
            begin_piece(l, e);
    }
}

static void end_in_header(struct lot_lecture *l, const struct xml_element *e)
{
    if (e->profondeur == 4 && is(e, "siren"))
        l->rapport->siren = check_siren(l, e, "la clé du SIREN de l'émetteur est fausse");
    else if (e->profondeur == 4 && is(e, "numero"))
        l->rapport->annule = integer(e->texte);
    if (e->profondeur != 3)
        return;
    if (is(e, "numero"))
        l->rapport->numero = integer(e->texte);
    else if (is(e, "parametres"))
        keep_text(l->parametres, sizeof l->parametres, e->texte);
    else if (is(e, "type")) {
        keep_text(l->type, sizeof l->type, e->texte);
        l->rapport->solde = strcmp(l->type, LOT_SOLDE) == 0;
    }
    else if (is(e, "couloir"))
        keep_text(l->rapport->couloir, sizeof l->rapport->couloir, e->texte);
    else if (is(e, "nombreDemandes"))
        l->annonce = integer(e->texte);
    else if (is(e, "sommeControle"))
        l->somme_annoncee = amount(e->texte);
}

/* Inside `commande` and `bareme`. */
static void end_figure(struct lot_lecture *l, const struct xml_element *e)
{
    if (is(e, "dateSignature"))
        (void)jour_parse_iso(e->texte, &l->c.signature);
    else if (is(e, "n"))
        l->c.n_og = (uint32_t)integer(e->texte);
    else if (is(e, "tranche"))
        l->c.tranche = e->texte.len == 1 ? e->texte.bytes[0] : '\0';
    else if (is(e, "montantParEssms"))
        l->c.taux_tranche = amount(e->texte);
    else if (is(e, "plafondHtBas"))
        l->c.plafond_ht_bas = amount(e->texte);
    else if (is(e, "plafondHtHaut"))
        l->c.plafond_ht_haut = amount(e->texte);
    else if (is(e, "plafondTtc"))
        l->c.plafond_ttc = amount(e->texte);
}

/* Inside `solde`, and one deeper inside its invoice and its VA. */
static void end_in_balance(struct lot_lecture *l, const struct xml_element *e)
{
    struct lot_chiffres *c = &l->c;
    if (e->profondeur == 5 && l->partie == LOT_FACTURE) {
        if (is(e, "montantHt"))
            c->facture_ht = amount(e->texte);
        else if (is(e, "montantTva"))
            c->facture_tva = amount(e->texte);
        else if (is(e, "montantTtc"))
            c->facture_ttc = amount(e->texte);
    } else if (e->profondeur == 5 && l->partie == LOT_VA && is(e, "deploiementMss")) {
        c->va_mss_cas = (uint32_t)integer(e->texte);
    } else if (e->profondeur == 4 && is(e, "total")) {
        c->total = amount(e->texte);
    } else if (e->profondeur == 4 && is(e, "avancePayee")) {
        c->avance_payee = amount(e->texte);
    } else if (e->profondeur == 4 && is(e, "tropPercu")) {
        c->trop_percu = amount(e->texte);
    } else if (e->profondeur == 4 && is(e, "deploiementMss")) {
        c->mss_cas = (uint32_t)integer(e->texte);
    }
}

static void end_in_request(struct lot_lecture *l, const struct xml_element *e)
{
    if (l->c.reste && e->profondeur >= 4)
        end_in_balance(l, e);
    if (e->profondeur == 4) {
        end_figure(l, e);
        if (is(e, "finess"))
            check_finess(l, e, "la clé du FINESS de l'OG est fausse");
        else if (is(e, "siren"))
            check_siren(l, e, "la clé du SIREN de l'OG est fausse");
        else if (is(e, "piece"))
            end_piece(l, e);
    }
    if (e->profondeur != 3)
        return;
    if (is(e, "essms"))
        check_finess(l, e, "la clé du FINESS d'un ESSMS est fausse");
    else if (is(e, "numero"))
        l->numero = integer(e->texte);
    else if (is(e, "version"))
        l->c.version = (uint32_t)integer(e->texte);
    else if (is(e, "montantHt"))
        l->c.ht = amount(e->texte);
    else if (is(e, "tauxTva"))
        (void)taux_parse(e->texte, &l->c.taux_tva);
    else if (is(e, "montantTva"))
        l->c.tva = amount(e->texte);
    else if (is(e, "montantTtc"))
        l->c.ttc = amount(e->texte);
    else if (is(e, "montantAvance"))
        l->c.avance = amount(e->texte);
    else if (is(e, "montantSolde"))
        l->c.solde = amount(e->texte);
}

void lot_lecture_fin(void *ctx, const struct xml_element *e)
{
    struct lot_lecture *l = ctx;
    if (e->profondeur == 1)
        l->entier = true;
    if (l->section == LOT_ENTETE)
        end_in_header(l, e);
    else if (l->section == LOT_DEMANDE && e->profondeur == 2)
        end_request(l, e);
    else if (l->section == LOT_DEMANDE)
        end_in_request(l, e);
}

void lot_lecture_totaux(struct lot_lecture *l)
{
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    l->section = LOT_AILLEURS;
    if (l->annonce != l->rapport->demandes) {
        struct diag *d = fault(l, E_LOT_TOTAL, NULL, "le nombre de demandes n'est pas celui de l'en-tête");
        diag_trouve(d, "%u", (unsigned)l->rapport->demandes);
        diag_attendu(d, "%llu", (unsigned long long)l->annonce);
    }
    if (l->depasse || l->somme_annoncee.centimes != l->rapport->somme.centimes) {
        struct diag *d = fault(l, E_LOT_TOTAL, NULL, "la somme des montants demandés n'est pas celle de l'en-tête");
        diag_trouve(d, "%s", l->depasse ? "une somme hors limites" : montant_fr(l->rapport->somme, a));
        diag_attendu(d, "%s", montant_fr(l->somme_annoncee, b));
    }
}
