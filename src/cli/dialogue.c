#include "cli/dialogue.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "cli/affichage.h"

bool dialogue_ouvrir(struct dialogue *d, struct cli *c)
{
    *d = (struct dialogue){.c = c, .terminal = isatty(STDIN_FILENO) == 1};
    if (!d->terminal || isatty(STDERR_FILENO))
        return true;
    diag_a_faire(diag_erreur(&c->diags, E_CLI_ARGUMENTS, "les réponses viennent d'un terminal, mais les questions n'y vont pas"),
                 "laisser la sortie d'erreur au terminal, ou donner les réponses par un fichier : sons commande saisir < reponses.txt");
    return false;
}

void dialogue_free(struct dialogue *d)
{
    buffer_free(&d->ligne);
}

static void inviter(struct dialogue *d)
{
    sortie_vider(&d->c->sortie);
    fputs("> ", stderr);
    fflush(stderr);
}

/* What was typed, on a terminal, is there already. */
static void montrer(struct dialogue *d)
{
    struct buffer b = {0};
    if (d->terminal)
        return;
    affichage_ligne(&b, d->ligne.bytes == NULL ? "" : d->ligne.bytes, d->ligne.len);
    cli_noter(d->c, "%s", b.len > 0 ? b.bytes : "");
    buffer_free(&b);
}

/* More bytes; false at the end or on a fault. */
static bool remplir(struct dialogue *d)
{
    const int64_t lus = fichier_read(STDIN_FILENO, d->tampon, sizeof d->tampon);
    if (lus < 0) {
        diag_trouve(diag_erreur(&d->c->diags, E_LECTURE, "les réponses ne se lisent pas"), "%s", fichier_cause(errno));
        d->faute = true;
    }
    d->debut = 0;
    d->fin = lus > 0 ? (size_t)lus : 0;
    return lus > 0;
}

/* A line, its LF taken; false when the input ends before it. Beyond REPONSE_MAX the rest is read and let go. */
static bool lire_ligne(struct dialogue *d, bool *trop)
{
    *trop = false;
    buffer_clear(&d->ligne);
    for (;;) {
        if (d->debut == d->fin && !remplir(d))
            return false;
        const char *bytes = d->tampon + d->debut, *lf = memchr(bytes, '\n', d->fin - d->debut);
        const size_t n = lf != NULL ? (size_t)(lf - bytes) : d->fin - d->debut;
        *trop = *trop || d->ligne.len + n > REPONSE_MAX;
        if (!*trop)
            buffer_append(&d->ligne, bytes, n);
        d->debut += n + (lf != NULL);
        if (lf != NULL)
            return true;
    }
}

static void depouiller(struct dialogue *d)
{
    static const char marque[] = "\xef\xbb\xbf";
    struct slice s = {d->ligne.bytes == NULL ? "" : d->ligne.bytes, d->ligne.len};
    if (!d->commence && s.len >= 3 && memcmp(s.bytes, marque, 3) == 0)
        s = (struct slice){s.bytes + 3, s.len - 3};
    d->commence = true;
    if (s.len > 0 && s.bytes[s.len - 1] == '\r')
        s.len--;
    s = slice_trim(s);
    if (d->ligne.len > 0)
        memmove(d->ligne.bytes, s.bytes, s.len);
    d->ligne.len = s.len;
    buffer_append(&d->ligne, "", 0);
}

enum reponse dialogue_lire(struct dialogue *d)
{
    static const struct { char c; enum reponse r; } touches[] = {
        {'?', REPONSE_AIDE}, {'<', REPONSE_AVANT}, {'=', REPONSE_PROPOSEE}, {'-', REPONSE_VIDER}, {'.', REPONSE_FINIR}};
    bool trop;
    inviter(d);
    if (!lire_ligne(d, &trop)) {
        buffer_clear(&d->ligne);
        cli_noter(d->c, "%s", "");
        return REPONSE_ABANDON;
    }
    if (trop)
        buffer_clear(&d->ligne);
    depouiller(d);
    montrer(d);
    if (trop)
        return REPONSE_TROP;
    if (d->ligne.len == 0)
        return REPONSE_VIDE;
    for (size_t i = 0; d->ligne.len == 1 && i < sizeof touches / sizeof *touches; i++)
        if (d->ligne.bytes[0] == touches[i].c)
            return touches[i].r;
    return REPONSE_VALEUR;
}

struct slice dialogue_reponse(const struct dialogue *d)
{
    return (struct slice){d->ligne.bytes, d->ligne.len};
}

void dialogue_fautes(struct dialogue *d, struct diag_liste *diags)
{
    struct buffer b = {0};
    affichage_diagnostics(&b, diags, 0);
    if (b.len > 0)
        cli_noter(d->c, "%.*s", (int)(b.len - 1), b.bytes);
    buffer_free(&b);
    diag_vider(diags);
}
