# check_PROGRAMS += tests/outils/test_x; TESTS += tests/outils/test_x
# tests_outils_test_x_SOURCES = tests/outils/test_x.c
# tests_outils_test_x_LDADD = $(LIBS_TEST)
TESTS += tests/outils/salles.sh tests/outils/echantillons.sh
dist_check_SCRIPTS += tests/outils/salles.sh tests/outils/echantillons.sh
EXTRA_DIST += tests/outils/racine_nue.sh
# Embedded files
TESTS += tests/outils/embarque.sh
dist_check_SCRIPTS += tests/outils/embarque.sh
EXTRA_DIST += tests/outils/embarquer.sh tests/outils/embarques.txt schemas/lot-asp-1.xsd
TESTS += tests/outils/style.sh
dist_check_SCRIPTS += tests/outils/style.sh
EXTRA_DIST += tests/outils/nettoyer_c.awk
