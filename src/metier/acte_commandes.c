/* Registration of orders from a sheet: the batch is projected whole, then judged, then written; the order of rows does
 * not matter (architecture, « One rule = four things »). */
#include <string.h>

#include "metier/acte_feuille.h"
#include "metier/commande_fait.h"
#include "metier/contact_interne.h"
#include "metier/commande_lue.h"
#include "metier/controle_feuille.h"
#include "metier/corriger.h"
#include "metier/juger.h"
#include "metier/piece_lue.h"
#include "metier/soupcons.h"
#include "metier/transaction.h"
#include "registre/dossier_charger.h"

struct versement {
    struct contexte *ctx;
    struct feuille *f;
    struct commandes_lues *lues;
    struct import_rapport *out;
    struct acte acte;
    struct arene arene;
    struct buffer textes;   /* texts of the new facts, one after the other */
    struct {
        size_t commande;    /* rank in lues */
        size_t debut, len;  /* in textes */
    } *nouveaux;
    size_t n_nouveaux, cap_nouveaux;
    struct contact_a_verser *contacts; /* of orders recorded already */
    size_t n_contacts, cap_contacts;
    struct chargeur *solutions;
    struct soupcons_juges *soupcons;
    struct controle_feuille *controle; /* `controler --fichier`: every rule, nothing kept; NULL for an import */
    struct corriger corriger;
    struct correction_a_faire *corrections;
    size_t n_corrections, cap_corrections;
    int64_t premier;        /* number of the first new fact */
    bool piece_gardee;      /* the last piece recorded, by its place in the reserve */
    uint64_t piece_place;
    bool refuse;
};

/* --- pieces ----------------------------------------------------------------------------------------------------- */

/* From the reserve to the registre, one piece in memory at a time, unless its bytes are kept already. */
static bool garder_piece(struct versement *v, const struct commande_lue *o)
{
    if (v->piece_gardee && v->piece_place == o->piece_place)
        return true; /* the file of the order before */
    v->piece_gardee = true;
    v->piece_place = o->piece_place;
    return piece_garder(v->ctx, v->lues, o);
}

/* --- first pass: project --------------------------------------------------------------------------------------- */

static bool projeter_nouvelle(struct versement *v, size_t rang)
{
    const struct commande_lue *o = &v->lues->items[rang];
    const int64_t numero = v->premier + (int64_t)v->n_nouveaux;
    struct fait f;
    arene_reset(&v->arene);
    if (!commande_fait(v->ctx, o, numero, &v->arene, &f) || (o->piece && !garder_piece(v, o)) ||
        !projeter(v->acte.p, numero, &f, v->ctx->diags))
        return false;
    v->nouveaux = memoire_grow(v->nouveaux, &v->cap_nouveaux, v->n_nouveaux + 1, sizeof *v->nouveaux);
    v->nouveaux[v->n_nouveaux].commande = rang;
    v->nouveaux[v->n_nouveaux].debut = v->textes.len;
    fait_ecrire(&f, &v->textes);
    v->nouveaux[v->n_nouveaux].len = v->textes.len - v->nouveaux[v->n_nouveaux].debut;
    v->n_nouveaux++;
    return true;
}

/* The order of that number and supplier already known, 0 when there is none. A supplier that the sheet does not name and the
 * holder is not is the solution's éditeur, which an earlier import of the same row may not have known. */
static bool trouver(struct versement *v, struct commande_lue *o, struct recherche_commande *r, int64_t *existante)
{
    struct diag_liste *diags = v->ctx->diags;
    if (o->fournisseur != 0)
        return recherche_commande(r, o->numero, o->fournisseur, existante, diags);
    if (!recherche_commande(r, o->numero, 0, existante, diags))
        return false;
    if (*existante != 0)
        return true;
    o->fournisseur = chargeur_editeur(v->solutions, o->solution);
    return o->fournisseur == 0 || recherche_commande(r, o->numero, o->fournisseur, existante, diags);
}

