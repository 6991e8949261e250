/* Values of one order: typed, derived, shared between its ESSMS. */
#include <string.h>

#include "metier/actes.h"
#include "metier/commande_interne.h"
#include "noyau/fichier.h"
#include "registre/base.h"
#include "regles/bareme.h"

/* Reads the order's column where it was found; the readers take an empty cell as absent. */
#define LU(o, k) ((o)->source[k] == 0 ? (o)->ligne : (size_t)(o)->source[k] - 1)

static struct slice texte(struct lecture_commandes *l, const struct commande_lue *o, size_t k)
{
    return o->source[k] == 0 ? (struct slice){NULL, 0} : cellule_texte_de(&l->c, LU(o, k), k);
}

/* The supplier: given, else the holder when it is an éditeur; else 0 here, and the solution's éditeur at recording. */
static uint32_t fournisseur_lire(struct lecture_commandes *l, const struct commande_lue *o)
{
    const struct registre *r = l->ctx->registre;
    if (o->source[C_FOURNISSEUR] != 0)
        return cellule_siren_de(&l->c, LU(o, C_FOURNISSEUR), C_FOURNISSEUR);
    return registre_editeur(r);
}

/* oui, non, or the date since which the OG has the DUI. */
static void deja_equipe_lire(struct lecture_commandes *l, struct commande_lue *o)
{
    struct jour j;
    o->deja_equipe = TROIS_ABSENT;
    o->deja_depuis = JOUR_ABSENT;
    if (o->source[C_DEJA_EQUIPE] == 0)
        return;
    const size_t ligne = LU(o, C_DEJA_EQUIPE);
    if (jour_parse(feuille_valeur(l->c.f, ligne, C_DEJA_EQUIPE), &j)) {
        o->deja_depuis = cellule_jour_de(&l->c, ligne, C_DEJA_EQUIPE);
        o->deja_equipe = TROIS_OUI;
    } else {
        o->deja_equipe = cellule_oui_non_de(&l->c, ligne, C_DEJA_EQUIPE);
    }
}

static void mots_lire(struct lecture_commandes *l, struct commande_lue *o)
{
    struct slice m = cellule_mot_de(&l->c, LU(o, C_MOTIF_TVA), C_MOTIF_TVA, MOTS_MOTIF_TVA);
    o->motif = m.len == 0 ? MOTIF_ABSENT : motif_tva_parse(m.bytes, m.len);
    m = cellule_mot_de(&l->c, LU(o, C_MODE_SIGNATURE), C_MODE_SIGNATURE, MOTS_MODE);
    o->mode = m.len == 0 ? MODE_ABSENT : mode_signature_parse(m.bytes, m.len);
    o->sous_condition = cellule_oui_non_de(&l->c, LU(o, C_SOUS_CONDITION), C_SOUS_CONDITION);
    o->mention_segur = cellule_oui_non_de(&l->c, LU(o, C_MENTION_SEGUR), C_MENTION_SEGUR);
    o->couloir = cellule_couloir_de(&l->c, LU(o, C_COULOIR), C_COULOIR);
    o->engagement = cellule_oui_non_de(&l->c, LU(o, C_ENGAGEMENT), C_ENGAGEMENT);
    o->option = cellule_oui_non_de(&l->c, LU(o, C_OPTION), C_OPTION);
    deja_equipe_lire(l, o);
}

/* --- amounts ---------------------------------------------------------------------------------------------------- */

