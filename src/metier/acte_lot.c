/* Emission of a lot: judge, write the XML, the ZIP, the facts; commit; publish the file. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <config.h>

#include "formats/lot_asp.h"
#include "formats/zip.h"
#include "metier/actes.h"
#include "metier/depots.h"
#include "metier/juger.h"
#include "metier/litiges.h"
#include "metier/lot_fichier.h"
#include "metier/transaction.h"
#include "noyau/fichier.h"
#include "registre/dossier_charger.h"
#include "regles/bareme.h"
#include "regles/cycle.h"

struct emettre {
    struct contexte *ctx;
    const struct lot_demande_emission *d;
    struct lot_emission *out;
    struct acte acte;
    struct arene arene;
    int64_t *retenues; /* orders accepted, in the order of their facts */
    size_t n_retenues, cap_retenues;
    struct lot_contenu contenu; /* their values, for the file */
    sqlite3_stmt *suites;       /* what happened to a request since */
};

/* --- judging ------------------------------------------------------------------------------------------------------ */

/* One request leaves in the lot. */
static void emission_fait(const struct emettre *e, int64_t commande, int64_t demande, struct fait *f)
{
    const bool solde = e->d->type == PAIEMENT_SOLDE;
    fait_init(f, solde ? FAIT_SOLDE_EMIS : FAIT_AVANCE_EMISE);
    fait_put_n(f, solde ? SM_COMMANDE : AE_COMMANDE, commande);
    fait_put_n(f, solde ? SM_DEMANDE : AE_DEMANDE, demande);
    fait_put_siren(f, solde ? SM_FOURNISSEUR : AE_FOURNISSEUR, e->d->fournisseur);
    fait_put_n(f, solde ? SM_LOT : AE_LOT, (int64_t)e->out->numero);
    fait_put_instant(f, solde ? SM_LE : AE_LE, e->ctx->le);
    fait_put_n(f, solde ? SM_RECONSTITUE : AE_RECONSTITUE, e->out->reconstitue);
}

static bool emission_ecrire(struct emettre *e, const struct dossier *d, const struct jugement *j, struct buffer *texte,
                            struct buffer *constats)
{
    struct fait f;
    emission_fait(e, d->fait, vie_demande(&d->vie, e->d->type)->numero, &f);
    buffer_clear(texte);
    buffer_clear(constats);
    fait_ecrire(&f, texte);
    jugement_ecrire(j, constats);
    return journal_append(e->ctx->registre, (struct slice){texte->bytes, texte->len}, (struct slice){constats->bytes, constats->len},
                          e->ctx->diags);
}

static void refuser(struct emettre *e, const struct dossier *d, const struct jugement *j)
{
    e->out->refusees++;
    jugement_dire(e->ctx, d, j, false, SORTIE_REFUS, NULL, NULL);
}

/* Not for a rule, but for its state: in a dispute, set aside. */
static bool etat_refuser(struct emettre *e, const struct dossier *d)
{
    struct buffer phrase = {0}, a_faire = {0}, commande = {0};
    e->out->refusees++;
    const bool ok = litige_dire(e->ctx, d->fait, e->ctx->le, &phrase, &a_faire);
    buffer_printf(&commande, "commande %s", d->numero);
    struct diag *g = diag_regle(e->ctx->diags, GRAVITE_ATTENTE, SORTIE_REFUS, erreur_texte(E_ETAT), "la demande n'est pas émise");
    diag_lieu(g, &(struct lieu){.fichier = commande.bytes});
    diag_trouve(g, "%s", phrase.len > 0 ? phrase.bytes : etat_label((enum etat_commande)(d->etat_acquis == ETAT_RENONCEE ? d->etat_acquis : d->etat)));
    diag_a_faire(g, "%s", a_faire.len > 0 ? a_faire.bytes : erreur_remede(E_ETAT));
    buffer_free(&commande);
    buffer_free(&phrase);
    buffer_free(&a_faire);
    return ok;
}

/* A lot rebuilt for a time past holds its requests as they were left to us then: what ASP was sent of them since, what it answered, a
 * lot cancelled, all come before. 1 such, 0 none, −1 a fault. */
