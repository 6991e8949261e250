/* Which FINESS file it is, told by its first lines (finess.md, « Layouts »). */
#include "formats/finess_prive.h"

#include <string.h>

static const char *const noms[FINESS_FORME_NOMBRE] = {"cs1100502", "cs1100501", "cs1100507", "archive_et", "archive_ej", "structures"};

/* The extractions: positional columns, the record type first. */
static const struct finess_plan extractions[] = {
    {FINESS_ETABLISSEMENTS, false, "structureet", 32,
     {[C_NUMERO] = 1, [C_OG] = 2, [C_RS] = 3, [C_RSLONGUE] = 4, [C_DEPARTEMENT] = 13, [C_ACHEMINEMENT] = 15, [C_CATEGORIE] = 18,
      [C_LIBCATEGORIE] = 19, [C_AGREGAT] = 20, [C_LIBAGREGAT] = 21, [C_SIRET] = 22, [C_OUVERTURE] = 28}},
    {FINESS_ENTITES, true, "structureej", 23,
     {[C_NUMERO] = 1, [C_RS] = 2, [C_RSLONGUE] = 3, [C_ACHEMINEMENT] = 12, [C_DEPARTEMENT] = 13, [C_STATUT] = 16, [C_SIRET] = 20}},
};
#define EXTRACTIONS (sizeof extractions / sizeof *extractions)
#define LARGEUR_ANCIENNE 31 /* of the ET, in old files */
#define COORDONNEES_CHAMPS 6

/* Headers that a spreadsheet may have put in place of line 1; the first name varies. */
static const char *const entetes[EXTRACTIONS] = {
    "nofinesset;nofinessej;rs;rslongue;complrs;compldistrib;numvoie;typvoie;voie;compvoie;lieuditbp;commune;"
    "departement;libdepartement;ligneacheminement;telephone;telecopie;categetab;libcategetab;categagretab;"
    "libcategagretab;siret;codeape;codemft;libmft;codesph;libsph;dateouv;dateautor;datemaj;numuai",
    "nofiness;rs;rslongue;complrs;numvoie;typvoie;voie;compvoie;compldistrib;lieuditbp;commune;ligneacheminement;"
    "departement;libdepartement;telephone;statutjuridique;libstatutjuridique;categetab;libcategetab;siren;codeape;"
    "datecrea",
};

/* The annual archives: columns by their names, which have varied little; the second name is another spelling. */
static const struct {
    enum finess_colonne colonne;
    bool et, ej;
    const char *nom, *autre;
} colonnes[] = {
    {C_NUMERO, true, false, "nofinesset", "nofinesset"},
    {C_OG, true, false, "nofinessej", "nofinessej"},
    {C_NUMERO, false, true, "nofinessej", "nofiness"},
    {C_RS, true, true, "rs", "rs"},
    {C_RSLONGUE, true, true, "rslongue", "rslongue"},
    {C_DEPARTEMENT, true, true, "departement", "departement"},
    {C_ACHEMINEMENT, true, true, "ligneacheminement", "ligneacheminement"},
    {C_CATEGORIE, true, false, "categetab", "categetab"},
    {C_LIBCATEGORIE, true, false, "liblongcategetab", "libcategetab"},
    {C_AGREGAT, true, false, "categretab", "categagretab"},
    {C_LIBAGREGAT, true, false, "libcategretab", "libcategagretab"},
    {C_SIRET, true, false, "siret", "siret"},
    {C_OUVERTURE, true, false, "dateouvert", "dateouv"},
    {C_SIRET, false, true, "siren", "siren"},
    {C_STATUT, false, true, "statutjuridique", "statutjuridique"},
};

const char *finess_forme_nom(enum finess_forme f)
{
    return noms[f];
}

static bool meme(struct slice v, const char *nom)
{
    return v.len == strlen(nom) && strncasecmp(v.bytes, nom, v.len) == 0;
}

/* True when the fields of the line, but the first, are the names of `entete`. */
static bool est_entete(struct finess_lecture *l, const char *entete, size_t largeur)
{
    if (l->n_champs != largeur) return false;
    for (size_t i = 1; i < largeur; i++) {
        size_t n = strcspn(entete, ";");
        struct slice v = finess_champ(l, i);
        if (v.len != n || strncasecmp(v.bytes, entete, n) != 0) return false;
        entete += n + (entete[n] == ';');
    }
    return true;
}

void finess_dater(struct finess_lecture *l, struct jour lu, size_t champ, const char *ou)
{
    struct jour declare = l->base_declaree;
    char a[JOUR_TEXTE_MAX], b[JOUR_TEXTE_MAX];
    l->out->date = jour_present(lu) ? lu : declare;
    if (jour_present(lu) && jour_present(declare) && jour_cmp(lu, declare) != 0) {
        struct diag *d = finess_faute(l, E_FINESS_DATE, champ, "la date déclarée n'est pas celle du fichier");
        diag_trouve(d, "%s %s", jour_fr(lu, a), ou);
        diag_attendu(d, "%s, date déclarée", jour_fr(declare, b));
        diag_a_faire(d, "retirer la date déclarée, ou donner le fichier de cette date");
    } else if (!jour_present(l->out->date)) {
        finess_faute(l, E_FINESS_DATE, FINESS_CHAMPS, "%s", ou);
    }
}

