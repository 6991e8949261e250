#include "cli/commun.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "cli/affichage.h"
#include "metier/vues.h"
#include "noyau/memoire.h"

static void ecrire_erreur(struct cli *c, const struct buffer *b)
{
    barre_effacer(&c->barre);
    sortie_vider(&c->sortie);
    fwrite(b->bytes, 1, b->len, stderr);
    fflush(stderr);
}

void cli_montrer_diagnostics(struct cli *c)
{
    if (c->rendus == c->diags.n && c->comptes == c->diags.non_retenus)
        return;
    struct buffer b = {0};
    affichage_diagnostics(&b, &c->diags, c->rendus);
    if (b.len > 0)
        ecrire_erreur(c, &b);
    c->rendus = c->diags.n;
    c->comptes = c->diags.non_retenus;
    buffer_free(&b);
}

__attribute__((format(printf, 2, 0))) static void append_phrase(struct buffer *b, const char *fmt, va_list ap)
{
    struct buffer brut = {0};
    buffer_vprintf(&brut, fmt, ap);
    affichage_texte(b, brut.bytes, brut.len);
    buffer_putc(b, '\n');
    buffer_free(&brut);
}

void cli_noter(struct cli *c, const char *fmt, ...)
{
    struct buffer b = {0};
    va_list ap;
    va_start(ap, fmt);
    append_phrase(&b, fmt, ap);
    va_end(ap);
    ecrire_erreur(c, &b);
    buffer_free(&b);
}

void cli_dire(struct cli *c, const char *fmt, ...)
{
    struct buffer b = {0};
    va_list ap;
    va_start(ap, fmt);
    append_phrase(&b, fmt, ap);
    va_end(ap);
    cli_montrer_diagnostics(c);
    if (c->sortie.format == FORMAT_TABLE)
        sortie_octets(&c->sortie, b.bytes, b.len);
    else
        ecrire_erreur(c, &b);
    buffer_free(&b);
}

void cli_rapporter(struct cli *c, const char *phrase, const struct colonne *colonnes, const struct cellule *cellules,
                   size_t n)
{
    cli_dire(c, "%s", phrase);
    if (c->sortie.format == FORMAT_TABLE)
        return;
    const struct tableau_sortie *t = &c->tableau;
    if (t->debut(t->ctx, colonnes, n) && t->ligne(t->ctx, cellules, n))
        t->fin(t->ctx);
}

void cli_a_ecrit(struct cli *c, bool change)
{
    c->ecrit = c->ecrit || (change && !c->ctx.essai);
}

void compte(struct buffer *out, uint64_t n, const char *singulier, const char *pluriel)
{
    char texte[MONTANT_TEXTE_MAX];
    buffer_printf(out, "%s %s", entier_fr((int64_t)n, texte), n > 1 ? pluriel : singulier);
}

void comptes(struct buffer *out, const struct compte_mots *v, size_t n)
{
    const char *avant = " : ";
    for (size_t i = 0; i < n; i++)
        if (v[i].n > 0) {
            buffer_puts(out, avant);
            compte(out, v[i].n, v[i].singulier, v[i].pluriel);
            avant = ", ";
        }
}

/* --- a table that nobody reads --- */

static bool rien_debut(void *ctx, const struct colonne *colonnes, size_t n)
{
    (void)ctx, (void)colonnes, (void)n;
    return true;
}

static bool rien_ligne(void *ctx, const struct cellule *cellules, size_t n)
{
    (void)ctx, (void)cellules, (void)n;
    return true;
}

static bool rien_fin(void *ctx)
{
    (void)ctx;
    return true;
}

struct tableau_sortie tableau_muet(void)
{
    return (struct tableau_sortie){.debut = rien_debut, .ligne = rien_ligne, .fin = rien_fin};
}

/* --- values --- */

static struct diag *faute_valeur(struct cli *c, const char *quoi, const char *texte)
{
    struct diag *d = diag_erreur(&c->diags, E_CLI_VALEUR, "valeur refusée pour %s", quoi);
    diag_trouve(d, "%s", texte);
    return d;
}