static int suivie_depuis(struct emettre *e, const struct dossier *d)
{
    if (!e->out->reconstitue)
        return 0;
    if (e->suites == NULL &&
        (e->suites = registre_stmt(e->ctx->registre, "select 1 from vie where commande = ?1 and le > ?2 and paiement = ?3 and evenement in (?4, ?5, ?6, ?7) "
                                                     "limit 1", e->ctx->diags)) == NULL)
        return -1;
    (void)sqlite3_reset(e->suites);
    lier_n(e->suites, 1, d->fait);
    lier_n(e->suites, 2, e->ctx->le.s);
    lier_n(e->suites, 3, (int64_t)e->d->type);
    for (int i = 0; i < 4; i++)
        lier_n(e->suites, 4 + i, (int64_t[]){EV_EMISSION, EV_LOT_ANNULE, EV_DEPOT, EV_REPONSE}[i]);
    const int la = registre_suivant(e->ctx->registre, e->suites, e->ctx->diags);
    (void)sqlite3_reset(e->suites);
    return la;
}

static void suite_refuser(struct emettre *e, const struct dossier *d)
{
    struct buffer commande = {0};
    char t[INSTANT_TEXTE_MAX];
    e->out->refusees++;
    buffer_printf(&commande, "commande %s", d->numero);
    struct diag *g = diag_regle(e->ctx->diags, GRAVITE_ATTENTE, SORTIE_REFUS, erreur_texte(E_ETAT), "la demande n'est pas émise : elle a eu une suite depuis cette date");
    diag_lieu(g, &(struct lieu){.fichier = commande.bytes});
    diag_trouve(g, "--le %s", instant_fr(e->ctx->le, t));
    diag_a_faire(g, "donner une date qui suive la dernière étape de la demande (sons commande voir %s), ou rien pour maintenant", d->numero);
    buffer_free(&commande);
}

static bool retenir(struct emettre *e, const struct dossier *d)
{
    e->retenues = memoire_grow(e->retenues, &e->cap_retenues, e->n_retenues + 1, sizeof *e->retenues);
    e->retenues[e->n_retenues++] = d->fait;
    e->out->essms += d->n_essms;
    return lot_contenu_garder(&e->contenu, d, e->out->reconstitue) &&
           montant_add(e->out->somme, lot_demande_montant(&e->contenu.demandes[e->contenu.n_demandes - 1]), &e->out->somme);
}

/* Every request of that supplier and couloir is judged; those accepted have their entry appended at once and their values
 * kept. Their projection waits: the walk must not see what it changes. */
static bool juger_demandes(struct emettre *e)
{
    const struct chargeur_choix choix = {.fournisseur = e->d->fournisseur, .a_emettre = e->d->type};
    struct chargeur *c = chargeur_creer(e->ctx->registre, e->ctx->le, e->ctx->calendrier, e->ctx->diags);
    struct buffer texte = {0}, constats = {0};
    struct dossier d;
    struct jugement j;
    int suivie;
    int lu = c != NULL && chargeur_ouvrir(c, &choix, e->ctx->diags) ? 1 : -1;
    for (arene_reset(&e->arene); lu == 1 && (lu = chargeur_suivant(c, &e->arene, &d, e->ctx->diags)) == 1; arene_reset(&e->arene)) {
        if (d.couloir != e->d->couloir)
            continue;
        if (e->n_retenues == LOT_DEMANDES_MAX) {
            e->out->restantes++;
            continue;
        }
        juger_emission(e->ctx, &d, e->d->type, &e->arene, &j);
        if (!cycle_permet(e->d->type == PAIEMENT_SOLDE ? ACTE_EMETTRE_SOLDE : ACTE_EMETTRE_AVANCE, (enum etat_commande)d.etat, NULL) ||
            d.etat_acquis == ETAT_RENONCEE)
            lu = etat_refuser(e, &d) ? lu : -1;
        else if ((suivie = suivie_depuis(e, &d)) != 0)
            suivie < 0 ? (void)(lu = -1) : suite_refuser(e, &d);
        else if (!bilan_emettable(&j.bilan))
            refuser(e, &d, &j);
        else if (!emission_ecrire(e, &d, &j, &texte, &constats) || !retenir(e, &d))
            lu = -1;
    }
    chargeur_free(c);
    buffer_free(&texte);
    buffer_free(&constats);
    return lu == 0;
}

/* --- facts --------------------------------------------------------------------------------------------------------- */

static bool projeter_emissions(struct emettre *e, int64_t premier)
{
    struct fait f;
    projecteur_par_rafales(e->acte.p);
    for (size_t i = 0; i < e->n_retenues; i++) {
        emission_fait(e, e->retenues[i], (int64_t)e->contenu.demandes[i].numero, &f);
        if (!projeter(e->acte.p, premier + (int64_t)i, &f, e->ctx->diags))
            return false;
    }
    return projecteur_vider(e->acte.p, e->ctx->diags);
}

