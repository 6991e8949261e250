#include "cli/aide.h"

#include <string.h>
#include "cli/commandes.h"

static void put_option_name(struct buffer *out, const char *nom)
{
    buffer_puts(out, "--");
    for (; *nom; nom++)
        buffer_putc(out, *nom == '_' ? '-' : *nom);
}

static void put_option(struct buffer *out, enum option o)
{
    put_option_name(out, option_nom(o));
    if (option_valeur(o))
        buffer_printf(out, " %s", option_valeur(o));
}

static void pad(struct buffer *out, size_t since, size_t width)
{
    size_t w = texte_width(out->bytes + since, out->len - since);
    do
        buffer_putc(out, ' ');
    while (++w < width);
}

void aide_synopsis(struct buffer *out, const struct commande *c)
{
    char nom[64];
    buffer_printf(out, "sons %s", commande_intitule(c, nom));
    if (*c->arguments)
        buffer_printf(out, " %s", c->arguments);
    for (size_t i = 0; i < OPT_NOMBRE; i++)
        if (c->requises & OPTION_BIT(i)) {
            buffer_putc(out, ' ');
            put_option(out, (enum option)i);
        }
    size_t n = 0;
    const struct feuille_champ *champs = c->champs ? c->champs(&n) : NULL;
    for (size_t i = 0; i < n; i++) {
        buffer_puts(out, champs[i].requis ? " " : " [");
        put_option_name(out, champs[i].nom);
        buffer_puts(out, champs[i].requis ? " V" : " V]");
    }
    for (size_t i = 0; i < OPT_NOMBRE; i++)
        if (commande_options(c) & ~c->requises & OPTION_BIT(i)) {
            buffer_puts(out, " [");
            put_option(out, (enum option)i);
            buffer_puts(out, i == OPT_JUSTIFIER ? "]…" : "]");
        }
}

static void put_row(struct buffer *out, const struct commande *c, size_t width)
{
    char nom[64];
    size_t since = out->len;
    buffer_printf(out, "  %s", commande_intitule(c, nom));
    pad(out, since, width);
    buffer_printf(out, "%s\n", c->resume);
}

void aide_generale(struct buffer *out, const struct vocabulaire *v)
{
    buffer_puts(out, "sons : prestation Ségur du DUI (SONS vague 1), de la commande au solde ou au reversement.\n"
                     "usage : sons NOM VERBE [ARGUMENT…] [--option VALEUR]\n");
    const char *famille = NULL;
    for (size_t i = 0; i < v->n; i++) {
        const struct commande *c = &v->commandes[i];
        if (famille != c->famille)
            buffer_printf(out, "\n%s\n", c->famille);
        famille = c->famille;
        put_row(out, c, 28);
    }
    buffer_puts(out, "\nDétail d'un verbe : sons NOM VERBE --aide. Manuel : man sons.\n");
}

void aide_nom(struct buffer *out, const struct vocabulaire *v, const char *nom)
{
    buffer_printf(out, "usage : sons %s VERBE [ARGUMENT…] [--option VALEUR]\n\n", nom);
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->commandes[i].nom, nom) == 0)
            put_row(out, &v->commandes[i], 28);
    buffer_printf(out, "\nDétail d'un verbe : sons %s VERBE --aide.\n", nom);
}

static void put_option_row(struct buffer *out, enum option o, const char *suite)
{
    size_t since = out->len;
    buffer_puts(out, "  ");
    put_option(out, o);
    pad(out, since, 28);
    buffer_printf(out, "%s%s\n", option_aide(o), suite);
}

void aide_commande(struct buffer *out, const struct commande *c)
{
    buffer_puts(out, "usage : ");
    aide_synopsis(out, c);
    buffer_printf(out, "\n\nSert à %s.\n", c->resume);
    size_t n = 0;
    const struct feuille_champ *champs = c->champs ? c->champs(&n) : NULL;
    if (n > 0)
        buffer_puts(out, "\nColonnes de la feuille\n");
    for (size_t i = 0; i < n; i++) {
        buffer_puts(out, "  ");
        put_option_name(out, champs[i].nom);
        buffer_puts(out, champs[i].requis ? " VALEUR (obligatoire)\n" : " VALEUR\n");
    }
    if (commande_options(c))
        buffer_puts(out, "\nOptions\n");
    for (size_t i = 0; i < OPT_NOMBRE; i++)
        if (commande_options(c) & OPTION_BIT(i))
            put_option_row(out, (enum option)i, c->requises & OPTION_BIT(i) ? " (obligatoire)" : "");
    buffer_puts(out, "\nOptions communes\n");
    for (size_t i = 0; i < OPT_NOMBRE; i++)
        if (OPTIONS_COMMUNES & OPTION_BIT(i))
            put_option_row(out, (enum option)i, "");
    buffer_printf(out, "\nExemple\n  %s\n", c->exemple);
}

