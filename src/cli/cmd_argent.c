/* encaissement, virement, reversement. */
#include <string.h>
#include "cli/commandes.h"
#include "cli/commun.h"
#include "cli/import.h"
#include "metier/argent.h"
#include "metier/vues.h"

int cmd_encaissement_importer(struct cli *c)
{
    return importer_argument(c, FEUILLE_ENCAISSEMENTS);
}

int cmd_encaissement_enregistrer(struct cli *c)
{
    return importer_colonnes(c, FEUILLE_ENCAISSEMENTS);
}

int cmd_encaissement_lister(struct cli *c)
{
    return cli_code(vue_encaissements(&c->ctx, &c->tableau));
}

int cmd_encaissement_retirer(struct cli *c)
{
    int64_t entree;
    bool deja = false;
    if (!lire_entier(c, c->ligne.arguments[0], "l'entrée", 1, INT64_MAX, &entree))
        return SORTIE_USAGE;
    if (!acte_encaissement_retirer(&c->ctx, entree, c->ligne.valeurs[OPT_MOTIF], &deja)) {
        import_refuse(c);
        return SORTIE_REFUS;
    }
    cli_a_ecrit(c, !deja);
    cli_dire(c, deja ? "Encaissement %lld déjà retiré, inchangé." : "Encaissement %lld retiré : il ne compte plus.", (long long)entree);
    return SORTIE_FAIT;
}

/* --- virement ------------------------------------------------------------------------------------------------------------- */

static struct feuille *lire_options(struct cli *c, enum feuille_genre g)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(g, &n);
    return feuille_de_valeurs("ligne de commande", champs, n, c->ligne.colonnes, &c->diags);
}

/* One row a request of each proposal. */
static bool lister_propositions(struct cli *c, const struct propositions *p)
{
    static const struct colonne colonnes[] = {
        {"proposition", "proposition", CELLULE_ENTIER}, {"pourquoi", "pourquoi", CELLULE_TEXTE}, {"commande", "commande", CELLULE_TEXTE},
        {"paiement", "paiement", CELLULE_TEXTE},        {"montant", "montant", CELLULE_MONTANT}, {"lot", "lot", CELLULE_ENTIER},
        {"decide_le", "décidé le", CELLULE_JOUR}};
    const struct tableau_sortie *t = &c->tableau;
    bool ok = t->debut(t->ctx, colonnes, sizeof colonnes / sizeof *colonnes);
    for (size_t i = 0; ok && i < p->n; i++)
        for (size_t k = 0; ok && k < p->items[i].n; k++) {
            const struct ventilation *v = &p->items[i].parts[k];
            const struct cellule cellules[] = {cellule_entier((int64_t)i + 1), cellule_texte(p->items[i].pourquoi), cellule_texte(v->numero),
                                               cellule_texte(paiement_nom(v->paiement)), cellule_montant(v->montant),
                                               cellule_entier(v->lot), cellule_jour(v->decide_le)};
            ok = t->ligne(t->ctx, cellules, sizeof cellules / sizeof *cellules);
        }
    return ok && t->fin(t->ctx);
}

static void dire_reste(struct cli *c, const struct virement_rapport *r, const struct propositions *p)
{
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX];
    struct buffer b = {0};
    if (r->reste.centimes == 0) {
        cli_dire(c, "Virement %lld : tout est attribué.", (long long)r->entree);
        return;
    }
    buffer_printf(&b, "Virement %lld : %s à attribuer ; ", (long long)r->entree, montant_fr(r->reste, t));
    compte(&b, p->dues, "demande attend", "demandes attendent");
    buffer_printf(&b, " %s en tout. ", montant_fr(p->du, u));
    if (p->n == 0)
        buffer_printf(&b, "Aucune somme ne tombe juste : rien n'est attribué.%s%lld%s", " Dire ce que chacune reçoit : sons virement ventiler ",
                      (long long)r->entree, " COMMANDE=MONTANT.");
    else
        compte(&b, p->n, "proposition tombe juste ; la choisir : --proposition 1.", "propositions tombent juste ; en choisir une : --proposition N.");
    cli_dire(c, "%s", b.bytes);
    buffer_free(&b);
}

static bool proposer(struct cli *c, int64_t entree)
{
    struct virement_rapport r = {0};
    struct propositions p = {0};
    const bool ok = vue_virement_propositions(&c->ctx, entree, &r, &p) && lister_propositions(c, &p);
    if (ok)
        dire_reste(c, &r, &p);
    propositions_free(&p);
    return ok;
}

