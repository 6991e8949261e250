/* Which établissements are worth comparing with a row. */
#include "metier/rapprocheur_interne.h"

#include <stdlib.h>
#include <string.h>

#define SUITE_MAX ((size_t)2000) /* ET of one SIREN, of one postcode */
#define MOT_MAX_ET ((size_t)600) /* a word that more names have does not help to find one … */
#define MOT_MAX_LIEU ((size_t)60) /* … and when the place has brought candidates already, only for those elsewhere */

static void retenir(struct rapprocheur *r, uint32_t rang)
{
    if (r->vu[rang] == r->tour)
        return;
    r->vu[rang] = r->tour;
    r->retenus = memoire_grow(r->retenus, &r->cap_retenus, r->n_retenus + 1, sizeof *r->retenus);
    r->retenus[r->n_retenus++] = rang;
}

static void retenir_suite(struct rapprocheur *r, const struct index *x, size_t debut, size_t n)
{
    for (size_t i = 0; i < n; i++)
        retenir(r, x->e[debut + i].rang);
}

static size_t retenir_cle(struct rapprocheur *r, const struct index *x, uint64_t cle)
{
    size_t debut;
    const size_t n = index_suite(x, cle, &debut);
    if (n <= SUITE_MAX)
        retenir_suite(r, x, debut, n);
    return n;
}

/* --- towns -------------------------------------------------------------------------------------------------------- */

static void semblables_chercher(struct rapprocheur *r, const struct mots *commune, struct memo_ville *m)
{
    m->debut = (uint32_t)r->n_semblables;
    for (size_t v = 0; v < r->n_villes; v++) {
        const struct fiche *f = &r->f[r->commune.e[r->villes[v].debut].rang];
        struct mots c;
        /* The first letter of some word is the same: communes_semblables asks for it too. */
        if (f->n_commune == 0 || r->mots[f->mots + f->n_nom].texte.bytes[0] != commune->m[0].texte.bytes[0])
            continue;
        fiche_commune(r, f, &c);
        if (!communes_semblables(commune, &c, &r->t))
            continue;
        r->semblables = memoire_grow(r->semblables, &r->cap_semblables, r->n_semblables + 1, sizeof *r->semblables);
        r->semblables[r->n_semblables++] = (uint32_t)v;
    }
    m->n = (uint32_t)(r->n_semblables - m->debut);
}

/* Its ET when the base has that town; else those of the towns written almost so. Answers are kept: a sheet repeats its towns. */
static void retenir_commune(struct rapprocheur *r, const struct mots *commune)
{
    const uint64_t cle = mots_cle(commune);
    if (retenir_cle(r, &r->commune, cle) > 0)
        return;
    struct memo_ville *m = &r->memo[(cle ^ cle >> 32) % MEMO_VILLES];
    if (!m->la || m->cle != cle) {
        *m = (struct memo_ville){.cle = cle, .la = true};
        semblables_chercher(r, commune, m);
    }
    for (uint32_t i = 0; i < m->n; i++) {
        const struct ville *v = &r->villes[r->semblables[m->debut + i]];
        retenir_suite(r, &r->commune, v->debut, v->n);
    }
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static bool meme_departement(const struct fiche *f, const struct demande_rapprochement *d, const char postal[6])
{
    return (postal[0] == '\0' || strncmp(f->postal, postal, 2) == 0) &&
           (*d->departement == '\0' || strcmp(f->departement, d->departement) == 0 ||
            strncmp(f->postal, d->departement, strlen(d->departement)) == 0);
}

/* By the two rarest of its words, in the department when it is known. */
static void retenir_nom(struct rapprocheur *r, const struct demande_rapprochement *d, const struct mots *nom, const char postal[6])
{
    size_t rares[2] = {0, 0}, debut[2] = {0, 0};
    const bool departement = *d->departement != '\0' || postal[0] != '\0';
    const size_t max = r->n_retenus > 0 ? MOT_MAX_LIEU : departement ? 10 * MOT_MAX_ET : MOT_MAX_ET;
    for (size_t i = 0; i < nom->n; i++) {
        size_t ou;
        const size_t n = nom->m[i].genre == MOT_DISTINCTIF ? index_suite(&r->mot, mot_cle(nom->m[i].texte), &ou) : 0;
        if (n == 0 || n > max || (rares[1] != 0 && n >= rares[1]))
            continue;
        const size_t k = rares[0] == 0 || n < rares[0] ? 0 : 1;
        if (k == 0) {
            rares[1] = rares[0];
            debut[1] = debut[0];
        }
        rares[k] = n;
        debut[k] = ou;
    }
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < rares[k]; i++)
            if (meme_departement(&r->f[r->mot.e[debut[k] + i].rang], d, postal))
                retenir(r, r->mot.e[debut[k] + i].rang);
}

void rapprocheur_reunir(struct rapprocheur *r, const struct demande_rapprochement *d, const struct mots *nom, const struct mots *commune,
                        const char postal[6])
{
    r->n_retenus = 0;
    r->tour++;
    if (d->siret != 0)
        (void)retenir_cle(r, &r->siret, d->siret);
    if (d->siren != 0)
        (void)retenir_cle(r, &r->siren, d->siren);
    if (commune->n > 0)
        retenir_commune(r, commune);
    if (postal[0] != '\0')
        (void)retenir_cle(r, &r->postal, strtoul(postal, NULL, 10));
    if (nom->n > 0)
        retenir_nom(r, d, nom, postal);
}
