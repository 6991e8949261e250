/* Fundings, by sheet or by command: a state is a fact. The batch is projected whole, then each new state is judged (stage F)
 * and written with its constats. */
#include <stdlib.h>
#include <string.h>

#include "metier/acte_feuille.h"
#include "metier/cellules.h"
#include "metier/feuilles.h"
#include "metier/juger.h"
#include "metier/transaction.h"
#include "registre/connu.h"
#include "registre/dossier_charger.h"
#include "regles/financement.h"
#include "noyau/tri.h"

/* One row of the sheet, as the projections have it. */
struct ligne {
    size_t rang;           /* row of the sheet */
    finess et;
    enum fonds fonds;
    enum phase phase;
    enum volet volet;
    enum nature nature;
    enum etat_financement etat;
    struct slice dui;
    struct jour date;
    struct fait fait;
    int64_t numero;        /* of its fact; 0 = known already */
};
struct versement {
    struct contexte *ctx;
    struct cellules *c;
    struct import_rapport *out;
    struct acte acte;
    struct ligne *lignes, **tri;
    size_t n;
    bool refuse;
};

/* --- reading ---------------------------------------------------------------------------------------------------- */

#define CODE(type, nom, nombre)                                      \
    static enum type type##_de(struct slice s)                       \
    {                                                                \
        int i = 0;                                                   \
        while (i < (nombre) && !slice_equals(s, nom((enum type)i)))  \
            i++;                                                     \
        return (enum type)(i < (nombre) ? i : 0);                    \
    }
CODE(fonds, fonds_nom, FONDS_NOMBRE)
CODE(phase, phase_nom, PHASE_NOMBRE)
CODE(volet, volet_nom, VOLET_NOMBRE)
CODE(nature, nature_nom, NATURE_NOMBRE)
CODE(etat_financement, etat_financement_nom, FINANCEMENT_ETAT_NOMBRE)

static void possible(struct cellules *c, size_t i, const struct ligne *l)
{
    const char *pourquoi = financement_impossible(l->fonds, l->phase, l->volet, l->nature);
    if (pourquoi == NULL)
        return;
    const size_t champ = l->fonds != FONDS_ESMS_NUMERIQUE ? (l->phase != PHASE_ABSENTE ? N_PHASE : N_VOLET) : N_NATURE;
    const struct slice v = feuille_valeur(c->f, i, champ);
    struct diag *d = cellule_faute(c, E_FINANCEMENT, i, champ, pourquoi);
    diag_trouve(d, "%.*s", (int)v.len, v.bytes);
}

/* The programme needs phase, volet and nature to be judged (regles.md § 4); another fund has neither phase nor volet. */
static void lire(struct cellules *c, size_t i, struct ligne *l)
{
    const struct slice fonds = cellule_mot_de(c, i, N_FONDS, MOTS_FONDS), phase = cellule_mot_de(c, i, N_PHASE, MOTS_PHASE),
                       volet = cellule_mot_de(c, i, N_VOLET, MOTS_VOLET), nature = cellule_mot_de(c, i, N_NATURE, MOTS_NATURE),
                       etat = cellule_mot_de(c, i, N_ETAT, MOTS_ETAT);
    cellule_exiger(c, i, N_FINESS_ET);
    cellule_exiger(c, i, N_FONDS);
    cellule_exiger(c, i, N_ETAT);
    *l = (struct ligne){.rang = i, .et = cellule_finess_de(c, i, N_FINESS_ET), .fonds = fonds_de(fonds), .phase = phase_de(phase),
                        .volet = volet_de(volet), .nature = nature_de(nature), .etat = etat_financement_de(etat),
                        .dui = cellule_texte_de(c, i, N_DUI), .date = cellule_jour_de(c, i, N_DATE_ETAT)};
    if (fonds.len > 0 && l->fonds == FONDS_ESMS_NUMERIQUE)
        for (size_t k = N_PHASE; k <= N_NATURE; k++)
            cellule_exiger(c, i, k);
    if (fonds.len > 0)
        possible(c, i, l);
    fait_init(&l->fait, FAIT_FINANCEMENT_DECLARE);
    fait_put_finess(&l->fait, FI_FINESS_ET, l->et);
    fait_put_slice(&l->fait, FI_FONDS, fonds);
    fait_put_slice(&l->fait, FI_PHASE, phase);
    fait_put_slice(&l->fait, FI_VOLET, volet);
    fait_put_slice(&l->fait, FI_NATURE, nature);
    fait_put_slice(&l->fait, FI_DUI, l->dui);
    fait_put_trois(&l->fait, FI_DUI_REFERENCE, cellule_oui_non_de(c, i, N_DUI_REFERENCE));
    fait_put_slice(&l->fait, FI_ETAT, etat);
    fait_put_jour(&l->fait, FI_DATE_ETAT, l->date);
}

