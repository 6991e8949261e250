/* What every dossier shares: mandates, other names of solutions. */
#include <string.h>

#include "registre/charger_interne.h"

static bool lire_mandats(struct chargeur *c, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(c->r, "select distributeur, editeur, solution, du, au_le, retire_le from mandat where du <= ?1 "
                                          "order by distributeur, editeur, solution, du", diags);
    int la = -1;
    if (s == NULL)
        return false;
    lier_n(s, 1, c->jour.n);
    while ((la = registre_suivant(c->r, s, diags)) == 1) {
        c->mandats = memoire_grow(c->mandats, &c->cap_mandats, c->n_mandats + 1, sizeof *c->mandats);
        c->mandataires = memoire_grow(c->mandataires, &c->cap_mandataires, c->n_mandats + 1, sizeof *c->mandataires);
        c->mandataires[c->n_mandats] = (uint32_t)sqlite3_column_int64(s, 0);
        c->mandats[c->n_mandats++] = (struct mandat){
            .editeur = (uint32_t)sqlite3_column_int64(s, 1), .solution = colonne_copie(s, 2), .du = colonne_jour(s, 3),
            .au_le = colonne_jour(s, 4), .retire_le = colonne_jour_vu(c, s, 5)};
    }
    sqlite3_finalize(s);
    return la == 0;
}

static bool lire_surnoms(struct chargeur *c, struct diag_liste *diags)
{
    sqlite3_stmt *s = registre_stmt(c->r, "select nom, numero_ans from surnom order by nom", diags);
    int la = -1;
    if (s == NULL)
        return false;
    while ((la = registre_suivant(c->r, s, diags)) == 1) {
        char *nom = colonne_copie(s, 0);
        c->surnoms = memoire_grow(c->surnoms, &c->cap_surnoms, c->n_surnoms + 1, sizeof *c->surnoms);
        c->surnoms[c->n_surnoms++] = (struct surnom_vu){texte_plie(nom), colonne_copie(s, 1)};
        memoire_free(nom);
    }
    sqlite3_finalize(s);
    return la == 0;
}

bool charger_tiers(struct chargeur *c, struct diag_liste *diags)
{
    return lire_mandats(c, diags) && lire_surnoms(c, diags);
}

void charger_tiers_free(struct chargeur *c)
{
    for (size_t i = 0; i < c->n_mandats; i++)
        memoire_free((void *)(uintptr_t)c->mandats[i].solution);
    for (size_t i = 0; i < c->n_surnoms; i++) {
        memoire_free(c->surnoms[i].plie);
        memoire_free(c->surnoms[i].numero_ans);
    }
    memoire_free(c->mandats);
    memoire_free(c->mandataires);
    memoire_free(c->surnoms);
}

void charger_mandats(struct chargeur *c, struct dossier_fournisseur *f)
{
    size_t de = 0, a = c->n_mandats; /* first of the supplier */
    while (de < a) {
        const size_t m = de + (a - de) / 2;
        if (c->mandataires[m] < f->siren)
            de = m + 1;
        else
            a = m;
    }
    f->mandats = c->n_mandats > 0 ? &c->mandats[de] : NULL;
    f->n_mandats = 0;
    while (de < c->n_mandats && c->mandataires[de] == f->siren) {
        f->n_mandats++;
        de++;
    }
}
