#include "cli/lecture_feuille.h"

#include <string.h>
#include "noyau/suggestion.h"
#include "metier/feuilles.h"
#include "noyau/memoire.h"

const char *const nos_colonnes[] = {"verdict", "raison", "a_faire", "etat", "reconstitue", "confiance", "raisons", "candidats", NULL};

/* Of an order, what a default may stand for: not what names it, nor what each ESSMS says. */
static bool defaut_permis(enum feuille_genre g, size_t champ)
{
    return g != FEUILLE_COMMANDES || (champ != C_NUMERO && (champ < C_FINESS_ET || champ > C_COMMUNE));
}

static bool lire_defaut(struct cli *c, enum feuille_genre g, const char *texte, struct slice *defauts)
{
    size_t n, i = 0;
    const struct feuille_champ *champs = feuille_champs(g, &n);
    const char *egal = strchr(texte, '=');
    struct buffer nom = {0};
    texte_fold_name(&nom, texte, egal != NULL ? (size_t)(egal - texte) : strlen(texte));
    buffer_append(&nom, "", 0);
    while (i < n && strcmp(nom.bytes, champs[i].nom) != 0)
        i++;
    struct diag *d = NULL;
    if (egal == NULL || egal[1] == '\0') {
        d = diag_erreur(&c->diags, E_CLI_VALEUR, "--defaut attend CHAMP=VALEUR");
    } else if (i == n) {
        struct suggestion s = {.voulu = nom.bytes};
        d = diag_erreur(&c->diags, E_CLI_VALEUR, "--defaut : ce n'est pas une colonne de la feuille");
        for (size_t k = 0; k < n; k++)
            suggestion_offrir(&s, champs[k].nom);
        if (s.meilleur)
            diag_a_faire(d, "écrire --defaut %s=… ?", s.meilleur);
    } else if (!defaut_permis(g, i)) {
        d = diag_erreur(&c->diags, E_CLI_VALEUR, "--defaut : cette colonne se donne à chaque ligne");
    } else if (defauts[i].len > 0) {
        d = diag_erreur(&c->diags, E_CLI_REPETEE, "--defaut : deux valeurs pour la même colonne");
    } else {
        defauts[i] = slice_trim(slice_of(egal + 1));
    }
    if (d != NULL)
        diag_trouve(d, "%s", texte);
    buffer_free(&nom);
    return d == NULL;
}

static bool lire_defauts(struct cli *c, enum feuille_genre g, struct lecture_feuille *l)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(g, &n);
    bool ok = true;
    if (c->ligne.n_defaut == 0)
        return true;
    l->defauts = memoire_calloc(n, sizeof *l->defauts);
    for (size_t i = 0; i < c->ligne.n_defaut; i++)
        ok = lire_defaut(c, g, c->ligne.defaut[i], l->defauts) && ok;
    /* The same checks as for values of the command line. */
    struct feuille *f = feuille_de_valeurs("--defaut", champs, n, l->defauts, &c->diags);
    ok = feuille_saine(f) && ok;
    feuille_free(f);
    l->options.defauts = l->defauts;
    l->options.defauts_partout = g != FEUILLE_COMMANDES;
    return ok;
}

static bool garder(struct acte *a, void *ctx)
{
    const struct lecture_feuille *l = ctx;
    return correspondance_garder(a, l->genre, &l->correspondance);
}

bool lecture_feuille_preparer(struct cli *c, enum feuille_genre g, struct lecture_feuille *out)
{
    *out = (struct lecture_feuille){.options = {.nos_colonnes = nos_colonnes, .temoin = g == FEUILLE_COMMANDES ? "etat" : NULL}, .genre = g};
    const bool defauts = lire_defauts(c, g, out);
    const bool donnee = option_donnee(&c->ligne, OPT_CORRESPONDANCE);
    const bool ok = donnee ? correspondance_lire(&c->ctx, g, c->ligne.valeurs[OPT_CORRESPONDANCE], &out->correspondance)
                           : correspondance_gardee(&c->ctx, g, &out->correspondance);
    out->options.renommages = out->correspondance.renommages;
    out->options.n_renommages = out->correspondance.n;
    if (ok && !donnee && out->correspondance.n > 0) {
        struct buffer b = {0};
        correspondance_dire(g, &out->correspondance, &b);
        cli_noter(c, "Correspondance du registre : %s.", b.bytes);
        buffer_free(&b);
    }
    if (out->correspondance.nouvelle) {
        c->ctx.aussi = garder;
        c->ctx.aussi_ctx = out;
    }
    return defauts && ok;
}

void lecture_feuille_dire(struct cli *c, const struct lecture_feuille *l)
{
    if (!l->correspondance.nouvelle)
        return;
    cli_a_ecrit(c, true);
    cli_noter(c, l->correspondance.n > 0 ? "Correspondance gardée : elle servira aux prochaines feuilles (%s)." : "Correspondance oubliée (%s).",
              feuille_genre_mot(l->genre));
}

void lecture_feuille_free(struct lecture_feuille *l)
{
    correspondance_free(&l->correspondance);
    memoire_free(l->defauts);
}