/* --- bash --- */

static void put_completion_options(struct buffer *out, const struct commande *c)
{
    size_t n = 0;
    const struct feuille_champ *champs = c->champs ? c->champs(&n) : NULL;
    for (size_t i = 0; i < n; i++) {
        buffer_putc(out, ' ');
        put_option_name(out, champs[i].nom);
    }
    for (size_t i = 0; i < OPT_NOMBRE; i++)
        if (commande_options(c) & OPTION_BIT(i)) {
            buffer_putc(out, ' ');
            put_option_name(out, option_nom((enum option)i));
        }
}

/* Nouns once each; the rows of a noun stand together in commandes.def. */
static void put_nouns(struct buffer *out, const struct vocabulaire *v)
{
    const char *dernier = "";
    for (size_t i = 0; i < v->n; i++) {
        if (strcmp(v->commandes[i].nom, dernier) != 0)
            buffer_printf(out, "%s%s", *dernier ? " " : "", v->commandes[i].nom);
        dernier = v->commandes[i].nom;
    }
}

static void put_verbs(struct buffer *out, const struct vocabulaire *v)
{
    for (size_t i = 0; i < v->n;) {
        const char *nom = v->commandes[i].nom;
        struct buffer verbes = {0};
        for (; i < v->n && strcmp(v->commandes[i].nom, nom) == 0; i++)
            if (*v->commandes[i].verbe)
                buffer_printf(&verbes, "%s%s", verbes.len ? " " : "", v->commandes[i].verbe);
        if (verbes.len > 0)
            buffer_printf(out, "    %s) verbes='%s' ;;\n", nom, verbes.bytes);
        buffer_free(&verbes);
    }
}

void aide_completion(struct buffer *out, const struct vocabulaire *v)
{
    buffer_puts(out, "# bash completion for sons. Made by `sons --completion`; do not edit.\n"
                     "_sons() {\n"
                     "    local mot=${COMP_WORDS[COMP_CWORD]} mots=() i verbes='' options=''\n"
                     "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                     "        [[ ${COMP_WORDS[i]} == -* ]] || mots+=(\"${COMP_WORDS[i]}\")\n"
                     "    done\n"
                     "    case ${mots[0]:-} in\n");
    put_verbs(out, v);
    buffer_puts(out, "    esac\n    case \"${mots[0]:-} ${mots[1]:-}\" in\n");
    for (int seuls = 0; seuls <= 1; seuls++)
        for (size_t i = 0; i < v->n; i++) {
            const struct commande *c = &v->commandes[i];
            if ((*c->verbe == '\0') != (seuls == 1))
                continue;
            buffer_printf(out, "    \"%s %s\"%s) options='", c->nom, c->verbe, seuls ? "*" : "");
            size_t since = out->len;
            put_completion_options(out, c);
            if (out->len > since)
                memmove(out->bytes + since, out->bytes + since + 1, out->len - since), out->len--;
            buffer_puts(out, "' ;;\n");
        }
    buffer_puts(out, "    esac\n    if [[ $mot == -* ]]; then\n        COMPREPLY=($(compgen -W \"$options");
    for (size_t i = 0; i < OPT_NOMBRE; i++)
        if (OPTIONS_COMMUNES & OPTION_BIT(i)) {
            buffer_putc(out, ' ');
            put_option_name(out, option_nom((enum option)i));
        }
    buffer_puts(out, "\" -- \"$mot\"))\n    elif ((${#mots[@]} == 0)); then\n        COMPREPLY=($(compgen -W '");
    put_nouns(out, v);
    buffer_puts(out, "' -- \"$mot\"))\n"
                     "    elif ((${#mots[@]} == 1)) && [[ $verbes ]]; then\n"
                     "        COMPREPLY=($(compgen -W \"$verbes\" -- \"$mot\"))\n"
                     "    else\n"
                     "        COMPREPLY=($(compgen -f -- \"$mot\"))\n"
                     "    fi\n"
                     "}\n"
                     "complete -o filenames -F _sons sons\n");
}
