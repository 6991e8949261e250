/* Suspicions that the texts of a sheet give: accents spoilt, marks instead of names, numbers of order almost the same, cells exchanged, the
 * same scan twice. */
#include <string.h>

#include "metier/soupcons.h"
#include "noyau/tri.h"

static bool lettre(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* --- accents ------------------------------------------------------------------------------------------------------------ */

/* Is an accent of this text lost at `i`? UTF-8 read as Windows-1252 (Ã then anything but a letter), a replacement character, a question
 * mark or a low quote (DOS) inside a word, the Ž that Windows shows for the é of a Macintosh. */
static bool accent_abime(const char *p, size_t n, size_t i)
{
    const unsigned char *u = (const unsigned char *)p + i;
    const size_t reste = n - i;
    const bool dans_mot = i > 0 && lettre(p[i - 1]);
    if (reste >= 3 && u[0] == 0xC3 && (u[1] == 0x83 || u[1] == 0x82) && u[2] >= 0x80)
        return true;
    if (reste >= 3 && u[0] == 0xEF && u[1] == 0xBF && u[2] == 0xBD)
        return true;
    if (!dans_mot)
        return false;
    return (reste >= 2 && u[0] == '?' && lettre(p[i + 1])) || (reste >= 4 && u[0] == 0xE2 && u[1] == 0x80 && u[2] == 0x9A && lettre(p[i + 3])) ||
           (reste >= 2 && u[0] == 0xC5 && u[1] == 0xBD);
}

static bool accents_abimes(struct slice v)
{
    if (v.len == 0 || (texte_is_ascii(v.bytes, v.len) && memchr(v.bytes, '?', v.len) == NULL))
        return false; /* nearly all of them */
    for (size_t i = 0; i < v.len; i++)
        if ((v.bytes[i] == '?' || (v.bytes[i] & 0x80) != 0) && accent_abime(v.bytes, v.len, i))
            return true;
    return false;
}

/* --- marks instead of texts ----------------------------------------------------------------------------------------------- */

/* « idem », ", ?, « à compléter » : no name is written so. */
static bool n_est_pas_un_nom(struct slice v)
{
    static const char *const mots[] = {"IDEM", "ID", "IBID", "DITO", "NEANT", "INCONNU", "A COMPLETER", "A RENSEIGNER", "A PRECISER", "NC", "ND", "NA", "N A", "N C", "TBD", "X", "XX", ("XX" "X"), "TEST"};
    /* Most texts are told apart by their length and first letters. */
    if (v.len == 0 || v.len > 20 || (v.len > 4 && lettre(v.bytes[0]) && strchr("AaIiNn", v.bytes[0]) == NULL) ||
        (v.len > 4 && lettre(v.bytes[0]) && lettre(v.bytes[1]) && strchr("DdBbNnEeAaCc", v.bytes[1]) == NULL))
        return false;
    struct buffer plie = {0};
    texte_fold(&plie, v.bytes, v.len);
    const struct slice t = {plie.bytes, plie.len};
    bool oui = plie.len == 0;
    for (size_t i = 0; i < sizeof mots / sizeof *mots && !oui; i++)
        oui = slice_equals(t, mots[i]);
    buffer_free(&plie);
    return oui;
}

static void juger_texte(struct lecture_commandes *l, size_t ligne, size_t champ, struct slice v, bool nom)
{
    if (accents_abimes(v)) {
        struct diag *d = soupcon(l->ctx, l->c.f, ligne, champ, "%s : accents abîmés, le texte a changé d'encodage en route ?", l->c.champs[champ].nom);
        diag_trouve(d, "%.*s", (int)(v.len > 80 ? 80 : v.len), v.bytes);
        diag_a_faire(d, "refaire l'export du CRM en « CSV UTF-8 », ou corriger la cellule");
    } else if (nom && n_est_pas_un_nom(v)) {
        struct diag *d = soupcon(l->ctx, l->c.f, ligne, champ, "%s : ce n'est pas un nom", l->c.champs[champ].nom);
        diag_trouve(d, "%.*s", (int)v.len, v.bytes);
        diag_a_faire(d, "écrire ce que porte le bon de commande, ou vider la cellule");
    }
}

static void juger_textes(struct lecture_commandes *l, const struct commande_lue *o)
{
    const struct {
        size_t champ;
        struct slice v;
        bool nom;
    } textes[] = {{C_SOLUTION, o->solution, false}, {C_SIGNATAIRE, o->signataire, true}, {C_QUALITE_SIGNATAIRE, o->qualite, true}};
    for (size_t i = 0; i < sizeof textes / sizeof *textes; i++)
        juger_texte(l, soupcon_ligne(o, textes[i].champ), textes[i].champ, textes[i].v, textes[i].nom);
    for (uint32_t k = 0; k < o->n_essms; k++) {
        juger_texte(l, o->essms[k].ligne, C_LIBELLE_ESSMS, o->essms[k].libelle, true);
        juger_texte(l, o->essms[k].ligne, C_COMMUNE, o->essms[k].commune, true);
    }
}

/* --- signatory ---------------------------------------------------------------------------------------------------------- */

/* Does the text begin with one of these words? */
static bool commence(struct slice v, const char *const *mots, size_t n)
{
    struct buffer plie = {0};
    bool oui = false, possible = false;
    for (size_t i = 0; i < n && !possible; i++)
        possible = v.bytes[0] == mots[i][0] || v.bytes[0] == mots[i][0] + 'a' - 'A';
    if (!possible)
        return false;
    texte_fold(&plie, v.bytes, v.len);
    for (size_t i = 0; i < n && !oui; i++) {
        const size_t k = strlen(mots[i]);
        oui = plie.len >= k && memcmp(plie.bytes, mots[i], k) == 0 && (plie.len == k || plie.bytes[k] == ' ');
    }
    buffer_free(&plie);
    return oui;
}

static void signataire_echange(struct lecture_commandes *l, const struct commande_lue *o)
{
    static const char *const civilites[] = {"M", "MR", "MME", "MLLE", "MONSIEUR", "MADAME"};
    static const char *const fonctions[] = {"DIRECTEUR", "DIRECTRICE", "PRESIDENT", "PRESIDENTE", "DG", "GERANT", "GERANTE", "MAIRE", "RESPONSABLE", "TRESORIER", "TRESORIERE"};
    if (o->signataire.len == 0 || o->qualite.len == 0)
        return;
    const bool nom_en_qualite = commence(o->qualite, civilites, 6) && !commence(o->signataire, civilites, 6);
    if (!nom_en_qualite && !(commence(o->signataire, fonctions, 11) && !commence(o->qualite, fonctions, 11)))
        return;
    struct diag *d = soupcon(l->ctx, l->c.f, soupcon_ligne(o, C_SIGNATAIRE), C_SIGNATAIRE, "le nom du signataire et sa qualité : colonnes inversées ?");
    diag_trouve(d, "signataire « %.*s », qualité « %.*s »", (int)(o->signataire.len > 60 ? 60 : o->signataire.len), o->signataire.bytes,
                (int)(o->qualite.len > 60 ? 60 : o->qualite.len), o->qualite.bytes);
    diag_a_faire(d, "remettre chaque texte dans sa colonne, d'après le bon de commande");
}

/* --- numbers almost the same ---------------------------------------------------------------------------------------------- */

struct numero_plie {
    struct slice cle, numero;
    uint32_t ligne;
};

/* Case, accents and separators do not count, but between two digits or two letters: BC-12-3 is not BC-1-23. */
static struct slice plier_numero(struct arene *a, struct slice v)
{
    struct buffer plie = {0};
    texte_fold(&plie, v.bytes, v.len);
    char *t = arene_alloc(a, plie.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < plie.len; i++)
        if (plie.bytes[i] != ' ' || i == 0 || i + 1 == plie.len || lettre(plie.bytes[i - 1]) == lettre(plie.bytes[i + 1]))
            t[n++] = plie.bytes[i];
    buffer_free(&plie);
    return (struct slice){t, n};
}

static int par_cle(const void *a, const void *b)
{
    const struct numero_plie *x = a, *y = b;
    const int c = memcmp(x->cle.bytes, y->cle.bytes, x->cle.len < y->cle.len ? x->cle.len : y->cle.len);
    if (c != 0 || x->cle.len != y->cle.len)
        return c != 0 ? c : x->cle.len < y->cle.len ? -1 : 1;
    return (x->ligne > y->ligne) - (x->ligne < y->ligne);
}

static void numeros_presque_egaux(struct lecture_commandes *l)
{
    const size_t n = l->out->n;
    struct arene a = {0};
    struct numero_plie *t = memoire_calloc(n + 1, sizeof *t);
    for (size_t i = 0; i < n; i++)
        t[i] = (struct numero_plie){plier_numero(&a, l->out->items[i].numero), l->out->items[i].numero, l->out->items[i].ligne};
    trier_liste(t, n, sizeof *t, par_cle);
    for (size_t i = 1; i < n; i++) {
        const struct numero_plie *x = &t[i - 1], *y = &t[i];
        if (y->cle.len == 0 || x->cle.len != y->cle.len || memcmp(x->cle.bytes, y->cle.bytes, y->cle.len) != 0 ||
            (x->numero.len == y->numero.len && memcmp(x->numero.bytes, y->numero.bytes, x->numero.len) == 0))
            continue; /* the same number twice: two suppliers */
        struct diag *d = soupcon(l->ctx, l->c.f, y->ligne, C_NUMERO, "le numéro est presque le même que celui d'une autre commande ; la même, écrite autrement ?");
        diag_trouve(d, "« %.*s » ici, « %.*s » ligne %u", (int)y->numero.len, y->numero.bytes, (int)x->numero.len, x->numero.bytes,
                    (unsigned)feuille_numero(l->c.f, x->ligne));
        diag_a_faire(d, "si c'est la même commande, écrire son numéro de la même façon sur toutes ses lignes");
    }
    memoire_free(t);
    arene_free(&a);
}

void soupcons_textes(struct lecture_commandes *l)
{
    for (size_t i = 0; i < l->out->n; i++) {
        juger_textes(l, &l->out->items[i]);
        signataire_echange(l, &l->out->items[i]);
    }
    numeros_presque_egaux(l);
}

/* --- the same scan twice -------------------------------------------------------------------------------------------------- */

struct bon_vu {
    const struct commande_lue *o;
    struct empreinte empreinte;
};

static int par_empreinte(const void *a, const void *b)
{
    const struct bon_vu *x = a, *y = b;
    const int c = memcmp(x->empreinte.octets, y->empreinte.octets, sizeof x->empreinte.octets);
    return c != 0 ? c : (x->o->ligne > y->o->ligne) - (x->o->ligne < y->o->ligne);
}

void soupcons_bons(struct contexte *ctx, struct feuille *f, const struct commandes_lues *lues)
{
    struct bon_vu *t = memoire_calloc(lues->n + 1, sizeof *t);
    size_t n = 0;
    for (size_t i = 0; i < lues->n; i++)
        if (lues->items[i].piece)
            t[n++] = (struct bon_vu){&lues->items[i], lues->items[i].piece_ref.empreinte};
    trier_liste(t, n, sizeof *t, par_empreinte);
    for (size_t i = 1; i < n; i++) {
        if (memcmp(t[i - 1].empreinte.octets, t[i].empreinte.octets, sizeof t[i].empreinte.octets) != 0)
            continue;
        struct diag *d = soupcon(ctx, f, soupcon_ligne(t[i].o, C_PIECE), C_PIECE, "le bon est le même fichier que celui d'une autre commande");
        diag_trouve(d, "commande %.*s, ligne %u", (int)t[i - 1].o->numero.len, t[i - 1].o->numero.bytes, (unsigned)feuille_numero(f, t[i - 1].o->ligne));
        diag_attendu(d, "à chaque commande son bon, sauf si un seul document les porte toutes");
        diag_a_faire(d, "ouvrir le fichier, et nommer le bon document sur la ligne de celle qu'il ne porte pas");
    }
    memoire_free(t);
}
