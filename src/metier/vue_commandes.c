/* Orders: the sheet given back, one row per ESSMS; one order for people. */
#include <string.h>

#include "metier/contact.h"
#include "metier/commande_contenu.h"
#include "metier/juger.h"
#include "metier/litiges.h"
#include "metier/vue_commun.h"
#include "registre/dossier_charger.h"
#include "registre/journal.h"
#include "registre/litige.h"
#include "regles/cycle.h"

static const char *mot_motif(int64_t n) { return motif_tva_nom((enum motif_tva)n); }
static const char *mot_mode(int64_t n) { return mode_signature_nom((enum mode_signature)n); }
/* The query tells the state of its life, and the disputes: they hide it as long as the order is in force (charger_litige does the same). */
#define ECARTEE 1000
#define EN_LITIGE 2000
static const char *mot_etat(int64_t n)
{
    const enum etat_commande vie = (enum etat_commande)(n % ECARTEE);
    if (n < 0)
        return etat_mot(ETAT_REMPLACEE);
    if (n >= ECARTEE && etat_en_vigueur(vie))
        return etat_mot(n / ECARTEE % 2 != 0 ? ETAT_RENONCEE : ETAT_EN_LITIGE);
    return etat_mot(vie);
}

/* The sheet's columns; amounts that the program computed are left empty, so that the list imports again unchanged. */
static const struct colonne colonnes[] = {
    {"numero", "numéro", CELLULE_TEXTE}, {"finess_et", "FINESS", CELLULE_FINESS}, {"montant_ht_essms", "HT de l'ESSMS", CELLULE_MONTANT},
    {"libelle_essms", "libellé", CELLULE_TEXTE}, {"commune", "commune", CELLULE_TEXTE}, {"fournisseur", "fournisseur", CELLULE_SIREN},
    {"finess_ej", "OG", CELLULE_FINESS}, {"couloir", "couloir", CELLULE_TEXTE}, {"date_commande", "commandée", CELLULE_JOUR},
    {"date_signature", "signée", CELLULE_JOUR}, {"solution", "solution", CELLULE_TEXTE}, {"version_solution", "version", CELLULE_TEXTE},
    {"montant_ht", "HT", CELLULE_MONTANT}, {"taux_tva", "TVA", CELLULE_TAUX}, {"montant_tva", "montant TVA", CELLULE_MONTANT},
    {"montant_ttc", "TTC", CELLULE_MONTANT}, {"motif_tva", "motif TVA", CELLULE_TEXTE}, {"signataire", "signataire", CELLULE_TEXTE},
    {"qualite_signataire", "qualité", CELLULE_TEXTE}, {"mode_signature", "mode", CELLULE_TEXTE},
    {"sous_condition", "sous condition", CELLULE_OUI_NON}, {"mention_segur", "mention Ségur", CELLULE_OUI_NON},
    {"deja_equipe", "déjà équipé", CELLULE_TEXTE}, {"reference_externe", "référence externe", CELLULE_TEXTE},
    {"lignes", "lignes", CELLULE_TEXTE}, {"engagement", "engagement", CELLULE_OUI_NON}, {"option", "option", CELLULE_OUI_NON},
    {"reste_a_charge", "reste à charge", CELLULE_MONTANT},
    {"contact_nom", "contact", CELLULE_TEXTE}, {"contact_fonction", "fonction", CELLULE_TEXTE},
    {"contact_courriel", "courriel", CELLULE_TEXTE}, {"contact_telephone", "téléphone", CELLULE_TEXTE},
    {"etat", "état", CELLULE_TEXTE}, {"reconstitue", "reconstitué", CELLULE_OUI_NON}};
#define N_COLONNES (sizeof colonnes / sizeof *colonnes)

