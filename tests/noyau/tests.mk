TESTS_NOYAU = \
	tests/noyau/test_memoire \
	tests/noyau/test_texte \
	tests/noyau/test_montant \
	tests/noyau/test_jour \
	tests/noyau/test_ouvre \
	tests/noyau/test_instant \
	tests/noyau/test_numero \
	tests/noyau/test_version \
	tests/noyau/test_coordonnees \
	tests/noyau/test_empreinte \
	tests/noyau/test_merkle \
	tests/noyau/test_diag \
	tests/noyau/test_fichier \
	tests/noyau/test_constat
check_PROGRAMS += $(TESTS_NOYAU)
TESTS += $(TESTS_NOYAU)
tests_noyau_test_memoire_SOURCES = tests/noyau/test_memoire.c tests/noyau/essai.h
tests_noyau_test_memoire_LDADD = $(LIBS_TEST)
tests_noyau_test_texte_SOURCES = tests/noyau/test_texte.c tests/noyau/essai.h
tests_noyau_test_texte_LDADD = $(LIBS_TEST)
tests_noyau_test_montant_SOURCES = tests/noyau/test_montant.c tests/noyau/essai.h
tests_noyau_test_montant_LDADD = $(LIBS_TEST)
tests_noyau_test_jour_SOURCES = tests/noyau/test_jour.c tests/noyau/essai.h
tests_noyau_test_jour_LDADD = $(LIBS_TEST)
tests_noyau_test_ouvre_SOURCES = tests/noyau/test_ouvre.c tests/noyau/essai.h
tests_noyau_test_ouvre_LDADD = $(LIBS_TEST)
tests_noyau_test_instant_SOURCES = tests/noyau/test_instant.c tests/noyau/essai.h
tests_noyau_test_instant_LDADD = $(LIBS_TEST)
tests_noyau_test_numero_SOURCES = tests/noyau/test_numero.c tests/noyau/essai.h
tests_noyau_test_numero_LDADD = $(LIBS_TEST)
tests_noyau_test_version_SOURCES = tests/noyau/test_version.c tests/noyau/essai.h
tests_noyau_test_version_LDADD = $(LIBS_TEST)
tests_noyau_test_coordonnees_SOURCES = tests/noyau/test_coordonnees.c tests/noyau/essai.h
tests_noyau_test_coordonnees_LDADD = $(LIBS_TEST)
tests_noyau_test_empreinte_SOURCES = tests/noyau/test_empreinte.c tests/noyau/essai.h
tests_noyau_test_empreinte_LDADD = $(LIBS_TEST)
tests_noyau_test_merkle_SOURCES = tests/noyau/test_merkle.c tests/noyau/essai.h tests/outils/alea.h
tests_noyau_test_merkle_LDADD = $(LIBS_TEST)
tests_noyau_test_diag_SOURCES = tests/noyau/test_diag.c tests/noyau/essai.h
tests_noyau_test_diag_LDADD = $(LIBS_TEST)
tests_noyau_test_fichier_SOURCES = tests/noyau/test_fichier.c tests/noyau/essai.h
tests_noyau_test_fichier_LDADD = $(LIBS_TEST)
# Calls that the test makes fail.
tests_noyau_test_fichier_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=fsync,--wrap=write,--wrap=read,--wrap=rename,--wrap=renameat2,--wrap=link
tests_noyau_test_constat_SOURCES = tests/noyau/test_constat.c tests/noyau/essai.h
tests_noyau_test_constat_LDADD = $(LIBS_TEST)
