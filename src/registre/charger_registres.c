/* What every dossier shares: suppliers, solutions, designated bases. */
#include <stdlib.h>
#include <string.h>

#include "registre/charger_interne.h"

struct jour colonne_jour_vu(const struct chargeur *c, sqlite3_stmt *s, int i)
{
    const struct jour j = colonne_jour(s, i);
    return jour_present(j) && jour_cmp(j, c->jour) > 0 ? JOUR_ABSENT : j;
}

static char *copier(sqlite3_stmt *s, int i)
{
    const struct slice t = colonne_slice(s, i);
    return memoire_strndup(t.len == 0 ? "" : t.bytes, t.len);
}

static char *plier(const char *s)
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
            (uint32_t)sqlite3_column_int64(s, 0), copier(s, 1), slice_equals(colonne_slice(s, 2), "distributeur"),
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
                                          "refuse_le, retire_le from solution order by numero_ans, couloir, version", diags);
    if (s == NULL)
        return false;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        c->solutions = memoire_grow(c->solutions, &c->cap_solutions, c->n_solutions + 1, sizeof *c->solutions);
        struct solution_vue *v = &c->solutions[c->n_solutions++];
        *v = (struct solution_vue){.numero_ans = copier(s, 0), .couloir = (enum couloir)sqlite3_column_int(s, 1),
                                   .version = copier(s, 2), .nom = copier(s, 3),
                                   .siren_editeur = (uint32_t)sqlite3_column_int64(s, 4),
                                   .dossier_complet_le = colonne_jour_vu(c, s, 5), .reference_le = colonne_jour_vu(c, s, 6),
                                   .refuse_le = colonne_jour_vu(c, s, 7), .retire_le = colonne_jour_vu(c, s, 8)};
        v->nom_plie = plier(v->nom);
        v->numero_plie = plier(v->numero_ans);
    }
    if (rc != SQLITE_DONE)
        registre_faute(c->r, diags);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

bool chargeur_registres(struct chargeur *c, struct diag_liste *diags)
{
    return lire_fournisseurs(c, diags) && lire_solutions(c, diags);
}

void chargeur_registres_free(struct chargeur *c)
{
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
}

static void candidat(struct chargeur *c, size_t rang)
{
    c->candidats = memoire_grow(c->candidats, &c->cap_candidats, c->n_candidats + 1, sizeof *c->candidats);
    c->candidats[c->n_candidats++] = rang;
}

/* Entries of the solutions named by `texte`: those of that number, else those of that name (folded). One name may have a
 * number for each couloir. */
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
    for (size_t i = 0; i < c->n_solutions; i++)
        if (strcmp(c->solutions[i].numero_plie, c->pli.bytes) == 0)
            candidat(c, i);
    const bool par_nom = c->n_candidats == 0;
    for (size_t i = 0; par_nom && i < c->n_solutions; i++)
        if (strcmp(c->solutions[i].nom_plie, c->pli.bytes) == 0)
            candidat(c, i);
}

uint32_t chargeur_editeur(struct chargeur *c, struct slice solution)
{
    char *texte = memoire_strndup(solution.len == 0 ? "" : solution.bytes, solution.len);
    resoudre(c, texte);
    memoire_free(texte);
    return c->n_candidats == 0 ? 0 : c->solutions[c->candidats[0]].siren_editeur;
}

/* Referenced and not withdrawn, referenced then withdrawn, waiting, refused: the better first. */
static int rang_version(const struct solution_vue *v)
{
    if (jour_present(v->reference_le))
        return jour_present(v->retire_le) ? 1 : 0;
    return jour_present(v->refuse_le) ? 3 : 2;
}

/* Among the versions of one couloir: the earliest referenced governs (a later version is covered by it); else the one
 * whose complete file came first. */
static const struct solution_vue *meilleure(const struct solution_vue *a, const struct solution_vue *b)
{
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
    const struct solution_vue *choisie = NULL;
    couloir_deduire(c, d);
    for (size_t i = 0; i < c->n_candidats; i++)
        if (c->solutions[c->candidats[i]].couloir == d->couloir)
            choisie = meilleure(choisie, &c->solutions[c->candidats[i]]);
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