/* The sum of montant_ht_essms: all given and equal to montant_ht, or none given. */
static void ht_essms(struct lecture_commandes *l, struct commande_lue *o)
{
    struct montant somme = montant_of(0);
    uint32_t donnes = 0;
    for (uint32_t i = 0; i < o->n_essms; i++)
        if (montant_present(o->essms[i].ht_lu) && montant_add(somme, o->essms[i].ht_lu, &somme))
            donnes++;
    if (donnes == 0)
        return;
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    if (donnes < o->n_essms) {
        struct diag *d = cellule_faute(&l->c, E_SOMME, o->ligne, C_MONTANT_HT_ESSMS, "il manque le montant de certains ESSMS");
        diag_trouve(d, "montants donnés : %u, pour %u ESSMS", donnes, o->n_essms);
    } else if (!montant_present(o->ht)) {
        o->ht = somme;
        o->calcules |= CALCULE_HT;
    } else if (somme.centimes != o->ht.centimes) {
        struct diag *d = cellule_faute(&l->c, E_SOMME, LU(o, C_MONTANT_HT), C_MONTANT_HT,
                                       "la somme des montant_ht_essms n'est pas montant_ht");
        diag_trouve(d, "%s", montant_fr(somme, a));
        diag_attendu(d, "%s", montant_fr(o->ht, b));
        if (montant_present(o->ttc) && somme.centimes == o->ttc.centimes)
            diag_a_faire(d, "ces montants font le TTC : écrire le HT de chaque ESSMS");
        else if (donnes > 1 && o->essms[0].ht_lu.centimes == o->ht.centimes)
            diag_a_faire(d, "le total est répété sur chaque ligne : écrire le HT de chaque ESSMS, ou vider la colonne");
    }
}

/* What the document did not say is computed, and marked so: « calculé, non lu » (regles.md § 2). */
static void completer_montants(struct commande_lue *o)
{
    const bool ht = montant_present(o->ht);
    if (ht && taux_present(o->taux) && !montant_present(o->tva) && tva_calculer(o->ht, o->taux, &o->tva))
        o->calcules |= CALCULE_TVA;
    if (ht && montant_present(o->tva) && !montant_present(o->ttc) && montant_add(o->ht, o->tva, &o->ttc))
        o->calcules |= CALCULE_TTC;
}

/* Shares per ESSMS (regles.md § 2): equal, or in proportion to the HT given; sorted by FINESS number already. */
static void repartir(struct lecture_commandes *l, struct commande_lue *o)
{
    struct montant *poids = NULL, *ht = arene_alloc(&l->out->arene, o->n_essms * sizeof *ht),
                   *ttc = arene_alloc(&l->out->arene, o->n_essms * sizeof *ttc);
    if (montant_present(o->essms[0].ht_lu) && montant_present(o->ht) && o->ht.centimes > 0) {
        poids = arene_alloc(&l->out->arene, o->n_essms * sizeof *poids);
        for (uint32_t i = 0; i < o->n_essms; i++)
            poids[i] = montant_present(o->essms[i].ht_lu) ? o->essms[i].ht_lu : montant_of(0);
    }
    const bool ok_ht = montant_present(o->ht) && montant_repartir(o->ht, poids, o->n_essms, ht);
    const bool ok_ttc = montant_present(o->ttc) && montant_repartir(o->ttc, poids, o->n_essms, ttc);
    for (uint32_t i = 0; i < o->n_essms; i++) {
        o->essms[i].ht = ok_ht ? ht[i] : MONTANT_ABSENT;
        o->essms[i].ttc = ok_ttc ? ttc[i] : MONTANT_ABSENT;
    }
}

/* The lines under the State's sentence add up to montant_ht, when each has its amount. */
static void lignes_sommer(struct lecture_commandes *l, const struct commande_lue *o)
{
    struct montant etat = montant_of(0), og = montant_of(0), tout;
    char a[MONTANT_TEXTE_MAX], b[MONTANT_TEXTE_MAX];
    uint32_t n_etat = 0;
    for (uint32_t i = 0; i < o->n_lignes; i++) {
        const struct ligne_bon *x = &o->lignes[i];
        n_etat += !x->og;
        if (x->og && montant_present(x->ht))
            (void)montant_add(og, x->ht, &og);
        else if (!x->og && (!montant_present(x->ht) || !montant_add(etat, x->ht, &etat)))
            return;
    }
    if (n_etat == 0 || !montant_present(o->ht) || etat.centimes == o->ht.centimes)
        return;
    const bool total = montant_add(etat, og, &tout) && tout.centimes == o->ht.centimes;
    struct diag *d = cellule_faute(&l->c, E_SOMME, LU(o, C_LIGNES), C_LIGNES,
                                   total ? "montant_ht compte aussi les lignes que paie l'OG"
                                         : "la somme des lignes à la charge de l'État n'est pas montant_ht");
    diag_trouve(d, "%s", montant_fr(etat, a));
    diag_attendu(d, "%s", montant_fr(o->ht, b));
}

