/* One row of a FINESS file: numbers checked, texts kept. */
#include "formats/finess_prive.h"

#include <string.h>

/* Columns kept (ranks from 0). */
enum { ET_NUMERO = 1, ET_EJ, ET_RS, ET_RSLONGUE, ET_DEPARTEMENT = 13, ET_ACHEMINEMENT = 15, ET_CATEGORIE = 18,
       ET_LIBCATEGORIE, ET_AGREGAT, ET_LIBAGREGAT, ET_SIRET, ET_OUVERTURE = 28 };
enum { EJ_NUMERO = 1, EJ_RS, EJ_RSLONGUE, EJ_ACHEMINEMENT = 12, EJ_STATUT = 16, EJ_SIREN = 20 };

/* False when the number is missing or wrong: the fault is added. */
static bool numero(struct finess_lecture *l, size_t rang, const char *quoi, finess *out)
{
    if (finess_parse(l->champs[rang], out) == NUMERO_VALIDE) return true;
    struct slice v = finess_champ(l, rang);
    if (v.len == 0) {
        finess_faute(l, E_FINESS_NUMERO, rang, "%s absent", quoi);
        return false;
    }
    enum numero_verdict verdict = finess_parse_saisie(v, out, NULL);
    if (verdict == NUMERO_VALIDE) return true;
    finess_faute(l, E_FINESS_NUMERO, rang, verdict == NUMERO_CLE ? "%s : la clé est fausse" : "%s : ce n'est pas un numéro FINESS", quoi);
    return false;
}

/* A code of at most four digits; an empty one is 0. */
static uint16_t code(struct finess_lecture *l, size_t rang, const char *quoi)
{
    struct slice v = finess_champ(l, rang);
    unsigned n = 0;
    for (size_t i = 0; i < v.len; i++) {
        if (i == 4 || v.bytes[i] < '0' || v.bytes[i] > '9') {
            finess_faute(l, E_FINESS_CODE, rang, "%s : ce n'est pas un code", quoi);
            return 0;
        }
        n = n * 10 + (unsigned)(v.bytes[i] - '0');
    }
    return (uint16_t)n;
}

/* A text as it is kept: UTF-8, without control characters, in the arena. */
static struct slice texte(struct finess_lecture *l, size_t rang)
{
    struct slice v = finess_champ(l, rang);
    if (v.len == 0) return (struct slice){"", 0};
    if (l->codage.windows_1252 && l->examen.non_ascii) {
        buffer_clear(&l->decode);
        texte_from_cp1252(&l->decode, v.bytes, v.len);
        v = (struct slice){l->decode.bytes, l->decode.len};
    }
    char *copie = arene_alloc(&l->memoire->textes, v.len);
    memcpy(copie, v.bytes, v.len);
    if (l->examen.controle && texte_has_control(copie, v.len)) {
        l->out->textes_nettoyes++;
        for (size_t i = 0; i < v.len; i++) {
            bool c1 = (unsigned char)copie[i] == 0xc2 && i + 1 < v.len && (unsigned char)copie[i + 1] < 0xa0;
            if (c1) copie[i] = copie[i + 1] = ' ';
            if ((unsigned char)copie[i] < 0x20 || copie[i] == 0x7f) copie[i] = ' ';
        }
    }
    return (struct slice){copie, v.len};
}

static struct slice nom(struct finess_lecture *l, size_t court, size_t longue)
{
    struct slice v = texte(l, longue);
    return v.len > 0 ? v : texte(l, court);
}

/* `1` lost its zero in a spreadsheet. Shared between rows. */
static struct slice departement(struct finess_lecture *l)
{
    struct slice v = finess_champ(l, ET_DEPARTEMENT);
    char deux[2] = {'0', '0'};
    if (v.len == 0) return (struct slice){"", 0};
    if (v.len == 1 && v.bytes[0] >= '1' && v.bytes[0] <= '9') {
        deux[1] = v.bytes[0];
        v = (struct slice){deux, 2};
    }
    for (size_t i = l->n_departements; i > 0; i--) {
        struct slice d = l->departements[i - 1];
        if (d.len == v.len && memcmp(d.bytes, v.bytes, v.len) == 0) return d;
    }
    struct slice d = v.bytes == deux ? (struct slice){arene_strndup(&l->memoire->textes, deux, 2), 2} : texte(l, ET_DEPARTEMENT);
    if (l->n_departements < sizeof l->departements / sizeof *l->departements) l->departements[l->n_departements++] = d;
    return d;
}

