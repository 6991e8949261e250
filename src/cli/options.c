#include "cli/options.h"

#include <string.h>
#include "noyau/suggestion.h"
#include "noyau/memoire.h"
#include "noyau/texte.h"

static const struct {
    const char *nom, *valeur, *aide;
} options[OPT_NOMBRE] = {
#define OPTION(ident, nom_, valeur_, aide_) [ident] = {.nom = nom_, .valeur = valeur_, .aide = aide_},
#include "cli/options.def"
#undef OPTION
};
_Static_assert(OPT_NOMBRE <= 64, "a set of options is a 64-bit mask");

const char *option_nom(enum option o)
{
    return options[o].nom;
}

const char *option_valeur(enum option o)
{
    return options[o].valeur;
}

const char *option_aide(enum option o)
{
    return options[o].aide;
}

bool commande_prend(const struct commande *c, enum option o)
{
    return ((OPTIONS_COMMUNES | commande_options(c)) & OPTION_BIT(o)) != 0;
}

/* --- words --- */

static bool mot_egal(const char *plie, const char *connu)
{
    struct buffer b = {0};
    texte_fold_name(&b, connu, strlen(connu));
    bool egal = strcmp(plie, b.bytes) == 0;
    buffer_free(&b);
    return egal;
}

static char *plier(const char *mot, size_t len)
{
    struct buffer b = {0};
    texte_fold_name(&b, mot, len);
    return b.bytes;
}

/* What the first words name. `consommes` words belong to the name; the rest are arguments. */
struct nommee {
    const struct commande *commande;
    const char *nom; /* noun known, verb unknown or absent */
    size_t consommes;
};

static struct nommee nommer(const struct vocabulaire *v, const char *const *mots, size_t n)
{
    struct nommee r = {0};
    if (n == 0)
        return r;
    char *nom = plier(mots[0], strlen(mots[0]));
    char *verbe = n > 1 ? plier(mots[1], strlen(mots[1])) : NULL;
    for (size_t i = 0; i < v->n; i++) {
        const struct commande *c = &v->commandes[i];
        if (!mot_egal(nom, c->nom))
            continue;
        r.nom = c->nom;
        if (!*c->verbe && r.consommes < 1) {
            r.commande = c;
            r.consommes = 1;
        }
        if (*c->verbe && verbe && mot_egal(verbe, c->verbe)) {
            r.commande = c;
            r.consommes = 2;
        }
    }
    memoire_free(nom);
    memoire_free(verbe);
    return r;
}

/* --- options --- */

struct lecture {
    const struct vocabulaire *v;
    int argc;
    char **argv;
    const struct commande *finale; /* NULL in the first pass, which only looks for the words */
    const char **mots;
    size_t n_mots;
    struct ligne_commande *out;
    struct diag_liste *diags;
};

/* An option as written: folded name, value after `=` or NULL. */
struct ecrite {
    char *nom;
    const char *brut, *valeur;
    size_t brut_len;
};

enum genre { GENRE_INCONNU, GENRE_OPTION, GENRE_COLONNE };
struct trouvee {
    enum genre genre;
    enum option option;
    size_t colonne;
};

