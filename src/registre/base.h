/* The registre: one SQLite file. Opening, transactions, statements. Rollback journal, synchronous EXTRA, 16 KiB pages. */
#ifndef SONS_REGISTRE_BASE_H
#define SONS_REGISTRE_BASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/instant.h"
#include "noyau/texte.h"

#define REGISTRE_APPLICATION 0x534f4e53 /* "SONS" */
#define REGISTRE_FORMAT 2               /* frozen part (livre.sql) */
#define REGISTRE_ETAT 20                /* projections (etat.sql): another number = rebuilt at opening */
#define REGISTRE_VERSION (REGISTRE_FORMAT * 1000 + REGISTRE_ETAT) /* pragma user_version */

struct registre {
    sqlite3 *db;
    char *chemin;
    bool ecriture, en_transaction;
    bool validation;             /* inside registre_valider: the only commit allowed */
    bool incertaine;             /* the last commit failed and the file does not say whether it is recorded (E_ISSUE) */
    bool passe;                  /* --connu-le: projections in memory, the file attached read-only */
    bool ancien;                 /* with `passe`: the whole of a registre of an earlier format, not --connu-le */
    int64_t connue;              /* with `passe`: last entry known, 0 = none; journal_parcourir stops there */
    bool fictif;
    char id[33];
    char titulaire_role[16];
    uint32_t titulaire_siren;
    char *titulaire_nom;         /* may be NULL */
    int64_t derniere;            /* last entry appended by this connection */
    struct journal_plume *plume; /* journal being written (journal.c) */
    sqlite3_stmt *piece_connue, *piece_insert, *piece_lire; /* piece.c */
    struct requete_gardee *gardees; /* registre_gardee */
    size_t n_gardees, cap_gardees;
    uint64_t essms_changes;      /* times that this connection changed which order has which ESSMS */
};

/* Installs the allocator that never returns on SQLite; once, before any connection. */
void registre_preparer(void);

/* Called once when another `sons` makes this one wait more than half a second (cli says a word). */
void registre_quand_occupe(void (*dire)(void *ctx), void *ctx);

/* Opens an existing registre. Not a registre, a later format, unreadable: faults. Rebuilds the projections when their
 * format changed. One of an earlier format is migrated when it is opened for writing; for reading it stays as it is, its
 * projections made in memory (`ancien`). NULL with diagnostics. */
struct registre *registre_ouvrir(const char *chemin, bool ecriture, struct diag_liste *diags);
/* The same for acts that are tried and undone: whatever they write stays in memory, and the file, which may be read-only or held by a
 * writer, is only read. One of an earlier format is migrated, in memory too. */
struct registre *registre_brouillon(const char *chemin, struct diag_liste *diags);
/* Makes a registre of an empty file, in a transaction that stays open: the genesis is the caller's next act. `nom` is what
 * the messages say: the file itself is still under a temporary name. */
struct registre *registre_creer(const char *fichier, const char *nom, struct diag_liste *diags);
/* The projections of an empty past in memory, with the file attached read-only (journal_rejouer fills them). */
struct registre *registre_passe(const char *chemin, struct diag_liste *diags);
void registre_fermer(struct registre *r);
/* SIREN of the holder of the registre when it is an éditeur, which is then the supplier that nobody names; else 0. */
uint32_t registre_editeur(const struct registre *r);

/* BEGIN IMMEDIATE (waits up to 30 s for another `sons`, says so after that), COMMIT, ROLLBACK. */
bool registre_debut(struct registre *r, struct diag_liste *diags);
/* Ends the writing of the journal, first. True when the entries are in the file: with a diagnostic (E_VALIDATION) when the disk failed after the commit point. */
bool registre_valider(struct registre *r, struct diag_liste *diags);
void registre_annuler(struct registre *r);
/* A consistent view for several reads. */
bool registre_lecture(struct registre *r, struct diag_liste *diags);
void registre_lecture_fin(struct registre *r);

/* Cache of pages. A walk of a whole table reads each page once: through a small cache they take turns in memory that the processor
 * still holds, instead of thirty megabytes that were never touched. */
#define REGISTRE_CACHE "pragma cache_size = -32768;"
#define REGISTRE_CACHE_PARCOURS "pragma cache_size = -2048;"

/* Runs SQL without result. */
bool registre_exec(struct registre *r, const char *sql, struct diag_liste *diags);
/* Prepares; the caller finalizes. NULL with a diagnostic. */
sqlite3_stmt *registre_stmt(struct registre *r, const char *sql, struct diag_liste *diags);
/* The same, for what is asked row after row: prepared once, kept by the registre until it closes. `sql` is a literal, its address tells
 * it. The caller gives it back by registre_rendre, on every path. */
sqlite3_stmt *registre_gardee(struct registre *r, const char *sql, struct diag_liste *diags);
/* Resets and unbinds it. NULL is allowed. */
void registre_rendre(struct registre *r, sqlite3_stmt *s);
/* registre_fermer only. */
void registre_gardees_free(struct registre *r);
/* The SQLite fault of the connection as a diagnostic (E_SQLITE or E_REGISTRE_ABIME, exit 3 or 4). */
void registre_faute(struct registre *r, struct diag_liste *diags);
/* Steps a statement that writes, resets it. */
bool registre_pas(struct registre *r, sqlite3_stmt *s, struct diag_liste *diags);
/* Steps a query: 1 a row, 0 no more, −1 a fault, told. What cannot be read is never taken for what is not there. */
int registre_suivant(struct registre *r, sqlite3_stmt *s, struct diag_liste *diags);
/* First column of the first row of a query without parameters; `defaut` when no row. False on a fault. */
bool registre_entier(struct registre *r, const char *sql, int64_t defaut, int64_t *out, struct diag_liste *diags);

/* Pages, indexes and constraints of the file, as SQLite checks them. Faults exit 4. */
bool registre_integrite(struct registre *r, struct diag_liste *diags);

/* Binding with sentinels as NULL. `i` from 1. */
void lier_n(sqlite3_stmt *s, int i, int64_t n);
void lier_n_ou_null(sqlite3_stmt *s, int i, int64_t n, bool present);
void lier_slice(sqlite3_stmt *s, int i, struct slice v);      /* empty = '' */
void lier_slice_ou_null(sqlite3_stmt *s, int i, struct slice v);
void lier_octets(sqlite3_stmt *s, int i, const void *p, size_t n);
/* A text column as a slice, valid until the next step. */
struct slice colonne_slice(sqlite3_stmt *s, int i);

#endif
