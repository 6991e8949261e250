/* The rows of a return, whatever it is written in. Shared by the import of returns only. */
#ifndef SONS_METIER_RETOUR_LIGNES_H
#define SONS_METIER_RETOUR_LIGNES_H

#include "formats/retour_asp.h"
#include "metier/retours.h"

/* One row, before what it names is looked up. */
struct ligne_retour {
    struct reponse_lue r;
    struct slice commande;      /* order: number, SIREN/NUMBER, or ASP's number; "" = not said */
    uint32_t fournisseur;       /* 0 = not said */
    int64_t lot;                /* 0 = not said */
    char empreinte[EMPREINTE_HEX]; /* of the archive of the lot, "" = not said */
    size_t rang;                /* in the file, from 0 */
    uint64_t ligne;             /* XML */
    bool fautive;               /* told already; nothing more can be said of it */
};
struct lignes_retour {
    const char *nom;            /* file, or what stands for standard input */
    const char *forme;          /* xml, csv, collage */
    struct empreinte fichier;
    char numero[257];           /* of the return, "" = a table */
    struct instant le;
    bool fictif;                /* XML only */
    bool fautif;                /* some of its rows are */
    struct ligne_retour *t;
    size_t n;
    struct feuille *feuille;    /* NULL for XML */
    struct retour_lu xml;
    struct buffer octets;
    struct arene arene;
};
/* Reads a file, or standard input for "-". False with every fault when it has no rows to look at: one whose cells are faulty is read on,
 * `fautif`, so that what the others name is told too. lignes_retour_free in every case. */
bool lignes_retour_lire(struct contexte *ctx, const char *chemin, struct lignes_retour *out);
/* Where a row stands; valid until the next call. */
struct lieu ligne_retour_lieu(struct lignes_retour *l, const struct ligne_retour *x, size_t champ);
void lignes_retour_free(struct lignes_retour *l);

#endif
