/* FINESS+ « Structures »: one JSON document, the entities with their établissements. Only what is open is kept; the aggregate,
 * which the document does not give, comes from the nomenclature. */
#include "config.h" /* _GNU_SOURCE: memmem */

#include "formats/finess_prive.h"

#include <string.h>
#include "formats/json_flux.h"
#include "formats/nomenclature.h"
#include "noyau/instant.h"

bool finess_est_json(struct finess_lecture *l, bool *json)
{
    struct slice s;
    if (!flux_apercu(l->flux, &s, l->diags)) return false;
    if (s.len >= 3 && memcmp(s.bytes, "\xef\xbb\xbf", 3) == 0) s = (struct slice){s.bytes + 3, s.len - 3};
    s = slice_trim(s);
    *json = s.len > 0 && (s.bytes[0] == '{' || s.bytes[0] == '[');
    if (!*json) return true;
    if (s.bytes[0] == '{' && (memmem(s.bytes, s.len, "\"schemaVersion\"", 15) != NULL || memmem(s.bytes, s.len, "\"pmej\"", 6) != NULL))
        return true;
    l->numero = 1;
    const char *lf = memchr(s.bytes, '\n', s.len);
    l->ligne = (struct slice){s.bytes, lf != NULL ? (size_t)(lf - s.bytes) : s.len};
    diag_trouve(finess_faute(l, E_FINESS_INCONNU, FINESS_CHAMPS, "ce n'est pas un fichier FINESS"), "document JSON");
    l->ligne = (struct slice){NULL, 0};
    return false;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

static struct diag *ecart(struct finess_lecture *l, const char *quoi, const char *cle)
{
    return finess_faute(l, E_JSON_STRUCTURE, FINESS_CHAMPS, "%s : « %s »", quoi, cle);
}

/* A text, trimmed; empty when absent or null; a fault when it is something else. */
static struct slice texte(struct finess_lecture *l, const json_t *o, const char *cle)
{
    const json_t *v = json_object_get(o, cle);
    if (v == NULL || json_is_null(v)) return (struct slice){"", 0};
    if (json_is_string(v)) return slice_trim((struct slice){json_string_value(v), json_string_length(v)});
    ecart(l, "ce n'est pas un texte", cle);
    return (struct slice){"", 0};
}

static struct slice garde(struct finess_lecture *l, const json_t *o, const char *cle)
{
    struct slice v = texte(l, o, cle);
    l->examen.controle = true; /* escapes may hold control characters */
    return v.len == 0 ? v : finess_texte_garde(l, v);
}

static struct slice nom(struct finess_lecture *l, const json_t *o, const char *longue, const char *court)
{
    struct slice v = garde(l, o, longue);
    return v.len > 0 ? v : garde(l, o, court);
}

/* An object that must be there. */
static const json_t *objet(struct finess_lecture *l, const json_t *o, const char *cle)
{
    const json_t *v = json_object_get(o, cle);
    if (json_is_object(v)) return v;
    ecart(l, v == NULL ? "donnée absente" : "ce n'est pas un objet", cle);
    return NULL;
}

/* An array, perhaps absent. */
static const json_t *liste(struct finess_lecture *l, const json_t *o, const char *cle)
{
    const json_t *v = json_object_get(o, cle);
    if (v == NULL || json_is_null(v) || json_is_array(v)) return v;
    ecart(l, "ce n'est pas une liste", cle);
    return NULL;
}

static bool numero(struct finess_lecture *l, const json_t *o, const char *cle, finess *out)
{
    struct slice v = texte(l, o, cle);
    enum numero_verdict verdict = finess_parse(v, out);
    if (verdict == NUMERO_VALIDE) return true;
    struct diag *d = finess_faute(l, E_FINESS_NUMERO, FINESS_CHAMPS, v.len == 0 ? "« %s » : numéro absent" : verdict == NUMERO_CLE ? "« %s » : la clé est fausse"
                                                                                                        : "« %s » : ce n'est pas un numéro FINESS", cle);
    if (v.len > 0) diag_trouve(d, "%.*s", (int)(v.len < 40 ? v.len : 40), v.bytes);
    return false;
}

static uint16_t code(struct finess_lecture *l, const json_t *o, const char *cle)
{
    struct slice v = texte(l, o, cle);
    unsigned n = 0;
    for (size_t i = 0; i < v.len; i++) {
        if (i == 4 || v.bytes[i] < '0' || v.bytes[i] > '9') {
            diag_trouve(finess_faute(l, E_FINESS_CODE, FINESS_CHAMPS, "« %s » : ce n'est pas un code", cle), "%.*s", (int)(v.len < 40 ? v.len : 40), v.bytes);
            return 0;
        }
        n = n * 10 + (unsigned)(v.bytes[i] - '0');
    }
    return (uint16_t)n;
}

enum etat { OUVERT, FERME, ETAT_FAUX };

static enum etat etat(struct finess_lecture *l, const json_t *o)
{
    struct slice v = texte(l, o, "etatObjet");
    if (slice_equals(v, "A")) return OUVERT;
    if (slice_equals(v, "I")) return FERME;
    diag_attendu(ecart(l, "état absent ou inconnu", "etatObjet"), "A (ouvert) ou I (fermé)");
    return ETAT_FAUX;
}

/* --- address ------------------------------------------------------------------------------------------------------ */

/* Overseas departments, as FINESS writes them: from the code of the commune, or from the number. */
static const struct {
    const char *prefixe, *code;
} outre_mer[] = {
    {"971", "9A"},  {"972", "9B"},  {"973", "9C"},  {"974", "9D"},  {"975", "9E"},  {"976", "9F"},  {"977", "9A"},
    {"978", "9A"},  {"986", "9J"},  {"9701", "9A"}, {"9702", "9B"}, {"9703", "9C"}, {"9704", "9D"}, {"9705", "9E"},
    {"9805", "9F"}, {"9806", "9J"},
};

static struct slice departement(struct finess_lecture *l, struct slice cog, finess et)
{
    char t[FINESS_TEXTE_MAX];
    struct slice v = cog.len == 5 ? cog : slice_of(finess_texte(et, t));
    for (size_t i = 0; i < sizeof outre_mer / sizeof *outre_mer; i++) {
        size_t n = strlen(outre_mer[i].prefixe);
        if ((n == 3) == (cog.len == 5) && memcmp(v.bytes, outre_mer[i].prefixe, n) == 0) return slice_of(outre_mer[i].code);
    }
    return finess_departement(l, (struct slice){v.bytes, 2});
}

/* The first address with a postcode: `01220 DIVONNE LES BAINS`. `*cog` lives in the document. */
static struct slice acheminement(struct finess_lecture *l, const json_t *o, struct slice *cog)
{
    const json_t *adresses = liste(l, o, "adresse");
    *cog = (struct slice){"", 0};
    for (size_t i = 0; i < json_array_size(adresses); i++) {
        const json_t *a = json_array_get(adresses, i);
        struct slice postal = texte(l, a, "codePostal"), ville = texte(l, a, "ligneAcheminement");
        if (postal.len == 0 || ville.len == 0) continue;
        *cog = texte(l, a, "cogCommune");
        buffer_clear(&l->decode);
        buffer_append(&l->decode, postal.bytes, postal.len);
        buffer_putc(&l->decode, ' ');
        buffer_append(&l->decode, ville.bytes, ville.len);
        return finess_texte_garde(l, (struct slice){l->decode.bytes, l->decode.len});
    }
    return (struct slice){"", 0};
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void categorie(struct finess_lecture *l, struct etablissement *e)
{
    const struct nomenclature_categorie *n = nomenclature_trouver(e->categorie);
    if (n == NULL) {
        l->out->sans_agregat++;
        return;
    }
    e->agregat = n->agregat;
    if (l->rang_categorie[e->categorie] != 0) return;
    const struct categorie_libelle c = {e->categorie, e->agregat, slice_of(n->libelle), slice_of(n->libelle_agregat)};
    finess_categorie(l, &c);
}

static void lire_ege(struct finess_lecture *l, const json_t *o, finess ej)
{
    struct etablissement e = {.ej = ej, .ouverture = JOUR_ABSENT};
    struct slice cog, v;
    enum etat x = etat(l, o);
    l->out->et_fermes += x == FERME;
    const json_t *infos = x == OUVERT ? objet(l, o, "informationsGeneralesEGE") : NULL;
    if (infos == NULL || !numero(l, infos, "numFinessEge", &e.et)) return;
    e.categorie = code(l, o, "categorieentiteGeographiqueExercice");
    v = texte(l, infos, "siret");
    if (v.len > 0 && siret_parse(v, &e.siret) != NUMERO_VALIDE) l->out->siret_ecartes++;
    v = texte(l, infos, "dateOuverture");
    if (v.len > 0 && !jour_parse(v, &e.ouverture)) l->out->dates_ecartees++;
    e.raison_sociale = nom(l, infos, "nomEgeLong", "nomEgeCourt");
    e.acheminement = acheminement(l, o, &cog);
    e.departement = departement(l, cog, e.et);
    categorie(l, &e);
    finess_ajouter_et(l, &e);
}

static void lire_pmej(struct finess_lecture *l, const json_t *o)
{
    struct entite_juridique e = {0};
    struct slice cog;
    enum etat x = etat(l, o);
    const json_t *infos = objet(l, o, "informationsGeneralesPMEJ"), *ege = liste(l, o, "ege");
    if (x == ETAT_FAUX || infos == NULL || !numero(l, infos, "numFinessPm", &e.ej)) return;
    for (size_t i = 0; i < json_array_size(ege); i++) lire_ege(l, json_array_get(ege, i), e.ej);
    if (x == FERME) {
        l->out->ej_fermees++;
        return;
    }
    struct slice v = texte(l, infos, "siren");
    if (v.len > 0 && siren_parse(v, &e.siren) != NUMERO_VALIDE) l->out->siret_ecartes++;
    e.statut = code(l, infos, "statutJuridique");
    e.raison_sociale = nom(l, infos, "denominationLonguePmSmsse", "denominationPm");
    e.acheminement = acheminement(l, o, &cog);
    finess_ajouter_ej(l, &e);
}

static bool lire_liste(struct finess_lecture *l, struct json_flux *j)
{
    json_t *v;
    int rc;
    if (json_genre(j) != '[') {
        ecart(l, "ce n'est pas une liste", "pmej");
        return false;
    }
    while ((rc = json_element(j, &v)) == 1) {
        l->numero = json_ligne(j);
        lire_pmej(l, v);
        json_decref(v);
        if (l->out->n_et + l->out->n_ej > FINESS_RANGEES_MAX) {
            diag_attendu(finess_faute(l, E_LIGNES_TROP, FINESS_CHAMPS, "trop d'objets"), "au plus %zu", FINESS_RANGEES_MAX);
            return false;
        }
    }
    return rc == 0;
}

/* --- the document ------------------------------------------------------------------------------------------------- */

/* `generatedAt`: an instant of UTC with up to nine decimals; the base has its legal day. */
static void dater(struct finess_lecture *l, struct slice v)
{
    struct instant i;
    struct jour lu = JOUR_ABSENT;
    buffer_clear(&l->valeur);
    size_t n = v.len > 19 && v.bytes[19] == '.' ? 19 : v.len;
    buffer_append(&l->valeur, v.bytes, n);
    if (n < v.len) buffer_putc(&l->valeur, 'Z');
    bool bon = v.len == 0 || (v.bytes[v.len - 1] == 'Z' && instant_parse((struct slice){l->valeur.bytes, l->valeur.len}, &i, NULL));
    if (!bon) {
        diag_trouve(ecart(l, "ce n'est pas un instant", "generatedAt"), "%.*s", (int)(v.len < 40 ? v.len : 40), v.bytes);
        return;
    }
    if (v.len > 0) lu = instant_jour(i);
    finess_dater(l, lu, FINESS_CHAMPS, v.len > 0 ? "dans « generatedAt »" : "le document ne porte pas sa date (« generatedAt »)");
}

struct en_tete {
    json_t *version, *genere; /* NULL when absent */
    bool pmej;
};

static bool lire_membres(struct finess_lecture *l, struct json_flux *j, struct en_tete *t)
{
    const char *cle;
    int rc;
    while ((rc = json_membre(j, &cle)) == 1) {
        bool version = strcmp(cle, "schemaVersion") == 0, genere = strcmp(cle, "generatedAt") == 0, pmej = strcmp(cle, "pmej") == 0;
        json_t **voulu = version ? &t->version : &t->genere;
        l->numero = json_ligne(j);
        if ((pmej && t->pmej) || ((version || genere) && *voulu != NULL)) {
            ecart(l, "donnée en double", cle);
            return false;
        }
        t->pmej = t->pmej || pmej;
        if (pmej && !lire_liste(l, j)) return false;
        if ((version || genere) && (*voulu = json_prendre(j)) == NULL) return false;
    }
    return rc == 0;
}

static struct slice texte_de(const json_t *v)
{
    return json_is_string(v) ? (struct slice){json_string_value(v), json_string_length(v)} : (struct slice){"", 0};
}

/* « v1.0.0 »: another major version may have moved what is read here. */
static void versionner(struct finess_lecture *l, const json_t *version)
{
    struct slice v = texte_de(version);
    if (version == NULL || (v.len > 3 && memcmp(v.bytes, "v1.", 3) == 0)) return;
    struct diag *d = ecart(l, "version du schéma inconnue", "schemaVersion");
    diag_trouve(d, "%.*s", (int)(v.len < 40 ? v.len : 40), v.bytes);
    diag_attendu(d, "v1.…");
}

bool finess_lire_structures(struct finess_lecture *l)
{
    struct en_tete t = {0};
    l->out->forme = FINESS_STRUCTURES;
    struct json_flux *j = json_ouvrir(l->flux, l->chemin, l->diags);
    if (j == NULL) return false;
    bool ok = lire_membres(l, j, &t);
    l->numero = 1;
    if (ok) {
        if (!t.pmej) ecart(l, "donnée absente", "pmej");
        versionner(l, t.version);
        dater(l, texte_de(t.genere));
    }
    json_decref(t.version);
    json_decref(t.genere);
    json_fermer(j);
    return ok;
}
