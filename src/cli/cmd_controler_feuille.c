/* controler --fichier: a sheet of orders before anything is recorded; --annoter gives it back. */
#include <string.h>
#include <unistd.h>
#include "cli/commandes.h"
#include "cli/import.h"
#include "cli/lecture_feuille.h"
#include "metier/controle_feuille.h"

#define ANNOTER_MAX 1000000 /* diagnostics kept when each must be written beside its row */

/* One row per thing said, for a spreadsheet or a program. */
static bool lister(struct cli *c)
{
    static const struct colonne colonnes[] = {
        {"ligne", "ligne", CELLULE_ENTIER}, {"cellule", "cellule", CELLULE_TEXTE}, {"code", "code", CELLULE_TEXTE}, {"gravite", "gravité", CELLULE_TEXTE},
        {"message", "constat", CELLULE_TEXTE}, {"trouve", "trouvé", CELLULE_TEXTE}, {"attendu", "attendu", CELLULE_TEXTE},
        {"a_faire", "à faire", CELLULE_TEXTE}, {"source", "source", CELLULE_TEXTE}};
    const struct tableau_sortie *t = &c->tableau;
    bool ok = t->debut(t->ctx, colonnes, sizeof colonnes / sizeof *colonnes);
    for (size_t i = 0; ok && i < c->diags.n; i++) {
        const struct diag *d = &c->diags.items[i];
        char cellule[32] = "";
        if (d->ligne > 0 && d->colonne > 0)
            (void)cellule_nom(d->colonne, d->ligne, cellule);
        const struct cellule cellules[] = {
            d->ligne > 0 ? cellule_entier((int64_t)d->ligne) : cellule_vide(), cellule_texte(cellule), cellule_texte(d->code),
            cellule_texte(gravite_nom(d->gravite)), cellule_texte(d->message), cellule_texte(d->trouve), cellule_texte(d->attendu),
            cellule_texte(d->a_faire), cellule_texte(d->source)};
        ok = t->ligne(t->ctx, cellules, sizeof cellules / sizeof *cellules);
    }
    return ok && t->fin(t->ctx);
}

static void dire(struct cli *c, const struct controle_feuille *k)
{
    if (k->non_jugees > 0)
        cli_noter(c, k->non_jugees > 1 ? "%zu commandes non jugées : leurs lignes sont à corriger d'abord." : "%zu commande non jugée : ses lignes sont à corriger d'abord.",
                  k->non_jugees);
    if (k->n_ecartees > 0)
        cli_noter(c, k->n_ecartees > 1 ? "%zu commandes laissées de côté : annulées ou remplacées ailleurs." : "%zu commande laissée de côté : annulée ou remplacée ailleurs.",
                  k->n_ecartees);
    dire_controle(c, &k->rapport);
    cli_noter(c, "Rien n'est enregistré : la feuille est seulement contrôlée.");
}

static bool annoter(struct cli *c, struct feuille *f, const struct controle_feuille *k)
{
    const char *chemin = c->ligne.valeurs[OPT_ANNOTER];
    if (!controle_annoter(&c->ctx, f, k, chemin))
        return false;
    c->rendus = c->diags.n; /* what is said of each row is beside it */
    cli_noter(c, "Feuille annotée : %s.", chemin);
    return true;
}

static int controler(struct cli *c, struct feuille *f)
{
    struct controle_feuille k = {0};
    bool ok = commandes_controler(&c->ctx, f, &k);
    for (size_t i = 0; feuille_inconnue(f, i); i++)
        cli_noter(c, "Colonne ignorée : %s", feuille_inconnue(f, i));
    const uint64_t fautes = c->diags.erreurs;
    if (ok && option_donnee(&c->ligne, OPT_ANNOTER))
        ok = annoter(c, f, &k);
    else if (ok && c->sortie.format != FORMAT_TABLE) {
        ok = lister(c);
        c->rendus = c->diags.n;
    }
    if (ok)
        dire(c, &k);
    const bool refus = !ok || fautes > 0 || k.rapport.anomalies > 0;
    controle_feuille_free(&k);
    return refus ? SORTIE_REFUS : SORTIE_FAIT;
}

int controler_fichier(struct cli *c)
{
    const struct ligne_commande *l = &c->ligne;
    if (l->n_arguments > 0 || option_donnee(l, OPT_AU)) {
        diag_erreur(&c->diags, E_CLI_ARGUMENTS, "--fichier ne va ni avec une commande, ni avec --au");
        return SORTIE_USAGE;
    }
    const bool annotee = option_donnee(l, OPT_ANNOTER);
    if (annotee && access(l->valeurs[OPT_ANNOTER], F_OK) == 0) {
        diag_lieu(diag_erreur(&c->diags, E_EXISTE, "le fichier existe déjà, il n'est pas remplacé"),
                  &(struct lieu){.fichier = l->valeurs[OPT_ANNOTER]});
        return SORTIE_REFUS;
    }
    struct lecture_feuille lecture;
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_COMMANDES, &n);
    const struct progression *p = c->ctx.progression.avance ? &c->ctx.progression : NULL;
    const bool prete = lecture_feuille_preparer(c, FEUILLE_COMMANDES, &lecture);
    lecture.options.integrale = annotee;
    c->diags.max = annotee ? ANNOTER_MAX : 0;
    struct feuille *f = prete ? feuille_lire_avec(l->valeurs[OPT_FICHIER], champs, n, &lecture.options, p, &c->diags) : NULL;
    c->ctx.aussi = NULL; /* nothing is kept, the correspondence neither */
    const int code = f != NULL ? controler(c, f) : SORTIE_REFUS;
    if (f == NULL && annotee)
        cli_noter(c, "La feuille n'a pas pu être lue jusqu'au bout : elle n'est pas annotée.");
    feuille_free(f);
    lecture_feuille_free(&lecture);
    return code;
}
