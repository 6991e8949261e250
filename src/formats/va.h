/* The VA as a document: schemas/attestation-va-1.xsd, written to be completed and signed, read once it is. Texts as they stand there:
 * the meaning is the act's (metier/acte_va). */
#ifndef SONS_FORMATS_VA_H
#define SONS_FORMATS_VA_H

#include <stdbool.h>
#include <stddef.h>
#include "noyau/diag.h"
#include "noyau/memoire.h"
#include "noyau/texte.h"

enum va_signature { VA_X_LE, VA_X_SIGNATAIRE, VA_X_QUALITE, VA_X_MODE, VA_X_DELEGATION_LE, VA_X_SIGNATURE_NOMBRE };
enum va_point {
    VA_X_ATTESTE, VA_X_DEPLOYE, VA_X_TBB_LIVRE, VA_X_TBB, VA_X_DOSSIERS_ACTIFS, VA_X_AVEC_PROJET, VA_X_AVEC_EVENEMENT, VA_X_POINT_NOMBRE
};
struct va_xml_essms {
    struct slice et, nom, points[VA_X_POINT_NOMBRE];
};
/* Empty = not filled. */
struct va_xml {
    bool fictif;
    struct slice numero, fournisseur, ej, date_signature, couloir; /* of the order */
    struct slice solution_numero, solution_nom, solution_version;
    struct slice signature[VA_X_SIGNATURE_NOMBRE];
    struct slice bon_fonctionnement, mss;
    struct va_xml_essms *essms;
    size_t n_essms;
};
/* Appends the document, valid by the schema. */
bool va_xml_ecrire(const struct va_xml *v, struct buffer *out, struct diag_liste *diags);
/* Reads one, held by the schema; texts and ESSMS in the arena. `nom` names it in diagnostics. */
bool va_xml_lire(const char *nom, struct slice octets, struct arene *a, struct va_xml *out, struct diag_liste *diags);

#endif
