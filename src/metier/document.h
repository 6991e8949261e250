/* Documents recorded on an order beside its requests: the invoice, the VA. What their acts share. */
#ifndef SONS_METIER_DOCUMENT_H
#define SONS_METIER_DOCUMENT_H

#include "metier/actes.h"
#include "metier/cellules.h"
#include "metier/commande_contenu.h"
#include "metier/juger.h"
#include "metier/reserve.h"
#include "metier/transaction.h"
#include "registre/dossier_charger.h"
#include "registre/piece.h"

/* A piece put aside before the lock; `lue` false: the cell was empty. */
struct document {
    bool lue;
    struct piece_ref ref;
    uint64_t place;
};
/* Reads the piece that a cell names. A fault is told at the cell. */
void document_lire(struct cellules *c, size_t ligne, size_t champ, enum piece_role role, struct reserve *r, struct document *out);
/* Keeps its bytes and puts its reference in the fact; nothing when none was read. */
bool document_garder(struct acte *a, const struct reserve *r, const struct document *p, struct fait *f, enum fait_champ champ, struct arene *arene);
/* The order that a cell names; 0 with a fault. */
int64_t document_commande(struct contexte *ctx, struct cellules *c, size_t ligne, size_t champ);

/* What one kind of document has of its own: static, one for the invoice, one for the VA. */
struct document_genre {
    enum fait_champ nom, accorde;     /* where its fact has the commitment of its name, and whether that agrees with the other document */
    const char *mot, *mot_autre;      /* under which word its name is kept; that of the other document */
    const enum fait_champ *calcules;  /* fields that the act makes, not the document: they do not tell two documents apart */
    size_t n_calcules;
};
/* Is the document read, `f` with the name `nom`, the one that entry `fait` recorded (0 = none yet: no)? Both without a name: the same; an
 * erased name is like no other. `*ancienne` is the recorded fact, its texts in `arene`; untouched without one. 1 yes, 0 no, -1 fault. */
int document_inchange(struct contexte *ctx, const struct document_genre *g, const struct fait *f, struct slice nom, int64_t fait,
                      struct arene *arene, struct fait *ancienne);
/* Keeps `nom` under the next entry (empty: nothing to do), and puts in the fact its commitment, whose text is in `arene` until the fact is
 * written, and whether it agrees with the name kept under `autre`, the other document (0 = none): TROIS_ABSENT when that one is missing or erased. */
bool document_nommer(struct contexte *ctx, const struct document_genre *g, struct fait *f, struct slice nom, int64_t autre, struct arene *arene);
/* The document takes the place of one on which a balance waits: `d`, which tells so, says how to ask for it again. */
void document_solde_demande(const struct commande_etat *e, struct diag *d);
/* Projects the fact, judges the order with it (every stage), tells what the rules of the VA and of the balance say, and writes. `charge`:
 * NULL at first, the same loader for every row; the caller frees it (chargeur_free) before the act ends. */
bool document_ecrire(struct acte *a, struct chargeur **charge, const struct fait *f, int64_t commande, struct compte_verdicts *compte);
/* After the last one: the verdicts to the report, and the end of the act; nothing is recorded when `ok` is false or when --strict does not
 * admit one of the verdicts. */
bool document_conclure(struct acte *a, bool ok, const struct compte_verdicts *compte, struct import_rapport *out);

#endif
