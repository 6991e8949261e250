/* The ends of an order: replaced by another one, cancelled. And remarks on it. */
#include <string.h>

#include "metier/actes.h"
#include "metier/commande_fait.h"
#include "metier/commande_interne.h"
#include "metier/contact_interne.h"
#include "metier/corriger.h"
#include "metier/piece_lue.h"
#include "metier/soupcons.h"
#include "registre/dossier_charger.h"
#include "registre/vie_lire.h"

#define NOTE_MAX 2000

/* --- replacement ------------------------------------------------------------------------------------------------- */

/* What a new order given by values takes from the old one: whom it is for, who supplies it. Never what is read on the document. */
static bool reprendre(struct contexte *ctx, const struct commande_etat *e, struct feuille *f, struct commandes_lues *l, struct arene *a)
{
    struct commande_lue *o = &l->items[0];
    struct fait ancienne;
    if (!contenu_du_fait(ctx, e->contenu, a, &ancienne))
        return false;
    if (o->essms[0].et == FINESS_ABSENT) {
        o->essms = contenu_essms(&ancienne, a, &o->n_essms);
        for (uint32_t i = 0; i < o->n_essms; i++)
            o->essms[i].ht_lu = MONTANT_ABSENT;
    }
    if (o->source[C_FOURNISSEUR] == 0)
        o->fournisseur = (uint32_t)fait_n(&ancienne, CE_FOURNISSEUR);
    if (o->ej == FINESS_ABSENT)
        o->ej = (finess)fait_n(&ancienne, CE_FINESS_EJ);
    if (o->couloir == COULOIR_INCONNU)
        o->couloir = (enum couloir)fait_n(&ancienne, CE_COULOIR);
    return commande_montants_de(ctx, f, l, o);
}

/* A sheet that does not say the supplier: the éditeur of the solution, as at an import. */
static bool fournisseur_trouver(struct contexte *ctx, struct commande_lue *o)
{
    if (o->fournisseur != 0)
        return true;
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->maintenant, ctx->calendrier, ctx->diags);
    if (c != NULL)
        o->fournisseur = chargeur_editeur(c, o->solution);
    chargeur_free(c);
    return c != NULL;
}

/* Signed, on the day of the old one or later, under a number of its own. */
static bool remplacante_possible(struct contexte *ctx, const struct commande_etat *e, const struct commande_lue *o)
{
    char t[JOUR_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    int64_t autre;
    bool ok = true;
    if (!commande_homonyme(ctx, o->numero, o->fournisseur, 0, &autre))
        return false;
    if (autre != 0) {
        struct diag *d = diag_erreur(ctx->diags, E_CONTRADICTION, "la commande %.*s est déjà enregistrée : une nouvelle commande a son propre numéro",
                                     (int)o->numero.len, o->numero.bytes);
        diag_a_faire(d, "donner le numéro de la nouvelle commande ; pour corriger une saisie : sons commande rectifier");
        ok = false;
    }
    if (!jour_present(o->date_signature)) {
        struct diag *d = diag_erreur(ctx->diags, E_OBLIGATOIRE, "la commande qui remplace %s n'est pas signée", e->numero);
        diag_a_faire(d, "donner date_signature : jusqu'à cette date l'ancienne reste en vigueur");
        ok = false;
    } else if (jour_present(e->date_signature) && jour_cmp(o->date_signature, e->date_signature) < 0) {
        struct diag *d = diag_erreur(ctx->diags, E_CHRONOLOGIE, "la commande qui remplace %s est signée avant elle", e->numero);
        diag_trouve(d, "%s", jour_fr(o->date_signature, t));
        diag_attendu(d, "au plus tôt le %s", jour_fr(e->date_signature, u));
        ok = false;
    }
    return ok;
}

/* Judged once both facts are projected: the old one no longer claims its ESSMS. */
static bool juger_remplacante(struct contexte *ctx, int64_t nouvelle, struct arene *a, struct buffer *constats, struct compte_verdicts *compte)
{
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->maintenant, ctx->calendrier, ctx->diags);
    struct dossier d;
    struct jugement j;
    const bool ok = c != NULL && chargeur_un(c, nouvelle, a, &d, ctx->diags) == 1;
    if (ok) {
        juger_import(ctx, &d, a, &j);
        compter_verdict(compte, &j.bilan);
        jugement_ecrire(&j, constats);
        jugement_dire(ctx, &d, &j, false, ctx->strict ? SORTIE_REFUS : SORTIE_FAIT, NULL, NULL);
    }
    chargeur_free(c);
    return ok;
}

