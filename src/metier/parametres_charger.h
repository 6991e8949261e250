/* Parameters from XML: the embedded set, or a set kept by the registre. */
#ifndef SONS_METIER_PARAMETRES_CHARGER_H
#define SONS_METIER_PARAMETRES_CHARGER_H

#include <stddef.h>
#include "noyau/diag.h"
#include "noyau/texte.h"
#include "regles/parametres.h"

/* The bytes of the embedded parametres.xml (static) and its schema. */
struct slice parametres_xml_embarque(void);
/* Validates against the embedded schema and fills. Owned by the caller (parametres_free). NULL with diagnostics. */
struct parametres *parametres_depuis_xml(struct slice xml, struct diag_liste *diags);
/* The same, for a set kept by a registre: keys younger than it take the values of `programme`. */
struct parametres *parametres_gardes(struct slice xml, const struct parametres *programme, struct diag_liste *diags);
/* The embedded set. */
struct parametres *parametres_embarques(struct diag_liste *diags);

#endif
