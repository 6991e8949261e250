/* The evidence of each candidate, their order, and whether one of them may be chosen. */
#include "metier/rapprocheur_interne.h"
#include "noyau/tri.h"

#include <stdlib.h>
#include <string.h>

struct jugement {
    struct rapprocheur *r;
    const struct demande_rapprochement *d;
    struct mots nom, commune;
    char postal[6];
    size_t n_siret;   /* ET of the base with the SIRET given */
    struct candidat *c;
    size_t n;
};

#define MOT_SUR 5 /* letters of a word that still tells, cut or with a slip */

/* --- evidence ----------------------------------------------------------------------------------------------------- */

static enum accord accord_postal(const struct jugement *j, const struct fiche *f)
{
    if (j->postal[0] == '\0' || f->postal[0] == '\0')
        return ACCORD_ABSENT;
    return strcmp(j->postal, f->postal) == 0 ? ACCORD_OUI : strncmp(j->postal, f->postal, 2) == 0 ? ACCORD_PROCHE : ACCORD_NON;
}

static enum accord accord_departement(const struct demande_rapprochement *d, const struct fiche *f)
{
    const size_t n = strlen(d->departement);
    if (n == 0)
        return ACCORD_ABSENT;
    return strcmp(d->departement, f->departement) == 0 || (n >= 2 && strncmp(f->postal, d->departement, n) == 0) ? ACCORD_OUI : ACCORD_NON;
}

static enum accord accord_commune(const struct jugement *j, const struct mots *commune)
{
    if (j->commune.n == 0 || commune->n == 0)
        return ACCORD_ABSENT;
    if (mots_cle(&j->commune) == mots_cle(commune))
        return ACCORD_OUI;
    return communes_semblables(&j->commune, commune, &j->r->t) ? ACCORD_PROCHE : ACCORD_NON;
}

/* Out of 100, on what the row gives: SIRET 40, SIREN 15, name 35, town 15, postcode or department 5. */
static int noter(const struct jugement *j, const struct candidat *c)
{
    const struct demande_rapprochement *d = j->d;
    int points = 0, sur = 0;
    if (d->siret != 0) {
        sur += 40;
        points += c->siret ? 40 : 0;
    }
    if (d->siren != 0) {
        sur += 15;
        points += c->siren || c->siret ? 15 : 0;
    }
    if (j->nom.n > 0) {
        sur += 35;
        points += 35 * c->proximite / PROXIMITE_EXACTE / (c->ecart == ECART_AUCUN ? 1 : 2);
    }
    if (j->commune.n > 0) {
        sur += 15;
        points += c->commune == ACCORD_OUI ? 15 : c->commune == ACCORD_PROCHE ? 11 : 0;
    }
    if (j->postal[0] != '\0' || *d->departement != '\0') {
        sur += 5;
        points += c->postal == ACCORD_OUI || c->departement == ACCORD_OUI ? 5 : c->postal == ACCORD_PROCHE ? 3 : 0;
    }
    return sur == 0 ? 0 : 100 * points / sur;
}

/* A kind that only the row says must be one of the category. */
static bool genre_exclu(const struct jugement *j, const struct fiche *f)
{
    for (size_t i = 0; i < j->nom.n; i++)
        if (j->nom.m[i].genre == MOT_SIGLE && genre_possible(j->r, f->categorie, j->nom.m[i].texte))
            return false;
    return true;
}

static void comparer_noms(const struct jugement *j, const struct fiche *f, const struct mots *nom, const struct mots *commune, struct candidat *c)
{
    struct concordance k;
    noms_concordance(&j->nom, nom, commune, c->commune >= ACCORD_PROCHE, &j->r->t, &k);
    c->proximite = k.proximite;
    c->ecart = k.ecart == ECART_AUCUN && k.genre_donne && !k.genre_finess && genre_exclu(j, f) ? ECART_GENRE : k.ecart;
    c->couverture = (uint8_t)k.communs;
    c->egaux = (uint8_t)k.egaux;
    c->manquants = (uint8_t)k.manquants;
    for (size_t i = 0; i < nom->n; i++)
        c->rares = (uint8_t)(c->rares + (k.pris[i] && j->r->rare[f->mots + i] && (k.net[i] || nom->m[i].texte.len >= MOT_SUR)));
}

static struct candidat comparer_fiche(const struct jugement *j, uint32_t rang)
{
    const struct fiche *f = &j->r->f[rang];
    const struct demande_rapprochement *d = j->d;
    struct mots nom, commune;
    fiche_nom(j->r, f, &nom);
    fiche_commune(j->r, f, &commune);
    struct candidat c = {.rang = rang, .et = f->et, .ej = f->ej, .nom = f->nom, .acheminement = f->acheminement,
                         .siret = d->siret != 0 && d->siret == f->siret,
                         .siren = d->siren != 0 && (d->siren == f->siren || d->siren == f->siren_ej),
                         .commune = accord_commune(j, &commune), .postal = accord_postal(j, f), .departement = accord_departement(d, f)};
    c.autre_siren = d->siren != 0 && !c.siren && (f->siren != 0 || f->siren_ej != 0);
    if (j->nom.n > 0)
        comparer_noms(j, f, &nom, &commune, &c);
    c.points = noter(j, &c);
    return c;
}

