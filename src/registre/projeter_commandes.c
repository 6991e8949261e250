/* Projectors of the orders: registration, pieces, justifications, requests, lots. */
#include "registre/etat_interne.h"

#include <string.h>

#include "registre/piece.h"

bool mot_suivant(struct slice *reste, struct slice *mot)
{
    if (reste->len == 0)
        return false;
    const char *fin = memchr(reste->bytes, ' ', reste->len);
    mot->bytes = reste->bytes;
    mot->len = fin == NULL ? reste->len : (size_t)(fin - reste->bytes);
    const size_t saut = mot->len + (fin != NULL);
    reste->bytes += saut;
    reste->len -= saut;
    return mot->len > 0;
}

bool lire_part(struct slice *reste, int64_t *n, bool *present)
{
    struct slice mot;
    *n = 0;
    *present = false;
    if (!mot_suivant(reste, &mot))
        return false;
    if (slice_equals(mot, "-"))
        return true;
    *present = true;
    for (size_t i = 0; i < mot.len; i++) {
        if (mot.bytes[i] < '0' || mot.bytes[i] > '9' || i > 17)
            return false;
        *n = *n * 10 + (mot.bytes[i] - '0');
    }
    return true;
}

bool projection_mal_formee(int64_t numero, const char *cle, struct diag_liste *diags)
{
    diag_erreur(diags, E_JOURNAL_FORME, "l'entrée %lld du journal : « %s » malformé", (long long)numero, cle);
    return false;
}

/* The text kept for one ESSMS in a list of `<finess> <text>` (sorted as the ESSMS are); advances `rang`. */
static struct slice texte_essms(const struct fait_valeur *liste, size_t *rang, struct slice numero)
{
    if (!liste->present || *rang >= (size_t)liste->n)
        return (struct slice){NULL, 0};
    struct slice reste = liste->liste[*rang], mot;
    if (!mot_suivant(&reste, &mot) || mot.len != numero.len || memcmp(mot.bytes, numero.bytes, mot.len) != 0)
        return (struct slice){NULL, 0};
    (*rang)++;
    return reste;
}

static bool valeurs_un_essms(struct valeur *v, int64_t commande, struct slice ligne, const struct fait *f, size_t rangs[2], struct diag_liste *diags)
{
    struct slice mot;
    finess et;
    if (!mot_suivant(&ligne, &mot) || finess_parse(mot, &et) != NUMERO_VALIDE)
        return projection_mal_formee(commande, "essms", diags);
    valeur_n(&v[0], commande);
    valeur_n(&v[1], (int64_t)et);
    for (int i = 2; i <= 4; i++) {
        int64_t n;
        bool present;
        if (!lire_part(&ligne, &n, &present))
            return projection_mal_formee(commande, "essms", diags);
        valeur_n_ou_null(&v[i], n, present);
    }
    valeur_slice_ou_null(&v[5], texte_essms(fait_get(f, CE_LIBELLE), &rangs[0], mot));
    valeur_slice_ou_null(&v[6], texte_essms(fait_get(f, CE_COMMUNE), &rangs[1], mot));
    return true;
}

bool projeter_essms(struct projecteur *p, int64_t commande, const struct fait *f, struct diag_liste *diags)
{
    struct commande_projetee *c = &p->commande;
    const struct fait_valeur *l = fait_get(f, CE_ESSMS);
    const size_t n = l->present ? (size_t)l->n : 0;
    size_t rangs[2] = {0, 0};
    c->numero = 0;
    p->r->essms_changes++;
    c->essms = memoire_grow(c->essms, &c->cap_essms, n + 1, sizeof *c->essms);
    for (c->n_essms = 0; c->n_essms < n; c->n_essms++) {
        struct valeur *v = c->essms[c->n_essms];
        if (!valeurs_un_essms(v, commande, l->liste[c->n_essms], f, rangs, diags) || !projecteur_poser(p, R_ESSMS, v, ESSMS_COLONNES, diags))
            return false;
    }
    return true;
}

