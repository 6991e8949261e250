#include "metier/cellules.h"

#include <string.h>

#include "metier/soupcons.h"
#include "metier/vues.h"

#define TEXTE_MAX 500
#define JOURS_1904 1462 /* what some workbooks leave out of the count, that begins on 01/01/1904 */

struct diag *cellule_faute(struct cellules *c, enum erreur_code code, size_t ligne, size_t champ, const char *message)
{
    const struct lieu lieu = feuille_lieu(c->f, ligne, champ);
    struct diag *d = diag_erreur(c->diags, code, "%s : %s", c->champs[champ].nom, message);
    diag_lieu(d, &lieu);
    c->ok = false;
    return d;
}

static struct diag *valeur_faute(struct cellules *c, enum erreur_code code, size_t ligne, size_t champ, const char *message)
{
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    struct diag *d = cellule_faute(c, code, ligne, champ, message);
    diag_trouve(d, "%.*s", (int)(v.len > 80 ? 80 : v.len), v.bytes);
    return d;
}

struct slice cellule_texte_de(struct cellules *c, size_t ligne, size_t champ)
{
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len <= TEXTE_MAX)
        return v;
    diag_attendu(valeur_faute(c, E_VALEUR, ligne, champ, "texte trop long"), "%d octets au plus", TEXTE_MAX);
    return (struct slice){NULL, 0};
}

/* `12/07/2022 14:30`, `2022-07-12T00:00:00`: the day. False when there is no hour behind. */
static bool sans_heure(struct slice v, struct slice *jour)
{
    size_t i = 0;
    while (i < v.len && v.bytes[i] != ' ' && v.bytes[i] != 'T')
        i++;
    if (i < 8 || v.len - i < 6 || v.len - i > 13 || v.bytes[i + 3] != ':')
        return false;
    for (size_t k = i + 1; k < v.len; k++)
        if ((v.bytes[k] < '0' || v.bytes[k] > '9') && v.bytes[k] != ':' && v.bytes[k] != '.' && v.bytes[k] != 'Z')
            return false;
    *jour = (struct slice){v.bytes, i};
    return true;
}

/* What people and spreadsheets write instead of a date, told by its name. */
static void aider_date(struct diag *d, struct slice v)
{
    struct jour j, base;
    int64_t n = 0;
    size_t i = 0, barres = 0;
    char t[JOUR_TEXTE_MAX];
    for (; i < v.len && v.bytes[i] >= '0' && v.bytes[i] <= '9'; i++)
        n = i < 6 ? n * 10 + (v.bytes[i] - '0') : n;
    for (size_t k = 0; k < v.len; k++)
        barres += v.bytes[k] == '/';
    if (i == v.len && i == 5 && jour_from_ymd(1899, 12, 30, &base)) {
        const struct jour mac = jour_plus(base, (int32_t)n + JOURS_1904);
        char u[JOUR_TEXTE_MAX];
        if (jour_annee(jour_plus(base, (int32_t)n)) >= 2021)
            diag_a_faire(d, "c'est le nombre de jours d'un tableur (%s ?) : mettre la colonne au format date", jour_fr(jour_plus(base, (int32_t)n), t));
        else
            diag_a_faire(d, "c'est le nombre de jours d'un tableur (%s, ou %s s'il compte depuis 1904 ?) : mettre la colonne au format date",
                         jour_fr(jour_plus(base, (int32_t)n), t), jour_fr(mac, u));
    } else if (barres == 2 && v.len >= 6 && v.len <= 8 && v.bytes[v.len - 3] == '/') {
        diag_a_faire(d, "écrire l'année sur quatre chiffres");
    } else if (barres == 2 && v.len == 10 && v.bytes[2] == '/' && v.bytes[5] == '/') {
        const char autre[11] = {v.bytes[3], v.bytes[4], '/', v.bytes[0], v.bytes[1], '/', v.bytes[6], v.bytes[7], v.bytes[8], v.bytes[9], '\0'};
        if (jour_parse(slice_of(autre), &j))
            diag_a_faire(d, "mois et jour inversés ? écrire %s", jour_fr(j, t));
    }
}

struct jour cellule_jour_de(struct cellules *c, size_t ligne, size_t champ)
{
    struct jour j;
    struct slice seul;
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len == 0)
        return JOUR_ABSENT;
    if (jour_parse(v, &j) && jour_annee(j) >= 2000 && jour_annee(j) <= 2099)
        return j;
    if (sans_heure(v, &seul) && jour_parse(seul, &j) && jour_annee(j) >= 2000 && jour_annee(j) <= 2099) {
        feuille_reparer(c->f, ligne, champ, "l'heure est laissée de côté");
        return j;
    }
    struct diag *d = valeur_faute(c, E_DATE, ligne, champ, "date impossible");
    diag_attendu(d, "une date comme 12/07/2022 ou 2022-07-12");
    aider_date(d, v);
    return JOUR_ABSENT;
}

