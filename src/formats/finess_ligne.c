/* One row of a FINESS file: numbers checked, texts kept. */
#include "formats/finess_prive.h"

#include <string.h>

/* The field of a column of the layout. */
static size_t rang_de(const struct finess_lecture *l, enum finess_colonne c)
{
    return l->plan.rang[c];
}

static struct slice valeur(struct finess_lecture *l, enum finess_colonne c)
{
    return finess_champ(l, rang_de(l, c));
}

/* False when the number is missing or wrong: the fault is added. */
static bool numero(struct finess_lecture *l, enum finess_colonne c, const char *quoi, finess *out)
{
    const size_t rang = rang_de(l, c);
    bool repare = false;
    if (finess_parse(l->champs[rang], out) == NUMERO_VALIDE) return true;
    struct slice v = finess_champ(l, rang);
    if (v.len == 0) {
        finess_faute(l, E_FINESS_NUMERO, rang, "%s absent", quoi);
        return false;
    }
    enum numero_verdict verdict = finess_parse_saisie(v, out, &repare);
    l->out->zeros_remis += repare;
    if (verdict == NUMERO_VALIDE) return true;
    finess_faute(l, E_FINESS_NUMERO, rang, verdict == NUMERO_CLE ? "%s : la clé est fausse" : "%s : ce n'est pas un numéro FINESS", quoi);
    return false;
}

/* A code of at most four digits; an empty one is 0. */
static uint16_t code(struct finess_lecture *l, enum finess_colonne c, const char *quoi)
{
    const size_t rang = rang_de(l, c);
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

struct slice finess_texte_garde(struct finess_lecture *l, struct slice v)
{
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

/* A text as it is kept: UTF-8, without control characters, in the arena. */
static struct slice texte(struct finess_lecture *l, enum finess_colonne c)
{
    struct slice v = valeur(l, c);
    if (v.len == 0) return (struct slice){"", 0};
    if (l->codage.windows_1252 && l->examen.non_ascii) {
        buffer_clear(&l->decode);
        texte_from_cp1252(&l->decode, v.bytes, v.len);
        v = (struct slice){l->decode.bytes, l->decode.len};
    }
    return finess_texte_garde(l, v);
}

static struct slice nom(struct finess_lecture *l)
{
    struct slice v = texte(l, C_RSLONGUE);
    return v.len > 0 ? v : texte(l, C_RS);
}

/* `1` lost its zero in a spreadsheet. */
struct slice finess_departement(struct finess_lecture *l, struct slice v)
{
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
    struct slice d = v.bytes == deux ? (struct slice){arene_strndup(&l->memoire->textes, deux, 2), 2} : finess_texte_garde(l, v);
    if (l->n_departements < sizeof l->departements / sizeof *l->departements) l->departements[l->n_departements++] = d;
    return d;
}

void finess_categorie(struct finess_lecture *l, const struct categorie_libelle *c)
{
    struct finess_fichier *out = l->out;
    out->categories = memoire_grow(out->categories, &l->cap_categories, out->n_categories + 1, sizeof *out->categories);
    out->categories[out->n_categories++] = *c;
    l->rang_categorie[c->categorie] = 1;
}

static void categorie(struct finess_lecture *l, const struct etablissement *e)
{
    if (e->categorie == 0 || l->rang_categorie[e->categorie] != 0) return;
    const struct categorie_libelle c = {
        .categorie = e->categorie, .agregat = e->agregat, .libelle = texte(l, C_LIBCATEGORIE), .libelle_agregat = texte(l, C_LIBAGREGAT)};
    finess_categorie(l, &c);
}

/* Digits whose leading zeros a spreadsheet took, put back in `out`; the key is judged by the caller. */
static struct slice zeros(struct slice v, char *out, size_t len)
{
    if (v.len >= len) return v;
    memset(out, '0', len);
    memcpy(out + len - v.len, v.bytes, v.len);
    return (struct slice){out, len};
}

static uint64_t siret(struct finess_lecture *l)
{
    uint64_t n = 0;
    char quatorze[14];
    struct slice v = valeur(l, C_SIRET);
    if (v.len == 13) v = zeros(v, quatorze, sizeof quatorze);
    if (v.len == 0 || siret_parse(v, &n) == NUMERO_VALIDE) return n;
    l->out->siret_ecartes++;
    return 0;
}

static uint32_t siren(struct finess_lecture *l)
{
    uint32_t n = 0;
    char neuf[9];
    struct slice v = valeur(l, C_SIRET);
    if (v.len == 0 || siren_parse(zeros(v, neuf, sizeof neuf), &n) == NUMERO_VALIDE) return n;
    l->out->siret_ecartes++;
    return 0;
}

static struct jour ouverture(struct finess_lecture *l)
{
    struct jour j = JOUR_ABSENT;
    struct slice v = valeur(l, C_OUVERTURE);
    if (v.len == 0 || jour_parse(v, &j)) return j;
    l->out->dates_ecartees++;
    return JOUR_ABSENT;
}

static void noter_ligne(struct finess_lecture *l, struct finess_suite *s, size_t n)
{
    s->lignes = memoire_grow(s->lignes, &s->cap_lignes, n + 1, sizeof *s->lignes);
    s->lignes[n] = (uint32_t)l->numero;
}

void finess_ajouter_et(struct finess_lecture *l, const struct etablissement *e)
{
    struct finess_fichier *out = l->out;
    l->et.melee |= out->n_et > 0 && out->et[out->n_et - 1].et >= e->et;
    noter_ligne(l, &l->et, out->n_et);
    out->et = memoire_grow(out->et, &l->et.cap, out->n_et + 1, sizeof *out->et);
    out->et[out->n_et++] = *e;
}

void finess_ajouter_ej(struct finess_lecture *l, const struct entite_juridique *e)
{
    struct finess_fichier *out = l->out;
    l->ej.melee |= out->n_ej > 0 && out->ej[out->n_ej - 1].ej >= e->ej;
    noter_ligne(l, &l->ej, out->n_ej);
    out->ej = memoire_grow(out->ej, &l->ej.cap, out->n_ej + 1, sizeof *out->ej);
    out->ej[out->n_ej++] = *e;
}

void finess_lire_et(struct finess_lecture *l)
{
    struct etablissement e = {0};
    bool bon = numero(l, C_NUMERO, "numéro d'établissement", &e.et);
    bon = numero(l, C_OG, "numéro d'entité juridique", &e.ej) && bon;
    e.categorie = code(l, C_CATEGORIE, "catégorie");
    e.agregat = code(l, C_AGREGAT, "agrégat de catégories");
    if (!bon) return;
    e.siret = siret(l);
    e.ouverture = ouverture(l);
    e.raison_sociale = nom(l);
    e.acheminement = texte(l, C_ACHEMINEMENT);
    e.departement = finess_departement(l, valeur(l, C_DEPARTEMENT));
    categorie(l, &e);
    finess_ajouter_et(l, &e);
}

void finess_lire_ej(struct finess_lecture *l)
{
    struct entite_juridique e = {0};
    if (!numero(l, C_NUMERO, "numéro d'entité juridique", &e.ej)) return;
    e.siren = siren(l);
    e.statut = code(l, C_STATUT, "statut juridique");
    e.raison_sociale = nom(l);
    e.acheminement = texte(l, C_ACHEMINEMENT);
    finess_ajouter_ej(l, &e);
}
