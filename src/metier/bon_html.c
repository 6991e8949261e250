/* The order to print and sign: one self-contained page, no script. What each order must carry: regles.md § 1, 2 and 5. */
#include "formats/html.h"
#include "metier/preparer.h"
#include "regles/regles.h"

static const char style[] =
    "@page{size:A4;margin:18mm}"
    "body{font:11pt/1.4 serif;max-width:178mm;margin:1em auto;color:#000;background:#fff}"
    "h1{font-size:16pt;margin:0 0 .6em}h2{font-size:12pt;margin:1.2em 0 .3em}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #000;padding:.2em .4em;text-align:left;vertical-align:top}"
    "thead{display:table-header-group}tr{break-inside:avoid}"
    "td.m,th.m{text-align:right;white-space:nowrap}"
    ".etat{border:2px solid #000;padding:.5em;font-weight:bold;text-align:center;margin:1em 0}"
    ".fictif{border:3px double #000;padding:.4em;text-align:center;font-weight:bold;letter-spacing:.1em}"
    ".cadres{display:flex;gap:1em}.cadres div{flex:1;border:1px solid #000;padding:.5em}"
    ".signature{break-inside:avoid}.signature td{height:2.2em}.signature td:first-child{width:40%}"
    ".notes{font-size:9pt}";

static void t(struct buffer *b, const char *texte)
{
    html_texte(b, slice_of(texte));
}

static void montant(struct buffer *b, struct montant m)
{
    char x[MONTANT_TEXTE_MAX];
    buffer_puts(b, "<td class=\"m\">");
    t(b, montant_present(m) ? montant_fr(m, x) : "");
    buffer_puts(b, "</td>");
}

static void parties(const struct prepare *o, struct buffer *b)
{
    char siren[10], f[FINESS_TEXTE_MAX];
    buffer_puts(b, "<div class=\"cadres\">\n<div><strong>Fournisseur</strong><br>");
    html_texte(b, o->fournisseur_nom);
    if (o->fournisseur != 0)
        buffer_printf(b, "<br>SIREN %s", siren_texte(o->fournisseur, siren));
    buffer_puts(b, "</div>\n<div><strong>Client : organisme gestionnaire</strong><br>");
    html_texte(b, o->og_nom);
    if (o->og_commune.len > 0) {
        buffer_puts(b, "<br>");
        html_texte(b, o->og_commune);
    }
    if (o->og_siren != 0)
        buffer_printf(b, "<br>SIREN %s", siren_texte(o->og_siren, siren));
    if (o->ej != FINESS_ABSENT)
        buffer_printf(b, "<br>FINESS juridique %s", finess_texte(o->ej, f));
    buffer_puts(b, "</div>\n</div>\n");
}

static void objet(const struct prepare *o, struct buffer *b)
{
    buffer_puts(b, "<h2>Objet</h2>\n<p>Prestation Ségur du dossier usager informatisé, vague 1");
    if (o->couloir != COULOIR_INCONNU)
        buffer_printf(b, ", couloir %s", couloir_nom(o->couloir));
    buffer_puts(b, " : montée de version de la solution déjà en place, <strong>");
    html_texte(b, o->solution);
    buffer_puts(b, "</strong>");
    if (o->numero_ans != NULL) {
        buffer_puts(b, " (numéro ANS ");
        t(b, o->numero_ans);
        buffer_putc(b, ')');
    }
    if (o->version.len > 0) {
        buffer_puts(b, ", version ");
        html_texte(b, o->version);
    }
    buffer_puts(b, ".</p>\n");
}

