/* Referenced solutions and their other names. A list imported again is compared with what is recorded: what is new, what
 * changes, what is no longer in it, and what that makes of the orders. */
#include <string.h>

#include "metier/acte_feuille.h"
#include "metier/catalogue.h"
#include "metier/cellules.h"
#include "metier/feuilles.h"
#include "metier/solutions_juger.h"
#include "metier/transaction.h"
#include "registre/connu.h"

#define RIEN ((struct slice){NULL, 0})
#define DISPARUES_DITES 10

struct import_solutions {
    struct contexte *ctx;
    struct cellules c;
    struct catalogue noms;
    struct differences *diff;
    struct import_rapport *out;
    struct acte acte;
    const char **disparues; /* their numbers, in diff->arene, once each */
    size_t n_disparues;
};

/* --- reading ---------------------------------------------------------------------------------------------------------- */

static void dates_ordonnees(struct cellules *c, size_t i, const struct fait *f)
{
    const struct jour complet = fait_jour(f, SD_DOSSIER_COMPLET_LE), reference = fait_jour(f, SD_REFERENCE_LE),
                      retire = fait_jour(f, SD_RETIRE_LE);
    if (jour_present(complet) && jour_present(reference) && jour_cmp(reference, complet) < 0)
        (void)cellule_faute(c, E_CHRONOLOGIE, i, S_REFERENCE_LE, "le référencement précède le dossier complet");
    if (jour_present(reference) && jour_present(retire) && jour_cmp(retire, reference) < 0)
        (void)cellule_faute(c, E_CHRONOLOGIE, i, S_RETIRE_LE, "le retrait précède le référencement");
}

static void lire_solution(struct cellules *c, size_t i, struct fait *f)
{
    for (size_t k = S_NUMERO_ANS; k <= S_COULOIR; k++)
        cellule_exiger(c, i, k);
    fait_init(f, FAIT_SOLUTION_DECLAREE);
    fait_put_slice(f, SD_NUMERO_ANS, cellule_texte_de(c, i, S_NUMERO_ANS));
    fait_put_slice(f, SD_NOM, cellule_texte_de(c, i, S_NOM));
    fait_put_siren(f, SD_SIREN_EDITEUR, cellule_siren_de(c, i, S_SIREN_EDITEUR));
    fait_put_couloir(f, SD_COULOIR, cellule_couloir_de(c, i, S_COULOIR));
    fait_put_slice(f, SD_VERSION, cellule_texte_de(c, i, S_VERSION));
    fait_put_jour(f, SD_DOSSIER_COMPLET_LE, cellule_jour_de(c, i, S_DOSSIER_COMPLET_LE));
    fait_put_jour(f, SD_REFERENCE_LE, cellule_jour_de(c, i, S_REFERENCE_LE));
    fait_put_jour(f, SD_REFUSE_LE, cellule_jour_de(c, i, S_REFUSE_LE));
    fait_put_jour(f, SD_RETIRE_LE, cellule_jour_de(c, i, S_RETIRE_LE));
    dates_ordonnees(c, i, f);
}

/* The next name of a cell of names joined by `|`; false at the end. */
static bool alias_suivant(struct slice *reste, struct slice *nom)
{
    while (reste->len > 0) {
        const char *barre = memchr(reste->bytes, '|', reste->len);
        const size_t n = barre == NULL ? reste->len : (size_t)(barre - reste->bytes);
        *nom = slice_trim((struct slice){reste->bytes, n});
        *reste = (struct slice){reste->bytes + n + (barre != NULL), reste->len - n - (barre != NULL)};
        if (nom->len > 0)
            return true;
    }
    return false;
}

/* --- names ------------------------------------------------------------------------------------------------------------ */

/* A name that already leads to another number: refused, both named. */
static bool nom_libre(struct cellules *c, const struct catalogue *noms, size_t ligne, size_t champ, enum nom_genre genre, struct slice nom,
                      struct slice numero)
{
    static const char *const mots[] = {[NOM_NUMERO] = "numéro ANS", [NOM_SOLUTION] = "nom", [NOM_SURNOM] = "autre nom"};
    const struct nom_connu *autre = catalogue_conflit(noms, genre, nom, numero);
    if (autre == NULL)
        return true;
    struct diag *d = cellule_faute(c, E_CONTRADICTION, ligne, champ, "ce nom désigne déjà une autre solution");
    diag_trouve(d, "« %.*s » pour %.*s ; « %s » est déjà le %s de %s", (int)(nom.len > 80 ? 80 : nom.len), nom.bytes,
                (int)(numero.len > 80 ? 80 : numero.len), numero.bytes, autre->nom, mots[autre->genre], autre->numero);
    diag_attendu(d, "un nom qui ne désigne qu'une solution");
    diag_a_faire(d, autre->genre == NOM_SURNOM ? "choisir un autre nom, ou retirer celui-là : sons solution alias %s \"%s\" --retirer"
                                               : "choisir un autre nom que celui de %s (« %s »)", autre->numero, autre->nom);
    return false;
}

