#include "metier/document.h"

#include <string.h>

#include "metier/piece_lue.h"
#include "metier/vues.h"
#include "regles/accord.h"

void document_lire(struct cellules *c, size_t ligne, size_t champ, enum piece_role role, struct reserve *r, struct document *out)
{
    struct piece_lue p = {0};
    struct diag_liste cause = {0};
    char *chemin = piece_chemin(c, ligne, champ);
    *out = (struct document){0};
    if (chemin != NULL && feuille_valeur(c->f, ligne, champ).len > 0) {
        out->lue = piece_lire(chemin, feuille_est_fichier(c->f) ? FICHIER_SANS_LIEN : FICHIER_LIENS_SUIVIS, role, &p, &cause);
        const bool machine = cause.n > 0 && strcmp(cause.items[0].code, erreur_texte(E_LECTURE)) == 0;
        if (!out->lue)
            diag_trouve(cellule_faute(c, machine ? E_LECTURE : E_PIECE, ligne, champ, "la pièce ne se lit pas"), "%s : %s",
                        chemin, cause.n > 0 ? cause.items[0].message : "illisible");
        else if (!reserve_mettre(r, &p.octets, &out->place, c->diags))
            c->ok = false;
        out->ref = p.ref;
    }
    memoire_free(chemin);
    buffer_free(&p.octets);
    diag_vider(&cause);
}

bool document_garder(struct acte *a, const struct reserve *r, const struct document *p, struct fait *f, enum fait_champ champ, struct arene *arene)
{
    struct buffer octets = {0}, ref = {0};
    if (!p->lue)
        return true;
    const bool ok = reserve_lire(r, p->place, p->ref.taille, &octets, a->ctx->diags) &&
                    piece_enregistrer(a->ctx->registre, &p->ref.empreinte, octets.bytes, octets.len, a->ctx->diags);
    piece_ref_ecrire(&p->ref, &ref);
    fait_put_slice(f, champ, (struct slice){arene_strndup(arene, ref.bytes, ref.len), ref.len});
    buffer_free(&octets);
    buffer_free(&ref);
    return ok;
}

int64_t document_commande(struct contexte *ctx, struct cellules *c, size_t ligne, size_t champ)
{
    const struct slice v = feuille_valeur(c->f, ligne, champ);
    const struct slice avant = ligne > 0 ? feuille_valeur(c->f, ligne - 1, champ) : (struct slice){NULL, 0};
    const bool redite = avant.len > 0 && slice_cmp(avant, v) == 0; /* told of the row before already */
    struct diag_liste tues = {0}, *const diags = ctx->diags;
    struct demande_nommee d = {0};
    const bool saine = c->ok;
    ctx->diags = c->diags = redite ? &tues : diags;
    bool trouvee = cellule_demande_de(ctx, c, ligne, champ, &d);
    ctx->diags = c->diags = diags;
    if (tues.pire >= SORTIE_ENVIRONNEMENT) { /* the disk, not the row: it was not told */
        c->ok = saine;
        trouvee = cellule_demande_de(ctx, c, ligne, champ, &d);
    }
    diag_vider(&tues);
    return trouvee ? d.commande : 0;
}

/* --- what is recorded already ------------------------------------------------------------------------------------------ */

struct fait_voulu {
    struct arene *a;
    struct fait *out;
    bool lu;
};

static bool prendre(void *ctx, int64_t numero, struct slice octets)
{
    struct fait_voulu *v = ctx;
    struct entree e;
    (void)numero;
    v->lu = entree_lire((struct slice){arene_strndup(v->a, octets.bytes, octets.len), octets.len}, v->a, &e);
    if (v->lu)
        *v->out = e.fait;
    return v->lu;
}

/* The fact of an entry, in its current form. */
static bool fait_enregistre(struct contexte *ctx, int64_t entree, struct arene *a, struct fait *out)
{
    struct fait_voulu v = {a, out, false};
    const bool ok = journal_parcourir(ctx->registre, entree, entree, prendre, &v, ctx->diags) && v.lu;
    if (!ok)
        diag_erreur(ctx->diags, E_JOURNAL_FORME, "l'entrée %lld du journal n'a pas la forme attendue", (long long)entree);
    return ok;
}

static bool est_calcule(const struct document_genre *g, enum fait_champ c)
{
    for (size_t i = 0; i < g->n_calcules; i++)
        if (g->calcules[i] == c)
            return true;
    return false;
}

/* Have two facts of the kind the same value in every field that comes from the document? */
static bool memes_champs(const struct document_genre *g, const struct fait *a, const struct fait *b)
{
    const struct fait_forme *forme = fait_forme(a->type);
    struct buffer x = {0}, y = {0};
    bool meme = a->type == b->type;
    for (size_t i = 0; meme && i < forme->n; i++) {
        const enum fait_champ c = (enum fait_champ)(forme->premier + i);
        if (est_calcule(g, c))
            continue;
        buffer_clear(&x);
        buffer_clear(&y);
        fait_valeur_ecrire(a, c, &x);
        fait_valeur_ecrire(b, c, &y);
        meme = x.len == y.len && (x.len == 0 || memcmp(x.bytes, y.bytes, x.len) == 0);
    }
    buffer_free(&x);
    buffer_free(&y);
    return meme;
}

