/* Suspicions that the sheet alone gives. */
#include "metier/soupcons.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "regles/bareme.h"
#include "noyau/tri.h"

struct diag *soupcon(struct contexte *ctx, struct feuille *f, size_t ligne, size_t champ, const char *fmt, ...)
{
    struct buffer b = {0};
    va_list ap;
    va_start(ap, fmt);
    buffer_vprintf(&b, fmt, ap);
    va_end(ap);
    struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, erreur_texte(E_SUSPECT), "à vérifier : %s",
                                b.bytes);
    const struct lieu lieu = feuille_lieu(f, ligne, feuille_colonne_presente(f, champ) ? champ : C_NUMERO);
    diag_lieu(d, &lieu);
    buffer_free(&b);
    ctx->soupcons++;
    return d;
}

static size_t ligne_de(const struct commande_lue *o, size_t champ)
{
    return o->source[champ] != 0 ? o->source[champ] - 1 : o->ligne;
}

/* --- series and totals -------------------------------------------------------------------------------------------------- */

/* Digits at the end: their value and how many. */
static size_t queue(struct slice v, uint64_t *n)
{
    size_t k = 0;
    uint64_t unite = 1;
    for (*n = 0; k < v.len && k < 15 && v.bytes[v.len - 1 - k] >= '0' && v.bytes[v.len - 1 - k] <= '9'; k++, unite *= 10)
        *n += unite * (uint64_t)(v.bytes[v.len - 1 - k] - '0');
    return k;
}

bool valeurs_en_serie(struct slice avant, struct slice v)
{
    struct jour a, b;
    uint64_t x, y;
    if (jour_parse(avant, &a) && jour_parse(v, &b))
        return jour_ecart(a, b) == 1;
    const size_t k = queue(avant, &x), m = queue(v, &y);
    if (k == 0 || m == 0 || y != x + 1)
        return false;
    return avant.len - k == v.len - m && memcmp(avant.bytes, v.bytes, v.len - m) == 0;
}

bool ligne_de_total(const struct feuille *f, size_t ligne)
{
    static const char *const debuts[] = {"TOTAL", "TOTAUX", "SOUS TOTAL", "MONTANT TOTAL", "SOMME", "CUMUL"};
    const struct slice et = feuille_valeur(f, ligne, C_FINESS_ET), siret = feuille_valeur(f, ligne, C_SIRET_ESSMS);
    if ((et.len > 0 && et.bytes[0] <= '9') || (siret.len > 0 && siret.bytes[0] <= '9'))
        return false; /* the common case */
    bool dit = false;
    for (size_t k = 0; k < C_NOMBRE; k++) {
        const struct slice v = feuille_valeur(f, ligne, k);
        if (v.len < 5 || v.len > 60 || v.bytes[0] < 'A')
            continue;
        struct buffer plie = {0};
        texte_fold(&plie, v.bytes, v.len);
        for (size_t i = 0; plie.len > 0 && i < sizeof debuts / sizeof *debuts && !dit; i++) {
            const size_t n = strlen(debuts[i]);
            dit = plie.len >= n && memcmp(plie.bytes, debuts[i], n) == 0 && (plie.len == n || plie.bytes[n] == ' ');
        }
        buffer_free(&plie);
        /* In place of the ESSMS, or without any: « Total Énergies » beside a FINESS number is a name. */
        if (dit)
            return k == C_FINESS_ET || k == C_SIRET_ESSMS || (et.len == 0 && siret.len == 0);
    }
    return false;
}

/* --- amounts ------------------------------------------------------------------------------------------------------------ */

#define MILLIERS_PAR_ESSMS INT64_C(5000) /* below fifty euros an ESSMS, the unit is in doubt */

static bool lu(const struct commande_lue *o, struct montant m, unsigned calcule)
{
    return montant_present(m) && (o->calcules & calcule) == 0;
}

/* a × n = b, to n centimes. */
static bool fois(struct montant a, uint32_t n, struct montant b)
{
    struct montant p;
    return montant_mul(a, n, &p) && llabs(p.centimes - b.centimes) <= (int64_t)n;
}