void commande_montants(struct lecture_commandes *l, struct commande_lue *o)
{
    ht_essms(l, o);
    completer_montants(o);
    repartir(l, o);
    lignes_sommer(l, o);
}

bool commande_montants_de(struct contexte *ctx, struct feuille *f, struct commandes_lues *lues, struct commande_lue *o)
{
    size_t n;
    struct lecture_commandes l = {.ctx = ctx, .out = lues, .c = {f, feuille_champs(FEUILLE_COMMANDES, &n), ctx->diags, true}};
    commande_montants(&l, o);
    return l.c.ok;
}

static void lignes_de_la_feuille(struct lecture_commandes *l, struct commande_lue *o)
{
    struct slice faute;
    if (o->source[C_LIGNES] == 0)
        return;
    o->lignes = arene_alloc(&l->out->arene, LIGNES_MAX * sizeof *o->lignes);
    if (lignes_lire(feuille_valeur(l->c.f, LU(o, C_LIGNES), C_LIGNES), o->lignes, &o->n_lignes, &faute))
        return;
    struct diag *d = cellule_faute(&l->c, E_VALEUR, LU(o, C_LIGNES), C_LIGNES, "ligne de commande illisible");
    diag_trouve(d, "« %.*s »", (int)(faute.len > 80 ? 80 : faute.len), faute.bytes);
    diag_attendu(d, "des lignes séparées par « | », chacune « nature montant » ou « nature montant og » ; natures : licence, installation, "
                    "maintenance, formation, suivi, certificat, messagerie, changement, rattrapage, infrastructure, autre");
    o->n_lignes = 0;
}

static void montants_lire(struct lecture_commandes *l, struct commande_lue *o)
{
    o->ht = cellule_montant_de(&l->c, LU(o, C_MONTANT_HT), C_MONTANT_HT);
    o->taux = cellule_taux_de(&l->c, LU(o, C_TAUX_TVA), C_TAUX_TVA);
    o->tva = cellule_montant_de(&l->c, LU(o, C_MONTANT_TVA), C_MONTANT_TVA);
    o->ttc = cellule_montant_de(&l->c, LU(o, C_MONTANT_TTC), C_MONTANT_TTC);
    o->reste_a_charge = cellule_montant_de(&l->c, LU(o, C_RESTE_A_CHARGE), C_RESTE_A_CHARGE);
    lignes_de_la_feuille(l, o);
    if (!l->valeurs)
        commande_montants(l, o);
}

/* --- piece ------------------------------------------------------------------------------------------------------ */

/* A piece that cannot be had is a fault of the sheet, unless the machine itself failed. */
static void piece_illisible(struct lecture_commandes *l, size_t ligne, const char *chemin, const struct diag_liste *cause)
{
    const bool machine = cause->n > 0 && strcmp(cause->items[0].code, erreur_texte(E_LECTURE)) == 0;
    diag_trouve(cellule_faute(&l->c, machine ? E_LECTURE : E_PIECE, ligne, C_PIECE, "la pièce ne se lit pas"), "%s : %s", chemin,
                cause->n > 0 ? cause->items[0].message : "illisible");
}