static bool lot_fait(struct emettre *e, const struct lot_fichier *l)
{
    char xml[EMPREINTE_HEX], zip[EMPREINTE_HEX];
    struct fait f;
    fait_init(&f, FAIT_LOT_EMIS);
    fait_put_siren(&f, LE_FOURNISSEUR, e->d->fournisseur);
    fait_put_n(&f, LE_LOT, (int64_t)e->out->numero);
    fait_put_couloir(&f, LE_COULOIR, e->d->couloir);
    fait_put_instant(&f, LE_LE, e->ctx->le);
    fait_put_n(&f, LE_RECONSTITUE, e->out->reconstitue);
    fait_put_n(&f, LE_NOMBRE, (int64_t)e->n_retenues);
    fait_put_montant(&f, LE_SOMME, e->out->somme);
    fait_put_texte(&f, LE_TYPE, paiement_nom(e->d->type));
    if (e->d->remplace != 0)
        fait_put_n(&f, LE_REMPLACE, (int64_t)e->d->remplace);
    fait_put_texte(&f, LE_XML, empreinte_hex(&l->xml, xml));
    fait_put_texte(&f, LE_ZIP, empreinte_hex(&l->zip, zip));
    return acte_fait(&e->acte, &f, (struct slice){NULL, 0});
}

static void rendre(struct emettre *e, const struct lot_fichier *l)
{
    e->out->demandes = e->n_retenues;
    e->out->pieces = e->contenu.n_pieces;
    (void)empreinte_hex(&l->xml, e->out->empreinte_xml);
    (void)empreinte_hex(&l->zip, e->out->empreinte_zip);
}

static bool numero_du_lot(struct emettre *e)
{
    char sql[96], siren[10];
    int64_t dernier;
    (void)snprintf(sql, sizeof sql, "select max(numero) from lot where fournisseur = %u", e->d->fournisseur);
    if (!registre_entier(e->ctx->registre, sql, 0, &dernier, e->ctx->diags))
        return false;
    e->out->numero = (uint64_t)dernier + 1;
    (void)snprintf(e->out->fichier, sizeof e->out->fichier, "lot-%s-%06llu.zip", siren_texte(e->d->fournisseur, siren),
                   (unsigned long long)e->out->numero);
    return true;
}

/* --- the act ------------------------------------------------------------------------------------------------------ */

/* « 5 enregistrée, 1 solde rejeté »: where the orders of this supplier are, as they were then. */
static void etats_compter(struct emettre *e, struct buffer *b)
{
    sqlite3_stmt *s = registre_stmt(e->ctx->registre, "select coalesce((select v.etat from vie v where v.commande = o.fait and v.le <= ?2 order by v.le desc, "
                                                      "v.fait desc limit 1), 0) as etat, count(*) from commande o where o.fournisseur = ?1 and "
                                                      "o.remplacee_par is null group by etat order by etat", e->ctx->diags);
    if (s == NULL)
        return;
    lier_n(s, 1, e->d->fournisseur);
    lier_n(s, 2, e->ctx->le.s);
    for (size_t n = 0; registre_suivant(e->ctx->registre, s, e->ctx->diags) == 1; n++)
        buffer_printf(b, "%s%lld %s", n > 0 ? ", " : " ; commandes du fournisseur : ", (long long)sqlite3_column_int64(s, 1),
                      etat_label((enum etat_commande)sqlite3_column_int(s, 0)));
    sqlite3_finalize(s);
}

static bool rien_a_emettre(struct emettre *e)
{
    struct buffer etats = {0};
    if (e->n_retenues > 0 && !(e->ctx->strict && e->out->refusees > 0))
        return false;
    buffer_printf(&etats, "demandes refusées : %zu", e->out->refusees);
    etats_compter(e, &etats);
    struct diag *d = diag_erreur(e->ctx->diags, E_LOT_VIDE, e->n_retenues > 0 ? "lot non émis : --strict et des demandes refusées"
                                                                             : "aucune demande à émettre");
    diag_trouve(d, "%s", etats.bytes);
    if (e->out->refusees > 0)
        diag_a_faire(d, "lever ce qui bloque chaque demande, puis recommencer");
    else if (e->d->type == PAIEMENT_SOLDE)
        diag_a_faire(d, "enregistrer des demandes de solde : sons solde demander");
    buffer_free(&etats);
    return true;
}

