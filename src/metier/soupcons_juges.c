/* Suspicions that the registre gives, once an order is judged: nothing is looked up for an order that no rule disputes. */
#include <stdio.h>
#include <string.h>

#include "metier/soupcons.h"
#include "noyau/suggestion.h"
#include "registre/base.h"
#include "registre/finess_base.h"
#include "regles/bareme.h"

#define SIRENS_MAX 20u

struct soupcons_juges {
    struct contexte *ctx;
    struct feuille *f;
    struct finess_lecteur *finess; /* made on first need */
    int64_t base;
    bool cherchee;
    unsigned sirens;               /* looked up so far */
    char **noms;                   /* of the solutions known, read on first need */
    size_t n_noms, cap_noms;
    bool lus;
    struct dico deja;              /* texts of solutions already told */
    struct arene textes;
};

struct soupcons_juges *soupcons_juges_creer(struct contexte *ctx, struct feuille *f)
{
    struct soupcons_juges *s = memoire_calloc(1, sizeof *s);
    s->ctx = ctx;
    s->f = f;
    return s;
}

void soupcons_juges_free(struct soupcons_juges *s)
{
    if (s == NULL)
        return;
    finess_lecteur_free(s->finess);
    for (size_t i = 0; i < s->n_noms; i++)
        memoire_free(s->noms[i]);
    memoire_free(s->noms);
    dico_free(&s->deja);
    arene_free(&s->textes);
    memoire_free(s);
}

/* --- a solution misspelt --------------------------------------------------------------------------------------------- */

static void lire_noms(struct soupcons_juges *s)
{
    s->lus = true;
    sqlite3_stmt *q = registre_stmt(s->ctx->registre, "select nom from solution union select numero_ans from solution union select nom from surnom", s->ctx->diags);
    while (q != NULL && registre_suivant(s->ctx->registre, q, s->ctx->diags) == 1) {
        const char *nom = (const char *)sqlite3_column_text(q, 0);
        s->noms = memoire_grow(s->noms, &s->cap_noms, s->n_noms + 1, sizeof *s->noms);
        s->noms[s->n_noms++] = memoire_strdup(nom != NULL ? nom : "");
    }
    sqlite3_finalize(q);
}

/* Is the version the name of a solution? */
static bool version_nomme(const struct soupcons_juges *s, const struct commande_lue *o)
{
    struct buffer version = {0}, nom = {0};
    bool oui = false;
    texte_fold(&version, o->version.bytes, o->version.len);
    for (size_t i = 0; i < s->n_noms && !oui && version.len > 0; i++) {
        buffer_clear(&nom);
        texte_fold(&nom, s->noms[i], strlen(s->noms[i]));
        oui = nom.len == version.len && memcmp(nom.bytes, version.bytes, nom.len) == 0;
    }
    buffer_free(&version);
    buffer_free(&nom);
    return oui;
}

/* Told once for each way of writing it. */
static void solution_proche(struct soupcons_juges *s, const struct commande_lue *o)
{
    struct buffer plie = {0};
    if (!s->lus)
        lire_noms(s);
    texte_fold_name(&plie, o->solution.bytes, o->solution.len);
    buffer_append(&plie, "", 0);
    const struct slice cle = {arene_strndup(&s->textes, plie.bytes, plie.len), plie.len};
    struct suggestion g = {.voulu = cle.bytes};
    buffer_free(&plie);
    if (dico_mettre(&s->deja, cle, 1) != DICO_ABSENT)
        return;
    for (size_t i = 0; i < s->n_noms; i++)
        suggestion_offrir(&g, s->noms[i]);
    if (g.meilleur == NULL && version_nomme(s, o)) {
        struct diag *d = soupcon(s->ctx, s->f, soupcon_ligne(o, C_SOLUTION), C_SOLUTION, "solution inconnue du registre, et la version est le nom d'une autre ; colonnes inversées ?");
        diag_trouve(d, "solution « %.*s », version « %.*s »", (int)(o->solution.len > 60 ? 60 : o->solution.len), o->solution.bytes,
                    (int)(o->version.len > 60 ? 60 : o->version.len), o->version.bytes);
        diag_a_faire(d, "remettre chaque texte dans sa colonne, d'après le bon de commande");
    }
    if (g.meilleur == NULL)
        return;
    struct diag *d = soupcon(s->ctx, s->f, soupcon_ligne(o, C_SOLUTION), C_SOLUTION, "solution inconnue du registre ; « %s » ?", g.meilleur);
    diag_trouve(d, "%.*s", (int)(o->solution.len > 80 ? 80 : o->solution.len), o->solution.bytes);
    diag_a_faire(d, "écrire le nom, un autre nom ou le numéro ANS que donne « sons solution lister »");
}

