/* fournisseur voir, mandat. */
#include "cli/commandes.h"
#include "cli/commun.h"
#include "cli/import.h"
#include "metier/vues.h"

int cmd_fournisseur_voir(struct cli *c)
{
    uint32_t siren;
    if (!lire_siren(c, c->ligne.arguments[0], "SIREN", &siren))
        return SORTIE_USAGE;
    return cli_code(vue_fournisseur_voir(&c->ctx, siren, &c->tableau, &c->entete));
}

int cmd_mandat_importer(struct cli *c)
{
    return importer_argument(c, FEUILLE_MANDATS);
}

int cmd_mandat_declarer(struct cli *c)
{
    return importer_colonnes(c, FEUILLE_MANDATS);
}

int cmd_mandat_retirer(struct cli *c)
{
    size_t n;
    bool deja = false;
    char jour[JOUR_TEXTE_MAX];
    const struct feuille_champ *champs = feuille_champs(FEUILLE_RETRAITS, &n);
    struct feuille *f = feuille_de_valeurs("ligne de commande", champs, n, c->ligne.colonnes, &c->diags);
    const bool bon = acte_mandat_retirer(&c->ctx, f, c->ligne.valeurs[OPT_MOTIF], &deja);
    feuille_free(f);
    if (!bon)
        return SORTIE_REFUS;
    cli_a_ecrit(c, !deja);
    cli_dire(c, deja ? "Mandat déjà retiré le %s, inchangé." : "Mandat retiré : il ne vaut plus à partir du %s.",
             jour_fr(instant_jour(c->ctx.le), jour));
    return SORTIE_FAIT;
}

int cmd_mandat_lister(struct cli *c)
{
    return cli_code(vue_mandats(&c->ctx, &c->tableau));
}