static bool surnom_ecrire(struct acte *a, enum fait_type t, struct slice numero, struct slice nom)
{
    struct fait f;
    fait_init(&f, t);
    fait_put_slice(&f, t == FAIT_SURNOM_RETIRE ? SR_NUMERO_ANS : SN_NUMERO_ANS, numero);
    fait_put_slice(&f, t == FAIT_SURNOM_RETIRE ? SR_NOM : SN_NOM, nom);
    return acte_fait(a, &f, RIEN);
}

/* The cell's other names that it does not have yet; `*n` counts them. A fault of a name leaves c.ok false and goes on. */
static bool surnoms_verser(struct import_solutions *s, size_t ligne, const struct fait *f, size_t *n)
{
    const struct slice numero = fait_slice(f, SD_NUMERO_ANS);
    struct slice reste = cellule_texte_de(&s->c, ligne, S_ALIAS), nom;
    bool ok = true;
    while (ok && alias_suivant(&reste, &nom)) {
        if (catalogue_connait(&s->noms, nom, numero) != NULL || !nom_libre(&s->c, &s->noms, ligne, S_ALIAS, NOM_SURNOM, nom, numero))
            continue;
        struct difference *d = difference_ajouter(s->diff, SOLUTION_MODIFIEE, numero, (enum couloir)fait_n(f, SD_COULOIR),
                                                  fait_slice(f, SD_VERSION), "alias");
        d->apres = cellule_slice((struct slice){arene_strndup(&s->diff->arene, nom.bytes, nom.len), nom.len});
        s->diff->modifiees++;
        ok = surnom_ecrire(&s->acte, FAIT_SOLUTION_SURNOMMEE, numero, nom);
        catalogue_ajouter(&s->noms, NOM_SURNOM, nom, numero);
        (*n)++;
    }
    return ok;
}

/* --- differences ------------------------------------------------------------------------------------------------------ */

static struct cellule champ_cellule(struct arene *a, enum cellule_type type, sqlite3_stmt *s, int i)
{
    if (sqlite3_column_type(s, i) == SQLITE_NULL)
        return cellule_vide();
    if (type != CELLULE_TEXTE)
        return (struct cellule){type, sqlite3_column_int64(s, i), RIEN};
    const struct slice t = colonne_slice(s, i);
    return cellule_slice((struct slice){arene_strndup(a, t.bytes, t.len), t.len});
}

static struct cellule fait_cellule(struct arene *a, enum cellule_type type, const struct fait *f, enum fait_champ champ)
{
    const struct fait_valeur *v = fait_get(f, champ);
    if (!v->present)
        return cellule_vide();
    if (type != CELLULE_TEXTE)
        return (struct cellule){type, v->n, RIEN};
    return cellule_slice((struct slice){arene_strndup(a, v->texte.bytes, v->texte.len), v->texte.len});
}

static bool meme_cellule(const struct cellule *a, const struct cellule *b)
{
    return a->type == b->type && a->n == b->n && a->texte.len == b->texte.len &&
           (a->texte.len == 0 || memcmp(a->texte.bytes, b->texte.bytes, a->texte.len) == 0);
}

/* Orders that call it by its former name would no longer find it. */
static void dire_renommee(struct import_solutions *s, const struct difference *d)
{
    struct diag *x = diag_regle(s->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                "la solution %s change de nom : les commandes qui portent l'ancien ne la trouvent plus", d->numero);
    diag_trouve(x, "« %.*s » au lieu de « %.*s »", (int)d->apres.texte.len, d->apres.texte.bytes, (int)d->avant.texte.len, d->avant.texte.bytes);
    diag_a_faire(x, "sons solution alias %s \"%.*s\"", d->numero, (int)d->avant.texte.len, d->avant.texte.bytes);
}