/* The transfer is recorded: a fault of what is read after it may not say that it is not. */
static bool proposer_apres(struct cli *c, int64_t entree)
{
    struct diag_liste tues = {0}, *const diags = c->ctx.diags;
    c->ctx.diags = &tues;
    const bool ok = proposer(c, entree);
    c->ctx.diags = diags;
    if (!ok && tues.erreurs > 0)
        diag_a_faire(diag_erreur(diags, E_LECTURE, "ce que le virement paierait n'a pas pu être lu ; il est enregistré"),
                     "sons virement proposer %lld", (long long)entree);
    diag_vider(&tues);
    return ok;
}

int cmd_virement_enregistrer(struct cli *c)
{
    struct virement_rapport r = {0};
    struct feuille *f = lire_options(c, FEUILLE_VIREMENTS);
    const bool bon = f != NULL && acte_virement_enregistrer(&c->ctx, f, &r);
    feuille_free(f);
    if (!bon) {
        import_refuse(c);
        return SORTIE_REFUS;
    }
    cli_a_ecrit(c, !r.deja);
    cli_noter(c, r.deja ? "Virement déjà enregistré : entrée %lld." : "Virement enregistré : entrée %lld.", (long long)r.entree);
    return c->ctx.essai ? SORTIE_FAIT : cli_code(proposer_apres(c, r.entree));
}

int cmd_virement_proposer(struct cli *c)
{
    int64_t entree;
    if (!lire_entier(c, c->ligne.arguments[0], "l'entrée", 1, INT64_MAX, &entree))
        return SORTIE_USAGE;
    return cli_code(proposer(c, entree));
}

static bool lire_parts(struct cli *c, struct part_nommee *parts, size_t n)
{
    bool bon = true;
    for (size_t i = 0; i < n; i++)
        bon &= part_nommee_lire(&c->ctx, c->ligne.arguments[1 + i], &parts[i]);
    return bon;
}

int cmd_virement_ventiler(struct cli *c)
{
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX];
    struct virement_rapport r = {0};
    int64_t entree, rang = 0;
    const size_t n = c->ligne.n_arguments - 1;
    if (!lire_entier(c, c->ligne.arguments[0], "l'entrée", 1, INT64_MAX, &entree) ||
        (option_donnee(&c->ligne, OPT_PROPOSITION) && !lire_entier(c, c->ligne.valeurs[OPT_PROPOSITION], "--proposition", 1, 1000, &rang)))
        return SORTIE_USAGE;
    if ((rang != 0) == (n > 0)) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "à quelles demandes ? Donner des commandes, ou --proposition N"), "sons virement proposer %lld",
                     (long long)entree);
        return SORTIE_USAGE;
    }
    struct part_nommee *parts = memoire_calloc(n + 1, sizeof *parts);
    const bool bon = lire_parts(c, parts, n) && acte_virement_ventiler(&c->ctx, entree, (size_t)rang, parts, n, &r);
    memoire_free(parts);
    if (!bon) {
        import_refuse(c);
        return SORTIE_REFUS;
    }
    cli_a_ecrit(c, true);
    cli_dire(c, "Virement %lld : %s attribués, %s à attribuer.", (long long)entree, montant_fr(r.ventile, t), montant_fr(r.reste, u));
    return SORTIE_FAIT;
}

int cmd_virement_retirer(struct cli *c)
{
    char t[MONTANT_TEXTE_MAX];
    struct virement_rapport r;
    int64_t entree;
    if (!lire_entier(c, c->ligne.arguments[0], "l'entrée", 1, INT64_MAX, &entree))
        return SORTIE_USAGE;
    if (!acte_virement_retirer(&c->ctx, entree, c->ligne.valeurs[OPT_MOTIF], &r)) {
        import_refuse(c);
        return SORTIE_REFUS;
    }
    cli_a_ecrit(c, !r.deja);
    cli_dire(c, "Virement %lld de %s %s.", (long long)entree, montant_fr(r.montant, t), r.deja ? "déjà retiré, inchangé" : "retiré : il ne compte plus");
    return SORTIE_FAIT;
}

int cmd_virement_lister(struct cli *c)
{
    return cli_code(vue_virements(&c->ctx, &c->tableau));
}

/* --- reversement ---------------------------------------------------------------------------------------------------------- */

static int somme(struct cli *c, enum somme quoi)
{
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX], v[MONTANT_TEXTE_MAX];
    struct somme_rapport r = {0};
    int64_t commande;
    if (!vue_commande_resoudre(&c->ctx, c->ligne.arguments[0], &commande))
        return SORTIE_REFUS;
    struct feuille *f = lire_options(c, FEUILLE_SOMMES);
    const bool bon = f != NULL && acte_somme(&c->ctx, quoi, commande, f, &r);
    feuille_free(f);
    if (!bon) {
        import_refuse(c);
        return SORTIE_REFUS;
    }
    cli_a_ecrit(c, !r.deja);
    char w[MONTANT_TEXTE_MAX];
    const bool au_dela = r.au_dela.centimes > 0;
    cli_dire(c, "%s%s : à reverser %s, reversé %s, reste %s%s%s.", quoi == SOMME_ORDRE ? "Ordre de recouvrer" : "Reversement",
             r.deja ? " déjà enregistré, inchangé" : quoi == SOMME_ORDRE ? " enregistré" : " enregistré", montant_fr(r.a_reverser, t),
             montant_fr(r.reverse, u), montant_fr(r.reste, v),
             au_dela ? " ; de trop, " : "", au_dela ? montant_fr(r.au_dela, w) : "");
    return SORTIE_FAIT;
}

