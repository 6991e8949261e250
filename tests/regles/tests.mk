TESTS_REGLES = \
	tests/regles/test_cas_regles \
	tests/regles/test_bareme \
	tests/regles/test_cumul \
	tests/regles/test_parametres \
	tests/regles/test_regles \
	tests/regles/test_lignes \
	tests/regles/test_vie \
	tests/regles/test_accord \
	tests/regles/test_motifs \
	tests/regles/test_echeances \
	tests/regles/test_soldes \
	tests/regles/test_rapprochement
check_PROGRAMS += $(TESTS_REGLES)
TESTS += $(TESTS_REGLES) tests/regles/parametres_xml.sh
FABRIQUE = tests/regles/fabrique.c tests/regles/fabrique.h tests/noyau/essai.h
tests_regles_test_cas_regles_SOURCES = tests/regles/test_cas_regles.c $(FABRIQUE)
tests_regles_test_cas_regles_LDADD = $(LIBS_TEST)
tests_regles_test_bareme_SOURCES = tests/regles/test_bareme.c $(FABRIQUE)
tests_regles_test_bareme_LDADD = $(LIBS_TEST)
tests_regles_test_cumul_SOURCES = tests/regles/test_cumul.c $(FABRIQUE)
tests_regles_test_cumul_LDADD = $(LIBS_TEST)
tests_regles_test_parametres_SOURCES = tests/regles/test_parametres.c $(FABRIQUE)
tests_regles_test_parametres_LDADD = $(LIBS_TEST)
tests_regles_test_regles_SOURCES = tests/regles/test_regles.c $(FABRIQUE)
tests_regles_test_regles_LDADD = $(LIBS_TEST)
tests_regles_test_lignes_SOURCES = tests/regles/test_lignes.c tests/noyau/essai.h
tests_regles_test_lignes_LDADD = $(LIBS_TEST)
tests_regles_test_soldes_SOURCES = tests/regles/test_soldes.c tests/outils/alea.h $(FABRIQUE)
tests_regles_test_soldes_LDADD = $(LIBS_TEST)
tests_regles_test_accord_SOURCES = tests/regles/test_accord.c tests/noyau/essai.h
tests_regles_test_accord_LDADD = $(LIBS_TEST)
tests_regles_test_vie_SOURCES = tests/regles/test_vie.c tests/regles/vies_possibles.c tests/regles/essai_vie.h tests/noyau/essai.h
tests_regles_test_vie_LDADD = $(LIBS_TEST)
tests_regles_test_rapprochement_SOURCES = tests/regles/test_rapprochement.c tests/noyau/essai.h
tests_regles_test_rapprochement_LDADD = $(LIBS_TEST)
CLEANFILES += tests/regles/prose.trouve
EXTRA_DIST += tests/regles/parametres_xml.sh tests/regles/prose.attendu tests/regles/cumul.tab \
	tests/regles/AVA-01.cas \
	tests/regles/AVA-02.cas \
	tests/regles/AVA-03.cas \
	tests/regles/BAR-01.cas \
	tests/regles/BAR-02.cas \
	tests/regles/BAR-03.cas \
	tests/regles/BAR-04.cas \
	tests/regles/BAR-05.cas \
	tests/regles/COM-01.cas \
	tests/regles/COM-04.cas \
	tests/regles/COM-05.cas \
	tests/regles/COM-06.cas \
	tests/regles/COM-07.cas \
	tests/regles/COM-08.cas \
	tests/regles/COM-09.cas \
	tests/regles/COM-10.cas \
	tests/regles/COM-12.cas \
	tests/regles/COM-13.cas \
	tests/regles/CUM-01.cas \
	tests/regles/CUM-02.cas \
	tests/regles/CUM-03.cas \
	tests/regles/CUM-04.cas \
	tests/regles/CUM-05.cas \
	tests/regles/CUM-06.cas \
	tests/regles/FIN-01.cas \
	tests/regles/FIN-02.cas \
	tests/regles/FIN-04.cas \
	tests/regles/FIN-06.cas \
	tests/regles/REF-01.cas \
	tests/regles/REF-02.cas \
	tests/regles/REF-03.cas \
	tests/regles/REF-04.cas \
	tests/regles/REF-06.cas \
	tests/regles/COM-02.cas \
	tests/regles/COM-03.cas \
	tests/regles/COM-14.cas \
	tests/regles/FIN-03.cas \
	tests/regles/FIN-07.cas \
	tests/regles/FIN-08.cas \
	tests/regles/COM-11.cas \
	tests/regles/FIN-05.cas \
	tests/regles/UNI-01.cas \
	tests/regles/UNI-02.cas \
	tests/regles/VA-01.cas \
	tests/regles/VA-02.cas \
	tests/regles/VA-03.cas \
	tests/regles/VA-04.cas \
	tests/regles/VA-05.cas \
	tests/regles/VA-06.cas \
	tests/regles/FAC-01.cas \
	tests/regles/FAC-02.cas \
	tests/regles/REF-05.cas \
	tests/regles/SOL-01.cas \
	tests/regles/SOL-02.cas \
	tests/regles/SOL-03.cas \
	tests/regles/SOL-04.cas \
	tests/regles/SOL-05.cas \
	tests/regles/SOL-06.cas \
	tests/regles/REV-01.cas \
	tests/regles/REV-02.cas \
	tests/regles/REV-03.cas
tests_regles_test_motifs_SOURCES = tests/regles/test_motifs.c tests/noyau/essai.h
tests_regles_test_motifs_LDADD = $(LIBS_TEST)
tests_regles_test_echeances_SOURCES = tests/regles/test_echeances.c $(FABRIQUE)
tests_regles_test_echeances_LDADD = $(LIBS_TEST)
