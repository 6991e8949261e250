/* Around the OG of an order: its other orders; names: what the order says of its ESSMS, what the base says, and the other ESSMS of the OG when a name needs them. */
#include <stdlib.h>
#include <string.h>

#include "registre/charger_interne.h"
#include "noyau/tri.h"

/* `20181 AJACCIO CEDEX 1` without its postcode. */
static struct slice commune_de(struct slice acheminement)
{
    size_t i = 0;
    while (i < acheminement.len && acheminement.bytes[i] >= '0' && acheminement.bytes[i] <= '9')
        i++;
    while (i > 0 && i < acheminement.len && acheminement.bytes[i] == ' ')
        i++;
    return (struct slice){acheminement.bytes + i, acheminement.len - i};
}

static bool donne(const char *s)
{
    return s != NULL && *s != '\0';
}

/* The same but for case, accents and punctuation: the siblings are not needed to tell. */
static bool meme_plie(struct chargeur *c, const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return true;
    buffer_clear(&c->pli);
    texte_fold(&c->pli, a, strlen(a));
    const size_t n = c->pli.len;
    buffer_putc(&c->pli, '\n');
    texte_fold(&c->pli, b, strlen(b));
    return c->pli.len == 2 * n + 1 && memcmp(c->pli.bytes, c->pli.bytes + n + 1, n) == 0;
}

static bool lire_voisins(struct chargeur *c, struct arene *a, int64_t base, struct dossier *d, struct diag_liste *diags)
{
    const struct slice paquet = c->og_et;
    const size_t n = c->og_present ? paquet.len / FINESS_PAQUET : 0;
    if (n < 2)
        return true;
    struct essms_voisin *v = arene_alloc(a, n * sizeof *v);
    for (size_t i = 0; i < n; i++) {
        struct finess_essms e;
        const finess numero = finess_depaqueter(paquet, i).et;
        const int trouve = finess_trouver_essms(c->finess, base, numero, &e, diags);
        if (trouve < 0)
            return false;
        if (trouve == 1)
            v[d->n_voisins++] = (struct essms_voisin){numero, slice_arene(a, e.raison_sociale), slice_arene(a, commune_de(e.acheminement))};
    }
    d->voisins = v;
    return true;
}

void charger_nom(struct arene *a, struct dossier_essms *e, struct slice raison_sociale, struct slice acheminement)
{
    e->nom_base = slice_arene(a, raison_sociale);
    e->commune_base = slice_arene(a, commune_de(acheminement));
}

bool charger_noms(struct chargeur *c, struct arene *a, int64_t base, struct dossier *d, struct diag_liste *diags)
{
    bool voisins = false;
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        if (e->nom_base != NULL)
            voisins = voisins || (donne(e->libelle_lu) && !meme_plie(c, e->libelle_lu, e->nom_base));
    }
    return !voisins || lire_voisins(c, a, base, d, diags);
}

/* --- other orders of the OG --------------------------------------------------------------------------------------- */

static bool deja_la(const struct autre_commande *t, uint32_t n, int64_t fait)
{
    uint32_t i = 0;
    while (i < n && t[i].fait != fait)
        i++;
    return i < n;
}

static int cmp_fait(const void *a, const void *b)
{
    const int64_t x = ((const struct autre_commande *)a)->fait, y = ((const struct autre_commande *)b)->fait;
    return x < y ? -1 : x > y;
}

/* Is one of the orders on that ESSMS another one, not read yet? */
static bool reste_a_lire(const struct chargeur *c, finess et, const struct autre_commande *t, const struct dossier *d)
{
    const struct essms_pris *p = pris_par(c, et);
    while (p != NULL && (p->commande == d->fait || deja_la(t, d->n_de_l_og, p->commande)))
        p = pris_suivant(c, p);
    return p != NULL;
}

bool charger_de_l_og(struct chargeur *c, struct arene *a, struct dossier *d, struct diag_liste *diags)
{
    const struct slice paquet = c->og_et;
    const size_t n = d->base.etat == BASE_DESIGNEE && d->ej != FINESS_ABSENT && c->og_present ? paquet.len / FINESS_PAQUET : 0;
    struct autre_commande *t = NULL;
    size_t cap = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct dossier_essms e = {.et = finess_depaqueter(paquet, i).et};
        if (!reste_a_lire(c, e.et, t, d))
            continue;
        ok = charger_autres(c, a, d->fait, &e, diags);
        for (uint32_t k = 0; ok && k < e.n_autres; k++) {
            if (deja_la(t, d->n_de_l_og, e.autres[k].fait))
                continue;
            t = memoire_grow(t, &cap, d->n_de_l_og + 1, sizeof *t);
            t[d->n_de_l_og++] = e.autres[k];
        }
    }
    if (d->n_de_l_og > 0) {
        trier_liste(t, d->n_de_l_og, sizeof *t, cmp_fait);
        d->de_l_og = memcpy(arene_alloc(a, d->n_de_l_og * sizeof *t), t, d->n_de_l_og * sizeof *t);
    }
    memoire_free(t);
    return ok;
}
