/* Projectors of what answers and pays the requests: returns, invoice, VA, money. */
#include "registre/etat_interne.h"

#include "registre/projeter_vie.h"

bool projeter_retour(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_RETOUR, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_champ(s, 2, f, RI_FOURNISSEUR);
    lier_champ(s, 3, f, RI_LOT);
    lier_champ(s, 4, f, RI_LOT_EMPREINTE);
    lier_champ(s, 5, f, RI_FICHIER);
    lier_champ(s, 6, f, RI_FORME);
    lier_champ(s, 7, f, RI_NOMBRE);
    lier_champ(s, 8, f, RI_LE);
    lier_champ(s, 9, f, RI_NUMERO);
    return registre_pas(p->r, s, diags);
}

/* The reasons as one text, ` | ` between them. */
static void motifs_joindre(const struct fait *f, struct buffer *b)
{
    const struct fait_valeur *v = fait_get(f, DR_MOTIF);
    for (int64_t k = 0; k < (v->present ? v->n : 0); k++) {
        buffer_puts(b, k > 0 ? " | " : "");
        buffer_append(b, v->liste[k].bytes, v->liste[k].len);
    }
}

static bool garder_numero_asp(struct projecteur *p, const struct fait *f, enum paiement t, struct diag_liste *diags)
{
    sqlite3_stmt *s;
    if (!fait_get(f, DR_NUMERO_ASP)->present)
        return true;
    if ((s = projecteur_stmt(p, Q_NUMERO_ASP, diags)) == NULL)
        return false;
    lier_n(s, 1, fait_n(f, DR_COMMANDE));
    lier_n(s, 2, (int64_t)t);
    lier_slice(s, 3, fait_slice(f, DR_NUMERO_ASP));
    lier_n(s, 4, fait_n(f, DR_DEMANDE));
    return registre_pas(p->r, s, diags);
}

bool projeter_reponse(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct slice mot = fait_slice(f, DR_STATUT);
    const int64_t commande = fait_n(f, DR_COMMANDE);
    const struct evenement e = {.type = EV_REPONSE, .paiement = paiement_lu(f, DR_PAIEMENT), .version = (uint32_t)fait_n(f, DR_VERSION),
                                .statut = statut_asp_parse(mot.bytes, mot.len), .le = fait_instant(f, DR_LE), .fait = numero,
                                .numero = fait_n(f, DR_DEMANDE), .montant = fait_montant(f, DR_MONTANT)};
    struct buffer motifs = {0};
    struct valeur *v = projecteur_ligne(p, R_REPONSE, diags);
    if (v == NULL)
        return false;
    valeur_n(&v[0], numero);
    valeur_n(&v[1], commande);
    valeur_n(&v[2], (int64_t)e.paiement);
    valeur_n(&v[3], e.numero);
    valeur_n(&v[4], e.version);
    valeur_n(&v[5], (int64_t)e.statut);
    valeur_n(&v[6], e.le.s);
    valeur_champ(&v[7], f, DR_NUMERO_ASP);
    valeur_champ(&v[8], f, DR_MONTANT);
    motifs_joindre(f, &motifs);
    valeur_slice(&v[9], (struct slice){motifs.bytes, motifs.len});
    valeur_champ(&v[10], f, DR_RETOUR);
    const bool pose = rafale_poser(p->rafales[R_REPONSE], diags);
    buffer_free(&motifs);
    return pose && garder_numero_asp(p, f, e.paiement, diags) &&
           piece_du_fait(p, commande, numero, f, DR_PIECE, diags) && vivre(p, commande, &e, diags);
}

/* Its row goes, what it was stays (table retiree). */
static bool retirer(struct projecteur *p, enum requete ligne, int64_t fait, struct diag_liste *diags)
{
    sqlite3_stmt *avant = projecteur_stmt(p, Q_RETIREE, diags), *s = projecteur_stmt(p, ligne, diags);
    if (avant == NULL || s == NULL)
        return false;
    lier_n(avant, 1, fait);
    lier_n(s, 1, fait);
    return registre_pas(p->r, avant, diags) && registre_pas(p->r, s, diags);
}

/* Its piece stays with the order: that document was received. */
bool projeter_reponse_retiree(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const int64_t commande = fait_n(f, RR_COMMANDE), fait = fait_n(f, RR_REPONSE);
    sqlite3_stmt *asp = projecteur_stmt(p, Q_NUMERO_ASP_RETROUVER, diags), *retour = projecteur_stmt(p, Q_RETOUR_RETIREE, diags);
    (void)numero;
    if (asp == NULL || retour == NULL || !rafale_vider(p->rafales[R_REPONSE], diags))
        return false;
    lier_n(asp, 1, commande);
    lier_n(asp, 2, (int64_t)paiement_lu(f, RR_PAIEMENT));
    lier_n(retour, 1, fait_n(f, RR_RETOUR)); /* 0, none, when it was entered by hand */
    return retirer(p, Q_REPONSE_RETIRER, fait, diags) && registre_pas(p->r, asp, diags) && registre_pas(p->r, retour, diags) &&
           vivre_sans(p, commande, fait, diags);
}

