/* Writes the pages of section 7 from the tables: `manuel regles`, `manuel erreurs`, `manuel vie`. They are committed in man/; manuels.sh
 * compares. */
#include <stdio.h>
#include <string.h>

#include "noyau/diag.h"
#include "noyau/texte.h"
#include "regles/manuel.h"

static const char *const sorties[] = {
    [SORTIE_FAIT] = "fait",
    [SORTIE_REFUS] = "refusé par les données ou par les règles",
    [SORTIE_USAGE] = "ligne de commande",
    [SORTIE_ENVIRONNEMENT] = "environnement",
    [SORTIE_JOURNAL] = "journal ou signature rompu",
};

/* A line of text for mdoc: a leading point or apostrophe, and backslashes, mean something there. */
static void ligne(struct buffer *out, const char *s)
{
    if (*s == '.' || *s == '\'') {
        buffer_puts(out, "\\&");
    }
    for (; *s; s++) {
        buffer_puts(out, *s == '\\' ? "\\e" : (char[]){*s, '\0'});
    }
    buffer_putc(out, '\n');
}

static void phrase(struct buffer *out, const char *avant, const char *texte)
{
    struct buffer b = {0};
    buffer_printf(&b, "%s%s.", avant, texte);
    ligne(out, b.bytes);
    buffer_free(&b);
}

static void erreurs_manuel(struct buffer *out)
{
    buffer_puts(out, ".\\\" Licence : EUPL-1.2. Fait de src/noyau/erreurs.def ; ne pas corriger ici.\n"
                     ".Dd November 22, 2026\n.Dt SONS-ERREURS 7\n.Os sons\n"
                     ".Sh NAME\n.Nm sons-erreurs\n.Nd fautes de forme et d'environnement du programme sons\n"
                     ".Sh DESCRIPTION\n"
                     "Une faute de forme ou d'environnement n'enregistre rien.\n"
                     "Son code n'est jamais renommé ni réemployé.\n"
                     "Toutes les fautes d'un fichier sont dites à la fois, avec leur place, ce qui a été trouvé, ce qui était\n"
                     "attendu et ce qu'il faut faire.\n"
                     ".Sh FAUTES\n"
                     "Entre parenthèses, le code de retour.\n"
                     ".Bl -tag -width Ds\n");
    for (int e = 0; e < ERREUR_NOMBRE; e++) {
        enum erreur_code c = (enum erreur_code)e;
        buffer_printf(out, ".It Sy %s\n", erreur_texte(c));
        phrase(out, "", erreur_titre(c));
        buffer_printf(out, "(%d : %s)\n", (int)erreur_sortie(c), sorties[erreur_sortie(c)]);
        if (*erreur_remede(c)) {
            buffer_puts(out, ".br\n");
            phrase(out, "À faire : ", erreur_remede(c));
        }
    }
    buffer_puts(out, ".El\n.Sh SEE ALSO\n.Xr sons 1 ,\n.Xr sons-fichiers 5 ,\n.Xr sons-regles 7\n");
}

int main(int argc, char **argv)
{
    struct buffer b = {0};
    if (argc == 2 && strcmp(argv[1], "regles") == 0) {
        regles_manuel(&b);
    } else if (argc == 2 && strcmp(argv[1], "erreurs") == 0) {
        erreurs_manuel(&b);
    } else if (argc == 2 && strcmp(argv[1], "vie") == 0) {
        if (!cycle_manuel(&b)) {
            fputs("cycle.def : un pas du chemin n'est aucun passage\n", stderr);
            buffer_free(&b);
            return 1;
        }
    } else {
        fputs("usage : manuel regles|erreurs|vie\n", stderr);
        return 2;
    }
    int rc = fwrite(b.bytes, 1, b.len, stdout) == b.len && fflush(stdout) == 0 ? 0 : 3;
    buffer_free(&b);
    return rc;
}
