/* A table pasted on standard input, as a portal shows it: tabs between its columns, or the separators of a CSV. */
#include "metier/collage.h"

#include <string.h>

#include "formats/csv.h"
#include "noyau/memoire.h"

#define COLONNES_MAX 64
#define LIGNES_MAX_COLLAGE 100000

struct colle {
    const struct feuille_champ *champs;
    size_t n_champs;
    const struct feuille_renommage *renommages;
    size_t n_renommages;
    struct arene *arene;
    struct diag_liste *diags;
    char sep;
    size_t rang[COLONNES_MAX]; /* field of each column, n_champs = none */
    size_t n_colonnes;
    struct slice *valeurs;
    size_t n, cap;
};

void colonne_ignoree(struct diag_liste *diags, const char *fichier, struct slice nom)
{
    diag_lieu(diag_regle(diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "Colonne ignorée : %.*s", (int)(nom.len > 80 ? 80 : nom.len), nom.bytes),
              &(struct lieu){.fichier = fichier});
}

static size_t champ_de(const struct colle *c, struct slice nom)
{
    struct buffer plie = {0};
    size_t rang = c->n_champs;
    texte_fold_name(&plie, nom.bytes, nom.len);
    buffer_append(&plie, "", 0);
    for (size_t i = 0; i < c->n_champs; i++)
        if (plie.len > 0 && strcmp(plie.bytes, c->champs[i].nom) == 0)
            rang = i;
    for (size_t i = 0; rang == c->n_champs && i < c->n_renommages; i++)
        if (plie.len > 0 && strcmp(plie.bytes, c->renommages[i].colonne) == 0)
            rang = c->renommages[i].champ;
    buffer_free(&plie);
    return rang;
}

/* The header: the separator that shows the most known columns. */
static size_t connues(struct colle *c, struct slice ligne, char sep, bool prendre)
{
    struct slice champs[COLONNES_MAX];
    struct buffer valeur = {0};
    size_t n = 0, total = 0;
    if (csv_decouper(ligne.bytes, ligne.len, sep, memchr(ligne.bytes, '"', ligne.len) != NULL, champs, COLONNES_MAX, &n) != CSV_BIEN || n > COLONNES_MAX)
        return 0;
    for (size_t i = 0; i < n; i++) {
        const struct slice nom = slice_trim(csv_valeur(champs[i], &valeur));
        const size_t rang = champ_de(c, nom);
        total += rang < c->n_champs;
        if (prendre)
            c->rang[i] = rang;
        if (prendre && rang == c->n_champs && nom.len > 0)
            colonne_ignoree(c->diags, COLLAGE_NOM, nom);
    }
    if (prendre)
        c->n_colonnes = n;
    buffer_free(&valeur);
    return total;
}

static bool entete(struct colle *c, struct slice ligne)
{
    size_t meilleur = 0;
    for (const char *sep = "\t;,"; *sep != '\0'; sep++) {
        const size_t n = connues(c, ligne, *sep, false);
        if (n > meilleur) {
            meilleur = n;
            c->sep = *sep;
        }
    }
    return meilleur > 0 && connues(c, ligne, c->sep, true) > 0;
}

static struct diag *faute(struct colle *c, size_t ligne, enum erreur_code code, const char *quoi)
{
    struct diag *d = diag_erreur(c->diags, code, "%s", quoi);
    diag_lieu(d, &(struct lieu){.fichier = COLLAGE_NOM, .ligne = ligne});
    return d;
}

