/* What every dossier shares: suppliers, solutions, designated bases. */
#include <stdlib.h>
#include <string.h>

#include "noyau/version.h"
#include "registre/charger_interne.h"

struct jour colonne_jour_vu(const struct chargeur *c, sqlite3_stmt *s, int i)
{
    const struct jour j = colonne_jour(s, i);
    return jour_present(j) && jour_cmp(j, c->jour) > 0 ? JOUR_ABSENT : j;
}

char *colonne_copie(sqlite3_stmt *s, int i)
{
    const struct slice t = colonne_slice(s, i);
    return memoire_strndup(t.len == 0 ? "" : t.bytes, t.len);
}

char *texte_plie(const char *s)
{
    struct buffer b = {0};
    texte_fold(&b, s, strlen(s));
    return b.bytes == NULL ? memoire_strdup("") : b.bytes;
}

static bool lire_fournisseurs(struct chargeur *c, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(c->r, "select siren, nom, role, enrole_le from fournisseur order by siren", diags);
    if (s == NULL)
        return false;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        c->fournisseurs = memoire_grow(c->fournisseurs, &c->cap_fournisseurs, c->n_fournisseurs + 1, sizeof *c->fournisseurs);
        c->fournisseurs[c->n_fournisseurs++] = (struct fournisseur_vu){
            (uint32_t)sqlite3_column_int64(s, 0), colonne_copie(s, 1), slice_equals(colonne_slice(s, 2), "distributeur"),
            colonne_jour(s, 3)};
    }
    if (rc != SQLITE_DONE)
        registre_faute(c->r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

static bool lire_solutions(struct chargeur *c, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(c->r, "select numero_ans, couloir, version, nom, siren_editeur, dossier_complet_le, reference_le, "
                                          "refuse_le, retire_le, depot_refuse from solution order by numero_ans, couloir, version", diags);
    if (s == NULL)
        return false;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        c->solutions = memoire_grow(c->solutions, &c->cap_solutions, c->n_solutions + 1, sizeof *c->solutions);
        struct solution_vue *v = &c->solutions[c->n_solutions++];
        *v = (struct solution_vue){.numero_ans = colonne_copie(s, 0), .couloir = (enum couloir)sqlite3_column_int(s, 1),
                                   .version = colonne_copie(s, 2), .nom = colonne_copie(s, 3),
                                   .siren_editeur = (uint32_t)sqlite3_column_int64(s, 4),
                                   .dossier_complet_le = colonne_jour_vu(c, s, 5), .reference_le = colonne_jour_vu(c, s, 6),
                                   .refuse_le = colonne_jour_vu(c, s, 7), .retire_le = colonne_jour_vu(c, s, 8)};
        if (!jour_present(v->dossier_complet_le)) /* the second file is still to come: the first one stands */
            v->dossier_complet_le = colonne_jour_vu(c, s, 9);
        v->nom_plie = texte_plie(v->nom);
        v->numero_plie = texte_plie(v->numero_ans);
    }
    if (rc != SQLITE_DONE)
        registre_faute(c->r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

bool chargeur_registres(struct chargeur *c, struct diag_liste *diags)
{
    return lire_fournisseurs(c, diags) && lire_solutions(c, diags) && charger_tiers(c, diags);
}

void chargeur_registres_free(struct chargeur *c)
{
    charger_tiers_free(c);
    for (size_t i = 0; i < c->n_fournisseurs; i++)
        memoire_free(c->fournisseurs[i].nom);
    for (size_t i = 0; i < c->n_solutions; i++) {
        struct solution_vue *v = &c->solutions[i];
        memoire_free(v->numero_ans);
        memoire_free(v->nom);
        memoire_free(v->version);
        memoire_free(v->nom_plie);
        memoire_free(v->numero_plie);
    }
    memoire_free(c->fournisseurs);
    memoire_free(c->solutions);
    memoire_free(c->solution_derniere);
    memoire_free(c->candidats);
}

static int cmp_siren(const void *cle, const void *f)
{
    const uint32_t a = *(const uint32_t *)cle, b = ((const struct fournisseur_vu *)f)->siren;
    return a < b ? -1 : a > b;
}

void charger_fournisseur(struct chargeur *c, uint32_t siren, struct dossier *d)
{
    const struct fournisseur_vu *f = c->n_fournisseurs == 0
                                         ? NULL
                                         : bsearch(&siren, c->fournisseurs, c->n_fournisseurs, sizeof *f, cmp_siren);
    d->fournisseur = (struct dossier_fournisseur){.connu = f != NULL, .siren = siren, .nom = f != NULL ? f->nom : "",
                                                  .distributeur = f != NULL && f->distributeur,
                                                  .enrole_le = f != NULL ? f->enrole_le : JOUR_ABSENT};
    charger_mandats(c, &d->fournisseur);
}

static void candidat(struct chargeur *c, size_t rang)
{
    c->candidats = memoire_grow(c->candidats, &c->cap_candidats, c->n_candidats + 1, sizeof *c->candidats);
    c->candidats[c->n_candidats++] = rang;
}

/* Entries of the number `numero` (folded). */
static void candidats_numero(struct chargeur *c, const char *numero)
{
    for (size_t i = 0; i < c->n_solutions; i++)
        if (strcmp(c->solutions[i].numero_plie, numero) == 0)
            candidat(c, i);
}

/* Entries of the solutions named by `texte`: those of that number, else those of the number that has it as another name (no
 * two numbers do), else those of that name (folded). One name may have a number for each couloir. */
static void resoudre(struct chargeur *c, const char *texte)
{
    if (c->solution_derniere != NULL && strcmp(c->solution_derniere, texte) == 0)
        return;
    memoire_free(c->solution_derniere);
    c->solution_derniere = memoire_strdup(texte);
    c->n_candidats = 0;
    buffer_clear(&c->pli);
    texte_fold(&c->pli, texte, strlen(texte));
    if (c->pli.len == 0)
        return;
    candidats_numero(c, c->pli.bytes);
    for (size_t i = 0; c->n_candidats == 0 && i < c->n_surnoms; i++) {
        if (strcmp(c->surnoms[i].plie, c->pli.bytes) == 0) {
            char *numero = texte_plie(c->surnoms[i].numero_ans);
            candidats_numero(c, numero);
            memoire_free(numero);
        }
    }
    const bool par_nom = c->n_candidats == 0;
    for (size_t i = 0; par_nom && i < c->n_solutions; i++)
        if (strcmp(c->solutions[i].nom_plie, c->pli.bytes) == 0)
            candidat(c, i);
}

static void resoudre_slice(struct chargeur *c, struct slice solution)
{
    char *texte = memoire_strndup(solution.len == 0 ? "" : solution.bytes, solution.len);
    resoudre(c, texte);
    memoire_free(texte);
}

/* Of the candidates of that couloir, the first whose number is another one than that of the first; NULL when they all have
 * one number. */
static const struct solution_vue *autre_numero(const struct chargeur *c, enum couloir couloir, const struct solution_vue **premiere)
{
    *premiere = NULL;
    for (size_t i = 0; i < c->n_candidats; i++) {
        const struct solution_vue *v = &c->solutions[c->candidats[i]];
        if (v->couloir != couloir)
            continue;
        if (*premiere != NULL && strcmp(v->numero_plie, (*premiere)->numero_plie) != 0)
            return v;
        if (*premiere == NULL)
            *premiere = v;
    }
    return NULL;
}

uint32_t chargeur_editeur(struct chargeur *c, struct slice solution)
{
    resoudre_slice(c, solution);
    const uint32_t editeur = c->n_candidats == 0 ? 0 : c->solutions[c->candidats[0]].siren_editeur;
    for (size_t i = 1; i < c->n_candidats; i++)
        if (c->solutions[c->candidats[i]].siren_editeur != editeur)
            return 0;
    return editeur;
}

enum couloir chargeur_couloir(struct chargeur *c, struct slice solution)
{
    resoudre_slice(c, solution);
    const enum couloir couloir = c->n_candidats == 0 ? COULOIR_INCONNU : c->solutions[c->candidats[0]].couloir;
    for (size_t i = 1; i < c->n_candidats; i++)
        if (c->solutions[c->candidats[i]].couloir != couloir)
            return COULOIR_INCONNU;
    return couloir;
}

bool chargeur_ambigue(struct chargeur *c, struct slice solution, enum couloir couloir, const char *numeros[2])
{
    resoudre_slice(c, solution);
    for (int k = COULOIR_INCONNU + 1; k < COULOIR_NOMBRE; k++) {
        const struct solution_vue *premiere, *autre = autre_numero(c, (enum couloir)k, &premiere);
        if (autre == NULL || (couloir != COULOIR_INCONNU && couloir != (enum couloir)k))
            continue;
        numeros[0] = premiere->numero_ans;
        numeros[1] = autre->numero_ans;
        return true;
    }
    return false;
}

const char *charger_logiciel(struct chargeur *c, const char *texte)
{
    if (*texte != '\0')
        resoudre(c, texte);
    if (*texte == '\0' || c->n_candidats == 0)
        return texte;
    const struct solution_vue *premiere = &c->solutions[c->candidats[0]];
    for (size_t i = 1; i < c->n_candidats; i++)
        if (strcmp(c->solutions[c->candidats[i]].nom_plie, premiere->nom_plie) != 0)
            return texte; /* two softwares have that name: it stands for itself */
    return premiere->nom;
}

/* Referenced and not withdrawn, referenced then withdrawn, waiting, refused: the better first. */
static int rang_version(const struct solution_vue *v)
{
    if (jour_present(v->reference_le))
        return jour_present(v->retire_le) ? 1 : 0;
    return jour_present(v->refuse_le) ? 3 : 2;
}

/* Does this entry cover the version ordered: the same, or a later one (regles.md § 5)? */
static bool couvre(const struct solution_vue *v, const char *commandee)
{
    const enum version_ordre o = version_comparer(commandee, v->version);
    return o == VERSION_EGALE || o == VERSION_APRES;
}

/* Among the versions of one number and couloir: those that cover the version ordered, the earliest referenced first; else
 * the one whose complete file came first. */
static const struct solution_vue *meilleure(const struct solution_vue *a, const struct solution_vue *b, const char *commandee)
{
    if (a != NULL && couvre(a, commandee) != couvre(b, commandee))
        return couvre(a, commandee) ? a : b;
    if (a == NULL || rang_version(a) != rang_version(b))
        return a == NULL || rang_version(b) < rang_version(a) ? b : a;
    const struct jour x = jour_present(a->reference_le) ? a->reference_le : a->dossier_complet_le,
                      y = jour_present(a->reference_le) ? b->reference_le : b->dossier_complet_le;
    return !jour_present(y) || (jour_present(x) && jour_cmp(x, y) <= 0) ? a : b;
}

/* Its couloirs, counted; the order's, when it gives none and there is only one. */
static void couloir_deduire(struct chargeur *c, struct dossier *d)
{
    bool couloirs[COULOIR_NOMBRE] = {false};
    enum couloir seul = COULOIR_INCONNU;
    for (size_t i = 0; i < c->n_candidats; i++) {
        seul = c->solutions[c->candidats[i]].couloir;
        d->solution.n_couloirs += !couloirs[seul];
        couloirs[seul] = true;
    }
    if (d->couloir == COULOIR_INCONNU && d->solution.n_couloirs == 1)
        d->couloir = seul;
}

void charger_solution(struct chargeur *c, struct dossier *d)
{
    d->solution = (struct dossier_solution){.nom = "", .numero_ans = "", .version_referencee = "",
                                            .dossier_complet_le = JOUR_ABSENT, .reference_le = JOUR_ABSENT,
                                            .refuse_le = JOUR_ABSENT, .retire_le = JOUR_ABSENT};
    if (d->solution_lue[0] == '\0')
        return;
    resoudre(c, d->solution_lue);
    if (c->n_candidats == 0)
        return;
    const struct solution_vue *choisie = NULL, *premiere;
    couloir_deduire(c, d);
    d->solution.ambigue = autre_numero(c, d->couloir, &premiere) != NULL;
    if (d->solution.ambigue)
        return;
    for (size_t i = 0; i < c->n_candidats; i++)
        if (c->solutions[c->candidats[i]].couloir == d->couloir)
            choisie = meilleure(choisie, &c->solutions[c->candidats[i]], d->version_solution);
    const struct solution_vue *montree = choisie != NULL ? choisie : &c->solutions[c->candidats[0]];
    d->solution.connue = true;
    d->solution.nom = montree->nom;
    d->solution.numero_ans = montree->numero_ans;
    d->solution.siren_editeur = montree->siren_editeur;
    if (d->fournisseur.siren == 0 && montree->siren_editeur != 0)
        charger_fournisseur(c, montree->siren_editeur, d);
    if (choisie == NULL)
        return;
    d->solution.couloir_connu = true;
    d->solution.version_referencee = choisie->version;
    d->solution.dossier_complet_le = choisie->dossier_complet_le;
    d->solution.reference_le = choisie->reference_le;
    d->solution.refuse_le = choisie->refuse_le;
    d->solution.retire_le = choisie->retire_le;
}
