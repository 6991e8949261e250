/* A draft answer to ASP about a request that it rejected or gave back: only what the registre proves; what is missing is said « à compléter ».
 * Shared by lettre*.c only, but for vue_lettre (vues.h). */
#ifndef SONS_METIER_LETTRE_H
#define SONS_METIER_LETTRE_H

#include "metier/juger.h"
#include "metier/sommes.h"
#include "noyau/empreinte.h"

/* A document that a fact of the order carries. */
struct lettre_piece {
    enum piece_role role;
    bool accuse;                 /* the acknowledgement of a deposit */
    int64_t entree;
    uint64_t taille;
    char empreinte[EMPREINTE_HEX];
};
/* An answer of ASP, by au. Texts in the arena. */
struct lettre_reponse {
    int64_t entree, demande, version;
    enum paiement paiement;
    enum statut_asp statut;
    struct instant le;
    const char *numero_asp;      /* "" */
    const struct slice *motifs;
    size_t n_motifs;
};
/* An order content, at the entry that gave it: its registration, then its corrections. */
struct lettre_contenu {
    int64_t entree;
    struct fait contenu;
};
struct lettre {
    struct contexte *ctx;
    const struct dossier *d;
    struct arene *a;
    struct sommes sommes;        /* the facts, told; the figures */
    struct jugement jugement;    /* today's */
    struct dossier alors;        /* the same, with the request that was answered: what the deadlines judge, whatever was asked since */
    struct jugement jugement_alors;
    struct lettre_piece *pieces;
    size_t n_pieces, cap_pieces;
    struct lettre_contenu *contenus;
    size_t n_contenus, cap_contenus;
    struct lettre_reponse derniere[PAIEMENT_NOMBRE]; /* entree 0 = none */
    const struct lettre_reponse *r; /* the one that is answered */
    int64_t depot;               /* entry of its first deposit, which the deadlines judge; 0 = none */
    int64_t lot;                 /* that carried it; 0 = not known */
    const char *lot_empreinte;
    struct instant depose_le;
};
/* Reads all that it needs; `r` NULL when ASP's last answers gave nothing back. False on a fault. lettre_free in any case. */
bool lettre_lire(struct contexte *ctx, const struct dossier *d, struct arene *a, struct lettre *out);
void lettre_free(struct lettre *l);

#endif