#define VIE_ETAT_SQL "coalesce((select v.etat from vie v where v.commande = o.fait and v.le <= ?2 order by v.le desc, v.fait desc limit 1), 0)"
#define SQL_LISTE                                                                                                            \
    "select o.numero, e.et, e.ht_lu, e.libelle, e.commune, nullif(o.fournisseur, 0), o.ej, nullif(o.couloir, 0), "             \
    "o.date_commande, o.date_signature, o.solution, o.version, case when o.calcules & 1 then null else o.ht end, o.taux_tva, "  \
    "case when o.calcules & 2 then null else o.tva end, case when o.calcules & 4 then null else o.ttc end, "                   \
    "nullif(o.motif_tva, 0), coalesce(p.nom, case when o.signataire then '" NOM_EFFACE "' end), o.qualite, nullif(o.mode_signature, 0), o.sous_condition, o.mention_segur, "               \
    "coalesce(date(o.deja_equipe_depuis * 86400, 'unixepoch'), case o.deja_equipe when 1 then 'oui' when 0 then 'non' end), "   \
    "o.reference_externe, o.lignes, o.engagement, o.option, o.reste_a_charge, "                                              \
    "coalesce(kn.nom, case when k.nom then '" NOM_EFFACE "' end), k.fonction, coalesce(km.nom, case when k.courriel then '" NOM_EFFACE "' end), " \
    "coalesce(kt.nom, case when k.telephone then '" NOM_EFFACE "' end), case "                                              \
    "when o.remplacee_le <= ?1 and (o.annulee_le is null or o.annulee_le > ?2) then -1 "                                        \
    "else " VIE_ETAT_SQL " + 1000 * " LITIGE_ECARTEE_SQL("o.fait", "?1") " + 2000 * " LITIGE_OUVERT_SQL("o.fait", "?1") " end, case when d.emise_le <= ?2 then d.reconstitue end " \
    "from commande o join commande_essms e on e.commande = o.fait left join demande d on d.commande = o.fait and d.paiement = 1 " \
    "left join personne p on p.fait = o.signataire and p.champ = 'signataire' "                                                \
    "left join contact k on k.fait = (select max(c.fait) from contact c where c.commande = o.fait and c.retire_par is null) "  \
    "left join personne kn on kn.fait = k.fait and kn.champ = 'nom' left join personne km on km.fait = k.fait and km.champ = 'courriel' " \
    "left join personne kt on kt.fait = k.fait and kt.champ = 'telephone' where (o.date_signature is null or o.date_signature <= ?1) "

bool vue_commandes(struct contexte *ctx, int64_t commande, struct tableau_sortie *s)
{
    static mot_de *const mots[N_COLONNES] = {[7] = mot_couloir, [16] = mot_motif, [19] = mot_mode, [32] = mot_etat};
    char sql[4600];
    if (commande == 0)
        return vue_requete_mots(ctx, SQL_LISTE "order by o.fait, e.et", colonnes, mots, N_COLONNES, s);
    (void)sqlite3_snprintf(sizeof sql, sql, SQL_LISTE "and o.fait = %lld order by e.et", commande);
    return vue_requete_mots(ctx, sql, colonnes, mots, N_COLONNES, s);
}

/* --- one order ------------------------------------------------------------------------------------------------------- */

static void ligne(struct buffer *b, const char *titre, const char *valeur)
{
    if (valeur == NULL || *valeur == '\0')
        return;
    buffer_printf(b, "  %s", titre);
    for (size_t i = texte_width(titre, strlen(titre)); i < 20; i++)
        buffer_putc(b, ' ');
    buffer_printf(b, "%s\n", valeur);
}

static void ligne_jour(struct buffer *b, const char *titre, struct jour j)
{
    char t[JOUR_TEXTE_MAX];
    if (jour_present(j))
        ligne(b, titre, jour_fr(j, t));
}

static void ligne_montant(struct buffer *b, const char *titre, struct montant m, bool calcule)
{
    char t[MONTANT_TEXTE_MAX];
    struct buffer v = {0};
    if (!montant_present(m))
        return;
    buffer_printf(&v, "%s%s", montant_fr(m, t), calcule ? " (calculé, non lu)" : "");
    ligne(b, titre, v.bytes);
    buffer_free(&v);
}

