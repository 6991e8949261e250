/* What becomes of a lot: deposited, cancelled, answered. */
#include "cli/commandes.h"
#include "cli/commun.h"
#include "cli/import.h"
#include "metier/actes.h"
#include "metier/depots.h"
#include "metier/lot_fichier.h"
#include "metier/retours.h"
#include "metier/vues.h"

int cmd_lot_deposer(struct cli *c)
{
    struct lot_lu lot;
    struct depot_rapport r;
    struct buffer b = {0};
    char t[INSTANT_TEXTE_MAX];
    const char *accuse = c->ligne.valeurs[OPT_ACCUSE], *rectifier = c->ligne.valeurs[OPT_RECTIFIER];
    if (!lot_resoudre(&c->ctx, c->ligne.arguments[0], &lot) || !acte_lot_deposer(&c->ctx, &lot, accuse, rectifier, &r))
        return SORTIE_REFUS;
    cli_a_ecrit(c, !r.deja);
    if (r.deja) {
        cli_dire(c, "Lot %lld déjà déposé le %s, inchangé.", (long long)lot.numero, instant_fr(lot.depose_le, t));
        return SORTIE_FAIT;
    }
    buffer_printf(&b, "Lot %lld %s le %s", (long long)lot.numero, r.accuse_ajoute ? "déposé, accusé de dépôt ajouté," : "déposé", instant_fr(c->ctx.le, t));
    if (rectifier != NULL && instant_cmp(c->ctx.le, lot.depose_le) != 0)
        buffer_printf(&b, ", et non le %s", instant_fr(lot.depose_le, t));
    if (rectifier != NULL && accuse != NULL)
        buffer_puts(&b, lot.accuse ? ", accusé de dépôt remplacé" : ", accusé de dépôt ajouté");
    buffer_puts(&b, " : ");
    compte(&b, r.demandes, "demande", "demandes");
    if (r.hors_delai > 0) {
        buffer_puts(&b, ", dont ");
        compte(&b, r.hors_delai, "hors délai", "hors délai");
    }
    if (r.sans_mss > 0) {
        buffer_puts(&b, ", dont ");
        compte(&b, r.sans_mss, "où le cas de « Déploiement MSS » manque ou diffère de la VA", "où le cas de « Déploiement MSS » manque ou diffère de la VA");
    }
    buffer_puts(&b, accuse != NULL || lot.accuse ? "." : ".\nAucun accusé de dépôt : le garder par --accuse FICHIER dès qu'il est reçu.");
    cli_dire(c, "%s", b.bytes);
    buffer_free(&b);
    return SORTIE_FAIT;
}

int cmd_lot_annuler(struct cli *c)
{
    struct lot_lu lot;
    struct buffer b = {0};
    char t[INSTANT_TEXTE_MAX];
    bool deja;
    if (!lot_resoudre(&c->ctx, c->ligne.arguments[0], &lot) || !acte_lot_annuler(&c->ctx, &lot, c->ligne.valeurs[OPT_MOTIF], &deja))
        return SORTIE_REFUS;
    cli_a_ecrit(c, !deja);
    if (deja) {
        cli_dire(c, "Lot %lld déjà annulé le %s, inchangé.", (long long)lot.numero, instant_fr(lot.annule_le, t));
        return SORTIE_FAIT;
    }
    buffer_printf(&b, "Lot %lld annulé : ", (long long)lot.numero);
    compte(&b, (uint64_t)lot.nombre, "demande attend un autre lot.", "demandes attendent un autre lot.");
    cli_dire(c, "%s Ne pas déposer son fichier.", b.bytes);
    buffer_free(&b);
    return SORTIE_FAIT;
}

int cmd_retour_saisir(struct cli *c)
{
    struct retour_rapport r;
    size_t n;
    struct demande_nommee d;
    const struct feuille_champ *champs = feuille_champs(FEUILLE_REPONSES, &n);
    struct feuille *f = feuille_de_valeurs("ligne de commande", champs, n, c->ligne.colonnes, &c->diags);
    const bool bon = vue_demande_resoudre(&c->ctx, c->ligne.arguments[0], &d) && acte_retour_saisir(&c->ctx, &d, f, &r);
    feuille_free(f);
    if (!bon)
        return SORTIE_REFUS;
    cli_a_ecrit(c, r.enregistrees > 0);
    if (r.inchangees > 0)
        cli_dire(c, "Réponse déjà enregistrée, inchangée.");
    for (int s = STATUT_RECUE; s < STATUT_NOMBRE; s++)
        if (r.par_statut[s] > 0)
            cli_dire(c, "Réponse de l'ASP enregistrée : demande %s%s.", statut_asp_label((enum statut_asp)s),
                     r.sans_effet > 0 ? ", pour une version demandée de nouveau depuis : l'état ne change pas" : "");
    return SORTIE_FAIT;
}

int cmd_retour_retirer(struct cli *c)
{
    char t[MONTANT_TEXTE_MAX];
    struct retrait_rapport r;
    struct arene a = {0};
    int64_t entree;
    if (!lire_entier(c, c->ligne.arguments[0], "l'entrée", 1, INT64_MAX, &entree))
        return SORTIE_USAGE;
    const bool bon = acte_retour_retirer(&c->ctx, entree, c->ligne.valeurs[OPT_MOTIF], &a, &r);
    if (bon) {
        cli_a_ecrit(c, !r.deja);
        cli_dire(c, "Réponse %lld %s. Commande %s : %s.", (long long)entree, r.deja ? "déjà retirée, inchangée" : "retirée : elle ne compte plus", r.numero,
                 etat_label(r.etat));
        if (r.en_attente.centimes > 0)
            cli_dire(c, "Reçus pour %s : %s, qui attendent que l'ASP décide.", r.paiement == PAIEMENT_SOLDE ? "le solde" : "l'avance", montant_fr(r.en_attente, t));
    } else {
        import_refuse(c);
    }
    arene_free(&a);
    return cli_code(bon);
}

