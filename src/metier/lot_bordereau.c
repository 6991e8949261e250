/* The bordereau de dépôt: what the lot holds and its control sums, one self-contained page to print and keep with ASP's
 * acknowledgement. A pure function of the lot, as its archive is. */
#include "metier/lot_fichier.h"

#include "formats/html.h"

static const char style[] =
    "@page{size:A4;margin:15mm}"
    "body{font:10pt/1.4 sans-serif;max-width:180mm;margin:1em auto;color:#000;background:#fff}"
    "h1{font-size:15pt;margin:0 0 .6em}h2{font-size:11pt;margin:1.2em 0 .3em}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #000;padding:.2em .4em;text-align:left;vertical-align:top}"
    "thead{display:table-header-group}tr{break-inside:avoid}"
    "td.m,th.m{text-align:right;white-space:nowrap}code{font:8pt monospace;word-break:break-all}"
    ".fictif{border:3px double #000;padding:.4em;text-align:center;font-weight:bold;letter-spacing:.1em}"
    ".depot{break-inside:avoid;margin-top:1.5em}.depot td{height:2.4em}.depot td:first-child{width:40%}";

static void ligne(struct buffer *b, const char *quoi, const char *valeur)
{
    buffer_printf(b, "<tr><th>%s</th><td>", quoi);
    html_texte(b, slice_of(valeur));
    buffer_puts(b, "</td></tr>\n");
}

static void ligne_entier(struct buffer *b, const char *quoi, size_t n)
{
    char t[MONTANT_TEXTE_MAX];
    ligne(b, quoi, entier_fr((int64_t)n, t));
}

static void empreinte(struct buffer *b, const char *quoi, const struct empreinte *e)
{
    char hex[EMPREINTE_HEX];
    buffer_printf(b, "<tr><th>%s</th><td><code>%s</code></td></tr>\n", quoi, empreinte_hex(e, hex));
}

/* Nothing to escape in an amount. */
static void montant(struct buffer *b, struct montant m)
{
    char t[MONTANT_TEXTE_MAX];
    if (montant_present(m))
        buffer_puts(b, montant_fr(m, t));
}

static void entete(const struct lot_ordre *o, const char *fournisseur, const struct lot_fichier *l, struct buffer *b)
{
    char t[INSTANT_TEXTE_MAX], siren[10], m[MONTANT_TEXTE_MAX];
    struct arene a = {0};
    buffer_puts(b, "<table>\n");
    ligne(b, "Émetteur", arene_printf(&a, "%s, SIREN %s", fournisseur, siren_texte(o->fournisseur, siren)));
    ligne(b, "Demandes", o->contenu->paiement == PAIEMENT_SOLDE ? "solde (70 %)" : "avance (30 %)");
    ligne(b, "Couloir", couloir_nom(o->couloir));
    ligne(b, "Émis le", instant_fr(o->le, t));
    if (o->annule != 0)
        ligne(b, "Annule et remplace", arene_printf(&a, "le lot %llu", (unsigned long long)o->annule));
    ligne(b, "Fichier à déposer", o->nom);
    buffer_puts(b, "</table>\n<h2>Contrôle</h2>\n<table>\n");
    ligne_entier(b, "Nombre de demandes", o->contenu->n_demandes);
    ligne(b, "Somme demandée", montant_fr(o->somme, m));
    ligne_entier(b, "Nombre d’ESSMS", o->contenu->n_essms);
    ligne_entier(b, "Nombre de pièces", o->contenu->n_pieces);
    empreinte(b, "Empreinte SHA-256 du fichier", &l->zip);
    empreinte(b, "Empreinte SHA-256 de lot.xml", &l->xml);
    buffer_puts(b, "</table>\n");
    arene_free(&a);
}

/* Without printf: there may be fifty thousand of them. */
static void demande(const struct lot_demande *d, struct buffer *b)
{
    char f[FINESS_TEXTE_MAX];
    uint32_t retires = 0;
    for (uint32_t i = 0; i < d->n_essms; i++)
        retires += d->essms[i].retire;
    buffer_puts(b, "<tr><td class=\"m\">");
    buffer_put_i64(b, (int64_t)d->numero);
    buffer_puts(b, "</td><td class=\"m\">");
    buffer_put_i64(b, d->version);
    buffer_puts(b, "</td><td>");
    html_texte(b, slice_of(d->commande_numero));
    buffer_puts(b, "</td><td>");
    buffer_puts(b, finess_texte(d->og, f));
    buffer_putc(b, ' ');
    html_texte(b, slice_of(d->og_nom));
    buffer_puts(b, "</td><td class=\"m\">");
    buffer_put_i64(b, d->n_essms - retires);
    if (retires > 0)
        buffer_printf(b, "<br>(%u retiré%s)", retires, retires > 1 ? "s" : "");
    buffer_puts(b, "</td><td class=\"m\">");
    montant(b, d->reste != NULL ? d->reste->total : d->ttc);
    buffer_puts(b, "</td><td class=\"m\">");
    montant(b, lot_demande_montant(d));
    buffer_puts(b, "</td></tr>\n");
}

static void demandes(const struct lot_ordre *o, struct buffer *b)
{
    buffer_puts(b, "<h2>Demandes</h2>\n<table>\n<thead><tr><th class=\"m\">N°</th><th class=\"m\">Version</th><th>Commande</th><th>Organisme "
                   "gestionnaire</th><th class=\"m\">ESSMS</th><th class=\"m\">Montant TTC</th><th class=\"m\">Demandé</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < o->contenu->n_demandes; i++)
        demande(&o->contenu->demandes[i], b);
    buffer_puts(b, "</tbody>\n<tfoot><tr><th colspan=\"6\">Total</th><th class=\"m\">");
    montant(b, o->somme);
    buffer_puts(b, "</th></tr></tfoot>\n</table>\n");
}

void lot_bordereau_html(const struct lot_ordre *o, const char *fournisseur, const struct lot_fichier *l, struct buffer *b)
{
    buffer_printf(b, "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<title>Bordereau de dépôt, lot %llu</title>\n"
                     "<style>%s</style>\n</head>\n<body>\n", (unsigned long long)o->numero, style);
    if (o->ctx->registre->fictif)
        buffer_puts(b, "<p class=\"fictif\">REGISTRE FICTIF : démonstration, sans valeur</p>\n");
    buffer_printf(b, "<h1>Bordereau de dépôt à l’ASP : lot %llu%s</h1>\n", (unsigned long long)o->numero, o->reconstitue ? " (reconstitué)" : "");
    entete(o, fournisseur, l, b);
    demandes(o, b);
    buffer_puts(b, "<table class=\"depot\">\n<tbody>\n<tr><td>Déposé le (heure du portail)</td><td></td></tr>\n<tr><td>Accusé de dépôt n°</td><td></td></tr>\n"
                   "<tr><td>Déposé par</td><td></td></tr>\n</tbody>\n</table>\n"
                   "<p>Le lot n’est déposé que lorsque le portail en donne l’accusé : l’enregistrer par "
                   "<code>sons lot deposer</code>. C’est l’instant du dépôt que jugent les délais.</p>\n</body>\n</html>\n");
}