static bool ligne_etalab(struct finess_lecture *l)
{
    struct jour lu = JOUR_ABSENT;
    for (size_t i = 4; i < l->n_champs; i++) {
        if (i < FINESS_CHAMPS && finess_champ(l, i).len == 0) continue;
        finess_faute(l, E_CHAMPS, i < FINESS_CHAMPS ? i : FINESS_CHAMPS, "la ligne 1 porte plus que « finess;etalab;numéro;date »");
        return false;
    }
    struct slice v = l->n_champs > 3 ? finess_champ(l, 3) : (struct slice){"", 0};
    if (v.len > 0 && !jour_parse(v, &lu)) {
        struct diag *d = finess_faute(l, E_FINESS_DATE, 3, "la date de la ligne 1 n'est pas une date");
        diag_attendu(d, "finess;etalab;NUMÉRO;AAAA-MM-JJ");
        return true;
    }
    finess_dater(l, lu, 3, jour_present(lu) ? "en ligne 1" : "la ligne 1 ne porte pas la date de la base");
    return true;
}

/* Rank of a column of the header; n_champs when it is not there. */
static size_t chercher(struct finess_lecture *l, const char *nom)
{
    size_t i = 0;
    while (i < l->n_champs && !meme(finess_champ(l, i), nom)) i++;
    return i;
}

/* The header of an annual archive: every column wanted is there. False: a fault was added, the reading stops. */
static bool archive(struct finess_lecture *l, bool et)
{
    bool ej = !et, complet = true;
    l->plan = (struct finess_plan){.forme = et ? FINESS_ARCHIVE_ET : FINESS_ARCHIVE_EJ, .ej = ej, .largeur = l->n_champs};
    if (l->n_champs > FINESS_CHAMPS) {
        diag_attendu(finess_faute(l, E_CHAMPS, FINESS_CHAMPS, "en-tête trop large"), "au plus %d colonnes", FINESS_CHAMPS);
        return false;
    }
    for (size_t i = 0; i < sizeof colonnes / sizeof *colonnes; i++) {
        if (et ? !colonnes[i].et : !colonnes[i].ej) continue;
        size_t rang = chercher(l, colonnes[i].nom);
        if (rang == l->n_champs) rang = chercher(l, colonnes[i].autre);
        if (rang == l->n_champs) finess_faute(l, E_COLONNE_ABSENTE, FINESS_CHAMPS, "archive annuelle sans la colonne « %s »", colonnes[i].nom);
        complet = complet && rang < l->n_champs;
        l->plan.rang[colonnes[i].colonne] = (uint8_t)rang;
    }
    l->out->forme = l->plan.forme;
    finess_dater(l, JOUR_ABSENT, 0, "une archive annuelle ne porte pas la date de sa base");
    return complet;
}

bool finess_premiere_ligne(struct finess_lecture *l, bool *donnee)
{
    *donnee = false;
    if (finess_champ_est(l, 0, "finess") && l->n_champs > 1 && finess_champ_est(l, 1, "etalab")) return ligne_etalab(l);
    for (size_t f = 0; f < EXTRACTIONS; f++) {
        bool entete = est_entete(l, entetes[f], extractions[f].largeur);
        *donnee = !entete && finess_champ_est(l, 0, extractions[f].type) && l->n_champs != 3;
        if (!entete && !*donnee) continue;
        finess_dater(l, JOUR_ABSENT, 0, "la ligne 1 ne porte pas la date de la base");
        return true;
    }
    struct slice premier = finess_champ(l, 0);
    bool et = meme(premier, "nofinesset");
    return et || meme(premier, "nofinessej") || meme(premier, "nofiness") ? archive(l, et) : finess_dire_autre(l);
}

bool finess_premiere_rangee(struct finess_lecture *l)
{
    for (size_t f = 0; f < EXTRACTIONS; f++) {
        if (!finess_champ_est(l, 0, extractions[f].type)) continue;
        if (l->n_champs == 3) {
            (void)finess_dire_type(l);
            return false;
        }
        l->plan = extractions[f];
        l->out->forme = l->plan.forme;
        if (!l->plan.ej && l->n_champs == LARGEUR_ANCIENNE) l->plan.largeur = LARGEUR_ANCIENNE;
        return true;
    }
    if (finess_dire_type(l)) return false;
    struct diag *d = finess_faute(l, E_FINESS_INCONNU, 0, "ce n'est pas une ligne d'un fichier FINESS");
    diag_attendu(d, "« structureet » ou « structureej » en première colonne");
    return false;
}

bool finess_autre_rangee(struct finess_lecture *l)
{
    if (!l->plan.ej && finess_champ_est(l, 0, "geolocalisation")) {
        l->out->forme = FINESS_GEOLOCALISES;
        l->out->coordonnees++;
        /* A spreadsheet pads every row to the width of the widest. */
        if (l->n_champs == COORDONNEES_CHAMPS || l->n_champs == l->plan.largeur) return true;
        struct diag *d = finess_faute(l, E_CHAMPS, FINESS_CHAMPS, "coordonnées : nombre de champs inattendu");
        diag_trouve(d, "%zu champs", l->n_champs);
        diag_attendu(d, "%d champs", COORDONNEES_CHAMPS);
        return true;
    }
    if (finess_dire_type(l)) return false;
    struct diag *d = finess_faute(l, E_FINESS_INCONNU, 0, "enregistrement d'un type inconnu");
    diag_attendu(d, "« %s »", l->plan.type);
    return true;
}
