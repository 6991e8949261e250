/* Suppliers and what hangs on them; mandates. */
#include "metier/contact.h"
#include "metier/vue_commun.h"
#include "registre/base.h"
#include "regles/dossier.h"

bool vue_mandats(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne c[] = {
        {"distributeur", "distributeur", CELLULE_SIREN}, {"editeur", "éditeur", CELLULE_SIREN}, {"solution", "solution", CELLULE_TEXTE},
        {"du", "du", CELLULE_JOUR},                      {"au_le", "jusqu'au", CELLULE_JOUR},   {"retire_le", "retiré", CELLULE_JOUR}};
    return vue_requete(ctx, "select distributeur, editeur, solution, du, au_le, retire_le from mandat "
                            "order by distributeur, editeur, solution, du", c, sizeof c / sizeof *c, s);
}

/* Those in use; an order as SIREN/NUMERO, never ambiguous. */
bool vue_contacts(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne c[] = {
        {"commande", "commande", CELLULE_TEXTE}, {"fournisseur", "fournisseur", CELLULE_SIREN}, {"finess_ej", "OG", CELLULE_FINESS},
        {"nom", "nom", CELLULE_TEXTE},           {"fonction", "fonction", CELLULE_TEXTE},       {"courriel", "courriel", CELLULE_TEXTE},
        {"telephone", "téléphone", CELLULE_TEXTE}};
    return vue_requete(ctx, "select case when o.fournisseur > 0 then printf('%09d/', o.fournisseur) else '' end || o.numero, c.fournisseur, c.ej, "
                            "coalesce(n.nom, case when c.nom then '" NOM_EFFACE "' end), c.fonction, "
                            "coalesce(m.nom, case when c.courriel then '" NOM_EFFACE "' end), "
                            "coalesce(t.nom, case when c.telephone then '" NOM_EFFACE "' end) from contact c left join commande o on o.fait = c.commande "
                            "left join personne n on n.fait = c.fait and n.champ = 'nom' left join personne m on m.fait = c.fait and m.champ = 'courriel' "
                            "left join personne t on t.fait = c.fait and t.champ = 'telephone' where c.retire_par is null order by c.fait",
                       c, sizeof c / sizeof *c, s);
}

/* --- one supplier ----------------------------------------------------------------------------------------------------- */

/* Bound by name through its number, which is ours: nine digits. */
#define SQL_VOIR                                                                                                              \
    "with moi(siren) as (values (%u)) "                                                                                       \
    "select 'mandat reçu', printf('%%09d', editeur), coalesce(nullif(solution, ''), 'toutes les solutions'), du, "            \
    "coalesce(retire_le, au_le), null from mandat, moi where distributeur = siren "                                           \
    "union all select 'mandat donné', printf('%%09d', distributeur), coalesce(nullif(solution, ''), 'toutes les solutions'), du, " \
    "coalesce(retire_le, au_le), null from mandat, moi where editeur = siren "                                                \
    "union all select 'solution', numero_ans, nom || ' ' || version, reference_le, retire_le, null from solution, moi "       \
    "where siren_editeur = siren "                                                                                            \
    "union all select 'contact', coalesce(p.nom, '(effacé)'), c.fonction, null, null, null from contact c "                   \
    "left join personne p on p.fait = c.fait and p.champ = case when c.nom then 'nom' else 'courriel' end, moi "              \
    "where c.fournisseur = siren and c.retire_par is null "                                                                   \
    "union all select 'commande', numero, solution || ' ' || version, date_signature, null, ttc from commande, moi "          \
    "where fournisseur = siren and (date_signature is null or date_signature <= ?1) "                                         \
    "union all select case d.paiement when 2 then 'demande de solde' else 'demande' end, printf('%%d', d.numero), case when d.lot is null then 'commande ' || o.numero "              \
    "else 'commande ' || o.numero || ', lot ' || d.lot || case when d.reconstitue then ' (reconstitué)' else '' end end, null, null, d.montant " \
    "from demande d join commande o on o.fait = d.commande, moi where o.fournisseur = siren and (o.date_signature is null or o.date_signature <= ?1)"

static bool entete_dire(struct contexte *ctx, uint32_t siren, struct buffer *b)
{
    char t[10], j[JOUR_TEXTE_MAX];
    sqlite3_stmt *s = registre_stmt(ctx->registre, "select nom, role, enrole_le from fournisseur where siren = ?1", ctx->diags);
    if (s == NULL)
        return false;
    lier_n(s, 1, siren);
    const int la = registre_suivant(ctx->registre, s, ctx->diags);
    if (la == 1) {
        const struct slice nom = colonne_slice(s, 0), role = colonne_slice(s, 1);
        buffer_printf(b, "Fournisseur %s, %.*s, %s", siren_texte(siren, t), (int)nom.len, nom.bytes,
                      slice_equals(role, "distributeur") ? "distributeur" : "éditeur");
        if (sqlite3_column_type(s, 2) == SQLITE_NULL)
            buffer_puts(b, ", non enrôlé à l'ASP\n");
        else
            buffer_printf(b, ", enrôlé à l'ASP le %s\n", jour_fr((struct jour){sqlite3_column_int(s, 2)}, j));
    } else if (la == 0) {
        diag_erreur(ctx->diags, E_INCONNU, "le fournisseur %s n'est pas déclaré", siren_texte(siren, t));
    }
    sqlite3_finalize(s);
    return la == 1;
}

bool vue_fournisseur_voir(struct contexte *ctx, uint32_t siren, struct tableau_sortie *s, struct buffer *entete)
{
    static const struct colonne c[] = {{"objet", "objet", CELLULE_TEXTE}, {"reference", "référence", CELLULE_TEXTE},
                                       {"detail", "détail", CELLULE_TEXTE}, {"du", "du", CELLULE_JOUR},
                                       {"au_le", "jusqu'au", CELLULE_JOUR}, {"montant", "montant", CELLULE_MONTANT}};
    struct buffer sql = {0};
    if (!entete_dire(ctx, siren, entete))
        return false;
    buffer_printf(&sql, SQL_VOIR, siren);
    const bool ok = vue_requete(ctx, sql.bytes, c, sizeof c / sizeof *c, s);
    buffer_free(&sql);
    return ok;
}
