/* The canonical text of facts: one committed golden per fact, and everything that is not exactly a golden refused. */
#include "essai_registre.h"

#include "registre/base.h"

#define HEX64 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define PIECE_BON "bon_de_commande " HEX64 " 1818 application/pdf"

static finess numero(const char *t)
{
    finess f;
    assert_int_equal(finess_parse(slice_of(t), &f), NUMERO_VALIDE);
    return f;
}

static struct jour jour(int a, int m, int j)
{
    struct jour r;
    assert_true(jour_from_ymd(a, m, j, &r));
    return r;
}

static struct instant instant(const char *t)
{
    struct instant i;
    assert_true(instant_parse_utc(slice_of(t), &i));
    return i;
}

/* --- one maker per fact; every field is given --------------------------------------------------------------------- */

static void registre_ouvert(struct fait *f)
{
    fait_put_texte(f, RO_REGISTRE, "0123456789abcdef0123456789abcdef");
    fait_put_n(f, RO_FICTIF, 1);
    fait_put_texte(f, RO_ROLE, "editeur");
    fait_put_siren(f, RO_SIREN, 123456782);
    fait_put_texte(f, RO_NOM, "Éditeur « d'exemple »\\n, deux\nlignes");
    fait_put_texte(f, RO_CALENDRIER, "initial");
    fait_put_texte(f, RO_JEU, HEX64);
}

static void calendrier_choisi(struct fait *f) { fait_put_texte(f, CC_CALENDRIER, "proroge"); }

static void base_importee(struct fait *f)
{
    fait_put_texte(f, BI_FORME, "cs1100502");
    fait_put_jour(f, BI_DATE, jour(2022, 1, 3));
    fait_put_n(f, BI_NOMBRE, 95333);
    fait_put_texte(f, BI_FICHIER, HEX64);
    fait_put_texte(f, BI_LIGNES, HEX64);
}

static void base_designee(struct fait *f)
{
    fait_put_couloir(f, BD_COULOIR, COULOIR_MS2_PDS);
    fait_put_n(f, BD_ANNEE, 2023);
    fait_put_n(f, BD_BASE, 2);
    fait_put_jour(f, BD_DATE, jour(2023, 4, 5));
    fait_put_texte(f, BD_MOTIF, "première extraction du printemps");
}

static void fournisseur_declare(struct fait *f)
{
    fait_put_siren(f, FD_SIREN, 5420021); /* leading zeros */
    fait_put_texte(f, FD_NOM, "Zéros en tête");
    fait_put_texte(f, FD_ROLE, "distributeur");
    fait_put_jour(f, FD_ENROLE_LE, jour(2022, 7, 1));
}

static void fournisseur_enrole(struct fait *f)
{
    fait_put_siren(f, FE_SIREN, 123456782);
    fait_put_jour(f, FE_ENROLE_LE, jour(2024, 2, 29));
}

static void solution_declaree(struct fait *f)
{
    fait_put_texte(f, SD_NUMERO_ANS, "EX-DUI-001");
    fait_put_texte(f, SD_NOM, "DUI Maquis");
    fait_put_siren(f, SD_SIREN_EDITEUR, 123456782);
    fait_put_couloir(f, SD_COULOIR, COULOIR_MS1);
    fait_put_texte(f, SD_VERSION, "5.2");
    fait_put_jour(f, SD_DOSSIER_COMPLET_LE, jour(2022, 4, 20));
    fait_put_jour(f, SD_REFERENCE_LE, jour(2022, 6, 15));
    fait_put_jour(f, SD_REFUSE_LE, jour(2022, 6, 16));
    fait_put_jour(f, SD_RETIRE_LE, jour(2023, 6, 15));
}

static void liste_financements(struct fait *f)
{
    fait_put_n(f, LF_NOMBRE, 0);
    fait_put_texte(f, LF_FICHIER, HEX64);
    fait_put_jour(f, LF_DATE, jour(2022, 12, 5));
}

static void financement_declare(struct fait *f)
{
    fait_put_finess(f, FI_FINESS_ET, numero("2B0004238"));
    fait_put_texte(f, FI_FONDS, "esms_numerique");
    fait_put_texte(f, FI_PHASE, "generalisation");
    fait_put_texte(f, FI_VOLET, "equipement");
    fait_put_texte(f, FI_NATURE, "acquisition");
    fait_put_texte(f, FI_DUI, "DUI Genévrier");
    fait_put_trois(f, FI_DUI_REFERENCE, TROIS_NON);
    fait_put_texte(f, FI_ETAT, "convention");
    fait_put_jour(f, FI_DATE_ETAT, jour(2022, 9, 30));
}

static void non_cumul_atteste(struct fait *f)
{
    fait_put_n(f, NC_COMMANDE, 12);
    fait_put_jour(f, NC_DATE, jour(2022, 7, 12));
    fait_put_texte(f, NC_PIECE, "attestation_non_cumul " HEX64 " 20 application/pdf");
}

static void commande_enregistree_v1(struct fait *f)
{
    static const struct slice essms[] = {{"010780054 1 2 -", 15}, {"2A0000360 182500 219000 182500", 30}, {"2A0001269 - - -", 15}};
    static const struct slice libelles[] = {{"2A0000360 IME \\ Les\nMoulins", 27}};
    static const struct slice communes[] = {{"010780054 Bourg-en-Bresse", 25}, {"2A0000360 Ajaccio", 17}};
    static const struct slice pieces[] = {{PIECE_BON, sizeof PIECE_BON - 1}};
    fait_put_siren(f, CE1_FOURNISSEUR, 123456782);
    fait_put_texte(f, CE1_NUMERO, "BC-2022-001");
    fait_put_texte(f, CE1_REFERENCE_EXTERNE, "CRM 5512");
    fait_put_finess(f, CE1_FINESS_EJ, numero("2A0022885"));
    fait_put_couloir(f, CE1_COULOIR, COULOIR_MS3);
    fait_put_jour(f, CE1_DATE_COMMANDE, jour(2022, 7, 11));
    fait_put_jour(f, CE1_DATE_SIGNATURE, jour(2022, 7, 12));
    fait_put_texte(f, CE1_SOLUTION, "DUI Maquis");
    fait_put_texte(f, CE1_VERSION_SOLUTION, "5.2");
    fait_put_montant(f, CE1_MONTANT_HT, montant_of(1095000));
    fait_put_taux(f, CE1_TAUX_TVA, (struct taux){850});
    fait_put_montant(f, CE1_MONTANT_TVA, montant_of(93075));
    fait_put_montant(f, CE1_MONTANT_TTC, montant_of(1188075));
    fait_put_texte(f, CE1_CALCULES, "tva+ttc");
    fait_put_texte(f, CE1_MOTIF_TVA, "non_assujetti");
    fait_put_texte(f, CE1_SIGNATAIRE, HEX64);
    fait_put_texte(f, CE1_QUALITE_SIGNATAIRE, "directrice générale");
    fait_put_texte(f, CE1_MODE_SIGNATURE, "manuscrite");
    fait_put_trois(f, CE1_SOUS_CONDITION, TROIS_NON);
    fait_put_trois(f, CE1_MENTION_SEGUR, TROIS_OUI);
    fait_put_trois(f, CE1_DEJA_EQUIPE, TROIS_OUI);
    fait_put_jour(f, CE1_DEJA_EQUIPE_DEPUIS, jour(2019, 12, 31));
    fait_put_liste(f, CE1_ESSMS, essms, NOMBRE(essms));
    fait_put_liste(f, CE1_LIBELLE, libelles, NOMBRE(libelles));
    fait_put_liste(f, CE1_COMMUNE, communes, NOMBRE(communes));
    fait_put_liste(f, CE1_PIECE, pieces, NOMBRE(pieces));
}

