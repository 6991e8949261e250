/* Builds dossiers from the projections: one order at a time, in the order of their facts, or one by one. Facts whose own
 * date is after `au` are not seen: order = signature, base = line 1, solution = each of its dates, funding = date_etat.
 * A cancellation ends the force of an order at its own instant, a replacement on the day the new order is signed.
 * A fournisseur, a list, a piece, a justification and a request have no such date: always seen. Nor has a correction: it says
 * what the document said all along (--connu-le gives what was entered before). */
#ifndef SONS_REGISTRE_DOSSIER_CHARGER_H
#define SONS_REGISTRE_DOSSIER_CHARGER_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/memoire.h"
#include "registre/base.h"
#include "regles/dossier.h"

struct chargeur;
struct projecteur;
/* Reads what every dossier shares (suppliers, solutions, designated bases). NULL with diagnostics. */
struct chargeur *chargeur_creer(struct registre *r, struct instant au, enum calendrier c, struct diag_liste *diags);
void chargeur_free(struct chargeur *c);

/* Which orders: facts `de` … `a` (0, 0 = all). `a_emettre` (PAIEMENT_AUCUN = all) keeps those whose request for that
 * payment is not in a lot yet and that are neither cancelled nor replaced, even later. `fournisseur` ≠ 0 filters, on the supplier recorded, else on the solution's éditeur. */
struct chargeur_choix {
    int64_t de, a;
    uint32_t fournisseur;
    enum paiement a_emettre;
    bool sans_voisins;   /* neither other orders, nor fundings, nor justifications: for what is not judged */
};
bool chargeur_ouvrir(struct chargeur *c, const struct chargeur_choix *choix, struct diag_liste *diags);
/* The next dossier, in the arena. 1 = given, 0 = no more, −1 = fault. The whole of `out` lives as long as the arena, the
 * chargeur and the registre. */
int chargeur_suivant(struct chargeur *c, struct arene *a, struct dossier *out, struct diag_liste *diags);
/* One order (ends a walk in progress). 0 = not there, or signed after `au`. */
int chargeur_un(struct chargeur *c, int64_t commande, struct arene *a, struct dossier *out, struct diag_liste *diags);

/* Orders being recorded together: each sees the others before their rows are in the file. */
struct commande_annoncee {
    int64_t fait;               /* one after the other in the list */
    uint32_t fournisseur;       /* as recorded, 0 unknown */
    struct slice numero, solution, version;
    enum couloir couloir;
    struct jour date_signature;
    const finess *essms;        /* sorted */
    uint32_t n_essms;
};
/* From here on the orders of the file and those of the list, which must outlive the chargeur, are seen; none of the list may be in
 * the file yet. For chargeur_projetee; ends a walk in progress. */
bool chargeur_annoncer(struct chargeur *c, const struct commande_annoncee *t, size_t n, struct diag_liste *diags);
/* The dossier of the registration that `p` has just projected, as the walk would give it once its rows are in the file (1, 0 or −1),
 * without reading them back: they may still wait. Its fact must live; nothing may have happened to the order since. */
int chargeur_projetee(struct chargeur *c, const struct projecteur *p, struct arene *a, struct dossier *out, struct diag_liste *diags);

/* Stage F: a walk over the ESSMS that have fundings known at `au` (`et` ≠ absent: that one). Each dossier has one ESSMS, every
 * state of its fundings and every order on it; the caller sets `financement` to judge them one after the other (and `fait`). */
bool chargeur_financements_ouvrir(struct chargeur *c, finess et, struct diag_liste *diags);
int chargeur_financements_suivant(struct chargeur *c, struct arene *a, struct dossier *out, struct diag_liste *diags);

/* The éditeur of the solution named by a text (number, other name, name), 0 when it is unknown or there are several. */
uint32_t chargeur_editeur(struct chargeur *c, struct slice solution);
/* The couloir of the solution named by a text; INCONNU when it is unknown or has several. */
enum couloir chargeur_couloir(struct chargeur *c, struct slice solution);
/* Several ANS numbers of one couloir (of any, when unknown) have that name: two of them in `numeros`, which live as long as
 * the chargeur. */
bool chargeur_ambigue(struct chargeur *c, struct slice solution, enum couloir couloir, const char *numeros[2]);

/* Import fact of the reference base of a dossier, 0 = none. */
int64_t chargeur_base_de(const struct chargeur *c, const struct dossier *d);

#endif
