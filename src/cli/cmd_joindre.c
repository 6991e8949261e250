/* commande joindre: one file, or all those of a folder. */
#include <string.h>
#include "cli/affichage.h"
#include "cli/commandes.h"
#include "cli/import.h"
#include "cli/commun.h"
#include "metier/actes.h"
#include "metier/joindre.h"
#include "metier/vues.h"

/* The role given, else that of the order itself when there is a folder. −1 = fault. */
static int lire_role(struct cli *c, const char **nom)
{
    const char *roles[PIECE_AUTRE + 1]; /* those of a cancellation come with it */
    for (int i = 0; i <= PIECE_AUTRE; i++)
        roles[i] = piece_role_nom((enum piece_role)i);
    const int role = option_donnee(&c->ligne, OPT_ROLE) ? lire_mot(c, c->ligne.valeurs[OPT_ROLE], "--role", roles, PIECE_AUTRE + 1)
                                                        : (int)PIECE_BON_DE_COMMANDE;
    *nom = role < 0 ? NULL : roles[role];
    return role;
}

static bool ecrire(struct cli *c, const struct jonction *j)
{
    static const struct colonne colonnes[] = {
        {"fichier", "fichier", CELLULE_TEXTE}, {"resultat", "résultat", CELLULE_TEXTE}, {"commande", "commande", CELLULE_TEXTE},
        {"fournisseur", "fournisseur", CELLULE_SIREN}, {"par", "trouvée par", CELLULE_TEXTE}, {"raison", "raison", CELLULE_TEXTE}};
    const struct tableau_sortie *t = &c->tableau;
    struct buffer nom = {0};
    bool ok = t->debut(t->ctx, colonnes, sizeof colonnes / sizeof *colonnes);
    for (size_t i = 0; ok && i < j->n; i++) {
        const struct jonction_fichier *f = &j->items[i];
        buffer_clear(&nom);
        affichage_ligne(&nom, f->nom, strlen(f->nom));
        const struct cellule cellules[] = {
            cellule_slice((struct slice){nom.bytes, nom.len}), cellule_texte(jonction_sort_nom(f->sort)), cellule_texte(f->commande),
            cellule_siren(f->fournisseur), cellule_texte(f->commande == NULL ? NULL : f->par_reference ? "référence externe" : "numéro"),
            cellule_texte(f->raison)};
        ok = t->ligne(t->ctx, cellules, sizeof cellules / sizeof *cellules);
    }
    buffer_free(&nom);
    return ok && t->fin(t->ctx);
}

static void phrase(struct cli *c, const struct jonction *j)
{
    static const struct { const char *un, *plusieurs; } mots[JONCTION_SORTS] = {
        {"joint", "joints"}, {"inchangé", "inchangés"}, {"sans commande", "sans commande"}, {"ambigu", "ambigus"}, {"refusé", "refusés"}};
    struct buffer b = {0};
    const char *avant = " : ";
    compte(&b, j->n, "fichier", "fichiers");
    for (int s = 0; s < JONCTION_SORTS; s++)
        if (j->par_sort[s] > 0) {
            buffer_puts(&b, avant);
            compte(&b, j->par_sort[s], mots[s].un, mots[s].plusieurs);
            avant = ", ";
        }
    cli_dire(c, "%s.", b.bytes);
    buffer_free(&b);
}

static int joindre_dossier(struct cli *c, enum piece_role role)
{
    struct jonction j;
    const bool bon = acte_dossier_joindre(&c->ctx, c->ligne.valeurs[OPT_DOSSIER], role, &j);
    const size_t joints = j.par_sort[JONCTION_JOINT];
    const bool tous = joints + j.par_sort[JONCTION_INCHANGE] == j.n;
    CLI_COLONNES(c, "fichier", "resultat", "commande", "raison");
    cli_montrer_diagnostics(c);
    if (j.n > 0 && (bon || c->diags.erreurs == 0) && ecrire(c, &j))
        phrase(c, &j);
    if (!bon)
        import_refuse(c);
    else if (j.caches > 0)
        cli_noter(c, j.caches > 1 ? "%zu fichiers cachés n'ont pas été regardés." : "%zu fichier caché n'a pas été regardé.", j.caches);
    if (bon && !tous)
        cli_noter(c, "À faire : nommer chaque fichier laissé d'après le numéro de sa commande (SIREN compris s'il le faut), ou le joindre seul :\n"
                     "sons commande joindre COMMANDE FICHIER --role ROLE");
    if (bon)
        cli_a_ecrit(c, joints > 0);
    jonction_free(&j);
    return cli_code(bon && tous);
}

static int joindre_un(struct cli *c, enum piece_role role, const char *nom)
{
    int64_t commande;
    bool deja;
    if (!vue_commande_resoudre(&c->ctx, c->ligne.arguments[0], &commande) ||
        !acte_commande_joindre(&c->ctx, commande, role, c->ligne.arguments[1], &deja))
        return SORTIE_REFUS;
    cli_a_ecrit(c, !deja);
    cli_dire(c, deja ? "Pièce déjà jointe à la commande %s, inchangée : %s (%s)." : "Pièce jointe à la commande %s : %s (%s).",
             c->ligne.arguments[0], c->ligne.arguments[1], nom);
    return SORTIE_FAIT;
}

int cmd_commande_joindre(struct cli *c)
{
    const bool dossier = option_donnee(&c->ligne, OPT_DOSSIER);
    const char *nom;
    if (c->ligne.n_arguments != (dossier ? 0 : 2) || (!dossier && !option_donnee(&c->ligne, OPT_ROLE))) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "donner une commande, un fichier et --role, ou --dossier"),
                     "sons commande joindre COMMANDE FICHIER --role ROLE, ou sons commande joindre --dossier DOSSIER");
        return SORTIE_USAGE;
    }
    const int role = lire_role(c, &nom);
    if (role < 0)
        return SORTIE_USAGE;
    return dossier ? joindre_dossier(c, (enum piece_role)role) : joindre_un(c, (enum piece_role)role, nom);
}