/* --- the number of an OG for that of an ESSMS, and the reverse -------------------------------------------------------- */

static bool finess_pret(struct soupcons_juges *s)
{
    struct jour date;
    if (!s->cherchee) {
        s->cherchee = true;
        s->finess = finess_lecteur_creer(s->ctx->registre, s->ctx->diags);
        if (s->finess == NULL || !finess_base_derniere(s->ctx->registre, "cs1100502", &s->base, &date, s->ctx->diags))
            s->base = 0;
    }
    return s->finess != NULL && s->base != 0;
}

static bool est_og(struct soupcons_juges *s, finess n)
{
    struct og_compte og;
    return finess_trouver_og(s->finess, s->base, n, &og, NULL, s->ctx->diags) == 1;
}

static bool est_et(struct soupcons_juges *s, finess n)
{
    finess ej;
    uint16_t categorie, agregat;
    return finess_trouver_rattachement(s->finess, s->base, n, &ej, &categorie, &agregat, s->ctx->diags) == 1;
}

/* Nine digits with the same key as a FINESS number: only the bases tell. A few are looked up, there is no index. */
static bool est_siren(struct soupcons_juges *s, finess n)
{
    char t[FINESS_TEXTE_MAX];
    uint32_t siren;
    if (s->sirens >= SIRENS_MAX || siren_parse(slice_of(finess_texte(n, t)), &siren) != NUMERO_VALIDE)
        return false;
    s->sirens++;
    sqlite3_stmt *q = registre_stmt(s->ctx->registre, "select exists (select 1 from finess_entite where siren = ?1) or "
                                                      "exists (select 1 from finess_et where siret between ?1 * 100000 and ?1 * 100000 + 99999)", s->ctx->diags);
    if (q == NULL)
        return false;
    lier_n(q, 1, siren);
    const bool oui = registre_suivant(s->ctx->registre, q, s->ctx->diags) == 1 && sqlite3_column_int64(q, 0) != 0;
    sqlite3_finalize(q);
    return oui;
}

static void numeros_echanges(struct soupcons_juges *s, const struct commande_lue *o)
{
    char t[FINESS_TEXTE_MAX];
    if (!finess_pret(s))
        return;
    for (uint32_t i = 0; i < o->n_essms; i++) {
        if (o->essms[i].et == FINESS_ABSENT || est_et(s, o->essms[i].et))
            continue;
        const bool og = est_og(s, o->essms[i].et);
        if (!og && est_siren(s, o->essms[i].et))
            diag_a_faire(soupcon(s->ctx, s->f, o->essms[i].ligne, C_FINESS_ET, "%s est un SIREN, pas un numéro FINESS", finess_texte(o->essms[i].et, t)),
                         "donner le numéro FINESS de l'établissement : sons finess chercher NOM COMMUNE");
        if (!og)
            continue;
        struct diag *d = soupcon(s->ctx, s->f, o->essms[i].ligne, C_FINESS_ET, "%s est le numéro juridique d'un OG, pas celui d'un établissement", finess_texte(o->essms[i].et, t));
        diag_a_faire(d, "voir ses établissements : sons finess voir %s", t);
    }
    if (o->source[C_FINESS_EJ] == 0 || o->ej == FINESS_ABSENT || est_og(s, o->ej) || !est_et(s, o->ej))
        return;
    struct diag *d = soupcon(s->ctx, s->f, soupcon_ligne(o, C_FINESS_EJ), C_FINESS_EJ, "%s est le numéro d'un établissement, pas celui d'un OG", finess_texte(o->ej, t));
    diag_a_faire(d, "donner le numéro juridique de l'OG : sons finess voir %s", t);
}

/* --- a solution of another couloir ----------------------------------------------------------------------------------------- */