static void dire_signataire(struct contexte *ctx, const struct dossier *d, struct buffer *b)
{
    struct buffer nom = {0};
    if (!d->signataire_present)
        return;
    const int lu = personne_lire(ctx->registre, d->signataire_fait, "signataire", &nom, NULL, ctx->diags);
    if (lu == 0)
        buffer_puts(&nom, "(nom effacé)");
    if (d->qualite_signataire[0] != '\0')
        buffer_printf(&nom, ", %s", d->qualite_signataire);
    if (d->mode_signature != MODE_ABSENT)
        buffer_printf(&nom, " (%s)", mode_signature_nom(d->mode_signature));
    ligne(b, "signataire", nom.bytes);
    buffer_free(&nom);
}

static void dire_montants(const struct dossier *d, struct buffer *b)
{
    char t[MONTANT_TEXTE_MAX];
    ligne_montant(b, "montant HT", d->ht, d->ht_calcule);
    if (taux_present(d->taux_tva))
        ligne(b, "taux de TVA", taux_fr(d->taux_tva, t));
    ligne_montant(b, "TVA", d->tva, d->tva_calculee);
    ligne_montant(b, "montant TTC", d->ttc, d->ttc_calcule);
}

static void dire_essms(const struct dossier *d, struct buffer *b)
{
    char t[FINESS_TEXTE_MAX], m[MONTANT_TEXTE_MAX];
    for (uint32_t i = 0; i < d->n_essms; i++) {
        const struct dossier_essms *e = &d->essms[i];
        buffer_printf(b, "  ESSMS %s", finess_texte(e->et, t));
        if (montant_present(e->ttc))
            buffer_printf(b, " : %s TTC", montant_fr(e->ttc, m));
        buffer_puts(b, e->dans_base || d->base.etat != BASE_DESIGNEE ? "\n" : " (absent de la base de référence)\n");
    }
}

/* Where a request stands: asked, sent, deposited, answered. */
static void dire_versement(const struct dossier_demande *x, const char *quoi, struct buffer *b)
{
    char m[MONTANT_TEXTE_MAX], t[INSTANT_TEXTE_MAX];
    if (!x->existe)
        return;
    buffer_printf(b, "  %-19s demande %lld, %s", quoi, (long long)x->numero, montant_fr(x->montant, m));
    if (x->version > 1)
        buffer_printf(b, ", version %u", x->version);
    if (x->emise)
        buffer_printf(b, ", émise le %s%s", instant_fr(x->emise_le, t), x->reconstitue ? " (reconstitué)" : "");
    if (instant_present(x->deposee_le))
        buffer_printf(b, ", déposée le %s", instant_fr(x->deposee_le, t));
    else if (x->emise)
        buffer_puts(b, ", non déposée");
    if (x->statut != STATUT_AUCUN)
        buffer_printf(b, ", %s le %s", statut_asp_label(x->statut), instant_fr(x->statut_le, t));
    else if (instant_present(x->deposee_le))
        buffer_puts(b, ", sans réponse");
    if (montant_present(x->paye) && x->paye.centimes != x->montant.centimes)
        buffer_printf(b, " (%s retenus)", montant_fr(x->paye, m));
    buffer_putc(b, '\n');
}

static void dire_demande(const struct dossier *d, struct buffer *b)
{
    dire_versement(&d->vie.avance, "avance", b);
    dire_versement(&d->vie.solde, "solde", b);
}

static void dire_pieces(const struct dossier *d, struct buffer *b)
{
    struct buffer v = {0};
    for (int i = 0; i < PIECE_ROLE_NOMBRE; i++)
        if (d->pieces[i])
            buffer_printf(&v, "%s%s", v.len > 0 ? ", " : "", piece_role_nom((enum piece_role)i));
    ligne(b, "pièces", v.len > 0 ? v.bytes : "aucune");
    buffer_free(&v);
}

