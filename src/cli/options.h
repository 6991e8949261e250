/* Reads a command line: `sons NOM VERBE [ARGUMENT…] [--option VALEUR | --option=VALEUR]`. Options stand anywhere, `--`
 * ends them, accents are accepted in words. Every fault is reported at once. Opens nothing, prints nothing. */
#ifndef SONS_CLI_OPTIONS_H
#define SONS_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "formats/feuille.h"
#include "noyau/diag.h"
#include "noyau/instant.h"

enum option {
#define OPTION(ident, nom, valeur, aide) ident,
#include "cli/options.def"
#undef OPTION
    OPT_NOMBRE
};
#define OPTION_BIT(o) (UINT64_C(1) << (o))
/* Those that go with every command. */
#define OPTIONS_COMMUNES (OPTION_BIT(OPT_VERSION + 1) - 1)

const char *option_nom(enum option o);    /* "connu-le" */
const char *option_valeur(enum option o); /* "INSTANT"; NULL for a switch */
const char *option_aide(enum option o);

enum format_sortie { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_XLSX };

struct cli;
/* Runs a command; returns its own exit code (the diagnostics have theirs). */
typedef int commande_fonction(struct cli *cli);
#define ARGUMENTS_SANS_LIMITE 255

/* How a command wants the registre; SI_PRESENT: the registre when it was named or stands here, else none. */
enum commande_acces { CMD_AUCUN, CMD_SI_PRESENT, CMD_LECTURE, CMD_BROUILLON, CMD_ECRITURE }; /* CMD_BROUILLON: tries an act, keeps nothing */

/* One row of commandes.def. `verbe` is "" for a verb that stands alone. `champs` (may be NULL) gives the columns of a
 * sheet, offered as options. `requises` ⊂ `options` (masks of OPTION_BIT). */
struct commande {
    const char *famille, *nom, *verbe;
    commande_fonction *fonction;
    enum commande_acces acces;
    const struct feuille_champ *(*champs)(size_t *n);
    unsigned char min, max;
    const char *arguments;
    const char *resume;
    uint64_t options, requises;
    const char *exemple;
};
struct vocabulaire {
    const struct commande *commandes;
    size_t n;
};

/* What was read. Texts are those of argv. */
struct ligne_commande {
    const struct commande *commande; /* NULL: none was named, or a fault */
    const char *nom;                 /* noun recognised without a verb: list its verbs; NULL otherwise */
    const char **arguments;
    size_t n_arguments;
    uint64_t donnees;                /* options given */
    const char *valeurs[OPT_NOMBRE]; /* NULL when not given */
    const char **justifier;          /* each value of --justifier */
    size_t n_justifier;
    const char **defaut;             /* each value of --defaut */
    size_t n_defaut;
    const char **sceaux;             /* each value of --sceau */
    size_t n_sceaux;
    struct slice *colonnes;          /* by rank of commande->champs; empty = not given */
    size_t n_colonnes;
    enum format_sortie format;
    struct instant au, connu_le, le; /* INSTANT_ABSENT when not given */
    bool le_jour;                    /* --le is a day, without an hour: its end */
};

/* False with diagnostics (exit 2). Fills `out` as far as it could; ligne_commande_free in every case. */
bool ligne_commande_lire(int argc, char **argv, const struct vocabulaire *v, struct ligne_commande *out,
                         struct diag_liste *diags);
void ligne_commande_free(struct ligne_commande *l);
static inline bool option_donnee(const struct ligne_commande *l, enum option o)
{
    return (l->donnees & OPTION_BIT(o)) != 0;
}
/* --sortie names a file for the answer, rather than a folder for documents (the row asks for it, and has no --modele). */
bool sortie_fichier(const struct ligne_commande *l);
/* Every column given on the command line is empty. */
bool colonnes_vides(const struct ligne_commande *l);
/* Its own options; a command that reads gives its answer to a file too. */
static inline uint64_t commande_options(const struct commande *c)
{
    return c->options | (c->acces == CMD_LECTURE || c->acces == CMD_SI_PRESENT ? OPTION_BIT(OPT_SORTIE) : 0);
}
/* True when the command takes that option. */
bool commande_prend(const struct commande *c, enum option o);

#endif