void soupcons_montants(struct contexte *ctx, struct feuille *f, const struct commande_lue *o)
{
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    const bool ht = lu(o, o->ht, CALCULE_HT), tva = lu(o, o->tva, CALCULE_TVA), ttc = lu(o, o->ttc, CALCULE_TTC);
    struct montant entier;
    if (ht && ttc && o->ht.centimes > o->ttc.centimes) {
        struct diag *d = soupcon(ctx, f, ligne_de(o, C_MONTANT_HT), C_MONTANT_HT, "le HT dépasse le TTC ; colonnes inversées ?");
        diag_trouve(d, "HT %s, TTC %s", montant_fr(o->ht, a), montant_fr(o->ttc, b));
        diag_a_faire(d, "remettre chaque montant dans sa colonne, d'après le bon de commande");
    }
    if (ht && tva && o->tva.centimes > o->ht.centimes) {
        struct diag *d = soupcon(ctx, f, ligne_de(o, C_MONTANT_TVA), C_MONTANT_TVA, "la TVA dépasse le HT ; colonnes inversées ?");
        diag_trouve(d, "TVA %s, HT %s", montant_fr(o->tva, a), montant_fr(o->ht, b));
        diag_a_faire(d, "remettre chaque montant dans sa colonne, d'après le bon de commande");
    }
    if (ht && o->n_essms > 0 && o->ht.centimes > 0 && o->ht.centimes < MILLIERS_PAR_ESSMS * (int64_t)o->n_essms) {
        struct diag *d = soupcon(ctx, f, ligne_de(o, C_MONTANT_HT), C_MONTANT_HT, "le HT est bien petit ; en milliers d'euros ?");
        diag_trouve(d, "%s pour %u ESSMS", montant_fr(o->ht, a), o->n_essms);
        diag_a_faire(d, "écrire le montant en euros, d'après le bon de commande");
    }
    if (o->n_essms < 2 || !ht || !ttc || !taux_present(o->taux) || !tva_calculer(o->ht, o->taux, &entier) || !montant_add(o->ht, entier, &entier))
        return;
    if (!fois(o->ttc, 1, entier) && fois(o->ttc, o->n_essms, entier))
        diag_trouve(soupcon(ctx, f, ligne_de(o, C_MONTANT_TTC), C_MONTANT_TTC, "le TTC est celui d'un seul ESSMS ; le total est attendu"), "%s ; %u fois : %s",
                    montant_fr(o->ttc, a), o->n_essms, montant_fr(entier, b));
    else if (!fois(entier, 1, o->ttc) && fois(entier, o->n_essms, o->ttc))
        diag_trouve(soupcon(ctx, f, ligne_de(o, C_MONTANT_HT), C_MONTANT_HT, "le HT est celui d'un seul ESSMS ; le total est attendu"), "%s pour un TTC de %s",
                    montant_fr(o->ht, a), montant_fr(o->ttc, b));
}

/* --- dates -------------------------------------------------------------------------------------------------------------- */

static bool inversee(struct jour j, struct jour *out)
{
    int a, m, jour;
    jour_to_ymd(j, &a, &m, &jour);
    return jour <= 12 && jour != m && jour_from_ymd(a, jour, m, out);
}

static void soupcons_dates(struct contexte *ctx, struct feuille *f, const struct commande_lue *o)
{
    char a[JOUR_TEXTE_MAX], b[JOUR_TEXTE_MAX];
    struct jour autre;
    if (!jour_present(o->date_commande) || !jour_present(o->date_signature) || jour_cmp(o->date_commande, o->date_signature) == 0)
        return;
    struct diag *d = NULL;
    if (inversee(o->date_signature, &autre) && jour_cmp(autre, o->date_commande) == 0)
        d = soupcon(ctx, f, ligne_de(o, C_DATE_SIGNATURE), C_DATE_SIGNATURE, "jour et mois inversés dans l'une des deux dates ?");
    else if (jour_cmp(o->date_signature, o->date_commande) < 0)
        d = soupcon(ctx, f, ligne_de(o, C_DATE_SIGNATURE), C_DATE_SIGNATURE, "la signature précède le document ; colonnes inversées ?");
    if (d != NULL) {
        diag_trouve(d, "document du %s, signature du %s", jour_fr(o->date_commande, a), jour_fr(o->date_signature, b));
        diag_a_faire(d, "recopier les deux dates du bon de commande signé");
    }
}