static void condition(const struct preparation *p, const struct prepare *o, struct buffer *b)
{
    char d[JOUR_TEXTE_MAX], e[JOUR_TEXTE_MAX];
    if (!o->sous_condition)
        return;
    buffer_puts(b, "<p class=\"condition\"><strong>Commande passée sous condition de référencement</strong> de la solution pour ce couloir.");
    if (jour_present(o->dernier_jour))
        buffer_printf(b, " Le fournisseur dépose un dossier complet à l'Agence du numérique en santé dans les %d jours qui suivent la signature "
                         "(au plus tard le %s pour une signature le %s) ; à défaut, il en informe le client et l'État ne paie pas.",
                      (int)jour_ecart(p->signature, o->dernier_jour), jour_fr(o->dernier_jour, d), jour_fr(p->signature, e));
    buffer_puts(b, "</p>\n");
}

static void etablissements(const struct prepare *o, struct buffer *b)
{
    char f[FINESS_TEXTE_MAX], x[MONTANT_TEXTE_MAX];
    buffer_puts(b, "<h2>Établissements et services concernés</h2>\n<table>\n<thead><tr><th>FINESS</th><th>Nom</th><th>Commune</th>"
                   "<th class=\"m\">HT</th><th class=\"m\">TTC</th></tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < o->n_essms; i++) {
        const struct prepare_essms *e = &o->essms[i];
        buffer_printf(b, "<tr><td>%s</td><td>", finess_texte(e->et, f));
        html_texte(b, e->nom);
        buffer_puts(b, "</td><td>");
        html_texte(b, e->commune);
        buffer_puts(b, "</td>");
        montant(b, e->ht);
        montant(b, e->ttc);
        buffer_puts(b, "</tr>\n");
    }
    buffer_puts(b, "</tbody>\n</table>\n<h2>Montants</h2>\n<table class=\"totaux\">\n<tr><th>Total HT</th>");
    montant(b, o->ht);
    buffer_puts(b, "</tr>\n<tr><th>TVA ");
    t(b, taux_fr(o->taux, x));
    if (o->motif_tva != NULL) {
        buffer_puts(b, " (motif : ");
        t(b, mot_francais(o->motif_tva));
        buffer_putc(b, ')');
    }
    buffer_puts(b, "</th>");
    montant(b, o->tva);
    buffer_puts(b, "</tr>\n<tr><th>Total TTC</th>");
    montant(b, o->ttc);
    buffer_puts(b, "</tr>\n</table>\n<p class=\"etat\">");
    t(b, PHRASE_ETAT);
    buffer_puts(b, "</p>\n");
}

static void signature(const struct prepare *o, struct buffer *b)
{
    char d[JOUR_TEXTE_MAX];
    buffer_puts(b, "<div class=\"signature\">\n<h2>Pour l'organisme gestionnaire</h2>\n<table>\n"
                   "<tr><td>Fait à</td><td></td></tr>\n<tr><td>Le</td><td></td></tr>\n<tr><td>Nom du signataire</td><td></td></tr>\n"
                   "<tr><td>Qualité</td><td></td></tr>\n<tr><td>Signature</td><td></td></tr>\n</table>\n</div>\n<p class=\"notes\">");
    if (jour_present(o->base))
        buffer_printf(b, "Établissements : FINESS, ministère chargé de la santé, base du %s, data.gouv.fr, Licence Ouverte. ", jour_fr(o->base, d));
    else
        buffer_puts(b, "Établissements : FINESS, ministère chargé de la santé, data.gouv.fr, Licence Ouverte. ");
    buffer_puts(b, "Les annexes de l'arrêté peuvent demander d'autres mentions : à vérifier avant la signature.</p>\n");
}

void bon_html(const struct preparation *p, const struct prepare *o, bool fictif, struct buffer *b)
{
    buffer_puts(b, "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Bon de commande ");
    html_texte(b, o->numero);
    buffer_printf(b, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
    if (fictif)
        buffer_puts(b, "<p class=\"fictif\">DOCUMENT FICTIF : démonstration, à ne pas signer</p>\n");
    buffer_puts(b, "<h1>Bon de commande n° ");
    html_texte(b, o->numero);
    buffer_puts(b, "</h1>\n");
    parties(o, b);
    objet(o, b);
    condition(p, o, b);
    etablissements(o, b);
    signature(o, b);
    buffer_puts(b, "</body>\n</html>\n");
}