/* Two groups of rows of this sheet that turn out to be one order: with its supplier and without, or written otherwise. */
static void deux_fois(struct versement *v, const struct commande_lue *o, const struct commande_lue *avant)
{
    const struct lieu la = feuille_lieu(v->f, avant->ligne, C_NUMERO);
    const unsigned long long ligne = la.ligne;
    const struct lieu ici = feuille_lieu(v->f, o->ligne, C_NUMERO);
    struct diag *d = diag_erreur(v->ctx->diags, E_CONTRADICTION, "la commande %.*s est donnée deux fois, son fournisseur écrit autrement",
                                 (int)o->numero.len, o->numero.bytes);
    diag_trouve(d, "même numéro et même fournisseur ligne %llu", ligne);
    diag_a_faire(d, "écrire le fournisseur de la même façon sur toutes les lignes de la commande, ou sur aucune");
    diag_lieu(d, &ici);
    v->refuse = true;
}

/* A name that several numbers of the couloir have: refused, never chosen. An order recorded before the second one came waits
 * instead (COM-12, REF-01 …). */
static void solution_ambigue(struct versement *v, const struct commande_lue *o)
{
    const char *numeros[2];
    if (!chargeur_ambigue(v->solutions, o->solution, o->couloir, numeros))
        return;
    const struct lieu ici = feuille_lieu(v->f, o->source[C_SOLUTION] != 0 ? o->source[C_SOLUTION] - 1 : o->ligne, C_SOLUTION);
    struct diag *d = diag_erreur(v->ctx->diags, E_AMBIGU, "plusieurs solutions d'un même couloir portent ce nom");
    diag_trouve(d, "%s, %s", numeros[0], numeros[1]);
    diag_attendu(d, "le numéro ANS de la solution");
    diag_a_faire(d, "écrire ce numéro dans la feuille, ou donner à l'une un autre nom, celui de la feuille : sons solution alias");
    diag_lieu(d, &ici);
    v->refuse = true;
}

/* The people to write to come after the orders: their facts name them. */
static void noter_contact(struct versement *v, const struct commande_lue *o, int64_t commande)
{
    if (!contact_donne(&o->contact))
        return;
    v->contacts = memoire_grow(v->contacts, &v->cap_contacts, v->n_contacts + 1, sizeof *v->contacts);
    v->contacts[v->n_contacts] = (struct contact_a_verser){o->contact, o->ligne, C_CONTACT_NOM};
    v->contacts[v->n_contacts++].contact.commande = commande;
}

static bool verser_contacts(struct versement *v)
{
    for (size_t i = 0; i < v->n_nouveaux; i++)
        noter_contact(v, &v->lues->items[v->nouveaux[i].commande], v->premier + (int64_t)i);
    return contacts_des_commandes(&v->acte, v->f, v->contacts, v->n_contacts, v->premier, &v->out->contacts);
}

/* An order already recorded: the same, or a correction; every difference of the sheet is shown before a refusal. */
static bool comparer_une(struct versement *v, size_t rang, int64_t existante)
{
    const struct commande_lue *o = &v->lues->items[rang];
    struct fusion x;
    bool admise = true;
    arene_reset(&v->arene);
    const bool lu = commande_fusionner(v->ctx, v->f, o, existante, FUSION_IMPORT, NULL, &v->arene, &x);
    noter_contact(v, o, existante);
    if (lu && x.completees + x.rectifiees == 0) {
        v->out->inchangees++;
        fusion_dire(v->ctx, v->f, &x, false); /* what the sheet still says of a value corrected since */
    } else if (lu && correction_admise(&v->corriger, &x)) {
        v->corrections = memoire_grow(v->corrections, &v->cap_corrections, v->n_corrections + 1, sizeof *v->corrections);
        v->corrections[v->n_corrections++] = (struct correction_a_faire){existante, o};
    } else {
        v->refuse = true;
        admise = false;
    }
    if (v->controle != NULL && admise)
        v->controle->connues[rang] = existante; /* judged as the sheet completes it */
    fusion_free(&x);
    return v->ctx->diags->pire < SORTIE_ENVIRONNEMENT;
}