/* French and ISO dates in one column: each reads, but they were not typed by the same hand. */
static void dates_melees(struct lecture_commandes *l)
{
    static const size_t colonnes[] = {C_DATE_COMMANDE, C_DATE_SIGNATURE};
    for (size_t k = 0; k < 2; k++) {
        size_t iso = 0, fr = 0, premiere = 0;
        for (size_t i = 0; i < l->out->n; i++) {
            const uint32_t source = l->out->items[i].source[colonnes[k]];
            const struct slice v = source != 0 ? feuille_valeur(l->c.f, source - 1, colonnes[k]) : (struct slice){NULL, 0};
            const bool est_iso = v.len >= 10 && v.bytes[4] == '-';
            if (v.len == 0)
                continue;
            iso += est_iso;
            fr += !est_iso;
            if (iso > 0 && fr > 0 && premiere == 0)
                premiere = source;
        }
        if (iso == 0 || fr == 0)
            continue;
        const struct lieu lieu = feuille_lieu(l->c.f, premiere - 1, colonnes[k]);
        struct diag *d = diag_regle(l->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "%s : des dates de deux formes, lues l'une et l'autre",
                                    l->c.champs[colonnes[k]].nom);
        diag_trouve(d, "%zu comme 2022-07-12, %zu comme 12/07/2022", iso, fr);
        diag_lieu(d, &lieu);
    }
}

/* --- rows --------------------------------------------------------------------------------------------------------------- */

struct vue_essms {
    finess et;
    uint32_t commande, essms;
};

static int par_numero(const void *a, const void *b)
{
    const struct vue_essms *x = a, *y = b;
    return x->et != y->et ? (x->et < y->et ? -1 : 1) : x->commande != y->commande ? (x->commande < y->commande ? -1 : 1) : 0;
}

static bool memes_valeurs(const struct commande_lue *a, const struct commande_lue *b)
{
    return a->ht.centimes == b->ht.centimes && a->ttc.centimes == b->ttc.centimes && montant_present(a->ht) && a->date_signature.n == b->date_signature.n;
}

/* The same ESSMS with the same amounts and day under two numbers: a row copied, its number changed. */
static void lignes_copiees(struct lecture_commandes *l)
{
    struct vue_essms *vues = memoire_calloc(l->out->n_essms + 1, sizeof *vues);
    size_t n = 0;
    for (size_t i = 0; i < l->out->n; i++)
        for (uint32_t k = 0; k < l->out->items[i].n_essms; k++)
            if (l->out->items[i].essms[k].et != FINESS_ABSENT)
                vues[n++] = (struct vue_essms){l->out->items[i].essms[k].et, (uint32_t)i, k};
    trier_liste(vues, n, sizeof *vues, par_numero);
    for (size_t i = 1; i < n; i++) {
        const struct commande_lue *a = &l->out->items[vues[i - 1].commande], *b = &l->out->items[vues[i].commande];
        if (vues[i].et != vues[i - 1].et || a == b || !memes_valeurs(a, b))
            continue;
        struct diag *d = soupcon(l->ctx, l->c.f, b->essms[vues[i].essms].ligne, C_FINESS_ET, "même ESSMS, mêmes montants et même date sous un autre numéro ; ligne recopiée ?");
        diag_trouve(d, "commande %.*s, ligne %u", (int)a->numero.len, a->numero.bytes, (unsigned)feuille_numero(l->c.f, a->essms[vues[i - 1].essms].ligne));
        diag_a_faire(d, "retirer la ligne de trop, ou corriger le numéro FINESS");
    }
    memoire_free(vues);
}

