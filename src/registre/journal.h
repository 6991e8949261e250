/* The journal: canonical entries in a chain. An entry is text: header, fact, constats, hash of the previous entry. Its
 * SHA-256 stands in the next one. Only ever appended. */
#ifndef SONS_REGISTRE_JOURNAL_H
#define SONS_REGISTRE_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/instant.h"
#include "noyau/memoire.h"
#include "registre/base.h"
#include "registre/fait.h"

#define JOURNAL_SANS_PRECEDENT "0000000000000000000000000000000000000000000000000000000000000000"

/* Begins writing in the open transaction: reads the last entry. Not the one that was recorded (exit 4), the clock earlier than it: faults. */
bool journal_ouvrir(struct registre *r, struct instant maintenant, const struct empreinte *parametres,
                    struct diag_liste *diags);
/* Number that the next entry will have (after journal_ouvrir). */
int64_t journal_prochain(const struct registre *r);
/* Instant that they will have (after journal_ouvrir). */
struct instant journal_instant(const struct registre *r);
/* Appends one entry: `fait` = text of fait_ecrire, `constats` = `constat …\n` lines (may be empty). */
bool journal_append(struct registre *r, struct slice fait, struct slice constats, struct diag_liste *diags);
/* Entries and names wait in memory, a burst of them (rafale.h): inserts them, before anyone reads them in the same transaction.
 * What reads them here, and registre_valider, do it by themselves. Nothing to do when nothing is being written. */
bool journal_vider(struct registre *r, struct diag_liste *diags);
/* The same, and keeps the SHA-256 of the last entry beside the projections (`reglage`, `tete`), for nothing in the journal tells it before
 * the next entry. registre_valider only. */
bool journal_finir(struct registre *r, struct diag_liste *diags);
/* Keeps the SHA-256 of entry `numero`, the last one of a replay. */
bool journal_tete_rejouer(struct registre *r, int64_t numero, struct diag_liste *diags);
/* Is this the SHA-256 kept for the last entry? 1 yes, or none is kept (the projections were emptied), 0 no, −1 fault. */
int journal_tete_gardee(struct registre *r, const char hex[EMPREINTE_HEX], struct diag_liste *diags);
/* Ends writing, what waits is forgotten (registre_valider, registre_annuler). */
void journal_plume_free(struct journal_plume *p);

/* An entry read back. Slices point into `octets`, texts into the arena. */
struct entree {
    int64_t numero;
    struct instant instant;
    struct slice utilisateur, programme, parametres, sel, constats, precedent;
    struct slice texte_fait;
    enum fait_type ecrit; /* form of the fact as written */
    struct fait fait;     /* in its current form */
};
/* Strict form. False when broken. */
bool entree_lire(struct slice octets, struct arene *a, struct entree *out);
/* The same for a list, which only shows the fact: its constats and its last line, most of an entry, are not looked at. */
bool entree_lire_fait(struct slice octets, struct arene *a, struct entree *out);

/* Walks entries `de` … `a` (inclusive, 0 = to the end) in order; of a replayed past, those that it knows. */
typedef bool journal_visite(void *ctx, int64_t numero, struct slice octets);
bool journal_parcourir(struct registre *r, int64_t de, int64_t a, journal_visite *f, void *ctx, struct diag_liste *diags);
/* The same for a great many of them: the pages of the rest leave the cache. */
bool journal_parcourir_tout(struct registre *r, int64_t de, int64_t a, journal_visite *f, void *ctx, struct diag_liste *diags);

/* Chain and form of the whole journal, its last entry the one whose SHA-256 is kept. Every break is a fault (exit 4) that names the entry. */
struct journal_etat {
    int64_t entrees;
    uint64_t octets;
    struct empreinte tete;
    struct instant dernier;
};
bool journal_verifier_chaine(struct registre *r, struct journal_etat *out, struct diag_liste *diags);
/* The same walk, shown to a witness as well, every row whatever its state: it sees the bytes that were verified. Its last entry is not
 * compared: journal_verifier_fin does, once the walk has given its SHA-256. */
bool journal_verifier_avec(struct registre *r, struct journal_etat *out, journal_visite *temoin, void *ctx, struct diag_liste *diags);

bool journal_verifier_fin(struct registre *r, const struct journal_etat *e, struct diag_liste *diags);

/* The user of an entry, when the erasable table still has the name and it matches the commitment. Appends; false when unknown. */
bool journal_utilisateur(struct registre *r, const struct entree *e, struct buffer *out, struct diag_liste *diags);

/* Once the chain is verified. Every name still kept is the one its entry commits to; every set of parameters has its hash, and the one adopted is
 * there. Faults exit 4. */
bool journal_noms_verifier(struct registre *r, size_t *noms, struct diag_liste *diags);
bool journal_jeux_verifier(struct registre *r, struct diag_liste *diags);

/* Names: records `nom` for the entry `fait` under a fresh salt and gives the commitment in hexadecimal. While the journal
 * is open for writing. */
bool personne_enregistrer(struct registre *r, int64_t fait, const char *champ, struct slice nom, char hex[EMPREINTE_HEX],
                          struct diag_liste *diags);
/* The name kept for a commitment. 1 found, 0 erased, −1 fault. `*sel` may be NULL. */
int personne_lire(struct registre *r, int64_t fait, const char *champ, struct buffer *nom, struct sel *sel,
                  struct diag_liste *diags);

/* Erases names from the table, and their bytes from the file: the table is written again on clean pages. In a transaction that
 * personne_effacement_preparer came before. `refs` are pairs (number of the entry, field). */
struct personne_ref {
    int64_t fait;
    const char *champ;
};
bool personne_effacement_preparer(struct registre *r, struct diag_liste *diags);
bool personne_effacer(struct registre *r, const struct personne_ref *refs, size_t n, struct diag_liste *diags);
/* No name that an entry says erased is still there; `*effaces` counts them. Faults exit 4. */
bool journal_effaces_verifier(struct registre *r, size_t *effaces, struct diag_liste *diags);

#endif
