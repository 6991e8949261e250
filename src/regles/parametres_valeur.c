/* Lecture du texte d'une valeur selon le type et le domaine de sa clé. */
#include "regles/parametres_prive.h"

#include <string.h>

/* `4000.00` : deux décimales, point, rien d'autre. */
static bool forme_decimale(struct slice s)
{
    if (s.len < 4 || s.bytes[s.len - 3] != '.')
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (i != s.len - 3 && (s.bytes[i] < '0' || s.bytes[i] > '9'))
            return false;
    return true;
}

/* Une date seule est la fin de ce jour ; une heure est l'heure légale. */
static bool lire_instant(struct slice s, struct parametre_valeur *out)
{
    struct instant i;
    if (!instant_parse(s, &i, NULL))
        return false;
    out->n = i.s;
    out->jour = instant_jour(i);
    return true;
}

/* `a|b|c` contient-il le mot ? `*rang` est sa place, de 0. */
static bool mot_permis(const char *liste, struct slice mot, int64_t *rang)
{
    for (*rang = 0; *liste != '\0'; ++*rang) {
        size_t len = strcspn(liste, "|");
        if (len == mot.len && memcmp(liste, mot.bytes, len) == 0)
            return true;
        liste += len + (liste[len] == '|' ? 1 : 0);
    }
    return false;
}

/* `4xxx`, `44xx`, `4604` : agrégats de niveau 1, 2, 3 ; `462` : catégorie. */
static bool lire_motif(struct slice s, struct categorie_motif *out)
{
    int64_t n;
    size_t chiffres = 0;
    while (chiffres < s.len && s.bytes[chiffres] >= '0' && s.bytes[chiffres] <= '9')
        chiffres++;
    if (chiffres == 0 || !slice_entier((struct slice){s.bytes, chiffres}, 6, &n))
        return false;
    for (size_t i = chiffres; i < s.len; i++)
        if (s.bytes[i] != 'x')
            return false;
    if (s.len == 3 && chiffres == 3) {
        *out = (struct categorie_motif){(uint16_t)n, 0};
        return true;
    }
    static const uint16_t diviseurs[5] = {0, 1000, 100, 0, 1};
    if (s.len != 4 || chiffres == 3)
        return false;
    *out = (struct categorie_motif){(uint16_t)n, diviseurs[chiffres]};
    return true;
}

static bool ajouter_motif(struct slice mot, struct parametre_valeur *out)
{
    return out->n_motifs < MOTIFS_MAX && lire_motif(mot, &out->motifs[out->n_motifs++]);
}

/* `66` : statut juridique, deux chiffres. */
static bool ajouter_statut(struct slice mot, struct parametre_valeur *out)
{
    int64_t n;
    if (mot.len != 2 || out->n_statuts == STATUTS_MAX || !slice_entier((struct slice){mot.bytes + (mot.bytes[0] == '0'), mot.bytes[0] == '0' ? 1 : 2}, 6, &n))
        return false;
    out->statuts[out->n_statuts++] = (uint16_t)n;
    return n > 0;
}

/* `licence` : une nature de ligne, un bit du masque. */
static bool ajouter_nature(struct slice mot, struct parametre_valeur *out)
{
    const enum ligne_nature n = ligne_nature_parse(mot.bytes, mot.len);
    out->n |= INT64_C(1) << n;
    return n != LIGNE_NOMBRE;
}

/* Mots séparés d'une seule espace, au moins un. */
static bool lire_liste(struct slice s, bool (*ajouter)(struct slice, struct parametre_valeur *), struct parametre_valeur *out)
{
    out->n_motifs = out->n_statuts = 0;
    out->n = 0;
    while (s.len > 0) {
        size_t len = 0;
        while (len < s.len && s.bytes[len] != ' ')
            len++;
        if (!ajouter((struct slice){s.bytes, len}, out))
            return false;
        if (len == s.len)
            return true;
        s = (struct slice){s.bytes + len + 1, s.len - len - 1};
    }
    return false;
}

/* `2022-01-03`, `2023-01-01/2023-01-31`, `a_designer`, `aucun_texte`. */
static bool lire_base(struct slice s, struct base_attendue *out)
{
    *out = (struct base_attendue){BASE_A_DESIGNER, JOUR_ABSENT, JOUR_ABSENT};
    if (slice_equals(s, "a_designer"))
        return true;
    if (slice_equals(s, "aucun_texte")) {
        out->regle = BASE_SANS_TEXTE;
        return true;
    }
    if (s.len == 10) {
        out->regle = BASE_DU_JOUR;
        return jour_parse_iso(s, &out->du);
    }
    out->regle = BASE_PREMIERE_DE;
    return s.len == 21 && s.bytes[10] == '/' && jour_parse_iso((struct slice){s.bytes, 10}, &out->du) &&
           jour_parse_iso((struct slice){s.bytes + 11, 10}, &out->au) && jour_cmp(out->du, out->au) <= 0;
}

bool parametre_valeur_lire(const struct parametre_modele *modele, const char *texte, struct parametre_valeur *out)
{
    struct slice s = slice_of(texte);
    struct montant montant;
    struct taux taux;
    switch (modele->type) {
    case PARAMETRE_ENTIER:
        return slice_entier(s, 6, &out->n);
    case PARAMETRE_MONTANT:
        if (!forme_decimale(s) || !montant_parse(s, &montant))
            return false;
        out->n = montant.centimes;
        return true;
    case PARAMETRE_TAUX:
        if (!forme_decimale(s) || !taux_parse(s, &taux))
            return false;
        out->n = taux.dix_milliemes;
        return true;
    case PARAMETRE_JOUR:
        if (!jour_parse_iso(s, &out->jour))
            return false;
        out->n = out->jour.n;
        return true;
    case PARAMETRE_INSTANT:
        return lire_instant(s, out);
    case PARAMETRE_MOT:
        if (strcmp(modele->domaine, "@categories") == 0)
            return lire_liste(s, ajouter_motif, out);
        if (strcmp(modele->domaine, "@statuts") == 0)
            return lire_liste(s, ajouter_statut, out);
        if (strcmp(modele->domaine, "@natures") == 0)
            return lire_liste(s, ajouter_nature, out);
        if (strcmp(modele->domaine, "@base") == 0)
            return lire_base(s, &out->base);
        return mot_permis(modele->domaine, s, &out->n);
    }
    return false;
}