/* Three orders or more in a row that differ by a number pulled down, each of one ESSMS of the same OG or signatory. */
static void numeros_tires(struct lecture_commandes *l)
{
    size_t suite = 1;
    for (size_t i = 1; i <= l->out->n; i++) {
        const struct commande_lue *b = i < l->out->n ? &l->out->items[i] : NULL, *a = &l->out->items[i - 1];
        const bool un = b != NULL && a->n_essms == 1 && b->n_essms == 1 && b->ligne == a->ligne + 1 && memes_valeurs(a, b);
        const bool lies = un && ((a->ej != FINESS_ABSENT && a->ej == b->ej) || (a->signataire.len > 0 && a->signataire.len == b->signataire.len &&
                                                                               memcmp(a->signataire.bytes, b->signataire.bytes, a->signataire.len) == 0));
        if (lies && valeurs_en_serie(a->numero, b->numero)) {
            suite++;
            continue;
        }
        if (suite >= 3) {
            const struct commande_lue *p = &l->out->items[i - suite];
            struct diag *d = soupcon(l->ctx, l->c.f, p->ligne, C_NUMERO, "les numéros se suivent d'une ligne à l'autre, tout le reste est égal ; numéro tiré vers le bas par le tableur ?");
            diag_trouve(d, "%zu commandes d'un ESSMS, de %.*s à %.*s", suite, (int)p->numero.len, p->numero.bytes, (int)a->numero.len, a->numero.bytes);
            diag_a_faire(d, "si c'est un seul bon de commande, remettre son numéro sur chaque ligne");
        }
        suite = 1;
    }
}

/* A number left empty after a blank row goes on with the order above: perhaps another began there. */
static void suites_apres_vide(struct lecture_commandes *l)
{
    struct feuille *f = l->c.f;
    for (size_t i = 1; i < feuille_nombre(f); i++)
        if (feuille_numero(f, i) > feuille_numero(f, i - 1) + 1 && feuille_valeur(f, i, C_NUMERO).len == 0 && !ligne_de_total(f, i))
            diag_a_faire(soupcon(l->ctx, f, i, C_NUMERO, "numéro vide après une ligne vide : lu comme la suite de la commande au-dessus"),
                         "écrire le numéro sur cette ligne, ou retirer la ligne vide");
}

/* A value of its own for each ESSMS cannot stand for several rows. */
static void fusions_refusees(struct lecture_commandes *l)
{
    struct feuille_fusion x;
    for (size_t i = 0; feuille_fusion(l->c.f, i, &x); i++)
        if (x.champ == C_FINESS_ET || x.champ == C_SIRET_ESSMS || x.champ == C_MONTANT_HT_ESSMS)
            diag_trouve(cellule_faute(&l->c, E_FUSION, x.premiere, x.champ, "une valeur pour chaque ESSMS, dans des cellules fusionnées"), "lignes %u à %u",
                        (unsigned)feuille_numero(l->c.f, x.premiere), (unsigned)feuille_numero(l->c.f, x.derniere));
}

/* What a spreadsheet makes of a number or of a version without being asked. */
static void textes_changes(struct lecture_commandes *l, const struct commande_lue *o)
{
    static const size_t colonnes[] = {C_NUMERO, C_VERSION_SOLUTION};
    for (size_t k = 0; k < 2; k++) {
        struct jour j;
        const struct slice v = o->source[colonnes[k]] != 0 ? feuille_valeur(l->c.f, ligne_de(o, colonnes[k]), colonnes[k]) : (struct slice){NULL, 0};
        const char *e = v.len > 4 ? memchr(v.bytes, 'E', v.len) : NULL;
        const bool exposant = e != NULL && e > v.bytes && e[-1] >= '0' && e[-1] <= '9' && e + 1 < v.bytes + v.len && e[1] == '+' &&
                              (memchr(v.bytes, ',', v.len) != NULL || memchr(v.bytes, '.', v.len) != NULL);
        if (exposant || (v.len >= 8 && jour_parse(v, &j)))
            diag_a_faire(soupcon(l->ctx, l->c.f, ligne_de(o, colonnes[k]), colonnes[k], exposant ? "un nombre à exposant : le tableur a changé cette valeur ?" : "une date : le tableur a changé cette valeur ?"),
                         "mettre la colonne au format texte et recopier la valeur du bon de commande");
    }
}

void soupcons_feuille(struct lecture_commandes *l)
{
    if (!feuille_est_fichier(l->c.f))
        return;
    for (size_t i = 0; i < l->out->n; i++) {
        const struct commande_lue *o = &l->out->items[i];
        soupcons_montants(l->ctx, l->c.f, o);
        soupcons_dates(l->ctx, l->c.f, o);
        textes_changes(l, o);
    }
    dates_melees(l);
    lignes_copiees(l);
    numeros_tires(l);
    suites_apres_vide(l);
    fusions_refusees(l);
}
