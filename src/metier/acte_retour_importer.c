/* A file of answers: whole or nothing, the same again says nothing. */
#include <stdio.h>
#include <string.h>

#include "metier/commande_contenu.h"
#include "metier/depots.h"
#include "metier/feuilles.h"
#include "metier/reponses.h"
#include "metier/retour_lignes.h"
#include "metier/vues.h"
#include "noyau/tri.h"

struct importer {
    struct contexte *ctx;
    struct lignes_retour *l;
    struct retour_rapport *out;
    struct acte acte;
    sqlite3_stmt *demande, *asp, *emission;
    bool refuse;
    int64_t retour;             /* the same file was imported at that entry, and answers of it were taken back since; 0 = a new one */
    uint32_t fournisseur;       /* of all its answers */
    int64_t lot;                /* the same for all, else 0 */
    struct lot_lu dernier;      /* lot looked at last: rows come by lot */
    bool dernier_lu;
};

static struct diag *faute(struct importer *m, struct ligne_retour *x, size_t champ, enum erreur_code code, const char *quoi)
{
    const struct lieu lieu = ligne_retour_lieu(m->l, x, champ);
    struct diag *d = diag_erreur(m->ctx->diags, code, "%s", quoi);
    diag_lieu(d, &lieu);
    m->refuse = x->fautive = true;
    return d;
}

/* --- which order ------------------------------------------------------------------------------------------------------ */

/* The order that a statement finds, 0 = none; several are told. False on a fault. */
static bool trouver(struct importer *m, sqlite3_stmt *s, int64_t *commande)
{
    int la;
    *commande = 0;
    while ((la = registre_suivant(m->ctx->registre, s, m->ctx->diags)) == 1)
        *commande = sqlite3_column_int64(s, 0);
    (void)sqlite3_reset(s);
    return la == 0;
}

static bool commande_ecrite(struct importer *m, struct ligne_retour *x, struct demande_nommee *out)
{
    struct buffer b = {0};
    char t[10];
    const bool barre = memchr(x->commande.len > 0 ? x->commande.bytes : "", '/', x->commande.len) != NULL;
    const size_t rang = m->ctx->diags->n;
    if (x->fournisseur != 0 && !barre)
        buffer_printf(&b, "%s/", siren_texte(x->fournisseur, t));
    buffer_append(&b, x->commande.bytes, x->commande.len);
    buffer_append(&b, "", 0);
    const bool ok = vue_demande_resoudre(m->ctx, b.bytes, out);
    const struct lieu lieu = ligne_retour_lieu(m->l, x, J_COMMANDE);
    diag_situer(m->ctx->diags, rang, &lieu);
    m->refuse = m->refuse || !ok;
    x->fautive = x->fautive || !ok;
    buffer_free(&b);
    return ok;
}

static bool numero_dire(struct importer *m, int64_t commande, struct buffer *b)
{
    struct arene a = {0};
    struct commande_etat e;
    const bool ok = commande_etat_lire(m->ctx, commande, &a, &e);
    if (ok)
        buffer_puts(b, e.numero);
    arene_free(&a);
    return ok;
}

/* The row names one order by its number, another by its request or by ASP's number: each is told, with what named it. */
static bool deux_commandes(struct importer *m, struct ligne_retour *x, int64_t par_demande, int64_t ecrite, int64_t par_asp)
{
    const int64_t commandes[3] = {ecrite, par_demande, par_asp};
    struct buffer b = {0};
    bool ok = true;
    for (int i = 0; ok && i < 3; i++) {
        if (commandes[i] == 0)
            continue;
        buffer_puts(&b, b.len > 0 ? " ; " : "");
        ok = numero_dire(m, commandes[i], &b);
        if (i == 0)
            buffer_printf(&b, ", par la commande %.*s", (int)x->commande.len, x->commande.bytes);
        else if (i == 1)
            buffer_printf(&b, ", par la demande %lld", (long long)x->r.demande);
        else
            buffer_printf(&b, ", par le numéro de l'ASP %.*s", (int)x->r.numero_asp.len, x->r.numero_asp.bytes);
    }
    struct diag *d = faute(m, x, x->commande.len > 0 ? J_COMMANDE : J_NUMERO_ASP, E_RETOUR, "la ligne désigne deux commandes");
    diag_trouve(d, "%s", b.bytes);
    diag_attendu(d, "une seule commande");
    buffer_free(&b);
    return ok;
}

