/* contact, personnes. */
#include "cli/commandes.h"
#include "cli/commun.h"
#include "cli/import.h"
#include "metier/vues.h"

int cmd_contact_importer(struct cli *c)
{
    return importer_argument(c, FEUILLE_CONTACTS);
}

int cmd_contact_declarer(struct cli *c)
{
    return importer_colonnes(c, FEUILLE_CONTACTS);
}

int cmd_contact_retirer(struct cli *c)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_CONTACTS, &n);
    struct feuille *f = feuille_de_valeurs("ligne de commande", champs, n, c->ligne.colonnes, &c->diags);
    const bool bon = acte_contact_retirer(&c->ctx, f, c->ligne.valeurs[OPT_MOTIF]);
    feuille_free(f);
    if (!bon)
        return SORTIE_REFUS;
    cli_a_ecrit(c, true);
    cli_dire(c, "Contact retiré ; son nom reste gardé jusqu'à ce qu'on l'efface (sons personnes effacer).");
    return SORTIE_FAIT;
}

int cmd_contact_lister(struct cli *c)
{
    return cli_code(vue_contacts(&c->ctx, &c->tableau));
}

/* The name, words joined by spaces; NULL when none is given. The order, 0 when none is. */
static bool cible_lire(struct cli *c, struct buffer *nom, int64_t *commande)
{
    for (size_t i = 0; i < c->ligne.n_arguments; i++)
        buffer_printf(nom, "%s%s", i > 0 ? " " : "", c->ligne.arguments[i]);
    *commande = 0;
    return !option_donnee(&c->ligne, OPT_COMMANDE) || vue_commande_resoudre(&c->ctx, c->ligne.valeurs[OPT_COMMANDE], commande);
}

int cmd_personnes_voir(struct cli *c)
{
    struct buffer nom = {0};
    int64_t commande;
    const bool bon = cible_lire(c, &nom, &commande) && vue_personnes(&c->ctx, nom.len > 0 ? nom.bytes : NULL, commande, &c->tableau);
    buffer_free(&nom);
    if (bon && c->sortie.format == FORMAT_TABLE)
        cli_noter(c, "Les pièces jointes ne sont pas lues : elles peuvent porter ces noms.");
    return cli_code(bon);
}

int cmd_personnes_effacer(struct cli *c)
{
    static const struct colonne colonnes[] = {{"noms", "noms", CELLULE_ENTIER}, {"entrees", "entrées", CELLULE_ENTIER},
                                              {"commandes", "commandes", CELLULE_ENTIER}, {"ailleurs", "ailleurs", CELLULE_ENTIER}};
    struct buffer nom = {0}, b = {0};
    struct effacement e;
    int64_t commande;
    bool bon = cible_lire(c, &nom, &commande);
    if (bon && nom.len == 0 && commande == 0) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "donner un nom, ou --commande"),
                     "sons personnes effacer NOM --motif TEXTE, ou --commande COMMANDE --motif TEXTE");
        bon = false;
    }
    bon = bon && acte_personnes_effacer(&c->ctx, nom.len > 0 ? nom.bytes : NULL, commande, c->ligne.valeurs[OPT_MOTIF], &e);
    buffer_free(&nom);
    if (!bon)
        return SORTIE_REFUS;
    cli_a_ecrit(c, true);
    compte(&b, e.noms, "nom effacé", "noms effacés");
    buffer_puts(&b, " de ");
    compte(&b, e.entrees, "entrée", "entrées");
    buffer_puts(&b, ", ");
    compte(&b, e.commandes, "commande concernée", "commandes concernées");
    buffer_puts(&b, ".");
    if (e.ailleurs > 0) {
        buffer_puts(&b, " Le même se lit encore ailleurs : ");
        compte(&b, e.ailleurs, "fois", "fois");
        buffer_puts(&b, " (sons personnes voir).");
    }
    buffer_puts(&b, "\nUne copie du registre faite avant le porte encore.");
    const struct cellule cellules[] = {cellule_entier((int64_t)e.noms), cellule_entier((int64_t)e.entrees),
                                       cellule_entier((int64_t)e.commandes), cellule_entier((int64_t)e.ailleurs)};
    cli_rapporter(c, b.bytes, colonnes, cellules, 4);
    buffer_free(&b);
    return SORTIE_FAIT;
}
