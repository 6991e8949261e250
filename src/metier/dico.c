#include "metier/dico.h"

#include <string.h>

#include "noyau/empreinte.h"
#include "noyau/memoire.h"

/* FNV-1a under a random start: a sheet cannot be made to collide. */
static uint64_t hacher(struct slice s)
{
    static uint64_t graine;
    if (graine == 0) {
        const struct sel sel = sel_tirer();
        memcpy(&graine, sel.octets, sizeof graine);
        graine |= 1;
    }
    uint64_t h = graine ^ UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.bytes[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 29;
}

static struct dico_case *place(struct dico_case *cases, size_t cap, struct slice cle, uint64_t h)
{
    size_t i = (size_t)h & (cap - 1);
    while (cases[i].cle.bytes != NULL && (cases[i].empreinte != h || cases[i].cle.len != cle.len ||
                                          memcmp(cases[i].cle.bytes, cle.bytes, cle.len) != 0))
        i = (i + 1) & (cap - 1);
    return &cases[i];
}

static void agrandir(struct dico *d)
{
    const size_t cap = d->cap == 0 ? 256 : d->cap * 2;
    struct dico_case *cases = memoire_calloc(cap, sizeof *cases);
    for (size_t i = 0; i < d->cap; i++)
        if (d->cases[i].cle.bytes != NULL)
            *place(cases, cap, d->cases[i].cle, d->cases[i].empreinte) = d->cases[i];
    memoire_free(d->cases);
    d->cases = cases;
    d->cap = cap;
}

size_t dico_mettre(struct dico *d, struct slice cle, size_t rang)
{
    if (2 * (d->n + 1) > d->cap)
        agrandir(d);
    const uint64_t h = hacher(cle);
    struct dico_case *c = place(d->cases, d->cap, cle, h);
    if (c->cle.bytes != NULL)
        return c->rang;
    *c = (struct dico_case){{cle.bytes == NULL ? "" : cle.bytes, cle.len}, h, rang};
    d->n++;
    return DICO_ABSENT;
}

size_t dico_chercher(const struct dico *d, struct slice cle)
{
    if (d->cap == 0)
        return DICO_ABSENT;
    const struct dico_case *c = place(d->cases, d->cap, cle, hacher(cle));
    return c->cle.bytes == NULL ? DICO_ABSENT : c->rang;
}

void dico_free(struct dico *d)
{
    memoire_free(d->cases);
    *d = (struct dico){0};
}
