#include "metier/reserve.h"

#include <unistd.h>

#include "noyau/fichier.h"

static bool ouvrir(struct reserve *r, struct diag_liste *diags)
{
    if (!r->ouverte)
        r->fd = fichier_anonyme(diags);
    r->ouverte = r->fd >= 0;
    return r->ouverte;
}

bool reserve_mettre(struct reserve *r, const struct buffer *octets, uint64_t *place, struct diag_liste *diags)
{
    if (!ouvrir(r, diags))
        return false;
    *place = r->taille;
    r->taille += octets->len;
    if (fichier_write(r->fd, octets->bytes, octets->len))
        return true;
    diag_erreur(diags, E_ECRITURE, "les pièces ne peuvent pas être mises de côté (dossier temporaire plein ?)");
    return false;
}

bool reserve_lire(const struct reserve *r, uint64_t place, uint64_t n, struct buffer *out, struct diag_liste *diags)
{
    buffer_reserve(out, (size_t)n);
    for (uint64_t lu = 0; lu < n;) {
        char bloc[1 << 16];
        const size_t voulu = n - lu < sizeof bloc ? (size_t)(n - lu) : sizeof bloc;
        const ssize_t k = pread(r->fd, bloc, voulu, (off_t)(place + lu));
        if (k <= 0) {
            diag_erreur(diags, E_LECTURE, "une pièce mise de côté ne se relit pas");
            return false;
        }
        buffer_append(out, bloc, (size_t)k);
        lu += (uint64_t)k;
    }
    return true;
}

void reserve_fermer(struct reserve *r)
{
    if (r->ouverte)
        (void)close(r->fd);
    *r = (struct reserve){0};
}
