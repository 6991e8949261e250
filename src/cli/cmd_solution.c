/* solution alias; what a list of solutions changes. */
#include "cli/commandes.h"
#include "cli/commun.h"
#include "cli/import.h"
#include "metier/actes.h"

/* Rows shown to people; a file (--format csv) gives them all. */
#define DIFFERENCES_DITES 60

static const char *mot_quoi(enum difference_quoi quoi)
{
    static const char *const mots[] = {[SOLUTION_NOUVELLE] = "nouvelle", [SOLUTION_MODIFIEE] = "modifiée",
                                       [SOLUTION_DISPARUE] = "absente de la liste", [COMMANDE_TOUCHEE] = "commande"};
    return mots[quoi];
}

static bool ecrire(const struct tableau_sortie *t, const struct differences *d, size_t n)
{
    static const struct colonne colonnes[] = {
        {"objet", "", CELLULE_TEXTE},    {"numero", "numéro", CELLULE_TEXTE}, {"couloir", "couloir", CELLULE_TEXTE},
        {"version", "version", CELLULE_TEXTE}, {"champ", "quoi", CELLULE_TEXTE}, {"avant", "avant", CELLULE_TEXTE},
        {"apres", "après", CELLULE_TEXTE}};
    bool ok = t->debut(t->ctx, colonnes, sizeof colonnes / sizeof *colonnes);
    for (size_t i = 0; ok && i < n; i++) {
        const struct difference *x = &d->items[i];
        const struct cellule c[] = {cellule_texte(mot_quoi(x->quoi)), cellule_texte(x->numero), cellule_texte(x->couloir),
                                    cellule_texte(x->version), cellule_texte(x->champ), x->avant, x->apres};
        ok = t->ligne(t->ctx, c, sizeof c / sizeof *c);
    }
    return ok && t->fin(t->ctx);
}

/* A first list differs from nothing: only its count is told to people. */
static void dire_differences(struct cli *c, const struct differences *d)
{
    const bool table = c->sortie.format == FORMAT_TABLE;
    if (table && (d->premiere || d->n == 0))
        return;
    const size_t n = table && d->n > DIFFERENCES_DITES ? DIFFERENCES_DITES : d->n;
    (void)ecrire(&c->tableau, d, n);
    if (n < d->n)
        cli_noter(c, "Et %zu autres lignes : --format csv les donne toutes.", d->n - n);
}

static void dire_touchees(struct cli *c, const struct differences *d)
{
    struct buffer b = {0};
    compte(&b, d->commandes, "commande jugée autrement", "commandes jugées autrement");
    if (d->debloquees > 0) {
        buffer_puts(&b, ", ");
        compte(&b, d->debloquees, "que plus rien ne bloque", "que plus rien ne bloque");
    }
    if (d->bloquees > 0) {
        buffer_puts(&b, ", ");
        compte(&b, d->bloquees, "qui ne peut plus être émise", "qui ne peuvent plus être émises");
    }
    cli_dire(c, "%s.", b.bytes);
    buffer_free(&b);
}

int importer_solutions(struct cli *c, struct feuille *f)
{
    struct import_rapport r = {0};
    struct differences d = {0};
    struct buffer b = {0};
    const bool bon = f != NULL && acte_solutions_importer(&c->ctx, f, &r, &d);
    import_colonnes_ignorees(c, f);
    if (bon) {
        cli_a_ecrit(c, r.inchangees < r.lues);
        cli_montrer_diagnostics(c);
        dire_differences(c, &d);
        import_phrase(&b, FEUILLE_SOLUTIONS, &r);
        if (r.lues > 0 && r.enregistrees == 0)
            buffer_puts(&b, " Rien à faire.");
        cli_dire(c, "%s", b.bytes);
        if (d.commandes > 0)
            dire_touchees(c, &d);
    } else {
        import_refuse(c);
    }
    buffer_free(&b);
    differences_free(&d);
    feuille_free(f);
    return cli_code(bon);
}

int cmd_solution_alias(struct cli *c)
{
    struct buffer noms = {0};
    struct slice valeurs[2];
    struct import_rapport r = {0};
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_SURNOMS, &n);
    const bool retirer = option_donnee(&c->ligne, OPT_RETIRER);
    for (size_t i = 1; i < c->ligne.n_arguments; i++)
        buffer_printf(&noms, "%s%s", i > 1 ? "|" : "", c->ligne.arguments[i]);
    valeurs[0] = slice_of(c->ligne.arguments[0]);
    valeurs[1] = (struct slice){noms.bytes, noms.len};
    struct feuille *f = feuille_de_valeurs("ligne de commande", champs, n, valeurs, &c->diags);
    const bool bon = feuille_saine(f) && acte_solution_alias(&c->ctx, f, retirer, &r);
    feuille_free(f);
    buffer_free(&noms);
    if (!bon)
        return SORTIE_REFUS;
    cli_a_ecrit(c, r.enregistrees > 0);
    struct buffer b = {0};
    compte(&b, r.enregistrees, retirer ? "nom retiré" : "nom donné", retirer ? "noms retirés" : "noms donnés");
    if (r.inchangees > 0) {
        buffer_puts(&b, ", ");
        compte(&b, r.inchangees, retirer ? "qu'elle n'avait pas" : "qu'elle avait déjà, inchangé", retirer ? "qu'elle n'avait pas" : "qu'elle avait déjà, inchangés");
    }
    cli_dire(c, "Solution %s : %s.", c->ligne.arguments[0], b.bytes);
    buffer_free(&b);
    return SORTIE_FAIT;
}
