/* What a file that is not wanted is: said by its name, so that people find the right one. */
#include "formats/finess_prive.h"

#include <string.h>

void finess_dire(struct finess_lecture *l, const char *fichier)
{
    diag_trouve(finess_faute(l, E_FINESS_AUTRE, FINESS_CHAMPS, "ce n'est pas le fichier FINESS voulu"), "%s", fichier);
}

/* The header has that column, written so or otherwise. */
static bool colonne(struct finess_lecture *l, const char *nom)
{
    struct buffer plie = {0};
    bool la = false;
    for (size_t i = 0; i < l->n_champs && i < FINESS_CHAMPS && !la; i++) {
        struct slice v = finess_champ(l, i);
        buffer_clear(&plie);
        texte_fold_name(&plie, v.bytes, v.len);
        la = slice_equals((struct slice){plie.bytes, plie.len}, nom);
    }
    buffer_free(&plie);
    return la;
}

/* Files with a header that people take for a base. */
static const struct {
    const char *un, *deux; /* columns that tell it */
    const char *nom, *remede;
} feuilles[] = {
    {"codeagr3", "libelle", "la nomenclature des catégories FINESS", NULL},
    {"categorie", "agregat", "une nomenclature de catégories", NULL},
    {"numero", "finess_et", "une feuille de commandes", "sons commande importer FICHIER"},
    {"numero", "siret_essms", "une feuille de commandes", "sons commande importer FICHIER"},
    {"fonds", "finess_et", "une feuille de financements", "sons financement importer FICHIER"},
    {"numero_ans", "nom", "une feuille de solutions", "sons solution importer FICHIER"},
    {"siren", "role", "une feuille de fournisseurs", "sons fournisseur importer FICHIER"},
    {"siret", "siren", "une feuille d'entreprises (Sirene ?)", NULL},
    {"siret", "commune", "une feuille d'établissements sans leur FINESS", "sons finess rapprocher FICHIER"},
    {"finess_et", "finess_et", "une feuille qui nomme des ESSMS", "sons commande importer FICHIER, si ce sont des commandes"},
};

bool finess_dire_autre(struct finess_lecture *l)
{
    const struct slice s = l->ligne;
    if (s.len > 7 && strncasecmp(s.bytes, "finess", 6) == 0 && (s.bytes[6] == ',' || s.bytes[6] == '\t')) {
        struct diag *d = finess_faute(l, E_FINESS_INCONNU, FINESS_CHAMPS, "le séparateur n'est pas celui d'un fichier FINESS");
        diag_trouve(d, s.bytes[6] == ',' ? "des virgules" : "des tabulations");
        diag_attendu(d, "des points-virgules");
        return false;
    }
    for (size_t i = 0; i < sizeof feuilles / sizeof *feuilles; i++) {
        if (!colonne(l, feuilles[i].un) || !colonne(l, feuilles[i].deux)) continue;
        struct diag *d = finess_faute(l, E_FINESS_INCONNU, FINESS_CHAMPS, "ce n'est pas une base FINESS");
        diag_trouve(d, "%s", feuilles[i].nom);
        if (feuilles[i].remede != NULL) diag_a_faire(d, "%s", feuilles[i].remede);
        return false;
    }
    if (finess_dire_type(l)) return false;
    struct diag *d = finess_faute(l, E_FINESS_INCONNU, FINESS_CHAMPS, "ce n'est pas un fichier FINESS");
    diag_attendu(d, "en ligne 1 : finess;etalab;NUMÉRO;DATE, ou l'en-tête d'une archive annuelle");
    return false;
}

static bool commence(struct slice v, const char *debut)
{
    return v.len >= strlen(debut) && memcmp(v.bytes, debut, strlen(debut)) == 0;
}

/* Records of the other extractions. */
static const struct {
    const char *type, *fichier;
} types[] = {
    {"activite", "cs1100504 : activités de soins"},
    {"equipementsocial", "cs1100505 : équipements sociaux et médico-sociaux"},
    {"geolocalisation", "cs1100507 sans ses établissements : les coordonnées seules"},
    {"structureet", "des établissements et des entités juridiques mêlés"},
    {"structureej", "des établissements et des entités juridiques mêlés"},
};

/* cs1100504, cs1100505 … begin with short structureet rows; the next kind of record names the file. */
static void par_activite(struct finess_lecture *l)
{
    struct slice s;
    const char *nom = "extraction par activité ou par équipement (cs1100504 ou cs1100505)";
    while (flux_ligne(l->flux, FINESS_LIGNE_MAX, &s.bytes, &s.len, &l->oubli) == 1) {
        if (commence(s, "structureet")) continue;
        for (size_t i = 0; i < 2; i++)
            if (commence(s, types[i].type)) nom = types[i].fichier;
        break;
    }
    l->n_champs = 0; /* the fields pointed into the stream */
    l->ligne = (struct slice){"", 0};
    finess_dire(l, nom);
}

bool finess_dire_type(struct finess_lecture *l)
{
    struct slice type = finess_champ(l, 0);
    if (l->plan.largeur == 0 && l->n_champs == 3 && slice_equals(type, "structureet")) {
        par_activite(l);
        return true;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (i == 0 ? !commence(type, types[i].type) : !slice_equals(type, types[i].type)) continue;
        finess_dire(l, types[i].fichier);
        return true;
    }
    return false;
}