/* What the row names must be one order. 0 = refused, told. */
static bool resoudre(struct importer *m, struct ligne_retour *x)
{
    int64_t par_demande = 0, par_asp = 0;
    struct demande_nommee ecrite = {0};
    if (x->r.demande != 0) {
        lier_n(m->demande, 1, x->r.demande);
        if (!trouver(m, m->demande, &par_demande))
            return false;
        if (par_demande == 0) {
            diag_trouve(faute(m, x, J_DEMANDE, E_INCONNU, "aucune demande de ce numéro n'est partie dans un lot"), "%lld", (long long)x->r.demande);
            return true;
        }
    }
    if (x->r.numero_asp.len > 0) {
        lier_slice(m->asp, 1, x->r.numero_asp);
        if (!trouver(m, m->asp, &par_asp))
            return false;
    }
    if (x->commande.len > 0 && !commande_ecrite(m, x, &ecrite))
        return true;
    const int64_t c = par_demande != 0 ? par_demande : ecrite.commande != 0 ? ecrite.commande : par_asp;
    if (c == 0)
        diag_a_faire(faute(m, x, J_NUMERO_ASP, E_INCONNU, "ce numéro de l'ASP n'est celui d'aucune demande du registre"),
                     "donner aussi la commande (colonne commande), une fois : le numéro est gardé");
    else if ((ecrite.commande != 0 && ecrite.commande != c) || (par_asp != 0 && par_asp != c))
        return deux_commandes(m, x, par_demande, ecrite.commande, par_asp);
    else if (ecrite.commande != 0 && !reponse_nommer(&x->r, &ecrite))
        diag_attendu(faute(m, x, x->r.paiement != PAIEMENT_AUCUN && x->r.paiement != ecrite.paiement ? J_PAIEMENT : J_DEMANDE, E_RETOUR,
                           "ce numéro de l'ASP est celui d'une autre demande"), "%s, demande %lld", paiement_nom(ecrite.paiement), (long long)ecrite.demande);
    else
        x->r.commande = c;
    return true;
}

/* --- which lot -------------------------------------------------------------------------------------------------------- */

static bool lot_verifier_retour(struct importer *m, struct ligne_retour *x)
{
    const struct lot_lu *lot = &m->dernier;
    char t[INSTANT_TEXTE_MAX];
    if (instant_present(lot->annule_le))
        diag_trouve(faute(m, x, J_LOT, E_ETAT, "ce lot a été annulé avant son dépôt : l'ASP ne peut pas y répondre"), "annulé le %s", instant_fr(lot->annule_le, t));
    else if (!instant_present(lot->depose_le))
        diag_a_faire(faute(m, x, J_LOT, E_ETAT, "ce lot est émis, non déposé"), "sons lot deposer %lld --le INSTANT --accuse FICHIER", (long long)lot->numero);
    else if (*x->empreinte != '\0' && strcmp(x->empreinte, lot->zip) != 0) {
        struct diag *d = faute(m, x, J_EMPREINTE, E_RETOUR_EMPREINTE, "l'empreinte n'est pas celle du lot émis : l'ASP répond à un autre fichier");
        diag_trouve(d, "%s", x->empreinte);
        diag_attendu(d, "%s", lot->zip);
    } else
        return true;
    return false;
}

/* The lot of the row: looked up once for the rows that follow each other. */
static bool lot_trouver(struct importer *m, struct ligne_retour *x, bool *bon)
{
    *bon = true;
    if (x->lot == 0)
        return true;
    const uint32_t fournisseur = x->fournisseur != 0 ? x->fournisseur : m->fournisseur;
    if (m->dernier_lu && m->dernier.numero == x->lot && m->dernier.fournisseur == fournisseur && strcmp(x->empreinte, m->l->t[0].empreinte) == 0)
        return true;
    const int la = lot_du_numero(m->ctx, fournisseur, x->lot, &m->dernier);
    m->dernier_lu = la >= 0;
    if (la == 0) { /* told once for the rows that follow */
        m->dernier.numero = x->lot;
        m->dernier.fournisseur = fournisseur;
        diag_trouve(faute(m, x, J_LOT, E_INCONNU, "il n'y a pas de lot de ce numéro"), "%lld", (long long)x->lot);
    }
    *bon = la == 1 && lot_verifier_retour(m, x);
    return la >= 0;
}

