#include "cli/commandes.h"

#include <stdio.h>
#include "metier/actes.h"
#include "metier/feuilles.h"

static const struct feuille_champ *champs_fournisseurs(size_t *n)
{
    return feuille_champs(FEUILLE_FOURNISSEURS, n);
}

static const struct feuille_champ *champs_solutions(size_t *n)
{
    return feuille_champs(FEUILLE_SOLUTIONS, n);
}

static const struct feuille_champ *champs_financements(size_t *n)
{
    return feuille_champs(FEUILLE_FINANCEMENTS, n);
}

static const struct feuille_champ *champs_attestations(size_t *n)
{
    return feuille_champs(FEUILLE_ATTESTATIONS, n);
}

static const struct feuille_champ *champs_mandats(size_t *n)
{
    return feuille_champs(FEUILLE_MANDATS, n);
}

static const struct feuille_champ *champs_retraits(size_t *n)
{
    return feuille_champs(FEUILLE_RETRAITS, n);
}

static const struct feuille_champ *champs_contacts(size_t *n)
{
    return feuille_champs(FEUILLE_CONTACTS, n);
}

static const struct feuille_champ *champs_reponses(size_t *n)
{
    return feuille_champs(FEUILLE_REPONSES, n);
}

static const struct feuille_champ *champs_encaissements(size_t *n)
{
    return feuille_champs(FEUILLE_ENCAISSEMENTS, n);
}

static const struct feuille_champ *champs_virements(size_t *n)
{
    return feuille_champs(FEUILLE_VIREMENTS, n);
}

static const struct feuille_champ *champs_sommes(size_t *n)
{
    return feuille_champs(FEUILLE_SOMMES, n);
}

static const struct feuille_champ *champs_soldes(size_t *n)
{
    return feuille_champs(FEUILLE_SOLDES, n);
}

static const struct feuille_champ *champs_factures(size_t *n)
{
    return feuille_champs(FEUILLE_FACTURES, n);
}

static const struct feuille_champ *champs_va(size_t *n)
{
    return feuille_champs(FEUILLE_VA, n);
}

/* The columns of an order, none of them required: what is given is what is corrected. */
static const struct feuille_champ *champs_corrections(size_t *n)
{
    static struct feuille_champ champs[C_NOMBRE];
    const struct feuille_champ *tous = feuille_champs(FEUILLE_COMMANDES, n);
    for (size_t i = 0; i < *n; i++)
        champs[i].nom = tous[i].nom;
    return champs;
}

/* A family is a row that only gives its title to the rows that follow. */
#define FAMILLE(titre) {.famille = titre},
#define COMMANDE(nom_, verbe_, fonction_, acces_, champs_, min_, max_, arguments_, resume_, options_, requises_, exemple_) \
    {.nom = nom_, .verbe = verbe_, .fonction = fonction_, .acces = acces_, .champs = champs_, .min = min_, .max = max_,    \
     .arguments = arguments_, .resume = resume_, .options = options_, .requises = requises_, .exemple = exemple_},
static const struct commande lignes[] = {
#include "cli/commandes.def"
};
#define LIGNES (sizeof lignes / sizeof *lignes)
static struct commande commandes[LIGNES];

struct vocabulaire vocabulaire_sons(void)
{
    static size_t n;
    const char *famille = NULL;
    if (n == 0)
        for (size_t i = 0; i < LIGNES; i++) {
            if (!lignes[i].nom) {
                famille = lignes[i].famille;
                continue;
            }
            commandes[n] = lignes[i];
            commandes[n++].famille = famille;
        }
    return (struct vocabulaire){commandes, n};
}

char *commande_intitule(const struct commande *c, char out[64])
{
    snprintf(out, 64, "%s%s%s", c->nom, *c->verbe ? " " : "", c->verbe);
    return out;
}