static int ordre(const void *a, const void *b)
{
    const struct candidat *x = a, *y = b;
    if (x->points != y->points)
        return y->points - x->points;
    if (x->proximite != y->proximite)
        return y->proximite - x->proximite;
    return (x->et > y->et) - (x->et < y->et);
}

/* --- choice ------------------------------------------------------------------------------------------------------- */

static bool lieu_contredit(const struct candidat *c)
{
    return c->commune == ACCORD_NON || c->postal == ACCORD_NON || c->departement == ACCORD_NON;
}

static bool contredit(const struct candidat *c)
{
    return c->ecart != ECART_AUCUN || c->autre_siren || lieu_contredit(c);
}

/* The town, or without it the postcode, agrees; a spelling needs the postcode or the department besides. */
static bool lieu_sur(const struct candidat *c)
{
    if (c->commune == ACCORD_ABSENT)
        return c->postal == ACCORD_OUI;
    return c->commune == ACCORD_OUI || (c->commune == ACCORD_PROCHE && (c->postal >= ACCORD_PROCHE || c->departement == ACCORD_OUI));
}

/* Could the row be of this other one, by its place and its SIREN? Without a town, the same postcode beats another. */
static bool possible(const struct candidat *c, const struct candidat *o)
{
    return o->rang != c->rang && !lieu_contredit(o) && !o->autre_siren && (c->commune != ACCORD_ABSENT || o->postal >= c->postal);
}

/* … by its name? It has every word of the name given that `c` has (the
 * row may have left some out), or its name is as close, but for the margin. */
static bool rivaux(const struct candidat *c, const struct candidat *o)
{
    if (o->ecart == ECART_GENRE || o->ecart == ECART_NUMERO)
        return false;
    return o->couverture >= c->couverture || (c->egaux > 0 && o->egaux >= c->egaux) || (o->ecart == ECART_AUCUN && o->proximite + RAPPROCHE_MARGE > c->proximite);
}

/* Are the two names one but for a few letters, digits apart? A slip of the hand may have made one of the other, a kind (EHPA for
 * EHPAD), a whole group of words. */
static bool presque_meme(struct slice a, struct slice b)
{
    enum { MAX = 200, BANDE = 2 };
    uint8_t d[2][MAX + 2];
    const size_t permis = a.len < 10 ? 1 : BANDE;
    if (a.len + permis < b.len || b.len + permis < a.len || a.len > MAX || b.len > MAX)
        return false;
    for (size_t j = 0; j <= b.len + 1; j++)
        d[0][j] = j <= BANDE ? (uint8_t)j : UINT8_MAX / 2;
    for (size_t i = 1; i <= a.len; i++) {
        uint8_t *ligne = d[i % 2], *avant = d[(i + 1) % 2];
        const size_t de = i > BANDE ? i - BANDE : 1, fin = i + BANDE < b.len ? i + BANDE : b.len;
        ligne[de - 1] = de == 1 ? (uint8_t)(i <= BANDE ? i : UINT8_MAX / 2) : UINT8_MAX / 2;
        for (size_t j = de; j <= fin; j++) {
            const bool chiffres = a.bytes[i - 1] <= '9' || b.bytes[j - 1] <= '9';
            uint8_t v = (uint8_t)(avant[j - 1] + (a.bytes[i - 1] == b.bytes[j - 1] ? 0 : chiffres && a.bytes[i - 1] != ' ' && b.bytes[j - 1] != ' ' ? 3 : 1));
            v = avant[j] + 1 < v ? (uint8_t)(avant[j] + 1) : v;
            ligne[j] = ligne[j - 1] + 1 < v ? (uint8_t)(ligne[j - 1] + 1) : v;
        }
        if (fin < b.len)
            ligne[fin + 1] = UINT8_MAX / 2;
    }
    return d[a.len % 2][b.len] <= permis;
}

static bool genre_donne(const struct jugement *j)
{
    size_t i = 0;
    while (i < j->nom.n && j->nom.m[i].genre != MOT_SIGLE)
        i++;
    return i < j->nom.n;
}

/* The row gives the very name of `c`: another one of the same SIRET, or that no such kind is of, is no rival for its words alone. */
static bool exact_l_emporte(const struct jugement *j, const struct candidat *c, const struct candidat *o)
{
    if (c->proximite != PROXIMITE_EXACTE || o->proximite == PROXIMITE_EXACTE)
        return false;
    return c->siret || (genre_donne(j) && genre_exclu(j, &j->r->f[o->rang]));
}

