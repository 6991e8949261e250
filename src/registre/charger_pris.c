/* Which orders have which ESSMS, in memory: chains under a hash, made anew by each walk. */
#include <string.h>

#include "noyau/empreinte.h"
#include "registre/charger_interne.h"

static uint32_t *pris_tete(const struct chargeur *c, finess et)
{
    return &c->pris_tetes[(et * c->pris_graine) >> (64 - c->pris_bits)];
}

/* The heads, from the last row to the first, so that each chain is in the order of the facts. */
static void pris_ranger(struct chargeur *c)
{
    for (c->pris_bits = 4; c->pris_bits < 31 && (size_t)1 << c->pris_bits < 2 * c->n_pris;)
        c->pris_bits++;
    if (c->pris_graine == 0) { /* odd and drawn: a sheet cannot be made to collide */
        const struct sel sel = sel_tirer();
        memcpy(&c->pris_graine, sel.octets, sizeof c->pris_graine);
        c->pris_graine |= 1;
    }
    memoire_free(c->pris_tetes);
    c->pris_tetes = memoire_calloc((size_t)1 << c->pris_bits, sizeof *c->pris_tetes);
    for (size_t i = c->n_pris; i-- > 0;) {
        uint32_t *tete = pris_tete(c, c->pris[i].et);
        c->pris[i].suivant = *tete;
        *tete = (uint32_t)i + 1;
    }
}

static void pris_ajouter(struct chargeur *c, finess et, int64_t commande)
{
    c->pris = memoire_grow(c->pris, &c->cap_pris, c->n_pris + 1, sizeof *c->pris);
    c->pris[c->n_pris++] = (struct essms_pris){et, 0, commande};
}

bool charger_pris(struct chargeur *c, struct diag_liste *diags)
{
    if (c->pris_lus && c->r->essms_changes == c->pris_etat)
        return true;
    sqlite3_stmt *s = registre_stmt(c->r, "select commande, et from commande_essms order by commande, et", diags);
    if (s == NULL)
        return false;
    int rc;
    c->n_pris = 0;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW && c->n_pris < UINT32_MAX)
        pris_ajouter(c, (finess)sqlite3_column_int64(s, 1), sqlite3_column_int64(s, 0));
    if (rc != SQLITE_DONE)
        registre_faute(c->r, diags);
    sqlite3_finalize(s);
    pris_ranger(c);
    c->pris_etat = c->r->essms_changes;
    c->pris_lus = rc == SQLITE_DONE;
    return rc == SQLITE_DONE;
}

void pris_annoncer(struct chargeur *c)
{
    for (size_t i = 0; i < c->n_annoncees; i++)
        for (uint32_t k = 0; k < c->annoncees[i].n_essms && c->n_pris < UINT32_MAX; k++)
            pris_ajouter(c, c->annoncees[i].essms[k], c->annoncees[i].fait);
    pris_ranger(c);
    c->pris_lus = false; /* a walk reads them all from the file again */
}

/* The first of that ESSMS from that place of a chain on: a head is shared by several. */
static const struct essms_pris *pris_depuis(const struct chargeur *c, uint32_t rang, finess et)
{
    while (rang != 0 && c->pris[rang - 1].et != et)
        rang = c->pris[rang - 1].suivant;
    return rang == 0 ? NULL : &c->pris[rang - 1];
}

const struct essms_pris *pris_par(const struct chargeur *c, finess et)
{
    return c->n_pris == 0 ? NULL : pris_depuis(c, *pris_tete(c, et), et);
}

const struct essms_pris *pris_suivant(const struct chargeur *c, const struct essms_pris *p)
{
    return pris_depuis(c, p->suivant, p->et);
}