struct montant cellule_montant_de(struct cellules *c, size_t ligne, size_t champ)
{
    struct montant m;
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len == 0)
        return MONTANT_ABSENT;
    if (montant_parse(v, &m) && m.centimes >= 0)
        return m;
    diag_attendu(valeur_faute(c, E_MONTANT, ligne, champ, "montant illisible"), "un montant en euros comme 6570,00 (point ou virgule, "
                 "deux décimales ; 6.570 serait ambigu)");
    return MONTANT_ABSENT;
}

struct taux cellule_taux_de(struct cellules *c, size_t ligne, size_t champ)
{
    struct taux t;
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len == 0)
        return TAUX_ABSENT;
    /* Below 0,9 %, no rate of VAT ever was: a share written for a percentage. */
    if (taux_parse(v, &t) && (t.dix_milliemes == 0 || t.dix_milliemes >= 90))
        return t;
    struct diag *d = valeur_faute(c, E_VALEUR, ligne, champ, "taux illisible");
    diag_attendu(d, "20, 8,5 ou 0");
    if (v.len > 2 && v.bytes[0] == '0' && (v.bytes[1] == ',' || v.bytes[1] == '.'))
        diag_a_faire(d, "écrire le taux en pourcentage : 20 pour 0,2 ; 8,5 pour 0,085");
    return TAUX_ABSENT;
}


/* `4,43062E+13`: a spreadsheet made a number of it. */
static bool a_exposant(struct slice v)
{
    const char *e = v.len > 3 ? memchr(v.bytes, 'E', v.len) : NULL;
    return e != NULL && e > v.bytes && e + 1 < v.bytes + v.len && (e[1] == '+' || (e[1] >= '0' && e[1] <= '9')) && e[-1] >= '0' && e[-1] <= '9' &&
           (memchr(v.bytes, ',', v.len) != NULL || memchr(v.bytes, '.', v.len) != NULL);
}

/* `O20004644`, `0l0780054`: letters typed for digits, when the key proves it. */
static bool lettres_pour_chiffres(struct slice v, finess *f)
{
    char t[16];
    bool autre = false;
    if (v.len > sizeof t)
        return false;
    for (size_t i = 0; i < v.len; i++) {
        const char c = v.bytes[i];
        t[i] = c == 'O' || c == 'o' ? '0' : c == 'l' || c == 'I' || c == 'i' ? '1' : c;
        autre = autre || t[i] != c;
    }
    return autre && finess_parse_saisie((struct slice){t, v.len}, f, NULL) == NUMERO_VALIDE;
}

/* What was put in place of a FINESS number. */
static void aider_numero(const struct cellules *c, struct diag *d, size_t ligne, size_t champ)
{
    uint64_t siret;
    finess f;
    char t[FINESS_TEXTE_MAX];
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (lettres_pour_chiffres(v, &f))
        diag_a_faire(d, "une lettre O, I ou L pour un chiffre ? écrire %s", finess_texte(f, t));
    else if (siret_parse(v, &siret) == NUMERO_VALIDE)
        diag_a_faire(d, "c'est un SIRET : le mettre dans siret_essms, ou donner le numéro FINESS");
    else if (a_exposant(v))
        diag_a_faire(d, "le tableur en a fait un nombre à exposant : mettre la colonne au format texte et recopier le numéro");
    else if (ligne > 0 && valeurs_en_serie(feuille_valeur(c->f, ligne - 1, champ), v))
        diag_a_faire(d, "il suit celui de la ligne au-dessus : tiré vers le bas par le tableur ? recopier le numéro de l'établissement");
}

finess cellule_finess_de(struct cellules *c, size_t ligne, size_t champ)
{
    finess f;
    bool repare;
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len == 0)
        return FINESS_ABSENT;
    const enum numero_verdict verdict = finess_parse_saisie(v, &f, &repare);
    if (verdict == NUMERO_VALIDE) {
        if (repare)
            feuille_reparer(c->f, ligne, champ, "zéro de tête remis");
        return f;
    }
    struct diag *d = valeur_faute(c, E_NUMERO_FINESS, ligne, champ,
                                  verdict == NUMERO_CLE ? "la clé du numéro FINESS est fausse" : "ce n'est pas un numéro FINESS");
    diag_attendu(d, "neuf caractères dont le dernier est la clé");
    if (strcmp(c->champs[champ].nom, "finess_ej") == 0)
        diag_a_faire(d, "recopier le numéro FINESS juridique de l'OG (neuf caractères)");
    aider_numero(c, d, ligne, champ);
    return FINESS_ABSENT;
}

uint32_t cellule_siren_de(struct cellules *c, size_t ligne, size_t champ)
{
    uint32_t s;
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len == 0)
        return 0;
    if (siren_parse(v, &s) == NUMERO_VALIDE)
        return s;
    diag_attendu(valeur_faute(c, E_NUMERO_SIREN, ligne, champ, "SIREN invalide"), "neuf chiffres, clé comprise");
    return 0;
}

