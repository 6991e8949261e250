/* Lists whose columns are the sheets' headers, importable again. */
#include "metier/vue_commun.h"

#define LISTE(ctx, sql, colonnes, s) vue_requete(ctx, sql, colonnes, sizeof(colonnes) / sizeof *(colonnes), s)

bool vue_fournisseurs(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne c[] = {{"siren", "SIREN", CELLULE_SIREN}, {"nom", "nom", CELLULE_TEXTE},
                                       {"role", "rôle", CELLULE_TEXTE},   {"enrole_le", "enrôlé le", CELLULE_JOUR}};
    return LISTE(ctx, "select siren, nom, role, enrole_le from fournisseur order by siren", c, s);
}

bool vue_solutions(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne c[] = {
        {"numero_ans", "numéro ANS", CELLULE_TEXTE},        {"nom", "nom", CELLULE_TEXTE},
        {"siren_editeur", "SIREN éditeur", CELLULE_SIREN},  {"couloir", "couloir", CELLULE_TEXTE},
        {"version", "version", CELLULE_TEXTE},              {"dossier_complet_le", "dossier complet", CELLULE_JOUR},
        {"reference_le", "référencée", CELLULE_JOUR},       {"refuse_le", "refusée", CELLULE_JOUR},
        {"retire_le", "retirée", CELLULE_JOUR},             {"alias", "autres noms", CELLULE_TEXTE}};
    static mot_de *const mots[] = {NULL, NULL, NULL, mot_couloir, NULL, NULL, NULL, NULL, NULL, NULL};
    return vue_requete_mots(ctx, "select numero_ans, nom, siren_editeur, couloir, version, dossier_complet_le, reference_le, refuse_le, "
                                 "retire_le, (select group_concat(n, ' | ') from (select s.nom as n from surnom s "
                                 "where s.numero_ans = solution.numero_ans order by s.nom)) from solution "
                                 "order by numero_ans, couloir, version", c, mots, 10, s);
}

bool vue_attestations(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne c[] = {{"numero", "commande", CELLULE_TEXTE}, {"fournisseur", "fournisseur", CELLULE_SIREN},
                                       {"date_attestation", "attestée le", CELLULE_JOUR}};
    return LISTE(ctx, "select o.numero, nullif(o.fournisseur, 0), n.date from non_cumul n join commande o on o.fait = n.commande "
                      "order by o.fait", c, s);
}

bool vue_lots(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne c[] = {
        {"fournisseur", "fournisseur", CELLULE_SIREN}, {"numero", "lot", CELLULE_ENTIER},     {"couloir", "couloir", CELLULE_TEXTE},
        {"emis_le", "émis le", CELLULE_INSTANT},       {"demandes", "demandes", CELLULE_ENTIER}, {"somme", "somme", CELLULE_MONTANT},
        {"reconstitue", "reconstitué", CELLULE_OUI_NON}, {"etat", "état", CELLULE_TEXTE},     {"empreinte_zip", "empreinte", CELLULE_TEXTE}};
    static mot_de *const mots[] = {NULL, NULL, mot_couloir, NULL, NULL, NULL, NULL, NULL, NULL};
    return vue_requete_mots(ctx, "select fournisseur, numero, couloir, le, nombre, somme, reconstitue, 'émis, non déposé', zip from lot "
                                 "order by fournisseur, numero", c, mots, 9, s);
}
