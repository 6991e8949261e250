#include "registre/dossier_charger.h"

#include <string.h>

#include "registre/charger_interne.h"
#include "registre/etat_interne.h"
#include "registre/piece.h"

#define SQL_COMMANDE                                                                                                        \
    "select fait, fournisseur, numero, ej, couloir, date_commande, date_signature, solution, version, ht, taux_tva, tva, "   \
    "ttc, calcules, motif_tva, signataire, qualite, mode_signature, sous_condition, mention_segur, deja_equipe, "             \
    "deja_equipe_depuis, essms, pieces, reference_externe, lignes, engagement, option, reste_a_charge, "                     \
    "remplacee_le from commande where fait between ?1 and ?2 "                                                               \
    "and (date_signature is null or date_signature <= ?3) "
#define SQL_ESSMS                                                                                                           \
    "select commande, et, ht, ttc, null, libelle, commune from commande_essms where commande between ?1 and ?2 order by commande, et"

struct chargeur *chargeur_creer(struct registre *r, struct instant au, enum calendrier calendrier, struct diag_liste *diags)
{
    struct chargeur *c = memoire_calloc(1, sizeof *c);
    c->r = r;
    c->au = au;
    c->jour = instant_jour(au);
    c->calendrier = calendrier;
    c->finess = finess_lecteur_creer(r, diags);
    if (c->finess != NULL)
        finess_lecteur_par_images(c->finess);
    if (c->finess != NULL && chargeur_registres(c, diags) && charger_voisins_preparer(c, diags) && charger_vie_preparer(c, diags))
        return c;
    chargeur_free(c);
    return NULL;
}

void chargeur_fermer(struct chargeur *c)
{
    sqlite3_finalize(c->commandes);
    sqlite3_finalize(c->essms.s);
    sqlite3_finalize(c->vie.s);
    c->commandes = c->essms.s = c->vie.s = NULL;
    c->essms.ligne = c->vie.ligne = false;
}

void chargeur_free(struct chargeur *c)
{
    if (c == NULL)
        return;
    chargeur_fermer(c);
    sqlite3_finalize(c->autres);
    sqlite3_finalize(c->financement);
    sqlite3_finalize(c->attestation);
    sqlite3_finalize(c->justification);
    sqlite3_finalize(c->finances);
    sqlite3_finalize(c->litige);
    charger_vie_free(c);
    finess_lecteur_free(c->finess);
    chargeur_registres_free(c);
    memoire_free(c->pris);
    memoire_free(c->pris_tetes);
    buffer_free(&c->pli);
    buffer_free(&c->og_octets);
    memoire_free(c);
}

/* --- the walk --------------------------------------------------------------------------------------------------- */

static void suspendre_parcours(struct chargeur *c)
{
    (void)sqlite3_reset(c->commandes);
    (void)sqlite3_reset(c->essms.s);
    (void)sqlite3_reset(c->vie.s);
}

/* A walk like the one before it (one order, then another) keeps its statements. */
static bool preparer_parcours(struct chargeur *c, const struct chargeur_choix *choix, struct diag_liste *diags)
{
    char sql[1200];
    const bool fournisseur = choix->fournisseur != 0, a_emettre = choix->a_emettre != PAIEMENT_AUCUN;
    if (c->vie.s != NULL && c->par_fournisseur == fournisseur && c->par_emission == a_emettre) {
        suspendre_parcours(c);
        return true;
    }
    chargeur_fermer(c);
    c->par_fournisseur = fournisseur;
    c->par_emission = a_emettre;
    (void)sqlite3_snprintf(sizeof sql, sql, SQL_COMMANDE "%s%s order by fait", fournisseur ? "and fournisseur in (0, ?4) " : "",
                           a_emettre ? "and fait in (select commande from demande where paiement = ?5 and lot is null) and annulee_le is null and remplacee_par is null " : "");
    c->commandes = registre_stmt(c->r, sql, diags);
    c->essms.s = registre_stmt(c->r, SQL_ESSMS, diags);
    c->vie.s = registre_stmt(c->r, "select commande, " VIE_COLONNES " from vie where commande between ?1 and ?2 order by commande, le, fait", diags);
    return c->commandes != NULL && c->essms.s != NULL && c->vie.s != NULL;
}

static void borner(sqlite3_stmt *s, int64_t de, int64_t a)
{
    lier_n(s, 1, de);
    lier_n(s, 2, a);
}

