/* facture, va. */
#include "cli/commandes.h"
#include "cli/import.h"
#include "metier/feuilles.h"
#include "metier/va_document.h"

/* An order and its columns, or --fichier: exit code 0 when it is one of the two. `avec`: columns may complete the file. */
static bool une_des_deux(struct cli *c, bool avec)
{
    const struct ligne_commande *l = &c->ligne;
    const bool fichier = option_donnee(l, OPT_FICHIER);
    char nom[64];
    if (fichier != (l->n_arguments == 1) && (!fichier || avec || colonnes_vides(l)))
        return true;
    commande_intitule(l->commande, nom);
    diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "donner une commande et ses colonnes, ou --fichier"),
                 "sons %s COMMANDE …, ou sons %s --fichier FEUILLE.csv", nom, nom);
    return false;
}

static int enregistrer(struct cli *c, enum feuille_genre g, size_t colonne_commande)
{
    if (option_donnee(&c->ligne, OPT_FICHIER))
        return importer_feuille(c, g, c->ligne.valeurs[OPT_FICHIER]);
    c->ligne.colonnes[colonne_commande] = slice_of(c->ligne.arguments[0]);
    return importer_colonnes(c, g);
}

int cmd_facture_enregistrer(struct cli *c)
{
    return une_des_deux(c, false) ? enregistrer(c, FEUILLE_FACTURES, U_COMMANDE) : SORTIE_USAGE;
}

int cmd_va_enregistrer(struct cli *c)
{
    const struct ligne_commande *l = &c->ligne;
    const bool xml = option_donnee(l, OPT_FICHIER) && va_est_xml(l->valeurs[OPT_FICHIER]);
    if (!une_des_deux(c, xml))
        return SORTIE_USAGE;
    if (!xml)
        return enregistrer(c, FEUILLE_VA, W_COMMANDE);
    struct import_rapport r = {0};
    struct feuille *f = va_feuille(&c->ctx, l->valeurs[OPT_FICHIER], l->colonnes);
    const bool bon = f != NULL && acte_feuille_importer(&c->ctx, FEUILLE_VA, f, &r);
    const int code = import_rendre(c, FEUILLE_VA, NULL, bon, &r);
    feuille_free(f);
    return code;
}

int cmd_va_preparer(struct cli *c)
{
    struct buffer b = {0};
    struct va_rapport r = {0};
    size_t n;
    int64_t *commandes = lire_commandes(c, 0, &n);
    const bool bon = commandes != NULL && va_preparer(&c->ctx, commandes, n, c->ligne.valeurs[OPT_SORTIE], &r);
    if (bon) {
        compte(&b, r.commandes, "VA préparée", "VA préparées");
        buffer_puts(&b, " : ");
        compte(&b, r.essms, "ESSMS", "ESSMS");
        buffer_puts(&b, ", ");
        compte(&b, r.fichiers, "fichier écrit", "fichiers écrits");
        buffer_printf(&b, " dans %s.", c->ligne.valeurs[OPT_SORTIE]);
        cli_dire(c, "%s", b.bytes);
    }
    memoire_free(commandes);
    buffer_free(&b);
    return cli_code(bon);
}
