libsons_a_SOURCES += \
	src/noyau/suggestion.h src/noyau/suggestion.c \
	src/noyau/memoire.h src/noyau/memoire.c \
	src/noyau/texte.h src/noyau/texte.c src/noyau/texte_codage.c src/noyau/texte_pliage.c \
	src/noyau/montant.h src/noyau/montant.c \
	src/noyau/jour.h src/noyau/jour.c src/noyau/ouvre.h src/noyau/ouvre.c \
	src/noyau/tri.h src/noyau/instant.h src/noyau/instant.c \
	src/noyau/numero.h src/noyau/numero.c \
	src/noyau/version.h src/noyau/version.c \
	src/noyau/coordonnees.h src/noyau/coordonnees.c \
	src/noyau/empreinte.h src/noyau/empreinte.c src/noyau/merkle.h src/noyau/merkle.c \
	src/noyau/diag.h src/noyau/diag.c src/noyau/erreurs.def \
	src/noyau/fichier.h src/noyau/fichier.c src/noyau/fichier_tmp.c src/noyau/fichier_dossier.c \
	src/noyau/constat.h src/noyau/constat.c \
	src/noyau/etablissement.h src/noyau/tableau.h
