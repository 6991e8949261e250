#include "regles/cycle.h"

#include <stddef.h>

static const struct {
    const char *mot, *label;
    bool en_vigueur;
} etats[ETAT_NOMBRE] = {
#define ETAT(ident, mot, label, en_vigueur) [ident] = {mot, label, en_vigueur},
#include "regles/cycle.def"
#undef ETAT
};
static const char *const actes[ACTE_NOMBRE] = {
#define ACTE(ident, mot) [ident] = mot,
#include "regles/cycle.def"
#undef ACTE
};
static const struct {
    enum acte_commande acte;
    enum etat_commande de, vers;
} passages[] = {
#define PASSAGE(acte, de, vers) {acte, de, vers},
#include "regles/cycle.def"
#undef PASSAGE
};

/* Un état lu ailleurs (registre, XML) peut ne pas être un des nôtres : il n'a ni mot ni effet. */
static bool etat_connu(enum etat_commande e)
{
    return (size_t)e < ETAT_NOMBRE;
}

const char *etat_mot(enum etat_commande e)
{
    return etat_connu(e) ? etats[e].mot : "";
}

const char *etat_label(enum etat_commande e)
{
    return etat_connu(e) ? etats[e].label : "";
}

bool etat_en_vigueur(enum etat_commande e)
{
    return etat_connu(e) && etats[e].en_vigueur;
}

const char *acte_mot(enum acte_commande a)
{
    return (size_t)a < ACTE_NOMBRE ? actes[a] : "";
}

bool cycle_permet(enum acte_commande a, enum etat_commande de, enum etat_commande *vers)
{
    for (size_t i = 0; i < sizeof passages / sizeof *passages; i++) {
        if (passages[i].acte != a || passages[i].de != de)
            continue;
        if (vers != NULL)
            *vers = passages[i].vers;
        return true;
    }
    return false;
}

bool litige_retient(enum acte_commande a)
{
    static const enum acte_commande retenus[] = {
#define RETENU(acte) acte,
#include "regles/cycle_litige.def"
#undef RETENU
    };
    for (size_t i = 0; i < sizeof retenus / sizeof *retenus; i++)
        if (retenus[i] == a)
            return true;
    return false;
}