/* The base of the year is not there to tell (FIN-04): the latest one is asked. */
static void couloir_etranger(struct soupcons_juges *s, const struct commande_lue *o, const struct dossier *d)
{
    finess ej;
    uint16_t categorie, agregat;
    char t[FINESS_TEXTE_MAX];
    if (d->base.etat == BASE_DESIGNEE || d->couloir <= COULOIR_INCONNU || d->couloir >= COULOIR_NOMBRE || !finess_pret(s))
        return;
    for (uint32_t i = 0; i < o->n_essms; i++) {
        if (o->essms[i].et == FINESS_ABSENT ||
            finess_trouver_rattachement(s->finess, s->base, o->essms[i].et, &ej, &categorie, &agregat, s->ctx->diags) != 1)
            continue;
        const unsigned couloirs = couloirs_de_categorie(s->ctx->parametres, agregat, categorie, d->date_signature);
        if (couloirs == 0 || (couloirs >> d->couloir & 1) != 0)
            continue;
        struct diag *g = soupcon(s->ctx, s->f, soupcon_ligne(o, C_SOLUTION), C_SOLUTION, "la commande est du couloir %s, dont n'est pas l'ESSMS %s ; une autre solution ?",
                                 couloir_nom(d->couloir), finess_texte(o->essms[i].et, t));
        diag_a_faire(g, "vérifier la solution sur le bon de commande, et l'ESSMS : sons finess voir %s", t);
        return;
    }
}

/* --- amounts against the ceilings --------------------------------------------------------------------------------------- */

/* a × n is the ceiling, to n centimes. */
static bool atteint(struct montant a, uint32_t n, struct montant bas, struct montant haut)
{
    struct montant p;
    return montant_present(a) && a.centimes > 0 && montant_mul(a, n, &p) && p.centimes >= bas.centimes - (int64_t)n && p.centimes <= haut.centimes + (int64_t)n;
}

static void montants(struct soupcons_juges *s, const struct commande_lue *o, const struct dossier *d)
{
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    struct plafond p;
    const uint32_t n_og = d->couloir > COULOIR_INCONNU && d->couloir < COULOIR_NOMBRE ? d->base.n[d->couloir] : 0;
    if (d->base.etat != BASE_DESIGNEE || n_og == 0 || d->n_essms == 0 || !montant_present(o->ht) || (o->calcules & CALCULE_HT) != 0 ||
        !bareme_plafond_retenu(s->ctx->parametres, n_og, d->n_essms, d->date_signature, &p))
        return;
    if (d->n_essms > 1 && atteint(o->ht, d->n_essms, p.ht_bas, p.ht_haut)) {
        struct diag *g = soupcon(s->ctx, s->f, soupcon_ligne(o, C_MONTANT_HT), C_MONTANT_HT, "le HT est juste celui d'un seul ESSMS ; le total de la commande est attendu");
        diag_trouve(g, "%s ; %u fois font le plafond, %s", montant_fr(o->ht, a), d->n_essms, montant_fr(p.ht_haut, b));
        diag_a_faire(g, "écrire le total du bon de commande ; le montant de chaque ESSMS va dans montant_ht_essms");
    } else if (o->ht.centimes > p.ht_haut.centimes && o->ht.centimes % 100 == 0 && o->ht.centimes / 100 <= p.ht_haut.centimes &&
               o->ht.centimes / 100 * 20 >= p.ht_haut.centimes) {
        diag_a_faire(soupcon(s->ctx, s->f, soupcon_ligne(o, C_MONTANT_HT), C_MONTANT_HT, "le HT est cent fois trop grand ; en centimes ?"),
                     "écrire le montant en euros, d'après le bon de commande");
    }
}

void soupcons_juger(struct soupcons_juges *s, const struct commande_lue *o, const struct dossier *d, const struct jugement *j)
{
    if (!feuille_est_fichier(s->f))
        return;
    if (o->solution.len > 0 && !d->solution.connue && !d->solution.ambigue)
        solution_proche(s, o);
    montants(s, o, d);
    couloir_etranger(s, o, d);
    bool perimetre = false;
    for (size_t i = 0; j->bilan.anomalies > 0 && i < j->n && !perimetre; i++) {
        const char *ident = regle_de(j->constats[i].regle)->ident;
        perimetre = j->constats[i].verdict == VERDICT_NON_CONFORME && (strcmp(ident, "FIN-01") == 0 || strcmp(ident, "FIN-02") == 0);
    }
    if (perimetre)
        numeros_echanges(s, o);
}
