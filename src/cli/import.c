#include "cli/import.h"

#include "cli/commandes.h"
#include "cli/lecture_feuille.h"

static const struct {
    const char *lue, *lues, *enregistree, *enregistrees, *inchangee, *inchangees, *une, *toutes, *deja,
        *toutes_deja;
} mots[FEUILLE_GENRE_NOMBRE] = {
#define MOTS(nom, e, tous)                                                                               \
    {nom " lu" e, nom "s lu" e "s", "enregistré" e, "enregistré" e "s", "inchangé" e, "inchangé" e "s", \
     "Enregistré" e, tous " enregistré" e "s", "Déjà enregistré" e ", inchangé" e,                       \
     tous " déjà enregistré" e "s, inchangé" e "s"}
    [FEUILLE_FOURNISSEURS] = MOTS("fournisseur", "", "Tous"),
    [FEUILLE_SOLUTIONS] = MOTS("solution", "e", "Toutes"),
    [FEUILLE_FINANCEMENTS] = MOTS("financement", "", "Tous"),
    [FEUILLE_ATTESTATIONS] = MOTS("attestation", "e", "Toutes"),
    [FEUILLE_COMMANDES] = MOTS("commande", "e", "Toutes"),
    [FEUILLE_MANDATS] = MOTS("mandat", "", "Tous"),
    [FEUILLE_ENCAISSEMENTS] = MOTS("encaissement", "", "Tous"),
    [FEUILLE_FACTURES] = MOTS("facture", "e", "Toutes"),
    [FEUILLE_VA] = {"VA lue", "VA lues", "enregistrée", "enregistrées", "inchangée", "inchangées", "Enregistrée", "Toutes enregistrées",
                    "Déjà enregistrée, inchangée", "Toutes déjà enregistrées, inchangées"},
    [FEUILLE_CONTACTS] = MOTS("contact", "", "Tous"),
};

/* « 198 conformes, 13 en attente, 2 discordances, 1 anomalie »: only what there is. */
static void append_verdicts(struct buffer *b, enum feuille_genre g, const struct import_rapport *r)
{
    const struct compte_mots v[] = {
        {r->conformes, "conforme", "conformes"}, {r->attentes, "en attente", "en attente"},
        {r->discordances, "discordance", "discordances"}, {r->anomalies, "anomalie", "anomalies"}};
    /* Of a funding, « conforme » would mean no more than no second one: only what is wrong is said. */
    const size_t sans = g == FEUILLE_FINANCEMENTS;
    comptes(b, v + sans, sizeof v / sizeof *v - sans);
}

static void append_sort(struct buffer *b, enum feuille_genre g, const struct import_rapport *r)
{
    if (r->lues == 0)
        buffer_puts(b, g == FEUILLE_FINANCEMENTS && r->enregistrees == 0 ? ". La liste vide est enregistrée." : ".");
    else if (r->lues == 1 && r->enregistrees == 1)
        buffer_printf(b, ". %s.", mots[g].une);
    else if (r->inchangees == r->lues)
        buffer_printf(b, ". %s.", r->lues == 1 ? mots[g].deja : mots[g].toutes_deja);
    else if (r->enregistrees == r->lues)
        buffer_printf(b, ". %s.", mots[g].toutes);
    else {
        const struct { size_t n; const char *une, *plusieurs; } v[] = {
            {r->enregistrees, mots[g].enregistree, mots[g].enregistrees}, {r->completees, "complétée", "complétées"},
            {r->rectifiees, "rectifiée", "rectifiées"}, {r->inchangees, mots[g].inchangee, mots[g].inchangees},
            {r->ecartees, "laissée de côté", "laissées de côté"}};
        const char *avant = ". ";
        for (size_t i = 0; i < sizeof v / sizeof *v; i++)
            if (v[i].n > 0) {
                buffer_puts(b, avant);
                compte(b, v[i].n, v[i].une, v[i].plusieurs);
                avant = ", ";
            }
        buffer_putc(b, '.');
    }
}

void import_phrase(struct buffer *b, enum feuille_genre g, const struct import_rapport *r)
{
    compte(b, r->lues, mots[g].lue, mots[g].lues);
    if (g == FEUILLE_COMMANDES || g == FEUILLE_FINANCEMENTS || g == FEUILLE_FACTURES || g == FEUILLE_VA)
        append_verdicts(b, g, r);
    append_sort(b, g, r);
    if (r->contacts > 0) {
        buffer_putc(b, ' ');
        compte(b, r->contacts, "contact enregistré.", "contacts enregistrés.");
    }
}