static int64_t bits_calcules(struct slice s)
{
    int64_t bits = 0;
    for (size_t i = 0; i < s.len;) {
        const size_t debut = i;
        while (i < s.len && s.bytes[i] != '+')
            i++;
        const struct slice mot = {s.bytes + debut, i - debut};
        bits |= slice_equals(mot, "ht") ? CALCULE_HT : slice_equals(mot, "tva") ? CALCULE_TVA : CALCULE_TTC;
        i++;
    }
    return bits;
}

bool projeter_une_piece(struct projecteur *p, int64_t commande, int64_t numero, struct slice texte, int64_t *bits,
                        struct diag_liste *diags)
{
    struct piece_ref ref;
    struct valeur *v = projecteur_ligne(p, R_PIECE, diags);
    if (v == NULL)
        return false;
    if (!piece_ref_lire(texte, &ref))
        return projection_mal_formee(numero, "piece", diags);
    *bits |= INT64_C(1) << ref.role;
    valeur_n(&v[0], commande);
    valeur_n(&v[1], (int64_t)ref.role);
    valeur_n(&v[2], numero);
    valeur_octets(&v[3], ref.empreinte.octets, sizeof ref.empreinte.octets);
    valeur_n(&v[4], (int64_t)ref.taille);
    valeur_slice(&v[5], ref.media);
    return rafale_poser(p->rafales[R_PIECE], diags);
}

/* The lines as the sheet writes them: the projection keeps that one text, which the loader and the export both read. */
static bool texte_des_lignes(int64_t numero, const struct fait *f, struct buffer *b, struct diag_liste *diags)
{
    const struct fait_valeur *v = fait_get(f, CE_LIGNES);
    struct ligne_bon lignes[LIGNES_MAX];
    uint32_t n = 0;
    buffer_clear(b);
    if (!v->present)
        return true;
    for (int64_t i = 0; i < v->n; i++) {
        struct ligne_bon ligne;
        if (!ligne_fait_lire(v->liste[i], &ligne))
            return projection_mal_formee(numero, "lignes", diags);
        lignes_ajouter(lignes, &n, &ligne);
    }
    lignes_ecrire(lignes, n, b);
    return true;
}

bool valeurs_commande(struct valeur *v, int64_t numero, const struct fait *f, struct buffer *lignes, struct diag_liste *diags)
{
    const struct slice motif = fait_slice(f, CE_MOTIF_TVA), mode = fait_slice(f, CE_MODE_SIGNATURE);
    if (!texte_des_lignes(numero, f, lignes, diags))
        return false;
    valeur_n(&v[1], fait_n(f, CE_FOURNISSEUR));
    valeur_slice(&v[2], fait_slice(f, CE_NUMERO));
    valeur_champ(&v[3], f, CE_FINESS_EJ);
    valeur_n(&v[4], fait_n(f, CE_COULOIR));
    valeur_champ(&v[5], f, CE_DATE_COMMANDE);
    valeur_champ(&v[6], f, CE_DATE_SIGNATURE);
    valeur_slice(&v[7], fait_slice(f, CE_SOLUTION));
    valeur_slice(&v[8], fait_slice(f, CE_VERSION_SOLUTION));
    valeur_champ(&v[9], f, CE_MONTANT_HT);
    valeur_champ(&v[10], f, CE_TAUX_TVA);
    valeur_champ(&v[11], f, CE_MONTANT_TVA);
    valeur_champ(&v[12], f, CE_MONTANT_TTC);
    valeur_n(&v[13], bits_calcules(fait_slice(f, CE_CALCULES)));
    valeur_n(&v[14], motif.len == 0 ? MOTIF_ABSENT : (int64_t)motif_tva_parse(motif.bytes, motif.len));
    valeur_slice(&v[15], fait_slice(f, CE_SIGNATAIRE));
    valeur_slice(&v[16], fait_slice(f, CE_QUALITE_SIGNATAIRE));
    valeur_n(&v[17], mode.len == 0 ? MODE_ABSENT : (int64_t)mode_signature_parse(mode.bytes, mode.len));
    valeur_n(&v[18], fait_trois(f, CE_SOUS_CONDITION));
    valeur_n(&v[19], fait_trois(f, CE_MENTION_SEGUR));
    valeur_n(&v[20], fait_trois(f, CE_DEJA_EQUIPE));
    valeur_champ(&v[21], f, CE_DEJA_EQUIPE_DEPUIS);
    valeur_slice(&v[24], fait_slice(f, CE_REFERENCE_EXTERNE));
    valeur_slice(&v[25], (struct slice){lignes->bytes, lignes->len});
    valeur_n(&v[26], fait_trois(f, CE_ENGAGEMENT));
    valeur_n(&v[27], fait_trois(f, CE_OPTION));
    valeur_champ(&v[28], f, CE_RESTE_A_CHARGE);
    return true;
}

