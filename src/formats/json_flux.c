#include "formats/json_flux.h"

#include <string.h>
#include "noyau/memoire.h"

enum place { AVANT, VALEUR, ELEMENTS, FINI };

struct json_flux {
    struct flux *flux;
    const char *chemin;
    struct diag_liste *diags;
    const char *octets;       /* window: what the flux gave last */
    size_t rang, len;
    bool fin, faute;
    uint64_t ligne, debut;    /* under way; of the last value */
    enum place place;         /* what the next byte begins */
    bool premier;             /* no member, or no element, was met yet */
    char cle[JSON_CLE_MAX + 1];
    struct buffer valeur;
};

static int faute(struct json_flux *j, enum erreur_code c, const char *texte)
{
    if (!j->faute) diag_lieu(diag_erreur(j->diags, c, "%s", texte), &(struct lieu){.fichier = j->chemin, .ligne = j->ligne});
    j->faute = true;
    return -1;
}

/* The next byte, not taken: −1 at the end or on a fault. */
static int voir(struct json_flux *j)
{
    if (j->rang < j->len) return (unsigned char)j->octets[j->rang];
    if (j->fin || j->faute) return -1;
    int rc = flux_octets(j->flux, &j->octets, &j->len, j->diags);
    j->rang = 0;
    if (rc < 0) j->faute = true; /* said by the flux */
    if (rc <= 0) j->len = 0;
    j->fin = rc <= 0;
    return rc == 1 ? (unsigned char)j->octets[0] : -1;
}

static int prendre(struct json_flux *j)
{
    int c = voir(j);
    if (c < 0) return c;
    j->rang++;
    j->ligne += c == '\n';
    return c;
}

/* The next byte that is not a blank, not taken. */
static int voir_plein(struct json_flux *j)
{
    int c;
    while ((c = voir(j)) == ' ' || c == '\n' || c == '\r' || c == '\t') (void)prendre(j);
    return c;
}

static int attendre(struct json_flux *j, char voulu)
{
    int c = voir_plein(j);
    if (c == voulu) return prendre(j);
    return faute(j, E_JSON_FORME, c < 0 ? "le document est coupé" : "le document n'est pas du JSON");
}

/* --- bounds of a value -------------------------------------------------------------------------------------------- */

struct bornes {
    size_t profondeur;
    bool texte, echappe;
};

/* One byte inside a value; true when the value, a compound or a string, ends with it. */
static bool avancer(struct bornes *b, int c)
{
    if (b->texte) {
        bool fin = c == '"' && !b->echappe;
        b->echappe = c == '\\' && !b->echappe;
        b->texte = !fin;
        return fin && b->profondeur == 0;
    }
    if (c == '"') b->texte = true;
    if (c == '{' || c == '[') b->profondeur++;
    if (c == '}' || c == ']') return b->profondeur > 0 && --b->profondeur == 0;
    return false;
}

/* Numbers and words end before what follows them. */
static bool separe(int c)
{
    return c < 0 || strchr(",]} \t\r\n", c) != NULL;
}

/* As much of the value as the window holds: count of bytes taken; `*fin` when it ends with the last of them. */
static size_t morceau(struct json_flux *j, struct bornes *b, bool *fin)
{
    const char *p = j->octets + j->rang;
    size_t n = j->len - j->rang, i = 0;
    while (i < n && !*fin && b->profondeur <= JSON_PROFONDEUR_MAX) {
        j->ligne += p[i] == '\n';
        *fin = avancer(b, p[i++]);
    }
    return i;
}

/* Goes over a value; keeps its bytes when `garder`. */
static bool parcourir(struct json_flux *j, bool garder)
{
    struct bornes b = {0};
    int c = voir_plein(j);
    bool nu = c != '{' && c != '[' && c != '"', fin = false;
    j->debut = j->ligne;
    buffer_clear(&j->valeur);
    if (c < 0 || (nu && separe(c))) {
        faute(j, E_JSON_FORME, c < 0 ? "le document est coupé" : "il manque une valeur");
        return false;
    }
    for (; nu && !separe(c) && j->valeur.len <= JSON_CLE_MAX; c = voir(j)) buffer_putc(&j->valeur, (char)prendre(j));
    while (!nu && !fin && !j->faute) {
        if (voir(j) < 0) {
            faute(j, E_JSON_FORME, "le document est coupé");
            break;
        }
        size_t n = morceau(j, &b, &fin);
        if (garder) buffer_append(&j->valeur, j->octets + j->rang, n);
        j->rang += n;
        if (b.profondeur > JSON_PROFONDEUR_MAX) faute(j, E_JSON_LIMITE, "le document a trop de niveaux");
        if (j->valeur.len > JSON_VALEUR_MAX) faute(j, E_JSON_LIMITE, "une valeur du document est trop longue");
    }
    return !j->faute;
}

