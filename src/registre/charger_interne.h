/* Shared by the files of the loader only. */
#ifndef SONS_REGISTRE_CHARGER_INTERNE_H
#define SONS_REGISTRE_CHARGER_INTERNE_H

#include "registre/dossier_charger.h"
#include "registre/finess_base.h"
#include "registre/rafale.h"
#include "regles/cycle.h"

struct fournisseur_vu {
    uint32_t siren;
    char *nom;
    bool distributeur;
    struct jour enrole_le;
};
/* One (solution, couloir, version) as declared. */
struct solution_vue {
    char *numero_ans, *nom, *version;
    char *nom_plie, *numero_plie; /* folded, for comparison */
    uint32_t siren_editeur;
    enum couloir couloir;
    struct jour dossier_complet_le, reference_le, refuse_le, retire_le; /* dates after `au` are absent */
};
/* Another name of a solution. */
struct surnom_vu {
    char *plie; /* folded */
    char *numero_ans;
};
#define ANNEE_MIN 2021
#define ANNEE_MAX 2026
struct base_vue {
    bool lue;
    int64_t base, entites; /* entites: the EJ base of the same day, 0 = none */
    struct jour date;
};

/* A cursor that follows the walk: rows of another table in the order of the orders. */
struct suiveur {
    sqlite3_stmt *s;
    bool ligne; /* a row is waiting */
};

/* An order on an ESSMS. */
struct essms_pris {
    finess et;
    uint32_t suivant; /* rank + 1 of the next order on it, in the order of the facts; 0 = none */
    int64_t commande;
};

struct chargeur {
    struct registre *r;
    struct instant au;
    struct jour jour;         /* legal day of au */
    enum calendrier calendrier;
    struct finess_lecteur *finess;
    struct fournisseur_vu *fournisseurs;
    size_t n_fournisseurs, cap_fournisseurs;
    struct solution_vue *solutions;
    size_t n_solutions, cap_solutions;
    struct surnom_vu *surnoms;
    size_t n_surnoms, cap_surnoms;
    struct mandat *mandats;   /* begun at `au`, sorted by distributeur */
    uint32_t *mandataires;    /* their distributeurs */
    size_t n_mandats, cap_mandats, cap_mandataires;
    char *solution_derniere;  /* last text resolved, and the ranks of what it names */
    size_t *candidats, n_candidats, cap_candidats;
    uint32_t fournisseur;     /* of the walk, 0 = all */
    struct base_vue bases[COULOIR_NOMBRE][ANNEE_MAX - ANNEE_MIN + 1];
    bool sans_voisins;
    bool par_fournisseur, par_emission; /* shape of `commandes` */
    bool litiges;             /* there is at least one dispute */
    bool listes, financements, attestations, justifications;
    sqlite3_stmt *commandes;
    struct suiveur essms, vie;
    sqlite3_stmt *facture, *va, *va_essms, *solde, *retraits;
    sqlite3_stmt *autres, *financement, *attestation, *justification, *finances, *litige;
    struct essms_pris *pris;  /* every ESSMS of every order, in the order of the facts */
    uint32_t *pris_tetes;     /* by hash of the ESSMS: rank + 1 in pris */
    size_t n_pris, cap_pris;
    unsigned pris_bits;       /* 2^bits heads */
    uint64_t pris_graine;     /* of the hash */
    uint64_t pris_etat;       /* essms_changes of the registre when they were read */
    bool pris_lus;
    const struct commande_annoncee *annoncees;
    size_t n_annoncees;
    finess og_ej;             /* last OG read */
    int64_t og_base;          /* 0 = none */
    struct og_compte og;
    struct slice og_et;       /* its ET, packed */
    struct buffer og_octets;
    bool og_present;
    uint16_t og_statut;
    struct buffer pli;
};

/* Mandates and other names of solutions. */
bool charger_tiers(struct chargeur *c, struct diag_liste *diags);
void charger_tiers_free(struct chargeur *c);
void charger_mandats(struct chargeur *c, struct dossier_fournisseur *f);
char *colonne_copie(sqlite3_stmt *s, int i);
char *texte_plie(const char *s);

bool chargeur_registres(struct chargeur *c, struct diag_liste *diags);
void chargeur_registres_free(struct chargeur *c);
void charger_fournisseur(struct chargeur *c, uint32_t siren, struct dossier *d);
/* Resolves the text of the order and fills d->solution; derives d->couloir when the solution has only one, and the supplier,
 * its éditeur, when none was recorded. */