static void commande_enregistree(struct fait *f)
{
    static const struct slice essms[] = {{"010780054 1 2 -", 15}, {"2A0000360 182500 219000 182500", 30}, {"2A0001269 - - -", 15}};
    static const struct slice libelles[] = {{"2A0000360 IME \\ Les\nMoulins", 27}};
    static const struct slice communes[] = {{"010780054 Bourg-en-Bresse", 25}, {"2A0000360 Ajaccio", 17}};
    static const struct slice lignes[] = {{"formation - etat", 16}, {"licence 1095000 etat", 20}, {"messagerie 20000 og", 19}};
    static const struct slice pieces[] = {{PIECE_BON, sizeof PIECE_BON - 1}};
    fait_put_siren(f, CE_FOURNISSEUR, 123456782);
    fait_put_texte(f, CE_NUMERO, "BC-2022-001");
    fait_put_texte(f, CE_REFERENCE_EXTERNE, "CRM 5512");
    fait_put_finess(f, CE_FINESS_EJ, numero("2A0022885"));
    fait_put_couloir(f, CE_COULOIR, COULOIR_MS3);
    fait_put_jour(f, CE_DATE_COMMANDE, jour(2022, 7, 11));
    fait_put_jour(f, CE_DATE_SIGNATURE, jour(2022, 7, 12));
    fait_put_texte(f, CE_SOLUTION, "DUI Maquis");
    fait_put_texte(f, CE_VERSION_SOLUTION, "5.2");
    fait_put_montant(f, CE_MONTANT_HT, montant_of(1095000));
    fait_put_taux(f, CE_TAUX_TVA, (struct taux){850});
    fait_put_montant(f, CE_MONTANT_TVA, montant_of(93075));
    fait_put_montant(f, CE_MONTANT_TTC, montant_of(1188075));
    fait_put_texte(f, CE_CALCULES, "tva+ttc");
    fait_put_texte(f, CE_MOTIF_TVA, "non_assujetti");
    fait_put_texte(f, CE_SIGNATAIRE, HEX64);
    fait_put_texte(f, CE_QUALITE_SIGNATAIRE, "directrice générale");
    fait_put_texte(f, CE_MODE_SIGNATURE, "manuscrite");
    fait_put_trois(f, CE_SOUS_CONDITION, TROIS_NON);
    fait_put_trois(f, CE_MENTION_SEGUR, TROIS_OUI);
    fait_put_trois(f, CE_DEJA_EQUIPE, TROIS_OUI);
    fait_put_jour(f, CE_DEJA_EQUIPE_DEPUIS, jour(2019, 12, 31));
    fait_put_liste(f, CE_ESSMS, essms, NOMBRE(essms));
    fait_put_liste(f, CE_LIBELLE, libelles, NOMBRE(libelles));
    fait_put_liste(f, CE_COMMUNE, communes, NOMBRE(communes));
    fait_put_liste(f, CE_PIECE, pieces, NOMBRE(pieces));
    fait_put_liste(f, CE_LIGNES, lignes, NOMBRE(lignes));
    fait_put_trois(f, CE_ENGAGEMENT, TROIS_NON);
    fait_put_trois(f, CE_OPTION, TROIS_OUI);
    fait_put_montant(f, CE_RESTE_A_CHARGE, montant_of(0));
}

static void piece_jointe(struct fait *f)
{
    fait_put_n(f, PJ_COMMANDE, 12);
    fait_put_texte(f, PJ_PIECE, PIECE_BON);
}

static void discordance_justifiee(struct fait *f)
{
    fait_put_n(f, DJ_COMMANDE, 12);
    fait_put_texte(f, DJ_REGLE, "BAR-05");
    fait_put_texte(f, DJ_CONSTAT, HEX64);
    fait_put_texte(f, DJ_MOTIF, "TVA arrondie ligne à ligne");
    fait_put_instant(f, DJ_LE, instant("2022-12-05T09:00:00Z"));
}

static void avance_demandee(struct fait *f)
{
    fait_put_n(f, AD_COMMANDE, 12);
    fait_put_n(f, AD_DEMANDE, 1);
    fait_put_montant(f, AD_MONTANT, montant_of(4352));
    fait_put_instant(f, AD_LE, instant("2022-12-05T09:00:00Z"));
}

static void avance_emise(struct fait *f)
{
    fait_put_n(f, AE_COMMANDE, 12);
    fait_put_n(f, AE_DEMANDE, 1);
    fait_put_siren(f, AE_FOURNISSEUR, 123456782);
    fait_put_n(f, AE_LOT, 1);
    fait_put_instant(f, AE_LE, instant("2022-12-05T09:00:00Z"));
    fait_put_n(f, AE_RECONSTITUE, 0);
}

static void lot_emis_v1(struct fait *f)
{
    fait_put_siren(f, LE1_FOURNISSEUR, 123456782);
    fait_put_n(f, LE1_LOT, 1);
    fait_put_couloir(f, LE1_COULOIR, COULOIR_MS2_PDE);
    fait_put_instant(f, LE1_LE, instant("2023-12-31T22:59:59Z"));
    fait_put_n(f, LE1_RECONSTITUE, 1);
    fait_put_n(f, LE1_NOMBRE, 1);
    fait_put_montant(f, LE1_SOMME, montant_of(0));
    fait_put_texte(f, LE1_XML, HEX64);
    fait_put_texte(f, LE1_ZIP, HEX64);
}

static void mandat_declare(struct fait *f)
{
    fait_put_siren(f, MD_DISTRIBUTEUR, 552100554);
    fait_put_siren(f, MD_EDITEUR, 123456782);
    fait_put_texte(f, MD_SOLUTION, "EX-DUI-001");
    fait_put_jour(f, MD_DU, jour(2022, 3, 1));
    fait_put_jour(f, MD_AU_LE, jour(2024, 2, 29));
    fait_put_texte(f, MD_PIECE, "autre " HEX64 " 20 application/pdf");
}

static void mandat_retire(struct fait *f)
{
    fait_put_siren(f, MR_DISTRIBUTEUR, 552100554);
    fait_put_siren(f, MR_EDITEUR, 123456782);
    fait_put_texte(f, MR_SOLUTION, "EX-DUI-001");
    fait_put_jour(f, MR_DU, jour(2022, 3, 1));
    fait_put_jour(f, MR_RETIRE_LE, jour(2023, 1, 1));
    fait_put_texte(f, MR_MOTIF, "contrat rompu");
}