bool lire_finess(struct cli *c, const char *texte, const char *quoi, finess *out)
{
    enum numero_verdict v = finess_parse_saisie(slice_of(texte), out, NULL);
    if (v == NUMERO_VALIDE)
        return true;
    struct diag *d = faute_valeur(c, quoi, texte);
    diag_attendu(d, "%s", v == NUMERO_CLE ? "un numéro FINESS dont le dernier chiffre (la clé) est juste"
                                          : "un numéro FINESS de 9 caractères, par exemple 010780054 ou 2A0000022");
    return false;
}

bool lire_siren(struct cli *c, const char *texte, const char *quoi, uint32_t *out)
{
    enum numero_verdict v = siren_parse(slice_of(texte), out);
    if (v == NUMERO_VALIDE)
        return true;
    struct diag *d = faute_valeur(c, quoi, texte);
    diag_attendu(d, "%s", v == NUMERO_CLE ? "un SIREN dont la clé est juste" : "un SIREN de 9 chiffres");
    return false;
}

bool lire_entier(struct cli *c, const char *texte, const char *quoi, int64_t min, int64_t max, int64_t *out)
{
    int64_t n = 0;
    size_t chiffres = strspn(texte, "0123456789");
    bool bon = chiffres > 0 && chiffres <= 18 && texte[chiffres] == '\0';
    for (size_t i = 0; bon && i < chiffres; i++)
        n = n * 10 + (texte[i] - '0');
    if (bon && n >= min && n <= max) {
        *out = n;
        return true;
    }
    struct diag *d = faute_valeur(c, quoi, texte);
    if (max == INT64_MAX)
        diag_attendu(d, "un nombre entier à partir de %lld", (long long)min);
    else
        diag_attendu(d, "un nombre entier de %lld à %lld", (long long)min, (long long)max);
    return false;
}

bool lire_jour(struct cli *c, const char *texte, const char *quoi, struct jour *out)
{
    if (jour_parse(slice_of(texte), out))
        return true;
    diag_attendu(faute_valeur(c, quoi, texte), "une date qui existe, 2023-01-05 ou 05/01/2023");
    return false;
}

bool lire_base(struct cli *c, struct jour *out)
{
    *out = JOUR_ABSENT;
    return !option_donnee(&c->ligne, OPT_BASE) || lire_jour(c, c->ligne.valeurs[OPT_BASE], "--base", out);
}

bool lire_couloir(struct cli *c, enum couloir *out)
{
    *out = COULOIR_INCONNU;
    if (!option_donnee(&c->ligne, OPT_COULOIR))
        return true;
    const char *texte = c->ligne.valeurs[OPT_COULOIR];
    *out = couloir_parse(texte, strlen(texte));
    if (*out != COULOIR_INCONNU)
        return true;
    diag_attendu(faute_valeur(c, "--couloir", texte), "MS1, MS2-PDS, MS2-PDE ou MS3");
    return false;
}

int64_t *lire_commandes(struct cli *c, size_t depuis, size_t *n)
{
    *n = c->ligne.n_arguments > depuis ? c->ligne.n_arguments - depuis : 0;
    int64_t *commandes = memoire_calloc(*n ? *n : 1, sizeof *commandes);
    bool bon = true;
    for (size_t i = 0; i < *n; i++)
        bon &= vue_commande_resoudre(&c->ctx, c->ligne.arguments[depuis + i], &commandes[i]);
    if (bon)
        return commandes;
    memoire_free(commandes);
    return NULL;
}

int lire_mot(struct cli *c, const char *texte, const char *quoi, const char *const *mots, size_t n)
{
    struct buffer plie = {0}, liste = {0};
    int rang = -1;
    texte_fold_name(&plie, texte, strlen(texte));
    for (size_t i = 0; i < n && rang < 0; i++)
        if (strcmp(plie.bytes, mots[i]) == 0)
            rang = (int)i;
    if (rang < 0) {
        for (size_t i = 0; i < n; i++)
            buffer_printf(&liste, "%s%s", i == 0 ? "" : i + 1 == n ? " ou " : ", ", mots[i]);
        diag_attendu(faute_valeur(c, quoi, texte), "%s", liste.bytes);
    }
    buffer_free(&plie);
    buffer_free(&liste);
    return rang;
}
