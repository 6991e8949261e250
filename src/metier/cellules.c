#include "metier/cellules.h"

#include <string.h>

#define TEXTE_MAX 500

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

struct jour cellule_jour_de(struct cellules *c, size_t ligne, size_t champ)
{
    struct jour j;
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len == 0)
        return JOUR_ABSENT;
    if (jour_parse(v, &j) && jour_annee(j) >= 2000 && jour_annee(j) <= 2099)
        return j;
    diag_attendu(valeur_faute(c, E_DATE, ligne, champ, "date impossible"), "une date comme 12/07/2022 ou 2022-07-12");
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
    if (taux_parse(v, &t))
        return t;
    diag_attendu(valeur_faute(c, E_VALEUR, ligne, champ, "taux illisible"), "20, 8,5 ou 0");
    return TAUX_ABSENT;
}


finess cellule_finess_de(struct cellules *c, size_t ligne, size_t champ)
{
    finess f;
    bool repare;
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len == 0)
        return FINESS_ABSENT;
    const enum numero_verdict verdict = finess_parse_saisie(v, &f, &repare);
    if (verdict == NUMERO_VALIDE)
        return f;
    struct diag *d = valeur_faute(c, E_NUMERO_FINESS, ligne, champ,
                                  verdict == NUMERO_CLE ? "la clé du numéro FINESS est fausse" : "ce n'est pas un numéro FINESS");
    diag_attendu(d, "neuf caractères dont le dernier est la clé");
    if (strcmp(c->champs[champ].nom, "finess_ej") == 0)
        diag_a_faire(d, "recopier le numéro FINESS juridique de l'OG (neuf caractères)");
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
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    if (v.len == 0)
        return 0;
    if (siret_parse(v, &s) == NUMERO_VALIDE)
        return s;
    diag_attendu(valeur_faute(c, E_NUMERO_SIREN, ligne, champ, "SIRET invalide"), "quatorze chiffres, clé comprise");
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

enum trois cellule_oui_non_de(struct cellules *c, size_t ligne, size_t champ)
{
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