/* Field by field, what the row says that is not what is recorded of that number, couloir and version. */
static bool relever(struct import_solutions *s, const struct fait *f)
{
    static const struct {
        enum fait_champ champ;
        enum cellule_type type;
    } champs[] = {{SD_NOM, CELLULE_TEXTE}, {SD_SIREN_EDITEUR, CELLULE_SIREN}, {SD_DOSSIER_COMPLET_LE, CELLULE_JOUR},
                  {SD_REFERENCE_LE, CELLULE_JOUR}, {SD_REFUSE_LE, CELLULE_JOUR}, {SD_RETIRE_LE, CELLULE_JOUR}};
    struct differences *out = s->diff;
    const struct slice numero = fait_slice(f, SD_NUMERO_ANS), version = fait_slice(f, SD_VERSION);
    const enum couloir couloir = (enum couloir)fait_n(f, SD_COULOIR);
    sqlite3_stmt *q = registre_stmt(s->ctx->registre, "select nom, siren_editeur, dossier_complet_le, reference_le, refuse_le, retire_le "
                                                      "from solution where numero_ans = ?1 and couloir = ?2 and version = ?3", s->ctx->diags);
    if (q == NULL)
        return false;
    lier_slice(q, 1, numero);
    lier_n(q, 2, couloir);
    lier_slice(q, 3, version);
    const int la = registre_suivant(s->ctx->registre, q, s->ctx->diags);
    if (la == 0) {
        difference_ajouter(out, SOLUTION_NOUVELLE, numero, couloir, version, "")->apres = fait_cellule(&out->arene, CELLULE_TEXTE, f, SD_NOM);
        out->nouvelles++;
    }
    for (size_t i = 0; la == 1 && i < sizeof champs / sizeof *champs; i++) {
        const struct cellule avant = champ_cellule(&out->arene, champs[i].type, q, (int)i),
                             apres = fait_cellule(&out->arene, champs[i].type, f, champs[i].champ);
        if (meme_cellule(&avant, &apres))
            continue;
        struct difference *d = difference_ajouter(out, SOLUTION_MODIFIEE, numero, couloir, version, champ_forme(champs[i].champ)->cle);
        d->avant = avant;
        d->apres = apres;
        out->modifiees++;
        if (champs[i].champ == SD_NOM)
            dire_renommee(s, d);
    }
    sqlite3_finalize(q);
    return la >= 0;
}

/* `number\tcouloir\tversion`. */
static struct slice cle_entree(struct arene *a, struct slice numero, enum couloir couloir, struct slice version)
{
    const char *t = arene_printf(a, "%.*s\t%d\t%.*s", (int)numero.len, numero.len == 0 ? "" : numero.bytes, (int)couloir, (int)version.len,
                                 version.len == 0 ? "" : version.bytes);
    return slice_of(t);
}

/* Those recorded that the file does not have. */
static bool disparues(struct import_solutions *s, const struct fait *faits, size_t n)
{
    sqlite3_stmt *q = registre_stmt(s->ctx->registre, "select numero_ans, couloir, version, nom from solution "
                                                      "order by numero_ans, couloir, version", s->ctx->diags);
    struct arene a = {0};
    struct dico feuille = {0};
    size_t cap = 0;
    int la = -1;
    for (size_t i = 0; i < n; i++)
        (void)dico_mettre(&feuille, cle_entree(&a, fait_slice(&faits[i], SD_NUMERO_ANS), (enum couloir)fait_n(&faits[i], SD_COULOIR),
                                               fait_slice(&faits[i], SD_VERSION)), i);
    while (q != NULL && (la = registre_suivant(s->ctx->registre, q, s->ctx->diags)) == 1) {
        const struct slice numero = colonne_slice(q, 0), version = colonne_slice(q, 2);
        const enum couloir couloir = (enum couloir)sqlite3_column_int(q, 1);
        if (dico_chercher(&feuille, cle_entree(&a, numero, couloir, version)) != DICO_ABSENT)
            continue;
        struct difference *d = difference_ajouter(s->diff, SOLUTION_DISPARUE, numero, couloir, version, "");
        d->avant = champ_cellule(&s->diff->arene, CELLULE_TEXTE, q, 3);
        s->diff->disparues++;
        if (s->n_disparues > 0 && strcmp(s->disparues[s->n_disparues - 1], d->numero) == 0)
            continue;
        s->disparues = memoire_grow(s->disparues, &cap, s->n_disparues + 1, sizeof *s->disparues);
        s->disparues[s->n_disparues++] = d->numero;
    }
    sqlite3_finalize(q);
    dico_free(&feuille);
    arene_free(&a);
    return la == 0;
}

