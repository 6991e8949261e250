/* Shared by the projectors only. */
#ifndef SONS_REGISTRE_ETAT_INTERNE_H
#define SONS_REGISTRE_ETAT_INTERNE_H

#include "registre/etat.h"
#include "registre/plis.h"
#include "registre/rafale.h"
#include "registre/vie_lire.h"

enum requete {
#define REQUETE(ident, sql) ident,
#define RAFALE(ident, nom, colonnes, sql)
#include "registre/requetes.def"
#undef REQUETE
#undef RAFALE
    REQUETE_NOMBRE
};
enum requete_rafale {
#define REQUETE(ident, sql)
#define RAFALE(ident, nom, colonnes, sql) ident,
#include "registre/requetes.def"
#undef REQUETE
#undef RAFALE
    RAFALE_NOMBRE
};
#define COMMANDE_COLONNES 29
#define ESSMS_COLONNES 7
/* The rows of the order projected last: its values point into the fact. */
struct commande_projetee {
    int64_t numero; /* 0 = none, or a correction */
    struct valeur v[COMMANDE_COLONNES];
    struct valeur (*essms)[ESSMS_COLONNES];
    size_t n_essms, cap_essms;
    struct buffer lignes;
};
struct projecteur {
    struct registre *r;
    struct commande_projetee commande;
    sqlite3_stmt *stmt[REQUETE_NOMBRE];
    struct rafale *rafales[RAFALE_NOMBRE];
    struct plis plis; /* lives: every row of `vie` that waits is of one of them */
    struct instant saisie; /* of the entry that is projected; INSTANT_ABSENT = not said */
    bool par_rafales; /* rows may wait from one fact to the next */
};
sqlite3_stmt *projecteur_stmt(struct projecteur *p, enum requete q, struct diag_liste *diags);
/* Steps a statement that reads or changes orders, their ESSMS or their pieces: their bursts are emptied first. */
bool projecteur_pas(struct projecteur *p, sqlite3_stmt *s, struct diag_liste *diags);
/* The next row of a burst (rafale_ligne), NULL on a fault; then rafale_poser of p->rafales[q]. */
struct valeur *projecteur_ligne(struct projecteur *p, enum requete_rafale q, struct diag_liste *diags);
/* A row of `n` values, both at once. */
bool projecteur_poser(struct projecteur *p, enum requete_rafale q, const struct valeur *v, size_t n, struct diag_liste *diags);

typedef bool projection_fonction(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags);
projection_fonction projeter_registre, projeter_calendrier, projeter_base, projeter_designation, projeter_fournisseur,
    projeter_enrolement, projeter_solution, projeter_liste, projeter_financement, projeter_non_cumul, projeter_commande,
    projeter_commande_v1,
    projeter_piece, projeter_justification, projeter_correction,
    projeter_remplacement, projeter_annulation, projeter_note;

/* The payment life (projeter_vie.c, projeter_reponses.c). */
projection_fonction projeter_demande, projeter_solde_demande, projeter_emission, projeter_solde_emis, projeter_lot, projeter_lot_v1,
    projeter_depot, projeter_lot_annule, projeter_retour, projeter_reponse, projeter_facture, projeter_va, projeter_virement,
    projeter_encaissement, projeter_encaissement_retire, projeter_ordre, projeter_reversement,
    projeter_somme_retiree, projeter_virement_retire, projeter_depot_rectifie, projeter_reponse_retiree;

/* Parts of the projection of an order, for its registration and for its corrections. Its columns, as R_COMMANDE and Q_CORRIGER
 * number them (from [0]), but for 1, 23 and 24; the text of its lines is made in `lignes`. */
bool valeurs_commande(struct valeur *v, int64_t numero, const struct fait *f, struct buffer *lignes, struct diag_liste *diags);
bool projeter_essms(struct projecteur *p, int64_t commande, const struct fait *f, struct diag_liste *diags);
/* One piece `<role> <sha256> <size> <media>` of the fact `numero`; its role is added to `bits`. */
bool projeter_une_piece(struct projecteur *p, int64_t commande, int64_t numero, struct slice texte, int64_t *bits,
                        struct diag_liste *diags);
bool ajouter_pieces(struct projecteur *p, int64_t commande, int64_t bits, struct diag_liste *diags);
/* The fact `numero` is told with that order. */
bool raconter(struct projecteur *p, int64_t commande, int64_t numero, struct diag_liste *diags);
/* The fact does not read: tells it, gives false. */
bool projection_mal_formee(int64_t numero, const char *cle, struct diag_liste *diags);

projection_fonction projeter_mandat, projeter_mandat_retire, projeter_litige, projeter_litige_repondu, projeter_litige_conclu;
projection_fonction projeter_correspondance;
projection_fonction projeter_sceau;
projection_fonction projeter_surnom, projeter_surnom_retire, projeter_contact, projeter_contact_retire, projeter_effacement;

/* A field; absent = NULL. */
void valeur_champ(struct valeur *v, const struct fait *f, enum fait_champ c);
/* Binds a field; absent = NULL. */
void lier_champ(sqlite3_stmt *s, int i, const struct fait *f, enum fait_champ c);
/* Same, but the words of a closed list (fonds, phase …) are bound as the integers of dossier.h. */
void lier_champ_code(sqlite3_stmt *s, int i, const struct fait *f, enum fait_champ c);
/* A count, or `-` = absent, off `reste`. False when it is neither. */
bool lire_part(struct slice *reste, int64_t *n, bool *present);
/* Cuts the next word (up to a space) off `reste`. False when empty. */
bool mot_suivant(struct slice *reste, struct slice *mot);

#endif