/* The supplier that sent the request, and whether it was in the lot, in that version. */
static bool emission_verifier(struct importer *m, struct ligne_retour *x)
{
    sqlite3_stmt *s = m->emission;
    bool dans = false;
    uint32_t fournisseur = 0;
    int la;
    lier_n(s, 1, x->r.commande);
    while ((la = registre_suivant(m->ctx->registre, s, m->ctx->diags)) == 1) {
        fournisseur = (uint32_t)sqlite3_column_int64(s, 0);
        dans = dans || (sqlite3_column_int64(s, 1) == x->lot && (x->r.demande == 0 || sqlite3_column_int64(s, 2) == x->r.demande) &&
                        (x->r.version == 0 || sqlite3_column_int64(s, 3) == x->r.version));
    }
    (void)sqlite3_reset(s);
    if (la < 0)
        return false;
    if (x->lot != 0 && !dans)
        diag_trouve(faute(m, x, J_LOT, E_RETOUR, "cette demande, ou cette version, n'est pas dans ce lot"), "lot %lld", (long long)x->lot);
    if (m->fournisseur == 0)
        m->fournisseur = fournisseur;
    if (fournisseur != 0 && ((x->fournisseur != 0 && x->fournisseur != fournisseur) || fournisseur != m->fournisseur))
        (void)faute(m, x, J_FOURNISSEUR, E_RETOUR, "un retour est celui d'un seul fournisseur, celui qui a émis les demandes");
    return true;
}

/* --- the whole -------------------------------------------------------------------------------------------------------- */

static bool preparer(struct importer *m)
{
    struct registre *r = m->ctx->registre;
    m->demande = registre_stmt(r, "select distinct commande from emission where demande = ?1", m->ctx->diags);
    m->asp = registre_stmt(r, "select distinct commande from reponse where numero_asp = ?1", m->ctx->diags);
    m->emission = registre_stmt(r, "select fournisseur, lot, demande, version from emission where commande = ?1 order by fait", m->ctx->diags);
    return m->demande != NULL && m->asp != NULL && m->emission != NULL;
}

static void dates_verifier(struct importer *m, struct ligne_retour *x)
{
    char t[INSTANT_TEXTE_MAX], u[INSTANT_TEXTE_MAX];
    if (instant_cmp(x->r.le, m->ctx->maintenant) <= 0)
        return;
    struct diag *d = faute(m, x, J_DATE, E_A_VENIR, "cette réponse est à venir");
    diag_trouve(d, "%s", instant_fr(x->r.le, t));
    diag_attendu(d, "au plus tard %s", instant_fr(m->ctx->maintenant, u));
}

static bool resoudre_tout(struct importer *m)
{
    bool bon;
    m->lot = m->l->t[0].lot;
    m->fournisseur = m->l->t[0].fournisseur;
    for (size_t i = 0; i < m->l->n; i++) {
        struct ligne_retour *x = &m->l->t[i];
        if (x->lot != m->lot)
            m->lot = 0;
        if (x->fautive) { /* read badly: only the order that it names may be looked up */
            struct demande_nommee nommee;
            (void)(x->commande.len > 0 && commande_ecrite(m, x, &nommee));
            continue;
        }
        dates_verifier(m, x);
        if (!resoudre(m, x))
            return false;
        if (x->r.commande != 0 && (!emission_verifier(m, x) || !lot_trouver(m, x, &bon)))
            return false;
    }
    return true;
}

/* By order, then by date; what is received comes before what is decided of it. */
static int cmp_lignes(const void *a, const void *b)
{
    const struct ligne_retour *x = a, *y = b;
    const int date = instant_cmp(x->r.le, y->r.le);
    if (x->r.commande != y->r.commande)
        return x->r.commande < y->r.commande ? -1 : 1;
    if (date != 0)
        return date;
    if ((x->r.statut == STATUT_RECUE) != (y->r.statut == STATUT_RECUE))
        return x->r.statut == STATUT_RECUE ? -1 : 1;
    return x->rang < y->rang ? -1 : 1;
}

static bool fait_du_retour(struct importer *m, int64_t numero, struct buffer *texte)
{
    const struct lignes_retour *l = m->l;
    char hex[EMPREINTE_HEX];
    struct fait f;
    fait_init(&f, FAIT_RETOUR_IMPORTE);
    fait_put_siren(&f, RI_FOURNISSEUR, m->fournisseur);
    if (m->lot != 0) {
        fait_put_n(&f, RI_LOT, m->lot);
        if (*l->t[0].empreinte != '\0')
            fait_put_texte(&f, RI_LOT_EMPREINTE, m->dernier.zip);
    }
    fait_put_texte(&f, RI_FICHIER, empreinte_hex(&l->fichier, hex));
    fait_put_texte(&f, RI_FORME, l->forme);
    fait_put_n(&f, RI_NOMBRE, (int64_t)l->n);
    fait_put_instant(&f, RI_LE, l->le);
    fait_put_texte(&f, RI_NUMERO, l->numero);
    fait_ecrire(&f, texte);
    return projeter(m->acte.p, numero, &f, m->ctx->diags);
}

