/* finess, bareme. */
#include <string.h>
#include "cli/commandes.h"
#include "cli/commun.h"
#include "cli/lecture_feuille.h"
#include "metier/actes.h"
#include "metier/vues.h"

/* What was mended or set aside, each kind counted. */
static void append_ecartes(struct buffer *b, const struct finess_rapport *r)
{
    const struct {
        uint64_t n;
        const char *un, *plusieurs;
        bool garde; /* the row is kept */
    } ecarts[] = {
        {r->siret_ecartes, r->et == 0 ? "SIREN illisible" : "SIRET illisible", r->et == 0 ? "SIREN illisibles" : "SIRET illisibles", true},
        {r->dates_ecartees, "date impossible", "dates impossibles", true},
        {r->textes_nettoyes, "caractère de contrôle ôté d'un texte", "textes dont un caractère de contrôle est ôté", true},
        {r->zeros_remis, "zéro de tête remis à un numéro", "zéros de tête remis à des numéros", true},
        {r->sans_agregat, "établissement de catégorie inconnue, sans agrégat", "établissements de catégorie inconnue, sans agrégat", true},
        {r->coordonnees, "ligne de coordonnées", "lignes de coordonnées", false},
        {r->et_fermes, "établissement fermé", "établissements fermés", false},
        {r->ej_fermees, "entité juridique fermée", "entités juridiques fermées", false},
    };
    for (int garde = 1; garde >= 0; garde--) {
        const char *debut = garde ? "\nÉcartés ou réparés, la ligne étant gardée : " : "\nLaissés de côté : ";
        bool dit = false;
        for (size_t i = 0; i < sizeof ecarts / sizeof *ecarts; i++) {
            if (ecarts[i].n == 0 || ecarts[i].garde != (garde == 1))
                continue;
            buffer_puts(b, dit ? ", " : debut);
            compte(b, ecarts[i].n, ecarts[i].un, ecarts[i].plusieurs);
            dit = true;
        }
        if (dit)
            buffer_putc(b, '.');
    }
}

static void append_couloirs(struct buffer *b, const struct finess_rapport *r)
{
    char n[MONTANT_TEXTE_MAX];
    buffer_puts(b, "\nPar couloir : ");
    for (int i = COULOIR_MS1; i < COULOIR_NOMBRE; i++)
        buffer_printf(b, "%s%s %s", i > COULOIR_MS1 ? ", " : "", couloir_nom((enum couloir)i),
                      entier_fr((int64_t)r->par_couloir[i], n));
    buffer_puts(b, " (un établissement peut relever de deux couloirs).");
}

static void dire_import(struct cli *c, const char *chemin, const struct finess_rapport *r)
{
    static const struct colonne colonnes[] = {
        {"fichier", "fichier", CELLULE_TEXTE}, {"nature", "nature", CELLULE_TEXTE}, {"base", "base", CELLULE_JOUR},
        {"nombre", "nombre", CELLULE_ENTIER}, {"og", "OG", CELLULE_ENTIER}, {"deja", "déjà importé", CELLULE_OUI_NON},
        {"siret_ecartes", "SIRET écartés", CELLULE_ENTIER}, {"dates_ecartees", "dates écartées", CELLULE_ENTIER},
        {"designations", "désignations", CELLULE_TEXTE}, {"entites", "entités juridiques", CELLULE_ENTIER},
        {"zeros_remis", "zéros remis", CELLULE_ENTIER}, {"laisses", "laissés de côté", CELLULE_ENTIER},
        {"sans_agregat", "sans agrégat", CELLULE_ENTIER}};
    struct buffer b = {0};
    char jour[JOUR_TEXTE_MAX];
    buffer_printf(&b, "Base du %s : ", jour_fr(r->date, jour));
    if (r->et > 0)
        compte(&b, r->et, "établissement", "établissements");
    if (r->et > 0 && !r->deja) {
        buffer_puts(&b, ", ");
        compte(&b, r->og, "organisme gestionnaire", "organismes gestionnaires");
    }
    if (r->ej > 0) {
        buffer_puts(&b, r->et > 0 ? ", " : "");
        compte(&b, r->ej, "entité juridique", "entités juridiques");
    }
    buffer_puts(&b, r->windows_1252 ? " (lu en Windows-1252)." : ".");
    if (r->deja)
        buffer_puts(&b, " Fichier déjà importé : rien n'est changé.");
    if (r->et > 0 && !r->deja)
        append_couloirs(&b, r);
    append_ecartes(&b, r);
    if (*r->designations)
        buffer_printf(&b, "\nSert de référence : %s.", r->designations);
    const struct cellule cellules[] = {
        cellule_texte(chemin), cellule_texte(r->forme), cellule_jour(r->date), cellule_entier((int64_t)(r->et > 0 ? r->et : r->ej)),
        r->et == 0 || r->deja ? cellule_vide() : cellule_entier((int64_t)r->og), cellule_oui_non(r->deja),
        cellule_entier((int64_t)r->siret_ecartes), cellule_entier((int64_t)r->dates_ecartees), cellule_texte(r->designations),
        cellule_entier((int64_t)r->ej), cellule_entier((int64_t)r->zeros_remis),
        cellule_entier((int64_t)(r->coordonnees + r->et_fermes + r->ej_fermees)), cellule_entier((int64_t)r->sans_agregat)};
    cli_rapporter(c, b.bytes, colonnes, cellules, sizeof cellules / sizeof *cellules);
    buffer_free(&b);
}

