/* Projectors of the mandates, the other names of solutions, the contacts and the erasures. */
#include "registre/etat_interne.h"

/* `not null` text columns: absent = ''. */
static void lier_texte(sqlite3_stmt *s, int i, const struct fait *f, enum fait_champ c)
{
    lier_slice(s, i, fait_slice(f, c));
}

bool projeter_mandat(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_MANDAT, diags);
    if (s == NULL)
        return false;
    lier_champ(s, 1, f, MD_DISTRIBUTEUR);
    lier_champ(s, 2, f, MD_EDITEUR);
    lier_texte(s, 3, f, MD_SOLUTION);
    lier_champ(s, 4, f, MD_DU);
    lier_n(s, 5, numero);
    lier_champ(s, 6, f, MD_AU_LE);
    lier_champ(s, 7, f, MD_PIECE);
    return registre_pas(p->r, s, diags);
}

bool projeter_mandat_retire(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    (void)numero;
    sqlite3_stmt *s = projecteur_stmt(p, Q_MANDAT_RETIRE, diags);
    if (s == NULL)
        return false;
    lier_champ(s, 1, f, MR_DISTRIBUTEUR);
    lier_champ(s, 2, f, MR_EDITEUR);
    lier_texte(s, 3, f, MR_SOLUTION);
    lier_champ(s, 4, f, MR_DU);
    lier_champ(s, 5, f, MR_RETIRE_LE);
    return registre_pas(p->r, s, diags);
}

bool projeter_surnom(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_SURNOM, diags);
    if (s == NULL)
        return false;
    lier_texte(s, 1, f, SN_NOM);
    lier_texte(s, 2, f, SN_NUMERO_ANS);
    lier_n(s, 3, numero);
    return registre_pas(p->r, s, diags);
}

bool projeter_surnom_retire(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    (void)numero;
    sqlite3_stmt *s = projecteur_stmt(p, Q_SURNOM_RETIRE, diags);
    if (s == NULL)
        return false;
    lier_texte(s, 1, f, SR_NOM);
    lier_texte(s, 2, f, SR_NUMERO_ANS);
    return registre_pas(p->r, s, diags);
}

static bool retirer_contact(struct projecteur *p, int64_t contact, int64_t numero, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_CONTACT_RETIRE, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, contact);
    lier_n(s, 2, numero);
    return registre_pas(p->r, s, diags);
}

bool projeter_contact(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_CONTACT, diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, numero);
    lier_champ(s, 2, f, CD_COMMANDE);
    lier_champ(s, 3, f, CD_FOURNISSEUR);
    lier_champ(s, 4, f, CD_FINESS_EJ);
    lier_texte(s, 5, f, CD_FONCTION);
    lier_n(s, 6, fait_get(f, CD_NOM)->present);
    lier_n(s, 7, fait_get(f, CD_COURRIEL)->present);
    lier_n(s, 8, fait_get(f, CD_TELEPHONE)->present);
    return registre_pas(p->r, s, diags) &&
           (!fait_get(f, CD_REMPLACE)->present || retirer_contact(p, fait_n(f, CD_REMPLACE), numero, diags));
}

bool projeter_contact_retire(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    return retirer_contact(p, fait_n(f, CR_CONTACT), numero, diags);
}

/* `<number of the fact> <field>`. */
static bool projeter_un_effacement(struct projecteur *p, int64_t numero, struct slice item, struct diag_liste *diags)
{
    sqlite3_stmt *s = projecteur_stmt(p, Q_EFFACEE, diags);
    struct slice mot;
    int64_t fait = 0;
    bool forme = mot_suivant(&item, &mot) && mot.len <= 18 && item.len > 0;
    for (size_t i = 0; forme && i < mot.len; i++) {
        forme = mot.bytes[i] >= '0' && mot.bytes[i] <= '9';
        fait = fait * 10 + (mot.bytes[i] - '0');
    }
    if (s == NULL || !forme) {
        if (s != NULL)
            diag_erreur(diags, E_JOURNAL_FORME, "l'entrée %lld du journal : « nom » malformé", (long long)numero);
        return false;
    }
    lier_n(s, 1, fait);
    lier_slice(s, 2, item);
    lier_n(s, 3, numero);
    return registre_pas(p->r, s, diags);
}

bool projeter_effacement(struct projecteur *p, int64_t numero, const struct fait *f, struct diag_liste *diags)
{
    const struct fait_valeur *l = fait_get(f, PE_NOM);
    for (int64_t i = 0; i < (l->present ? l->n : 0); i++)
        if (!projeter_un_effacement(p, numero, l->liste[i], diags))
            return false;
    return true;
}