bool projeter_facture(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const int64_t commande = fait_n(f, FA_COMMANDE);
    const struct slice motif = fait_slice(f, FA_MOTIF_TVA);
    const struct evenement e = {.type = EV_FACTURE, .le = debut_du_jour(f, FA_DATE), .fait = numero, .montant = fait_montant(f, FA_MONTANT_TTC)};
    struct valeur *v = projecteur_ligne(p, R_FACTURE, diags);
    if (v == NULL)
        return false;
    valeur_n(&v[0], numero);
    valeur_n(&v[1], commande);
    valeur_slice(&v[2], fait_slice(f, FA_NUMERO));
    valeur_champ(&v[3], f, FA_DATE);
    valeur_n(&v[4], fait_n(f, FA_DEUX));
    valeur_champ(&v[5], f, FA_MONTANT_HT);
    valeur_champ(&v[6], f, FA_TAUX_TVA);
    valeur_champ(&v[7], f, FA_MONTANT_TVA);
    valeur_champ(&v[8], f, FA_MONTANT_TTC);
    valeur_n(&v[9], motif.len == 0 ? MOTIF_ABSENT : (int64_t)motif_tva_parse(motif.bytes, motif.len));
    valeur_n(&v[10], fait_trois(f, FA_MENTION_SEGUR));
    valeur_champ(&v[11], f, FA_CLIENT);
    valeur_n(&v[12], fait_get(f, FA_NOM)->present);
    valeur_n(&v[13], fait_trois(f, FA_ACCORDE));
    valeur_champ(&v[14], f, FA_PIECE);
    return rafale_poser(p->rafales[R_FACTURE], diags) && piece_du_fait(p, commande, numero, f, FA_PIECE, diags) && vivre(p, commande, &e, diags);
}

/* --- VA ---------------------------------------------------------------------------------------------------------------- */

static bool trois_lu(struct slice mot, int64_t *out)
{
    *out = slice_equals(mot, "oui") ? TROIS_OUI : slice_equals(mot, "non") ? TROIS_NON : TROIS_ABSENT;
    return *out != TROIS_ABSENT || slice_equals(mot, "-");
}

static bool projeter_va_essms(struct projecteur *p, int64_t numero, struct slice ligne, struct diag_liste *diags)
{
    struct valeur *v = projecteur_ligne(p, R_VA_ESSMS, diags);
    struct slice mot;
    finess et;
    int64_t n;
    bool present;
    if (v == NULL)
        return false;
    if (!mot_suivant(&ligne, &mot) || finess_parse(mot, &et) != NUMERO_VALIDE)
        return projection_mal_formee(numero, "essms", diags);
    valeur_n(&v[0], numero);
    valeur_n(&v[1], (int64_t)et);
    for (int i = 3; i <= 5; i++) {
        if (!mot_suivant(&ligne, &mot) || !trois_lu(mot, &n))
            return projection_mal_formee(numero, "essms", diags);
        valeur_n(&v[i - 1], n);
    }
    if (!mot_suivant(&ligne, &mot))
        return projection_mal_formee(numero, "essms", diags);
    valeur_n(&v[5], (int64_t)tbb_parse(mot.bytes, mot.len));
    for (int i = 7; i <= 9; i++) {
        if (!lire_part(&ligne, &n, &present))
            return projection_mal_formee(numero, "essms", diags);
        valeur_n_ou_null(&v[i - 1], n, present);
    }
    return rafale_poser(p->rafales[R_VA_ESSMS], diags);
}

bool projeter_va(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const int64_t commande = fait_n(f, VA_COMMANDE);
    const struct slice mode = fait_slice(f, VA_MODE);
    const struct fait_valeur *essms = fait_get(f, VA_ESSMS);
    const struct evenement e = {.type = EV_VA, .le = fait_instant(f, VA_LE), .fait = numero, .version = (uint32_t)fait_n(f, VA_VERSION),
                                .montant = MONTANT_ABSENT};
    struct valeur *v = projecteur_ligne(p, R_VA, diags);
    if (v == NULL)
        return false;
    valeur_n(&v[0], numero);
    valeur_n(&v[1], commande);
    valeur_n(&v[2], e.version);
    valeur_n(&v[3], e.le.s);
    valeur_n(&v[4], fait_get(f, VA_SIGNATAIRE)->present ? numero : 0);
    valeur_slice(&v[5], fait_slice(f, VA_QUALITE));
    valeur_n(&v[6], mode.len == 0 ? MODE_ABSENT : (int64_t)mode_signature_parse(mode.bytes, mode.len));
    valeur_champ(&v[7], f, VA_DELEGATION_LE);
    valeur_champ(&v[8], f, VA_DELEGATION);
    valeur_n(&v[9], fait_trois(f, VA_BON_FONCTIONNEMENT));
    valeur_n(&v[10], fait_n(f, VA_MSS_CAS));
    valeur_n(&v[11], fait_trois(f, VA_ACCORDE));
    valeur_champ(&v[12], f, VA_PIECE);
    if (!rafale_poser(p->rafales[R_VA], diags))
        return false;
    for (int64_t i = 0; i < (essms->present ? essms->n : 0); i++)
        if (!projeter_va_essms(p, numero, essms->liste[i], diags))
            return false;
    return piece_du_fait(p, commande, numero, f, VA_PIECE, diags) &&
           piece_du_fait(p, commande, numero, f, VA_DELEGATION, diags) && vivre(p, commande, &e, diags);
}

