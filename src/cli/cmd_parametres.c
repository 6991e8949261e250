/* regles, parametres. */
#include "cli/commandes.h"
#include "cli/commun.h"
#include "metier/actes.h"
#include "metier/vues.h"

int cmd_regles(struct cli *c)
{
    CLI_COLONNES(c, "regle", "etape", "gravite", "titre", "source");
    bool bon = vue_regles(&c->ctx, &c->tableau);
    cli_noter(c, "Les annexes des arrêtés (mentions obligatoires du bon de commande, de la facture et de la VA) ne sont pas"
                 " tenues ici :\n« conforme » ne couvre que les règles de cette liste.");
    return cli_code(bon);
}

int cmd_parametres(struct cli *c)
{
    CLI_COLONNES(c, "cle", "valeur", "depuis", "date", "inference", "source");
    bool bon = vue_parametres(&c->ctx, &c->tableau);
    if (bon && c->ctx.registre)
        cli_noter(c, "Calendrier en vigueur : %s.", calendrier_nom(c->ctx.calendrier));
    else if (bon)
        cli_noter(c, "Sans registre : paramètres livrés avec le programme, calendrier %s.",
                  calendrier_nom(c->ctx.calendrier));
    return cli_code(bon);
}

int cmd_parametres_calendrier(struct cli *c)
{
    const char *mots[] = {[CALENDRIER_INITIAL] = calendrier_nom(CALENDRIER_INITIAL),
                          [CALENDRIER_PROROGE] = calendrier_nom(CALENDRIER_PROROGE)};
    int rang = lire_mot(c, c->ligne.arguments[0], "le calendrier", mots, 2);
    if (rang < 0)
        return SORTIE_USAGE;
    const bool change = (enum calendrier)rang != c->ctx.calendrier;
    size_t commandes = 0;
    struct buffer b = {0};
    if ((change && !vue_calendrier_effet(&c->ctx, (enum calendrier)rang, &c->tableau, &commandes)) ||
        !acte_calendrier_choisir(&c->ctx, (enum calendrier)rang))
        return SORTIE_REFUS;
    cli_a_ecrit(c, change);
    if (commandes > 0)
        compte(&b, commandes, "commande change de verdict.", "commandes changent de verdict.");
    cli_dire(c, "Calendrier choisi : %s. %s", mots[rang], b.len > 0 ? b.bytes : "Aucun verdict ne change.");
    buffer_free(&b);
    return SORTIE_FAIT;
}
