/* Answers of ASP to a lot: the XML of schemas/retour-asp-1.xsd. Hostile: bounded, validated as it is read. */
#ifndef SONS_FORMATS_RETOUR_ASP_H
#define SONS_FORMATS_RETOUR_ASP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/empreinte.h"
#include "noyau/instant.h"
#include "noyau/memoire.h"
#include "noyau/montant.h"
#include "noyau/texte.h"

/* A return holds one answer a request of the lot, and a few more: what it may hold, what it may weigh. */
#define RETOUR_REPONSES_MAX 200000
#define RETOUR_OCTETS_MAX ((size_t)128 << 20)
#define RETOUR_ESPACE "urn:sons:retour-asp:1"

struct retour_entete {
    char numero[257];             /* of the return: unique for a supplier; at most 64 characters */
    struct instant instant;
    uint32_t fournisseur;         /* SIREN, key verified */
    uint64_t lot;
    char empreinte[EMPREINTE_HEX]; /* of the archive of the lot, as echoed */
    bool fictif;
};
struct retour_reponse {
    uint64_t ligne;               /* of the file */
    uint64_t demande;
    uint32_t version;
    struct slice numero_asp;      /* "" when none; in the arena, as all slices */
    struct slice statut;          /* word of the schema */
    struct instant instant;
    struct montant montant;       /* MONTANT_ABSENT when none */
    struct slice motifs;          /* `|` between them */
};
struct retour_lu {
    struct retour_entete entete;
    struct retour_reponse *reponses;
    size_t n, cap;
    struct arene arene;
};
/* Does it look like XML? (first byte that is not a blank, after a BOM, is `<`) */
bool retour_est_xml(struct slice octets);
/* Reads a document of at most RETOUR_OCTETS_MAX bytes; `nom` names it. False with every fault; retour_free in every case. */
bool retour_lire(const char *nom, struct slice octets, struct retour_lu *out, struct diag_liste *diags);
void retour_free(struct retour_lu *r);

#endif