/* Asked aloud: a list may be partial, a withdrawal has a date, and only the ANS decides it. */
static void demander(struct import_solutions *s, const size_t *nommees)
{
    struct buffer b = {0};
    for (size_t i = 0; i < s->n_disparues && i < DISPARUES_DITES; i++) {
        buffer_printf(&b, "%s%s", i > 0 ? ", " : "", s->disparues[i]);
        if (nommees[i] > 0)
            buffer_printf(&b, " (%zu commande%s)", nommees[i], nommees[i] > 1 ? "s" : "");
    }
    if (s->n_disparues > DISPARUES_DITES)
        buffer_printf(&b, " et %zu autres", s->n_disparues - DISPARUES_DITES);
    struct diag *d = diag_regle(s->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                "%s n'est pas dans cette liste : est-ce un retrait ? Rien n'est retiré",
                                s->diff->disparues > 1 ? "plusieurs solutions enregistrées : aucune" : "une solution enregistrée");
    diag_trouve(d, "%s", b.bytes);
    diag_a_faire(d, "si l'ANS l'a retirée, dire quand : sons solution declarer … --retire-le DATE ; si la liste est partielle, rien");
    buffer_free(&b);
}

/* --- the act ---------------------------------------------------------------------------------------------------------- */

static bool verser_une(struct import_solutions *s, size_t ligne, const struct fait *f)
{
    const struct slice numero = fait_slice(f, SD_NUMERO_ANS), nom = fait_slice(f, SD_NOM);
    const enum connu k = fait_connu(s->ctx->registre, f, NULL, s->ctx->diags);
    size_t surnoms = 0;
    if (k == CONNU_FAUTE)
        return false;
    (void)nom_libre(&s->c, &s->noms, ligne, S_NUMERO_ANS, NOM_NUMERO, numero, numero);
    (void)nom_libre(&s->c, &s->noms, ligne, S_NOM, NOM_SOLUTION, nom, numero);
    if (k != CONNU_IDENTIQUE) {
        if (!relever(s, f) || !acte_fait(&s->acte, f, RIEN))
            return false;
        catalogue_ajouter(&s->noms, NOM_NUMERO, numero, numero);
        catalogue_ajouter(&s->noms, NOM_SOLUTION, nom, numero);
    }
    if (!surnoms_verser(s, ligne, f, &surnoms))
        return false;
    s->out->enregistrees += k != CONNU_IDENTIQUE || surnoms > 0;
    s->out->inchangees += k == CONNU_IDENTIQUE && surnoms == 0;
    return true;
}

/* Does some row say something that is not recorded? */
static bool change_quelque_chose(struct import_solutions *s, const struct fait *faits, size_t n, bool *change)
{
    *change = false;
    for (size_t i = 0; i < n && !*change; i++) {
        struct slice reste = cellule_texte_de(&s->c, i, S_ALIAS), nom;
        const enum connu k = fait_connu(s->ctx->registre, &faits[i], NULL, s->ctx->diags);
        if (k == CONNU_FAUTE)
            return false;
        *change = k != CONNU_IDENTIQUE;
        while (!*change && alias_suivant(&reste, &nom))
            *change = catalogue_connait(&s->noms, nom, fait_slice(&faits[i], SD_NUMERO_ANS)) == NULL;
    }
    return true;
}

/* Everything in one transaction: what was judged before is what stands before, whoever else writes. */
static bool verser(struct import_solutions *s, const struct fait *faits, size_t n)
{
    struct verdicts avant = {0}, apres = {0};
    int64_t commandes = 0, solutions = 0;
    bool change = false, ok = registre_entier(s->ctx->registre, "select exists (select 1 from commande)", 0, &commandes, s->ctx->diags) &&
              registre_entier(s->ctx->registre, "select exists (select 1 from solution)", 0, &solutions, s->ctx->diags) &&
              catalogue_lire(s->ctx, &s->noms);
    s->diff->premiere = solutions == 0;
    if (ok && solutions != 0 && feuille_est_fichier(s->c.f))
        ok = disparues(s, faits, n);
    ok = ok && change_quelque_chose(s, faits, n, &change);
    if (ok && commandes != 0 && change)
        ok = verdicts_lire(s->ctx, &avant, true, NULL, 0, NULL);
    for (size_t i = 0; ok && i < n; i++)
        ok = verser_une(s, i, &faits[i]);
    size_t *nommees = memoire_calloc(s->n_disparues + 1, sizeof *nommees);
    if (ok && commandes != 0 && s->c.ok && (change || s->n_disparues > 0))
        ok = verdicts_lire(s->ctx, &apres, change, s->disparues, s->n_disparues, nommees);
    if (ok && s->c.ok) {
        verdicts_comparer(&avant, &apres, s->diff);
        if (s->n_disparues > 0)
            demander(s, nommees);
    }
    memoire_free(nommees);
    verdicts_free(&avant);
    verdicts_free(&apres);
    return ok && s->c.ok;
}

