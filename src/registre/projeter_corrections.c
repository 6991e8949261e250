/* Projectors of what happens to an order after its registration: corrections, replacement, cancellation, notes. */
#include "registre/contenu.h"
#include "registre/projeter_vie.h"

static bool executer(struct projecteur *p, enum requete q, int64_t commande, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, q, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    return projecteur_pas(p, s, diags);
}

/* The pieces of the former content give way to those of the new one; those joined apart stay. */
static bool refaire_pieces(struct projecteur *p, int64_t commande, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct fait_valeur *pieces = fait_get(f, CE_PIECE);
    int64_t bits = 0;
    if (!executer(p, Q_PIECES_RETIRER, commande, diags))
        return false;
    for (int64_t i = 0; i < (pieces->present ? pieces->n : 0); i++)
        if (!projeter_une_piece(p, commande, numero, pieces->liste[i], &bits, diags))
            return false;
    return true;
}

/* The order that this one replaced ends on its signature, corrected with it. */
static bool suivre_signature(struct projecteur *p, int64_t commande, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_SUITE, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, commande);
    lier_champ(s, 2, f, CE_DATE_SIGNATURE);
    return projecteur_pas(p, s, diags);
}

bool projeter_correction(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const int64_t commande = fait_commande(f, numero);
    struct arene a = {0};
    struct buffer lignes = {0};
    struct valeur v[COMMANDE_COLONNES] = {{0}};
    struct fait contenu;
    sqlite3_stmt *s = projecteur_stmt(p, Q_CORRIGER, diags);
    bool ok = s != NULL;
    if (ok && !contenu_lire(f, &a, &contenu))
        ok = projection_mal_formee(numero, "contenu", diags);
    ok = ok && refaire_pieces(p, commande, numero, &contenu, diags);
    ok = ok && valeurs_commande(v, numero, &contenu, &lignes, diags);
    if (ok) {
        valeur_n(&v[0], commande);
        valeur_n(&v[22], fait_n(&contenu, CE_ESSMS));
        valeur_n(&v[23], numero);
        valeurs_lier(s, v, COMMANDE_COLONNES);
        ok = projecteur_pas(p, s, diags) && executer(p, Q_ESSMS_RETIRER, commande, diags) &&
             projeter_essms(p, commande, &contenu, diags) && suivre_signature(p, commande, &contenu, diags);
    }
    buffer_free(&lignes);
    arene_free(&a);
    return ok;
}

bool projeter_remplacement(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_REMPLACER, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, fait_n(f, CP_COMMANDE));
    lier_n(s, 2, fait_n(f, CP_PAR));
    return projecteur_pas(p, s, diags) && raconter(p, fait_n(f, CP_PAR), numero, diags); /* the new order tells it too */
}

bool projeter_annulation(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const int64_t commande = fait_n(f, CA_COMMANDE);
    const enum fait_champ pieces[] = {CA_ATTESTATION, CA_RENONCIATION};
    const struct evenement e = {.type = EV_ANNULATION, .le = fait_instant(f, CA_LE), .fait = numero, .montant = MONTANT_ABSENT};
    sqlite3_stmt *s = projecteur_stmt(p, Q_ANNULER, diags);
    int64_t bits = 0;
    if (s == NULL)
        return false;
    for (int i = 0; i < 2; i++)
        if (fait_get(f, pieces[i])->present &&
            !projeter_une_piece(p, commande, numero, fait_slice(f, pieces[i]), &bits, diags))
            return false;
    lier_n(s, 1, commande);
    lier_n(s, 2, fait_n(f, CA_LE));
    return projecteur_pas(p, s, diags) && ajouter_pieces(p, commande, bits, diags) && vivre(p, commande, &e, diags);
}

/* A note is read in the journal: the history alone knows where. */
bool projeter_note(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    (void)p, (void)numero, (void)f, (void)diags;
    return true;
}
