/* Inside of the lot for ASP: what its writer and its verifier share. */
#ifndef SONS_FORMATS_LOT_ASP_INTERNE_H
#define SONS_FORMATS_LOT_ASP_INTERNE_H

#include "formats/lot_asp.h"
#include "formats/xml.h"

#define LOT_ESPACE "urn:sons:lot-asp:1"
/* The embedded schema, compiled. NULL with a diagnostic. Owned by the caller. */
struct xml_schema *lot_schema(struct diag_liste *diags);

/* Bounds of a lot read from outside. */
#define LOT_XML_MAX (UINT64_C(1) << 30)
#define LOT_ESSMS_MAX 500000
#define LOT_PIECES_MAX 250000
#define LOT_PIECE_MAX (UINT64_C(20) << 20)

/* A piece as the document names it. */
struct lot_renvoi {
    struct empreinte empreinte;
    uint64_t taille, demande;  /* number of the first request that names it */
    char extension[9];
    bool vue;                  /* found in the archive */
};
/* What is read in lot.xml, and checked as it comes: one request at a time. Starts zeroed. */
struct lot_lecture {
    struct xml_flux *xml;      /* borrowed; set by the caller before the first byte */
    struct diag_liste *diags;
    struct lot_rapport *rapport;
    uint64_t fautes;           /* told here, beside those of the schema */
    struct lot_renvoi *renvois;
    size_t n_renvois, cap_renvois;
    uint64_t annonce;
    struct montant somme_annoncee;
    bool depasse;
    bool entier;               /* the root was closed: every piece is known */
    char type[8];              /* of the lot */
    char parametres[65];       /* of the lot */
    lot_juge *juge;
    void *juge_ctx;
    enum { LOT_AILLEURS, LOT_ENTETE, LOT_DEMANDE } section;
    enum { LOT_AUTRE, LOT_FACTURE, LOT_VA } partie; /* of a balance */
    /* the current request */
    uint64_t fautes_avant, numero;
    struct montant essms_ht, essms_ttc;
    struct lot_chiffres c;
    struct lot_renvoi renvoi;
};
void lot_lecture_debut(void *ctx, const struct xml_element *e);
void lot_lecture_fin(void *ctx, const struct xml_element *e);
/* At the end of a valid document: number of requests and control sum. */
void lot_lecture_totaux(struct lot_lecture *l);

#endif
