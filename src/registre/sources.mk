libsons_a_SOURCES += \
	src/registre/base.h src/registre/base.c src/registre/rafale.h src/registre/rafale.c src/registre/ouvrir.c src/registre/brouillon.h src/registre/brouillon.c \
	src/registre/schema.h src/registre/schema.c src/registre/schema_verifier.c \
	src/registre/livre.sql.inc src/registre/etat.sql.inc \
	src/registre/fait.h src/registre/fait.c src/registre/fait_lire.c src/registre/faits.def \
	src/registre/journal.h src/registre/journal.c src/registre/journal_lire.c src/registre/annexe_verifier.c \
	src/registre/etat.h src/registre/etat_interne.h src/registre/etat.c src/registre/etat_verifier.c src/registre/etat_reconstruire.c \
	src/registre/requetes.def src/registre/projeter_registres.c src/registre/projeter_tiers.c src/registre/personne_effacer.c src/registre/projeter_commandes.c \
	src/registre/contenu.h src/registre/contenu.c src/registre/projeter_corrections.c src/registre/plis.h src/registre/plis.c src/registre/projeter_vie.h src/registre/projeter_vie.c src/registre/projeter_reponses.c src/registre/charger_vie.c src/registre/vie_lire.h src/registre/vie_lire.c \
	src/registre/connu.h src/registre/connu.c src/registre/piece.h src/registre/piece.c \
	src/registre/finess_base.h src/registre/finess_interne.h src/registre/finess_base.c src/registre/finess_lecteur.c src/registre/finess_image.h src/registre/finess_image.c \
	src/registre/dossier_charger.h src/registre/charger_interne.h src/registre/dossier_charger.c \
	src/registre/charger_registres.c src/registre/charger_tiers.c src/registre/charger_voisins.c src/registre/charger_pris.c src/registre/charger_annoncees.c src/registre/charger_noms.c  src/registre/charger_financements.c src/registre/litige.h src/registre/litige.c src/registre/projeter_litiges.c
EXTRA_DIST += src/registre/livre.sql src/registre/etat.sql

# seals
libsons_a_SOURCES += \
	src/registre/lignes.h src/registre/lignes.c src/registre/arbre.h src/registre/arbre.c src/registre/projeter_sceaux.c src/registre/sceau.h src/registre/sceau.c \
	src/registre/extrait.h src/registre/extrait.c
