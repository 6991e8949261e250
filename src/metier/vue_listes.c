/* Lists whose columns are the sheets' headers, importable again. */
#include "metier/vue_commun.h"
#include "regles/vie.h"

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

static const char *mot_paiement(int64_t n)
{
    return paiement_nom((enum paiement)n);
}

/* Its last state at `au`; requests without an answer: those of that lot, in that version. */
#define SQL_LOTS                                                                                                             \
    "select l.fournisseur, l.numero, l.paiement, l.couloir, l.le, l.nombre, l.somme, l.reconstitue, "                        \
    "case when l.depose_le <= ?2 then l.depose_le end, l.depose_le <= ?2 and l.accuse is not null, "                         \
    "case when l.depose_le <= ?2 then (select count(*) from emission e where e.fournisseur = l.fournisseur and e.lot = l.numero " \
    "and not exists (select 1 from reponse r where r.commande = e.commande and r.demande = e.demande and r.version = e.version " \
    "and r.le <= ?2)) end, case when l.annule_le <= ?2 then 'annulé' when l.depose_le > ?2 or l.depose_le is null then "     \
    "'émis, non déposé' else 'déposé' end, l.remplace, l.zip from lot l where l.le <= ?2 order by l.fournisseur, l.numero"

bool vue_lots(struct contexte *ctx, struct tableau_sortie *s)
{
    static const struct colonne c[] = {
        {"fournisseur", "fournisseur", CELLULE_SIREN}, {"numero", "lot", CELLULE_ENTIER}, {"type", "type", CELLULE_TEXTE},
        {"couloir", "couloir", CELLULE_TEXTE}, {"emis_le", "émis le", CELLULE_INSTANT}, {"demandes", "demandes", CELLULE_ENTIER},
        {"somme", "somme", CELLULE_MONTANT}, {"reconstitue", "reconstitué", CELLULE_OUI_NON}, {"depose_le", "déposé le", CELLULE_INSTANT},
        {"accuse", "accusé", CELLULE_OUI_NON}, {"sans_reponse", "sans réponse", CELLULE_ENTIER}, {"etat", "état", CELLULE_TEXTE},
        {"remplace", "remplace", CELLULE_ENTIER}, {"empreinte_zip", "empreinte", CELLULE_TEXTE}};
    static mot_de *const mots[] = {NULL, NULL, mot_paiement, mot_couloir, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
    return vue_requete_mots(ctx, SQL_LOTS, c, mots, sizeof c / sizeof *c, s);
}