int cmd_reversement_ordonner(struct cli *c)
{
    return somme(c, SOMME_ORDRE);
}

int cmd_reversement_enregistrer(struct cli *c)
{
    return somme(c, SOMME_REVERSEMENT);
}

int cmd_reversement_retirer(struct cli *c)
{
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX];
    struct somme_rapport r;
    int64_t entree;
    if (!lire_entier(c, c->ligne.arguments[0], "l'entrée", 1, INT64_MAX, &entree))
        return SORTIE_USAGE;
    if (!acte_somme_retirer(&c->ctx, entree, c->ligne.valeurs[OPT_MOTIF], &r)) {
        import_refuse(c);
        return SORTIE_REFUS;
    }
    cli_a_ecrit(c, !r.deja);
    cli_dire(c, "Entrée %lld %s : à reverser %s, reversé %s.", (long long)entree, r.deja ? "déjà retirée, inchangée" : "retirée, elle ne compte plus",
             montant_fr(r.a_reverser, t), montant_fr(r.reverse, u));
    return SORTIE_FAIT;
}

/* --- échéances, reversements ---------------------------------------------------------------------------------------------- */

int cmd_echeances(struct cli *c)
{
    struct echeances_rapport r;
    struct buffer b = {0};
    int64_t jours = -1;
    if (option_donnee(&c->ligne, OPT_JOURS) && !lire_entier(c, c->ligne.valeurs[OPT_JOURS], "--jours", 0, 3660, &jours))
        return SORTIE_USAGE;
    CLI_COLONNES(c, "limite", "jours", "commande", "quoi", "paiement", "montant", "depuis", "sinon");
    if (!vue_echeances(&c->ctx, jours, &c->tableau, &r))
        return SORTIE_REFUS;
    compte(&b, r.echeances, "échéance", "échéances");
    if (r.passees > 0) {
        buffer_puts(&b, ", dont ");
        compte(&b, r.passees, "passée", "passées");
    }
    cli_dire(c, "%s.", b.bytes);
    buffer_free(&b);
    return SORTIE_FAIT;
}

int cmd_reversements(struct cli *c)
{
    char t[MONTANT_TEXTE_MAX], u[MONTANT_TEXTE_MAX];
    struct reversements_rapport r;
    struct buffer b = {0};
    CLI_COLONNES(c, "commande", "regle", "pourquoi", "depuis", "a_reverser", "a_apprecier", "ordonne", "reverse", "reste");
    if (!vue_reversements(&c->ctx, &c->tableau, &r))
        return SORTIE_REFUS;
    compte(&b, r.commandes, "commande", "commandes");
    cli_dire(c, "%s : reste à reverser %s, à apprécier %s.", b.bytes, montant_fr(r.reste, t), montant_fr(r.a_apprecier, u));
    buffer_free(&b);
    return SORTIE_FAIT;
}

int cmd_situation(struct cli *c)
{
    char t[INSTANT_TEXTE_MAX];
    struct situation_rapport r;
    struct buffer b = {0};
    struct mois m;
    if (!mois_lire(slice_of(c->ligne.arguments[0]), &m)) {
        diag_attendu(diag_erreur(&c->diags, E_CLI_VALEUR, "le mois « %.40s » ne se lit pas", c->ligne.arguments[0]), "AAAA-MM, par exemple 2023-06");
        return SORTIE_USAGE;
    }
    if (!vue_situation(&c->ctx, &m, &c->tableau, &r))
        return SORTIE_REFUS;
    if (r.saisies > 0)
        compte(&b, r.saisies, "saisie depuis", "saisies depuis");
    if (r.saisies > 0 && r.retirees > 0)
        buffer_puts(&b, ", ");
    if (r.retirees > 0)
        compte(&b, r.retirees, "retirée ou remplacée depuis", "retirées ou remplacées depuis");
    if (b.len > 0)
        buffer_puts(&b, ".");
    cli_dire(c, "Connu le %s. %s", instant_fr(r.connu_le, t), b.len > 0 ? b.bytes : "Rien n'a changé depuis.");
    buffer_free(&b);
    return SORTIE_FAIT;
}