static bool verser_une(struct versement *v, size_t rang, struct recherche_commande *r)
{
    struct commande_lue *o = &v->lues->items[rang];
    int64_t existante;
    if (!trouver(v, o, r, &existante))
        return false;
    if (existante == 0) {
        solution_ambigue(v, o);
        return projeter_nouvelle(v, rang);
    }
    if (existante >= v->premier) {
        deux_fois(v, o, &v->lues->items[v->nouveaux[existante - v->premier].commande]);
        return true;
    }
    return comparer_une(v, rang, existante);
}

/* --- second pass: judge, write --------------------------------------------------------------------------------- */

struct lieux {
    struct versement *v;
    const struct commande_lue *o;
};

static struct lieu lieu_du_constat(void *ctx, const struct constat *c)
{
    const struct lieux *l = ctx;
    return commande_lieu(l->v->f, l->o, c);
}

/* Stages C and V of one order of the sheet, new or known. */
static void controler_une(struct versement *v, const struct dossier *d, size_t rang, struct compte_verdicts *compte)
{
    struct jugement j;
    juger(v->ctx, d, &v->arene, &j);
    compter_verdict(compte, &j.bilan);
    v->controle->jugees[rang] = true;
    struct lieux l = {v, &v->lues->items[rang]};
    v->ctx->brouillon = v->controle->connues[rang] == 0;
    jugement_dire(v->ctx, d, &j, false, SORTIE_FAIT, lieu_du_constat, &l);
    soupcons_juger(v->soupcons, &v->lues->items[rang], d, &j);
}

static bool juger_une(struct versement *v, const struct dossier *d, struct compte_verdicts *compte, struct buffer *constats)
{
    const size_t rang = (size_t)(d->fait - v->premier);
    struct jugement j;
    if (v->controle != NULL) {
        controler_une(v, d, v->nouveaux[rang].commande, compte);
        return true;
    }
    juger_import(v->ctx, d, &v->arene, &j);
    compter_verdict(compte, &j.bilan);
    struct lieux l = {v, &v->lues->items[v->nouveaux[rang].commande]};
    v->ctx->brouillon = v->ctx->essai;
    jugement_dire(v->ctx, d, &j, false, v->ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, lieu_du_constat, &l);
    soupcons_juger(v->soupcons, l.o, d, &j);
    buffer_clear(constats);
    jugement_ecrire(&j, constats);
    return journal_append(v->ctx->registre, (struct slice){v->textes.bytes + v->nouveaux[rang].debut, v->nouveaux[rang].len},
                          (struct slice){constats->bytes, constats->len}, v->ctx->diags);
}

static bool juger_toutes(struct versement *v, struct compte_verdicts *compte)
{
    const struct chargeur_choix choix = {.de = v->premier, .a = v->premier + (int64_t)v->n_nouveaux - 1};
    struct chargeur *c = chargeur_creer(v->ctx->registre, v->ctx->maintenant, v->ctx->calendrier, v->ctx->diags);
    struct buffer constats = {0};
    struct dossier d;
    int lu = c != NULL && chargeur_ouvrir(c, &choix, v->ctx->diags) ? 1 : -1;
    for (arene_reset(&v->arene); lu == 1 && (lu = chargeur_suivant(c, &v->arene, &d, v->ctx->diags)) == 1; arene_reset(&v->arene))
        if (!juger_une(v, &d, compte, &constats))
            lu = -1;
    v->ctx->brouillon = false;
    chargeur_free(c);
    buffer_free(&constats);
    return lu == 0 && (v->controle != NULL || journal_prochain(v->ctx->registre) == v->premier + (int64_t)v->n_nouveaux);
}

static void ajouter_comptes(struct compte_verdicts *c, const struct compte_verdicts *d)
{
    c->conformes += d->conformes;
    c->informations += d->informations;
    c->attentes += d->attentes;
    c->discordances += d->discordances;
    c->justifiees += d->justifiees;
    c->anomalies += d->anomalies;
}

/* --- the act ---------------------------------------------------------------------------------------------------- */

