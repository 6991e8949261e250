/* Suspicions that the sheet alone gives. */
#include "metier/soupcons.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

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

#define LIGNES_DITES 12u

/* --- dates -------------------------------------------------------------------------------------------------------------- */

static bool inversee(struct jour j, struct jour *out)
{
    int a, m, jour;
    jour_to_ymd(j, &a, &m, &jour);
    return jour <= 12 && jour != m && jour_from_ymd(a, jour, m, out);
}

#define JOURS_PROCHES 15 /* between the document and its signature, most often */
#define JOURS_LOIN 60

/* Far apart as they are written, close once day and month of one of them are put the other way round. */
static bool proches_inversees(struct jour document, struct jour signature)
{
    struct jour autre;
    if (inversee(signature, &autre) && jour_cmp(autre, document) == 0)
        return true;
    if (jour_ecart(document, signature) <= JOURS_LOIN && jour_ecart(document, signature) >= 0)
        return false;
    if (inversee(signature, &autre) && jour_ecart(document, autre) >= 0 && jour_ecart(document, autre) <= JOURS_PROCHES)
        return true;
    return inversee(document, &autre) && jour_ecart(autre, signature) >= 0 && jour_ecart(autre, signature) <= JOURS_PROCHES;
}

static void soupcons_dates(struct contexte *ctx, struct feuille *f, const struct commande_lue *o)
{
    char a[JOUR_TEXTE_MAX], b[JOUR_TEXTE_MAX];
    if (!jour_present(o->date_commande) || !jour_present(o->date_signature) || jour_cmp(o->date_commande, o->date_signature) == 0)
        return;
    struct diag *d = NULL;
    if (proches_inversees(o->date_commande, o->date_signature))
        d = soupcon(ctx, f, soupcon_ligne(o, C_DATE_SIGNATURE), C_DATE_SIGNATURE, "jour et mois inversés dans l'une des deux dates ?");
    else if (jour_cmp(o->date_signature, o->date_commande) < 0)
        d = soupcon(ctx, f, soupcon_ligne(o, C_DATE_SIGNATURE), C_DATE_SIGNATURE, "la signature précède le document ; colonnes inversées ?");
    if (d != NULL) {
        diag_trouve(d, "document du %s, signature du %s", jour_fr(o->date_commande, a), jour_fr(o->date_signature, b));
        diag_a_faire(d, "recopier les deux dates du bon de commande signé");
    }
}

/* Rows + 1 of the dates of a column, written `2022-07-12` or not; returns how many. */
static size_t relever_dates(const struct lecture_commandes *l, size_t champ, bool iso, uint32_t *lignes)
{
    size_t n = 0;
    for (size_t i = 0; i < l->out->n; i++) {
        struct jour j;
        const uint32_t source = l->out->items[i].source[champ];
        const struct slice v = source != 0 ? feuille_valeur(l->c.f, source - 1, champ) : (struct slice){NULL, 0};
        if (v.len >= 8 && (v.len >= 10 && v.bytes[4] == '-') == iso && jour_parse(v, &j))
            lignes[n++] = source;
    }
    return n;
}

/* French and ISO dates in one column: each reads, but they were not typed by the same hand. The fewer are named. */
static void dire_melees(struct lecture_commandes *l, size_t champ, const uint32_t *rares, size_t n, size_t autres, bool iso)
{
    struct buffer b = {0};
    for (size_t i = 0; i < n && i < LIGNES_DITES; i++)
        buffer_printf(&b, "%s%u", i > 0 ? ", " : "", (unsigned)feuille_numero(l->c.f, rares[i] - 1));
    for (size_t i = 0; i < (feuille_integrale(l->c.f) ? n : 1); i++) {
        const struct lieu lieu = feuille_lieu(l->c.f, rares[i] - 1, champ);
        struct diag *d = diag_regle(l->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "%s : des dates de deux formes, lues l'une et l'autre",
                                    l->c.champs[champ].nom);
        diag_trouve(d, "%zu comme %s, %zu comme %s : %s %s%s", autres, iso ? "12/07/2022" : "2022-07-12", n, iso ? "2022-07-12" : "12/07/2022",
                    n > 1 ? "lignes" : "ligne", b.bytes, n > LIGNES_DITES ? "…" : "");
        diag_lieu(d, &lieu);
    }
    buffer_free(&b);
}

static void dates_melees(struct lecture_commandes *l)
{
    static const size_t colonnes[] = {C_DATE_COMMANDE, C_DATE_SIGNATURE};
    uint32_t *iso = memoire_calloc(l->out->n + 1, sizeof *iso), *fr = memoire_calloc(l->out->n + 1, sizeof *fr);
    for (size_t k = 0; k < 2; k++) {
        const size_t n = relever_dates(l, colonnes[k], true, iso), m = relever_dates(l, colonnes[k], false, fr);
        if (n > 0 && m > 0)
            dire_melees(l, colonnes[k], n <= m ? iso : fr, n <= m ? n : m, n <= m ? m : n, n <= m);
    }
    memoire_free(iso);
    memoire_free(fr);
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
        const struct slice v = o->source[colonnes[k]] != 0 ? feuille_valeur(l->c.f, soupcon_ligne(o, colonnes[k]), colonnes[k]) : (struct slice){NULL, 0};
        const char *e = v.len > 4 ? memchr(v.bytes, 'E', v.len) : NULL;
        const bool exposant = e != NULL && e > v.bytes && e[-1] >= '0' && e[-1] <= '9' && e + 1 < v.bytes + v.len && e[1] == '+' &&
                              (memchr(v.bytes, ',', v.len) != NULL || memchr(v.bytes, '.', v.len) != NULL);
        if (exposant || (v.len >= 8 && jour_parse(v, &j)))
            diag_a_faire(soupcon(l->ctx, l->c.f, soupcon_ligne(o, colonnes[k]), colonnes[k], exposant ? "un nombre à exposant : le tableur a changé cette valeur ?" : "une date : le tableur a changé cette valeur ?"),
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
    soupcons_textes(l);
    dates_melees(l);
    lignes_copiees(l);
    numeros_tires(l);
    suites_apres_vide(l);
    fusions_refusees(l);
}