bool acte_solutions_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out, struct differences *diff)
{
    size_t n_champs;
    const size_t n = feuille_nombre(f);
    *out = (struct import_rapport){.quoi = "solutions", .lues = n};
    struct import_solutions s = {.ctx = ctx, .c = {f, feuille_champs(FEUILLE_SOLUTIONS, &n_champs), ctx->diags, feuille_saine(f)},
                                 .diff = diff, .out = out};
    struct fait *faits = memoire_calloc(n + 1, sizeof *faits);
    for (size_t i = 0; i < n; i++)
        lire_solution(&s.c, i, &faits[i]);
    bool ok = s.c.ok && acte_debut(&s.acte, ctx);
    if (ok)
        ok = acte_fin(&s.acte, verser(&s, faits, n));
    memoire_free(faits);
    memoire_free(s.disparues);
    catalogue_free(&s.noms);
    return ok;
}

/* --- other names, one by one ------------------------------------------------------------------------------------------- */

static bool alias_verser(struct import_solutions *s, struct slice numero, struct slice nom, bool retirer)
{
    const struct nom_connu *connu = catalogue_connait(&s->noms, nom, numero);
    s->out->lues++;
    if (retirer && connu != NULL && connu->genre != NOM_SURNOM)
        diag_trouve(cellule_faute(&s->c, E_VALEUR, 0, A_ALIAS, "c'est le nom ou le numéro de la solution, il ne se retire pas"), "%.*s",
                    (int)(nom.len > 80 ? 80 : nom.len), nom.bytes);
    else if (!retirer && connu == NULL)
        (void)nom_libre(&s->c, &s->noms, 0, A_ALIAS, NOM_SURNOM, nom, numero);
    if (!s->c.ok)
        return true;
    if (retirer == (connu == NULL)) {
        s->out->inchangees++;
        return true;
    }
    s->out->enregistrees++;
    if (retirer)
        return surnom_ecrire(&s->acte, FAIT_SURNOM_RETIRE, numero, slice_of(connu->nom));
    catalogue_ajouter(&s->noms, NOM_SURNOM, nom, numero);
    return surnom_ecrire(&s->acte, FAIT_SOLUTION_SURNOMMEE, numero, nom);
}

static bool alias_verser_tous(struct import_solutions *s, bool retirer)
{
    const struct slice lu = cellule_texte_de(&s->c, 0, A_NUMERO_ANS);
    struct slice reste = cellule_texte_de(&s->c, 0, A_ALIAS), nom;
    const char *numero = catalogue_numero(&s->noms, lu);
    bool ok = true;
    cellule_exiger(&s->c, 0, A_NUMERO_ANS);
    cellule_exiger(&s->c, 0, A_ALIAS);
    if (lu.len > 0 && numero == NULL) {
        struct diag *d = cellule_faute(&s->c, E_INCONNU, 0, A_NUMERO_ANS, "aucune solution n'a ce numéro ANS");
        diag_trouve(d, "%.*s", (int)(lu.len > 80 ? 80 : lu.len), lu.bytes);
        diag_a_faire(d, "recopier le numéro (sons solution lister)");
    }
    while (ok && numero != NULL && alias_suivant(&reste, &nom))
        ok = alias_verser(s, slice_of(numero), nom, retirer);
    return ok && s->c.ok;
}

bool acte_solution_alias(struct contexte *ctx, struct feuille *f, bool retirer, struct import_rapport *out)
{
    size_t n_champs;
    *out = (struct import_rapport){.quoi = "noms"};
    struct import_solutions s = {.ctx = ctx, .c = {f, feuille_champs(FEUILLE_SURNOMS, &n_champs), ctx->diags, feuille_saine(f)},
                                 .out = out};
    bool ok = acte_debut(&s.acte, ctx);
    if (ok) {
        ok = acte_fin(&s.acte, catalogue_lire(ctx, &s.noms) && alias_verser_tous(&s, retirer));
    }
    catalogue_free(&s.noms);
    return ok;
}
