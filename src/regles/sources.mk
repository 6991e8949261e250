libsons_a_SOURCES += \
	src/regles/dossier.h src/regles/dossier.c \
	src/regles/cycle.h src/regles/cycle.c src/regles/cycle.def \
	src/regles/parametres.h src/regles/parametres.c src/regles/parametres.def src/regles/parametres_prive.h \
	src/regles/parametres_valeur.c src/regles/parametres_couloir.c \
	src/regles/bareme.h src/regles/bareme.c
EXTRA_DIST += src/regles/parametres.xml schemas/parametres-1.xsd