void charger_solution(struct chargeur *c, struct dossier *d);
/* Base, OG and ESSMS as the reference base knows them, with their names for those that the order names; derives d->ej. */
bool charger_base(struct chargeur *c, struct arene *a, struct dossier *d, struct diag_liste *diags);
/* Does the order name that ESSMS? */
static inline bool essms_nomme(const struct dossier_essms *e)
{
    return (e->libelle_lu != NULL && e->libelle_lu[0] != '\0') || (e->commune_lue != NULL && e->commune_lue[0] != '\0');
}
/* Its names, as the base has them. */
void charger_nom(struct arene *a, struct dossier_essms *e, struct slice raison_sociale, struct slice acheminement);
/* The siblings, when one of the names is not the base's. */
bool charger_noms(struct chargeur *c, struct arene *a, int64_t base, struct dossier *d, struct diag_liste *diags);
/* Other orders on the ESSMS of the OG. After charger_base. */
bool charger_de_l_og(struct chargeur *c, struct arene *a, struct dossier *d, struct diag_liste *diags);
/* Other orders, fundings, attestation, justifications. */
bool charger_voisins(struct chargeur *c, struct arene *a, struct dossier *d, struct diag_liste *diags);
/* The other orders on one ESSMS, but `sauf`; every state of its fundings. */
bool charger_autres(struct chargeur *c, struct arene *a, int64_t sauf, struct dossier_essms *e, struct diag_liste *diags);
bool charger_financements(struct chargeur *c, struct arene *a, struct dossier_essms *e, struct diag_liste *diags);
/* The name of the solution that `texte` (number, name) names in this registre, else `texte`: what tells two softwares apart. */
const char *charger_logiciel(struct chargeur *c, const char *texte);
/* The state of an order, its disputes told: set aside or in dispute by the day of `au`, else `etat`; set aside on any day, else
 * `acquis` (may be NULL). False on a fault. */
bool charger_litige(struct chargeur *c, int64_t commande, int *etat, int *acquis, struct diag_liste *diags);
/* Reads which orders have which ESSMS, unless nothing changed since: cheaper than to ask for each, and than an index to keep. */
bool charger_pris(struct chargeur *c, struct diag_liste *diags);
/* Adds those of the orders announced. */
void pris_annoncer(struct chargeur *c);
/* The first order on an ESSMS, then the next one; NULL when there is none. */
const struct essms_pris *pris_par(const struct chargeur *c, finess et);
const struct essms_pris *pris_suivant(const struct chargeur *c, const struct essms_pris *p);
/* Prepares what charger_voisins asks, once. */
bool charger_voisins_preparer(struct chargeur *c, struct diag_liste *diags);
/* A date column: absent when NULL or after `au`. */
struct jour colonne_jour_vu(const struct chargeur *c, sqlite3_stmt *s, int i);
/* The life of an order at `au`, and the state that follows, but for its replacement and its disputes; by everything recorded in
 * `etat_acquis`. Ends the walk of its events. */
bool charger_vie(struct chargeur *c, struct arene *a, struct dossier *d, struct diag_liste *diags);
bool charger_vie_preparer(struct chargeur *c, struct diag_liste *diags);
void charger_vie_free(struct chargeur *c);
/* Ends the walk in progress. */
void chargeur_fermer(struct chargeur *c);
bool suiveur_avancer(struct chargeur *c, struct suiveur *f, struct diag_liste *diags);
/* Skips the rows of earlier orders; `*la` tells whether the waiting row belongs to `commande`. */
bool suiveur_placer(struct chargeur *c, struct suiveur *f, int64_t commande, bool *la, struct diag_liste *diags);
static inline struct jour colonne_jour(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? JOUR_ABSENT : (struct jour){sqlite3_column_int(s, i)};
}
static inline struct montant colonne_montant(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? MONTANT_ABSENT : montant_of(sqlite3_column_int64(s, i));
}
char *colonne_arene(struct arene *a, sqlite3_stmt *s, int i);
char *slice_arene(struct arene *a, struct slice t);

/* The columns of an order, from the file or from a registration: those of the projection (etat_interne.h), `signataire` a number,
 * then the day of its replacement. */
enum { COLONNE_SIGNATURE = 6, COLONNE_SIGNATAIRE = 15, COLONNE_REMPLACEE = 29, COLONNES_LUES = 30 };
/* What they say; `n_essms` is only their number. */
void dossier_colonnes(struct chargeur *c, const struct valeur *v, struct arene *a, struct dossier *d);
/* One ESSMS, its columns numbered as the projection does. */
void dossier_un_essms(const struct valeur *v, struct arene *a, struct dossier_essms *e);
/* All the rest, once the columns and the ESSMS are there. `remplacee`: the last of the columns. */
bool dossier_completer(struct chargeur *c, struct jour remplacee, struct arene *a, struct dossier *out, struct diag_liste *diags);
static inline struct jour valeur_jour(const struct valeur *v)
{
    return valeur_est_n(v) ? (struct jour){(int32_t)v->n} : JOUR_ABSENT;
}
static inline struct montant valeur_montant(const struct valeur *v)
{
    return valeur_est_n(v) ? montant_of(v->n) : MONTANT_ABSENT;
}

#endif