static void litige_ouvert(struct fait *f)
{
    fait_put_n(f, LO_COMMANDE, 12);
    fait_put_jour(f, LO_LE, jour(2023, 3, 6));
    fait_put_texte(f, LO_CONTRE, "552100554/C-88");
    fait_put_n(f, LO_CONTRE_COMMANDE, 14);
    fait_put_texte(f, LO_PIECE, "autre " HEX64 " 20 application/pdf");
}

static void litige_repondu(struct fait *f)
{
    fait_put_n(f, LR_COMMANDE, 12);
    fait_put_n(f, LR_LITIGE, 20);
    fait_put_jour(f, LR_LE, jour(2023, 3, 10));
    fait_put_texte(f, LR_REPONSE, "maintenir");
    fait_put_texte(f, LR_PIECE, "autre " HEX64 " 20 application/pdf");
}

static void litige_conclu(struct fait *f)
{
    fait_put_n(f, LC_COMMANDE, 12);
    fait_put_n(f, LC_LITIGE, 20);
    fait_put_jour(f, LC_LE, jour(2023, 4, 3));
    fait_put_texte(f, LC_ISSUE, "retenue");
    fait_put_texte(f, LC_MOTIF, "choix du client");
    fait_put_texte(f, LC_PIECE, "autre " HEX64 " 20 application/pdf");
}

static void correspondance_choisie(struct fait *f)
{
    static const struct slice lignes[] = {{"client libelle_essms", 20}, {"n°_interne -", 13}, {"total_h.t. montant_ht", 21}};
    fait_put_texte(f, CR_GENRE, "commande");
    fait_put_liste(f, CR_COLONNE, lignes, 3);
}

static void solution_surnommee(struct fait *f)
{
    fait_put_texte(f, SN_NUMERO_ANS, "EX-DUI-001");
    fait_put_texte(f, SN_NOM, "Maquis Premium \\ v5");
}

static void surnom_retire(struct fait *f)
{
    fait_put_texte(f, SR_NUMERO_ANS, "EX-DUI-001");
    fait_put_texte(f, SR_NOM, "Maquis Premium \\ v5");
}

static void contact_declare(struct fait *f)
{
    fait_put_n(f, CD_COMMANDE, 12);
    fait_put_siren(f, CD_FOURNISSEUR, 123456782);
    fait_put_finess(f, CD_FINESS_EJ, numero("2A0022885"));
    fait_put_texte(f, CD_FONCTION, "comptable");
    fait_put_texte(f, CD_NOM, HEX64);
    fait_put_texte(f, CD_COURRIEL, HEX64);
    fait_put_texte(f, CD_TELEPHONE, HEX64);
    fait_put_n(f, CD_REMPLACE, 11);
}

static void contact_retire(struct fait *f)
{
    fait_put_n(f, CR_CONTACT, 12);
    fait_put_texte(f, CR_MOTIF, "parti à la retraite");
}

static void personne_effacee(struct fait *f)
{
    static const struct slice noms[] = {{"12 signataire", 13}, {"9 courriel", 10}};
    fait_put_liste(f, PE_NOM, noms, NOMBRE(noms));
    fait_put_texte(f, PE_MOTIF, "demande de l'intéressée");
}

static const struct slice contenu[] = {
    {"commune 2A0000360 Ajaccio", 25}, {"essms 2A0000360 182500 219000 182500", 36}, {"fait CommandeEnregistree-V1", 27},
    {"libelle_essms 2A0000360 IME \\ Les\nMoulins", 41}, {"montant_ht 182500", 17}, {"numero BC-2022-001", 18}};

static void commande_completee(struct fait *f)
{
    fait_put_n(f, CO_COMMANDE, 12);
    fait_put_instant(f, CO_LE, instant("2022-12-05T09:00:00Z"));
    fait_put_n(f, CO_IMPORT, 1);
    fait_put_liste(f, CO_CONTENU, contenu, NOMBRE(contenu));
}

static void commande_rectifiee(struct fait *f)
{
    fait_put_n(f, CX_COMMANDE, 12);
    fait_put_instant(f, CX_LE, instant("2022-12-05T09:00:00Z"));
    fait_put_texte(f, CX_MOTIF, "montant relu sur le bon");
    fait_put_n(f, CX_IMPORT, 0);
    fait_put_liste(f, CX_CONTENU, contenu, NOMBRE(contenu));
}

static void commande_remplacee(struct fait *f)
{
    fait_put_n(f, CP_COMMANDE, 12);
    fait_put_n(f, CP_PAR, 31);
    fait_put_texte(f, CP_MOTIF, "deux ESSMS de plus");
}

static void commande_annulee(struct fait *f)
{
    fait_put_n(f, CA_COMMANDE, 12);
    fait_put_instant(f, CA_LE, instant("2022-12-05T22:59:59Z"));
    fait_put_n(f, CA_ACCORD_CLIENT, 1);
    fait_put_texte(f, CA_MOTIF, "changement d'éditeur");
    fait_put_texte(f, CA_ATTESTATION, "attestation_annulation " HEX64 " 20 application/pdf");
    fait_put_texte(f, CA_RENONCIATION, "renonciation " HEX64 " 21 application/pdf");
}

static void commande_notee(struct fait *f)
{
    fait_put_n(f, CN_COMMANDE, 12);
    fait_put_instant(f, CN_LE, instant("2022-12-05T09:00:00Z"));
    fait_put_texte(f, CN_TEXTE, "l'OG a promis le bon signé pour lundi");
}

static void sceau_etabli(struct fait *f)
{
    fait_put_n(f, SE_NUMERO, 3);
    fait_put_n(f, SE_ENTREES, 120);
    fait_put_instant(f, SE_LE, instant("2022-12-05T09:00:00Z"));
    fait_put_texte(f, SE_RACINE, HEX64);
    fait_put_texte(f, SE_TETE, HEX64);
    fait_put_texte(f, SE_BORDEREAU, HEX64);
    fait_put_texte(f, SE_SIGNATAIRE, HEX64);
}

static void lot_emis(struct fait *f)
{
    fait_put_siren(f, LE_FOURNISSEUR, 123456782);
    fait_put_n(f, LE_LOT, 1);
    fait_put_couloir(f, LE_COULOIR, COULOIR_MS2_PDE);
    fait_put_instant(f, LE_LE, instant("2023-12-31T22:59:59Z"));
    fait_put_n(f, LE_RECONSTITUE, 1);
    fait_put_n(f, LE_NOMBRE, 1);
    fait_put_montant(f, LE_SOMME, montant_of(0));
    fait_put_texte(f, LE_XML, HEX64);
    fait_put_texte(f, LE_ZIP, HEX64);
    fait_put_texte(f, LE_TYPE, "solde");
    fait_put_n(f, LE_REMPLACE, 3);
}

static void lot_depose(struct fait *f)
{
    fait_put_siren(f, LD_FOURNISSEUR, 123456782);
    fait_put_n(f, LD_LOT, 4);
    fait_put_instant(f, LD_LE, instant("2023-12-31T22:59:59Z"));
    fait_put_texte(f, LD_ACCUSE, "autre " HEX64 " 1818 application/pdf");
}

