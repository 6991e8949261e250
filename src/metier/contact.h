/* A person to write to, as read: of one order, supplier or OG. Shared by the acts only. */
#ifndef SONS_METIER_CONTACT_H
#define SONS_METIER_CONTACT_H

#include <stdbool.h>
#include <stdint.h>
#include "metier/cellules.h"
#include "noyau/memoire.h"

/* What lists and exports show for an erased name; read back as an empty cell. */
#define NOM_EFFACE "(effacé)"

enum contact_champ { CONTACT_NOM, CONTACT_FONCTION, CONTACT_COURRIEL, CONTACT_TELEPHONE, CONTACT_CHAMPS };
struct contact_lu {
    int64_t commande; /* number of its fact, else 0 */
    uint32_t fournisseur;
    finess ej;
    struct slice champs[CONTACT_CHAMPS]; /* empty = not said; the telephone without its blanks, in the arena */
};
/* Reads the four cells of a contact, columns `premier` … in the order of contact_champ, at the rows `lignes`. Checked. */
struct contact_lu contact_lire(struct cellules *c, struct arene *a, const size_t lignes[CONTACT_CHAMPS], size_t premier);
/* Is anything said? */
bool contact_donne(const struct contact_lu *c);

#endif