static bool enregistrer(struct importer *m)
{
    const int64_t premier = journal_prochain(m->ctx->registre);
    const bool nouveau = m->retour == 0;
    struct buffer texte = {0};
    struct reponses r;
    bool ok = reponses_ouvrir(&r, &m->acte, m->out, nouveau ? premier : m->retour, premier + nouveau);
    trier_liste(m->l->t, m->l->n, sizeof *m->l->t, cmp_lignes);
    for (size_t i = 0; ok && i < m->l->n; i++) {
        struct ligne_retour *x = &m->l->t[i];
        x->r.lieu = ligne_retour_lieu(m->l, x, J_STATUT);
        ok = x->fautive || reponses_ajouter(&r, &x->r);
    }
    ok = ok && !r.refuse && !m->refuse;
    if (ok && m->out->enregistrees > 0)
        ok = (!nouveau || (fait_du_retour(m, premier, &texte) &&
                           journal_append(m->ctx->registre, (struct slice){texte.bytes, texte.len}, (struct slice){NULL, 0}, m->ctx->diags))) &&
             reponses_ecrire(&r);
    m->out->deja = ok && !nouveau && m->out->enregistrees == 0;
    reponses_fermer(&r);
    buffer_free(&texte);
    return ok;
}

/* The same file: said, nothing written, unless answers of it were taken back: it is read again, and brings what is missing. The same number
 * over other bytes: refused. 1 = go on, 0 = already, −1 = refused. */
static int deja_recu(struct importer *m)
{
    const struct lignes_retour *l = m->l;
    char hex[EMPREINTE_HEX], t[INSTANT_TEXTE_MAX];
    sqlite3_stmt *s = registre_stmt(m->ctx->registre, "select fichier, fait, le, retirees from retour where fichier = ?1 or (numero = ?2 and fournisseur = ?3 and ?2 <> '') "
                                                      "order by fichier = ?1 desc", m->ctx->diags);
    if (s == NULL)
        return -1;
    lier_slice(s, 1, slice_of(empreinte_hex(&l->fichier, hex)));
    lier_slice(s, 2, slice_of(l->numero));
    lier_n(s, 3, l->t[0].fournisseur);
    const int la = registre_suivant(m->ctx->registre, s, m->ctx->diags);
    int sort = la < 0 ? -1 : 1;
    if (la == 1 && slice_equals(colonne_slice(s, 0), hex)) {
        sort = sqlite3_column_int64(s, 3) > 0;
        m->retour = sqlite3_column_int64(s, 1);
    } else if (la == 1) {
        struct diag *d = diag_erreur(m->ctx->diags, E_RETOUR_EMPREINTE, "le retour %s a déjà été reçu, et ce fichier en est un autre", l->numero);
        diag_lieu(d, &(struct lieu){.fichier = l->nom});
        diag_trouve(d, "importé à l'entrée %lld, daté du %s", (long long)sqlite3_column_int64(s, 1), instant_fr((struct instant){sqlite3_column_int64(s, 2)}, t));
        diag_a_faire(d, "demander à l'ASP lequel vaut : sous un même numéro, un retour ne change pas");
        sort = -1;
    }
    sqlite3_finalize(s);
    return sort;
}

static bool importer(struct importer *m)
{
    const int sort = deja_recu(m);
    m->out->deja = sort == 0;
    if (sort <= 0)
        return sort == 0;
    const bool ok = preparer(m) && resoudre_tout(m) && enregistrer(m);
    sqlite3_finalize(m->demande);
    sqlite3_finalize(m->asp);
    sqlite3_finalize(m->emission);
    return ok;
}

bool acte_retour_importer(struct contexte *ctx, const char *chemin, struct retour_rapport *out)
{
    struct lignes_retour l;
    struct importer m = {.ctx = ctx, .l = &l, .out = out};
    *out = (struct retour_rapport){0};
    bool ok = acte_date(ctx);
    ok = lignes_retour_lire(ctx, chemin, &l) && ok;
    m.refuse = l.fautif;
    out->reponses = l.n;
    ok = ok && acte_debut(&m.acte, ctx);
    if (ok)
        ok = acte_fin(&m.acte, importer(&m));
    lignes_retour_free(&l);
    return ok;
}
