/* --modele: an empty sheet with one example, as CSV or as a workbook. */
#include <string.h>
#include "cli/import.h"
#include "noyau/memoire.h"

/* One example for a column, whatever its sheet; those that are not here stay empty. Amounts, rates and dates are given typed. */
static const char *const exemples[][2] = {
    {"numero", "BC-2023-0117"}, {"finess_et", "010780054"}, {"date_commande", "12/06/2023"}, {"date_signature", "14/06/2023"},
    {"solution", "DUI-0042"}, {"couloir", "MS1"}, {"montant_ht", "3333,33"}, {"taux_tva", "20"}, {"montant_tva", "666,67"},
    {"montant_ttc", "4000,00"}, {"signataire", "Camille Exemple"}, {"qualite_signataire", "directrice"}, {"mode_signature", "manuscrite"},
    {"piece", "bons/BC-2023-0117.pdf"}, {"libelle_essms", "EHPAD Exemple"}, {"commune", "Bourg-en-Bresse"}, {"sous_condition", "non"},
    {"mention_segur", "oui"}, {"deja_equipe", "oui"}, {"version_solution", "4.2"}, {"reference_externe", "CRM-5512"},
    {"lignes", "licence 2000,00 | installation 833,33 | formation 500,00"}, {"engagement", "non"}, {"option", "non"}, {"reste_a_charge", "0,00"},
    {"contact_nom", "Dominique Exemple"}, {"contact_fonction", "comptable"}, {"contact_courriel", "d.exemple@asso-exemple.fr"},
    {"contact_telephone", "04 72 00 00 00"}, {"commande", "BC-2023-0117"}, {"courriel", "d.exemple@asso-exemple.fr"}, {"telephone", "04 72 00 00 00"}, {"fonction", "comptable"}, {"distributeur", "552100554"}, {"editeur", "443061841"}, {"du", "01/06/2022"}, {"siren", "443061841"}, {"nom", "Logiciels du Bugey"}, {"role", "editeur"}, {"enrole_le", "15/06/2022"}, {"numero_ans", "DUI-0042"},
    {"siren_editeur", "443061841"}, {"version", "4.2"}, {"dossier_complet_le", "20/04/2022"}, {"reference_le", "15/06/2022"},
    {"fonds", "esms_numerique"}, {"phase", "generalisation"}, {"volet", "equipement"}, {"nature", "acquisition"}, {"dui", "DUI-0042"},
    {"dui_reference", "oui"}, {"etat", "engagement"}, {"date_etat", "03/10/2022"}, {"statut", "à modifier"},
    {"motif", "plafond HT"}, {"numero_asp", "SEG-000123"}, {"date", "10/01/2023"}, {"paiement", "avance"}};

const char *exemple_colonne(const char *colonne)
{
    for (size_t i = 0; i < sizeof exemples / sizeof *exemples; i++)
        if (strcmp(colonne, exemples[i][0]) == 0)
            return exemples[i][1];
    return "";
}

static struct cellule exemple_de(enum feuille_genre g, const char *colonne)
{
    struct jour j;
    struct montant m;
    const bool de_demande = g == FEUILLE_RETOURS && strcmp(colonne, "version") == 0; /* elsewhere, of a solution */
    const struct slice v = slice_of(de_demande ? "1" : exemple_colonne(colonne));
    if (v.len == 0)
        return cellule_vide();
    return jour_parse(v, &j) ? cellule_jour(j) : memchr(v.bytes, ',', v.len) != NULL && montant_parse(v, &m) ? cellule_montant(m) : cellule_slice(v);
}

int ecrire_modele(struct cli *c, enum feuille_genre g)
{
    size_t n;
    const struct feuille_champ *champs = feuille_champs(g, &n);
    struct colonne *colonnes = memoire_calloc(n, sizeof *colonnes);
    struct cellule *cellules = memoire_calloc(n, sizeof *cellules);
    for (size_t i = 0; i < n; i++) {
        cellules[i] = exemple_de(g, champs[i].nom);
        colonnes[i] = (struct colonne){champs[i].nom, champs[i].nom, cellules[i].type == CELLULE_VIDE ? CELLULE_TEXTE : cellules[i].type};
    }
    if (c->sortie.format == FORMAT_TABLE)
        c->sortie.format = FORMAT_CSV;
    const struct tableau_sortie *t = &c->tableau;
    const bool bon = t->debut(t->ctx, colonnes, n) && t->ligne(t->ctx, cellules, n) && t->fin(t->ctx);
    memoire_free(colonnes);
    memoire_free(cellules);
    return cli_code(bon);
}