static bool contact_verser(struct acte *acte, struct feuille *f, const struct commande_lue *o, int64_t commande)
{
    struct contact_a_verser contact = {o->contact, o->ligne, C_CONTACT_NOM};
    size_t n = 0;
    contact.contact.commande = commande;
    return !contact_donne(&o->contact) || contacts_des_commandes(acte, f, &contact, 1, commande, &n);
}

static bool remplacer(struct acte *acte, const struct commande_etat *e, const char *motif, struct feuille *feuille,
                      const struct commandes_lues *l, struct arene *a, struct remplacement_rapport *out)
{
    struct contexte *ctx = acte->ctx;
    const struct commande_lue *o = &l->items[0];
    struct buffer texte = {0}, constats = {0};
    struct compte_verdicts compte = {0};
    struct fait f, fin;
    out->nouvelle = journal_prochain(ctx->registre);
    fait_init(&fin, FAIT_COMMANDE_REMPLACEE);
    fait_put_n(&fin, CP_COMMANDE, e->commande);
    fait_put_n(&fin, CP_PAR, out->nouvelle);
    fait_put_texte(&fin, CP_MOTIF, motif);
    bool ok = commande_fait(ctx, o, out->nouvelle, a, &f) && soupcon_homonyme(ctx, feuille, o) && (!o->piece || piece_garder(ctx, l, o)) &&
              projeter(acte->p, out->nouvelle, &f, ctx->diags) && projeter(acte->p, out->nouvelle + 1, &fin, ctx->diags) &&
              juger_remplacante(ctx, out->nouvelle, a, &constats, &compte);
    fait_ecrire(&f, &texte);
    ok = ok && journal_append(ctx->registre, (struct slice){texte.bytes, texte.len}, (struct slice){constats.bytes, constats.len}, ctx->diags);
    buffer_clear(&texte);
    fait_ecrire(&fin, &texte);
    ok = ok && journal_append(ctx->registre, (struct slice){texte.bytes, texte.len}, (struct slice){NULL, 0}, ctx->diags) &&
         contact_verser(acte, feuille, o, out->nouvelle);
    buffer_free(&texte);
    buffer_free(&constats);
    out->verdict = verdict_pire(&compte);
    return ok && !(ctx->strict && verdicts_bloquants(&compte) + ctx->soupcons > 0);
}

static bool une_seule(struct contexte *ctx, const struct commandes_lues *l)
{
    if (l->n != 1)
        diag_erreur(ctx->diags, E_CONTRADICTION, "une commande en remplace une autre : la feuille en porte %zu", l->n);
    return l->n == 1;
}

bool acte_commande_remplacer(struct contexte *ctx, int64_t ancienne, const char *motif, struct feuille *f, struct remplacement_rapport *out)
{
    struct commandes_lues lues;
    struct commande_etat e;
    struct arene a = {0};
    struct acte acte;
    const bool fichier = feuille_est_fichier(f);
    *out = (struct remplacement_rapport){0};
    bool ok = (fichier ? commandes_lire(ctx, f, &lues) : commande_valeurs_lire(ctx, f, &lues)) && une_seule(ctx, &lues);
    ok = ok && acte_debut(&acte, ctx);
    if (ok) {
        ok = commande_etat_lire(ctx, ancienne, &a, &e) && commande_permet(ctx, &e, ACTE_REMPLACER) &&
             (fichier ? fournisseur_trouver(ctx, &lues.items[0]) : reprendre(ctx, &e, f, &lues, &a)) && remplacante_possible(ctx, &e, &lues.items[0]) &&
             remplacer(&acte, &e, motif, f, &lues, &a, out);
        ok = acte_fin(&acte, ok);
    }
    arene_free(&a);
    commandes_lues_free(&lues);
    return ok;
}