bool projeter_commande(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct fait_valeur *pieces = fait_get(f, CE_PIECE);
    struct commande_projetee *c = &p->commande;
    int64_t bits = 0;
    for (int64_t i = 0; i < (pieces->present ? pieces->n : 0); i++)
        if (!projeter_une_piece(p, numero, numero, pieces->liste[i], &bits, diags))
            return false;
    if (!valeurs_commande(c->v, numero, f, &c->lignes, diags))
        return false;
    valeur_n(&c->v[0], numero);
    valeur_n(&c->v[22], fait_n(f, CE_ESSMS));
    valeur_n(&c->v[23], bits);
    if (!projecteur_poser(p, R_COMMANDE, c->v, COMMANDE_COLONNES, diags) || !projeter_essms(p, numero, f, diags))
        return false;
    c->numero = numero;
    return true;
}

bool projeter_commande_v1(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    struct fait actuel = *f;
    fait_actuel(&actuel);
    return projeter_commande(p, numero, &actuel, diags);
}

bool ajouter_pieces(struct projecteur *p, int64_t commande, int64_t bits, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_PIECES, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    lier_n(s, 2, bits);
    return rafale_vider(p->rafales[R_COMMANDE], diags) && registre_pas(p->r, s, diags);
}

bool projeter_piece(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const int64_t commande = fait_n(f, PJ_COMMANDE);
    int64_t bits = 0;
    return projeter_une_piece(p, commande, numero, fait_slice(f, PJ_PIECE), &bits, diags) &&
           ajouter_pieces(p, commande, bits, diags);
}

bool projeter_non_cumul(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const int64_t commande = fait_n(f, NC_COMMANDE);
    int64_t bits = 0;
    sqlite3_stmt *s = projecteur_stmt(p, Q_NON_CUMUL, diags);
    if (s == NULL || !projeter_une_piece(p, commande, numero, fait_slice(f, NC_PIECE), &bits, diags) ||
        !ajouter_pieces(p, commande, bits, diags))
        return false;
    lier_n(s, 1, commande);
    lier_n(s, 2, numero);
    lier_champ(s, 3, f, NC_DATE);
    return registre_pas(p->r, s, diags);
}

bool projeter_justification(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    struct empreinte e;
    sqlite3_stmt *s = projecteur_stmt(p, Q_JUSTIFICATION, diags);
    if (s == NULL || !empreinte_parse(fait_slice(f, DJ_CONSTAT), &e))
        return s != NULL && projection_mal_formee(numero, "constat", diags);
    lier_n(s, 1, fait_n(f, DJ_COMMANDE));
    lier_slice(s, 2, fait_slice(f, DJ_REGLE));
    lier_n(s, 3, numero);
    lier_octets(s, 4, e.octets, sizeof e.octets);
    lier_n(s, 5, fait_n(f, DJ_LE));
    lier_slice(s, 6, fait_slice(f, DJ_MOTIF));
    return registre_pas(p->r, s, diags);
}
