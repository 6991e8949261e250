/* A lot of the registre written again: the journal is replayed up to its fact, so that nothing recorded since shows. */
#include <stdio.h>
#include <string.h>

#include "metier/lot_fichier.h"
#include "metier/parametres_charger.h"
#include "registre/etat.h"
#include "registre/journal.h"

struct lot_garde {
    int64_t fait;
    enum couloir couloir;
    struct instant le;
    struct montant somme;
    size_t nombre;
    bool reconstitue;
    char zip[EMPREINTE_HEX];
    char programme[64];
    enum calendrier calendrier;
    enum paiement type;
    uint64_t remplace;
    char remplace_xml[EMPREINTE_HEX];
};

static bool lire_entete(void *ctx, int64_t numero, struct slice octets)
{
    struct lot_garde *g = ctx;
    struct arene a = {0};
    struct entree e;
    (void)numero;
    if (entree_lire(octets, &a, &e))
        (void)snprintf(g->programme, sizeof g->programme, "%.*s", (int)e.programme.len, e.programme.bytes);
    arene_free(&a);
    return true;
}

static bool lot_lire(struct contexte *ctx, const struct lot_demande_emission *d, struct lot_garde *g)
{
    char siren[10];
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select fait, couloir, le, somme, nombre, reconstitue, zip, paiement, "
                                                   "coalesce(remplace, 0), (select r.xml from lot r where r.fournisseur = l.fournisseur and "
                                                   "r.numero = l.remplace) from lot l where fournisseur = ?1 and numero = ?2", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, d->fournisseur);
    lier_n(s, 2, (int64_t)d->refaire);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1) {
        *g = (struct lot_garde){.fait = sqlite3_column_int64(s, 0), .couloir = (enum couloir)sqlite3_column_int(s, 1),
                                .le = {sqlite3_column_int64(s, 2)}, .somme = montant_of(sqlite3_column_int64(s, 3)),
                                .nombre = (size_t)sqlite3_column_int64(s, 4), .reconstitue = sqlite3_column_int(s, 5) != 0,
                                .type = (enum paiement)sqlite3_column_int(s, 7), .remplace = (uint64_t)sqlite3_column_int64(s, 8)};
        const struct slice xml = colonne_slice(s, 9);
        (void)snprintf(g->remplace_xml, sizeof g->remplace_xml, "%.*s", (int)xml.len, xml.len == 0 ? "" : xml.bytes);
        (void)snprintf(g->zip, sizeof g->zip, "%s", (const char *)sqlite3_column_text(s, 6));
    } else if (la == 0) {
        diag_erreur(ctx->diags, E_INCONNU, "il n'y a pas de lot %llu du fournisseur %s", (unsigned long long)d->refaire,
                    siren_texte(d->fournisseur, siren));
    }
    sqlite3_finalize(s);
    return la == 1 && journal_parcourir(ctx->registre, g->fait, g->fait, lire_entete, g, ctx->diags);
}

struct liste {
    int64_t *t;
    size_t n, max;
};

static bool lire_commande(void *ctx, int64_t numero, struct slice octets)
{
    struct liste *l = ctx;
    struct arene a = {0};
    struct entree e;
    (void)numero;
    const bool emise = l->n < l->max && entree_lire(octets, &a, &e) && (e.fait.type == FAIT_AVANCE_EMISE || e.fait.type == FAIT_SOLDE_EMIS);
    if (emise)
        l->t[l->n++] = fait_n(&e.fait, e.fait.type == FAIT_SOLDE_EMIS ? SM_COMMANDE : AE_COMMANDE);
    arene_free(&a);
    return emise;
}

/* The orders of the lot: the entries that come just before its own, in its transaction. */
static int64_t *commandes_du_lot(struct contexte *ctx, uint64_t numero, const struct lot_garde *g)
{
    const uint64_t avant = ctx->diags->total;
    struct liste l = {memoire_calloc(g->nombre + 1, sizeof *l.t), 0, g->nombre};
    if (g->nombre > 0 && journal_parcourir(ctx->registre, g->fait - (int64_t)g->nombre, g->fait - 1, lire_commande, &l, ctx->diags) &&
        l.n == g->nombre)
        return l.t;
    memoire_free(l.t);
    if (ctx->diags->total == avant)
        diag_erreur(ctx->diags, E_JOURNAL_ETAT, "le lot %llu n'a pas toutes ses demandes", (unsigned long long)numero);
    return NULL;
}

static bool ecrire_et_comparer(struct contexte *passe, const struct lot_demande_emission *d, const struct lot_garde *g,
                               struct lot_emission *out)
{
    struct lot_fichier l = {0};
    struct lot_contenu contenu = {0};
    char siren[10];
    int64_t *retenues = commandes_du_lot(passe, d->refaire, g);
    if (retenues == NULL)
        return false;
    (void)snprintf(out->fichier, sizeof out->fichier, "lot-%s-%06llu.zip", siren_texte(d->fournisseur, siren),
                   (unsigned long long)d->refaire);
    struct lot_ordre ordre = {.ctx = passe, .fournisseur = d->fournisseur, .couloir = g->couloir, .le = g->le,
                                    .numero = d->refaire, .contenu = &contenu, .somme = g->somme,
                                    .reconstitue = g->reconstitue, .programme = g->programme, .dossier = d->sortie,
                                    .nom = out->fichier, .annule = g->remplace, .refait = true,
                                    .bordereau_seul = d->bordereau};
    memcpy(ordre.annule_empreinte, g->remplace_xml, sizeof ordre.annule_empreinte);
    bool ok = lot_contenu_ouvrir(&contenu, passe, g->type) && lot_contenu_lire(&contenu, g->le, retenues, g->nombre, g->reconstitue) &&
              lot_fichier_ecrire(&ordre, &l);
    out->pieces = contenu.n_pieces;
    out->essms = contenu.n_essms;
    lot_contenu_fermer(&contenu);
    memoire_free(retenues);
    if (ok) {
        (void)empreinte_hex(&l.xml, out->empreinte_xml);
        (void)empreinte_hex(&l.zip, out->empreinte_zip);
        if (strcmp(out->empreinte_zip, g->zip) != 0) {
            diag_erreur(passe->diags, E_LOT_DIFFERENT, "le lot refait n'est pas celui qui a été émis");
            ok = false;
        }
    }
    return lot_fichier_publier(&l, ok, passe->diags) && ok;
}

bool lot_refaire(struct contexte *ctx, const struct lot_demande_emission *d, struct lot_emission *out)
{
    struct lot_garde g;
    if (!lot_lire(ctx, d, &g))
        return false;
    struct contexte passe = *ctx;
    passe.registre = registre_passe(ctx->registre->chemin, ctx->diags);
    if (passe.registre == NULL)
        return false;
    bool ok = etat_rejouer(passe.registre, g.fait, INSTANT_ABSENT, ctx->diags) && contexte_calendrier(&passe);
    out->numero = d->refaire;
    out->type = g.type;
    out->demandes = g.nombre;
    out->somme = g.somme;
    out->reconstitue = g.reconstitue;
    ok = ok && ecrire_et_comparer(&passe, d, &g, out);
    registre_fermer(passe.registre);
    out->emis = ok;
    return ok;
}