static bool rangee(struct colle *c, struct slice ligne, size_t numero)
{
    struct slice champs[COLONNES_MAX];
    struct buffer valeur = {0};
    size_t n = 0;
    const enum csv_verdict v = csv_decouper(ligne.bytes, ligne.len, c->sep, memchr(ligne.bytes, '"', ligne.len) != NULL, champs, COLONNES_MAX, &n);
    if (v != CSV_BIEN || n > c->n_colonnes || c->n >= LIGNES_MAX_COLLAGE) {
        struct diag *d = faute(c, numero, v != CSV_BIEN ? E_GUILLEMETS : E_VALEUR, v != CSV_BIEN ? "guillemets non appariés" : "trop de colonnes, ou de lignes");
        diag_attendu(d, "%zu colonnes, comme l'en-tête ; %d lignes au plus", c->n_colonnes, LIGNES_MAX_COLLAGE);
        return false;
    }
    c->valeurs = memoire_grow(c->valeurs, &c->cap, (c->n + 1) * c->n_champs, sizeof *c->valeurs);
    struct slice *t = c->valeurs + c->n++ * c->n_champs;
    bool bon = true;
    for (size_t i = 0; i < c->n_champs; i++)
        t[i] = (struct slice){"", 0};
    for (size_t i = 0; i < n; i++) {
        const struct slice lu = slice_trim(csv_valeur(champs[i], &valeur));
        if (c->rang[i] >= c->n_champs)
            continue;
        if (texte_has_control(lu.bytes, lu.len)) { /* feuille_de_lignes would refuse it too, without its line */
            (void)faute(c, numero, E_CONTROLE, "caractère de contrôle dans une cellule");
            bon = false;
        } else
            t[c->rang[i]] = (struct slice){arene_strndup(c->arene, lu.bytes, lu.len), lu.len};
    }
    buffer_free(&valeur);
    return bon;
}

/* A column that we know, given twice: neither is chosen. */
static bool colonnes_uniques(struct colle *c, size_t ligne)
{
    bool ok = true;
    for (size_t i = 0; i < c->n_colonnes; i++)
        for (size_t k = 0; k < i && c->rang[i] < c->n_champs; k++)
            if (c->rang[k] == c->rang[i]) {
                diag_trouve(faute(c, ligne, E_COLONNE_DOUBLE, "colonne donnée deux fois"), "%s, colonnes %zu et %zu", c->champs[c->rang[i]].nom, k + 1, i + 1);
                ok = false;
                break;
            }
    return ok;
}

/* Line by line; blank ones are nothing. */
static bool lignes(struct colle *c, struct slice texte)
{
    bool ok = true, tete = false;
    size_t numero = 0;
    while (texte.len > 0) {
        const char *lf = memchr(texte.bytes, '\n', texte.len);
        struct slice ligne = {texte.bytes, lf == NULL ? texte.len : (size_t)(lf - texte.bytes)};
        texte = lf == NULL ? (struct slice){NULL, 0} : (struct slice){lf + 1, texte.len - ligne.len - 1};
        ligne.len -= ligne.len > 0 && ligne.bytes[ligne.len - 1] == '\r';
        numero++;
        if (slice_trim(ligne).len == 0)
            continue;
        if (tete)
            ok = rangee(c, ligne, numero) && ok;
        else if ((tete = entete(c, ligne)))
            ok = colonnes_uniques(c, numero);
        else
            return diag_attendu(faute(c, numero, E_ENTETE, "aucune colonne connue dans la première ligne collée"),
                                "l'en-tête du tableau, avec ses colonnes : numéro, statut, date"), false;
    }
    if (!tete || c->n == 0)
        (void)faute(c, numero, E_ENTETE, "rien à lire : le tableau collé n'a pas de ligne");
    return ok && tete && c->n > 0;
}

struct feuille *collage_lire(struct slice octets, const struct feuille_champ *champs, size_t n_champs, const struct feuille_renommage *renommages,
                             size_t n_renommages, struct arene *a, struct diag_liste *diags)
{
    struct colle c = {.champs = champs, .n_champs = n_champs, .renommages = renommages, .n_renommages = n_renommages, .arene = a, .diags = diags};
    struct buffer utf8 = {0};
    struct feuille *f = NULL;
    if (octets.len >= 3 && memcmp(octets.bytes, "\xEF\xBB\xBF", 3) == 0)
        octets = (struct slice){octets.bytes + 3, octets.len - 3};
    if (memchr(octets.len > 0 ? octets.bytes : "", '\0', octets.len) != NULL) {
        (void)faute(&c, 0, E_BINAIRE, "octet nul dans le tableau collé");
        return NULL;
    }
    if (!texte_is_utf8(octets.bytes, octets.len)) {
        texte_from_cp1252(&utf8, octets.bytes, octets.len);
        octets = (struct slice){utf8.bytes, utf8.len};
    }
    if (lignes(&c, octets))
        f = feuille_de_lignes(COLLAGE_NOM, champs, n_champs, c.valeurs, c.n, diags);
    memoire_free(c.valeurs);
    buffer_free(&utf8);
    return f;
}
