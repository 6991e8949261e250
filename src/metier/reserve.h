/* Bytes of pieces put aside in an anonymous file before the registre is locked, so that nobody waits while somebody
 * else's file is being read. */
#ifndef SONS_METIER_RESERVE_H
#define SONS_METIER_RESERVE_H

#include <stdbool.h>
#include <stdint.h>
#include "noyau/diag.h"
#include "noyau/texte.h"

/* Zeroed by the caller; the file is made on first use. */
struct reserve {
    bool ouverte;
    int fd;
    uint64_t taille;
};
/* Puts bytes aside; `*place` is where. */
bool reserve_mettre(struct reserve *r, const struct buffer *octets, uint64_t *place, struct diag_liste *diags);
/* Appends `n` bytes from `place`. */
bool reserve_lire(const struct reserve *r, uint64_t place, uint64_t n, struct buffer *out, struct diag_liste *diags);
void reserve_fermer(struct reserve *r);

#endif