static void dire_litige(struct contexte *ctx, const struct dossier *d, struct buffer *b)
{
    struct buffer phrase = {0}, a_faire = {0};
    if (d->etat == ETAT_EN_LITIGE && litige_dire(ctx, d->fait, ctx->au, &phrase, &a_faire)) {
        ligne(b, "litige", phrase.bytes);
        ligne(b, "", a_faire.bytes);
    }
    buffer_free(&phrase);
    buffer_free(&a_faire);
}

static void dire_verdict(const struct contexte *ctx, const struct dossier *d, struct arene *a, struct buffer *b)
{
    struct jugement j, emission;
    const bool en_vigueur = juger_etat(ctx, d, a, &j) && etat_en_vigueur((enum etat_commande)d->etat);
    const bool etat = !en_vigueur || d->etat == ETAT_EN_LITIGE || instant_present(d->vie.annulee_le);
    juger_emission(ctx, d, d->vie.avance.statut == STATUT_PAYEE ? PAIEMENT_SOLDE : PAIEMENT_AVANCE, a, &emission);
    const bool part = !en_vigueur || bilan_emettable(&emission.bilan);
    buffer_printf(b, "  verdict             %s%s\n", !part ? "une émission serait refusée :" : etat ? "une émission serait refusée, par son état" : "rien ne bloque une émission",
                  part && !bilan_emettable(&j.bilan) ? " ; à traiter :" : "");
    for (size_t i = 0; i < j.n; i++) {
        if (!constat_bloque(d, &j.constats[i]))
            continue;
        buffer_printf(b, "    %s %s : ", gravite_nom(constat_gravite(&j.constats[i])), regle_de(j.constats[i].regle)->ident);
        prose_message(d, &j.constats[i], b);
        buffer_putc(b, '\n');
    }
}

static void dire_commande(struct contexte *ctx, const struct dossier *d, struct arene *a, struct buffer *b)
{
    char t[FINESS_TEXTE_MAX], siren[10];
    struct buffer v = {0};
    buffer_printf(b, "Commande %s, %s (entrée %lld du journal)\n", d->numero, etat_label((enum etat_commande)d->etat), (long long)d->fait);
    if (d->fournisseur.siren != 0)
        buffer_printf(&v, "%s %s", siren_texte(d->fournisseur.siren, siren), d->fournisseur.nom);
    ligne(b, "fournisseur", v.bytes);
    ligne(b, "OG", d->ej != FINESS_ABSENT ? finess_texte(d->ej, t) : NULL);
    ligne(b, "couloir", couloir_nom(d->couloir));
    ligne_jour(b, "date du document", d->date_commande);
    ligne_jour(b, "signée le", d->date_signature);
    dire_signataire(ctx, d, b);
    buffer_clear(&v);
    buffer_printf(&v, "%s %s", d->solution_lue, d->version_solution);
    ligne(b, "solution", v.bytes);
    ligne(b, "référence externe", d->reference_externe);
    dire_montants(d, b);
    dire_essms(d, b);
    dire_pieces(d, b);
    dire_demande(d, b);
    dire_litige(ctx, d, b);
    if (d->etat != ETAT_ANNULEE && d->etat != ETAT_REMPLACEE)
        dire_verdict(ctx, d, a, b);
    buffer_free(&v);
}

bool vue_commande_voir(struct contexte *ctx, int64_t commande, struct buffer *texte)
{
    struct arene a = {0};
    struct dossier d;
    struct chargeur *c = chargeur_creer(ctx->registre, ctx->au, ctx->calendrier, ctx->diags);
    const int lu = c == NULL ? -1 : chargeur_un(c, commande, &a, &d, ctx->diags);
    bool ok = lu == 1;
    if (lu == 1) {
        dire_commande(ctx, &d, &a, texte);
        ok = histoire_dire(ctx, commande, true, texte);
    } else if (lu == 0)
        diag_erreur(ctx->diags, E_INCONNU, "cette commande n'était pas signée à cette date");
    chargeur_free(c);
    arene_free(&a);
    return ok;
}
