/* initialiser, journal. */
#include <string.h>
#include "cli/commandes.h"
#include "cli/cmd_sceau.h"
#include "cli/commun.h"
#include "metier/actes.h"
#include "metier/vues.h"

int cmd_initialiser(struct cli *c)
{
    static const char *const roles[] = {
        [TITULAIRE_EDITEUR] = "editeur", [TITULAIRE_OG] = "og", [TITULAIRE_AUDITEUR] = "auditeur"};
    const struct ligne_commande *l = &c->ligne;
    struct initialisation i = {.chemin = c->registre, .nom = l->valeurs[OPT_NOM], .horloge = c->horloge,
                               .fictif = option_donnee(l, OPT_FICTIF), .groupe = option_donnee(l, OPT_GROUPE)};
    bool bon = true;
    if (!i.fictif && !option_donnee(l, OPT_ROLE)) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "il manque --role et --siren, ou --fictif"),
                     "sons initialiser --role editeur --siren N, ou --fictif pour une démonstration");
        bon = false;
    }
    if (option_donnee(l, OPT_ROLE)) {
        int rang = lire_mot(c, l->valeurs[OPT_ROLE], "--role", roles, sizeof roles / sizeof *roles);
        bon &= rang >= 0;
        i.role = rang >= 0 ? (enum titulaire_role)rang : TITULAIRE_EDITEUR;
    }
    if (option_donnee(l, OPT_SIREN))
        bon &= lire_siren(c, l->valeurs[OPT_SIREN], "--siren", &i.siren);
    else if (bon && !i.fictif && i.role != TITULAIRE_AUDITEUR) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "il manque --siren"), "donner le SIREN du titulaire du registre");
        bon = false;
    }
    if (option_donnee(l, OPT_ESSAI)) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_OPTION, "--essai ne va pas avec « initialiser »"),
                     "créer un registre fictif ailleurs : sons initialiser --fictif --registre essai.db");
        bon = false;
    }
    if (!bon)
        return SORTIE_USAGE;
    if (!acte_initialiser(&i, &c->diags))
        return SORTIE_REFUS;
    cli_dire(c, "Registre %scréé : %s", i.fictif ? "fictif " : "", i.chemin);
    return SORTIE_FAIT;
}

int cmd_journal_voir(struct cli *c)
{
    int64_t numero;
    if (c->ligne.n_arguments == 0)
        return cli_code(vue_journal(&c->ctx, 1, INT64_MAX, &c->tableau));
    if (!lire_entier(c, c->ligne.arguments[0], "ENTREE", 1, INT64_MAX, &numero))
        return SORTIE_USAGE;
    if (c->sortie.format != FORMAT_TABLE)
        return cli_code(vue_journal(&c->ctx, numero, numero, &c->tableau));
    struct buffer octets = {0};
    bool bon = vue_journal_entree(&c->ctx, numero, &octets);
    /* Exactly these bytes: `sons journal voir 1 | sha256sum` is the hash that entry 2 names. */
    if (bon)
        sortie_octets(&c->sortie, octets.bytes, octets.len);
    buffer_free(&octets);
    return cli_code(bon);
}

int cmd_journal_verifier(struct cli *c)
{
    static const struct colonne colonnes[] = {
        {"entrees", "entrées", CELLULE_ENTIER}, {"tete", "tête", CELLULE_TEXTE},
        {"bases", "bases", CELLULE_ENTIER}, {"etablissements", "établissements", CELLULE_ENTIER},
        {"pieces", "pièces", CELLULE_ENTIER}, {"projections", "projections", CELLULE_ENTIER},
        {"effaces", "noms effacés", CELLULE_ENTIER}};
    const bool tout = option_donnee(&c->ligne, OPT_TOUT);
    const int sceaux = sceaux_traiter(c);
    if (sceaux >= 0)
        return sceaux;
    struct verification_rapport r = {0};
    if (!vue_journal_verifier(&c->ctx, tout, &r)) {
        if (c->diags.pire != SORTIE_JOURNAL)
            return SORTIE_REFUS; /* not verified at all */
        if (r.chaine)
            cli_dire(c, "La chaîne du journal tient, mais %s n'est pas sain : voir ce qu'il faut faire ci-dessus.", c->registre);
        else
            cli_dire(c, "JOURNAL ROMPU : ne plus rien écrire dans %s ; repartir d'une sauvegarde.", c->registre);
        return SORTIE_JOURNAL;
    }
    struct buffer b = {0};
    compte(&b, (uint64_t)r.entrees, "entrée vérifiée", "entrées vérifiées");
    buffer_puts(&b, " : chaîne et forme intactes.");
    if (tout) {
        buffer_puts(&b, "\nVérifiés aussi : ");
        compte(&b, r.projections, "projection refaite", "projections refaites");
        buffer_puts(&b, ", ");
        compte(&b, r.bases, "base", "bases");
        buffer_puts(&b, " (");
        compte(&b, r.etablissements, "établissement", "établissements");
        buffer_puts(&b, "), ");
        compte(&b, r.pieces, "pièce", "pièces");
        if (r.effaces > 0) {
            buffer_puts(&b, ", ");
            compte(&b, r.effaces, "nom effacé, son engagement au journal", "noms effacés, leurs engagements au journal");
        }
        buffer_putc(&b, '.');
    }
    buffer_printf(&b, "\nTête : %s\nUn journal coupé à la fin se vérifie encore : le comparer à un sceau (--sceau), ou la tête à une tête notée ailleurs.",
                  r.tete);
    const struct cellule vide = cellule_vide();
    const struct cellule cellules[] = {
        cellule_entier(r.entrees), cellule_texte(r.tete),
        tout ? cellule_entier((int64_t)r.bases) : vide, tout ? cellule_entier((int64_t)r.etablissements) : vide,
        tout ? cellule_entier((int64_t)r.pieces) : vide, tout ? cellule_entier((int64_t)r.projections) : vide,
        tout ? cellule_entier((int64_t)r.effaces) : vide};
    cli_rapporter(c, b.bytes, colonnes, cellules, 7);
    buffer_free(&b);
    sceau_rappeler(c);
    return SORTIE_FAIT;
}

int cmd_journal_reconstruire(struct cli *c)
{
    if (!acte_journal_reconstruire(&c->ctx))
        return SORTIE_REFUS;
    cli_dire(c, "Projections refaites d'après le journal.");
    return SORTIE_FAIT;
}