/* --- what changes ----------------------------------------------------------------------------------------------- */

static struct diag *information(struct versement *v, const char *message)
{
    return diag_regle(v->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "%s", message);
}

static void dire_etat(struct buffer *b, enum etat_financement etat, struct jour date)
{
    char t[JOUR_TEXTE_MAX];
    buffer_puts(b, etat_financement_nom(etat));
    if (jour_present(date))
        buffer_printf(b, " (%s)", jour_fr(date, t));
}

#define MEME_SORTE "et = ?1 and fonds = ?2 and phase = ?3 and volet = ?4 and nature = ?5"
static void lier_sorte(sqlite3_stmt *s, const struct ligne *l)
{
    const int64_t t[] = {(int64_t)l->et, l->fonds, l->phase, l->volet, l->nature};
    for (int i = 0; i < 5; i++)
        lier_n(s, i + 1, t[i]);
}

/* A new state of a funding of the registre: said, with the one before. */
static bool dire_suite(struct versement *v, const struct ligne *l)
{
    sqlite3_stmt *s = registre_stmt(v->ctx->registre, "select etat, date_etat from financement where " MEME_SORTE
                                    " and (dui = ?6 or dui = '' or ?6 = '') order by coalesce(date_etat, -9999999) desc, fait desc limit 1",
                                    v->ctx->diags);
    if (s == NULL)
        return false;
    lier_sorte(s, l);
    lier_slice(s, 6, l->dui);
    const int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
        struct buffer b = {0};
        const struct lieu lieu = feuille_lieu(v->c->f, l->rang, N_ETAT);
        const bool date = sqlite3_column_type(s, 1) != SQLITE_NULL;
        buffer_puts(&b, "cette ligne met à jour un financement connu : ");
        dire_etat(&b, (enum etat_financement)sqlite3_column_int(s, 0), date ? (struct jour){sqlite3_column_int(s, 1)} : JOUR_ABSENT);
        buffer_puts(&b, ", puis ");
        dire_etat(&b, l->etat, l->date);
        diag_lieu(information(v, b.bytes), &lieu);
        buffer_free(&b);
    } else if (rc != SQLITE_DONE) {
        registre_faute(v->ctx->registre, v->ctx->diags);
    }
    sqlite3_finalize(s);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