/* A lot is replaced once, when it is cancelled, by one of the same kind. */
static bool remplace_possible(struct emettre *e, struct lot_lu *ancien)
{
    struct arene a = {0};
    if (e->d->remplace == 0)
        return true;
    const int la = lot_du_numero(e->ctx, e->d->fournisseur, (int64_t)e->d->remplace, ancien);
    if (la < 0)
        return false;
    const char *pourquoi = la == 0                                  ? "il n'y a pas de lot de ce numéro"
                           : !instant_present(ancien->annule_le)    ? "ce lot n'est pas annulé : sons lot annuler"
                           : ancien->remplace_par != 0              ? "ce lot est déjà remplacé"
                           : ancien->paiement != e->d->type || ancien->couloir != e->d->couloir ? "ce lot est d'un autre type, ou d'un autre couloir"
                                                                    : NULL;
    if (pourquoi != NULL)
        diag_trouve(diag_erreur(e->ctx->diags, E_ETAT, "--remplace : %s", pourquoi), "%s",
                    la == 0 ? "aucun" : lot_nom(ancien, &a));
    arene_free(&a);
    return pourquoi == NULL;
}

/* Inside the transaction. The file is complete and on disk, under its temporary name, before the facts are committed. */
static bool emettre(struct emettre *e, struct lot_fichier *l)
{
    const int64_t premier = journal_prochain(e->ctx->registre);
    struct lot_lu ancien = {.xml = ""};
    if (!numero_du_lot(e) || !remplace_possible(e, &ancien) || !lot_contenu_ouvrir(&e->contenu, e->ctx, e->d->type) || !juger_demandes(e) ||
        rien_a_emettre(e))
        return false;
    struct lot_ordre ordre = {.ctx = e->ctx, .fournisseur = e->d->fournisseur, .couloir = e->d->couloir, .le = e->ctx->le,
                                    .numero = e->out->numero, .contenu = &e->contenu, .somme = e->out->somme,
                                    .reconstitue = e->out->reconstitue, .programme = PACKAGE_NAME " " PACKAGE_VERSION,
                                    .dossier = e->d->sortie, .nom = e->out->fichier, .annule = e->d->remplace};
    memcpy(ordre.annule_empreinte, ancien.xml, sizeof ordre.annule_empreinte);
    return lot_fichier_ecrire(&ordre, l) && projeter_emissions(e, premier) && lot_fait(e, l);
}

/* The facts are committed, or may be, and the file is not there: it can be written again at will. */
static void dire_manquant(struct emettre *e, bool enregistre)
{
    char siren[10];
    struct diag *d = diag_erreur(e->ctx->diags, E_ECRITURE, enregistre ? "le lot %llu est enregistré, mais son fichier n'est pas écrit" :
                                 "le fichier du lot %llu n'est pas écrit ; à écrire si le journal montre ce lot",
                                 (unsigned long long)e->out->numero);
    diag_a_faire(d, "sons lot emettre --fournisseur %s --couloir %s --sortie DOSSIER --lot %llu",
                 siren_texte(e->d->fournisseur, siren), couloir_nom(e->d->couloir), (unsigned long long)e->out->numero);
    e->out->fichier[0] = '\0';
}

bool lot_demandes_en_attente(struct contexte *ctx, enum paiement t, int64_t *n)
{
    char sql[96];
    (void)snprintf(sql, sizeof sql, "select count(*) from demande where paiement = %d and lot is null", (int)t);
    return registre_entier(ctx->registre, sql, 0, n, ctx->diags);
}

bool acte_lot_emettre(struct contexte *ctx, const struct lot_demande_emission *d, struct lot_emission *out)
{
    struct lot_fichier l = {0};
    *out = (struct lot_emission){.somme = montant_of(0), .type = d->type};
    if (d->refaire != 0)
        return lot_refaire(ctx, d, out);
    if (!acte_date(ctx))
        return false;
    out->reconstitue = ctx->le_donne && instant_cmp(ctx->le, ctx->maintenant) < 0;
    struct emettre e = {.ctx = ctx, .d = d, .out = out};
    bool ok = acte_debut(&e.acte, ctx);
    if (ok) {
        ok = emettre(&e, &l);
        ok = acte_fin(&e.acte, ok);
        rendre(&e, &l);
        out->emis = ok;
        if (!lot_fichier_publier(&l, ok && !ctx->essai, ctx->diags)) {
            dire_manquant(&e, true);
            ok = false;
        } else if (!ok && ctx->registre->incertaine) {
            dire_manquant(&e, false);
        }
    }
    sqlite3_finalize(e.suites);
    memoire_free(e.retenues);
    lot_contenu_fermer(&e.contenu);
    arene_free(&e.arene);
    return ok;
}