static void lot_annule(struct fait *f)
{
    fait_put_siren(f, LA_FOURNISSEUR, 123456782);
    fait_put_n(f, LA_LOT, 4);
    fait_put_instant(f, LA_LE, instant("2023-06-01T08:00:00Z"));
    fait_put_texte(f, LA_MOTIF, "pièces illisibles");
}

static void retour_importe(struct fait *f)
{
    fait_put_siren(f, RI_FOURNISSEUR, 123456782);
    fait_put_n(f, RI_LOT, 4);
    fait_put_texte(f, RI_LOT_EMPREINTE, HEX64);
    fait_put_texte(f, RI_FICHIER, HEX64);
    fait_put_texte(f, RI_FORME, "xml");
    fait_put_n(f, RI_NOMBRE, 198);
    fait_put_instant(f, RI_LE, instant("2023-06-15T08:00:00Z"));
    fait_put_texte(f, RI_NUMERO, "RET-2023-0004");
}

static void demande_repondue(struct fait *f)
{
    static const struct slice motifs[] = {{"HT-PLAFOND", 10}, {"le nom de la facture\nn'est pas celui de la VA", 46}};
    fait_put_n(f, DR_COMMANDE, 12);
    fait_put_texte(f, DR_PAIEMENT, "avance");
    fait_put_n(f, DR_DEMANDE, 7);
    fait_put_n(f, DR_VERSION, 2);
    fait_put_texte(f, DR_STATUT, "decidee_et_payee");
    fait_put_instant(f, DR_LE, instant("2023-06-15T08:00:00Z"));
    fait_put_texte(f, DR_NUMERO_ASP, "SONS-2023-004512");
    fait_put_montant(f, DR_MONTANT, montant_of(262800));
    fait_put_liste(f, DR_MOTIF, motifs, NOMBRE(motifs));
    fait_put_n(f, DR_RETOUR, 40);
    fait_put_texte(f, DR_PIECE, "reponse_asp " HEX64 " 1818 application/pdf");
}

static void facture_enregistree(struct fait *f)
{
    fait_put_n(f, FA_COMMANDE, 12);
    fait_put_texte(f, FA_NUMERO, "F-2023-118");
    fait_put_jour(f, FA_DATE, jour(2023, 10, 2));
    fait_put_n(f, FA_DEUX, 1);
    fait_put_montant(f, FA_MONTANT_HT, montant_of(730000));
    fait_put_taux(f, FA_TAUX_TVA, (struct taux){2000});
    fait_put_montant(f, FA_MONTANT_TVA, montant_of(146000));
    fait_put_montant(f, FA_MONTANT_TTC, montant_of(876000));
    fait_put_texte(f, FA_MOTIF_TVA, "exemption");
    fait_put_n(f, FA_MENTION_SEGUR, 1);
    fait_put_finess(f, FA_CLIENT, numero("2A0000014"));
    fait_put_texte(f, FA_NOM, HEX64);
    fait_put_n(f, FA_ACCORDE, 0);
    fait_put_texte(f, FA_PIECE, "facture " HEX64 " 1818 application/pdf");
}

static void va_enregistree(struct fait *f)
{
    static const struct slice essms[] = {{"2A0000196 oui oui oui tous 12 0 3", 33}, {"2A0000360 non - - aucun - - -", 29}};
    fait_put_n(f, VA_COMMANDE, 12);
    fait_put_n(f, VA_VERSION, 2);
    fait_put_instant(f, VA_LE, instant("2024-03-31T21:59:59Z"));
    fait_put_texte(f, VA_SIGNATAIRE, HEX64);
    fait_put_texte(f, VA_QUALITE, "directrice");
    fait_put_texte(f, VA_MODE, "eidas");
    fait_put_jour(f, VA_DELEGATION_LE, jour(2024, 1, 2));
    fait_put_texte(f, VA_DELEGATION, "delegation " HEX64 " 1818 application/pdf");
    fait_put_n(f, VA_BON_FONCTIONNEMENT, 1);
    fait_put_n(f, VA_MSS_CAS, 2);
    fait_put_n(f, VA_ACCORDE, 1);
    fait_put_liste(f, VA_ESSMS, essms, NOMBRE(essms));
    fait_put_texte(f, VA_PIECE, "attestation_va " HEX64 " 1818 application/pdf");
}

static void solde_demande(struct fait *f)
{
    static const struct slice retires[] = {{"2A0000196", 9}, {"2A0000360", 9}};
    fait_put_n(f, SO_COMMANDE, 12);
    fait_put_n(f, SO_DEMANDE, 8);
    fait_put_montant(f, SO_MONTANT, montant_of(613200));
    fait_put_montant(f, SO_TROP_PERCU, montant_of(0));
    fait_put_instant(f, SO_LE, instant("2024-03-31T21:59:59Z"));
    fait_put_montant(f, SO_TOTAL, montant_of(876000));
    fait_put_n(f, SO_MSS_CAS, 1);
    fait_put_liste(f, SO_RETIRE, retires, NOMBRE(retires));
    fait_put_n(f, SO_FACTURE, 41);
    fait_put_n(f, SO_VA, 42);
}

static void solde_emis(struct fait *f)
{
    fait_put_n(f, SM_COMMANDE, 12);
    fait_put_n(f, SM_DEMANDE, 8);
    fait_put_siren(f, SM_FOURNISSEUR, 123456782);
    fait_put_n(f, SM_LOT, 5);
    fait_put_instant(f, SM_LE, instant("2024-03-31T21:59:59Z"));
    fait_put_n(f, SM_RECONSTITUE, 1);
}

static void virement_recu(struct fait *f)
{
    fait_put_siren(f, VR_FOURNISSEUR, 123456782);
    fait_put_jour(f, VR_LE, jour(2023, 7, 3));
    fait_put_montant(f, VR_MONTANT, montant_of(525600));
    fait_put_texte(f, VR_REFERENCE, "ASP SONS 0703");
}

static void encaissement_enregistre(struct fait *f)
{
    fait_put_n(f, EN_COMMANDE, 12);
    fait_put_texte(f, EN_PAIEMENT, "avance");
    fait_put_montant(f, EN_MONTANT, montant_of(262800));
    fait_put_jour(f, EN_LE, jour(2023, 7, 3));
    fait_put_texte(f, EN_REFERENCE, "ASP SONS 0703");
    fait_put_n(f, EN_VIREMENT, 50);
}

static void encaissement_retire(struct fait *f)
{
    fait_put_n(f, ER_COMMANDE, 12);
    fait_put_n(f, ER_ENCAISSEMENT, 51);
    fait_put_texte(f, ER_PAIEMENT, "avance");
    fait_put_montant(f, ER_MONTANT, montant_of(262800));
    fait_put_jour(f, ER_LE, jour(2023, 7, 3));
    fait_put_texte(f, ER_MOTIF, "saisi deux fois");
}

static void ordre_de_recouvrer(struct fait *f)
{
    fait_put_n(f, OR_COMMANDE, 12);
    fait_put_jour(f, OR_LE, jour(2024, 6, 3));
    fait_put_montant(f, OR_MONTANT, montant_of(262800));
    fait_put_texte(f, OR_REFERENCE, "OR-2024-77");
    fait_put_texte(f, OR_PIECE, "ordre_de_recouvrer " HEX64 " 1818 application/pdf");
}

