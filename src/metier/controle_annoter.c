/* What is said of each row of a sheet that was judged. */
#include <stdlib.h>
#include <string.h>

#include "metier/controle_feuille.h"

/* From the least to the worst. */
enum verdict_ligne { LIGNE_RIEN, LIGNE_CONFORME, LIGNE_A_VERIFIER, LIGNE_ATTENTE, LIGNE_DISCORDANCE, LIGNE_ANOMALIE, LIGNE_ECARTEE, LIGNE_NON_JUGEE, LIGNE_DIFFERENTE, LIGNE_FAUTE };
static const char *const mots[] = {"", "conforme", "à vérifier", "en attente", "discordance", "anomalie", "laissée de côté", "non jugée", "différente", "faute de saisie"};

struct ligne_dite {
    enum verdict_ligne verdict;
    struct buffer raison, a_faire;
};
struct annotateur {
    struct ligne_dite *lignes; /* by row number */
    size_t n;
};

static enum verdict_ligne verdict_de(const struct diag *d)
{
    if (d->gravite == GRAVITE_ERREUR)
        return strcmp(d->code, erreur_texte(E_DIFFERENT)) == 0 ? LIGNE_DIFFERENTE : LIGNE_FAUTE;
    if (d->gravite == GRAVITE_ANOMALIE)
        return LIGNE_ANOMALIE;
    if (d->gravite == GRAVITE_DISCORDANCE)
        return LIGNE_DISCORDANCE;
    if (d->gravite == GRAVITE_ATTENTE)
        return LIGNE_ATTENTE;
    return strcmp(d->code, erreur_texte(E_SUSPECT)) == 0 ? LIGNE_A_VERIFIER : LIGNE_RIEN;
}

/* « A », then « A | B »; the same thing once. */
static void joindre(struct buffer *b, const char *texte)
{
    if (texte == NULL || *texte == '\0' || (b->len > 0 && strstr(b->bytes, texte) != NULL))
        return;
    buffer_printf(b, "%s%s", b->len > 0 ? " | " : "", texte);
}

static void noter(struct annotateur *a, const struct diag *d)
{
    char cellule[32] = "";
    struct buffer raison = {0};
    struct ligne_dite *l = &a->lignes[d->ligne];
    const enum verdict_ligne v = verdict_de(d);
    l->verdict = v > l->verdict ? v : l->verdict;
    if (d->colonne > 0)
        (void)cellule_nom(d->colonne, d->ligne, cellule);
    buffer_printf(&raison, "%s%s%s : %s", d->code, *cellule != '\0' ? " " : "", cellule, d->message);
    const bool faute = d->gravite == GRAVITE_ERREUR && d->attendu != NULL; /* of a rule, what to do says it */
    if (d->trouve != NULL)
        buffer_printf(&raison, faute ? " (trouvé : %s ; attendu : %s)" : " (trouvé : %s)", d->trouve, d->attendu);
    else if (faute)
        buffer_printf(&raison, " (attendu : %s)", d->attendu);
    joindre(&l->raison, raison.bytes);
    joindre(&l->a_faire, d->a_faire);
    buffer_free(&raison);
}

/* The rows of an order share its worst verdict; those that say nothing themselves name the row that does. */
static void partager(struct annotateur *a, struct feuille *f, const struct commande_lue *o, bool jugee, bool connue, bool ecartee)
{
    enum verdict_ligne pire = jugee ? LIGNE_CONFORME : ecartee ? LIGNE_ECARTEE : LIGNE_NON_JUGEE;
    uint32_t ou = 0;
    for (uint32_t k = 0; k < o->n_essms; k++) {
        const uint32_t n = feuille_numero(f, o->essms[k].ligne);
        if (a->lignes[n].verdict > pire || (ou == 0 && a->lignes[n].raison.len > 0)) {
            pire = a->lignes[n].verdict > pire ? a->lignes[n].verdict : pire;
            ou = n;
        }
    }
    for (uint32_t k = 0; k < o->n_essms; k++) {
        struct ligne_dite *l = &a->lignes[feuille_numero(f, o->essms[k].ligne)];
        if (l->raison.len == 0 && ou != 0)
            buffer_printf(&l->raison, "voir la ligne %u", (unsigned)ou);
        else if (l->raison.len == 0 && connue)
            buffer_puts(&l->raison, "déjà enregistrée, inchangée");
        l->verdict = pire;
    }
}

bool controle_annoter(struct contexte *ctx, struct feuille *f, const struct controle_feuille *c, const char *chemin)
{
    const struct diag_liste *diags = ctx->diags;
    struct annotateur a = {0};
    for (size_t i = 0; i < diags->n; i++)
        a.n = diags->items[i].ligne > a.n && diags->items[i].ligne < UINT32_MAX ? (size_t)diags->items[i].ligne : a.n;
    for (size_t i = 0; i < feuille_nombre(f); i++)
        a.n = feuille_numero(f, i) > a.n ? feuille_numero(f, i) : a.n;
    a.lignes = memoire_calloc(a.n + 1, sizeof *a.lignes);
    const char *fichier = feuille_chemin(f);
    for (size_t i = 0; i < diags->n; i++)
        if (diags->items[i].ligne > 0 && diags->items[i].fichier != NULL && strcmp(diags->items[i].fichier, fichier) == 0)
            noter(&a, &diags->items[i]);
    for (size_t i = 0; i < c->lues.n; i++)
        partager(&a, f, &c->lues.items[i], c->jugees[i], c->connues[i] != 0, c->ecartees[i]);
    struct feuille_annotation *dites = memoire_calloc(a.n + 1, sizeof *dites);
    size_t n = 0;
    for (uint32_t i = 1; i <= a.n; i++) {
        const struct ligne_dite *l = &a.lignes[i];
        if (l->verdict == LIGNE_RIEN && l->raison.len == 0)
            continue;
        dites[n++] = (struct feuille_annotation){i, slice_of(mots[l->verdict]), {l->raison.bytes, l->raison.len}, {l->a_faire.bytes, l->a_faire.len}};
    }
    const bool ok = feuille_annoter(f, chemin, dites, n, ctx->diags);
    for (size_t i = 0; i <= a.n; i++) {
        buffer_free(&a.lignes[i].raison);
        buffer_free(&a.lignes[i].a_faire);
    }
    memoire_free(a.lignes);
    memoire_free(dites);
    return ok;
}
