/* The invoice: read on its document, one fact an order; another one takes its place. */
#include <string.h>

#include "metier/acte_feuille.h"
#include "metier/document.h"
#include "metier/feuilles.h"

struct facture_lue {
    int64_t commande;
    size_t ligne;
    struct slice numero, nom, motif;
    struct jour date;
    enum trois deux, mention;
    struct montant ht, tva, ttc;
    struct taux taux;
    finess client;
    struct document piece;
};
struct factures {
    struct contexte *ctx;
    struct cellules c;
    struct facture_lue *items;
    size_t n;
    struct reserve reserve;
    struct arene arene;
    struct import_rapport *out;
    struct compte_verdicts compte;
    struct chargeur *chargeur;
};

/* --- reading ------------------------------------------------------------------------------------------------------------- */

static void facture_lire(struct factures *l, size_t i, struct facture_lue *o)
{
    struct cellules *c = &l->c;
    char t[JOUR_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    const struct jour jour = instant_jour(l->ctx->maintenant);
    for (size_t k = U_COMMANDE; k <= U_DATE; k++)
        cellule_exiger(c, i, k);
    *o = (struct facture_lue){
        .ligne = i, .commande = document_commande(l->ctx, c, i, U_COMMANDE), .numero = cellule_texte_de(c, i, U_NUMERO), .nom = cellule_texte_de(c, i, U_NOM),
        .motif = cellule_mot_de(c, i, U_MOTIF_TVA, MOTS_MOTIF_TVA), .date = cellule_jour_de(c, i, U_DATE), .deux = cellule_oui_non_de(c, i, U_DEUX),
        .mention = cellule_oui_non_de(c, i, U_MENTION_SEGUR), .ht = cellule_montant_de(c, i, U_MONTANT_HT), .tva = cellule_montant_de(c, i, U_MONTANT_TVA),
        .ttc = cellule_montant_de(c, i, U_MONTANT_TTC), .taux = cellule_taux_de(c, i, U_TAUX_TVA), .client = cellule_finess_de(c, i, U_CLIENT)};
    document_lire(c, i, U_PIECE, PIECE_FACTURE, &l->reserve, &o->piece);
    if (!jour_present(o->date) || jour_cmp(o->date, jour) <= 0)
        return;
    struct diag *d = cellule_faute(c, E_A_VENIR, i, U_DATE, "la facture est datée d'un jour à venir");
    diag_trouve(d, "%s", jour_fr(o->date, t));
    diag_attendu(d, "au plus tard le %s", jour_fr(jour, u));
}

/* --- recording ------------------------------------------------------------------------------------------------------------- */

/* The last invoice of the order and the last VA, 0 = none. */
static bool derniers(struct contexte *ctx, int64_t commande, int64_t *facture, int64_t *va)
{
    sqlite3_stmt *s = registre_gardee(ctx->registre, "select coalesce((select max(fait) from facture where commande = ?1), 0), "
                                                   "coalesce((select max(fait) from va where commande = ?1), 0)", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    *facture = la == 1 ? sqlite3_column_int64(s, 0) : 0;
    *va = la == 1 ? sqlite3_column_int64(s, 1) : 0;
    registre_rendre(ctx->registre, s);
    return la == 1;
}

static void facture_fait(const struct facture_lue *o, struct fait *f)
{
    fait_init(f, FAIT_FACTURE_ENREGISTREE);
    fait_put_n(f, FA_COMMANDE, o->commande);
    fait_put_slice(f, FA_NUMERO, o->numero);
    fait_put_jour(f, FA_DATE, o->date);
    fait_put_n(f, FA_DEUX, o->deux == TROIS_OUI);
    fait_put_montant(f, FA_MONTANT_HT, o->ht);
    fait_put_taux(f, FA_TAUX_TVA, o->taux);
    fait_put_montant(f, FA_MONTANT_TVA, o->tva);
    fait_put_montant(f, FA_MONTANT_TTC, o->ttc);
    fait_put_slice(f, FA_MOTIF_TVA, o->motif);
    fait_put_trois(f, FA_MENTION_SEGUR, o->mention);
    fait_put_finess(f, FA_CLIENT, o->client);
}

/* Dated before the order was signed, it is not its invoice. */
static bool facture_possible(struct factures *l, const struct facture_lue *o, const struct commande_etat *e)
{
    char t[JOUR_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    const size_t rang = l->c.diags->n;
    if (!commande_permet(l->ctx, e, ACTE_FACTURER)) {
        cellule_situer(&l->c, rang, o->ligne, U_COMMANDE);
        return false;
    }
    if (!jour_present(e->date_signature) || jour_cmp(o->date, e->date_signature) >= 0)
        return true;
    struct diag *d = cellule_faute(&l->c, E_CHRONOLOGIE, o->ligne, U_DATE, "la facture est datée d'avant la commande");
    diag_trouve(d, "%s", jour_fr(o->date, t));
    diag_attendu(d, "au plus tôt le %s", jour_fr(e->date_signature, u));
    return false;
}

static void dire_remplacement(struct factures *l, const struct commande_etat *e, const struct fait *ancienne)
{
    const struct slice n = fait_slice(ancienne, FA_NUMERO);
    struct diag *d = diag_regle(l->ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT),
                                "commande %s : cette facture prend la place de celle qui était enregistrée, %.*s", e->numero, (int)n.len,
                                n.len > 0 ? n.bytes : "");
    document_solde_demande(e, d);
}

static const enum fait_champ facture_calcules[] = {FA_NOM, FA_ACCORDE};
static const struct document_genre facture_genre = {FA_NOM, FA_ACCORDE, "nom", "signataire", facture_calcules, sizeof facture_calcules / sizeof *facture_calcules};

static bool facture_ecrire(struct factures *l, struct acte *a, const struct facture_lue *o)
{
    struct contexte *ctx = l->ctx;
    struct commande_etat e;
    struct fait f, ancienne;
    int64_t facture, va;
    if (!commande_etat_lire(ctx, o->commande, &l->arene, &e) || !derniers(ctx, o->commande, &facture, &va))
        return false;
    facture_fait(o, &f);
    if (!document_garder(a, &l->reserve, &o->piece, &f, FA_PIECE, &l->arene))
        return false;
    const int inchange = document_inchange(ctx, &facture_genre, &f, o->nom, facture, &l->arene, &ancienne);
    l->out->inchangees += inchange > 0;
    if (inchange != 0)
        return inchange > 0;
    if (!facture_possible(l, o, &e))
        return false;
    if (facture != 0)
        dire_remplacement(l, &e, &ancienne);
    if (!document_nommer(ctx, &facture_genre, &f, o->nom, va, &l->arene))
        return false;
    l->out->enregistrees++;
    return document_ecrire(a, &l->chargeur, &f, o->commande, &l->compte);
}

static bool ecrire(struct factures *l)
{
    struct acte a;
    bool ok = acte_debut(&a, l->ctx);
    if (!ok)
        return false;
    for (size_t i = 0; i < l->n; i++, arene_reset(&l->arene))
        ok = facture_ecrire(l, &a, &l->items[i]) && ok; /* every refusal is told */
    chargeur_free(l->chargeur);
    return document_conclure(&a, ok, &l->compte, l->out);
}

bool factures_importer(struct contexte *ctx, struct feuille *f, struct import_rapport *out)
{
    size_t n_champs;
    struct factures l = {.ctx = ctx, .c = {f, feuille_champs(FEUILLE_FACTURES, &n_champs), ctx->diags, feuille_saine(f)}, .n = feuille_nombre(f), .out = out};
    out->quoi = "factures";
    out->lues = l.n;
    l.items = memoire_calloc(l.n + 1, sizeof *l.items);
    for (size_t i = 0; i < l.n; i++)
        facture_lire(&l, i, &l.items[i]);
    const bool ok = l.c.ok && ecrire(&l);
    reserve_fermer(&l.reserve);
    arene_free(&l.arene);
    memoire_free(l.items);
    return ok;
}
