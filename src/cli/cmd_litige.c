/* litige. */
#include "cli/commandes.h"
#include "cli/commun.h"
#include "metier/litiges.h"
#include "metier/vues.h"

static int rapporter(struct cli *c, const char *fait, const struct litige_rapport *r)
{
    char t[JOUR_TEXTE_MAX];
    cli_a_ecrit(c, !r->deja);
    if (r->deja)
        cli_dire(c, "Déjà enregistré, inchangé.");
    else
        cli_dire(c, "%s%s%s.", fait, *r->contre ? " contre " : "", r->contre);
    if (r->hors_delai)
        cli_noter(c, "La réponse est hors délai : elle était attendue au plus tard le %s.", jour_fr(r->limite, t));
    return SORTIE_FAIT;
}

static const char *option(const struct cli *c, enum option o)
{
    return option_donnee(&c->ligne, o) ? c->ligne.valeurs[o] : NULL;
}

int cmd_litige_ouvrir(struct cli *c)
{
    struct litige_rapport r;
    int64_t commande;
    char t[JOUR_TEXTE_MAX];
    if (!vue_commande_resoudre(&c->ctx, c->ligne.arguments[0], &commande) ||
        !acte_litige_ouvrir(&c->ctx, commande, option(c, OPT_CONTRE), option(c, OPT_PIECE), &r))
        return SORTIE_REFUS;
    const int code = rapporter(c, "Litige ouvert", &r);
    if (!r.deja && jour_present(r.limite))
        cli_dire(c, "Répondre au plus tard le %s (jours ouvrés, courrier non compté) : sons litige repondre %s maintenir|corriger|retirer",
                 jour_fr(r.limite, t), c->ligne.arguments[0]);
    return code;
}

int cmd_litige_repondre(struct cli *c)
{
    struct litige_rapport r;
    const char *reponses[LITIGE_REPONSE_NOMBRE];
    int64_t commande;
    for (int i = 0; i < LITIGE_REPONSE_NOMBRE; i++)
        reponses[i] = litige_reponse_nom((enum litige_reponse)i);
    const int reponse = lire_mot(c, c->ligne.arguments[1], "la réponse", reponses, LITIGE_REPONSE_NOMBRE);
    if (reponse < 0)
        return SORTIE_USAGE;
    if (!vue_commande_resoudre(&c->ctx, c->ligne.arguments[0], &commande) ||
        !acte_litige_repondre(&c->ctx, commande, (enum litige_reponse)reponse, option(c, OPT_CONTRE), option(c, OPT_PIECE), &r))
        return SORTIE_REFUS;
    return rapporter(c, reponse == LITIGE_RETIRER ? "Commande retirée : elle n'est plus en vigueur dans ce litige" : "Réponse enregistrée, dans le litige", &r);
}

int cmd_litige_conclure(struct cli *c)
{
    static const char *const issues[] = {"retenue", "ecartee"};
    struct litige_rapport r;
    int64_t commande;
    const int issue = lire_mot(c, c->ligne.arguments[1], "l'issue", issues, 2);
    if (issue < 0)
        return SORTIE_USAGE;
    if (!vue_commande_resoudre(&c->ctx, c->ligne.arguments[0], &commande) ||
        !acte_litige_conclure(&c->ctx, commande, issue == 0, option(c, OPT_CONTRE), option(c, OPT_MOTIF), option(c, OPT_PIECE), &r))
        return SORTIE_REFUS;
    return rapporter(c, issue == 0 ? "Commande retenue" : "Commande écartée : elle n'est plus en vigueur, dans le litige", &r);
}

int cmd_litige_lister(struct cli *c)
{
    return cli_code(vue_litiges(&c->ctx, &c->tableau));
}
