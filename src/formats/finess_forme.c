/* Which FINESS file it is, told by its first lines (finess.md, « Layouts »). */
#include "config.h" /* _GNU_SOURCE: memmem */

#include "formats/finess_prive.h"

#include <string.h>

static const char *const noms[FINESS_FORME_NOMBRE] = {"cs1100502", "cs1100501"};
static const char *const types[FINESS_FORME_NOMBRE] = {"structureet", "structureej"};
static const size_t largeurs[FINESS_FORME_NOMBRE] = {32, 23};
/* Headers that a spreadsheet may have put in place of line 1; the first name varies. */
static const char *const entetes[FINESS_FORME_NOMBRE] = {
    "nofinesset;nofinessej;rs;rslongue;complrs;compldistrib;numvoie;typvoie;voie;compvoie;lieuditbp;commune;"
    "departement;libdepartement;ligneacheminement;telephone;telecopie;categetab;libcategetab;categagretab;"
    "libcategagretab;siret;codeape;codemft;libmft;codesph;libsph;dateouv;dateautor;datemaj;numuai",
    "nofiness;rs;rslongue;complrs;numvoie;typvoie;voie;compvoie;compldistrib;lieuditbp;commune;ligneacheminement;"
    "departement;libdepartement;telephone;statutjuridique;libstatutjuridique;categetab;libcategetab;siren;codeape;"
    "datecrea",
};

const char *finess_forme_nom(enum finess_forme f)
{
    return noms[f];
}

static void autre(struct finess_lecture *l, const char *fichier)
{
    diag_trouve(finess_faute(l, E_FINESS_AUTRE, FINESS_CHAMPS, "ce n'est pas le fichier FINESS voulu"), "%s", fichier);
}