static void reversement_effectue(struct fait *f)
{
    fait_put_n(f, RE_COMMANDE, 12);
    fait_put_jour(f, RE_LE, jour(2024, 7, 3));
    fait_put_montant(f, RE_MONTANT, montant_of(262800));
    fait_put_texte(f, RE_REFERENCE, "VIR 0703");
    fait_put_texte(f, RE_PIECE, "preuve_de_reversement " HEX64 " 1818 application/pdf");
}

static void somme_retiree(struct fait *f)
{
    fait_put_n(f, ST_COMMANDE, 12);
    fait_put_n(f, ST_ENTREE, 57);
    fait_put_texte(f, ST_QUOI, "ordre");
    fait_put_montant(f, ST_MONTANT, montant_of(262800));
    fait_put_jour(f, ST_LE, jour(2024, 6, 3));
    fait_put_texte(f, ST_MOTIF, "un zéro de trop");
}

static void depot_rectifie(struct fait *f)
{
    fait_put_siren(f, DX_FOURNISSEUR, 123456782);
    fait_put_n(f, DX_LOT, 3);
    fait_put_instant(f, DX_LE, instant("2022-12-06T10:12:00Z"));
    fait_put_instant(f, DX_ANCIEN, instant("2022-12-07T10:12:00Z"));
    fait_put_texte(f, DX_ACCUSE, PIECE_BON);
    fait_put_texte(f, DX_MOTIF, "jour mal lu");
}

static void virement_retire(struct fait *f)
{
    fait_put_siren(f, VT_FOURNISSEUR, 123456782);
    fait_put_n(f, VT_VIREMENT, 50);
    fait_put_jour(f, VT_LE, jour(2023, 7, 3));
    fait_put_montant(f, VT_MONTANT, montant_of(525600));
    fait_put_texte(f, VT_REFERENCE, "ASP SONS 0703");
    fait_put_texte(f, VT_MOTIF, "montant mal lu");
}

static void reponse_retiree(struct fait *f)
{
    fait_put_n(f, RR_COMMANDE, 12);
    fait_put_n(f, RR_REPONSE, 47);
    fait_put_texte(f, RR_PAIEMENT, "avance");
    fait_put_n(f, RR_DEMANDE, 3);
    fait_put_n(f, RR_VERSION, 1);
    fait_put_texte(f, RR_STATUT, "a_modifier");
    fait_put_instant(f, RR_LE, instant("2023-01-10T10:00:00Z"));
    fait_put_n(f, RR_RETOUR, 46);
    fait_put_texte(f, RR_MOTIF, "celle d'une autre commande");
}

static void (*const fabriques[])(struct fait *f) = {
    [FAIT_REGISTRE_OUVERT] = registre_ouvert,           [FAIT_CALENDRIER_CHOISI] = calendrier_choisi,
    [FAIT_BASE_IMPORTEE] = base_importee,               [FAIT_BASE_DESIGNEE] = base_designee,
    [FAIT_FOURNISSEUR_DECLARE] = fournisseur_declare,   [FAIT_FOURNISSEUR_ENROLE] = fournisseur_enrole,
    [FAIT_SOLUTION_DECLAREE] = solution_declaree,       [FAIT_LISTE_FINANCEMENTS] = liste_financements,
    [FAIT_FINANCEMENT_DECLARE] = financement_declare,   [FAIT_NON_CUMUL_ATTESTE] = non_cumul_atteste,
    [FAIT_COMMANDE_ENREGISTREE_V1] = commande_enregistree_v1, [FAIT_PIECE_JOINTE] = piece_jointe,
    [FAIT_DISCORDANCE_JUSTIFIEE] = discordance_justifiee, [FAIT_AVANCE_DEMANDEE] = avance_demandee,
    [FAIT_AVANCE_EMISE] = avance_emise,                 [FAIT_LOT_EMIS_V1] = lot_emis_v1,
    [FAIT_COMMANDE_ENREGISTREE] = commande_enregistree,
    [FAIT_MANDAT_DECLARE] = mandat_declare,             [FAIT_MANDAT_RETIRE] = mandat_retire,
    [FAIT_LITIGE_OUVERT] = litige_ouvert,               [FAIT_LITIGE_REPONDU] = litige_repondu,
    [FAIT_LITIGE_CONCLU] = litige_conclu,
    [FAIT_CORRESPONDANCE_CHOISIE] = correspondance_choisie,
    [FAIT_SOLUTION_SURNOMMEE] = solution_surnommee,     [FAIT_SURNOM_RETIRE] = surnom_retire,
    [FAIT_CONTACT_DECLARE] = contact_declare,           [FAIT_CONTACT_RETIRE] = contact_retire,
    [FAIT_PERSONNE_EFFACEE] = personne_effacee,
    [FAIT_COMMANDE_COMPLETEE] = commande_completee,     [FAIT_COMMANDE_RECTIFIEE] = commande_rectifiee,
    [FAIT_COMMANDE_REMPLACEE] = commande_remplacee,     [FAIT_COMMANDE_ANNULEE] = commande_annulee,
    [FAIT_COMMANDE_NOTEE] = commande_notee,
    [FAIT_SCEAU_ETABLI] = sceau_etabli,
    [FAIT_LOT_EMIS] = lot_emis,                         [FAIT_LOT_DEPOSE] = lot_depose,
    [FAIT_LOT_ANNULE] = lot_annule,                     [FAIT_RETOUR_IMPORTE] = retour_importe,
    [FAIT_DEMANDE_REPONDUE] = demande_repondue,         [FAIT_FACTURE_ENREGISTREE] = facture_enregistree,
    [FAIT_VA_ENREGISTREE] = va_enregistree,             [FAIT_SOLDE_DEMANDE] = solde_demande,
    [FAIT_SOLDE_EMIS] = solde_emis,                     [FAIT_VIREMENT_RECU] = virement_recu,
    [FAIT_ENCAISSEMENT_ENREGISTRE] = encaissement_enregistre, [FAIT_ENCAISSEMENT_RETIRE] = encaissement_retire,
    [FAIT_ORDRE_DE_RECOUVRER] = ordre_de_recouvrer,     [FAIT_REVERSEMENT_EFFECTUE] = reversement_effectue,
    [FAIT_SOMME_RETIREE] = somme_retiree,               [FAIT_REPONSE_RETIREE] = reponse_retiree,
    [FAIT_VIREMENT_RETIRE] = virement_retire,           [FAIT_DEPOT_RECTIFIE] = depot_rectifie,
};
_Static_assert(NOMBRE(fabriques) == FAIT_NOMBRE, "one golden per fact");

static void fabriquer(enum fait_type t, struct fait *f, struct buffer *texte)
{
    fait_init(f, t);
    assert_non_null(fabriques[t]);
    fabriques[t](f);
    buffer_clear(texte);
    fait_ecrire(f, texte);
}