/* Is the name kept under `fait` that one? Both absent: yes. Erased: no. */
static bool meme_nom(struct contexte *ctx, int64_t fait, const char *champ, bool present, struct slice nom)
{
    struct buffer b = {0};
    if (!present || nom.len == 0)
        return !present && nom.len == 0;
    const bool meme = personne_lire(ctx->registre, fait, champ, &b, NULL, ctx->diags) == 1 && b.len == nom.len && memcmp(b.bytes, nom.bytes, b.len) == 0;
    buffer_free(&b);
    return meme;
}

int document_inchange(struct contexte *ctx, const struct document_genre *g, const struct fait *f, struct slice nom, int64_t fait,
                      struct arene *arene, struct fait *ancienne)
{
    if (fait == 0)
        return 0;
    if (!fait_enregistre(ctx, fait, arene, ancienne))
        return -1;
    return memes_champs(g, f, ancienne) && meme_nom(ctx, fait, g->mot, fait_get(ancienne, g->nom)->present, nom);
}

/* Compares `nom` with the name kept under `fait` (0 = none): TROIS_ABSENT when that one is missing or erased. */
static enum trois accord_avec(struct contexte *ctx, struct slice nom, int64_t fait, const char *champ)
{
    struct buffer b = {0};
    enum trois accord = TROIS_ABSENT;
    if (fait != 0 && personne_lire(ctx->registre, fait, champ, &b, NULL, ctx->diags) == 1)
        accord = noms_accordes(nom, (struct slice){b.bytes, b.len}) ? TROIS_OUI : TROIS_NON;
    buffer_free(&b);
    return accord;
}

bool document_nommer(struct contexte *ctx, const struct document_genre *g, struct fait *f, struct slice nom, int64_t autre, struct arene *arene)
{
    if (nom.len == 0)
        return true;
    char *hex = arene_alloc(arene, EMPREINTE_HEX); /* a fact borrows its texts: this one must outlive the call */
    if (!personne_enregistrer(ctx->registre, journal_prochain(ctx->registre), g->mot, nom, hex, ctx->diags))
        return false;
    fait_put_texte(f, g->nom, hex);
    fait_put_trois(f, g->accorde, accord_avec(ctx, nom, autre, g->mot_autre));
    return true;
}

/* --- writing ------------------------------------------------------------------------------------------------------------- */

/* What a document changes: the rules of the order and of its advance have been told when it was recorded, or are by « controler ». */
static struct jugement de_la_suite(const struct dossier *d, const struct jugement *j, struct arene *a)
{
    struct jugement suite = {arene_alloc(a, (j->n + 1) * sizeof *suite.constats), 0, {0}};
    for (size_t i = 0; i < j->n; i++) {
        const enum regle_etape etape = regle_de(j->constats[i].regle)->etape;
        if (etape == ETAPE_VA || etape == ETAPE_SOLDE)
            suite.constats[suite.n++] = j->constats[i];
    }
    suite.bilan = regles_bilan(d, suite.constats, suite.n);
    return suite;
}

void document_solde_demande(const struct commande_etat *e, struct diag *d)
{
    if (e->etat == ETAT_SOLDE_DEMANDE)
        diag_a_faire(d, "le solde est demandé sur la précédente ; le redemander sur celle-ci : sons solde demander %s", e->numero);
}

bool document_ecrire(struct acte *a, struct chargeur **charge, const struct fait *f, int64_t commande, struct compte_verdicts *compte)
{
    struct contexte *ctx = a->ctx;
    struct arene arene = {0};
    struct buffer texte = {0}, constats = {0};
    struct dossier d;
    struct jugement j;
    bool ok = projeter(a->p, journal_prochain(ctx->registre), f, ctx->diags);
    if (ok && *charge == NULL)
        *charge = chargeur_creer(ctx->registre, ctx->maintenant, ctx->calendrier, ctx->diags);
    ok = ok && *charge != NULL && chargeur_un(*charge, commande, &arene, &d, ctx->diags) >= 0;
    if (ok) {
        juger_tout(ctx, &d, &arene, &j);
        jugement_ecrire(&j, &constats);
        const struct jugement suite = de_la_suite(&d, &j, &arene);
        compter_verdict(compte, &suite.bilan);
        jugement_dire(ctx, &d, &suite, false, ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, NULL, NULL);
        fait_ecrire(f, &texte);
        ok = journal_append(ctx->registre, (struct slice){texte.bytes, texte.len}, (struct slice){constats.bytes, constats.len}, ctx->diags);
    }
    arene_free(&arene);
    buffer_free(&texte);
    buffer_free(&constats);
    return ok;
}

bool document_conclure(struct acte *a, bool ok, const struct compte_verdicts *compte, struct import_rapport *out)
{
    verdicts_rapporter(compte, out);
    return acte_fin(a, ok && !(a->ctx->strict && verdicts_bloquants(compte) > 0));
}