uint64_t cellule_siret_de(struct cellules *c, size_t ligne, size_t champ)
{
    uint64_t s;
    uint32_t siren;
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len == 0)
        return 0;
    if (siret_parse(v, &s) == NUMERO_VALIDE)
        return s;
    struct diag *d = valeur_faute(c, E_NUMERO_SIREN, ligne, champ, "SIRET invalide");
    diag_attendu(d, "quatorze chiffres, clé comprise");
    if (siren_parse(v, &siren) == NUMERO_VALIDE)
        diag_a_faire(d, "c'est un SIREN : donner le SIRET de l'établissement, ou vider la cellule");
    else if (a_exposant(v))
        diag_a_faire(d, "le tableur en a fait un nombre à exposant : mettre la colonne au format texte et recopier le numéro");
    return 0;
}

/* The word among `a|b|c` that is these bytes; empty when none is. */
static struct slice mot_parmi(const char *mots, const char *bytes, size_t len)
{
    for (const char *p = mots; *p != '\0';) {
        const char *barre = strchr(p, '|');
        const size_t n = barre != NULL ? (size_t)(barre - p) : strlen(p);
        if (n == len && memcmp(p, bytes, n) == 0)
            return (struct slice){p, n};
        p += n + (barre != NULL);
    }
    return (struct slice){NULL, 0};
}

struct slice cellule_mot_de(struct cellules *c, size_t ligne, size_t champ, const char *mots)
{
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len == 0)
        return (struct slice){NULL, 0};
    struct slice trouve = mot_parmi(mots, v.bytes, v.len); /* most often written as we write it */
    struct buffer plie = {0};
    if (trouve.len == 0) {
        texte_fold_name(&plie, v.bytes, v.len);
        trouve = mot_parmi(mots, plie.bytes, plie.len);
    }
    if (trouve.len == 0)
        diag_attendu(valeur_faute(c, E_VALEUR, ligne, champ, "valeur inconnue"), "%s", mots);
    buffer_free(&plie);
    return trouve;
}

/* What spreadsheets make of a box to tick. */
static enum trois booleen(struct slice v)
{
    static const char *const mots[] = {"VRAI", "TRUE", "FAUX", "FALSE"};
    if (v.len < 4) /* oui, non, nothing */
        return TROIS_ABSENT;
    for (size_t i = 0; i < 4; i++)
        if (slice_equals(v, mots[i]))
            return i < 2 ? TROIS_OUI : TROIS_NON;
    return TROIS_ABSENT;
}

enum trois cellule_oui_non_de(struct cellules *c, size_t ligne, size_t champ)
{
    const enum trois b = booleen(feuille_valeur(c->f, ligne, champ));
    if (b != TROIS_ABSENT) {
        feuille_reparer(c->f, ligne, champ, b == TROIS_OUI ? "VRAI est lu comme oui" : "FAUX est lu comme non");
        return b;
    }
    const struct slice m = cellule_mot_de(c, ligne, champ, "oui|non");
    return m.len == 0 ? TROIS_ABSENT : m.bytes[0] == 'o' ? TROIS_OUI : TROIS_NON;
}

enum couloir cellule_couloir_de(struct cellules *c, size_t ligne, size_t champ)
{
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    char haut[16];
    if (v.len == 0)
        return COULOIR_INCONNU;
    size_t n = 0;
    for (; n < v.len && n < sizeof haut; n++)
        haut[n] = v.bytes[n] >= 'a' && v.bytes[n] <= 'z' ? (char)(v.bytes[n] - 'a' + 'A') : v.bytes[n];
    const enum couloir k = v.len <= sizeof haut ? couloir_parse(haut, n) : COULOIR_INCONNU;
    if (k == COULOIR_INCONNU)
        diag_attendu(valeur_faute(c, E_VALEUR, ligne, champ, "couloir inconnu"), "MS1, MS2-PDS, MS2-PDE ou MS3");
    return k;
}

void cellule_exiger(struct cellules *c, size_t ligne, size_t champ)
{
    if (feuille_valeur(c->f, ligne, champ).len == 0)
        (void)cellule_faute(c, E_OBLIGATOIRE, ligne, champ, "la cellule est vide");
}

void cellule_situer(struct cellules *c, size_t rang, size_t ligne, size_t champ)
{
    const struct lieu lieu = feuille_lieu(c->f, ligne, champ);
    if (feuille_est_fichier(c->f))
        diag_situer(c->diags, rang, &lieu);
}

bool cellule_demande_de(struct contexte *ctx, struct cellules *c, size_t ligne, size_t champ, struct demande_nommee *out)
{
    char numero[TEXTE_MAX + 1];
    const struct slice texte = cellule_texte_de(c, ligne, champ);
    const size_t rang = c->diags->n;
    if (texte.len == 0)
        return false;
    memcpy(numero, texte.bytes, texte.len);
    numero[texte.len] = '\0';
    const bool trouvee = vue_demande_resoudre(ctx, numero, out);
    if (!trouvee)
        cellule_situer(c, rang, ligne, champ);
    c->ok = trouvee && c->ok;
    return trouvee;
}
