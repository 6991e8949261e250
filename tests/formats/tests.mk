# check_PROGRAMS += tests/formats/test_x; TESTS += tests/formats/test_x
# tests_formats_test_x_SOURCES = tests/formats/test_x.c
# tests_formats_test_x_LDADD = $(LIBS_TEST)
# Reading side
TESTS_LECTURE = tests/formats/test_flux tests/formats/test_csv tests/formats/test_feuille tests/formats/test_classeur tests/formats/test_finess tests/formats/test_structures
check_PROGRAMS += $(TESTS_LECTURE)
TESTS += $(TESTS_LECTURE)
tests_formats_test_flux_SOURCES = tests/formats/test_flux.c tests/formats/essai_formats.h
tests_formats_test_flux_LDADD = $(LIBS_TEST)
tests_formats_test_csv_SOURCES = tests/formats/test_csv.c tests/formats/essai_formats.h
tests_formats_test_csv_LDADD = $(LIBS_TEST)
tests_formats_test_feuille_SOURCES = tests/formats/test_feuille.c tests/formats/essai_formats.h
tests_formats_test_feuille_LDADD = $(LIBS_TEST)
tests_formats_test_classeur_SOURCES = tests/formats/test_classeur.c tests/formats/essai_formats.h tests/formats/classeur_exemple.h
tests_formats_test_classeur_LDADD = $(LIBS_TEST)
tests_formats_test_finess_SOURCES = tests/formats/test_finess.c tests/formats/essai_formats.h
tests_formats_test_finess_LDADD = $(LIBS_TEST)
tests_formats_test_structures_SOURCES = tests/formats/test_structures.c tests/formats/essai_formats.h
tests_formats_test_structures_LDADD = $(LIBS_TEST)
EXTRA_DIST += tests/formes/etalab-cs1100501-extrait-20260311-EXCEL.csv tests/formes/etalab-cs1100502-extrait-20260512.csv \
	tests/formes/etalab-cs1100507-extrait-geolocalisation.csv tests/formes/etalab_stock_ej_20211231-extrait.csv \
	tests/formes/etalab_stock_et_20201231-extrait.csv tests/formes/finess-structures-journalier-20260309-extrait.json \
	tests/formes/finess_light-EXCEL-extrait-20260107.csv tests/formes/LISEZMOI.md tests/formes/categories_20211214.csv

# XML, lots, ZIP
check_PROGRAMS += tests/formats/test_xml
TESTS += tests/formats/test_xml
tests_formats_test_xml_SOURCES = tests/formats/test_xml.c
tests_formats_test_xml_LDADD = $(LIBS_TEST)
check_PROGRAMS += tests/formats/test_lot_asp
TESTS += tests/formats/test_lot_asp
tests_formats_test_lot_asp_SOURCES = tests/formats/test_lot_asp.c tests/formats/lot_exemple.h
tests_formats_test_lot_asp_LDADD = $(LIBS_TEST)
check_PROGRAMS += tests/formats/test_lot_verif
TESTS += tests/formats/test_lot_verif
tests_formats_test_lot_verif_SOURCES = tests/formats/test_lot_verif.c tests/formats/lot_exemple.h tests/formats/zip_brut.h
tests_formats_test_lot_verif_LDADD = $(LIBS_TEST)
check_PROGRAMS += tests/formats/test_zip tests/formats/faire_lot
TESTS += tests/formats/test_zip tests/formats/lot.sh
dist_check_SCRIPTS += tests/formats/lot.sh
tests_formats_test_zip_SOURCES = tests/formats/test_zip.c tests/formats/zip_brut.h
tests_formats_test_zip_LDADD = $(LIBS_TEST)
tests_formats_faire_lot_SOURCES = tests/formats/faire_lot.c tests/formats/lot_exemple.h
tests_formats_faire_lot_LDADD = $(LIBS_SONS)
# answers of ASP
check_PROGRAMS += tests/formats/test_retour_asp
TESTS += tests/formats/test_retour_asp
tests_formats_test_retour_asp_SOURCES = tests/formats/test_retour_asp.c tests/outils/alea.h
tests_formats_test_retour_asp_LDADD = $(LIBS_TEST)