static bool verser(struct versement *v)
{
    struct compte_verdicts compte = {0};
    struct recherche_commande *r = recherche_commande_creer(v->ctx->registre, v->lues->n, v->ctx->diags);
    v->solutions = chargeur_creer(v->ctx->registre, v->ctx->maintenant, v->ctx->calendrier, v->ctx->diags);
    bool ok = r != NULL && v->solutions != NULL;
    v->premier = journal_prochain(v->ctx->registre);
    for (size_t i = 0; ok && i < v->lues->n; i++)
        ok = verser_une(v, i, r);
    chargeur_free(v->solutions);
    recherche_commande_free(r);
    if (!ok || v->refuse)
        return false;
    if (!corriger_projeter(&v->corriger, v->premier + (int64_t)v->n_nouveaux, v->corrections, v->n_corrections) ||
        (v->n_nouveaux > 0 && !juger_toutes(v, &compte)) || !corriger_ecrire(&v->corriger) || !verser_contacts(v))
        return false;
    if (v->piece_gardee && !pieces_partagees(v->ctx, v->premier))
        return false;
    v->out->enregistrees = v->n_nouveaux;
    v->out->completees = v->corriger.completees;
    v->out->rectifiees = v->corriger.rectifiees;
    ajouter_comptes(&compte, &v->corriger.compte);
    v->out->conformes = compte.conformes + compte.informations + compte.justifiees;
    v->out->attentes = compte.attentes;
    v->out->discordances = compte.discordances;
    v->out->anomalies = compte.anomalies;
    return !(v->ctx->strict && compte.attentes + compte.discordances + compte.anomalies + v->ctx->soupcons > 0);
}

bool commandes_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out)
{
    struct commandes_lues lues;
    struct versement v = {.ctx = ctx, .f = f, .lues = &lues, .out = out, .soupcons = soupcons_juges_creer(ctx, f)};
    v.corriger = (struct corriger){.ctx = ctx, .f = f, .acte = &v.acte, .lues = &lues, .mode = FUSION_IMPORT, .motif = ctx->rectifier,
                                   .import = true};
    bool ok = commandes_lire(ctx, f, &lues);
    out->quoi = "commandes";
    out->lues = lues.n;
    out->essms = lues.n_essms;
    ok = ok && acte_debut(&v.acte, ctx);
    if (ok) {
        ok = verser(&v);
        ok = acte_fin(&v.acte, ok);
    }
    memoire_free(v.nouveaux);
    memoire_free(v.contacts);
    memoire_free(v.corrections);
    corriger_free(&v.corriger);
    soupcons_juges_free(v.soupcons);
    buffer_free(&v.textes);
    arene_free(&v.arene);
    commandes_lues_free(&lues);
    return ok;
}

/* --- controler --fichier: the same way, and nothing is kept ------------------------------------------------------- */

/* First row of the sheet past that number. */
static size_t rangee_apres(const struct feuille *f, uint64_t numero)
{
    size_t bas = 0, haut = feuille_nombre(f);
    while (bas < haut) {
        const size_t m = bas + (haut - bas) / 2;
        if (feuille_numero(f, m) <= numero)
            bas = m + 1;
        else
            haut = m;
    }
    return bas;
}

/* Orders of which some row is at fault are not judged: what they would say is not known. A row that could not be read at all is one of
 * the order before or after it. */
static void ecarter_fautives(struct versement *v)
{
    const struct diag_liste *diags = v->ctx->diags;
    const size_t n = feuille_nombre(v->f);
    size_t max = 0;
    for (size_t i = 0; i < n; i++)
        max = feuille_numero(v->f, i) > max ? feuille_numero(v->f, i) : max;
    bool *fautives = memoire_calloc(max + 1, sizeof *fautives);
    for (size_t i = 0; i < diags->n; i++)
        if (diags->items[i].gravite == GRAVITE_ERREUR && diags->items[i].ligne > 0) {
            const size_t apres = rangee_apres(v->f, diags->items[i].ligne);
            const bool lue = apres > 0 && feuille_numero(v->f, apres - 1) == diags->items[i].ligne;
            if (apres > 0)
                fautives[feuille_numero(v->f, apres - 1)] = true;
            if (!lue && apres < n)
                fautives[feuille_numero(v->f, apres)] = true;
        }
    for (size_t i = 0; i < v->lues->n; i++) {
        const struct commande_lue *o = &v->lues->items[i];
        for (uint32_t k = 0; k < o->n_essms; k++)
            v->controle->fautives[i] = v->controle->fautives[i] || fautives[feuille_numero(v->f, o->essms[k].ligne)];
    }
    memoire_free(fautives);
}

