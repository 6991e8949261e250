libsons_a_SOURCES += \
	src/metier/parametres_charger.h src/metier/parametres_charger.c src/metier/parametres_xml.inc \
	src/metier/parametres_xsd.inc