/* --- cancellation ------------------------------------------------------------------------------------------------ */

static bool annulation_possible(struct contexte *ctx, const struct commande_etat *e)
{
    char t[JOUR_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    const struct jour le = instant_jour(ctx->le);
    if (!commande_permet(ctx, e, ACTE_ANNULER))
        return false;
    if (!jour_present(e->date_signature) || jour_cmp(le, e->date_signature) >= 0)
        return true;
    struct diag *d = diag_erreur(ctx->diags, E_CHRONOLOGIE, "commande %s : annulée avant d'être signée", e->numero);
    diag_trouve(d, "%s", jour_fr(le, t));
    diag_attendu(d, "au plus tôt le %s", jour_fr(e->date_signature, u));
    return false;
}

static void mettre_piece(struct fait *f, enum fait_champ champ, const struct piece_lue *p, struct arene *a)
{
    struct buffer b = {0};
    if (p->octets.len == 0)
        return;
    piece_ref_ecrire(&p->ref, &b);
    fait_put_slice(f, champ, (struct slice){arene_strndup(a, b.bytes, b.len), b.len});
    buffer_free(&b);
}

/* What was asked and has not left falls with the order; what ASP gave back is not asked again. */
static bool demande_perdue(struct contexte *ctx, const struct commande_etat *e, int64_t commande)
{
    struct vie v;
    if (!vie_lire(ctx->registre, commande, (struct instant){INT64_MAX}, &v, ctx->diags))
        return false;
    for (int t = PAIEMENT_AVANCE; t < PAIEMENT_NOMBRE; t++) {
        const struct dossier_demande *d = vie_demande(&v, (enum paiement)t);
        const bool rendue = d->statut == STATUT_INCOMPLETE || d->statut == STATUT_A_MODIFIER, perdue = d->existe && !d->emise && d->statut == STATUT_AUCUN;
        if (!rendue && !perdue)
            continue;
        struct diag *g = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, erreur_texte(E_AVERTISSEMENT), "commande %s : sa demande %s %lld%s %s",
                                    e->numero, t == PAIEMENT_SOLDE ? "de solde" : "d'avance", (long long)d->numero, rendue ? ", que l'ASP a rendue," : "",
                                    rendue ? "ne se redemande plus" : "n'entrera dans aucun lot");
        diag_source(g, "FAQ de l'ASP : changement d'éditeur");
    }
    return true;
}

static bool annuler(struct acte *acte, const struct annulation *n, const struct piece_lue *p, struct arene *a)
{
    struct contexte *ctx = acte->ctx;
    struct commande_etat e;
    struct fait f;
    if (!commande_etat_lire(ctx, n->commande, a, &e) || !annulation_possible(ctx, &e))
        return false;
    for (int i = 0; i < 2; i++)
        if (p[i].octets.len > 0 &&
            !piece_enregistrer(ctx->registre, &p[i].ref.empreinte, p[i].octets.bytes, p[i].octets.len, ctx->diags))
            return false;
    fait_init(&f, FAIT_COMMANDE_ANNULEE);
    fait_put_n(&f, CA_COMMANDE, n->commande);
    fait_put_instant(&f, CA_LE, ctx->le);
    fait_put_n(&f, CA_ACCORD_CLIENT, n->renonciation != NULL);
    fait_put_texte(&f, CA_MOTIF, n->motif);
    mettre_piece(&f, CA_ATTESTATION, &p[0], a);
    mettre_piece(&f, CA_RENONCIATION, &p[1], a);
    if (!demande_perdue(ctx, &e, n->commande) || !acte_fait(acte, &f, (struct slice){NULL, 0}) || !commande_etat_lire(ctx, n->commande, a, &e))
        return false;
    if (n->payee != NULL)
        *n->payee = e.etat == ETAT_ANNULEE_AVANCE_PAYEE;
    if (e.etat == ETAT_ANNULEE_AVANCE_PAYEE) {
        struct diag *d = diag_regle(ctx->diags, GRAVITE_INFORMATION, SORTIE_FAIT, "REV-03", "commande %s : son avance est payée, elle est à reverser", e.numero);
        diag_a_faire(d, "enregistrer l'ordre de recouvrer de l'ASP (sons reversement ordonner), puis ce qui est reversé ; le montant : sons expliquer %s reversement", e.numero);
        diag_source(d, "FAQ de l'ASP : changement d'éditeur");
    }
    return true;
}