/* tests/registre/faits/NAME-V1.fait; SONS_FAITS=écrire makes those that are missing. */
static void golden_lire(enum fait_type t, const struct buffer *texte, struct buffer *out)
{
    char chemin[512];
    const char *srcdir = getenv("SONS_SRCDIR");
    (void)snprintf(chemin, sizeof chemin, "%s/tests/registre/faits/%s-V%d.fait", srcdir == NULL ? "." : srcdir, fait_forme(t)->nom,
                   fait_forme(t)->version);
    FILE *f = fopen(chemin, "rb");
    if (f == NULL && getenv("SONS_FAITS") != NULL) {
        f = fopen(chemin, "wb");
        assert_non_null(f);
        fwrite(texte->bytes, 1, texte->len, f);
        fclose(f);
        f = fopen(chemin, "rb");
    }
    if (f == NULL)
        fail_msg("%s manque", chemin);
    char lu[8192];
    const size_t n = fread(lu, 1, sizeof lu, f);
    fclose(f);
    buffer_clear(out);
    buffer_append(out, lu, n);
}

/* An entry around a fact, as journal_append writes it. */
static void entree_autour(const struct buffer *fait, struct buffer *out)
{
    buffer_clear(out);
    buffer_puts(out, "entree 7\ninstant 2022-12-05T09:00:00Z\nutilisateur " HEX64 "\nprogramme sons 0.1.0\nparametres " HEX64
                     "\nsel 00112233445566778899aabbccddeeff\n");
    buffer_append(out, fait->bytes, fait->len);
    buffer_puts(out, "constat FIN-01 1 conforme n=6\nP " HEX64 "\n");
}

static void test_goldens(void **state)
{
    (void)state;
    struct buffer texte = {0}, golden = {0}, relu = {0};
    size_t champs = 0;
    for (int t = 0; t < FAIT_NOMBRE; t++) {
        struct fait f, g;
        struct arene a = {0};
        size_t suite = 0;
        fabriquer((enum fait_type)t, &f, &texte);
        golden_lire((enum fait_type)t, &texte, &golden);
        assert_int_equal(texte.len, golden.len);
        assert_memory_equal(texte.bytes, golden.bytes, golden.len);
        for (size_t i = 0; i < fait_forme((enum fait_type)t)->n; i++, champs++)
            assert_true(f.v[i].present); /* every field stands in a golden */
        assert_true(fait_lire(slice_buffer(&golden), &a, &g, &suite));
        assert_int_equal(suite, golden.len);
        assert_int_equal(g.type, t);
        buffer_clear(&relu);
        fait_ecrire(&g, &relu);
        assert_int_equal(relu.len, golden.len);
        assert_memory_equal(relu.bytes, golden.bytes, golden.len);
        arene_free(&a);
    }
    assert_int_equal(champs, CHAMP_NOMBRE);
    buffer_free(&texte);
    buffer_free(&golden);
    buffer_free(&relu);
}

/* Does the text read as an entry? If so it must be exactly what writing it again gives: no fact has two texts. */
static bool lisible(struct slice octets, struct arene *a, struct buffer *relu)
{
    struct entree e;
    arene_reset(a);
    if (!entree_lire(octets, a, &e))
        return false;
    struct fait f;
    size_t suite;
    assert_true(fait_lire(e.texte_fait, a, &f, &suite)); /* as written: e.fait is in its current form */
    assert_int_equal(f.type, e.ecrit);
    buffer_clear(relu);
    fait_ecrire(&f, relu);
    assert_int_equal(relu->len, e.texte_fait.len);
    assert_memory_equal(relu->bytes, e.texte_fait.bytes, relu->len);
    return true;
}

static void test_chaque_octet(void **state)
{
    (void)state;
    static const unsigned char autres[] = {'\n', ' ', '\\', '0', '9', 'a', 'A', 'z', 0, 0xff, 0x80};
    struct buffer texte = {0}, entree = {0}, relu = {0};
    struct arene a = {0};
    size_t refuses = 0, acceptes = 0;
    for (int t = 0; t < FAIT_NOMBRE; t++) {
        struct fait f;
        fabriquer((enum fait_type)t, &f, &texte);
        entree_autour(&texte, &entree);
        assert_true(lisible(slice_buffer(&entree), &a, &relu));
        for (size_t n = 0; n < entree.len; n++)
            assert_false(lisible((struct slice){entree.bytes, n}, &a, &relu));
        for (size_t n = 0; n < texte.len; n++) {
            struct fait g;
            size_t suite;
            arene_reset(&a); /* a truncated fact loses its last line, or is refused */
            assert_true(!fait_lire((struct slice){texte.bytes, n}, &a, &g, &suite) || suite <= n);
        }
        for (size_t i = 0; i < entree.len; i++) {
            const char vrai = entree.bytes[i];
            for (size_t k = 0; k < NOMBRE(autres) + 8; k++) {
                char faux;
                if (k < 8)
                    faux = (char)((unsigned char)vrai ^ (1u << k));
                else
                    faux = (char)autres[k - 8];
                if (faux == vrai)
                    continue;
                entree.bytes[i] = faux;
                if (lisible(slice_buffer(&entree), &a, &relu))
                    acceptes++; /* another fact, with another hash: the chain sees it */
                else
                    refuses++;
            }
            entree.bytes[i] = vrai;
        }
    }
    assert_true(refuses > 60000);
    assert_true(acceptes > 1000);
    arene_free(&a);
    buffer_free(&texte);
    buffer_free(&entree);
    buffer_free(&relu);
}

/* Lines of the text, LF included. */
static size_t lignes_de(const struct buffer *b, struct slice out[64])
{
    size_t n = 0;
    for (const char *p = b->bytes; p < b->bytes + b->len; n++) {
        const char *fin = memchr(p, '\n', (size_t)(b->bytes + b->len - p));
        assert_non_null(fin);
        assert_true(n < 64);
        out[n] = (struct slice){p, (size_t)(fin - p) + 1};
        p = fin + 1;
    }
    return n;
}

/* The fact with its lines `ordre[0 … n − 1]`, inside an entry. */
static bool lignes_lisibles(const struct slice *lignes, const size_t *ordre, size_t n, struct arene *a)
{
    struct buffer texte = {0}, entree = {0}, relu = {0};
    for (size_t i = 0; i < n; i++)
        buffer_append(&texte, lignes[ordre[i]].bytes, lignes[ordre[i]].len);
    entree_autour(&texte, &entree);
    const bool oui = lisible(slice_buffer(&entree), a, &relu);
    buffer_free(&texte);
    buffer_free(&entree);
    buffer_free(&relu);
    return oui;
}