/* Reads, hashes and puts aside the piece that the sheet names. */
static bool piece_mettre_de_cote(struct lecture_commandes *l, size_t ligne, struct piece_vue *out)
{
    struct diag_liste *diags = l->ctx->diags, cause = {0};
    const struct lieu lieu = feuille_lieu(l->c.f, ligne, C_PIECE);
    const struct slice nom = feuille_valeur(l->c.f, ligne, C_PIECE);
    const bool fichier = feuille_est_fichier(l->c.f); /* a sheet names what lies beside it; the command line, what it likes */
    struct buffer b = {0};
    char *chemin = fichier ? fichier_chemin_relatif(lieu.fichier, nom) : memoire_strndup(nom.bytes, nom.len);
    bool ok = false;
    if (chemin == NULL)
        diag_attendu(cellule_faute(&l->c, E_CHEMIN, ligne, C_PIECE, "nom de fichier inacceptable"),
                     "un chemin relatif à la feuille, sans « .. »");
    else if (!fichier_lire(chemin, fichier ? FICHIER_SANS_LIEN : FICHIER_LIENS_SUIVIS, PIECE_MAX, &b, &cause))
        piece_illisible(l, ligne, chemin, &cause);
    else if (b.len == 0)
        (void)cellule_faute(&l->c, E_PIECE, ligne, C_PIECE, "la pièce est vide");
    else
        ok = true;
    if (ok)
        out->ref = (struct piece_ref){PIECE_BON_DE_COMMANDE, empreinte_de(b.bytes, b.len), b.len,
                                      slice_of(piece_media(b.bytes, b.len))};
    ok = ok && reserve_mettre(&l->out->reserve, &b, &out->place, diags);
    buffer_free(&b);
    diag_vider(&cause);
    memoire_free(chemin);
    return ok;
}

static void piece_lire(struct lecture_commandes *l, struct commande_lue *o)
{
    if (o->source[C_PIECE] == 0)
        return;
    const size_t rang = dico_mettre(&l->noms_pieces, feuille_valeur(l->c.f, LU(o, C_PIECE), C_PIECE), l->n_pieces);
    struct piece_vue *p = rang != DICO_ABSENT ? &l->pieces[rang] : NULL;
    if (p == NULL) {
        l->pieces = memoire_grow(l->pieces, &l->cap_pieces, l->n_pieces + 1, sizeof *l->pieces);
        p = &l->pieces[l->n_pieces++];
        p->lue = piece_mettre_de_cote(l, LU(o, C_PIECE), p);
    }
    o->piece = p->lue;
    o->piece_ref = p->ref;
    o->piece_place = p->place;
    l->c.ok = l->c.ok && p->lue;
}

/* An order signed tomorrow is not signed: no rule could see it. */
static void signature_venue(struct lecture_commandes *l, const struct commande_lue *o)
{
    char t[JOUR_TEXTE_MAX], u[JOUR_TEXTE_MAX];
    const struct jour jour = instant_jour(l->ctx->maintenant);
    if (!jour_present(o->date_signature) || jour_cmp(o->date_signature, jour) <= 0)
        return;
    struct diag *d = cellule_faute(&l->c, E_A_VENIR, LU(o, C_DATE_SIGNATURE), C_DATE_SIGNATURE, "la signature est à venir");
    diag_trouve(d, "%s", jour_fr(o->date_signature, t));
    diag_attendu(d, "au plus tard le %s", jour_fr(jour, u));
}

void commande_valeurs(struct lecture_commandes *l, struct commande_lue *o)
{
    o->numero = texte(l, o, C_NUMERO);
    o->solution = texte(l, o, C_SOLUTION);
    o->version = texte(l, o, C_VERSION_SOLUTION);
    o->signataire = texte(l, o, C_SIGNATAIRE);
    o->qualite = texte(l, o, C_QUALITE_SIGNATAIRE);
    if (slice_equals(o->signataire, NOM_EFFACE))
        o->signataire = (struct slice){NULL, 0};
    o->contact = contact_lire(&l->c, &l->out->arene, (const size_t[]){LU(o, C_CONTACT_NOM), LU(o, C_CONTACT_FONCTION), LU(o, C_CONTACT_COURRIEL),
                              LU(o, C_CONTACT_TELEPHONE)}, C_CONTACT_NOM);
    o->reference_externe = texte(l, o, C_REFERENCE_EXTERNE);
    o->fournisseur = fournisseur_lire(l, o);
    o->ej = cellule_finess_de(&l->c, LU(o, C_FINESS_EJ), C_FINESS_EJ);
    o->date_commande = cellule_jour_de(&l->c, LU(o, C_DATE_COMMANDE), C_DATE_COMMANDE);
    o->date_signature = cellule_jour_de(&l->c, LU(o, C_DATE_SIGNATURE), C_DATE_SIGNATURE);
    signature_venue(l, o);
    mots_lire(l, o);
    montants_lire(l, o);
    piece_lire(l, o);
}