static void dire_import(struct cli *c, enum feuille_genre g, const struct import_rapport *r)
{
    static const struct colonne colonnes[] = {
        {"lues", "lues", CELLULE_ENTIER}, {"enregistrees", "enregistrées", CELLULE_ENTIER},
        {"inchangees", "inchangées", CELLULE_ENTIER}, {"essms", "ESSMS", CELLULE_ENTIER},
        {"conformes", "conformes", CELLULE_ENTIER}, {"en_attente", "en attente", CELLULE_ENTIER},
        {"discordances", "discordances", CELLULE_ENTIER}, {"anomalies", "anomalies", CELLULE_ENTIER},
        {"completees", "complétées", CELLULE_ENTIER}, {"rectifiees", "rectifiées", CELLULE_ENTIER},
        {"ecartees", "laissées de côté", CELLULE_ENTIER}};
    struct buffer b = {0};
    import_phrase(&b, g, r);
    const struct cellule cellules[] = {
        cellule_entier((int64_t)r->lues), cellule_entier((int64_t)r->enregistrees), cellule_entier((int64_t)r->inchangees),
        cellule_entier((int64_t)r->essms), cellule_entier((int64_t)r->conformes), cellule_entier((int64_t)r->attentes),
        cellule_entier((int64_t)r->discordances), cellule_entier((int64_t)r->anomalies),
        cellule_entier((int64_t)r->completees), cellule_entier((int64_t)r->rectifiees), cellule_entier((int64_t)r->ecartees)};
    cli_rapporter(c, b.bytes, colonnes, cellules, g == FEUILLE_COMMANDES ? 11 : g == FEUILLE_FINANCEMENTS || g == FEUILLE_FACTURES || g == FEUILLE_VA ? 8 : 3);
    buffer_free(&b);
}

void import_colonnes_ignorees(struct cli *c, const struct feuille *f)
{
    for (size_t i = 0; f && feuille_inconnue(f, i); i++)
        cli_noter(c, "Colonne ignorée : %s", feuille_inconnue(f, i));
}

void import_refuse(struct cli *c)
{
    /* A fault of the disk says by itself what became of the act, which only it can know. */
    const bool refus = c->diags.pire < SORTIE_ENVIRONNEMENT;
    cli_montrer_diagnostics(c);
    if (refus)
        cli_noter(c, "Rien n'est enregistré.");
}

int import_rendre(struct cli *c, enum feuille_genre g, const struct feuille *f, bool bon, const struct import_rapport *r)
{
    import_colonnes_ignorees(c, f);
    if (bon) {
        cli_a_ecrit(c, r->inchangees + r->ecartees < r->lues || r->lues == 0 || r->liste || r->contacts > 0);
        dire_import(c, g, r);
    } else {
        import_refuse(c);
    }
    return cli_code(bon);
}

static int importer(struct cli *c, enum feuille_genre g, struct feuille *f)
{
    if (g == FEUILLE_SOLUTIONS)
        return importer_solutions(c, f);
    struct import_rapport r = {0};
    const bool bon = f && acte_feuille_importer(&c->ctx, g, f, &r);
    const int code = import_rendre(c, g, f, bon, &r);
    feuille_free(f);
    return code;
}

int importer_feuille(struct cli *c, enum feuille_genre g, const char *chemin)
{
    struct lecture_feuille l;
    size_t n;
    const struct feuille_champ *champs = feuille_champs(g, &n);
    const struct progression *p = c->ctx.progression.avance ? &c->ctx.progression : NULL;
    const bool prete = lecture_feuille_preparer(c, g, &l);
    const int code = importer(c, g, prete ? feuille_lire_avec(chemin, champs, n, &l.options, p, &c->diags) : NULL);
    if (code == SORTIE_FAIT)
        lecture_feuille_dire(c, &l);
    c->ctx.aussi = NULL;
    lecture_feuille_free(&l);
    return code;
}

int importer_colonnes(struct cli *c, enum feuille_genre g)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(g, &n);
    return importer(c, g, feuille_de_valeurs("ligne de commande", champs, n, c->ligne.colonnes, &c->diags));
}

int importer_argument(struct cli *c, enum feuille_genre g)
{
    const bool modele = option_donnee(&c->ligne, OPT_MODELE);
    if (modele == (c->ligne.n_arguments == 1)) {
        char nom[64];
        commande_intitule(c->ligne.commande, nom);
        diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "donner une feuille, ou --modele"),
                     "sons %s FEUILLE.csv, ou sons %s --modele --sortie FEUILLE.xlsx", nom, nom);
        return SORTIE_USAGE;
    }
    return modele ? ecrire_modele(c, g) : importer_feuille(c, g, c->ligne.arguments[0]);
}