static void test_ordre(void **state)
{
    (void)state;
    struct buffer texte = {0};
    struct arene a = {0};
    size_t echanges = 0, doubles = 0, absents = 0;
    for (int t = 0; t < FAIT_NOMBRE; t++) {
        struct fait f;
        struct slice lignes[64];
        size_t ordre[65];
        fabriquer((enum fait_type)t, &f, &texte);
        const size_t n = lignes_de(&texte, lignes);
        for (size_t k = 0; k < n; k++) {
            for (size_t i = 0; i < n; i++)
                ordre[i] = i;
            if (k + 1 < n) {
                ordre[k] = k + 1;
                ordre[k + 1] = k;
                assert_false(lignes_lisibles(lignes, ordre, n, &a));
                echanges++;
            }
            for (size_t i = 0; i < n + 1; i++)
                ordre[i] = i <= k ? i : i - 1;
            assert_false(lignes_lisibles(lignes, ordre, n + 1, &a));
            doubles++;
            for (size_t i = 0; i + 1 < n; i++)
                ordre[i] = i < k ? i : i + 1;
            assert_int_equal(lignes_lisibles(lignes, ordre, n - 1, &a), k > 0); /* without `fait` it is none */
            absents += k > 0;
        }
    }
    assert_int_equal(echanges, doubles - FAIT_NOMBRE);
    assert_true(absents >= CHAMP_NOMBRE);
    arene_free(&a);
    buffer_free(&texte);
}

static bool lu(const char *texte, size_t len)
{
    struct arene a = {0};
    struct fait f;
    size_t suite = 0;
    const bool ok = fait_lire((struct slice){texte, len}, &a, &f, &suite) && suite == len;
    arene_free(&a);
    return ok;
}

/* Bad and good values of each type. */
static void test_types(void **state)
{
    (void)state;
    static const struct {
        enum champ_type type;
        const char *ligne; /* up to the value */
        const char *bonnes[6], *fausses[16];
    } t[] = {
        {CHAMP_ENTIER, "fait ListeFinancementsImportee-V1\nnombre ", {"0", "1", "999999999999999999"},
         {"", "-1", "+1", "01", " 1", "1 ", "1.0", "1,0", "1e3", "0x1", "a", "1000000000000000000", "1\r"}},
        {CHAMP_MONTANT, "fait LotEmis-V1\nsomme ", {"0", "394200"}, {"", "-394200", "3942,00", "3942.00", "0394200", "3 942"}},
        {CHAMP_TAUX, "fait CommandeEnregistree-V1\ntaux_tva ", {"0", "850", "2000", "10000"},
         {"", "20 %", "8,5", "-1", "10001", "4294969296", "02000"}},
        {CHAMP_JOUR, "fait FournisseurEnrole-V1\nenrole_le ", {"2022-07-12", "2024-02-29"},
         {"", "2022-02-29", "2022-2-3", "12/07/2022", "20220712", "2022-13-01", "2022-00-10", "2022-07-12 ", "2022-07-12T00:00:00Z",
          "22-07-12", "-022-07-12"}},
        {CHAMP_INSTANT, "fait LotEmis-V1\nle ", {"2022-07-12T10:00:00Z", "2022-12-31T23:59:59Z"},
         {"", "2022-07-12", "2022-07-12T10:00:00", "2022-07-12 10:00:00Z", "2022-07-12T24:00:00Z", "2022-07-12T10:60:00Z",
          "2022-07-12T10:00:60Z", "2022-07-12T10:00:00+00:00", "2022-07-12T10:00:00z", "2022-07-12T10:00:00Z "}},
        {CHAMP_FINESS, "fait FinancementDeclare-V1\nfiness_et ", {"010780054", "2A0000022", "2B0000012"},
         {"", "2A0000023", "2a0000022", "2A 0000022", "10780054", "2C0000022", "2A000002", "2A00000220", "2A000002A"}},
        {CHAMP_SIREN, "fait FournisseurEnrole-V1\nsiren ", {"123456782", "356000000"},
         {"", "123456789", "123 456 782", "12345678", "1234567820", "12345678a", "000000000"}},
        {CHAMP_COULOIR, "fait LotEmis-V1\ncouloir ", {"MS1", "MS2-PDS", "MS2-PDE", "MS3"}, {"", "MS2", "MS4", "ms1", "MS1 ", "MS2_PDS"}},
        {CHAMP_OUI_NON, "fait AvanceEmise-V1\nreconstitue ", {"oui", "non"}, {"", "Oui", "1", "o", "non ", "vrai"}},
        {CHAMP_EMPREINTE, "fait LotEmis-V1\nxml ", {HEX64},
         {"", "00", HEX64 "0", "0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
          "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff",
          "0011223344556677g899aabbccddeeff00112233445566778899aabbccddeeff"}},
        {CHAMP_MOT, "fait CalendrierChoisi-V1\ncalendrier ", {"initial", "proroge", "a_B+c-9"}, {"", "a b", "é", "a;b", "a\tb", "a\\b", "a."}},
        {CHAMP_TEXTE, "fait FournisseurDeclare-V1\nnom ", {"é", " ", "a\\\\b\\n", "\xf0\x9f\x99\x82", "\r"},
         {"", "\\", "a\\", "\\t", "\\N", "a\xff", "\xc0\x80", "\xed\xa0\x80", "\xe9"}},
    };
    bool vus[CHAMP_TEXTE + 1] = {false};
    size_t bonnes = 0, fausses = 0;
    for (size_t i = 0; i < NOMBRE(t); i++) {
        char texte[512];
        vus[t[i].type] = true;
        for (size_t k = 0; k < NOMBRE(t[i].bonnes) && t[i].bonnes[k] != NULL; k++, bonnes++) {
            const int n = snprintf(texte, sizeof texte, "%s%s\n", t[i].ligne, t[i].bonnes[k]);
            if (!lu(texte, (size_t)n))
                fail_msg("refusé à tort : %s", texte);
        }
        for (size_t k = 0; k < NOMBRE(t[i].fausses) && t[i].fausses[k] != NULL; k++, fausses++) {
            const int n = snprintf(texte, sizeof texte, "%s%s\n", t[i].ligne, t[i].fausses[k]);
            if (lu(texte, (size_t)n))
                fail_msg("accepté à tort : %s", texte);
        }
    }
    for (size_t i = 0; i < NOMBRE(vus); i++)
        assert_true(vus[i]);
    assert_int_equal(bonnes, 33);
    assert_int_equal(fausses, 97);
}

static void test_noms(void **state)
{
    (void)state;
    static const char *const faux[] = {
        "fait Rien-V1\n", "fait FournisseurEnrole-V2\n", "fait FournisseurEnrole-V01\n", "fait FournisseurEnrole-V\n",
        "fait FournisseurEnrole-V1", "fait  FournisseurEnrole-V1\n", "Fait FournisseurEnrole-V1\n", "fait FournisseurEnrole-V1 \n",
        "fait FournisseurEnrole\n", "\n", "", "FournisseurEnrole-V1\n", "fait fournisseurenrole-V1\n", "fait FournisseurEnrole-V1\r\n"};
    assert_true(lu("fait FournisseurEnrole-V1\n", 26));
    for (size_t i = 0; i < NOMBRE(faux); i++)
        assert_false(lu(faux[i], strlen(faux[i])));
    for (int i = 0; i < FAIT_NOMBRE; i++)
        for (int k = 0; k < i; k++)
            assert_true(strcmp(fait_forme((enum fait_type)i)->nom, fait_forme((enum fait_type)k)->nom) != 0 ||
                        fait_forme((enum fait_type)i)->version > fait_forme((enum fait_type)k)->version);
    assert_int_equal(fait_type_de(slice_of("LotEmis-V1")), FAIT_LOT_EMIS_V1);
    assert_int_equal(fait_type_de(slice_of("LotEmis-V2")), FAIT_LOT_EMIS);
    assert_int_equal(fait_type_de(slice_of("LotEmis-V10")), FAIT_NOMBRE);
}