static json_t *analyser(struct json_flux *j)
{
    json_error_t e;
    if (!parcourir(j, true)) return NULL;
    json_t *v = json_loadb(j->valeur.bytes, j->valeur.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    if (v != NULL) return v;
    j->faute = true;
    struct diag *d = diag_erreur(j->diags, E_JSON_FORME, "le document n'est pas du JSON");
    diag_lieu(d, &(struct lieu){.fichier = j->chemin, .ligne = j->debut + (e.line > 0 ? (uint64_t)e.line - 1 : 0)});
    return NULL;
}

/* --- the document ------------------------------------------------------------------------------------------------- */

struct json_flux *json_ouvrir(struct flux *f, const char *chemin, struct diag_liste *diags)
{
    json_set_alloc_funcs(memoire_alloc, memoire_free);
    struct json_flux *j = memoire_calloc(1, sizeof *j);
    *j = (struct json_flux){.flux = f, .chemin = chemin, .diags = diags, .ligne = 1, .premier = true};
    for (const char *bom = "\xef\xbb\xbf"; *bom != '\0' && voir(j) == (unsigned char)*bom; bom++) (void)prendre(j);
    if (attendre(j, '{') >= 0) return j;
    json_fermer(j);
    return NULL;
}

void json_fermer(struct json_flux *j)
{
    buffer_free(&j->valeur);
    memoire_free(j);
}

/* What follows the outermost object: blanks. */
static int terminer(struct json_flux *j)
{
    (void)prendre(j);
    j->place = FINI;
    if (voir_plein(j) >= 0) return faute(j, E_JSON_FORME, "quelque chose suit la fin du document");
    return j->faute ? -1 : 0;
}

static int lire_cle(struct json_flux *j)
{
    size_t n = 0;
    if (attendre(j, '"') < 0) return -1;
    for (int c; (c = prendre(j)) != '"';) {
        if (c < 0) return faute(j, E_JSON_FORME, "le document est coupé");
        if (n == JSON_CLE_MAX) return faute(j, E_JSON_LIMITE, "un nom du document est trop long");
        if (c < ' ' || c == '\\') return faute(j, E_JSON_FORME, "un nom du document n'est pas simple");
        j->cle[n++] = (char)c;
    }
    j->cle[n] = '\0';
    return attendre(j, ':') < 0 ? -1 : 1;
}

/* Leaves the value of the member under way. */
static bool laisser(struct json_flux *j)
{
    int rc = 1;
    if (j->place == VALEUR) return parcourir(j, false);
    while (j->place == ELEMENTS && rc == 1) {
        json_t *v;
        rc = json_element(j, &v);
        if (rc == 1) json_decref(v);
    }
    return rc >= 0;
}

int json_membre(struct json_flux *j, const char **cle)
{
    if (j->faute || !laisser(j)) return -1;
    if (j->place == FINI) return 0;
    int c = voir_plein(j);
    if (c == '}') return terminer(j);
    if (!j->premier && attendre(j, ',') < 0) return -1;
    j->premier = false;
    if (voir_plein(j) < 0 || lire_cle(j) < 0) return faute(j, E_JSON_FORME, "le document est coupé");
    j->place = VALEUR;
    *cle = j->cle;
    return 1;
}

char json_genre(struct json_flux *j)
{
    int c = voir_plein(j);
    return c < 0 ? '\0' : (char)c;
}

json_t *json_prendre(struct json_flux *j)
{
    j->place = AVANT;
    return analyser(j);
}

int json_element(struct json_flux *j, json_t **out)
{
    bool premier = j->place == VALEUR;
    if (premier && attendre(j, '[') < 0) return -1;
    j->place = ELEMENTS;
    int c = voir_plein(j);
    if (c == ']') {
        (void)prendre(j);
        j->place = AVANT;
        return 0;
    }
    if (!premier && attendre(j, ',') < 0) return -1;
    *out = analyser(j);
    return *out != NULL ? 1 : -1;
}

uint64_t json_ligne(const struct json_flux *j)
{
    return j->debut;
}