static bool controler_connues(struct versement *v, struct compte_verdicts *compte)
{
    struct chargeur *c = chargeur_creer(v->ctx->registre, v->ctx->maintenant, v->ctx->calendrier, v->ctx->diags);
    bool ok = c != NULL;
    struct dossier d;
    for (size_t i = 0; ok && i < v->lues->n; i++, arene_reset(&v->arene)) {
        if (v->controle->connues[i] == 0)
            continue;
        const int lu = chargeur_un(c, v->controle->connues[i], &v->arene, &d, v->ctx->diags);
        ok = lu >= 0;
        if (lu == 1)
            controler_une(v, &d, i, compte);
    }
    chargeur_free(c);
    return ok;
}

static bool controler(struct versement *v, struct compte_verdicts *compte)
{
    struct recherche_commande *r = recherche_commande_creer(v->ctx->registre, v->lues->n, v->ctx->diags);
    v->solutions = chargeur_creer(v->ctx->registre, v->ctx->maintenant, v->ctx->calendrier, v->ctx->diags);
    bool ok = r != NULL && v->solutions != NULL;
    v->premier = journal_prochain(v->ctx->registre);
    for (size_t i = 0; ok && i < v->lues->n; i++) {
        const uint64_t avant = v->ctx->diags->erreurs;
        ok = v->controle->fautives[i] || verser_une(v, i, r);
        v->controle->fautives[i] = v->controle->fautives[i] || v->ctx->diags->erreurs > avant;
    }
    chargeur_free(v->solutions);
    recherche_commande_free(r);
    return ok && corriger_projeter(&v->corriger, v->premier + (int64_t)v->n_nouveaux, v->corrections, v->n_corrections) &&
           (v->n_nouveaux == 0 || juger_toutes(v, compte)) && controler_connues(v, compte);
}

bool commandes_controler(struct contexte *ctx, struct feuille *f, struct controle_feuille *out)
{
    struct import_rapport rapport = {0};
    struct compte_verdicts compte = {0};
    struct versement v = {.ctx = ctx, .f = f, .lues = &out->lues, .out = &rapport, .controle = out, .soupcons = soupcons_juges_creer(ctx, f)};
    v.corriger = (struct corriger){.ctx = ctx, .f = f, .acte = &v.acte, .lues = &out->lues, .mode = FUSION_IMPORT, .import = true};
    feuille_dire(f, ctx->diags);
    (void)commandes_lire(ctx, f, &out->lues);
    soupcons_bons(ctx, f, &out->lues);
    out->fautives = memoire_calloc(out->lues.n + 1, sizeof *out->fautives);
    out->jugees = memoire_calloc(out->lues.n + 1, sizeof *out->jugees);
    out->connues = memoire_calloc(out->lues.n + 1, sizeof *out->connues);
    ecarter_fautives(&v);
    bool ok = acte_debut(&v.acte, ctx);
    if (ok) {
        ok = controler(&v, &compte);
        (void)acte_fin(&v.acte, false);
    }
    for (size_t i = 0; i < out->lues.n; i++)
        out->non_jugees += !out->jugees[i];
    out->rapport = (struct controle_rapport){.commandes = out->lues.n - out->non_jugees, .conformes = compte.conformes,
                                             .informations = compte.informations, .attentes = compte.attentes, .discordances = compte.discordances,
                                             .justifiees = compte.justifiees, .anomalies = compte.anomalies};
    memoire_free(v.nouveaux);
    memoire_free(v.contacts);
    memoire_free(v.corrections);
    corriger_free(&v.corriger);
    soupcons_juges_free(v.soupcons);
    buffer_free(&v.textes);
    arene_free(&v.arene);
    return ok;
}

void controle_feuille_free(struct controle_feuille *c)
{
    commandes_lues_free(&c->lues);
    memoire_free(c->fautives);
    memoire_free(c->jugees);
    memoire_free(c->connues);
    *c = (struct controle_feuille){0};
}