/* --- money ------------------------------------------------------------------------------------------------------------- */

bool projeter_virement(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_VIREMENT, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_n(s, 2, fait_n(f, VR_FOURNISSEUR));
    lier_n(s, 3, fait_n(f, VR_LE));
    lier_n(s, 4, fait_n(f, VR_MONTANT));
    lier_slice(s, 5, fait_slice(f, VR_REFERENCE));
    return registre_pas(p->r, s, diags);
}

bool projeter_virement_retire(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    (void)numero;
    return retirer(p, Q_VIREMENT_RETIRER, fait_n(f, VT_VIREMENT), diags);
}

bool projeter_encaissement(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct evenement e = {.type = EV_ENCAISSEMENT, .paiement = paiement_lu(f, EN_PAIEMENT), .le = debut_du_jour(f, EN_LE), .fait = numero,
                                .montant = fait_montant(f, EN_MONTANT)};
    struct valeur *v = projecteur_ligne(p, R_ENCAISSEMENT, diags);
    if (v == NULL)
        return false;
    valeur_n(&v[0], numero);
    valeur_n(&v[1], fait_n(f, EN_COMMANDE));
    valeur_n(&v[2], (int64_t)e.paiement);
    valeur_n(&v[3], e.montant.centimes);
    valeur_n(&v[4], fait_n(f, EN_LE));
    valeur_slice(&v[5], fait_slice(f, EN_REFERENCE));
    valeur_champ(&v[6], f, EN_VIREMENT);
    return rafale_poser(p->rafales[R_ENCAISSEMENT], diags) && vivre(p, fait_n(f, EN_COMMANDE), &e, diags);
}

bool projeter_encaissement_retire(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct evenement e = {.type = EV_ENCAISSEMENT, .paiement = paiement_lu(f, ER_PAIEMENT), .le = debut_du_jour(f, ER_LE), .fait = numero,
                                .montant = montant_of(-fait_n(f, ER_MONTANT))};
    sqlite3_stmt *s = projecteur_stmt(p, Q_ENCAISSEMENT_RETIRE, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, fait_n(f, ER_ENCAISSEMENT));
    lier_n(s, 2, numero);
    return rafale_vider(p->rafales[R_ENCAISSEMENT], diags) && registre_pas(p->r, s, diags) && vivre(p, fait_n(f, ER_COMMANDE), &e, diags);
}

struct somme_lue {
    enum requete requete;
    enum evenement_type type;
    enum fait_champ commande, le, montant, reference, piece;
};
/* A day counts at its end (regles.md § 8), and at the latest when it is told: what is said today has happened. */
static struct instant fin_ou_saisie(const struct projecteur *p, struct jour j)
{
    const struct instant fin = instant_fin_du_jour(j);
    return instant_present(p->saisie) && instant_cmp(p->saisie, fin) < 0 ? p->saisie : fin;
}

static bool projeter_somme(struct projecteur *p, int64_t numero, const struct fait *f, const struct somme_lue *m, struct diag_liste *diags)
{
    const int64_t commande = fait_n(f, m->commande);
    const struct evenement e = {.type = m->type, .le = fin_ou_saisie(p, fait_jour(f, m->le)), .fait = numero, .montant = fait_montant(f, m->montant)};
    sqlite3_stmt *s = projecteur_stmt(p, m->requete, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_n(s, 2, commande);
    lier_n(s, 3, fait_n(f, m->le));
    lier_n(s, 4, e.montant.centimes);
    lier_slice(s, 5, fait_slice(f, m->reference));
    return registre_pas(p->r, s, diags) && piece_du_fait(p, commande, numero, f, m->piece, diags) && vivre(p, commande, &e, diags);
}

bool projeter_ordre(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    return projeter_somme(p, numero, f, &(struct somme_lue){Q_ORDRE, EV_ORDRE, OR_COMMANDE, OR_LE, OR_MONTANT, OR_REFERENCE, OR_PIECE}, diags);
}

bool projeter_reversement(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    return projeter_somme(p, numero, f,
                          &(struct somme_lue){Q_REVERSEMENT, EV_REVERSEMENT, RE_COMMANDE, RE_LE, RE_MONTANT, RE_REFERENCE, RE_PIECE}, diags);
}

bool projeter_somme_retiree(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const bool ordre = slice_equals(fait_slice(f, ST_QUOI), "ordre");
    const int64_t fait = fait_n(f, ST_ENTREE);
    (void)numero;
    return retirer(p, ordre ? Q_ORDRE_RETIRER : Q_REVERSEMENT_RETIRER, fait, diags) && vivre_sans(p, fait_n(f, ST_COMMANDE), fait, diags);
}