/* The first label met for a category. */
static void categorie(struct finess_lecture *l, const struct etablissement *e)
{
    struct finess_fichier *out = l->out;
    if (e->categorie == 0 || l->rang_categorie[e->categorie] != 0) return;
    out->categories = memoire_grow(out->categories, &l->cap_categories, out->n_categories + 1, sizeof *out->categories);
    out->categories[out->n_categories++] = (struct categorie_libelle){
        .categorie = e->categorie,
        .agregat = e->agregat,
        .libelle = texte(l, ET_LIBCATEGORIE),
        .libelle_agregat = texte(l, ET_LIBAGREGAT),
    };
    l->rang_categorie[e->categorie] = 1;
}

static uint64_t siret(struct finess_lecture *l)
{
    uint64_t n = 0;
    struct slice v = finess_champ(l, ET_SIRET);
    if (v.len == 0 || siret_parse(v, &n) == NUMERO_VALIDE) return n;
    l->out->siret_ecartes++;
    return 0;
}

/* A spreadsheet also takes the zeros at the head of a SIREN. */
static uint32_t siren(struct finess_lecture *l)
{
    uint32_t n = 0;
    char neuf[9] = "000000000";
    struct slice v = finess_champ(l, EJ_SIREN);
    if (v.len == 0) return 0;
    if (v.len < sizeof neuf) {
        memcpy(neuf + sizeof neuf - v.len, v.bytes, v.len);
        v = (struct slice){neuf, sizeof neuf};
    }
    if (siren_parse(v, &n) == NUMERO_VALIDE) return n;
    l->out->siret_ecartes++;
    return 0;
}

static struct jour ouverture(struct finess_lecture *l)
{
    struct jour j = JOUR_ABSENT;
    struct slice v = finess_champ(l, ET_OUVERTURE);
    if (v.len == 0 || jour_parse(v, &j)) return j;
    l->out->dates_ecartees++;
    return JOUR_ABSENT;
}

static void noter_ligne(struct finess_lecture *l, size_t n)
{
    l->lignes = memoire_grow(l->lignes, &l->cap_lignes, n + 1, sizeof *l->lignes);
    l->lignes[n] = (uint32_t)l->numero;
}

void finess_lire_et(struct finess_lecture *l)
{
    struct finess_fichier *out = l->out;
    struct etablissement e = {0};
    bool bon = numero(l, ET_NUMERO, "numéro d'établissement", &e.et);
    bon = numero(l, ET_EJ, "numéro d'entité juridique", &e.ej) && bon;
    e.categorie = code(l, ET_CATEGORIE, "catégorie");
    e.agregat = code(l, ET_AGREGAT, "agrégat de catégories");
    if (!bon) return;
    e.siret = siret(l);
    e.ouverture = ouverture(l);
    e.raison_sociale = nom(l, ET_RS, ET_RSLONGUE);
    e.acheminement = texte(l, ET_ACHEMINEMENT);
    e.departement = departement(l);
    categorie(l, &e);
    l->trie = l->trie && (out->n_et == 0 || out->et[out->n_et - 1].et < e.et);
    noter_ligne(l, out->n_et);
    out->et = memoire_grow(out->et, &l->cap, out->n_et + 1, sizeof *out->et);
    out->et[out->n_et++] = e;
}

void finess_lire_ej(struct finess_lecture *l)
{
    struct finess_fichier *out = l->out;
    struct entite_juridique e = {0};
    if (!numero(l, EJ_NUMERO, "numéro d'entité juridique", &e.ej)) return;
    e.siren = siren(l);
    e.statut = code(l, EJ_STATUT, "statut juridique");
    e.raison_sociale = nom(l, EJ_RS, EJ_RSLONGUE);
    e.acheminement = texte(l, EJ_ACHEMINEMENT);
    l->trie = l->trie && (out->n_ej == 0 || out->ej[out->n_ej - 1].ej < e.ej);
    noter_ligne(l, out->n_ej);
    out->ej = memoire_grow(out->ej, &l->cap, out->n_ej + 1, sizeof *out->ej);
    out->ej[out->n_ej++] = e;
}