static bool rival(const struct jugement *j, const struct candidat *c)
{
    for (size_t i = 0; i < j->n; i++) {
        const struct candidat *o = &j->c[i];
        if (possible(c, o) && ((rivaux(c, o) && !exact_l_emporte(j, c, o)) || presque_meme(j->nom.plie, j->r->f[o->rang].plie)))
            return true;
    }
    return false;
}

/* Another one there, whose name is closer: the SIRET, and its SIREN, may have been copied from a neighbour. */
static bool mieux_nomme(const struct jugement *j, const struct candidat *c)
{
    for (size_t i = 0; i < j->n; i++)
        if (j->c[i].ecart == ECART_AUCUN && !lieu_contredit(&j->c[i]) && j->c[i].proximite > c->proximite)
            return true;
    return false;
}

/* The name is its own: no word of the row is missing from it, one at least is rare (or all is the same), and it is close enough. */
static bool nom_sur(const struct candidat *c, int seuil)
{
    return !contredit(c) && c->manquants == 0 && c->proximite >= seuil && (c->rares > 0 || c->proximite == PROXIMITE_EXACTE);
}

static bool juger_siret(const struct jugement *j, const struct candidat *c, struct rapprochement *out)
{
    out->cause = j->n_siret > 1 ? CAUSE_SIRET_PARTAGE : CAUSE_SIRET;
    if (j->n_siret == 1)
        return !contredit(c) && !mieux_nomme(j, c);
    return j->nom.n > 0 && nom_sur(c, RAPPROCHE_NOM_SIREN) && !rival(j, c);
}

static bool juger_nom(const struct jugement *j, const struct candidat *c, struct rapprochement *out)
{
    out->cause = c->siren ? CAUSE_SIREN : CAUSE_NOM;
    if (j->nom.n == 0 || !nom_sur(c, c->siren ? RAPPROCHE_NOM_SIREN : RAPPROCHE_NOM))
        return false;
    return (c->siren ? c->commune >= ACCORD_PROCHE || c->postal == ACCORD_OUI : lieu_sur(c)) && !rival(j, c);
}

static enum rapprochement_cause pourquoi_non(const struct jugement *j, const struct candidat *c)
{
    if (contredit(c))
        return CAUSE_CONTREDIT;
    return rival(j, c) ? CAUSE_RIVAL : CAUSE_FAIBLE;
}

static void conclure(const struct jugement *j, struct rapprochement *out)
{
    const struct candidat *c = &j->c[0];
    out->issue = RAPPROCHE_A_CHOISIR;
    if (c->siret ? juger_siret(j, c, out) : j->n_siret == 0 && juger_nom(j, c, out))
        out->issue = RAPPROCHE_SUR;
    else
        out->cause = pourquoi_non(j, c);
    while (out->n < RAPPROCHE_CANDIDATS && out->n < j->n &&
           (j->c[out->n].siret || j->c[out->n].siren || j->c[out->n].points >= RAPPROCHE_POINTS)) {
        out->c[out->n] = j->c[out->n];
        out->n++;
    }
    for (size_t i = out->n; out->n == RAPPROCHE_CANDIDATS && i < j->n && j->c[i].points == j->c[0].points; i++)
        out->autres++;
    if (out->n == 0) {
        out->issue = RAPPROCHE_AUCUN;
        out->cause = CAUSE_INCONNU;
    }
}

void rapprocheur_juger(struct rapprocheur *r, const struct demande_rapprochement *d, struct rapprochement *out)
{
    struct jugement j = {.r = r, .d = d};
    size_t debut;
    *out = (struct rapprochement){.issue = RAPPROCHE_AUCUN, .cause = CAUSE_RIEN};
    arene_reset(&r->page);
    mots_du_nom(d->nom, &r->page, &j.nom);
    mots_de_la_commune(d->commune, &r->page, &j.commune);
    postal_lire(slice_trim(slice_of(d->postal)), j.postal);
    if (d->siret == 0 && d->siren == 0 && j.nom.n == 0)
        return;
    j.n_siret = d->siret == 0 ? 0 : index_suite(&r->siret, d->siret, &debut);
    rapprocheur_reunir(r, d, &j.nom, &j.commune, j.postal);
    out->cause = CAUSE_INCONNU;
    if (r->n_retenus == 0)
        return;
    r->candidats = memoire_grow(r->candidats, &r->cap_candidats, r->n_retenus, sizeof *r->candidats);
    for (size_t i = 0; i < r->n_retenus; i++)
        r->candidats[i] = comparer_fiche(&j, r->retenus[i]);
    trier_liste(r->candidats, r->n_retenus, sizeof *r->candidats, ordre);
    j.c = r->candidats;
    j.n = out->examines = r->n_retenus;
    conclure(&j, out);
}
