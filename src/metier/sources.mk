libsons_a_SOURCES += \
	src/metier/parametres_charger.h src/metier/parametres_charger.c src/metier/parametres_xml.inc \
	src/metier/parametres_xsd.inc \
	src/metier/contexte.h src/metier/contexte.c src/metier/actes.h src/metier/vues.h \
	src/metier/transaction.h src/metier/transaction.c src/metier/juger.h src/metier/juger.c \
	src/metier/acte_initialiser.c src/metier/acte_finess.c src/metier/og_compter.h src/metier/og_compter.c src/metier/og_verifier.c \
	src/metier/correspondance.h src/metier/correspondance.c src/metier/controle_feuille.h src/metier/controle_annoter.c \
	src/metier/soupcons.h src/metier/soupcons.c src/metier/soupcons_montants.c src/metier/soupcons_textes.c src/metier/soupcons_juges.c \
	src/metier/cellules.h src/metier/cellules.c src/metier/feuilles.h src/metier/feuilles.c src/metier/feuilles.def \
	src/metier/acte_feuille.h src/metier/acte_registres.c src/metier/acte_pieces.c src/metier/piece_lue.h src/metier/acte_mandats.c src/metier/acte_financements.c src/metier/litiges.h src/metier/acte_litige.c src/metier/litige_phrase.c src/metier/vue_litiges.c \
	src/metier/reserve.h src/metier/reserve.c src/metier/dico.h src/metier/dico.c src/metier/commande_lue.h src/metier/commande_interne.h \
	src/metier/commande_lire.c src/metier/commande_siret.c src/metier/commande_valeurs.c \
	src/metier/commande_fait.h src/metier/commande_fait.c src/metier/commande_contenu.h src/metier/commande_contenu.c \
	src/metier/commande_fusion.h src/metier/commande_fusion_interne.h src/metier/commande_fusion.c \
	src/metier/commande_fusion_passe.c src/metier/commande_fusion_essms.c src/metier/commande_differences.c \
	src/metier/corriger.h src/metier/corriger.c src/metier/acte_corriger.c src/metier/acte_fin.c src/metier/acte_commandes.c src/metier/versement.h src/metier/versement.c src/metier/controle_commandes.c \
	src/metier/demander.h src/metier/demander.c src/metier/acte_avance.c src/metier/acte_solde.c src/metier/document.h src/metier/document.c src/metier/acte_facture.c src/metier/acte_va.c src/metier/va_document.h src/metier/va_document.c src/metier/fichiers.h src/metier/fichiers.c src/metier/lot_contenu.h src/metier/lot_contenu.c src/metier/lot_fichier.h src/metier/lot_fichier.c \
	src/metier/lot_refaire.c src/metier/acte_lot.c \
	src/metier/vue_commun.h src/metier/vue_commun.c src/metier/vue_finess.c src/metier/vue_bareme.c \
	src/metier/vue_listes.c src/metier/vue_tiers.c src/metier/vue_commandes.c src/metier/vue_histoire.c src/metier/vue_controler.c src/metier/vue_journal.c src/metier/vue_financements.c src/metier/vue_constats.h \
	src/metier/vue_regles.c src/metier/vue_lot.c

# solutions, contacts, people
libsons_a_SOURCES += \
	src/metier/acte_solutions.c src/metier/solutions_juger.h src/metier/solutions_juger.c \
	src/metier/catalogue.h src/metier/catalogue.c \
	src/metier/contact.h src/metier/contact_interne.h src/metier/contact.c src/metier/acte_contacts.c \
	src/metier/personnes.h src/metier/personnes.c src/metier/acte_personnes.c src/metier/vue_personnes.c

# pieces of a folder
libsons_a_SOURCES += \
	src/metier/joindre.h src/metier/joindre_index.h src/metier/joindre_index.c src/metier/acte_joindre.c src/metier/pieces_partagees.c

# finess rapprocher
libsons_a_SOURCES += \
	src/metier/rapprocheur.h src/metier/rapprocheur_interne.h src/metier/rapprocheur.c src/metier/rapprocheur_candidats.c \
	src/metier/rapprocheur_juger.c src/metier/vue_rapprocher.c src/metier/rapprocher_dire.c
# orders to sign
libsons_a_SOURCES += \
	src/metier/preparer.h src/metier/preparer_interne.h src/metier/preparer.c src/metier/preparer_og.c src/metier/preparer_dire.c \
	src/metier/preparer_ecrire.c src/metier/bon_html.c
# one order, answer by answer
libsons_a_SOURCES += src/metier/saisir.h src/metier/saisir.c

# seals
libsons_a_SOURCES += \
	src/metier/sceaux.h src/metier/sceau_fichier.h src/metier/sceau_fichier.c src/metier/acte_sceller.c src/metier/acte_horodater.c \
	src/metier/vue_resume.h src/metier/vue_sceaux.c src/metier/vue_extrait.c
# deposits, answers of ASP
libsons_a_SOURCES += \
	src/metier/depots.h src/metier/lot_lire.c src/metier/acte_depot.c src/metier/retours.h src/metier/reponses.h src/metier/reponses.c \
	src/metier/acte_retour.c src/metier/collage.h src/metier/collage.c src/metier/retour_lignes.h src/metier/retour_lignes.c \
	src/metier/acte_retour_importer.c src/metier/acte_retour_retirer.c src/metier/entree.h src/metier/entree.c src/metier/lot_bordereau.c src/metier/vue_demandes.c
libsons_a_SOURCES += src/metier/argent.h src/metier/virement_interne.h src/metier/acte_encaissements.c src/metier/acte_sommes.c src/metier/acte_somme_retirer.c \
	src/metier/acte_virement.c src/metier/acte_virement_retirer.c src/metier/virement_parts.c src/metier/homonymes.c src/metier/vue_virement.c src/metier/vue_argent.c src/metier/reversements.h src/metier/reversements.c src/metier/vue_echeances.c src/metier/vue_calendrier.c src/metier/vue_situation.c
# every figure, down to facts and parameters
libsons_a_SOURCES += src/metier/sommes.h src/metier/sommes.c src/metier/sommes_commande.c src/metier/sommes_solde.c src/metier/vue_expliquer.c
# a draft answer to ASP
libsons_a_SOURCES += src/metier/lettre.h src/metier/lettre_lire.c src/metier/lettre.c
