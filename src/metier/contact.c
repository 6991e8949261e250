#include "metier/contact.h"

#include <string.h>

#include "noyau/coordonnees.h"

static struct slice lu(struct cellules *c, size_t ligne, size_t champ)
{
    const struct slice v = cellule_texte_de(c, ligne, champ);
    return slice_equals(v, NOM_EFFACE) ? (struct slice){NULL, 0} : v;
}

static void fausse(struct cellules *c, size_t ligne, size_t champ, struct slice v, const char *quoi, const char *attendu)
{
    struct diag *d = cellule_faute(c, E_VALEUR, ligne, champ, quoi);
    diag_trouve(d, "%.*s", (int)(v.len > 80 ? 80 : v.len), v.bytes);
    diag_attendu(d, "%s", attendu);
}

struct contact_lu contact_lire(struct cellules *c, struct arene *a, const size_t lignes[CONTACT_CHAMPS], size_t premier)
{
    struct contact_lu k = {0};
    char t[TELEPHONE_TEXTE_MAX];
    for (size_t i = 0; i < CONTACT_CHAMPS; i++)
        k.champs[i] = lu(c, lignes[i], premier + i);
    const struct slice courriel = k.champs[CONTACT_COURRIEL], telephone = k.champs[CONTACT_TELEPHONE];
    if (courriel.len > 0 && !courriel_valide(courriel))
        fausse(c, lignes[CONTACT_COURRIEL], premier + CONTACT_COURRIEL, courriel, "ce n'est pas une adresse",
               "une seule adresse, comme anne.exemple@asso-exemple.fr");
    if (telephone.len > 0 && !telephone_lire(telephone, t))
        fausse(c, lignes[CONTACT_TELEPHONE], premier + CONTACT_TELEPHONE, telephone, "ce n'est pas un numéro de téléphone",
               "un seul numéro, comme 01 23 45 67 89 ou +262 262 12 34 56");
    else if (telephone.len > 0)
        k.champs[CONTACT_TELEPHONE] = slice_of(arene_strndup(a, t, strlen(t)));
    return k;
}

bool contact_donne(const struct contact_lu *c)
{
    for (size_t i = 0; i < CONTACT_CHAMPS; i++)
        if (c->champs[i].len > 0)
            return true;
    return false;
}