bool suiveur_avancer(struct chargeur *c, struct suiveur *f, struct diag_liste *diags)
{
    const int rc = sqlite3_step(f->s);
    f->ligne = rc == SQLITE_ROW;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        registre_faute(c->r, diags);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

bool suiveur_placer(struct chargeur *c, struct suiveur *f, int64_t commande, bool *la, struct diag_liste *diags)
{
    while (f->ligne && sqlite3_column_int64(f->s, 0) < commande)
        if (!suiveur_avancer(c, f, diags))
            return false;
    *la = f->ligne && sqlite3_column_int64(f->s, 0) == commande;
    return true;
}

bool chargeur_ouvrir(struct chargeur *c, const struct chargeur_choix *choix, struct diag_liste *diags)
{
    const int64_t de = choix->de, a = choix->a == 0 ? INT64_MAX : choix->a;
    c->fournisseur = choix->fournisseur;
    if (!preparer_parcours(c, choix, diags))
        return false;
    borner(c->commandes, de, a);
    borner(c->essms.s, de, a);
    borner(c->vie.s, de, a);
    lier_n(c->commandes, 3, c->jour.n);
    if (choix->fournisseur != 0)
        lier_n(c->commandes, 4, choix->fournisseur);
    if (choix->a_emettre != PAIEMENT_AUCUN)
        lier_n(c->commandes, 5, (int64_t)choix->a_emettre);
    c->sans_voisins = choix->sans_voisins;
    if (!c->sans_voisins && !charger_pris(c, diags))
        return false;
    finess_lecteur_attendre(c->finess, !c->sans_voisins && choix->de == 0 && choix->a == 0 ? c->n_pris : 0);
    return suiveur_avancer(c, &c->essms, diags) && suiveur_avancer(c, &c->vie, diags);
}

/* --- one order -------------------------------------------------------------------------------------------------- */

static char *valeur_arene(struct arene *a, const struct valeur *v)
{
    return slice_arene(a, valeur_texte(v));
}

/* The projector wrote this text: it reads. */
static void colonne_lignes(struct slice texte, struct arene *a, struct dossier *d)
{
    struct slice faute;
    if (texte.len == 0)
        return;
    struct ligne_bon *lignes = arene_alloc(a, LIGNES_MAX * sizeof *lignes);
    (void)lignes_lire(texte, lignes, &d->n_lignes, &faute);
    d->lignes = lignes;
}

void dossier_colonnes(struct chargeur *c, const struct valeur *v, struct arene *a, struct dossier *d)
{
    const int64_t calcules = valeur_entier(&v[13]), pieces = valeur_entier(&v[23]);
    *d = (struct dossier){
        .au = c->au, .calendrier = c->calendrier, .fait = valeur_entier(&v[0]), .numero = valeur_arene(a, &v[2]), .ej = (finess)valeur_entier(&v[3]),
        .couloir = (enum couloir)valeur_entier(&v[4]), .date_commande = valeur_jour(&v[5]), .date_signature = valeur_jour(&v[6]),
        .solution_lue = valeur_arene(a, &v[7]), .version_solution = valeur_arene(a, &v[8]), .ht = valeur_montant(&v[9]),
        .taux_tva = valeur_est_n(&v[10]) ? (struct taux){(int32_t)v[10].n} : TAUX_ABSENT,
        .tva = valeur_montant(&v[11]), .ttc = valeur_montant(&v[12]), .ht_calcule = (calcules & CALCULE_HT) != 0,
        .tva_calculee = (calcules & CALCULE_TVA) != 0, .ttc_calcule = (calcules & CALCULE_TTC) != 0,
        .motif_tva = (enum motif_tva)valeur_entier(&v[14]), .signataire_present = valeur_entier(&v[COLONNE_SIGNATAIRE]) != 0,
        .signataire_fait = valeur_entier(&v[COLONNE_SIGNATAIRE]), .qualite_signataire = valeur_arene(a, &v[16]),
        .mode_signature = (enum mode_signature)valeur_entier(&v[17]), .sous_condition = (enum trois)valeur_entier(&v[18]), .mention_segur = (enum trois)valeur_entier(&v[19]),
        .deja_equipe = (enum trois)valeur_entier(&v[20]), .deja_equipe_depuis = valeur_jour(&v[21]), .n_essms = (uint32_t)valeur_entier(&v[22]),
        .reference_externe = valeur_arene(a, &v[24]), .engagement = (enum trois)valeur_entier(&v[26]), .option = (enum trois)valeur_entier(&v[27]),
        .reste_a_charge = valeur_montant(&v[28]),
    };
    for (int i = 0; i < PIECE_ROLE_NOMBRE; i++)
        d->pieces[i] = (pieces >> i & 1) != 0;
    colonne_lignes(valeur_texte(&v[25]), a, d);
    charger_fournisseur(c, (uint32_t)valeur_entier(&v[1]), d);
}

void dossier_un_essms(const struct valeur *v, struct arene *a, struct dossier_essms *e)
{
    *e = (struct dossier_essms){.et = (finess)valeur_entier(&v[1]), .ht = valeur_montant(&v[2]), .ttc = valeur_montant(&v[3]),
                                .libelle_lu = valeur_arene(a, &v[5]), .commune_lue = valeur_arene(a, &v[6])};
}

static bool colonnes_essms(struct chargeur *c, struct arene *a, struct dossier *d, struct diag_liste *diags)
{
    const uint32_t attendus = d->n_essms;
    struct valeur v[ESSMS_COLONNES];
    bool la;
    d->essms = arene_alloc(a, attendus * sizeof *d->essms);
    d->n_essms = 0;
    while (suiveur_placer(c, &c->essms, d->fait, &la, diags) && la && d->n_essms < attendus) {
        valeurs_lues(c->essms.s, v, ESSMS_COLONNES);
        dossier_un_essms(v, a, &d->essms[d->n_essms++]);
        if (!suiveur_avancer(c, &c->essms, diags))
            return false;
    }
    if (d->n_essms == attendus && !la)
        return true;
    diag_erreur(diags, E_JOURNAL_ETAT, "la commande %s n'a pas tous ses ESSMS", d->numero);
    return false;
}

/* A replacement is told by the new order, on the day of its signature: whatever the request had come to. */
static bool colonnes_vie(struct chargeur *c, struct jour remplacee, struct arene *a, struct dossier *d, struct diag_liste *diags)
{
    if (!charger_vie(c, a, d, diags))
        return false;
    if (jour_present(remplacee) && !instant_present(d->vie.annulee_le)) {
        d->etat_acquis = ETAT_REMPLACEE;
        if (jour_cmp(remplacee, c->jour) <= 0)
            d->etat = ETAT_REMPLACEE;
    }
    return true;
}

bool dossier_completer(struct chargeur *c, struct jour remplacee, struct arene *a, struct dossier *out, struct diag_liste *diags)
{
    if (!colonnes_vie(c, remplacee, a, out, diags) || !charger_litige(c, out->fait, &out->etat, &out->etat_acquis, diags))
        return false;
    charger_solution(c, out);
    return (c->fournisseur != 0 && out->fournisseur.siren != c->fournisseur) ||
           (charger_base(c, a, out, diags) && (c->sans_voisins || charger_voisins(c, a, out, diags)));
}

/* The row that the cursor is on. */
static bool lire(struct chargeur *c, struct arene *a, struct dossier *out, struct diag_liste *diags)
{
    struct valeur v[COLONNES_LUES];
    valeurs_lues(c->commandes, v, COLONNES_LUES);
    const struct jour remplacee = valeur_jour(&v[COLONNE_REMPLACEE]);
    dossier_colonnes(c, v, a, out);
    return colonnes_essms(c, a, out, diags) && dossier_completer(c, remplacee, a, out, diags);
}

int chargeur_suivant(struct chargeur *c, struct arene *a, struct dossier *out, struct diag_liste *diags)
{
    int rc;
    while ((rc = sqlite3_step(c->commandes)) == SQLITE_ROW) {
        if (!lire(c, a, out, diags))
            return -1;
        if (c->fournisseur == 0 || out->fournisseur.siren == c->fournisseur)
            return 1;
    }
    if (rc != SQLITE_DONE)
        registre_faute(c->r, diags);
    return rc == SQLITE_DONE ? 0 : -1;
}

int chargeur_un(struct chargeur *c, int64_t commande, struct arene *a, struct dossier *out, struct diag_liste *diags)
{
    const struct chargeur_choix choix = {.de = commande, .a = commande};
    if (!chargeur_ouvrir(c, &choix, diags))
        return -1;
    const int rc = chargeur_suivant(c, a, out, diags);
    suspendre_parcours(c);
    return rc;
}
