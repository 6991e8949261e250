#include "formats/feuille_prive.h"

#include "noyau/memoire.h"

void feuille_free(struct feuille *f)
{
    if (f == NULL) return;
    for (size_t i = 0; i < f->n_inconnues; i++) memoire_free(f->inconnues[i]);
    memoire_free(f->inconnues);
    for (size_t i = 0; i < f->n_remarques; i++) memoire_free(f->remarques[i].texte);
    memoire_free(f->remarques);
    for (size_t i = 0; i < f->n_titres; i++) memoire_free(f->titres[i]);
    memoire_free(f->titres);
    memoire_free(f->fusions);
    feuille_oublier_reparations(f);
    memoire_free(f->reparations);
    buffer_free(&f->entete);
    memoire_free(f->entieres);
    classeur_free(f->source);
    memoire_free(f->defauts);
    arene_free(&f->textes_defauts);
    memoire_free(f->colonne);
    memoire_free(f->place);
    memoire_free(f->rangees);
    memoire_free(f->cellules);
    memoire_free(f->chemin);
    buffer_free(&f->texte);
    buffer_free(&f->extrait);
    memoire_free(f);
}

bool feuille_saine(const struct feuille *f)
{
    return !f->fautive;
}

size_t feuille_nombre(const struct feuille *f)
{
    return f->n;
}

struct slice feuille_valeur(const struct feuille *f, size_t ligne, size_t champ)
{
    if (ligne >= f->n && champ < f->n_champs && f->defauts != NULL) return f->defauts[champ];
    const bool defaut = f->defauts_partout && f->defauts != NULL && champ < f->n_champs && ligne < f->n;
    if (ligne >= f->n || champ >= f->n_champs || f->place[champ] == SANS_COLONNE) return defaut ? f->defauts[champ] : (struct slice){"", 0};
    const struct cellule *c = &f->cellules[ligne * f->n_places + f->place[champ]];
    if (c->len == 0 && defaut) return f->defauts[champ];
    return (struct slice){f->texte.bytes + f->rangees[ligne].debut + c->debut, c->len};
}

struct slice feuille_defaut(const struct feuille *f, size_t champ)
{
    return f->defauts != NULL && champ < f->n_champs ? f->defauts[champ] : (struct slice){"", 0};
}

bool feuille_est_classeur(const struct feuille *f)
{
    return f->classeur;
}

bool feuille_fusion(const struct feuille *f, size_t rang, struct feuille_fusion *out)
{
    if (rang >= f->n_fusions) return false;
    *out = f->fusions[rang];
    return true;
}

bool feuille_colonne_presente(const struct feuille *f, size_t champ)
{
    return champ < f->n_champs && f->place[champ] != SANS_COLONNE;
}

size_t feuille_colonnes(const struct feuille *f)
{
    return f->n_titres;
}

const char *feuille_titre(const struct feuille *f, size_t colonne)
{
    return f->titres[colonne];
}

struct slice feuille_cellule(const struct feuille *f, size_t ligne, size_t colonne)
{
    const struct cellule *c = &f->cellules[ligne * f->n_places + colonne];
    return (struct slice){f->texte.bytes + f->rangees[ligne].debut + c->debut, c->len};
}

struct slice feuille_temoin(const struct feuille *f, size_t ligne)
{
    return f->hors_fichier || f->temoin == SANS_COLONNE ? (struct slice){NULL, 0} : feuille_cellule(f, ligne, f->temoin);
}

size_t feuille_rang(const struct feuille *f, size_t champ)
{
    return feuille_colonne_presente(f, champ) ? f->place[champ] : f->n_titres;
}

struct lieu feuille_situer(struct feuille *f, const struct rangee *r, size_t colonne)
{
    const char *texte = f->texte.bytes + r->debut;
    buffer_clear(&f->extrait);
    buffer_append(&f->extrait, texte, r->len);
    struct lieu lieu = {.fichier = f->chemin, .ligne = r->ligne, .extrait = f->extrait.bytes};
    if (colonne == SANS_COLONNE) return lieu;
    struct slice champs[FEUILLE_COLONNES];
    size_t n = 0;
    bool decoupe = csv_decouper(texte, r->len, f->sep, true, champs, FEUILLE_COLONNES, &n) == CSV_BIEN;
    lieu.colonne = (uint32_t)colonne + 1;
    lieu.souligne_debut = r->len;
    if (decoupe && colonne < n && colonne < FEUILLE_COLONNES) {
        lieu.souligne_debut = (size_t)(champs[colonne].bytes - texte);
        lieu.souligne_len = champs[colonne].len;
    }
    return lieu;
}

struct lieu feuille_lieu(struct feuille *f, size_t ligne, size_t champ)
{
    if (ligne >= f->n && f->defauts != NULL) return (struct lieu){.fichier = "--defaut"};
    if (ligne >= f->n || f->hors_fichier) return (struct lieu){.fichier = f->chemin};
    return feuille_situer(f, &f->rangees[ligne], champ < f->n_champs ? f->colonne[champ] : SANS_COLONNE);
}

const struct empreinte *feuille_empreinte(const struct feuille *f)
{
    return &f->empreinte;
}

const char *feuille_inconnue(const struct feuille *f, size_t rang)
{
    return rang < f->n_inconnues ? f->inconnues[rang] : NULL;
}

uint32_t feuille_numero(const struct feuille *f, size_t ligne)
{
    return ligne < f->n ? f->rangees[ligne].ligne : 0;
}

const char *feuille_chemin(const struct feuille *f)
{
    return f->chemin;
}