int cmd_finess_importer(struct cli *c)
{
    struct jour base;
    struct finess_rapport r = {0};
    if (!lire_base(c, &base))
        return SORTIE_USAGE;
    if (!acte_finess_importer(&c->ctx, c->ligne.arguments[0], base, &r))
        return SORTIE_REFUS;
    cli_a_ecrit(c, !r.deja);
    dire_import(c, c->ligne.arguments[0], &r);
    return SORTIE_FAIT;
}

int cmd_finess_designer(struct cli *c)
{
    int64_t annee;
    struct jour date;
    enum couloir couloir;
    bool bon = lire_entier(c, c->ligne.arguments[0], "ANNEE", 2022, 2024, &annee);
    bon &= lire_jour(c, c->ligne.arguments[1], "DATE", &date);
    bon &= lire_couloir(c, &couloir);
    if (!bon)
        return SORTIE_USAGE;
    if (!acte_finess_designer(&c->ctx, couloir, (int)annee, date, c->ligne.valeurs[OPT_MOTIF]))
        return SORTIE_REFUS;
    char jour[JOUR_TEXTE_MAX];
    cli_a_ecrit(c, true);
    cli_dire(c, "La base du %s sert aux commandes de %d, %s%s.", jour_fr(date, jour), (int)annee,
             couloir == COULOIR_INCONNU ? "tous couloirs" : "couloir ", couloir_nom(couloir));
    return SORTIE_FAIT;
}

int cmd_finess_bases(struct cli *c)
{
    CLI_COLONNES(c, "forme", "date", "nombre", "sert", "entree");
    return cli_code(vue_finess_bases(&c->ctx, &c->tableau));
}

static void montrer_etablissements(struct cli *c)
{
    CLI_COLONNES(c, "finess_et", "finess_ej", "libelle_essms", "commune", "categorie", "agregat", "couloir");
}

int cmd_finess_voir(struct cli *c)
{
    finess numero;
    struct jour base;
    bool bon = lire_finess(c, c->ligne.arguments[0], "FINESS", &numero);
    bon &= lire_base(c, &base);
    if (!bon)
        return SORTIE_USAGE;
    montrer_etablissements(c);
    return cli_code(vue_finess_voir(&c->ctx, numero, base, &c->tableau, &c->entete));
}

int cmd_finess_chercher(struct cli *c)
{
    struct jour base;
    if (!lire_base(c, &base))
        return SORTIE_USAGE;
    montrer_etablissements(c);
    struct buffer texte = {0};
    for (size_t i = 0; i < c->ligne.n_arguments; i++)
        buffer_printf(&texte, "%s%s", i ? " " : "", c->ligne.arguments[i]);
    bool bon = vue_finess_chercher(&c->ctx, texte.bytes, base, &c->tableau);
    buffer_free(&texte);
    return cli_code(bon);
}

