/* commande preparer: before the signature. */
#include "cli/commandes.h"
#include "cli/commun.h"
#include "cli/import.h"
#include "cli/lecture_feuille.h"
#include "metier/actes.h"
#include "metier/feuilles.h"
#include "metier/preparer.h"
#include "noyau/memoire.h"

/* One row a FINESS number: the first has what the options say of the order. */
static struct feuille *lire_options(struct cli *c)
{
    size_t n;
    const struct ligne_commande *l = &c->ligne;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_COMMANDES, &n);
    const size_t lignes = l->n_arguments > 0 ? l->n_arguments : 1;
    if (l->n_arguments > 0 && l->colonnes[C_FINESS_ET].len > 0) {
        diag_erreur(&c->diags, E_CLI_ARGUMENTS, "donner les ESSMS en arguments, ou un seul par --finess-et");
        return NULL;
    }
    struct slice *v = memoire_calloc(lignes * n, sizeof *v);
    for (size_t k = 0; k < n; k++)
        v[k] = l->colonnes[k];
    for (size_t i = 0; i < l->n_arguments; i++) {
        v[i * n + C_NUMERO] = l->colonnes[C_NUMERO];
        v[i * n + C_FINESS_ET] = slice_of(l->arguments[i]);
    }
    struct feuille *f = feuille_de_lignes("ligne de commande", champs, n, v, lignes, &c->diags);
    memoire_free(v);
    return f;
}

static struct feuille *lire(struct cli *c)
{
    struct lecture_feuille l;
    size_t n;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_COMMANDES, &n);
    const bool fichier = option_donnee(&c->ligne, OPT_FICHIER);
    if (fichier == (c->ligne.n_arguments > 0 || !colonnes_vides(&c->ligne))) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "donner --fichier, ou les ESSMS et les colonnes d'une commande"),
                     "par exemple sons commande preparer 010002228 --numero BC-1 --solution DUI-0042");
        return NULL;
    }
    if (!fichier)
        return lire_options(c);
    const bool prete = lecture_feuille_preparer(c, FEUILLE_COMMANDES, &l);
    const struct progression *p = c->ctx.progression.avance ? &c->ctx.progression : NULL;
    struct feuille *f = prete ? feuille_lire_avec(c->ligne.valeurs[OPT_FICHIER], champs, n, &l.options, p, &c->diags) : NULL;
    c->ctx.aussi = NULL; /* nothing is kept, the correspondence neither */
    lecture_feuille_free(&l);
    return f;
}

static bool lister(struct cli *c, const struct preparation *p)
{
    static const struct colonne colonnes[] = {
        {"numero", "commande", CELLULE_TEXTE}, {"verdict", "verdict", CELLULE_TEXTE}, {"finess_ej", "OG", CELLULE_FINESS},
        {"essms", "ESSMS", CELLULE_ENTIER}, {"couloir", "couloir", CELLULE_TEXTE}, {"base", "base", CELLULE_JOUR}, {"n", "N", CELLULE_ENTIER},
        {"tranche", "tranche", CELLULE_TEXTE}, {"plafond_ttc", "plafond TTC", CELLULE_MONTANT}, {"ht_sur", "HT sûr", CELLULE_MONTANT},
        {"montant_ht", "HT", CELLULE_MONTANT}, {"taux_tva", "TVA %", CELLULE_TAUX}, {"montant_tva", "TVA", CELLULE_MONTANT},
        {"montant_ttc", "TTC", CELLULE_MONTANT}, {"sous_condition", "sous condition", CELLULE_OUI_NON}, {"dernier_jour", "dossier ANS avant", CELLULE_JOUR},
        {"attend_signature", "attend la signature", CELLULE_TEXTE}};
    const struct tableau_sortie *t = &c->tableau;
    bool ok = t->debut(t->ctx, colonnes, sizeof colonnes / sizeof *colonnes);
    for (size_t i = 0; ok && i < p->n; i++) {
        const struct prepare *o = &p->items[i];
        const char lettre[2] = {o->plafonne ? o->plafond.tranche.lettre : '\0', '\0'};
        const struct cellule cellules[] = {
            cellule_slice(o->numero), cellule_texte(o->verdict), cellule_finess(o->ej), cellule_entier(o->n_essms), cellule_texte(couloir_nom(o->couloir)),
            cellule_jour(o->base), o->plafonne ? cellule_entier(o->plafond.n_og) : cellule_vide(), cellule_texte(lettre),
            o->plafonne ? cellule_montant(o->plafond.ttc) : cellule_vide(), o->plafonne ? cellule_montant(o->plafond.ht_bas) : cellule_vide(),
            cellule_montant(o->ht), cellule_taux(o->taux), cellule_montant(o->tva), cellule_montant(o->ttc), cellule_oui_non(o->sous_condition),
            o->sous_condition ? cellule_jour(o->dernier_jour) : cellule_vide(), cellule_texte(o->attend)};
        ok = t->ligne(t->ctx, cellules, sizeof cellules / sizeof *cellules);
    }
    return ok && t->fin(t->ctx);
}

