check_PROGRAMS += tests/metier/test_parametres_charger
TESTS += tests/metier/test_parametres_charger
tests_metier_test_parametres_charger_SOURCES = tests/metier/test_parametres_charger.c
tests_metier_test_parametres_charger_LDADD = $(LIBS_TEST)
