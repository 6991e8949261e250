/* The header of a sheet: which separator, which columns. */
#include "formats/feuille_prive.h"

#include <stdio.h>
#include <string.h>
#include "noyau/memoire.h"

#define MUETTE (SIZE_MAX - 1) /* a column to ignore without a word */
#define TEMOIN (SIZE_MAX - 2) /* one of those, but kept */

static bool muette(const struct feuille_options *o, const char *plie)
{
    for (size_t i = 0; o != NULL && o->nos_colonnes != NULL && o->nos_colonnes[i] != NULL; i++)
        if (strcmp(plie, o->nos_colonnes[i]) == 0) return true;
    return false;
}

/* Rank of the field that a header names, n_champs when it names none; MUETTE. */
static size_t champ_de(struct feuille_lecture *l, struct slice brut)
{
    struct buffer plie = {0};
    struct slice nom = slice_trim(csv_valeur(brut, &l->valeur));
    const struct feuille_options *o = l->options;
    texte_fold_name(&plie, nom.bytes, nom.len);
    buffer_append(&plie, "", 0);
    size_t rang = 0, k = 0;
    while (o != NULL && k < o->n_renommages && strcmp(plie.bytes, o->renommages[k].colonne) != 0) k++;
    const bool renommee = o != NULL && k < o->n_renommages;
    while (rang < l->f->n_champs && !renommee && strcmp(plie.bytes, l->champs[rang].nom) != 0) rang++;
    if (renommee) rang = o->renommages[k].champ < l->f->n_champs ? o->renommages[k].champ : MUETTE;
    if (rang == l->f->n_champs && muette(o, plie.bytes)) rang = o->temoin != NULL && strcmp(plie.bytes, o->temoin) == 0 ? TEMOIN : MUETTE;
    buffer_free(&plie);
    return rang;
}

size_t feuille_connus(struct feuille_lecture *l, const struct slice *champs, size_t n)
{
    size_t total = 0;
    for (size_t i = 0; i < n && i < FEUILLE_COLONNES; i++) total += champ_de(l, champs[i]) < l->f->n_champs;
    return total;
}

static enum csv_verdict decouper(struct feuille_lecture *l, char sep, size_t *n)
{
    return csv_decouper(l->f->texte.bytes + l->r.debut, l->r.len, sep, l->examen.guillemet, l->colonnes, FEUILLE_COLONNES, n);
}

/* The separator that shows the most known columns. When none shows any, bad quotes are the reason. */
static enum csv_verdict choisir(struct feuille_lecture *l, size_t *n)
{
    size_t meilleur = 0;
    enum csv_verdict pire = CSV_BIEN;
    l->f->sep = ';';
    for (const char *sep = l->classeur != NULL ? ";" : ";,\t"; *sep != '\0'; sep++) {
        size_t k = 0;
        enum csv_verdict v = decouper(l, *sep, &k);
        if (v != CSV_BIEN) {
            pire = v;
            continue;
        }
        size_t c = feuille_connus(l, l->colonnes, k);
        if (c > meilleur) {
            meilleur = c;
            l->f->sep = *sep;
        }
    }
    return meilleur == 0 && pire != CSV_BIEN ? pire : decouper(l, l->f->sep, n);
}

static void noter_inconnue(struct feuille *f, struct slice nom)
{
    if (nom.len == 0) return;
    f->inconnues = memoire_realloc(f->inconnues, (f->n_inconnues + 1) * sizeof *f->inconnues);
    f->inconnues[f->n_inconnues++] = memoire_strndup(nom.bytes, nom.len);
}

/* One more cell in each row. */
static uint16_t prendre_place(struct feuille_lecture *l, size_t colonne, struct slice nom)
{
    struct feuille *f = l->f;
    l->colonne_de[f->n_places] = (uint16_t)colonne;
    if (l->options != NULL && l->options->toutes) {
        char sans_nom[32];
        if (nom.len == 0) nom = (struct slice){sans_nom, (size_t)snprintf(sans_nom, sizeof sans_nom, "colonne %zu", colonne + 1)};
        f->titres = memoire_realloc(f->titres, (f->n_titres + 1) * sizeof *f->titres);
        f->titres[f->n_titres++] = memoire_strndup(nom.bytes, nom.len);
    }
    return (uint16_t)f->n_places++;
}

/* False when there is no known column. */
static bool placer(struct feuille_lecture *l, size_t n)
{
    struct feuille *f = l->f;
    const bool toutes = l->options != NULL && l->options->toutes;
    size_t connues = 0;
    for (size_t i = 0; i < n; i++) {
        struct slice nom = slice_trim(csv_valeur(l->colonnes[i], &l->valeur));
        if (texte_has_control(nom.bytes, nom.len)) {
            feuille_faute(l, E_CONTROLE, i, "caractère de contrôle dans l'en-tête");
            continue;
        }
        size_t champ = champ_de(l, l->colonnes[i]);
        nom = slice_trim(csv_valeur(l->colonnes[i], &l->valeur)); /* champ_de used the scratch */
        bool double_ = champ < f->n_champs && f->colonne[champ] != SANS_COLONNE;
        if (toutes && (champ >= f->n_champs || double_)) {
            l->libre[i] = true;
            (void)prendre_place(l, i, nom);
        } else if (champ == TEMOIN && f->temoin == SANS_COLONNE) {
            l->libre[i] = true;
            f->temoin = prendre_place(l, i, nom);
        } else if (champ == MUETTE || champ == TEMOIN) {
            continue;
        } else if (champ == f->n_champs) {
            noter_inconnue(f, nom);
        } else if (double_) {
            struct diag *d = feuille_faute(l, E_COLONNE_DOUBLE, i, "colonne donnée deux fois");
            diag_trouve(d, "« %s », déjà en colonne %u", l->champs[champ].nom, f->colonne[champ] + 1u);
        } else {
            f->colonne[champ] = (uint16_t)i;
            f->place[champ] = prendre_place(l, i, nom);
            connues++;
        }
    }
    return connues > 0;
}

bool feuille_entete(struct feuille_lecture *l)
{
    struct feuille *f = l->f;
    size_t n = 0;
    if (choisir(l, &n) != CSV_BIEN) {
        feuille_faute(l, E_GUILLEMETS, SANS_COLONNE, "guillemets non appariés dans l'en-tête");
        return false;
    }
    if (n > FEUILLE_COLONNES) {
        struct diag *d = feuille_faute(l, E_ENTETE, SANS_COLONNE, "trop de colonnes");
        diag_trouve(d, "%zu colonnes", n);
        diag_attendu(d, "au plus %d", FEUILLE_COLONNES);
        return false;
    }
    f->n_colonnes = n;
    if (!placer(l, n) && f->n_champs > 0) {
        struct diag *d = feuille_faute(l, E_ENTETE, SANS_COLONNE, "aucune colonne connue dans l'en-tête");
        diag_attendu(d, "des noms de colonne comme « %s », séparés par « ; », « , » ou une tabulation", l->champs[0].nom);
        return false;
    }
    for (size_t i = 0; i < f->n_champs; i++) {
        const bool defaut = l->options != NULL && l->options->defauts != NULL && l->options->defauts[i].len > 0;
        if (!l->champs[i].requis || f->colonne[i] != SANS_COLONNE || defaut) continue;
        struct diag *d = feuille_faute(l, E_COLONNE_ABSENTE, SANS_COLONNE, "colonne obligatoire absente");
        diag_attendu(d, "une colonne « %s »", l->champs[i].nom);
    }
    return true; /* the rows are read all the same: every fault at once */
}