static void dire(struct cli *c, const struct preparation *p)
{
    struct buffer b = {0};
    cli_montrer_diagnostics(c);
    if (c->sortie.format != FORMAT_TABLE) {
        (void)lister(c, p);
    } else {
        for (size_t i = 0; i < p->n; i++)
            prepare_dire(p, &p->items[i], &b);
        sortie_texte(&c->sortie, b.bytes, b.len);
    }
    buffer_clear(&b);
    compte(&b, p->n, "commande préparée", "commandes préparées");
    const struct compte_mots v[] = {
        {p->conformes, "prête à signer", "prêtes à signer"}, {p->attentes, "en attente", "en attente"},
        {p->discordances, "discordance", "discordances"}, {p->anomalies, "anomalie", "anomalies"}};
    comptes(&b, v, sizeof v / sizeof *v);
    cli_dire(c, "%s. Rien n'est enregistré.", b.bytes);
    buffer_free(&b);
}

/* --sortie and --feuille, once everything was read. */
static bool ecrire(struct cli *c, const struct preparation *p, struct feuille *f)
{
    const char *dossier = c->ligne.valeurs[OPT_SORTIE], *feuille = c->ligne.valeurs[OPT_FEUILLE];
    size_t ecrits = 0;
    bool ok = true;
    if (c->ctx.essai)
        return true;
    if (option_donnee(&c->ligne, OPT_SORTIE)) {
        ok = bons_ecrire(&c->ctx, p, dossier, &ecrits);
        cli_montrer_diagnostics(c);
        cli_noter(c, "Bons de commande à signer dans %s : écrits %zu, inchangés %zu.", dossier, ecrits, ok ? p->n - ecrits : 0);
    }
    if (ok && option_donnee(&c->ligne, OPT_FEUILLE) && (ok = preparation_feuille(&c->ctx, p, f, feuille)))
        cli_noter(c, "Feuille à importer une fois les commandes signées (date_signature à remplir) : %s.", feuille);
    return ok;
}

int cmd_commande_preparer(struct cli *c)
{
    struct preparation p = {0};
    const struct jour signature = instant_jour(c->ctx.le);
    struct feuille *f = lire(c);
    if (f == NULL)
        return c->diags.pire == SORTIE_USAGE ? SORTIE_USAGE : SORTIE_REFUS;
    bool bon = commandes_preparer(&c->ctx, f, signature, &p);
    import_colonnes_ignorees(c, f);
    if (p.n > 0)
        dire(c, &p);
    bon = bon && ecrire(c, &p, f);
    const bool anomalie = p.anomalies > 0;
    preparation_free(&p);
    feuille_free(f);
    return cli_code(bon && !anomalie);
}