bool finess_pas_json(struct finess_lecture *l)
{
    struct slice s;
    if (!flux_apercu(l->flux, &s, l->diags)) return false;
    if (s.len >= 3 && memcmp(s.bytes, "\xef\xbb\xbf", 3) == 0) s = (struct slice){s.bytes + 3, s.len - 3};
    s = slice_trim(s);
    if (s.len == 0 || (s.bytes[0] != '{' && s.bytes[0] != '[')) return true;
    l->numero = 1;
    bool structures = memmem(s.bytes, s.len, "\"schemaVersion\"", 15) != NULL || memmem(s.bytes, s.len, "\"pmej\"", 6) != NULL;
    const char *lf = memchr(s.bytes, '\n', s.len);
    l->ligne = (struct slice){s.bytes, lf != NULL ? (size_t)(lf - s.bytes) : s.len};
    if (structures) {
        autre(l, "FINESS+ « Structures » (JSON, depuis 2026)");
    } else {
        diag_trouve(finess_faute(l, E_FINESS_INCONNU, FINESS_CHAMPS, "ce n'est pas un fichier FINESS"), "document JSON");
    }
    return false;
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

/* The date of the base: that of line 1, or the declared one; both must agree. */
static void dater(struct finess_lecture *l, bool etalab)
{
    struct jour lu = JOUR_ABSENT, declare = l->base_declaree;
    char a[JOUR_TEXTE_MAX], b[JOUR_TEXTE_MAX];
    struct slice v = etalab && l->n_champs > 3 ? finess_champ(l, 3) : (struct slice){"", 0};
    if (v.len > 0 && !jour_parse(v, &lu)) {
        struct diag *d = finess_faute(l, E_FINESS_DATE, 3, "la date de la ligne 1 n'est pas une date");
        diag_attendu(d, "finess;etalab;NUMÉRO;AAAA-MM-JJ");
        return;
    }
    l->out->date = jour_present(lu) ? lu : declare;
    if (jour_present(lu) && jour_present(declare) && jour_cmp(lu, declare) != 0) {
        struct diag *d = finess_faute(l, E_FINESS_DATE, 3, "la date déclarée n'est pas celle du fichier");
        diag_trouve(d, "%s en ligne 1", jour_fr(lu, a));
        diag_attendu(d, "%s, date déclarée", jour_fr(declare, b));
        diag_a_faire(d, "retirer la date déclarée, ou donner le fichier de cette date");
    } else if (!jour_present(l->out->date)) {
        finess_faute(l, E_FINESS_DATE, FINESS_CHAMPS, "la ligne 1 ne porte pas la date de la base");
    }
}

static bool ligne_etalab(struct finess_lecture *l)
{
    for (size_t i = 4; i < l->n_champs; i++) {
        if (i < FINESS_CHAMPS && finess_champ(l, i).len == 0) continue;
        finess_faute(l, E_CHAMPS, i < FINESS_CHAMPS ? i : FINESS_CHAMPS, "la ligne 1 porte plus que « finess;etalab;numéro;date »");
        return false;
    }
    dater(l, true);
    return true;
}

/* An annual archive, or anything else that has a header or none. */
static void dire_autre(struct finess_lecture *l)
{
    if (finess_champ_est(l, 0, "nofinesset")) {
        autre(l, "archive annuelle : établissements (en-tête, une ligne par établissement)");
    } else if (finess_champ_est(l, 0, "nofinessej")) {
        autre(l, "archive annuelle : entités juridiques (en-tête, une ligne par entité)");
    } else if (l->ligne.len > 7 && strncasecmp(l->ligne.bytes, "finess", 6) == 0 && strchr(",\t", l->ligne.bytes[6]) != NULL) {
        struct diag *d = finess_faute(l, E_FINESS_INCONNU, FINESS_CHAMPS, "le séparateur n'est pas celui d'un fichier FINESS");
        diag_trouve(d, l->ligne.bytes[6] == ',' ? "des virgules" : "des tabulations");
        diag_attendu(d, "des points-virgules");
    } else {
        struct diag *d = finess_faute(l, E_FINESS_INCONNU, FINESS_CHAMPS, "ce n'est pas un fichier FINESS");
        diag_attendu(d, "en ligne 1 : finess;etalab;NUMÉRO;DATE");
    }
}

bool finess_premiere_ligne(struct finess_lecture *l, bool *donnee)
{
    *donnee = false;
    if (finess_champ_est(l, 0, "finess") && l->n_champs > 1 && finess_champ_est(l, 1, "etalab")) return ligne_etalab(l);
    for (int f = 0; f < FINESS_FORME_NOMBRE; f++) {
        bool entete = est_entete(l, entetes[f], largeurs[f]);
        *donnee = !entete && finess_champ_est(l, 0, types[f]) && l->n_champs != 3;
        if (!entete && !*donnee) continue;
        dater(l, false);
        return true;
    }
    dire_autre(l);
    return false;
}

/* cs1100504, cs1100505 … begin with short structureet rows; the next kind of record names the file. */
static void par_activite(struct finess_lecture *l)
{
    const char *ligne;
    size_t len;
    const char *nom = "extraction par activité ou par équipement (cs1100504 ou cs1100505)";
    while (flux_ligne(l->flux, FINESS_LIGNE_MAX, &ligne, &len, &l->oubli) == 1) {
        if (len >= 11 && memcmp(ligne, "structureet", 11) == 0) continue;
        if (len >= 16 && memcmp(ligne, "equipementsocial", 16) == 0) nom = "cs1100505 : équipements sociaux et médico-sociaux";
        if (len >= 8 && memcmp(ligne, "activite", 8) == 0) nom = "cs1100504 : activités de soins";
        break;
    }
    l->n_champs = 0; /* the fields pointed into the stream */
    l->ligne = (struct slice){"", 0};
    autre(l, nom);
}

/* Records of other files, at any row. */
static bool type_connu(struct finess_lecture *l)
{
    static const struct {
        const char *type, *fichier;
    } autres[] = {
        {"geolocalisation", "cs1100507 : établissements géolocalisés"},
        {"equipementsocial", "cs1100505 : équipements sociaux et médico-sociaux"},
        {"structureet", "des établissements et des entités juridiques mêlés"},
        {"structureej", "des établissements et des entités juridiques mêlés"},
    };
    struct slice type = finess_champ(l, 0);
    if (type.len > 8 && memcmp(type.bytes, "activite", 8) == 0) {
        autre(l, "cs1100504 : activités de soins");
        return true;
    }
    for (size_t i = 0; i < sizeof autres / sizeof *autres; i++) {
        if (!slice_equals(type, autres[i].type)) continue;
        autre(l, autres[i].fichier);
        return true;
    }
    return false;
}

bool finess_premiere_rangee(struct finess_lecture *l)
{
    for (int f = 0; f < FINESS_FORME_NOMBRE; f++) {
        if (!finess_champ_est(l, 0, types[f])) continue;
        if (l->n_champs == 3) {
            par_activite(l);
            return false;
        }
        l->out->forme = (enum finess_forme)f;
        l->n_attendus = f == FINESS_ETABLISSEMENTS && l->n_champs == 31 ? 31 : largeurs[f];
        return true;
    }
    if (type_connu(l)) return false;
    struct diag *d = finess_faute(l, E_FINESS_INCONNU, 0, "ce n'est pas une ligne d'un fichier FINESS");
    diag_attendu(d, "« structureet » ou « structureej » en première colonne");
    return false;
}

bool finess_autre_rangee(struct finess_lecture *l)
{
    if (type_connu(l)) return false;
    struct diag *d = finess_faute(l, E_FINESS_INCONNU, 0, "enregistrement d'un type inconnu");
    diag_attendu(d, "« %s »", types[l->out->forme]);
    return true;
}