/* A lot of version 1 reads as a lot of advances that replaces none. */
static void test_lot_v1_actuel(void **state)
{
    (void)state;
    struct buffer v1 = {0}, golden = {0}, entree = {0}, b = {0};
    struct arene a = {0};
    struct fait f;
    struct entree e;
    fabriquer(FAIT_LOT_EMIS_V1, &f, &v1);
    golden_lire(FAIT_LOT_EMIS_V1, &v1, &golden);
    entree_autour(&golden, &entree);
    assert_true(entree_lire(slice_buffer(&entree), &a, &e));
    assert_int_equal(e.ecrit, FAIT_LOT_EMIS_V1);
    assert_int_equal(e.fait.type, FAIT_LOT_EMIS);
    fait_ecrire(&e.fait, &b);
    golden.bytes[strlen("fait LotEmis-V")] = '2';
    buffer_puts(&golden, "type avance\n");
    assert_int_equal(b.len, golden.len);
    assert_memory_equal(b.bytes, golden.bytes, b.len);
    buffer_free(&v1);
    buffer_free(&golden);
    buffer_free(&entree);
    buffer_free(&b);
    arene_free(&a);
}

/* An order of version 1 reads as one of version 2: the same lines under the other name, and nothing declared besides. */
static void test_v1_actuel(void **state)
{
    (void)state;
    struct buffer v1 = {0}, golden = {0}, entree = {0}, b = {0};
    struct arene a = {0};
    struct fait f;
    struct entree e;
    fabriquer(FAIT_COMMANDE_ENREGISTREE_V1, &f, &v1);
    golden_lire(FAIT_COMMANDE_ENREGISTREE_V1, &v1, &golden);
    entree_autour(&golden, &entree);
    assert_true(entree_lire(slice_buffer(&entree), &a, &e));
    assert_int_equal(e.ecrit, FAIT_COMMANDE_ENREGISTREE_V1);
    assert_int_equal(e.fait.type, FAIT_COMMANDE_ENREGISTREE);
    fait_ecrire(&e.fait, &b);
    golden.bytes[strlen("fait CommandeEnregistree-V")] = '2';
    assert_int_equal(b.len, golden.len);
    assert_memory_equal(b.bytes, golden.bytes, b.len);
    for (size_t i = 0; i < fait_forme(FAIT_COMMANDE_ENREGISTREE_V1)->n; i++)
        assert_string_equal(champ_forme((enum fait_champ)(CE1_FOURNISSEUR + i))->cle, champ_forme((enum fait_champ)(CE_FOURNISSEUR + i))->cle);
    assert_false(fait_get(&e.fait, CE_LIGNES)->present);
    assert_int_equal(fait_trois(&e.fait, CE_ENGAGEMENT), TROIS_ABSENT);
    assert_int_equal(fait_trois(&e.fait, CE_OPTION), TROIS_ABSENT);
    assert_false(montant_present(fait_montant(&e.fait, CE_RESTE_A_CHARGE)));
    fait_actuel(&e.fait); /* once and for all */
    assert_int_equal(e.fait.type, FAIT_COMMANDE_ENREGISTREE);
    arene_free(&a);
    buffer_free(&v1);
    buffer_free(&golden);
    buffer_free(&entree);
    buffer_free(&b);
}

/* Absent values leave no line; texts with `\`, LF and both; a list that is not sorted, or says a thing twice. */
static void test_absents_echappes(void **state)
{
    (void)state;
    struct fait f, g;
    struct buffer b = {0};
    struct arene a = {0};
    size_t suite;
    fait_init(&f, FAIT_COMMANDE_ENREGISTREE);
    fait_put_siren(&f, CE_FOURNISSEUR, 0);
    fait_put_texte(&f, CE_NUMERO, "");
    fait_put_texte(&f, CE_SOLUTION, NULL);
    fait_put_finess(&f, CE_FINESS_EJ, FINESS_ABSENT);
    fait_put_couloir(&f, CE_COULOIR, COULOIR_INCONNU);
    fait_put_jour(&f, CE_DATE_SIGNATURE, JOUR_ABSENT);
    fait_put_montant(&f, CE_MONTANT_HT, MONTANT_ABSENT);
    fait_put_taux(&f, CE_TAUX_TVA, TAUX_ABSENT);
    fait_put_trois(&f, CE_MENTION_SEGUR, TROIS_ABSENT);
    fait_put_liste(&f, CE_ESSMS, NULL, 0);
    fait_ecrire(&f, &b);
    assert_string_equal(b.bytes, "fait CommandeEnregistree-V2\n");
    assert_true(fait_lire(slice_buffer(&b), &a, &g, &suite));
    assert_int_equal(fait_trois(&g, CE_MENTION_SEGUR), TROIS_ABSENT);
    assert_false(montant_present(fait_montant(&g, CE_MONTANT_HT)));
    assert_false(taux_present(fait_taux(&g, CE_TAUX_TVA)));
    assert_false(jour_present(fait_jour(&g, CE_DATE_SIGNATURE)));
    assert_int_equal(fait_slice(&g, CE_NUMERO).len, 0);

    static const char *const textes[] = {"\\", "\n", "\\n", "\\\n\\", "a\nb\\c", "\\\\n\n\n", "fin\\"};
    for (size_t i = 0; i < NOMBRE(textes); i++) {
        fait_init(&f, FAIT_DISCORDANCE_JUSTIFIEE);
        fait_put_texte(&f, DJ_MOTIF, textes[i]);
        buffer_clear(&b);
        fait_ecrire(&f, &b);
        assert_null(memchr(b.bytes + 29, '\n', b.len - 30)); /* one line: the last byte alone is LF */
        arene_reset(&a);
        assert_true(fait_lire(slice_buffer(&b), &a, &g, &suite));
        assert_int_equal(fait_slice(&g, DJ_MOTIF).len, strlen(textes[i]));
        assert_memory_equal(fait_slice(&g, DJ_MOTIF).bytes, textes[i], strlen(textes[i]));
    }
    assert_true(lu("fait CommandeEnregistree-V1\nessms a\nessms b\n", 44));
    assert_false(lu("fait CommandeEnregistree-V1\nessms b\nessms a\n", 44));
    assert_false(lu("fait CommandeEnregistree-V1\nessms a\nessms a\n", 44));
    assert_true(lu("fait CommandeEnregistree-V1\nessms a\nessms a b\n", 46)); /* a prefix comes first */
    assert_false(lu("fait CommandeEnregistree-V1\nessms a b\nessms a\n", 46));
    arene_free(&a);
    buffer_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_goldens), cmocka_unit_test(test_chaque_octet), cmocka_unit_test(test_ordre),
        cmocka_unit_test(test_types),   cmocka_unit_test(test_noms),         cmocka_unit_test(test_v1_actuel), cmocka_unit_test(test_lot_v1_actuel), cmocka_unit_test(test_absents_echappes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