/* Order: ESSMS, kind of funding, DUI, date. */
static int cmp_sorte(const struct ligne *a, const struct ligne *b)
{
    const int64_t x[] = {(int64_t)a->et, a->fonds, a->phase, a->volet, a->nature}, y[] = {(int64_t)b->et, b->fonds, b->phase, b->volet, b->nature};
    for (size_t i = 0; i < 5; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

static int cmp_ligne(const void *a, const void *b)
{
    const struct ligne *x = *(struct ligne *const *)a, *y = *(struct ligne *const *)b;
    int c = cmp_sorte(x, y);
    if (c == 0 && (c = (x->dui.len > y->dui.len) - (x->dui.len < y->dui.len)) == 0 && x->dui.len > 0)
        c = memcmp(x->dui.bytes, y->dui.bytes, x->dui.len);
    if (c == 0)
        c = (x->date.n > y->date.n) - (x->date.n < y->date.n);
    return c != 0 ? c : (x->rang > y->rang) - (x->rang < y->rang);
}

static bool accorde(enum etat_financement e)
{
    return e == FINANCEMENT_ENGAGEMENT || e == FINANCEMENT_CONVENTION;
}

/* The same funding, granted and not, on the same day (or both undated), in one sheet: the order of its rows would decide. */
static void contradictions(struct versement *v)
{
    for (size_t i = 0; i < v->n; i++)
        v->tri[i] = &v->lignes[i];
    trier_liste(v->tri, v->n, sizeof *v->tri, cmp_ligne);
    for (size_t i = 0; i < v->n; i++)
        v->out->essms += i == 0 || v->tri[i]->et != v->tri[i - 1]->et;
    for (size_t i = 1; i < v->n; i++) {
        const struct ligne *a = v->tri[i - 1], *b = v->tri[i];
        const bool memes = cmp_sorte(a, b) == 0 && a->dui.len == b->dui.len &&
                           (a->dui.len == 0 || memcmp(a->dui.bytes, b->dui.bytes, a->dui.len) == 0) && a->date.n == b->date.n;
        if (!memes || (a->numero == 0 && b->numero == 0) || a->etat == FINANCEMENT_CANDIDATURE || b->etat == FINANCEMENT_CANDIDATURE ||
            accorde(a->etat) == accorde(b->etat))
            continue;
        const struct lieu la = feuille_lieu(v->c->f, a->rang, N_ETAT);
        const uint64_t autre = la.ligne;
        struct diag *d = cellule_faute(v->c, E_CONTRADICTION, b->rang, N_ETAT, "deux états contraires du même financement, de la même date");
        diag_trouve(d, "%s, et %s à la ligne %llu", etat_financement_nom(b->etat), etat_financement_nom(a->etat), (unsigned long long)autre);
        diag_a_faire(d, "ne garder que le dernier, ou donner à chacun sa date (date_etat)");
        v->refuse = true;
    }
}

static bool dans_la_feuille(const struct versement *v, const struct ligne *l)
{
    size_t bas = 0, haut = v->n;
    while (bas < haut) {
        const size_t milieu = bas + (haut - bas) / 2;
        const int c = cmp_sorte(v->tri[milieu], l);
        if (c == 0)
            return true;
        if (c < 0)
            bas = milieu + 1;
        else
            haut = milieu;
    }
    return false;
}

/* Fundings that the registre has as granted or asked for, and this list does not name. */
static bool dire_absents(struct versement *v)
{
    enum { NOMMES = 5 };
    struct buffer b = {0};
    char t[FINESS_TEXTE_MAX];
    size_t n = 0;
    int rc;
    sqlite3_stmt *s = registre_stmt(v->ctx->registre, "select et, fonds, phase, volet, nature, etat, max(fait) from financement "
                                    "where exists (select 1 from liste_financement) group by et, fonds, phase, volet, nature "
                                    "having etat <= 2 order by et", v->ctx->diags);
    if (s == NULL)
        return false;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const struct ligne l = {.et = (finess)sqlite3_column_int64(s, 0), .fonds = (enum fonds)sqlite3_column_int(s, 1),
                                .phase = (enum phase)sqlite3_column_int(s, 2), .volet = (enum volet)sqlite3_column_int(s, 3),
                                .nature = (enum nature)sqlite3_column_int(s, 4)};
        if (dans_la_feuille(v, &l))
            continue;
        if (n++ < NOMMES)
            buffer_printf(&b, "%s%s (%s)", n > 1 ? ", " : "", finess_texte(l.et, t),
                          etat_financement_nom((enum etat_financement)sqlite3_column_int(s, 5)));
    }
    if (rc != SQLITE_DONE)
        registre_faute(v->ctx->registre, v->ctx->diags);
    sqlite3_finalize(s);
    if (n > 0) {
        struct diag *d = information(v, "des financements connus ne sont pas dans cette liste : rien n'y est changé");
        diag_trouve(d, "%zu : %s%s", n, b.bytes, n > NOMMES ? " …" : "");
        diag_a_faire(d, "pour ceux qui ont pris fin, enregistrer leur état : refuse, renonce ou rembourse (sons financement declarer)");
    }
    buffer_free(&b);
    return rc == SQLITE_DONE;
}

/* --- first pass: project ---------------------------------------------------------------------------------------- */

static bool projeter_lignes(struct versement *v, int64_t *prochain)
{
    for (size_t i = 0; i < v->n; i++) {
        struct ligne *l = &v->lignes[i];
        const enum connu k = fait_connu(v->ctx->registre, &l->fait, NULL, v->ctx->diags);
        if (k == CONNU_FAUTE)
            return false;
        if (k == CONNU_IDENTIQUE) {
            v->out->inchangees++;
            continue;
        }
        if (!dire_suite(v, l))
            return false;
        l->numero = (*prochain)++;
        v->out->enregistrees++;
        if (!projeter(v->acte.p, l->numero, &l->fait, v->ctx->diags))
            return false;
    }
    return true;
}

/* A list counts even when it is empty: the fact that says it was imported (regles.md § 4). The same file again, or
 * another form of it (every funding known, none new), adds nothing. */
static bool preparer_liste(struct versement *v, struct fait *fait, char hex[EMPREINTE_HEX], bool *nouvelle)
{
    const struct feuille *f = v->c->f;
    sqlite3_stmt *s = registre_stmt(v->ctx->registre, "select count(*) from liste_financement where empreinte = ?1 or "
                                                      "(?2 > 0 and ?2 = (select count(*) from financement))", v->ctx->diags);
    if (s == NULL)
        return false;
    lier_slice(s, 1, slice_of(empreinte_hex(feuille_empreinte(f), hex)));
    lier_n(s, 2, v->out->inchangees == v->n ? (int64_t)v->n : 0);
    const int la = registre_suivant(v->ctx->registre, s, v->ctx->diags);
    *nouvelle = la == 1 && sqlite3_column_int64(s, 0) == 0;
    sqlite3_finalize(s);
    fait_init(fait, FAIT_LISTE_FINANCEMENTS);
    fait_put_n(fait, LF_NOMBRE, (int64_t)v->n);
    fait_put_texte(fait, LF_FICHIER, hex);
    fait_put_jour(fait, LF_DATE, instant_jour(v->ctx->le));
    return la >= 0;
}

/* --- second pass: judge, write ---------------------------------------------------------------------------------- */

struct lieu_ctx {
    struct versement *v;
    const struct ligne *l;
};

static struct lieu lieu_du_constat(void *ctx, const struct constat *c)
{
    const struct lieu_ctx *l = ctx;
    (void)c;
    return feuille_lieu(l->v->c->f, l->l->rang, N_FINESS_ET);
}

/* Constats of the state whose fact is `l->numero`; none when its own date is to come. */
static bool juger_ligne(struct versement *v, struct chargeur *c, struct arene *a, const struct ligne *l,
                        struct compte_verdicts *compte, struct buffer *constats)
{
    struct dossier d;
    if (!chargeur_financements_ouvrir(c, l->et, v->ctx->diags))
        return false;
    const int lu = chargeur_financements_suivant(c, a, &d, v->ctx->diags);
    uint32_t k = 0;
    while (lu == 1 && k < d.essms[0].n_financements && d.essms[0].financements[k].fait != l->numero)
        k++;
    if (lu != 1 || k == d.essms[0].n_financements)
        return lu >= 0;
    struct jugement j;
    struct lieu_ctx ou = {v, l};
    d.financement = k + 1;
    d.fait = l->numero;
    juger_financement(v->ctx, &d, a, &j);
    compter_verdict(compte, &j.bilan);
    jugement_dire(v->ctx, &d, &j, false, v->ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, lieu_du_constat, &ou);
    jugement_ecrire(&j, constats);
    return true;
}

static bool ecrire_lignes(struct versement *v, struct compte_verdicts *compte)
{
    struct chargeur *c = chargeur_creer(v->ctx->registre, v->ctx->maintenant, v->ctx->calendrier, v->ctx->diags);
    struct buffer texte = {0}, constats = {0};
    struct arene a = {0};
    bool ok = c != NULL;
    for (size_t i = 0; ok && i < v->n; i++) {
        if (v->lignes[i].numero == 0)
            continue;
        arene_reset(&a);
        buffer_clear(&texte);
        buffer_clear(&constats);
        fait_ecrire(&v->lignes[i].fait, &texte);
        ok = juger_ligne(v, c, &a, &v->lignes[i], compte, &constats) &&
             journal_append(v->ctx->registre, (struct slice){texte.bytes, texte.len}, (struct slice){constats.bytes, constats.len},
                            v->ctx->diags);
    }
    chargeur_free(c);
    arene_free(&a);
    buffer_free(&texte);
    buffer_free(&constats);
    return ok;
}

/* --- the act ---------------------------------------------------------------------------------------------------- */

static bool verser(struct versement *v)
{
    struct compte_verdicts compte = {0};
    int64_t prochain = journal_prochain(v->ctx->registre);
    char hex[EMPREINTE_HEX];
    struct fait liste;
    bool nouvelle = false;
    if (!projeter_lignes(v, &prochain))
        return false;
    contradictions(v);
    if (feuille_est_fichier(v->c->f) && !preparer_liste(v, &liste, hex, &nouvelle))
        return false;
    if (v->refuse || (nouvelle && !dire_absents(v)) || !ecrire_lignes(v, &compte) ||
        (nouvelle && !acte_fait(&v->acte, &liste, (struct slice){NULL, 0})))
        return false;
    v->out->liste = nouvelle;
    v->out->conformes = compte.conformes;
    v->out->attentes = compte.attentes;
    v->out->anomalies = compte.anomalies;
    return !(v->ctx->strict && compte.attentes + compte.anomalies > 0);
}

bool financements_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out)
{
    size_t n_champs;
    struct cellules c = {f, feuille_champs(FEUILLE_FINANCEMENTS, &n_champs), ctx->diags, feuille_saine(f)};
    struct versement v = {.ctx = ctx, .c = &c, .out = out, .n = feuille_nombre(f)};
    out->quoi = "financements";
    out->lues = v.n;
    v.lignes = memoire_calloc(v.n + 1, sizeof *v.lignes);
    v.tri = memoire_calloc(v.n + 1, sizeof *v.tri);
    for (size_t i = 0; i < v.n; i++)
        lire(&c, i, &v.lignes[i]);
    bool ok = c.ok && acte_debut(&v.acte, ctx);
    if (ok)
        ok = acte_fin(&v.acte, verser(&v));
    memoire_free(v.tri);
    memoire_free(v.lignes);
    return ok;
}