static void dire_rapprochement(struct cli *c, const struct rapprocher_rapport *r)
{
    struct buffer b = {0};
    char jour[JOUR_TEXTE_MAX];
    compte(&b, r->lignes, "ligne rapprochée", "lignes rapprochées");
    buffer_printf(&b, " de la base du %s : ", jour_fr(r->base, jour));
    compte(&b, r->sures, "FINESS trouvé", "FINESS trouvés");
    if (r->donnees > 0) {
        buffer_puts(&b, ", ");
        compte(&b, r->donnees, "déjà donné", "déjà donnés");
    }
    buffer_puts(&b, ", ");
    compte(&b, r->a_choisir, "à choisir", "à choisir");
    buffer_puts(&b, ", ");
    compte(&b, r->aucun, "sans candidat", "sans candidat");
    cli_noter(c, "%s.", b.bytes);
    if (r->a_choisir > 0)
        cli_noter(c, "À faire : remplir finess_et parmi les candidats, là où la confiance est « à choisir ».");
    if (r->contredites > 0)
        cli_noter(c, r->contredites > 1 ? "À vérifier : %zu FINESS donnés, dont le reste de la ligne désigne un autre (colonnes raisons et candidats)."
                                        : "À vérifier : %zu FINESS donné, dont le reste de la ligne désigne un autre (colonnes raisons et candidats).",
                  r->contredites);
    buffer_free(&b);
}

int cmd_finess_rapprocher(struct cli *c)
{
    struct jour base;
    struct rapprocher_rapport r = {0};
    if (!lire_base(c, &base))
        return SORTIE_USAGE;
    CLI_COLONNES(c, "finess_et", "confiance", "raisons", "candidats");
    struct lecture_feuille l;
    const bool bon = lecture_feuille_preparer(c, FEUILLE_COMMANDES, &l) &&
                     vue_finess_rapprocher(&c->ctx, c->ligne.arguments[0], &l.correspondance, base, &c->tableau, &r);
    c->ctx.aussi = NULL; /* the import that follows will keep it */
    lecture_feuille_free(&l);
    if (bon)
        dire_rapprochement(c, &r);
    return cli_code(bon);
}

int cmd_finess_statistiques(struct cli *c)
{
    struct jour base;
    enum couloir couloir;
    int64_t agregat = 0;
    bool bon = lire_base(c, &base);
    bon &= lire_couloir(c, &couloir);
    if (option_donnee(&c->ligne, OPT_AGREGAT))
        bon &= lire_entier(c, c->ligne.valeurs[OPT_AGREGAT], "--agregat", 1, 9999, &agregat);
    if (!bon)
        return SORTIE_USAGE;
    return cli_code(vue_finess_statistiques(&c->ctx, couloir, (uint16_t)agregat, base, &c->tableau));
}

int cmd_bareme(struct cli *c)
{
    finess ej;
    struct jour base;
    enum couloir couloir;
    int64_t essms = 0;
    bool bon = lire_finess(c, c->ligne.arguments[0], "FINESS_EJ", &ej);
    bon &= lire_base(c, &base);
    bon &= lire_couloir(c, &couloir);
    if (option_donnee(&c->ligne, OPT_ESSMS))
        bon &= lire_entier(c, c->ligne.valeurs[OPT_ESSMS], "--essms", 1, 100000, &essms);
    if (!bon)
        return SORTIE_USAGE;
    struct buffer texte = {0};
    struct tableau_sortie muet = tableau_muet();
    bool table = c->sortie.format == FORMAT_TABLE;
    bon = vue_bareme(&c->ctx, ej, (uint32_t)essms, couloir, base, table ? &muet : &c->tableau, &texte);
    if (bon && table)
        sortie_texte(&c->sortie, texte.bytes, texte.len);
    buffer_free(&texte);
    return cli_code(bon);
}
