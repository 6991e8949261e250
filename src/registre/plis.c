#include "registre/plis.h"

#include "noyau/memoire.h"

/* Numbers of entries: near one another, never chosen by a file. */
static size_t depart(const struct plis *p, int64_t commande)
{
    return (size_t)(((uint64_t)commande * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - p->bits));
}

static uint32_t *place(const struct plis *p, int64_t commande)
{
    const size_t masque = ((size_t)1 << p->bits) - 1;
    size_t i = depart(p, commande);
    while (p->cases[i] != 0 && p->items[p->cases[i] - 1].commande != commande)
        i = (i + 1) & masque;
    return &p->cases[i];
}

struct vie *plis_trouver(const struct plis *p, int64_t commande)
{
    const uint32_t rang = p->n == 0 ? 0 : *place(p, commande);
    return rang == 0 ? NULL : &p->items[rang - 1].vie;
}

/* Half of it stays free. */
static void agrandir(struct plis *p)
{
    if (p->cases != NULL && 2 * (p->n + 1) <= (size_t)1 << p->bits)
        return;
    p->bits = p->cases == NULL ? 4 : p->bits + 1;
    memoire_free(p->cases);
    p->cases = memoire_calloc((size_t)1 << p->bits, sizeof *p->cases);
    for (size_t i = 0; i < p->n; i++)
        *place(p, p->items[i].commande) = (uint32_t)i + 1;
}

struct vie *plis_ajouter(struct plis *p, int64_t commande)
{
    agrandir(p);
    p->items = memoire_grow(p->items, &p->cap, p->n + 1, sizeof *p->items);
    p->items[p->n].commande = commande;
    *place(p, commande) = (uint32_t)p->n + 1;
    return &p->items[p->n++].vie;
}

void plis_free(struct plis *p)
{
    memoire_free(p->items);
    memoire_free(p->cases);
    *p = (struct plis){.max = p->max};
}