bool acte_commande_annuler(struct contexte *ctx, const struct annulation *n)
{
    struct piece_lue p[2] = {{{0}, {0}}, {{0}, {0}}};
    struct arene a = {0};
    struct acte acte;
    bool ok = piece_lire(n->attestation, FICHIER_LIENS_SUIVIS, PIECE_ANNULATION, &p[0], ctx->diags);
    if (n->renonciation != NULL)
        ok = piece_lire(n->renonciation, FICHIER_LIENS_SUIVIS, PIECE_RENONCIATION, &p[1], ctx->diags) && ok;
    if (n->accord_client && n->renonciation == NULL) {
        struct diag *d = diag_erreur(ctx->diags, E_OBLIGATOIRE, "annulation en accord avec le client : sa renonciation manque");
        diag_a_faire(d, "la joindre par --renonciation FICHIER");
        diag_source(d, "FAQ de l'ASP : changement d'éditeur");
        ok = false;
    }
    ok = acte_date(ctx) && ok && acte_debut(&acte, ctx);
    if (ok)
        ok = acte_fin(&acte, annuler(&acte, n, p, &a));
    buffer_free(&p[0].octets);
    buffer_free(&p[1].octets);
    arene_free(&a);
    return ok;
}

/* --- remarks ----------------------------------------------------------------------------------------------------- */

struct derniere_note {
    struct slice texte;
    bool meme;
};

static bool comparer_note(void *ctx, const struct entree *e, struct arene *a)
{
    struct derniere_note *d = ctx;
    const struct slice t = e->fait.type == FAIT_COMMANDE_NOTEE ? fait_slice(&e->fait, CN_TEXTE) : (struct slice){NULL, 0};
    (void)a;
    d->meme = t.len == d->texte.len && memcmp(t.bytes, d->texte.bytes, t.len) == 0;
    return true;
}

bool acte_commande_noter(struct contexte *ctx, int64_t commande, const char *texte, bool *deja)
{
    const struct slice t = slice_trim(slice_of(texte));
    struct commande_etat e;
    struct arene a = {0};
    struct acte acte;
    struct fait f;
    if (t.len == 0 || t.len > NOTE_MAX || !texte_is_utf8(t.bytes, t.len) || texte_has_control(t.bytes, t.len)) {
        diag_attendu(diag_erreur(ctx->diags, E_VALEUR, "note refusée"), "un texte d'une ligne, en UTF-8, de 1 à %d octets", NOTE_MAX);
        return false;
    }
    if (!acte_date(ctx) || !acte_debut(&acte, ctx))
        return false;
    struct derniere_note derniere = {t, false};
    bool ok = commande_etat_lire(ctx, commande, &a, &e) && commande_permet(ctx, &e, ACTE_NOTER) &&
              histoire_parcourir(ctx, commande, comparer_note, &derniere);
    *deja = ok && derniere.meme;
    fait_init(&f, FAIT_COMMANDE_NOTEE);
    fait_put_n(&f, CN_COMMANDE, commande);
    fait_put_instant(&f, CN_LE, ctx->le);
    fait_put_slice(&f, CN_TEXTE, t);
    ok = acte_fin(&acte, ok && (*deja || acte_fait(&acte, &f, (struct slice){NULL, 0})));
    arene_free(&a);
    return ok;
}
