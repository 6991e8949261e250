libsons_a_SOURCES += \
	src/formats/flux.h src/formats/flux.c \
	src/formats/csv.h src/formats/csv.c \
	src/formats/nature.h src/formats/nature.c \
	src/formats/feuille.h src/formats/feuille_prive.h src/formats/feuille.c src/formats/feuille_valeurs.c src/formats/feuille_lecture.c \
	src/formats/feuille_entete.c src/formats/feuille_remarques.c src/formats/feuille_classeur.c src/formats/feuille_annoter.c \
	src/formats/paquet.h src/formats/paquet.c src/formats/classeur.h src/formats/classeur_prive.h src/formats/classeur.c \
	src/formats/classeur_nombre.c src/formats/classeur_styles.c src/formats/classeur_cellules.c src/formats/classeur_ecrivain.h src/formats/zlib_memoire.h src/formats/classeur_ecrivain.c \
	src/formats/finess.h src/formats/finess_prive.h src/formats/finess.c src/formats/finess_forme.c \
	src/formats/finess_autre.c src/formats/finess_ligne.c src/formats/finess_ordre.c src/formats/finess_structures.c \
	src/formats/json_flux.h src/formats/json_flux.c src/formats/nomenclature.h src/formats/nomenclature.c src/formats/nomenclature.inc

# XML, lots, ZIP
libsons_a_SOURCES += \
	src/formats/xml.h src/formats/xml_interne.h src/formats/xml.c src/formats/xml_flux.c src/formats/xml_faute.c \
	src/formats/xml_biblio.h src/formats/xml_biblio.c src/formats/xml_garde.c src/formats/xml_ecrivain.c \
	src/formats/lot_asp.h src/formats/lot_asp_interne.h src/formats/lot_asp.c src/formats/lot_asp_xsd.inc \
	src/formats/zip.h src/formats/zip.c src/formats/zip_lecture.c \
	src/formats/retour_asp.h src/formats/retour_asp.c src/formats/retour_asp_xsd.inc \
	src/formats/lot_asp_lecture.c src/formats/lot_asp_verif.c

# documents to print
libsons_a_SOURCES += src/formats/html.h src/formats/html.c

# the VA
libsons_a_SOURCES += src/formats/va.h src/formats/va.c src/formats/attestation_va_xsd.inc
EXTRA_DIST += schemas/attestation-va-1.xsd