static bool chercher_colonne(const struct commande *c, const char *nom, size_t *rang)
{
    size_t n = 0;
    const struct feuille_champ *champs = c && c->champs ? c->champs(&n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (mot_egal(nom, champs[i].nom)) {
            *rang = i;
            return true;
        }
    return false;
}

static struct trouvee chercher_option(const char *nom)
{
    struct trouvee t = {0};
    if (mot_egal(nom, "help"))
        return (struct trouvee){GENRE_OPTION, OPT_AIDE, 0};
    for (size_t i = 0; i < OPT_NOMBRE; i++)
        if (mot_egal(nom, options[i].nom))
            return (struct trouvee){GENRE_OPTION, (enum option)i, 0};
    return t;
}

/* A column of the command that was named wins: `solution declarer --version 2.1` is the version of the solution.
 * In the first pass any column of any sheet takes a value. */
static struct trouvee chercher(const struct lecture *l, const char *nom)
{
    struct trouvee colonne = {.genre = GENRE_COLONNE};
    const struct commande *courante = nommer(l->v, l->mots, l->n_mots).commande;
    if (chercher_colonne(courante, nom, &colonne.colonne))
        return colonne;
    struct trouvee t = chercher_option(nom);
    if (t.genre == GENRE_OPTION && (!l->finale || !options[t.option].valeur || commande_prend(l->finale, t.option)))
        return t;
    if (l->finale)
        return chercher_colonne(l->finale, nom, &colonne.colonne) ? colonne : t;
    for (size_t i = 0; i < l->v->n; i++)
        if (chercher_colonne(&l->v->commandes[i], nom, &colonne.colonne))
            return colonne;
    return t;
}

static void faute_inconnue(struct lecture *l, const struct ecrite *e)
{
    struct diag *d = diag_erreur(l->diags, E_CLI_OPTION, "option inconnue : %.*s", (int)e->brut_len, e->brut);
    struct suggestion s = {.voulu = e->nom};
    for (size_t i = 0; i < OPT_NOMBRE; i++)
        if ((!l->finale || commande_prend(l->finale, (enum option)i)) && i != OPT_COMPLETION)
            suggestion_offrir(&s, options[i].nom);
    size_t n = 0;
    const struct feuille_champ *champs = l->finale && l->finale->champs ? l->finale->champs(&n) : NULL;
    for (size_t i = 0; i < n; i++)
        suggestion_offrir(&s, champs[i].nom);
    if (!s.meilleur)
        return;
    char *nom = memoire_strdup(s.meilleur);
    for (char *p = nom; *p; p++)
        if (*p == '_')
            *p = '-';
    diag_a_faire(d, "écrire --%s ?", nom);
    memoire_free(nom);
}

static void garder_option(struct lecture *l, enum option o, const char *valeur)
{
    struct ligne_commande *out = l->out;
    if (l->finale && !commande_prend(l->finale, o) && o != OPT_COMPLETION) {
        diag_erreur(l->diags, E_CLI_OPTION, "l'option --%s ne va pas avec « %s%s%s »", options[o].nom, l->finale->nom,
                    *l->finale->verbe ? " " : "", l->finale->verbe);
        return;
    }
    if (o == OPT_JUSTIFIER) {
        out->justifier[out->n_justifier++] = valeur;
    } else if (o == OPT_DEFAUT) {
        out->defaut[out->n_defaut++] = valeur;
    } else if (o == OPT_SCEAU) {
        out->sceaux[out->n_sceaux++] = valeur;
    } else if (option_donnee(out, o)) {
        diag_erreur(l->diags, E_CLI_REPETEE, "l'option --%s est donnée deux fois", options[o].nom);
        return;
    }
    out->donnees |= OPTION_BIT(o);
    out->valeurs[o] = valeur;
}

static void garder_colonne(struct lecture *l, size_t rang, const struct ecrite *e, const char *valeur)
{
    if (l->out->colonnes[rang].len > 0)
        diag_erreur(l->diags, E_CLI_REPETEE, "l'option %.*s est donnée deux fois", (int)e->brut_len, e->brut);
    else
        l->out->colonnes[rang] = slice_of(valeur);
}

/* One option at argv[i]; returns how many words of argv it takes. */
static int lire_option(struct lecture *l, int i)
{
    const char *brut = l->argv[i];
    const char *egal = strchr(brut, '=');
    struct ecrite e = {.brut = brut, .brut_len = egal ? (size_t)(egal - brut) : strlen(brut)};
    size_t tirets = brut[1] == '-' ? 2 : 1;
    e.nom = plier(brut + tirets, e.brut_len - tirets);
    e.valeur = egal ? egal + 1 : NULL;
    struct trouvee t = chercher(l, e.nom);
    if (tirets == 1)
        t = mot_egal(e.nom, "h") ? (struct trouvee){GENRE_OPTION, OPT_AIDE, 0} : (struct trouvee){0};
    bool second = l->out != NULL;
    bool prend = t.genre == GENRE_COLONNE || (t.genre == GENRE_OPTION && options[t.option].valeur);
    int pris = 1;
    if (prend && !e.valeur && i + 1 < l->argc && strncmp(l->argv[i + 1], "--", 2) != 0) {
        e.valeur = l->argv[i + 1];
        pris = 2;
    }
    if (second && t.genre == GENRE_INCONNU)
        faute_inconnue(l, &e);
    else if (second && prend && (!e.valeur || !*e.valeur))
        diag_erreur(l->diags, E_CLI_VALEUR_ABSENTE, "l'option %.*s attend une valeur", (int)e.brut_len, e.brut);
    else if (second && !prend && e.valeur)
        diag_erreur(l->diags, E_CLI_VALEUR, "l'option %.*s ne prend pas de valeur", (int)e.brut_len, e.brut);
    else if (second && t.genre == GENRE_COLONNE)
        garder_colonne(l, t.colonne, &e, e.valeur);
    else if (second)
        garder_option(l, t.option, e.valeur);
    memoire_free(e.nom);
    return pris;
}

/* `-` alone and negative numbers are words. */
static bool est_option(const char *mot)
{
    return mot[0] == '-' && mot[1] != '\0' && !(mot[1] >= '0' && mot[1] <= '9');
}

static void parcourir(struct lecture *l)
{
    l->n_mots = 0;
    for (int i = 1; i < l->argc;) {
        if (strcmp(l->argv[i], "--") == 0) {
            for (i++; i < l->argc; i++)
                l->mots[l->n_mots++] = l->argv[i];
        } else if (est_option(l->argv[i])) {
            i += lire_option(l, i);
        } else {
            l->mots[l->n_mots++] = l->argv[i++];
        }
    }
}

/* --- what was named, what is missing --- */

static void faute_commande(const struct lecture *l, const struct nommee *nommee)
{
    const struct vocabulaire *v = l->v;
    struct diag *d = nommee->nom
        ? diag_erreur(l->diags, E_CLI_COMMANDE, "verbe inconnu : « %s %s »", nommee->nom, l->mots[1])
        : diag_erreur(l->diags, E_CLI_COMMANDE, "commande inconnue : « %s »", l->mots[0]);
    char *voulu = plier(l->mots[nommee->nom ? 1 : 0], strlen(l->mots[nommee->nom ? 1 : 0]));
    struct suggestion s = {.voulu = voulu};
    for (size_t i = 0; i < v->n; i++) {
        const struct commande *c = &v->commandes[i];
        if (!nommee->nom)
            suggestion_offrir(&s, c->nom);
        else if (strcmp(c->nom, nommee->nom) == 0)
            suggestion_offrir(&s, c->verbe);
    }
    if (s.meilleur && nommee->nom)
        diag_a_faire(d, "écrire « sons %s %s » ?", nommee->nom, s.meilleur);
    else if (s.meilleur)
        diag_a_faire(d, "écrire « sons %s » ?", s.meilleur);
    else if (nommee->nom)
        diag_a_faire(d, "voir les verbes par « sons %s »", nommee->nom);
    memoire_free(voulu);
}

static void verifier_arguments(const struct ligne_commande *l, struct diag_liste *diags)
{
    const struct commande *c = l->commande;
    if (l->n_arguments < c->min)
        diag_erreur(diags, E_CLI_ARGUMENTS, "il manque un argument : %s", c->arguments);
    for (size_t i = c->max; c->max != ARGUMENTS_SANS_LIMITE && i < l->n_arguments; i++)
        diag_erreur(diags, E_CLI_ARGUMENTS, "argument en trop : « %s »", l->arguments[i]);
    for (size_t i = 0; i < OPT_NOMBRE; i++)
        if ((c->requises & OPTION_BIT(i)) && !option_donnee(l, (enum option)i))
            diag_erreur(diags, E_CLI_ARGUMENTS, "il manque l'option --%s %s", options[i].nom, options[i].valeur);
    if (option_donnee(l, OPT_CONNU_LE) && c->acces >= CMD_BROUILLON)
        diag_erreur(diags, E_CLI_OPTION, "l'option --connu-le ne va qu'avec une lecture");
}

/* `*jour` (may be NULL): a day was given, without an hour. */
static void lire_instant(const struct ligne_commande *l, enum option o, struct instant *out, bool *jour, struct diag_liste *diags)
{
    *out = INSTANT_ABSENT;
    if (!option_donnee(l, o) || instant_parse(slice_of(l->valeurs[o]), out, jour))
        return;
    *out = INSTANT_ABSENT;
    struct diag *d = diag_erreur(diags, E_CLI_VALEUR, "date impossible pour --%s", options[o].nom);
    diag_trouve(d, "%s", l->valeurs[o]);
    diag_attendu(d, "2023-12-31, 31/12/2023, 2023-12-31T14:00 (heure légale) ou 2023-12-31T13:00:00Z");
}

bool sortie_fichier(const struct ligne_commande *l)
{
    const uint64_t o = l->commande != NULL ? l->commande->options : 0;
    const bool dossier = (o & OPTION_BIT(OPT_SORTIE)) && !(o & OPTION_BIT(OPT_MODELE));
    return option_donnee(l, OPT_SORTIE) && l->commande != NULL && !dossier;
}

static void lire_format(struct ligne_commande *l, struct diag_liste *diags)
{
    static const char *const noms[] = {[FORMAT_TABLE] = "table", [FORMAT_CSV] = "csv", [FORMAT_JSON] = "json", [FORMAT_XLSX] = "xlsx"};
    l->format = FORMAT_TABLE;
    if (!option_donnee(l, OPT_FORMAT)) {
        const char *point = sortie_fichier(l) ? strrchr(l->valeurs[OPT_SORTIE], '.') : NULL;
        for (size_t i = 0; point && i < sizeof noms / sizeof *noms; i++)
            if (mot_egal(noms[i], point + 1))
                l->format = (enum format_sortie)i;
        return;
    }
    char *voulu = plier(l->valeurs[OPT_FORMAT], strlen(l->valeurs[OPT_FORMAT]));
    size_t i = 0;
    while (i < sizeof noms / sizeof *noms && !mot_egal(voulu, noms[i]))
        i++;
    memoire_free(voulu);
    l->format = i < sizeof noms / sizeof *noms ? (enum format_sortie)i : FORMAT_TABLE;
    if (i < sizeof noms / sizeof *noms)
        return;
    struct diag *d = diag_erreur(diags, E_CLI_VALEUR, "forme de sortie inconnue");
    diag_trouve(d, "%s", l->valeurs[OPT_FORMAT]);
    diag_attendu(d, "table, csv, json ou xlsx");
}

/* The words after the name; from where they stand in `mots`. */
static void garder_arguments(struct ligne_commande *out, const struct lecture *l, size_t depuis)
{
    out->n_arguments = l->n_mots - depuis;
    memmove(out->arguments, l->mots + depuis, out->n_arguments * sizeof *out->arguments);
}

bool ligne_commande_lire(int argc, char **argv, const struct vocabulaire *v, struct ligne_commande *out,
                         struct diag_liste *diags)
{
    size_t place = argc > 0 ? (size_t)argc : 1;
    *out = (struct ligne_commande){.arguments = memoire_calloc(place, sizeof *out->arguments),
                                   .justifier = memoire_calloc(place, sizeof *out->justifier),
                                   .defaut = memoire_calloc(place, sizeof *out->defaut),
                                   .sceaux = memoire_calloc(place, sizeof *out->sceaux)};
    struct lecture l = {.v = v, .argc = argc, .argv = argv, .diags = diags};
    l.mots = memoire_calloc(place, sizeof *l.mots);
    size_t avant = diags->erreurs;
    parcourir(&l);
    struct nommee nommee = nommer(v, l.mots, l.n_mots);
    bool complete = l.n_mots == 0 || nommee.commande || (nommee.nom && l.n_mots == 1);
    if (!complete)
        faute_commande(&l, &nommee);
    out->commande = l.finale = nommee.commande;
    out->nom = nommee.commande ? NULL : nommee.nom;
    if (out->commande && out->commande->champs) {
        out->commande->champs(&out->n_colonnes);
        out->colonnes = memoire_calloc(out->n_colonnes, sizeof *out->colonnes);
    }
    if (complete) {
        l.out = out;
        parcourir(&l);
    }
    if (out->commande) {
        garder_arguments(out, &l, nommee.consommes);
        if (!option_donnee(out, OPT_AIDE) && !option_donnee(out, OPT_VERSION) && diags->erreurs == avant)
            verifier_arguments(out, diags);
    }
    lire_format(out, diags);
    lire_instant(out, OPT_AU, &out->au, NULL, diags);
    lire_instant(out, OPT_CONNU_LE, &out->connu_le, NULL, diags);
    lire_instant(out, OPT_LE, &out->le, &out->le_jour, diags);
    memoire_free(l.mots);
    return diags->erreurs == avant;
}

void ligne_commande_free(struct ligne_commande *l)
{
    memoire_free(l->arguments);
    memoire_free(l->justifier);
    memoire_free(l->defaut);
    memoire_free(l->sceaux);
    memoire_free(l->colonnes);
    *l = (struct ligne_commande){0};
}

bool colonnes_vides(const struct ligne_commande *l)
{
    for (size_t i = 0; i < l->n_colonnes; i++)
        if (l->colonnes[i].len > 0)
            return false;
    return true;
}