static void dire_retour(struct cli *c, const struct retour_rapport *r)
{
    static const struct colonne colonnes[] = {
        {"reponses", "réponses", CELLULE_ENTIER}, {"enregistrees", "enregistrées", CELLULE_ENTIER}, {"inchangees", "inchangées", CELLULE_ENTIER},
        {"sans_effet", "sans effet", CELLULE_ENTIER}, {"recues", "reçues", CELLULE_ENTIER}, {"incompletes", "incomplètes", CELLULE_ENTIER},
        {"a_modifier", "à modifier", CELLULE_ENTIER}, {"validees", "validées", CELLULE_ENTIER}, {"payees", "payées", CELLULE_ENTIER},
        {"rejetees", "rejetées", CELLULE_ENTIER}};
    const size_t *p = r->par_statut;
    const struct compte_mots v[] = {
        {p[STATUT_RECUE], "reçue", "reçues"}, {p[STATUT_INCOMPLETE], "incomplète", "incomplètes"}, {p[STATUT_A_MODIFIER], "à modifier", "à modifier"},
        {p[STATUT_VALIDEE], "validée", "validées"}, {p[STATUT_PAYEE], "décidée et payée", "décidées et payées"},
        {p[STATUT_REJETEE], "rejetée", "rejetées"}};
    struct buffer b = {0};
    compte(&b, r->reponses, "réponse lue", "réponses lues");
    if (r->enregistrees > 0) {
        buffer_puts(&b, ", ");
        compte(&b, r->enregistrees, "enregistrée", "enregistrées");
        comptes(&b, v, sizeof v / sizeof *v);
    }
    buffer_putc(&b, '.');
    if (r->inchangees > 0) {
        buffer_putc(&b, ' ');
        compte(&b, r->inchangees, "était déjà enregistrée, inchangée.", "étaient déjà enregistrées, inchangées.");
    }
    if (r->sans_effet > 0) {
        buffer_putc(&b, ' ');
        compte(&b, r->sans_effet, "répond à une version demandée de nouveau depuis : sans effet.", "répondent à des versions demandées de nouveau depuis : sans effet.");
    }
    const struct cellule cellules[] = {
        cellule_entier((int64_t)r->reponses), cellule_entier((int64_t)r->enregistrees), cellule_entier((int64_t)r->inchangees),
        cellule_entier((int64_t)r->sans_effet), cellule_entier((int64_t)p[STATUT_RECUE]), cellule_entier((int64_t)p[STATUT_INCOMPLETE]),
        cellule_entier((int64_t)p[STATUT_A_MODIFIER]), cellule_entier((int64_t)p[STATUT_VALIDEE]), cellule_entier((int64_t)p[STATUT_PAYEE]),
        cellule_entier((int64_t)p[STATUT_REJETEE])};
    cli_rapporter(c, r->deja ? "Ce retour est déjà reçu : rien n'est changé." : b.bytes, colonnes, cellules, sizeof cellules / sizeof *cellules);
    buffer_free(&b);
}

int cmd_retour_importer(struct cli *c)
{
    struct retour_rapport r;
    const bool modele = option_donnee(&c->ligne, OPT_MODELE);
    if (modele == (c->ligne.n_arguments == 1)) {
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "donner un fichier, « - » pour coller un tableau, ou --modele"),
                     "sons retour importer RETOUR.xml, ou sons retour importer -");
        return SORTIE_USAGE;
    }
    if (modele)
        return ecrire_modele(c, FEUILLE_RETOURS);
    if (!acte_retour_importer(&c->ctx, c->ligne.arguments[0], &r)) {
        import_refuse(c);
        return SORTIE_REFUS;
    }
    cli_a_ecrit(c, r.enregistrees > 0);
    dire_retour(c, &r);
    return SORTIE_FAIT;
}

int cmd_lot_bordereau(struct cli *c)
{
    struct lot_lu lot;
    struct lot_emission r = {.somme = montant_of(0)};
    struct arene a = {0};
    if (!lot_resoudre(&c->ctx, c->ligne.arguments[0], &lot))
        return SORTIE_REFUS;
    const struct lot_demande_emission d = {.fournisseur = lot.fournisseur, .couloir = lot.couloir, .sortie = c->ligne.valeurs[OPT_SORTIE],
                                           .type = lot.paiement, .refaire = (uint64_t)lot.numero, .bordereau = true};
    const bool bon = acte_lot_emettre(&c->ctx, &d, &r);
    if (bon)
        cli_dire(c, "Bordereau : %s/%s", d.sortie, lot_bordereau_nom(r.fichier, &a));
    arene_free(&a);
    return cli_code(bon);
}

int cmd_demande_lister(struct cli *c)
{
    CLI_COLONNES(c, "commande", "paiement", "demande", "version", "numero_asp", "montant", "deposee_le", "statut", "statut_le", "jours", "recu", "reste", "reconstitue");
    return cli_code(vue_demandes(&c->ctx, option_donnee(&c->ligne, OPT_SANS_REPONSE), &c->tableau));
}
