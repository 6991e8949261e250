/* fournisseur, solution, financement. */
#include <string.h>
#include "cli/commandes.h"
#include "cli/commun.h"
#include "cli/import.h"
#include "metier/vues.h"

int cmd_fournisseur_importer(struct cli *c)
{
    return importer_argument(c, FEUILLE_FOURNISSEURS);
}

int cmd_fournisseur_declarer(struct cli *c)
{
    return importer_colonnes(c, FEUILLE_FOURNISSEURS);
}

int cmd_fournisseur_enroler(struct cli *c)
{
    uint32_t siren;
    if (!lire_siren(c, c->ligne.arguments[0], "SIREN", &siren))
        return SORTIE_USAGE;
    struct jour le = instant_jour(c->ctx.le), avant;
    if (!acte_fournisseur_enroler(&c->ctx, siren, le, &avant))
        return SORTIE_REFUS;
    char numero[10], jour[JOUR_TEXTE_MAX], ancien[JOUR_TEXTE_MAX];
    const bool deja = jour_present(avant) && jour_cmp(avant, le) == 0;
    siren_texte(siren, numero);
    jour_fr(le, jour);
    jour_fr(avant, ancien);
    cli_a_ecrit(c, !deja);
    if (deja)
        cli_dire(c, "Fournisseur %s déjà enrôlé à l'ASP le %s, inchangé.", numero, jour);
    else if (jour_present(avant))
        cli_dire(c, "Fournisseur %s enrôlé à l'ASP le %s, au lieu du %s.", numero, jour, ancien);
    else
        cli_dire(c, "Fournisseur %s enrôlé à l'ASP le %s.", numero, jour);
    return SORTIE_FAIT;
}

int cmd_fournisseur_lister(struct cli *c)
{
    return cli_code(vue_fournisseurs(&c->ctx, &c->tableau));
}

int cmd_solution_importer(struct cli *c)
{
    return importer_argument(c, FEUILLE_SOLUTIONS);
}

int cmd_solution_declarer(struct cli *c)
{
    return importer_colonnes(c, FEUILLE_SOLUTIONS);
}

int cmd_solution_lister(struct cli *c)
{
    return cli_code(vue_solutions(&c->ctx, &c->tableau));
}

int cmd_financement_importer(struct cli *c)
{
    return importer_argument(c, FEUILLE_FINANCEMENTS);
}

int cmd_financement_declarer(struct cli *c)
{
    return importer_colonnes(c, FEUILLE_FINANCEMENTS);
}

/* By sheet (--fichier), or for the order named as argument. */
int cmd_financement_attester(struct cli *c)
{
    const struct ligne_commande *l = &c->ligne;
    bool feuille = option_donnee(l, OPT_FICHIER);
    if (feuille == (l->n_arguments == 1) || (feuille && !colonnes_vides(l))) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "donner une commande et ses colonnes, ou --fichier"),
                     "sons financement attester COMMANDE --date-attestation DATE --piece FICHIER, ou --fichier FEUILLE.csv");
        return SORTIE_USAGE;
    }
    if (feuille)
        return importer_feuille(c, FEUILLE_ATTESTATIONS, l->valeurs[OPT_FICHIER]);
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_ATTESTATIONS, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(champs[i].nom, "numero") == 0)
            c->ligne.colonnes[i] = slice_of(l->arguments[0]);
    return importer_colonnes(c, FEUILLE_ATTESTATIONS);
}

int cmd_financement_lister(struct cli *c)
{
    return cli_code(vue_financements(&c->ctx, &c->tableau));
}
