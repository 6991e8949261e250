/* commande, controler, expliquer. */
#include <string.h>
#include "cli/commandes.h"
#include "cli/commun.h"
#include "cli/import.h"
#include "metier/vues.h"
#include "noyau/memoire.h"

int cmd_commande_importer(struct cli *c)
{
    c->ctx.rectifier = c->ligne.valeurs[OPT_RECTIFIER];
    return importer_argument(c, FEUILLE_COMMANDES);
}

int cmd_commande_lister(struct cli *c)
{
    CLI_COLONNES(c, "numero", "date_signature", "finess_et", "libelle_essms", "commune", "couloir", "solution",
                 "montant_ttc", "etat", "reconstitue");
    return cli_code(vue_commandes(&c->ctx, 0, &c->tableau));
}

int cmd_commande_voir(struct cli *c)
{
    int64_t commande;
    if (!vue_commande_resoudre(&c->ctx, c->ligne.arguments[0], &commande))
        return SORTIE_REFUS;
    if (c->sortie.format != FORMAT_TABLE)
        return cli_code(vue_commandes(&c->ctx, commande, &c->tableau));
    struct buffer texte = {0};
    bool bon = vue_commande_voir(&c->ctx, commande, &texte);
    if (bon)
        sortie_texte(&c->sortie, texte.bytes, texte.len);
    buffer_free(&texte);
    return cli_code(bon);
}

/* --- controler --- */

void dire_controle(struct cli *c, const struct controle_rapport *r)
{
    struct buffer b = {0};
    compte(&b, r->commandes, "commande contrôlée", "commandes contrôlées");
    const struct { size_t n; const char *un, *plusieurs; } v[] = {
        {r->conformes + r->informations, "conforme", "conformes"}, {r->attentes, "en attente", "en attente"},
        {r->justifiees, "discordance justifiée", "discordances justifiées"},
        {r->discordances, "discordance", "discordances"}, {r->anomalies, "anomalie", "anomalies"}};
    if (r->hors_vigueur > 0) {
        buffer_puts(&b, ", ");
        compte(&b, r->hors_vigueur, "qui n'est plus en vigueur laissée de côté", "qui ne sont plus en vigueur laissées de côté");
    }
    const char *avant = " : ";
    for (size_t i = 0; i < sizeof v / sizeof *v; i++)
        if (v[i].n > 0) {
            buffer_puts(&b, avant);
            compte(&b, v[i].n, v[i].un, v[i].plusieurs);
            avant = ", ";
            if (i == 0 && r->informations > 0) {
                buffer_puts(&b, " (dont ");
                compte(&b, r->informations, "avec information", "avec information");
                buffer_putc(&b, ')');
            }
        }
    if (r->litiges > 0) {
        buffer_puts(&b, " ; ");
        compte(&b, r->litiges, "est en litige", "sont en litige");
    }
    cli_dire(c, "%s.", b.bytes);
    buffer_clear(&b);
    if (r->financements > 0) {
        compte(&b, r->financements, "financement contrôlé", "financements contrôlés");
        const struct compte_mots f[] = {
            {r->financements_attentes, "en attente", "en attente"}, {r->financements_anomalies, "anomalie", "anomalies"}};
        comptes(&b, f, sizeof f / sizeof *f);
        cli_dire(c, "%s.", b.bytes);
    }
    buffer_free(&b);
}

/* Named orders: every message, with what to do. The whole registre: one row per verdict. */
int cmd_controler(struct cli *c)
{
    size_t n;
    if (option_donnee(&c->ligne, OPT_FICHIER))
        return controler_fichier(c);
    if ((c->ligne.donnees & (OPTION_BIT(OPT_ANNOTER) | OPTION_BIT(OPT_CORRESPONDANCE) | OPTION_BIT(OPT_DEFAUT))) != 0) {
        diag_erreur(&c->diags, E_CLI_ARGUMENTS, "--annoter, --correspondance et --defaut vont avec --fichier");
        return SORTIE_USAGE;
    }
    int64_t *commandes = lire_commandes(c, 0, &n);
    if (!commandes)
        return SORTIE_REFUS;
    bool messages = n > 0 && c->sortie.format == FORMAT_TABLE;
    struct tableau_sortie muet = tableau_muet();
    struct controle_rapport r = {0};
    CLI_COLONNES(c, "numero", "regle", "gravite", "finess_et", "message", "justification");
    bool bon = vue_controler(&c->ctx, commandes, n, messages, messages ? &muet : &c->tableau, &r);
    memoire_free(commandes);
    if (!bon)
        return SORTIE_REFUS;
    dire_controle(c, &r);
    if (!messages && c->sortie.format == FORMAT_TABLE && r.commandes > r.conformes + r.informations)
        cli_noter(c, "Que faire : sons controler COMMANDE ; tout dans un tableur : sons controler --format csv.");
    return r.anomalies + r.financements_anomalies > 0 ? SORTIE_REFUS : SORTIE_FAIT;
}

/* A text, of an order, about everything that ASP said. */
static int lettre(struct cli *c)
{
    int64_t commande;
    if (c->ligne.n_arguments > 1 || c->sortie.format != FORMAT_TABLE) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "une lettre est un texte, qui répond à tous les motifs : --lettre va sans règle ni --format"),
                     "sons expliquer COMMANDE --lettre");
        return SORTIE_USAGE;
    }
    if (!vue_commande_resoudre(&c->ctx, c->ligne.arguments[0], &commande))
        return SORTIE_REFUS;
    struct buffer texte = {0};
    const bool bon = vue_lettre(&c->ctx, commande, &texte);
    if (bon) {
        sortie_texte(&c->sortie, texte.bytes, texte.len);
        cli_noter(c, "Projet à relire : ce qui est entre crochets est à compléter ou à ôter.");
    }
    buffer_free(&texte);
    return cli_code(bon);
}

int cmd_expliquer(struct cli *c)
{
    if (option_donnee(&c->ligne, OPT_LETTRE))
        return lettre(c);
    int64_t commande;
    finess et;
    const char *regle = c->ligne.n_arguments > 1 ? c->ligne.arguments[1] : NULL;
    const bool financement = vue_financement_resoudre(&c->ctx, c->ligne.arguments[0], &et);
    if (!financement && !vue_commande_resoudre(&c->ctx, c->ligne.arguments[0], &commande))
        return SORTIE_REFUS;
    struct buffer texte = {0};
    struct tableau_sortie muet = tableau_muet();
    bool table = c->sortie.format == FORMAT_TABLE;
    struct tableau_sortie *s = table ? &muet : &c->tableau;
    bool bon = financement ? vue_expliquer_financement(&c->ctx, et, regle, &texte, s)
                           : vue_expliquer(&c->ctx, commande, regle, &texte, s);
    if (bon && table)
        sortie_texte(&c->sortie, texte.bytes, texte.len);
    buffer_free(&texte);
    return cli_code(bon);
}
